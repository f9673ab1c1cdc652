"""分析: what lies behind the standings, for the office alone. It counts nowhere."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from awards.access import why_not_open_analysis, why_not_see_analysis
from awards.messages import REASONS
from awards.outputs.analysis import analysed
from awards.services.analysing import open_analysis
from awards.services.beside import places_of
from competition.events import record_look
from competition.models import Contest
from competition.views.doors import SignedIn, allowed, answer
from competition.views.finding import find_contest
from competition.views.paging import page_of, size_of
from judging.core.agreement import FEWEST_TO_SPEAK


@require_GET
@allowed(why_not_see_analysis, find_contest)
def analysis(request: SignedIn, contest: Contest) -> HttpResponse:
    places = places_of(contest)
    place = next((one for one in places if one.code == request.GET.get("of")), places[0] if places else None)
    found = analysed(contest, place) if place else None
    record_look(request.user, "analysis", contest, at=timezone.now())
    facts = {
        "contest": contest,
        "places": places,
        "place": place,
        "found": found,
        "reasons": [REASONS[reason] % vars(found.found.linked) for reason in found.found.reasons] if found else [],
        "page": page_of(request, list(found.lines)) if found else None,
        "fewest": FEWEST_TO_SPEAK,
        "size": size_of(request),
        "tab": "standings",
    }
    return render(request, "awards/analysis.html", facts)


@require_POST
@allowed(why_not_open_analysis, find_contest)
def analysis_open(request: SignedIn, contest: Contest) -> HttpResponse:
    is_open = request.POST.get("open") == "1"
    do = partial(open_analysis, contest=contest, is_open=is_open, by=request.user, at=timezone.now())
    page = reverse("analysis" if is_open else "standings", args=[contest.key])
    return answer(request, do, page, _("The analysis is open.") if is_open else _("The analysis is shut."))
