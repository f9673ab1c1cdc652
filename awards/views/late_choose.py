"""上报信息: which entries go up, chosen in a list of many pages. What is ticked is kept until the schools are asked."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from awards.outputs.upward import in_list_order
from awards.views.ticking import CHANGED, TICKED, TickFilter, Ticks, asked_tick_page, tick_facts
from competition.access_to_late import why_not_read_late
from competition.models import Contest, Entry
from competition.services.forwarded import forwarded
from competition.services.late import choose_late
from competition.views.doors import SignedIn, allowed, answer
from competition.views.finding import find_contest

KEPT = "late-choose"
Rows = list[tuple[Entry, Any]]


@require_http_methods(["GET", "POST"])
@allowed(why_not_read_late, find_contest)
def late_choose(request: SignedIn, contest: Contest) -> HttpResponse:
    """By the list of awards where there is one; what went up already is ticked."""
    rows, ticks = to_choose(contest), Ticks(request, KEPT, contest.key)
    ticked = ticked_of(ticks, contest, rows)
    if request.method == "GET":
        return page(request, contest, rows, ticked)
    was, ticked = ticked, ticks.sent(ticked)
    ticks.keep([] if "none" in request.POST else ticked)
    if "none" in request.POST:
        return redirect(request.get_full_path())
    if to := asked_tick_page(request):
        return redirect(to)
    if not ticks.knew(was):
        messages.error(request, CHANGED)
        return page(request, contest, rows, ticked, is_refused=True)
    return ask(request, contest, ticked)


def ask(request: SignedIn, contest: Contest, ticked: set[str]) -> HttpResponse:
    """Of all that are ticked, on whichever page. What is refused stays ticked."""

    def do() -> int:
        entries = contest.entries.filter(key__in=ticked)
        fresh = choose_late(contest=contest, entries=entries, by=request.user, at=timezone.now())
        Ticks(request, KEPT, contest.key).keep([])
        return fresh

    done = _("%(result)s entries were added. Their schools see under their entries what is asked.")
    return answer(request, do, reverse("late", args=[contest.key]), done)


def ticked_of(ticks: Ticks, contest: Contest, rows: Rows) -> set[str]:
    """What is ticked of these; until somebody ticked anything, what went up already."""
    kept = ticks.kept
    if kept is None:
        kept = set(forwarded(contest).values_list("sent__key", flat=True))
    return kept & {entry.key for entry, _award in rows}


def page(
    request: SignedIn, contest: Contest, rows: Rows, ticked: set[str], *, is_refused: bool = False
) -> HttpResponse:
    filters = TickFilter(request.GET, contest)
    wanted = filters.keys(contest, request.GET.get("q", ""))
    if filters.narrowed_to == TICKED:
        wanted &= ticked
    facts = {
        **tick_facts(request, filters, rows, [entry.key for entry, _award in rows], ticked, wanted),
        "contest": contest,
        "known": contest.entries.filter(late_choice__isnull=False).count(),
        "any": bool(rows),
        "tab": "awards",
    }
    return render(request, "awards/late_choose.html", facts, status=422 if is_refused else 200)


def to_choose(contest: Contest) -> Rows:
    """Whatever passed and is not chosen yet, in the order of the list."""
    known = set(contest.entries.filter(late_choice__isnull=False).values_list("pk", flat=True))
    return [(entry, award) for entry, award in in_list_order(contest) if entry.pk not in known]
