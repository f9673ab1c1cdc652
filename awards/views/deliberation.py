"""合议: entries that share a score across a cut, what judges said of them, and what the committee gives."""

from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from awards.access import why_not_see_ties, why_not_settle_ties
from awards.forms import TieForm
from awards.outputs.facts import results_of
from awards.outputs.tie_words import breaker_words, labels_of
from awards.selectors import list_that_stands
from awards.services.deliberation import Tie, drop_undue_decisions, reopen_tie, settle_tie, ties_of, undue_of
from awards.views.dry_run import page_before
from competition.errors import Denial, Refused
from competition.events import record_look
from competition.models import Contest, Entry
from competition.views.doors import SignedIn, allowed, answer
from competition.views.finding import find_contest
from judging.core.tiebreaks import TieBreaker
from judging.models import Question, Sheet
from judging.states import QuestionKind


@dataclass(frozen=True)
class Contender:
    """An entry of a tie. `said`: (code of the judge, comment for the committee); `doubts` likewise."""

    entry: Entry
    field: object
    prize: str
    said: list[tuple[str, str]]
    doubts: list[tuple[str, str]]


@dataclass(frozen=True)
class Shown:
    tie: Tie
    form: TieForm
    score: str
    contenders: list[Contender]
    refused: str
    chain: str


@require_http_methods(["GET", "POST"])
@allowed(why_not_see_ties, find_contest)
def ties(request: SignedIn, contest: Contest) -> HttpResponse:
    """A form for each tie; what was typed stays where it is refused."""
    award_list = list_that_stands(contest)
    found = ties_of(contest, award_list.run) if award_list else []
    form, refused, page = posted(request, contest, found) if request.method == "POST" else (None, "", None)
    if page is not None:
        return page
    if request.method == "POST" and not refused:
        messages.success(request, _("Settled. The list was proposed anew: look at it, then lock it."))
        return redirect("ties", contest.key)
    record_look(request.user, "ties", contest, at=timezone.now())
    facts = {
        "contest": contest,
        "award_list": award_list,
        "ties": shown(found, results_of(award_list, entries_in(found)) if award_list else {}, form, refused),
        "undue": undue_of(contest, award_list.run) if award_list else [],
        "refused": refused if form is None else "",
        "closed": why_not_settle_ties(request.user, contest, at=timezone.now()) if award_list else None,
        "tab": "awards",
    }
    return render(request, "awards/ties.html", facts, status=422 if refused else 200)


def posted(request: SignedIn, contest: Contest, found: list[Tie]) -> tuple[TieForm | None, str, HttpResponse | None]:
    """The form of the tie that somebody settles; why nothing was decided, "" where it was; and the page that shows
    first who gets what."""
    keys = set(request.POST.getlist("entry"))
    tie = next((one for one in found if one.keys == keys), None)
    if tie is None:
        return None, Denial("tie-changed", {"contest": contest}).message, None
    form = TieForm(request.POST, tie)
    if not form.is_valid():
        return form, _("Nothing was decided yet: choose for every entry, and name the minutes."), None
    do = partial(
        settle_tie, contest=contest, given=form.given, minutes=form.cleaned_data["minutes"],
        seen=request.POST.get("tie", ""), by=request.user, at=timezone.now(),
    )  # fmt: skip
    to, button = reverse("ties", args=[contest.key]), _("Decide it so")
    try:
        page = page_before(request, contest, do, to=to, heading=_("A tie is decided"), button=button)
    except Refused as fault:
        return form, str(fault), None
    return form, "", page


def entries_in(found: list[Tie]) -> list[Entry]:
    return [entry for tie in found for entry in tie.entries]


def shown(found: list[Tie], results: dict[int, str], form: TieForm | None, refused: str) -> list[Shown]:
    """Those still open first."""
    entries = entries_in(found)
    said = comments(Sheet.objects.standing().filter(assignment__entry__in=entries).exclude(comment=""), "comment")
    has_chain = any(tie.group.breakers for tie in found)
    labels = labels_of(found[0].entries[0].contest) if has_chain else {}
    doubts = comments(Question.objects.filter(assignment__entry__in=entries, kind=QuestionKind.DOUBT), "text")
    made = []
    for tie in sorted(found, key=lambda one: one.is_settled):
        mine = form if form and form.tie is tie else TieForm(None, tie)
        rows = [
            Contender(entry, field, prize_word(tie, entry), said.get(entry.pk, []), doubts.get(entry.pk, []))
            for entry, field in mine.fields_of_entries
        ]
        chain = _(", then ").join(breaker_words(TieBreaker(*one), labels) for one in tie.group.breakers)
        why = refused if mine is form else ""
        made.append(Shown(tie, mine, results.get(tie.entries[0].pk, ""), rows, why, chain))
    return made


def comments(rows: object, field: str) -> dict[int, list[tuple[str, str]]]:
    """(code of the judge, words) by the entry's primary key."""
    found: dict[int, list[tuple[str, str]]] = {}
    asked = rows.order_by("assignment__judge__code").values_list(  # type: ignore[attr-defined]
        "assignment__entry", "assignment__judge__code", field
    )
    for entry, judge, words in asked:
        found.setdefault(entry, []).append((judge, words))
    return found


def prize_word(tie: Tie, entry: Entry) -> str:
    """What was decided of it; blank while nothing is."""
    decision = tie.decisions.get(entry.pk)
    if decision is None:
        return ""
    if not decision.code:
        return _("no prize")
    return next((level.label for level, _number in tie.seats if level.code == decision.code), decision.label)


@require_POST
@allowed(why_not_settle_ties, find_contest)
def reopen(request: SignedIn, contest: Contest) -> HttpResponse:
    do = partial(
        reopen_tie,
        contest=contest,
        keys=request.POST.getlist("entry"),
        seen=request.POST.get("tie", ""),
        by=request.user,
        at=timezone.now(),
    )
    return answer(request, do, reverse("ties", args=[contest.key]), _("Taken back: the tie is open again."))


@require_POST
@allowed(why_not_settle_ties, find_contest)
def drop_undue(request: SignedIn, contest: Contest) -> HttpResponse:
    do = partial(
        drop_undue_decisions,
        contest=contest,
        numbers=request.POST.getlist("number"),
        by=request.user,
        at=timezone.now(),
    )
    return answer(request, do, reverse("ties", args=[contest.key]), _("Taken back. The list was proposed anew."))
