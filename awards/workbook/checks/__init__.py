"""Everything in a workbook that cannot be right, found before a single row is stored."""

from awards.workbook.book import Book
from awards.workbook.checks.entries import check_entries
from awards.workbook.checks.judging import check_judging
from awards.workbook.checks.mayor import check_mayor
from awards.workbook.checks.prizes import check_prizes
from awards.workbook.checks.setup import check_setup
from competition.core.reading import Problem, Reading


def problems_of(reading: Reading) -> list[Problem]:
    """All problems, by sheet and row as the workbook has them."""
    book = Book(reading)
    if reading.digest and book.record("contest"):
        for check in (check_setup, check_entries, check_judging, check_prizes, check_mayor):
            check(book)
    order = {table.title: place for place, table in enumerate(reading.tables.values())}
    return sorted(reading.problems + book.problems, key=lambda one: (order.get(one.sheet, -1), one.row))
