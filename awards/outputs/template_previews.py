"""What a template makes, to look at: a page as PNG over its background, and the calibration page."""

import io
import threading
from datetime import UTC, date, datetime, time

import pypdfium2  # type: ignore[import-untyped]
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image, ImageChops

from awards.core.certificate_template import Template
from awards.models import Participant, Training
from awards.outputs.attendance import page_of as attendance_page
from awards.outputs.attendance import template_for as attendance_template
from awards.pdf import CertificateDesign, CertificatePage, certificates_pdf
from awards.pdf.calibration import Words, calibration_pdf
from awards.services.certificate_designs import design_of, designed, standing_seals
from awards.services.template_samples import sample_page
from awards.states import AttendeeRole, PrintedAs, TemplateKind
from competition import files
from competition.inspection import FileKind, preview
from competition.models import Contest, StoredFile

WIDE = 1100  # pixels
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


def made_from(
    contest: Contest, kind: str, template: Template, printed_as: str, *, is_longest: bool
) -> tuple[CertificateDesign, CertificatePage]:
    """A sample of this kind, and how it is printed. Seals: those that stand."""
    standing = standing_seals(contest) if printed_as == PrintedAs.SEALED else None
    if kind == TemplateKind.ATTENDANCE:
        training, one = participant_of(contest, is_longest=is_longest)
        own = attendance_template(training, template)
        return designed(own, training.dated_on, printed_as, standing), attendance_page(training, one, own)
    return design_of(contest, template, printed_as, standing), sample_page(
        contest, kind, template, is_longest=is_longest
    )


def participant_of(contest: Contest, *, is_longest: bool) -> tuple[Training, Participant]:
    """Of the contest's last training, or an invented one."""
    training = contest.trainings.first()
    one = training.participants.order_by("order").first() if training else None
    if training is None or one is None:
        day = date(contest.year, 1, 1)
        training = training or Training(
            contest=contest, label_zh="科技辅导员培训班", year=contest.year, order=1, begins_on=day, ends_on=day,
            half_hours=16, dated_on=day, erase_on=day,
        )  # fmt: skip
        one = Participant(training=training, name="张某某", unit="第一实验小学", half_hours=16, role=AttendeeRole.TUTOR)
    if is_longest and training.pk:
        longest = max(training.participants.values_list("name", flat=True), key=len, default=one.name)
        one.name = longest
    one.number = one.number or training.number_of(1)
    one.token = one.token or "A" * 26
    return training, one


def preview_png(
    contest: Contest,
    kind: str,
    template: Template,
    background: StoredFile | None,
    printed_as: str,
    *,
    is_longest: bool,
) -> bytes:
    """The page as it will look. A background lies under it, also where the paper brings it.

    raises   GlyphMissing, DoesNotFit
    """
    design, page = made_from(contest, kind, template, printed_as, is_longest=is_longest)
    at = datetime.combine(contest.local_as_of.date(), time(), UTC)
    data = certificates_pdf(design, [page], at=at, title=template.title, author="")
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


def calibration_page(contest: Contest, kind: str, template: Template) -> bytes:
    """Where each part comes to stand on pre-printed paper, on the longest data.

    raises   GlyphMissing, DoesNotFit
    """
    design, page = made_from(contest, kind, template, PrintedAs.STOCK, is_longest=True)
    at = datetime.combine(contest.local_as_of.date(), time(), UTC)
    return calibration_pdf(design, page, calibration_words(), at=at)


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
