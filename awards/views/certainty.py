"""How many judges and reviews a wanted certainty takes, from how an edition was judged. Nothing is stored."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from awards.access import why_not_see_analysis
from awards.analysis_forms import PlanningForm
from awards.core.certainty import Certainty, Planned, certainties, fewest
from awards.messages import REASONS
from awards.outputs.certainty_picture import picture
from awards.services.beside import Place, members, places_of
from awards.services.certainty import Source, scatter_of, sources_for
from awards.services.plans import group_plan
from competition.models import Contest
from competition.views.doors import SignedIn, allowed
from competition.views.finding import find_contest


@dataclass(frozen=True)
class Answer:
    """What was found; `best` is None where ten reviews are not enough."""

    rows: list[list[str]]
    picture: str
    best: Certainty | None
    most: Certainty
    wanted: str
    own: Certainty | None
    notes: list[str]


@require_GET
@allowed(why_not_see_analysis, find_contest)
def certainty(request: SignedIn, contest: Contest) -> HttpResponse:
    places = [one for one in places_of(contest) if one.group]
    place = next((one for one in places if one.code == request.GET.get("of")), places[0] if places else None)
    sources = sources_for(request.user, contest, at=timezone.now()) if place else []
    form, found = None, None
    if place and sources:
        form = PlanningForm(request.GET if "entries" in request.GET else None, sources, place, len(members(place)))
        found = answered(form, sources, place) if form.is_valid() else None
    facts = {"contest": contest, "places": places, "place": place, "form": form, "found": found, "tab": "standings"}
    return render(request, "awards/certainty.html", facts, status=422 if form and form.errors else 200)


def source_of(form: PlanningForm, sources: list[Source]) -> Source:
    return next(one for one in sources if one.code == form.cleaned_data["source"])


def answered(form: PlanningForm, sources: list[Source], place: Place) -> Answer | None:
    """None where the form says why not."""
    said: dict[str, Any] = form.cleaned_data
    scatter, severity = scatter_of(source_of(form, sources), place)
    reasons = [REASONS[reason] % vars(severity.linked) for reason in severity.reasons]
    if scatter is None or place.group is None:
        form.add_error("source", " ".join([_("Nothing can be said of variances there."), *map(str, reasons)]))
        return None
    planned = Planned(
        said["entries"], said["load"], group_plan(place.group), place.rubric.method, place.rubric.round.contest.places
    )
    rows = certainties(scatter, planned)
    wanted = float(said["wanted"]) / 100
    return Answer(
        [cells(one) for one in rows],
        picture(rows, wanted),
        fewest(rows, wanted),
        rows[-1],
        f"{said['wanted'].normalize():f} %",
        next((one for one in rows if one.reviews == place.rubric.reviews), None),
        [str(one) for one in reasons],
    )


def cells(one: Certainty) -> list[str]:
    return [
        str(one.reviews),
        str(one.judges),
        f"{100 * one.right:.1f} ± {100 * one.right_error:.1f}",
        "—" if one.deserved is None else f"{100 * one.deserved:.1f} ± {100 * one.deserved_error:.1f}",
    ]
