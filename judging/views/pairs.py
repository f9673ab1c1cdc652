"""Judges and entries of one track in one round, pair by pair: add, take away, move, swap, and undo."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

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
from judging.conflicts import Panels, conflict_reasons, panels_of
from judging.limits import Limits, limits_of
from judging.models import Assignment, Judge, Rubric
from judging.pairing import warnings_of_pair
from judging.services.assignments import add_assignment, take_assignment
from judging.sheet_rows import first_sheet, with_sheets
from judging.states import ConflictReason, JudgeState, SheetState
from judging.views.exchanging import MODE, Choice, brought_back, choice_of, exchanged

ROWS = 50
SIGNS = {
    "assigned": "●", "done": "✓", "begun": "◐", "reopened": "↺", "recused": "⊘", "left": "–", "conflict": "⚠",
    "free": "+", "full": "+", "crowded": "⊕", "outside": "○", "expert": "★", "barred": "▨", "out": "",
}  # fmt: skip
CHOSEN = "◎"
BY_STATE = {SheetState.SUBMITTED: "done", SheetState.REOPENED: "reopened", SheetState.RECUSED: "recused"}
MARKING = ("assigned", "begun", "done")
HAVING = (*MARKING, "reopened")
TAKEN_AWAY = ("assigned", "conflict", "left")
ADDED = ("expert", "free", "full", "crowded", "outside")


@dataclass(frozen=True)
class Cell:
    """One judge and one entry. `word` says what the sign says; the rest is what a click does, blank where nothing.

    do     adds or takes away
    pair   chooses this assignment
    to     gives it the chosen one, or exchanges with it
    """

    kind: str
    word: str
    do: str = ""
    pair: str = ""
    to: str = ""
    is_chosen: bool = False

    @property
    def sign(self) -> str:
        """None where somebody could be added and nobody may."""
        if self.is_chosen:
            return CHOSEN
        return SIGNS[self.kind] if self.do or self.to or self.kind not in ADDED else ""


@dataclass(frozen=True)
class Row:
    """An entry with every judge; `beyond` says of which institution or district it has too many."""

    entry: Entry
    cells: list[Cell]
    beyond: list[str]

    @property
    def have(self) -> int:
        return sum(one.kind in MARKING for one in self.cells)


@require_GET
@allowed(why_not_organise, find_contest)
def board(request: SignedIn, contest: Contest, track: int, place: int) -> HttpResponse:
    """Judges and entries of one track in one round."""
    rubrics = Rubric.objects.marked().select_related("round", "track")
    rubric = get_object_or_404(rubrics, round__contest=contest, round__order=place, track__order=track)
    places = rubric.round.round_entries.taking_part()
    entries = Entry.objects.countable().filter(round_entries__in=places, track=rubric.track).order_by("order")
    page = Paginator(entries, ROWS).get_page(request.GET.get("page"))
    judges = board_judges(contest, rubric)
    loads = Counter(Assignment.objects.filter(round__contest=contest).values_list("judge", flat=True))
    closed = why_not_assign_judges(request.user, contest, at=timezone.now())
    choice = None if closed else choice_of(request, rubric)
    pairs = pairs_of(rubric, list(page), judges, loads, closed, choice)
    rows = [pairs.row(entry, judges) for entry in page]
    record_look(request.user, "judges", contest, at=timezone.now())
    facts = {
        "contest": contest,
        "rubric": rubric,
        "page": page,
        "judges": [(one, loads[one.pk]) for one in judges],
        "rows": rows,
        "closed": closed,
        "choice": choice,
        "targets": [cell for row in rows for cell in row.cells if cell.to],
        "undo": request.GET.get("undo", ""),
        "tab": "judging",
        "subtab": "assign",
    }
    return render(request, "judging/board.html", facts)


def board_judges(contest: Contest, rubric: Rubric) -> list[Judge]:
    """Of the track, and whoever has something of it."""
    rows = contest.judges.select_related("person", "district").prefetch_related("tracks", "subjects").order_by("code")
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
    limits: Limits
    panels: Panels
    choice: Choice | None = None

    def row(self, entry: Entry, judges: list[Judge]) -> Row:
        kinds = [self.kind_of(entry, one) for one in judges]
        counts = self.limits.counts(one for one, (kind, _why) in zip(judges, kinds, strict=True) if kind in HAVING)
        cells = [
            self.cell(entry, one, self.warned(kind, entry, one, counts), why)
            for one, (kind, why) in zip(judges, kinds, strict=True)
        ]
        return Row(entry, cells, self.limits.beyond(counts))

    def warned(self, kind: str, entry: Entry, judge: Judge, counts: Counter[tuple[str, str]]) -> str:
        """The same kind, or why a free judge would not be chosen by the assigner."""
        if kind not in ("expert", "free"):
            return kind
        if not self.panels.is_meant(entry, judge):
            return "outside"
        return kind if self.limits.has_room(counts, judge) else "crowded"

    def cell(self, entry: Entry, judge: Judge, kind: str, why: str) -> Cell:
        word = f"{judge.code} × {entry.number}: {why or self.words[kind]}"
        if self.choice is not None:
            return self.chooser(self.choice, entry, judge, Cell(kind, word))
        step = "take" if kind in TAKEN_AWAY else "add" if kind in ADDED else ""
        if not step or self.closed:
            return Cell(kind, word)
        return Cell(kind, f"{word} – {self.words[step]}", f"{step}.{judge.key}.{entry.key}")

    def chooser(self, choice: Choice, entry: Entry, judge: Judge, cell: Cell) -> Cell:
        """First any assignment that may change hands; then who takes it, or what is given for it."""
        assignment = self.assignments.get((entry.pk, judge.pk))
        if assignment is None:
            to = choice.may_come(cell.kind, entry, judge, added=ADDED)
            return replace(cell, to=to, word=f"{cell.word} – {self.words['move']}") if to else cell
        if choice.pair is not None and assignment.pk == choice.pair.pk:
            return replace(cell, is_chosen=True)
        if cell.kind not in TAKEN_AWAY:
            return cell
        if choice.pair is None:
            return replace(cell, pair=assignment.key, word=f"{cell.word} – {self.words['choose']}")
        to = choice.may_swap(assignment, self.assignments, self.reasons, self.out)
        return replace(cell, to=to, word=f"{cell.word} – {self.words['swap']}") if to else cell

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
    rubric: Rubric,
    entries: list[Entry],
    judges: list[Judge],
    loads: Counter[int],
    closed: Denial | None,
    choice: Choice | None,
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
            "free": _("free"), "crowded": _("too many of one institution or district"),
            "outside": _("in no panel of this entry"),
            "left": _("judges here no more"), "out": _("judges here no more"), "take": _("take away"), "add": _("add"),
            "move": _("move here"), "swap": _("swap"), "choose": _("move or swap"),
        },
        limits=limits_of(rubric.round.contest),
        panels=panels_of(rubric.round.contest, rubric.track_id),
        choice=choice,
    )  # fmt: skip


@require_POST
@allowed(why_not_assign_judges, find_contest)
def board_do(request: SignedIn, contest: Contest, track: int, place: int) -> HttpResponse:
    """Add, take away, move or swap; the next page offers to undo it."""
    rubrics = Rubric.objects.marked().select_related("round", "track")
    rubric = get_object_or_404(rubrics, round__contest=contest, round__order=place, track__order=track)
    to = reverse("assign-board", args=[contest.key, track, place])
    page = request.POST.get("page", "")
    said = {"page": page} if page.isdecimal() else {}
    if request.POST.get("mode") == MODE:
        said["mode"] = MODE
    try:
        with events.via(Via.WEB):
            told, undo = moved(request, contest, rubric)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(f"{to}?{urlencode(said)}")
    messages.success(request, told)
    return redirect(f"{to}?{urlencode(said | ({'undo': undo} if undo else {}))}")


def moved(request: SignedIn, contest: Contest, rubric: Rubric) -> tuple[str, str]:
    """What was done, and the word that undoes it: <add|take>.<judge>.<entry>, or of an exchange back.<event>."""
    words = (request.POST.get("do", "") + "..").split(".")
    if words[0] in ("move", "swap"):
        return exchanged(request, rubric, words)
    if words[0] == "back":
        return brought_back(request, contest, words)
    now, by = timezone.now(), request.user
    judge: Judge = get_object_or_404(contest.judges, key=words[1])
    entry: Entry = get_object_or_404(contest.entries, key=words[2], track=rubric.track)
    facts = {"judge": judge.code, "number": entry.number}
    if words[0] == "add":
        made = add_assignment(one=rubric.round, entry=entry, judge=judge, by=by, at=now)
        for word in warnings_of_pair(rubric, made):
            messages.warning(request, f"{entry.number}: {word}")
        return _("%(judge)s marks %(number)s.") % facts, f"take.{judge.key}.{entry.key}"
    assignment = get_object_or_404(Assignment, round=rubric.round, judge=judge, entry=entry)
    take_assignment(assignment=assignment, by=by, at=now)
    return _("%(judge)s does not mark %(number)s any more.") % facts, f"add.{judge.key}.{entry.key}"
