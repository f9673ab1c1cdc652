"""Setting many pages at once: one setting for all whose words take the same room.

Ideographs are all an em wide, and a line breaks before or after any of them alike. So pages that differ in these
alone have their lines in the same places and break at the same characters: the first of them is laid out, and all of
them fill its gaps with their own.
"""

from __future__ import annotations

from codecs import utf_16_be_encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from awards.pdf.certificate_layer import QR_LIFT, CertificateDesign, StaticLayer
from awards.pdf.certificate_layout import Sheet, Wording, name_atoms, page_lines, sheet_of
from awards.pdf.fonts import FACES, FontBook, GlyphMissing, prepared, uncovered
from awards.pdf.ink import Line, Point, at_most, font_operator, moved, text_object

SMALL, NUMBER_ROOM = 9.0, 150.0
STILL: Point = (0.0, 0.0)
# What stands for all characters from here to there, by face: digits are of one width in one of them alone.
IDEOGRAPHS = (("一", "\u3400", "\u4dbf"), ("一", "\u4e00", "\u9fff"))
ALIKE = {"serif": IDEOGRAPHS, "sans": (*IDEOGRAPHS, ("0", "0", "9"))}


@dataclass(frozen=True)
class CertificatePage:
    """What one certificate says.

    recipients   names exactly as printed; a line breaks between two names only
    honorific    follows the last name: "同学：", "老师：", "："
    body         paragraphs, separated by a line feed
    tutors       a line of its own after the closing words; "" for none
    second       the same in a second language, smaller, below all that; "" for none
    qr           payload of the QR symbol; "" for none
    bookmark     entry of the PDF's outline; "" for none
    """

    number: str
    recipients: tuple[str, ...]
    honorific: str
    body: str
    tutors: str = ""
    second: str = ""
    qr: str = ""
    bookmark: str = ""


class _Alike(dict[int, int]):
    """From each code point to that of the character that stands for it."""

    def __init__(self, face: str) -> None:
        self.ranges = ALIKE[face]

    def __missing__(self, point: int) -> int:
        like = next((ord(one) for one, first, last in self.ranges if ord(first) <= point <= ord(last)), point)
        self[point] = like
        return like


_ALIKE = {face: _Alike(face) for face in FACES}


class Texts:
    """A text of each page, in one face."""

    def __init__(self, texts: Sequence[str], face: str) -> None:
        self.texts, self.face = texts, face
        self.characters = "".join(sorted(set("".join(texts))))

    def alike(self) -> list[str]:
        """Each with one character for all that are alike."""
        table = _ALIKE[self.face]
        return [text.translate(table) for text in self.texts]

    def codes(self, book: FontBook) -> list[bytes]:
        """Each in the codes of a document, two bytes a character; nothing sensible for what the face lacks."""
        table = book.codes[self.face]
        return [utf_16_be_encode(text.translate(table), "surrogatepass")[0] for text in self.texts]


class Setting(NamedTuple):
    """How pages look that are alike.

    content   their operators, with a gap for the codes of each line that is not empty
    cuts      which of a page's codes fill the gaps, in bytes
    """

    content: bytes
    cuts: tuple[slice, ...]

    def filled(self, codes: bytes) -> bytes:
        return self.content % tuple([codes[cut] for cut in self.cuts])


def setting_of(lines: Sequence[Line], text: str) -> Setting:
    """lines: of one page, that show all of its text in order, but spaces at their ends.

    raises   ValueError where they do not
    """
    cuts, at = [], 0
    for line in lines:
        start = text.index(line.text, at)
        if text[at:start].strip(" "):
            raise ValueError("the lines leave out a part of the text")
        at = start + len(line.text)
        if line.text:
            cuts.append(slice(2 * start, 2 * at))
    if text[at:].strip(" "):
        raise ValueError("the lines leave out the end of the text")
    return Setting(text_object(lines, lambda _, face, size: font_operator(face, size) + b"(%b)Tj\n"), tuple(cuts))


@dataclass(frozen=True)
class Laid:
    """The certificates of one design, set.

    words, numbers  what each page says, in two faces
    settings        how each page says it
    symbol          where the code stands, left and bottom
    """

    static: StaticLayer
    pages: Sequence[CertificatePage]
    words: Texts
    numbers: Texts
    settings: Sequence[Setting]
    symbol: Point

    @property
    def sheet(self) -> Sheet:
        return self.static.sheet

    def lines(self, page: int) -> list[Line]:
        """Of a page; its number is the last."""
        return _lines(self.static, _wording(self.static, self.pages[page]), self.numbers.texts[page])

    def only(self, page: int) -> Laid:
        """That page alone, as it is set."""
        words, numbers = (Texts([texts.texts[page]], texts.face) for texts in (self.words, self.numbers))
        return Laid(self.static, [self.pages[page]], words, numbers, [self.settings[page]], self.symbol)

    def asked(self, face: str) -> list[str]:
        """Texts with all characters that ask for the face."""
        return [self.numbers.characters] if face == "sans" else [*self.static.texts(), self.words.characters]


def laid_out(design: CertificateDesign, pages: Sequence[CertificatePage]) -> Laid:
    """raises   GlyphMissing (where: the certificate's number), DoesNotFit"""
    sheet = sheet_of(design.paper)
    if sheet is None:
        raise ValueError(design.paper)
    static = StaticLayer(design, sheet)
    texts, shapes = [], []
    for page in pages:
        wording = _wording(static, page)
        pieces = _pieces(wording)
        texts.append("".join(pieces))
        shapes.append((len(wording.names), *map(len, pieces)))
    words = Texts(texts, "serif")
    numbers = Texts([prepared(f"{design.number_label} {page.number}".strip()) for page in pages], "sans")
    _check(pages, words, numbers)
    x, y = design.offsets.get("qr", STILL)
    symbol = sheet.side + x, sheet.low_y + QR_LIFT + y
    return Laid(static, pages, words, numbers, _settings(static, pages, words, numbers, shapes), symbol)


def _wording(static: StaticLayer, page: CertificatePage) -> Wording:
    return Wording(
        page.number,
        tuple([prepared(name) for name in page.recipients]),
        prepared(page.honorific),
        tuple([prepared(part.strip()) for part in page.body.split("\n") if part.strip()]),
        static.closing,
        prepared(page.tutors),
        prepared(page.second),
    )


def _pieces(words: Wording) -> tuple[str, ...]:
    """All that a page says, in the order of its lines."""
    names = name_atoms(words.names, words.honorific)
    return (*names, *words.paragraphs, words.closing, words.tutors, words.second)


def _check(pages: Sequence[CertificatePage], words: Texts, numbers: Texts) -> None:
    """All characters of all pages at once; only where one is missing, page by page for its number."""
    characters = words.characters + numbers.characters
    if missing := uncovered(characters) | {"\n"}.intersection(characters):
        for page, text, number in zip(pages, words.texts, numbers.texts, strict=True):
            if found := missing.intersection(text + number):
                raise GlyphMissing(found, page.number)


def _settings(
    static: StaticLayer,
    pages: Sequence[CertificatePage],
    words: Texts,
    numbers: Texts,
    shapes: Sequence[tuple[int, ...]],
) -> list[Setting]:
    """shapes: how many names each page has, and how long its pieces are: which part of the text is what."""
    made: list[Setting] = []
    known: dict[tuple[str, str, tuple[int, ...]], Setting] = {}
    for at, like in enumerate(zip(words.alike(), numbers.alike(), shapes, strict=True)):
        setting = known.get(like)
        if setting is None:
            lines = _lines(static, _wording(static, pages[at]), numbers.texts[at])
            setting = known[like] = setting_of(lines, words.texts[at] + numbers.texts[at])
        made.append(setting)
    return made


def _lines(static: StaticLayer, wording: Wording, number: str) -> list[Line]:
    sheet, offsets = static.sheet, static.design.offsets
    lines = page_lines(wording, sheet, static.bottom)
    size = at_most(number, SMALL, NUMBER_ROOM, "sans")
    last = Line(number, sheet.side, sheet.low_y, size, face="sans")
    if not offsets:
        return [*lines, last]
    names = [line for line in lines if is_name(line)]  # they stand first
    parts = {"names": names, "text": lines[len(names) :], "number": [last]}
    return [line for part, own in parts.items() for line in moved(own, offsets.get(part, STILL))]


def is_name(line: Line) -> bool:
    """Names alone are printed stronger."""
    return line.weight > 0
