"""Alternative forms of glyphs: only the one-for-one substitutions of the OpenType table GSUB."""

from __future__ import annotations

import struct

from awards.pdf.opentype import Face

SINGLE, EXTENSION = 1, 7


def alternates(face: Face, feature: bytes) -> dict[int, int]:
    """Glyph to glyph under a feature such as b"pwid"; the first record of that feature decides."""
    data, start = face.data, face.tables[b"GSUB"]
    features, lookups = struct.unpack_from(">HH", data, start + 6)
    features, lookups = start + features, start + lookups
    for row in range(struct.unpack_from(">H", data, features)[0]):
        tag, offset = struct.unpack_from(">4sH", data, features + 2 + 6 * row)
        if tag == feature:
            at = features + offset
            count = struct.unpack_from(">H", data, at + 2)[0]
            found: dict[int, int] = {}
            for lookup in struct.unpack_from(f">{count}H", data, at + 4):
                found |= _lookup(face, lookups + struct.unpack_from(">H", data, lookups + 2 + 2 * lookup)[0])
            return found
    return {}


def _lookup(face: Face, at: int) -> dict[int, int]:
    kind, _, count = struct.unpack_from(">HHH", face.data, at)
    found: dict[int, int] = {}
    for offset in struct.unpack_from(f">{count}H", face.data, at + 6):
        inner, table = kind, at + offset
        if inner == EXTENSION:
            _, inner, far = struct.unpack_from(">HHI", face.data, table)
            table += far
        if inner == SINGLE:
            found |= _single(face, table)
    return found


def _single(face: Face, at: int) -> dict[int, int]:
    form, coverage, third = struct.unpack_from(">HHH", face.data, at)
    covered = _coverage(face, at + coverage)
    if form == 1:  # `third` is what to add
        return {glyph: (glyph + third) & 0xFFFF for glyph in covered}
    return dict(zip(covered, struct.unpack_from(f">{third}H", face.data, at + 6), strict=True))


def _coverage(face: Face, at: int) -> list[int]:
    form, count = struct.unpack_from(">HH", face.data, at)
    if form == 1:
        return list(struct.unpack_from(f">{count}H", face.data, at + 4))
    glyphs: list[int] = []
    for row in range(count):
        first, last, _ = struct.unpack_from(">HHH", face.data, at + 4 + 6 * row)
        glyphs += range(first, last + 1)
    return glyphs
