"""One round within a score over several: put back as it was, it gives the score of the standings."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from awards.outputs.analysis import Chance
from awards.services.beside import shares_of, whole_score
from judging.core.standings import RoundScore, placed

scores = st.none() | st.fractions(0, 100, max_denominator=30)
rounds = st.lists(st.none() | st.tuples(scores), min_size=1, max_size=3)


@given(rounds, st.lists(st.integers(1, 5), min_size=3, max_size=3), st.integers(0, 2), st.integers(0, 2))
def test_the_rounds_own_score_gives_the_score_of_the_standings(mine, weights, at, places) -> None:
    """None: did not take part; (None,): took part and has no score."""
    found = [{} if one is None else {7: RoundScore(one[0], 1, 0, is_trimmed=False)} for one in mine]
    whole = [Fraction(one) for one in weights[: len(mine)]]
    here = at % len(mine)
    own = found[here][7].score if 7 in found[here] else None
    score = whole_score(shares_of(7, found, whole, here), own, places)
    (stored,) = placed([7], found, whole, places)
    assert score == (None if stored.score is None else (stored.stage, stored.score, 0))


def test_chances_are_never_rounded_to_certain_or_to_none() -> None:
    said = [Chance("一等奖", "first", share).percent for share in (1, 0.999, 0.5, 0.004)]
    assert said == ["100 %", ">99 %", "50 %", "<1 %"]
