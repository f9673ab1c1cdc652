"""QR symbols as inline images, drawn from their payload strings.

A library needs 0.5 to 10 ms for a symbol, more than all the rest of a page. But for a fixed length, version,
level and mask a symbol is affine over GF(2) in the bits of its payload: error correction is linear, the
mask is a constant. So for payloads of one length, symbol = base XOR one difference for each bit that
differs from the base, and in alphanumeric mode two characters are 11 bits, 45a + b. The base is the library's own
symbol of zeros; so are the pieces of the differences: its error correction of single bits and its order of modules. A
signed code has 840 bits that differ, so many symbols are made at once, pair of characters by pair, in numpy. A payload
has the same symbol wherever it is printed, alone or among thousands.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, zip_longest
from types import SimpleNamespace
from typing import Any

import numpy as np
import segno
from numpy.typing import NDArray
from segno import consts, encoder

from awards.pdf.document import number

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
VALUE = {character: value for value, character in enumerate(ALPHABET)}
LEVEL = "m"
TABLES_PAY = 128  # symbols from which tables of all pairs of characters cost less than the bits of each
QUIET = 4  # modules of white that the standard asks for around a symbol
AT_ONCE = 1024  # rows of symbols that stay in the processor's cache

Words = NDArray[np.uint64]
_DIGITS = bytes.maketrans(b"\0\1", b"01")
_VALUES = np.full(256, 255, np.uint8)
_VALUES[np.frombuffer(ALPHABET.encode(), np.uint8)] = range(len(ALPHABET))


def _bits(symbol: segno.QRCode) -> int:
    """The modules as one integer: row by row from the top, each row filled up to whole bytes."""
    row_bits = (len(symbol.matrix) + 7) // 8 * 8
    value = 0
    for row in symbol.matrix:
        value = value << row_bits | int(row.translate(_DIGITS), 2) << (row_bits - len(row))
    return value


def _words(modules: NDArray[np.uint8]) -> Words:
    """Rows of modules, packed and filled up to whole words."""
    packed = np.packbits(modules, axis=1)
    return np.pad(packed, ((0, 0), (0, -packed.shape[1] % 8))).view(np.uint64)


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


def _corrections(data: int, correction: int) -> list[list[list[int]]]:
    """[bytes from the end of a block][bit from the top]: the library's correction of a block with that bit alone."""

    def of(block: bytes) -> list[int]:
        info = SimpleNamespace(num_total=len(block) + correction, num_data=len(block), num_blocks=1)
        _data, found = encoder.make_blocks([info], SimpleNamespace(toints=lambda: iter(block)))
        return list(found[0])

    return [[of(bytes([128 >> bit, *bytes(after)])) for bit in range(8)] for after in range(data)]


@lru_cache(maxsize=4)
def _differences(version: int) -> Words:
    """What each bit of the data changes in a symbol of this version: a row of packed modules for each."""
    ecc: Any = consts.ECC
    infos = ecc[version][getattr(consts, f"ERROR_LEVEL_{LEVEL.upper()}")]
    lengths = [info.num_data for info in infos for _ in range(info.num_blocks)]
    correction = infos[0].num_total - infos[0].num_data
    single = np.unpackbits(np.array(_corrections(max(lengths), correction), np.uint8), axis=2)
    starts = np.cumsum([0, *lengths])
    blocks = [range(start, start + length) for start, length in zip(starts, lengths, strict=False)]
    order = [one for one in chain.from_iterable(zip_longest(*blocks)) if one is not None]
    place_of = {codeword: place for place, codeword in enumerate(order)}
    places, eight = _places(version), np.arange(8)
    size = encoder.calc_matrix_size(version)
    modules = np.zeros((8 * len(order), size * ((size + 7) // 8 * 8)), np.uint8)
    for at, block in enumerate(blocks):
        bytes_of_correction = len(order) + at + len(blocks) * np.arange(correction)
        corrected = places[(8 * bytes_of_correction[:, None] + eight).ravel()]
        for after, codeword in enumerate(reversed(block)):
            rows = modules[8 * codeword : 8 * codeword + 8]
            rows[eight, places[8 * place_of[codeword] + eight]] = 1
            rows[:, corrected] = single[after]
    return _words(modules)


class Symbols:
    """The symbols of all payloads of one length: version and mask are those that the library gives its zeros."""

    def __init__(self, length: int) -> None:
        self.length = length
        zeros = segno.make(ALPHABET[0] * length, error=LEVEL, mode="alphanumeric", boost_error=False, micro=False)
        self.version, self.mask, self.size = int(zeros.version), zeros.mask, len(zeros.matrix)
        self.bytes_each = (self.size + 7) // 8 * self.size
        modules = np.frombuffer(_bits(zeros).to_bytes(self.bytes_each, "big"), np.uint8)
        self.base = np.pad(modules, (0, -self.bytes_each % 8)).view(np.uint64)
        self.header = 4 + (9 if self.version < 10 else 11 if self.version < 27 else 13)

    def of(self, payloads: Sequence[str]) -> list[bytes]:
        """The packed modules of each; payloads: sorted, so that the first and the last share what all share."""
        if len(payloads) < TABLES_PAY:
            return [self._row(payload).tobytes()[: self.bytes_each] for payload in payloads]
        pairs = enumerate(zip(payloads[0], payloads[-1], strict=True))
        shared = next((place for place, (first, last) in pairs if first != last), self.length) // 2 * 2
        text = np.frombuffer("".join(payloads).encode(), np.uint8).reshape(len(payloads), self.length)
        values = _VALUES[text[:, shared:]].astype(np.intp)
        found = np.tile(self._row(payloads[0][:shared].ljust(self.length, ALPHABET[0])), (len(payloads), 1))
        for at in range(0, values.shape[1], 2):
            pair = values[:, at : at + 2]
            codes = pair[:, 0] * 45 + pair[:, 1] if pair.shape[1] == 2 else pair[:, 0]
            table = self._table(shared + at, 11 if pair.shape[1] == 2 else 6)
            for row in range(0, len(codes), AT_ONCE):
                found[row : row + AT_ONCE] ^= table[codes[row : row + AT_ONCE]]
        data, across = found.tobytes(), found.shape[1] * 8
        return [data[start : start + self.bytes_each] for start in range(0, len(data), across)]

    def _row(self, payload: str) -> Words:
        """One symbol, bit by bit of its data."""
        values = [VALUE[character] for character in payload]
        pieces = [f"{45 * one + other:011b}" for one, other in zip(values[::2], values[1::2], strict=False)]
        if self.length % 2:
            pieces.append(f"{values[-1]:06b}")
        set_bits = np.flatnonzero(np.frombuffer("".join(pieces).encode(), np.uint8) == ord("1"))
        changed: Words = np.bitwise_xor.reduce(_differences(self.version)[self.header + set_bits], axis=0)
        return self.base ^ changed

    def _table(self, at: int, bits: int) -> Words:
        """For each value of the piece `at` that many characters: what it changes."""
        end = self.header + 11 * (at // 2) + bits
        table = np.zeros((1 << bits, len(self.base)), np.uint64)
        for low in range(bits):
            half = 1 << low
            np.bitwise_xor(table[:half], _differences(self.version)[end - 1 - low], out=table[half : 2 * half])
        return table

    def are_the_library_s(self) -> bool:
        """Whether the library draws as we reckon, tried on two payloads, so that a library that has changed shows."""
        whole = (ALPHABET * (self.length // len(ALPHABET) + 1))[: self.length]
        return all(int.from_bytes(self.of([one])[0], "big") == self._drawn(one) for one in (whole, whole[::-1]))

    def _drawn(self, payload: str) -> int:
        """By the library."""
        return _bits(
            segno.make(
                payload, error=LEVEL, version=self.version, mask=self.mask, mode="alphanumeric", boost_error=False
            )
        )


@lru_cache(maxsize=16)
def symbols_of(length: int) -> Symbols | None:
    """Once a process; None where the library draws otherwise than we reckon."""
    found = Symbols(length)
    return found if found.are_the_library_s() else None


def _by_length(payloads: Iterable[str]) -> list[list[str]]:
    """Sorted. Codes from before there were signatures are shorter. Small letters and the like are the library's."""
    found: dict[int, list[str]] = {}
    for payload in sorted(set(payloads)):
        if payload and set(payload) <= VALUE.keys():
            found.setdefault(len(payload), []).append(payload)
    return list(found.values())


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
