"""Sheets that came in, for the office: opened again with a reason, closed again; and what judges asked."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from competition.access import why_not_organise
from competition.events import record_look
from competition.models import Contest
from competition.views.doors import SignedIn, allowed, answer, answer_once_seen
from competition.views.finding import find_contest
from judging.access import why_not_answer_question, why_not_reopen
from judging.forms.panel import AnswerQuestionForm, ReasonForm
from judging.models import Question, Sheet
from judging.services.marking import answer_question, reopen_sheet
from judging.services.setting_aside import close_again
from judging.views.finding import find_question_in, find_sheet_in


def judge_page(sheet: Sheet) -> str:
    return reverse("judge-of", args=[sheet.log_contest.key, sheet.assignment.judge.key])


@require_POST
@allowed(why_not_reopen, find_sheet_in)
def reopen(request: SignedIn, sheet: Sheet) -> HttpResponse:
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    run = partial(reopen_sheet, sheet=sheet, reason=reason, by=request.user, at=timezone.now())
    done = _("Open again: it counts nowhere until the judge hands it in. The marks stand on the judge's page.")
    heading = _("Open the sheet of %(number)s again?") % {"number": sheet.assignment.entry.number}
    said = {"heading": heading, "button": _("Open again")}
    return answer_once_seen(request, sheet.log_contest, run, judge_page(sheet), done, **said)


@require_POST
@allowed(why_not_reopen, find_sheet_in)
def close(request: SignedIn, sheet: Sheet) -> HttpResponse:
    run = partial(close_again, sheet=sheet, by=request.user, at=timezone.now())
    done = _("The sheet counts again, as it was handed in. What was typed since is kept below, and counts nowhere.")
    heading = _("Let the sheet of %(number)s count again?") % {"number": sheet.assignment.entry.number}
    said = {"heading": heading, "button": _("Close again as it was")}
    return answer_once_seen(request, sheet.log_contest, run, judge_page(sheet), done, **said)


@require_GET
@allowed(why_not_organise, find_contest)
def questions(request: SignedIn, contest: Contest) -> HttpResponse:
    """Those without an answer first."""
    rows = Question.objects.filter(assignment__round__contest=contest).select_related(
        "assignment__entry__track", "assignment__judge__person", "answered_by"
    )
    record_look(request.user, "questions", contest, at=timezone.now())
    facts = {
        "contest": contest,
        "questions": sorted(rows, key=lambda one: (one.answered_at is not None, one.pk)),
        "form": AnswerQuestionForm(),
        "tab": "judging",
        "subtab": "questions",
    }
    return render(request, "judging/questions.html", facts)


@require_POST
@allowed(why_not_answer_question, find_question_in)
def question_answer(request: SignedIn, question: Question) -> HttpResponse:
    to = reverse("questions", args=[question.assignment.round.contest.key])
    form = AnswerQuestionForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write an answer. Nothing was changed."))
        return redirect(to)
    text = form.cleaned_data["text"]
    run = partial(answer_question, question=question, text=text, by=request.user, at=timezone.now())
    return answer(request, run, to, str(_("The answer is kept with the question.")))
