"""Which entries and judges the panels of a contest reach. Reads only."""

from collections import defaultdict
from dataclasses import dataclass

from competition.models import Contest, Entry, Track
from judging.conflicts import panels_of
from judging.models import Judge, Panel, Rubric


@dataclass(frozen=True)
class PanelRow:
    """entries   how many it marks; elsewhere: judges of it who are not for its track or judge here no more"""

    panel: Panel
    entries: int
    judges: list[Judge]
    elsewhere: list[Judge]
    wanted: int

    @property
    def is_short(self) -> bool:
        """Fewer judges than an entry needs."""
        return len(self.judges) < self.wanted


@dataclass(frozen=True)
class TrackCoverage:
    """A track with panels: its entries that belong to none, and its judges who are in none."""

    track: Track
    outside: list[Entry]
    judges: list[Judge]


@dataclass(frozen=True)
class Coverage:
    rows: list[PanelRow]
    tracks: list[TrackCoverage]


def coverage_of(contest: Contest) -> Coverage:
    """Of the entries that count, in all rounds."""
    panels = panels_of(contest).rows
    alike: dict[tuple[int | None, ...], list[Entry]] = defaultdict(list)  # what no panel tells apart
    for entry in Entry.objects.countable().filter(contest=contest).order_by("order"):
        alike[entry.track_id, entry.division_id, entry.subject_id].append(entry)
    judges = list(contest.judges.assignable().select_related("person").prefetch_related("tracks").order_by("code"))
    of_track = {track: [one for one in judges if is_for(one, track)] for track in {panel.track_id for panel in panels}}
    wanted: dict[int, int] = {}
    for track, reviews in Rubric.objects.filter(round__contest=contest).values_list("track", "reviews"):
        wanted[track] = max(wanted.get(track, 0), reviews)
    rows = []
    for panel in panels:
        members = list(panel.judges.all())
        here = [one for one in of_track[panel.track_id] if one in members]
        number = sum(len(some) for some in alike.values() if panel.marks(some[0]))
        elsewhere = [one for one in members if one not in here]
        rows.append(PanelRow(panel, number, here, elsewhere, wanted.get(panel.track_id, 0)))
    placed = {judge.pk for row in rows for judge in row.judges}
    return Coverage(
        rows,
        [
            TrackCoverage(
                track,
                [
                    entry
                    for some in alike.values()
                    if some[0].track_id == track.pk and not any(panel.marks(some[0]) for panel in panels)
                    for entry in some
                ],
                [one for one in of_track[track.pk] if one.pk not in placed],
            )
            for track in contest.tracks.filter(pk__in=of_track).order_by("order")
        ],
    )


def is_for(judge: Judge, track: int) -> bool:
    """Whether the judge is for this track, by the track's primary key: of none named, for all."""
    named = {one.pk for one in judge.tracks.all()}
    return not named or track in named
