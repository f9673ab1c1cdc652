"""Names in old Office documents, overwritten in place: every stream keeps its length, so nothing else moves."""

import struct
from collections.abc import Callable

from competition.inspection.compound import STREAM, Compound, Entry
from competition.inspection.records import WORD_97, book_records, pair, slide_records

Change = Callable[[bytearray], None]

PROPERTIES = ("\x05summaryinformation", "\x05documentsummaryinformation")
# A property set with no property: byte order, version, system, class id, one section, its format, where it begins.
NO_PROPERTY = struct.pack("<HHI16sI16sI", 0xFFFE, 0, 0x00020006, bytes(16), 1, bytes(16), 48) + struct.pack("<II", 8, 0)

# Tables of a Word document that list people, by their number in the head.
REMARK_AUTHORS, TITLES, CHANGE_AUTHORS, SAVED_BY = 36, 32, 51, 71
WRITE_ACCESS, NOTE = 0x5C, 0x1C
REMARK, WORDS = 0x2EE0, 0x0FBA  # of a presentation: a remark, and words in it (0 its author, 2 initials)


def blank(compound: Compound) -> None:
    """Empty the properties and, in the document itself, who wrote, changed and remarked."""
    for entry in compound.entries:
        if entry.kind != STREAM:
            continue
        if entry.name.lower() in PROPERTIES:
            compound.overwrite(entry, NO_PROPERTY.ljust(entry.size, b"\0")[: entry.size])
        elif entry.name.lower() == "\x01ole10native":
            rewrite(compound, entry, blank_packed)
        elif entry.name == "Workbook":
            rewrite(compound, entry, blank_book)
        elif entry.name == "PowerPoint Document":
            rewrite(compound, entry, blank_slides)
        elif entry.name == "Current User":
            rewrite(compound, entry, blank_user)
        elif entry.name == "WordDocument":
            blank_word(compound, entry)


def rewrite(compound: Compound, entry: Entry, change: Change) -> None:
    data = bytearray(compound.read(entry))
    change(data)
    compound.overwrite(entry, bytes(data))


def spaces(data: bytearray, place: int, count: int, wide: bool) -> None:
    """Overwrite `count` characters; never past the end."""
    step = 2 if wide else 1
    count = max(0, min(count, (len(data) - place) // step))
    data[place : place + step * count] = (b" \0" if wide else b" ") * count


def blank_book(data: bytearray) -> None:
    """Who last had the workbook open; authors of remarks."""
    for kind, place, length in book_records(bytes(data)):
        if kind == WRITE_ACCESS and length >= 4:
            data[place : place + length] = b"\x01\0\0".ljust(length, b" ")
        elif kind == NOTE and length >= 11:
            count, is_wide = int.from_bytes(data[place + 8 : place + 10], "little"), bool(data[place + 10] & 1)
            spaces(data, place + 11, min(count, (length - 11) // (1 + is_wide)), is_wide)


def blank_slides(data: bytearray) -> None:
    for kind, _, place, length in slide_records(bytes(data), deep=True):
        if kind == REMARK:
            inside = bytes(data[place : place + length])
            for one, instance, at, size in slide_records(inside):
                if one == WORDS and instance in (0, 2):
                    spaces(data, place + at, size // 2, wide=True)


def blank_user(data: bytearray) -> None:
    """Head of 8 bytes, size, mark, place, length of the name, versions; the name; a version; the name again, wide."""
    if len(data) < 28:
        return
    count = int.from_bytes(data[20:22], "little")
    spaces(data, 28, count, wide=False)
    spaces(data, 28 + count + 4, count, wide=True)


def blank_packed(data: bytearray) -> None:
    """Of a file dropped into a document: the folders it came from, in bytes before it and in wide characters after."""
    label_end = data.find(b"\0", 6)
    path_end = data.find(b"\0", label_end + 1)
    if min(label_end, path_end) < 0:
        return
    spaces(data, label_end + 1, path_end - label_end - 1, wide=False)
    place = path_end + 5
    length = int.from_bytes(data[place : place + 4], "little")
    spaces(data, place + 4, length - 1, wide=False)
    place += 4 + length
    place += 4 + int.from_bytes(data[place : place + 4], "little")
    for is_path in (True, False, True):
        count = int.from_bytes(data[place : place + 4], "little")
        if is_path:
            spaces(data, place + 4, count, wide=True)
        place += 4 + 2 * count


def blank_word(compound: Compound, entry: Entry) -> None:
    document = compound.read(entry)
    flags = int.from_bytes(document[10:12], "little")
    table = compound.find("1Table" if flags & 0x0200 else "0Table")
    if table is None or int.from_bytes(document[:2], "little") != WORD_97:
        return
    data = bytearray(compound.read(table))
    for number in (TITLES, CHANGE_AUTHORS, SAVED_BY):
        blank_strings(data, *pair(document, number))
    place, length = pair(document, REMARK_AUTHORS)
    end = min(place + length, len(data))
    while place + 2 <= end:
        count = int.from_bytes(data[place : place + 2], "little")
        spaces(data, place + 2, min(count, (end - place - 2) // 2), wide=True)
        place += 2 + 2 * count
    compound.overwrite(table, bytes(data))


def blank_strings(data: bytearray, place: int, length: int) -> None:
    """A table of strings: FFFF for wide ones, how many, bytes that follow each, then each with its length."""
    end = min(place + length, len(data))
    if length < 6 or data[place : place + 2] != b"\xff\xff":
        return
    count, extra = struct.unpack_from("<HH", data, place + 2)
    place += 6
    for _ in range(count):
        if place + 2 > end:
            return
        size = int.from_bytes(data[place : place + 2], "little")
        spaces(data, place + 2, min(size, (end - place - 2) // 2), wide=True)
        place += 2 + 2 * size + extra
