"""合议: people settle the ties that the plan holds, each under a minute of the committee. No mark is touched."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from awards.access import why_not_settle_ties
from awards.models import AwardList, Decision, PrizeGroup, PrizeLevel
from awards.prizes import Prize
from awards.services.plans import save_decisions
from awards.services.proposals import (
    Outcome,
    decisions_that_hold,
    outcomes,
    plan_in_force,
    proposal,
    propose_awards,
    terms_of,
)
from competition.core.canon import digest
from competition.errors import Denial, Refused
from competition.models import Contest, Entry, User
from competition.services.locks import locked_contest
from judging.core.scores import competition_ranks
from judging.models import StandingRun
from judging.services.standings import compute_standings


@dataclass(frozen=True)
class Tie:
    """Entries of one score across a cut.

    seats       prizes that are theirs to share, best first, with how many of each; who gets none goes without
    decisions   what the committee has said of each entry of this tie, by its primary key
    terms       what tells this tie from another, see `Decision`
    """

    group: PrizeGroup
    entries: tuple[Entry, ...]
    place: int
    seats: tuple[tuple[PrizeLevel, int], ...]
    decisions: Mapping[int, Decision]
    terms: str

    @property
    def is_settled(self) -> bool:
        return all(entry.pk in self.decisions for entry in self.entries)

    @property
    def minutes(self) -> str:
        return next((one.minutes for one in self.decisions.values()), "")

    @property
    def seen(self) -> str:
        """What a page shows of it: whoever decides has seen this and nothing else."""
        said = [[pk, one.code, one.minutes] for pk, one in sorted(self.decisions.items())]
        return digest([self.terms, said])

    @property
    def keys(self) -> set[str]:
        return {entry.key for entry in self.entries}


def ties_of(contest: Contest, run: StandingRun | None) -> list[Tie]:
    """As plan and standings have them, group by group, the best place first."""
    decisions = {decision.entry_id: decision for decision in contest.decisions.all()}
    return [tie for outcome in outcomes(plan_in_force(contest), run) for tie in ties_in(outcome, decisions)]


def undue_of(contest: Contest, run: StandingRun | None) -> list[str]:
    """Numbers of entries with a decision that no tie asks for any more: marks or plan have changed since."""
    return proposal(contest, plan_in_force(contest), run).undue_decisions


def ties_in(outcome: Outcome, decisions: Mapping[int, Decision]) -> list[Tie]:
    levels = {level.code: level for level in outcome.group.levels.all()}
    places = competition_ranks(outcome.scores)
    holding = decisions_that_hold(outcome, decisions)
    found = []
    for held in outcome.cut.held:
        entries = tuple(sorted((outcome.entries[row] for row in held.rows), key=lambda one: one.order))
        seats = tuple((levels[code], number) for code, number in zip(held.codes, held.seats, strict=True) if number)
        known = {entry.pk: holding[entry.pk] for entry in entries if entry.pk in holding}
        place = places[held.rows[0]] or 0
        found.append(Tie(outcome.group, entries, place, seats, known, terms_of(outcome, held)))
    return found


@transaction.atomic
def settle_tie(
    *, contest: Contest, given: Mapping[str, str], minutes: str, seen: str, by: User, at: datetime
) -> AwardList:
    """What the committee gives each entry of one tie, and the list that follows.

    given    prize code by key of the entry, "" for no prize: every entry of the tie, and no other
    minutes  under which the committee decided, as people find it again
    seen     `Tie.seen` as the page had it: what another has decided meanwhile is not overwritten
    raises   Refused "tie-without-minutes", "tie-changed", "tie-over-places", and why the contest takes no decision
    """
    contest, run, tie = tie_to_settle(contest, given, seen, by=by, at=at)
    if not minutes.strip():
        raise Refused(Denial("tie-without-minutes", {"contest": contest}))
    levels = {level.code: (level, number) for level, number in tie.seats}
    for code, number in Counter(code for code in given.values() if code).items():
        level, most = levels.get(code, (None, 0))
        if number > most:
            raise Refused(Denial("tie-over-places", {"prize": level or code, "given": number, "most": most}))
    decisions = {entry: (prize_at(levels, given[entry.key]), minutes.strip()) for entry in tie.entries}
    save_decisions(contest=contest, decisions=decisions, among=tie.entries, terms=tie.terms, by=by, at=at)
    return propose_awards(contest=contest, run=run, by=by, at=at)


@transaction.atomic
def reopen_tie(*, contest: Contest, keys: Sequence[str], seen: str, by: User, at: datetime) -> AwardList:
    """As if nothing had been decided of this tie; the log keeps that it was."""
    contest, run, tie = tie_to_settle(contest, keys, seen, by=by, at=at)
    save_decisions(contest=contest, decisions={}, among=tie.entries, by=by, at=at)
    return propose_awards(contest=contest, run=run, by=by, at=at)


@transaction.atomic
def drop_undue_decisions(*, contest: Contest, numbers: Collection[str], by: User, at: datetime) -> None:
    """Decisions on entries that are tied across no cut any more, and the list that follows.

    numbers  of those that the page named; others stay
    """
    contest = contest_to_settle(contest, by=by, at=at)
    run = compute_standings(contest=contest, by=by, at=at)
    entries = list(contest.entries.filter(number__in=set(undue_of(contest, run)) & set(numbers)))
    if entries:
        save_decisions(contest=contest, decisions={}, among=entries, by=by, at=at)
        propose_awards(contest=contest, run=run, by=by, at=at)


def contest_to_settle(contest: Contest, *, by: User, at: datetime) -> Contest:
    contest = locked_contest(contest.pk)
    if denial := why_not_settle_ties(by, contest, at=at):
        raise Refused(denial)
    return contest


def tie_to_settle(
    contest: Contest, keys: Mapping[str, str] | Sequence[str], seen: str, *, by: User, at: datetime
) -> tuple[Contest, StandingRun, Tie]:
    """The tie of exactly these entries as marks and plan give it at this moment, not as a page showed it."""
    contest = contest_to_settle(contest, by=by, at=at)
    run = compute_standings(contest=contest, by=by, at=at)
    tie = next((one for one in ties_of(contest, run) if one.keys == set(keys)), None)
    if tie is None or tie.seen != seen:
        raise Refused(Denial("tie-changed", {"contest": contest}))
    return contest, run, tie


def prize_at(levels: Mapping[str, tuple[PrizeLevel, int]], code: str) -> Prize | None:
    if not code:
        return None
    level, _number = levels[code]
    return Prize(level.code, level.label_zh, level.label_en, level.order)
