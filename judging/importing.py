"""A list of judges against those who are here: every row new, changed, the same or wrong. Reads only.

Nobody is taken for somebody else: the same name is the same person only where the phone does not say otherwise.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from competition.core.canon import digest
from competition.core.faults import Fault
from competition.core.reading import Row, Table, read_one_table
from competition.listed import CHANGED, NEW, SAME, WRONG, ListPlan, told_by_row
from competition.models import Contest, District, School
from judging.core.judge_columns import JUDGE_LIST
from judging.models import Judge


@dataclass
class Line:
    """One row. `judge`: who it is about, None for a new one; `values`: what it says; `changes`: (label, old, new)."""

    number: int
    name: str
    status: str = NEW
    judge: Judge | None = None
    values: dict[str, Any] = field(default_factory=dict)
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


@dataclass
class Plan(ListPlan[Line]):
    table: Table

    @property
    def digest(self) -> str:
        """What was shown: something else is not applied."""
        said = [
            [one.number, one.status, one.judge.key if one.judge else "", [list(change) for change in one.changes]]
            for one in self.lines
        ]
        return digest(said)


def judges_plan(data: bytes, contest: Contest) -> Plan:
    """data      .xlsx, .xls, .ods, or .csv in UTF-8 or GBK"""
    table, problems = read_one_table(data, JUDGE_LIST)
    planner = Planner(contest, table)
    lines = [planner.line(row) for row in table.rows]
    return Plan(lines, told_by_row(lines, problems), table)


class Planner:
    """The contest's judges, tracks and subjects, asked for once, and the rows before."""

    def __init__(self, contest: Contest, table: Table):
        self.table = table
        judges = contest.judges.select_related("person", "district").prefetch_related("tracks", "subjects")
        self.judges: list[Judge] = list(judges)
        self.tracks = {word: one for one in contest.tracks.all() for word in (one.label_en, one.label_zh) if word}
        self.subjects = {
            word: one for one in contest.subjects.all() for word in (one.label_en, one.label_zh, one.code) if word
        }
        self.districts = {
            word: one for one in District.objects.all() for word in (one.label_en, one.label_zh, *one.aliases) if word
        }
        self.schools: dict[str, School] = {}
        for school in School.objects.order_by("-pk"):
            self.schools |= dict.fromkeys((*school.aliases, school.name), school)
        self.seen: dict[tuple[str, str], int] = {}
        self.taken: set[int] = set()

    def line(self, row: Row) -> Line:
        line = Line(row.number, row["name"] or "")
        phone = row["phone"] or ""
        first = self.seen.setdefault((line.name, phone), row.number)
        if first != row.number and line.name:
            self.fault(line, "name", _("“%(found)s” stands in row %(other)s already.") % {
                "found": line.name, "other": first})  # fmt: skip
        line.judge = self.known(line.name, phone)
        line.values = self.values(row, line)
        line.changes = changes_of(line.judge, line.values)
        if line.judge is not None:
            line.status = CHANGED if line.changes else SAME
        if line.faults:
            line.status = WRONG
        return line

    def fault(self, line: Line, column: str, text: str) -> None:
        line.faults.append(Fault(self.table.letters.get(column, ""), text))

    def known(self, name: str, phone: str) -> Judge | None:
        """The judge of this name whose phone is the same, or is not known on one side; each judge once a list."""
        called = [one for one in self.judges if one.person.name == name and one.pk not in self.taken]
        exact = [one for one in called if one.phone == phone]
        loose = [one for one in called if not one.phone or not phone]
        found = exact[0] if len(exact) == 1 else loose[0] if len(loose) == 1 and not exact else None
        if found is not None:
            self.taken.add(found.pk)
        return found

    def values(self, row: Row, line: Line) -> dict[str, Any]:
        """Only what the row says: a blank cell changes nothing."""
        said = {
            name: row[name] for name in ("phone", "language", "institution", "max_load") if row[name] not in (None, "")
        }
        if row["email"]:
            said |= self.address(line, row["email"])
        if row["institution"]:
            said["school"] = self.schools.get(row["institution"])
        if row["district"]:
            said |= self.found(line, "district", [row["district"]], self.districts, single=True)
        for name, known in (("tracks", self.tracks), ("subjects", self.subjects)):
            if row[name]:
                said |= self.found(line, name, row[name], known)
        return said

    def address(self, line: Line, text: str) -> dict[str, Any]:
        try:
            validate_email(text)
        except ValidationError:
            self.fault(line, "email", _("“%(found)s” is no e-mail address.") % {"found": text})
            return {}
        return {"email": text}

    def found(
        self, line: Line, column: str, words: Sequence[str], known: dict[str, Any], *, single: bool = False
    ) -> dict[str, Any]:
        for word in words:
            if word not in known:
                names = "、".join(list(dict.fromkeys(str(one) for one in known.values()))[:8])
                text = _("“%(found)s” is not here. Known: %(known)s.") % {"found": word, "known": names or "—"}
                self.fault(line, column, text)
        rows = [known[word] for word in words if word in known]
        return {column: rows[0] if single else rows} if rows else {}


def labels() -> dict[str, str]:
    return {
        "phone": _("Phone"),
        "email": _("E-mail"),
        "language": _("Language of mails"),
        "institution": _("Institution"),
        "district": _("County or district"),
        "tracks": _("Tracks"),
        "subjects": _("Subjects"),
        "max_load": _("Entries at most"),
    }


def changes_of(judge: Judge | None, values: dict[str, Any]) -> list[tuple[str, str, str]]:
    found = []
    for name, label in labels().items():
        if name in values:
            old, new = (said(value) for value in (current(judge, name), values[name]))
            if old != new:
                found.append((label, old, new))
    return found


def current(judge: Judge | None, name: str) -> Any:
    if judge is None:
        return ""
    value = getattr(judge, name)
    return list(value.all()) if name in ("tracks", "subjects") else value


def said(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(sorted(str(one) for one in value))
    return "" if value in (None, 0) else str(value)
