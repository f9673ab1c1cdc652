"""Lines in the order that an office wants: by prize and place, by unit, by names in pinyin or strokes."""

from collections.abc import Sequence
from typing import Any

from awards.core.name_order import pinyin_key, stroke_key
from awards.list_style import ListColumn, ListGroup, ListOrder, ListStyle
from awards.outputs.list_file.lines import Line
from awards.services.stroke_order import stroke_places

WORDS = {
    ListGroup.TRACK: ListColumn.TRACK, ListGroup.DIVISION: ListColumn.DIVISION, ListGroup.PRIZE: ListColumn.PRIZE,
    ListGroup.DISTRICT: ListColumn.DISTRICT, ListGroup.SCHOOL: ListColumn.SCHOOL,
}  # fmt: skip


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
