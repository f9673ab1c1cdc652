"""Wrong tries are counted, so that guessing is slow: of a password by name and address, of a code likewise."""

import hashlib

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

TRIES = 10
WAIT_MINUTES = 10


def is_over(tries: str) -> bool:
    return cache.get(tries, 0) >= TRIES


def count(tries: str) -> None:
    """The wait begins anew with each wrong try, so that guessing on does not pay."""
    cache.add(tries, 0, WAIT_MINUTES * 60)
    cache.incr(tries)
    cache.touch(tries, WAIT_MINUTES * 60)


def forget(tries: str) -> None:
    cache.delete(tries)


def tries_key(name: str, address: str) -> str:
    """Hashed: neither a name nor an address is kept."""
    return "tries." + hashlib.sha256(f"{name.strip().casefold()}\n{address}".encode()).hexdigest()


def address_of(request: HttpRequest | None) -> str:
    """Behind our own proxy its last word on where the request came from counts; nobody else's does."""
    if request is None:
        return ""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.SECURE_PROXY_SSL_HEADER else ""
    return forwarded.rsplit(",", 1)[-1].strip() or request.META.get("REMOTE_ADDR", "")
