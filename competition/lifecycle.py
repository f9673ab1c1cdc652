"""One door for every change of state: the table of moves, a compare-and-swap, an event."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from competition import events
from competition.errors import Denial, Refused
from competition.models import User
from competition.models.moving import Moving


@transaction.atomic
def move(
    thing: Moving,
    to: str,
    *,
    by: User | None,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
    event: str = "",
    **fields: Any,
) -> None:
    """Move `thing` to the state `to` and set `fields` with it, or refuse and change nothing.

    facts    what the event says besides
    event    its name, where that of the state would say something else
    raises   Refused "no-such-move" where the table has no such move; "changed-meanwhile" where somebody was faster
    """
    was = thing.state
    kind = type(thing)
    if to not in thing.MOVES.get(was, ()):
        states = dict(kind._meta.get_field("state").flatchoices)
        raise Refused(Denial("no-such-move", {"thing": thing, "state": states[was], "to": states.get(to, to)}))
    rows: QuerySet[Any] = kind._default_manager.filter(pk=thing.pk)
    if not rows.filter(state=was).update(state=to, **fields):
        raise Refused(Denial("changed-meanwhile", {"thing": thing}))
    thing.state = to
    for name, value in fields.items():
        setattr(thing, name, value)
    body = {"from": str(was), "to": str(to), **(facts or {})}
    name = event or f"{kind._meta.model_name}.{to}"
    events.record(thing.log_contest, name, thing.log_subject, by=by, at=at, body=body)
