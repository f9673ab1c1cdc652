"""Who goes on to a round: chosen by the office from the round before, and read by everybody once it is published."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from competition.access import has_two_persons
from competition.core.numbers import decimal_text
from competition.models import Entry
from competition.states import StepKind
from competition.views.agreeing import pressed
from competition.views.doors import SignedIn, allowed, answer
from judging.access import why_not_choose_finalists, why_not_see_finalists
from judging.core.finalists import Cut
from judging.core.measured import result_text
from judging.forms.finalists import CutForm, CutRulesForm, said_before
from judging.models import Round, Rubric
from judging.services import finalists as services
from judging.views.finding import find_round


def url_of(one: Round, name: str = "finalists") -> str:
    return reverse(name, args=[one.contest.key, one.order])


class Asked:
    """What the office asks for: a form of rules and one a track."""

    def __init__(self, one: Round, data: Any):
        self.one = one
        stored = one.cut
        first: Any = next(iter(stored.get("cuts", {}).values()), ["", "0", True])
        known = {"by_division": stored.get("by_division", False), "with_tied": first[2]}
        self.rules = CutRulesForm(data, initial=known)
        tracks = one.contest.tracks.filter(rubrics__round=one).order_by("order")
        places, timed = one.contest.places, services.tracks_by_time(one)
        self.tracks = [
            CutForm(track, data, said_before(stored, track, places), has_score=track.pk not in timed)
            for track in tracks
        ]

    @property
    def is_said(self) -> bool:
        asked = [form.is_bound and form.is_valid() for form in (self.rules, *self.tracks)]  # each says its faults
        return all(asked)

    @property
    def by_division(self) -> bool:
        return bool(self.rules.cleaned_data["by_division"])

    @property
    def cuts(self) -> dict[int, Cut]:
        with_tied, places = self.rules.cleaned_data["with_tied"], self.one.contest.places
        found = {form.track.pk: form.cut(places=places, with_tied=with_tied) for form in self.tracks}
        return {track: cut for track, cut in found.items() if cut is not None}


@require_http_methods(["GET", "POST"])
@allowed(why_not_choose_finalists, find_round)
def finalists(request: SignedIn, one: Round) -> HttpResponse:
    """Say how many, look at who that is, and let them go on."""
    if request.method == "POST":
        return choose(request, one)
    asked = Asked(one, request.GET if "show" in request.GET else None)
    choice = services.propose_finalists(one, asked.cuts, by_division=asked.by_division) if asked.is_said else None
    facts = {
        "contest": one.contest,
        "round": one,
        "asked": asked,
        "choice": choice,
        "groups": [shown(group, one.contest.places) for group in choice.groups] if choice else [],
        "now": one.round_entries.count(),
        "two_persons": has_two_persons(one.contest),
        "tab": "judging",
        "subtab": "progress",
    }
    is_wrong = asked.rules.is_bound and not asked.is_said
    return render(request, "judging/finalists.html", facts, status=422 if is_wrong else 200)


def shown(group: services.Group, places: int) -> dict[str, Any]:
    """Rows in the order of their scores: those who go on, then the others."""
    scored: dict[int, Any] = {pk: key for pk, key in group.scores.items() if key is not None}
    place_of = {key: place for place, key in enumerate(sorted(set(scored.values()), reverse=True))}
    order = sorted(group.entries, key=lambda one: place_of.get(scored.get(one.pk), len(place_of)))
    chosen, tied = set(group.result.chosen), set(group.result.tied)
    rows = [
        {
            "entry": one,
            "score": key_text(group, one.pk, places),
            "goes_on": one.pk in chosen,
            "is_tied": one.pk in tied,
        }
        for one in order
    ]
    return {"group": group, "rows": rows}


def key_text(group: services.Group, entry: int, places: int) -> str:
    """As it is published: a score, or what was measured."""
    key, plan = group.scores[entry], group.rubric.measure_plan
    if key is None:
        return ""
    if isinstance(key, int):
        return decimal_text(key, places)
    points, time = key
    return result_text(points if plan.has_points else None, -time if plan.has_time else None, places)


def choose(request: SignedIn, one: Round) -> HttpResponse:
    asked = Asked(one, request.POST)
    if not asked.is_said:
        facts = {"contest": one.contest, "round": one, "asked": asked, "tab": "judging", "subtab": "progress"}
        return render(request, "judging/finalists.html", facts, status=422)
    run = partial(
        services.choose_finalists, one=one, cuts=asked.cuts, by_division=asked.by_division,
        shown=request.POST.get("shown", ""), by=request.user, at=timezone.now(),
    )  # fmt: skip
    done = _("%(result)s entries take part.")
    if Rubric.objects.marked().filter(round=one).exists():
        done = _("%(result)s entries take part. Assign their judges next.")
    return answer(request, run, url_of(one), str(done))


@require_POST
@allowed(why_not_choose_finalists, find_round)
def publish(request: SignedIn, one: Round) -> HttpResponse:
    done = _("The list is published: everybody finds it on the contest's page.")
    return pressed(request, one.contest, StepKind.FINALISTS, to=url_of(one), done=done, **asked_of_round(one))


def asked_of_round(one: Round) -> dict[str, Any]:
    return {"about": str(one.order), "facts": {"round": one.order}}


@require_POST
@allowed(why_not_choose_finalists, find_round)
def take_back(request: SignedIn, one: Round) -> HttpResponse:
    done = _("The list is not public any more.")
    return pressed(request, one.contest, StepKind.FINALISTS_BACK, to=url_of(one), done=done, **asked_of_round(one))


@require_GET
@allowed(why_not_see_finalists, find_round)
def listed(request: HttpRequest, one: Round) -> HttpResponse:
    """Number, title, school: no score, and nobody's name."""
    rows = Entry.objects.countable().filter(round_entries__round=one)
    rows = rows.select_related("track", "division", "school__district").order_by("track__order", "order")
    return render(request, "judging/finalists_list.html", {"contest": one.contest, "round": one, "entries": rows})
