"""Making a contest, its set-up page, and its public page with announcements."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from competition import events
from competition.access import others_everywhere, why_not_organise, why_not_set_up
from competition.errors import Refused
from competition.forms.setup import BasicsForm, MaterialForm, NewContestForm, TrackForm
from competition.models import Contest, Track
from competition.presets import presets
from competition.selectors import organised_by
from competition.services.setting_up import (
    contest_from_preset,
    copy_contest,
    missing_for_opening,
    open_contest,
    save_basics,
    save_material_kinds,
    save_track_rules,
)
from competition.states import ContestKind, ContestState, Via
from competition.views.doors import SignedIn, allowed, answer
from competition.views.finding import find_contest

BLANK_MATERIALS = 2


@require_http_methods(["GET", "POST"])
@allowed(why_not_organise)
def new(request: SignedIn, thing: None) -> HttpResponse:
    """From a preset, or the next edition of one that is here."""
    alone = not others_everywhere(request.user).exists()
    initial = {"year": timezone.now().year + 1, "preset": "chuzhou", "is_one_person": alone}
    form = NewContestForm(request.POST or None, initial=initial)
    form.fields["preset"].choices = [(one.code, f"{one.label}: {one.about}") for one in presets().values()]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            with events.via(Via.WEB):
                made = contest_from_preset(
                    preset=presets()[said["preset"]], label_zh=said["label_zh"], year=said["year"], by=request.user,
                    at=timezone.now(), two_persons=not said["is_one_person"],
                )  # fmt: skip
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("setup", made.key)
    mine = organised_by(request.user).filter(kind="contest", belongs_to=None)
    return render(request, "competition/new.html", {"form": form, "contests": mine}, status=422 if form.errors else 200)


@require_POST
@allowed(why_not_organise, find_contest)
def copy(request: SignedIn, contest: Contest) -> HttpResponse:
    try:
        with events.via(Via.WEB):
            two = not request.POST.get("is_one_person")
            made = copy_contest(contest=contest, by=request.user, at=timezone.now(), two_persons=two)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("contest-new")
    messages.success(request, _("The next edition is made. Look at its dates first."))
    return redirect("setup", made.key)


@require_http_methods(["GET", "POST"])
@allowed(why_not_organise, find_contest)
def setup(request: SignedIn, contest: Contest) -> HttpResponse:
    """An award has a page of its own."""
    if contest.kind == ContestKind.AWARD:
        return redirect("award-setup", contest.key)
    form = BasicsForm(request.POST or None, contest)
    if request.method == "POST" and form.is_valid():
        do = partial(save_basics, contest=contest, values=form.cleaned_data, by=request.user, at=timezone.now())
        return answer(request, do, reverse("setup", args=[contest.key]), str(_("Saved.")))
    facts = {
        "contest": contest,
        "form": form,
        "tracks": contest.tracks.prefetch_related("material_kinds"),
        "missing": missing_for_opening(contest),
        "refused": why_not_set_up(request.user, contest, at=timezone.now()),
        "may_open": contest.state == ContestState.SETUP,
        "quotas": contest.quotas.count(),
        "tab": "setup",
    }
    return render(request, "competition/setup.html", facts, status=422 if form.errors else 200)


@require_POST
@allowed(why_not_organise, find_contest)
def setup_open(request: SignedIn, contest: Contest) -> HttpResponse:
    do = partial(open_contest, contest=contest, by=request.user, at=timezone.now())
    return answer(request, do, reverse("setup", args=[contest.key]), str(_("Schools can enter from the opening on.")))


def find_track(request: HttpRequest, key: str, track: int) -> Track:
    return get_object_or_404(Track.objects.select_related("contest"), contest__key=key, order=track)


def why_not_see_track(user: Any, track: Track, *, at: Any) -> Any:
    return why_not_organise(user, track.contest, at=at)


@require_http_methods(["GET", "POST"])
@allowed(why_not_see_track, find_track)
def track(request: SignedIn, found: Track) -> HttpResponse:
    """Rules and materials of one track."""
    data = request.POST or None
    form = TrackForm(data, found)
    kinds = list(found.material_kinds.all())
    lines = [
        MaterialForm(data, prefix=f"m{at}", initial=vars(kinds[at]) if at < len(kinds) else {"is_for_judges": True})
        for at in range(len(kinds) + BLANK_MATERIALS)
    ]
    if request.method == "POST" and all([form.is_valid(), *(line.is_valid() for line in lines)]):
        do = partial(save_track, request, found, form, lines)
        return answer(request, do, reverse("setup", args=[found.contest.key]), str(_("Saved.")))
    has_errors = form.errors or any(line.errors for line in lines)
    facts = {"contest": found.contest, "track": found, "form": form, "lines": lines, "tab": "setup"}
    return render(request, "competition/setup_track.html", facts, status=422 if has_errors else 200)


@transaction.atomic
def save_track(request: SignedIn, found: Track, form: TrackForm, lines: list[MaterialForm]) -> None:
    now = timezone.now()
    save_track_rules(track=found, values=form.cleaned_data, by=request.user, at=now)
    kinds = [kind for line in lines if (kind := line.kind()) is not None]
    save_material_kinds(track=found, kinds=kinds, by=request.user, at=now)
