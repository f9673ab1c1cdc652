"""评分汇总表: one track in one round, entry by entry and judge by judge, to be signed."""

from collections.abc import Sequence
from datetime import datetime

from awards.outputs.alone import alone_foot
from awards.pdf import Column, Group, TablePaper, table_pdf
from competition.core.numbers import decimal_text
from competition.models import Entry
from competition.states import EntryState
from judging.core.scores import FEWEST_TO_TRIM, competition_ranks, published
from judging.models import Assignment, Judge, Rubric
from judging.selectors import entries_taking_part
from judging.services.standings import scores_in
from judging.sheet_rows import SheetRow, row_of, with_sheets
from judging.states import Attendance, Method, SheetState

MOST_COLUMNS = 8  # more judges than these share one column
LEAD = (Column("名次", "Rank", 0.5, "center"), Column("作品编号", "Entry", 1.0), Column("作品名称", "Title", 2.8))
END = (Column("份数", "Sheets", 0.5, "center"), Column("得分", "Score", 0.8, "center"))
SIGNATURES = (
    "评委组长：                    计分员：                    核对员：                    监督员：",
    "日期：      年    月    日",
)


def tally_pdf(rubric: Rubric, *, at: datetime) -> bytes:
    """Totals as handed in; in brackets what the rule leaves out of the mean; ranks of this round alone."""
    contest = rubric.round.contest
    sheets = sheets_of(rubric)
    judges = sorted({row.assignment.judge for rows in sheets.values() for row in rows}, key=lambda one: one.code)
    people = Judge.objects.filter(pk__in=[one.pk for one in judges]).values_list("pk", "person__name")
    names = dict(people)
    has_columns = len(judges) <= MOST_COLUMNS
    each = tuple(Column(one.code, "", 0.7, "center") for one in judges)
    middle = each if has_columns else (Column("各评委评分", "Totals", 3.4),)
    signed = "    ".join(f"{one.code} {names[one.pk]}：____________" for one in judges)
    rows = tuple(lines(rubric, sheets, judges, has_columns))
    missing = sum(max(rubric.reviews - sum(bool(one.total) for one in given), 0) for given in sheets.values())
    about = f"{rubric.track.label_zh} · {rubric.round.label_zh}（{rubric.get_method_display()}）"
    paper = TablePaper(
        title=f"{contest.label_zh}评分汇总表",
        subtitle=f"{about} · 尚缺 {missing} 份评分表，名次未定" if missing else about,
        columns=(*LEAD, *middle, *END),
        groups=(Group(f"{rubric.track.label_zh} {len(rows)} 件", rows, 1),),
        landscape=True,
        closing=(*([f"评委签名：{signed}"] if signed else []), *SIGNATURES),
        foot=alone_foot(contest),
    )
    return table_pdf(paper, at=at, author=contest.label_zh)


def sheets_of(rubric: Rubric) -> dict[Entry, list[SheetRow]]:
    """Of the entries that take part and count, the sheets that stand."""
    entries = entries_taking_part(rubric)
    found: dict[int, list[SheetRow]] = {}
    rows = with_sheets(Assignment.objects.filter(round=rubric.round, entry__in=entries)).order_by("judge__code")
    for one in rows:
        sheet = next(iter(one.current), None)  # type: ignore[attr-defined]
        if sheet is not None and sheet.state == SheetState.SUBMITTED:
            found.setdefault(one.entry_id, []).append(row_of(one, sheet, rubric))
    return {entry: found.get(entry.pk, []) for entry in entries}


def lines(
    rubric: Rubric, sheets: dict[Entry, list[SheetRow]], judges: Sequence[Judge], has_columns: bool
) -> list[tuple[str, ...]]:
    places = rubric.round.contest.places
    exact = scores_in(rubric.round)
    scores = {entry: published(exact[entry.pk].score, places) for entry in sheets}
    ranks = dict(zip(sheets, competition_ranks(list(scores.values())), strict=True))
    order = sorted(sheets, key=lambda one: (ranks[one] is None, ranks[one] or 0, one.order))
    made = []
    for entry in order:
        score, totals = scores[entry], totals_of(sheets[entry], rubric)
        by_judge = [totals.get(one.pk, "") for one in judges]
        said = "  ".join(f"{one.code} {totals[one.pk]}" for one in judges if one.pk in totals)
        made.append(
            (
                "" if ranks[entry] is None else str(ranks[entry]), entry.number, entry.title,
                *(by_judge if has_columns else [said]),
                f"{len(totals)}/{rubric.reviews}", "" if score is None else decimal_text(score, places),
            )
        )  # fmt: skip
    return made + absent_lines(rubric, len(judges) if has_columns else 1)


def absent_lines(rubric: Rubric, columns: int) -> list[tuple[str, ...]]:
    """They have no rank and no score; whoever reads the tally misses nobody."""
    places = rubric.round.round_entries.filter(state=Attendance.ABSENT)
    entries = Entry.objects.filter(round_entries__in=places, track=rubric.track, state=EntryState.PASSED)
    return [("弃权", one.number, one.title, *[""] * columns, "", "") for one in entries.order_by("order")]


def totals_of(rows: Sequence[SheetRow], rubric: Rubric) -> dict[int, str]:
    """By judge; one highest and one lowest in brackets where the rule drops them."""
    complete = [row for row in rows if row.total]
    totals = {row.assignment.judge_id: row.total for row in complete}
    if rubric.method == Method.TRIMMED and len(complete) >= FEWEST_TO_TRIM:
        ordered = sorted(complete, key=lambda row: float(row.total))
        for row in (ordered[0], ordered[-1]):
            totals[row.assignment.judge_id] = f"({row.total})"
    return totals
