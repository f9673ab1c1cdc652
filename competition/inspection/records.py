"""Records inside the streams of old Office documents: where they lie, and the text of a Word document."""

import struct
from collections.abc import Iterator

from competition.inspection.kinds import Unfit

WORD_MARK = (0xA5EC, 0xA5DC, 0xA697, 0xA699)  # Word 97 and later; 95; 95 in Chinese and Japanese
WORD_97 = 0xA5EC
CONTAINER, DOCUMENT = 0xF, 0x03E8
CLX = 33  # number of the pair (place, length) of the piece table in the document's head
PAIRS = 0x9A
IS_LATIN = 0x40000000


def book_records(data: bytes) -> Iterator[tuple[int, int, int]]:
    """(kind, place, length) of the records of a workbook stream."""
    place = 0
    while place + 4 <= len(data):
        kind, length = struct.unpack_from("<HH", data, place)
        yield kind, place + 4, min(length, len(data) - place - 4)
        place += 4 + length


def slide_records(data: bytes, deep: bool = False) -> Iterator[tuple[int, int, int, int]]:
    """(kind, instance, place, length) of the records of a presentation stream; `deep`: those inside others too."""
    place = 0
    while place + 8 <= len(data):
        head, kind, length = struct.unpack_from("<HHI", data, place)
        yield kind, head >> 4, place + 8, min(length, len(data) - place - 8)
        place += 8 if deep and head & 0xF == CONTAINER else 8 + length


def last_document(slides: bytes) -> bytes:
    """What is inside the last document record: each quick save appends another."""
    found = b""
    for kind, _, place, length in slide_records(slides):
        if kind == DOCUMENT:
            found = slides[place : place + length]
    return found


def pair(document: bytes, number: int) -> tuple[int, int]:
    """(place in the table stream, length) of one of the tables that a Word document's head lists."""
    place, length = struct.unpack_from("<II", document, PAIRS + 8 * number)
    return place, length


def word_text(document: bytes, table: bytes) -> str:
    """All text of a .doc, with head, foot, notes and the marks of fields, by its piece table; "" before Word 97."""
    if int.from_bytes(document[:2], "little") != WORD_97:
        return ""
    place, length = pair(document, CLX)
    clx = table[place : place + length]
    at = 0
    while at < len(clx) and clx[at] == 1:  # formatting that precedes the pieces
        at += 3 + int.from_bytes(clx[at + 1 : at + 3], "little")
    if at >= len(clx) or clx[at] != 2:
        raise Unfit("broken")
    pieces = clx[at + 5 :]
    count = (len(pieces) - 4) // 12
    ends = struct.unpack_from(f"<{count + 1}I", pieces)
    found = []
    for number in range(count):
        (start,) = struct.unpack_from("<I", pieces, 4 * (count + 1) + 8 * number + 2)
        found.append(piece(document, start, ends[number + 1] - ends[number]))
    return "".join(found)


def piece(document: bytes, start: int, length: int) -> str:
    if start & IS_LATIN:
        start = (start & ~IS_LATIN) // 2
        return document[start : start + max(0, length)].decode("cp1252", "replace")
    return document[start : start + 2 * max(0, length)].decode("utf-16-le", "replace")


# Ends of paragraphs, cells and lines; fields and places of pictures are no text.
MARKS = {7: "\t", 11: "\n", 12: "\n", 13: "\n", 1: None, 2: None, 5: None, 8: None, 19: None, 20: None, 21: None}
