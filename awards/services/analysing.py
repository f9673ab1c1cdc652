"""The door of the analysis: shut unless a contest opens it."""

from datetime import datetime

from django.db import transaction

from awards.access import is_analysis_open, why_not_open_analysis
from competition import events
from competition.errors import Refused
from competition.models import Contest, User
from competition.services.locks import locked_contest


@transaction.atomic
def open_analysis(*, contest: Contest, is_open: bool, by: User, at: datetime) -> None:
    """Open or shut it. No score, place or prize depends on it."""
    contest = locked_contest(contest.pk)
    if denial := why_not_open_analysis(by, contest, at=at):
        raise Refused(denial)
    if is_analysis_open(contest) == is_open:
        return
    contest.settings |= {"analysis": is_open}
    contest.save(update_fields=["settings"])
    action = "analysis.opened" if is_open else "analysis.shut"
    events.record(contest, action, contest, by=by, at=at, body={})
