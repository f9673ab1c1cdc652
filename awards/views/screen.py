"""The screen of the hall: every winner's name in full or masked, for the office alone, and every look is kept."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from awards.ceremony_style import ceremony_style
from awards.outputs.screen import screen_slides
from awards.views.files import material_of, own
from competition.access import why_not_organise
from competition.events import record_look
from competition.models import Contest
from competition.views.doors import SignedIn, allowed
from competition.views.finding import find_contest


@require_GET
@allowed(why_not_organise, find_contest)
def screen(request: SignedIn, contest: Contest) -> HttpResponse:
    """All slides in one page, so that the hall needs no network once it is open. Nobody's name before the lock."""
    material = material_of(contest)
    if not material.is_fixed:
        return render(request, "awards/screen_waiting.html", {"contest": contest, "tab": "awards"})
    slides = screen_slides(own(material), ceremony_style(contest))
    record_look(request.user, "screen", contest, at=timezone.now())
    issuers = contest.settings.get("issuers", [])
    return render(request, "awards/screen.html", {"contest": contest, "slides": slides, "issuers": issuers})
