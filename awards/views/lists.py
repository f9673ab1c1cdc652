"""The list of awards in all its versions, with full names, for the office."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from awards.access import why_not_see_list
from awards.models import AwardList
from awards.outputs.facts import AwardLine, award_lines, recognition_lines
from awards.selectors import list_that_stands
from awards.services.lists import check_list, finding_sentence
from awards.states import ListState
from competition.access import why_not_organise
from competition.events import record_look
from competition.models import Contest
from competition.views.doors import SignedIn, allowed
from competition.views.finding import find_contest


def grouped(lines: list) -> list[tuple[str, list[tuple[str, list]]]]:
    """[(track, [(division, lines)])] in the order of the lines."""
    return [
        (track, [(division, list(rows)) for division, rows in groupby(of_track, key=lambda line: line.division)])
        for track, of_track in groupby(lines, key=lambda line: line.track)
    ]


def counted(lines: list[AwardLine]) -> list[tuple[str, str, int]]:
    """(code, prize, number), best first."""
    numbers: dict[tuple[int, str, str], int] = {}
    for line in lines:
        key = (line.award.order, line.prize, line.code)
        numbers[key] = numbers.get(key, 0) + 1
    return [(code, prize, number) for (_, prize, code), number in sorted(numbers.items())]


def find_version(request: HttpRequest, key: str, version: int) -> AwardList:
    lists = AwardList.objects.select_related("contest__belongs_to", "plan", "run")
    return get_object_or_404(lists, contest__key=key, version=version)


@require_GET
@allowed(why_not_organise, find_contest)
def award_list(request: SignedIn, contest: Contest) -> HttpResponse:
    return list_page(request, contest, list_that_stands(contest))


@require_GET
@allowed(why_not_see_list, find_version)
def award_list_version(request: SignedIn, shown: AwardList) -> HttpResponse:
    return list_page(request, shown.contest, shown)


def list_page(request: SignedIn, contest: Contest, shown: AwardList | None) -> HttpResponse:
    lines = award_lines(shown) if shown else []
    is_standing = shown is not None and shown.state != ListState.SUPERSEDED
    record_look(request.user, "award-list", shown or contest, at=timezone.now())
    facts = {
        "contest": contest,
        "shown": shown,
        "is_standing": is_standing,
        "groups": grouped(lines),
        "counts": counted(lines),
        "recognitions": recognitions_of(shown) if shown else [],
        "findings": [(one.entry, finding_sentence(one)) for one in check_list(shown)] if shown and is_standing else [],
        "versions": contest.award_lists.order_by("-version"),
        "tab": "awards",
    }
    return render(request, "awards/award_list.html", facts)


def recognitions_of(shown: AwardList) -> list[tuple[str, list]]:
    """[(title, [(recognition, name, home)])]"""
    rows = recognition_lines(shown)
    return [(str(rule), list(of_rule)) for rule, of_rule in groupby(rows, key=lambda row: row[0].rule)]
