"""Writing a CFF subset: the glyphs a document shows, each under the code the document gives it.

The code (CID) is ours, so that one code stands for one character: the fonts draw some pairs of characters
with one glyph (⼀ and 一, a bullet and a middle dot), and under the font's own codes one of the two would
copy out of the PDF as the other. Such a glyph is written twice, which costs some bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from itertools import accumulate

from awards.pdf.opentype import Face

FIRST_OWN_STRING = 391  # string identifiers below belong to the standard strings
OFFSET = 4  # bytes of each
HEADER = bytes((1, 0, 4, OFFSET))


def index(items: Sequence[bytes]) -> bytes:
    """An INDEX of the items."""
    if not items:
        return b"\0\0"
    ends = accumulate(map(len, items), initial=1)
    return struct.pack(f">HB{len(items) + 1}I", len(items), OFFSET, *ends) + b"".join(items)


def integer(value: int) -> bytes:
    """An operand of fixed length (5 bytes), so that offsets can be known before they are written."""
    return b"\x1d" + value.to_bytes(4, "big", signed=True)


def _select(rows: Sequence[int]) -> bytes:
    """FDSelect format 3: ranges of glyphs with the same font dictionary."""
    ranges = [(0, rows[0])]
    ranges += [(glyph, row) for glyph, row in enumerate(rows) if glyph and row != rows[glyph - 1]]
    body = b"".join(first.to_bytes(2, "big") + bytes((row,)) for first, row in ranges)
    return b"\x03" + len(ranges).to_bytes(2, "big") + body + len(rows).to_bytes(2, "big")


def _top_dict(box: Sequence[int], codes: int, offsets: Sequence[int]) -> bytes:
    charset, select, charstrings, array = offsets
    return b"".join(
        (
            *(integer(FIRST_OWN_STRING), integer(FIRST_OWN_STRING + 1), integer(0), b"\x0c\x1e"),  # ROS
            *(*map(integer, box), b"\x05"),
            *(integer(codes), b"\x0c\x22"),  # CIDCount
            *(integer(charset), b"\x0f"),
            *(integer(select), b"\x0c\x25"),
            *(integer(charstrings), b"\x11"),
            *(integer(array), b"\x0c\x24"),
        )
    )


def _font_dicts(privates: Sequence[bytes], start: int) -> bytes:
    """The FDArray at offset `start`, followed by the Private DICTs it points to."""
    name = integer(FIRST_OWN_STRING + 2) + b"\x0c\x26"

    def entries(first: int) -> list[bytes]:
        made, at = [], first
        for private in privates:
            made.append(name + integer(len(private)) + integer(at) + b"\x12")
            at += len(private)
        return made

    length = len(index(entries(0)))
    return index(entries(start + length)) + b"".join(privates)


def cid_subset(face: Face, codes: Sequence[int], glyphs: Sequence[int], name: str) -> bytes:
    """A CID-keyed CFF font with glyph 0 and, in this order, the given glyphs.

    codes    ascending CIDs from 1, one for each glyph; glyphs may repeat
    name     the PostScript name with its subset tag
    """
    drawn = face.drawn([0, *glyphs])
    used = sorted({glyph.dictionary for glyph in drawn})
    rows = {old: row for row, old in enumerate(used)}
    charset = struct.pack(f">B{len(codes)}H", 0, *codes)
    select = _select([rows[glyph.dictionary] for glyph in drawn])
    charstrings = index([glyph.program for glyph in drawn])
    count = max(codes, default=0) + 1
    strings = index([b"Adobe", b"Identity", face.name.encode("ascii")])

    def head(offsets: Sequence[int]) -> bytes:
        top = index([_top_dict(face.box, count, offsets)])
        return HEADER + index([name.encode("ascii")]) + top + strings + index([])

    at_charset = len(head((0, 0, 0, 0)))
    at_select = at_charset + len(charset)
    at_charstrings = at_select + len(select)
    at_array = at_charstrings + len(charstrings)
    array = _font_dicts([face.dicts[old].private for old in used], at_array)
    return head((at_charset, at_select, at_charstrings, at_array)) + charset + select + charstrings + array
