"""Names as the public sees them, until consent to more is on record."""

import unicodedata

STAR = "＊"
KEPT = frozenset(" ·・•‧-")


def masked(name: str) -> str:
    """The first character of a name, a star for each other one; a name of one character is all star.

    >>> masked("慕容梓"), masked("阿卜杜·买买提")
    ('慕＊＊', '阿＊＊·＊＊＊')
    """
    letters = [char for char in name.strip() if not is_mark(char)]
    if len(letters) < 2:
        return STAR
    return letters[0] + "".join(char if char in KEPT else STAR for char in letters[1:])


def is_mark(char: str) -> bool:
    """Combining marks and variation selectors: they belong to the letter before them."""
    return unicodedata.category(char) in ("Mn", "Me", "Cf")


def masked_all(names: list[str]) -> str:
    return "、".join(masked(name) for name in names)
