"""The reader's language, and how sentences follow each other in it."""

from collections.abc import Iterable

from django.utils.translation import get_language


def speaks_chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


def in_a_row(sentences: Iterable[str]) -> str:
    """Chinese sentences need no space between them."""
    return ("" if speaks_chinese() else " ").join(sentence for sentence in sentences if sentence)
