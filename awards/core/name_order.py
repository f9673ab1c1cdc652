"""Names in an order: by pinyin as dictionaries have them (GB/T 13418), by strokes as official lists have them."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from awards.core.phonetics import COMPOUND, SURNAMES, readings

Key = tuple[Any, ...]
LAST = 1 << 30


def parts_of(name: str) -> tuple[str, str]:
    """(surname, given name). A name whose surname nobody knows is parted after its first character."""
    text = name.strip()
    at = 2 if text[:2] in COMPOUND and len(text) > 2 else 1
    return text[:at], text[at:]


def stroke_key(name: str, strokes: Mapping[str, int]) -> Key:
    """By strokes of the surname, then names of one character before longer ones, then stroke by stroke.

    strokes   character -> its place among all, by number of strokes and then by their kind 横竖撇点折
    """
    surname, given = parts_of(name)
    of_surname = tuple(stroke_place(char, strokes) for char in surname)
    return of_surname, len(given) > 1, tuple(stroke_place(char, strokes) for char in given)


def stroke_place(char: str, strokes: Mapping[str, int]) -> tuple[int, int]:
    """Characters of which the strokes are not known come last, by their code."""
    return strokes.get(char, LAST), ord(char)


def pinyin_key(name: str, strokes: Mapping[str, int]) -> Key:
    """Syllable by syllable with its tone; characters of one sound by their strokes; Latin letters before Chinese."""
    surname, given = parts_of(name)
    sounds = surname_sounds(surname) + tuple(sound(char) for char in given)
    return tuple((*one, *stroke_place(char, strokes)) for one, char in zip(sounds, surname + given, strict=True))


def surname_sounds(surname: str) -> tuple[tuple[int, str], ...]:
    known = COMPOUND.get(surname) or (SURNAMES[surname][:1] if surname in SURNAMES else None)
    if known is None or len(known) != len(surname):
        return tuple(sound(char) for char in surname)
    return tuple((1, plain(one)) for one in known)


@lru_cache(maxsize=16384)
def sound(char: str) -> tuple[int, str]:
    """(0, letter) of what is no Chinese character, else (1, syllable with the number of its tone)"""
    found = readings(char)
    return (1, plain(found[0])) if found else (0, char.casefold())


MARKED = {
    mark: (letter, tone)
    for letter, marks in {"a": "āáǎà", "e": "ēéěè", "i": "īíǐì", "o": "ōóǒò", "u": "ūúǔù", "uz": "ǖǘǚǜ"}.items()
    for tone, mark in enumerate(marks, 1)
}


def plain(syllable: str) -> str:
    """shàn -> shan4, which sorts"""
    tone = next((MARKED[char][1] for char in syllable if char in MARKED), 5)
    letters = "".join(MARKED[char][0] if char in MARKED else char for char in syllable)
    return letters.replace("ü", "uz") + str(tone)  # lü after lu
