"""Whether two names may mean the same school. A person decides; here it is only asked whether to ask."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from pypinyin import lazy_pinyin
from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import ratio

from competition.core.cells import SEPARATORS

NOISE = re.compile(r"[\s()（）\[\]【】〔〕·・,，.。'\"“”‘’\-—_/]+")
AREAS = re.compile(r"[省市县区]|第(?=[一二三四五六七八九十百\d])")
MIDDLE = re.compile(r"[初高]级?中学?|中学")
NUMERALS = re.compile(r"[一二三四五六七八九十百]+|\d+")
SIDES = re.compile(r"[东西南北]")
DIGITS = str.maketrans("0123456789", "〇一二三四五六七八九")
# The longer words first.
STAGES = {
    "幼儿园": "kindergarten", "初级中": "junior", "高级中": "senior", "初中": "junior", "高中": "senior",
    "小学": "primary", "中学": "middle", "大学": "university", "职": "vocational",
}  # fmt: skip
TOGETHER = {frozenset({"middle", "junior"}), frozenset({"middle", "senior"}), frozenset({"vocational", "middle"}),
            frozenset({"vocational", "senior"})}  # fmt: skip
NEAR = 80  # of 100, by rapidfuzz's ratio
LEAST = 4  # in shorter names one other character is another name
MOST = 3


def split_names(text: str) -> tuple[str, ...]:
    """Several names in a cell or a field, each once: set apart by 、 , ; or a new line."""
    return tuple(dict.fromkeys(name for part in SEPARATORS.split(text) if (name := part.strip())))


@lru_cache(maxsize=8192)
def plain(name: str) -> str:
    """Width, case, spaces, brackets and marks do not count."""
    return NOISE.sub("", unicodedata.normalize("NFKC", name)).casefold()


@lru_cache(maxsize=8192)
def short(name: str) -> str:
    """晴川市第一中学 -> 晴川一中: without what people leave out."""
    text = AREAS.sub("", plain(name).translate(DIGITS))
    return MIDDLE.sub("中", text).replace("小学", "小")


@lru_cache(maxsize=8192)
def sound(name: str) -> tuple[str, ...]:
    return tuple(lazy_pinyin(name))


def stage(name: str) -> str:
    text = plain(name)
    for word, meant in STAGES.items():
        if word in text:
            return meant
    return {"小": "primary", "中": "middle"}.get(text[-1:], "")


def are_told_apart(one: str, other: str, unit: str = "") -> bool:
    """By their number, by a side of the sky, or by the stage of school: 第一中学 is no slip of the pen for 第二中学."""
    for telling in (NUMERALS, SIDES):
        mine, theirs = (telling.findall(own_part(name, unit)) for name in (one, other))
        if mine and theirs and mine != theirs:
            return True
    stages = frozenset({stage(one), stage(other)} - {""})
    return len(stages) == 2 and stages not in TOGETHER


def likeness(one: str, other: str, unit: str = "") -> int:
    """0 where the two do not seem to be one school, else up to 100.

    unit     the name of the unit of both: up to its end names do not count, else all of 晴川市东区… were alike
    """
    if plain(one) == plain(other):
        return 100
    if are_told_apart(one, other, unit):
        return 0
    mine, theirs = own_part(one, unit), own_part(other, unit)
    if mine == theirs:
        return 99
    if sound(mine) == sound(theirs):
        return 95
    close = round(ratio(mine, theirs))
    if close >= NEAR:
        return close
    if is_tail(mine, theirs) or is_tail(theirs, mine):
        return NEAR
    is_slip = min(len(mine), len(theirs)) >= LEAST and Levenshtein.distance(mine, theirs) == 1
    return close if is_slip else 0


def is_tail(shorter: str, longer: str) -> bool:
    """实验中学 of 晴川市实验中学: the town in front is left out."""
    return len(shorter) >= LEAST - 1 and longer.endswith(shorter)


def own_part(name: str, unit: str) -> str:
    """What stands behind the unit's name."""
    text = short(name)
    rest = text.partition(short(unit))[2] if unit else ""
    return rest if len(rest) >= 2 else text


def likest(name: str, known: Iterable[str], unit: str = "", most: int = MOST) -> list[str]:
    """The known names that may mean the same, the nearest first."""
    found: Sequence[tuple[int, str]] = [
        (-score, other) for other in dict.fromkeys(known) if (score := likeness(name, other, unit))
    ]
    return [other for _, other in sorted(found)[:most]]
