"""The table of quotas: units or the schools of one down, tracks or the divisions of one across. A blank is no limit."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from competition import events
from competition.access import why_not_organise
from competition.errors import Refused
from competition.models import Contest, District, Division, Quota, School, Track
from competition.services.quotas import QuotaDetails, save_quotas
from competition.states import Via
from competition.views.doors import SignedIn, allowed
from competition.views.finding import find_contest

MOST_DIGITS = 8
Place = District | School
Column = tuple[Track | None, Division | None]


@dataclass(frozen=True)
class Cell:
    """One number; its name in the form says where it belongs."""

    place: Place
    column: Column

    @property
    def name(self) -> str:
        track, division = self.column
        kind = "s" if isinstance(self.place, School) else "u"
        return f"q-{kind}{self.place.pk}-{track.order if track else 0}-{division.order if division else 0}"


@dataclass(frozen=True)
class Table:
    """What the address asks for: ?unit= shows that unit's schools, ?track= that track's divisions (0: of all)."""

    contest: Contest
    unit: District | None
    places: list[Place]
    columns: list[Column]

    def known(self) -> dict[tuple[int | None, int | None, int | None, int | None], Quota]:
        rows = self.contest.quotas.select_related("track", "division")
        return {(one.district_id, one.school_id, one.track_id, one.division_id): one for one in rows}

    def key(self, cell: Cell) -> tuple[int | None, int | None, int | None, int | None]:
        track, division = cell.column
        is_school = isinstance(cell.place, School)
        return (
            None if is_school else cell.place.pk, cell.place.pk if is_school else None,
            track.pk if track else None, division.pk if division else None,
        )  # fmt: skip


def table_of(request: HttpRequest, contest: Contest) -> Table:
    tracks, divisions = list(contest.tracks.all()), list(contest.divisions.all())
    unit = get_object_or_404(District, key=request.GET["unit"]) if request.GET.get("unit") else None
    places: list[Place] = list(unit.schools.filter(state="active") if unit else District.objects.order_by("pk"))
    chosen = request.GET.get("track", "")
    if not chosen.isdecimal() or len(chosen) > MOST_DIGITS:
        return Table(contest, unit, places, [(None, None), *((track, None) for track in tracks)])
    track = next((one for one in tracks if one.order == int(chosen)), None)
    return Table(contest, unit, places, [(track, None), *((track, division) for division in divisions)])


@require_http_methods(["GET", "POST"])
@allowed(why_not_organise, find_contest)
def quotas(request: SignedIn, contest: Contest) -> HttpResponse:
    table = table_of(request, contest)
    if request.method == "POST":
        typed = typed_quotas(request.POST, table)
        if not typed.faults:
            try:
                with events.via(Via.WEB):
                    save_quotas(
                        contest=contest, quotas=typed.quotas, shares=typed.shares, by=request.user, at=timezone.now()
                    )
            except Refused as refused:
                messages.error(request, str(refused))
            else:
                messages.success(request, _("Saved."))
                return redirect(f"{reverse('quotas', args=[contest.key])}?{request.GET.urlencode()}")
            return render(request, "competition/quotas.html", facts_of(request, table), status=422)
        found = ", ".join(typed.faults)
        messages.error(request, _("These are no whole numbers: %(found)s. Nothing was changed.") % {"found": found})
    return render(request, "competition/quotas.html", facts_of(request, table))


def facts_of(request: HttpRequest, table: Table) -> dict[str, Any]:
    """What was typed stays where it was wrong."""
    known = table.known()
    rows = []
    for place in table.places:
        cells = []
        for column in table.columns:
            cell = Cell(place, column)
            quota = known.get(table.key(cell))
            cells.append((cell.name, request.POST.get(cell.name, quota.most if quota else "")))
        rows.append((place, cells))
    shares = table.contest.settings.get("division_shares", {})
    percents = (one.team_percent for one in known.values() if one.team_percent is not None)
    return {
        "contest": table.contest,
        "unit": table.unit,
        "tracks": table.contest.tracks.all(),
        "chosen": request.GET.get("track", ""),
        "columns": table.columns,
        "rows": rows,
        "percent": request.POST.get("percent", next(percents, "")),
        "shares": [
            (one, f"share-{one.order}", request.POST.get(f"share-{one.order}", shares.get(one.code, "")))
            for one in table.contest.divisions.all()
        ],
        "tab": "setup",
    }


@dataclass(frozen=True)
class Typed:
    quotas: list[QuotaDetails]
    shares: dict[str, int]
    faults: list[str]


def typed_quotas(data: Mapping[str, str], table: Table) -> Typed:
    """The cells of this table, and unchanged what stands outside it. The share of teams holds for caps on a total."""
    faults: list[str] = []
    percent = number(data.get("percent", ""), faults, most=100)
    shares = {one.code: number(data.get(f"share-{one.order}", ""), faults, most=100) or 0
              for one in table.contest.divisions.all()}  # fmt: skip
    typed: dict[Any, QuotaDetails] = {}
    cells = [Cell(place, column) for place in table.places for column in table.columns]
    for key, one in table.known().items():
        place = one.district or one.school
        if place is not None:
            typed[key] = QuotaDetails(place, one.most, one.track, one.division, one.team_percent)
    for cell in cells:
        typed.pop(table.key(cell), None)
        most = number(data.get(cell.name, ""), faults)
        if most is not None:
            typed[table.key(cell)] = QuotaDetails(cell.place, most, *cell.column)
    return Typed([with_share(one, percent) for one in typed.values()], shares, faults)


def with_share(one: QuotaDetails, percent: int | None) -> QuotaDetails:
    is_cap = isinstance(one.place, District) and one.track is None and one.division is None
    return QuotaDetails(one.place, one.most, one.track, one.division, percent if is_cap else one.team_percent)


def number(text: str, faults: list[str], most: int = 1_000_000) -> int | None:
    text = text.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < MOST_DIGITS and int(text) <= most):
        faults.append(text)
        return None
    return int(text)
