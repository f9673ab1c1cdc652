"""A small contest made by the services, and workbooks loaded into the database of the test."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from awards.prizes import BY_CODE
from awards.services.plans import GroupDetails, LevelDetails, save_plan
from awards.services.running import decide
from awards.states import SeatKind
from awards.workbook.checks import problems_of
from awards.workbook.loading import Loaded, load_workbook
from awards.workbook.playing import Played, play
from awards.workbook.spec import SHEETS
from competition.core.reading import read_workbook
from competition.core.tokens import Mint
from competition.models import Contest, Entry, Person, School, Track
from competition.services.contests import ContestDetails, TrackDetails, save_contest, save_tracks
from competition.services.entries import EntryDetails, save_entries
from competition.services.places import save_people, save_places
from judging.models import Assignment, Criterion, Judge, Round
from judging.services.assignments import save_assignments
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
from judging.states import AssignedBy
from tests.factories.replay import replayed
from tests.factories.sheets import Sheets
from tests.factories.workbooks import workbook

AT = datetime(2026, 5, 1, 9, 0, tzinfo=UTC)
MINT = Mint(b"a secret of the tests alone")
WHO: dict[str, Any] = {"by": None, "at": AT}
Points = dict[str, tuple[int, ...]]
POINTS: Points = {"A1": (95, 93, 94), "A2": (90, 91, 89), "A3": (80, 80, 80)}


@dataclass
class Made:
    """Rows of a contest as its services gave them back."""

    contest: Contest
    schools: dict[tuple[str, str], School] = field(default_factory=dict)
    people: dict[Any, Person] = field(default_factory=dict)
    tracks: dict[str, Track] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)
    rounds: dict[str, Round] = field(default_factory=dict)
    judges: dict[str, Judge] = field(default_factory=dict)
    assignments: dict[tuple[int, int, int], Assignment] = field(default_factory=dict)
    criterion: Criterion | None = None


def details(**more: Any) -> ContestDetails:
    return ContestDetails(**({"name": "小赛", "series": "小赛", "year": 2026, "ordinal": 1, "as_of": AT} | more))


@replayed
def bare_contest(**more: Any) -> Contest:
    return save_contest(details=details(**more), mint=MINT, has_verification=False, **WHO)


def entry_details(made: Made, number: str, **more: Any) -> EntryDetails:
    school = made.schools["东区", "晴川一中"]
    author = made.people["student", f"学生{number}", school, ""]
    defaults = {"title": f"作品{number}", "track": made.tracks["创新"], "school": school, "authors": (author,)}
    return EntryDetails(number=number, **(defaults | more))


def sheet_details(made: Made, points: dict[str, tuple[int, ...]]) -> list[SheetDetails]:
    one = made.rounds["评审"]
    return [
        SheetDetails(
            made.assignments[one.pk, made.entries[number].pk, made.judges[f"J{at}"].pk], {made.criterion: given}
        )
        for number, all_given in points.items()
        for at, given in enumerate(all_given, 1)
    ]


def plan_groups(made: Made, *counts: int) -> list[GroupDetails]:
    levels = [
        LevelDetails(BY_CODE[code], SeatKind.COUNT, Decimal(count))
        for code, count in zip(("first", "second", "third"), counts, strict=False)
    ]
    return [GroupDetails(made.tracks["创新"], None, tuple(levels))]


@replayed
def small_contest(points: Points = POINTS) -> Made:
    """Three entries, three judges, one criterion of 100; means 94, 90, 80; one first and one second prize."""
    made = Made(bare_contest())
    made.schools = save_places(places=[("东区", "", "晴川一中", "")], mint=MINT, **WHO)
    school = made.schools["东区", "晴川一中"]
    keys = [("student", f"学生{n}", school, "") for n in points] + [("judge", f"评委J{n}", None, "") for n in (1, 2, 3)]
    made.people = save_people(people=keys, mint=MINT, **WHO)
    made.tracks = save_tracks(contest=made.contest, tracks=[TrackDetails("创新")], **WHO)
    made.entries = save_entries(contest=made.contest, entries=[entry_details(made, n) for n in points], **WHO)
    made.rounds = save_rounds(contest=made.contest, rounds=[RoundDetails("评审")], **WHO)
    rubric = RubricDetails("评审", made.tracks["创新"], (CriterionDetails("总评", 100),), places=0)
    rubrics = save_rubrics(contest=made.contest, rounds=made.rounds, rubrics=[rubric], **WHO)
    made.criterion = next(iter(rubrics.values())).criteria.get()
    save_round_entries(contest=made.contest, wanted={made.rounds["评审"]: list(made.entries.values())}, **WHO)
    judges = [JudgeDetails(f"J{n}", made.people["judge", f"评委J{n}", None, ""]) for n in (1, 2, 3)]
    made.judges = save_judges(contest=made.contest, judges=judges, **WHO)
    triples = [(made.rounds["评审"], e, j) for e in made.entries.values() for j in made.judges.values()]
    made.assignments = save_assignments(contest=made.contest, triples=triples, source=AssignedBy.WORKBOOK, **WHO)
    record_sheets(contest=made.contest, sheets=sheet_details(made, points), **WHO)
    save_plan(contest=made.contest, groups=plan_groups(made, 1, 1), **WHO)
    return made


@replayed
def loaded(sheets: Sheets) -> Loaded:
    """A workbook as rows, not yet decided."""
    reading = read_workbook(workbook(sheets), SHEETS)
    assert problems_of(reading) == []
    return load_workbook(reading, mint=MINT, has_verification=False, by=None, at=AT)


@replayed
def decided(sheets: Sheets) -> Contest:
    """Standings and a draft list; nothing is locked."""
    contest = loaded(sheets).contest
    decide(contest=contest, by=None, at=AT)
    return contest


def played(sheets: Sheets, key: bytes | None = None) -> Played:
    return play(workbook(sheets), key=key, by=None, agree=lambda changes: True)
