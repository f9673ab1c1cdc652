"""Terms in working days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.core.working_days import nth_working_day

MONDAY = date(2026, 11, 23)


def on_weekdays(day: date) -> bool:
    return day.weekday() < 5


@pytest.mark.parametrize(
    ("after", "number", "last"),
    [
        (MONDAY, 1, date(2026, 11, 24)),
        (MONDAY, 4, date(2026, 11, 27)),
        (MONDAY, 5, date(2026, 11, 30)),
        (date(2026, 11, 28), 1, date(2026, 11, 30)),  # a Saturday
    ],
)
def test_the_day_of_the_beginning_does_not_count(after, number, last):
    assert nth_working_day(after, number, on_weekdays) == last


def test_a_term_without_days_is_none():
    with pytest.raises(ValueError, match="a day at least"):
        nth_working_day(MONDAY, 0, on_weekdays)


def test_a_calendar_without_working_days_ends():
    with pytest.raises(ValueError, match="No working day"):
        nth_working_day(MONDAY, 1, lambda day: False)


days = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@given(days, st.integers(1, 40), st.sets(st.integers(0, 6), min_size=1))
def test_between_beginning_and_end_lie_exactly_so_many_working_days(after, number, weekdays):
    last = nth_working_day(after, number, lambda day: day.weekday() in weekdays)
    between = [after + timedelta(days=ahead) for ahead in range(1, (last - after).days + 1)]
    assert sum(day.weekday() in weekdays for day in between) == number
    assert last.weekday() in weekdays
