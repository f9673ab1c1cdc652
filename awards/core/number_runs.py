"""Numbers of a pile of certificates in few words: 2026-0001 to 0003, 0017."""

from __future__ import annotations

import re
from collections.abc import Sequence

TAIL = re.compile(r"(.*?)(\d+)\Z", re.DOTALL)
TO, AND = "–", "、"


def number_runs(numbers: Sequence[str]) -> str:
    """Neighbours drawn together; what begins as the one before has its digits alone.

    >>> number_runs(["2026-0009", "2026-0010", "2026-0011", "2026-0017"])
    '2026-0009–0011、0017'
    """
    said: list[str] = []
    before = ""
    for first, last in runs(numbers):
        head, digits = parted(first)
        said.append(digits if said and head == before and digits else first)
        before = head
        if last != first:
            said[-1] += TO + parted(last)[1]
    return AND.join(said)


def runs(numbers: Sequence[str]) -> list[tuple[str, str]]:
    """(first, last) of numbers that follow each other."""
    found: list[tuple[str, str]] = []
    for number in numbers:
        if found and follows(found[-1][1], number):
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def follows(number: str, after: str) -> bool:
    (head, digits), (other, next_digits) = parted(number), parted(after)
    return bool(digits) and head == other and len(digits) == len(next_digits) and int(digits) + 1 == int(next_digits)


def parted(number: str) -> tuple[str, str]:
    """(what stands before its last digits, these digits)"""
    found = TAIL.match(number)
    return (found[1], found[2]) if found else (number, "")
