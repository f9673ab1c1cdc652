"""Prize plans made on the web: one group at a time, looked at before it is saved."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count

from awards.access import why_not_plan_prizes
from awards.core.planning import PlanFault, oddities, plan_faults
from awards.core.prizes import seats
from awards.messages import ODDITIES, PLAN_FAULTS
from awards.models import PrizePlan
from awards.prizes import BY_CODE, LAST
from awards.services.plans import GroupDetails, content_of, content_of_plan, save_plan, stored_group
from awards.services.proposals import plan_in_force
from competition.errors import Denial, Refused
from competition.models import Contest, StoredFile, Track, User
from competition.services.locks import locked_contest
from competition.states import ContestState, EntryState
from judging.models import Attempt, Rubric, Sheet
from judging.services.tiebreaks import known_breakers
from judging.states import Measure, SheetState

RANKS = {prize.code: prize.order for prize in BY_CODE.values() if prize.order < LAST}
HANDED_IN = (EntryState.SUBMITTED, EntryState.RECOMMENDED, EntryState.RETURNED, EntryState.PASSED)
GroupKey = tuple[int, int | None]  # track, division or None for the whole track


@transaction.atomic
def change_plan(
    *,
    contest: Contest,
    group: GroupDetails,
    base: int,
    reason: str,
    by: User,
    at: datetime,
    minutes: str = "",
    paper: StoredFile | None = None,
) -> PrizePlan:
    """One group of the plan, as its next version; without levels it goes. The other groups stay as they are.

    base     the version that was looked at, 0 where there was none
    reason, minutes   needed once results have come in: why, and under which minutes of the organising committee
    paper    the minutes as a scan
    raises   Refused "plan-changed", "plan-without-levels", "plan-by-minutes", "plan-twice", "plan-unsound",
             "plan-without-reason", "plan-without-minutes", and why the contest takes no plan
    """
    contest = locked_contest(contest.pk)
    if denial := why_not_plan_prizes(by, contest, at=at):
        raise Refused(denial)
    latest = plan_in_force(contest)
    before = stored_groups(latest)
    after = with_group(before, group)
    if latest and content_of(after) == content_of_plan(latest):
        return latest
    if base != version_of(latest):
        raise Refused(Denial("plan-changed", {"contest": contest}))
    refuse_unsound(before, after, group)
    if not reason.strip() and has_results(contest):
        raise Refused(Denial("plan-without-reason", {"contest": contest}))
    if not minutes.strip() and has_results(contest):
        raise Refused(Denial("plan-without-minutes", {"contest": contest}))
    return save_plan(contest=contest, groups=after, reason=reason.strip(), minutes=minutes.strip(), paper=paper,
                     by=by, at=at)  # fmt: skip


def version_of(plan: PrizePlan | None) -> int:
    return plan.version if plan else 0


def key_of(group: GroupDetails) -> GroupKey:
    return group.track.pk, group.division.pk if group.division else None


def stored_groups(plan: PrizePlan | None) -> list[GroupDetails]:
    if plan is None:
        return []
    return [stored_group(one) for one in plan.groups.select_related("track", "division").prefetch_related("levels")]


def with_group(groups: Sequence[GroupDetails], group: GroupDetails) -> list[GroupDetails]:
    """In its place, or at the end; without levels it is left out."""
    made = [group if key_of(one) == key_of(group) else one for one in groups]
    if key_of(group) not in map(key_of, groups):
        made.append(group)
    return [one for one in made if one.levels]


def refuse_unsound(before: Sequence[GroupDetails], after: Sequence[GroupDetails], group: GroupDetails) -> None:
    if group.track.is_by_minutes:
        raise Refused(Denial("plan-by-minutes", {"track": group.track.label}))
    if not group.levels and len(after) == len(before):
        raise Refused(Denial("plan-without-levels", {"group": group_name(group)}))
    whole = {one.division is None for one in after if one.track == group.track}
    if len(whole) > 1:
        raise Refused(Denial("plan-twice", {"track": group.track.label}))
    if faults := faults_of(group):
        raise Refused(Denial("plan-unsound", {"group": group_name(group), "why": fault_sentence(faults[0])}))


def group_name(group: GroupDetails) -> str:
    return f"{group.track.label} {group.division.label}" if group.division else group.track.label


def faults_of(group: GroupDetails) -> list[PlanFault]:
    known = known_breakers(group.track) if group.breakers else None
    return plan_faults(group.plan, RANKS, is_timed=is_timed(group.track), known=known)


def fault_sentence(fault: PlanFault) -> str:
    return str(PLAN_FAULTS[fault.code])


def is_timed(track: Track) -> bool:
    """Time alone is measured: there are no points that a least score could mean."""
    return Rubric.objects.filter(track=track, measure=Measure.TIME).exists()


def has_results(contest: Contest) -> bool:
    """A sheet has come in, or a second person has confirmed an attempt: whoever changes the plan may know for whom."""
    sheets = Sheet.objects.filter(assignment__round__contest=contest).exclude(state=SheetState.RECUSED)
    attempts = Attempt.objects.filter(round__contest=contest, checked_at__isnull=False)
    return sheets.exists() or attempts.exists() or contest.standing_runs.exists()


# ---- looked at before it is saved; reads only


@dataclass(frozen=True)
class Look:
    """What a group of the plan means now. `seats`: prizes of each level."""

    entries: int
    seats: tuple[int, ...]
    oddities: tuple[str, ...]

    @property
    def total(self) -> int:
        return sum(self.seats)


def are_entries_closed(contest: Contest) -> bool:
    return contest.state not in (ContestState.SETUP, ContestState.ENTRY)


def entries_counted(contest: Contest) -> Counter[GroupKey]:
    """By track and division, and by track alone: those that count; while entries come in, those handed in."""
    states = (EntryState.PASSED,) if are_entries_closed(contest) else HANDED_IN
    rows = contest.entries.filter(state__in=states).order_by().values_list("track", "division").annotate(Count("pk"))
    found: Counter[GroupKey] = Counter()
    for track, division, number in rows:
        found[track, None] += number
        if division is not None:
            found[track, division] += number
    return found


def look_at(group: GroupDetails, entries: int) -> Look:
    """Of a group without faults."""
    words = {one.prize.code: one.prize for one in group.levels}
    odd = tuple(oddity_sentence(one, words) for one in oddities(group.plan, entries))
    return Look(entries, seats(group.plan, entries), odd)


def oddity_sentence(oddity, prizes) -> str:
    facts = dict(oddity.facts)
    if oddity.level:
        facts["prize"] = prizes[oddity.level].label
    return str(ODDITIES[oddity.code]) % facts
