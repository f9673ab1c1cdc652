"""Everything about one entry, for the phone call."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from awards.models import SpecialAward
from awards.outputs.facts import line_of_entry
from awards.selectors import list_that_stands
from awards.views.nominees import nominee_facts
from awards.views.standings import Shown, reasoned
from competition.access import is_organiser, why_not_correct, why_not_see_entry
from competition.events import name_of, record_look
from competition.models import Entry, Event, Forwarding
from competition.numbers_above import GIVEN
from competition.views.doors import SignedIn, allowed
from competition.views.log import line_of
from judging.attempts import attempts_of_entry
from judging.sheet_rows import rows_of_entry


def find_entry(request: HttpRequest, key: str, entry: str) -> Entry:
    """Found within its contest only."""
    everything = Entry.objects.select_related(
        "contest__belongs_to", "track", "division", "subject", "school__district", "nomination"
    )
    return get_object_or_404(everything.prefetch_related(GIVEN), contest__key=key, key=entry)


@require_GET
@allowed(why_not_see_entry, find_entry)
def entry(request: SignedIn, found: Entry) -> HttpResponse:
    outcome = outcome_of(found)
    record_look(request.user, "entry", found, at=timezone.now())
    facts = {
        "contest": found.contest,
        "entry": found,
        "authors": found.authors.select_related("person__school"),
        "tutors": found.tutors.select_related("person__school"),
        "sheets": rows_of_entry(found),
        "attempts": attempts_of_entry(found),
        "outcome": outcome,
        "specials": specials_of(found),
        "certificates": certificates_of(found),
        "corrections": found.corrections.select_related("by", "request", "entry"),
        "may_correct": why_not_correct(request.user, found, at=timezone.now()) is None,
        **(nominee_facts(found.nomination, request.user) if hasattr(found, "nomination") else {}),
        **level_facts(request, found),
        "events": [line_of(one) for one in events_of(found)],
    }
    return render(request, "awards/entry.html", facts)


def outcome_of(entry: Entry) -> Shown | None:
    """Its line in the list that stands, with the reason."""
    award_list = list_that_stands(entry.contest)
    if award_list is None:
        return None
    line = line_of_entry(award_list, entry)
    return reasoned([line])[0] if line else None


def specials_of(entry: Entry) -> list[SpecialAward]:
    """Its special prizes in the list that stands: beside a prize, or without one."""
    award_list = list_that_stands(entry.contest)
    return list(award_list.specials.filter(entry=entry)) if award_list else []


def level_facts(request: SignedIn, entry: Entry) -> dict[str, Any]:
    """Where it came from and where it went; linked for whoever organises that contest too."""
    rows = Forwarding.objects.select_related("sent__contest", "entry__contest", "contest")
    origin = rows.filter(entry=entry).first()
    onward = rows.filter(sent=entry)
    return {
        "origin": origin,
        "sees_origin": origin is not None and is_organiser(request.user, origin.sent.contest),
        "onward": [(one, is_organiser(request.user, one.contest)) for one in onward],
    }


def certificates_of(entry: Entry):
    """Of its prize and of its special prizes."""
    own = Q(award__entry=entry) | Q(special__entry=entry)
    return entry.contest.certificates.filter(own).select_related("award", "special")


def events_of(entry: Entry):
    """The changes of this entry itself; those of whole tables stand in the log of the contest."""
    events = Event.objects.filter(chain__contest=entry.contest, subject=name_of(entry))
    return events.select_related("actor").order_by("-seq")
