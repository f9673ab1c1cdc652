"""The product with a guard off, for the twins of the kill drill: what a server would be like that the drill must catch.

late         answers a judge before the transaction of the write commits
piecemeal    hands in a sheet in several transactions
"""

import os
import sys
import time
from collections.abc import Callable
from typing import Any

from django.db import transaction

from config.wsgi import application as late_or_piecemeal
from judging.api.marking import Recuse, SaveDraft, SubmitSheet
from judging.models import Assignment
from judging.services import marking

LATE_S = 0.02


def late(post: Callable[..., Any]) -> Callable[..., Any]:
    """The answer goes out, then the transaction around it ends."""

    def answered_first(*given: Any, **named: Any) -> Any:
        around = transaction.atomic()
        around.__enter__()
        try:
            response = post(*given, **named)
        except BaseException:
            around.__exit__(*sys.exc_info())
            raise
        response._resource_closers.append(lambda: (time.sleep(LATE_S), around.__exit__(None, None, None)))
        return response

    return answered_first


def piecemeal() -> None:
    whole = marking.events.record
    marking.events.record = transaction.atomic(whole)  # type: ignore[assignment]
    marking.locked = lambda assignment: Assignment.objects.select_related(  # type: ignore[assignment]
        "judge__contest", "judge__user", "entry", "round"
    ).get(pk=assignment.pk)
    marking.locked_to_count = marking.locked
    marking.submit_sheet = marking.submit_sheet.__wrapped__  # type: ignore[attr-defined]


if os.environ["LAUREL_CARELESS"] == "late":
    for view in (SaveDraft, SubmitSheet, Recuse):
        view.post = late(view.post)  # type: ignore[method-assign]
else:
    piecemeal()
application = late_or_piecemeal
