"""Deciding on many entries at once: what the unit's page and the office's queue share."""

from collections.abc import Callable, Sequence

from django.contrib import messages
from django.utils import timezone
from django.utils.translation import gettext as _

from competition import events
from competition.errors import Refused
from competition.forms.entry import DecisionForm
from competition.models import Entry
from competition.services.reviewing import review_entry
from competition.states import ReviewStep, Verdict, Via
from competition.views.doors import SignedIn

TOLD = 5


def decide(
    request: SignedIn, entries: Sequence[Entry], step: ReviewStep, after: Callable[[Entry], None] | None = None
) -> int:
    """Each by itself: one that is refused keeps no other back. How many were decided; the page is told the rest."""
    form = DecisionForm(request.POST)
    form.is_valid()
    chosen = request.POST.get("verdict", "")
    if chosen not in Verdict.values or not entries:
        messages.warning(request, _("Nothing was chosen, so nothing was changed."))
        return 0
    done, refused = 0, []
    for entry in entries:
        try:
            with events.via(Via.WEB):
                review_entry(
                    entry=entry,
                    step=step,
                    verdict=Verdict(chosen),
                    reasons=form.cleaned_data.get("reasons", ()),
                    text=form.cleaned_data.get("text", ""),
                    by=request.user,
                    at=timezone.now(),
                )
            done += 1
        except Refused as fault:
            refused.append(f"{entry}: {fault}")
    for line in refused[:TOLD]:
        messages.error(request, line)
    if len(refused) > TOLD:
        messages.error(request, _("and %(number)s more were not changed") % {"number": len(refused) - TOLD})
    if done:
        facts = {"number": done, "verdict": Verdict(chosen).label}
        messages.success(request, _("%(number)s entries: %(verdict)s.") % facts)
    return done
