"""What waits for the end of the notice and for the answers to objections; and what is done all the same, with a reason.

The order of notice, publication, ceremony and certificates is the contest's. Nothing waits for a notice unless the
contest says so; a list with an open objection is never published as final without a word.
"""

from collections import Counter
from datetime import datetime
from typing import Any

from django.db import transaction

from awards.models import AwardList, EarlyStep
from awards.states import EarlyKind, ObjectionState
from competition import events
from competition.access import moment
from competition.errors import Denial, Refused
from competition.models import Contest, User


def is_notice_required(contest: Contest) -> bool:
    return bool(contest.settings.get("notice_required"))


def objections_open(contest: Contest) -> int:
    return contest.objections.filter(state=ObjectionState.OPEN).count()


def prizes_in(award_list: AwardList) -> tuple[set[tuple[int, str]], set[tuple[int, int]], Counter[tuple[Any, ...]]]:
    """Who has which prize and which special one, and which unit or school which title. Of tutors only how many have
    one: a corrected name may be another row, and their titles follow from the prizes."""
    titles = award_list.recognitions.values_list("rule", "district", "school")
    specials = set(award_list.specials.values_list("entry", "prize"))
    return set(award_list.awards.values_list("entry", "code")), specials, Counter(titles)


def is_noticed(award_list: AwardList, *, at: datetime) -> bool:
    """Whether a notice of these prizes ran to its end. A name that was corrected since needs no other one."""
    over = list(award_list.contest.notices.over(at).select_related("list"))
    if any(one.list_id == award_list.pk for one in over):
        return True
    prizes = prizes_in(award_list) if over else None
    return any(prizes_in(one.list) == prizes for one in over)


def why_not_after_notice(award_list: AwardList, *, at: datetime) -> Denial | None:
    """A contest may ask that nothing is final before its notice has ended."""
    contest = award_list.contest
    if not is_notice_required(contest) or is_noticed(award_list, at=at):
        return None
    live = award_list.notices.live(at).order_by("-version").first()
    if live is None:
        return Denial("notice-due", {"contest": contest})
    return Denial("notice-not-over", {"contest": contest, "until": moment(live.closes_at)})


def why_not_answered(contest: Contest) -> Denial | None:
    number = objections_open(contest)
    return Denial("objections-open", {"contest": contest, "number": number}) if number else None


def why_not_issue_yet(award_list: AwardList, *, at: datetime) -> Denial | None:
    denial = why_not_after_notice(award_list, at=at)
    if denial is None and is_notice_required(award_list.contest):
        denial = why_not_answered(award_list.contest)
    return denial


def why_not_publish_yet(award_list: AwardList, *, at: datetime) -> Denial | None:
    return why_not_answered(award_list.contest) or why_not_after_notice(award_list, at=at)


GATES = {EarlyKind.ISSUE: why_not_issue_yet, EarlyKind.PUBLISH: why_not_publish_yet}


@transaction.atomic
def pass_gate(award_list: AwardList, kind: EarlyKind, *, reason: str, by: User | None, at: datetime) -> None:
    """Refuse what has to wait, unless there is a reason: then that is kept beside the list.

    raises   Refused "objections-open", "notice-due", "notice-not-over"
    """
    denial = GATES[kind](award_list, at=at)
    if denial is None:
        return
    if not reason.strip():
        raise Refused(denial)
    contest = award_list.contest
    EarlyStep.objects.create(list=award_list, kind=kind, reason=reason.strip(), at=at, by=by)
    body = {"kind": str(kind), "waits": denial.code, "reason": contest.mint.commitment(reason.strip())}
    events.record(contest, "list.early", award_list, by=by, at=at, body=body)
