"""A workbook's tables with their references resolved by name: what the checks and the loader share."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from competition.core.cells import folded
from competition.core.reading import Problem, Reading, Row, Table

ONLY_ROUND = "评审"
MAYOR_WORDS = ("市长奖", "mayor's award", "mayors award", "mayor’s award", "区长奖", "省长奖")


def place_of(problem: Problem) -> tuple[str, int, str]:
    return problem.sheet, problem.row, problem.column


@dataclass
class Book:
    """Look-ups over the tables. They forgive: what is wrong is for the checks to say."""

    reading: Reading
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        """A judge may be called by name where only one has it."""
        named = Counter(row["name"] for row in self.rows("judges"))
        codes = {row["name"]: row["code"] for row in self.rows("judges") if named[row["name"]] == 1}
        for sheet in ("assignments", "marks"):
            for row in self.rows(sheet):
                if row["judge"] not in self.judges and row["judge"] in codes:
                    row.values["judge"] = codes[row["judge"]]

    def table(self, name: str) -> Table:
        return self.reading.tables[name]

    def rows(self, name: str) -> list[Row]:
        return self.table(name).rows

    def record(self, name: str) -> Row | None:
        rows = self.rows(name)
        return rows[0] if rows else None

    def add(self, sheet: str, row: Row | None, column: str, code: str, **facts: Any) -> None:
        """Note a problem, once; not for a cell that could not be read, since its value is not known."""
        found = self.table(sheet).problem(row, column, code, **facts)
        if not (found.column and place_of(found) in self.unread) and found not in self.problems:
            self.problems.append(found)

    @cached_property
    def unread(self) -> set[tuple[str, int, str]]:
        return {place_of(problem) for problem in self.reading.problems}

    @cached_property
    def tracks(self) -> dict[str, Row]:
        return {folded(row["name"]): row for row in self.rows("tracks") if row["name"]}

    def track(self, name: str | None) -> Row | None:
        return self.tracks.get(folded(name or ""))

    @cached_property
    def divisions(self) -> list[tuple[str, str]]:
        """(Chinese, English) in order: from their sheet, or as the entries first name them."""
        if self.rows("divisions"):
            return [(row["name"], row["name_en"] or "") for row in self.rows("divisions") if row["name"]]
        named = (row["division"] for sheet in ("entries", "prize_plan") for row in self.rows(sheet))
        return [(name, "") for name in dict.fromkeys(name for name in named if name)]

    @cached_property
    def rounds(self) -> list[str]:
        """The names of the rounds in order; one where the workbook names none."""
        return [row["name"] for row in self.rows("rounds") if row["name"]] or [ONLY_ROUND]

    @cached_property
    def finalist_rounds(self) -> set[str]:
        return {row["name"] for row in self.rows("rounds") if row["name"] and row["is_for_finalists"]}

    def round_of(self, row: Row) -> str | None:
        """The round a row means: the first where it is blank, None where it is unknown."""
        if not row["round"]:
            return self.rounds[0]
        return next((name for name in self.rounds if folded(name) == folded(row["round"])), None)

    @cached_property
    def entries(self) -> dict[str, Row]:
        return {row["number"]: row for row in self.rows("entries") if row["number"]}

    @cached_property
    def nominees(self) -> dict[str, Row]:
        return {row["number"]: row for row in self.rows("nominees") if row["number"]}

    @cached_property
    def judges(self) -> dict[str, Row]:
        return {row["code"]: row for row in self.rows("judges") if row["code"]}

    @cached_property
    def districts_of_school(self) -> dict[str, set[str]]:
        """School name -> the districts that have one of that name: from the sheet of schools, else as rows say."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.rows("schools"):
            if row["name"] and row["district"]:
                found[row["name"]].add(row["district"])
        listed = set(found)
        for sheet in ("entries", "delegation", "nominees"):
            for row in self.rows(sheet):
                if row["school"] and row["district"] and row["school"] not in listed:
                    found[row["school"]].add(row["district"])
        return found

    def district_of(self, row: Row) -> str | None:
        """The district of the school that a row names, where that is clear."""
        if row["district"]:
            return row["district"]
        known = self.districts_of_school.get(row["school"] or "", set())
        return next(iter(known)) if len(known) == 1 else None

    @cached_property
    def listed_schools(self) -> set[tuple[str, str | None]]:
        """(school, district) of the sheet of schools."""
        return {(row["name"], row["district"]) for row in self.rows("schools") if row["name"]}

    @cached_property
    def listed_school_names(self) -> list[str]:
        return list(dict.fromkeys(name for name, _ in sorted(self.listed_schools, key=str)))

    @cached_property
    def people(self) -> set[str]:
        """Everybody who is author, tutor or nominee."""
        named = {name for row in self.rows("entries") for name in (row["authors"] or ()) + (row["tutors"] or ())}
        return named | {row["name"] for row in self.rows("nominees") if row["name"]}

    def is_mayor(self, name: str | None) -> bool:
        """Whether a cell of the column “track” means the Mayor's Award."""
        record = self.record("mayors_award")
        known = {
            folded(word) for word in (*MAYOR_WORDS, *(record[c] for c in ("name", "title") if record and record[c]))
        }
        return folded(name or "") in known

    def criteria(self, track: str | None, round_name: str) -> Iterator[Row]:
        """The rubric's rows for a track (None: the Mayor's Award) in a round, in the sheet's order.

        Rows for exactly this track win over rows for all tracks.
        """
        rows = [row for row in self.rows("rubric") if row["criterion"] and self.fits_round(row, round_name)]
        if track is None:
            yield from (row for row in rows if self.is_mayor(row["track"]))
            return
        mine = [row for row in rows if row["track"] and folded(row["track"]) == folded(track)]
        yield from mine or (row for row in rows if not row["track"])

    def fits_round(self, row: Row, round_name: str) -> bool:
        return not row["round"] or folded(row["round"]) == folded(round_name)

    def track_of_number(self, number: str) -> tuple[bool, str | None]:
        """(known, track) of an entry or nominee number; a nominee's track is None."""
        if number in self.entries:
            return True, self.entries[number]["track"]
        return number in self.nominees, None

    def usual_sheets(self, track: str | None, round_name: str) -> int:
        """How many sheets most marked entries of a track have in a round, or judges where nothing is marked yet.

        Of equally usual numbers the larger; 3 where nobody is assigned either.
        """
        counts: Counter[str] = Counter()
        pairs = {
            (row["entry"], row["judge"])
            for row in self.rows("marks") or self.rows("assignments")
            if row["entry"] and not row["is_recused"] and self.round_of(row) == round_name
        }
        for number, _ in pairs:
            known, of = self.track_of_number(number)
            if known and folded(of or "") == folded(track or ""):
                counts[number] += 1
        usual = Counter(counts.values())
        return max(usual, key=lambda size: (usual[size], size), default=3)
