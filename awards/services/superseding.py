"""A list gives way: what hung on it being shown ends with it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from awards.models import AwardList
from awards.states import ListState
from competition.lifecycle import move
from competition.models import User
from competition.services.agreeing import acts_on, lapse
from competition.states import StepKind

OF_LIST = (
    StepKind.LOCK, StepKind.PUBLISH, StepKind.NOTICE, StepKind.NOTICE_DOWN, StepKind.AMEND, StepKind.RESOLUTION,
    StepKind.RESOLUTION_BACK,
)  # fmt: skip


def supersede(
    award_list: AwardList, *, by: User | None, at: datetime, facts: Mapping[str, Any] | None = None, **said: Any
) -> None:
    """It counts no more and stays readable. Units check its prizes no more, a notice that was not read to its last day
    did not run to its end, and what was proposed of it is not approved any more.

    facts   for the log
    said    fields that change with it
    """
    move(award_list, ListState.SUPERSEDED, by=by, at=at, facts=facts, **said)
    award_list.notices.live(at).update(taken_down_at=at)
    checks = award_list.contest.prize_checks
    checks.filter(closed_at=None).update(closed_at=at)
    checks.update(is_shown=False)
    is_same = acts_on(award_list.contest, StepKind.CORRECT)  # the same prizes: other corrections may follow
    lapse(award_list.contest, OF_LIST if is_same else (*OF_LIST, StepKind.CORRECT), by=by, at=at)
