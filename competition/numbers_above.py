"""授权号 and 上级编号 from a list, against the entries that are here: every row new, changed, the same or wrong. Reads
only."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from competition.core.canon import digest
from competition.core.cells import folded
from competition.core.faults import Fault
from competition.core.number_columns import NUMBER_LIST
from competition.core.reading import Row, Table, read_one_table
from competition.listed import CHANGED, NEW, SAME, WholePlan, fault, told_by_row
from competition.models import Contest, Entry, NumberAbove
from competition.states import ContestKind

KINDS = ("authorisation", "number")
LABELS = {"authorisation": _("Authorisation number"), "number": _("Number there")}
NOT_ONE_WORD = re.compile(r"[\s\x00-\x1f\x7f]")


@dataclass(frozen=True)
class Numbers:
    """What a higher contest gave an entry; "" where it gave none."""

    authorisation: str = ""
    number: str = ""

    def __bool__(self) -> bool:
        return bool(self.authorisation or self.number)


def higher_contests(contest: Contest) -> QuerySet[Contest]:
    """Those that are kept here and may give numbers: entries went up to them, or a delegation did."""
    went = Q(received__sent__contest=contest) | Q(belongs_to=contest, kind=ContestKind.CONTEST)
    return Contest.objects.filter(went).distinct().order_by("as_of", "pk")


def standing(contest: Contest, higher: Contest | None = None) -> dict[str, Numbers]:
    """Key of the entry -> what this higher contest gave, of those that have any; None: one that is not named."""
    rows = NumberAbove.objects.filter(contest=contest, higher=higher)
    found = rows.values_list("entry__key", "authorisation", "number")
    return {key: Numbers(authorisation, number) for key, authorisation, number in found}


def seen_digest(keys: Iterable[str], now: Mapping[str, Numbers], higher: Contest | None = None) -> str:
    """What somebody saw of these entries: something else is not written over."""
    said = sorted((key, now.get(key, Numbers())) for key in keys)
    return digest([higher.key if higher else "", [[key, one.authorisation, one.number] for key, one in said]])


GIVEN = Prefetch("numbers_above", NumberAbove.objects.select_related("higher").order_by("pk"))


def numbers_given_by(higher: Contest | None, entry: Entry) -> Numbers:
    """What this contest gave; of each kind that it did not give, what stands without a name."""
    found = {one.higher_id: one for one in entry.numbers_above.all()}
    rows = [found[pk] for pk in (higher.pk if higher else None, None) if pk in found]
    return Numbers(*(next(filter(None, (getattr(one, kind) for one in rows)), "") for kind in KINDS))


def numbers_in_words(entry: Entry, kind: str) -> str:
    """All of one kind; where several contests gave one, each with its contest."""
    found = [(getattr(one, kind), one.higher) for one in entry.numbers_above.all() if getattr(one, kind)]
    if len(found) == 1:
        return str(found[0][0])
    return "、".join(f"{text}（{higher.label}）" if higher else text for text, higher in found)


def plain_number(text: str) -> str:
    """As it is kept: without the full-width digits of an input method, and without spaces around it."""
    return unicodedata.normalize("NFKC", text).strip()


@dataclass
class Line:
    """One row. `entry`: whose it is; `numbers`: what stands after it; `changes`: (label, old, new)."""

    number: int
    said_entry: str
    said_title: str
    entry: Entry | None = None
    numbers: Numbers = field(default_factory=Numbers)
    status: str = NEW
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


@dataclass
class Plan(WholePlan[Line]):
    contest: Contest
    higher: Contest | None = None

    @property
    def wanted(self) -> dict[str, Numbers]:
        return {line.entry.key: line.numbers for line in self.good if line.entry}

    @property
    def digest(self) -> str:
        """What was shown: something else is not applied."""
        said = [[one.number, one.status, one.entry.key if one.entry else "", one.numbers.authorisation,
                 one.numbers.number, [list(change) for change in one.changes]] for one in self.lines]  # fmt: skip
        return digest([self.contest.key, self.higher.key if self.higher else "", said, self.problems])


def numbers_plan(data: bytes, contest: Contest, higher: Contest | None = None) -> Plan:
    """data   .xlsx, .xls, .ods, or text in UTF-8, GBK or UTF-16; columns in any order, titles above them"""
    table, problems = read_one_table(data, NUMBER_LIST)
    planner = Planner(contest, table, standing(contest, higher))
    lines = [planner.line(row) for row in table.rows]
    planner.refuse_twice(lines)
    return Plan(lines, told_by_row(lines, problems) + planner.columns_missing(), contest, higher)


class Planner:
    """Which entries and numbers are here, asked for once."""

    def __init__(self, contest: Contest, table: Table, now: Mapping[str, Numbers]):
        self.table = table
        self.kinds = [kind for kind in KINDS if kind in table.letters]
        entries = list(contest.entries.countable().order_by("order"))
        self.by_number = {folded(one.number): one for one in entries}
        self.by_title: dict[str, list[Entry]] = {}
        for one in entries:
            self.by_title.setdefault(folded(one.title), []).append(one)
        self.now = now
        self.numbers = {one.key: one.number for one in entries}

    def columns_missing(self) -> list[str]:
        found = []
        if self.table.rows and not {"entry", "title"} & self.table.letters.keys():
            found.append(str(_("Neither entry numbers nor titles: nobody knows which entry a row is about.")))
        if self.table.rows and not self.kinds:
            found.append(str(_("There is neither a column of authorisation numbers nor one of numbers there.")))
        return found

    def line(self, row: Row) -> Line:
        line = Line(row.number, row["entry"] or "", row["title"] or "")
        line.entry = self.entry_of(line)
        was = self.now.get(line.entry.key, Numbers()) if line.entry else Numbers()
        # a column that the list does not have says nothing; a blank cell of one that it has takes the number away
        said = {kind: plain_number(row[kind] or "") for kind in self.kinds}
        line.numbers = Numbers(**{"authorisation": was.authorisation, "number": was.number} | said)
        for kind, text in said.items():
            if NOT_ONE_WORD.search(text):
                fault(self.table, line, kind, "number-with-space", found=text)
        pairs = [(kind, getattr(was, kind), getattr(line.numbers, kind)) for kind in KINDS]
        line.changes = [(str(LABELS[kind]), old, new) for kind, old, new in pairs if old != new]
        line.status = (CHANGED if was else NEW) if line.changes else SAME
        return line

    def entry_of(self, line: Line) -> Entry | None:
        """By its number, else by its title; where both stand there, they must be of one entry."""
        titled = self.by_title.get(folded(line.said_title), []) if line.said_title else []
        if line.said_entry:
            found = self.by_number.get(folded(line.said_entry))
            if found is None:
                fault(self.table, line, "entry", "entry-not-counting", found=line.said_entry)
            elif line.said_title and found not in titled:
                fault(self.table, line, "title", "title-of-another", found=line.said_title, title=found.title)
            return found
        if not line.said_title:
            fault(self.table, line, "entry" if "entry" in self.table.letters else "title", "value-missing")
        elif len(titled) > 1:
            fault(self.table, line, "title", "title-of-several", found=line.said_title, entries=len(titled))
        elif not titled:
            fault(self.table, line, "title", "entry-not-counting", found=line.said_title)
        return titled[0] if len(titled) == 1 else None

    def refuse_twice(self, lines: list[Line]) -> None:
        """An entry stands in one row, and a number belongs to one entry, of the list or not."""
        self.refuse_entries_twice(lines)
        named = {line.entry.key for line in lines if line.entry}
        for kind in KINDS:
            others = {getattr(one, kind): key for key, one in self.now.items() if key not in named}
            rows: dict[str, int] = {}
            for line in lines:
                text = getattr(line.numbers, kind)
                if not text or line.entry is None:
                    continue
                if text in rows:
                    fault(self.table, line, kind, "twice", found=text, other=rows[text])
                elif text in others:
                    fault(
                        self.table,
                        line,
                        kind,
                        "number-of-another",
                        found=text,
                        entry=self.numbers.get(others[text], "—"),
                    )
                rows.setdefault(text, line.number)

    def refuse_entries_twice(self, lines: list[Line]) -> None:
        rows: dict[str, int] = {}
        for line in lines:
            if line.entry is None:
                continue
            if line.entry.key in rows:
                column = "entry" if line.said_entry else "title"
                fault(self.table, line, column, "twice", found=line.entry.number, other=rows[line.entry.key])
            rows.setdefault(line.entry.key, line.number)
