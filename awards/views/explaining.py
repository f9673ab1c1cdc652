"""Why this prize: for who entered the work, as far as the office tells it, and for the office whole."""

from functools import partial

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from awards.access import result_detail, why_not_see_explanation
from awards.outputs.explanations import Explanation, explanation_of, explanation_pdf
from awards.selectors import list_that_stands
from awards.services.explaining import set_result_detail
from awards.states import ResultDetail
from awards.views.papers import printed
from competition.access import is_organiser, why_not_organise
from competition.events import record_look
from competition.models import Contest, Entry
from competition.views.doors import SignedIn, allowed, answer
from competition.views.entering import find_entry
from competition.views.finding import find_contest


def told_to(request: SignedIn, entry: Entry) -> Explanation:
    detail = ResultDetail.MARKS if is_organiser(request.user, entry.contest) else result_detail(entry.contest)
    award_list = list_that_stands(entry.contest)
    told = explanation_of(award_list, entry, detail) if award_list else None
    if told is None:
        raise Http404("There is no result yet.")
    record_look(request.user, "explanation", entry, at=timezone.now())
    return told


@require_GET
@allowed(why_not_see_explanation, find_entry)
def explanation(request: SignedIn, entry: Entry) -> HttpResponse:
    told = told_to(request, entry)
    facts = {
        "contest": entry.contest,
        "entry": entry,
        "told": told,
        "is_office": is_organiser(request.user, entry.contest),
        "detail": result_detail(entry.contest).label,
    }
    return render(request, "awards/explanation.html", facts)


@require_GET
@allowed(why_not_see_explanation, find_entry)
def explanation_file(request: SignedIn, entry: Entry) -> HttpResponse:
    told = told_to(request, entry)
    return printed(request, partial(explanation_pdf, told, at=timezone.now()), f"result-{entry.number}.pdf")


@require_POST
@allowed(why_not_organise, find_contest)
def save_result_detail(request: SignedIn, contest: Contest) -> HttpResponse:
    detail = request.POST.get("detail", "")
    do = partial(set_result_detail, contest=contest, detail=detail, by=request.user, at=timezone.now())
    return answer(request, do, reverse("award-list", args=[contest.key]), _("What schools read was saved."))
