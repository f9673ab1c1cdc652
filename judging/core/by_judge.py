"""Other ways from sheets to scores that take each judge by themselves: beside the published rule, never instead of it.

Both suppose that every judge saw works of the same quality. Where judges saw different ones they take that for
strictness, which is why the plain mean is often nearer to the truth; and where judges have nothing in common they say
nothing at all.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import fsum, sqrt

from judging.core.scores import IntArray, checked


def fitting(totals: IntArray, entries: IntArray, judges: IntArray, counts: tuple[int, int]) -> None:
    checked(totals, entries, counts[0])
    checked(totals, judges, counts[1])


def mean_of(values: Sequence[int]) -> Fraction:
    return Fraction(sum(values), len(values))


def by_row(totals: IntArray, rows: IntArray, count: int) -> list[list[int]]:
    found: list[list[int]] = [[] for _ in range(count)]
    for total, row in zip(totals.tolist(), rows.tolist(), strict=True):
        found[row].append(total)
    return found


def centred_means(
    totals: IntArray, entries: IntArray, judges: IntArray, counts: tuple[int, int]
) -> list[Fraction | None]:
    """Mean of each entry's sheets, each less the mean of its judge and plus the mean of all.

    totals    (sheets,)  weighted points, integers over one common denominator
    entries   (sheets,)  row of the entry, 0 <= entry < counts[0]
    judges    (sheets,)  row of the judge, 0 <= judge < counts[1]
    returns   (entries,) exact, over the same denominator; None where an entry has no sheet
    raises    ScoreInputError on shapes that differ or a row out of range
    source    docs/rulebook.md "Other methods beside the rule"; worked by hand in tests/judging/core/test_by_judge.py
    """
    fitting(totals, entries, judges, counts)
    if not len(totals):
        return [None] * counts[0]
    centres = [mean_of(one) if one else Fraction() for one in by_row(totals, judges, counts[1])]
    middle = mean_of(totals.tolist())
    sums, numbers = [Fraction()] * counts[0], [0] * counts[0]
    for total, entry, judge in zip(totals.tolist(), entries.tolist(), judges.tolist(), strict=True):
        sums[entry] += total - centres[judge]
        numbers[entry] += 1
    return [part / number + middle if number else None for part, number in zip(sums, numbers, strict=True)]


def standardised_means(
    totals: IntArray, entries: IntArray, judges: IntArray, counts: tuple[int, int]
) -> list[Fraction | None]:
    """Mean of each entry's z-scores within its judges, on the scale of all sheets: mean + z · standard deviation.

    Arguments and errors as `centred_means`.

    returns   (entries,) over the same denominator. Roots are floats, summed so that neither the order of rows nor a
              constant on all sheets shows; the mean of all is exact
    rule      a judge whose sheets are all alike, or who has one, tells no entry from another: z = 0
    source    标准分; docs/rulebook.md "Other methods beside the rule"
    """
    fitting(totals, entries, judges, counts)
    if not len(totals):
        return [None] * counts[0]
    known = [(mean_of(one), deviation(one)) if one else (Fraction(), 0.0) for one in by_row(totals, judges, counts[1])]
    middle, wide = mean_of(totals.tolist()), deviation(totals.tolist())
    parts: list[list[float]] = [[] for _ in range(counts[0])]
    for total, entry, judge in zip(totals.tolist(), entries.tolist(), judges.tolist(), strict=True):
        centre, spread = known[judge]
        parts[entry].append(float(total - centre) / spread if spread else 0.0)
    return [middle + Fraction(wide * fsum(one) / len(one)) if one else None for one in parts]


def deviation(values: Sequence[int]) -> float:
    """Standard deviation of a sample, from the exact variance; 0 of fewer than two."""
    if len(values) < 2:
        return 0.0
    centre = mean_of(values)
    return sqrt(sum(((one - centre) ** 2 for one in values), Fraction()) / (len(values) - 1))
