"""Bodies above the committee approve one after the other, each what the one before it did."""

from hypothesis import given
from hypothesis import strategies as st

from awards.core.approving import Said, Standing, standing

STEPS = ("council", "government")


def yes(step: str, prizes: str, approves: str = "") -> Said:
    return Said(step, "struck" if approves else "approved", prizes, approves or prizes)


def no(step: str, prizes: str) -> Said:
    return Said(step, "refused", prizes, "")


def test_nothing_is_asked_where_nobody_approves():
    assert standing((), [], "a") == Standing(())


def test_bodies_approve_one_after_the_other():
    assert standing(STEPS, [], "a") == Standing(())
    assert standing(STEPS, [yes("council", "a")], "a") == Standing((0,))
    assert standing(STEPS, [yes("council", "a"), yes("government", "a")], "a") == Standing((0, 1))


def test_a_higher_body_counts_for_nothing_before_the_lower_one():
    assert standing(STEPS, [yes("government", "a")], "a").holds == ()
    assert standing(STEPS, [yes("government", "a"), yes("council", "a")], "a").holds == (1,)


def test_other_prizes_are_approved_anew():
    assert standing(STEPS, [yes("council", "a"), yes("government", "a")], "b") == Standing(())


def test_what_the_government_strikes_needs_no_other_word_of_the_council():
    said = [yes("council", "a"), yes("government", "a", approves="b")]
    assert standing(STEPS, said, "a") == Standing((0,), pending=1)
    assert standing(STEPS, said, "b") == Standing((0, 1))


def test_what_the_council_strikes_goes_to_the_government():
    said = [yes("council", "a", approves="b")]
    assert standing(STEPS, said, "a") == Standing((), pending=0)
    assert standing(STEPS, said, "b") == Standing((0,))


def test_a_refused_list_waits_and_its_next_version_begins_anew():
    said = [yes("council", "a"), no("government", "a")]
    assert standing(STEPS, said, "a") == Standing((0,), pending=1)
    assert standing(STEPS, said, "b") == Standing(())


def test_of_each_body_the_latest_word_counts():
    said = [yes("council", "a"), yes("government", "a"), no("government", "b")]
    assert standing(STEPS, said, "a").holds == (0,)


words = st.builds(
    Said, st.sampled_from(STEPS), st.sampled_from(["approved", "struck", "refused"]), st.sampled_from("abc"),
    st.sampled_from("abc"),
)  # fmt: skip


@given(st.lists(words, max_size=8), st.sampled_from("abc"))
def test_what_holds_is_a_chain_in_order_that_ends_in_these_prizes(said: list[Said], prizes: str):
    found = standing(STEPS, said, prizes)
    rows = [said[row] for row in found.holds]
    assert [one.step for one in rows] == list(STEPS[: len(rows)])
    assert list(found.holds) == sorted(set(found.holds))
    assert all(one.outcome != "refused" for one in rows)
    ends = [one.seen for one in rows[1:]] + [prizes]
    assert [one.approves for one in rows] == ends if rows else True
    assert all(said.index(one, row) == max(r for r, w in enumerate(said) if w.step == one.step)
               for row, one in zip(found.holds, rows, strict=True))  # fmt: skip


@given(st.lists(words, max_size=8))
def test_a_change_of_prizes_leaves_no_approval_of_the_last_body(said: list[Said]):
    found = standing(STEPS, said, "never seen")
    assert found == Standing(())
