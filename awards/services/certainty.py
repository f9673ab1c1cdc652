"""What a plan of judging rests on: places whose sheets have told how judges scatter. Reads only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

from awards.access import is_analysis_open, why_not_see_analysis
from awards.core.certainty import Scatter
from awards.services.beside import Place, beside, places_of
from competition.models import Contest
from judging.core.severity import Severity
from judging.models import Rubric, Sheet


@dataclass(frozen=True)
class Source:
    """A place of this contest or of an earlier edition, where sheets are in."""

    contest: Contest
    place: Place

    @property
    def code(self) -> str:
        return f"{self.contest.key}.{self.place.code}"

    @property
    def label(self) -> str:
        return f"{self.contest.label} · {self.place.label}"


def sources_for(user: Any, contest: Contest, *, at: datetime) -> list[Source]:
    """This contest first, then the editions before it, the latest first: those whose analysis the user may see."""
    editions = Contest.objects.filter(series=contest.series_id, kind=contest.kind, year__lte=contest.year)
    before = editions.exclude(pk=contest.pk).order_by("-year", "-pk")
    found = []
    for one in (contest, *before):
        if is_analysis_open(one) and why_not_see_analysis(user, one, at=at) is None:
            marked = marked_places(one)
            found += [Source(one, p) for p in places_of(one) if (p.rubric.round_id, p.track.pk) in marked]
    return found


def marked_places(contest: Contest) -> set[tuple[int, int]]:
    """(round, track) with a sheet that stands."""
    sheets = Sheet.objects.standing().filter(assignment__round__contest=contest)
    return set(sheets.values_list("assignment__round", "assignment__entry__track").distinct())


def nearest(sources: Sequence[Source], place: Place) -> Source | None:
    """The first of the same track, else the first."""
    same = (one for one in sources if one.place.track.code == place.track.code)
    return next(same, sources[0] if sources else None)


def scatter_of(source: Source, place: Place) -> tuple[Scatter | None, Severity]:
    """In points of the place that is planned, whatever marks are out of; None where nothing can be said, and why."""
    found = beside(source.contest, source.place).found
    if found.constants is None or found.posterior is None:
        return None, found
    known = found.constants
    scatter = Scatter(float(found.posterior.x[0]), known.entry, known.judge, known.residual)
    return scatter.scaled(float(most_points(place.rubric) / most_points(source.place.rubric))), found


def most_points(rubric: Rubric) -> Fraction:
    """Of a sheet."""
    return sum((one.maximum * Fraction(one.weight) for one in rubric.criteria.all()), Fraction()) / 10**rubric.places
