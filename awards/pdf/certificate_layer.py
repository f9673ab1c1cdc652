"""What all certificates of one run share: border, title, issuers with their seals, date, foot line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reportlab.pdfbase.pdfdoc import PDFObjectReference

from awards.pdf import ornament
from awards.pdf.certificate_layout import DoesNotFit, Sheet, is_chinese
from awards.pdf.document import PdfFile
from awards.pdf.fonts import prepared, width
from awards.pdf.ink import GREY, INK, Colour, Line, Pen, at_most, centred, fill, line_width, stroke

GOLD: Colour = (0.66, 0.5, 0.2)
CINNABAR: Colour = (0.68, 0.13, 0.1)
QR_SIDE = 60.0  # points without the quiet zone: 21 mm
QR_LIFT = 13.0  # above the baseline of the number
SEAL_RADIUS, SEAL_IN_ROWS = 50.0, 36.0  # seals must not touch: smaller where names stand in rows
SMALLEST_TITLE = 9.0
SIGN_HERE, SIGN_LIFT = "_" * 14, 42.0


@dataclass(frozen=True)
class CertificateDesign:
    """What all certificates of one run have in common. Empty texts are left out.

    issuers       in rank order
    signature     the words before a line to sign by hand, over the issuers
    line          the small line at the foot
    seal          draw red seals; offices that stamp by hand leave it off
    gold, accent  colours of the line work, and of the title and fine points
    paper         "A4 landscape" or "A4 portrait"
    number_label  the word before the number
    """

    title: str
    title_en: str = ""
    issuers: tuple[str, ...] = ()
    signature: str = ""
    date_text: str = ""
    closing: str = ""
    line: str = ""
    seal: bool = False
    gold: Colour = GOLD
    accent: Colour = CINNABAR
    paper: str = "A4 landscape"
    number_label: str = "编号"


class StaticLayer:
    """The layer that all pages share: border, title, issuers, date, foot line."""

    def __init__(self, design: CertificateDesign, sheet: Sheet) -> None:
        self.design, self.sheet = design, sheet
        spacing, share = (0.42, 1.0) if is_chinese(design.title) else (0.08, 0.8)
        self.title = self._title(prepared(design.title), sheet.title_size * share, spacing, 0.9)
        self.title_en = self._title(prepared(design.title_en), 12.5, 0.22, 0)
        self.issuers = self._issuers()
        self.signature = self._signature()
        self.date = self._date()
        self.foot = self._foot(prepared(design.line))

    def texts(self) -> Iterable[str]:
        """All texts of the layer, as typeset."""
        lines = [self.title, self.title_en, *self.signature, *self.issuers, *self.date, *self.foot]
        return [line.text for line in lines]

    def _title(self, text: str, size: float, spacing: float, weight: float) -> Line:
        """A title of the measure at most: first the spacing gives way, then the size."""
        middle, most = self.sheet.wide / 2, self.sheet.measure * 0.9
        y = self.sheet.title_y if weight else self.sheet.title_y - 27
        while True:
            line = centred(text, middle, y, size, tracking=size * spacing, weight=weight)
            if line_width(line) <= most:
                return line
            if size < SMALLEST_TITLE:
                raise DoesNotFit(self.design.title, "the title")
            spacing, size = (spacing - 0.06, size) if spacing > 0.06 else (spacing, size * 0.95)

    def _foot(self, text: str) -> list[Line]:
        size = at_most(text, 8, self.sheet.measure)
        return [centred(text, self.sheet.wide / 2, self.sheet.foot_y, size)] if text else []

    def _columns(self) -> int:
        count = len(self.design.issuers)
        if count <= 1:
            return 1
        if self.sheet.wide < self.sheet.high or count in (2, 4):
            return 2
        return 3

    @property
    def seal_radius(self) -> float:
        """Points."""
        return SEAL_RADIUS if len(self.design.issuers) <= self._columns() else SEAL_IN_ROWS

    def _issuers(self) -> list[Line]:
        """Issuers in rank order, row by row, each with room for a stamp over its name."""
        names, columns = [prepared(name) for name in self.design.issuers if name], self._columns()
        if not names:
            return []
        free = self.sheet.measure - QR_SIDE - 48
        room = free if columns == 1 else min(free / columns, 210.0) - 14
        size = min(15.0, *(room / width(name) * 1000 for name in names))
        rows = (len(names) + columns - 1) // columns
        step = 27.0 if not self.design.seal else self.seal_radius * 2 + 6
        each = max(width(name) for name in names) * size / 1000
        each = max(each, self.seal_radius * 2 if self.design.seal else 120.0)
        gap = min(34.0, (free - columns * each) / max(columns - 1, 1))
        right = self.sheet.wide - self.sheet.side
        made = []
        for row, name in enumerate(names):
            from_right = columns - 1 - row % columns
            middle = right - each / 2 - from_right * (each + gap)
            y = self.sheet.low_y + 27 + (rows - 1 - row // columns) * step
            made.append(centred(name, middle, y, size))
        return made

    def _signature(self) -> list[Line]:
        """A line to sign by hand, to the right and clear of whatever is stamped over the issuers."""
        if not self.design.signature:
            return []
        text, right = prepared(self.design.signature) + SIGN_HERE, self.sheet.wide - self.sheet.side
        size = at_most(text, 14, self.sheet.measure - QR_SIDE - 48)
        top = max((line.y for line in self.issuers), default=self.sheet.low_y)
        y = top + (self.seal_radius + 16 if self.design.seal else SIGN_LIFT)
        return [centred(text, right - width(text) * size / 2000, y, size)]

    def _date(self) -> list[Line]:
        if not self.design.date_text:
            return []
        text, right = prepared(self.design.date_text), self.sheet.wide - self.sheet.side
        size = at_most(text, 14, 230)
        wide = width(text) * size / 1000
        last = self.issuers[-1] if len(self.issuers) == 1 else None
        middle = last.x + line_width(last) / 2 if last else right - max(wide, 120.0) / 2
        return [centred(text, min(middle, right - wide / 2), self.sheet.low_y, size)]

    @property
    def bottom(self) -> float:
        """Points above the paper's edge that the text of a page keeps free."""
        top = max((line.y for line in self.issuers), default=self.sheet.low_y)
        above = self.seal_radius + 6 if self.design.seal else 26
        if self.signature:
            top, above = self.signature[0].y, 26
        return max(top + above, self.sheet.low_y + QR_LIFT + QR_SIDE + 10)

    def backdrop(self, pdf: PdfFile) -> PDFObjectReference:
        """Write the line work as a form."""
        low = self.sheet.title_y - (44 if self.title_en.text else 26)
        size = self.sheet.wide, self.sheet.high
        return ornament.write_backdrop(pdf, size, self.design.gold, self.design.accent, low)

    def content(self, pen: Pen, backdrop: str) -> bytes:
        """The layer's content stream. backdrop: what the document calls the line work."""
        design = self.design
        parts = [f"/{backdrop} Do\n".encode(), fill(design.accent), stroke(design.accent, 1), pen.spaced(self.title)]
        if self.title_en.text:
            parts.append(fill(design.gold) + pen.spaced(self.title_en))
        if design.seal:  # under the names, which stay black and sharp
            for line in self.issuers:
                at = line.x + line_width(line) / 2, line.y + line.size * 0.35
                parts.append(ornament.seal(pen, line.text, *at, self.seal_radius))
        parts.append(fill(INK) + pen.write([*self.signature, *self.issuers, *self.date]))
        if self.foot:
            parts.append(fill(GREY) + pen.write(self.foot))
        return b"".join(parts)
