"""How much of a result schools may read."""

from datetime import datetime

from django.db import transaction

from awards.access import result_detail
from awards.states import ResultDetail
from competition import events
from competition.access import why_not_organise
from competition.errors import Denial, Refused
from competition.models import Contest, User
from competition.services.locks import locked_contest


@transaction.atomic
def set_result_detail(*, contest: Contest, detail: str, by: User, at: datetime) -> None:
    """It is told from the publication on; what was not read yet can be taken back at any time.

    detail   of `ResultDetail`
    raises   Refused "result-detail-unknown"
    """
    contest = locked_contest(contest.pk)
    if denial := why_not_organise(by, contest, at=at):
        raise Refused(denial)
    if detail not in ResultDetail.values:
        raise Refused(Denial("result-detail-unknown", {"contest": contest}))
    if result_detail(contest) == detail:
        return
    contest.settings |= {"result_detail": detail}
    contest.save(update_fields=["settings"])
    events.record(contest, "results.detail", contest, by=by, at=at, body={"detail": detail})
