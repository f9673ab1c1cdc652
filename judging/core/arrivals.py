"""When sheets came in, counted by stretches of time."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

HOURS = (1, 3, 6, 24, 7 * 24)  # a stretch is the shortest of these with which there are no more than MOST, else weeks
MOST = 40


@dataclass(frozen=True)
class Stretch:
    """From `start` on, as long as its neighbours: how many came, and how many were there at its end."""

    start: datetime
    came: int
    sum: int


def stretches(times: Sequence[datetime]) -> tuple[list[Stretch], timedelta]:
    """From the first to the last, without a gap; and how long each is.

    times   of one zone, in any order; hours and days are those of that zone, weeks begin on Monday
    """
    if not times:
        return [], timedelta(hours=HOURS[0])
    local = [one.replace(tzinfo=None) for one in times]
    first, last = min(local), max(local)
    length = next((one for one in map(span, HOURS) if (last - begun(first, one)) / one < MOST), span(HOURS[-1]))
    counts = Counter(begun(one, length) for one in local)
    found, there, start = [], 0, begun(first, length)
    while start <= last:
        there += counts[start]
        found.append(Stretch(start.replace(tzinfo=times[0].tzinfo), counts[start], there))
        start += length
    return found, length


def span(hours: int) -> timedelta:
    return timedelta(hours=hours)


def begun(one: datetime, length: timedelta) -> datetime:
    """When the stretch that it falls into began."""
    monday = datetime(2001, 1, 1)  # noqa: DTZ001  # a wall clock, as all that is compared with it
    return monday + (one - monday) // length * length
