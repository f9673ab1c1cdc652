"""预演: an act that moves prizes is really done, looked at, and taken back; then it is done for good, or dropped.

Nothing is estimated: before and after are what marks, plan and decisions give, by the services that give prizes.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from awards.core.moves import HELD, Comparison, GroupOutlook, Outlook, Spot, compared
from awards.core.prizes import cuts_by_code
from awards.models import Award, AwardList, Decision, PrizePlan, Recognition
from awards.services.mayor import winners_due
from awards.services.moved import steps_of_moves
from awards.services.planning import has_results
from awards.services.proposals import (
    Outcome,
    TieValues,
    decisions_that_hold,
    outcomes,
    plan_in_force,
    proposal,
    score_of,
)
from awards.services.recognitions import recognitions_due
from awards.services.running import needs_marks
from competition.core.canon import digest
from competition.errors import Denial, Refused
from competition.models import Contest, User
from competition.services.locks import locked_contest
from competition.services.savepoints import dropped
from competition.states import ContestKind
from judging.attempts import all_attempts
from judging.core.scores import competition_ranks
from judging.models import StandingRun
from judging.selectors import sheet_counts
from judging.services.standings import compute_standings

Act = Callable[[], Any]


@dataclass(frozen=True)
class DryRun:
    """What an act does to the prizes. `seen` tells this picture from every other one: whoever applies names it."""

    before: Outlook
    after: Outlook
    comparison: Comparison

    @property
    def seen(self) -> str:
        return digest([said(self.before), said(self.after)])


class NotAsShown(Refused):
    """The act was taken back, since it does something else than what was shown. `run`: what it does now."""

    def __init__(self, contest: Contest, run: DryRun):
        super().__init__(Denial("not-as-shown", {"contest": contest}))
        self.run = run


def is_shown_first(contest: Contest) -> bool:
    """From the first sheet on whoever changes something may know for whom."""
    return has_results(contest) and not hasattr(contest, "delegation")


@transaction.atomic
def dry_run(*, contest: Contest, act: Act, by: User | None, at: datetime, since_list: bool = False) -> DryRun:
    """Do it, look, and take it back. Rows that `act` holds in memory may be ahead of the database afterwards.

    since_list   compare with the newest version of the list, not with what marks and plan give before the act
    raises       Refused whatever the act refuses
    """
    with dropped():
        return looked_through(contest, act, by=by, at=at, since_list=since_list)[0]
    raise AssertionError("A dropped savepoint hands on its answer.")


@transaction.atomic
def apply_as_shown(
    *, contest: Contest, act: Act, seen: str, by: User | None, at: datetime, since_list: bool = False
) -> Any:
    """Do it whole, if it does just what was shown; the act's own answer.

    seen     `DryRun.seen` of what the person has looked at; "" where nothing was shown yet: then it is done only if
             nobody moves by it
    raises   NotAsShown with what it does: it has to be looked at first, or somebody has changed something meanwhile;
             and whatever the act refuses
    """
    run, answer = looked_through(contest, act, by=by, at=at, since_list=since_list)
    if run.seen != seen and (seen or not run.comparison.moves_nothing):
        raise NotAsShown(contest, run)
    return answer


def looked_through(
    contest: Contest, act: Act, *, by: User | None, at: datetime, since_list: bool
) -> tuple[DryRun, Any]:
    """Whoever hands in a sheet, assigns or changes the plan waits for the contest's row: nothing else is in the
    picture than the act."""
    locked_contest(contest.pk)
    before = outlook_since_list(contest, by=by, at=at) if since_list else outlook_now(contest, by=by, at=at)
    answer = act()
    return run_from(before, contest, by=by, at=at), answer


def run_from(before: Outlook, contest: Contest, *, by: User | None, at: datetime) -> DryRun:
    """What was done since the outlook `before`."""
    after = outlook_now(contest, by=by, at=at)
    return DryRun(before, after, compared(before, after))


def outlook_since_list(contest: Contest, *, by: User | None, at: datetime) -> Outlook:
    """The newest version of the list, which people have seen; where there is none, what there is now."""
    newest = contest.award_lists.order_by("-version").select_related("plan", "run").first()
    return outlook_of_list(newest) if newest else outlook_now(contest, by=by, at=at)


def outlook_now(contest: Contest, *, by: User | None, at: datetime) -> Outlook:
    """What marks, plan and decisions give at this moment; standings are computed for it and dropped again."""
    with dropped():
        run = compute_standings(contest=contest, by=by, at=at) if needs_marks(contest) else None
        plan = plan_in_force(contest)
        if contest.kind == ContestKind.AWARD:
            return outlook(contest, None, run, winners_due(contest, run) if run else [])
        made = proposal(contest, plan, run)
        titles = recognitions_due(contest, made.awards)
        return outlook(
            contest, plan, run, made.awards, titles,
            undue=made.undue_decisions, moves=made.moves, lapsed=made.lapsed_moves,
        )  # fmt: skip
    raise AssertionError("A dropped savepoint hands on its answer.")


def outlook_of_list(award_list: AwardList) -> Outlook:
    """What a list says, with the scores and cuts that it rests on."""
    awards = award_list.awards.select_related("entry")
    return outlook(
        award_list.contest, award_list.plan, award_list.run, awards, award_list.recognitions.all(),
        told=award_list.tie_values, moves=award_list.moves,
    )  # fmt: skip


def outlook(
    contest: Contest,
    plan: PrizePlan | None,
    run: StandingRun | None,
    awards: Iterable[Award],
    titles: Iterable[Recognition] = (),
    *,
    undue: Iterable[str] = (),
    told: TieValues | None = None,
    moves: Sequence[int] = (),
    lapsed: Iterable[int] = (),
) -> Outlook:
    given = {award.entry_id: award for award in awards}
    decisions = {one.entry_id: one for one in contest.decisions.all()}
    steps = steps_of_moves(contest.pk, moves)
    moved = {step.entry_id for step in steps}
    spots: dict[str, Spot] = {}
    groups: dict[str, GroupOutlook] = {}
    for outcome in outcomes(plan, run, told):
        name = group_word(outcome.group.track, outcome.group.division)
        is_open = open_rows(outcome, decisions, given)
        places = competition_ranks(outcome.scores)
        for row, (entry, score, place) in enumerate(zip(outcome.entries, outcome.scores, places, strict=True)):
            award = given.pop(entry.pk, None)
            spot = spot_of(name, award, score, place, is_held=row in is_open)
            spots[entry.number] = replace(spot, is_moved=entry.pk in moved)
        groups[name] = group_outlook(outcome, name, spots, is_open)
    tracks, divisions = contest.tracks.in_bulk(), contest.divisions.in_bulk()
    ranked = run.standings.select_related("entry") if plan is None and run else ()
    for one in ranked:  # an award has no plan: its places go by ballot
        mine = given.pop(one.entry_id, None)
        name = group_word(tracks[one.entry.track_id], None)
        spots[one.entry.number] = spot_of(name, mine, score_of(one), one.rank, is_held=False)
    for award in given.values():  # by minutes, or of an entry that counts no more
        entry = award.entry
        name = group_word(tracks[entry.track_id], divisions.get(entry.division_id or 0))
        spots[entry.number] = spot_of(name, award, None, award.place, is_held=False)
    held = frozenset((one.rule.label, *recipient(one)) for one in titles)
    about: dict[int, tuple[tuple[str, str], ...]] = {}
    for step in steps:
        about[step.move.number] = (*about.get(step.move.number, ()), (step.entry.number, step.after))
    return Outlook(spots, groups, held, frozenset(undue), about, frozenset(lapsed), missing_in(contest))


def group_word(track: Any, division: Any) -> str:
    return f"{track.label} {division.label}" if division else str(track.label)


def spot_of(group: str, award: Award | None, score: Any, place: int | None, *, is_held: bool) -> Spot:
    if award is not None:
        return Spot(group, score, place, award.code, str(award.by))
    return Spot(group, score, place, HELD if is_held else "")


def open_rows(outcome: Outcome, decisions: dict[int, Decision], given: dict[int, Award]) -> set[int]:
    """Rows that a tie still holds: nobody has decided of them, and the list gives them nothing."""
    holding = decisions_that_hold(outcome, decisions)
    rows = (row for held in outcome.cut.held for row in held.rows)
    return {row for row in rows if (pk := outcome.entries[row].pk) not in holding and pk not in given}


def group_outlook(outcome: Outcome, name: str, spots: dict[str, Spot], is_open: set[int]) -> GroupOutlook:
    levels = list(outcome.group.levels.all())
    mine = [spots[entry.number] for entry in outcome.entries]
    return GroupOutlook(
        seats={level.code: seats for level, seats in zip(levels, outcome.cut.seats, strict=True)},
        least=cuts_by_code((one.prize, one.score, one.is_moved) for one in mine if one.prize not in ("", HELD)),
        minimum={level.code: level.minimum for level in levels},
        ties=frozenset(
            frozenset(outcome.entries[row].number for row in held.rows)
            for held in outcome.cut.held
            if is_open.intersection(held.rows)
        ),
    )


def recipient(one: Recognition) -> tuple[str, int]:
    if one.district_id is not None:
        return "district", one.district_id
    return ("school", one.school_id) if one.school_id is not None else ("person", one.person_id or 0)


def missing_in(contest: Contest) -> int:
    return sheet_counts(contest).missing + all_attempts(contest).missing


def said(one: Outlook) -> list[Any]:
    """An outlook in a form that digests."""
    return [
        [[number, spot.group, list(spot.score or ()), spot.place, spot.prize, spot.by, spot.is_moved]
         for number, spot in sorted(one.spots.items())],
        [[name, list(group.seats.items()), sorted(group.minimum.items(), key=str), sorted(map(sorted, group.ties))]
         for name, group in sorted(one.groups.items())],
        sorted(map(list, one.titles)),
        sorted(one.undue),
        sorted(one.moves),
        sorted(one.lapsed),
        one.missing,
    ]  # fmt: skip
