"""更正: a list that was locked or published is taken back to be decided anew. What was published stays readable."""

from datetime import datetime

from django.db import transaction

from awards.access import why_not_amend_list
from awards.models import AwardList
from awards.services.lists import standing_list
from awards.services.superseding import supersede
from competition.errors import Denial, Refused
from competition.lifecycle import move
from competition.models import Contest, User
from competition.services.agreeing import asked_of, refuse_alone
from competition.services.locks import locked_contest
from competition.states import ContestState, StepKind


@transaction.atomic
def amend_list(*, contest: Contest, reason: str, by: User, at: datetime) -> AwardList:
    """Open the decision again; the next version follows as the first one did: proposed, checked, locked, published.

    A certificate keeps its number if the next version says the same; until then its page says that it is looked into.
    reason   the public reads it beside the next version
    raises   Refused "amend-without-reason", "wrong-state", "no-list", "second-person-missing"
    """
    contest = locked_contest(contest.pk)
    if denial := why_not_amend_list(asked_of(by), contest, at=at):
        raise Refused(denial)
    if not reason.strip():
        raise Refused(Denial("amend-without-reason"))
    refuse_alone(contest, StepKind.AMEND)
    was = standing_list(contest)
    facts = {"version": was.version, "reason": contest.mint.commitment(reason.strip())}
    supersede(was, by=by, at=at, facts=facts, replaced_because=reason.strip())
    move(contest, ContestState.DECISION, by=by, at=at)
    return was
