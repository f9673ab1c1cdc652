"""The API's figures and lists, of all three apps: the same rules and the same services as the pages."""

from typing import Any, cast

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from awards.access import why_not_see_results
from awards.models import AwardList
from awards.outputs.facts import award_lines, standing_lines
from awards.outputs.figures import award_figures, contest_figures, delegation_figures, is_delegation
from awards.outputs.public import public_line
from awards.selectors import list_that_stands, public_contests, public_list
from awards.views.standings import reasoned
from competition.access import is_organiser, why_not_anyone, why_not_organise
from competition.api.doors import Door, paged
from competition.events import record_look
from competition.models import Contest, User
from competition.selectors import organised_by
from competition.states import ContestKind
from competition.views.finding import find_contest


class OfContest(Door):
    def find(self, **names: Any) -> Contest:
        return find_contest(self.request, names["key"])


def outline(contest: Contest) -> dict[str, Any]:
    return {
        "key": contest.key,
        "name": contest.label_zh,
        "name_en": contest.label_en,
        "kind": contest.kind,
        "year": contest.year,
        "state": contest.state,
    }


class Contests(Door):
    """The published ones; for an organiser all of theirs as well."""

    rule = staticmethod(why_not_anyone)

    def get(self, request: Request) -> Response:
        found = public_contests()
        if request.user.is_authenticated:
            found = Contest.objects.filter(pk__in=found) | Contest.objects.filter(pk__in=organised_by(request.user))
        return paged(request, [outline(one) for one in found])


class OneContest(OfContest):
    """Its figures: numbers only. An organiser sees those of the list that stands, the public those published."""

    rule = staticmethod(why_not_see_results)

    def get(self, request: Request, key: str) -> Response:
        award_list = list_for(request, self.thing)
        figures = figures_of(award_list) if award_list else None
        version = award_list.version if award_list else None
        return Response({**outline(self.thing), "version": version, "figures": figures})


def list_for(request: Request, contest: Contest) -> AwardList | None:
    return list_that_stands(contest) if is_organiser(request.user, contest) else public_list(contest)


def figures_of(award_list: AwardList) -> dict[str, Any]:
    contest = award_list.contest
    if contest.kind == ContestKind.AWARD:
        return award_figures(award_list)
    return delegation_figures(award_list) if is_delegation(contest) else contest_figures(award_list)


class Awards(OfContest):
    """The published list with the columns that the public may see; the same for everybody."""

    rule = staticmethod(why_not_see_results)

    def get(self, request: Request, key: str) -> Response:
        award_list = public_list(self.thing) or list_that_stands(self.thing)
        lines = award_lines(award_list) if award_list else []
        return paged(request, [vars(public_line(line, self.thing.kind)) for line in lines])


class Standings(OfContest):
    """Every entry with score, place, prize and reason, for the organisers."""

    rule = staticmethod(why_not_organise)

    def get(self, request: Request, key: str) -> Response:
        award_list = list_that_stands(self.thing)
        lines = reasoned(standing_lines(award_list)) if award_list else []
        record_look(cast(User, request.user), "standings", self.thing, at=timezone.now())
        return paged(request, [standing_row(one) for one in lines])


def standing_row(shown: Any) -> dict[str, Any]:
    line = shown.line
    entry = line.entry
    return {
        "number": entry.number,
        "title": entry.title,
        "track": entry.track.label,
        "division": entry.division.label if entry.division else "",
        "state": entry.state,
        "score": line.score or None,
        "time": line.time or None,
        "place": line.place,
        "prize": line.prize or None,
        "is_held": line.is_held,
        "sheets": [{"judge": judge, "total": total} for judge, total in line.sheets],
        "attempts": [{"attempt": attempt, "result": result} for attempt, result in line.attempts],
        "why": shown.why,
    }
