"""Common entries: the office chooses and releases, a judge looks how they marked beside the others."""

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from competition.access import why_not_organise
from competition.events import record_look
from competition.models import Contest
from competition.views.doors import SignedIn, allowed, answer
from competition.views.finding import find_contest
from judging.access import (
    CommonOfJudge,
    why_not_assign_judges,
    why_not_compare_commons,
    why_not_release_comparison,
)
from judging.comparing import comparison_of, grid_of_common
from judging.core.scores import FEWEST_TO_TRIM
from judging.forms.common import CommonForm
from judging.models import CommonSet, Rubric
from judging.services import commons as services
from judging.states import Method
from judging.views.finding import find_common

DOING = {
    "drop": services.drop_common_entries,
    "release": services.release_comparison,
    "take-back": services.take_back_comparison,
}


def rubric_in(contest: Contest, track: int, place: int) -> Rubric:
    rubrics = Rubric.objects.marked().select_related("round__contest", "track").prefetch_related("criteria")
    return get_object_or_404(rubrics, round__contest=contest, round__order=place, track__order=track)


def set_of(rubric: Rubric) -> CommonSet | None:
    sets = CommonSet.objects.select_related("round__contest", "track").prefetch_related("entries")
    return sets.filter(round=rubric.round_id, track=rubric.track_id).first()


@require_http_methods(["GET", "POST"])
@allowed(why_not_organise, find_contest)
def common(request: SignedIn, contest: Contest, track: int, place: int) -> HttpResponse:
    """Chosen, given, marked: judges beside entries."""
    rubric, to = rubric_in(contest, track, place), reverse("common", args=[contest.key, track, place])
    one, now = set_of(rubric), timezone.now()
    form = CommonForm(rubric, request.POST if request.method == "POST" else None, initial=as_values(request, one))
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        do = partial(
            services.choose_common_entries, rubric=rubric, entries=said["numbers"], is_first=said["is_first"],
            by=request.user, at=now,
        )  # fmt: skip
        return answer(request, do, to, str(_("Every judge of this track who may mark them has them.")))
    record_look(request.user, "judges", contest, at=now)
    grid = grid_of_common(one, rubric) if one else None
    facts = {
        "contest": contest,
        "rubric": rubric,
        "common": one,
        "grid": grid,
        "missing": services.not_given(rubric, grid.entries) if grid else [],
        "heavy": services.over_their_load([line.judge for line in grid.lines]) if grid else [],
        "fewest": services.FEWEST,
        "trims": rubric.method == Method.TRIMMED and rubric.reviews < FEWEST_TO_TRIM,
        "form": form,
        "closed": why_not_assign_judges(request.user, contest, at=now),
        "release_closed": why_not_release_comparison(request.user, contest, at=now),
        "tab": "judging",
        "subtab": "assign",
    }
    return render(request, "judging/common.html", facts, status=422 if form.is_bound else 200)


def as_values(request: SignedIn, one: CommonSet | None) -> dict[str, Any]:
    """What stands; or the numbers that the page of the assignment proposes."""
    entries = "、".join(entry.number for entry in one.entries.all()) if one else ""
    proposed = request.GET.get("numbers", "")[:1000]
    return {"numbers": proposed or entries, "is_first": one.is_first if one else False}


@require_POST
@allowed(why_not_organise, find_contest)
def do(request: SignedIn, contest: Contest, track: int, place: int, action: str) -> HttpResponse:
    one = set_of(rubric_in(contest, track, place))
    if one is None:
        raise Http404("No common entries.")
    done = {
        "drop": _("They are entries like others again."),
        "release": _("Judges see now how they marked beside the others."),
        "take-back": _("Judges see the comparison no more."),
    }
    run = partial(DOING[action], common=one, by=request.user, at=timezone.now())
    return answer(request, run, reverse("common", args=[contest.key, track, place]), str(done[action]))


@require_GET
@allowed(why_not_compare_commons, find_common)
def compared(request: SignedIn, mine: CommonOfJudge) -> HttpResponse:
    """Own marks beside medians and spreads of the others: no names, no codes, no single mark."""
    rubrics = Rubric.objects.select_related("round", "track").prefetch_related("criteria")
    rubric = get_object_or_404(rubrics, round=mine.common.round_id, track=mine.common.track_id)
    facts = {
        "judge": mine.judge,
        "contest": mine.judge.contest,
        "rubric": rubric,
        "comparison": comparison_of(mine.common, mine.judge, rubric),
    }
    return render(request, "judging/common_compared.html", facts)
