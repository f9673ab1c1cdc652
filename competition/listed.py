"""A list that came in, row by row, against what is here: what every such list has in common."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from competition.core.faults import Fault
from competition.core.reading import Problem, Row, Table
from competition.problems import sentence

NEW, CHANGED, SAME, WRONG = "new", "changed", "same", "wrong"


class Listed(Protocol):
    """A row: what it would do, and what is wrong with it."""

    number: int
    status: str
    faults: list[Fault]


L = TypeVar("L", bound=Listed)


@dataclass
class ListPlan(Generic[L]):
    """What a list would do. `problems` are those of the sheet as a whole."""

    lines: list[L]
    problems: list[str]

    def count(self, status: str) -> int:
        return sum(line.status == status for line in self.lines)

    @property
    def good(self) -> list[L]:
        return [line for line in self.lines if line.status in (NEW, CHANGED)]


class WholePlan(ListPlan[L]):
    """Whole or nothing: one wrong row, and none goes in."""

    @property
    def is_whole(self) -> bool:
        return bool(self.good) and not self.problems and not self.count(WRONG)


def told_by_row(lines: Sequence[Listed], problems: Iterable[Problem]) -> list[str]:
    """Each problem goes to the row that it is about, which is wrong then; the sentences of those of the whole sheet."""
    by_row, whole = {line.number: line for line in lines}, []
    for one in problems:
        if line := by_row.get(one.row):
            line.faults.append(Fault(one.column, sentence(one), str(one.facts.get("found", ""))))
        else:
            whole.append(sentence(one))
    for line in lines:
        if line.faults:
            line.status = WRONG
    return whole


def fault(table: Table, line: Listed, column: str, code: str, **facts: Any) -> None:
    problem = table.problem(Row(line.number, {}, {}), column, code, **facts)
    line.faults.append(Fault(problem.column, sentence(problem), str(facts.get("found", ""))))
