"""Type 2 charstrings: the little programs that draw glyphs (Adobe Technical Note 5177), changed here and there."""

from __future__ import annotations

ESCAPE, END, SHORT = 12, 14, 28
STEMS = frozenset((1, 3, 18, 23))
MASKS = frozenset((19, 20))
MOVES = {4: (0, 1), 21: (1, 1), 22: (1, 0)}  # vertical, free, horizontal: which of x and y are given
FREE_MOVE = 21
FIXED = 255
DEFAULT_WIDTH = 1000  # of a program that states none, as we write them


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


def encoded(value: float) -> bytes:
    """A number as glyph programs and, if it is whole, dictionaries write it."""
    if value == int(value) and -1131 <= value <= 1131:
        whole = int(value)
        if -107 <= whole <= 107:
            return bytes((whole + 139,))
        high, low = divmod(abs(whole) - 108, 256)
        return bytes(((247 if whole > 0 else 251) + high, low))
    return bytes((FIXED,)) + round(value * 65536).to_bytes(4, "big", signed=True)


def stated(width: int) -> bytes:
    """How a program begins that is so wide."""
    return b"" if width == DEFAULT_WIDTH else encoded(width)


def restated(program: bytes, width: int) -> bytes:
    """The program with its width as it is, whatever its font dictionary says that widths are relative to."""
    starts, at = [], 0
    while program[at] >= 32 or program[at] == SHORT:
        starts.append(at)
        at = at + 5 if program[at] == FIXED else small_number(program, at)[1]
    count, operator = len(starts), program[at]
    # stems come in pairs; an end has no operands, or the four of an accented glyph
    states = count > sum(MOVES[operator]) if operator in MOVES else count % 2 == 1
    before = [*starts, at][1] if states else 0
    return stated(width) + program[before:]


def scaled(program: bytes, factor: float, rise: float, width: int) -> bytes:
    """The outline of a program without calls at another size, without its hints.

    rise    added to all heights after scaling, thousandths of an em
    width   the new width
    """
    out, stack = bytearray(stated(width)), list[float]()
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
