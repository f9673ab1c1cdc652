"""How far the judging has come, judge by judge, for the office."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from competition.access import why_not_organise
from competition.events import record_look
from competition.models import Contest
from competition.views.doors import SignedIn, allowed
from competition.views.finding import find_contest
from judging.selectors import judges_with_progress, sheet_counts


@require_GET
@allowed(why_not_organise, find_contest)
def progress(request: SignedIn, contest: Contest) -> HttpResponse:
    judges: list[Any] = list(judges_with_progress(contest))
    for judge in judges:
        judge.left = judge.assigned - judge.arrived - judge.recused
    record_look(request.user, "judges", contest, at=timezone.now())
    facts = {"contest": contest, "judges": judges, "counts": sheet_counts(contest), "tab": "judging"}
    return render(request, "judging/progress.html", facts)
