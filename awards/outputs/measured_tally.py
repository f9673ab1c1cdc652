"""成绩汇总表 of a measured track in one round: every attempt that is confirmed, result and rank, to be signed."""

from datetime import datetime

from awards.outputs.alone import alone_foot
from awards.outputs.facts import said_of_attempt
from awards.pdf import Column, Group, TablePaper, table_pdf
from competition.core.numbers import decimal_text
from judging.access import ALONE
from judging.attempts import MeasuredEntry, Slot, measured_entries
from judging.core.measured import exact_units, rank_key, time_text
from judging.core.scores import competition_ranks
from judging.core.standings import RoundScore
from judging.models import Rubric
from judging.services.standings import scores_in
from judging.states import AttemptState

LEAD = (Column("名次", "Rank", 0.5, "center"), Column("编号", "Entry", 1.0), Column("名称", "Title", 2.6))
SIGNATURES = (
    "裁判长：                    记录员：                    核对员：                    监督员：",
    "日期：      年    月    日",
)
BY_ONE = "本赛由一人录入并核对（经设置允许）。"


def measured_tally_pdf(rubric: Rubric, *, at: datetime) -> bytes:
    """Ranks of this round alone."""
    contest = rubric.round.contest
    rows, scores = measured_entries(rubric), scores_in(rubric.round)
    missing = sum(scores[row.entry.pk].missing for row in rows)
    about = f"{rubric.track.label_zh} · {rubric.round.label_zh}（{rubric.get_measure_display()}）"
    each = tuple(Column(f"第 {number} 次", "", 0.9, "center") for number in range(1, rubric.attempts + 1))
    is_alone = bool(contest.settings.get(ALONE))
    paper = TablePaper(
        title=f"{contest.label_zh}成绩汇总表",
        subtitle=f"{about} · 尚有 {missing} 次成绩未确认，名次未定" if missing else about,
        columns=(*LEAD, *each, *result_columns(rubric)),
        groups=(Group(f"{rubric.track.label_zh} {len(rows)} 项", tuple(lines(rubric, rows, scores)), 1),),
        landscape=True,
        closing=(*([BY_ONE] if is_alone else []), *SIGNATURES),
        foot=alone_foot(contest),
    )
    return table_pdf(paper, at=at, author=contest.label_zh)


def result_columns(rubric: Rubric) -> tuple[Column, ...]:
    plan = rubric.measure_plan
    points = (Column("得分", "Points", 0.8, "center"),) if plan.has_points else ()
    return (*points, Column("用时", "Time", 0.9, "center")) if plan.has_time else points


def lines(rubric: Rubric, rows: list[MeasuredEntry], scores: dict[int, RoundScore]) -> list[tuple[str, ...]]:
    """Best first; without a result last, and without a rank."""
    places = rubric.round.contest.places
    ranks = competition_ranks([rank_key(scores[row.entry.pk], places) for row in rows])
    ranked = sorted(zip(ranks, rows, strict=True), key=lambda one: (one[0] is None, one[0] or 0, one[1].entry.number))
    return [
        (
            "" if rank is None else str(rank), row.entry.number, row.entry.title,
            *(attempt_text(one) for one in row.slots),
            *result_texts(scores[row.entry.pk], rubric, places),
        )
        for rank, row in ranked
    ]  # fmt: skip


def attempt_text(one: Slot) -> str:
    is_confirmed = one.attempt is not None and one.attempt.state == AttemptState.CONFIRMED
    return said_of_attempt(one.attempt) if one.attempt is not None and is_confirmed else ""


def result_texts(one: RoundScore, rubric: Rubric, places: int) -> list[str]:
    plan, units = rubric.measure_plan, exact_units(one.score, places)
    points = [] if not plan.has_points else ["" if units is None else decimal_text(units, places)]
    time = [] if not plan.has_time else ["" if one.milliseconds is None else time_text(one.milliseconds)]
    return points + time
