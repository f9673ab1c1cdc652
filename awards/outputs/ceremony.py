"""Papers of the prize-giving: 主持词 for the host, with sounds of names; 证书签领表 to sign for certificates."""

from collections.abc import Sequence

from awards.core.phonetics import hinted, hinted_text
from awards.models import AwardList, Certificate
from awards.outputs.collecting import ROOM_TO_SIGN, TO_SIGN
from awards.outputs.running_order import Call, CallKind, Winner, running_order
from awards.pdf import Column, Group, TablePaper, table_pdf
from awards.services.by_school import count_of, homes_of, of_units
from awards.states import CertificateKind
from awards.word import ScriptLine, ScriptPaper, ScriptPart, script_docx
from awards.wording import chinese_number, date_text, joined
from competition.models import Contest
from competition.states import ContestKind

HINTS = (
    "主持人请看：括号内为读音；姓氏多音字、生僻字已注音。",
    "有两个读音的（以“/”分开）和标“?”的，请事先向本人或学校核实。",
    "本稿含未成年人姓名，仅供颁奖使用，用后收回。",
)


def host_script(lists: Sequence[AwardList]) -> bytes:
    """From the lowest prize up to the highest, then special prizes and titles; the Mayor's Award comes last.

    lists   of the contest and of its award, those that stand
    """
    first = lists[0].contest
    parts = [part_of(one) for one in running_order(lists)]
    numbered = tuple(
        ScriptPart(f"{chinese_number(at)}、{one.heading}" if at < 100 else one.heading, one.opening, one.lines,
                   one.closing, one.cue)
        for at, one in enumerate(parts, 1)
    )  # fmt: skip
    paper = ScriptPaper(
        f"{first.label_zh}\n颁奖主持词", numbered, date_text(first.local_as_of.date(), "zh"), notes=HINTS
    )
    author = joined(first.settings.get("issuers", [])) or first.label_zh
    return script_docx(paper, at=first.local_as_of, author=author)


INVITED = "请以上获奖者上台领奖，请颁奖嘉宾颁奖。"
CUE = "（提示：音乐起，礼仪引导；颁奖后合影。）"


def part_of(call: Call) -> ScriptPart:
    count, lines = len(call.winners), tuple(map(spoken, call.winners))
    if call.kind == CallKind.TITLE:
        opening = f"下面颁发“{call.label}”。获得者是："
        return ScriptPart(f"{call.label}（{count}）", opening, lines, INVITED, CUE)
    contest = call.contest
    unit = "名" if contest.kind == ContestKind.AWARD else "件"
    prize = f"{call.label}（{call.sponsor}设立）" if call.sponsor else call.label
    opening = f"下面颁发{contest.label_zh}{'' if prize in contest.label_zh else prize}，共{count}{unit}。获奖的是："
    return ScriptPart(f"{prize}（{count}{unit}）", opening, lines, INVITED, CUE)


def spoken(winner: Winner) -> ScriptLine:
    """晴川一中　单（shàn）雨、王小川，作品《…》"""
    home = f"{hinted_text(winner.school)}　" if winner.school else ""
    names = joined([hinted(name) for name in winner.names]) or hinted_text(winner.group)
    if not winner.title:
        return ScriptLine(home, names)
    tutors = joined([hinted(name) for name in winner.tutors])
    after = f"，作品《{hinted_text(winner.title)}》" + (f"，辅导教师{tutors}" if tutors else "")
    return ScriptLine(home, names, f"{after}；")


HAND_OVER = (
    Column("序号", "No.", 0.5, "center"), Column("证书编号", "Certificate", 1.3), Column("类别", "Kind", 0.8),
    Column("获奖者", "Recipient", 1.9), Column("奖项、作品", "Prize, work", 2.6), Column("签领", "Signature", 1.4),
    Column("日期", "Date", 0.9),
)  # fmt: skip
KINDS = {
    CertificateKind.AUTHOR: "学生", CertificateKind.TUTOR: "教师", CertificateKind.RECOGNITION: "表彰",
    CertificateKind.AWARD: "获奖者",
}  # fmt: skip


def hand_over_sheet(contest: Contest) -> bytes:
    """证书签领表: valid certificates by unit and school, to be signed for one by one.

    raises   GlyphMissing, DoesNotFit
    """
    issuers = contest.settings.get("issuers", [])
    groups, total = hand_over_groups(contest)
    paper = TablePaper(
        title=f"{contest.label_zh}证书签领表",
        subtitle=f"共{total}份",
        columns=HAND_OVER,
        groups=groups,
        landscape=True,
        closing=(TO_SIGN,),
        least_row=ROOM_TO_SIGN,
    )
    return table_pdf(paper, at=contest.local_as_of, author=joined(issuers) or contest.label_zh)


def hand_over_groups(contest: Contest) -> tuple[tuple[Group, ...], int]:
    """Units in their order, schools of a unit by sound, certificates by number; and how many there are."""
    groups: list[Group] = []
    serial = 0
    for unit, homes in of_units(homes_of(contest)):
        groups.append(Group(f"{unit}（{count_of(homes)}）", (), 1))
        for home in homes:
            ones = home.certificates
            rows = tuple(hand_over_row(serial + at, one) for at, one in enumerate(ones, 1))
            serial += len(ones)
            groups.append(Group(f"{home.name}（{len(ones)}）", rows, 2))
    return tuple(groups), serial


def hand_over_row(serial: int, one: Certificate) -> tuple[str, ...]:
    kind = KINDS[CertificateKind(one.kind)]
    return str(serial), one.number, kind, joined(one.recipients), what_for(one), "", ""


def what_for(one: Certificate) -> str:
    if one.recognition:
        return one.recognition.rule.label_zh
    work = one.work
    if work is None:
        return ""
    title = "" if one.kind == CertificateKind.AWARD else f"《{work.said['title']}》"
    return f"{work.label_zh}{title}"
