"""证明: certificates of a training as they are printed; the same participants give the same bytes, however often."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, time

from awards.access_to_trainings import has_numbers
from awards.core.attending import span_en, span_zh
from awards.core.certificate_template import ATTENDANCE, Template, filled
from awards.models import Participant, Templates, Training
from awards.pdf import CertificatePage
from awards.pdf.certificate_layout import is_chinese
from awards.pdf.fonts import normalise
from awards.services.certificate_designs import Standing, background_of, designed
from awards.services.certificates import About, Section, bound, verification_url
from awards.states import AttendeeRole, ParticipantState, PrintedAs, TemplateKind
from awards.wording import joined

HONORIFICS = {AttendeeRole.STUDENT: "同学：", AttendeeRole.TUTOR: "同志：", AttendeeRole.STAFF: "同志："}
ENDINGS = ("培训", "培训班", "研修班", "研修", "班", "营", "活动", "会", "讲座", "课程")  # then 培训 is said already


def printed(training: Training) -> list[Participant]:
    """Those whose certificates count, in the order of printing."""
    return list(training.participants.filter(state=ParticipantState.ISSUED).order_by("order", "version"))


def certificates_of_attendance(
    training: Training,
    participants: Sequence[Participant],
    *,
    printed_as: str = PrintedAs.PLAIN,
    standing: Standing | None = None,
) -> bytes:
    """One PDF, a page each.

    standing   the seals that may be printed
    raises     GlyphMissing, DoesNotFit: both name the certificate; ValueError without participants
    """
    templates = Templates(training.contest)
    template = template_of(training, templates)
    pages = [page_of(training, one, template) for one in participants]
    section = section_of_attendance(training, templates, template, pages, printed_as, standing)
    return bound(about_attendance(training), [section])


def section_of_attendance(
    training: Training, templates: Templates, template: Template, pages: list[CertificatePage],
    printed_as: str = PrintedAs.PLAIN, standing: Standing | None = None,
) -> Section:  # fmt: skip
    """template   as of `template_of`"""
    design = designed(template, training.dated_on, printed_as, standing)
    return design, pages, background_of(templates.row(TemplateKind.ATTENDANCE), template, printed_as)


def about_attendance(training: Training) -> About:
    issuers = joined([normalise(one) for one in training.issuers]) or training.label_zh
    return About(at=moment_of(training), title=f"{training.label_zh} · {title_of(training)}", author=issuers)


def moment_of(training: Training) -> datetime:
    """What the files are dated, so that a reprint is the same file."""
    return datetime.combine(training.dated_on, time(), UTC)


def title_of(training: Training) -> str:
    return "培训结业证书" if training.is_assessed else "参训证明"


def template_of(training: Training, templates: Templates) -> Template:
    """That in force, with the words that were fixed when the first certificate was issued."""
    look = templates.of(TemplateKind.ATTENDANCE)
    if not has_numbers(training):
        return template_for(training, look)
    return template_for(training, look, training.template.template if training.template else ATTENDANCE)


def template_for(training: Training, look: Template, words: Template | None = None) -> Template:
    """With what the training says of itself: its title, its issuers.

    words   whose sentences and language it has, where not its own
    """
    said = words or look
    english = "Certificate of Completion" if training.is_assessed else "Certificate of Attendance"
    title = english if said.language == "en" else title_of(training)
    return replace(
        look, language=said.language, texts=said.texts, title=title, title_en=english if said.title_en else "",
        issuers=tuple(training.issuers), signature="", closing="",
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
