"""How prizes are given out: what the office chose for screen, tables, seats and labels."""

from datetime import datetime

from django.db import transaction

from awards.ceremony_style import SETTING, CeremonyStyle
from competition import events
from competition.access import why_not_organise
from competition.core.canon import digest
from competition.errors import Denial, Refused
from competition.models import Contest, User
from competition.services.locks import locked_contest


@transaction.atomic
def plan_ceremony(*, contest: Contest, style: CeremonyStyle, by: User, at: datetime) -> None:
    """Says nothing about who has which prize, so it may be chosen at any time.

    raises   Refused "ceremony-unknown"
    """
    contest = locked_contest(contest.pk)
    if denial := why_not_organise(by, contest, at=at):
        raise Refused(denial)
    if not style.is_known:
        raise Refused(Denial("ceremony-unknown", {"contest": contest}))
    wanted = style.stored
    if contest.settings.get(SETTING) == wanted:
        return
    contest.settings |= {SETTING: wanted}
    contest.save(update_fields=["settings"])
    body = {"names": wanted["names"], "tables": wanted["tables"], "style": digest(wanted)}
    events.record(contest, "ceremony.planned", contest, by=by, at=at, body=body)
