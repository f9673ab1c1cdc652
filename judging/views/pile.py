"""A judge's own pile. No author, school, district, tutor or original file is ever near these pages."""

from collections.abc import Sequence
from functools import partial

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from competition import events
from competition.access import why_not_anyone
from competition.errors import Refused
from competition.services.accounts import set_password
from competition.states import ContestState, Via
from competition.views.doors import SignedIn, allowed, answer
from judging.access import (
    CommonOfJudge,
    why_not_answer_invitation,
    why_not_compare_commons,
    why_not_in_round,
    why_not_see_pile,
    why_not_see_sheet,
)
from judging.forms.panel import AnswerForm, DeclineForm
from judging.models import CommonSet, Judge, Question, Round, Sheet
from judging.services.panel import accept_invitation, decline_invitation
from judging.sheet_rows import SheetRow, place_of, row_of, rows_of_judge, rubrics_of
from judging.states import JudgeState
from judging.views.finding import find_judge, find_sheet
from judging.views.practising import to_practise
from judging.views.wall import walls_of

UNANSWERED = (JudgeState.LISTED, JudgeState.INVITED)
OPEN = (ContestState.SETUP, ContestState.ENTRY, ContestState.JUDGING)


@require_safe
@allowed(why_not_see_pile, find_judge)
def pile(request: SignedIn, judge: Judge) -> HttpResponse:
    """Who has not answered the invitation yet, does that first. HEAD: a device asks whether it is still let in."""
    contest = judge.contest
    if judge.is_active and judge.state in UNANSWERED and contest.state in OPEN:
        return redirect("judge-answer", judge.key)
    rows = shown_rows(judge)
    is_read = judge.state == JudgeState.ACCEPTED and contest.state in (ContestState.JUDGING, ContestState.DECISION)
    practice = to_practise(judge) if is_read and judge.is_active else []
    rounds = list({row.assignment.round_id: row.assignment.round for row in rows}.values())
    facts = {
        "judge": judge,
        "contest": contest,
        "rows": rows,
        "done": sum(row.is_done for row in rows),
        "total": len(rows),
        "is_read": is_read and judge.is_active,
        "ready": sum(row.is_ready for row in rows),
        "next": next((row for row in rows if not row.is_done and not row.is_later), None) if is_read else None,
        "rounds": [(one, is_over(one)) for one in rounds],
        "is_over": bool(rounds) and all(is_over(one) for one in rounds),
        "has_common": any(row.is_common for row in rows),
        "comes_first": any(row.is_later for row in rows),
        "comparisons": comparisons_for(request, judge, rows),
        "answers": answers_for(judge) if is_read else [],
        "walls": walls_of(judge, rows) if is_read and judge.is_active else [],
        "practice": practice,
        "practises_first": any(one.is_waiting for one in practice),
    }
    return render(request, "judging/pile.html", facts)


def shown_rows(judge: Judge) -> list[SheetRow]:
    """Who judges no more, or has not promised secrecy, sees what they handed in and nothing else."""
    rows = rows_of_judge(judge)
    is_in = judge.is_active and judge.state == JudgeState.ACCEPTED
    return rows if is_in else [row for row in rows if row.sheet is not None]


def is_over(one: Round) -> bool:
    return bool(one.closes_at) and why_not_in_round(one, at=timezone.now()) is not None


def comparisons_for(request: SignedIn, judge: Judge, rows: Sequence[SheetRow]) -> list[CommonSet]:
    """Common entries of which this judge may see how they marked beside the others."""
    sets = CommonSet.objects.filter(round__contest=judge.contest_id, released_at__isnull=False)
    mine, now = {place_of(row) for row in rows if row.is_common}, timezone.now()
    return [
        one
        for one in sets.select_related("round__contest", "track").order_by("round__order", "track__order")
        if (one.round_id, one.track_id) in mine
        and why_not_compare_commons(request.user, CommonOfJudge(judge, one), at=now) is None
    ]


def answers_for(judge: Judge) -> QuerySet[Question]:
    rows = Question.objects.filter(assignment__judge=judge, answered_at__isnull=False)
    return rows.select_related("assignment__entry").order_by("-answered_at")


@require_GET
@allowed(why_not_see_sheet, find_sheet)
def sheet(request: HttpRequest, found: Sheet) -> HttpResponse:
    """The receipt: what was recorded."""
    one = found.assignment
    row = row_of(one, found, rubrics_of([one]).get((one.round_id, one.entry.track_id)))
    others = one.sheets.exclude(pk=found.pk).order_by("version")
    facts = {"judge": one.judge, "contest": one.judge.contest, "row": row, "sheet": found, "others": others}
    return render(request, "judging/sheet.html", facts)


@sensitive_post_parameters("pin")
@require_http_methods(["GET", "POST"])
@allowed(why_not_answer_invitation, find_judge)
def invitation(request: SignedIn, judge: Judge) -> HttpResponse:
    """Yes, with what has to be known before works are seen; or no."""
    form = AnswerForm(judge, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with events.via(Via.WEB):
                accept(request, judge, form)
        except Refused as fault:
            form.add_error("pin" if fault.denial.code in ("pin-too-simple", "weak-password") else None, str(fault))
        else:
            messages.success(request, _("The office has your answer."))
            return redirect("judge", judge.key)
    facts = {"judge": judge, "contest": judge.contest, "form": form, "decline": DeclineForm()}
    return render(request, "judging/answer.html", facts, status=422 if form.errors else 200)


def accept(request: SignedIn, judge: Judge, form: AnswerForm) -> None:
    """The PIN first: who may sign in again has nothing to lose."""
    now = timezone.now()
    if pin := form.cleaned_data["pin"]:
        set_password(user=request.user, password=pin, by=request.user, at=now, may_be_pin=True)
        update_session_auth_hash(request, request.user)
    accept_invitation(judge=judge, answer=form.answer(), by=request.user, at=now)


@require_POST
@allowed(why_not_answer_invitation, find_judge)
def decline(request: SignedIn, judge: Judge) -> HttpResponse:
    form = DeclineForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    do = partial(decline_invitation, judge=judge, reason=reason, by=request.user, at=timezone.now())
    return answer(request, do, reverse("judge", args=[judge.key]), str(_("The office knows that you cannot judge.")))


@never_cache
@require_GET
@allowed(why_not_anyone)
def worker(request: HttpRequest, thing: None) -> HttpResponse:
    """The service worker: it has to be served from the folder that it is for."""
    return render(request, "judging/worker.js", content_type="text/javascript; charset=utf-8")
