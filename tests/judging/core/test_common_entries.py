"""Laws of the fewest common entries; the best is found by trying everything."""

from dataclasses import replace
from itertools import chain, combinations

import numpy as np
import pytest
from hypothesis import given

from judging.core.assignment import common_entries, fewest_common_entries, fewest_cross_reviews
from tests.judging.core.test_cross_reviews import is_lawful, laws, parts, problem_of, problems, together


def fewest_of(problem):
    return fewest_common_entries(problem, fewest_cross_reviews(problem))


def restricted(problem, chosen):
    allowed = np.zeros_like(problem.allowed)
    allowed[list(chosen)] = problem.allowed[list(chosen)]
    allowed[problem.fixed[:, 0], problem.fixed[:, 1]] = True
    return replace(problem, allowed=allowed)


def free_pairs(problem, chosen):
    has_judge = set(problem.fixed[:, 0].tolist())
    standing = {tuple(pair) for pair in problem.fixed.tolist()}
    return [
        (entry, judge)
        for entry in chosen
        if entry in has_judge
        for judge in range(problem.judges)
        if problem.allowed[entry, judge] and (entry, judge) not in standing
    ]


def links(problem, chosen, left) -> bool:
    """Whether some lawful reviews of these entries leave so few parts; tried one by one."""
    free = free_pairs(problem, chosen)
    every = chain.from_iterable(combinations(free, size) for size in range(len(free) + 1))
    return any(is_lawful(problem, more) and parts(problem, together(problem, list(more))) <= left for more in every)


@laws
@given(problems())
def test_common_entries_are_never_a_conflict_and_never_over_a_load_or_cap(problem):
    found = fewest_of(problem)
    assert is_lawful(problem, found.pairs)
    assert set(found.entries.tolist()) == set(found.pairs[:, 0].tolist())


@laws
@given(problems())
def test_common_entries_link_as_much_as_cross_reviews(problem):
    found, cross = fewest_of(problem), fewest_cross_reviews(problem)
    assert (found.groups, found.left) == (cross.groups, cross.left)
    assert found.left == max(parts(problem, together(problem, found.pairs)), found.left if not len(found.pairs) else 0)


@laws
@given(problems())
def test_common_entries_are_no_more_than_those_of_cross_reviews(problem):
    found, cross = fewest_of(problem), fewest_cross_reviews(problem)
    assert len(found.entries) <= len(np.unique(cross.pairs[:, 0]))


@laws
@given(problems(5, 4, with_caps=False))
def test_fewer_entries_never_link_as_much(problem):
    """Brute force: no smaller set of entries links so many, whatever judges it is given to."""
    found = fewest_of(problem)
    for size in range(len(found.entries)):
        for chosen in combinations(range(problem.entries), size):
            assert not links(problem, chosen, found.left), chosen


@laws
@given(problems(5, 4, with_caps=False))
def test_no_fewer_reviews_of_these_entries_link_as_much(problem):
    found = fewest_of(problem)
    free = free_pairs(problem, found.entries.tolist())
    for size in range(len(found.pairs)):
        for more in combinations(free, size):
            if is_lawful(problem, list(more)):
                assert parts(problem, together(problem, list(more))) > found.left


def test_one_entry_links_all_groups_where_all_may_mark_it():
    problem = problem_of(6, 6, [(one, one) for one in range(6)])
    found = fewest_of(problem)
    assert (len(found.entries), len(found.pairs), found.groups, found.left) == (1, 5, 6, 1)
    assert parts(problem, together(problem, found.pairs)) == 1


def test_where_it_hangs_together_nothing_is_added():
    found = fewest_of(problem_of(2, 2, [(0, 0), (1, 0), (1, 1)]))
    assert (len(found.entries), len(found.pairs), found.left) == (0, 0, 1)


def test_a_second_entry_where_a_conflict_forbids_the_first():
    """Each judge but one may mark only the neighbour's: no entry alone reaches all."""
    allowed = np.eye(4, dtype=bool) | np.eye(4, k=1, dtype=bool)
    found = fewest_of(problem_of(4, 4, [(one, one) for one in range(4)], allowed=allowed))
    assert (found.left, found.entries.tolist(), len(found.pairs)) == (1, [0, 1, 2], 3)


@pytest.mark.parametrize("tries", [1, 2])
def test_without_time_to_try_it_still_links_all(monkeypatch, tries):
    monkeypatch.setattr(common_entries, "TRIES", tries)
    allowed = np.eye(5, dtype=bool) | np.eye(5, k=1, dtype=bool)
    problem = problem_of(5, 5, [(one, one) for one in range(5)], allowed=allowed)
    found = fewest_of(problem)
    assert found.left == parts(problem, together(problem, found.pairs)) == 1


def test_the_same_problem_gives_the_same_answer():
    problem = problem_of(6, 6, [(one, one) for one in range(6)], seed=5)
    assert fewest_of(problem).pairs.tolist() == fewest_of(problem).pairs.tolist()
