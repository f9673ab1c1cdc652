"""Working days of a contest's country."""

from datetime import date

import pytest

from awards import calendars
from awards.calendars import country_of, is_announced, is_working_day, term_of
from competition.models import Contest


def test_a_zone_belongs_to_a_country():
    assert [country_of(zone) for zone in ("Asia/Shanghai", "Europe/Berlin", "UTC")] == ["CN", "DE", ""]


@pytest.mark.parametrize(
    ("day", "country", "is_working"),
    [
        (date(2026, 2, 16), "CN", False),  # 除夕, a Monday
        (date(2026, 2, 14), "CN", True),  # a Saturday that is worked for the Spring Festival
        (date(2026, 10, 10), "CN", True),  # a Saturday that is worked for the National Day
        (date(2026, 10, 5), "CN", False),
        (date(2026, 11, 28), "CN", False),
        (date(2026, 10, 5), "", True),  # without a calendar weekends are all we know
        (date(2026, 10, 10), "", False),
        (date(2027, 10, 1), "CN", False),  # by law, before the decree on swapped days
    ],
)
def test_a_working_day_is_what_the_country_says(day, country, is_working):
    assert is_working_day(day, country) is is_working


def test_a_year_is_announced_once_its_swapped_days_are_known():
    assert is_announced(2026, "CN")
    assert not is_announced(2090, "CN")
    assert is_announced(2027, "DE")
    assert not is_announced(2026, "")


def test_a_term_jumps_over_the_holiday():
    contest = Contest(zone="Asia/Shanghai")
    term = term_of(contest, after=date(2026, 9, 29), days=3)
    assert (term.last, term.is_certain) == (date(2026, 10, 9), True)  # 30 September, 8 and 9 October
    assert term_of(contest, after=date(2026, 10, 8), days=2).last == date(2026, 10, 10)


def test_a_term_into_a_year_that_is_not_announced_says_so(monkeypatch):
    monkeypatch.setattr(calendars, "is_announced", lambda year, country: year < 2027)
    contest = Contest(zone="Asia/Shanghai")
    assert not term_of(contest, after=date(2026, 12, 30), days=5).is_certain
    assert term_of(contest, after=date(2026, 12, 1), days=5).is_certain
