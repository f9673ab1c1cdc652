"""The steps of this app that may take two persons: the list of finalists, published and taken back."""

from datetime import datetime
from typing import Any

from competition.models import Agreement, User
from competition.parts import Step, on_step
from competition.states import StepKind
from judging.models import Round
from judging.services.finalists import publish_finalists, take_finalists_back


def round_asked(asked: Agreement) -> Round:
    found: Round = Round.objects.get(contest=asked.contest_id, order=asked.facts["round"])
    found.contest = asked.contest
    return found


def publish(asked: Agreement, *, by: User, at: datetime) -> None:
    publish_finalists(one=round_asked(asked), by=by, at=at)


def take_back(asked: Agreement, *, by: User, at: datetime) -> None:
    take_finalists_back(one=round_asked(asked), by=by, at=at)


def finalists_seen(asked: Agreement, *, at: datetime) -> list[Any]:
    """Who takes part, and whether everybody may read it already."""
    one = round_asked(asked)
    entries = one.round_entries.order_by("entry__key").values_list("entry__key", "entry__state")
    return [asked.contest.state, one.finalists_at is None, [list(row) for row in entries]]


def register() -> None:
    on_step(StepKind.FINALISTS, Step(publish, finalists_seen))
    on_step(StepKind.FINALISTS_BACK, Step(take_back, finalists_seen))
