"""The API in JSON: the same rules and the same services as the pages, one shape for every error."""

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from awards.access import why_not_see_results
from awards.models import AwardList
from awards.outputs.facts import award_lines, standing_lines
from awards.outputs.figures import award_figures, contest_figures, delegation_figures, is_delegation
from awards.selectors import list_that_stands, public_contests, public_list
from awards.views.results import public_line
from awards.views.standings import reasoned
from competition.access import Rule, is_organiser, why_not_anyone, why_not_organise
from competition.errors import Denial, Refused
from competition.events import record_look
from competition.models import Contest, User
from competition.selectors import organised_by
from competition.states import ContestKind
from competition.views.finding import find_contest

SIZE, MOST = 100, 500
STATUS_OF = {"sign-in": 401, "not-organiser": 403, "not-yours": 403}


class Door(APIView):
    """Asks its rule about its thing before anything else, and tells every error as {code, message, fields}."""

    rule: Rule
    thing: Any = None

    def find(self, **names: Any) -> Any:
        return None

    def initial(self, request: Request, *args: Any, **names: Any) -> None:
        super().initial(request, *args, **names)
        self.thing = self.find(**names)
        if denial := type(self).rule(request.user, self.thing, at=timezone.now()):
            raise Refused(denial)

    def handle_exception(self, exc: Exception) -> Response:
        told = told_of(exc)
        if told is None:
            return super().handle_exception(exc)
        status, denial = told
        response = error(status, denial)
        response.exception = True
        return response


def told_of(exc: Exception) -> tuple[int, dict[str, Any]] | None:
    """(status, body), or None for what is our own fault."""
    if isinstance(exc, Refused):
        return of_denial(exc.denial)
    if isinstance(exc, Http404 | exceptions.NotFound):
        return of_denial(Denial("hidden", hide=True))
    if isinstance(exc, exceptions.NotAuthenticated | exceptions.AuthenticationFailed):
        return of_denial(Denial("sign-in"))
    if isinstance(exc, exceptions.PermissionDenied | PermissionDenied):
        return of_denial(Denial("not-yours"))
    if isinstance(exc, exceptions.ValidationError | exceptions.ParseError):
        fields = exc.detail if isinstance(exc.detail, dict) else {}
        message = _("Something in this request cannot be understood. Nothing was changed.")
        return 422, {"code": "malformed", "message": message, "fields": fields}
    if isinstance(exc, exceptions.APIException):
        return exc.status_code, {"code": exc.default_code, "message": str(exc.detail), "fields": {}}
    return None


def of_denial(denial: Denial) -> tuple[int, dict[str, Any]]:
    status = 404 if denial.hide else STATUS_OF.get(denial.code, 409)
    return status, {"code": denial.code, "message": denial.message, "fields": dict(denial.fields)}


def error(status: int, body: dict[str, Any]) -> Response:
    return Response(body, status=status, headers={"Cache-Control": "no-store"})


def number_from(request: Request, name: str, default: int, most: int) -> int:
    """raises   ValidationError naming the field"""
    said = request.query_params.get(name, "")
    if not said:
        return default
    if not (said.isascii() and said.isdecimal() and 1 <= int(said[:9]) <= most):
        raise exceptions.ValidationError({name: [_("A whole number from 1 to %(most)s.") % {"most": most}]})
    return int(said)


def paged(request: Request, rows: list[Any]) -> Response:
    """?page= and ?size=; a page that is not there is empty."""
    size, number = number_from(request, "size", SIZE, MOST), number_from(request, "page", 1, 10**6)
    pages = Paginator(rows, size)
    results = pages.page(number).object_list if number <= pages.num_pages else []
    return Response({"count": len(rows), "page": number, "pages": pages.num_pages, "results": results})


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
        lines = reasoned(self.thing, standing_lines(award_list)) if award_list else []
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
        "place": line.place,
        "prize": line.prize or None,
        "is_held": line.is_held,
        "sheets": [{"judge": judge, "total": total} for judge, total in line.sheets],
        "why": shown.why,
    }
