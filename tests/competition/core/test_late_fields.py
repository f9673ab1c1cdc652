"""What is asked late: how it has to be written, and how little of it is shown."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competition.core.late_fields import (
    FIELDS,
    Unfitting,
    cleaned,
    day_in,
    disagreements,
    masked,
    sex_in,
)
from tests.factories.late import MAN, OLD_COUNTY, WOMAN, numbered

TODAY = date(2026, 3, 10)
BORN = st.dates(date(1900, 1, 1), TODAY)
HEADS = st.builds(
    lambda county, born, order: f"{county:06}{born:%Y%m%d}{order:03}",
    st.integers(110000, 829999), BORN, st.integers(0, 999),
)  # fmt: skip


def code(field: str, text: str, **more) -> str:
    with pytest.raises(Unfitting) as caught:
        cleaned(field, text, today=TODAY, **more)
    return caught.value.code


@given(HEADS)
def test_a_number_with_the_check_digit_of_the_standard_is_taken_as_it_is(head):
    number = numbered(head)
    assert cleaned("id_number", number, today=TODAY) == number
    assert day_in(number) == date.fromisoformat(head[6:14])
    assert sex_in(number) == ("male" if int(head[16]) % 2 else "female")


@given(HEADS, st.integers(0, 17), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_always_found(head, place, digit):
    number = numbered(head)
    if number[place] != digit:
        assert code("id_number", number[:place] + digit + number[place + 1 :]) in ("number-check-digit", "number-day")


@given(HEADS, st.integers(0, 15))
def test_two_neighbours_in_the_wrong_order_are_always_found(head, place):
    number = numbered(head)
    if number[place] != number[place + 1]:
        swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
        assert code("id_number", swapped) in ("number-check-digit", "number-day")


@given(st.text(max_size=40), st.sampled_from([one for one in FIELDS if one != "photo"]), st.booleans())
def test_whatever_is_typed_is_taken_once_and_for_all_or_refused(text, field, is_other):
    try:
        value = cleaned(field, text, today=TODAY, is_other=is_other)
    except Unfitting:
        return
    assert cleaned(field, value, today=TODAY, is_other=is_other) == value
    assert isinstance(value, str)


@pytest.mark.parametrize("typed", [f" {WOMAN[:6]} {WOMAN[6:14]} {WOMAN[14:]} ", "".join(chr(ord(c) + 0xFEE0) for c in WOMAN),
                                   f"{WOMAN[:6]}-{WOMAN[6:]}", WOMAN + "\u200b"])  # fmt: skip
def test_spaces_and_wide_digits_do_not_matter(typed):
    assert cleaned("id_number", typed, today=TODAY) == WOMAN


def test_a_small_x_is_an_x():
    number = next(
        numbered(f"34010020120501{at:03}") for at in range(50) if numbered(f"34010020120501{at:03}")[-1] == "X"
    )
    assert cleaned("id_number", number.lower(), today=TODAY) == number


def test_a_county_that_no_table_has_is_no_fault():
    assert cleaned("id_number", OLD_COUNTY, today=TODAY) == OLD_COUNTY


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("3.40100201205010E+17", "number-as-float"), ("340100201205E5", "number-as-float"),
        (WOMAN[:-1], "number-length"), (WOMAN + "1", "number-length"), (WOMAN[1:].zfill(18), "number-check-digit"),
        (numbered("34010020120231002"), "number-day"), (numbered("34010020270101002"), "number-day"),
        (numbered("34010018991231002"), "number-day"), ("", "number-length"), ("E12345678", "number-length"),
    ],
)  # fmt: skip
def test_what_is_no_id_number(typed, why):
    assert code("id_number", typed) == why


def test_a_passport_has_no_check_digit_and_keeps_its_zeros():
    assert cleaned("id_number", "e 0012345", today=TODAY, is_other=True) == "E0012345"
    assert code("id_number", "1.2E+17", is_other=True) == "other-number"
    assert code("id_number", "=1+1", is_other=True) == "other-number"
    assert disagreements({"id_number": "E0012345", "birth_date": "2012-05-01", "sex": "male"}) == {}


def test_day_and_sex_go_with_the_number():
    assert disagreements({"id_number": WOMAN, "birth_date": "2012-05-01", "sex": "female"}) == {}
    assert disagreements({"id_number": WOMAN, "birth_date": "2012-05-02", "sex": "male"}) == {
        "birth_date": "other-day-than-number", "sex": "other-sex-than-number",
    }  # fmt: skip
    assert disagreements({"id_number": MAN, "sex": "male"}) == {}
    assert disagreements({"birth_date": "2012-05-02"}) == {}


@pytest.mark.parametrize(
    ("field", "typed", "why"),
    [
        ("birth_date", "2012/05/01", "no-day"), ("birth_date", "2026-03-11", "no-day"), ("sex", "女", "no-choice"),
        ("birth_date", "1899-12-31", "no-day"), ("phone", "12345", "no-phone"), ("phone", "1.39E+10", "no-phone"),
        ("guardian_phone", "=cmd()", "no-phone"), ("email", "a@b", "no-email"), ("address", "长" * 201, "too-long"),
    ],
)  # fmt: skip
def test_other_fields_are_looked_at_too(field, typed, why):
    assert code(field, typed) == why


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("id_number", "341102201205011234", "3411**********1234"), ("id_number", "E0012345", "E*******"),
        ("phone", "13900001111", "139****1111"), ("phone", "5501234", "5******"), ("birth_date", "2012-05-01", "2012-**-**"),
        ("sex", "male", "*"), ("address", "滁州市琅琊区虚构路", "滁州市******"), ("address", "滁州市", "滁**"),
        ("guardian_name", "林大山", "林**"), ("guardian_name", "林", "*"), ("email", "wang@school.cn", "w***@school.cn"),
    ],
)  # fmt: skip
def test_a_mask_shows_that_it_is_there_and_no_more(field, value, shown):
    assert masked(field, value) == shown


@given(
    st.sampled_from([one for one in FIELDS if one not in ("photo", "email", "birth_date")]),
    st.text(min_size=1, max_size=30),
)
def test_a_mask_hides_four_characters_or_all_but_the_first(field, value):
    shown = masked(field, value)
    assert len(shown) == len(value) or field == "sex"
    kept = [one for one, two in zip(shown, value, strict=False) if one == two != "*"]
    assert len(value) - len(kept) >= 4 or len(kept) <= 1
    assert len(kept) < len(value)
