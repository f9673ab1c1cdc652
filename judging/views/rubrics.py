"""Rounds of a contest, and what judges mark in each: rubric by rubric."""

from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from competition import events
from competition.access import why_not_organise, why_not_set_up
from competition.errors import Refused
from competition.models import Contest, Track
from competition.states import Via
from competition.views.doors import SignedIn, allowed, answer
from competition.views.finding import find_contest
from judging.forms.rubrics import (
    CriterionLines,
    RoundLines,
    RubricForm,
    criteria_as_lines,
    details_of,
    rounds_as_lines,
    rubric_as_values,
)
from judging.models import Round, Rubric
from judging.services.rounds import change_rounds, change_rubric


@require_http_methods(["GET", "POST"])
@allowed(why_not_organise, find_contest)
def rubrics(request: SignedIn, contest: Contest) -> HttpResponse:
    """The rounds as lines, and a table of tracks and rounds."""
    known = rounds_as_lines(contest.rounds.all())
    lines = RoundLines(request.POST if request.method == "POST" else None, prefix="rounds", initial=known)
    refused = ""
    if lines.is_bound and lines.is_valid():
        wanted = [line.details() for line in lines if line.cleaned_data.get("label_zh")]
        try:
            with events.via(Via.WEB):
                change_rounds(contest=contest, rounds=wanted, by=request.user, at=timezone.now())
        except Refused as fault:
            refused = str(fault)
        else:
            return redirect("rubrics", contest.key)
    facts = {"contest": contest, "lines": lines, "refused": refused, "tab": "setup", **table_of(contest)}
    facts["closed"] = why_not_set_up(request.user, contest, at=timezone.now())
    return render(request, "judging/rubrics.html", facts, status=422 if lines.is_bound else 200)


def table_of(contest: Contest) -> dict[str, Any]:
    """(track, [(round, rubric or None, total)])"""
    rounds = list(contest.rounds.all())
    found = {
        (one.round_id, one.track_id): one
        for one in Rubric.objects.filter(round__contest=contest).prefetch_related("criteria")
    }
    rows = [
        (track, [(place, found.get((place.pk, track.pk))) for place in rounds])
        for track in contest.tracks.filter(is_by_minutes=False)
    ]
    return {"rounds": rounds, "rows": rows}


@require_http_methods(["GET", "POST"])
@allowed(why_not_set_up, find_contest)
def rubric(request: SignedIn, contest: Contest, track: int, place: int) -> HttpResponse:
    found: Track = get_object_or_404(contest.tracks, order=track)
    where: Round = get_object_or_404(contest.rounds, order=place)
    now = Rubric.objects.filter(round=where, track=found).prefetch_related("criteria").first()
    data = request.POST if request.method == "POST" else None
    form = RubricForm(data, initial=rubric_as_values(now))
    lines = CriterionLines(data, prefix="criteria", initial=criteria_as_lines(now))
    if data is not None and form.is_valid() and (form.is_measured or lines.is_valid()):
        try:
            wanted = details_of(where, found, form, lines)
        except ValueError:
            pass  # the line says it
        else:
            do = partial(change_rubric, contest=contest, rubric=wanted, by=request.user, at=timezone.now())
            return answer(request, do, reverse("rubrics", args=[contest.key]), str(_("Saved.")))
    facts = {"contest": contest, "track": found, "round": where, "form": form, "lines": lines, "tab": "setup"}
    return render(request, "judging/rubric.html", facts, status=422 if data is not None else 200)
