"""Papers of the prize-giving: 主持词 for the host, with sounds of names; 证书签领表 to sign for certificates."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

from awards.core.phonetics import hinted, hinted_text
from awards.models import AwardList, Certificate
from awards.outputs.facts import AwardLine, award_lines, recognition_lines, specials_by_prize
from awards.pdf import Column, Group, TablePaper, table_pdf
from awards.services.by_school import by_school
from awards.states import CertificateKind, RecognitionKind
from awards.word import ScriptLine, ScriptPaper, ScriptPart, script_docx
from awards.wording import chinese_number, date_text, joined
from competition.models import Contest
from competition.states import ContestKind

ROOM_TO_SIGN = 27.0  # points
HINTS = (
    "主持人请看：括号内为读音；姓氏多音字、生僻字已注音。",
    "有两个读音的（以“/”分开）和标“?”的，请事先向本人或学校核实。",
    "本稿含未成年人姓名，仅供颁奖使用，用后收回。",
)
TO_SIGN = "领取人代领的，请注明“代”字。发放人签名：                    日期：        年    月    日"


def host_script(lists: Sequence[AwardList]) -> bytes:
    """From the lowest prize up to the highest, then special prizes and titles; the Mayor's Award comes last.

    lists   of the contest and of its award, those that stand
    """
    first = lists[0].contest
    parts: list[ScriptPart] = []
    for award_list in sorted(lists, key=lambda one: one.contest.kind == ContestKind.AWARD):
        parts += parts_of(award_list)
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


def parts_of(award_list: AwardList) -> Iterator[ScriptPart]:
    yield from prize_parts(award_list)
    for one, lines in specials_by_prize(award_list):
        yield part_of(award_list.contest, f"{one.label_zh}（{one.sponsor}设立）", lines)
    for rule, rows in groupby(recognition_lines(award_list), key=lambda row: row[0].rule):
        is_person = rule.kind == RecognitionKind.TUTOR
        told = [ScriptLine(f"{hinted_text(home)}　", hinted(name)) if is_person else ScriptLine("", hinted_text(name))
                for _, name, home in rows]  # fmt: skip
        yield ScriptPart(
            f"{rule.label_zh}（{len(told)}）", f"下面颁发“{rule.label_zh}”。获得者是：", tuple(told), INVITED, CUE
        )


INVITED = "请以上获奖者上台领奖，请颁奖嘉宾颁奖。"
CUE = "（提示：音乐起，礼仪引导；颁奖后合影。）"


def prize_parts(award_list: AwardList) -> Iterator[ScriptPart]:
    """The lowest first."""
    by_prize: dict[tuple[int, str], list[AwardLine]] = defaultdict(list)
    for line in award_lines(award_list):
        by_prize[line.award.order, line.award.label_zh].append(line)
    for (_, prize), lines in sorted(by_prize.items(), reverse=True):
        yield part_of(award_list.contest, prize, lines)


def part_of(contest: Contest, prize: str, lines: Sequence[AwardLine]) -> ScriptPart:
    is_award = contest.kind == ContestKind.AWARD
    unit = "名" if is_award else "件"
    spoken = tuple(award_line(one) if is_award else work_line(one) for one in lines)
    opening = (
        f"下面颁发{contest.label_zh}{'' if prize in contest.label_zh else prize}，共{len(lines)}{unit}。获奖的是："
    )
    return ScriptPart(f"{prize}（{len(lines)}{unit}）", opening, spoken, INVITED, CUE)


def award_line(line: AwardLine) -> ScriptLine:
    return ScriptLine(f"{hinted_text(line.school)}　" if line.school else "", hinted(line.award.said["nominee"]))


def work_line(line: AwardLine) -> ScriptLine:
    """晴川一中　单（shàn）雨、王小川，作品《…》"""
    said = line.award.said
    names = joined([hinted(name) for name in said["authors"]]) or hinted_text(said["group"])
    tutors = joined([hinted(name) for name in said["tutors"]])
    after = f"，作品《{hinted_text(line.title)}》" + (f"，辅导教师{tutors}" if tutors else "")
    return ScriptLine(f"{hinted_text(line.school)}　" if line.school else "", names, f"{after}；")


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
    for unit_name, schools in by_school(contest):
        groups.append(Group(f"{unit_name}（{sum(len(ones) for _, ones in schools)}）", (), 1))
        for school, ones in schools:
            rows = tuple(hand_over_row(serial + at, one) for at, one in enumerate(ones, 1))
            serial += len(ones)
            groups.append(Group(f"{school or unit_name}（{len(ones)}）", rows, 2))
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
