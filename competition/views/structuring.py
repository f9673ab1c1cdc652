"""What a contest consists of: tracks added and removed; divisions, subjects and pledges as lines."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from competition import events
from competition.access import why_not_set_up
from competition.errors import Refused
from competition.forms.structure import (
    DivisionForm,
    PledgeLineForm,
    SubjectForm,
    TrackLineForm,
    divisions_of,
    lines,
    pledges_of,
    subjects_of,
)
from competition.models import Contest
from competition.services.setting_up import save_pledges
from competition.services.structuring import add_track, change_divisions, change_subjects, remove_track
from competition.states import Via
from competition.views.doors import SignedIn, allowed, answer
from competition.views.finding import find_contest

PARTS: dict[str, tuple[type, Callable[[Contest], Any]]] = {
    "divisions": (DivisionForm, divisions_of),
    "subjects": (SubjectForm, subjects_of),
    "pledges": (PledgeLineForm, pledges_of),
}


def parts_of(contest: Contest, part: str = "", data: Any = None) -> dict[str, Any]:
    """Every part as lines; the one that was sent with what was typed."""
    return {
        name: lines(form, name, data if name == part else None, known(contest)) for name, (form, known) in PARTS.items()
    }


def page_of(request: HttpRequest, contest: Contest, status: int = 200, **facts: Any) -> HttpResponse:
    shown = {"contest": contest, "tracks": contest.tracks.all(), "track": TrackLineForm(), "tab": "setup"}
    return render(request, "competition/structure.html", shown | facts, status=status)


@require_GET
@allowed(why_not_set_up, find_contest)
def structure(request: SignedIn, contest: Contest) -> HttpResponse:
    return page_of(request, contest, **parts_of(contest))


@require_POST
@allowed(why_not_set_up, find_contest)
def structure_save(request: SignedIn, contest: Contest, part: str) -> HttpResponse:
    """All lines of a part, in their order."""
    found = parts_of(contest, part, request.POST)
    if part not in found:
        return redirect("structure", contest.key)
    refused = ""
    if found[part].is_valid():
        kept = [form for form in found[part] if form.cleaned_data.get("label_zh")]
        try:
            with events.via(Via.WEB):
                save(contest, part, kept, by=request.user, at=timezone.now())
        except Refused as fault:
            refused = str(fault)
        else:
            messages.success(request, _("Saved."))
            return redirect(f"{reverse('structure', args=[contest.key])}#{part}")
    return page_of(request, contest, 422, refused=refused, **found)


def save(contest: Contest, part: str, kept: list[Any], **who: Any) -> None:
    match part:
        case "divisions":
            change_divisions(contest=contest, wanted=[one.details() for one in kept], **who)
        case "subjects":
            change_subjects(contest=contest, wanted=[one.details() for one in kept], **who)
        case _:
            save_pledges(contest=contest, pledges=[one.pledge() for one in kept], **who)


@require_POST
@allowed(why_not_set_up, find_contest)
def track_add(request: SignedIn, contest: Contest) -> HttpResponse:
    form = TrackLineForm(request.POST)
    if not form.is_valid():
        return page_of(request, contest, 422, **parts_of(contest) | {"track": form})
    do = partial(add_track, contest=contest, by=request.user, at=timezone.now(), **form.cleaned_data)
    done = _("“%(name)s” is here. Open it to say what it asks for.") % {"name": form.cleaned_data["label_zh"]}
    return answer(request, do, reverse("structure", args=[contest.key]), done.replace("%", "%%"))


@require_POST
@allowed(why_not_set_up, find_contest)
def track_remove(request: SignedIn, contest: Contest, track: int) -> HttpResponse:
    found = get_object_or_404(contest.tracks.select_related("contest"), order=track)
    do = partial(remove_track, track=found, by=request.user, at=timezone.now())
    return answer(request, do, reverse("structure", args=[contest.key]), str(_("The track is removed.")))
