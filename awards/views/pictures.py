"""图表: the list that stands, to be looked at. For the office alone."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from awards.outputs.pictures import score_charts
from awards.outputs.unit_pictures import unit_charts
from awards.selectors import list_that_stands
from competition.access import why_not_organise
from competition.events import record_look
from competition.models import Contest
from competition.views.doors import SignedIn, allowed
from competition.views.finding import find_contest


@require_GET
@allowed(why_not_organise, find_contest)
def pictures(request: SignedIn, contest: Contest) -> HttpResponse:
    award_list = list_that_stands(contest)
    record_look(request.user, "standings", contest, at=timezone.now())
    facts = {
        "contest": contest,
        "award_list": award_list,
        "scores": score_charts(award_list) if award_list else [],
        "units": unit_charts(award_list) if award_list else [],
        "tab": "standings",
    }
    return render(request, "awards/pictures.html", facts)
