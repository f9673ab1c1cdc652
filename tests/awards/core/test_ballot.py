"""Laws of the committee's ballot."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from awards.core.ballot import Count, Terms, counted, result, result_of_counts
from awards.core.voting import Paper, choice_faults, most_names, next_nominees, paper_faults

NOMINEES, MEMBERS = "ABCDEF", "xyzuvwst"
choices = st.sampled_from(("yes", "no", "abstain", "recused"))
shares = st.sampled_from((Fraction(1, 2), Fraction(2, 3), Fraction(3, 4), Fraction(1)))
of = st.sampled_from(("cast", "present", "members"))


@st.composite
def ballots(draw):
    """Every member says something of every nominee; ranks of the experts, some equal."""
    here = draw(st.lists(st.sampled_from(MEMBERS), min_size=1, unique=True))
    nominees = draw(st.lists(st.sampled_from(NOMINEES), min_size=1, unique=True))
    votes = {nominee: {member: draw(choices) for member in here} for nominee in nominees}
    ranks = {nominee: draw(st.integers(1, 4)) for nominee in nominees}
    return votes, ranks


terms = st.builds(Terms, st.integers(0, 5), shares, of, st.just(Fraction(1, 8)))


@given(ballots(), terms)
def test_never_more_than_the_places_and_never_without_enough_votes(made, rules) -> None:
    votes, ranks = made
    found = result(votes, ranks, len(MEMBERS), rules, rules.places)
    assert len(found.winners) <= rules.places
    passed = {one.nominee for one in found.tallies if one.has_passed}
    assert set(found.winners) | set(found.held) <= passed
    assert not set(found.winners) & set(found.held)


@given(ballots(), terms, st.randoms(use_true_random=False))
def test_order_of_votes_and_names_of_members_never_matter(made, rules, rng) -> None:
    votes, ranks = made
    new = list(MEMBERS.upper())
    rng.shuffle(new)
    names = dict(zip(MEMBERS, new, strict=True))
    other = {}
    for nominee in rng.sample(sorted(votes), len(votes)):
        cast = list(votes[nominee].items())
        rng.shuffle(cast)
        other[nominee] = {names[member]: said for member, said in cast}
    assert result(other, ranks, len(MEMBERS), rules, 3) == result(votes, ranks, len(MEMBERS), rules, 3)


@given(ballots(), terms, st.data())
def test_more_yes_never_loses_a_winner(made, rules, data) -> None:
    votes, ranks = made
    before = result(votes, ranks, len(MEMBERS), rules, rules.places)
    for winner in before.winners:
        others = sorted(member for member, said in votes[winner].items() if said in ("no", "abstain"))
        if others:
            member = data.draw(st.sampled_from(others))
            more = votes | {winner: votes[winner] | {member: "yes"}}
            assert winner in result(more, ranks, len(MEMBERS), rules, rules.places).winners


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.integers(0, 3), st.integers(0, 5), terms)
def test_a_recused_member_changes_neither_side(yes, no, abstain, recused, absent, rules) -> None:
    """One more member who is there and is recused: as many votes, as many needed."""
    present = yes + no + abstain + recused
    count, more = (Count(yes, no, abstain, recused + extra) for extra in (0, 1))
    before = counted("A", count, present, present + absent, rules)
    after = counted("A", more, present + 1, present + absent + 1, rules)
    assert (before.yes, before.needed, before.has_passed) == (after.yes, after.needed, after.has_passed)


@given(ballots(), terms)
def test_sums_say_what_named_votes_say(made, rules) -> None:
    votes, ranks = made
    present = len({member for cast in votes.values() for member in cast})
    said = {
        nominee: Count(*(list(cast.values()).count(one) for one in ("yes", "no", "abstain", "recused")))
        for nominee, cast in votes.items()
    }
    assert result_of_counts(said, present, ranks, 8, rules, 2) == result(votes, ranks, 8, rules, 2)


@given(ballots(), terms, st.sampled_from(("all", "double")))
def test_who_stands_next_has_no_place_yet(made, rules, rule) -> None:
    votes, ranks = made
    last = result(votes, ranks, len(MEMBERS), rules, rules.places)
    left = [one for one in votes if one not in last.winners]
    places = rules.places - len(last.winners)
    found = next_nominees(left, ranks, last, last.held, places, rule)
    assert set(found) <= set(left)
    assert (found == []) == (not places or not left)
    if last.held and places:
        assert set(found) == set(last.held)
    assert most_names(places, len(found)) <= places


def test_a_runoff_takes_who_is_equal_with_its_last() -> None:
    counts = {"A": Count(5, 4), "B": Count(4, 5), "C": Count(4, 5), "D": Count(2, 7)}
    ranks = {"A": 1, "B": 2, "C": 2, "D": 3}
    last = result_of_counts(counts, 9, ranks, 9, Terms(1), 1)
    assert next_nominees("ABCD", ranks, last, (), 1, "double") == ["A", "B", "C"]
    assert next_nominees("ABCD", ranks, last, (), 1, "all") == list("ABCD")


@given(st.integers(1, 9), st.integers(0, 3), st.integers(0, 2), st.data())
def test_what_was_counted_from_real_ballots_adds_up(present, cap, lost, data) -> None:
    """Ballots drawn one by one, each within the rules, some of them recused on A: their sums are never refused."""
    recused = data.draw(st.integers(0, present))
    papers = []
    for member in range(present):
        due = ["B", "C"] if member < recused else ["A", "B", "C"]
        said = {one: data.draw(st.sampled_from(("yes", "no", "abstain"))) for one in due}
        if not choice_faults(said, due, cap):
            papers.append(said)
    invalid = present - len(papers)
    lost = min(lost, len(papers))
    papers = papers[lost:]
    counts = {
        one: Count(*([said.get(one) for said in papers].count(word) for word in ("yes", "no", "abstain")),
                   recused if one == "A" else 0)
        for one in "ABC"
    }  # fmt: skip
    paper = Paper(present, present - lost, len(papers), {"over": invalid}, counts)
    assert list(paper_faults(paper, present, cap)) == []
