"""From a template to what the printer's pages are made of."""

import io
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from PIL import Image

from awards.core.certificate_template import COLOURS, CUSTOM, Template
from awards.models import CertificateTemplate, SealUse
from awards.pdf import CertificateDesign, Picture, Seal
from awards.pdf.certificate_layer import PARTS
from awards.pdf.certificate_layout import POINTS
from awards.pdf.fonts import normalise
from awards.states import PrintedAs, SealKind
from awards.wording import styled_date
from competition import files
from competition.models import Contest, StoredFile

TENTH = POINTS / 10  # points of a tenth of a millimetre


@dataclass(frozen=True)
class Standing:
    """Seals and signatures that may be printed now, by name."""

    seals: dict[str, SealUse] = field(default_factory=dict)
    signatures: dict[str, SealUse] = field(default_factory=dict)

    def used_by(self, template: Template) -> list[SealUse]:
        """Those that certificates of this template show."""
        found = [self.seals[name] for name in template.issuers if name in self.seals]
        return found + [self.signatures[name] for name in [template.signature] if name in self.signatures]


def standing_seals(contest: Contest | None) -> Standing:
    """contest   None: of the installation's office, for its trainings"""
    rows = SealUse.objects.standing().filter(contest=contest).select_related("picture")
    return Standing(
        {one.name: one for one in rows if one.kind == SealKind.SEAL},
        {one.name: one for one in rows if one.kind == SealKind.SIGNATURE},
    )


def design_of(
    contest: Contest, template: Template, printed_as: str = PrintedAs.PLAIN, standing: Standing | None = None
) -> CertificateDesign:
    return designed(template, contest.local_as_of.date(), printed_as, standing)


def designed(
    template: Template, day: date, printed_as: str = PrintedAs.PLAIN, standing: Standing | None = None
) -> CertificateDesign:
    """day: that the certificates bear; standing: of sealed ones alone, without it none has a seal."""
    on_stock, in_english = printed_as == PrintedAs.STOCK, template.language == "en"
    line, accent = COLOURS[template.colours]
    has_seals = printed_as == PrintedAs.SEALED and standing is not None
    signed = standing.signatures.get(template.signature) if has_seals and standing else None
    return CertificateDesign(
        title=template.title,
        title_en=template.title_en,
        issuers=tuple(normalise(issuer) for issuer in template.issuers),
        signature=signature_of(template.signature, template.language),
        date_text=styled_date(day, template.dates),
        closing=template.closing,
        line=template.line if template.is_line_on else "",
        seal=has_seals,
        seals=tuple(seal_of(standing.seals.get(one)) for one in template.issuers) if has_seals and standing else (),
        signed=picture_of(signed.picture) if signed and signed.picture else None,
        work="" if on_stock or template.prints_background else template.design,
        gold=line,
        accent=accent,
        paper=f"{template.wide}x{template.high} mm" if template.paper == CUSTOM else template.paper,
        number_label="No." if in_english else "编号",
        left_out=frozenset(template.on_paper) if on_stock else frozenset(),
        offsets=offsets_of(template, is_stock=on_stock),
    )


def signature_of(signatory: str, language: str) -> str:
    """The words before the line that somebody signs; "" where nobody does."""
    if not signatory:
        return ""
    return f"{signatory} (signature): " if language == "en" else f"{signatory}（签名）："


def offsets_of(template: Template, *, is_stock: bool) -> dict[str, tuple[float, float]]:
    """In points to the right and up; what moves the whole page moves every part."""
    moved = dict(template.offsets)
    x, y = moved.pop("page", (0, 0))
    if not is_stock:
        x = y = 0
    parts = PARTS if x or y else tuple(moved)
    still = (0, 0)
    found = {part: (moved.get(part, still)[0] + x, moved.get(part, still)[1] + y) for part in parts}
    return {part: (right * TENTH, -down * TENTH) for part, (right, down) in found.items() if right or down}


def seal_of(use: SealUse | None) -> Seal | None:
    if use is None:
        return None
    return Seal(picture_of(use.picture) if use.picture else None, use.wide * POINTS)


def picture_of(file: StoredFile) -> Picture:
    return pixels_of(file.sha256)


@lru_cache(maxsize=32)
def pixels_of(sha256: str) -> Picture:
    """Of a PNG that we wrote ourselves when it was taken in."""
    with Image.open(io.BytesIO(files.path_of(sha256).read_bytes()), formats=["PNG"]) as image:
        whole = image.convert("RGBA")
    return Picture(whole.width, whole.height, whole.convert("RGB").tobytes(), whole.getchannel("A").tobytes())


def background_of(row: CertificateTemplate | None, template: Template, printed_as: str) -> StoredFile | None:
    """What is printed under the text: never on paper that has it already."""
    if row is None or printed_as == PrintedAs.STOCK or not template.prints_background:
        return None
    return row.background
