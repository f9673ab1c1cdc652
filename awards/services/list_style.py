"""The form in which an award list is handed in."""

from datetime import datetime

from django.db import transaction

from awards.list_style import SETTING, ListStyle
from competition import events
from competition.access import why_not_organise
from competition.core.canon import digest
from competition.errors import Denial, Refused
from competition.models import Contest, User
from competition.services.locks import locked_contest


@transaction.atomic
def style_list(*, contest: Contest, style: ListStyle, by: User, at: datetime) -> None:
    """Says nothing about who has which prize, so it may be chosen at any time.

    raises   Refused "list-style-unknown"
    """
    contest = locked_contest(contest.pk)
    if denial := why_not_organise(by, contest, at=at):
        raise Refused(denial)
    if not style.is_known:
        raise Refused(Denial("list-style-unknown", {"contest": contest}))
    wanted = style.stored
    if contest.settings.get(SETTING) == wanted:
        return
    contest.settings |= {SETTING: wanted}
    contest.save(update_fields=["settings"])
    body = {"names": wanted["names"], "order": wanted["order"], "style": digest(wanted)}
    events.record(contest, "list.styled", contest, by=by, at=at, body=body)
