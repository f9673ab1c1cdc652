"""Invented people: names as varied as in a real list, never two people of one name in a school."""

import random
import re
from dataclasses import dataclass, field

from awards.demo import words
from awards.demo.chance import pick

EVERY = 9  # the special names are spread over the students, one to so many
SURNAMES = [(found[1], float(found[2])) for found in re.finditer(r"(\D+?)([\d.]+)(?:\s|$)", words.SURNAMES)]

AVOIDED = frozenset(words.AVOIDED.split())


@dataclass(frozen=True)
class Person:
    name: str
    school: str
    kind: str  # student, tutor, judge, member


def surname(rng: random.Random) -> str:
    return rng.choice(words.COMPOUND.split()) if rng.random() < 0.01 else pick(rng, SURNAMES)


def student_name(rng: random.Random) -> str:
    kind = rng.random()
    if kind < 0.13:
        return surname(rng) + rng.choice(words.STUDENT_ONE.split())
    if kind < 0.19:
        return surname(rng) + rng.choice(words.TWINS.split()) * 2
    first, last = rng.choice(words.STUDENT_FIRST.split()), rng.choice(words.STUDENT_LAST.split())
    return surname(rng) + first + last


def adult_name(rng: random.Random) -> str:
    if rng.random() < 0.22:
        return surname(rng) + rng.choice(words.ADULT_ONE.split())
    return surname(rng) + rng.choice(words.ADULT_FIRST.split()) + rng.choice(words.ADULT_LAST.split())


def rare_name(rng: random.Random, rare: str) -> str:
    given = rng.choice((rare, rng.choice(words.STUDENT_FIRST.split()) + rare, rare + "然"))
    return surname(rng) + given


def special_names(rng: random.Random) -> list[str]:
    """Names that a list must carry: every rare character, every compound surname, names with a dot."""
    rare = [rare_name(rng, one) for one in words.RARE.split()]
    compound = [one + rng.choice(words.STUDENT_FIRST.split()) for one in words.COMPOUND.split()]
    compound += [
        one + rng.choice(words.STUDENT_FIRST.split()) + rng.choice(words.STUDENT_LAST.split())
        for one in rng.sample(words.COMPOUND.split(), 2)
    ]
    given, father = words.STEPPE_GIVEN.split(), words.STEPPE_FATHER.split()
    dotted = [f"{a}·{b}" for a, b in zip(rng.sample(given, 4), rng.sample(father, 4), strict=True)]
    found = rare + compound + dotted
    rng.shuffle(found)
    return found


@dataclass
class People:
    """Hands out people. `taken`: the names in use at each school, whatever their kind."""

    rng: random.Random
    taken: dict[str, set[str]] = field(default_factory=dict)
    special: list[str] = field(default_factory=list)
    students: int = 0

    def __post_init__(self) -> None:
        self.special = special_names(self.rng)

    def student(self, school: str) -> Person:
        self.students += 1
        if self.special and self.students % EVERY == 0:
            return self.keep(self.special.pop(), school, "student")
        return self.new(school, "student")

    def new(self, school: str, kind: str) -> Person:
        make = student_name if kind == "student" else adult_name
        used = self.taken.setdefault(school, set())
        name = make(self.rng)
        while name in used or name in AVOIDED:
            name = make(self.rng)
        return self.keep(name, school, kind)

    def keep(self, name: str, school: str, kind: str) -> Person:
        """A name given from outside; a special one that is taken already gets another syllable."""
        used = self.taken.setdefault(school, set())
        while name in used:
            name += self.rng.choice(words.STUDENT_LAST.split())
        used.add(name)
        return Person(name, school, kind)
