"""合议记录: each tie with its entries, what may be given and what the committee gave; blanks are filled by hand."""

from datetime import datetime

from awards.models import AwardList
from awards.outputs.alone import alone_foot
from awards.outputs.facts import results_of
from awards.pdf import Column, Group, TablePaper, table_pdf
from awards.services.deliberation import Tie, ties_of
from competition.models import Entry

COLUMNS = (
    Column("作品编号", "Entry", 1.0), Column("作品名称", "Title", 3.2), Column("得分", "Score", 0.8, "center"),
    Column("合议结果", "Decision", 1.2, "center"), Column("理由", "Reason", 2.4),
)  # fmt: skip
SIGNATURES = (
    "应到        人，实到        人，同意        人，不同意        人，弃权        人。",
    "主任委员：                    委员：                                        记录人：",
    "日期：      年    月    日",
)


def minutes_pdf(award_list: AwardList, *, at: datetime) -> bytes:
    contest = award_list.contest
    found = ties_of(contest, award_list.run)
    results = results_of(award_list, [entry for tie in found for entry in tie.entries])
    paper = TablePaper(
        title=f"{contest.label_zh}并列作品合议记录",
        subtitle=f"获奖名单第 {award_list.version} 版 · {len(found)} 处跨获奖线的并列",
        columns=COLUMNS,
        groups=tuple(Group(heading(tie), tuple(line(tie, one, results) for one in tie.entries), 1) for tie in found),
        landscape=True,
        closing=SIGNATURES,
        foot=alone_foot(contest),
    )
    return table_pdf(paper, at=at, author=contest.label_zh)


def heading(tie: Tie) -> str:
    seats = "、".join(f"{level.label_zh} {number} 名" for level, number in tie.seats)
    said = f"{tie.group} · {len(tie.entries)} 件作品并列第 {tie.place} 名 · 可授予：{seats}"
    return f"{said} · 会议纪要：{tie.minutes}" if tie.minutes else said


def line(tie: Tie, entry: Entry, results: dict[int, str]) -> tuple[str, ...]:
    decision = tie.decisions.get(entry.pk)
    given = "" if decision is None else decision.label or "不授奖"
    return entry.number, entry.title, results.get(entry.pk, ""), given, ""
