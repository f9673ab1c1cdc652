"""The office's check of entries (资格审查): the queue, one entry with its materials beside it, and the sums."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from competition import parts
from competition.access import why_not_check, why_not_organise
from competition.drafts import draft_of
from competition.events import record_look
from competition.forms.entry import DecisionForm
from competition.models import Contest, District, Entry
from competition.reasons import sentences
from competition.selectors import AT_THE_OFFICE, entries_matching, in_full, received_by_office
from competition.services.findings import clear_findings, named_in_words
from competition.services.summaries import stamped_units
from competition.similar import same_files, similar_to
from competition.states import EntryState
from competition.views.deciding import decide_once_seen
from competition.views.doors import SignedIn, allowed, answer
from competition.views.entering import materials_of, signed_facts
from competition.views.finding import find_contest
from competition.views.paging import page_of, size_of

TABS = (
    EntryState.RECOMMENDED, EntryState.RETURNED, EntryState.PASSED, EntryState.NOT_PASSED, EntryState.SUBMITTED,
)  # fmt: skip


def queue_of(request: HttpRequest, contest: Contest) -> tuple[QuerySet[Entry], str]:
    """What the address asks for; oldest first, so that nobody waits longest twice."""
    chosen = request.GET.get("state", EntryState.RECOMMENDED)
    chosen = chosen if chosen in TABS else EntryState.RECOMMENDED
    rows = in_full(contest.entries.filter(state=chosen)).prefetch_related("tutors__person")
    found = rows.filter(entries_matching(request.GET.get("q", "")))
    return found.order_by("submitted_at", "order"), str(chosen)


@require_GET
@allowed(why_not_organise, find_contest)
def queue(request: SignedIn, contest: Contest) -> HttpResponse:
    rows, chosen = queue_of(request, contest)
    states = Counter(contest.entries.order_by().values_list("state", flat=True))
    record_look(request.user, "check", contest, at=timezone.now())
    facts = {
        "contest": contest,
        "page": page_of(request, rows),
        "size": size_of(request),
        "chosen": chosen,
        "tabs": [(one.value, one.label, states[one]) for one in TABS],
        "sums": sums_of(contest),
        "decision": DecisionForm(),
        "tab": "check",
    }
    return render(request, "competition/check.html", facts)


@dataclass(frozen=True)
class SumLine:
    """One unit: how many of its entries stand where, and whether that adds up.

    is_stamped   its stamped summary says what is recommended now; False where it does not, None where there is none
    """

    label: str
    counts: tuple[int, ...]
    received: int
    unit: District | None = None
    is_stamped: bool | None = None


@dataclass(frozen=True)
class Sums:
    """Received = to check + returned + passed + not passed: a unit a line, a track a line, and in all."""

    headings: tuple[str, ...]
    lines: list[SumLine]
    tracks: list[SumLine]
    total: SumLine

    @property
    def add_up(self) -> bool:
        """What stands in the lines is what there is, whichever way it is counted."""
        return all(sum(line.received for line in lines) == self.total.received for lines in (self.lines, self.tracks))


def sums_of(contest: Contest) -> Sums:
    """Of what has reached the office; an entry that its unit returned is not here yet."""
    rows = received_by_office(contest)
    counted = Counter(rows.order_by().values_list("school__district", "track", "state"))
    stamped = stamped_units(contest) if contest.has_unit_step else {}
    units = District.objects.in_bulk([unit for unit, _track, _state in counted if unit])
    lines = [
        line_of(units[unit].label if unit in units else "—", counted, unit=unit, here=units.get(unit or 0),
                is_stamped=stamped.get(unit or 0))
        for unit in sorted({unit for unit, _track, _state in counted}, key=lambda unit: unit or 0)
    ]  # fmt: skip
    tracks = [line_of(track.label, counted, track=track.pk) for track in contest.tracks.all()]
    headings = (str(_("To check")), *(str(state.label) for state in AT_THE_OFFICE[1:]))
    received = rows.count()
    total = tuple(sum(number for (*_w, state), number in counted.items() if state == one) for one in AT_THE_OFFICE)
    return Sums(headings, lines, tracks, SumLine(str(_("In all")), total, received))


ANY = object()


def line_of(
    label: str, counted: Mapping[tuple[Any, int, str], int], *, unit: Any = ANY, track: Any = ANY,
    here: District | None = None, is_stamped: bool | None = None,
) -> SumLine:  # fmt: skip
    """One unit or one track, out of all counts."""
    counts = tuple(
        sum(
            number
            for (of_unit, of_track, state), number in counted.items()
            if state == one and unit in (ANY, of_unit) and track in (ANY, of_track)
        )
        for one in AT_THE_OFFICE
    )
    return SumLine(label, counts, sum(counts), here, is_stamped)


def find_checked(request: HttpRequest, key: str, entry: str) -> Entry:
    rows = Entry.objects.select_related("contest", "track", "division", "school__district")
    found = get_object_or_404(rows, contest__key=key, key=entry)
    if found.state == EntryState.DRAFT:
        raise Http404("A draft is its school's alone.")
    return found


@require_GET
@allowed(why_not_check, find_checked)
def check_one(request: SignedIn, entry: Entry) -> HttpResponse:
    """One after the other: the form on the left, the materials on the right."""
    record_look(request.user, "check", entry, at=timezone.now())
    waiting = list(queue_of(request, entry.contest)[0].values_list("key", flat=True))
    at = waiting.index(entry.key) if entry.key in waiting else -1
    facts: dict[str, Any] = {
        "entry": entry,
        "contest": entry.contest,
        "draft": draft_of(entry),
        "reviews": [(one, sentences(one.reasons, one.text)) for one in entry.reviews.select_related("by")],
        "decision": DecisionForm(),
        "place": at + 1,
        "number": len(waiting),
        "before": waiting[at - 1] if at > 0 else None,
        "after": waiting[at + 1] if at + 1 < len(waiting) else None,
        "state": request.GET.get("state", EntryState.RECOMMENDED),
        "tab": "check",
        "similar": similar_to(entry),
        "same_files": same_files(entry),
        "panels": parts.panels_of(entry),
        "named": named_in_words(entry),
        **signed_facts(entry),
        **materials_of(entry),
    }
    return render(request, "competition/check_one.html", facts)


@require_POST
@allowed(why_not_check, find_checked)
def findings_clear(request: SignedIn, entry: Entry, material: str) -> HttpResponse:
    """Names found in a file may stand, for a reason."""
    found = get_object_or_404(entry.materials.select_related("entry__contest", "kind"), key=material)
    do = partial(
        clear_findings, material=found, seen=request.POST.get("seen", ""), reason=request.POST.get("reason", ""),
        by=request.user, at=timezone.now(),
    )  # fmt: skip
    to = reverse("check-one", args=[entry.contest.key, entry.key])
    state = request.POST.get("state", EntryState.RECOMMENDED)
    return answer(request, do, f"{to}?state={state}", str(_("The names may stand.")))


@require_POST
@allowed(why_not_organise, find_contest)
def check_decide(request: SignedIn, contest: Contest) -> HttpResponse:
    """One or many; then the next one of the queue, or the queue."""
    chosen = contest.entries.filter(key__in=request.POST.getlist("entry")).exclude(state=EntryState.DRAFT)
    then = request.POST.get("then", "")
    to = reverse("check", args=[contest.key])
    if then and contest.entries.filter(key=then).exists():
        to = reverse("check-one", args=[contest.key, then])
    entries = list(chosen.select_related("contest", "school__district"))
    state = request.POST.get("state", EntryState.RECOMMENDED)
    return decide_once_seen(request, contest, entries, f"{to}?state={state}")
