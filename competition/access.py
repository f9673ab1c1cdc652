"""The rules of this app: why_not_<verb>(user, thing, *, at) answers a Denial, or None where it may be done."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from competition.errors import Denial
from competition.models import Contest, Entry, School
from competition.states import ContestState, RoleKind

Rule = Callable[..., Denial | None]
HIDDEN = Denial("hidden", hide=True)


def why_not_anyone(user: Any, thing: Any = None, *, at: datetime) -> Denial | None:
    """Open to the public."""
    return None


def why_not_signed_in(user: Any, thing: Any = None, *, at: datetime) -> Denial | None:
    return None if user.is_authenticated else Denial("sign-in")


def is_organiser(user: Any, contest: Contest | None) -> bool:
    """Of this contest, or of the whole installation."""
    if not user.is_authenticated:
        return False
    scopes = set(user.roles.filter(kind=RoleKind.ORGANISER).values_list("contest_id", flat=True))
    return None in scopes or (contest is not None and contest.pk in scopes)


def why_not_organise(user: Any, contest: Contest | None = None, *, at: datetime) -> Denial | None:
    """See and drive a contest from inside. Who is not its organiser does not learn that it exists."""
    if not user.is_authenticated:
        return Denial("sign-in")
    if is_organiser(user, contest):
        return None
    return Denial("not-organiser") if contest is None else HIDDEN


def why_not_see_school(user: Any, school: School, *, at: datetime) -> Denial | None:
    if not user.is_authenticated:
        return Denial("sign-in")
    is_theirs = user.roles.filter(kind=RoleKind.SCHOOL, school=school).exists()
    return None if is_theirs or is_organiser(user, None) else HIDDEN


def why_not_see_contest(user: Any, contest: Contest, *, at: datetime) -> Denial | None:
    """The public page: from publication on; before that only its organisers."""
    if contest.state == ContestState.PUBLISHED or is_organiser(user, contest):
        return None
    return HIDDEN


def why_not_see_entry(user: Any, entry: Entry, *, at: datetime) -> Denial | None:
    """Everything about one entry: for the organisers of its contest."""
    return why_not_organise(user, entry.contest, at=at)


def why_not_in_state(contest: Contest, *states: ContestState) -> Denial | None:
    """A step that is open only while the contest stands at one of these states."""
    if contest.state in states:
        return None
    return Denial("wrong-state", {"contest": contest, "state": contest.get_state_display()})
