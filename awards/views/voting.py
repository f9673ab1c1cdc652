"""A round of the committee's ballot in the room, and a member's own ballot on a phone."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from awards.access import why_not_run_round, why_not_see_room, why_not_see_round
from awards.ballot_forms import PaperForm, VoidForm
from awards.core.ballot import Tally
from awards.core.voting import CHOICES
from awards.models import Ballot, BallotCount, Vote, Voter
from awards.outputs.ballot_papers import ballots_pdf, names_of, shows_counts, tallies_of, tally_of_round_pdf
from awards.services.balloting import cast_ballot, close_round, outlook, record_paper, void_round
from awards.states import RoundState, RoundWay
from awards.views.room import find_award
from competition import events
from competition.access import is_organiser
from competition.errors import Denial, Refused
from competition.events import record_look
from competition.models import Contest
from competition.states import Via
from competition.views.doors import SignedIn, allowed, answer
from competition.views.downloads import PDF, download
from competition.views.places import qr_svg

ONE_LOOK = timedelta(minutes=10)  # while ballots come in the page asks every four seconds


@dataclass(frozen=True)
class Line:
    """A nominee of a round as the room sees it; `tally` None while nothing is published."""

    position: int
    number: str
    name: str
    tally: Tally | None
    is_elected: bool


def find_round(request: HttpRequest, key: str, number: int) -> Ballot:
    rows = Ballot.objects.select_related("contest", "track__terms", "meeting")
    return get_object_or_404(rows, contest__key=key, round=number, meeting__isnull=False)


@require_GET
@allowed(why_not_see_round, find_round)
def ballot_round(request: SignedIn, ballot: Ballot) -> HttpResponse:
    return page(request, ballot)


def page(request: SignedIn, ballot: Ballot, form: PaperForm | None = None) -> HttpResponse:
    contest, is_office = ballot.contest, is_organiser(request.user, ballot.contest)
    record_look(request.user, "round", ballot, at=timezone.now(), once_in=ONE_LOOK)
    roll = list(ballot.roll.select_related("member"))
    is_open, names = ballot.state == RoundState.OPEN, names_of(contest)
    counts_paper = is_office and is_open and ballot.way == RoundWay.PAPER
    url = f"{settings.PUBLIC_URL}{reverse('vote', args=[contest.key])}"
    facts = {
        "contest": contest,
        "ballot": ballot,
        "is_office": is_office,
        "is_open": is_open,
        "is_phone": ballot.way == RoundWay.PHONE,
        "roll": roll,
        "voted": sum(one.has_voted for one in roll),
        "lines": lines_of(ballot, names),
        "shows_counts": shows_counts(ballot),
        "named": named_of(ballot),
        "form": (form or PaperForm(None, ballot, names)) if counts_paper else None,
        "void_form": VoidForm(),
        "url": url,
        "qr": qr_svg(url) if is_open and ballot.way == RoundWay.PHONE else "",
        "is_one_voter": ballot.is_secret and ballot.returned == 1,
    }
    return render(request, "awards/ballot_round.html", facts, status=422 if form else 200)


def lines_of(ballot: Ballot, names: dict[int, str]) -> list[Line]:
    found = outlook(ballot.contest, ballot.track) if ballot.state == RoundState.CLOSED and ballot.track else None
    results = dict(zip(found.kind.rounds, found.kind.ballots, strict=True)) if found else {}
    winners = results[ballot.round].winners if ballot.round in results else ()
    entries = {one.position: one.entry for one in ballot.counts.select_related("entry")}
    is_shown = shows_counts(ballot)
    return [
        Line(at, entries[at].number, names.get(entries[at].pk, ""), one if is_shown else None, one.nominee in winners)
        for at, one in tallies_of(ballot)
    ]


def named_of(ballot: Ballot) -> list[Vote]:
    """Of an open round, once it is closed."""
    if ballot.is_secret or ballot.state == RoundState.OPEN:
        return []
    return list(ballot.votes.select_related("member", "entry"))


@require_POST
@allowed(why_not_run_round, find_round)
def round_paper(request: SignedIn, ballot: Ballot) -> HttpResponse:
    form = PaperForm(request.POST, ballot, names_of(ballot.contest))
    if not form.is_valid():
        return page(request, ballot, form)
    try:
        with events.via(Via.WEB):
            record_paper(ballot=ballot, paper=form.paper, by=request.user, at=timezone.now())
    except Refused as refused:
        form.blame(dict(refused.denial.fields) or {"": str(refused)})
        return page(request, ballot, form)
    messages.success(request, _("The count was saved. Read it aloud, then close the round."))
    return redirect("ballot-round", ballot.contest.key, ballot.round)


@require_POST
@allowed(why_not_run_round, find_round)
def round_close(request: SignedIn, ballot: Ballot) -> HttpResponse:
    do = partial(close_round, ballot=ballot, by=request.user, at=timezone.now())
    return answer(
        request, do, reverse("ballot-round", args=[ballot.contest.key, ballot.round]), _("The round is closed.")
    )


@require_POST
@allowed(why_not_run_round, find_round)
def round_void(request: SignedIn, ballot: Ballot) -> HttpResponse:
    do = partial(
        void_round, ballot=ballot, reason=request.POST.get("reason", "")[:300], by=request.user, at=timezone.now()
    )
    return answer(
        request, do, reverse("ballot-round", args=[ballot.contest.key, ballot.round]), _("The round is void.")
    )


@require_GET
@allowed(why_not_run_round, find_round)
def round_ballots(request: SignedIn, ballot: Ballot) -> HttpResponse:
    return download(ballots_pdf(ballot, at=timezone.now()), f"ballots-{ballot.round}.pdf", PDF)


@require_GET
@allowed(why_not_run_round, find_round)
def round_tally(request: SignedIn, ballot: Ballot) -> HttpResponse:
    return download(tally_of_round_pdf(ballot, at=timezone.now()), f"tally-{ballot.round}.pdf", PDF)


@dataclass(frozen=True)
class Choosing:
    """One nominee on a member's own ballot."""

    count: BallotCount
    name: str
    is_recused: bool
    chosen: str


@require_http_methods(["GET", "POST"])
@allowed(why_not_see_room, find_award)
def vote(request: SignedIn, contest: Contest) -> HttpResponse:
    """A member's own page: the round that is open now, and the ballot, once."""
    voter = voter_of(request, contest)
    if request.method != "POST":
        return own_page(request, contest, voter)
    if voter is None or request.POST.get("round") != str(voter.ballot.round):
        messages.error(request, Denial("ballot-closed", {"round": request.POST.get("round", "")[:4]}).message)
        return redirect("vote", contest.key)
    names = [one.entry.number for one in voter.ballot.counts.select_related("entry")]
    choices = {name: said for name in names if (said := request.POST.get(f"choice-{name}", ""))}
    try:
        with events.via(Via.WEB):
            cast_ballot(ballot=voter.ballot, choices=choices, by=request.user, at=timezone.now())
    except Refused as refused:
        return own_page(request, contest, voter, choices, str(refused))
    return redirect("vote", contest.key)


def voter_of(request: SignedIn, contest: Contest) -> Voter | None:
    rows = Voter.objects.filter(ballot__contest=contest, ballot__state=RoundState.OPEN, ballot__way=RoundWay.PHONE)
    return rows.filter(member__user=request.user).select_related("ballot__track", "member").first()


def own_page(
    request: SignedIn, contest: Contest, voter: Voter | None, choices: dict[str, str] | None = None, refused: str = ""
) -> HttpResponse:
    names, chosen = names_of(contest), choices or {}
    facts: dict[str, Any] = {"contest": contest, "voter": voter, "refused": refused, "choices": CHOICES}
    if voter is not None:
        facts["rows"] = [
            Choosing(
                one, names.get(one.entry_id, ""), one.entry.number in voter.recused, chosen.get(one.entry.number, "")
            )
            for one in voter.ballot.counts.select_related("entry__school")
        ]
    return render(request, "awards/vote.html", facts, status=422 if refused else 200)
