"""试算: what a prize plan would give on scores of an earlier edition, or on made-up ones. No prize follows."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random

from awards.core.prizes import Cut, GroupPlan, Score, cut
from competition.core.numbers import rounded_half_up

MEAN, SPREAD, HIGHEST = 75, 8, 100  # of made-up scores, in points
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)  # to which they are rounded, in published units
POLICIES = ("extend", "shrink", "hold")


@dataclass(frozen=True)
class PolicyTrial:
    """What one way with ties would give. `given`: prizes of each level; `held`: entries that wait for people, and
    `held_seats` the prizes they share."""

    ties: str
    given: tuple[int, ...]
    held: int
    held_seats: int

    @property
    def total(self) -> int:
        return sum(self.given)


@dataclass(frozen=True)
class Trial:
    """A group of a plan on some scores.

    seats    prizes of each level by the plan
    cuts     the lowest score that wins each level by the plan's own way with ties; None where nobody does
    across   ties across a cut, however they are treated
    shared   entries that share their score with another
    """

    entries: int
    scored: int
    shared: int
    seats: tuple[int, ...]
    cuts: tuple[Score | None, ...]
    across: int
    policies: tuple[PolicyTrial, ...]


def tried(scores: Sequence[Score | None], plan: GroupPlan, entries: int) -> Trial:
    """The plan on scores, and what each way with ties would do. Tie-breakers are left aside: made-up entries have no
    criteria, so these are the ties that they would be asked about.

    scores, entries   as `prizes.cut`
    """
    outcomes = {ties: cut(scores, replace(plan, ties=ties), entries) for ties in POLICIES}
    mine = outcomes[plan.ties]
    return Trial(
        entries=entries,
        scored=sum(one is not None for one in scores),
        shared=shared_by(scores),
        seats=mine.seats,
        cuts=tuple(lowest(scores, mine, level) for level in range(len(plan.levels))),
        across=len(outcomes["hold"].held),
        policies=tuple(policy_trial(ties, one, len(plan.levels)) for ties, one in outcomes.items()),
    )


def policy_trial(ties: str, outcome: Cut, levels: int) -> PolicyTrial:
    counts = Counter(outcome.levels)
    return PolicyTrial(
        ties,
        tuple(counts[level] for level in range(levels)),
        sum(len(one.rows) for one in outcome.held),
        sum(sum(one.seats) for one in outcome.held),
    )


def lowest(scores: Sequence[Score | None], outcome: Cut, level: int) -> Score | None:
    won = (score for score, mine in zip(scores, outcome.levels, strict=True) if mine == level and score is not None)
    return min(won, default=None)


def shared_by(scores: Sequence[Score | None]) -> int:
    """How many entries share their score with another."""
    counts = Counter(one for one in scores if one is not None)
    return sum(number for number in counts.values() if number > 1)


def made_up_scores(number: int, *, places: int, shared: Fraction, rng: Random) -> list[Score]:
    """Scores as a jury might give them: about normal, between 0 and 100 points.

    places   that the contest publishes
    shared   0..1, the part of the entries that is to share its score with another: the scores are rounded to the step
             that comes nearest to it
    rng      the same state gives the same scores
    """
    unit = 10**places
    drawn = [min(max(rng.gauss(MEAN, SPREAD), 0), HIGHEST) for _ in range(number)]
    exact = [rounded_half_up(Fraction(one) * unit) for one in drawn]
    steps = [step for step in STEPS if step <= 10 * unit]
    ways = (rounded_to(step, exact) for step in steps)
    return min(ways, key=lambda scores: abs(shared_by(scores) - shared * number))


def rounded_to(step: int, units: Sequence[int]) -> list[Score]:
    return [(1, rounded_half_up(Fraction(one, step)) * step, 0) for one in units]


def in_places(score: Score | None, was: int, now: int) -> Score | None:
    """A score published with `was` decimals, as one with `now`."""
    if score is None or was == now:
        return score
    stage, units, *time = score
    return (stage, rounded_half_up(Fraction(units) * Fraction(10) ** (now - was)), *time)
