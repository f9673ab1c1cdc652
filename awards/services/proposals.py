"""Standings and plan become a list of awards: proposed here, fixed in `lists`."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import QuerySet

from awards.core.listcheck import GroupFacts, HeldFacts
from awards.core.moving import most_together
from awards.core.prizes import Cut, Held, Score, Values, cut
from awards.models import (
    Award,
    AwardList,
    Decision,
    Nomination,
    PrizeGroup,
    PrizeMove,
    PrizePlan,
    Recognition,
    SpecialAward,
)
from awards.prizes import BY_CODE, prize_of
from awards.services.moved import levels_due, moved_in, standing_moves
from awards.services.plans import group_plan, stored_group
from awards.services.recognitions import ranked_by_rule, recognitions_by, said_by
from awards.services.special_awards import contents, specials_digest, specials_due
from awards.services.superseding import supersede
from awards.services.title_lines import title_lines
from awards.states import AwardedBy, ListState
from competition import events
from competition.core.canon import digest
from competition.errors import Denial, Refused
from competition.lifecycle import move
from competition.models import Author, Contest, Entry, Track, Tutor, User
from competition.services.agreeing import refuse_alone
from competition.services.rows import many_rows
from competition.states import ContestState, StepKind
from judging.core.scores import competition_ranks
from judging.core.tiebreaks import Value
from judging.models import Rubric, Standing, StandingRun
from judging.services.tiebreaks import Judged, known_breakers
from judging.states import Measure

Line = TypeVar("Line", Award, SpecialAward)
# entry's key -> of each tie-breaker the numbers as text, None where it said nothing
TieValues = dict[str, list[list[str] | None]]


@dataclass
class Proposal:
    """Awards not yet saved, and what the list check wants to know of the plan. `moves`: numbers of those that count;
    the others were carried on another state of things, or wait for their vote."""

    awards: list[Award] = field(default_factory=list)
    groups: list[GroupFacts] = field(default_factory=list)
    undue_decisions: list[str] = field(default_factory=list)
    tie_values: TieValues = field(default_factory=dict)
    moves: list[int] = field(default_factory=list)
    lapsed_moves: list[int] = field(default_factory=list)
    open_moves: list[int] = field(default_factory=list)


@transaction.atomic
@many_rows()
def propose_awards(*, contest: Contest, run: StandingRun | None, by: User | None, at: datetime) -> AwardList:
    """A draft list by the plan in force, the minutes and the committee's decisions.

    run      None where every track is decided by minutes
    The list that stands is kept where nothing differs; otherwise the new version replaces it.
    raises   Refused "no-plan" where there are marks and no plan for them, "plan-lacks-entries", "minimum-of-time",
             "breaker-unknown"
    """
    plan = plan_in_force(contest)
    if plan is None and contest.tracks.filter(is_by_minutes=False).exists():
        raise Refused(Denial("no-plan", {"contest": contest}))
    if plan is not None and (outside := list(entries_outside(contest, plan))):
        tracks = ", ".join(dict.fromkeys(entry.track.label for entry in outside))
        raise Refused(Denial("plan-lacks-entries", {"number": len(outside), "tracks": tracks}))
    if plan is not None and (group := group_with_minimum_of_time(contest, plan)):
        raise Refused(Denial("minimum-of-time", {"group": group}))
    if plan is not None and (group := group_with_unknown_breaker(plan)):
        raise Refused(Denial("breaker-unknown", {"group": group}))
    made = proposal(contest, plan, run)
    return save_list(contest, made.awards, plan=plan, run=run, by=by, at=at, tie_values=made.tie_values,
                     moves=made.moves)  # fmt: skip


def group_with_minimum_of_time(contest: Contest, plan: PrizePlan) -> PrizeGroup | None:
    """Where time alone is measured every score is 0: a least score would leave everybody without a prize."""
    timed = Rubric.objects.filter(round__contest=contest, measure=Measure.TIME).values("track")
    return plan.groups.filter(track__in=timed, levels__minimum__isnull=False).first()


def group_with_unknown_breaker(plan: PrizePlan) -> PrizeGroup | None:
    """The rubric has changed since: a tie-breaker that nobody can answer would be left out without a word."""
    for group in plan.groups.exclude(breakers=[]).select_related("track", "division"):
        if not set(stored_group(group).breakers) <= set(known_breakers(group.track)):
            return group
    return None


def entries_outside(contest: Contest, plan: PrizePlan | None) -> QuerySet[Entry]:
    """Entries that are marked and compete in no group of the plan: they would win nothing without a word."""
    entries = Entry.objects.countable().filter(contest=contest, track__is_by_minutes=False).select_related("track")
    for track, division in plan.groups.values_list("track", "division") if plan else ():
        entries = entries.exclude(track=track, division=division) if division else entries.exclude(track=track)
    return entries


def tracks_unplanned(contest: Contest) -> QuerySet[Track]:
    """Tracks that lack prizes in the plan in force: for their entries, or while entries come in for any."""
    plan = plan_in_force(contest)
    if contest.state not in (ContestState.SETUP, ContestState.ENTRY):
        return contest.tracks.filter(pk__in=entries_outside(contest, plan).values("track"))
    return contest.tracks.filter(is_by_minutes=False).exclude(
        pk__in=PrizeGroup.objects.filter(plan=plan).values("track")
    )


def plan_in_force(contest: Contest) -> PrizePlan | None:
    return contest.prize_plans.order_by("-version").first()


def save_list(
    contest: Contest,
    awards: list[Award],
    *,
    plan: PrizePlan | None,
    run: StandingRun | None,
    by: User | None,
    at: datetime,
    tie_values: TieValues | None = None,
    moves: Sequence[int] = (),
) -> AwardList:
    """The list with these awards: the one that stands where nothing differs, or its next version.

    A list also names the plan and the standings that it rests on: where those are new ones, so is the list.
    """
    specials = specials_due(contest)
    write_down(awards)
    write_down(specials)
    standing = contest.award_lists.standing().first()
    ranked = list(ranked_by_rule(contest, awards))
    recognitions, titles = recognitions_by(ranked), title_lines(contest, ranked)
    if (
        standing
        and contents(standing.specials.all()) == contents(specials)
        and says_the_same(standing, awards, recognitions, plan=plan, run=run, told=tie_values, moves=moves)
        and (standing.titles or titles) == titles  # lists from before keep none
    ):
        return standing
    version = (contest.award_lists.order_by("-version").values_list("version", flat=True).first() or 0) + 1
    make_way(contest, standing, by=by, at=at)
    made = AwardList.objects.create(
        contest=contest, version=version, plan=plan, run=run, made_at=at, key=contest.mint.key("list", version),
        digest=digest(content_of(awards)), tie_values=tie_values or {}, moves=list(moves), titles=titles,
    )  # fmt: skip
    rows: list[Any] = [*awards, *recognitions, *specials]
    for row in rows:
        row.list = made
    Award.objects.bulk_create(awards)
    Recognition.objects.bulk_create(recognitions)
    SpecialAward.objects.bulk_create(specials)
    body = {"version": version, "awards": len(awards), "digest": made.digest, "prizes": prizes_digest(awards)}
    body |= {"specials": specials_digest(specials)} if specials else {}
    body |= {"titles": digest(titles)} if titles else {}
    events.record(contest, "list.proposed", made, by=by, at=at, body=body)
    return made


def make_way(contest: Contest, standing: AwardList | None, *, by: User | None, at: datetime) -> None:
    """For the next version: the one that stands is replaced, and what was fixed is fixed no more."""
    if standing:
        if standing.state != ListState.DRAFT:
            refuse_alone(contest, StepKind.AMEND, StepKind.CORRECT)
        supersede(standing, by=by, at=at)
    if contest.state in (ContestState.LOCKED, ContestState.PUBLISHED):
        move(contest, ContestState.DECISION, by=by, at=at)


def says_the_same(
    standing: AwardList,
    awards: list[Award],
    recognitions: list[Recognition],
    *,
    plan: PrizePlan | None,
    run: StandingRun | None,
    told: TieValues | None,
    moves: Sequence[int],
) -> bool:
    return (
        (standing.plan, standing.run, standing.tie_values, standing.moves) == (plan, run, told or {}, list(moves))
        and standing.digest == digest(content_of(awards))
        and dict(standing.awards.values_list("entry", "reason")) == {one.entry_id: one.reason for one in awards}
        and said_by(standing.recognitions.all()) == said_by(recognitions)
    )


def content_of(awards: list[Award]) -> list[list[object]]:
    """What a list says, in a form that compares and digests."""
    return sorted(
        ([one.entry.number, one.code, one.label_zh, one.place or 0, str(one.by), one.said] for one in awards),
        key=lambda line: str(line[0]),
    )


def prizes_digest(awards: list[Award]) -> str:
    """What the list gives to which number, without the names: whoever has no names can still check it."""
    return digest(prize_lines(awards))


def prize_lines(awards: Iterable[Award]) -> list[list[Any]]:
    return sorted([one.entry.number, one.code, one.place or 0, str(one.by)] for one in awards)


def write_down(awards: list[Line]) -> list[Line]:
    """Awards of one contest, with title and names as their entries have them now."""
    if not awards:
        return awards
    said = said_of(Entry.objects.filter(contest=awards[0].entry.contest_id))
    for award in awards:
        award.said = said[award.entry_id]
    return awards


def names_of(links: QuerySet[Any]) -> dict[int, list[str]]:
    """Entry -> its authors or tutors in their order; names alone, since a list may have tens of thousands."""
    found: dict[int, list[str]] = {}
    for entry, name in links.order_by("order").values_list("entry", "person__name"):
        found.setdefault(entry, []).append(name)
    return found


def said_now(entry: Entry) -> dict[str, Any]:
    """What a list would say of this entry."""
    return said_of(Entry.objects.filter(pk=entry.pk))[entry.pk]


def said_of(entries: QuerySet[Entry]) -> dict[int, dict[str, Any]]:
    """What a list would say of each, by primary key; from columns, since a list may have tens of thousands."""
    authors, tutors = (names_of(links.objects.filter(entry__in=entries)) for links in (Author, Tutor))
    nominations = Nomination.objects.filter(entry__in=entries).select_related("person", "school")
    nominees = {nomination.entry_id: str(nomination) for nomination in nominations}
    return {
        pk: {
            "title": title,
            "authors": authors.get(pk, []),
            "tutors": tutors.get(pk, []),
            "group": group,
            "nominee": nominees.get(pk, ""),
            "school": school or "",
        }
        for pk, title, group, school in entries.values_list("pk", "title", "group_name", "school__name")
    }


def proposal(contest: Contest, plan: PrizePlan | None, run: StandingRun | None) -> Proposal:
    """Pure of writes: the list check asks for it again."""
    made = Proposal()
    decisions = {decision.entry_id: decision for decision in contest.decisions.all()}
    moves = standing_moves(contest)
    for outcome in outcomes(plan, run):
        made.tie_values |= told_of(outcome)
        add_group(made, outcome, decisions, moves)
    made.moves.sort()
    made.lapsed_moves = [one.number for one in moves if one.is_carried and one.number not in made.moves]
    made.open_moves = [one.number for one in moves if one.count is None]
    add_minutes(made, contest, decisions)
    return made


@dataclass(frozen=True)
class Outcome:
    """What the plan gives the entries of one group; `scores`, the `values` of tie-breakers and the rows of `cut` are in
    the order of `entries`."""

    group: PrizeGroup
    entries: list[Entry]
    scores: list[Score | None]
    cut: Cut
    values: Values


def outcomes(plan: PrizePlan | None, run: StandingRun | None, told: TieValues | None = None) -> Iterator[Outcome]:
    """Of every group of the plan that is judged by marks.

    told   what tie-breakers said for a list, as it keeps it; None: they are asked now
    """
    judged = Judged(plan.contest) if plan else None
    rows = run.standings.values_list("entry", "stage", "score", "milliseconds") if run else []
    known = {entry: score_from(stage, score, time) for entry, stage, score, time in rows}
    groups = plan.groups.select_related("track", "division").prefetch_related("levels") if plan else []
    for group in groups:
        if not group.track.is_by_minutes:
            entries = entries_of(group)
            scores = [known.get(entry.pk) for entry in entries]
            asked = group_plan(group)
            if told is not None:
                values = values_told(told, entries, len(asked.breakers))
            else:
                values = judged.values(group.track, [one.pk for one in entries], asked.breakers) if judged else []
            yield Outcome(group, entries, scores, cut(scores, asked, len(entries), values), values)


def told_of(outcome: Outcome) -> TieValues:
    """Of the entries that tie-breakers were asked about."""
    rows = [row for one in outcome.cut.parted for part in one.parts for row in part]
    return {outcome.entries[row].key: [as_text(values[row]) for values in outcome.values] for row in rows}


def as_text(value: Value | None) -> list[str] | None:
    return None if value is None else [str(part) for part in value]


def values_told(told: TieValues, entries: Sequence[Entry], breakers: int) -> Values:
    """As `told_of` kept them. Of entries about which nobody asked nothing is known, and nothing is needed."""
    kept = [told.get(entry.key, [None] * breakers) for entry in entries]
    return [
        [None if one[step] is None else tuple(Fraction(part) for part in one[step] or ()) for one in kept]
        for step in range(breakers)
    ]


def terms_of(outcome: Outcome, held: Held) -> str:
    """Of a tie: who shares what, after which tie-breakers. A decision on it is none on another."""
    keys = sorted(outcome.entries[row].key for row in held.rows)
    chain = [outcome.group.breakers] if outcome.group.breakers else []  # without any, as before there were any
    return digest([keys, list(held.codes), list(held.seats), *chain])


def decisions_that_hold(outcome: Outcome, decisions: Mapping[int, Decision]) -> dict[int, Decision]:
    """By entry: what was decided of each tie as it is now. Where marks or plan have changed who shares what, the tie is
    open again."""
    found = {}
    for held in outcome.cut.held:
        terms = terms_of(outcome, held)
        for row in held.rows:
            decision = decisions.get(outcome.entries[row].pk)
            if decision and decision.terms in ("", terms):
                found[decision.entry_id] = decision
    return found


def entries_of(group: PrizeGroup) -> list[Entry]:
    entries = Entry.objects.countable().filter(track=group.track)
    return list(entries.filter(division=group.division) if group.division_id else entries)


def score_of(standing: Standing | None) -> Score | None:
    return None if standing is None else score_from(standing.stage, standing.score, standing.milliseconds)


def score_from(stage: int, score: int | None, milliseconds: int | None) -> Score | None:
    """The greater the better; a shorter time is better among equal scores."""
    return None if score is None else (stage, score, -(milliseconds or 0))


def add_group(
    made: Proposal, outcome: Outcome, decisions: Mapping[int, Decision], moves: Collection[PrizeMove]
) -> None:
    """The plan's prizes of one group, and the committee's where the plan held a tie or where it moved an entry."""
    levels = list(outcome.group.levels.all())
    places = competition_ranks(outcome.scores)
    held_rows = {row for held in outcome.cut.held for row in held.rows}
    holding = decisions_that_hold(outcome, decisions)
    due = levels_due(outcome, holding)
    moved = moved_in(outcome, due, moves)
    made.moves += moved.numbers
    for row, (entry, place) in enumerate(zip(outcome.entries, places, strict=True)):
        if entry.pk in decisions and row not in held_rows:
            made.undue_decisions.append(entry.number)
        if (level := moved.levels[row]) is not None:
            by = AwardedBy.COMMITTEE if row in held_rows or row in moved.rows else AwardedBy.PLAN
            made.awards.append(award_of(entry, levels[level], place, by))
    made.groups.append(facts_of(outcome, holding, made, most_together(due, outcome.cut.seats)))


def award_of(entry: Entry, level, place: int | None, by: AwardedBy) -> Award:
    return Award(
        entry=entry,
        code=level.code,
        label_zh=level.label_zh,
        label_en=level.label_en,
        order=level.order,
        place=place,
        by=by,
    )


def facts_of(outcome: Outcome, holding: Mapping[int, Decision], made: Proposal, most: int) -> GroupFacts:
    entries = outcome.entries
    codes = [level.code for level in outcome.group.levels.all()]
    by_plan = Counter(level for level in outcome.cut.levels if level is not None)
    members = {entry.pk for entry in entries}
    return GroupFacts(
        name=str(outcome.group),
        allowed={code: max(outcome.cut.seats[i], by_plan[i]) for i, code in enumerate(codes)},
        given=Counter(award.code for award in made.awards if award.entry_id in members),
        held=tuple(
            HeldFacts(
                tuple(entries[row].number for row in held.rows),
                dict(zip(held.codes, held.seats, strict=True)),
                {entries[row].number: holding[entries[row].pk].code for row in held.rows if entries[row].pk in holding},
            )
            for held in outcome.cut.held
        ),
        most=most,
    )


def add_minutes(made: Proposal, contest: Contest, decisions: dict) -> None:
    """Prizes of tracks that were decided elsewhere."""
    for entry in Entry.objects.countable().filter(contest=contest, track__is_by_minutes=True):
        decision = decisions.get(entry.pk)
        prize = prize_of(decision.label) if decision else None
        if decision and prize:
            level = BY_CODE.get(prize.code, prize)
            award = award_of(entry, level, None, AwardedBy.MINUTES)
            award.reason = decision.minutes
            made.awards.append(award)
