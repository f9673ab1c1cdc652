"""Outstanding units, schools and tutors: those with the most points from the awards of a list."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from awards.core.prizes import GroupPlan, LevelPlan, cut
from awards.models import Award, AwardList, Recognition, RecognitionRule
from awards.states import RecognitionKind
from competition.core.numbers import rounded_half_up
from competition.models import Contest, Entry
from judging.core.scores import competition_ranks

POINT_UNITS = 100  # points are kept in hundredths


@dataclass(frozen=True)
class Ranked:
    """Recipients of one rule, best first: points in hundredths, who is recognised, who is tied at the last place."""

    keys: tuple[int, ...]
    units: tuple[int, ...]
    recognised: tuple[bool, ...]
    held: tuple[int, ...]


RuleRanked = tuple[RecognitionRule, Ranked]


def recognitions_due(contest: Contest, awards: Iterable[Award]) -> list[Recognition]:
    """By every rule in force, not yet saved and of no list yet."""
    return recognitions_by(ranked_by_rule(contest, awards))


def recognitions_by(found: Iterable[RuleRanked]) -> list[Recognition]:
    return [
        Recognition(rule=rule, place=place or 0, points=Decimal(units) / POINT_UNITS, **{field_of(rule.kind): pk})
        for rule, ranked in found
        for pk, units, is_in, place in zip(
            ranked.keys, ranked.units, ranked.recognised, competition_ranks(ranked.units), strict=True
        )
        if is_in
    ]


def said_by(recognitions: Iterable[Recognition]) -> set[tuple[object, ...]]:
    """What recognitions say, in a form that compares."""
    return {(one.rule_id, one.district_id, one.school_id, one.person_id, one.place, one.points)
            for one in recognitions}  # fmt: skip


def stale_titles(award_list: AwardList, found: Iterable[RuleRanked]) -> list[str]:
    """Titles that go to others, or with other points, than their rule gives now.

    found   what the rules in force give by the awards of the list
    """
    listed = said_by(award_list.recognitions.all())
    stale = {said[0] for said in listed ^ said_by(recognitions_by(found))}
    return [rule.label for rule in award_list.contest.recognition_rules.all() if rule.pk in stale]


def held_recognitions(found: Iterable[RuleRanked]) -> list[tuple[RecognitionRule, int]]:
    """(rule, how many are tied across its last place): only people can decide these."""
    return [(rule, len(ranked.held)) for rule, ranked in found if ranked.held]


def ranked_by_rule(contest: Contest, listed: Iterable[Award]) -> Iterator[RuleRanked]:
    rules = list(contest.recognition_rules.filter(is_in_force=True))
    if not rules:
        return
    awards = {award.entry_id: award.code for award in listed}
    entries = Entry.objects.countable().filter(contest=contest)
    rows = list(entries.select_related("school").prefetch_related("tutors"))
    for rule in rules:
        yield rule, ranked(rule, rows, awards)


def ranked(rule: RecognitionRule, entries: list[Entry], awards: dict[int, str]) -> Ranked:
    """Points of everybody whom a rule is about. Nobody is recognised for no points."""
    totals: dict[int, Fraction] = defaultdict(Fraction)
    for entry in entries:
        points = Fraction(rule.points.get("entry", "0")) + Fraction(rule.points.get(awards.get(entry.pk, ""), "0"))
        for recipient in recipients(rule.kind, entry):
            totals[recipient] += points
    ordered = sorted(totals, key=lambda pk: (-totals[pk], pk))
    units = [rounded_half_up(totals[pk] * POINT_UNITS) for pk in ordered]
    plan = GroupPlan((LevelPlan("title", "count", Fraction(rule.number), minimum=1),), ties=rule.ties)
    outcome = cut([(1, points) for points in units], plan, len(ordered))
    return Ranked(
        tuple(ordered),
        tuple(units),
        tuple(level is not None for level in outcome.levels),
        tuple(ordered[row] for held in outcome.held for row in held.rows),
    )


def recipients(kind: str, entry: Entry) -> Iterator[int]:
    if kind == RecognitionKind.TUTOR:
        yield from (tutor.person_id for tutor in entry.tutors.all())
    elif entry.school is not None:
        yield entry.school.pk if kind == RecognitionKind.SCHOOL else entry.school.district_id


def field_of(kind: str) -> str:
    return {"district": "district_id", "school": "school_id", "tutor": "person_id"}[kind]
