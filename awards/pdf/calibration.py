"""校准页: rulers in millimetres along the edges and a box around each part, to hold against pre-printed paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from awards.pdf.certificate_layer import PARTS, QR_SIDE, CertificateDesign
from awards.pdf.certificate_layout import POINTS, Sheet
from awards.pdf.certificate_setting import CertificatePage, Laid, is_name, laid_out
from awards.pdf.document import PdfFile
from awards.pdf.embedding import embed_fonts
from awards.pdf.fonts import FontBook, prepared
from awards.pdf.ink import INK, Line, Pen, centred, fill, line_width, rectangle, rule, stroke

BLUE = (0.1, 0.3, 0.6)
SMALL, TICK_TEXT = 7.0, 6.0
TICKS = {10: 5.0, 5: 3.4, 1: 1.8}  # every so many millimetres a tick so many millimetres long
CROSS = 4.0  # millimetres, half of the cross in the middle


class Box(NamedTuple):
    """Points from the left and from below."""

    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True)
class Words:
    """In the office's language. parts: of PARTS; at: "{x} {y}" of a box's left top corner in millimetres."""

    heading: str
    steps: tuple[str, ...]
    parts: Mapping[str, str]
    at: str


def around(lines: Sequence[Line]) -> Box:
    return Box(
        min(line.x for line in lines), min(line.y - line.size * 0.22 for line in lines),
        max(line.x + line_width(line) for line in lines), max(line.y + line.size * 0.88 for line in lines),
    )  # fmt: skip


def boxes_of(laid: Laid) -> dict[str, Box]:
    """Of the first page, part by part; parts without a line have none."""
    *page, number = laid.lines(0)
    lines = laid.static.parts() | {
        "names": [line for line in page if is_name(line)],
        "text": [line for line in page if not is_name(line)],
        "number": [number],
    }
    found = {part: around(own) for part in PARTS if (own := lines.get(part))}
    if laid.pages[0].qr:
        x, y = laid.symbol
        found["qr"] = Box(x, y, x + QR_SIDE, y + QR_SIDE)
    return found


def ticks(sheet: Sheet) -> tuple[bytes, list[Line]]:
    """Rulers inwards from all four edges, from the left and from the top; the numbers of every tenth millimetre."""
    parts, numbers = [stroke(INK, 0.25)], []
    for length, is_across in ((sheet.wide, True), (sheet.high, False)):
        for mm in range(1, int(length / POINTS) + 1):
            reach = next(long for step, long in TICKS.items() if mm % step == 0) * POINTS
            at = mm * POINTS if is_across else sheet.high - mm * POINTS
            far = sheet.high if is_across else sheet.wide
            for start, to in ((0.0, reach), (far, far - reach)):
                parts.append(rule(at, start, at, to) if is_across else rule(start, at, to, at))
            if mm % 10 == 0 and has_room(mm, length):
                inner = 6.5 * POINTS
                place = (at, sheet.high - inner - 4) if is_across else (inner + 2, at - 2)
                numbers.append(centred(str(mm), *place, TICK_TEXT, face="sans"))
    return b"".join(parts), numbers


def has_room(mm: int, length: float) -> bool:
    """Whether its number has room before the corner."""
    return mm * POINTS < length - 3 * TICK_TEXT


def calibration_pdf(design: CertificateDesign, page: CertificatePage, words: Words, *, at: datetime) -> bytes:
    """One page on the paper of the design. Equal data give equal bytes.

    raises   GlyphMissing, DoesNotFit for what the page says
    """
    laid = laid_out(design, [page])
    sheet, boxes = laid.sheet, boxes_of(laid)
    drawn, lines = ticks(sheet)
    for part, box in boxes.items():
        x, y = (round(part_at / POINTS) for part_at in (box.left, sheet.high - box.top))
        label = prepared(f"{words.parts[part]}  {words.at.format(x=x, y=y)}")
        y_of_label = box.bottom - SMALL if part == "number" else box.top + 2  # the code stands close above it
        lines.append(Line(label, box.left + 2, y_of_label, SMALL, "sans"))
    lines += explanation(words, sheet, boxes)
    book = FontBook({"sans": [line.text for line in lines], "serif": []})
    pdf, middle = PdfFile(), (sheet.wide / 2, sheet.high / 2)
    content = [drawn, stroke(BLUE, 0.6)]
    content += [rectangle(*box[:2], box.right - box.left, box.top - box.bottom) + b"S\n" for box in boxes.values()]
    reach = CROSS * POINTS
    content += [stroke(INK, 0.4), rule(middle[0] - reach, middle[1], middle[0] + reach, middle[1])]
    content += [rule(middle[0], middle[1] - reach, middle[0], middle[1] + reach), fill(INK)]
    pdf.page(b"".join(content) + Pen(book).write(lines))
    embed_fonts(pdf, book)
    return pdf.finish(size=(sheet.wide, sheet.high), title=words.heading, author="", at=at)


def explanation(words: Words, sheet: Sheet, boxes: Mapping[str, Box]) -> list[Line]:
    """In the middle, where the text of a certificate stands: between the title's box and the names'."""
    low = min((box.bottom for part, box in boxes.items() if part in ("text", "names")), default=sheet.high / 2)
    y = max(low - 18, sheet.low_y + 100 + 11 * len(words.steps))
    made = [centred(prepared(words.heading), sheet.wide / 2, y, 10, face="sans")]
    for place, step in enumerate(words.steps, 1):
        made.append(centred(prepared(step), sheet.wide / 2, y - 4 - place * 11, SMALL, face="sans"))
    return made
