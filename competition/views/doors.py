"""Every page goes through a door: it finds the thing, asks the rule, and only then runs the view."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control

from competition import events, parts
from competition.access import Rule
from competition.errors import Denial, Refused
from competition.models import Contest, User
from competition.states import Via

View = Callable[..., HttpResponseBase]


class SignedIn(HttpRequest):
    """A request whose rule let only people in who have signed in."""

    user: User


Finder = Callable[..., Any]
STATUS_OF = {"wrong-state": 409, "forms-do-not-add-up": 409}


def allowed(rule: Rule, find: Finder | None = None) -> Callable[[View], View]:
    """Open a view to those whom the rule lets in.

    find     (request, names of the address) -> what the page is about; it answers 404 where there is none.
             The view gets the thing and what the finder did not take from the address
    """
    taken = set(inspect.signature(find).parameters) - {"request"} if find else set()

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, **names: Any) -> HttpResponseBase:
            thing = find(request, **{name: names[name] for name in taken}) if find else None
            if denial := rule(request.user, thing, at=timezone.now()):
                return refuse(request, denial)
            rest = {name: value for name, value in names.items() if name not in taken}
            return for_one_reader(request, view(request, thing, **rest))

        guarded.rule = rule  # type: ignore[attr-defined]
        return guarded

    return decorate


def refuse(request: HttpRequest, denial: Denial) -> HttpResponse:
    if denial.hide:
        raise Http404(denial.message)
    if denial.code == "sign-in":
        return HttpResponseRedirect(f"{reverse('login')}?{urlencode({'next': request.get_full_path()})}")
    return render(request, "403.html", {"denial": denial}, status=STATUS_OF.get(denial.code, 403))


def for_one_reader(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """What a signed-in person saw stays in no cache, not even in that of a shared computer."""
    if request.user.is_authenticated:
        patch_cache_control(response, private=True, no_store=True)
    return response


def answer(request: HttpRequest, do: Callable[[], Any], to: str, done: str = "") -> HttpResponse:
    """Run a service and go on: with the good news, or with the reason why nothing was done.

    done     the good news; may name the service's own answer as %(result)s
    """
    try:
        with events.via(Via.WEB):
            result = do()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        if done:
            messages.success(request, done % {"result": result})
    return redirect(to)


def answer_once_seen(
    request: HttpRequest, contest: Contest, do: Callable[[], Any], to: str, done: str = "", *, heading: str, button: str
) -> HttpResponse:
    """As `answer`, for what may move prizes: from the first sheet on a page shows first who moves and why.

    heading, button   of that page: the question, and the word for doing it
    """
    said = {"to": to, "done": done, "heading": heading, "button": button}
    shown: HttpResponse | None = parts.shown_first(request, contest, do, **said)
    return answer(request, do, to, done) if shown is None else shown
