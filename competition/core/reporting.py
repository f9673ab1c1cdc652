"""What a unit reports of its own contest: schools, pupils and works, by stage where it says so; whether it adds up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

COLUMNS = ("schools", "pupils", "works")


@dataclass(frozen=True)
class Reported:
    """lines: (code of the division, schools, pupils, works), of those that the unit fills in"""

    schools: int
    pupils: int
    works: int
    lines: tuple[tuple[str, int, int, int], ...] = ()


@dataclass(frozen=True)
class Odd:
    """A number that cannot be: code, column, and facts."""

    code: str
    column: str
    facts: Mapping[str, object]


def odd_in(said: Reported, *, schools_sent: int, works_sent: int) -> list[Odd]:
    """Pupils and works by stage add up to the sums. A school may have several stages, so its sum lies between the most
    of one stage and all of them. Nobody sends up more than was there.
    """
    found = [*unlike_sums(said.lines, said)]
    for column, sent in (("schools", schools_sent), ("works", works_sent)):
        number = getattr(said, column)
        if number < sent:
            found.append(Odd("report-fewer", column, {"found": number, "sent": sent}))
    if said.works and not said.schools:
        found.append(Odd("report-without-schools", "schools", {"works": said.works}))
    return found


def unlike_sums(lines: Sequence[tuple[str, int, int, int]], said: Reported) -> list[Odd]:
    if not lines:
        return []
    found = []
    for at, column in enumerate(COLUMNS, 1):
        numbers = [int(line[at]) for line in lines]
        total, whole = sum(numbers), getattr(said, column)
        if column == "schools":
            if not max(numbers) <= whole <= total:
                found.append(Odd("report-schools", column, {"found": whole, "most": total, "least": max(numbers)}))
        elif total != whole:
            found.append(Odd("report-sum", column, {"found": whole, "sum": total}))
    return found
