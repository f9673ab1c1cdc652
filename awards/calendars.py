"""The working days of a contest's country, from tables that are installed with us: nothing is asked of a network."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from awards.core.working_days import nth_working_day
from competition.models import Contest

SATURDAY = 5


@dataclass(frozen=True)
class Term:
    """`is_certain` is False where holidays of a year that it touches are not announced in full yet."""

    last: date
    is_certain: bool


def term_of(contest: Contest, *, after: date, days: int) -> Term:
    """So many working days from `after`, by the calendar of the contest's country."""
    country = country_of(contest.zone)
    last = nth_working_day(after, days, lambda day: is_working_day(day, country))
    return Term(last, all(is_announced(year, country) for year in {after.year, last.year}))


@cache
def countries() -> dict[str, str]:
    """Time zone -> country, as the IANA's table has them."""
    table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if not line.startswith("#")]
    return {row[2]: row[0] for row in rows}


def country_of(zone: str) -> str:
    """Two letters; "" where the zone belongs to none."""
    return countries().get(zone, "")


@cache
def calendar_of(country: str, year: int) -> Any:
    """None where the tables do not know the country in that year. The library is big: it waits until it is asked."""
    import holidays

    if country not in holidays.list_supported_countries(include_aliases=False):
        return None
    made = holidays.country_holidays(country, years=year, expand=False)
    return made if made.start_year <= year <= made.end_year else None


def is_working_day(day: date, country: str) -> bool:
    """Without a calendar every day from Monday to Friday is one."""
    calendar = calendar_of(country, day.year)
    return day.weekday() < SATURDAY if calendar is None else bool(calendar.is_working_day(day))


def is_announced(year: int, country: str) -> bool:
    """Whether all days off of a year are known. Where days are swapped each year by decree (调休), as in China, a year
    without a single swapped one has not been decreed yet: its holidays by law are known, the swaps are not."""
    calendar = calendar_of(country, year)
    if calendar is None:
        return False
    return not calendar.has_substituted_holidays or any(day.year == year for day in calendar.weekend_workdays)
