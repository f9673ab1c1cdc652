"""Whether what a unit reports adds up."""

import pytest

from competition.core.reporting import Reported, odd_in

LINES = (("primary", 3, 30, 20), ("junior", 2, 15, 10))


@pytest.mark.parametrize(("said", "odd"), [
    (Reported(5, 45, 30, LINES), []),
    (Reported(3, 45, 30, LINES), []),  # two of the schools have both divisions
    (Reported(5, 45, 30), []),
    (Reported(0, 0, 0), []),
    (Reported(6, 45, 30, LINES), [("report-schools", "schools")]),
    (Reported(2, 45, 30, LINES), [("report-schools", "schools")]),
    (Reported(5, 44, 30, LINES), [("report-sum", "pupils")]),
    (Reported(5, 45, 31, LINES), [("report-sum", "works")]),
    (Reported(0, 1, 1), [("report-without-schools", "schools")]),
])  # fmt: skip
def test_sums_by_division(said, odd):
    assert [(one.code, one.column) for one in odd_in(said, schools_sent=0, works_sent=0)] == odd


def test_nobody_sends_up_more_than_there_was():
    found = odd_in(Reported(1, 9, 20), schools_sent=2, works_sent=21)
    assert [(one.code, one.column) for one in found] == [("report-fewer", "schools"), ("report-fewer", "works")]
    assert odd_in(Reported(2, 9, 21), schools_sent=2, works_sent=21) == []
