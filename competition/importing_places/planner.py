"""Row after row: which unit and school it speaks of, what it would change, what is wrong or to be asked."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from competition.core.reading import Row, Table
from competition.core.school_names import likest, plain
from competition.importing_places.rows import (
    ASKED,
    CHANGED,
    IS_NEW,
    LABELS,
    NEW,
    SAME,
    WRONG,
    Candidate,
    Fault,
    Line,
    UnitQuestion,
    changes_of,
    kind_word,
    offered,
    values_of,
)
from competition.models import District, School
from competition.problems import sentence


class Planner:
    """All units and schools, asked for once, and what the rows before said."""

    def __init__(self, table: Table, answers: Mapping[str, str]):
        self.table, self.answers = table, answers
        self.all_units = list(District.objects.order_by("pk"))
        self.units = {name: one for one in reversed(self.all_units) for name in (one.label_en, one.label_zh) if name}
        self.of_unit: dict[int, list[School]] = defaultdict(list)
        for school in School.objects.select_related("district").order_by("pk"):
            self.of_unit[school.district_id].append(school)
        self.asked: dict[str, UnitQuestion] = {}
        self.written: dict[str, str] = {}
        self.kinds: dict[Any, tuple[str, int]] = {}
        # within a unit: plain name -> (who is called so, as it was written, the row that says so or 0)
        self.called: dict[Any, dict[str, tuple[Any, str, int]]] = {}
        self.rows_of: dict[Any, int] = {}

    def line(self, row: Row, faults: list[Fault]) -> Line:
        line = Line(row.number, row["unit"] or "", row["school"] or "", faults=list(faults))
        line.values = values_of(row)
        is_known = self.find_unit(row, line)
        line.kind = self.kind_of(row, line)
        if line.is_of_unit:
            self.compare_unit(line)
        elif is_known:
            self.find_school(line)
        if line.faults:
            line.status, line.candidates, line.changes = WRONG, [], []
        elif not is_known:
            line.status, line.candidates = ASKED, []
        return line

    def fault(self, line: Line, column: str, code: str, **facts: Any) -> None:
        problem = self.table.problem(Row(line.number, {}, {}), column, code, **facts)
        line.faults.append(Fault(problem.column, sentence(problem)))

    # ---- the unit

    def find_unit(self, row: Row, line: Line) -> bool:
        """Whether it is clear which unit the row speaks of: a known one, one that was answered, or a new one."""
        name = line.unit_name
        line.unit = self.units.get(name)
        if line.unit or not name:
            return True
        first = self.written.setdefault(plain(name), name)
        if first != name:
            self.fault(line, "unit", "written-otherwise", found=name, other=first)
        question = self.asked.setdefault(name, UnitQuestion(line.number, name, self.units_like(name)))
        answer = self.answers.get(f"unit-{question.number}", "")
        question.answer = answer if answer in {IS_NEW, *(one.key for one in question.candidates)} else ""
        line.unit = next((one for one in self.all_units if one.key == question.answer), None)
        line.is_new_unit = line.unit is None
        return bool(question.answer) or not question.candidates

    def units_like(self, name: str) -> list[Candidate]:
        known: dict[str, tuple[District, bool]] = {}
        for one in self.all_units:
            known |= dict.fromkeys(one.aliases, (one, True))
        for one in self.all_units:
            known |= {word: (one, False) for word in (one.label_zh, one.label_en) if word}
        return offered(name, "", known, lambda unit: ())

    def kind_of(self, row: Row, line: Line) -> str:
        """The rows of one unit say one kind."""
        kind = row["kind"] or ""
        if kind and line.unit_name:
            who = line.unit.pk if line.unit else plain(line.unit_name)
            said, number = self.kinds.setdefault(who, (kind, line.number))
            if said != kind:
                self.fault(line, "kind", "kind-disagrees", found=kind_word(kind), other=kind_word(said), first=number)
        return kind

    def compare_unit(self, line: Line) -> None:
        """A row without a school is about the unit."""
        if line.values.get("aliases"):
            self.fault(line, "school", "value-missing")
        who = line.unit.pk if line.unit else plain(line.unit_name)
        self.only_once(line, ("unit", who), line.unit_name, "unit")
        if "name_en" in line.values:
            line.values["label_en"] = line.values.pop("name_en")
        self.compare(line, line.unit)

    def compare(self, line: Line, place: School | District | None) -> None:
        line.changes = changes_of(place, line.values)
        if place is not None:
            line.status = CHANGED if line.changes else SAME

    def show_kinds(self, lines: list[Line]) -> None:
        """Another kind of a unit is shown once: at the first row that brings it in."""
        shown: set[int] = set()
        for wanted in ((NEW, CHANGED, SAME), (ASKED,)):
            for line in lines:
                unit = line.unit
                if unit and line.kind not in ("", unit.kind) and line.status in wanted and unit.pk not in shown:
                    shown.add(unit.pk)
                    line.changes.insert(0, (LABELS["kind"], kind_word(unit.kind), kind_word(line.kind)))
                    line.status = CHANGED if line.status == SAME else line.status

    # ---- the school

    def find_school(self, line: Line) -> None:
        schools = self.of_unit[line.unit.pk] if line.unit else []
        line.school = next((one for one in schools if one.name == line.school_name), None)
        if line.school is None:
            self.ask(line, schools)
        if line.status == ASKED:
            return
        who: Any = ("school", line.school.pk) if line.school else self.new_name(line)
        self.only_once(line, who, line.school_name, "school")
        self.check_aliases(line, who)
        self.compare(line, line.school)

    def ask(self, line: Line, schools: list[School]) -> None:
        """Where another school may be meant: as answered, or held back."""
        known: dict[str, tuple[School, bool]] = {}
        for one in schools:
            known |= dict.fromkeys(one.aliases, (one, True))
        known |= {one.name: (one, False) for one in schools}
        said = line.values | {"aliases": (*line.values.get("aliases", ()), line.school_name)}
        line.candidates = offered(
            line.school_name, line.unit_name, known, lambda school: tuple(changes_of(school, said))
        )
        answer = self.answers.get(f"row-{line.number}", "")
        if answer in {one.key for one in line.candidates}:
            line.school = next(one for one in schools if one.key == answer)
            line.values = said
        elif line.candidates and answer != IS_NEW:
            line.status = ASKED

    def new_name(self, line: Line) -> Any:
        """A new school; those of the list that read nearly the same are named, since a slip would make two."""
        names = self.names_in(line)
        line.near = likest(line.school_name, [said for _, said, row in names.values() if row], line.unit_name)
        line.near = [one for one in line.near if plain(one) != plain(line.school_name)]
        return ("new", plain(line.school_name))

    def names_in(self, line: Line) -> dict[str, tuple[Any, str, int]]:
        """What schools of the unit are called: here, and in the rows before."""
        unit = line.unit.pk if line.unit else plain(line.unit_name)
        if unit not in self.called:
            names: dict[str, tuple[Any, str, int]] = {}
            schools = self.of_unit[line.unit.pk] if line.unit else []
            for school in schools:
                names |= {plain(alias): (("school", school.pk), school.name, 0) for alias in school.aliases}
            names |= {plain(one.name): (("school", one.pk), one.name, 0) for one in schools}
            self.called[unit] = names
        return self.called[unit]

    def check_aliases(self, line: Line, who: Any) -> None:
        """A name that another school of the unit has would make lists ambiguous."""
        names = self.names_in(line)
        for alias in line.values.get("aliases", ()):
            if len(alias) > 200:
                self.fault(line, "aliases", "too-long", found=len(alias), longest=200)
            owner, said, _ = names.setdefault(plain(alias), (who, line.school_name, line.number))
            if owner != who:
                self.fault(line, "aliases", "name-of-another", found=alias, school=said)
        if who[0] == "new":
            names[plain(line.school_name)] = (who, line.school_name, line.number)

    def only_once(self, line: Line, who: Any, name: str, column: str) -> None:
        unit = line.unit.pk if line.unit else plain(line.unit_name)
        first = self.rows_of.setdefault((unit, who), line.number)
        if first != line.number:
            self.fault(line, column, "twice", found=name, other=first)
