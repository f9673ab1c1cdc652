"""Rows of lists and standings, once for paper, spreadsheet and screen."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from awards.models import Award, AwardList, MoveStep, Recognition, SpecialAward
from awards.outputs.tie_words import Told, labels_for_list, told_by_row
from awards.services.moved import steps_of_list
from awards.services.proposals import decisions_that_hold, outcomes
from awards.wording import joined
from competition.core.numbers import decimal_text
from competition.models import Contest, Entry
from competition.wording import in_a_row
from judging.core.measured import TIME, time_text
from judging.core.scores import competition_ranks
from judging.models import Attempt, Mark, Rubric, Sheet, Standing
from judging.selectors import absent_entries
from judging.states import AttemptState, Outcome


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
    award: Award | SpecialAward


def award_lines(award_list: AwardList) -> list[AwardLine]:
    """By track, division, prize and place."""
    awards = award_list.awards.select_related("entry__track", "entry__division", "entry__school__district").order_by(
        "entry__track__order", "entry__division__order", "order", "place", "entry__order"
    )
    return [line_of(award) for award in awards]


def special_lines(award_list: AwardList) -> list[tuple[SpecialAward, AwardLine]]:
    """Special prizes as lines, by prize."""
    rows = award_list.specials.select_related("entry__track", "entry__division", "entry__school__district")
    return [(one, line_of(one)) for one in rows.order_by("order", "entry__order")]


def specials_by_prize(award_list: AwardList) -> list[tuple[SpecialAward, list[AwardLine]]]:
    """(one that says prize and sponsor, its lines), in the order of the prizes."""
    of_prize = groupby(special_lines(award_list), key=lambda pair: pair[0].prize_id)
    found = [list(pairs) for _prize, pairs in of_prize]
    return [(pairs[0][0], [line for _one, line in pairs]) for pairs in found]


def line_of(award: Award | SpecialAward) -> AwardLine:
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
    rows = award_list.recognitions.select_related("rule", "district", "school__district", "person__school__district")
    return [(one, str(one.recipient), home_of(one)) for one in rows.order_by("rule__order", "place", "pk")]


def home_of(one: Recognition) -> str:
    if one.person is not None:
        return one.person.school.name if one.person.school else ""
    return str(one.school.district) if one.school is not None else ""


@dataclass(frozen=True)
class StandingLine:
    """One entry with all that led to its prize. `place` is its rank among those who compete for the same prizes.

    rubric     of the last round of its track, which says how it came to its score; None where there is none
    score      blank where time alone is measured
    time       blank where none is measured
    attempts   (round and number, result) of each that is confirmed, where it is measured
    tie        what parted it from others of its score, "" where nothing had to; `parted_by` names no numbers
    moved      what the committee moved it from and to, under which minutes; "" where it did not
    special    its special prizes, with sponsors and minutes; "" without any
    """

    entry: Entry
    rubric: Rubric | None
    score: str
    time: str
    place: int | None
    rivals: int
    prize: str
    award: Award | None
    standing: Standing | None
    is_held: bool
    is_decided: bool
    sheets: tuple[tuple[str, str], ...]
    attempts: tuple[tuple[str, str], ...]
    prizes: int
    is_absent: bool = False
    tie: str = ""
    parted_by: str = ""
    moved: str = ""
    special: str = ""

    @property
    def result(self) -> str:
        """Score and time as they are published."""
        return together(self.score, self.time)


def standing_lines(award_list: AwardList) -> list[StandingLine]:
    """Every entry of the contest: by track, then by place, the unranked last."""
    contest = award_list.contest
    standings = {one.entry_id: one for one in award_list.run.standings.all()} if award_list.run else {}
    awards = {award.entry_id: award for award in award_list.awards.all()}
    placed = places_by_entry(award_list)
    totals, attempts, rubrics = sheet_totals(contest), attempt_results(contest), last_rubrics(contest)
    absent, specials = absent_entries(contest), special_sentences(award_list)
    lines = []
    for entry in entries_with_people(contest):
        standing = standings.get(entry.pk)
        spot = placed.get(entry.pk, Spot(standing.rank if standing else None))
        award, rubric = awards.get(entry.pk), rubrics.get(entry.track_id)
        lines.append(
            StandingLine(
                entry=entry,
                rubric=rubric,
                score=score_text(standing, rubric, contest.places),
                time=time_of(standing),
                place=spot.place,
                rivals=spot.rivals,
                prize=award.label if award else "",
                award=award,
                standing=standing,
                is_held=spot.is_held and award is None and not spot.is_decided,
                is_decided=spot.is_decided,
                sheets=tuple(totals.get(entry.pk, ())),
                attempts=tuple(attempts.get(entry.pk, ())),
                prizes=spot.prizes,
                is_absent=entry.pk in absent,
                tie=spot.tie,
                parted_by=spot.parted_by,
                moved=spot.moved,
                special=specials.get(entry.pk, ""),
            )
        )
    return sorted(
        lines, key=lambda line: (line.entry.track.order, line.place is None, line.place or 0, line.entry.order)
    )


def line_of_entry(award_list: AwardList, entry: Entry) -> StandingLine | None:
    """Its line among the standings: a place means nothing without its rivals."""
    return next((one for one in standing_lines(award_list) if one.entry == entry), None)


def score_text(standing: Standing | None, rubric: Rubric | None, places: int) -> str:
    if standing is None or standing.score is None or (rubric is not None and rubric.measure == TIME):
        return ""
    return decimal_text(standing.score, places)


def time_of(standing: Standing | None) -> str:
    return "" if standing is None or standing.milliseconds is None else time_text(standing.milliseconds)


def together(score: str, time: str) -> str:
    return " · ".join(part for part in (score, time) if part)


def results_of(award_list: AwardList, entries: Collection[Entry]) -> dict[int, str]:
    """Score and time as they are published, by the entry's primary key."""
    contest, rubrics = award_list.contest, last_rubrics(award_list.contest)
    rows = Standing.objects.filter(run=award_list.run, entry__in=entries).select_related("entry")
    return {
        one.entry_id: together(score_text(one, rubrics.get(one.entry.track_id), contest.places), time_of(one))
        for one in rows
    }


def last_rubrics(contest: Contest) -> dict[int, Rubric]:
    """By track."""
    rows = Rubric.objects.filter(round__contest=contest).select_related("round")
    return {one.track_id: one for one in rows.order_by("round__order")}


def attempt_results(contest: Contest) -> dict[int, list[tuple[str, str]]]:
    """entry -> (attempt, result) of each that is confirmed."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    rows = Attempt.objects.filter(round__contest=contest, state=AttemptState.CONFIRMED).select_related("round")
    for one in rows.order_by("round__order", "number"):
        found[one.entry_id].append((f"{one.round.label} {one.number}", said_of_attempt(one)))
    return found


def said_of_attempt(one: Attempt) -> str:
    return str(Outcome.VOID.label) if one.outcome == Outcome.VOID else one.result


def entries_with_people(contest: Contest) -> QuerySet[Entry]:
    return contest.entries.select_related("track", "division", "subject", "school__district").prefetch_related(
        "authors__person", "tutors__person"
    )


@dataclass(frozen=True)
class Spot:
    """Where an entry stands in its group: of `rivals` for `prizes`; whether a tie holds it, and people have decided;
    what parted it from others of its score, with numbers and without; how the committee moved it."""

    place: int | None
    rivals: int = 0
    prizes: int = 0
    is_held: bool = False
    is_decided: bool = False
    tie: str = ""
    parted_by: str = ""
    moved: str = ""


NOTHING = Told("", "")


def places_by_entry(award_list: AwardList) -> dict[int, Spot]:
    decisions = {one.entry_id: one for one in award_list.contest.decisions.all()}
    labels, places = labels_for_list(award_list), award_list.contest.places
    steps, found = steps_of_list(award_list), {}
    for outcome in outcomes(award_list.plan, award_list.run, award_list.tie_values):
        words = {level.code: level.label for level in outcome.group.levels.all()} if steps else {}
        told = told_by_row(outcome, labels, places)
        held = {row for one in outcome.cut.held for row in one.rows}
        decided = decisions_that_hold(outcome, decisions)
        rivals, prizes = len(outcome.entries), sum(outcome.cut.seats)
        for row, (entry, place) in enumerate(zip(outcome.entries, competition_ranks(outcome.scores), strict=True)):
            tie = told.get(row, NOTHING)
            moved = moved_sentence(steps[entry.pk], words) if entry.pk in steps else ""
            found[entry.pk] = Spot(
                place, rivals, prizes, row in held, entry.pk in decided, tie.sentence, tie.words, moved
            )
    return found


def moved_sentence(step: MoveStep, words: Mapping[str, str]) -> str:
    """`words`: prizes by code"""
    before, after = (words.get(code, code) or _("no prize") for code in (step.before, step.after))
    facts = {"before": before, "after": after, "minutes": step.move.minutes}
    return _("Moved by the committee from %(before)s to %(after)s, minutes %(minutes)s.") % facts


def special_sentences(award_list: AwardList) -> dict[int, str]:
    """By entry."""
    found: dict[int, list[str]] = defaultdict(list)
    for one in award_list.specials.order_by("order"):
        facts = {"prize": one.label, "sponsor": one.sponsor, "minutes": one.minutes}
        found[one.entry_id].append(_("Special prize: %(prize)s of %(sponsor)s, minutes %(minutes)s.") % facts)
    return {entry: in_a_row(sentences) for entry, sentences in found.items()}


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
