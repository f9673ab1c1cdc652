"""Between signing in and everything else: a session counts once it has given the code of its account."""

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from competition.api.doors import of_denial
from competition.errors import Denial
from competition.models import User
from competition.selectors import second_factor_of
from competition.states import APPROVING
from competition.views.signing_in import PASSED, ask_for_code

ALWAYS = {"logout", "set_language"}
TO_SET_UP = {*ALWAYS, "second-factor", "second-factor-codes", "second-factor-off"}


class SecondFactorFirst:
    """Asks for the code whoever was signed in before there was one, on this or another computer; and keeps organisers
    at the set-up where the installation requires it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest):
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponseBase | None:
        user, name = request.user, request.resolver_match.url_name if request.resolver_match else ""
        if settings.SECOND_FACTOR == "off" or not user.is_authenticated or name in ALWAYS:
            return None
        device = second_factor_of(user)
        if device is not None:
            return None if request.session.get(PASSED) == device.pk else not_passed(request, user, name or "")
        is_kept = settings.SECOND_FACTOR == "required" and name not in TO_SET_UP and organises(user)
        return to_set_up(name or "") if is_kept else None


def organises(user: User) -> bool:
    """Anything at all, or approves what others do."""
    return user.roles.filter(kind__in=APPROVING).exists()


def not_passed(request: HttpRequest, user: User, name: str) -> HttpResponseBase:
    if name.startswith("api-"):
        return told("code-not-given")
    to = request.get_full_path() if request.method == "GET" else reverse("home")
    return ask_for_code(request, user, to=to, backend=request.session[BACKEND_SESSION_KEY])


def to_set_up(name: str) -> HttpResponseBase:
    return told("second-factor-missing") if name.startswith("api-") else redirect("second-factor")


def told(code: str) -> JsonResponse:
    status, body = of_denial(Denial(code))
    return JsonResponse(body, status=status, headers={"Cache-Control": "no-store"})
