"""Where the headings of a form stand, which column has which, and how much space is under them."""

from dataclasses import dataclass

from awards.core.up_layouts import CODE_OF, MOST, NOTHING, UpColumn, guessed, heading_row
from awards.their_form.book import (
    Book,
    Tree,
    child,
    column_of,
    merges_of,
    refuse_what_calls_out,
    refuse_what_is_filled_in,
    rows_of,
)
from competition.core.columns import plain_heading
from competition.core.reading import HEADING_ROWS
from competition.errors import Denial, Refused

MOST_ROWS = 5_000
SPAN = "·"  # after a heading over several columns
GROUP = 12  # characters of a heading over several columns; what is longer, or has a colon, is to be filled in by hand


@dataclass(frozen=True)
class TheirForm:
    """sheet    its title
    columns  with their places
    first    the row under the headings
    below    the first row under the empty space, with notes or signatures; 0: none
    """

    sheet: str
    columns: tuple[UpColumn, ...]
    first: int
    below: int

    @property
    def known(self) -> int:
        return sum(one.code != NOTHING for one in self.columns)


def read_form(data: bytes) -> TheirForm:
    """Of the sheet whose headings say most.

    raises   Refused "layout-form-links", "layout-form-filled", "layout-form-large", "layout-form-rows", "layout-unread"
    """
    book = Book.of(data)
    refuse_what_calls_out(book.package)
    refuse_what_is_filled_in(book.package)
    found = [one for title, part in book.sheets.items() if (one := form_in(book, title, book.tree(part)))]
    best = max(found, key=lambda one: one.known, default=None)
    if best is None:
        raise Refused(Denial("layout-unread"))
    return best


def form_in(book: Book, title: str, sheet: Tree) -> TheirForm | None:
    rows = rows_of(sheet)
    if len(rows) > MOST_ROWS:
        raise Refused(Denial("layout-form-rows", {"most": MOST_ROWS}))
    told = {int(row.get("r")): {column_of(cell): book.text(cell) for cell in row} for row in rows[:HEADING_ROWS]}
    told = {at: texts for at, texts in told.items() if any(texts.values())}
    if not told:
        return None
    numbers = list(told)
    head = numbers[heading_row([list(told[at].values()) for at in numbers])]
    top, end = band(sheet, head)
    end = lowest_heading(sheet, told, head, end)
    top -= bool(groups_in(sheet, told.get(top - 1, {}), top - 1))
    end += is_under(told.get(end + 1, {}), told.get(end, {}), groups_in(sheet, told.get(end, {}), end))
    headings = headings_in(sheet, told, top, end)
    places = sorted(headings)[:MOST]
    columns = tuple(
        UpColumn(one.code, one.heading, at)
        for one, at in zip(guessed([headings[at] for at in places]), places, strict=True)
    )
    return TheirForm(title, columns, end + 1, below_of(book, rows, columns, end + 1)) if columns else None


def band(sheet: Tree, head: int) -> tuple[int, int]:
    """First and last row of the headings: cells that are merged downwards hold two storeys together."""
    top = end = head
    for _one, first, _left, last, _right in sorted(merges_of(sheet), key=lambda one: one[1]):
        if first < last and first <= end and last >= top and last - first < HEADING_ROWS:
            top, end = min(top, first), max(end, last)
    return top, end


def lowest_heading(sheet: Tree, told: dict[int, dict[int, str]], head: int, end: int) -> int:
    """Rows in which nothing stands are of the headings where most of them are joined over them: a place for a stamp, or
    a remark that goes down beside the rows, is no heading."""
    tall = [(top, last) for _one, top, _left, last, _right in merges_of(sheet) if top < last]
    wanted = len([text for text in told[head].values() if text]) / 2
    while end > head and not told.get(end) and sum(top <= head and last >= end for top, last in tall) < wanted:
        end -= 1
    return end


def groups_in(sheet: Tree, told: dict[int, str], at: int) -> set[int]:
    """Columns whose heading, in cells joined sideways, says whose the columns under it are. One title says nothing."""
    texts = {column: text for column, text in told.items() if text}
    joined = [
        range(left, right + 1) for _one, top, left, end, right in merges_of(sheet) if top == end == at and left < right
    ]
    is_short = all(len(text) <= GROUP and not {":", "："} & set(text) for text in texts.values())
    return {one for each in joined if each[0] in texts for one in each} if len(texts) > 1 and is_short else set()


def is_under(told: dict[int, str], over: dict[int, str], groups: set[int]) -> bool:
    """Whether a row says more of groups, and of nothing that has its heading: else it is an example."""
    texts = {column for column, text in told.items() if text}
    return len(texts) > 1 and bool(texts & groups) and not any(over.get(column) for column in texts - groups)


def headings_in(sheet: Tree, told: dict[int, dict[int, str]], top: int, end: int) -> dict[int, str]:
    """Column -> heading. Of two storeys the lower one counts, after the upper one where that spans columns: the name of
    a tutor is not the name of an author."""
    found: dict[int, str] = {}
    joined = merges_of(sheet)
    for at in range(top, end + 1):
        under = {column for row in range(at + 1, end + 1) for column, text in told.get(row, {}).items() if text}
        wide = {
            left: right for _one, first, left, last, right in joined
            if first == at and last < end and left < right and under & set(range(left, right + 1))
        }  # fmt: skip
        for column, text in told.get(at, {}).items():
            if text:
                over = found.get(column, "")
                found[column] = over + text if over.endswith(SPAN) else text
                if column in wide:
                    found |= dict.fromkeys(range(column, wide[column] + 1), text + SPAN)
    return {column: text for column, text in found.items() if not text.endswith(SPAN)}


def below_of(book: Book, rows: list[Tree], columns: tuple[UpColumn, ...], first: int) -> int:
    """A running number and a formula leave a row empty."""
    counted = {one.at for one in columns if CODE_OF.get(plain_heading(one.heading)) == "row"}
    for row in rows:
        if int(row.get("r")) >= first and not is_empty(book, row, counted):
            return int(row.get("r"))
    return 0


def is_empty(book: Book, row: Tree, counted: set[int]) -> bool:
    for cell in row:
        text = "" if child(cell, "f") is not None else book.text(cell)
        if text and not (column_of(cell) in counted and text.removesuffix(".0").isdecimal()):
            return False
    return True
