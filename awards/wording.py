"""What certificates say, in Chinese, English or both."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from awards.core.certificate_template import Template, filled
from awards.dues import Due
from awards.models import Award, Certificate, Recognition, SpecialAward
from awards.states import CertificateKind, RecognitionKind, TemplateKind
from competition.models import Contest

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


def styled_date(day: date, style: str) -> str:
    """As a template names it: with Chinese numerals, with digits, in English, or none."""
    if style == "none":
        return ""
    return day_zh(day) if style == "digits" else date_text(day, "en" if style == "english" else "zh")


def kind_of(one: Due | Certificate) -> TemplateKind:
    """Whose template it has."""
    if one.kind == CertificateKind.RECOGNITION and one.recognition is not None:
        return OF_RECOGNITION[RecognitionKind(one.recognition.rule.kind)]
    return OF_KIND[CertificateKind(one.kind)]


OF_KIND = {
    CertificateKind.AUTHOR: TemplateKind.AUTHOR,
    CertificateKind.TUTOR: TemplateKind.TUTOR,
    CertificateKind.RECOGNITION: TemplateKind.TITLE,
    CertificateKind.AWARD: TemplateKind.AWARD,
}
OF_RECOGNITION = {
    RecognitionKind.DISTRICT: TemplateKind.UNIT,
    RecognitionKind.SCHOOL: TemplateKind.SCHOOL,
    RecognitionKind.TUTOR: TemplateKind.TITLE,
}


def wording(contest: Contest, due: Due, template: Template) -> Wording:
    """The sentences of the template, and the product's own where it has none."""
    language, kind = template.language, kind_of(due)
    chinese, english = TEXTS[due.kind](contest, due)
    own = {tongue: template.texts.get(f"{kind}.{tongue}", "") for tongue in ("zh", "en")}
    if any(own.values()):
        chinese = filled(own["zh"], places_of(contest, due, is_english=False)) if own["zh"] else chinese
        english = filled(own["en"], places_of(contest, due, is_english=True)) if own["en"] else english
    honorific = HONORIFICS[due.kind] if not is_for_a_group(due) else "："
    if language == "en":
        return Wording(":", english)
    return Wording(honorific, f"{chinese}\n{english}" if language == "both" else chinese)


def places_of(contest: Contest, due: Due, *, is_english: bool) -> dict[str, str]:
    """What may stand in a sentence of the template, in one language; a label without English stands in Chinese."""

    def label(one: Contest | Award | SpecialAward | Recognition | object) -> str:
        zh, en = getattr(one, "label_zh", ""), getattr(one, "label_en", "")
        return en or zh if is_english else zh

    names = ", " if is_english else "、"
    values = {
        "contest": label(contest),
        "year": str(contest.year),
        "ordinal": str(contest.ordinal or ""),
        "names": names.join(due.names),
        "your": "" if is_english else your(due),
        "prize": label(due.recognition.rule) if due.recognition else label(due.work),
    }
    if due.work is not None:
        entry, said = due.work.entry, due.work.said
        values |= {
            "track": label(entry.track),
            "division": label(entry.division),
            "category": label(entry.track) if is_english else category(due.work),
            "title": entry.title_en or said["title"] if is_english else said["title"],
            "school": said.get("school", ""),
            "sponsor": getattr(due.work, "sponsor", ""),
            "authors": names.join(said["authors"]),
            "tutors": names.join(said["tutors"]),
        }
    return values


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
