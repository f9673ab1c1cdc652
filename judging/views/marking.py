"""One entry as its judge reads and marks it. Everything here works without JavaScript; with it the page saves itself,
goes on without a network and sends what it kept (judging/static/judging/marking.js)."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from competition import events
from competition.core.tokens import random_key
from competition.errors import Denial, Refused
from competition.states import Via
from competition.views.doors import SignedIn, allowed
from judging.access import why_not_change, why_not_read, why_not_see_work
from judging.forms.marking import QuestionForm, RecuseForm, clean, typed_from
from judging.models import Assignment, Judge, Rubric
from judging.selectors import draft_of
from judging.services import marking
from judging.sheet_rows import SheetRow, criterion_rows, own_spread, row_of, rows_of_judge, typed_marks
from judging.states import QuestionKind
from judging.views.finding import find_assignment, find_judge
from judging.views.materials import shown_to_judges
from judging.views.wall import back_of, way_of


def rubric_of(assignment: Assignment) -> Rubric:
    rubrics = Rubric.objects.select_related("round", "track").prefetch_related("criteria")
    return get_object_or_404(rubrics, round=assignment.round_id, track=assignment.entry.track_id)


@require_http_methods(["GET", "POST"])
@allowed(why_not_see_work, find_assignment)
def work(request: SignedIn, assignment: Assignment) -> HttpResponse:
    if request.method == "POST":
        return sent(request, assignment)
    return page(request, assignment, {})


def page(request: SignedIn, assignment: Assignment, said: dict[str, Any], refused: str = "") -> HttpResponse:
    """said     what was typed and is not saved; otherwise the draft, or the sheet that stands"""
    rubric, draft = rubric_of(assignment), draft_of(assignment)
    sheet = assignment.sheets.current().prefetch_related("marks").first()
    values = typed_marks(draft.marks, rubric) if draft else {}
    closed = why_not_change(assignment, at=timezone.now())
    if closed and sheet is not None:
        values = typed_marks({str(one.criterion_id): one.points for one in sheet.marks.all()}, rubric)
    row = row_of(assignment, sheet if closed else None, rubric)
    values |= {name: value for name, value in said.items() if name.startswith("mark-")}
    facts = {
        "judge": assignment.judge,
        "contest": assignment.judge.contest,
        "assignment": assignment,
        "entry": assignment.entry,
        "materials": shown_to_judges(assignment.entry),
        "criteria": criterion_rows(rubric, values),
        "maximum": row.maximum,
        "marked": row.total,
        "draft": draft,
        "comment": said.get("comment", draft.comment if draft else sheet.comment if sheet else ""),
        "feedback": said.get("feedback", draft.feedback if draft else sheet.feedback if sheet else ""),
        "sheet": sheet,
        "closed": closed,
        "refused": refused,
        "spread": own_spread(assignment.judge, rubric),
        "recuse": RecuseForm(),
        "question": QuestionForm(),
        "questions": assignment.questions.all(),
        "way": way_of(request, assignment),
        "saves": [random_key() for each in range(3)],
    }
    return render(request, "judging/work.html", facts, status=422 if refused else 200)


def sent(request: SignedIn, assignment: Assignment) -> HttpResponse:
    """Without JavaScript: one form, several buttons."""
    said = request.POST.dict()
    common = {
        "assignment": assignment,
        "save": clean(said.get("save"))[:40] or random_key(),
        "by": request.user,
        "at": timezone.now(),
    }
    try:
        with events.via(Via.WEB):
            done = DOING.get(said.get("do", ""), save)(said, common)
    except Refused as fault:
        return page(request, assignment, said, str(fault))
    messages.success(request, done)
    is_over = said.get("do") in ("submit", "recuse")
    return redirect(back_of(request, assignment) if is_over else request.get_full_path())


def base_of(said: dict[str, Any]) -> int:
    text = said.get("base", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


def save(said: dict[str, Any], common: dict[str, Any]) -> str:
    typed = typed_from(said, rubric_of(common["assignment"]))
    marking.save_draft(typed=typed, base=base_of(said), **common)
    return _("Saved. It counts when you hand it in.")


def submit(said: dict[str, Any], common: dict[str, Any]) -> str:
    typed = typed_from(said, rubric_of(common["assignment"]))
    marking.submit_sheet(typed=typed, base=base_of(said), **common)
    return _("Handed in: %(number)s.") % {"number": common["assignment"].entry.number}


def step_back(said: dict[str, Any], common: dict[str, Any]) -> str:
    form = RecuseForm(said)
    if not form.is_valid():
        raise Refused(Denial("say-why"))
    marking.recuse(reason=form.cleaned_data["reason"], **common)
    return _("You do not judge %(number)s. The office finds somebody else.") % {
        "number": common["assignment"].entry.number
    }


def ask(said: dict[str, Any], common: dict[str, Any]) -> str:
    form = QuestionForm(said)
    if not form.is_valid():
        raise Refused(Denial("say-what"))
    kind = QuestionKind(form.cleaned_data["kind"])
    marking.ask_question(kind=kind, text=form.cleaned_data["text"], **common)
    return _("The office has your question. It changes no mark.")


DOING: dict[str, Callable[[dict[str, Any], dict[str, Any]], str]] = {
    "save": save,
    "submit": submit,
    "recuse": step_back,
    "ask": ask,
}


@require_GET
@allowed(why_not_read, find_judge)
def compare(request: SignedIn, judge: Judge) -> HttpResponse:
    """Two entries of the pile beside each other, with what this judge gave them."""
    rows = [row for row in rows_of_judge(judge) if row.is_readable]
    chosen = [next((row for row in rows if row.assignment.key == request.GET.get(name)), None) for name in ("a", "b")]
    facts = {"judge": judge, "contest": judge.contest, "rows": rows, "sides": [one and side_of(one) for one in chosen]}
    return render(request, "judging/compare.html", facts)


def side_of(row: SheetRow) -> dict[str, Any]:
    rubric, draft = rubric_of(row.assignment), draft_of(row.assignment)
    stored = draft.marks if draft else {}
    if row.sheet is not None and not draft:
        stored = {str(one.criterion_id): one.points for one in row.sheet.marks.all()}
    criteria = criterion_rows(rubric, typed_marks(stored, rubric))
    return {"row": row, "criteria": criteria, "materials": shown_to_judges(row.assignment.entry)}


@require_http_methods(["GET", "POST"])
@allowed(why_not_read, find_judge)
def review(request: SignedIn, judge: Judge) -> HttpResponse:
    """Everything that is typed and not handed in, once more under the eyes, and handed in with one step."""
    if request.method == "POST":
        return handed_in(request, judge)
    rows = rows_of_judge(judge)
    facts = {
        "judge": judge,
        "contest": judge.contest,
        "rows": [row for row in rows if row.is_ready],
        "unfinished": sum(not row.is_done and not row.is_ready for row in rows),
    }
    return render(request, "judging/review.html", facts)


def handed_in(request: SignedIn, judge: Judge) -> HttpResponse:
    """One after the other: what is refused stays a draft, and the others are in."""
    done = 0
    chosen = request.POST.getlist("work")
    for assignment in judge.assignments.filter(key__in=chosen).select_related("entry"):
        base = base_of({"base": request.POST.get(f"base-{assignment.key}", "")})
        who: dict[str, Any] = {"by": request.user, "at": timezone.now()}
        try:
            with events.via(Via.WEB):
                marking.submit_draft(assignment=assignment, base=base, save=random_key(), **who)
            done += 1
        except Refused as fault:
            messages.error(request, f"{assignment.entry.number}: {fault}")
    if done:
        said = ngettext("%(count)s sheet is handed in.", "%(count)s sheets are handed in.", done)
        messages.success(request, said % {"count": done})
    elif not chosen:
        messages.error(request, _("No sheet was chosen. Nothing was handed in."))
    return redirect("judge" if done else "review", judge.key)
