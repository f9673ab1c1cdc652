"""A list of participants against those who are here: every row new, changed, the same or wrong. Reads only."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from awards.core.attending import PARTICIPANT_LIST, half_hours, hours_text
from awards.models import Participant, Training
from awards.pdf.fonts import missing_from, normalise
from awards.states import AttendeeRole, ParticipantState
from competition.core.canon import digest
from competition.core.cells import folded
from competition.core.faults import Fault
from competition.core.pasted import pasted_rows
from competition.core.reading import Row, Table, read_one_table
from competition.listed import CHANGED, NEW, SAME, WholePlan, fault, told_by_row

SAID = ("name", "unit", "role", "half_hours", "remarks")
PRINTED = ("name", "unit", "role", "half_hours")


@dataclass
class Line:
    """One row. `participant`: who it is here already; `values`: what it says; `changes`: (label, old, new)."""

    number: int
    name: str
    values: dict[str, Any]
    status: str = NEW
    participant: Participant | None = None
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def hours(self) -> str:
        return hours_text(self.values["half_hours"])

    @property
    def role(self) -> str:
        return str(AttendeeRole(self.values["role"]).label)


@dataclass
class Plan(WholePlan[Line]):
    training: Training

    @property
    def digest(self) -> str:
        """What was shown: something else is not applied."""
        said = [[one.number, one.status, [str(one.values[name]) for name in SAID]] for one in self.lines]
        return digest([self.training.key, said, self.problems])


def typed_rows(text: str) -> bytes:
    """Typed or pasted participants as the bytes of a list."""
    return pasted_rows(text, PARTICIPANT_LIST)


def participants_plan(data: bytes, training: Training) -> Plan:
    """data   .xlsx, .xls, .ods, or text in UTF-8, GBK or UTF-16; columns in any order, titles above them"""
    table, problems = read_one_table(data, PARTICIPANT_LIST)
    planner = Planner(training, table)
    lines = [planner.line(row) for row in table.rows]
    return Plan(lines, told_by_row(lines, problems), training)


Who = tuple[str, str]


class Planner:
    """Who is here, asked for once, and the rows before."""

    def __init__(self, training: Training, table: Table):
        self.training, self.table = training, table
        self.here: dict[Who, list[Participant]] = {}
        self.revoked: dict[Who, list[Participant]] = {}
        for one in training.participants.exclude(state=ParticipantState.REISSUED).order_by("order"):
            rows = self.revoked if one.state == ParticipantState.REVOKED else self.here
            rows.setdefault((folded(one.name), folded(one.unit)), []).append(one)
        self.taken: set[int] = set()  # those that a row before is about
        self.seen_names: dict[Who, list[tuple[int, str]]] = {}

    def line(self, row: Row) -> Line:
        values: dict[str, Any] = {
            "name": normalise(row["name"] or ""),
            "unit": normalise(row["unit"] or ""),
            "role": row["role"] or AttendeeRole.TUTOR,
            "half_hours": self.training.half_hours,
            "remarks": row["remarks"] or "",
        }
        line = Line(row.number, values["name"], values)
        self.read_hours(line, row)
        self.check_glyphs(line, ("name", "unit"))
        if line.name:
            self.only_once(line)
            self.compare(line)
        return line

    def read_hours(self, line: Line, row: Row) -> None:
        said: Fraction | None = row["hours"]
        if said is None:
            return
        halves = half_hours(said)
        if halves is None:
            fault(self.table, line, "hours", "not-half-hours", found=float(said))
        elif halves > self.training.half_hours:
            fault(self.table, line, "hours", "too-high", found=float(said), high=self.training.hours)
        else:
            line.values["half_hours"] = halves

    def check_glyphs(self, line: Line, columns: Iterable[str]) -> None:
        for column in columns:
            if missing := missing_from([line.values[column]]):
                fault(self.table, line, column, "glyph-missing", found=" ".join(sorted(missing)))

    def only_once(self, line: Line) -> None:
        """Two of one name at one unit are one person, unless remarks on both tell them apart."""
        who, remark = who_of(line), folded(line.values["remarks"])
        for number, other in self.seen_names.get(who, ()):
            if not (remark and other and remark != other):
                fault(self.table, line, "name", "twice", found=line.name, other=number)
                break
        self.seen_names.setdefault(who, []).append((line.number, remark))

    def compare(self, line: Line) -> None:
        line.participant = self.known(line)
        if line.participant is None:
            self.check_revoked(line)
            return
        was = line.participant
        self.taken.add(was.pk)
        different = [name for name in SAID if getattr(was, name) != line.values[name]]
        line.status = CHANGED if different else SAME
        if was.state == ParticipantState.ISSUED:
            line.status = SAME
            for name in different:
                if name in PRINTED:
                    column = "hours" if name == "half_hours" else name
                    fault(self.table, line, column, "issued-otherwise", found=shown(name, getattr(was, name)))
            return
        line.changes = [(str(LABELS[n]), shown(n, getattr(was, n)), shown(n, line.values[n])) for n in different]

    def known(self, line: Line) -> Participant | None:
        """The one of this name and unit; of several the one with these remarks."""
        found = [one for one in self.here.get(who_of(line), []) if one.pk not in self.taken]
        said = [one for one in found if folded(one.remarks) == folded(line.values["remarks"])]
        return said[0] if said else found[0] if len(found) == 1 and not tells_apart(line, found[0]) else None

    def check_revoked(self, line: Line) -> None:
        """Nobody gets a certificate back by sending the same list again; remarks say that it is somebody else, or
        why."""
        for one in self.revoked.get(who_of(line), ()):
            if not line.values["remarks"] or folded(line.values["remarks"]) == folded(one.remarks):
                fault(self.table, line, "name", "revoked-before", found=one.number)
                return


def tells_apart(line: Line, one: Participant) -> bool:
    return bool(one.remarks and line.values["remarks"] and folded(one.remarks) != folded(line.values["remarks"]))


def who_of(line: Line) -> Who:
    return folded(line.values["name"]), folded(line.values["unit"])


LABELS = {
    "name": "姓名 Name", "unit": "单位 Unit", "role": "身份 Role", "half_hours": "学时 Hours",
    "remarks": "备注 Remarks",
}  # fmt: skip


def shown(name: str, value: Any) -> str:
    if name == "half_hours":
        return hours_text(value)
    return str(AttendeeRole(value).label) if name == "role" else str(value)
