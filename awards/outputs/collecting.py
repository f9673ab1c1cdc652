"""证书领取: to whom certificates are handed, and at which table; a sheet for the door, one for each table."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from awards.core.even_parts import even_parts
from awards.core.number_runs import number_runs
from awards.models import Certificate
from awards.outputs.pdf_pages import one_after_another
from awards.pdf import Column, Group, TablePaper, table_pdf
from awards.services.by_school import NOWHERE, Home, count_of, homes_of, of_units
from awards.wording import joined
from competition.models import Contest

DOOR_SCALE = 1.5  # people read it standing before the door
ROOM_TO_SIGN = 27.0  # points
TO_SIGN = "领取人代领的，请注明“代”字。发放人签名：                    日期：        年    月    日"


def tables_of(homes: Sequence[Home], tables: int) -> list[Sequence[Home]]:
    """The homes at each table, in their order, none split, and as even in certificates as that allows."""
    parts = even_parts([len(one.certificates) for one in homes], tables)
    return [[homes[at] for at in part] for part in parts]


def collecting_sheets(contest: Contest, tables: int) -> bytes:
    """The sheet for the door, then that of each table. The same certificates give the same bytes.

    raises   GlyphMissing, DoesNotFit
    """
    given = tables_of(homes_of(contest), tables)
    author = joined(contest.settings.get("issuers", [])) or contest.label_zh
    papers = [door_paper(contest, given), *table_papers(contest, given)]
    return one_after_another([table_pdf(one, at=contest.local_as_of, author=author) for one in papers])


DOOR = (Column("学校", "School", 3), Column("领取桌", "Table", 1, "center"), Column("份数", "Number", 0.7, "center"))


def door_paper(contest: Contest, tables: Sequence[Sequence[Home]]) -> TablePaper:
    rows = [(one, at) for at, homes in enumerate(tables, 1) for one in homes]
    groups = []
    for unit, of_unit in groupby(rows, key=lambda row: row[0].unit):
        cells = tuple((one.name, f"第{at}桌", str(len(one.certificates))) for one, at in of_unit)
        groups.append(Group(unit, cells))
    return TablePaper("证书领取指引", contest.label_zh, DOOR, tuple(groups), scale=DOOR_SCALE)


TABLE = (
    Column("学校", "School", 2.2), Column("证书", "Certificates", 2.6), Column("证书编号", "Numbers", 2.6),
    Column("份数", "Number", 0.6, "center"), Column("领取人签名", "Signature", 1.4),
)  # fmt: skip


def table_papers(contest: Contest, tables: Sequence[Sequence[Home]]) -> Iterator[TablePaper]:
    """Of tables at which somebody collects."""
    for at, homes in enumerate(tables, 1):
        if homes:
            groups = tuple(Group(unit, tuple(map(table_row, of_unit))) for unit, of_unit in of_units(homes))
            subtitle = f"{contest.label_zh}　{len(homes)}个单位　{count_of(homes)}份证书"
            yield TablePaper(
                f"第{at}桌　证书领取表", subtitle, TABLE, groups, landscape=True, closing=(TO_SIGN,),
                least_row=ROOM_TO_SIGN,
            )  # fmt: skip


def table_row(home: Home) -> tuple[str, ...]:
    ones = home.certificates
    return home.name, by_prize(ones), number_runs([one.number for one in ones]), str(len(ones)), ""


def by_prize(certificates: Sequence[Certificate]) -> str:
    """一等奖4、二等奖6、优秀科技辅导员1: the highest first, then special prizes and titles."""
    counted = Counter(map(prize_of, certificates))
    return joined([f"{label}{count}" for (_, _, label), count in sorted(counted.items())])


def prize_of(one: Certificate) -> tuple[int, int, str]:
    if one.recognition:
        return 2, one.recognition.rule.order, one.recognition.rule.label_zh
    if one.special:
        return 1, one.special.order, one.special.label_zh
    return (0, one.award.order, one.award.label_zh) if one.award else (3, 0, NOWHERE)
