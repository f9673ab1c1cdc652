"""Who marks what: the proposal before it is done, and the board where a person moves single ones."""

from collections import Counter
from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from competition import events
from competition.access import why_not_organise
from competition.errors import Refused
from competition.events import record_look
from competition.models import Contest, Entry
from competition.states import Via
from competition.views.doors import SignedIn, allowed, answer
from competition.views.finding import find_contest
from judging.access import why_not_assign_judges
from judging.conflicts import conflict_reasons, open_hints
from judging.forms.panel import HintForm
from judging.models import Assignment, Judge, Rubric
from judging.selectors import first_sheet, with_sheets
from judging.services import assignments as services
from judging.services.panel import decide_hint
from judging.states import ConflictReason, SheetState

ROWS = 50


def seed_of(contest: Contest) -> int:
    """Committed with the contest: nobody chooses it, and the same assignment can be replayed from it."""
    own = contest.settings.get("seed")
    return int(own) if own is not None else int.from_bytes(contest.mint.bytes("assignment")[:6], "big")


@require_http_methods(["GET", "POST"])
@allowed(why_not_organise, find_contest)
def assign(request: SignedIn, contest: Contest) -> HttpResponse:
    """What assigning would do now; done when it was looked at."""
    now = timezone.now()
    closed = why_not_assign_judges(request.user, contest, at=now)
    if request.method == "POST":
        run = partial(
            services.assign_judges, contest=contest, seed=seed_of(contest), by=request.user, at=now,
            shown=request.POST.get("shown", ""),
        )  # fmt: skip
        return answer(request, run, reverse("assign", args=[contest.key]), str(_("%(result)s sheets are assigned.")))
    record_look(request.user, "judges", contest, at=now)
    proposal = services.propose_assignments(contest, seed=seed_of(contest))
    facts = {
        "contest": contest,
        "proposal": proposal,
        "loads": loads_of(contest, proposal),
        "hints": shown_hints(contest),
        "hint_form": HintForm(),
        "closed": closed,
        "tab": "judging",
        "subtab": "assign",
    }
    return render(request, "judging/assign.html", facts)


@dataclass(frozen=True)
class Load:
    """What a judge has, and would have."""

    judge: Judge
    now: int
    then: int


def loads_of(contest: Contest, proposal: services.Proposal) -> list[Load]:
    kept = Counter(row.judge_id for part in proposal.parts for row in part.kept)
    gone = Counter(row.judge_id for part in proposal.parts for row in part.released)
    added = Counter(judge.pk for part in proposal.parts for _, judge in part.added)
    judges = contest.judges.select_related("person").order_by("code")
    return [
        Load(one, kept[one.pk] + gone[one.pk], kept[one.pk] + added[one.pk])
        for one in judges
        if one.is_active or kept[one.pk] or gone[one.pk]
    ]


def shown_hints(contest: Contest) -> list[tuple[Judge, Entry, str]]:
    found = open_hints(contest)
    judges = {one.pk: one for one in contest.judges.select_related("person")}
    entries = {one.pk: one for one in contest.entries.select_related("school")}
    return [(judges[one.judge], entries[one.entry], str(one.kind.label)) for one in found if one.entry in entries]


@require_POST
@allowed(why_not_organise, find_contest)
def hint(request: SignedIn, contest: Contest) -> HttpResponse:
    """It is a conflict, or it is none; why."""
    judge = get_object_or_404(contest.judges, key=request.POST.get("judge"))
    entry = get_object_or_404(contest.entries, key=request.POST.get("entry"))
    run = partial(
        decide_hint, judge=judge, entry=entry, is_conflict=request.POST.get("do") == "conflict",
        reason=request.POST.get("reason", ""), by=request.user, at=timezone.now(),
    )  # fmt: skip
    return answer(request, run, reverse("assign", args=[contest.key]), str(_("Decided.")))


@dataclass(frozen=True)
class Cell:
    """One judge and one entry on the board. `word` says what the colour says."""

    judge: Judge
    kind: str
    word: str
    assignment: Assignment | None = None


@dataclass(frozen=True)
class BoardRow:
    entry: Entry
    cells: list[Cell]
    have: int


@require_GET
@allowed(why_not_organise, find_contest)
def board(request: SignedIn, contest: Contest, track: int, place: int) -> HttpResponse:
    """Judges and entries of one track in one round."""
    rubrics = Rubric.objects.select_related("round", "track")
    rubric = get_object_or_404(rubrics, round__contest=contest, round__order=place, track__order=track)
    entries = Entry.objects.countable().filter(round_entries__round=rubric.round, track=rubric.track).order_by("order")
    page = Paginator(entries, ROWS).get_page(request.GET.get("page"))
    judges = board_judges(contest, rubric)
    loads = Counter(Assignment.objects.filter(round__contest=contest).values_list("judge", flat=True))
    record_look(request.user, "judges", contest, at=timezone.now())
    facts = {
        "contest": contest,
        "rubric": rubric,
        "page": page,
        "judges": [(one, loads[one.pk]) for one in judges],
        "rows": board_rows(rubric, list(page), judges, loads),
        "closed": why_not_assign_judges(request.user, contest, at=timezone.now()),
        "undo": request.GET.get("undo", ""),
        "tab": "judging",
        "subtab": "assign",
    }
    return render(request, "judging/board.html", facts)


def board_judges(contest: Contest, rubric: Rubric) -> list[Judge]:
    """Of the track, and whoever has something of it."""
    rows = contest.judges.select_related("person").prefetch_related("tracks", "subjects").order_by("code")
    having = set(rubric.round.assignments.filter(entry__track=rubric.track).values_list("judge", flat=True))
    return [
        one
        for one in rows
        if one.pk in having
        or (one.is_active and (not one.tracks.all() or rubric.track_id in {track.pk for track in one.tracks.all()}))
    ]


def board_rows(rubric: Rubric, entries: list[Entry], judges: list[Judge], loads: Counter[int]) -> list[BoardRow]:
    reasons = conflict_reasons(rubric.round.contest)
    rows = with_sheets(Assignment.objects.filter(round=rubric.round, entry__in=entries))
    pairs = {(one.entry_id, one.judge_id): one for one in rows}
    found = []
    for entry in entries:
        cells = [cell_of(entry, one, pairs, reasons, loads) for one in judges]
        found.append(BoardRow(entry, cells, sum(one.kind in ("assigned", "done", "begun") for one in cells)))
    return found


def cell_of(
    entry: Entry,
    judge: Judge,
    pairs: dict[tuple[int, int], Assignment],
    reasons: dict[tuple[int, int], ConflictReason],
    loads: Counter[int],
) -> Cell:
    assignment = pairs.get((entry.pk, judge.pk))
    reason = reasons.get((judge.pk, entry.pk))
    if assignment is not None:
        sheet = first_sheet(assignment)
        if sheet is not None:
            kind = "recused" if sheet.state == SheetState.RECUSED else "done"
            return Cell(judge, kind, str(sheet.get_state_display()), assignment)
        if reason:
            return Cell(judge, "conflict", str(reason.label), assignment)
        kind = "begun" if hasattr(assignment, "draft") else "assigned"
        return Cell(judge, kind, str(_("has begun") if kind == "begun" else _("assigned")), assignment)
    if reason:
        return Cell(judge, "barred", str(reason.label))
    if judge.max_load and loads[judge.pk] >= judge.max_load:
        return Cell(judge, "full", str(_("full")))
    knows = entry.subject_id is not None and entry.subject_id in {one.pk for one in judge.subjects.all()}
    return Cell(judge, "expert" if knows else "free", str(_("knows the subject") if knows else _("free")))


@require_POST
@allowed(why_not_assign_judges, find_contest)
def board_do(request: SignedIn, contest: Contest, track: int, place: int) -> HttpResponse:
    """Add or take away; the next page offers to undo it."""
    rubrics = Rubric.objects.select_related("round", "track")
    rubric = get_object_or_404(rubrics, round__contest=contest, round__order=place, track__order=track)
    to = reverse("assign-board", args=[contest.key, track, place])
    page = request.POST.get("page", "")
    try:
        with events.via(Via.WEB):
            told, undo = moved(request, contest, rubric)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(f"{to}?page={page}" if page.isdecimal() else to)
    messages.success(request, told)
    return redirect(f"{to}?undo={undo}" + (f"&page={page}" if page.isdecimal() else ""))


def moved(request: SignedIn, contest: Contest, rubric: Rubric) -> tuple[str, str]:
    """What was done, and the word that undoes it: <add|take>.<judge>.<entry>."""
    words = (request.POST.get("do", "") + "..").split(".")
    now, by = timezone.now(), request.user
    judge: Judge = get_object_or_404(contest.judges, key=words[1])
    entry: Entry = get_object_or_404(contest.entries, key=words[2], track=rubric.track)
    facts = {"judge": judge.code, "number": entry.number}
    if words[0] == "add":
        services.add_assignment(one=rubric.round, entry=entry, judge=judge, by=by, at=now)
        return _("%(judge)s marks %(number)s.") % facts, f"take.{judge.key}.{entry.key}"
    assignment = get_object_or_404(Assignment, round=rubric.round, judge=judge, entry=entry)
    services.take_assignment(assignment=assignment, by=by, at=now)
    return _("%(judge)s does not mark %(number)s any more.") % facts, f"add.{judge.key}.{entry.key}"
