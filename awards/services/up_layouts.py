"""上报表样 are kept with the contest, so that who copies the contest next year has them again."""

from datetime import datetime
from typing import Any

from django.db import transaction

from awards.core.up_layouts import Layout, faults_of
from competition.access import why_not_send_up
from competition.core.canon import digest
from competition.core.tokens import random_key
from competition.errors import Denial, Refused
from competition.models import Contest, User
from competition.services.forwarding import set_in
from competition.services.locks import locked_contest

KEPT = "up_layouts"
MOST_LAYOUTS = 30


def layouts_of(contest: Contest) -> dict[str, Layout]:
    """By their keys, in the order in which they were made."""
    return {key: Layout.of(kept) for key, kept in contest.settings.get(KEPT, {}).items()}


@transaction.atomic
def save_up_layout(
    *, contest: Contest, key: str = "", layout: Layout, seen: str | None = None, by: User, at: datetime
) -> str:
    """A new one, or one that is there with other columns. Its key.

    seen     digest of the columns that the page showed; None: whatever stands is replaced
    raises   Refused "layout-name", "layout-columns", "layout-heading", "layout-gone", "layout-changed", "layouts-many"
    """
    there = allowed_layouts(contest, by=by, at=at)
    if key and key not in there:
        raise Refused(Denial("layout-gone"))
    if key and seen is not None and seen != digest(Layout.of(there[key]).kept):
        raise Refused(Denial("layout-changed"))
    if code := faults_of(layout):
        raise Refused(Denial(code))
    if not key and len(there) >= MOST_LAYOUTS:
        raise Refused(Denial("layouts-many", {"most": MOST_LAYOUTS}))
    key = key or random_key()
    set_in(contest, KEPT, there | {key: layout.kept}, "up-layouts.saved", by=by, at=at)
    return key


@transaction.atomic
def drop_up_layout(*, contest: Contest, key: str, by: User, at: datetime) -> None:
    there = allowed_layouts(contest, by=by, at=at)
    if key not in there:
        raise Refused(Denial("layout-gone"))
    rest = {one: kept for one, kept in there.items() if one != key}
    set_in(contest, KEPT, rest, "up-layouts.saved", by=by, at=at)


def allowed_layouts(contest: Contest, *, by: User, at: datetime) -> dict[str, Any]:
    """As they stand under the lock: two who save at once both keep theirs."""
    there: dict[str, Any] = locked_contest(contest.pk).settings.get(KEPT, {})
    if denial := why_not_send_up(by, contest, at=at):
        raise Refused(denial)
    return dict(there)
