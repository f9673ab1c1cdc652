"""The one place where rows of judging become frames."""

from collections import defaultdict

import numpy as np
import pandas as pd
from django.db.models import QuerySet

from competition.models import Contest
from competition.states import EntryState
from judging.core.measured import Attempted
from judging.models import Attempt, Mark, Sheet
from judging.states import AttemptState, Outcome

ROWS = 10_000  # that are fetched at once


def marks_frame(contest: Contest) -> pd.DataFrame:
    """One row a mark of a sheet that stands, of an entry that counts.

    columns   round, track, entry, judge, sheet, criterion (primary keys), points (integers in the rubric's unit)
    """
    sheets = Sheet.objects.standing().filter(
        assignment__round__contest=contest, assignment__entry__state=EntryState.PASSED
    )
    of_sheets = {
        "round": "assignment__round",
        "track": "assignment__entry__track",
        "entry": "assignment__entry",
        "judge": "assignment__judge",
        "sheet": "pk",
    }
    of_marks = {"sheet": "sheet", "criterion": "criterion", "points": "points"}
    marks = integers(Mark.objects.filter(sheet__in=sheets).order_by("sheet", "criterion__order"), of_marks)
    # what a sheet says of its marks is read once, not with each of them
    return marks.merge(integers(sheets, of_sheets), on="sheet")[[*of_sheets, "criterion", "points"]]


def integers(rows: QuerySet, names: dict[str, str]) -> pd.DataFrame:
    """Columns of integers: millions of numbers go straight into an array, and no tuple of them stays.

    names   the column -> what the rows call it
    """
    values = rows.values_list(*names.values()).iterator(chunk_size=ROWS)
    return pd.DataFrame(np.fromiter(values, dtype=np.dtype((np.int64, len(names)))), columns=list(names))


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
