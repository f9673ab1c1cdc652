"""Cells of an .xlsx whose formula failed: the reader shows them as blanks, and a blank means something else."""

import io
import re
import zipfile

SHEET = re.compile(rb'<sheet\b[^>]*?\bname="([^"]*)"[^>]*?\br:id="([^"]*)"')
RELATION = re.compile(rb"<Relationship\b[^>]*>")
FAILED = re.compile(
    rb'<c\b(?=[^>]*\bt="e")[^>]*\br="([A-Z]+)(\d+)"[^>]*>(?:<f[^>]*>[^<]*</f>|<f[^>]*/>)?<v>([^<]*)</v>'
)
LARGEST = 256 * 1024 * 1024  # of one sheet unpacked; a larger one is left to the reader


def broken_cells(data: bytes) -> dict[str, dict[tuple[int, int], str]]:
    """Sheet title -> (row, column from 0) -> the error as shown; empty for other kinds of file."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            return {title: failures(book, part) for title, part in parts_of(book).items()}
    except (zipfile.BadZipFile, KeyError, OSError, ValueError):
        return {}


def parts_of(book: zipfile.ZipFile) -> dict[str, str]:
    """Sheet title -> its part in the archive."""
    targets = {}
    for relation in RELATION.findall(book.read("xl/_rels/workbook.xml.rels")):
        names = dict(re.findall(rb'\b(Id|Target)="([^"]*)"', relation))
        targets[names[b"Id"]] = names[b"Target"].decode().removeprefix("/xl/").removeprefix("xl/")
    sheets = SHEET.findall(book.read("xl/workbook.xml"))
    return {title.decode(): f"xl/{targets[key]}" for title, key in sheets if key in targets}


def failures(book: zipfile.ZipFile, part: str) -> dict[tuple[int, int], str]:
    if book.getinfo(part).file_size > LARGEST:
        return {}
    return {
        (int(row) - 1, column_index(letters.decode())): shown.decode()
        for letters, row, shown in FAILED.findall(book.read(part))
    }


def column_index(letters: str) -> int:
    """A -> 0, AA -> 26."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1
