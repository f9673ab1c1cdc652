"""Sheets counted by stretches of time."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from judging.core.arrivals import MOST, stretches

SHANGHAI = ZoneInfo("Asia/Shanghai")
START = datetime(2026, 11, 20, 9, 30, tzinfo=SHANGHAI)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def at(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def test_hours_of_a_short_time_without_a_gap() -> None:
    found, length = stretches([at(0), at(0.2), at(3)])
    assert length == HOUR
    assert [(one.start.hour, one.came, one.sum) for one in found] == [(9, 2, 2), (10, 0, 2), (11, 0, 2), (12, 1, 3)]


def test_days_are_those_of_the_zone() -> None:
    late = datetime(2026, 11, 20, 23, 30, tzinfo=SHANGHAI)  # still the 20th there, as it is in UTC
    early = datetime(2026, 11, 21, 0, 30, tzinfo=SHANGHAI)  # the 21st there, the 20th in UTC
    found, length = stretches([late, early, late + 20 * DAY])
    assert length == DAY and [one.came for one in found[:2]] == [1, 1]
    assert found[0].start == datetime(2026, 11, 20, tzinfo=SHANGHAI)


def test_weeks_begin_on_monday() -> None:
    found, length = stretches([START, START + 100 * DAY])
    assert length == 7 * DAY and found[0].start.weekday() == 0 and found[0].start.hour == 0


def test_nothing_is_no_stretch() -> None:
    assert stretches([])[0] == []


@given(st.lists(st.integers(0, 60 * 24 * 250), min_size=1, max_size=60), st.randoms())
def test_every_sheet_counts_once_in_any_order(minutes, random) -> None:
    times = [START + timedelta(minutes=one) for one in minutes]
    found, length = stretches(times)
    random.shuffle(times)
    assert stretches(times) == (found, length)
    assert len(found) <= MOST + 1
    assert found[-1].sum == sum(one.came for one in found) == len(times)
    assert found[0].came and found[-1].came
    for one in found:
        within = [time for time in times if one.start <= time < one.start + length]
        assert len(within) == one.came
