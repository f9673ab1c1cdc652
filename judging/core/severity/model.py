"""The answer: whether a correction means anything, and what it would be."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from judging.core.scores import IntArray, ScoreInputError, checked
from judging.core.severity.links import MOST_JUDGES, Linked, how_linked
from judging.core.severity.marked import Constants, FloatArray, Marked
from judging.core.severity.system import Posterior, weighted
from judging.core.severity.variances import estimated, without_judges

LEAST_LINK = 0.02
FEWEST_OF_A_JUDGE = 3
FEWEST_SPARE = 5  # sheets beyond what entries and judges use up
NINETY = 1.6448536269514722  # half the width of a 90 % interval, in standard deviations


class Answer(StrEnum):
    """Whether a correction means anything."""

    CORRECTED = "corrected"
    WARNED = "warned"  # corrected, and to be taken with care
    MEAN = "mean"  # there is nothing to correct: the mean stands
    REFUSED = "refused"  # judges cannot be compared


class Reason(StrEnum):
    NO_SHEETS = "no-sheets"
    ISLANDS = "islands"  # entries that no chain of judges joins
    TOO_FEW = "too-few"  # too few sheets beyond one an entry and one a judge
    NO_SPREAD = "no-spread"  # every sheet says the same
    TOO_MANY_JUDGES = "too-many-judges"
    ONE_PANEL = "one-panel"  # everyone marked everything: strictness meets all alike
    NO_SEVERITY = "no-severity"  # judges differ no more than by chance
    FEW_OF_A_JUDGE = "few-of-a-judge"
    WEAK_LINKS = "weak-links"


@dataclass(frozen=True)
class Severity:
    """The answer and, unless refused, what was found. Rows are those that were asked for; NaN where there is no sheet.

    scores, score_margins     (entries,)  points; a score ± its margin holds the true one in 9 of 10
    severities, their margins (judges,)   points above what others give (minus: stricter), 9 of 10
    residuals                 (sheets,)   in points, in the order given
    weights                   (sheets,)   1 in full, less where a sheet stands far off
    entry_rows                            the rows of the posterior
    """

    answer: Answer
    reasons: tuple[Reason, ...]
    linked: Linked
    scores: FloatArray
    score_margins: FloatArray
    severities: FloatArray
    severity_margins: FloatArray
    residuals: FloatArray
    weights: FloatArray
    entry_rows: IntArray
    constants: Constants | None = None
    posterior: Posterior | None = None

    @property
    def is_corrected(self) -> bool:
        """Whether scores are others than those of the mean."""
        return self.answer in (Answer.CORRECTED, Answer.WARNED)

    def draws(self, count: int, rng: np.random.Generator) -> FloatArray:
        """(count, entries) NaN where an entry has no sheet; to be asked for only where not refused."""
        if self.posterior is None:
            raise ScoreInputError("A refused group has no posterior.")
        found = np.full((count, len(self.scores)), np.nan)
        found[:, self.entry_rows] = self.posterior.draws(count, rng)
        return found


def severity(
    values: FloatArray,
    entries: IntArray,
    judges: IntArray,
    counts: tuple[int, int],
    constants: Constants | None = None,
) -> Severity:
    """Entries and judges of one group that competes for the same prizes.

    values     (sheets,)  points of a sheet
    entries    (sheets,)  row of the entry, 0 <= entry < counts[0]
    judges     (sheets,)  row of the judge, 0 <= judge < counts[1]
    constants  frozen ones of an earlier fit; None: variances by restricted maximum likelihood, HUBER
    returns    refused where judges cannot be compared; the mean's ranking (of equally many sheets) where strictness
               meets everyone alike or cannot be told from chance
    raises     ScoreInputError on shapes that differ, rows out of range, values that are not finite
    source     Henderson (1975), Biometrics 31; Harville (1977), JASA 72; Huber (1964), Ann. Math. Stat. 35;
               docs/developer.md "The analysis"
    """
    checked(entries, entries, counts[0])
    checked(judges, judges, counts[1])
    if values.shape != entries.shape or judges.shape != entries.shape or not np.isfinite(values).all():
        raise ScoreInputError(f"{values.shape} values, {entries.shape} entries and {judges.shape} judges do not fit.")
    entry_rows, entry_of = occurring(entries, counts[0])
    judge_rows, judge_of = occurring(judges, counts[1])
    marked = Marked(values.astype(np.float64), entry_of, judge_of, len(entry_rows), len(judge_rows))
    linked = how_linked(marked)
    if refusals := tuple(why_refused(marked, linked)):
        return answered(Answer.REFUSED, refusals, linked, marked, (entry_rows, judge_rows), counts)
    nothing = () if constants else tuple(why_nothing(linked))
    if constants is None:
        constants, is_severe = estimated(marked)
        if not is_severe and not nothing:
            nothing = (Reason.NO_SEVERITY,)
            constants = without_judges(marked)
        if nothing:
            constants = Constants(constants.entry, constants.judge, constants.residual, np.inf)
    warnings = () if nothing else tuple(why_warned(linked))
    answer = Answer.MEAN if nothing else Answer.WARNED if warnings else Answer.CORRECTED
    return answered(answer, nothing + warnings, linked, marked, (entry_rows, judge_rows), counts, constants)


def occurring(rows: IntArray, count: int) -> tuple[IntArray, IntArray]:
    """The rows that occur, in order; for each of the given ones its place among them."""
    is_here = np.bincount(rows, minlength=count) > 0
    return np.flatnonzero(is_here), (np.cumsum(is_here) - 1)[rows]


def why_refused(marked: Marked, linked: Linked) -> Iterator[Reason]:
    """The first reason says it; others would follow from it."""
    if not linked.sheets:
        yield Reason.NO_SHEETS
    elif linked.judges > MOST_JUDGES:
        yield Reason.TOO_MANY_JUDGES
    elif linked.components > 1:
        yield Reason.ISLANDS
    elif linked.spare < FEWEST_SPARE:
        yield Reason.TOO_FEW
    elif np.ptp(marked.values) == 0:
        yield Reason.NO_SPREAD


def why_nothing(linked: Linked) -> Iterator[Reason]:
    if linked.is_full:
        yield Reason.ONE_PANEL


def why_warned(linked: Linked) -> Iterator[Reason]:
    if linked.fewest < FEWEST_OF_A_JUDGE:
        yield Reason.FEW_OF_A_JUDGE
    if linked.link < LEAST_LINK:
        yield Reason.WEAK_LINKS


def answered(
    answer: Answer,
    reasons: tuple[Reason, ...],
    linked: Linked,
    marked: Marked,
    rows: tuple[IntArray, IntArray],
    counts: tuple[int, int],
    constants: Constants | None = None,
) -> Severity:
    entry_rows, judge_rows = rows
    blanks = [np.full(count, np.nan) for count in (counts[0], counts[0], counts[1], counts[1])]
    scores, score_margins, severities, severity_margins = blanks
    residuals, weights = np.full(len(marked.values), np.nan), np.ones(len(marked.values))
    posterior = None
    if constants is not None:
        posterior, weights = weighted(marked, constants)
        scores[entry_rows] = means = posterior.means()
        score_margins[entry_rows] = NINETY * posterior.deviations()
        severities[judge_rows] = posterior.x[1:]
        severity_margins[judge_rows] = NINETY * np.sqrt(np.einsum("ij,ij->i", posterior.root, posterior.root)[1:])
        residuals = marked.values - means[marked.entries] - posterior.x[1:][marked.judges]
    return Severity(
        answer,
        reasons,
        linked,
        scores,
        score_margins,
        severities,
        severity_margins,
        residuals,
        weights,
        entry_rows,
        constants,
        posterior,
    )
