"""Standings and plan become a list of awards: proposed here, fixed in `lists`."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from awards.core.listcheck import GroupFacts, HeldFacts
from awards.core.prizes import Cut, Score, cut
from awards.models import Award, AwardList, PrizeGroup, PrizePlan, Recognition
from awards.prizes import BY_CODE, prize_of
from awards.services.plans import group_plan
from awards.services.recognitions import recognitions_due, said_by
from awards.states import AwardedBy, ListState
from competition import events
from competition.core.canon import digest
from competition.errors import Denial, Refused
from competition.lifecycle import move
from competition.models import Contest, Entry, User
from competition.states import ContestState
from judging.core.scores import competition_ranks
from judging.models import Standing, StandingRun


@dataclass
class Proposal:
    """Awards not yet saved, and what the list check wants to know of the plan."""

    awards: list[Award] = field(default_factory=list)
    groups: list[GroupFacts] = field(default_factory=list)
    undue_decisions: list[str] = field(default_factory=list)


@transaction.atomic
def propose_awards(*, contest: Contest, run: StandingRun | None, by: User | None, at: datetime) -> AwardList:
    """A draft list by the plan in force, the minutes and the committee's decisions.

    run      None where every track is decided by minutes
    The list that stands is kept where nothing differs; otherwise the new version replaces it.
    raises   Refused "no-plan" where there are marks and no plan for them
    """
    plan = plan_in_force(contest)
    if plan is None and contest.tracks.filter(is_by_minutes=False).exists():
        raise Refused(Denial("no-plan", {"contest": contest}))
    return save_list(contest, proposal(contest, plan, run).awards, plan=plan, run=run, by=by, at=at)


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
) -> AwardList:
    """The list with these awards: the one that stands where nothing differs, or its next version.

    A list also names the plan and the standings that it rests on: where those are new ones, so is the list.
    """
    write_down(awards)
    standing = contest.award_lists.standing().first()
    recognitions = recognitions_due(contest, awards)
    if standing and says_the_same(standing, awards, recognitions, plan=plan, run=run):
        return standing
    version = (contest.award_lists.order_by("-version").values_list("version", flat=True).first() or 0) + 1
    if standing:
        move(standing, ListState.SUPERSEDED, by=by, at=at)
    if contest.state in (ContestState.LOCKED, ContestState.PUBLISHED):
        move(contest, ContestState.DECISION, by=by, at=at)
        contest.prize_checks.filter(closed_at=None).update(closed_at=at)
        contest.prize_checks.update(is_shown=False)
    made = AwardList.objects.create(
        contest=contest,
        version=version,
        plan=plan,
        run=run,
        made_at=at,
        key=contest.mint.key("list", version),
        digest=digest(content_of(awards)),
    )
    for award in awards:
        award.list = made
    for recognition in recognitions:
        recognition.list = made
    Award.objects.bulk_create(awards)
    Recognition.objects.bulk_create(recognitions)
    body = {"version": version, "awards": len(awards), "digest": made.digest}
    events.record(contest, "list.proposed", made, by=by, at=at, body=body)
    return made


def says_the_same(
    standing: AwardList,
    awards: list[Award],
    recognitions: list[Recognition],
    *,
    plan: PrizePlan | None,
    run: StandingRun | None,
) -> bool:
    return (
        (standing.plan, standing.run) == (plan, run)
        and standing.digest == digest(content_of(awards))
        and said_by(standing.recognitions.all()) == said_by(recognitions)
    )


def content_of(awards: list[Award]) -> list[list[object]]:
    """What a list says, in a form that compares and digests."""
    return sorted(
        ([one.entry.number, one.code, one.label_zh, one.place or 0, str(one.by), one.said] for one in awards),
        key=lambda line: str(line[0]),
    )


def write_down(awards: list[Award]) -> list[Award]:
    """Awards with title and names as their entries have them now."""
    people = ["authors__person", "tutors__person"]
    entries = Entry.objects.select_related("school", "nomination__person", "nomination__school").prefetch_related(
        *people
    )
    found = entries.in_bulk([award.entry_id for award in awards])
    for award in awards:
        award.said = said_of(found[award.entry_id])
    return awards


def said_of(entry: Entry) -> dict[str, object]:
    nomination = getattr(entry, "nomination", None)
    return {
        "title": entry.title,
        "authors": [one.person.name for one in entry.authors.all()],
        "tutors": [one.person.name for one in entry.tutors.all()],
        "group": entry.group_name,
        "nominee": str(nomination) if nomination else "",
        "school": entry.school.name if entry.school else "",
    }


def proposal(contest: Contest, plan: PrizePlan | None, run: StandingRun | None) -> Proposal:
    """Pure of writes: the list check asks for it again."""
    made = Proposal()
    decisions = {decision.entry_id: decision for decision in contest.decisions.all()}
    standings = {standing.entry_id: standing for standing in run.standings.all()} if run else {}
    groups = plan.groups.select_related("track", "division").prefetch_related("levels") if plan else []
    for group in groups:
        if not group.track.is_by_minutes:
            add_group(made, group, standings, decisions)
    add_minutes(made, contest, decisions)
    return made


def entries_of(group: PrizeGroup) -> list[Entry]:
    entries = Entry.objects.countable().filter(track=group.track)
    return list(entries.filter(division=group.division) if group.division_id else entries)


def score_of(standing: Standing | None) -> Score | None:
    return None if standing is None or standing.score is None else (standing.stage, standing.score)


def add_group(made: Proposal, group: PrizeGroup, standings: dict[int, Standing], decisions: dict) -> None:
    """The plan's prizes of one group, and the committee's where the plan held a tie."""
    entries = entries_of(group)
    scores = [score_of(standings.get(entry.pk)) for entry in entries]
    outcome = cut(scores, group_plan(group), len(entries))
    levels = list(group.levels.all())
    places = competition_ranks(scores)
    held_rows = {row for held in outcome.held for row in held.rows}
    for row, (entry, place) in enumerate(zip(entries, places, strict=True)):
        level = outcome.levels[row]
        decision = decisions.get(entry.pk)
        if decision and row not in held_rows:
            made.undue_decisions.append(entry.number)
        if row in held_rows and decision and decision.code:
            level = next((i for i, one in enumerate(levels) if one.code == decision.code), None)
        if level is not None:
            by = AwardedBy.COMMITTEE if row in held_rows else AwardedBy.PLAN
            made.awards.append(award_of(entry, levels[level], place, by))
    made.groups.append(facts_of(group, entries, outcome, decisions, made))


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


def facts_of(group: PrizeGroup, entries: list[Entry], outcome: Cut, decisions: dict, made: Proposal) -> GroupFacts:
    codes = [level.code for level in group.levels.all()]
    by_plan = Counter(level for level in outcome.levels if level is not None)
    members = {entry.pk for entry in entries}
    return GroupFacts(
        name=str(group),
        allowed={code: max(outcome.seats[i], by_plan[i]) for i, code in enumerate(codes)},
        given=Counter(award.code for award in made.awards if award.entry_id in members),
        held=tuple(
            HeldFacts(
                tuple(entries[row].number for row in held.rows),
                dict(zip(held.codes, held.seats, strict=True)),
                {
                    entries[row].number: decisions[entries[row].pk].code
                    for row in held.rows
                    if entries[row].pk in decisions
                },
            )
            for held in outcome.held
        ),
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
