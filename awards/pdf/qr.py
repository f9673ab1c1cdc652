"""QR symbols as inline images, drawn from their payload strings.

A library needs 0.5 to 6 ms for a symbol, more than all the rest of a page. But for a fixed length, version,
level and mask a symbol is affine over GF(2) in the bits of its payload: error correction is linear, the
mask is a constant. So for payloads that share a prefix, symbol = base XOR one difference for each bit that
differs from the base, and in alphanumeric mode two characters are 11 bits, 45a + b. The differences
are derived from the library's own symbols, never from a second implementation of the standard.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import segno

from awards.pdf.document import number

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
VALUE = {character: value for value, character in enumerate(ALPHABET)}
LEVEL = "m"
WORTH_IT = 60  # symbols from which deriving the differences costs less than asking the library for each
QUIET = 4  # modules of white that the standard asks for around a symbol


_DIGITS = bytes.maketrans(b"\0\1", b"01")


def _bits(symbol: segno.QRCode) -> int:
    """The modules as one integer: row by row from the top, each row filled up to whole bytes."""
    row_bits = (len(symbol.matrix) + 7) // 8 * 8
    value = 0
    for row in symbol.matrix:
        value = value << row_bits | int(row.translate(_DIGITS), 2) << (row_bits - len(row))
    return value


def _value(piece: str) -> int:
    return VALUE[piece[0]] * 45 + VALUE[piece[1]] if len(piece) == 2 else VALUE[piece]


def _piece(value: int, length: int) -> str:
    return ALPHABET[value // 45] + ALPHABET[value % 45] if length == 2 else ALPHABET[value]


class _Changes(dict[str, int]):
    """For the piece at one place: its characters to what they change in the symbol of all zeros."""

    def __init__(self, differences: Sequence[int]) -> None:
        super().__init__()
        self.differences = differences

    def __missing__(self, piece: str) -> int:
        value, change = _value(piece), 0
        for bit, difference in enumerate(self.differences):
            if value >> bit & 1:
                change ^= difference
        self[piece] = change
        return change


class Affine:
    """Symbols of payloads with one prefix and one length, each in a few XORs."""

    def __init__(self, prefix: str, tail: int) -> None:
        """prefix: of even length; tail: characters after it, all of both in ALPHABET."""
        self.prefix = prefix
        first = segno.make(
            prefix + ALPHABET[0] * tail, error=LEVEL, mode="alphanumeric", boost_error=False, micro=False
        )
        self.version, self.mask, self.size = first.version, first.mask, len(first.matrix)
        self.base = self._library(ALPHABET[0] * tail)
        self.changes = [
            (slice(len(prefix) + at, len(prefix) + at + 2), _Changes(self._differences(at, min(2, tail - at), tail)))
            for at in range(0, tail, 2)
        ]

    def _library(self, tail: str) -> int:
        made = segno.make(
            self.prefix + tail,
            error=LEVEL,
            version=self.version,
            mask=self.mask,
            mode="alphanumeric",
            boost_error=False,
        )
        return _bits(made)

    def _differences(self, at: int, length: int, tail: int) -> list[int]:
        """What each bit of the piece `at` that many characters after the prefix changes in the symbol."""
        zeros = ALPHABET[0] * tail
        return [
            self.base ^ self._library(zeros[:at] + _piece(1 << bit, length) + zeros[at + length :])
            for bit in range(11 if length == 2 else 6)
        ]

    def symbol(self, payload: str) -> int:
        """The modules of a payload's symbol, as `_bits` gives them."""
        modules = self.base
        for place, changes in self.changes:
            modules ^= changes[payload[place]]
        return modules


def _affine_for(payloads: Sequence[str]) -> Affine | None:
    """The affine way where it applies and is worth it. Depends on nothing but the payloads."""
    distinct = sorted(set(payloads))
    if len(distinct) < WORTH_IT or len({len(payload) for payload in distinct}) != 1:
        return None
    if not all(character in VALUE for character in set("".join(distinct))):
        return None
    pairs = zip(distinct[0], distinct[-1], strict=True)  # of a sorted list, these two share the least
    shared = next(place for place, (first, last) in enumerate(pairs) if first != last) // 2 * 2
    prefix, tail = distinct[0][:shared], len(distinct[0]) - shared
    bits_each = 11 * (tail + 1) // 2
    return _affine(prefix, tail) if bits_each < 4 * len(distinct) else None


@lru_cache(maxsize=8)
def _affine(prefix: str, tail: int) -> Affine:
    return Affine(prefix, tail)


class QrImages:
    """The symbols of one document's payloads as inline images: a bit a module, exact at every scale."""

    def __init__(self, payloads: Iterable[str], x: float, y: float, side: float) -> None:
        """payloads: all that will be drawn, empty ones are left out; x, y, side: of the symbol, in points."""
        self.affine = _affine_for([payload for payload in payloads if payload])
        self.place = f"q {number(side)} 0 0 {number(side)} {number(x)} {number(y)} cm\nBI".encode()
        self._heads: dict[int, tuple[int, bytes]] = {}

    def image(self, payload: str) -> bytes:
        """Operators that draw the symbol in the colour of areas; b"" for no payload.

        Some readers look for the end of an inline image instead of counting: data in which they could find
        one too early are written as hexadecimal.
        """
        if not payload:
            return b""
        if self.affine:
            size, bits = self.affine.size, self.affine.symbol(payload)
        else:
            symbol = segno.make(payload, error=LEVEL, boost_error=False, micro=False)
            size, bits = len(symbol.matrix), _bits(symbol)
        if size not in self._heads:
            head = b"%b/W %d/H %d/IM true/D[1 0]" % (self.place, size, size)
            self._heads[size] = (size + 7) // 8 * size, head
        length, head = self._heads[size]
        modules = bits.to_bytes(length, "big")
        if b"EI" in modules:
            return b"%b/F/AHx ID %b>\nEI Q\n" % (head, modules.hex().encode())
        return b"%b ID %b\nEI Q\n" % (head, modules)
