"""The contest's chain of events, each as it was hashed."""

from collections.abc import Iterable, Iterator
from typing import Any

from competition.events import said_by
from competition.models import Contest, Event


def log_lines(contest: Contest) -> dict[str, Iterable[Any]]:
    return {"events": event_lines(contest)}


def event_lines(contest: Contest) -> Iterator[dict[str, Any]]:
    """The key of an account stands for whoever acted: it is random and tells no name."""
    rows = Event.objects.filter(chain__contest=contest).select_related("actor").order_by("seq")
    for event in rows.iterator():
        yield {**said_by(event), "hash": event.hash}
