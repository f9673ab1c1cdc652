"""The Mayor's Award: nominees, votes."""

from awards.workbook.book import Book
from awards.workbook.checks.entries import check_places
from competition.core.reading import Row, nearest

BELONGING = ("eligibility", "nominees", "achievements", "votes")


def check_mayor(book: Book) -> None:
    if book.record("mayors_award") is None:
        for sheet in BELONGING:
            if book.rows(sheet):
                book.add(sheet, None, "", "no-mayors-award")
        return
    seen: dict[str, Row] = {}
    for row in book.rows("nominees"):
        number = row["number"]
        if number in seen or number in book.entries:
            other = seen.get(number) or book.entries[number]
            book.add("nominees", row, "number", "twice", found=number, other=other.number)
        elif number:
            seen[number] = row
        if row["kind"] and row["kind"] != "school" and not row["name"]:
            book.add("nominees", row, "name", "value-missing")
        check_places(book, "nominees", row)
    if book.rows("nominees") and not any(book.criteria(None, book.rounds[0])):
        book.add("mayors_award", book.record("mayors_award"), "name", "award-without-rubric")
    check_votes(book)


def check_votes(book: Book) -> None:
    seen: dict[tuple[int, str, str], Row] = {}
    for row in book.rows("votes"):
        if row["nominee"] and row["nominee"] not in book.nominees:
            near = nearest(row["nominee"], list(book.nominees))
            book.add("votes", row, "nominee", "unknown-nominee", found=row["nominee"], near=near)
        key = (row["ballot"] or 1, row["member"] or "", row["nominee"] or "")
        if key in seen and all(key):
            book.add("votes", row, "member", "vote-twice", found=row["member"], other=seen[key].number)
        seen.setdefault(key, row)
