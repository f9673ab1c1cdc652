"""Values under a key that is derived from the installation's secret."""

import base64

import pytest

from competition.sealed import Unreadable, derived, seal, unseal

VALUE = b"340100201205010021"


def test_what_is_sealed_comes_back_and_shows_nothing():
    token = seal(VALUE, of="a")
    assert unseal(token, of="a") == VALUE
    assert VALUE not in base64.urlsafe_b64decode(token)
    assert seal(VALUE, of="a") != token  # equal values do not look equal


def test_a_value_of_one_contest_is_none_of_another():
    with pytest.raises(Unreadable):
        unseal(seal(VALUE, of="a"), of="b")


def test_an_old_secret_reads_and_the_new_one_seals(settings):
    settings.SECRET_KEY = "old"
    token = seal(VALUE, of="a")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "new", ["old"]
    assert unseal(token, of="a") == VALUE
    fresh = seal(VALUE, of="a")
    settings.SECRET_KEY_FALLBACKS = []
    assert unseal(fresh, of="a") == VALUE
    with pytest.raises(Unreadable):
        unseal(token, of="a")


@pytest.mark.parametrize("token", ["", "x", "gAAAAA", "中"])
def test_what_was_never_sealed_is_unreadable(token):
    with pytest.raises(Unreadable):
        unseal(token, of="a")


def test_the_key_is_not_the_secret():
    assert len(base64.urlsafe_b64decode(derived("secret", "a"))) == 32
    assert derived("secret", "a") != derived("secret", "b")
