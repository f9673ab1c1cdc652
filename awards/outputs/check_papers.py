"""获奖信息核对表 on paper: a unit's prizes as certificates will say them, to be signed and stamped."""

from collections.abc import Sequence
from datetime import datetime

from awards.outputs.alone import alone_foot
from awards.pdf import Column, Group, TablePaper, table_pdf
from awards.services.checking import Prize
from awards.wording import joined
from competition.models import Contest, District

COLUMNS = (
    Column("序号", "No.", 0.5, "center"),
    Column("作品编号", "Entry", 0.9),
    Column("奖项", "Prize", 0.9),
    Column("作品名称", "Title", 3.0),
    Column("作者", "Authors", 1.7),
    Column("辅导教师", "Tutors", 1.5),
    Column("学校", "School", 2.2),
)


def prize_check_pdf(contest: Contest, unit: District, awards: Sequence[Prize], *, until: str, at: datetime) -> bytes:
    rows = tuple(
        (
            str(place), one.entry.number, one.label_zh, one.said["title"],
            joined(one.said["authors"]) or one.said["group"], joined(one.said["tutors"]), one.said["school"],
        )
        for place, one in enumerate(awards, 1)
    )  # fmt: skip
    return table_pdf(
        TablePaper(
            title=f"{contest.label_zh}获奖信息核对表",
            subtitle=unit.label_zh,
            columns=COLUMNS,
            groups=(Group(f"获奖 {len(rows)} 项", rows, 1),),
            landscape=True,
            closing=(
                f"请逐字核对。证书将按此表打印。{until}",
                "□ 全部正确    □ 需要更正（请注明作品编号和正确内容，并附盖章的更正申请）",
                "核对人签名：                    单位（盖章）：                    日期：      年    月    日",
            ),
            foot=alone_foot(contest),
        ),
        at=at,
        author=contest.label_zh,
    )
