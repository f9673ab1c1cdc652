"""A row of a list of results, and what it would bring."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from awards.models import Achievement
from competition.core.canon import digest
from competition.core.faults import Fault
from competition.models import Entry, Person, School

NEW, CHANGED, SAME, WRONG, ASKED = "new", "changed", "same", "wrong", "asked"
OUT = "out"  # the answer "nobody of ours"; else the key of a person, or "new:" and the key of a school
IS_NEW = "new:"


@dataclass(frozen=True)
class Said:
    """What the office says of a list. `delegation`: the key of the delegation whose entries it speaks of, or ""."""

    series: str
    name: str
    level: str
    won_on: date
    columns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    delegation: str = ""

    @property
    def sealed(self) -> list[Any]:
        columns = {role: list(headings) for role, headings in self.columns.items()}
        return [self.series, self.name, self.level, self.won_on.isoformat(), columns, self.delegation]

    @classmethod
    def unsealed(cls, said: Sequence[Any]) -> "Said":
        series, name, level, won_on, columns, delegation = said
        return cls(series, name, level, date.fromisoformat(won_on), columns, delegation)


@dataclass(frozen=True)
class Choice:
    """Whom a name may mean: a person who is here, or a new one of a school."""

    value: str
    name: str
    school: str = ""
    person: Person | None = None
    of_school: School | None = None


@dataclass
class Who:
    """A name of a row. `answer` is the value of a choice, `OUT`, or "" as long as a person has to say."""

    field: str
    name: str
    role: str
    order: int
    choices: list[Choice]
    answer: str = ""
    is_asked: bool = False

    @property
    def chosen(self) -> Choice | None:
        return next((one for one in self.choices if one.value == self.answer), None)


@dataclass
class PrizeWord:
    """A word of the list and the level it means; None while nobody has said."""

    field: str
    word: str
    code: str | None
    is_asked: bool = False


@dataclass(frozen=True)
class Wanted:
    """An achievement as the list says it; `who`: a person, or the choice of a new one."""

    who: Choice
    role: str
    order: int
    work: str
    entry: Entry | None
    track: str
    code: str
    word: str

    @property
    def key(self) -> tuple[str, str, str]:
        return self.who.value + (self.who.name if self.who.person is None else ""), self.role, self.work

    @property
    def said(self) -> tuple[Any, ...]:
        return *self.key, self.word, self.code, self.track, self.order, self.entry.pk if self.entry else None


def said_of(one: Achievement) -> tuple[Any, ...]:
    """As `Wanted.said`, of what is here."""
    return (
        one.person.key, one.role, one.work, one.prize_name, one.prize_code, one.track_name, one.author_order,
        one.entry_id,
    )  # fmt: skip


@dataclass
class Line:
    """One row that is ours. `changes` as (label, old, new); `is_sent`: among the entries of the delegation, None where
    the list speaks of none."""

    place: str
    number: int
    title: str
    school: str = ""
    prize: PrizeWord | None = None
    track: str = ""
    status: str = NEW
    entry: Entry | None = None
    is_sent: bool | None = None
    is_out: bool = False
    people: list[Who] = field(default_factory=list)
    changes: list[tuple[str, str, str]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    wanted: list[Wanted] = field(default_factory=list)

    @property
    def asked(self) -> list[Who]:
        return [one for one in self.people if one.is_asked]

    @property
    def waits(self) -> bool:
        """Whether a person has still to say something."""
        return any(not one.answer for one in self.people) or (self.prize is not None and self.prize.code is None)


@dataclass
class Plan:
    """What an import would do. `gone`: what the list brought before and says no more; `problems` are those of it as a
    whole."""

    lines: list[Line]
    words: list[PrizeWord]
    gone: list[Achievement]
    rows: int
    without_prize: int
    problems: list[str]

    def count(self, status: str) -> int:
        return sum(line.status == status for line in self.lines)

    @property
    def skipped(self) -> int:
        return self.rows - len(self.lines) - self.without_prize

    @property
    def wanted(self) -> list[Wanted]:
        return [one for line in self.lines for one in line.wanted]

    @property
    def is_ready(self) -> bool:
        return bool(self.lines) and not self.problems and not self.count(WRONG) and not self.count(ASKED)

    @property
    def digest(self) -> str:
        """What was shown: something else is not applied."""
        lines = [
            [one.place, one.status, one.title, one.entry.key if one.entry else "",
             [[who.field, who.name, who.answer, [each.value for each in who.choices]] for who in one.people],
             [list(change) for change in one.changes], [fault.text for fault in one.faults]]
            for one in self.lines
        ]  # fmt: skip
        words = [[one.field, one.word, one.code or ""] for one in self.words]
        return digest([lines, words, [one.pk for one in self.gone], self.rows])
