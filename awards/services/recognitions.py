"""Outstanding units, schools and tutors: those with the most points from the awards of a list."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from awards.core.prizes import GroupPlan, LevelPlan, cut
from awards.models import AwardList, Recognition, RecognitionRule
from awards.states import RecognitionKind
from competition.core.numbers import rounded_half_up
from competition.models import Entry
from judging.core.scores import competition_ranks

POINT_UNITS = 100  # points are kept in hundredths


def add_recognitions(award_list: AwardList) -> None:
    """By every rule of the contest; called once, when the list is made."""
    awards = {award.entry_id: award.code for award in award_list.awards.all()}
    entries = list(
        Entry.objects.countable().filter(contest=award_list.contest).select_related("school").prefetch_related("tutors")
    )
    for rule in award_list.contest.recognition_rules.all():
        Recognition.objects.bulk_create(recognised(award_list, rule, entries, awards))


def recognised(
    award_list: AwardList, rule: RecognitionRule, entries: list[Entry], awards: dict[int, str]
) -> list[Recognition]:
    """Those of one rule, best first. Nobody is recognised for no points."""
    totals: dict[int, Fraction] = defaultdict(Fraction)
    for entry in entries:
        points = Fraction(rule.points.get("entry", "0")) + Fraction(rule.points.get(awards.get(entry.pk, ""), "0"))
        for recipient in recipients(rule.kind, entry):
            totals[recipient] += points
    ordered = sorted(totals, key=lambda pk: (-totals[pk], pk))
    units = [rounded_half_up(totals[pk] * POINT_UNITS) for pk in ordered]
    plan = GroupPlan((LevelPlan("title", "count", Fraction(rule.number), minimum=1),), ties=rule.ties)
    outcome = cut([(1, points) for points in units], plan, len(ordered))
    return [
        Recognition(
            list=award_list,
            rule=rule,
            place=place or 0,
            points=Decimal(units[row]) / POINT_UNITS,
            **{field_of(rule.kind): pk},
        )
        for row, (pk, place) in enumerate(zip(ordered, competition_ranks(units), strict=True))
        if outcome.levels[row] is not None
    ]


def recipients(kind: str, entry: Entry) -> Iterator[int]:
    if kind == RecognitionKind.TUTOR:
        yield from (tutor.person_id for tutor in entry.tutors.all())
    elif entry.school is not None:
        yield entry.school.pk if kind == RecognitionKind.SCHOOL else entry.school.district_id


def field_of(kind: str) -> str:
    return {"district": "district_id", "school": "school_id", "tutor": "person_id"}[kind]
