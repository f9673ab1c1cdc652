"""The last step of every sign-in, by password or by link: at once, or after the code of the second factor."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from competition import events
from competition.access import why_not_second_factor
from competition.errors import Denial
from competition.forms.second_factor import CodeForm
from competition.models import User
from competition.selectors import second_factor_of
from competition.services.second_factor import try_code
from competition.states import Via
from competition.tries import WAIT_MINUTES, Tries, address_of
from competition.views.doors import allowed

BACKEND = "django.contrib.auth.backends.ModelBackend"
MINUTES = 10
WAITING = "sign_in_waiting"  # in the session: who gave the right password or link and owes the code
PASSED = "second_factor"  # in the session: the device whose code was given


@dataclass(frozen=True)
class Waiting:
    """Somebody who is not signed in yet. A password that changes meanwhile ends it."""

    user: int
    backend: str
    at: float
    proof: str
    to: str


def sign_in(request: HttpRequest, user: User, *, to: str, backend: str = BACKEND) -> HttpResponse:
    """Signed in and on the way; or asked for the code first, and not signed in until it fits."""
    request.session.pop(WAITING, None)
    if settings.SECOND_FACTOR == "off" or second_factor_of(user) is None:
        login(request, user, backend=backend)
        return redirect(to)
    return ask_for_code(request, user, to=to, backend=backend)


def ask_for_code(request: HttpRequest, user: User, *, to: str, backend: str) -> HttpResponse:
    """Whoever was signed in here is so no longer; the session begins anew."""
    waiting = Waiting(user.pk, backend, timezone.now().timestamp(), user.get_session_auth_hash(), to)
    request.session.flush()
    request.session[WAITING] = asdict(waiting)
    return redirect("sign-in-code")


def waiting_user(waiting: Waiting, *, at: datetime) -> User | None:
    if at - timedelta(minutes=MINUTES) > datetime.fromtimestamp(waiting.at, tz=at.tzinfo):
        return None
    user = User.objects.filter(pk=waiting.user, is_active=True).first()
    is_same = user is not None and constant_time_compare(waiting.proof, user.get_session_auth_hash())
    return user if is_same else None


@sensitive_post_parameters("code")
@never_cache
@require_http_methods(["GET", "POST"])
@allowed(why_not_second_factor)
def sign_in_code(request: HttpRequest, thing: None) -> HttpResponse:
    """Who did not give a right password or link just now sees nothing here."""
    kept = request.session.get(WAITING)
    if kept is None:
        return redirect("login")
    waiting = Waiting(**kept)
    user = waiting_user(waiting, at=timezone.now())
    if user is None:
        return begin_again(request, waiting)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if denial := why_not_this_code(request, user, form.cleaned_data["code"]):
            form.add_error("code", denial.message)
        else:
            return finish(request, user, waiting)
    return render(request, "registration/code.html", {"form": form}, status=422 if form.errors else 200)


def begin_again(request: HttpRequest, waiting: Waiting) -> HttpResponse:
    del request.session[WAITING]
    messages.warning(request, _("You were not signed in: the time for the code is over. Begin again."))
    return redirect(f"{reverse('login')}?{urlencode({'next': waiting.to})}")


def why_not_this_code(request: HttpRequest, user: User, code: str) -> Denial | None:
    """Slow twice: by account in the database, whatever the address, and by account and address as for passwords."""
    tries = Tries(f"code of {user.key}", address_of(request))
    if tries.is_over():
        return Denial("code-wait-long", {"minutes": WAIT_MINUTES})
    with events.via(Via.WEB):
        denial = try_code(user=user, code=code, at=timezone.now())
    if denial is None:
        tries.forget()
    elif denial.code == "code-wrong":
        tries.count()
    return denial


def finish(request: HttpRequest, user: User, waiting: Waiting) -> HttpResponse:
    """The key of the session changes, and the address asked for is one of ours."""
    del request.session[WAITING]
    login(request, user, backend=waiting.backend)
    remember_passed(request, user)
    is_ours = url_has_allowed_host_and_scheme(waiting.to, {request.get_host()}, require_https=request.is_secure())
    return redirect(waiting.to if is_ours else "home")


def remember_passed(request: HttpRequest, user: User) -> None:
    device = second_factor_of(user)
    request.session[PASSED] = device.pk if device else None
