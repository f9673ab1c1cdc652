"""One sheet left out: what is left, reckoned as if it were all."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from judging.core.by_sheet import left_out
from judging.core.scores import METHODS

sheets = st.lists(st.tuples(st.integers(0, 4), st.integers(-3, 9)), max_size=25)


@pytest.mark.parametrize("method", ["mean", "trimmed", "median"])
@given(made=sheets)
def test_each_is_the_score_of_what_is_left(method: str, made: list[tuple[int, int]]) -> None:
    entries = np.array([entry for entry, _ in made], dtype=np.int64)
    totals = np.array([total for _, total in made], dtype=np.int64)
    found = left_out(method, totals, entries, 5).fractions()
    assert len(found) == len(made)
    for sheet, entry in enumerate(entries.tolist()):
        kept = np.arange(len(made)) != sheet
        assert found[sheet] == METHODS[method](totals[kept], entries[kept], 5).fractions()[entry]
