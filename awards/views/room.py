"""The room of the committee: nominees, experts' ranks, what each ballot gave. Never who voted how."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from awards.access import why_not_see_room
from awards.core.ballot import Result, Tally
from awards.models import Award, Nomination
from awards.selectors import list_that_stands, nominees_of
from awards.services.mayor import KindResult, kind_results
from awards.states import RoundState
from awards.views.eligible import Ways, eligibility_text, ways_of
from competition.access import is_organiser
from competition.core.numbers import decimal_text
from competition.events import record_look
from competition.models import Contest, Track
from competition.states import ContestKind
from competition.views.doors import SignedIn, allowed
from competition.views.finding import find_contest
from judging.models import Standing


@dataclass(frozen=True)
class Nominee:
    """`tallies`: one for each ballot of the kind, None where this nominee was not in it."""

    nomination: Nomination
    why: str
    score: str
    expert_rank: int | None
    tallies: tuple[Tally | None, ...]
    award: Award | None


@dataclass(frozen=True)
class Kind:
    """One kind of winner: its ways to be eligible, its nominees by experts' rank, its ballots."""

    track: Track
    ways: list[str]
    nominees: list[Nominee]
    result: KindResult | None


def find_award(request: HttpRequest, key: str) -> Contest:
    contest = find_contest(request, key)
    if contest.kind != ContestKind.AWARD:
        raise Http404
    return contest


@require_GET
@allowed(why_not_see_room, find_award)
def room(request: SignedIn, contest: Contest) -> HttpResponse:
    kinds = kinds_of(contest)
    record_look(request.user, "room", contest, at=timezone.now())
    is_office = is_organiser(request.user, contest)
    facts = {
        "contest": contest,
        "is_office": is_office,
        "is_member": contest.members.filter(user=request.user).exists(),
        "rounds": contest.ballots.exclude(meeting=None).exclude(state=RoundState.VOID),
        "kinds": kinds,
        "tab": "room",
    }
    return render(request, "awards/room.html", facts)


def kinds_of(contest: Contest) -> list[Kind]:
    award_list = list_that_stands(contest)
    run = award_list.run if award_list else contest.standing_runs.order_by("-pk").first()
    results = {one.track.pk: one for one in kind_results(contest, run)} if run else {}
    standings = {one.entry_id: one for one in run.standings.all()} if run else {}
    awards = {one.entry_id: one for one in award_list.awards.all()} if award_list else {}
    nominations = list(nominees_of(contest).select_related("entry__track", "entry__school", "person", "school"))
    alternatives = list(contest.alternatives.all())
    kinds = []
    for track in contest.tracks.all():
        ways = ways_of(alternatives, track.pk)
        result = results.get(track.pk)
        nominees = [
            nominee(one, ways, standings.get(one.entry_id), awards.get(one.entry_id), result, contest.places)
            for one in nominations
            if one.entry.track_id == track.pk
        ]
        nominees.sort(key=lambda one: (one.expert_rank is None, one.expert_rank or 0, one.nomination.entry.order))
        kinds.append(Kind(track, ways.texts, nominees, result))
    return kinds


def nominee(
    one: Nomination, ways: Ways, standing: Standing | None, award: Award | None, result: KindResult | None, places: int
) -> Nominee:
    return Nominee(
        nomination=one,
        why=eligibility_text(one, ways.numbers),
        score="" if standing is None or standing.score is None else decimal_text(standing.score, places),
        expert_rank=standing.rank if standing else None,
        tallies=tuple(tally_of(ballot, one.entry.number) for ballot in result.ballots) if result else (),
        award=award,
    )


def tally_of(ballot: Result, number: str) -> Tally | None:
    return next((one for one in ballot.tallies if one.nominee == number), None)
