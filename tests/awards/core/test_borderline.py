"""Where further reviews go: the rule step by step gives the same order, and who is sure gets none."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from awards.core.borderline import likeliest, next_reviews

entries = st.lists(
    st.tuples(st.sampled_from([0.3, 0.5, 0.51, 0.9, 0.999, 1.0]), st.integers(0, 6), st.integers(0, 3)),
    max_size=12,
)


def order_of(rows) -> list[int]:
    sure = np.array([one for one, _, _ in rows], dtype=float)
    return next_reviews(sure, *(np.array([row[at] for row in rows], dtype=np.int64) for at in (1, 2)))


@given(entries)
def test_it_is_always_the_one_with_the_largest_doubt_for_its_reviews(rows) -> None:
    have, left, expected = [row[1] for row in rows], [row[2] for row in rows], []
    while True:
        open_ = [at for at, row in enumerate(rows) if left[at] and row[0] < 1]
        if not open_:
            break
        best = max(open_, key=lambda at: ((1 - rows[at][0]) / (have[at] + 1), -at))
        expected.append(best)
        have[best] += 1
        left[best] -= 1
    assert order_of(rows) == expected


def test_by_hand() -> None:
    """.5 / 3 = .167, then .5 / 4 = .125; .3 / 2 = .15, then .3 / 3 = .1; who is sure gets none."""
    assert order_of([(0.5, 2, 2), (0.7, 1, 2), (1.0, 0, 5)]) == [0, 1, 0, 1]


def test_no_prize_is_an_outcome_too() -> None:
    chances = np.array([[0.6, 0.0, 0.2, 0.5], [0.4, 0.0, 0.1, 0.25]])
    assert likeliest(chances).round(9).tolist() == [0.6, 1.0, 0.7, 0.5]


def test_nobody_in_doubt_and_nobody_at_all() -> None:
    assert order_of([(1.0, 3, 2)]) == [] == order_of([])
