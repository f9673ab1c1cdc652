"""预演: before an act moves prizes a page shows who moves and why; it is then done whole, or nothing is."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.outputs.moving_words import shown
from awards.services.dry_run import NotAsShown, apply_as_shown, is_shown_first
from competition import events
from competition.access import is_organiser
from competition.errors import Refused
from competition.events import record_look
from competition.models import Contest
from competition.states import Via
from competition.views.doors import SignedIn
from competition.wording import in_a_row

NOT_SENT_ON = {"csrfmiddlewaretoken", "seen"}


def shown_first(
    request: SignedIn,
    contest: Contest,
    do: Callable[[], Any],
    *,
    to: str,
    done: str,
    heading: str,
    button: str,
    since_list: bool = False,
) -> HttpResponse | None:
    """Do it where it is what the reader saw, or where nobody moves; else show it, and what was typed goes along.

    None: before the first sheet there is nothing to show, and whoever is not the office sees no prizes
    """
    if not is_shown_first(contest) or not is_organiser(request.user, contest):
        return None
    by, at, seen = request.user, timezone.now(), request.POST.get("seen", "")
    try:
        with events.via(Via.WEB):
            result = apply_as_shown(contest=contest, act=do, seen=seen, by=by, at=at, since_list=since_list)
    except NotAsShown as fault:
        return page_of(request, contest, fault, to=to, heading=heading, button=button)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect(to)
    news = done % {"result": result} if done else ""
    if news := news if seen else in_a_row([news, _("No prize moves.")]):
        messages.success(request, news)
    return redirect(to)


def page_before(
    request: SignedIn, contest: Contest, do: Callable[[], Any], *, to: str, heading: str, button: str
) -> HttpResponse | None:
    """Do it; or, where a list has been proposed and somebody would move, the page that shows whom, and nothing is done.

    None: it is done. While nobody has seen a list whoever types is not kept waiting; whoever is not the office sees no
    prizes
    raises   Refused whatever `do` refuses, and nothing is done
    """
    is_shown = is_shown_first(contest) and contest.award_lists.exists()
    with events.via(Via.WEB):
        if not is_shown or not is_organiser(request.user, contest):
            do()
            return None
        seen = request.POST.get("seen", "")
        try:
            apply_as_shown(contest=contest, act=do, seen=seen, by=request.user, at=timezone.now())
        except NotAsShown as fault:
            return page_of(request, contest, fault, to=to, heading=heading, button=button)
    return None


def page_of(
    request: SignedIn, contest: Contest, fault: NotAsShown, *, to: str, heading: str, button: str
) -> HttpResponse:
    """Nothing is done yet. The caller's rows may be ahead of the database, so the contest is asked for anew."""
    contest = Contest.objects.get(pk=contest.pk)
    record_look(request.user, "dry-run", contest, at=timezone.now())
    is_anew = bool(request.POST.get("seen"))
    facts = {
        "contest": contest,
        "run": shown(contest, fault.run),
        "heading": heading,
        "button": button,
        "to": to,
        "sent": [(name, value) for name, values in request.POST.lists() if name not in NOT_SENT_ON for value in values],
        "refused": str(fault) if is_anew else "",
        "tab": "awards",
    }
    return render(request, "awards/dry_run.html", facts, status=409 if is_anew else 200)
