"""What lets people come to their self-nomination (自荐): doors that count visits, and a session that remembers that the
secret was right."""

from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from awards.access_to_self import why_not_come
from awards.models import SelfNomination
from competition.crowds import Door
from competition.errors import Denial
from competition.models import Contest
from competition.views.crowds import View, hidden, limited
from competition.views.finding import find_contest

# A class that fills it in together from one address is let in; who begins hundreds is not.
PAGES = Door("self-nominations", each=120, everyone=1200)
BEGINNINGS = Door("self-nominations begun", each=40, everyone=200)
# Whoever has it open comes by another door: words that are typed are not lost since others fill that of the public.
OWN = Door("self-nominations opened", each=300, everyone=6000)
OPENED = "self_nominations"  # in the session: key -> when it was last used
IDLE_S = 2 * 60 * 60
MOST_OPEN = 5


def kept_quiet(view: View) -> View:
    """Out of search engines and caches. Forms are sent from here, so that where they come from stays said within the
    site; no address holds a secret."""

    @wraps(view)
    def quiet(*args: Any, **kwargs: Any) -> HttpResponseBase:
        response = hidden(view(*args, **kwargs))
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    return quiet


@dataclass(frozen=True)
class Coming:
    """Somebody at the page of a self-nomination. `nomination`: None where it was not opened here, or there is none;
    `key`: as the address says."""

    contest: Contest
    nomination: SelfNomination | None
    key: str


def find_coming(request: HttpRequest, key: str, nomination: str) -> Coming:
    contest = find_contest(request, key)
    rows = SelfNomination.objects.select_related("track").exclude(digest="")
    found = rows.filter(contest=contest, key=nomination).first()
    if found is None or not is_open_here(request, found):
        return Coming(contest, None, nomination)
    found.contest = contest
    return Coming(contest, found, nomination)


def why_not_come_to(user: Any, coming: Coming, *, at: Any) -> Denial | None:
    return why_not_come(user, coming.contest, at=at)


def is_open_here(request: HttpRequest, nomination: SelfNomination) -> bool:
    """The right secret was typed in this browser not long ago."""
    used, now = request.session.get(OPENED, {}).get(nomination.key), timezone.now().timestamp()
    if used is None or now - used > IDLE_S:
        return False
    request.session[OPENED] = {**request.session[OPENED], nomination.key: now}
    return True


def open_here(request: HttpRequest, nomination: SelfNomination) -> None:
    request.session.cycle_key()
    opened = {**request.session.get(OPENED, {}), nomination.key: timezone.now().timestamp()}
    request.session[OPENED] = dict(sorted(opened.items(), key=lambda one: -one[1])[:MOST_OPEN])


def close_here(request: HttpRequest, nomination: SelfNomination) -> None:
    opened = request.session.get(OPENED, {})
    request.session[OPENED] = {key: used for key, used in opened.items() if key != nomination.key}


def limited_unless_open(view: View) -> View:
    """Visits to one that is open here are counted apart from all others."""
    public, own = limited(PAGES)(view), limited(OWN)(view)

    @wraps(view)
    def counted(request: HttpRequest, coming: Coming, *things: Any, **names: Any) -> HttpResponseBase:
        return (public if coming.nomination is None else own)(request, coming, *things, **names)

    return counted
