"""Which entry and which material a file of a zip is for, told by its name alone."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

JUNK = re.compile(r"(^|/)(__MACOSX/|\.|Thumbs\.db$|desktop\.ini$|~\$)", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s_\-—–.,，、。:：()（）\[\]【】《》“”\"'+&]+")


def plain(text: str) -> str:
    """Width, letter case and whatever stands between words do not count."""
    return _BETWEEN.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def is_junk(path: str) -> bool:
    """What systems put beside people's files."""
    return JUNK.search(path) is not None


@dataclass(frozen=True)
class Named:
    """entries   keys of those that the path names: one where it is plain, none or several where not
    rest      what else the name says, for the kind of material
    """

    entries: tuple[str, ...]
    rest: str


def named_in(path: str, names: Mapping[str, Sequence[str]], words: Sequence[str] = ()) -> Named:
    """The entry that a folder or the beginning of the file's name says; the longest name that fits wins.

    names   key of an entry -> its number and title
    words   what may follow a name without anything between: 浇花器研究报告 is 浇花器, 浇花器二代 is not
    """
    following = tuple(filter(None, map(plain, words)))
    *folders, last = path.replace("\\", "/").split("/")
    stem = plain(last.rsplit(".", 1)[0])
    best: tuple[int, set[str], str] = (0, set(), stem)
    for key, called in names.items():
        for name in filter(None, map(plain, called)):
            rest = stem[len(name) :]
            if stem.startswith(name) and (not rest or rest.startswith((" ", *following))):
                best = better(best, len(name), key, rest.strip())
            elif any(plain(folder) == name for folder in folders):
                best = better(best, len(name), key, stem)
    return Named(tuple(sorted(best[1])), best[2])


def better(best: tuple[int, set[str], str], length: int, key: str, rest: str) -> tuple[int, set[str], str]:
    if length > best[0]:
        return length, {key}, rest
    return (length, best[1] | {key}, best[2]) if length == best[0] else best


def kinds_in(rest: str, kinds: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The kinds of material that the rest of a name says: those whose label or code stands in it.

    kinds   code -> its labels
    """
    said = plain(rest)
    lengths = {
        code: max((len(name) for name in map(plain, (code, *labels)) if name and name in said), default=0)
        for code, labels in kinds.items()
    }
    longest = max(lengths.values(), default=0)
    return tuple(code for code, length in lengths.items() if length == longest and longest)
