"""The form in which an award list is handed in."""

from datetime import datetime

from awards.list_style import SETTING, ListStyle
from awards.services.choosing import keep_style
from competition.models import Contest, User


def style_list(*, contest: Contest, style: ListStyle, by: User, at: datetime) -> None:
    """raises   Refused "list-style-unknown" """
    keep_style(
        contest, SETTING, style, refusal="list-style-unknown", action="list.styled", told=("names", "order"), by=by,
        at=at,
    )  # fmt: skip
