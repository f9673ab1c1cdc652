"""The contest's own record, tracks, divisions, rounds, rubric."""

from fractions import Fraction

from awards.workbook.book import Book
from awards.workbook.spec import MARKS
from competition.core.cells import folded
from competition.core.columns import column_by_heading, plain_heading
from competition.core.reading import Row, nearest

MARK_PLACES = 2  # a mark has at most so many decimals
WEIGHT_PLACES = 4
PLACEHOLDERS = ("{year}", "{ordinal}", "{serial}")


def check_setup(book: Book) -> None:
    for sheet in ("contest", "mayors_award"):
        check_number_pattern(book, sheet)
    for sheet in ("tracks", "divisions", "rounds"):
        check_once(book, sheet, "name")
    for row in book.rows("rounds"):
        check_weight(book, "rounds", row)
    check_rubric(book)


def check_once(book: Book, sheet: str, column: str) -> None:
    """No two rows may have the same word here."""
    seen: dict[str, Row] = {}
    for row in book.rows(sheet):
        word = folded(row[column] or "")
        if word in seen:
            book.add(sheet, row, column, "twice", found=row[column], other=seen[word].number)
        elif word:
            seen[word] = row


def check_number_pattern(book: Book, sheet: str) -> None:
    """Only our three places may stand in it, and a number without its serial would not be one."""
    record = book.record(sheet)
    if not record or not record["number_pattern"]:
        return
    pattern = record["number_pattern"]
    plain = pattern
    for placeholder in PLACEHOLDERS:
        plain = plain.replace(placeholder, "")
    if "{serial}" not in pattern or "{" in plain or "}" in plain:
        book.add(sheet, record, "number_pattern", "bad-pattern", found=pattern)


def check_weight(book: Book, sheet: str, row: Row) -> None:
    weight: Fraction | None = row["weight"]
    if weight is None:
        return
    if weight <= 0 or (weight * 10**WEIGHT_PLACES).denominator != 1:
        book.add(sheet, row, "weight", "bad-weight", found=float(weight), places=WEIGHT_PLACES)


def check_rubric(book: Book) -> None:
    for row in book.rows("rubric"):
        if row["track"] and not book.track(row["track"]) and not book.is_mayor(row["track"]):
            known = [one["name"] for one in book.tracks.values()]
            book.add("rubric", row, "track", "unknown-track", found=row["track"], near=nearest(row["track"], known))
        if row["round"] and book.round_of(row) is None:
            book.add(
                "rubric", row, "round", "unknown-round", found=row["round"], near=nearest(row["round"], book.rounds)
            )
        maximum = row["maximum"]
        if maximum is not None and (maximum <= 0 or (maximum * 10**MARK_PLACES).denominator != 1):
            book.add("rubric", row, "maximum", "bad-maximum", found=float(maximum))
        check_weight(book, "rubric", row)
        if row["criterion"] and column_by_heading(MARKS, row["criterion"]):
            book.add("rubric", row, "criterion", "criterion-name-taken", found=row["criterion"])
    for track in book.tracks.values():
        for round_name in book.rounds:
            check_criteria(book, list(book.criteria(track["name"], round_name)))
            if track["decided"] != "minutes" and not any(book.criteria(track["name"], round_name)):
                book.add("tracks", track, "name", "track-without-rubric", found=track["name"], round=round_name)
    check_criteria(book, list(book.criteria(None, book.rounds[0])))


def check_criteria(book: Book, rows: list[Row]) -> None:
    """What is marked together has different names, in both languages."""
    seen: dict[str, Row] = {}
    for row in rows:
        for column in ("criterion", "criterion_en"):
            word = plain_heading(row[column] or "")
            if word and seen.setdefault(word, row) is not row:
                book.add("rubric", row, column, "twice", found=row[column], other=seen[word].number)
