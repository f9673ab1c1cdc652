"""Referees: their list and links for the office, and the page that a referee comes to."""

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from competition import events
from competition.access import why_not_organise
from competition.errors import Refused
from competition.events import record_look
from competition.models import Contest
from competition.services.accounts import LINK_DAYS
from competition.states import Via
from competition.views.doors import SignedIn, allowed, answer
from competition.views.finding import find_contest
from competition.views.places import qr_svg
from judging.access import measures, refereed, why_not_keep_judges, why_not_referee
from judging.attempts import attempt_counts
from judging.forms.measuring import RefereeForm
from judging.models import Referee
from judging.services import referees as services


def find_referee_in(request: HttpRequest, key: str, referee: str) -> Referee:
    return get_object_or_404(Referee.objects.select_related("contest", "user"), contest__key=key, key=referee)


def keep_referee(user: Any, referee: Referee, *, at: Any) -> Any:
    return why_not_keep_judges(user, referee.contest, at=at)


@require_http_methods(["GET", "POST"])
@allowed(why_not_organise, find_contest)
def referees(request: SignedIn, contest: Contest) -> HttpResponse:
    """All of them; and one more."""
    form = RefereeForm(contest, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        facts = {"name": form.cleaned_data["name"], "tracks": list(form.cleaned_data["tracks"])}
        do = partial(services.add_referee, contest=contest, by=request.user, at=timezone.now(), **facts)
        return answer(request, do, reverse("referees", args=[contest.key]), str(_("%(result)s is on the list.")))
    record_look(request.user, "referees", contest, at=timezone.now())
    return render(
        request,
        "judging/referees.html",
        {
            "contest": contest,
            "referees": contest.referees.select_related("user").prefetch_related("tracks"),
            "form": form,
            "closed": why_not_keep_judges(request.user, contest, at=timezone.now()),
            "tab": "judging",
            "subtab": "progress",
        },
        status=422 if form.is_bound else 200,
    )


@require_POST
@allowed(keep_referee, find_referee_in)
def link(request: SignedIn, referee: Referee) -> HttpResponse:
    """A new link, shown once."""
    try:
        with events.via(Via.WEB):
            token = services.link_referee(referee=referee, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("referees", referee.contest.key)
    url = f"{settings.PUBLIC_URL}{reverse('link', args=[token])}"
    facts = {"contest": referee.contest, "referee": referee, "url": url, "qr": qr_svg(url), "days": LINK_DAYS}
    return render(request, "judging/referee_slip.html", facts)


@require_POST
@allowed(keep_referee, find_referee_in)
def do(request: SignedIn, referee: Referee, action: str) -> HttpResponse:
    """Revoke the link; out of the contest."""
    service, done = {
        "revoke": (services.revoke_referee_links, _("The link works no more.")),
        "remove": (services.remove_referee, _("Measures no more. What was entered and confirmed stays.")),
    }[action]
    run = partial(service, referee=referee, by=request.user, at=timezone.now())
    return answer(request, run, reverse("referees", args=[referee.contest.key]), done)


@require_GET
@allowed(why_not_referee, find_contest)
def referee(request: SignedIn, contest: Contest) -> HttpResponse:
    """What a referee measures here, and how far it is."""
    mine = refereed(request.user, contest)
    rows = [(one, counts) for one, counts in attempt_counts(contest) if mine and measures(mine, one.track_id)]
    return render(request, "judging/referee.html", {"contest": contest, "measured": rows})
