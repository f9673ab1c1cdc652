"""Rows written into a form from the row under its headings on; what stands below moves down."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from unicodedata import east_asian_width

from lxml import etree  # type: ignore[import-untyped]

from awards.core.shifting import Shift
from awards.core.up_layouts import UpColumn
from awards.their_form.book import (
    Book,
    Tree,
    child,
    column_of,
    merges_of,
    named,
    packed,
    placed,
    rows_in,
    rows_of,
    written,
)
from awards.their_form.moving import move_the_rest, others_moved, without_chain
from awards.their_form.reading import below_of
from awards.their_form.styles import Styles
from competition.errors import Denial, Refused

LONGEST = 32_767  # characters of a cell
LINE, HIGHEST = 15.0, 409  # points of a line; of a row, beyond which a file is no workbook for Excel
USUAL_WIDTH, MOST_COLUMNS = 8.43, 200
UNSPEAKABLE = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
KEPT_OF_ROW = ("ht", "customHeight", "s", "customFormat", "thickBot", "thickTop")
Cell = str | int | None


@dataclass
class Pattern:
    """Of the row whose look every row gets: its attributes, column -> style, (left, right) that are one cell, and how
    many letters a column is wide."""

    row: dict[str, str]
    styles: dict[int, int]
    joined: list[tuple[int, int]]
    widths: dict[int, float]

    def lines(self, column: int, text: str) -> int:
        """How many lines a text takes in its cell."""
        right = dict(self.joined).get(column, column)
        width = sum(self.widths.get(one, USUAL_WIDTH) for one in range(column, right + 1))
        return sum(max(1, ceil(letters(part) / max(width - 1, 1))) for part in text.split("\n"))


def filled_in(
    data: bytes, *, sheet: str, first: int, columns: Sequence[UpColumn], rows: Sequence[Sequence[Cell]]
) -> bytes:
    """columns   with their places
    rows      a cell for each column: text stays text, whatever it looks like; a number is a number
    raises    Refused "layout-form-lost" where the form has no such sheet
    """
    book = Book.of(data)
    part = book.sheets.get(sheet)
    if part is None:
        raise Refused(Denial("layout-form-lost"))
    root, gone = book.tree(part), set[str]()
    changed: dict[str, bytes] = {}
    there = rows_of(root)
    shift = Shift(first, below_of(book, there, tuple(columns), first) or None, len(rows))
    looks = next(iter(book.package.related(book.main, "styles")), "")
    styles = Styles(book.tree(looks)) if looks else None
    if rows:
        put_rows(root, there, shift, columns, rows, styles)
        move_the_rest(root, shift, sheet)
        changed |= others_moved(book, part, sheet, shift)
        changed |= without_chain(book, gone)
    changed[part] = written(root)
    if styles and styles.is_changed:
        changed[looks] = written(styles.root)
    return packed(book.package, changed, gone)


def put_rows(
    root: Tree, there: list[Tree], shift: Shift, columns: Sequence[UpColumn], rows: Sequence[Sequence[Cell]],
    styles: Styles | None,
) -> None:  # fmt: skip
    pattern = pattern_of(root, there, shift, columns, styles)
    fresh = {
        shift.first + at: row_of(root, shift.first + at, dict(zip([c.at for c in columns], cells, strict=True)),
                                 pattern, styles)
        for at, cells in enumerate(rows)
    }  # fmt: skip
    stay = [row for row in there if int(row.get("r")) not in fresh or is_below(row, shift)]
    for row in stay:
        if is_below(row, shift):
            move_row(row, shift.row(int(row.get("r"))))
        elif int(row.get("r")) >= shift.first:
            empty_formulas(row)  # one of them may rest on a cell that is written over
    data = rows_in(root)
    for row in list(data):
        data.remove(row)
    everything = {int(row.get("r")): row for row in stay} | fresh
    data.extend(everything[at] for at in sorted(everything))
    put_merges(root, shift, pattern)


def is_below(row: Tree, shift: Shift) -> bool:
    return shift.below is not None and int(row.get("r")) >= shift.below


def pattern_of(
    root: Tree, there: list[Tree], shift: Shift, columns: Sequence[UpColumn], styles: Styles | None
) -> Pattern:
    """The first row of the empty space; where there is none, or it was never drawn, the headings in plain letters."""
    by_number = {int(row.get("r")): row for row in there}
    row = by_number.get(shift.first) if shift.has_space else None
    joined = [(left, right) for _one, top, left, end, right in merges_of(root) if top == end == shift.first]
    places = [one.at for one in columns]
    joined = [(left, right) for left, right in joined if sum(left <= at <= right for at in places) < 2]  # none is lost
    joined = joined if shift.has_space else []
    is_drawn = bool(joined) or (row is not None and len(row) > 0)
    source = shift.first if is_drawn else shift.first - 1
    row = by_number.get(source)
    looks = {column_of(cell): int(cell.get("s", 0)) for cell in row} if row is not None else {}
    if not is_drawn and styles is not None:
        looks = {column: styles.of(style, "body") for column, style in looks.items()}
    given = {name: row.get(name) for name in KEPT_OF_ROW if is_drawn and row is not None and row.get(name)}
    return Pattern(given, looks, joined, widths_of(root))


def widths_of(root: Tree) -> dict[int, float]:
    found: dict[int, float] = {}
    for one in named(root, "col"):
        if one.get("width"):
            columns = range(int(one.get("min", 1)), min(int(one.get("max", 1)), MOST_COLUMNS) + 1)
            found |= dict.fromkeys(columns, float(one.get("width")))
    return found


def letters(text: str) -> int:
    """Wide as so many digits: a Chinese character takes two."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def row_of(root: Tree, at: int, cells: dict[int, Cell], pattern: Pattern, styles: Styles | None) -> Tree:
    space = etree.QName(root).namespace
    row = root.makeelement(f"{{{space}}}row", pattern.row | {"r": str(at)})
    lines = {column: pattern.lines(column, value) for column, value in cells.items() if isinstance(value, str)}
    if (most := max(lines.values(), default=1)) > 1:
        row.set("ht", f"{min(max(float(pattern.row.get('ht', LINE)), LINE * most), HIGHEST):g}")
        row.set("customHeight", "1")
    for column in sorted({*pattern.styles, *cells}):
        row.append(
            cell_of(row, at, column, cells.get(column), pattern.styles.get(column, 0), styles, lines.get(column, 1))
        )
    return row


def cell_of(row: Tree, at: int, column: int, value: Cell, style: int, styles: Styles | None, lines: int) -> Tree:
    tag = row.tag.removesuffix("row")
    cell = row.makeelement(f"{tag}c", {"r": placed(at, column)})
    if isinstance(value, int):
        etree.SubElement(cell, f"{tag}v").text = str(value)
    elif text := speakable(value or ""):
        style = styles.of(style, "lines" if lines > 1 else "text") if styles else 0
        cell.set("t", "inlineStr")
        place = etree.SubElement(etree.SubElement(cell, f"{tag}is"), f"{tag}t")
        place.text = text
        place.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    if style:
        cell.set("s", str(style))
    return cell


def speakable(text: str) -> str:
    """As a cell can hold it. What looks like an escape of Excel's stays the letters that were typed."""
    return ESCAPED.sub("_x005F_", UNSPEAKABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))[:LONGEST]


def move_row(row: Tree, to: int) -> None:
    row.set("r", str(to))
    for cell in row:
        cell.set("r", placed(to, column_of(cell)))


def empty_formulas(row: Tree) -> None:
    for cell in row:
        if child(cell, "f") is not None:
            for one in list(cell):
                cell.remove(one)
            cell.attrib.pop("t", None)


def put_merges(root: Tree, shift: Shift, pattern: Pattern) -> None:
    """Those below move; in the rows written, each row is joined as the first one."""
    holder = child(root, "mergeCells")
    if holder is None:
        return
    for one, top, left, end, right in merges_of(root):
        if shift.first <= top <= shift.last and (shift.below is None or top < shift.below):
            holder.remove(one)
        else:
            one.set("ref", f"{placed(shift.row(top), left)}:{placed(shift.row(end), right)}")
    for at in range(shift.first, shift.last + 1):
        for left, right in pattern.joined:
            one = holder.makeelement(holder.tag.replace("mergeCells", "mergeCell"), {})
            one.set("ref", f"{placed(at, left)}:{placed(at, right)}")
            holder.append(one)
    holder.set("count", str(len(holder)))
    if not len(holder):
        root.remove(holder)
