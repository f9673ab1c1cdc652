"""What certificates say, in Chinese, English or both."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from awards.dues import Due
from awards.models import Award, Recognition, SpecialAward
from awards.states import CertificateKind, RecognitionKind
from competition.models import Contest

LINE = "竞赛结果不作为中小学招生入学依据"
TITLE = "荣誉证书"
NUMERALS = str.maketrans("0123456789", "〇一二三四五六七八九")
NUMBER_PATTERN = "{year}-{serial}"


@dataclass(frozen=True)
class Wording:
    """`honorific` follows the names; `body` is one or more paragraphs."""

    honorific: str
    body: str


def chinese_number(value: int) -> str:
    """1 to 99 as in a Chinese date: 7 七, 17 十七, 20 二十, 31 三十一."""
    tens, ones = divmod(value, 10)
    digits = ["", *"一二三四五六七八九"]
    return (digits[tens] if tens > 1 else "") + ("十" if tens else "") + digits[ones]


def date_text(day: date, language: str) -> str:
    if language == "en":
        return f"{day.day} {day:%B %Y}"
    year = str(day.year).translate(NUMERALS)
    return f"{year}年{chinese_number(day.month)}月{chinese_number(day.day)}日"


def day_zh(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def quoted(title: str) -> str:
    """《…》; a title that has such marks itself gets single ones inside, as the standard of punctuation has it."""
    return f"《{title.replace('《', '〈').replace('》', '〉')}》"


def joined(names: Sequence[str]) -> str:
    return "、".join(names)


def wording(contest: Contest, due: Due) -> Wording:
    language = contest.settings.get("certificate_language", "zh")
    chinese, english = TEXTS[due.kind](contest, due)
    honorific = HONORIFICS[due.kind] if not is_for_a_group(due) else "："
    if language == "en":
        return Wording(":", english)
    return Wording(honorific, f"{chinese}\n{english}" if language == "both" else chinese)


HONORIFICS = {
    CertificateKind.AUTHOR: "同学：",
    CertificateKind.TUTOR: "老师：",
    CertificateKind.RECOGNITION: "：",
    CertificateKind.AWARD: "：",
}


def is_for_a_group(due: Due) -> bool:
    """A group of pupils entered under its own name; a group has no 同学."""
    return due.kind == CertificateKind.AUTHOR and due.work is not None and bool(due.work.said["group"])


def category(award: Award | SpecialAward) -> str:
    entry = award.entry
    return f"{entry.track.label_zh}（{entry.division.label_zh}组）" if entry.division else entry.track.label_zh


def work_of(due: Due) -> Award | SpecialAward:
    if due.work is None:
        raise ValueError(f"{due.purpose} has no award.")
    return due.work


def honour(award: Award | SpecialAward) -> tuple[str, str]:
    """The prize in Chinese and English; a special one with its sponsor."""
    zh, en = award.label_zh, award.label_en or award.label_zh
    if isinstance(award, SpecialAward):
        return f"{zh}（{award.sponsor}设立）", f"{en} (sponsored by {award.sponsor})"
    return zh, en


def your(due: Due) -> str:
    if is_for_a_group(due):
        return "你们集体的"
    return "你们的" if len(due.names) > 1 else "你的"


def author_text(contest: Contest, due: Due) -> tuple[str, str]:
    award = work_of(due)
    (zh, en), track = honour(award), award.entry.track
    title = award.entry.title_en or award.said["title"]
    return (
        f"{your(due)}作品{quoted(award.said['title'])}在{contest.label_zh}{category(award)}中荣获{zh}。",
        f"Your entry “{title}” won the {en} in {track.label_en or track.label_zh} "
        f"at the {contest.label_en or contest.label_zh}.",
    )


def tutor_text(contest: Contest, due: Due) -> tuple[str, str]:
    award = work_of(due)
    title, (zh, en) = award.entry.title_en or award.said["title"], honour(award)
    return (
        f"您辅导的作品{quoted(award.said['title'])}在{contest.label_zh}{category(award)}中荣获{zh}，特授予指导教师奖。",
        f"As tutor of “{title}”, which won the {en} at the {contest.label_en or contest.label_zh}.",
    )


def recognition_text(contest: Contest, due: Due) -> tuple[str, str]:
    recognition: Recognition | None = due.recognition
    if recognition is None:
        raise ValueError(f"{due.purpose} has no recognition.")
    rule = recognition.rule
    if rule.follows:
        zh, en = ("所在学校", "school") if rule.kind == RecognitionKind.SCHOOL else ("辅导教师", "tutor")
        return (
            f"作为{contest.label_zh}获奖者的{zh}，被授予“{rule.label_zh}”。",
            f"Given the {rule.label_en or rule.label_zh} as {en} of a winner of the "
            f"{contest.label_en or contest.label_zh}.",
        )
    return (
        f"在{contest.label_zh}中成绩突出，被评为“{rule.label_zh}”。",
        f"Named {rule.label_en or rule.label_zh} of the {contest.label_en or contest.label_zh}.",
    )


def award_text(contest: Contest, due: Due) -> tuple[str, str]:
    award = work_of(due)
    if award.label_zh in contest.label_zh:
        return f"荣获{contest.label_zh}。", f"Winner of the {contest.label_en or contest.label_zh}."
    return (
        f"荣获{contest.label_zh}{award.label_zh}。",
        f"Winner of the {award.label_en or award.label_zh}, {contest.label_en or contest.label_zh}.",
    )


TEXTS = {
    CertificateKind.AUTHOR: author_text,
    CertificateKind.TUTOR: tutor_text,
    CertificateKind.RECOGNITION: recognition_text,
    CertificateKind.AWARD: award_text,
}


def chance_text(share: float) -> str:
    """Never rounded to certain or to none."""
    if 0 < share < 0.01:
        return "<1 %"
    return ">99 %" if 0.99 < share < 1 else f"{share:.0%}".replace("%", " %")
