"""A list of units and schools against what is here: every row new, changed, the same, wrong, or a question to a person.
Reads only. A name that is not exactly known is never taken for a known one unless somebody said so."""

from collections import defaultdict
from collections.abc import Mapping

from competition.importing_places.planner import Planner
from competition.importing_places.rows import (
    ASKED,
    CHANGED,
    IS_NEW,
    NEW,
    SAME,
    WRONG,
    Candidate,
    Fault,
    Line,
    Plan,
    Reading,
    UnitQuestion,
    added_names,
    read_places,
)
from competition.problems import sentence

__all__ = [
    "ASKED",
    "CHANGED",
    "IS_NEW",
    "NEW",
    "SAME",
    "WRONG",
    "Candidate",
    "Fault",
    "Line",
    "Plan",
    "Reading",
    "UnitQuestion",
    "added_names",
    "places_plan",
    "read_places",
]


def places_plan(reading: Reading, answers: Mapping[str, str] | None = None) -> Plan:
    """answers   "unit-<row>" and "row-<row>" -> IS_NEW or the key of one of the candidates; others are not answers"""
    faults: dict[int, list[Fault]] = defaultdict(list)
    for one in reading.problems:
        faults[one.row].append(Fault(one.column, sentence(one)))
    planner = Planner(reading.table, answers or {})
    lines = [planner.line(row, faults.get(row.number, [])) for row in reading.table.rows]
    planner.show_kinds(lines)
    rows = {row.number for row in reading.table.rows}
    problems = [sentence(one) for one in reading.problems if one.row not in rows]
    units = [one for one in planner.asked.values() if one.candidates]
    return Plan(lines, units, problems, reading.table)
