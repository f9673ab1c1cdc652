"""A page of the public behind a door that may be full for a moment."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from competition.crowds import Door
from competition.tries import address_of

View = Callable[..., HttpResponseBase]
Answer = TypeVar("Answer", bound=HttpResponseBase)


def limited(door: Door) -> Callable[[View], View]:
    """Under `allowed`: whoever may see the page waits where too many want to at once."""

    def decorate(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *things: Any, **names: Any) -> HttpResponseBase:
            if wait_s := door.seconds_to_wait(address_of(request), at=timezone.now()):
                return full(request, wait_s)
            return view(request, *things, **names)

        return counted

    return decorate


def full(request: HttpRequest, wait_s: int) -> HttpResponseBase:
    response = render(request, "429.html", {"seconds": wait_s}, status=429)
    response.headers["Retry-After"] = str(wait_s)
    return hidden(response)


def hidden(response: Answer) -> Answer:
    """Out of search engines and caches, and its address, which is a key, out of other sites' logs."""
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
