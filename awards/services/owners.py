"""Whose templates and seals they are: a contest's, or of the office of the installation (None), for its trainings."""

from datetime import date, datetime

from django.utils import timezone

from competition import events
from competition.core.tokens import Mint
from competition.keys import installation_key
from competition.models import Contest
from competition.services.locks import locked_contest


def locked_owner(contest: Contest | None) -> Contest | None:
    """Templates are saved, and seals allowed, withdrawn and used, one at a time. The installation has the head of its
    log as lock, so whoever takes it waits for nothing after it."""
    if contest is None:
        events.locked_head(None)
        return None
    return locked_contest(contest.pk)


def mint_of(contest: Contest | None) -> Mint:
    return contest.mint if contest else Mint(installation_key())


def day_of(contest: Contest | None, at: datetime) -> date:
    """In the zone of the contest, or of the installation."""
    return at.astimezone(contest.tz).date() if contest else timezone.localdate(at)
