"""A judge practises: a work that is no entry, the same rubric, marks that count nowhere. Only with a network."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from competition import events
from competition.errors import Refused
from competition.inspection import FileKind
from competition.models import StoredFile
from competition.states import Via
from competition.views.doors import SignedIn, allowed
from competition.views.downloads import stored
from competition.views.previews import preview_page
from judging.access_to_practice import (
    PracticeOfJudge,
    WorkOfJudge,
    why_not_compare_practice,
    why_not_mark_practice,
    why_not_practise,
)
from judging.forms.marking import typed_from
from judging.models import Judge, PracticeFile, PracticeSet, PracticeSheet, PracticeWork, Rubric
from judging.practice_compared import compared_for, marks_in
from judging.practising import practice_sets_of, rubric_of_practice, scale_of
from judging.services.practising import save_practice_sheet
from judging.sheet_rows import criterion_rows, total_text, typed_marks
from judging.views.finding import find_practice, find_practice_work
from judging.views.practice import named


@dataclass(frozen=True)
class ToPractise:
    """A section on the judge's pile: the works with whether they are saved or handed in."""

    practice: PracticeSet
    works: list[tuple[PracticeWork, str]]
    is_shown: bool

    @property
    def is_waiting(self) -> bool:
        """The first real work does not open yet."""
        return self.practice.is_first and self.next is not None

    @property
    def next(self) -> PracticeWork | None:
        return next((work for work, state in self.works if state != "done"), None)


def to_practise(judge: Judge) -> list[ToPractise]:
    return [section_of(one, judge) for one in practice_sets_of(judge)]


def section_of(one: PracticeSet, judge: Judge) -> ToPractise:
    scale = scale_of(rubric_of_practice(one))
    sheets = PracticeSheet.objects.filter(work__practice=one, judge=judge, scale=scale)
    states = {sheet.work_id: "done" if sheet.handed_in_at else "begun" for sheet in sheets}
    works = [(work, states.get(work.pk, "")) for work in one.works.all()]
    return ToPractise(one, works, one.released_at is not None and "done" in states.values())


@dataclass(frozen=True)
class Copy:
    """A file as it is shown: like those of entries."""

    key: str
    name: str
    pages: range


def copies_of(work: PracticeWork) -> list[Copy]:
    return [Copy(one.key, named(one), pages_of(one.copy)) for one in work.files.select_related("copy", "work")]


def pages_of(copy: StoredFile) -> range:
    can_be_drawn = copy.kind in (FileKind.PDF, FileKind.IMAGE)
    return range(1, (copy.pages or 1) + 1) if can_be_drawn else range(0)


@require_http_methods(["GET", "POST"])
@allowed(why_not_practise, find_practice_work)
def practise(request: SignedIn, mine: WorkOfJudge) -> HttpResponse:
    rubric = rubric_of_practice(mine.work.practice)
    if request.method == "GET":
        return page(request, mine, rubric)
    said, hands_in = request.POST.dict(), request.POST.get("do") == "submit"
    try:
        marks = typed_from(said, rubric).marks
        with events.via(Via.WEB):
            save_practice_sheet(
                judge=mine.judge, work=mine.work, marks=marks, hands_in=hands_in, by=request.user, at=timezone.now()
            )
    except Refused as refused:
        return page(request, mine, rubric, {k: str(v) for k, v in said.items()}, str(refused))
    messages.success(request, _("Handed in, for practice.") if hands_in else _("Saved, for practice."))
    return redirect("judge", mine.judge.key) if hands_in else redirect("practise", mine.judge.key, mine.work.key)


def page(
    request: SignedIn, mine: WorkOfJudge, rubric: Rubric, said: dict[str, str] | None = None, refused: str = ""
) -> HttpResponse:
    """said   what was typed and is not saved"""
    sheets = PracticeSheet.objects.filter(work=mine.work, judge=mine.judge, scale=scale_of(rubric))
    sheet = sheets.prefetch_related("marks").first()
    marks = marks_in(sheet) if sheet else {}
    values = typed_marks({str(pk): points for pk, points in marks.items()}, rubric) if said is None else said
    criteria = list(rubric.criteria.all())
    facts: dict[str, Any] = {
        "judge": mine.judge,
        "contest": mine.judge.contest,
        "work": mine.work,
        "practice": mine.work.practice,
        "files": copies_of(mine.work),
        "criteria": criterion_rows(rubric, values),
        "total": total_text(marks, criteria, rubric.places),
        "maximum": total_text({one.pk: one.maximum for one in criteria}, criteria, rubric.places),
        "closed": why_not_mark_practice(request.user, mine, at=timezone.now()),
        "refused": refused,
    }
    return render(request, "judging/practise.html", facts, status=422 if refused else 200)


def file_of(mine: WorkOfJudge, key: str) -> PracticeFile:
    return get_object_or_404(PracticeFile.objects.select_related("copy", "work"), work=mine.work, key=key)


@require_GET
@allowed(why_not_practise, find_practice_work)
def file(request: HttpRequest, mine: WorkOfJudge, file: str) -> FileResponse:
    found = file_of(mine, file)
    return stored(found.copy, named(found))


@require_GET
@allowed(why_not_practise, find_practice_work)
def file_page(request: HttpRequest, mine: WorkOfJudge, file: str, number: int) -> FileResponse:
    return preview_page(file_of(mine, file).copy, number)


@require_GET
@allowed(why_not_compare_practice, find_practice)
def compared(request: SignedIn, mine: PracticeOfJudge) -> HttpResponse:
    """Own marks beside medians and spreads of the others, and beside what the office would give."""
    rubric = rubric_of_practice(mine.practice)
    found = compared_for(mine.practice, mine.judge, rubric)
    facts = {
        "judge": mine.judge,
        "contest": mine.judge.contest,
        "rubric": rubric,
        "comparison": found.comparison,
        "references": found.references,
    }
    return render(request, "judging/practice_compared.html", facts)
