"""Reading a CID-keyed CFF OpenType font in place: which glyph, how wide, which program draws it.

HarfBuzz maps characters, measures glyphs and unrolls their programs, a thousand in some ten milliseconds. What a
subset of our own needs beside them is read straight from the mapped file.
"""

from __future__ import annotations

import mmap
import struct
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, overload

import uharfbuzz as hb

from awards.pdf import charstring

# CFF dictionary operators (Adobe Technical Note 5176, tables 9, 10 and 23); 12 escapes to a second byte.
OP_CHARSTRINGS, OP_PRIVATE, OP_SUBRS, OP_DEFAULT, OP_NOMINAL = (17,), (18,), (19,), (20,), (21,)
OP_FDARRAY, OP_FDSELECT = (12, 36), (12, 37)

# CO₂ and 10⁻³ stand in titles of children's works, and the fonts have few such figures: small forms of
# other glyphs serve. A glyph number above 16 bits says how one is made: its size, and its rise in
# thousandths of an em.
SMALL_FORMS = {"<sub>": 1 << 16, "<super>": 2 << 16}
UNROLLED = (
    hb.SubsetFlags.DESUBROUTINIZE
    | hb.SubsetFlags.NOTDEF_OUTLINE
    | hb.SubsetFlags.NO_LAYOUT_CLOSURE
)  # fmt: skip
NOT_DRAWN = [
    int.from_bytes(tag, "big")
    for tag in (b"BASE", b"GDEF", b"GPOS", b"GSUB", b"OS/2", b"VORG", b"cmap", b"hhea", b"hmtx", b"name", b"post",
                b"vhea", b"vmtx")
]  # fmt: skip
_SIZE_AND_RISE = {1: (0.62, -130), 2: (0.62, 330)}


class FontFormatError(ValueError):
    """The file is not the kind of font that this reader knows."""


@dataclass(frozen=True)
class FontDict:
    """One of the font's dictionaries.

    private     the Private DICT without its pointer to subroutines, and with the one default of widths
    is_default  whether it had that before
    """

    private: bytes
    is_default: bool


class Glyph(NamedTuple):
    """program: what draws it, without subroutine calls; dictionary: of its font dictionaries."""

    program: bytes
    dictionary: int


class Index(Sequence[bytes]):
    """A CFF INDEX: a list of byte strings, read where they lie."""

    def __init__(self, data: mmap.mmap | bytes, at: int) -> None:
        self.data = data
        self.length = int.from_bytes(data[at : at + 2], "big")
        self.size = data[at + 2] if self.length else 0
        self.offsets = at + 3
        if not self.length:
            self.end = at + 2
            return
        self.base = self.offsets + (self.length + 1) * self.size - 1
        self.end = self.base + self._offset(self.length)

    def _offset(self, item: int) -> int:
        at = self.offsets + item * self.size
        return int.from_bytes(self.data[at : at + self.size], "big")

    def __len__(self) -> int:
        return self.length

    @overload
    def __getitem__(self, item: int) -> bytes: ...

    @overload
    def __getitem__(self, item: slice) -> list[bytes]: ...

    def __getitem__(self, item: int | slice) -> bytes | list[bytes]:
        if isinstance(item, slice):
            return [self[row] for row in range(*item.indices(self.length))]
        if not 0 <= item < self.length:
            raise IndexError(item)
        return self.data[self.base + self._offset(item) : self.base + self._offset(item + 1)]


def dict_entries(data: bytes) -> Iterator[tuple[tuple[int, ...], list[int], bytes]]:
    """Operator, integer operands (0 for a real number) and raw bytes of each entry of a CFF DICT."""
    at, start = 0, 0
    operands: list[int] = []
    while at < len(data):
        first = data[at]
        if first <= 21:
            operator = (first, data[at + 1]) if first == 12 else (first,)
            at += len(operator)
            yield operator, operands, data[start:at]
            start, operands = at, []
        elif first == 30:  # a real: nibbles up to a nibble f
            at += 1
            while data[at] & 0x0F != 0x0F and data[at] >> 4 != 0x0F:
                at += 1
            at += 1
            operands.append(0)
        elif first == 29:
            operands.append(int.from_bytes(data[at + 1 : at + 5], "big", signed=True))
            at += 5
        else:
            value, at = charstring.small_number(data, at)
            operands.append(value)


def top_dict(data: mmap.mmap | bytes, start: int = 0) -> tuple[Index, dict[tuple[int, ...], list[int]]]:
    """The names of a CFF table that begins at `start`, and the entries of its one top dictionary."""
    names = Index(data, start + data[start + 2])
    return names, {operator: operands for operator, operands, _ in dict_entries(Index(data, names.end)[0])}


class Face:
    """One font file.

    ascent, descent   thousandths of an em above and below the baseline
    """

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self.data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._face = hb.Face(hb.Blob.from_file_path(str(path)))
        self._font = hb.Font(self._face)
        self.tables = self._directory()
        self._read_metrics()
        self._read_cff()
        self._drawn: dict[int, Glyph] = {}

    def _directory(self) -> dict[bytes, int]:
        count = struct.unpack_from(">H", self.data, 4)[0]
        records = (struct.unpack_from(">4sIII", self.data, 12 + 16 * row) for row in range(count))
        return {tag: offset for tag, _, offset, _ in records}

    def _read_metrics(self) -> None:
        if self._face.upem != 1000:
            raise FontFormatError("expected 1000 units to the em")
        self.box: tuple[int, ...] = struct.unpack_from(">4h", self.data, self.tables[b"head"] + 36)
        os2 = self.tables[b"OS/2"]
        self.ascent, self.descent = struct.unpack_from(">hh", self.data, os2 + 68)
        self.cap_height: int = struct.unpack_from(">h", self.data, os2 + 88)[0]

    def _read_cff(self) -> None:
        start = self.tables[b"CFF "]
        names, top = top_dict(self.data, start)
        self.name = names[0].decode("ascii")
        if OP_FDARRAY not in top:
            raise FontFormatError("not a CID-keyed font")
        self.dicts = [self._font_dict(entry, start) for entry in Index(self.data, start + top[OP_FDARRAY][0])]
        self._read_fdselect(start + top[OP_FDSELECT][0])

    def _font_dict(self, entry: bytes, start: int) -> FontDict:
        size, offset = next(operands for op, operands, _ in dict_entries(entry) if op == OP_PRIVATE)
        private, widths = [], {OP_DEFAULT: 0, OP_NOMINAL: 0}
        for operator, operands, raw in dict_entries(self.data[start + offset : start + offset + size]):
            if operator in widths:
                widths[operator] = operands[0]
            elif operator != OP_SUBRS:
                private.append(raw)
        private.append(charstring.encoded(charstring.DEFAULT_WIDTH) + bytes(OP_DEFAULT))
        return FontDict(b"".join(private), widths == {OP_DEFAULT: charstring.DEFAULT_WIDTH, OP_NOMINAL: 0})

    def _read_fdselect(self, at: int) -> None:
        if self.data[at] != 3:
            raise FontFormatError("expected FDSelect format 3")
        count = struct.unpack_from(">H", self.data, at + 1)[0]
        ranges = [struct.unpack_from(">HB", self.data, at + 3 + 3 * row) for row in range(count)]
        self.range_starts = [first for first, _ in ranges]
        self.range_dicts = [chosen for _, chosen in ranges]

    def glyph_of(self, character: str) -> int:
        """Glyph index; 0 (.notdef) where the font does not map the character."""
        return self._font.get_nominal_glyph(ord(character)) or 0

    def advance(self, glyph: int) -> int:
        """Width in thousandths of an em."""
        if small := glyph >> 16:
            return round(self.advance(glyph & 0xFFFF) * _SIZE_AND_RISE[small][0])
        return self._font.get_glyph_h_advance(glyph)

    def draws(self, glyph: int) -> bool:
        """Whether the glyph has an outline."""
        extents = self._font.get_glyph_extents(glyph & 0xFFFF)
        return bool(extents and extents.width)

    def dict_of(self, glyph: int) -> int:
        """Index into `dicts` of the font dictionary that the glyph belongs to."""
        return self.range_dicts[bisect_right(self.range_starts, glyph & 0xFFFF) - 1]

    def drawn(self, glyphs: Sequence[int]) -> list[Glyph]:
        """How the glyphs are drawn. What was not asked for before is unrolled at once."""
        if new := set(glyphs) - self._drawn.keys():
            self._unroll({glyph & 0xFFFF for glyph in new})
            self._drawn |= {glyph: self._small(glyph) for glyph in new if glyph >> 16}
        return [self._drawn[glyph] for glyph in glyphs]

    def _unroll(self, glyphs: set[int]) -> None:
        """A subset of the font gives them in the order of their numbers, after glyph 0."""
        wanted = hb.SubsetInput()
        wanted.sets(hb.SubsetInputSets.GLYPH_INDEX).update(glyphs)
        wanted.sets(hb.SubsetInputSets.DROP_TABLE_TAG).update(NOT_DRAWN)
        wanted.flags = UNROLLED
        subset: bytes = wanted.subset(self._face).reference_table("CFF ").data
        programs = Index(subset, top_dict(subset)[1][OP_CHARSTRINGS][0])
        for glyph, program in zip(sorted({0} | glyphs), programs, strict=True):
            row = self.dict_of(glyph)
            if not self.dicts[row].is_default:  # some readers take what one says of widths for all: so all say the same
                program = charstring.restated(program, self.advance(glyph))
            self._drawn[glyph] = Glyph(program, row)

    def _small(self, glyph: int) -> Glyph:
        program, row = self._drawn[glyph & 0xFFFF]
        return Glyph(charstring.scaled(program, *_SIZE_AND_RISE[glyph >> 16], self.advance(glyph)), row)
