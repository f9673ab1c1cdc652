"""Rows that are put into a sheet: where everything that stands there is afterwards. References as Excel writes them."""

import re
from collections.abc import Callable
from dataclasses import dataclass

CELL = re.compile(r"(\$?[A-Z]{1,3}\$?)(\d{1,7})")
ROWS = re.compile(r"(\$?)(\d{1,7}):(\$?)(\d{1,7})")
TOKEN = re.compile(
    r"""
    "(?:[^"]|"")*"                                              # a text
    | (?P<sheet>'(?:[^']|'')+'!|[\w.]+!)?
      (?P<ref>\$?[A-Z]{1,3}\$?\d{1,7}(?::\$?[A-Z]{1,3}\$?\d{1,7})?|\$?\d{1,7}:\$?\d{1,7})(?![\w(.!])
    | [\w.]+                                                    # a function, a name
    """,
    re.VERBOSE,
)
Span = tuple[int, int]


@dataclass(frozen=True)
class Shift:
    """first   the row from which on is written
    below      the first row that stands under the empty space; None: nothing stands there
    rows       how many are written
    """

    first: int
    below: int | None
    rows: int

    @property
    def last(self) -> int:
        return self.first + self.rows - 1

    @property
    def has_space(self) -> bool:
        return self.below is None or self.below > self.first

    @property
    def added(self) -> int:
        return 0 if self.below is None else max(0, self.rows - (self.below - self.first))

    def row(self, row: int) -> int:
        return row + self.added if self.below is not None and row >= self.below else row

    def span(self, top: int, end: int) -> Span:
        """One that reaches to the end of the empty space still does: a sum under a table counts the new rows."""
        is_to_the_end = self.below is not None and self.has_space and end == self.below - 1
        return self.row(top), end + self.added if is_to_the_end else self.row(end)

    def ruled(self, top: int, end: int) -> Span:
        """What holds for the first row written holds for all of them."""
        was_top, was_end = self.span(top, end)
        holds = self.has_space and top <= self.first <= end
        return was_top, max(was_end, self.last) if holds else was_end

    def printed(self, top: int, end: int) -> Span:
        """What is printed with the headings is printed with every row."""
        was_top, was_end = self.span(top, end)
        return was_top, max(was_end, self.last) if top < self.first <= end + 1 else was_end


def moved(ref: str, span: Callable[[int, int], Span]) -> str:
    """A cell, an area, or whole rows."""
    if whole := ROWS.fullmatch(ref):
        top, end = span(int(whole[2]), int(whole[4]))
        return f"{whole[1]}{top}:{whole[3]}{end}"
    cells = [(one[1], int(one[2])) for part in ref.split(":") if (one := CELL.fullmatch(part))]
    if not cells:
        return ref  # whole columns
    rows = span(cells[0][1], cells[-1][1])
    if len(cells) == 1 and rows[0] == rows[1]:
        return f"{cells[0][0]}{rows[0]}"
    return f"{cells[0][0]}{rows[0]}:{cells[-1][0]}{rows[1]}"


def moved_all(refs: str, span: Callable[[int, int], Span]) -> str:
    """References with spaces between."""
    return " ".join(moved(one, span) for one in refs.split())


def moved_formula(text: str, span: Callable[[int, int], Span], *, title: str, is_home: bool) -> str:
    """title     of the sheet whose rows move
    is_home   whether the formula stands in it: then a reference without a sheet means it
    """

    def put(found: re.Match[str]) -> str:
        ref, sheet = found["ref"], found["sheet"] or ""
        if not ref or (named(sheet) != title if sheet else not is_home):
            return found[0]
        return sheet + moved(ref, span)

    return TOKEN.sub(put, text)


def named(sheet: str) -> str:
    name = sheet.removesuffix("!")
    return name[1:-1].replace("''", "'") if name.startswith("'") else name
