"""A mark as a judge types it, in the smallest unit of its rubric."""

from fractions import Fraction

from competition.core.numbers import plain_number

FULL_WIDTH = str.maketrans("０１２３４５６７８９．", "0123456789.")


def points_of(text: str, *, places: int, maximum: int) -> int | None:
    """An integer count of 10^-places points; None where nothing was typed, which is not a zero.

    text      "18", "18.5", full-width digits too
    maximum   the most that may be given, in the same unit
    raises    ValueError where it is no number, lies outside 0..maximum, or between two steps
    """
    plain = text.strip().translate(FULL_WIDTH)
    if not plain:
        return None
    units: Fraction = plain_number(plain) * 10**places
    if units.denominator != 1 or not 0 <= units <= maximum:
        raise ValueError(f"no mark: {text!r}")
    return int(units)
