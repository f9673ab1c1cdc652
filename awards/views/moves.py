"""合议调整: the ranking, what is proposed to the committee, and how it voted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from awards.access import move_majority, why_not_move, why_not_rule_moves, why_not_see_move, why_not_see_ties
from awards.models import AwardList, PrizeMove
from awards.move_forms import MoveForm, MoveRuleForm, VoteForm
from awards.outputs.move_minutes import move_minutes_pdf
from awards.outputs.moves import Ranked, ranking_of, steps_in_words, words_of_levels
from awards.pdf import DoesNotFit, GlyphMissing
from awards.selectors import list_that_stands
from awards.services.moves import Group, groups_of, propose_move, record_vote, rule_moves, take_move_back
from awards.states import MoveMajority
from awards.views.deliberation import comments
from awards.views.files import unprintable
from competition import events
from competition.errors import Refused
from competition.events import record_look
from competition.models import Contest, Entry
from competition.states import Via
from competition.views.doors import SignedIn, allowed, answer
from competition.views.downloads import PDF, download
from competition.views.finding import find_contest
from competition.views.paging import page_of, size_of
from judging.models import Question, Sheet
from judging.states import QuestionKind


@dataclass(frozen=True)
class Shown:
    """A move as the page has it. `shape`: of its mark; `form`: of its vote, None where none is asked."""

    move: PrizeMove
    steps: list[tuple[Entry, str, str]]
    word: str
    shape: str
    form: VoteForm | None
    refused: str = ""

    @property
    def is_undone(self) -> bool:
        return self.move.taken_back_at is not None


@dataclass(frozen=True)
class Bound:
    """Forms that came back with something wrong."""

    move: MoveForm | None = None
    vote: VoteForm | None = None
    refused: str = ""


def find_move(request: HttpRequest, key: str, number: int) -> PrizeMove:
    return get_object_or_404(PrizeMove.objects.select_related("contest"), contest__key=key, number=number)


@require_http_methods(["GET", "POST"])
@allowed(why_not_see_ties, find_contest)
def moves(request: SignedIn, contest: Contest) -> HttpResponse:
    """A move is proposed here; what was typed stays where it is refused."""
    award_list = list_that_stands(contest)
    groups = groups_of(contest, award_list.run) if award_list else []
    bound = Bound()
    if request.method == "POST":
        bound = proposed(request, contest, groups)
        if not bound.refused:
            messages.success(request, _("Proposed. Print the minutes for the meeting; then type in the vote."))
            return redirect(reverse("moves", args=[contest.key], query={"group": place_in(request, groups)}))
    return page(request, contest, award_list, groups, bound)


def proposed(request: SignedIn, contest: Contest, groups: Sequence[Group]) -> Bound:
    form = MoveForm(request.POST, levels=choices_of(groups))
    if not form.is_valid():
        return Bound(move=form, refused=_("Nothing was proposed yet: look at the form."))
    do = partial(propose_move, contest=contest, wanted=form.wanted, reason=form.cleaned_data["reason"],
                 seen=request.POST.getlist("seen"), by=request.user, at=timezone.now())  # fmt: skip
    return Bound(move=form, refused=refusal_of(do))


def refusal_of(do) -> str:
    try:
        with events.via(Via.WEB):
            do()
    except Refused as fault:
        return str(fault)
    return ""


@require_POST
@allowed(why_not_see_move, find_move)
def move_vote(request: SignedIn, move: PrizeMove) -> HttpResponse:
    contest = move.contest
    award_list = list_that_stands(contest)
    groups = groups_of(contest, award_list.run) if award_list else []
    form = VoteForm(request.POST, move)
    refused = _("Nothing was written down yet: every number, and the minutes.")
    if form.is_valid():
        refused = refusal_of(
            partial(record_vote, move=move, count=form.count, minutes=form.cleaned_data["minutes"], by=request.user,
                    at=timezone.now())
        )  # fmt: skip
    if refused:
        return page(request, contest, award_list, groups, Bound(vote=form, refused=refused))
    move.refresh_from_db()
    done = (_("Carried. The list was proposed anew: look at it, then lock it.") if move.is_carried
            else _("Not carried: the list stays as it is."))  # fmt: skip
    messages.success(request, done)
    return redirect("moves", contest.key)


@require_POST
@allowed(why_not_see_move, find_move)
def move_back(request: SignedIn, move: PrizeMove) -> HttpResponse:
    do = partial(take_move_back, move=move, by=request.user, at=timezone.now())
    return answer(request, do, reverse("moves", args=[move.contest.key]), _("Taken back, as if it had never been."))


@require_POST
@allowed(why_not_rule_moves, find_contest)
def move_rule(request: SignedIn, contest: Contest) -> HttpResponse:
    do = partial(rule_moves, contest=contest, majority=request.POST.get("majority", ""),
                 minutes=request.POST.get("rule_minutes", "")[:300], by=request.user, at=timezone.now())  # fmt: skip
    return answer(request, do, reverse("moves", args=[contest.key]), _("The rule was saved."))


@require_GET
@allowed(why_not_see_ties, find_contest)
def move_minutes(request: SignedIn, contest: Contest) -> HttpResponse:
    """What is proposed, for the meeting, and to be signed after it."""
    award_list = list_that_stands(contest)
    if award_list is None:
        raise Http404(_("This file cannot be made now."))
    try:
        data = move_minutes_pdf(award_list, at=timezone.now())
    except (GlyphMissing, DoesNotFit) as fault:
        messages.error(request, unprintable(fault))
        return redirect("moves", contest.key)
    record_look(request.user, "moves", contest, at=timezone.now())
    return download(data, "moves.pdf", PDF)


def page(
    request: SignedIn, contest: Contest, award_list: AwardList | None, groups: Sequence[Group], bound: Bound
) -> HttpResponse:
    now = timezone.now()
    record_look(request.user, "moves", contest, at=now)
    found = list(contest.prize_moves.prefetch_related("steps__entry").order_by("-number"))
    closed, undo_closed = (why_not_move(request.user, contest, at=now, is_undo=is_undo) for is_undo in (False, True))
    place = place_in(request, groups)
    ranking = ranking_of(award_list, groups[place], named_in(found)) if award_list and groups else None
    rows = page_of(request, list(ranking.rows) if ranking else [])
    words = words_of_levels(contest)
    facts = {
        "contest": contest,
        "award_list": award_list,
        "ranking": ranking,
        "page": rows,
        "size": size_of(request),
        "rows": with_remarks(list(rows)),
        "groups": [str(group.outcome.group) for group in groups],
        "place": place,
        "moves": [shown(one, words, groups, award_list, bound, is_closed=closed is not None) for one in found],
        "form": bound.move or MoveForm(levels=choices_of(groups), initial={"entry": request.GET.get("entry", "")}),
        "seen": [group.terms for group in groups],
        "refused": bound.refused if bound.vote is None else "",
        "closed": closed,
        "is_undo_open": undo_closed is None,
        "majority": move_majority(contest),
        "rule": rule_words(contest),
        "rule_form": MoveRuleForm(initial={"majority": move_majority(contest)}),
        "is_rule_open": why_not_rule_moves(request.user, contest, at=now) is None,
        "tab": "awards",
    }
    return render(request, "awards/moves.html", facts, status=422 if bound.refused else 200)


def place_in(request: SignedIn, groups: Sequence[Group]) -> int:
    """Which group is looked at, the first where nobody says."""
    said = request.POST.get("group") or request.GET.get("group", "")
    return int(said) if said.isdecimal() and len(said) < 4 and int(said) < len(groups) else 0


def rule_words(contest: Contest) -> str:
    majority = move_majority(contest)
    return str(MoveMajority(majority).label) if majority else ""


def choices_of(groups: Sequence[Group]) -> list[tuple[str, str]]:
    """Every prize of the plan once, the best first."""
    levels = sorted((level.order, level.code, level.label) for group in groups for level in group.levels)
    return list(dict.fromkeys((code, label) for _order, code, label in levels))


def named_in(found: Sequence[PrizeMove]) -> set[int]:
    return {step.entry_id for move in found for step in move.steps.all()}


def shown(
    move: PrizeMove,
    words: Mapping[str, str],
    groups: Sequence[Group],
    award_list: AwardList | None,
    bound: Bound,
    *,
    is_closed: bool,
) -> Shown:
    word, shape = state_of(move, groups, award_list)
    is_mine = bound.vote is not None and bound.vote.move == move
    form = None if is_closed or shape != "waiting" else bound.vote if is_mine else VoteForm(None, move)
    return Shown(move, steps_in_words(move, words), word, shape, form, bound.refused if is_mine else "")


def state_of(move: PrizeMove, groups: Sequence[Group], award_list: AwardList | None) -> tuple[str, str]:
    """(word, shape of its mark)"""
    if move.taken_back_at is not None:
        return _("move taken back"), "off"
    if move.count is not None and not move.is_carried:
        return _("not carried"), "blocked"
    is_seen = any(group.terms == move.terms for group in groups)
    if move.count is None:
        return (_("not voted on yet"), "waiting") if is_seen else (_("lapsed: another ranking now"), "warn")
    counts = award_list is not None and move.number in award_list.moves
    return (_("carried"), "done") if counts and is_seen else (_("lapsed: another ranking now"), "warn")


def with_remarks(rows: Sequence[Ranked]) -> list[Ranked]:
    """What judges wrote for the committee, and their doubts of authorship, beside each entry."""
    entries = [row.entry for row in rows]
    said = comments(Sheet.objects.standing().filter(assignment__entry__in=entries).exclude(comment=""), "comment")
    doubts = comments(Question.objects.filter(assignment__entry__in=entries, kind=QuestionKind.DOUBT), "text")
    return [
        replace(
            row,
            remarks=(
                *((judge, words, False) for judge, words in said.get(row.entry.pk, ())),
                *((judge, words, True) for judge, words in doubts.get(row.entry.pk, ())),
            ),
        )
        for row in rows
    ]
