"""Judges and entries of one track in one round, pair by pair: a person adds, takes away, and undoes it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from competition import events
from competition.access import why_not_organise
from competition.errors import Denial, Refused
from competition.events import record_look
from competition.models import Contest, Entry
from competition.states import Via
from competition.views.doors import SignedIn, allowed
from competition.views.finding import find_contest
from judging.access import why_not_assign_judges
from judging.conflicts import conflict_reasons
from judging.models import Assignment, Judge, Rubric
from judging.selectors import first_sheet, with_sheets
from judging.services.assignments import add_assignment, take_assignment
from judging.states import ConflictReason, JudgeState, SheetState

ROWS = 50
SIGNS = {
    "assigned": "●", "done": "✓", "begun": "◐", "reopened": "↺", "recused": "⊘", "left": "–", "conflict": "⚠",
    "free": "+", "full": "+", "expert": "★", "barred": "▨", "out": "",
}  # fmt: skip
BY_STATE = {SheetState.SUBMITTED: "done", SheetState.REOPENED: "reopened", SheetState.RECUSED: "recused"}
MARKING = ("assigned", "begun", "done")
TAKEN_AWAY = ("assigned", "conflict", "left")
ADDED = ("expert", "free", "full")


@dataclass(frozen=True)
class Cell:
    """One judge and one entry. `word` says what the sign says; `do` is what a click does, blank where nothing."""

    kind: str
    word: str
    do: str = ""

    @property
    def sign(self) -> str:
        """None where somebody could be added and nobody may."""
        return SIGNS[self.kind] if self.do or self.kind not in ADDED else ""


@dataclass(frozen=True)
class Row:
    entry: Entry
    cells: list[Cell]

    @property
    def have(self) -> int:
        return sum(one.kind in MARKING for one in self.cells)


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
    closed = why_not_assign_judges(request.user, contest, at=timezone.now())
    pairs = pairs_of(rubric, list(page), judges, loads, closed)
    record_look(request.user, "judges", contest, at=timezone.now())
    facts = {
        "contest": contest,
        "rubric": rubric,
        "page": page,
        "judges": [(one, loads[one.pk]) for one in judges],
        "rows": [Row(entry, [pairs.cell(entry, one) for one in judges]) for entry in page],
        "closed": closed,
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


@dataclass(frozen=True)
class Pairs:
    """What is known of every judge and entry of the page, so that a cell asks the database nothing."""

    closed: Denial | None
    assignments: Mapping[tuple[int, int], Assignment]
    reasons: Mapping[tuple[int, int], ConflictReason]
    full: frozenset[int]
    out: frozenset[int]
    subjects: Mapping[int, frozenset[int]]
    words: Mapping[str, str]

    def cell(self, entry: Entry, judge: Judge) -> Cell:
        kind, why = self.kind_of(entry, judge)
        word = f"{judge.code} × {entry.number}: {why or self.words[kind]}"
        step = "take" if kind in TAKEN_AWAY else "add" if kind in ADDED else ""
        if not step or self.closed:
            return Cell(kind, word)
        return Cell(kind, f"{word} – {self.words[step]}", f"{step}.{judge.key}.{entry.key}")

    def kind_of(self, entry: Entry, judge: Judge) -> tuple[str, str]:
        """And why, where that is more than the kind says."""
        assignment = self.assignments.get((entry.pk, judge.pk))
        reason = self.reasons.get((judge.pk, entry.pk))
        if assignment is not None:
            sheet = first_sheet(assignment)
            if sheet is not None:
                return BY_STATE[SheetState(sheet.state)], str(sheet.get_state_display())
            if reason:
                return "conflict", str(reason.label)
            if judge.pk in self.out:
                return "left", ""
            return "begun" if hasattr(assignment, "draft") else "assigned", ""
        if reason:
            return "barred", str(reason.label)
        if judge.pk in self.out:
            return "out", ""
        if judge.pk in self.full:
            return "full", ""
        return "expert" if entry.subject_id in self.subjects[judge.pk] else "free", ""


def pairs_of(
    rubric: Rubric, entries: list[Entry], judges: list[Judge], loads: Counter[int], closed: Denial | None
) -> Pairs:
    rows = with_sheets(Assignment.objects.filter(round=rubric.round, entry__in=entries))
    return Pairs(
        closed=closed,
        assignments={(one.entry_id, one.judge_id): one for one in rows},
        reasons=conflict_reasons(rubric.round.contest),
        out=frozenset(one.pk for one in judges if not one.is_active or one.state == JudgeState.DECLINED),
        full=frozenset(one.pk for one in judges if one.max_load and loads[one.pk] >= one.max_load),
        subjects={one.pk: frozenset(subject.pk for subject in one.subjects.all()) for one in judges},
        words={
            "begun": _("has begun"), "assigned": _("assigned"), "full": _("full"), "expert": _("knows the subject"),
            "free": _("free"), "left": _("judges here no more"),
            "out": _("judges here no more"), "take": _("take away"), "add": _("add"),
        },
    )  # fmt: skip


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
        add_assignment(one=rubric.round, entry=entry, judge=judge, by=by, at=now)
        return _("%(judge)s marks %(number)s.") % facts, f"take.{judge.key}.{entry.key}"
    assignment = get_object_or_404(Assignment, round=rubric.round, judge=judge, entry=entry)
    take_assignment(assignment=assignment, by=by, at=now)
    return _("%(judge)s does not mark %(number)s any more.") % facts, f"add.{judge.key}.{entry.key}"
