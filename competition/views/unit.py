"""The page of a recommending unit: its schools' entries, its quota, and what goes up."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from competition.access import (
    UnitIn,
    reports_until,
    why_not_open_for_entries,
    why_not_see_reports_of_unit,
    why_not_see_unit,
    why_not_see_unit_in,
    why_not_stamp_summary,
)
from competition.events import record_look
from competition.forms.entry import DecisionForm
from competition.forms.papers import PaperForm
from competition.models import Contest, District, Entry, Quota, School, UnitSummary, User
from competition.models.contest import ENTERED_BY_SCHOOLS
from competition.selectors import entries_matching, in_full
from competition.services.papers import paper_of
from competition.services.quotas import SENT_ON, percents_of, sent_by, shares_in
from competition.services.reviewing import rank_entries
from competition.services.summaries import codes_on, recommended_by, stamp_summary, standing_summary, summary_digest
from competition.services.unit_reports import standing_report
from competition.states import ContestState, EntryState, ReviewStep
from competition.views.deciding import decide
from competition.views.doors import SignedIn, allowed, answer
from competition.views.downloads import ENDINGS, stored
from competition.views.finding import find_unit_in
from competition.views.paging import page_of, size_of

MOST_DIGITS = 7
SHOWN = (
    EntryState.SUBMITTED, EntryState.RECOMMENDED, EntryState.RETURNED, EntryState.NOT_RECOMMENDED, EntryState.PASSED,
    EntryState.NOT_PASSED,
)  # fmt: skip


def find_unit(request: HttpRequest, key: str) -> District:
    return get_object_or_404(District, key=key)


def entries_of(unit: District, contest: Contest) -> QuerySet[Entry]:
    return contest.entries.filter(school__district=unit)


@dataclass(frozen=True)
class QuotaLine:
    """A quota and what it has left."""

    quota: Quota
    sent: int
    teams: int | None

    @property
    def left(self) -> int:
        return max(self.quota.most - self.sent, 0)

    @property
    def most_teams(self) -> int | None:
        return None if self.quota.team_percent is None else self.quota.most * self.quota.team_percent // 100


def quota_lines(unit: District, contest: Contest) -> list[QuotaLine]:
    """Two questions for all quotas: what was sent, and what of it by teams."""
    sent = sent_by(unit).filter(contest=contest).order_by()
    entries = Counter(sent.values_list("track", "division"))
    of_teams = Counter(sent.filter(authors__order=2).values_list("track", "division"))
    quotas = contest.quotas.filter(district=unit).select_related("track", "division", "contest")
    return [
        QuotaLine(one, number_of(one, entries), None if one.team_percent is None else number_of(one, of_teams))
        for one in quotas
    ]


def number_of(quota: Quota, entries: Counter[Any]) -> int:
    """How many count against the quota, out of numbers by track and division."""
    return sum(
        number
        for (track, division), number in entries.items()
        if quota.track_id in (None, track) and quota.division_id in (None, division)
    )


@require_GET
@allowed(why_not_see_unit, find_unit)
def unit(request: SignedIn, found: District) -> HttpResponse:
    """One contest at a time; the newest that takes entries first."""
    contests = contests_of(found)
    contest = next((one for one in contests if one.key == request.GET.get("contest")), next(iter(contests), None))
    record_look(request.user, "unit", found, at=timezone.now())
    facts: dict[str, Any] = {"unit": found, "contests": contests, "contest": contest}
    if contest is not None:
        facts |= facts_of(request, found, contest)
    return render(request, "competition/unit.html", facts)


def contests_of(unit: District) -> list[Contest]:
    """Those that take entries now, and those that the unit has entries in."""
    by_schools = Contest.objects.filter(ENTERED_BY_SCHOOLS)
    open_now = by_schools.filter(state=ContestState.ENTRY)
    entered = by_schools.filter(entries__school__district=unit, delegation=None)
    return sorted(
        (open_now | entered).distinct(), key=lambda one: (one.state != ContestState.ENTRY, -one.as_of.timestamp())
    )


def facts_of(request: SignedIn, unit: District, contest: Contest) -> dict[str, Any]:
    entries = entries_of(unit, contest)
    states = Counter(entries.order_by().values_list("state", flat=True))
    chosen = request.GET.get("state", EntryState.SUBMITTED if states[EntryState.SUBMITTED] else "")
    shown = in_full(entries.filter(state__in=[chosen] if chosen in SHOWN else SHOWN)).prefetch_related("tutors__person")
    shown = shown.filter(entries_matching(request.GET.get("q", "")))
    silent = School.objects.filter(district=unit, state="active").exclude(
        pk__in=entries.exclude(state=EntryState.DRAFT).values("school")
    )
    return {
        "page": page_of(request, shown.order_by("unit_rank", "track__order", "order")),
        "size": size_of(request),
        "states": [(one.value, one.label, states[one]) for one in SHOWN],
        "drafts": states[EntryState.DRAFT],
        "chosen": chosen,
        "quotas": quota_lines(unit, contest),
        "silent": silent.order_by("name"),
        "decision": DecisionForm(asks_opinion=contest.is_award),
        "is_open": contest.state == ContestState.ENTRY
        and contest.has_unit_step
        and not (contest.unit_closes_at and timezone.now() >= contest.unit_closes_at),
        "received": sum(states[one] for one in SHOWN),
        "sent": sum(states[one] for one in SENT_ON),
        "may_import": not contest.is_award and why_not_open_for_entries(contest, at=timezone.now()) is None,
        "report_asked": why_not_see_reports_of_unit(request.user, UnitIn(contest, unit), at=timezone.now()) is None,
        "report": standing_report(contest, unit),
        "report_until": reports_until(contest),
        **summary_facts(unit, contest),
    }


def typed_rank(text: str, otherwise: int) -> int:
    return int(text) if text.isdecimal() and len(text) < MOST_DIGITS else otherwise


def summary_facts(unit: District, contest: Contest) -> dict[str, Any]:
    """The stamped summary, and how the shares of the divisions fit what is recommended."""
    found = standing_summary(contest, unit)
    entries = recommended_by(unit, contest)
    cap = contest.quotas.filter(district=unit, track=None, division=None).select_related("contest").first()
    shares = shares_in(cap, sent_by(unit)) if cap and percents_of(cap) else None
    counts = Counter(one.division.code if one.division else "" for one in entries)
    kept = shares.kept if shares else {}
    return {
        "summary": found,
        "summary_fits": found is not None and found.digest == summary_digest(entries),
        "shares": shares,
        "share_lines": [
            (one.label, kept[one.code], counts[one.code]) for one in contest.divisions.all() if one.code in kept
        ],
        "paper": PaperForm(),
    }


@require_POST
@allowed(why_not_stamp_summary, find_unit_in)
def summary_add(request: SignedIn, place: UnitIn) -> HttpResponse:
    """The stamped summary as a scan."""
    form = PaperForm(request.POST, request.FILES)
    to = f"{reverse('unit', args=[place.unit.key])}?contest={place.contest.key}"
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["paper"])))
        return redirect(to)
    do = partial(stamped, place, form, by=request.user, at=timezone.now())
    return answer(request, do, to, str(_("The stamped summary is here.")))


def stamped(place: UnitIn, form: PaperForm, *, by: User, at: datetime) -> UnitSummary:
    upload = form.cleaned_data["paper"]
    with paper_of(name=upload.name, chunks=upload.chunks(), at=at) as paper:
        codes = codes_on(paper)
        return stamp_summary(contest=place.contest, unit=place.unit, paper=paper, codes=codes, by=by, at=at)


@require_GET
@allowed(why_not_see_unit_in, find_unit_in)
def summary_paper(request: SignedIn, place: UnitIn) -> FileResponse:
    """The scan that stands."""
    found = standing_summary(place.contest, place.unit)
    if found is None:
        raise Http404("No summary was handed in.")
    record_look(request.user, "unit-summary", place.unit, at=timezone.now())
    return stored(found.file, f"summary{ENDINGS.get(found.file.media_type, '')}")


@require_POST
@allowed(why_not_see_unit, find_unit)
def unit_decide(request: SignedIn, found: District) -> HttpResponse:
    contest = get_object_or_404(Contest, key=request.POST.get("contest", ""))
    chosen = in_full(entries_of(found, contest).filter(key__in=request.POST.getlist("entry")))
    decide(request, list(chosen.select_related("contest")), ReviewStep.UNIT)
    return redirect(f"{reverse('unit', args=[found.key])}?contest={contest.key}&state={request.POST.get('state', '')}")


@require_POST
@allowed(why_not_see_unit, find_unit)
def unit_rank(request: SignedIn, found: District) -> HttpResponse:
    """The numbers typed beside the entries become their order; equal ones keep the order they had."""
    contest = get_object_or_404(Contest, key=request.POST.get("contest", ""))
    entries = list(entries_of(found, contest).filter(state__in=SENT_ON).select_related("contest", "school__district"))
    typed = {one.key: request.POST.get(f"rank-{one.key}", "") for one in entries}
    last = len(entries) + 1
    entries.sort(key=lambda one: (typed_rank(typed[one.key], last), one.unit_rank or last))
    do = partial(rank_entries, entries=entries, by=request.user, at=timezone.now())
    to = f"{reverse('unit', args=[found.key])}?contest={contest.key}&state={EntryState.RECOMMENDED}"
    return answer(request, do, to, str(_("The order is saved.")))
