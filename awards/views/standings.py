"""Standings: every entry with its score, its place, its prize and the reason."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from awards.outputs.facts import StandingLine, standing_lines
from awards.outputs.reasons import why
from awards.selectors import list_that_stands
from competition.access import why_not_organise
from competition.events import record_look
from competition.models import Contest
from competition.views.doors import SignedIn, allowed
from competition.views.finding import find_contest
from competition.views.paging import page_of, size_of
from judging.models import Rubric


@dataclass(frozen=True)
class Shown:
    line: StandingLine
    why: str


def reasoned(contest: Contest, lines: list[StandingLine]) -> list[Shown]:
    methods = dict(Rubric.objects.filter(round__contest=contest).values_list("track", "method"))
    return [Shown(line, why(line, methods)) for line in lines]


@require_GET
@allowed(why_not_organise, find_contest)
def standings(request: SignedIn, contest: Contest) -> HttpResponse:
    award_list = list_that_stands(contest)
    tracks = list(contest.tracks.all())
    track = next((one for one in tracks if one.code == request.GET.get("track")), tracks[0] if tracks else None)
    lines = [one for one in standing_lines(award_list) if one.entry.track == track] if award_list else []
    page = page_of(request, lines)
    record_look(request.user, "standings", contest, at=timezone.now())
    facts = {
        "contest": contest,
        "award_list": award_list,
        "tracks": tracks,
        "track": track,
        "page": page,
        "lines": reasoned(contest, list(page)),
        "size": size_of(request),
        "tab": "standings",
    }
    return render(request, "awards/standings.html", facts)
