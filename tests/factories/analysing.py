"""A contest of any size that was marked by strict and mild judges."""

from dataclasses import replace

import numpy as np

from awards.prizes import BY_CODE
from awards.services.plans import GroupDetails, LevelDetails, save_plan
from awards.states import SeatKind
from competition.models import Contest, Track
from competition.services.contests import save_contest
from competition.services.places import save_people
from judging.models import Assignment, Criterion, Judge, Mark, Sheet
from judging.services.judges import JudgeDetails, save_judges
from judging.states import SheetState
from tests.factories import panels
from tests.factories.contests import MINT, WHO
from tests.factories.replay import replayed


@replayed
def marked_contest(
    entries: int, judges: int, works: int, *, strict: int = 4, seed: int = 1, ordinal: int = 1
) -> Contest:
    """Every judge marks `works` neighbours in a circle; the first is `strict` points under the others in every
    criterion. A sixth, a third and a half as many first, second and third prizes as entries, halved."""
    details = replace(panels.details(), ordinal=ordinal)
    contest = save_contest(details=details, mint=MINT, has_verification=False, **WHO)
    there = panels.enter(contest, entries)
    one = panels.rubric_for(contest, there)
    panels.assign(contest, one, there, seat(contest, judges), works)
    assignments = list(Assignment.objects.filter(round=one).select_related("judge", "entry").order_by("pk"))
    sheets = Sheet.objects.bulk_create(
        Sheet(assignment=row, key=contest.mint.key("sheet", at), state=SheetState.SUBMITTED, submitted_at=WHO["at"])
        for at, row in enumerate(assignments)
    )
    rng, criteria = np.random.default_rng(seed), list(Criterion.objects.filter(rubric__round=one))
    quality = dict(zip([entry.pk for entry in there], rng.normal(13, 2, entries), strict=True))
    Mark.objects.bulk_create(
        Mark(sheet=sheet, criterion=criterion, points=int(np.clip(round(points), 0, panels.MOST)))
        for sheet, row in zip(sheets, assignments, strict=True)
        for criterion in criteria
        for points in [quality[row.entry_id] + rng.normal(0, 1.5) - strict * (row.judge.code == "J000")]
    )
    plan(contest, there[0].track, entries)
    return contest


def seat(contest: Contest, count: int) -> list[Judge]:
    keys = [("judge", f"评委{n}", None, "") for n in range(count)]
    people = save_people(people=keys, mint=MINT, **WHO)
    named = [JudgeDetails(f"J{n:03}", people[key], institution="远方大学") for n, key in enumerate(keys)]
    return list(save_judges(contest=contest, judges=named, **WHO).values())


def plan(contest: Contest, track: Track, entries: int) -> None:
    shares = (("first", 12), ("second", 6), ("third", 4))
    levels = tuple(LevelDetails(BY_CODE[code], SeatKind.COUNT, max(entries // part, 1)) for code, part in shares)
    save_plan(contest=contest, groups=[GroupDetails(track, None, levels)], **WHO)
