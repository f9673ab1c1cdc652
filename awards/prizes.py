"""Prizes that everyone knows, by whatever words a cell holds."""

from dataclasses import dataclass

from competition.core.cells import folded
from competition.wording import speaks_chinese

LAST = 9  # the order of a prize without a known level


@dataclass(frozen=True)
class Prize:
    code: str
    label_zh: str
    label_en: str
    order: int

    @property
    def label(self) -> str:
        """In the reader's language, as far as it has a name there."""
        return self.label_zh if speaks_chinese() else self.label_en or self.label_zh


# code, Chinese, English, other words; their order is that of 特等奖 0, 一等奖 1 …
KNOWN = (
    ("grand", "特等奖", "Grand Prize", ("grand",)),
    ("first", "一等奖", "First Prize", ("first", "一等", "1st")),
    ("second", "二等奖", "Second Prize", ("second", "二等", "2nd")),
    ("third", "三等奖", "Third Prize", ("third", "三等", "3rd")),
    ("merit", "优秀奖", "Merit Prize", ("merit", "优秀", "优胜奖")),
    ("encouragement", "鼓励奖", "Encouragement Prize", ("encouragement", "纪念奖")),
)
SPECIAL = Prize("special", "专项奖", "Special Prize", LAST)  # a prize that has no level
NONE = ("", "无", "未获奖", "none", "-", "—", "/")
BY_WORD = {
    folded(word): Prize(code, zh, en, order)
    for order, (code, zh, en, also) in enumerate(KNOWN)
    for word in (code, zh, en, *also)
}
BY_WORD |= {folded(word): SPECIAL for word in ("special", "专项奖", "Special Prize", "单项奖", "专项")}
BY_CODE = {prize.code: prize for prize in BY_WORD.values()}
LEVELS_ZH = "、".join(zh for _, zh, _, _ in KNOWN)


def is_known(text: str | None) -> bool:
    """Whether the words are a prize that everyone knows, or no prize; others may be a name, or a slip."""
    plain = folded(text or "")
    return plain in BY_WORD or plain in {folded(word) for word in NONE}


def prize_of(text: str | None, english: str = "") -> Prize | None:
    """The prize that the words mean, or None for no prize. Other words are a prize of their own, without level."""
    plain = folded(text or "")
    if plain in {folded(word) for word in NONE}:
        return None
    known = BY_WORD.get(plain)
    if known and english:
        return Prize(known.code, known.label_zh, english, known.order)
    return known or Prize(plain[:40], (text or "").strip(), english, LAST)
