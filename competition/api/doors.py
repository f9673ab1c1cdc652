"""The door of the API: the same rules and the same services as the pages, one shape for every error."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from competition.access import Rule
from competition.errors import Denial, Refused

SIZE, MOST = 100, 500
STATUS_OF = {
    "sign-in": 401,
    "not-organiser": 403,
    "not-yours": 403,
    "code-not-given": 403,
    "second-factor-missing": 403,
}


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
