"""Rounds, rubrics, judges, assignments and sheets."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from awards.workbook.book import Book
from awards.workbook.checks.setup import MARK_PLACES
from awards.workbook.loading.contest import People, Schools, Setup
from competition.core.cells import folded
from competition.core.columns import plain_heading
from competition.core.numbers import exact
from competition.core.reading import Row
from competition.models import Contest, District, Entry, Person, School, Track, User
from competition.states import EntryState, PersonKind
from judging.models import Assignment, Criterion, Judge, Round, Rubric
from judging.services.assignments import Triple, save_assignments
from judging.services.judges import JudgeDetails, save_judges
from judging.services.rounds import (
    CriterionDetails,
    RoundDetails,
    RubricDetails,
    save_round_entries,
    save_rounds,
    save_rubrics,
)
from judging.services.sheets import SheetDetails, record_sheets
from judging.states import AssignedBy, Method


def load_judging(
    book: Book,
    contest: Contest,
    setup: Setup,
    entries: dict[str, Entry],
    schools: Schools,
    people: People,
    *,
    by: User | None,
    at: datetime,
) -> None:
    """Of the contest itself; the Mayor's Award has its own rounds."""
    rounds = save_rounds(contest=contest, rounds=round_details(book), by=by, at=at)
    marked = [row for row in book.rows("tracks") if row["decided"] != "minutes"]
    rubrics = [
        rubric_details(book, setup.tracks[folded(row["name"])], row["name"], name, row)
        for name in rounds
        for row in marked
    ]
    saved = save_rubrics(contest=contest, rounds=rounds, rubrics=rubrics, by=by, at=at)
    save_round_entries(contest=contest, wanted=takers(book, rounds, entries), by=by, at=at)
    tracks: dict[str, tuple[Track, ...]] = {name: (track,) for name, track in setup.tracks.items()}
    judges = load_judges(book, contest, tracks, entries, schools, people, by=by, at=at)
    load_sheets(book, contest, rounds, entries, judges, saved, by=by, at=at)


def round_details(book: Book) -> list[RoundDetails]:
    rows = [row for row in book.rows("rounds") if row["name"]]
    if not rows:
        return [RoundDetails(name, "Review") for name in book.rounds]
    return [
        RoundDetails(
            row["name"], row["name_en"] or "", decimal_of(row["weight"] or Fraction(1)), bool(row["is_for_finalists"])
        )
        for row in rows
    ]


def decimal_of(value: Fraction) -> Decimal:
    """Exact: the checks let at most four decimals pass."""
    return Decimal(value.numerator) / Decimal(value.denominator)


def rubric_details(book: Book, track: Track, name: str | None, round_name: str, settings: Row) -> RubricDetails:
    """`name` None: the rubric of the Mayor's Award; `settings`: the row that says method and number of judges."""
    criteria = tuple(
        CriterionDetails(
            row["criterion"],
            int(row["maximum"] * 10**MARK_PLACES),
            row["criterion_en"] or "",
            decimal_of(row["weight"] or Fraction(1)),
        )
        for row in book.criteria(name, round_name)
    )
    reviews = settings["reviews"] or book.usual_sheets(name, round_name)
    return RubricDetails(round_name, track, criteria, settings["method"] or Method.MEAN, reviews, MARK_PLACES)


def takers(book: Book, rounds: dict[str, Round], entries: dict[str, Entry]) -> dict[Round, list[Entry]]:
    """Who takes part in which round: all that passed, or the finalists among them."""
    passed = [entry for entry in entries.values() if entry.state == EntryState.PASSED and not entry.track.is_by_minutes]
    finalists = {row["number"] for row in book.rows("entries") if row["is_finalist"]}
    return {
        one: [entry for entry in passed if not one.is_for_finalists or entry.number in finalists]
        for one in rounds.values()
    }


def load_judges(
    book: Book,
    contest: Contest,
    tracks: dict[str, tuple[Track, ...]],
    entries: dict[str, Entry],
    schools: Schools,
    people: People,
    *,
    by: User | None,
    at: datetime,
) -> dict[str, Judge]:
    """The judges that may mark these tracks: those who name one of them, and those who name none.

    tracks   what a word in the column of tracks means here, by folded word
    """
    by_name: dict[str, list[School]] = defaultdict(list)
    for (_, name), school in schools.items():
        by_name[name].append(school)
    districts = {district.label_zh: district for district in District.objects.all()}
    named: dict[str, list[Person]] = defaultdict(list)
    for (kind, name, _, _), person in people.items():
        if kind != PersonKind.JUDGE:
            named[name].append(person)
    details = []
    for row in book.rows("judges"):
        mine = tuple(track for name in row["tracks"] or () for track in tracks.get(folded(name), ()))
        if row["tracks"] and not mine:
            continue
        own = own_schools(row, by_name)
        details.append(
            JudgeDetails(
                code=row["code"],
                person=people[PersonKind.JUDGE, row["name"] or row["code"], None, row["code"]],
                institution=row["institution"] or "",
                school=own[0] if len(own) == 1 else None,
                district=districts.get(row["district"] or ""),
                tracks=mine,
                conflicts=(*things(row["conflicts"] or (), entries, by_name, named), *(own if len(own) > 1 else ())),
                max_load=row["max_load"] or 0,
                extra={heading: text for heading, text in row.extra.items() if text},
            )
        )
    return save_judges(contest=contest, judges=details, by=by, at=at)


def own_schools(row: Row, by_name: dict[str, list[School]]) -> list[School]:
    """The schools that a judge's institution may be: of two with one name both, unless the district tells."""
    own = by_name.get(row["institution"] or "", [])
    here = [school for school in own if school.district.label_zh == row["district"]]
    return here or own


def things(
    names: Iterable[str], entries: dict[str, Entry], schools: dict[str, list[School]], people: dict[str, list[Person]]
) -> Iterable[Entry | School | Person]:
    """What the words of a conflict mean: an entry, else every school, else every person of that name."""
    found: dict[Entry | School | Person, None] = {}
    for name in names:
        if name in entries:
            found[entries[name]] = None
        else:
            found |= dict.fromkeys(schools.get(name, []) or people.get(name, []))
    return found


def load_sheets(
    book: Book,
    contest: Contest,
    rounds: dict[str, Round],
    entries: dict[str, Entry],
    judges: dict[str, Judge],
    rubrics: dict[tuple[str, int], Rubric],
    *,
    by: User | None,
    at: datetime,
) -> None:
    """Assignments as the workbook has them, or as its marks show them; then the marks.

    Without either, the judges that were assigned stay, and marks of an earlier workbook are taken back.
    """
    given = list(cells(book, "assignments", rounds, entries, judges))
    marked = list(cells(book, "marks", rounds, entries, judges))
    if not given and not marked:
        record_sheets(contest=contest, sheets=[], by=by, at=at)
        return
    source = AssignedBy.WORKBOOK if given else AssignedBy.SHEET
    triples = dict.fromkeys([triple for _, triple in given] + [triple for _, triple in marked])
    saved = save_assignments(contest=contest, triples=list(triples), source=source, by=by, at=at)
    record_sheets(contest=contest, sheets=sheets_of(marked, saved, rubrics), by=by, at=at)


def cells(
    book: Book, sheet: str, rounds: dict[str, Round], entries: dict[str, Entry], judges: dict[str, Judge]
) -> Iterable[tuple[Row, Triple]]:
    """Rows that speak of these entries, with round, entry and judge."""
    for row in book.rows(sheet):
        name = book.round_of(row)
        if name in rounds and row["entry"] in entries and row["judge"] in judges:
            yield row, (rounds[name], entries[row["entry"]], judges[row["judge"]])


def sheets_of(
    marked: Iterable[tuple[Row, Triple]],
    assignments: dict[tuple[int, int, int], Assignment],
    rubrics: dict[tuple[str, int], Rubric],
) -> list[SheetDetails]:
    """One sheet a round, entry and judge, from wide or long rows."""
    criteria: dict[int, dict[str, Criterion]] = {}
    for rubric in rubrics.values():
        criteria[rubric.pk] = {
            plain_heading(word): one for one in rubric.criteria.all() for word in (one.label_en, one.label_zh) if word
        }
    found: dict[Assignment, dict[str, Any]] = {}
    for row, (one, entry, judge) in marked:
        assignment = assignments[one.pk, entry.pk, judge.pk]
        sheet = found.setdefault(assignment, {"marks": {}, "is_recused": False, "comment": ""})
        sheet["is_recused"] |= bool(row["is_recused"])
        sheet["comment"] = sheet["comment"] or row["comment"] or ""
        if mine := rubrics.get((one.code, entry.track_id)):
            sheet["marks"] |= points_of(row, criteria[mine.pk])
    return [SheetDetails(assignment, **sheet) for assignment, sheet in found.items()]


def points_of(row: Row, criteria: dict[str, Criterion]) -> dict[Criterion, int]:
    """Marks of a row in hundredths; blanks are left out."""
    texts = dict(row.extra)
    if row["criterion"]:
        texts = {row["criterion"]: "" if row["mark"] is None else str(row["mark"])}
    return {
        criteria[plain_heading(heading)]: int(exact(text) * 10**MARK_PLACES)
        for heading, text in texts.items()
        if text and plain_heading(heading) in criteria
    }
