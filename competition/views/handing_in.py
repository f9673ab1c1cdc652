"""Many drafts at once: the pledges read and given once for all that are chosen, then each handed in by itself."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from competition import events
from competition.access import Entrance, why_not_enter
from competition.drafts import lacking
from competition.errors import Refused
from competition.events import record_look
from competition.forms.entry import PledgeForm
from competition.models import Entry
from competition.selectors import in_full
from competition.services.entering import save_draft, submit_entry
from competition.shortfalls import sentence
from competition.states import EntryState, Via
from competition.views.doors import SignedIn, allowed
from competition.views.entering import find_entrance

TOLD = 8


def drafts_of(entrance: Entrance) -> list[tuple[Entry, list[str]]]:
    """Each draft with what it lacks besides pledges."""
    today = timezone.now().astimezone(entrance.contest.tz).date()
    rows = in_full(entrance.contest.entries.filter(school=entrance.school, state=EntryState.DRAFT))
    found = []
    for entry in rows.select_related("contest", "subject").order_by("order"):
        entry.contest = entrance.contest
        lacks = [sentence(one) for one in lacking(entry, today=today) if one.step != "pledges"]
        found.append((entry, lacks))
    return found


@require_http_methods(["GET", "POST"])
@allowed(why_not_enter, find_entrance)
def hand_in(request: SignedIn, entrance: Entrance) -> HttpResponse:
    """Read the pledges, choose the works, hand them in."""
    if request.method == "POST":
        return handed_in(request, entrance)
    record_look(request.user, "drafts", entrance.school, at=timezone.now())
    facts = {
        "entrance": entrance,
        "drafts": drafts_of(entrance),
        "form": PledgeForm(None, entrance.contest.pledges.all(), ()),
    }
    return render(request, "competition/hand_in.html", facts)


def handed_in(request: SignedIn, entrance: Entrance) -> HttpResponse:
    """One that is refused keeps no other back."""
    pledges = PledgeForm(request.POST, entrance.contest.pledges.all(), ()).changes()
    chosen = entrance.contest.entries.filter(
        school=entrance.school, state=EntryState.DRAFT, key__in=request.POST.getlist("entry")
    )
    done, refused = 0, []
    for entry in chosen.order_by("order"):
        try:
            with events.via(Via.WEB):
                save_draft(entry=entry, changes=pledges, by=request.user, at=timezone.now())
                submit_entry(entry=entry, by=request.user, at=timezone.now())
            done += 1
        except Refused as fault:
            refused.append(f"{entry}: {fault}")
    for line in refused[:TOLD]:
        messages.error(request, line)
    if len(refused) > TOLD:
        messages.error(request, _("and %(number)s more were not changed") % {"number": len(refused) - TOLD})
    if done:
        messages.success(request, _("%(number)s entries are handed in.") % {"number": done})
    if not done and not refused:
        messages.warning(request, _("Nothing was chosen, so nothing was changed."))
        return redirect("hand-in", entrance.contest.key, entrance.school.key)
    return redirect("school", entrance.school.key)
