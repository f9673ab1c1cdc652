"""Type 2 charstrings: the little programs that draw glyphs (Adobe Technical Note 5177).

A subset that carries only the glyphs it shows must not carry 24,000 subroutines, so the calls are
replaced by what they call. That needs the operand stack (which number is called) and the count of stem
hints (how long a hint mask is), and nothing else of the language.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

CALL_LOCAL, RETURN, ESCAPE, END, CALL_SHARED, SHORT = 10, 11, 12, 14, 29, 28
STEMS = frozenset((1, 3, 18, 23))
MASKS = frozenset((19, 20))
MOVES = {4: (0, 1), 21: (1, 1), 22: (1, 0)}  # vertical, free, horizontal: which of x and y are given
FREE_MOVE = 21
DRAWING = frozenset((5, 6, 7, 8, 24, 25, 26, 27, 30, 31))
FIXED = 255
# Lines and curves with their operands, the bulk of a program: the stack is empty after them, so they can
# be taken over at one go.
_STRETCH = re.compile(rb"(?:(?:[\x20-\xf6]|[\xf7-\xfe].|\xff....|\x1c..)*+[\x05-\x08\x18-\x1b\x1e\x1f])++", re.DOTALL)
MAX_DEPTH = 10  # the format's own limit of nested calls
DEFAULT_WIDTH = 1000  # of glyphs whose program states none


class Widths(NamedTuple):
    """Of a font dictionary: the width of a program that states none, and what the others state theirs relative to."""

    default: int = 0
    nominal: int = 0


class CharstringError(ValueError):
    """A glyph program that breaks the rules of the format."""


def small_number(data: bytes, at: int) -> tuple[int, int]:
    """An integer of 1 to 3 bytes as CFF writes it, and the offset after it."""
    first = data[at]
    if first == SHORT:
        return int.from_bytes(data[at + 1 : at + 3], "big", signed=True), at + 3
    if first <= 246:
        return first - 139, at + 1
    if first <= 250:
        return (first - 247) * 256 + data[at + 1] + 108, at + 2
    return (251 - first) * 256 - data[at + 1] - 108, at + 2


def bias(subroutines: Sequence[bytes]) -> int:
    """What is added to the operand of a call to get the subroutine's index."""
    count = len(subroutines)
    return 107 if count < 1240 else 1131 if count < 33900 else 32768


class _Flattener:
    """One glyph being unrolled: its output so far, its operand stack, its stems."""

    def __init__(self, local: Sequence[bytes], shared: Sequence[bytes], widths: Widths) -> None:
        self.local, self.shared = local, shared
        self.widths, self.has_begun = widths, False
        self.local_bias, self.shared_bias = bias(local), bias(shared)
        self.out = bytearray()
        self.stack: list[tuple[int, int]] = []  # value, and where its bytes start in `out`
        self.stems = 0
        self.draws = self.ended = False

    def run(self, program: bytes, depth: int = 0) -> None:
        if depth > MAX_DEPTH:
            raise CharstringError("subroutines nested too deeply")
        at, size, out, stack = 0, len(program), self.out, self.stack
        while at < size and not self.ended:
            if not stack and (stretch := _STRETCH.match(program, at)):
                out += stretch.group()
                at = stretch.end()
                self.draws = True
                continue
            first = program[at]
            if first >= 32 or first == SHORT:
                start = at
                value, at = (0, at + 5) if first == FIXED else small_number(program, at)
                stack.append((value, len(out)))
                out += program[start:at]
            elif first in (CALL_LOCAL, CALL_SHARED):
                self._call(first, depth)
                at += 1
            elif first == RETURN:
                return
            else:
                at = self._operator(first, program, at)

    def _call(self, operator: int, depth: int) -> None:
        value, start = self.stack.pop()
        del self.out[start:]
        if operator == CALL_LOCAL:
            self.run(self.local[value + self.local_bias], depth + 1)
        else:
            self.run(self.shared[value + self.shared_bias], depth + 1)

    def _begin(self, operator: int) -> None:
        """State the width as it is: the first operator has it before its own operands, where it is no default."""
        count = len(self.stack)
        # stems come in pairs; an end has no operands, or the four of an accented glyph
        states = count > sum(MOVES[operator]) if operator in MOVES else count % 2 == 1
        after = len(self.out) if count == 1 else self.stack[1][1] if count else 0
        width = self.stack[0][0] + self.widths.nominal if states else self.widths.default
        self.out[: after if states else 0] = b"" if width == DEFAULT_WIDTH else encoded(width)
        self.has_begun = True

    def _operator(self, operator: int, program: bytes, at: int) -> int:
        end = at + 1
        if not self.has_begun:
            self._begin(operator)
        if operator in STEMS:
            self.stems += len(self.stack) // 2
        elif operator in MASKS:  # numbers before the first mask are vertical stems with the operator left out
            self.stems += len(self.stack) // 2
            end += (self.stems + 7) // 8
        elif operator == ESCAPE:
            end += 1
            self.draws = self.draws or 34 <= program[at + 1] <= 37  # the four flexes
        elif operator == END:
            self.ended = True
        elif operator in DRAWING:
            self.draws = True
        self.out += program[at:end]
        self.stack.clear()
        return end


def flattened(program: bytes, local: Sequence[bytes], shared: Sequence[bytes], widths: Widths) -> tuple[bytes, bool]:
    """The program with every call replaced by what it calls, and whether it draws any line.

    It states its width itself, unless that is DEFAULT_WIDTH, whatever font dictionary it came from.
    local, shared   the subroutines of the glyph's font dictionary and of the whole font
    widths          what that dictionary says of widths
    raises          CharstringError on calls nested too deeply, IndexError on a call to nowhere
    """
    state = _Flattener(local, shared, widths)
    state.run(program)
    return bytes(state.out), state.draws


def encoded(value: float) -> bytes:
    """A number as glyph programs and, if it is whole, dictionaries write it."""
    if value == int(value) and -1131 <= value <= 1131:
        whole = int(value)
        if -107 <= whole <= 107:
            return bytes((whole + 139,))
        high, low = divmod(abs(whole) - 108, 256)
        return bytes(((247 if whole > 0 else 251) + high, low))
    return bytes((FIXED,)) + round(value * 65536).to_bytes(4, "big", signed=True)


def scaled(program: bytes, factor: float, rise: float, width: float) -> bytes:
    """The outline of a flattened program at another size, without its hints.

    rise    added to all heights after scaling, thousandths of an em
    width   the new width
    """
    out, stack = bytearray(encoded(width)), list[float]()
    at, stems, lifted = 0, 0, False
    while at < len(program):
        operator = program[at]
        if operator >= 32 or operator == SHORT:
            if operator == FIXED:
                value: float = int.from_bytes(program[at + 1 : at + 5], "big", signed=True) / 65536
                at += 5
            else:
                value, at = small_number(program, at)
            stack.append(value)
            continue
        at += 1
        if operator in STEMS or operator in MASKS:
            stems += len(stack) // 2
            at += (stems + 7) // 8 if operator in MASKS else 0
        elif operator in MOVES and not lifted:
            has_x, has_y = MOVES[operator]
            x = stack[-1 - has_y] if has_x else 0
            y = stack[-1] if has_y else 0
            out += encoded(x * factor) + encoded(y * factor + rise) + bytes((FREE_MOVE,))
            lifted = True
        elif operator != END:
            end = at + 1 if operator == ESCAPE else at
            out += b"".join(encoded(value * factor) for value in stack) + program[at - 1 : end]
            at = end
        stack.clear()
    return bytes(out) + bytes((END,))
