"""The analysis, drawn: entries with their intervals and the cuts, judges with theirs, and who stands where to whom."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.utils.translation import gettext as _

from awards.core.deciding import HELD
from awards.core.prizes import cuts_by_code
from awards.outputs.analysis import Words
from awards.outputs.pictures import cut_words
from awards.services.beside import Beside, Listed
from competition.core.numbers import decimal_text
from competition.core.pictures import Chart, Interval, Limit, bounds, intervals
from competition.models import Entry
from competition.wording import in_a_row
from judging.core.agreement import FEWEST_TO_SPEAK
from judging.core.scores import competition_ranks

MOST_JUDGES = 20  # columns beside each other


def ranked(both: Beside) -> list[int]:
    """Rows by the published rule, best first; the unranked last."""
    ranks = competition_ranks(both.scores)
    return sorted(range(len(ranks)), key=lambda row: (ranks[row] is None, ranks[row] or 0, both.entries[row].order))


@dataclass(frozen=True)
class Sure:
    """An entry of which the model knows something, in points of the whole score."""

    row: int
    score: float
    margin: float


def sure_of(both: Beside, rows: Sequence[int]) -> list[Sure]:
    found, adjusted = both.found, both.adjusted()
    return [
        Sure(row, known[1] / 10**both.places, float(found.score_margins[row]) * float(both.shares[row].share))
        for row in rows
        if (known := adjusted[row]) is not None and both.shares[row].share
    ]


def entry_chart(both: Beside, rows: Sequence[int]) -> Chart | None:
    """Entries of one page by place, with their intervals and the cuts; None where judges cannot be compared."""
    listed = both.listed
    drawn = sure_of(both, rows) if both.found.posterior is not None else []
    if not drawn:
        return None
    unit, levels = 10**both.places, both.levels_by(both.scores)
    plain = {one.row: both.scores[one.row] for one in drawn}
    lines = [
        Interval(
            both.entries[one.row].number,
            one.score,
            one.margin,
            None if (was := plain[one.row]) is None else was[1] / unit,
        )
        for one in drawn
    ]
    low, high = bounds(lines, ())
    table = [
        [
            both.entries[one.row].number,
            "—" if (was := plain[one.row]) is None else decimal_text(was[1], both.places),
            f"{one.score:.{both.places}f} ± {one.margin:.{both.places}f}",
            prize_of(both, one.row, levels[one.row], listed),
        ]
        for one in drawn
    ]
    return Chart(
        _("Entries and how sure their scores are"),
        intervals(lines, [one for one in cuts_of(both) if low <= one.at <= high], ("", _("more points"))),
        [_("Number"), _("Published score"), _("Score of the model"), _("Prize")],
        table,
        _(
            "The dot is the score by the model, its line holds the true one nine times of ten; the cross is the "
            "published score, by which prizes are cut. Where a line crosses a broken one, the marks do not settle the "
            "prize."
        ),
    )


def cuts_of(both: Beside) -> list[Limit]:
    """From which published score each prize is won, the highest first: on the list that stands, else by the plan."""
    if both.place.group is None:
        return []
    levels, listed = list(both.place.group.levels.all()), both.listed
    if listed is not None:
        least = listed.cuts
    else:
        given = zip(both.levels_by(both.scores), both.scores, strict=True)
        least = cuts_by_code((levels[at].code, score, False) for at, score in given if at is not None and at != HELD)
    found = [
        Limit(least[one.code][1] / 10**both.places, cut_words(one.label, least[one.code][1], both.places))
        for one in levels
        if one.code in least
    ]
    return sorted(found, key=lambda one: -one.at)


def prize_of(both: Beside, row: int, level: int | None, listed: Listed | None) -> str:
    """On the list that stands, else by the plan."""
    if both.place.group is None:
        return "—"
    words = Words(both, list(both.place.group.levels.all()))
    told = words.listed(both.entries[row], level, listed) or words.told(level)
    return _("held") if told.is_held else told.label or "—"


def judge_chart(both: Beside, codes: Sequence[str]) -> Chart | None:
    """From the mildest down, without those of whom there are too few sheets to speak. None where nobody is left, and
    where there is nothing to correct or to compare."""
    found = both.found
    counts = np.bincount(both.sheets.judges, minlength=len(codes)).tolist()
    spoken = [row for row in range(len(codes)) if counts[row] >= FEWEST_TO_SPEAK]
    spoken.sort(key=lambda row: (-float(found.severities[row]), codes[row]))
    if not found.is_corrected or not spoken:
        return None
    lines = [Interval(codes[row], float(found.severities[row]), float(found.severity_margins[row])) for row in spoken]
    note = _("In points of a sheet. A line that reaches the broken one is no difference that could be shown.")
    if silent := len(codes) - len(spoken):
        left_out = _("Of %(number)s judges with fewer than %(fewest)s sheets nothing is said.")
        note = in_a_row([note, left_out % {"number": silent, "fewest": FEWEST_TO_SPEAK}])
    return Chart(
        _("Judges from the mildest to the strictest"),
        intervals(lines, [Limit(0.0, _("as judges do on average"))], (_("stricter"), _("more lenient"))),
        [_("Judge"), _("Sheets"), _("Mildness")],
        [
            [codes[row], counts[row], f"{found.severities[row]:+.1f} ± {found.severity_margins[row]:.1f}"]
            for row in spoken
        ],
        note,
    )


# ---- judges × entries


@dataclass(frozen=True)
class Cell:
    """How far a sheet stands from the mean of its entry. `heat`: -2..2, from far below to far above."""

    words: str
    heat: int

    @property
    def name(self) -> str:
        """Of its look."""
        return {-2: "far-below", -1: "below", 1: "above", 2: "far-above"}.get(self.heat, "")


@dataclass(frozen=True)
class Heat:
    """lines    entry -> cells of the judges shown, None where a judge has no sheet of it
    judges     codes of those shown; first and last: as which of `all`
    """

    judges: Sequence[str]
    lines: Sequence[tuple[Entry, Sequence[Cell | None]]]
    first: int
    last: int
    all: int
    page: int
    pages: Sequence[int]


def heat_of(both: Beside, rows: Sequence[int], codes: Sequence[str], page: int = 1) -> Heat:
    """Of the entries of one page and the judges who marked any of them, MOST_JUDGES at once."""
    sheets = both.sheets
    far, wide = strays(both)
    marking = sorted(set(sheets.judges[np.isin(sheets.entries, rows)].tolist()), key=lambda judge: codes[judge])
    pages = max(-(-len(marking) // MOST_JUDGES), 1)
    page = min(max(page, 1), pages)
    first = (page - 1) * MOST_JUDGES
    shown = marking[first : first + MOST_JUDGES]
    cells = {
        (entry, judge): Cell(stray_text(one), heat_at(one, wide))
        for entry, judge, one in zip(sheets.entries.tolist(), sheets.judges.tolist(), far.tolist(), strict=True)
    }
    lines = [(both.entries[row], [cells.get((row, judge)) for judge in shown]) for row in rows]
    return Heat(
        [codes[one] for one in shown], lines, first + 1, first + len(shown), len(marking), page, range(1, pages + 1)
    )


def strays(both: Beside) -> tuple[np.ndarray, float]:
    """(sheets,) points from the mean of all sheets of the entry; and how far they are from it as a rule."""
    values, entries = both.sheets.values, both.sheets.entries
    sums, counts = np.bincount(entries, values), np.bincount(entries)
    far = values - (sums / np.maximum(counts, 1))[entries] if len(values) else values
    return far, float(np.sqrt((far**2).mean())) if len(far) else 0.0


def stray_text(far: float) -> str:
    return "0.0" if abs(far) < 0.05 else f"{far:+.1f}".replace("-", "−")


def heat_at(far: float, wide: float) -> int:
    if not wide or abs(far) < wide:
        return 0
    return int(np.sign(far)) * (2 if abs(far) >= 2 * wide else 1)
