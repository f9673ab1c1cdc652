"""Signing in with a password: slow for whoever guesses, and silent on which accounts exist."""

import hashlib

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

TRIES = 10
WAIT_MINUTES = 10


class SignInForm(AuthenticationForm):
    """After ten tries of a name from an address, both wait; nothing tells whether the account exists."""

    def clean(self) -> dict:
        tries = tries_key(self.cleaned_data.get("username", ""), address_of(self.request))
        if cache.get(tries, 0) >= TRIES:
            message = _(
                "Too many tries. Wait %(minutes)s minutes and try again; your account is safe. "
                "Forgot the password? The office of the contest can set a new one."
            )
            raise ValidationError(message, code="wait", params={"minutes": WAIT_MINUTES})
        try:
            cleaned = super().clean()
        except ValidationError:
            count(tries)
            raise
        cache.delete(tries)
        return cleaned


def count(tries: str) -> None:
    """The wait begins anew with each wrong try, so that guessing on does not pay."""
    cache.add(tries, 0, WAIT_MINUTES * 60)
    cache.incr(tries)
    cache.touch(tries, WAIT_MINUTES * 60)


def tries_key(username: str, address: str) -> str:
    """Hashed: neither a name nor an address is kept."""
    return "tries." + hashlib.sha256(f"{username.strip().casefold()}\n{address}".encode()).hexdigest()


def address_of(request) -> str:
    """Behind our own proxy its last word on where the request came from counts; nobody else's does."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return forwarded.rsplit(",", 1)[-1].strip() or request.META.get("REMOTE_ADDR", "")
