"""The one place that writes the log: one event for one change, in the same transaction as the change."""

import contextlib
import hashlib
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

from django.db import connection, models

from competition.core.canon import canonical
from competition.models import AccessRecord, Chain, Contest, Event, User
from competition.states import Via

_via: ContextVar[Via] = ContextVar("via", default=Via.COMMAND)


@contextlib.contextmanager
def via(door: Via) -> Iterator[None]:
    """Everything written inside came through this door."""
    token = _via.set(door)
    try:
        yield
    finally:
        _via.reset(token)


_agreement: ContextVar[Mapping[str, str]] = ContextVar("agreement", default=MappingProxyType({}))


@contextlib.contextmanager
def agreed(agreement: str, proposer: str) -> Iterator[None]:
    """Everything written inside was proposed by another person: the log names both keys beside whoever did it."""
    token = _agreement.set({"agreement": agreement, "proposer": proposer})
    try:
        yield
    finally:
        _agreement.reset(token)


def record(
    contest: Contest | None,
    action: str,
    subject: models.Model | None = None,
    *,
    by: User | None,
    at: datetime,
    body: Mapping[str, Any] | None = None,
) -> Event:
    """Append to the contest's chain (or the installation's). Call it last: it locks the head of the chain.

    body     integers, strings, ids; no personal data, no floats (TypeError)
    raises   RuntimeError outside a transaction: the event would outlive a change that was undone
    """
    if not connection.in_atomic_block:
        raise RuntimeError("An event is written in the transaction of its change.")
    chain = locked_head(contest)
    event = Event(
        chain=chain,
        seq=chain.seq + 1,
        at=at.astimezone(UTC),
        actor=by,
        via=_via.get(),
        action=action,
        subject=name_of(subject),
        body={**(body or {}), **_agreement.get()},
        prev_hash=chain.hash,
    )
    event.hash = hash_of(event)
    event.save(force_insert=True)
    if not Chain.objects.filter(pk=chain.pk, seq=chain.seq).update(seq=event.seq, hash=event.hash):
        raise RuntimeError("The head of the chain moved under its lock.")
    return event


def locked_head(contest: Contest | None) -> Chain:
    Chain.objects.get_or_create(contest=contest)
    return Chain.objects.select_for_update().get(contest=contest)


def name_of(subject: models.Model | None) -> str:
    if subject is None:
        return ""
    return f"{subject._meta.label_lower}:{getattr(subject, 'key', subject.pk)}"


def hash_of(event: Event) -> str:
    """SHA-256 over the hash before it and the canonical form of everything the event says."""
    return hashlib.sha256(event.prev_hash.encode() + canonical(said_by(event))).hexdigest()


def said_by(event: Event) -> dict[str, Any]:
    return {
        "seq": event.seq,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": event.actor.key if event.actor else "",
        "via": str(event.via),
        "action": event.action,
        "subject": event.subject,
        "body": event.body,
    }


def first_broken(contest: Contest | None) -> int | None:
    """The sequence number at which the chain no longer holds, or None where every link does."""
    before, seq = "0" * 64, 0
    for event in Event.objects.filter(chain__contest=contest).select_related("actor").order_by("seq").iterator():
        seq += 1
        if event.seq != seq or event.prev_hash != before or event.hash != hash_of(event):
            return seq
        before = event.hash
    head = Chain.objects.filter(contest=contest).first()
    if head and (head.seq, head.hash) != (seq, before):
        return seq + 1
    return None


def record_look(
    user: User, what: str, subject: models.Model, *, at: datetime, once_in: timedelta | None = None
) -> None:
    """Someone saw personal data. Kept apart from the chain, and never undone.

    once_in   of a page that refreshes itself: looks within that time are one; those after the first write nothing, and
              take no lock that keeps out who writes
    """
    seen = {"user": user, "what": what, "subject": name_of(subject)}
    if once_in is None or not AccessRecord.objects.filter(**seen, at__gt=at - once_in).exists():
        AccessRecord.objects.create(at=at, **seen)
