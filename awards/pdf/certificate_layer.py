"""What all certificates of one run share: border, title, issuers with their seals, date, foot line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from awards.pdf import designs, ornament
from awards.pdf.certificate_layout import DoesNotFit, Sheet, is_chinese
from awards.pdf.document import PdfFile, number
from awards.pdf.fonts import prepared, width
from awards.pdf.ink import GREY, INK, Colour, Line, Pen, Point, at_most, centred, fill, line_width, moved, stroke

GOLD: Colour = (0.66, 0.5, 0.2)
CINNABAR: Colour = (0.68, 0.13, 0.1)
QR_SIDE = 60.0  # points without the quiet zone: 21 mm
QR_LIFT = 13.0  # above the baseline of the number
SEAL_RADIUS, SEAL_IN_ROWS = 50.0, 36.0  # seals must not touch: smaller where names stand in rows
SMALLEST_TITLE = 9.0
SIGN_HERE, SIGN_LIFT = "_" * 14, 42.0
SIGNED_HIGH = 40.0  # points that a picture of a signature takes at most
PARTS = ("title", "names", "text", "signature", "issuers", "date", "number", "qr", "line")  # what can be moved
OURS = ("title", "signature", "issuers", "date", "line")  # those that all pages share


@dataclass(frozen=True)
class Picture:
    """Pixels with their cover. colours: red, green, blue of each; alpha: 255 where it covers."""

    wide: int
    high: int
    colours: bytes
    alpha: bytes


@dataclass(frozen=True)
class Seal:
    """Over the name of an issuer: drawn from the name, or a picture so many points wide."""

    picture: Picture | None = None
    wide: float = 0.0


@dataclass(frozen=True)
class CertificateDesign:
    """What all certificates of one run have in common. Empty texts are left out.

    issuers       in rank order
    signature     the words before a line to sign by hand, over the issuers
    line          the small line at the foot
    seal          print seals; offices that stamp by hand leave it off
    seals         of each issuer, None where there is none; () to draw all
    signed        the signature itself, over its line; None to sign by hand
    work          whose line work, of `designs.DESIGNS`; "" for none: the paper has it
    gold, accent  colours of the line work, and of the title and fine points
    paper         of `certificate_layout.SHEETS`, or such as "285x210 mm"
    number_label  the word before the number
    left_out      parts of OURS that the paper has already; the room for them stays
    offsets       how far a part of PARTS is moved, points to the right and up
    """

    title: str
    title_en: str = ""
    issuers: tuple[str, ...] = ()
    signature: str = ""
    date_text: str = ""
    closing: str = ""
    line: str = ""
    seal: bool = False
    seals: tuple[Seal | None, ...] = ()
    signed: Picture | None = None
    work: str = designs.CLASSIC
    gold: Colour = GOLD
    accent: Colour = CINNABAR
    paper: str = "A4 landscape"
    number_label: str = "编号"
    left_out: frozenset[str] = frozenset()
    offsets: Mapping[str, Point] = field(default_factory=dict)

    def seal_of(self, place: int) -> Seal | None:
        """Of the issuer at this place, counted from 0."""
        if not self.seal:
            return None
        return self.seals[place] if self.seals else Seal()


class StaticLayer:
    """The layer that all pages share: border, title, issuers, date, foot line."""

    def __init__(self, design: CertificateDesign, sheet: Sheet) -> None:
        self.design, self.sheet = design, sheet
        spacing, share = (0.42, 1.0) if is_chinese(design.title) else (0.08, 0.8)
        self.closing = prepared(design.closing)
        self.title = self._title(prepared(design.title), sheet.title_size * share, spacing, 0.9)
        self.title_en = self._title(prepared(design.title_en), 12.5, 0.22, 0)
        self.issuers = self._issuers()
        self.signature = self._signature()
        self.date = self._date()
        self.foot = self._foot(prepared(design.line))
        self.bottom = self._bottom()
        self.divider = sheet.title_y - (44 if self.title_en.text else 26)
        if design.offsets:
            self._move(design.offsets)

    def _move(self, offsets: Mapping[str, Point]) -> None:
        """What depends on a place keeps the one before: a moved seal takes no room from the text."""
        still = 0.0, 0.0
        self.title, self.title_en = moved([self.title, self.title_en], offsets.get("title", still))
        self.signature = moved(self.signature, offsets.get("signature", still))
        self.issuers = moved(self.issuers, offsets.get("issuers", still))
        self.date = moved(self.date, offsets.get("date", still))
        self.foot = moved(self.foot, offsets.get("line", still))

    def parts(self) -> dict[str, list[Line]]:
        """The lines of each part of OURS that is printed."""
        titles = [line for line in (self.title, self.title_en) if line.text]
        lines = (titles, self.signature, self.issuers, self.date, self.foot)
        return {name: own for name, own in zip(OURS, lines, strict=True) if name not in self.design.left_out}

    def texts(self) -> Iterable[str]:
        """All texts of the layer, as typeset."""
        lines = [line for own in self.parts().values() for line in own]
        return [line.text for line in (*lines, *self._drawn_seals())]

    def _drawn_seals(self) -> list[Line]:
        """The names that seals are drawn from, also where the paper has those names already."""
        seals = [(line, self.design.seal_of(place)) for place, line in enumerate(self.issuers)]
        return [line for line, seal in seals if seal and not seal.picture]

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

    def _bottom(self) -> float:
        """Points above the paper's edge that the text of a page keeps free."""
        top = max((line.y for line in self.issuers), default=self.sheet.low_y)
        above = self.seal_radius + 6 if self.design.seal else 26
        if self.signature:
            top, above = self.signature[0].y, 26
        return max(top + above, self.sheet.low_y + QR_LIFT + QR_SIDE + 10)

    def write(self, pdf: PdfFile, pen: Pen, mark: str) -> str:
        """Write the layer; what the document calls it. mark: tells it from other layers of the document."""
        design, size = self.design, (self.sheet.wide, self.sheet.high)
        pdf.xobjects[f"B{mark}"] = designs.write_backdrop(
            pdf, design.work, size, design.gold, design.accent, self.divider
        )
        pictures = self._pictures()
        for place, (picture, *_) in enumerate(pictures):
            pdf.xobjects[f"P{mark}x{place}"] = pdf.image(picture.wide, picture.high, picture.colours, picture.alpha)
        drawn = [
            f"q {number(wide)} 0 0 {number(high)} {number(x)} {number(y)} cm /P{mark}x{place} Do Q\n".encode()
            for place, (_, x, y, wide, high) in enumerate(pictures)
        ]
        pdf.xobjects[f"S{mark}"] = pdf.form(self.content(pen, f"B{mark}", b"".join(drawn)), (0, 0, *size), shared=True)
        return f"S{mark}"

    def _pictures(self) -> list[tuple[Picture, float, float, float, float]]:
        """Pictures with left, bottom, width and height: of seals around their names, of the signature on its line."""
        found = []
        for place, line in enumerate(self.issuers):
            seal = self.design.seal_of(place)
            if seal and seal.picture:
                wide = seal.wide or self.seal_radius * 2
                high = wide * seal.picture.high / seal.picture.wide
                x, y = self._middle(line)
                found.append((seal.picture, x - wide / 2, y - high / 2, wide, high))
        if (picture := self.design.signed) and self.signature:
            line = self.signature[0]
            room = width(SIGN_HERE) * line.size / 1000
            scale = min(room / picture.wide, SIGNED_HIGH / picture.high)
            wide, high = picture.wide * scale, picture.high * scale
            middle = line.x + line_width(line) - room / 2
            found.append((picture, middle - wide / 2, line.y - 3, wide, high))
        return found

    @staticmethod
    def _middle(line: Line) -> Point:
        return line.x + line_width(line) / 2, line.y + line.size * 0.35

    def content(self, pen: Pen, backdrop: str, pictures: bytes = b"") -> bytes:
        """The layer's content stream.

        backdrop   what the document calls the line work
        pictures   what draws the pictures of seals
        """
        design, shown = self.design, self.parts()
        parts = [f"/{backdrop} Do\n".encode(), fill(design.accent), stroke(design.accent, 1)]
        if "title" in shown:
            parts.append(pen.spaced(self.title))
            if self.title_en.text:
                parts.append(fill(design.gold) + pen.spaced(self.title_en))
        for line in self._drawn_seals():  # under the names, which stay black and sharp
            parts.append(ornament.seal(pen, line.text, *self._middle(line), self.seal_radius))
        parts.append(pictures)
        lines = [line for name in ("signature", "issuers", "date") for line in shown.get(name, ())]
        parts.append(fill(INK) + pen.write(lines))
        if shown.get("line"):
            parts.append(fill(GREY) + pen.write(self.foot))
        return b"".join(parts)
