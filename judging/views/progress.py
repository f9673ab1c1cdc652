"""How far the judging has come, judge by judge, for the office."""

from collections import Counter
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from competition.access import why_not_organise
from competition.events import record_look
from competition.models import Contest
from competition.services.contests import resume_judging
from competition.states import EntryState
from competition.views.doors import SignedIn, allowed, answer
from competition.views.finding import find_contest
from judging.access import ALONE, why_not_keep_judges
from judging.attempts import attempt_counts
from judging.forms.rubrics import RoundDatesForm
from judging.models import Round, RoundEntry, Rubric, Sheet
from judging.selectors import (
    entries_short,
    judges_with_progress,
    open_questions,
    projected_finish,
    sheet_counts,
    waited_for,
)
from judging.services.rounds import date_round
from judging.views.progress_picture import course_chart

SHORT = 100


@require_GET
@allowed(why_not_organise, find_contest)
def progress(request: SignedIn, contest: Contest) -> HttpResponse:
    """Who is late, which entries lack sheets, when it may be over."""
    now = timezone.now()
    judges: list[Any] = list(judges_with_progress(contest))
    left = Counter(row.judge_id for row in waited_for(contest))
    for judge in judges:
        judge.left = left[judge.pk]
    counts = sheet_counts(contest)
    record_look(request.user, "judges", contest, at=now)
    facts = {
        "contest": contest,
        "judges": judges,
        "counts": counts,
        "course": course_chart(contest, counts.expected),
        "short": entries_short(contest)[:SHORT],
        "finish": projected_finish(contest, at=now),
        "now": now,
        "rounds": [(one, dates_form(one)) for one in contest.rounds.all()],
        "tallies": rubrics_begun(contest),
        "labels": rubrics_taking_part(contest),
        "measured": attempt_counts(contest),
        "is_marked": Rubric.objects.marked().filter(round__contest=contest).exists(),
        "is_alone": bool(contest.settings.get(ALONE)),
        "closed": why_not_keep_judges(request.user, contest, at=now),
        "questions": open_questions(contest),
        "tab": "judging",
        "subtab": "progress",
    }
    return render(request, "judging/progress.html", facts)


@require_POST
@allowed(why_not_organise, find_contest)
def resume(request: SignedIn, contest: Contest) -> HttpResponse:
    """Back from the decision."""
    do = partial(resume_judging, contest=contest, by=request.user, at=timezone.now())
    return answer(request, do, reverse("progress", args=[contest.key]), str(_("It is judged again.")))


def rubrics_begun(contest: Contest) -> list[Rubric]:
    """Tracks and rounds that have sheets."""
    begun = Sheet.objects.standing().filter(assignment__round__contest=contest).order_by()
    return rubrics_among(contest, set(begun.values_list("assignment__round", "assignment__entry__track")))


def rubrics_taking_part(contest: Contest) -> list[Rubric]:
    """Tracks and rounds that have entries."""
    there = RoundEntry.objects.filter(round__contest=contest, entry__state=EntryState.PASSED).order_by()
    return rubrics_among(contest, set(there.values_list("round", "entry__track").distinct()))


def rubrics_among(contest: Contest, pairs: set[tuple[int, int]]) -> list[Rubric]:
    """pairs   (round, track)"""
    rows = Rubric.objects.filter(round__contest=contest).select_related("round", "track")
    return [one for one in rows.order_by("round__order", "track__order") if (one.round_id, one.track_id) in pairs]


def dates_form(one: Round, data: Any = None) -> RoundDatesForm:
    names = ("opens_at", "closes_at", "grace_minutes")
    return RoundDatesForm(data, initial={name: getattr(one, name) for name in names}, auto_id=f"round-{one.order}-%s")


@require_POST
@allowed(why_not_keep_judges, find_contest)
def round_dates(request: SignedIn, contest: Contest, place: int) -> HttpResponse:
    one = get_object_or_404(contest.rounds, order=place)
    form, to = dates_form(one, request.POST), reverse("progress", args=[contest.key])
    if not form.is_valid():
        messages.error(request, _("These dates cannot be read. Nothing was changed."))
        return redirect(to)
    do = partial(date_round, one=one, by=request.user, at=timezone.now(), **form.cleaned_data)
    closes = form.cleaned_data["closes_at"]
    if closes and closes <= timezone.now():
        return answer(request, do, to, str(_("Saved. The end is over already: nobody can hand in any more.")))
    return answer(request, do, to, str(_("Saved. Judges see it on their pages.")))
