"""Sheets of paper: found by their code or by the numbers on them, and typed; one hand on the keys, one on the pile."""

import re
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from competition import parts
from competition.access import why_not_organise
from competition.core.tokens import KEY_LENGTH, random_key
from competition.errors import Refused
from competition.events import record_look
from competition.models import Contest
from competition.views.doors import SignedIn, allowed, answer
from competition.views.finding import find_contest
from competition.wording import in_a_row
from judging.access import why_not_enter_paper, why_not_keep_judges
from judging.forms.marking import clean, typed_from
from judging.forms.paper import FindSheetForm, PaperTotalForm
from judging.models import Assignment, PaperReading, Sheet
from judging.selectors import reads_twice
from judging.services import paper as services
from judging.services.marking import marks_in
from judging.services.setting_aside import begun_draft
from judging.sheet_rows import criterion_rows, typed_marks
from judging.states import SheetState
from judging.views.marking import rubric_of

CODE = re.compile(rf"(?:^|/)([a-z2-7]{{{KEY_LENGTH}}})/?$", re.IGNORECASE)
LAST = 10


def in_full() -> QuerySet[Assignment]:
    return Assignment.objects.select_related("round__contest", "judge__person", "judge__contest", "entry__track")


def find_sheet_of_paper(request: HttpRequest, key: str, work: str) -> Assignment:
    return get_object_or_404(in_full(), round__contest__key=key, key=work)


def find_by_code(request: HttpRequest, work: str) -> Assignment:
    return get_object_or_404(in_full(), key=work)


def organises_sheet(user: Any, assignment: Assignment, *, at: Any) -> Any:
    return why_not_organise(user, assignment.round.contest, at=at)


def sheet_url(assignment: Assignment) -> str:
    return reverse("paper-sheet", args=[assignment.round.contest.key, assignment.key])


@require_GET
@allowed(organises_sheet, find_by_code)
def code(request: SignedIn, assignment: Assignment) -> HttpResponse:
    """What the code on a sheet opens."""
    return redirect(sheet_url(assignment))


@require_GET
@allowed(why_not_organise, find_contest)
def paper(request: SignedIn, contest: Contest) -> HttpResponse:
    """Where every sheet begins: scan or type, see what is still to be settled and what came in last."""
    form = FindSheetForm(request.GET if "q" in request.GET else None)
    found = matching(contest, form.cleaned_data["q"]) if form.is_valid() else []
    if len(found) == 1:
        return redirect(sheet_url(found[0]))
    record_look(request.user, "judges", contest, at=timezone.now())
    typed = Sheet.objects.filter(assignment__round__contest=contest, save_key__startswith="paper-")
    typed = typed.select_related("assignment__entry", "assignment__judge", "assignment__round")
    readings = PaperReading.objects.filter(assignment__round__contest=contest)
    facts = {
        "contest": contest,
        "form": form,
        "found": found,
        "count": typed.filter(state=SheetState.SUBMITTED).count(),
        "last": typed.order_by("-submitted_at", "-pk")[:LAST],
        "waiting": waiting_of(readings, request.user),
        "twice": reads_twice(contest),
        "closed": why_not_keep_judges(request.user, contest, at=timezone.now()),
        "tab": "judging",
        "subtab": "paper",
    }
    return render(request, "judging/paper.html", facts)


def matching(contest: Contest, words: str) -> list[Assignment]:
    """By the key in a scanned address; else by the code of a judge and the number of an entry, in any order."""
    rows = in_full().filter(round__contest=contest)
    if scanned := CODE.search(words.strip()):
        return list(rows.filter(key=scanned.group(1).lower()))
    parts = [one for one in re.split(r"[\s,，、/×]+", words.strip()) if one]
    if len(parts) != 2:
        return []
    one, other = parts
    pair = Q(judge__code__iexact=one, entry__number__iexact=other)
    pair |= Q(judge__code__iexact=other, entry__number__iexact=one)
    named = list(rows.filter(pair).order_by("round__order"))
    still_open = [row for row in named if not row.sheets.standing().exists()]
    return still_open or named


def waiting_of(readings: QuerySet[PaperReading], user: Any) -> list[dict[str, Any]]:
    """Sheets that one person has read, or that two have read differently."""
    found: dict[int, dict[str, Any]] = {}
    rows = readings.select_related("by", "assignment__entry", "assignment__judge", "assignment__round__contest")
    for one in rows:
        line = found.setdefault(one.assignment_id, {"assignment": one.assignment, "by": [], "is_mine": False})
        line["by"].append(one.by.name)
        line["is_mine"] |= one.by_id == user.pk
    return sorted(found.values(), key=lambda line: (-len(line["by"]), line["assignment"].pk))


@require_http_methods(["GET", "POST"])
@allowed(organises_sheet, find_sheet_of_paper)
def sheet(request: SignedIn, assignment: Assignment) -> HttpResponse:
    """One sheet: its criteria in the order of the paper, then the total that stands there."""
    total = PaperTotalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and total.is_valid():
        try:
            return entered(request, assignment, total)
        except Refused as fault:
            return sheet_page(request, assignment, total, request.POST.dict(), fault)
    return sheet_page(request, assignment, total, request.POST.dict())


def entered(request: SignedIn, assignment: Assignment, total: PaperTotalForm) -> HttpResponse:
    """On to the next one; where a list is there already, first who would move by it."""
    said = request.POST.dict()
    do = partial(
        services.enter_paper,
        assignment=assignment,
        typed=typed_from(said, rubric_of(assignment)),
        total=total.said(),
        save=clean(said.get("save"))[:34] or random_key(),
        sets_aside="sets_aside" in said,
        reason=clean(said.get("reason")),
        by=request.user,
        at=timezone.now(),
    )
    name = f"{assignment.judge.code} × {assignment.entry.number}"
    heading, button = _("Sheet %(sheet)s is typed") % {"sheet": name}, _("Enter the sheet")
    made: list[Sheet | None] = []
    page: HttpResponse | None = parts.page_before(
        request, assignment.round.contest, lambda: made.append(do()), to=sheet_url(assignment), heading=heading,
        button=button,
    )  # fmt: skip
    if page is None:
        say_entered(request, assignment, name, made[-1])
    return page or redirect("paper", assignment.round.contest.key)


def say_entered(request: SignedIn, assignment: Assignment, name: str, made: Sheet | None) -> None:
    if made is not None:
        messages.success(request, _("%(sheet)s is recorded.") % {"sheet": name})
    elif differing := services.differences(assignment):
        facts = {"sheet": name, "criteria": in_a_row([one.label for one in differing])}
        messages.warning(
            request,
            _(
                "%(sheet)s: two people have read something else under %(criteria)s. Both look at the paper again and "
                "type it anew; it counts when two agree."
            )
            % facts,
        )
    else:
        messages.success(
            request, _("%(sheet)s is kept. It counts when another person has read the same.") % {"sheet": name}
        )


def sheet_page(
    request: SignedIn, assignment: Assignment, total: PaperTotalForm, said: dict[str, str], fault: Refused | None = None
) -> HttpResponse:
    rubric = rubric_of(assignment)
    mine = assignment.readings.filter(by=request.user).first()
    values = typed_marks(mine.marks, rubric) if mine else {}
    values |= {name: value for name, value in said.items() if name.startswith("mark-")}
    record_look(request.user, "sheet", assignment.entry, at=timezone.now())
    aside = services.draft_aside(assignment)
    facts = {
        "contest": assignment.round.contest,
        "assignment": assignment,
        "criteria": criterion_rows(rubric, values),
        "faults": dict(fault.denial.fields or {}) if fault else {},
        "refused": str(fault) if fault else "",
        "total": total,
        "may_be_wrong": (fault is not None and fault.denial.code == "total-differs") or "is_wrong" in said,
        "comment": said.get("comment", mine.comment if mine else ""),
        "feedback": said.get("feedback", mine.feedback if mine else ""),
        "closed": why_not_enter_paper(request.user, assignment, at=timezone.now(), sets_aside=True),
        "begun": begun_draft(assignment),
        "aside": aside,
        "aside_marks": criterion_rows(rubric, typed_marks(marks_in(aside), rubric)) if aside else [],
        "sets_aside": "sets_aside" in said,
        "reason": said.get("reason", ""),
        "differing": services.differences(assignment),
        "save": said.get("save") or random_key(),
    }
    return render(request, "judging/paper_sheet.html", facts, status=422 if request.method == "POST" else 200)


@require_POST
@allowed(organises_sheet, find_sheet_of_paper)
def bring_back(request: SignedIn, assignment: Assignment) -> HttpResponse:
    """The draft that was set aside."""
    reason = clean(request.POST.get("reason"))
    do = partial(services.bring_back_draft, assignment=assignment, reason=reason, by=request.user, at=timezone.now())
    to = sheet_url(assignment)
    heading, button = _("The draft is brought back"), _("Bring the draft back")
    try:
        page: HttpResponse | None = parts.page_before(
            request, assignment.round.contest, do, to=to, heading=heading, button=button
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(to)
    if page is None:
        messages.success(request, _("The draft is back. The paper counts no more."))
    return page or redirect(to)


@require_POST
@allowed(why_not_keep_judges, find_contest)
def rule(request: SignedIn, contest: Contest) -> HttpResponse:
    """One person or two."""
    twice = request.POST.get("twice") == "on"
    do = partial(services.save_paper_rule, contest=contest, twice=twice, by=request.user, at=timezone.now())
    done = ngettext("One person types each sheet.", "Two people type each sheet.", 2 if twice else 1)
    return answer(request, do, reverse("paper", args=[contest.key]), str(done))
