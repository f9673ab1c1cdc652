"""Numbers, hours and days of certificates of attendance."""

from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from awards.core.attending import attendance_number, days_between, half_hours, hours_text, span_en, span_zh

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


def test_a_number_names_year_training_and_place():
    assert attendance_number(2026, 3, 17) == "2026-PX03-0017"
    assert attendance_number(2026, 120, 12345) == "2026-PX120-12345"


@given(st.integers(0, 2000))
def test_hours_come_back_as_they_were_written(halves):
    assert half_hours(Fraction(hours_text(halves))) == halves


def test_a_quarter_of_an_hour_is_no_hour():
    assert half_hours(Fraction("1.25")) is None


def test_days_say_once_what_they_share():
    first = date(2026, 5, 8)
    assert span_zh(first, first) == "2026年5月8日" and span_en(first, first) == "8 May 2026"
    assert span_zh(first, date(2026, 5, 10)) == "2026年5月8日至10日"
    assert span_en(first, date(2026, 5, 10)) == "8–10 May 2026"
    assert span_zh(first, date(2026, 6, 2)) == "2026年5月8日至6月2日"
    assert span_en(first, date(2026, 6, 2)) == "8 May – 2 June 2026"
    assert span_zh(first, date(2027, 1, 2)) == "2026年5月8日至2027年1月2日"
    assert span_en(first, date(2027, 1, 2)) == "8 May 2026 – 2 January 2027"


@given(DAYS, st.integers(0, 30))
def test_every_day_between_is_there_once(first, more):
    found = days_between(first, first + timedelta(days=more))
    assert found[0] == first and len(found) == len(set(found)) == more + 1
