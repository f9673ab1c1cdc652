"""Papers of a training: 证明 to give out, 签到表 to sign before it, 签领表 to sign when they are handed over."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time

from awards.core.attending import MOST_DAYS, days_between, span_en, span_zh
from awards.core.certificate_template import TITLE_EN, Template, filled
from awards.models import Participant, Templates, Training
from awards.pdf import CertificatePage, Column, Group, TablePaper, certificates_pdf, table_pdf
from awards.pdf.certificate_layout import is_chinese
from awards.pdf.fonts import normalise
from awards.services.certificate_designs import designed
from awards.services.certificates import verification_url
from awards.states import AttendeeRole, ParticipantState, TemplateKind
from awards.wording import joined

HONORIFICS = {AttendeeRole.STUDENT: "同学：", AttendeeRole.TUTOR: "同志：", AttendeeRole.STAFF: "同志："}
ENDINGS = ("培训", "培训班", "研修班", "研修", "班", "营", "活动", "会", "讲座", "课程")  # then 培训 is said already
ROOM_TO_SIGN = 27.0  # points
TO_SIGN = "                              日期：        年    月    日"


def printed(training: Training) -> list[Participant]:
    """Those whose certificates count, in the order of printing."""
    return list(training.participants.filter(state=ParticipantState.ISSUED).order_by("order", "version"))


def certificates_of_attendance(training: Training, participants: Sequence[Participant]) -> bytes:
    """One PDF, a page each. The same participants give the same bytes, however often they are printed.

    raises   GlyphMissing, DoesNotFit: both name the certificate; ValueError without participants
    """
    heading, template = joined([normalise(one) for one in training.issuers]), template_of(training)
    return certificates_pdf(
        designed(template, training.dated_on),
        [page_of(training, one, template) for one in participants],
        at=moment_of(training),
        title=f"{training.label_zh} · {title_of(training)}",
        author=heading or training.label_zh,
    )


def moment_of(training: Training) -> datetime:
    """What the files are dated, so that a reprint is the same file."""
    return datetime.combine(training.dated_on, time(), UTC)


def title_of(training: Training) -> str:
    return "培训结业证书" if training.is_assessed else "参训证明"


CHECK_LINE = "扫描二维码可查验本证书 · Scan the code to check this certificate"


def template_of(training: Training) -> Template:
    """That of its contest, where it has one for attendance or for all kinds."""
    row = Templates(training.contest).row(TemplateKind.ATTENDANCE) if training.contest else None
    return template_for(training, row.template if row else None)


def template_for(training: Training, template: Template | None) -> Template:
    """With what the training says of itself: its title, its issuers."""
    own = template or Template(title_en=TITLE_EN, line=CHECK_LINE, language="both")
    english = "Certificate of Completion" if training.is_assessed else "Certificate of Attendance"
    title = english if own.language == "en" else title_of(training)
    return replace(
        own, title=title, title_en=english if own.title_en else "", issuers=tuple(training.issuers), signature="",
        closing="",
    )  # fmt: skip


def page_of(training: Training, one: Participant, template: Template) -> CertificatePage:
    unit = f"{'学校' if one.role == AttendeeRole.STUDENT else '单位'}：{one.unit}" if one.unit else ""
    zh, en = sentences(training, one, template)
    if template.language == "en" and en:
        zh, en, unit = en, "", one.unit
    honorific = HONORIFICS[AttendeeRole(one.role)] if is_chinese(one.name) and template.language != "en" else ":"
    return CertificatePage(
        number=one.number,
        recipients=(one.name,),
        honorific=honorific,
        body=zh,
        tutors=unit,
        second=en if template.language != "zh" else "",
        qr=verification_url(one.code or one.token),
        bookmark=f"{one.number} {one.name}",
    )


def sentences(training: Training, one: Participant, template: Template) -> tuple[str, str]:
    """In Chinese and English: the template's, or our own."""
    said = {"names": one.name, "place": training.place, "hours": one.hours, "unit": one.unit}
    contest = training.contest
    said |= {"contest": contest.label_zh if contest else "", "year": str(training.year), "prize": title_of(training)}
    said |= {"ordinal": str(contest.ordinal or "") if contest else ""}
    first, last = training.begins_on, training.ends_on
    zh, en = (template.texts.get(f"{TemplateKind.ATTENDANCE}.{language}", "") for language in ("zh", "en"))
    if zh:
        zh = filled(zh, said | {"training": training.label_zh, "days": span_zh(first, last)})
    if en:
        en = filled(en, said | {"training": training.label_en or training.label_zh, "days": span_en(first, last)})
    return zh or chinese(training, one), en or english(training, one)


def chinese(training: Training, one: Participant) -> str:
    where = f"在{training.place}" if training.place else ""
    title = training.label_zh
    attended = title if title.endswith(ENDINGS) else f"“{title}”培训"
    passed = "考核合格，" if training.is_assessed else ""
    days = span_zh(training.begins_on, training.ends_on)
    return f"于{days}{where}参加{attended}，共{one.hours}学时，{passed}特发此证。"


def english(training: Training, one: Participant) -> str:
    """Only where the training has an English name: half a sentence in Chinese helps nobody."""
    if not training.label_en:
        return ""
    hours = "hour" if one.half_hours == 2 else "hours"
    passed = " and passed the assessment" if training.is_assessed else ""
    return (
        f"This is to certify that the above-named attended the {training.label_en}, "
        f"{span_en(training.begins_on, training.ends_on)}, for {one.hours} {hours}{passed}."
    )


def subtitle_of(training: Training) -> str:
    where = f"　{training.place}" if training.place else ""
    return f"{span_zh(training.begins_on, training.ends_on)}{where}　共{training.hours}学时"


def hand_over_sheet(training: Training) -> bytes:
    """签领表: whoever takes a certificate signs for its number."""
    columns = (
        Column("序号", "No.", 0.5, "center"), Column("证书编号", "Certificate", 1.5), Column("姓名", "Name", 1.2),
        Column("单位", "Unit", 2.3), Column("学时", "Hours", 0.6, "center"), Column("签领", "Signature", 1.5),
        Column("日期", "Date", 0.9),
    )  # fmt: skip
    rows = tuple(
        (str(at), one.number, one.name, one.unit, one.hours, "", "") for at, one in enumerate(printed(training), 1)
    )
    return sheet(training, "签领表", columns, rows, f"发放人签名：{TO_SIGN}")


def sign_in_sheet(training: Training) -> bytes:
    """签到表: printed before the training, a column a day."""
    days = days_between(training.begins_on, training.ends_on)[:MOST_DAYS]
    columns = (
        Column("序号", "No.", 0.5, "center"), Column("姓名", "Name", 1.2), Column("单位", "Unit", 2.4),
        *(Column(f"{day.month}月{day.day}日", f"{day:%d %b}", max(3.2 / len(days), 0.8)) for day in days),
        Column("备注", "Remarks", 0.9),
    )  # fmt: skip
    states = (ParticipantState.LISTED, ParticipantState.ISSUED)
    found = training.participants.filter(state__in=states).order_by("order", "version")
    rows = tuple((str(at), one.name, one.unit, *[""] * len(days), "") for at, one in enumerate(found, 1))
    return sheet(training, "签到表", columns, rows, f"会务人员签名：{TO_SIGN}", landscape=len(days) > 2)


def sheet(
    training: Training, what: str, columns: tuple[Column, ...], rows: tuple[tuple[str, ...], ...], closing: str,
    *, landscape: bool = False,
) -> bytes:  # fmt: skip
    paper = TablePaper(
        title=f"{training.label_zh}{what}",
        subtitle=subtitle_of(training),
        columns=columns,
        groups=(Group("", rows, 1),),
        landscape=landscape,
        closing=(closing,),
        least_row=ROOM_TO_SIGN,
    )
    return table_pdf(paper, at=moment_of(training), author=joined(training.issuers) or training.label_zh)
