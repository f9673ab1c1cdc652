"""Embedding a document's subsets: Type0 fonts under Identity-H whose text copies out as it went in."""

from __future__ import annotations

import hashlib
from functools import cache
from itertools import pairwise

from awards.pdf.cff import cid_subset
from awards.pdf.document import PdfFile, Ref, Value
from awards.pdf.fonts import ADVANCES, EM, FACES, STANDS_FOR, FontBook, face, glyph_in

RESOURCE = {"serif": "F0", "sans": "F1"}
FLAGS = {"serif": 6, "sans": 4}  # symbolic; serif
STEM = {"serif": 79, "sans": 85}
SYSTEM: dict[str, Value] = {"Registry": "(Adobe)", "Ordering": "(Identity)", "Supplement": 0}
PER_BLOCK = 100  # entries of a bfchar block that the format allows

_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{blocks}endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


@cache
def _real(character: str) -> str:
    """UTF-16 of the character that a form stands for, in hexadecimal."""
    return STANDS_FOR.get(character, character).encode("utf-16-be").hex().upper()


def to_unicode(characters: tuple[str, ...], codes: dict[int, int]) -> bytes:
    """The CMap from codes to UTF-16, with surrogate pairs beyond the BMP (ISO 32000-1, 9.10.3)."""
    entries = [f"<{codes[ord(character)]:04X}> <{_real(character)}>\n" for character in characters]
    blocks = []
    for start in range(0, len(entries), PER_BLOCK):
        block = entries[start : start + PER_BLOCK]
        blocks.append(f"{len(block)} beginbfchar\n{''.join(block)}endbfchar\n")
    return _CMAP.format(blocks="".join(blocks)).encode("ascii")


def widths(codes: list[int], advances: list[int]) -> str:
    """The /W array: runs of consecutive codes whose width is not an em, which is the default."""
    parts: list[str] = []
    narrow = [(code, advance) for code, advance in zip(codes, advances, strict=True) if advance != EM]
    for (before, _), (code, advance) in pairwise([(-2, 0), *narrow]):
        if code == before + 1:
            parts.append(f" {advance}")
        else:
            parts.append(f"{']' if parts else ''}{code}[{advance}")
    return "[" + "".join(parts) + ("]]" if parts else "]")


def _embed(pdf: PdfFile, book: FontBook, name: str) -> Ref:
    chosen, characters = face(name), book.characters[name]
    codes = [book.codes[name][ord(character)] for character in characters]
    glyphs = [glyph_in(name, character) for character in characters]
    digest = hashlib.sha256("".join(characters).encode()).digest()
    full = "".join(chr(65 + byte % 26) for byte in digest[:6]) + "+" + chosen.name
    descriptor: dict[str, Value] = {
        "Type": "/FontDescriptor",
        "FontName": f"/{full}",
        "Flags": FLAGS[name],
        "FontBBox": chosen.box,
        "ItalicAngle": 0,
        "Ascent": chosen.ascent,
        "Descent": chosen.descent,
        "CapHeight": chosen.cap_height,
        "StemV": STEM[name],
        "FontFile3": pdf.stream(cid_subset(chosen, codes, glyphs, full), {"Subtype": "/CIDFontType0C"}, dense=True),
    }
    descendant: dict[str, Value] = {
        "Type": "/Font",
        "Subtype": "/CIDFontType0",
        "BaseFont": f"/{full}",
        "FontDescriptor": pdf.put(descriptor),
        "CIDSystemInfo": SYSTEM,
        "DW": EM,
        "W": widths(codes, [ADVANCES[name][character] for character in characters]),
    }
    font: dict[str, Value] = {
        "Type": "/Font",
        "Subtype": "/Type0",
        "BaseFont": f"/{full}-Identity-H",
        "Encoding": "/Identity-H",
        "DescendantFonts": [pdf.put(descendant)],
        "ToUnicode": pdf.stream(to_unicode(characters, book.codes[name])),
    }
    return pdf.put(font)


def unroll(book: FontBook) -> None:
    """At once what the subsets of several documents will ask for: each time by itself costs two milliseconds."""
    for name in FACES:
        face(name).drawn([glyph_in(name, character) for character in book.characters[name]])


def embed_fonts(pdf: PdfFile, book: FontBook) -> None:
    """Write the faces that the document uses and tell its pages of them."""
    for name in FACES:
        if book.characters[name]:
            pdf.fonts[RESOURCE[name]] = _embed(pdf, book, name)
