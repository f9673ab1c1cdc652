"""往上推荐: what goes up to a higher contest, and what has come of it."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from awards.outputs.upward import Line, lines_for, places_of, results_above
from awards.views.ticking import CHANGED, TICKED, TickFilter, Ticks, asked_tick_page, tick_facts
from competition import events
from competition.access import is_organiser, why_not_forward, why_not_organise, why_not_send_up, why_not_take_forwards
from competition.errors import Denial, Refused
from competition.events import record_look
from competition.models import Contest, Entry, Forwarding
from competition.services.forwarded import (
    PARTS,
    Ties,
    consent_of,
    higher_of,
    named_parts,
    open_to,
    ties_between,
    untied,
)
from competition.services.forwarding import (
    Sent,
    forward_entries,
    save_forward_terms,
    save_forward_ties,
    take_back_forwarded,
)
from competition.states import PledgeBy, Via
from competition.views.doors import SignedIn, allowed, answer
from competition.views.finding import find_contest

Pair = tuple[Contest, Contest]
KEPT = "forward-choose"
ONLY = (
    ("may", gettext_lazy("those that may go up")),
    ("there", gettext_lazy("those that went up")),
    ("consent", gettext_lazy("those without consent")),
)


def find_pair(request: HttpRequest, key: str, higher: str) -> Pair:
    """A higher contest is found where it takes entries of this one, or where it has some."""
    sender = find_contest(request, key)
    found = get_object_or_404(Contest.objects.select_related("series"), key=higher)
    is_open = why_not_take_forwards(sender, found, at=timezone.now()) is None
    if not is_open and not higher_of(sender).filter(pk=found.pk).exists():
        raise Http404
    return sender, found


def why_not_see_pair(user: Any, pair: Pair, *, at: Any) -> Denial | None:
    return why_not_send_up(user, pair[0], at=at)


def find_forwarding(request: HttpRequest, key: str, higher: str, forwarding: str) -> Forwarding:
    rows = Forwarding.objects.select_related("sent__contest", "contest", "entry__contest")
    return get_object_or_404(rows, key=forwarding, contest__key=higher, sent__contest__key=key)


def why_not_see_forwarding(user: Any, forwarding: Forwarding, *, at: Any) -> Denial | None:
    return why_not_send_up(user, forwarding.sent.contest, at=at)


class TermsForm(forms.Form):
    """Of the higher contest."""

    accepts = forms.BooleanField(
        label=gettext_lazy("Contests of a lower level may send their ranked entries here"), required=False
    )
    most = forms.IntegerField(
        label=gettext_lazy("At most so many from one contest"), required=False, min_value=0, max_value=100_000,
        help_text=gettext_lazy("Blank: no limit of its own. The quotas of units and schools hold as well."),
    )  # fmt: skip


@require_GET
@allowed(why_not_send_up, find_contest)
def upward(request: SignedIn, contest: Contest) -> HttpResponse:
    """Where entries may go, where they went and what they won there; and whether this contest takes any itself."""
    record_look(request.user, "upward", contest, at=timezone.now())
    facts = {
        "contest": contest,
        "open_to": open_to(contest, at=timezone.now()),
        "above": results_above(contest),
        "form": TermsForm(initial=contest.settings.get("forwards", {})),
        "tab": "awards",
    }
    return render(request, "awards/upward.html", facts)


@require_POST
@allowed(why_not_organise, find_contest)
def upward_terms(request: SignedIn, contest: Contest) -> HttpResponse:
    form, back = TermsForm(request.POST), reverse("upward", args=[contest.key])
    if not form.is_valid():
        messages.error(request, _("This is no whole number. Nothing was changed."))
        return redirect(back)
    do = partial(save_forward_terms, contest=contest, **form.cleaned_data, by=request.user, at=timezone.now())
    return answer(request, do, back, str(_("Saved.")))


@require_http_methods(["GET", "POST"])
@allowed(why_not_see_pair, find_pair)
def upward_to(request: SignedIn, pair: Pair) -> HttpResponse:
    """The proposal by rank; what is ticked goes up, on whichever page."""
    if request.method == "GET":
        return page(request, *pair)
    ticks = ticks_of(request, *pair)
    if "proposed" in request.POST:
        ticks.forget()
        return redirect(request.get_full_path())
    was = ticked_of(ticks, lines_for(*pair, ties_between(*pair)))
    ticked = ticks.sent(was)
    ticks.keep([] if "none" in request.POST else ticked)
    if "none" in request.POST:
        return redirect(request.get_full_path())
    if to := asked_tick_page(request):
        return redirect(to)
    if not ticks.knew(was):
        messages.error(request, CHANGED)
        return page(request, *pair, is_refused=True)
    return send(request, *pair, ticked)


def ticks_of(request: SignedIn, sender: Contest, higher: Contest) -> Ticks:
    return Ticks(request, KEPT, f"{sender.key}-{higher.key}")


def ticked_of(ticks: Ticks, lines: list[Line]) -> set[str]:
    """What is ticked of those that may go; until somebody ticked anything, what is proposed."""
    kept = ticks.kept
    if kept is None:
        return {one.entry.key for one in lines if one.is_proposed}
    return kept & {one.entry.key for one in lines if one.may_go}


def page(
    request: SignedIn, sender: Contest, higher: Contest, sent: Sent | None = None, *, is_refused: bool = False
) -> HttpResponse:
    """sent   what came of sending; is_refused: it was refused, so what was ticked stays ticked"""
    now = timezone.now()
    record_look(request.user, "upward", sender, at=now)
    ties = ties_between(sender, higher)
    lines = lines_for(sender, higher, ties)
    ticked = ticked_of(ticks_of(request, sender, higher), lines)
    filters = TickFilter(request.GET, sender, ONLY)
    wanted = filters.keys(sender, request.GET.get("q", "")) & narrowed(lines, ticked, filters.narrowed_to)
    facts = {
        **tick_facts(request, filters, lines, [one.entry.key for one in lines], ticked, wanted),
        "contest": sender,
        "higher": higher,
        "any": bool(lines),
        "sent": sent,
        "places": places_of(sender, higher, [one.entry for one in lines if one.entry.key in ticked], ties),
        "closed": why_not_forward(request.user, sender, higher, at=now),
        "untied": untied([one.entry for one in lines], ties),
        "choices": choices_between(sender, higher, ties),
        "consent": consent_of(sender),
        "pledges": sender.pledges.filter(by=PledgeBy.GUARDIAN),
        "sees_higher": is_organiser(request.user, higher),
        "tab": "awards",
    }
    return render(request, "awards/upward_to.html", facts, status=422 if is_refused else 200)


def narrowed(lines: list[Line], ticked: set[str], only: str) -> set[str]:
    fits = {
        TICKED: lambda one: one.entry.key in ticked,
        "may": lambda one: one.may_go,
        "there": lambda one: one.there is not None,
        "consent": lambda one: bool(one.why_not),
    }.get(only, lambda one: True)
    return {one.entry.key for one in lines if fits(one)}


def choices_between(sender: Contest, higher: Contest, ties: Ties) -> list[Any]:
    """(what kind, [(name in the form, ours, what is chosen, theirs)]) of the kinds that both have."""
    labels = {"tracks": _("Tracks"), "divisions": _("Divisions"), "subjects": _("Subjects")}
    ours, theirs = named_parts(sender), named_parts(higher)
    return [
        (labels[part], part != "tracks",
         [(f"{part}-{at}", name, ties[part].get(code), theirs[part].items())
          for at, (code, name) in enumerate(ours[part].items())])
        for part in PARTS
        if ours[part] and theirs[part]
    ]  # fmt: skip


def send(request: SignedIn, sender: Contest, higher: Contest, ticked: set[str]) -> HttpResponse:
    """Ticked entries in the order of the list. What is refused stays ticked."""
    lines = lines_for(sender, higher, ties_between(sender, higher))
    entries: list[Entry] = [one.entry for one in lines if one.entry.key in ticked]
    try:
        with events.via(Via.WEB):
            sent = forward_entries(sender=sender, higher=higher, entries=entries, by=request.user, at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return page(request, sender, higher, is_refused=True)
    ticks_of(request, sender, higher).keep([])
    number = len(sent.went)
    text = ngettext("%(number)s entry went up.", "%(number)s entries went up.", number) % {"number": number}
    messages.success(request, text)
    return page(request, sender, higher, sent)


@require_POST
@allowed(why_not_see_pair, find_pair)
def upward_ties(request: SignedIn, pair: Pair) -> HttpResponse:
    """What is left open stays open."""
    sender, higher = pair
    ours = named_parts(sender)
    ties = {
        part: {code: request.POST[name] for at, code in enumerate(ours[part])
               if request.POST.get(name := f"{part}-{at}", "?") != "?"}
        for part in PARTS
    }  # fmt: skip
    do = partial(
        save_forward_ties, sender=sender, higher=higher, ties=ties, consent=request.POST.get("consent", ""),
        by=request.user, at=timezone.now(),
    )  # fmt: skip
    return answer(request, do, reverse("upward-to", args=[sender.key, higher.key]), str(_("Saved.")))


@require_POST
@allowed(why_not_see_forwarding, find_forwarding)
def upward_back(request: SignedIn, forwarding: Forwarding) -> HttpResponse:
    do = partial(take_back_forwarded, forwarding=forwarding, by=request.user, at=timezone.now())
    to = reverse("upward-to", args=[forwarding.sent.contest.key, forwarding.contest.key])
    return answer(request, do, to, _("Taken back."))
