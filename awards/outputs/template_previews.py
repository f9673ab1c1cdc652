"""What a template makes, to look at: a page as PNG over its background, and the calibration page."""

import io
import threading
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import pypdfium2  # type: ignore[import-untyped]
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, ImageChops

from awards.core.certificate_template import Template
from awards.models import Participant, Training
from awards.pdf import CertificateDesign, CertificatePage, certificates_pdf
from awards.pdf.calibration import Words, calibration_pdf
from awards.services.attendance import page_of, template_for
from awards.services.certificate_designs import design_of, designed, standing_seals
from awards.services.template_samples import sample_page
from awards.states import AttendeeRole, ParticipantState, PrintedAs, TemplateKind
from competition import files
from competition.inspection import FileKind, preview
from competition.models import Contest, StoredFile

WIDE = 1100  # pixels
ON_THE_LIST = (ParticipantState.LISTED, ParticipantState.ISSUED)
PART_NAMES = {
    "page": gettext_lazy("Everything (pre-printed paper)"),
    "title": gettext_lazy("Title of the certificate"),
    "names": gettext_lazy("Names"),
    "text": gettext_lazy("Text"),
    "signature": gettext_lazy("Signature line"),
    "issuers": gettext_lazy("Issuers"),
    "date": gettext_lazy("Date"),
    "number": gettext_lazy("Certificate number"),
    "qr": gettext_lazy("QR code"),
    "line": gettext_lazy("Line at the foot"),
}
_one_at_a_time = threading.Lock()  # pdfium keeps one state for the whole process


@dataclass(frozen=True)
class Sample:
    """How a page is printed, the page, and the day that its file bears."""

    design: CertificateDesign
    page: CertificatePage
    day: date


@dataclass(frozen=True)
class Shown:
    """What a preview shows of a kind. training: whose list it is, of attendance alone; None: an invented one."""

    kind: str
    training: Training | None = None
    is_longest: bool = False


def made_from(contest: Contest | None, shown: Shown, template: Template, printed_as: str) -> Sample:
    """Seals: those that stand. contest: None of the installation's office, which has attendance alone."""
    standing = standing_seals(contest) if printed_as == PrintedAs.SEALED else None
    if contest is None or shown.kind == TemplateKind.ATTENDANCE:
        training, one = participant_of(contest, shown)
        own = template_for(training, template)
        design = designed(own, training.dated_on, printed_as, standing)
        return Sample(design, page_of(training, one, own), training.dated_on)
    design = design_of(contest, template, printed_as, standing)
    page = sample_page(contest, shown.kind, template, is_longest=shown.is_longest)
    return Sample(design, page, contest.local_as_of.date())


def participant_of(contest: Contest | None, shown: Shown) -> tuple[Training, Participant]:
    """The first of the list, with its longest name and unit where they are asked for; or an invented one."""
    training = shown.training or invented_training(contest)
    rows = training.participants.filter(state__in=ON_THE_LIST) if training.pk else Participant.objects.none()
    one = rows.order_by("order", "version").first() or invented_participant(training, is_longest=shown.is_longest)
    if shown.is_longest and one.pk:
        for field in ("name", "unit"):
            setattr(one, field, rows.order_by(Length(field).desc(), "pk").values_list(field, flat=True).first())
    one.number = one.number or training.number_of(1)
    one.token = one.token or "A" * 26
    return training, one


def invented_training(contest: Contest | None) -> Training:
    year = contest.year if contest else timezone.localdate().year
    day = date(year, 1, 1)
    return Training(
        contest=contest, label_zh="科技辅导员培训班", year=year, order=1, begins_on=day, ends_on=day, half_hours=16,
        issuers=["示例市科学技术协会"], dated_on=day, erase_on=day,
    )  # fmt: skip


def invented_participant(training: Training, *, is_longest: bool) -> Participant:
    name, unit = ("阿卜杜拉·某某", "第一实验小学教育集团南校区") if is_longest else ("张某某", "第一实验小学")
    hours = training.half_hours
    return Participant(training=training, name=name, unit=unit, half_hours=hours, role=AttendeeRole.TUTOR)


def preview_png(
    contest: Contest | None, shown: Shown, template: Template, background: StoredFile | None, printed_as: str
) -> bytes:
    """The page as it will look. A background lies under it, also where the paper brings it.

    raises   GlyphMissing, DoesNotFit
    """
    sample = made_from(contest, shown, template, printed_as)
    at = datetime.combine(sample.day, time(), UTC)
    data = certificates_pdf(sample.design, [sample.page], at=at, title=template.title, author="")
    with _one_at_a_time:
        document = pypdfium2.PdfDocument(data)
        sheet = document[0]
        image = sheet.render(scale=WIDE / max(sheet.get_size())).to_pil().convert("RGB")
        document.close()
    if background and (printed_as == PrintedAs.STOCK or template.prints_background):
        image = ImageChops.multiply(image, background_picture(background).resize(image.size))
    out = io.BytesIO()
    image.quantize(128).save(out, "PNG")
    return out.getvalue()


def background_picture(file: StoredFile) -> Image.Image:
    """Drawn by a child process once, and kept."""
    cached = files.preview_path_of(file.sha256, 1)
    if not cached.exists():
        files.write_whole(cached, preview(files.path_of(file.sha256), FileKind(file.kind), 1))
    with Image.open(cached) as image:
        return image.convert("RGB")


def calibration_page(contest: Contest | None, shown: Shown, template: Template) -> bytes:
    """Where each part comes to stand on pre-printed paper.

    raises   GlyphMissing, DoesNotFit
    """
    sample = made_from(contest, shown, template, PrintedAs.STOCK)
    at = datetime.combine(sample.day, time(), UTC)
    return calibration_pdf(sample.design, sample.page, calibration_words(), at=at)


def calibration_words() -> Words:
    return Words(
        heading=_("Calibration page"),
        steps=(
            _("1. Print this page at 100 % (“actual size”, not “fit”) on a sheet of your certificate paper."),
            _("2. Check the rulers: 100 mm on the page must be 100 mm on your ruler."),
            _("3. Hold it against the light with the printed paper. Measure how far each box is off."),
            _("4. Type that in the template, right and down in millimetres, and print this page again."),
        ),
        parts={part: str(label) for part, label in PART_NAMES.items()},
        at=_("{x} mm from the left, {y} mm from the top"),
    )
