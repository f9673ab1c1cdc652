"""Days that an office works: terms are counted in them."""

from collections.abc import Callable
from datetime import date, timedelta

MOST_DAYS_OFF = 60  # no office rests longer: a calendar that says so is broken


def nth_working_day(after: date, number: int, is_working: Callable[[date], bool]) -> date:
    """The last day of a term of `number` working days. The day on which it begins does not count.

    number   at least 1
    raises   ValueError where the calendar knows no working day within `MOST_DAYS_OFF`
    source   中华人民共和国民法典 第二百零一条: 开始的当日不计入，自下一日开始计算
    """
    if number < 1:
        raise ValueError("A term has a day at least.")
    day = after
    for _nth in range(number):
        day = next_working_day(day, is_working)
    return day


def next_working_day(after: date, is_working: Callable[[date], bool]) -> date:
    for ahead in range(1, MOST_DAYS_OFF + 1):
        if is_working(day := after + timedelta(days=ahead)):
            return day
    raise ValueError(f"No working day within {MOST_DAYS_OFF} days of {after}.")
