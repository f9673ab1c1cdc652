"""Numbers in few words, from which each number can be read again."""

from hypothesis import given
from hypothesis import strategies as st

from awards.core.number_runs import number_runs


@given(st.lists(st.integers(0, 60), unique=True, min_size=1, max_size=30).map(sorted))
def test_every_number_can_be_read_again(serials):
    said = number_runs([f"2026-{one:04d}" for one in serials])
    assert said.startswith("2026-")
    read = []
    for part in said.removeprefix("2026-").split("、"):
        first, _, last = part.partition("–")
        read += range(int(first), int(last or first) + 1)
    assert read == serials


def test_other_heads_and_numbers_without_digits_stand_whole():
    assert number_runs(["A-9", "A-10", "B-11", "甲", "乙"]) == "A-9、10、B-11、甲、乙"
    assert number_runs([]) == ""
