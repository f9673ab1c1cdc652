"""Characters and faces: what may be printed, how wide it is, and the codes a document gives it.

Two faces, "serif" (Noto Serif SC) and "sans" (Noto Sans SC), both from a package and never from the
machine, so that bytes are equal everywhere. A character that its face lacks is taken from the other one;
a character that neither has is never printed as a box: `uncovered` names it, `GlyphMissing` stops the run.
"""

from __future__ import annotations

import re
import unicodedata
from codecs import utf_16_be_encode
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain, groupby, islice

import pylopdf_fonts_zh_cn as package

from awards.pdf.gsub import alternates
from awards.pdf.opentype import SMALL_FORMS, Face
from awards.pdf.private_use import FROM_PRIVATE

FACES = ("serif", "sans")
CHAIN = {"serif": ("serif", "sans"), "sans": ("sans", "serif")}
EM = 1000  # advances are in thousandths of an em

# Forms that have no code point of their own get one of plane 16 inside this package: what it stands for.
# In Chinese text quotes are as wide as an ideograph, in Latin text narrow; —— is one stroke, not two.
DASH = "\U00100000"
STANDS_FOR = {DASH: "——"} | {chr(0x100000 + ord(quote)): quote for quote in "‘’“”…"}
_NARROW = {ord(real): variant for variant, real in STANDS_FOR.items() if variant != DASH}
# What is printed as it is typed, and every character as wide as an em: so most names and sentences.
EVEN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff，。、；：！？《》（）“”]*")
_PLAIN = re.compile("[ -~\u3400-\u4dbf\u4e00-\u9fff，。、；：！？《》（）]*")
_PRIVATE = re.compile("[" + "".join(map(chr, sorted(FROM_PRIVATE))) + "]")
_IDEOGRAPH = re.compile("[\u2e80-\uffef\U00020000-\U0003ffff]")
_APOSTROPHE = re.compile("(?<=[A-Za-z0-9])’(?=[A-Za-z])")
_SPECIAL = re.compile("[‘’“”…]|——")


class GlyphMissing(ValueError):
    """A text has characters that no face can show.

    characters   those characters
    where        what carries them, in the caller's words: a certificate's number, a table's title
    """

    def __init__(self, characters: frozenset[str], where: str) -> None:
        self.characters, self.where = characters, where
        listed = " ".join(f"{character!r} U+{ord(character):04X}" for character in sorted(characters))
        super().__init__(f"{where}: no font has {listed}")


def normalise(text: str) -> str:
    """NFC, and characters at the private code points of GBK and GB 18030-2000 at their real ones."""
    if text.isascii():
        return text
    if _PRIVATE.search(text):
        text = text.translate(FROM_PRIVATE)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


@cache
def face(name: str) -> Face:
    """The face "serif" or "sans"."""
    return Face(package.serif_path() if name == "serif" else package.sans_path())


@cache
def _narrow_forms(name: str) -> dict[int, int]:
    return alternates(face(name), b"pwid")


def _small_form(chosen: Face, character: str) -> int:
    """A glyph made from that of the full-size character, for ₂ and ⁻ and their like; else 0."""
    kind, _, base = unicodedata.decomposition(character).partition(" ")
    if kind not in SMALL_FORMS or " " in base:
        return 0
    glyph = chosen.glyph_of(chr(int(base, 16)))
    return glyph and glyph | SMALL_FORMS[kind]


@cache
def glyph_in(name: str, character: str) -> int:
    """Glyph that shows the character in a face; 0 where it has none or one without an outline."""
    chosen, real = face(name), STANDS_FOR.get(character, character)
    if character == DASH:
        glyph = chosen.glyph_of("⸺")
    else:
        glyph = chosen.glyph_of(real)
        if character != real:
            glyph = _narrow_forms(name).get(glyph, glyph)
        elif not glyph:
            glyph = _small_form(chosen, character)
    blank = unicodedata.category(real[0]) == "Zs"
    return glyph if glyph and (blank or chosen.draws(glyph)) else 0


@cache
def face_of(first: str, character: str) -> str | None:
    """The face of the chain beginning with `first` that shows the character; None where there is none."""
    return next((name for name in CHAIN[first] if glyph_in(name, character)), None)


def uncovered(text: str) -> frozenset[str]:
    """Characters of a normalised text that no face shows: not mapped, or mapped to an empty outline.

    A line feed is not a character to show; every text of this package that may have paragraphs takes it.
    """
    return frozenset(character for character in set(text) if character != "\n" and face_of("serif", character) is None)


def missing_from(texts: Iterable[str]) -> frozenset[str]:
    """Characters that no face shows, of texts as they come; each is normalised by itself."""
    return uncovered(normalise("\n".join(texts)))  # nothing combines across a line feed


def prepared(text: str) -> str:
    """A text as it is printed: normalised, with the forms of its language."""
    return text if _PLAIN.fullmatch(text) else typeset(normalise(text))


def typeset(text: str) -> str:
    """The text with the forms that suit its language; `STANDS_FOR` gives each form's real characters."""
    if not _SPECIAL.search(text):
        return text
    if not _IDEOGRAPH.search(text):
        return text.translate(_NARROW)
    return _APOSTROPHE.sub(chr(_NARROW_APOSTROPHE), text).replace("——", DASH)


_NARROW_APOSTROPHE = ord(_NARROW[ord("’")])


class Advances(dict[str, int]):
    """Width of a character in thousandths of an em, as printed by the chain of a face."""

    def __init__(self, first: str) -> None:
        super().__init__()
        self.first = first

    def __missing__(self, character: str) -> int:
        name = face_of(self.first, character) or self.first
        self[character] = width = face(name).advance(glyph_in(name, character))
        return width


ADVANCES = {name: Advances(name) for name in FACES}


def width(text: str, name: str = "serif") -> int:
    """Width of a line in thousandths of an em."""
    if EVEN.fullmatch(text):
        return len(text) * EM
    return sum(map(ADVANCES[name].__getitem__, text))


def plain_codes() -> Iterator[int]:
    """Two-byte codes whose bytes need no escape in a PDF string and that are no surrogates, ascending."""
    special = frozenset(b"()\\\r")
    for high in range(256):
        if high not in special and not 0xD8 <= high <= 0xDF:
            yield from (high << 8 | low for low in range(256) if low not in special and high | low)


_FEW = tuple(islice(plain_codes(), 1 << 10))  # those of most documents


def _codes() -> Iterator[int]:
    return chain(_FEW, islice(plain_codes(), len(_FEW), None))


class FontBook:
    """The characters of one document and their codes: one subset a face, one code a character.

    characters   face name to the characters of that subset, as they first come in the texts: what is said first in
                 all documents has the same codes in all
    codes        face name to code point to code
    """

    def __init__(self, texts: dict[str, Iterable[str]]) -> None:
        """texts: face name to typeset texts that ask for it first.

        raises   GlyphMissing where no face has a character; callers check before and know better where
        """
        wanted: dict[str, dict[str, None]] = {name: {} for name in FACES}
        self.strays: dict[str, frozenset[str]] = {}
        for first in FACES:
            asked = dict.fromkeys(chain.from_iterable(texts.get(first, ())))
            found = {character: face_of(first, character) for character in asked if character != "\n"}
            for character, name in found.items():
                if name is None:
                    raise GlyphMissing(frozenset(character), "document")
                wanted[name][character] = None
            self.strays[first] = frozenset(character for character, name in found.items() if name != first)
        self.characters = {name: tuple(wanted[name]) for name in FACES}
        self.codes = {name: dict(zip(map(ord, self.characters[name]), _codes(), strict=False)) for name in FACES}

    def runs(self, text: str, first: str) -> list[tuple[str, bytes]]:
        """The text as (face name, codes) in order; the codes stand in a PDF string as they are."""
        if (codes := self.one_run(text, first)) is not None:
            return [(first, codes)]
        return [
            (name or first, utf_16_be_encode("".join(run).translate(self.codes[name or first]))[0])
            for name, run in groupby(text, lambda character: face_of(first, character))
        ]

    def one_run(self, text: str, first: str) -> bytes | None:
        """The codes of a text that one face shows; None where it takes two."""
        strays = self.strays[first]
        if not strays or strays.isdisjoint(text):
            return utf_16_be_encode(text.translate(self.codes[first]))[0]
        return None
