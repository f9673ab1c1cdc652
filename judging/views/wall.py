"""The wall: a judge's works of a track of pictures, to be sorted at a glance and then marked one after the other.

Only numbers and the copies for judges; what hangs here is what the judge could open one by one.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from competition.inspection import FileKind
from competition.models import Track
from competition.states import ContestState
from competition.views.doors import SignedIn, allowed, answer
from judging.access import why_not_read, why_not_see_work
from judging.models import Assignment, Judge, Round
from judging.selectors import picture_tracks, sorting_of
from judging.services.sorting import sort_work
from judging.sheet_rows import SheetRow, rows_of_judge
from judging.states import SortedAs
from judging.views.finding import find_assignment, find_judge
from judging.views.hanging import stretch_of
from judging.views.materials import Shown, shown_of

ALL = "all"
SHOWS = (ALL, *SortedAs.values)
BUTTONS = (SortedAs.SHORTLIST, SortedAs.UNDECIDED, SortedAs.OUT)


@dataclass(frozen=True)
class Wall:
    """One track in one round, with what of it this judge may read, in the order of the pile."""

    judge: Judge
    round: Round
    track: Track
    rows: tuple[SheetRow, ...]

    def address(self, show: str = ALL, begin: str = "") -> str:
        return wall_address(self.judge, self.round, self.track, show, begin=begin)


@dataclass(frozen=True)
class Card:
    row: SheetRow
    picture: Shown | None
    sorted_as: str


def wall_address(judge: Judge, one: Round, track: Track, show: str, **where: str) -> str:
    """where   begin or around: which page of it, by the key of a work"""
    named = {name: key for name, key in where.items() if key}
    query = urlencode({"round": one.order, "track": track.order, "show": show} | named)
    return f"{reverse('wall', args=[judge.key])}?{query}"


def walls_of(judge: Judge, rows: Sequence[SheetRow]) -> list[Wall]:
    """rows   the judge's pile"""
    tracks = picture_tracks(judge.contest)
    found: dict[tuple[int, int], list[SheetRow]] = {}
    for row in rows:
        one = row.assignment
        if row.is_readable and one.entry.track_id in tracks:
            found.setdefault((one.round.order, one.entry.track.order), []).append(row)
    return [
        Wall(judge, hung[0].assignment.round, hung[0].assignment.entry.track, tuple(hung))
        for _, hung in sorted(found.items())
    ]


def shown_in(said: Any) -> str:
    """Which of them are shown; a word that is none of ours shows all."""
    return str(said) if said in SHOWS else ALL


def those_sorted(rows: Sequence[SheetRow], sorting: dict[int, str], show: str) -> list[SheetRow]:
    return [row for row in rows if show in (ALL, sorting.get(row.assignment.pk, SortedAs.NONE))]


@require_GET
@allowed(why_not_read, find_judge)
def wall(request: SignedIn, judge: Judge) -> HttpResponse:
    """`mark` in the address goes on to the first of them that is not marked yet."""
    walls = walls_of(judge, rows_of_judge(judge))
    if not walls:
        raise Http404("No pictures hang here.")
    asked = (request.GET.get("round"), request.GET.get("track"))
    here = next((one for one in walls if (str(one.round.order), str(one.track.order)) == asked), walls[0])
    show, sorting = shown_in(request.GET.get("show")), sorting_of(judge)
    rows = those_sorted(here.rows, sorting, show)
    if "mark" in request.GET:
        return to_first_unmarked(request, here, rows, show)
    begin, around = (request.GET.get(name, "") for name in ("begin", "around"))
    stretch = stretch_of(here.rows, rows, begin=begin, around=around)
    pictures = shown_of([row.assignment.entry for row in stretch.rows])
    counts = Counter(sorting.get(row.assignment.pk, SortedAs.NONE) for row in here.rows)
    facts = {
        "judge": judge,
        "contest": judge.contest,
        "wall": here,
        "walls": [(one, one.address(show)) for one in walls],
        "show": show,
        "shows": [(ALL, _("All"), len(here.rows), here.address())]
        + [(one, one.label, counts[one], here.address(one)) for one in SortedAs],
        "cards": [card_of(row, pictures, sorting) for row in stretch.rows],
        "stretch": stretch,
        "before": stretch.before and f"{here.address(show, stretch.before)}#{stretch.before_last}",
        "after": stretch.after and f"{here.address(show, stretch.after)}#{stretch.after}",
        "starts": [(first, last, here.address(show, key)) for first, last, key in stretch.starts],
        "buttons": BUTTONS,
        "is_open": judge.contest.state == ContestState.JUDGING,
        "to_shortlist": here.address(SortedAs.SHORTLIST) + "&mark=1",
    }
    return render(request, "judging/wall.html", facts)


def card_of(row: SheetRow, pictures: dict[int, list[Shown]], sorting: dict[int, str]) -> Card:
    files = pictures[row.assignment.entry_id]
    picture = next((one for one in files if one.copy.kind == FileKind.IMAGE), None)
    return Card(row, picture, sorting.get(row.assignment.pk, SortedAs.NONE))


def to_first_unmarked(request: SignedIn, here: Wall, rows: Sequence[SheetRow], show: str) -> HttpResponse:
    first = next((row.assignment for row in rows if not row.is_done), None)
    if first is not None:
        return redirect(work_address(first, show))
    messages.info(request, _("Every one of these is marked.") if rows else _("None of them is here yet."))
    return redirect(here.address(show))


@require_POST
@allowed(why_not_see_work, find_assignment)
def sort(request: SignedIn, assignment: Assignment) -> HttpResponse:
    """Without JavaScript: one button, and back to the same place of the wall."""
    said = request.POST.get("sorted_as")
    if said not in SortedAs.values:
        raise Http404("Nothing is sorted like that.")
    do = partial(sort_work, assignment=assignment, sorted_as=SortedAs(said), by=request.user, at=timezone.now())
    return answer(request, do, place_on_wall(assignment, shown_in(request.POST.get("show"))))


# ---- from the wall to a work, and on from there


@dataclass(frozen=True)
class Way:
    """From work to work: through the whole pile, or through what the wall showed. Addresses, blank where there is none.

    todo   the next without a sheet
    """

    before: str
    after: str
    todo: str
    place: int
    total: int
    back: str
    is_from_wall: bool


def work_address(assignment: Assignment, show: str) -> str:
    address = reverse("work", args=[assignment.judge.key, assignment.key])
    return f"{address}?{urlencode({'wall': show})}" if show else address


def place_on_wall(assignment: Assignment, show: str) -> str:
    address = wall_address(assignment.judge, assignment.round, assignment.entry.track, show, around=assignment.key)
    return f"{address}#{assignment.key}"


def came_from(request: HttpRequest) -> str:
    """What the wall showed; blank for who came from the pile. A word of ours and never an address, so that nobody can
    be led elsewhere by it."""
    said = request.GET.get("wall", "")
    return said if said in SHOWS else ""


def back_of(request: HttpRequest, assignment: Assignment) -> str:
    show = came_from(request)
    return place_on_wall(assignment, show) if show else reverse("judge", args=[assignment.judge.key])


def way_of(request: HttpRequest, here: Assignment) -> Way:
    rows, show = rows_of_judge(here.judge), came_from(request)
    if show:
        rows = on_the_same_wall(rows, here, show)
    keys = [row.assignment.key for row in rows]
    place = keys.index(here.key) if here.key in keys else 0
    unmarked = [row for row in [*rows[place + 1 :], *rows[:place]] if not row.is_done]
    before, after = rows[place - 1 : place] if place else [], rows[place + 1 : place + 2]
    return Way(
        before=address_of_first(before, show),
        after=address_of_first(after, show),
        todo=address_of_first(unmarked, show),
        place=place + 1,
        total=len(rows),
        back=back_of(request, here),
        is_from_wall=bool(show),
    )


def address_of_first(rows: Sequence[SheetRow], show: str) -> str:
    return work_address(rows[0].assignment, show) if rows else ""


def on_the_same_wall(rows: Sequence[SheetRow], here: Assignment, show: str) -> list[SheetRow]:
    """With the work itself, also where it has been sorted elsewhere meanwhile."""
    beside = (here.round_id, here.entry.track_id)
    hung = [row for row in rows if (row.assignment.round_id, row.assignment.entry.track_id) == beside]
    shown = {row.assignment.pk for row in those_sorted(hung, sorting_of(here.judge), show)} | {here.pk}
    return [row for row in hung if row.assignment.pk in shown and (row.is_readable or row.assignment == here)]
