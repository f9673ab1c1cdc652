"""A row of a list of units and schools, and what it would change."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from competition.core.canon import digest
from competition.core.faults import Fault
from competition.core.place_columns import PLACE_LIST
from competition.core.reading import Problem, Row, Table, read_one_table
from competition.core.school_names import likest, split_names
from competition.models import District, School
from competition.states import UnitKind

NEW, CHANGED, SAME, WRONG, ASKED = "new", "changed", "same", "wrong", "asked"
IS_NEW = "new"  # the answer "it is a new one"; every other answer is the key of the one it is
LABELS = {
    "kind": "单位类型 Kind of unit", "name_en": "英文名称 English name", "label_en": "英文名称 English name",
    "aliases": "其他名称 Other names", "contact": "联系人 Contact", "phone": "联系电话 Phone",
}  # fmt: skip
Change = tuple[str, str, str]


@dataclass(frozen=True)
class Candidate:
    """One that a written name may mean: what people call it, why it is offered, and what would change of it."""

    key: str
    name: str
    is_alias: bool
    changes: tuple[Change, ...] = ()


@dataclass
class UnitQuestion:
    """A unit that is not known under this name; its rows wait until somebody says which it is."""

    number: int
    name: str
    candidates: list[Candidate]
    answer: str = ""


@dataclass
class Line:
    """One row. `unit` and `school` where they are known; `values` is what is written of the school, or of the unit
    where the row names no school; `changes` as (label, old, new)."""

    number: int
    unit_name: str
    school_name: str = ""
    status: str = NEW
    unit: District | None = None
    school: School | None = None
    kind: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)
    near: list[str] = field(default_factory=list)
    is_new_unit: bool = False

    @property
    def is_of_unit(self) -> bool:
        return not self.school_name


@dataclass
class Plan:
    """What an import would do. `problems` are those of the sheet as a whole."""

    lines: list[Line]
    units: list[UnitQuestion]
    problems: list[str]
    table: Table

    def count(self, status: str) -> int:
        return sum(line.status == status for line in self.lines)

    @property
    def good(self) -> list[Line]:
        return [line for line in self.lines if line.status in (NEW, CHANGED)]

    @property
    def digest(self) -> str:
        """What was shown: something else is not applied."""
        said = [
            [one.number, one.status, one.unit_name, one.school_name, one.unit.key if one.unit else "",
             one.school.key if one.school else "", [list(change) for change in one.changes],
             [[other.key, other.name, [list(change) for change in other.changes]] for other in one.candidates]]
            for one in self.lines
        ]  # fmt: skip
        units = [[one.number, one.name, one.answer, [other.key for other in one.candidates]] for one in self.units]
        return digest([said, units])


@dataclass(frozen=True)
class Reading:
    """The bytes as rows: what takes time, and asks the database nothing."""

    table: Table
    problems: list[Problem]


def read_places(data: bytes) -> Reading:
    """data      .xlsx, .xls, .ods, or .csv in UTF-8 or GBK"""
    return Reading(*read_one_table(data, PLACE_LIST))


def values_of(row: Row) -> dict[str, Any]:
    """Only what the row says: a blank cell or an absent column changes nothing."""
    said = {name: row[name] for name in ("name_en", "contact", "phone") if row[name]}
    aliases = tuple(name for name in split_names(row["aliases"] or "") if name != row["school"])
    return said | ({"aliases": aliases} if aliases else {})


def changes_of(place: School | District | None, values: Mapping[str, Any]) -> list[Change]:
    """(label, old, new); of a new one everything that is written of it."""
    found: list[Change] = []
    for name, value in values.items():
        if name == "aliases":
            was = place.aliases if place else []
            if added := added_names(place, value):
                found.append((LABELS[name], "、".join(was), "、".join([*was, *added])))
        elif (old := getattr(place, name) if place else "") != value:
            found.append((LABELS[name], old, value))
    return found


def added_names(place: School | District | None, names: Iterable[str]) -> list[str]:
    if place is None:
        return list(names)
    official = place.name if isinstance(place, School) else place.label_zh
    return [name for name in names if name not in place.aliases and name != official]


def offered(
    name: str, unit: str, known: Mapping[str, tuple[Any, bool]], changes: Callable[[Any], tuple[Change, ...]]
) -> list[Candidate]:
    """Those whose name or other name may be meant, each once."""
    found: dict[str, Candidate] = {}
    for word in likest(name, known, unit):
        place, is_alias = known[word]
        found.setdefault(place.key, Candidate(place.key, str(place), is_alias, changes(place)))
    return list(found.values())


def kind_word(kind: str) -> str:
    return str(UnitKind(kind).label)
