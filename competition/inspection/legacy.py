"""Office documents of yesterday (.doc, .xls, .ppt; WPS writes them too), in the child."""

import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from competition.inspection.compound import STREAM, Compound
from competition.inspection.kinds import FileKind, Limits, Unfit
from competition.inspection.legacy_copy import blank
from competition.inspection.records import MARKS, WORD_MARK, book_records, last_document, slide_records, word_text
from competition.inspection.signatures import OLE_TYPES, Family, is_program
from competition.inspection.zipped import UNREADABLE

MB = 1 << 20
MAIN = {
    FileKind.WORD: ("WordDocument",),
    FileKind.SHEET: ("Workbook", "Book"),
    FileKind.SLIDES: ("PowerPoint Document",),
}
MACROS = frozenset({"vba", "_vba_project", "_vba_project_cur", "macros"})
WORD_ENCRYPTED = 0x0100
BOOK_ENCRYPTED, BOOK_SHEET, BOOK_END, BOOK_LINK = 0x2F, 0x85, 0x0A, 0x01AE
DDE_FIELD = re.compile("\x13\\s*DDE(AUTO)?\\b", re.IGNORECASE)
SHEET_OF_MACROS, SHEET_OF_BASIC = 1, 6
SLIDES_ENCRYPTED = b"\xdf\xc4\xd1\xf3"
OBJECT_RECORD, CHARS, LATIN_CHARS, SLIDE_LIST, SLIDE_ITEM = 0x1011, 0x0FA0, 0x0FA8, 0x0FF0, 0x03F3
MOST_TEXT = 20_000_000
MOST_OBJECT = 64 * MB
MOST_DEPTH = 3


def inspected(path: Path, family: Family, limits: Limits) -> dict[str, Any]:
    compound = Compound(path.read_bytes())
    kind = kind_of(compound)
    if kind not in limits.kinds:
        raise Unfit("kind-not-allowed", kind=kind)
    require_open(compound, kind)
    require_no_dde(compound, kind)
    require_harmless(compound)
    pages = slide_count(compound) or None if kind is FileKind.SLIDES else None
    if pages and limits.max_pages is not None and pages > limits.max_pages:
        raise Unfit("too-many-pages", found=pages, most=limits.max_pages)
    return {"kind": kind, "media_type": OLE_TYPES[kind], "pages": pages}


def kind_of(compound: Compound) -> FileKind:
    if compound.find("EncryptedPackage"):
        raise Unfit("encrypted")
    for kind, streams in MAIN.items():
        if compound.find(*streams):
            return kind
    raise Unfit("unknown-kind", found="ole")


def require_no_dde(compound: Compound, kind: FileKind) -> None:
    """Fields and links that start programs (Dynamic Data Exchange)."""
    data = main_stream(compound, kind)
    if kind is FileKind.WORD and DDE_FIELD.search(word_text(data, table_of(compound))):
        raise Unfit("has-script", found="DDE")
    if kind is FileKind.SHEET:
        for one, place, length in book_records(data):
            if one == BOOK_LINK and is_dde(data[place : place + length]):
                raise Unfit("has-script", found="DDE")


def is_dde(link: bytes) -> bool:
    """link  number of sheets, length of the address (or a mark: this workbook, an add-in), is it wide, the address:
    of another workbook from its first character 1 on; of DDE and OLE the program, character 3, the topic"""
    if len(link) < 6 or link[2:4] in (b"\x01\x04", b"\x01\x3a"):
        return False
    address = link[5:].decode("utf-16-le" if link[4] & 1 else "latin-1", "replace")
    return "\3" in address and not address.startswith("\1")


def main_stream(compound: Compound, kind: FileKind) -> bytes:
    entry = compound.find(*MAIN[kind])
    return compound.read(entry) if entry else b""


def require_open(compound: Compound, kind: FileKind) -> None:
    """Encrypted in the format's own old way; and that its main stream begins as it must."""
    data = main_stream(compound, kind)
    match kind:
        case FileKind.WORD:
            if len(data) < 32 or int.from_bytes(data[:2], "little") not in WORD_MARK:
                raise Unfit("broken")
            encrypted = bool(int.from_bytes(data[10:12], "little") & WORD_ENCRYPTED)
        case FileKind.SHEET:
            encrypted = require_plain_sheets(data)
        case _:
            user = compound.find("Current User")
            encrypted = user is not None and compound.read(user)[12:16] == SLIDES_ENCRYPTED
    if encrypted:
        raise Unfit("encrypted")


def require_plain_sheets(data: bytes) -> bool:
    """Whether the workbook is encrypted. Sheets of macros (Excel 4) are refused."""
    if data[:1] != b"\x09":
        raise Unfit("broken")
    for kind, place, length in book_records(data):
        if kind == BOOK_ENCRYPTED:
            return True
        if kind == BOOK_END:
            break
        if kind == BOOK_SHEET and length > 5 and data[place + 5] in (SHEET_OF_MACROS, SHEET_OF_BASIC):
            raise Unfit("has-script", found="macros")
    return False


def require_harmless(compound: Compound, depth: int = 0) -> None:
    for entry in compound.entries:
        if entry.name.lower() in MACROS:
            raise Unfit("has-script", found="macros")
        if entry.kind == STREAM and entry.name.lower() == "\x01ole10native":
            require_no_program(compound.read(entry))
    slides = compound.find(*MAIN[FileKind.SLIDES])
    if slides and depth < MOST_DEPTH:
        for data in objects_of(compound.read(slides)):
            require_harmless_inside(data, depth + 1)


def require_no_program(packed: bytes) -> None:
    """A file dropped into a document: size, flags, label, name, …, temporary name, size, its bytes."""
    names = packed[6:1030].split(b"\0")[:2]
    for name in names:
        if is_program(name.decode("gb18030", "replace"), b""):
            raise Unfit("has-script", found=name.decode("gb18030", "replace"))
    if b"MZ" in packed[:2048] and b"This program" in packed[:4096]:
        raise Unfit("has-script", found="exe")


def objects_of(slides: bytes) -> Iterator[bytes]:
    """Documents and macros inside a presentation: each a compressed compound file."""
    for kind, instance, place, length in slide_records(slides):
        if kind != OBJECT_RECORD:
            continue
        if instance:
            unpacker = zlib.decompressobj()
            data = unpacker.decompress(slides[place + 4 : place + length], MOST_OBJECT)
            if unpacker.unconsumed_tail:
                raise Unfit("bomb", size=MOST_OBJECT)
            yield data
        else:
            yield slides[place : place + length]


def require_harmless_inside(data: bytes, depth: int) -> None:
    try:
        require_harmless(Compound(data), depth)
    except Unfit as unfit:
        if unfit.code in ("has-script", "bomb"):
            raise
    except UNREADABLE:
        return


def slide_count(compound: Compound) -> int:
    data = last_document(main_stream(compound, FileKind.SLIDES))
    for kind, instance, place, length in slide_records(data):
        if kind == SLIDE_LIST and instance == 0:
            return sum(one == SLIDE_ITEM for one, *_ in slide_records(data[place : place + length]))
    return 0


def texts(path: Path, kind: FileKind) -> list[str]:
    """One page for a document or a presentation; a page a sheet for a workbook."""
    compound = of_kind(path.read_bytes(), kind)
    match kind:
        case FileKind.WORD:
            pages = [word_text(main_stream(compound, kind), table_of(compound)).translate(MARKS)]
        case FileKind.SLIDES:
            pages = [slides_text(main_stream(compound, kind))]
        case _:
            pages = sheets_text(path)
    if sum(map(len, pages)) > MOST_TEXT:
        raise Unfit("bomb")
    return pages


def table_of(compound: Compound) -> bytes:
    """The table stream that the document's head names: a file may have both."""
    flags = int.from_bytes(main_stream(compound, FileKind.WORD)[10:12], "little")
    table = compound.find("1Table" if flags & 0x0200 else "0Table")
    return compound.read(table) if table else b""


def slides_text(data: bytes) -> str:
    found = []
    for kind, _, place, length in slide_records(data, deep=True):
        if kind == CHARS:
            found.append(data[place : place + length].decode("utf-16-le", "replace"))
        elif kind == LATIN_CHARS:
            found.append(data[place : place + length].decode("latin-1"))
    return "\n".join(found)


def sheets_text(path: Path) -> list[str]:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(path)
    return [
        "\n".join("\t".join(map(str, filter(None, row))) for row in book.get_sheet_by_name(name).to_python())
        for name in book.sheet_names
    ]


def of_kind(data: bytes, kind: FileKind) -> Compound:
    compound = Compound(data)
    if (found := kind_of(compound)) is not kind:
        raise Unfit("kind-not-allowed", kind=found)
    require_open(compound, kind)
    return compound


def write_copy(path: Path, family: Family, kind: FileKind, to: Path) -> None:
    of_kind(path.read_bytes(), kind)
    to.write_bytes(bare(path.read_bytes()))


def bare(data: bytes) -> bytes:
    """The same file with names overwritten in place; also of an object inside a newer document."""
    compound = Compound(bytearray(data))
    blank(compound)
    return bytes(compound.data)
