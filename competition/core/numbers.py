"""Exact numbers as people write them: 四舍五入, shares, and the words around them."""

import re
from decimal import Decimal
from fractions import Fraction

PLAIN = re.compile(r"^[+-]?(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,2})?$", re.ASCII)
FULL_WIDTH = str.maketrans("０１２３４５６７８９．，％－＋", "0123456789.,%-+")


def rounded_half_up(value: Fraction, scale: int = 1) -> int:
    """The integer nearest to `value * scale`; a half goes away from zero (四舍五入)."""
    sign = -1 if value < 0 else 1
    return sign * ((2 * abs(value.numerator) * scale + value.denominator) // (2 * value.denominator))


def exact(text: str) -> Fraction:
    """The number that a person wrote: "12", "12.5", "1,200", "15%", "1/7", full-width digits too.

    raises   ValueError where it is none, or is infinite
    """
    plain = text.strip().translate(FULL_WIDTH)
    if plain.count("/") == 1:
        above, below = (plain_number(part) for part in plain.split("/"))
        if below == 0:
            raise ValueError("divided by zero")
        return above / below
    if plain.endswith("%"):
        return plain_number(plain[:-1]) / 100
    return plain_number(plain)


def plain_number(text: str) -> Fraction:
    """A number without share or per cent. A comma only parts thousands: 12,5 is refused, not taken for 125."""
    plain = text.strip()
    if not PLAIN.match(plain):
        raise ValueError(f"not a number: {text!r}")
    return Fraction(Decimal(plain.replace(",", "")))


def decimal_text(units: int, places: int) -> str:
    """An integer count of 10^-places as text: (8675, 2) -> "86.75"."""
    if places == 0:
        return str(units)
    sign, digits = ("-" if units < 0 else ""), str(abs(units)).rjust(places + 1, "0")
    return f"{sign}{digits[:-places]}.{digits[-places:]}"


def plain_text(value: Decimal | None) -> str | None:
    """Exactly, without needless zeros: Decimal("20.0000") -> "20"; None stays."""
    return None if value is None else f"{value.normalize():f}"
