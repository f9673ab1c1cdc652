"""The one place where rows of judging become frames."""

import pandas as pd

from competition.models import Contest
from judging.models import Mark, Sheet


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
