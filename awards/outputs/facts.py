"""Rows of lists and standings, once for paper, spreadsheet and screen."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from awards.core.prizes import cut
from awards.models import Award, AwardList, Recognition
from awards.services.plans import group_plan
from awards.services.proposals import entries_of, score_of
from awards.wording import joined
from competition.core.numbers import decimal_text
from competition.models import Contest, Entry
from judging.core.scores import competition_ranks
from judging.models import Mark, Sheet, Standing


@dataclass(frozen=True)
class AwardLine:
    """One award as lists show it."""

    track: str
    division: str
    prize: str
    code: str
    place: int | None
    number: str
    title: str
    authors: str
    school: str
    district: str
    tutors: str
    people: int
    award: Award


def award_lines(award_list: AwardList) -> list[AwardLine]:
    """By track, division, prize and place."""
    awards = award_list.awards.select_related("entry__track", "entry__division", "entry__school__district").order_by(
        "entry__track__order", "entry__division__order", "order", "place", "entry__order"
    )
    return [line_of(award) for award in awards]


def line_of(award: Award) -> AwardLine:
    entry, said = award.entry, award.said
    return AwardLine(
        track=entry.track.label,
        division=entry.division.label if entry.division else "",
        prize=award.label,
        code=award.code,
        place=award.place,
        number=entry.number,
        title=said["title"],
        authors=joined(said["authors"]) or said["group"],
        school=said["school"],
        district=entry.school.district.label if entry.school else "",
        tutors=joined(said["tutors"]),
        people=len(said["authors"]),
        award=award,
    )


def recognition_lines(award_list: AwardList) -> list[tuple[Recognition, str, str]]:
    """(recognition, name, school or district it belongs to)."""
    rows = award_list.recognitions.select_related("rule", "district", "school__district", "person__school")
    return [(one, str(one.recipient), home_of(one)) for one in rows.order_by("rule__order", "place", "pk")]


def home_of(one: Recognition) -> str:
    if one.person is not None:
        return one.person.school.name if one.person.school else ""
    return str(one.school.district) if one.school is not None else ""


@dataclass(frozen=True)
class StandingLine:
    """One entry with all that led to its prize. `place` is its rank among those who compete for the same prizes."""

    entry: Entry
    score: str
    place: int | None
    rivals: int
    prize: str
    award: Award | None
    standing: Standing | None
    is_held: bool
    is_decided: bool
    sheets: tuple[tuple[str, str], ...]
    prizes: int


def standing_lines(award_list: AwardList) -> list[StandingLine]:
    """Every entry of the contest: by track, then by place, the unranked last."""
    contest = award_list.contest
    standings = {one.entry_id: one for one in award_list.run.standings.all()} if award_list.run else {}
    awards = {award.entry_id: award for award in award_list.awards.all()}
    placed = places_by_entry(award_list, standings)
    totals = sheet_totals(contest)
    decided = set(contest.decisions.values_list("entry", flat=True))
    lines = []
    for entry in entries_with_people(contest):
        standing = standings.get(entry.pk)
        place, rivals, is_held, prizes = placed.get(entry.pk, (standing.rank if standing else None, 0, False, 0))
        award = awards.get(entry.pk)
        lines.append(
            StandingLine(
                entry=entry,
                score=""
                if standing is None or standing.score is None
                else decimal_text(standing.score, contest.places),
                place=place,
                rivals=rivals,
                prize=award.label if award else "",
                award=award,
                standing=standing,
                is_held=is_held and award is None and entry.pk not in decided,
                is_decided=is_held and entry.pk in decided,
                sheets=tuple(totals.get(entry.pk, ())),
                prizes=prizes,
            )
        )
    return sorted(
        lines, key=lambda line: (line.entry.track.order, line.place is None, line.place or 0, line.entry.order)
    )


def entries_with_people(contest: Contest) -> QuerySet[Entry]:
    return contest.entries.select_related("track", "division", "subject", "school__district").prefetch_related(
        "authors__person", "tutors__person"
    )


def places_by_entry(award_list: AwardList, standings: dict[int, Standing]) -> dict[int, tuple[Any, int, bool, int]]:
    """entry -> (place, entries in its group, whether a tie holds it, prizes in its group)."""
    if award_list.plan is None:
        return {}
    found = {}
    for group in award_list.plan.groups.select_related("track", "division").prefetch_related("levels"):
        entries = entries_of(group)
        scores = [score_of(standings.get(entry.pk)) for entry in entries]
        outcome = cut(scores, group_plan(group), len(entries))
        held = {row for one in outcome.held for row in one.rows}
        for row, (entry, place) in enumerate(zip(entries, competition_ranks(scores), strict=True)):
            found[entry.pk] = (place, len(entries), row in held, sum(outcome.seats))
    return found


@dataclass(frozen=True)
class SheetLine:
    """One sheet that stands: who, what, its marks by criterion, its weighted total."""

    round: str
    number: str
    track: str
    judge: str
    state: str
    marks: tuple[tuple[str, str], ...]
    total: str
    is_complete: bool


def sheet_lines(contest: Contest) -> list[tuple[int, SheetLine]]:
    """(entry, line) of every current sheet, by round, entry and judge."""
    criteria: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for round_ in contest.rounds.prefetch_related("rubrics__criteria"):
        for rubric in round_.rubrics.all():
            criteria[round_.pk, rubric.track_id] = [(one, rubric.places) for one in rubric.criteria.all()]
    marks: dict[int, dict[int, int]] = defaultdict(dict)
    rows = Mark.objects.filter(sheet__assignment__round__contest=contest).values_list("sheet", "criterion", "points")
    for sheet, criterion, points in rows:
        marks[sheet][criterion] = points
    sheets = (
        Sheet.objects.current()
        .filter(assignment__round__contest=contest)
        .select_related("assignment__round", "assignment__entry__track", "assignment__judge")
        .order_by("assignment__round__order", "assignment__entry__order", "assignment__judge__code")
    )
    return [(one.assignment.entry_id, sheet_line(one, criteria, marks[one.pk])) for one in sheets]


def sheet_line(sheet: Sheet, criteria: dict[tuple[int, int], list[Any]], marks: dict[int, int]) -> SheetLine:
    mine = criteria[sheet.assignment.round_id, sheet.assignment.entry.track_id]
    is_complete = all(one.pk in marks for one, _ in mine)
    texts = tuple((one.label, points_text(marks.get(one.pk), places)) for one, places in mine)
    total = sum((marks[one.pk] * one.weight for one, _ in mine), 0) if is_complete else None
    places = mine[0][1] if mine else 0
    return SheetLine(
        round=sheet.assignment.round.label,
        number=sheet.assignment.entry.number,
        track=sheet.assignment.entry.track.label,
        judge=sheet.assignment.judge.code,
        state=sheet.get_state_display(),
        marks=texts,
        total="" if total is None else trimmed(f"{total / 10**places:f}"),
        is_complete=is_complete,
    )


def points_text(points: int | None, places: int) -> str:
    return "" if points is None else trimmed(decimal_text(points, places))


def trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def sheet_totals(contest: Contest) -> dict[int, list[tuple[str, str]]]:
    """entry -> (judge, total) of its sheets."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for entry, line in sheet_lines(contest):
        found[entry].append((line.judge, line.total or line.state))
    return found
