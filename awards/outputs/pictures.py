"""Scores of the list that stands, drawn with the cuts of its prizes; and how a prize looks in any picture."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from awards.core.prizes import cuts_by_code
from awards.models import Award, AwardList
from awards.outputs.facts import last_rubrics
from awards.services.moved import steps_of_list
from awards.services.proposals import Outcome, decisions_that_hold, outcomes
from competition.core.numbers import decimal_text
from competition.core.pictures import Chart, Cut, Kind, spread
from competition.wording import in_a_row
from judging.core.measured import TIME

WITHOUT, OPEN = "", "held"
GOLD, SILVER, BRONZE = "#86620c", "#62676c", "#8a5230"
LOOKS = {
    "grand": ("cross", GOLD),
    "mayor": ("full", GOLD),
    "first": ("full", GOLD),
    "second": ("slant", SILVER),
    "third": ("level", BRONZE),
}
OTHERS = ("dots", "cross", "slant", "level")  # of prizes of other names, one after the other


def kinds_of(awards: Iterable[Award]) -> dict[str, Kind]:
    """By code, in the order of the prizes; each filled in a way of its own."""
    labels: dict[str, str] = {}
    for award in sorted(awards, key=lambda one: (one.order, one.code)):
        labels.setdefault(award.code, award.label)
    others = [code for code in labels if code not in LOOKS]
    looks = LOOKS | {code: (OTHERS[at % len(OTHERS)], "currentColor") for at, code in enumerate(others)}
    return {code: Kind(label, *looks[code]) for code, label in labels.items()}


@dataclass(frozen=True)
class Standing:
    """An entry: its score in published units, and the code of what it won, WITHOUT or OPEN; whether the committee moved
    it there."""

    score: int
    stage: int
    code: str
    is_moved: bool


def score_charts(award_list: AwardList) -> list[Chart]:
    """One a group of the plan; none of groups without scores, or of which time alone is measured."""
    if award_list.plan is None:
        return []
    rubrics = last_rubrics(award_list.contest)
    awards = {one.entry_id: one for one in award_list.awards.all()}
    decisions = {one.entry_id: one for one in award_list.contest.decisions.all()}
    moved, found = set(steps_of_list(award_list)), []
    for at, outcome in enumerate(outcomes(award_list.plan, award_list.run, award_list.tie_values)):
        rubric = rubrics.get(outcome.group.track_id)
        settled = decisions_that_hold(outcome, decisions)
        if (rubric is None or rubric.measure != TIME) and any(outcome.scores):
            mine = list(standings_in(outcome, awards, settled, moved))
            label = " · ".join(str(one) for one in (outcome.group.track.label, division_of(outcome)) if one)
            found.append(
                score_chart(f"scores-{at}", label, mine, awards_in(outcome, awards), award_list.contest.places)
            )
    return found


def division_of(outcome: Outcome) -> str:
    return outcome.group.division.label if outcome.group.division else ""


def awards_in(outcome: Outcome, awards: Mapping[int, Award]) -> list[Award]:
    return [awards[entry.pk] for entry in outcome.entries if entry.pk in awards]


def standings_in(
    outcome: Outcome, awards: Mapping[int, Award], settled: Collection[int], moved: Collection[int]
) -> Iterable[Standing]:
    held = {row for one in outcome.cut.held for row in one.rows}
    for row, (entry, score) in enumerate(zip(outcome.entries, outcome.scores, strict=True)):
        if score is not None:
            award, is_open = awards.get(entry.pk), row in held and entry.pk not in settled
            code = award.code if award else OPEN if is_open and entry.pk not in moved else WITHOUT
            yield Standing(score[1], score[0], code, entry.pk in moved)


def score_chart(name: str, label: str, rows: Sequence[Standing], awards: Sequence[Award], places: int) -> Chart:
    kinds = kinds_of(awards)
    if any(one.code == OPEN for one in rows):
        kinds[OPEN] = Kind(_("held"), "dots", "#b8301c")
    kinds[WITHOUT] = Kind(_("without a prize"), "empty", "#5b5750")
    numbers = Counter(one.code for one in rows)
    scores = {code: sorted(one.score for one in rows if one.code == code and not one.is_moved) for code in kinds}
    least = cuts_by_code((one.code, (one.stage, one.score), one.is_moved) for one in rows)
    cuts = [
        Cut(least[code][1] / 10**places, cut_words(kind.words, least[code][1], places))
        for code, kind in kinds.items()
        if code not in (OPEN, WITHOUT) and code in least
    ]
    cuts.sort(key=lambda one: -one.at)
    at = {code: row for row, code in enumerate(kinds)}
    picture = spread(
        name, list(kinds.values()), [(one.score / 10**places, at[one.code]) for one in rows], cuts, _("score")
    )
    table = [[kind.words, numbers[code], *ends(scores[code], places)] for code, kind in kinds.items() if numbers[code]]
    notes = []
    if len({one.stage for one in rows}) > 1:
        notes.append(_("Who took part in more rounds stands before all others, whatever the score: cuts may overlap."))
    if moved := sum(one.is_moved for one in rows):
        words = _("%(number)s entries that the committee moved stand where their score is, and make no cut.")
        notes.append(words % {"number": moved})
    return Chart(label, picture, [_("Prize"), _("Entries"), _("Lowest"), _("Highest")], table, in_a_row(notes))


def cut_words(prize: str, score: int, places: int) -> str:
    return _("%(prize)s from %(score)s") % {"prize": prize, "score": decimal_text(score, places)}


def ends(scores: Sequence[int], places: int) -> list[str]:
    return [decimal_text(scores[0], places), decimal_text(scores[-1], places)] if scores else ["—", "—"]
