"""Who goes on, by hand and by law."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judging.core.finalists import Cut, going_on

SCORES = {1: 9000, 2: 8500, 3: 8500, 4: 8000, 5: 7000, 6: None}


@pytest.mark.parametrize(
    ("cut", "chosen", "tied"),
    [
        (("count", 0), (), ()),
        (("count", 1), (1,), ()),
        (("count", 2), (1, 2, 3), (2, 3)),
        (("count", 2, False), (1,), (2, 3)),
        (("count", 3), (1, 2, 3), ()),
        (("count", 99), (1, 2, 3, 4, 5), ()),
        (("share", 50), (1, 2, 3), ()),  # 3 of 6
        (("share", 51), (1, 2, 3, 4), ()),  # 3.06: rounded up
        (("share", 100), (1, 2, 3, 4, 5), ()),
        (("score", 8500), (1, 2, 3), ()),
        (("score", 9001), (), ()),
    ],
)
def test_by_hand(cut, chosen, tied):
    kind, value, *with_tied = cut
    found = going_on(SCORES, Cut(kind, Fraction(value), *with_tied))
    assert (found.chosen, found.tied) == (chosen, tied)


@pytest.mark.parametrize("cut", [("rank", 1), ("count", -1), ("share", 101)])
def test_what_is_no_cut_is_refused(cut):
    with pytest.raises(ValueError, match="no cut"):
        going_on(SCORES, Cut(cut[0], Fraction(cut[1])))


groups = st.dictionaries(st.integers(1, 40), st.none() | st.integers(0, 12), max_size=25)
cuts = st.builds(
    Cut, st.sampled_from(["count", "share"]), st.integers(0, 100).map(Fraction), st.booleans()
) | st.builds(Cut, st.just("score"), st.integers(0, 12).map(Fraction))


@given(groups, cuts, st.randoms())
def test_order_does_not_matter(scores, cut, chance):
    shuffled = list(scores.items())
    chance.shuffle(shuffled)
    one, other = going_on(scores, cut), going_on(dict(shuffled), cut)
    assert (set(one.chosen), set(one.tied)) == (set(other.chosen), set(other.tied))


@given(groups, cuts)
def test_equal_scores_go_on_together_and_no_worse_before_a_better(scores, cut):
    chosen = set(going_on(scores, cut).chosen)
    inside = {scores[entry] for entry in chosen}
    outside = {score for entry, score in scores.items() if entry not in chosen and score is not None}
    assert None not in inside
    assert not inside or not outside or min(inside) > max(outside)


@given(groups, cuts, st.integers(1, 5))
def test_a_better_score_never_costs_a_place(scores, cut, more):
    for entry in going_on(scores, cut).chosen:
        assert entry in going_on({**scores, entry: scores[entry] + more}, cut).chosen


@given(groups, st.integers(0, 30), st.booleans())
def test_the_places_hold(scores, count, with_tied):
    found = going_on(scores, Cut("count", Fraction(count), with_tied))
    scored = sum(score is not None for score in scores.values())
    if with_tied:
        assert len(found.chosen) >= min(count, scored)
    else:
        assert len(found.chosen) <= count
