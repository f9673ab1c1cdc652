"""The one place where rows of judging become frames."""

from collections import defaultdict

import pandas as pd

from competition.models import Contest
from competition.states import EntryState
from judging.core.measured import Attempted
from judging.models import Attempt, Mark, Sheet
from judging.states import AttemptState, Outcome


def marks_frame(contest: Contest) -> pd.DataFrame:
    """One row a mark of a sheet that stands, of an entry that counts.

    columns   round, track, entry, judge, sheet, criterion (primary keys), points (integers in the rubric's unit)
    """
    rows = (
        Mark.objects.filter(
            sheet__in=Sheet.objects.standing().filter(assignment__round__contest=contest),
            sheet__assignment__entry__state="passed",
        )
        .order_by("sheet", "criterion__order")
        .values_list(
            "sheet__assignment__round",
            "sheet__assignment__entry__track",
            "sheet__assignment__entry",
            "sheet__assignment__judge",
            "sheet",
            "criterion",
            "points",
        )
    )
    columns = ["round", "track", "entry", "judge", "sheet", "criterion", "points"]
    return pd.DataFrame.from_records(list(rows), columns=columns).astype("int64")


def attempts_by_round(contest: Contest) -> dict[int, list[Attempted]]:
    """The attempts that stand, confirmed or not, of entries that count, by primary key of the round."""
    found: dict[int, list[Attempted]] = defaultdict(list)
    rows = Attempt.objects.current().filter(round__contest=contest, entry__state=EntryState.PASSED)
    names = ("round", "entry", "number", "points", "milliseconds", "outcome", "state")
    for one, entry, number, points, milliseconds, outcome, state in rows.values_list(*names):
        found[one].append(
            Attempted(entry, number, points, milliseconds, outcome == Outcome.VALID, state == AttemptState.CONFIRMED)
        )
    return found
