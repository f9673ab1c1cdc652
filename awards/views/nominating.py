"""提名: who of ours could be nominated for an award, and one click to do it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from awards.access import why_not_nominate, why_not_see_rules
from awards.models import Nomination
from awards.presets import kind_of
from awards.services.nominating import candidates, known_to, nominate, nominate_new, take_back_nomination
from awards.states import NomineeKind
from awards.views.nominees import find_nomination
from competition.errors import Denial
from competition.events import record_look
from competition.models import Contest, Person, School, Track
from competition.views.doors import SignedIn, allowed, answer
from competition.views.finding import find_contest
from competition.views.paging import page_of


class NewPersonForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=100)
    school = forms.ModelChoiceField(label=gettext_lazy("School"), queryset=School.objects.order_by("name"))


def track_of(request: HttpRequest, contest: Contest) -> Track:
    """The kind that the address names, else the first."""
    tracks = list(contest.tracks.order_by("order"))
    if not tracks:
        raise Http404
    asked = request.POST.get("kind") or request.GET.get("kind")
    return next((one for one in tracks if str(one.order) == asked), tracks[0])


@require_GET
@allowed(why_not_see_rules, find_contest)
def candidates_page(request: SignedIn, contest: Contest) -> HttpResponse:
    return page(request, contest, NewPersonForm())


def page(request: SignedIn, contest: Contest, form: forms.Form, status: int = 200) -> HttpResponse:
    now, track = timezone.now(), track_of(request, contest)
    record_look(request.user, "candidates", contest, at=now)
    facts = {
        **whom_to_choose(request, contest, track, form, known=known_to(request.user, track)),
        "closed": why_not_nominate(request.user, contest, at=now),
        "tab": "nominees",
    }
    return render(request, "awards/nominate.html", facts, status=status)


def whom_to_choose(
    request: HttpRequest, contest: Contest, track: Track, form: forms.Form, *, known: QuerySet[Any]
) -> dict[str, Any]:
    """Who could be nominated, proposed or found by name, for a page that lets choose; `known`: among whom. A school is
    never written down by hand."""
    words = request.GET.get("q", "").strip()[:100]
    return {
        "contest": contest,
        "track": track,
        "tracks": contest.tracks.order_by("order"),
        "page": page_of(request, candidates(contest, track, words, known=known)),
        "words": words,
        "form": None if kind_of(track) == NomineeKind.SCHOOL else form,
        "has_rules": contest.alternatives.exists(),
    }


@require_POST
@allowed(why_not_nominate, find_contest)
def nominate_one(request: SignedIn, contest: Contest) -> HttpResponse:
    track = track_of(request, contest)
    subject: Person | School = get_object_or_404(
        known_to(request.user, track), key=request.POST.get("subject", "")[:40]
    )
    do = partial(nominate, contest=contest, track=track, subject=subject, by=request.user, at=timezone.now())
    return done(request, contest, track, do)


@require_POST
@allowed(why_not_nominate, find_contest)
def nominate_person(request: SignedIn, contest: Contest) -> HttpResponse:
    track, form = track_of(request, contest), NewPersonForm(request.POST)
    if not form.is_valid() or kind_of(track) == NomineeKind.SCHOOL:
        return page(request, contest, form, status=422)
    do = partial(nominate_new, contest=contest, track=track, **form.cleaned_data, by=request.user, at=timezone.now())
    return done(request, contest, track, do)


def done(request: SignedIn, contest: Contest, track: Track, do: Callable[[], Any]) -> HttpResponse:
    back = f"{reverse('nominate', args=[contest.key])}?kind={track.order}"
    return answer(request, do, back, _("Nominated, and tried by the rules."))


def why_not_take_back(user: Any, nomination: Nomination, *, at: Any) -> Denial | None:
    return why_not_nominate(user, nomination.entry.contest, at=at)


@require_POST
@allowed(why_not_take_back, find_nomination)
def nomination_back(request: SignedIn, nomination: Nomination) -> HttpResponse:
    contest = nomination.entry.contest
    do = partial(take_back_nomination, nomination=nomination, by=request.user, at=timezone.now())
    to = reverse("nominees", args=[contest.key])
    return answer(request, do, to, _("The nomination was taken back. It stands in the log."))
