"""Whether the pages of an anonymous work name someone."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SHORTEST = 2  # a name of one character is in every text

_IDEOGRAPH = re.compile("[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
# What stands between the characters of one name: white space, and the many dots of 买买提·吐尔逊.
_BETWEEN = re.compile("[\\s\u200b-\u200f\u2060\ufeff\u00ad·•‧・‣∙⋅●.]+")
_LATIN = "[0-9a-z\u00df-\u024f\u0370-\u052f\u1e00-\u1eff]"  # after casefolding; an ideograph beside a name is a border


@dataclass(frozen=True)
class Found:
    """page  counted from 1; word  the name as it was given; what  what the caller called it"""

    page: int
    word: str
    what: str


def names_in(pages: Sequence[str], names: Mapping[str, str]) -> list[Found]:
    """Every name that a page has, once a page, by page and then in the order of `names`.

    pages   text page by page
    names   what a name is (author, tutor, school, district …) by the name

    Width, letter case and compatibility forms do not count (ＬＩ Ming, ⼩明). In a name with Chinese characters white
    space and dots do not count either, nor in the text around it: 李　明 is 李明. A Latin name is found as whole
    words, with any white space between them. Names of one character are ignored.
    """
    wanted = [(name, what, *_pattern(name)) for name, what in names.items()]
    found = []
    for number, page in enumerate(pages, 1):
        spaced = _plain(page)
        dense = _BETWEEN.sub("", spaced)
        found += [
            Found(number, name, what)
            for name, what, is_chinese, pattern in wanted
            if pattern and pattern.search(dense if is_chinese else spaced)
        ]
    return found


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def _pattern(name: str) -> tuple[bool, re.Pattern[str] | None]:
    """Whether white space counts for nothing, and what to look for; None for what is too short to look for."""
    plain = _plain(name)
    dense = _BETWEEN.sub("", plain)
    if len(dense) < SHORTEST:
        return False, None
    if _IDEOGRAPH.search(plain):
        return True, re.compile(re.escape(dense))
    words = r"\s+".join(map(re.escape, plain.split()))
    return False, re.compile(f"(?<!{_LATIN}){words}(?!{_LATIN})")
