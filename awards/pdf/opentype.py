"""Reading a CID-keyed CFF OpenType font in place: which glyph, how wide, which program draws it.

Only what a subset needs, straight from the mapped file: a fresh process has its first certificate in
milliseconds, where a general font library spends a third of a second on imports and tables.
"""

from __future__ import annotations

import mmap
import struct
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from sys import byteorder
from typing import overload

from awards.pdf import charstring

# CFF dictionary operators (Adobe Technical Note 5176, tables 9, 10 and 23); 12 escapes to a second byte.
OP_CHARSTRINGS, OP_PRIVATE, OP_SUBRS, OP_DEFAULT, OP_NOMINAL = (17,), (18,), (19,), (20,), (21,)
OP_FDARRAY, OP_FDSELECT = (12, 36), (12, 37)

# CO₂ and 10⁻³ stand in titles of children's works, and the fonts have few such figures: small forms of
# other glyphs serve. A glyph number above 16 bits says how one is made: its size, and its rise in
# thousandths of an em.
SMALL_FORMS = {"<sub>": 1 << 16, "<super>": 2 << 16}
_SIZE_AND_RISE = {1: (0.62, -130), 2: (0.62, 330)}


class FontFormatError(ValueError):
    """The file is not the kind of font that this reader knows."""


@dataclass(frozen=True)
class FontDict:
    """One of the font's dictionaries: its hints, the subroutines its glyph programs call, its widths."""

    hints: bytes  # the Private DICT without its pointer to subroutines, and with the widths of a flattened program
    subroutines: Index
    widths: charstring.Widths


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


class Face:
    """One font file.

    ascent, descent   thousandths of an em above and below the baseline
    """

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self.data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self.tables = self._directory()
        self._read_metrics()
        self._read_cmap()
        self._read_cff()
        self._programs: dict[int, tuple[bytes, bool]] = {}

    def _directory(self) -> dict[bytes, int]:
        count = struct.unpack_from(">H", self.data, 4)[0]
        records = (struct.unpack_from(">4sIII", self.data, 12 + 16 * row) for row in range(count))
        return {tag: offset for tag, _, offset, _ in records}

    def _read_metrics(self) -> None:
        if struct.unpack_from(">H", self.data, self.tables[b"head"] + 18)[0] != 1000:
            raise FontFormatError("expected 1000 units to the em")
        self.box: tuple[int, ...] = struct.unpack_from(">4h", self.data, self.tables[b"head"] + 36)
        os2 = self.tables[b"OS/2"]
        self.ascent, self.descent = struct.unpack_from(">hh", self.data, os2 + 68)
        self.cap_height: int = struct.unpack_from(">h", self.data, os2 + 88)[0]
        self.long_advances: int = struct.unpack_from(">H", self.data, self.tables[b"hhea"] + 34)[0]

    def _read_cmap(self) -> None:
        start = self.tables[b"cmap"]
        count = struct.unpack_from(">H", self.data, start + 2)[0]
        for row in range(count):
            offset = start + struct.unpack_from(">I", self.data, start + 8 + 8 * row)[0]
            if struct.unpack_from(">H", self.data, offset)[0] == 12:
                groups = struct.unpack_from(">I", self.data, offset + 12)[0]
                numbers = array("I", self.data[offset + 16 : offset + 16 + 12 * groups])
                if byteorder == "little":
                    numbers.byteswap()
                self.first, self.last, self.glyph = numbers[0::3], numbers[1::3], numbers[2::3]
                return
        raise FontFormatError("no format 12 character map")

    def _read_cff(self) -> None:
        start = self.tables[b"CFF "]
        names = Index(self.data, start + self.data[start + 2])
        self.name = names[0].decode("ascii")
        tops = Index(self.data, names.end)
        strings = Index(self.data, tops.end)
        self.shared = Index(self.data, strings.end)
        top = {operator: operands for operator, operands, _ in dict_entries(tops[0])}
        if OP_FDARRAY not in top:
            raise FontFormatError("not a CID-keyed font")
        self.charstrings = Index(self.data, start + top[OP_CHARSTRINGS][0])
        self.dicts = [self._font_dict(entry, start) for entry in Index(self.data, start + top[OP_FDARRAY][0])]
        self._read_fdselect(start + top[OP_FDSELECT][0])

    def _font_dict(self, entry: bytes, start: int) -> FontDict:
        size, offset = next(operands for op, operands, _ in dict_entries(entry) if op == OP_PRIVATE)
        private = self.data[start + offset : start + offset + size]
        hints, subroutines, widths = [], Index(b"\0\0", 0), charstring.Widths()
        for operator, operands, raw in dict_entries(private):
            if operator == OP_SUBRS:
                subroutines = Index(self.data, start + offset + operands[0])
            elif operator == OP_DEFAULT:
                widths = widths._replace(default=operands[0])
            elif operator == OP_NOMINAL:
                widths = widths._replace(nominal=operands[0])
            else:
                hints.append(raw)
        hints.append(charstring.encoded(charstring.DEFAULT_WIDTH) + bytes(OP_DEFAULT))
        return FontDict(b"".join(hints), subroutines, widths)

    def _read_fdselect(self, at: int) -> None:
        if self.data[at] != 3:
            raise FontFormatError("expected FDSelect format 3")
        count = struct.unpack_from(">H", self.data, at + 1)[0]
        ranges = [struct.unpack_from(">HB", self.data, at + 3 + 3 * row) for row in range(count)]
        self.range_starts = [first for first, _ in ranges]
        self.range_dicts = [chosen for _, chosen in ranges]

    def glyph_of(self, character: str) -> int:
        """Glyph index; 0 (.notdef) where the font does not map the character."""
        code = ord(character)
        row = bisect_right(self.first, code) - 1
        if row < 0 or code > self.last[row]:
            return 0
        return self.glyph[row] + code - self.first[row]

    def advance(self, glyph: int) -> int:
        """Width in thousandths of an em."""
        if small := glyph >> 16:
            return round(self.advance(glyph & 0xFFFF) * _SIZE_AND_RISE[small][0])
        row = min(glyph, self.long_advances - 1)
        return int(struct.unpack_from(">H", self.data, self.tables[b"hmtx"] + 4 * row)[0])

    def dict_of(self, glyph: int) -> int:
        """Index into `dicts` of the font dictionary that the glyph belongs to."""
        return self.range_dicts[bisect_right(self.range_starts, glyph & 0xFFFF) - 1]

    def program(self, glyph: int) -> tuple[bytes, bool]:
        """The glyph's drawing program without subroutine calls, and whether it draws anything."""
        if glyph not in self._programs:
            self._programs[glyph] = self._small(glyph) if glyph >> 16 else self._flattened(glyph)
        return self._programs[glyph]

    def _flattened(self, glyph: int) -> tuple[bytes, bool]:
        own = self.dicts[self.dict_of(glyph)]
        return charstring.flattened(self.charstrings[glyph], own.subroutines, self.shared, own.widths)

    def _small(self, glyph: int) -> tuple[bytes, bool]:
        program, draws = self.program(glyph & 0xFFFF)
        return charstring.scaled(program, *_SIZE_AND_RISE[glyph >> 16], self.advance(glyph)), draws
