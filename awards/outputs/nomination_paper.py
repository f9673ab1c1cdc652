"""推荐表: a nomination as it was handed in, with room for opinions, stamps and signatures."""

from collections.abc import Iterable, Mapping
from typing import Any

from awards.outputs.entry_papers import ITEM, code_of, filled, person_line
from awards.pdf import Group, TablePaper, table_pdf
from awards.states import NomineeKind
from competition.core.form_codes import form_code
from competition.models import Entry, Submission
from competition.states import Level

LEVELS = {
    Level.SCHOOL: "校级", Level.COUNTY: "县级", Level.CITY: "市级", Level.PROVINCE: "省级", Level.NATION: "国家级",
    Level.WORLD: "国际级",
}  # fmt: skip
SPACE = "　"
STAMP = f"{SPACE}\n{SPACE}\n{SPACE}\n{SPACE}\n{SPACE * 16}（盖章）{SPACE * 3}年{SPACE}月{SPACE}日"
SIGNATURE = f"{SPACE}\n{SPACE * 16}签名：{SPACE * 6}年{SPACE}月{SPACE}日"


def nomination_form_pdf(entry: Entry, receipt: Submission) -> bytes:
    """What was handed in, word for word. What the office has not seen yet is marked; opinions are written by hand."""
    said, contest = receipt.content, entry.contest
    parts = (
        ("被推荐人 Nominee", who(said)),
        ("获奖情况 Prizes", [(f"成果 {at}", prize_line(one)) for at, one in enumerate(said["achievements"], 1)]),
        ("推荐意见 Recommendation", [("推荐意见", said["abstract"])]),
        ("承诺 Pledges", [(one.label_zh, one.text_zh) for one in contest.pledges.all() if one.code in said["pledges"]]),
        ("意见 Opinions", opinions(said["nominee"], has_unit=contest.has_unit_step)),
    )
    return table_pdf(
        TablePaper(
            title=f"{contest.label_zh}推荐表",
            subtitle=contest.label_en,
            columns=ITEM,
            groups=tuple(Group(name, filled(rows), 1) for name, rows in parts if filled(rows)),
            foot=code_of(entry, receipt),
            qr=form_code(entry.key, receipt.version, receipt.digest),
        ),
        at=receipt.at,
        author=contest.label_zh,
    )


def who(said: Mapping[str, Any]) -> list[tuple[str, str]]:
    people = said["authors"] if said["nominee"] == NomineeKind.STUDENT else said["tutors"]
    return [
        ("编号 No.", said["number"]),
        ("姓名 Name", person_line(people[0]) if people else ""),
        ("出生日期 Born on", people[0].get("born_on", "") if people else ""),
        ("类别 Kind", said["track"]),
        ("学校 School", said["school"]),
        ("代表作品 Work", "" if said["nominee"] == NomineeKind.SCHOOL else said["title"]),
    ]


def prize_line(one: Mapping[str, Any]) -> str:
    work = f"《{one['work']}》" if one["work"] else ""
    line = "，".join(filter(None, [one["contest"], LEVELS[Level(one["level"])], one["prize"], one["won_on"], work]))
    return line if one["is_seen"] else f"{line}（证明材料待审核）"


def opinions(kind: str, *, has_unit: bool) -> Iterable[tuple[str, str]]:
    """Boxes to sign and stamp, in the order in which the paper goes round."""
    boxes = [
        ("本人" if kind != NomineeKind.SCHOOL else "", SIGNATURE),
        ("监护人" if kind == NomineeKind.STUDENT else "", SIGNATURE),
        ("学校意见", STAMP),
        ("推荐单位意见" if has_unit else "", STAMP),
        ("办公室审查意见", STAMP),
    ]
    return [(name, room) for name, room in boxes if name]
