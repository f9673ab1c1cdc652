"""Invented schools in the eight counties and districts of Chuzhou."""

import random
from dataclasses import dataclass

from pypinyin import lazy_pinyin

from awards.demo import words
from awards.demo.chance import pick

KINDS = ("小学", "小学", "中学", "初中", "幼儿园", "一贯", "小学", "高中", "中职", "小学")


@dataclass(frozen=True)
class School:
    name: str
    name_en: str
    district: str
    kind: str
    weight: float

    @property
    def divisions(self) -> tuple[str, ...]:
        return words.STAGES[self.kind]


def schools(rng: random.Random) -> list[School]:
    """About sixty. Few send many entries, many send few."""
    names = (words.PLACE_WORDS + " " + words.VIRTUE_WORDS).split()
    rng.shuffle(names)
    found = []
    for district, place, count, weight, _ in words.DISTRICTS:
        for kind in kinds(count):
            found.append(school(rng, district, place, kind, names.pop(), weight))
    return found


def kinds(count: int) -> tuple[str, ...]:
    """Seven schools have every stage but the vocational; larger districts have more of them."""
    return tuple(sorted((KINDS[:6] + KINDS[7:8] + KINDS[6:7] + KINDS[8:])[:count], key=list(words.STAGES).index))


def school(rng: random.Random, district: str, place: str, kind: str, word: str, weight: float) -> School:
    is_place = word in words.PLACE_WORDS.split() and place.endswith(("市", "县"))
    ending = rng.choice([one for one in words.ENDINGS[kind] if is_place or one[0] not in "路镇"])
    english = "".join(lazy_pinyin(word)).capitalize()
    size = weight * (0.25 + 2.0 * rng.random() ** 2)
    return School(f"{place}{word}{ending}", f"{english} {words.ENDINGS_EN[kind]}", district, kind, size)


def pick_school(rng: random.Random, among: list[School], division: str) -> School:
    return pick(rng, [(one, one.weight) for one in among if division in one.divisions])
