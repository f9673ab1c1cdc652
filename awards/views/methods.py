"""Who would win under each method, beside the published rule. For the office, once the analysis is open."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from awards.access import why_not_see_analysis
from awards.messages import REASONS
from awards.outputs.by_sheet import deciding_sheets
from awards.outputs.methods import compared
from awards.services.beside import places_of
from competition.events import record_look
from competition.models import Contest
from competition.views.doors import SignedIn, allowed
from competition.views.finding import find_contest
from competition.views.paging import page_of, size_of

SHOWN = 100  # sheets that decide a prize


@require_GET
@allowed(why_not_see_analysis, find_contest)
def methods(request: SignedIn, contest: Contest) -> HttpResponse:
    places = [one for one in places_of(contest) if one.group]
    place = next((one for one in places if one.code == request.GET.get("of")), places[0] if places else None)
    found = compared(contest, place) if place else None
    record_look(request.user, "analysis", contest, at=timezone.now())
    sheets = deciding_sheets(found.both) if found else []
    facts = {
        "contest": contest,
        "places": places,
        "place": place,
        "found": found,
        "reasons": [REASONS[reason] % vars(found.both.found.linked) for reason in found.reasons] if found else [],
        "page": page_of(request, list(found.rows)) if found else None,
        "size": size_of(request),
        "sheets": sheets[:SHOWN],
        "sheets_more": max(len(sheets) - SHOWN, 0),
        "tab": "standings",
    }
    return render(request, "awards/methods.html", facts)
