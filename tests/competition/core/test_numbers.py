"""Numbers as people write them, and 四舍五入."""

import signal
from contextlib import contextmanager
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competition.core.numbers import decimal_text, exact, rounded_half_up


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", Fraction(12)),
        ("12.50", Fraction(25, 2)),
        (" 7 ", Fraction(7)),
        ("+5", Fraction(5)),
        ("-3", Fraction(-3)),
        ("-0", Fraction(0)),
        (".5", Fraction(1, 2)),
        ("0.1", Fraction(1, 10)),
        ("1,200", Fraction(1200)),
        ("1,234,567.8", Fraction(12345678, 10)),
        ("15%", Fraction(3, 20)),
        ("15 %", Fraction(3, 20)),
        ("2.5%", Fraction(1, 40)),
        ("100%", Fraction(1)),
        ("1/3", Fraction(1, 3)),
        ("2 / 3", Fraction(2, 3)),
        ("1e2", Fraction(100)),
        ("１２．５", Fraction(25, 2)),
        ("１５％", Fraction(3, 20)),
        ("１，２００", Fraction(1200)),
        ("－３", Fraction(-3)),
    ],
)
def test_exact_reads_what_people_write(text, number):
    assert exact(text) == number


@pytest.mark.parametrize(
    "text",
    ["", " ", "%", "/", "1/0", "1/", "/3", "1/2/3", "NaN", "nan", "sNaN", "inf", "-Infinity", "九", "12分", "0x10",
     "1.2.3", "--1", "1 200", "½", "1//3"],
)  # fmt: skip
def test_exact_refuses_what_is_no_number(text):
    with pytest.raises(ValueError):
        exact(text)


@pytest.mark.parametrize("text", ["8,5", "12,5", "1,2", "1,20", "1,2000", "12,34,567", ",5", "5,", "1,,200", "0.1,234"])
def test_exact_refuses_a_comma_that_does_not_part_thousands(text):
    """8,5 is eight and a half to half of the world; read as 85 it would name a wrong winner."""
    with pytest.raises(ValueError):
        exact(text)


@pytest.mark.parametrize("text", ["5%%", "1_000", "1/3/", "%5"])
def test_exact_refuses_signs_that_nobody_means(text):
    with pytest.raises(ValueError):
        exact(text)


@contextmanager
def within(seconds: int):
    def stop(*_):
        raise TimeoutError

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("text", ["1e9999999", "1e-9999999", "9e9999999%"])
def test_exact_refuses_an_exponent_that_would_fill_the_memory(text):
    with within(2), pytest.raises(ValueError):
        exact(text)


def test_exact_is_exact_beyond_floats():
    assert exact("0.1") + exact("0.2") == exact("0.3")
    assert exact("90071992547409.93") == Fraction(9007199254740993, 100)


@given(st.integers(-(10**12), 10**12), st.integers(0, 4))
def test_exact_reads_back_every_decimal_text(units, places):
    assert exact(decimal_text(units, places)) == Fraction(units, 10**places)


@pytest.mark.parametrize(
    ("value", "rounded"),
    [
        (Fraction(1, 2), 1),
        (Fraction(3, 2), 2),
        (Fraction(5, 2), 3),
        (Fraction(49999, 100000), 0),
        (Fraction(-1, 2), -1),
        (Fraction(-5, 2), -3),
        (Fraction(-1, 3), 0),
        (Fraction(7), 7),
        (Fraction(10**30 * 2 + 1, 2), 10**30 + 1),
    ],
)
def test_a_half_goes_away_from_zero(value, rounded):
    assert rounded_half_up(value) == rounded


@given(st.integers(-(10**9), 10**9), st.sampled_from([1, 2, 4, 5, 8, 10, 16, 1000]))
def test_rounded_half_up_agrees_with_the_decimal_module(above, below):
    by_decimal = (Decimal(above) / Decimal(below)).quantize(Decimal(1), ROUND_HALF_UP)
    assert rounded_half_up(Fraction(above, below)) == int(by_decimal)


@given(st.fractions(), st.fractions())
def test_rounding_keeps_order(one, other):
    low, high = sorted((one, other))
    assert rounded_half_up(low) <= rounded_half_up(high)


@pytest.mark.parametrize(
    ("units", "places", "text"),
    [(8675, 2, "86.75"), (5, 2, "0.05"), (0, 2, "0.00"), (-5, 2, "-0.05"), (100, 2, "1.00"), (-86, 0, "-86")],
)
def test_decimal_text_shows_every_place(units, places, text):
    assert decimal_text(units, places) == text
