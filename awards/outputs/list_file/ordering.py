"""Lines in the order that an office wants: by prize and place, by unit, by names in pinyin or strokes."""

import json
from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from awards.core.name_order import pinyin_key, stroke_key
from awards.list_style import ListColumn, ListGroup, ListOrder, ListStyle
from awards.outputs.list_file.lines import Line

WORDS = {
    ListGroup.TRACK: ListColumn.TRACK, ListGroup.DIVISION: ListColumn.DIVISION, ListGroup.PRIZE: ListColumn.PRIZE,
    ListGroup.DISTRICT: ListColumn.DISTRICT, ListGroup.SCHOOL: ListColumn.SCHOOL,
}  # fmt: skip


@cache
def stroke_places() -> dict[str, int]:
    """Character -> its place by strokes, from cn-sort's table of the 20,902 unified characters.

    The table alone: importing the package takes over the process's logging and writes names into it.
    """
    found = find_spec("cn_sort")
    if found is None or found.origin is None:
        raise RuntimeError("cn-sort is not installed.")
    table = json.loads((Path(found.origin).parent / "res" / "all_word.json").read_text(encoding="utf-8"))
    return {one["chinese"]: one["stroke_increment_level"] for one in table["all_word"]}


def in_order(lines: Sequence[Line], style: ListStyle) -> list[Line]:
    """Groups first, each whole; within them the order of the style; who is equal in it as on the list of prizes."""

    def key(line: Line) -> tuple[Any, ...]:
        groups = tuple(group_key(line, code) for code in style.groups)
        return groups, within(line, style.order), by_prize(line)

    return sorted(lines, key=key)


def within(line: Line, order: str) -> tuple[Any, ...]:
    if order == ListOrder.DISTRICT:
        return line.sorts[ListGroup.DISTRICT]
    if order == ListOrder.PINYIN:
        return pinyin_key(line.sorted_as, stroke_places())
    if order == ListOrder.STROKES:
        return stroke_key(line.sorted_as, stroke_places())
    return ()


def by_prize(line: Line) -> tuple[Any, ...]:
    sorts = line.sorts
    return (
        sorts[ListGroup.TRACK], sorts[ListGroup.DIVISION], sorts[ListGroup.PRIZE], line.place == 0, line.place,
        line.order,
    )  # fmt: skip


def group_key(line: Line, code: str) -> tuple[Any, ...]:
    """Schools of one unit by their names' sound."""
    if code == ListGroup.SCHOOL:
        return *line.sorts[ListGroup.DISTRICT], pinyin_key(str(line.cells[ListColumn.SCHOOL]), stroke_places())
    return line.sorts[code]


def group_words(line: Line, code: str) -> str:
    return str(line.cells[WORDS[ListGroup(code)]])
