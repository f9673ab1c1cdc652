"""How one judge marks beside the others, told so that nobody's marks can be worked out."""

from collections.abc import Sequence
from fractions import Fraction
from statistics import median

FEWEST_OTHERS = 3  # with the judge who looks: four
STEPS = 20  # a spread is told in steps of a twentieth of the scale
ALIKE = Fraction(3, 100)  # of the scale: less than this is neither harder nor milder


def middle(points: Sequence[Fraction | int]) -> Fraction:
    """The median, exactly. raises   ValueError without points"""
    return median(Fraction(one) for one in points)


def spread(points: Sequence[Fraction | int], maximum: int) -> int:
    """Half of them, or more, lie so near to the median: rounded up to whole steps, one at least.

    The steps are there for a reason: without them the spread beside the median would tell single marks where judges
    are few, and a spread of zero would tell all of them.
    """
    centre = middle(points)
    away = sorted(abs(Fraction(one) - centre) for one in points)[(len(points) - 1) // 2]
    step = max(-(-maximum // STEPS), 1)
    return max(-(-away // step), 1) * step


def leaning(deviations: Sequence[Fraction]) -> int:
    """-1 harder, 0 alike, 1 milder.

    deviations   own less the others' median, as shares of the scale, one an entry
    """
    if not deviations:
        return 0
    mean = sum(deviations, Fraction(0)) / len(deviations)
    return 0 if abs(mean) < ALIKE else 1 if mean > 0 else -1
