"""临界复评: where further reviews would go, and who would give them; done when it was looked at."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from awards.access import why_not_review_borderline, why_not_see_analysis
from awards.analysis_forms import BorderlineForm
from awards.services.beside import Place, members, places_of
from awards.services.borderline import (
    BorderlineReviews,
    Wanted,
    add_borderline_reviews,
    propose_borderline_reviews,
)
from competition import events
from competition.errors import Denial, Refused
from competition.events import record_look
from competition.models import Contest
from competition.states import Via
from competition.views.doors import SignedIn, allowed
from competition.views.finding import find_contest
from judging.views.assigning import seed_of


@require_http_methods(["GET", "POST"])
@allowed(why_not_see_analysis, find_contest)
def borderline(request: SignedIn, contest: Contest) -> HttpResponse:
    places = [one for one in places_of(contest) if one.group]
    said = request.POST if request.method == "POST" else request.GET
    place = next((one for one in places if one.code == said.get("of")), places[0] if places else None)
    form = BorderlineForm(said if "budget" in said else None, len(members(place))) if place else None
    if request.method == "POST" and place and form and form.is_valid():
        return done(request, contest, place, Wanted(**form.cleaned_data))
    if request.method == "POST" and not form:
        return redirect("analysis-borderline", contest.key)
    now = timezone.now()
    closed = why_not_review_borderline(request.user, contest, at=now)
    found, refused = shown(contest, place, form) if place and form and not closed else (None, None)
    record_look(request.user, "analysis", contest, at=now)
    facts = {
        "contest": contest, "places": places, "place": place, "form": form, "found": found, "refused": refused,
        "closed": closed, "tab": "standings",
    }  # fmt: skip
    return render(request, "awards/borderline.html", facts, status=422 if form and form.errors else 200)


def shown(contest: Contest, place: Place, form: BorderlineForm) -> tuple[BorderlineReviews | None, Denial | None]:
    """What would be done, once it was asked for, or why nothing can be said."""
    if not form.is_valid():
        return None, None
    try:
        return propose_borderline_reviews(contest, place, Wanted(**form.cleaned_data), seed=seed_of(contest)), None
    except Refused as refused:
        return None, refused.denial


def done(request: SignedIn, contest: Contest, place: Place, wanted: Wanted) -> HttpResponse:
    """Then without the budget, so that the same is not asked for once more by mistake."""
    page, asked = reverse("analysis-borderline", args=[contest.key]), {"of": place.code}
    try:
        with events.via(Via.WEB):
            number = add_borderline_reviews(
                contest=contest, place=place, wanted=wanted, seed=seed_of(contest),
                shown=request.POST.get("shown", ""), by=request.user, at=timezone.now(),
            )  # fmt: skip
    except Refused as refused:
        messages.error(request, str(refused))
        asked |= {"budget": str(wanted.budget), "most": str(wanted.most)}
    else:
        messages.success(request, _("Further reviews assigned: %(number)s.") % {"number": number})
    return redirect(f"{page}?{urlencode(asked)}")
