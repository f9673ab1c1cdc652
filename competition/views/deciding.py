"""Deciding on many entries at once: what the unit's page and the office's queue share."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from competition import events, parts
from competition.errors import Refused
from competition.forms.entry import DecisionForm
from competition.models import Contest, Entry
from competition.services.reviewing import review_entry
from competition.states import ReviewStep, Verdict, Via
from competition.views.doors import SignedIn

TOLD = 5


@dataclass(frozen=True)
class Decided:
    """How many were decided, and a line for each that was refused."""

    verdict: Verdict
    done: int
    refused: list[str]


def decide(request: SignedIn, entries: Sequence[Entry], step: ReviewStep) -> None:
    """Each by itself: one that is refused keeps no other back. The page is told what became of them."""
    if chosen := verdict_in(request, entries):
        tell(request, decided(request, entries, step, chosen))


def decide_once_seen(request: SignedIn, contest: Contest, entries: Sequence[Entry], to: str) -> HttpResponse:
    """The office decides; where it is judged already it sees first who moves."""
    chosen = verdict_in(request, entries)
    if chosen is None:
        return redirect(to)
    found: list[Decided] = []

    def do() -> None:
        found[:] = [decided(request, entries, ReviewStep.OFFICE, chosen)]

    heading = _("%(number)s entries: %(verdict)s?") % {"number": len(entries), "verdict": chosen.label}
    shown: HttpResponse | None = parts.shown_first(
        request, contest, do, to=to, done="", heading=heading, button=str(chosen.label)
    )
    if shown is None:
        do()
    elif not isinstance(shown, HttpResponseRedirect):
        return shown
    for one in found:
        tell(request, one)
    return redirect(to)


def verdict_in(request: SignedIn, entries: Sequence[Entry]) -> Verdict | None:
    chosen = request.POST.get("verdict", "")
    if chosen in Verdict.values and entries:
        return Verdict(chosen)
    messages.warning(request, _("Nothing was chosen, so nothing was changed."))
    return None


def decided(request: SignedIn, entries: Sequence[Entry], step: ReviewStep, verdict: Verdict) -> Decided:
    form = DecisionForm(request.POST)
    form.is_valid()
    done, refused = 0, []
    for entry in entries:
        try:
            with events.via(Via.WEB):
                review_entry(
                    entry=entry,
                    step=step,
                    verdict=verdict,
                    reasons=form.cleaned_data.get("reasons", ()),
                    text=form.cleaned_data.get("text", ""),
                    by=request.user,
                    at=timezone.now(),
                )
            done += 1
        except Refused as fault:
            refused.append(f"{entry}: {fault}")
    return Decided(verdict, done, refused)


def tell(request: SignedIn, found: Decided) -> None:
    for line in found.refused[:TOLD]:
        messages.error(request, line)
    if len(found.refused) > TOLD:
        messages.error(request, _("and %(number)s more were not changed") % {"number": len(found.refused) - TOLD})
    if found.done:
        facts = {"number": found.done, "verdict": found.verdict.label}
        messages.success(request, _("%(number)s entries: %(verdict)s.") % facts)
