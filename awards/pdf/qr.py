"""QR symbols as inline images, drawn from their payload strings.

A library needs 0.5 to 10 ms for a symbol, more than all the rest of a page. But for a fixed length, version,
level and mask a symbol is affine over GF(2) in the bits of its payload: error correction is linear, the
mask is a constant. So for payloads of one length, symbol = base XOR the message of what differs from the base, laid
out among the modules; in alphanumeric mode two characters are 11 bits, 45a + b. The base is the library's own symbol
of zeros, and so is the order of modules; what is reckoned here, many symbols at once in numpy, is tried against the
library before it is used. A payload has the same symbol wherever it is printed, alone or among thousands.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, zip_longest
from typing import Any

import numpy as np
import segno
from numpy.typing import NDArray
from segno import consts, encoder

from awards.pdf.document import number

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
LEVEL = "m"
MASK = 2  # of the standard's eight; which one is best differs from payload to payload, and little
AT_ONCE = 64  # symbols whose parts stay in the processor's cache

_DIGITS = bytes.maketrans(b"\0\1", b"01")
_ELEVEN = (np.arange(2048)[:, None] >> np.arange(10, -1, -1) & 1).astype(np.uint8)  # bits of a pair
_VALUES = np.full(256, 255, np.uint8)
_VALUES[np.frombuffer(ALPHABET.encode(), np.uint8)] = range(len(ALPHABET))


def _bits(symbol: segno.QRCode) -> int:
    """The modules as one integer: row by row from the top, each row filled up to whole bytes."""
    row_bits = (len(symbol.matrix) + 7) // 8 * 8
    value = 0
    for row in symbol.matrix:
        value = value << row_bits | int(row.translate(_DIGITS), 2) << (row_bits - len(row))
    return value


def _places(version: int) -> NDArray[np.intp]:
    """Where each bit of the final message lies among the modules, as `_bits` counts them; by the library's walk."""
    size = encoder.calc_matrix_size(version)
    matrix = encoder.make_matrix(size, size)
    encoder.add_finder_patterns(matrix, size, size)
    encoder.add_alignment_patterns(matrix, size, size)
    rows: Any = [list(row) for row in matrix]
    free = sum(cell == 2 for row in rows for cell in row)
    encoder.add_codewords(rows, range(3, 3 + free), version)  # 0, 1, 2 are modules
    across = (size + 7) // 8 * 8
    found = {cell - 3: y * across + x for y, row in enumerate(rows) for x, cell in enumerate(row) if cell > 2}
    return np.array([found[bit] for bit in range(free)])


def _remainders(most: int, correction: int) -> NDArray[np.uint64]:
    """[data after it in its block][byte of data]: the bytes of correction that it alone has, filled up to words.

    Long division by the standard's polynomial, whose powers and logarithms are the library's.
    """
    powers, logarithms = np.array(consts.GALIOS_EXP, np.uint8), np.array(consts.GALIOS_LOG)
    products = np.zeros((256, correction), np.uint8)
    products[1:] = powers[logarithms[1:256, None] + np.array(consts.GEN_POLY[correction])]
    found = np.zeros((most, 256, -(-correction // 8) * 8), np.uint8)
    row = products
    for after in range(most):
        found[after, :, :correction] = row
        row = np.pad(row[:, 1:], ((0, 0), (0, 1))) ^ products[row[:, 0]]
    return found.view(np.uint64)


class Symbols:
    """The symbols of all payloads of one length, in the version that the library gives its zeros."""

    def __init__(self, length: int) -> None:
        self.length = length
        zeros = segno.make(
            ALPHABET[0] * length, error=LEVEL, mask=MASK, mode="alphanumeric", boost_error=False, micro=False
        )
        self.version, self.size = int(zeros.version), len(zeros.matrix)
        across = (self.size + 7) // 8
        self.base = np.frombuffer(_bits(zeros).to_bytes(across * self.size, "big"), np.uint8)
        self.header = 4 + (9 if self.version < 10 else 11 if self.version < 27 else 13)
        ecc: Any = consts.ECC
        infos = ecc[self.version][getattr(consts, f"ERROR_LEVEL_{LEVEL.upper()}")]
        lengths = [info.num_data for info in infos for _ in range(info.num_blocks)]
        self._set_up(lengths, infos[0].num_total - infos[0].num_data)

    def _set_up(self, lengths: list[int], correction: int) -> None:
        """lengths: of the blocks' data; correction: of each block, all in bytes."""
        self.data = sum(lengths)
        self.starts = np.cumsum([0, *lengths[:-1]])
        remainders = _remainders(max(lengths), correction)
        after = np.concatenate([np.arange(length)[::-1] for length in lengths])
        self.remainders, self.rows = remainders.reshape(-1, remainders.shape[2]), 256 * after
        blocks = [range(start, start + length) for start, length in zip(self.starts, lengths, strict=True)]
        each = remainders.shape[2] * 8
        corrections = [range(self.data + at * each, self.data + at * each + correction) for at in range(len(lengths))]
        parts = (one for part in (blocks, corrections) for one in chain.from_iterable(zip_longest(*part)))
        order = np.array([one for one in parts if one is not None])
        zero = 8 * (self.data + len(lengths) * each)
        self.cells = np.full(8 * len(self.base), zero)
        self.cells[_places(self.version)[: 8 * len(order)]] = (8 * order[:, None] + np.arange(8)).ravel()

    def of(self, payloads: Sequence[str]) -> list[bytes]:
        """The packed modules of each."""
        text = np.frombuffer("".join(payloads).encode(), np.uint8).reshape(len(payloads), self.length)
        found: list[bytes] = []
        for row in range(0, len(payloads), AT_ONCE):
            made = self._drawn_of(_VALUES[text[row : row + AT_ONCE]])
            found += map(bytes, made)
        return found

    def _drawn_of(self, values: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """values: of the characters, a row for each symbol."""
        rows, even = len(values), self.length // 2 * 2
        data_bits = np.zeros((rows, 8 * self.data), np.uint8)
        end = self.header + 11 * (even // 2)
        pairs = values[:, 0:even:2].astype(np.intp) * 45 + values[:, 1:even:2]
        data_bits[:, self.header : end] = _ELEVEN.take(pairs, axis=0).reshape(rows, -1)
        if even < self.length:
            data_bits[:, end : end + 6] = _ELEVEN[values[:, -1], 5:]
        data = np.packbits(data_bits, axis=1)
        alone = self.remainders.take(self.rows + data, axis=0)
        corrections = np.bitwise_xor.reduceat(alone, self.starts, axis=1).view(np.uint8).reshape(rows, -1)
        message = np.concatenate((data, corrections, np.zeros((rows, 1), np.uint8)), axis=1)
        modules = np.unpackbits(message, axis=1).take(self.cells, axis=1)
        return np.packbits(modules, axis=1) ^ self.base

    def are_the_library_s(self) -> bool:
        """Whether the library draws as we reckon, tried on two payloads, so that a library that has changed shows."""
        whole = (ALPHABET * (self.length // len(ALPHABET) + 1))[: self.length]
        return all(int.from_bytes(self.of([one])[0], "big") == self._drawn(one) for one in (whole, whole[::-1]))

    def _drawn(self, payload: str) -> int:
        """By the library."""
        return _bits(
            segno.make(payload, error=LEVEL, version=self.version, mask=MASK, mode="alphanumeric", boost_error=False)
        )


@lru_cache(maxsize=16)
def symbols_of(length: int) -> Symbols | None:
    """Once a process; None where the library draws otherwise than we reckon."""
    found = Symbols(length)
    return found if found.are_the_library_s() else None


def _by_length(payloads: Iterable[str]) -> list[list[str]]:
    """Codes from before there were signatures are shorter. Small letters and the like are left to the library."""
    found: dict[int, list[str]] = {}
    for payload in dict.fromkeys(payloads):
        if payload and payload.isascii():
            found.setdefault(len(payload), []).append(payload)
    return [kept for alike in found.values() if (kept := _alphanumeric(alike))]


def _alphanumeric(payloads: list[str]) -> list[str]:
    if not "".join(payloads).encode().translate(None, ALPHABET.encode()):
        return payloads
    return [payload for payload in payloads if not set(payload).difference(ALPHABET)]


class QrImages:
    """The symbols of one document's payloads as inline images: a bit a module, exact at every scale."""

    def __init__(self, payloads: Iterable[str], x: float, y: float, side: float) -> None:
        """payloads: all that will be drawn, empty ones are left out; x, y, side: of the symbol, in points."""
        self.place = f"q {number(side)} 0 0 {number(side)} {number(x)} {number(y)} cm\nBI".encode()
        self._heads: dict[int, bytes] = {}
        self.drawn: dict[str, tuple[int, bytes]] = {}
        for alike in _by_length(payloads):
            if symbols := symbols_of(len(alike[0])):
                made = zip(alike, symbols.of(alike), strict=True)
                self.drawn |= {payload: (symbols.size, modules) for payload, modules in made}

    def image(self, payload: str) -> bytes:
        """Operators that draw the symbol in the colour of areas; b"" for no payload.

        Some readers look for the end of an inline image instead of counting: data in which they could find
        one too early are written as hexadecimal.
        """
        if not payload:
            return b""
        size, modules = self.drawn.get(payload) or _by_library(payload)
        head = self._heads.get(size)
        if head is None:
            head = self._heads[size] = b"%b/W %d/H %d/IM true/D[1 0]" % (self.place, size, size)
        if b"EI" in modules:
            return b"%b/F/AHx ID %b>\nEI Q\n" % (head, modules.hex().encode())
        return b"%b ID %b\nEI Q\n" % (head, modules)


def _by_library(payload: str) -> tuple[int, bytes]:
    symbol = segno.make(payload, error=LEVEL, boost_error=False, micro=False)
    size = len(symbol.matrix)
    return size, _bits(symbol).to_bytes((size + 7) // 8 * size, "big")
