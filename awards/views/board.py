"""The day board and its steps. Each step is one service, or the few that belong together, whole or not at all."""

from functools import partial

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from awards.access import why_not_decide, why_not_issue_certificates, why_not_lock_list, why_not_publish_list
from awards.models import AwardList
from awards.services.certificates import issue_certificates
from awards.services.eligibility import check_eligibility
from awards.services.lists import standing_list
from awards.services.running import decide
from awards.views.boards import Board
from awards.views.dry_run import shown_first
from awards.views.files import files_of
from awards.views.next_steps import next_action, other_actions
from awards.views.step_bar import steps_of
from competition.access import has_two_persons, others_who_approve, why_not_organise
from competition.models import Contest, User
from competition.services.setting_up import close_entries
from competition.states import ContestKind, StepKind
from competition.views.agreeing import pressed, proposals_not_done
from competition.views.doors import SignedIn, allowed, answer
from competition.views.finding import find_contest
from judging.services.rounds import fill_rounds

FINDINGS_SHOWN = 8


@require_GET
@allowed(why_not_organise, find_contest)
def board(request: SignedIn, contest: Contest) -> HttpResponse:
    shown = Board(contest)
    action = next_action(shown)
    facts = {
        "contest": contest,
        "board": shown,
        "steps": steps_of(shown),
        "next": action,
        "others": other_actions(shown, action),
        "findings": shown.findings[:FINDINGS_SHOWN],
        "findings_more": max(len(shown.findings) - FINDINGS_SHOWN, 0),
        "files": files_of(contest),
        "companions": contest.companions.order_by("pk"),
        "lacks_second": has_two_persons(contest) and not others_who_approve(request.user, contest),
        "not_done": proposals_not_done(contest, request.user),
        "tab": "board",
    }
    return render(request, "awards/board.html", facts)


def board_url(contest: Contest) -> str:
    return reverse("board", args=[contest.key])


@require_POST
@allowed(why_not_organise, find_contest)
def begin_judging(request: SignedIn, contest: Contest) -> HttpResponse:
    """Entries are closed; who passed takes part in every round that is not for finalists."""
    do = partial(close_and_fill, contest, by=request.user)
    return answer(request, do, board_url(contest), str(_("Judging begins: now the judges.")))


@transaction.atomic
def close_and_fill(contest: Contest, *, by: User) -> None:
    now = timezone.now()
    close_entries(contest=contest, by=by, at=now)
    fill_rounds(contest=contest, by=by, at=now)


@require_POST
@allowed(why_not_decide, find_contest)
def propose(request: SignedIn, contest: Contest) -> HttpResponse:
    """Against the list that is there who moves is shown first."""
    do = partial(proposed, contest=contest, by=request.user)
    to, done = board_url(contest), _("Standings are computed and a list is proposed. Look at it, then lock it.")
    if not contest.award_lists.exists():
        return answer(request, do, to, done)
    heading, button = _("Propose these prizes?"), _("Propose the list")
    shown = shown_first(request, contest, do, to=to, done=done, heading=heading, button=button, since_list=True)
    return answer(request, do, to, done) if shown is None else shown


@transaction.atomic
def proposed(*, contest: Contest, by: User) -> AwardList:
    at = timezone.now()
    if contest.kind == ContestKind.AWARD:
        check_eligibility(contest=contest, by=by, at=at)
    return decide(contest=contest, by=by, at=at)


@require_POST
@allowed(why_not_lock_list, find_contest)
def lock(request: SignedIn, contest: Contest) -> HttpResponse:
    return pressed(request, contest, StepKind.LOCK, to=board_url(contest), done=_("The list is locked."))


@require_POST
@allowed(why_not_issue_certificates, find_contest)
def issue(request: SignedIn, contest: Contest) -> HttpResponse:
    do = partial(issued, contest=contest, reason=reason_in(request), by=request.user)
    return answer(request, do, board_url(contest), _("%(result)s certificates are valid. Print them under Files."))


def issued(*, contest: Contest, reason: str, by: User) -> int:
    return issue_certificates(award_list=standing_list(contest), by=by, at=timezone.now(), reason=reason)


def reason_in(request: SignedIn) -> str:
    """Why something does not wait for the notice."""
    return request.POST.get("reason", "")[:500]


@require_POST
@allowed(why_not_publish_list, find_contest)
def publish(request: SignedIn, contest: Contest) -> HttpResponse:
    return pressed(request, contest, StepKind.PUBLISH, to=board_url(contest), done=_("The list is published."),
                   reason=reason_in(request))  # fmt: skip
