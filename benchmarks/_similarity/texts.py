"""Abstracts of one grammar with a seed, alike as unrelated works of one topic are."""

import random
import re
from dataclasses import dataclass

from _similarity import chinese, english

TOPICS = 300
SLOT = re.compile(r"\{(\w+)\}")
UNIT = re.compile(r"[A-Za-z0-9]+(?:[-.][A-Za-z0-9]+)*|\s|.")
SENTENCE = re.compile(r"(?<=[。？])|(?<=\. )")
Words = dict[str, list[str]]


@dataclass(frozen=True)
class Language:
    """A grammar: groups of templates, words and their modifiers by kind, synonyms, and openings of sentences."""

    groups: list[list[str]]
    words: Words
    modifiers: Words
    alike: dict[str, list[str]]
    asides: list[str]
    space: str

    @property
    def known(self) -> re.Pattern[str]:
        border = r"\b" if self.space else ""
        return re.compile("|".join(f"{border}{re.escape(word)}{border}" for word in self.alike))


def language(
    templates: str, words: dict[str, tuple[str, str]], alike: str, asides: str, space: str, between: str
) -> Language:
    synonyms = [one.split("|") for one in alike.strip().replace("\n", " ").split("; ")]
    return Language(
        groups=[group.strip().splitlines() for group in templates.split("\n\n")],
        words={kind: listed.split(between) for kind, (_, listed) in words.items()},
        modifiers={kind: first.split(between) for kind, (first, _) in words.items() if first},
        alike={one[0]: one for one in sorted(synonyms, key=lambda one: -len(one[0]))},
        asides=asides.strip().replace("\n", " ").split("; "),
        space=space,
    )


LANGUAGES = (
    language(chinese.TEMPLATES, chinese.WORDS, chinese.ALIKE, chinese.ASIDES, "", " "),
    language(english.TEMPLATES, english.WORDS, english.ALIKE, english.ASIDES, " ", ", "),
)


def word(tongue: Language, kind: str, rng: random.Random) -> str:
    plain = rng.choice(tongue.words[kind])
    has_modifier = kind in tongue.modifiers and rng.random() < 0.5
    return rng.choice(tongue.modifiers[kind]) + tongue.space + plain if has_modifier else plain


def number(rng: random.Random) -> str:
    return rng.choice((str(rng.randint(2, 9)), str(rng.randint(10, 999)), f"{rng.uniform(1, 99):.1f}"))


def abstract(tongue: Language, topic: Words, known: re.Pattern[str], rng: random.Random) -> str:
    """5 to 15 sentences; seven words of ten are the topic's own."""

    def filled(slot: re.Match[str]) -> str:
        if slot[1] == "n":
            return number(rng)
        return rng.choice(topic[slot[1]]) if rng.random() < 0.7 else word(tongue, slot[1], rng)

    sentences = []
    for group in tongue.groups:
        for template in rng.sample(group, rng.choice((1, 1, 2, 2, 3))):
            sentence = SLOT.sub(filled, known.sub(lambda found: rng.choice(tongue.alike[found[0]]), template))
            if rng.random() < 0.3:
                sentence = rng.choice(tongue.asides) + tongue.space + sentence[0].lower() + sentence[1:]
            sentences.append(sentence[0].upper() + sentence[1:])
    return tongue.space.join(sentences)


def abstracts(count: int, seed: int) -> list[str]:
    """Chinese and English by turns."""
    rng = random.Random(seed)
    topics = [
        [{kind: [word(tongue, kind, rng) for _ in range(2)] for kind in tongue.words} for _ in range(TOPICS)]
        for tongue in LANGUAGES
    ]
    known = [tongue.known for tongue in LANGUAGES]
    return [abstract(LANGUAGES[row % 2], rng.choice(topics[row % 2]), known[row % 2], rng) for row in range(count)]
