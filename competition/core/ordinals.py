"""第九届 and its kin: editions counted in Chinese numerals."""

import re

DIGITS = "〇一二三四五六七八九"


def numeral(value: int) -> str:
    """1 to 999 as a Chinese numeral: 9 九, 10 十, 11 十一, 20 二十, 105 一百〇五."""
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    text = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else DIGITS[tens]) + "十"
    elif hundreds and ones:
        text += "〇"
    return text + (DIGITS[ones] if ones else "")


def english_ordinal(value: int) -> str:
    """1st 2nd 3rd 4th 11th 21st."""
    ending = "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{ending}"


def next_in(label: str, year: int, ordinal: int | None, every: int = 1) -> str:
    """The name of the next edition, so many years later, from the name of this one.

    >>> next_in("第九届晴川青少年科技创新大赛", 2017, 9)
    '第十届晴川青少年科技创新大赛'
    """
    moved = label
    if ordinal:
        for word in (lambda n: f"第{numeral(n)}届", lambda n: f"第{n}届", english_ordinal):
            moved = replaced(moved, word(ordinal), word(ordinal + 1))
    moved = replaced(moved, str(year), str(year + every))
    return moved if moved != label else f"{year + every} {label}"


def replaced(label: str, was: str, now: str) -> str:
    """Where it stands as a word of its own: the 1st of 21st is none."""
    return re.sub(rf"(?<![0-9A-Za-z]){re.escape(was)}(?![0-9A-Za-z])", now, label)
