"""异议受理单: one objection for the file of the office, with what was decided, or room to write it."""

from datetime import datetime

from awards.models import Objection
from awards.outputs.alone import alone_foot
from awards.outputs.answer_letter import OUTCOMES
from awards.outputs.entry_papers import ITEM, filled
from awards.outputs.nomination_paper import SIGNATURE, SPACE, STAMP
from awards.pdf import Group, TablePaper, table_pdf
from awards.states import ObjectionState, ObjectionWay
from awards.wording import day_zh

WAYS = {
    ObjectionWay.WEB: "公示网页", ObjectionWay.LETTER: "来信", ObjectionWay.PHONE: "来电", ObjectionWay.VISIT: "来访",
}  # fmt: skip
ANONYMOUS = "匿名（予以登记，不作答复）"
ROOM = f"{SPACE}\n{SPACE}\n{SPACE}\n{SPACE}"
CONFIDENTIAL = "本单含异议人信息，仅供办公室留存，不得转给被异议方、学校或评委。"


def objection_record_pdf(objection: Objection, *, at: datetime) -> bytes:
    """raises   GlyphMissing, DoesNotFit"""
    contest = objection.contest
    parts = (
        ("受理 Received", received(objection)),
        ("异议 Objection", said(objection)),
        ("处理 Decision", decided(objection)),
    )
    paper = TablePaper(
        title=f"{contest.label_zh}异议受理单",
        subtitle=f"受理编号 {objection.number}",
        columns=ITEM,
        groups=tuple(Group(name, filled(rows), 1) for name, rows in parts),
        closing=(CONFIDENTIAL,),
        foot=alone_foot(contest),
    )
    return table_pdf(paper, at=at, author=contest.label_zh)


def received(objection: Objection) -> list[tuple[str, str]]:
    moment = objection.received_at.astimezone(objection.contest.tz)
    notice = objection.notice
    return [
        ("收到时间 Received on", f"{day_zh(moment.date())} {moment:%H:%M}"),
        ("方式 How", WAYS[ObjectionWay(objection.way)]),
        ("受理人 By", objection.recorded_by.name if objection.recorded_by else ""),
        ("所涉公示 Notice", f"第 {notice.version} 次公示，获奖名单第 {notice.list.version} 版"),
        ("答复期限 Answer by", day_zh(objection.due_on) if objection.due_on else ""),
    ]


def said(objection: Objection) -> list[tuple[str, str]]:
    entry = objection.entry
    return [
        ("异议人 Name", objection.name or ANONYMOUS),
        ("联系方式 Contact", objection.contact),
        ("所涉作品 Entry", f"{entry.number} 《{entry.title}》" if entry else "获奖名单整体"),
        ("异议内容 Reason", objection.reason),
        ("证据材料 Evidence", f"{objection.evidence.count()} 份"),
    ]


def decided(objection: Objection) -> list[tuple[str, str]]:
    """Blanks to be filled by hand while it is open."""
    if objection.state == ObjectionState.OPEN or objection.decided_at is None:
        return [("调查情况 Findings", ROOM), ("处理意见 Decision", ROOM), ("处理人 Decided by", SIGNATURE),
                ("办公室意见 Office", STAMP)]  # fmt: skip
    day = objection.decided_at.astimezone(objection.contest.tz).date()
    return [
        ("结论 Outcome", OUTCOMES[ObjectionState(objection.state)][0]),
        ("处理意见 Decision", objection.decision),
        ("处理人 Decided by", f"{objection.decider_role} {objection.decider}，{day_zh(day)}"),
        ("处理人签名 Signature", SIGNATURE),
    ]
