"""A table as text: what Excel and WPS save as CSV or as Unicode text, of whatever country and system."""

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from itertools import islice

SEPARATORS = ",\t;"
LOOKED_AT = 10  # lines that tell the separator: a title may stand above the headings


def separated(data: bytes) -> list[list[str]]:
    """The cells, every line as wide as the widest. The separator is the one that makes most columns.

    raises   ValueError where it is no text, or no table
    """
    text = decoded(data)
    try:
        separator = max(SEPARATORS, key=lambda one: wide(islice(lines_of(text, one), LOOKED_AT)))
        lines = list(lines_of(text, separator))
    except csv.Error as fault:  # such as a quote that never ends
        raise ValueError("not a table") from fault
    most = wide(lines)
    return [[*line, *[""] * (most - len(line))] for line in lines]


def decoded(data: bytes) -> str:
    """UTF-8, GBK, or UTF-16 with its mark, as Excel saves “Unicode text”.

    raises   ValueError
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16")
    if b"\0" in data[:4096]:
        raise ValueError("not text")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def lines_of(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=None), delimiter=separator)


def wide(lines: Iterable[list[str]]) -> int:
    return max(map(len, lines), default=0)
