"""Invented titles from a small grammar (titles.json): plausible for the age, all distinct."""

import json
import random
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

LONGEST = 48
SLOT = re.compile(r"\{(\w+?)2?\}")


@cache
def grammar() -> dict[str, Any]:
    found = json.loads(Path(__file__).with_name("titles.json").read_text(encoding="utf-8"))
    found["slots"]["thing"] = [
        feature + thing
        for line in found["things"]
        for features, thing in [line.split(":")]
        for feature in features.split(",")
    ]
    return found


def filled(rng: random.Random, pattern: str, district: str) -> str:
    """A pattern with its slots filled, places near home; no word is used twice in one title."""
    used: set[str] = set()
    slots = grammar()["slots"] | {"place": grammar()["places"][district] + grammar()["slots"]["place"]}

    def word(match: re.Match[str]) -> str:
        found = rng.choice([one for one in slots[match[1]] if one not in used])
        used.add(found)
        return found

    text = pattern.replace("{n}", str(rng.randint(3, 12)))
    return SLOT.sub(word, text).replace("的的", "的")


@dataclass
class Titles:
    """Hands out titles, none of them twice."""

    rng: random.Random
    used: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.used |= {title for title, *_ in grammar()["featured"]}

    def new(self, district: str, *path: str) -> str:
        """path   keys of the grammar, such as ("innovation", "工程学")"""
        patterns: Any = grammar()
        for key in path:
            patterns = patterns[key]
        while True:
            title = filled(self.rng, self.rng.choice(patterns), district)
            if title not in self.used and len(title) <= LONGEST:
                self.used.add(title)
                return title

    def abstract(self, district: str, track: str) -> str:
        return filled(self.rng, self.rng.choice(grammar()["abstracts"][track]), district)
