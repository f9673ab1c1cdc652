"""Standings: every entry with its score, its place, its prize and the reason."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from awards.access import is_analysis_open
from awards.outputs.facts import StandingLine, standing_lines
from awards.outputs.reasons import why
from awards.selectors import list_that_stands
from competition.access import why_not_organise
from competition.events import record_look
from competition.models import Contest
from competition.views.doors import SignedIn, allowed
from competition.views.finding import find_contest
from competition.views.paging import page_of, size_of


@dataclass(frozen=True)
class Shown:
    line: StandingLine
    why: str


def reasoned(lines: list[StandingLine]) -> list[Shown]:
    return [Shown(line, why(line)) for line in lines]


def columns_of(lines: list[StandingLine]) -> list[str]:
    """Of score and time, those that the track has."""
    has_time = any(one.time for one in lines)
    has_score = not has_time or any(one.score for one in lines)
    return [name for name, has in (("score", has_score), ("time", has_time)) if has]


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
        "lines": reasoned(list(page)),
        "columns": columns_of(lines),
        "size": size_of(request),
        "tab": "standings",
        "is_analysis_open": is_analysis_open(contest),
    }
    return render(request, "awards/standings.html", facts)
