"""What a sheet of a workbook looks like: its columns, by Chinese or English heading, in any order."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class Kind(Enum):
    TEXT = "text"
    INTEGER = "whole number"
    NUMBER = "number"
    YES_NO = "yes or no"
    CHOICE = "choice"
    DATE = "date"
    MOMENT = "date and time"
    NAME = "name"
    NAMES = "names"


@dataclass(frozen=True)
class Column:
    """One column. `name` is what the code calls it; `also` are other headings that mean the same."""

    name: str
    zh: str
    en: str
    kind: Kind = Kind.TEXT
    required: bool = False
    also: tuple[str, ...] = ()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    low: int | None = None
    high: int | None = None
    longest: int = 300
    help_zh: str = ""
    help_en: str = ""
    example: str = ""

    @property
    def headings(self) -> tuple[str, ...]:
        return (self.zh, self.en, self.name, *self.also)


@dataclass(frozen=True)
class SheetSpec:
    """One sheet. `is_record`: item and value side by side, no heading row; `open`: more columns mean something."""

    name: str
    zh: str
    en: str
    columns: tuple[Column, ...]
    also: tuple[str, ...] = ()
    required: bool = False
    is_record: bool = False
    open: bool = False
    help_zh: str = ""
    help_en: str = ""

    @property
    def titles(self) -> tuple[str, ...]:
        return (self.zh, self.en, self.name, *self.also)

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


BRACKETS = re.compile(r"[(\[【〔].*?[)\]】〕]")
NOISE = re.compile(r"[\s*:：_\-·/／、，,.。'\"“”‘’]+")


def plain_heading(text: str) -> str:
    """A heading without what people add to it: width, case, spaces, marks, remarks in brackets.

    A heading that is nothing but a bracket keeps what is inside it.
    """
    flat = unicodedata.normalize("NFKC", text).casefold()
    return NOISE.sub("", BRACKETS.sub("", flat)) or NOISE.sub("", flat)


def column_by_heading(spec: SheetSpec, heading: str) -> Column | None:
    wanted = plain_heading(heading)
    for column in spec.columns:
        if wanted in {plain_heading(known) for known in column.headings}:
            return column
    return None


def spec_by_title(specs: tuple[SheetSpec, ...], title: str) -> SheetSpec | None:
    wanted = plain_heading(title)
    for spec in specs:
        if wanted in {plain_heading(known) for known in spec.titles}:
            return spec
    return None


def letter(index: int) -> str:
    """Excel's letter of a column, 0 -> A."""
    text, index = "", index + 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(65 + rest) + text
    return text
