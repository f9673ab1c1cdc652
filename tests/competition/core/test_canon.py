"""Equal values have equal digests, unequal ones do not, and floats are refused."""

import hashlib
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from competition.core.canon import canonical, canonical_rows, digest, digest_of_bytes

plain = st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8"))
values = st.recursive(plain, lambda inner: st.lists(inner) | st.dictionaries(st.text("abc作品"), inner), max_leaves=12)


def test_canonical_form_is_this_one():
    assert canonical({"b": [1, None, True], "a": "桂冠"}) == '{"a":"桂冠","b":[1,null,true]}'.encode()


def test_digest_is_sha256_of_the_canonical_form():
    assert digest({"a": 1}) == "sha256:" + hashlib.sha256(b'{"a":1}').hexdigest()


def test_digest_of_bytes_is_sha256():
    # The empty message, FIPS 180-4.
    assert digest_of_bytes(b"") == "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_order_of_keys_does_not_count():
    assert digest({"a": 1, "b": {"c": 2, "d": 3}}) == digest({"b": {"d": 3, "c": 2}, "a": 1})


def test_order_of_a_list_counts():
    assert digest([1, 2]) != digest([2, 1])


@given(values)
def test_canonical_form_loses_nothing(value):
    assert json.loads(canonical(value)) == value


@given(values, values)
def test_unequal_values_have_unequal_digests(one, other):
    same_text = json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
    assert (digest(one) == digest(other)) == same_text


@pytest.mark.parametrize(
    "value",
    [0.5, 1.0, float("nan"), float("inf"), [1, [0.5]], {"a": {"b": 0.5}}, (1, 0.5), {"a": [{"b": 1.0}]}, np.float64(2)],
)
def test_a_float_is_refused_wherever_it_stands(value):
    with pytest.raises(TypeError):
        digest(value)


def test_a_float_is_refused_as_a_key():
    with pytest.raises(TypeError):
        digest({0.1: "a"})


@pytest.mark.parametrize("value", [b"bytes", {1, 2}, object(), np.float32(1), np.int64(1)])
def test_what_json_does_not_know_is_refused(value):
    with pytest.raises(TypeError):
        digest(value)


def test_a_number_is_not_its_text():
    assert digest(1) != digest("1")
    assert digest([]) != digest({})


@given(st.lists(st.tuples(st.text(st.characters(codec="utf-8")), st.integers())))
def test_rows_given_by_columns_are_written_as_the_list_of_rows(rows):
    assert canonical_rows(*zip(*rows, strict=True)) == canonical(rows)


def test_columns_of_unequal_length_are_no_rows():
    with pytest.raises(ValueError, match="shorter"):
        canonical_rows(["a", "b"], [1])


def test_a_float_has_no_place_in_a_column():
    with pytest.raises(TypeError):
        canonical_rows(["a"], [1.5])
