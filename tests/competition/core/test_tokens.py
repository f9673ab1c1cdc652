"""Keys: derived ones equal hashlib's by hand, random ones never repeat."""

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competition.core.tokens import KEY_LENGTH, Mint, in_base32, random_key, random_mint

SECRET = b"sixteen bytes ok"
words = st.lists(st.text(st.characters(codec="utf-8"), max_size=6), max_size=4)


def hmac_by_hand(secret: bytes, message: bytes) -> bytes:
    """RFC 2104 with SHA-256, whose block is 64 bytes."""
    padded = (hashlib.sha256(secret).digest() if len(secret) > 64 else secret).ljust(64, b"\0")
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in padded) + message).digest()
    return hashlib.sha256(bytes(byte ^ 0x5C for byte in padded) + inner).digest()


def test_bytes_are_the_hmac_of_words_with_their_lengths():
    message = b"\0\0\0\x05entry" + b"\0\0\0\x04A001" + b"\0\0\0\x017"
    assert Mint(SECRET).bytes("entry", "A001", 7) == hmac_by_hand(SECRET, message)


def test_a_length_is_that_of_the_utf8_bytes():
    assert Mint(SECRET).bytes("桂冠") == hmac_by_hand(SECRET, b"\0\0\0\x06" + "桂冠".encode())


def test_a_long_secret_is_hashed_first():
    secret = bytes(range(200))
    assert Mint(secret).bytes("a") == hmac_by_hand(secret, b"\0\0\0\x01a")


def test_hmac_by_hand_agrees_with_rfc_4231():
    expected = "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"  # its test case 1
    assert hmac_by_hand(b"\x0b" * 20, b"Hi There").hex() == expected


def test_key_is_the_first_26_characters_of_base32():
    made = Mint(SECRET).key("entry", "A001")
    raw = hmac_by_hand(SECRET, b"\0\0\0\x05entry\0\0\0\x04A001")
    assert made == base64.b32encode(raw).decode().lower()[:26]
    assert len(made) == KEY_LENGTH == 26


def test_commitment_is_apart_from_keys():
    mint = Mint(SECRET)
    assert mint.commitment("张三") == "hmac:" + mint.bytes("commitment", "张三").hex()
    assert mint.commitment("张三") != "hmac:" + mint.bytes("张三").hex()


@given(words, words)
def test_order_and_borders_of_words_count(one, other):
    mint = Mint(SECRET)
    assert (mint.bytes(*one) == mint.bytes(*other)) == (one == other)


@pytest.mark.parametrize(
    ("one", "other"), [(("ab", "c"), ("a", "bc")), (("a", "b"), ("b", "a")), (("a", ""), ("a",)), ((), ("",))]
)
def test_words_cannot_be_pushed_over_a_border(one, other):
    assert Mint(SECRET).key(*one) != Mint(SECRET).key(*other)


def test_another_secret_gives_another_key():
    assert Mint(SECRET).key("a") != Mint(SECRET + b"!").key("a")


@pytest.mark.parametrize("secret", [b"", b"x" * 15])
def test_a_short_secret_is_refused(secret):
    with pytest.raises(ValueError, match="16 bytes"):
        Mint(secret)


def test_sixteen_bytes_are_enough():
    assert Mint(b"x" * 16).key("a")


def test_random_keys_are_26_characters_of_base32_and_differ():
    keys = {random_key() for _ in range(200)}
    assert len(keys) == 200
    assert all(len(key) == 26 and set(key) <= set("abcdefghijklmnopqrstuvwxyz234567") for key in keys)


def test_random_mints_differ():
    assert random_mint().key("a") != random_mint().key("a")


def test_in_base32_has_no_padding():
    assert in_base32(b"\0" * 17) == "a" * 26
