"""推荐数量汇总表, 推荐作品名单 of each track, 收到与推荐情况统计表: on paper to be stamped, and as one workbook."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from awards.core.going_up import Work
from awards.outputs.going_up import GoingUp
from awards.pdf import Column, Group, TablePaper, table_pdf
from competition.spreadsheets import Heading, Sheet, workbook_bytes

NONE, SUM, ALL = "不分组", "小计", "合计"
TEAM = {True: "集体", False: "个人"}
SUMMARY = (
    Column("赛项", "Track", 2.4), Column("学段（组别）", "Stage", 1.4), Column("个人项目", "Individual", 1.0, "center"),
    Column("集体项目", "Team", 1.0, "center"), Column("合计", "Total", 1.0, "center"),
)  # fmt: skip
BALANCE = (
    Column("赛项", "Track", 2.4), Column("学段（组别）", "Stage", 1.4), Column("收到（件）", "Received", 1.0, "center"),
    Column("推荐（件）", "Recommended", 1.0, "center"),
)  # fmt: skip
SUMMARY_HEADINGS = (
    Heading("赛项", "Track", 26), Heading("学段（组别）", "Stage", 16), Heading("个人项目", "Individual", 12, 0),
    Heading("集体项目", "Team", 12, 0), Heading("合计", "Total", 12, 0),
)  # fmt: skip
BALANCE_HEADINGS = (
    Heading("赛项", "Track", 26), Heading("学段（组别）", "Stage", 16), Heading("收到（件）", "Received", 12, 0),
    Heading("推荐（件）", "Recommended", 12, 0),
)  # fmt: skip
# name of a field, heading, English, width on paper, width in a workbook
LISTED = (
    ("number", "作品编号", "Entry", 0.9, 14),
    ("title", "作品名称", "Title", 2.6, 44),
    ("stage", "组别", "Stage", 0.7, 10),
    ("is_team", "类别", "Kind", 0.6, 8),
    ("authors", "作者", "Authors", 1.4, 24),
    ("school", "学校", "School", 1.8, 28),
    ("unit", "推荐单位", "Unit", 1.0, 16),
    ("tutors", "辅导教师", "Tutors", 1.3, 22),
    ("prize", "本级奖项", "Prize", 0.9, 12),
    ("authorisation", "授权号", "Authorisation no.", 1.5, 18),
    ("number_above", "上级编号", "No. there", 1.0, 14),
)
MAY_MISS = ("prize", "authorisation", "number_above")


def summary_rows(up: GoingUp) -> list[list[Any]]:
    rows: list[list[Any]] = []
    for one in up.forms.summary:
        rows += [[one.track, line.stage or NONE, line.individual, line.team, line.total] for line in one.lines]
        if len(one.lines) > 1:
            rows.append([one.track, SUM, one.individual, one.team, one.total])
    return [*rows, [ALL, "", up.forms.individual, up.forms.team, up.forms.total]]


def balance_rows(up: GoingUp) -> list[list[Any]]:
    rows = [[one.track, one.stage or NONE, one.received, one.recommended] for one in up.forms.balance]
    return [*rows, [ALL, "", up.forms.received, up.forms.recommended]]


def fields_of(up: GoingUp) -> list[tuple[str, str, str, float, int]]:
    """Columns that say something in any list of these."""
    works = [work for _, listed in up.forms.lists for work in listed]
    left_out = {name for name in MAY_MISS if not any(getattr(work, name) for work in works)}
    left_out |= set() if up.has_units else {"unit"}
    return [one for one in LISTED if one[0] not in left_out]


def cells_of(work: Work, fields: Sequence[tuple[str, str, str, float, int]]) -> list[str]:
    said = {"is_team": TEAM[work.is_team], "stage": work.stage or NONE}
    return [said.get(name, getattr(work, name)) for name, *_ in fields]


def printed(up: GoingUp, title: str, columns: Sequence[Column], rows: Sequence[Sequence[Any]], at: datetime,
            heading: str, *, wide: bool = False) -> bytes:  # fmt: skip
    texts = tuple(tuple(map(str, row)) for row in rows)
    return table_pdf(
        TablePaper(
            title=title, subtitle=f"报送单位：{up.sender_zh}", columns=tuple(columns),
            groups=(Group(heading, texts, 1),), landscape=wide,
            closing=(
                "填表人：                    联系电话：                    ",
                "推荐单位（盖章）：                    日期：      年    月    日",
            ),
        ),
        at=at, author=up.sender_zh,
    )  # fmt: skip


def summary_pdf(up: GoingUp, *, at: datetime) -> bytes:
    return printed(up, f"{up.to_zh}推荐数量汇总表", SUMMARY, summary_rows(up), at, f"共推荐 {up.forms.total} 件")


def balance_pdf(up: GoingUp, *, at: datetime) -> bytes:
    heading = f"收到 {up.forms.received} 件，推荐 {up.forms.recommended} 件"
    return printed(up, f"{up.to_zh}收到与推荐情况统计表", BALANCE, balance_rows(up), at, heading)


def list_pdf(up: GoingUp, place: int, *, at: datetime) -> bytes:
    """The list of one track, counted from 1."""
    track, works = up.forms.lists[place - 1]
    fields = fields_of(up)
    columns = [Column("序号", "No.", 0.5, "center"), *(Column(zh, en, share) for _, zh, en, share, _w in fields)]
    rows = [[at_, *cells_of(work, fields)] for at_, work in enumerate(works, 1)]
    return printed(up, f"{up.to_zh}推荐作品名单（{track}）", columns, rows, at, f"共 {len(works)} 件", wide=True)


def forms_xlsx(up: GoingUp, *, at: datetime) -> bytes:
    """Every form on a sheet of its own; numbers are numbers, and no text becomes a formula."""
    fields = fields_of(up)
    headings = [Heading("序号", "No.", 6, 0), *(Heading(zh, en, width) for _, zh, en, _s, width in fields)]
    sheets = [
        Sheet("汇总 Summary", SUMMARY_HEADINGS, summary_rows(up)),
        Sheet("收到与推荐 Received", BALANCE_HEADINGS, balance_rows(up)),
    ]
    for place, (track, works) in enumerate(up.forms.lists, 1):
        rows = [[number, *cells_of(work, fields)] for number, work in enumerate(works, 1)]
        sheets.append(Sheet(f"{place} {track}", headings, rows))
    return workbook_bytes(sheets, at=at, title=f"{up.to_zh} {up.sender_zh}")
