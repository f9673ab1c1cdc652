"""The analysis to be looked at. For the office, once it is open; nothing here counts."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from awards.access import why_not_see_analysis
from awards.messages import REASONS
from awards.outputs.analysis_pictures import entry_chart, heat_of, judge_chart, ranked
from awards.services.beside import beside, places_of
from competition.events import record_look
from competition.models import Contest
from competition.views.doors import SignedIn, allowed
from competition.views.finding import find_contest
from competition.views.paging import page_of, size_of
from judging.core.agreement import FEWEST_TO_SPEAK, intraclass, krippendorff


@require_GET
@allowed(why_not_see_analysis, find_contest)
def analysis_pictures(request: SignedIn, contest: Contest) -> HttpResponse:
    places = places_of(contest)
    place = next((one for one in places if one.code == request.GET.get("of")), places[0] if places else None)
    record_look(request.user, "analysis", contest, at=timezone.now())
    facts = {"contest": contest, "places": places, "place": place, "tab": "standings", "size": size_of(request)}
    if place:
        both = beside(contest, place)
        codes = dict(contest.judges.values_list("pk", "code"))
        known = [codes[key] for key in both.sheets.judge_keys]
        page = page_of(request, ranked(both))
        asked = request.GET.get("judges", "")[:4]
        facts |= {
            "both": both,
            "reasons": [REASONS[reason] % vars(both.found.linked) for reason in both.found.reasons],
            "page": page,
            "entries": entry_chart(both, list(page)),
            "judges": judge_chart(both, known),
            "heat": heat_of(both, list(page), known, int(asked) if asked.isascii() and asked.isdecimal() else 1),
            "fewest": FEWEST_TO_SPEAK,
            "icc": intraclass(both.found.constants) if both.found.constants else None,
            "alpha": krippendorff(both.sheets.values, both.sheets.entries),
        }
    return render(request, "awards/analysis_pictures.html", facts)
