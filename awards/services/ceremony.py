"""How prizes are given out: what the office chose for screen, tables, seats and labels."""

from datetime import datetime

from awards.ceremony_style import SETTING, CeremonyStyle
from awards.services.choosing import keep_style
from competition.models import Contest, User


def plan_ceremony(*, contest: Contest, style: CeremonyStyle, by: User, at: datetime) -> None:
    """raises   Refused "ceremony-unknown" """
    keep_style(
        contest, SETTING, style, refusal="ceremony-unknown", action="ceremony.planned", told=("names", "tables"), by=by,
        at=at,
    )  # fmt: skip
