"""One's own second factor: set up, recovery codes, off. And the office's help for whoever lost the phone."""

from base64 import b32encode
from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from django_otp.plugins.otp_totp.models import TOTPDevice, default_key

from competition import events
from competition.access import why_not_own_second_factor, why_not_take_second_factor
from competition.errors import Refused
from competition.forms.second_factor import ProofForm, SetUpForm
from competition.selectors import recovery_codes_left, second_factor_of
from competition.services.second_factor import renew_codes, take_second_factor, turn_off, turn_on
from competition.states import Via
from competition.views.doors import SignedIn, allowed, answer
from competition.views.places import find_place, qr_svg, roles_of
from competition.views.signing_in import remember_passed

KEY = "second_factor_key"  # in the session: the secret on the screen, until a code of it was given


@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
@allowed(why_not_own_second_factor)
def second_factor(request: SignedIn, thing: None) -> HttpResponse:
    """What it is and how it is set up; or since when it is on, new recovery codes, off."""
    form = SetUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return set_up(request, form.cleaned_data["code"])
        except Refused as refused:
            form.add_error("code", str(refused))
    device = second_factor_of(request.user)
    if device:
        facts = {"device": device, "left": recovery_codes_left(request.user)}
        proofs = {"ask_codes": ProofForm(auto_id="codes_%s"), "ask_off": ProofForm(auto_id="off_%s")}
        return render(request, "competition/second_factor_on.html", {**facts, **proofs})
    facts = {"form": form, **secret_of(request)}
    return render(request, "competition/second_factor.html", facts, status=422 if form.errors else 200)


def secret_of(request: SignedIn) -> dict[str, str]:
    """The same secret until it is confirmed: who loads the page again has not scanned in vain."""
    key = request.session.setdefault(KEY, default_key())
    secret = b32encode(bytes.fromhex(key)).decode()
    in_fours = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return {"secret": in_fours, "qr": qr_svg(TOTPDevice(user=request.user, key=key).config_url)}


def set_up(request: SignedIn, code: str) -> HttpResponse:
    """From now on other sessions of this account are asked for a code; this one has just given it."""
    with events.via(Via.WEB):
        _device, codes = turn_on(user=request.user, key=request.session.get(KEY, ""), code=code, at=timezone.now())
    request.session.pop(KEY, None)
    request.session.cycle_key()
    remember_passed(request, request.user)
    return render(request, "competition/recovery_codes.html", {"codes": in_halves(codes), "is_new": True})


def in_halves(codes: list[str]) -> list[str]:
    return [f"{one[:5]} {one[5:]}" for one in codes]


@sensitive_post_parameters("proof")
@require_http_methods(["GET", "POST"])
@allowed(why_not_own_second_factor)
def second_factor_codes(request: SignedIn, thing: None) -> HttpResponse:
    """Shown once; who comes back to the address, or changes the language there, gets the page."""
    if request.method == "GET":
        return redirect("second-factor")
    try:
        with events.via(Via.WEB):
            codes = renew_codes(user=request.user, proof=request.POST.get("proof", ""), at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("second-factor")
    return render(request, "competition/recovery_codes.html", {"codes": in_halves(codes), "is_new": False})


@sensitive_post_parameters("proof")
@require_POST
@allowed(why_not_own_second_factor)
def second_factor_off(request: SignedIn, thing: None) -> HttpResponse:
    do = partial(turn_off, user=request.user, proof=request.POST.get("proof", ""), at=timezone.now())
    done = _("The second factor is off. Your password alone signs you in; delete the entry in the app.")
    return answer(request, do, reverse("second-factor"), done)


@require_POST
@allowed(why_not_take_second_factor)
def place_second_factor(request: SignedIn, thing: None, kind: str, key: str) -> HttpResponse:
    """Of somebody who acts for this school or unit."""
    role = get_object_or_404(roles_of(find_place(kind, key)), user__key=request.POST.get("user", ""))
    do = partial(take_second_factor, user=role.user, by=request.user, at=timezone.now())
    done = _("The second factor of %(name)s is taken away. Make a new link if the password is lost, too.")
    return answer(request, do, reverse("place", args=[kind, key]), done % {"name": role.user.name.replace("%", "%%")})
