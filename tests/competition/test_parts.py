"""What parts register with the house."""

import pytest

from competition import parts


def test_what_cannot_be_erased_keeps_nothing_else_from_it():
    gone = []

    def erase(one):
        if one in (2, 4):
            raise ValueError(one)
        gone.append(one)

    with pytest.raises(ExceptionGroup, match="2 of 5 were not erased") as caught:
        parts.each_erased([1, 2, 3, 4, 5], erase)
    assert gone == [1, 3, 5]
    assert [str(one) for one in caught.value.exceptions] == ["2", "4"]
    assert parts.each_erased([1, 3], erase) == 2
    assert parts.each_erased([], erase) == 0
