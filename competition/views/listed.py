"""A list that goes in whole or not at all: shown first, then done as it was shown."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from competition import events
from competition.errors import Refused
from competition.listed import CHANGED, NEW, SAME, WRONG
from competition.states import Via
from competition.views.doors import SignedIn
from competition.views.kept import redeemed, ticket

SHOWN = 300


def shown(request: SignedIn, plan: Any, sha256: str) -> Mapping[str, Any]:
    """What a preview needs of a WholePlan: wrong rows first."""
    first = sorted(plan.lines, key=lambda line: (line.status != WRONG, line.number))[:SHOWN]
    return {
        "plan": plan,
        "lines": first,
        "more": len(plan.lines) - len(first),
        "counts": [(one, plan.count(one)) for one in (NEW, CHANGED, SAME, WRONG)],
        "ticket": ticket(request.user, sha256, plan.digest),
    }


def take_in(
    request: SignedIn,
    do: Callable[[bytes, str], Any],
    show: Callable[[bytes, str], HttpResponse],
    *,
    done: str,
    to: str,
    again: str,
) -> HttpResponse:
    """What was shown, whole or not at all.

    do      do(data, digest of what was shown) -> the plan that it did, or refuses
    show    show(data, sha256): the preview anew, where it refused
    done    the good news, with %(new)s and %(changed)s
    again   where to bring it in anew, when its day is over
    """
    kept = redeemed(request.user, request.POST.get("ticket", ""))
    try:
        data = kept.read() if kept else None
    except FileNotFoundError:
        data = None
    if kept is None or data is None:
        messages.error(request, _("The day of this list is over. Upload it again."))
        return redirect(again)
    try:
        with events.via(Via.WEB):
            plan = do(data, kept.shown)
    except Refused as refused:
        messages.error(request, str(refused))
        return show(data, kept.sha256)
    kept.forget()
    messages.success(request, done % {"new": plan.count(NEW), "changed": plan.count(CHANGED)})
    return redirect(to)
