"""The code on a printed entry form."""

from hypothesis import given
from hypothesis import strategies as st

from competition.core.form_codes import FormCode, form_code, read_form_code

KEY = "abcdefghijklmnopqrstuvwx27"
DIGEST = "sha256:" + "0a1b2c3d" + "0" * 56


def test_a_code_reads_back():
    text = form_code(KEY, 12, DIGEST)
    assert text == "LF/ABCDEFGHIJKLMNOPQRSTUVWX27/12/0A1B2C3D"
    assert read_form_code(text) == FormCode(KEY, 12, "0A1B2C3D")


@given(st.text(max_size=60))
def test_other_codes_are_none(text):
    assert read_form_code(text) is None


def test_a_code_cut_short_is_none():
    text = form_code(KEY, 1, DIGEST)
    assert [read_form_code(text[:at]) for at in range(len(text))] == [None] * len(text)
