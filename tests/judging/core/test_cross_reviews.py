"""Laws of the fewest cross reviews; the best is found by trying everything."""

from dataclasses import replace
from itertools import combinations

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from judging.core.assignment import AssignmentProblem, cross_reviews, fewest_cross_reviews, linked_components

laws = settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def problem_of(entries, judges, fixed, **changes):
    """Pairs that stand, and no limits; name what shall be different."""
    plain = {
        "entries": entries,
        "judges": judges,
        "reviews": 1,
        "allowed": np.ones((entries, judges), dtype=bool),
        "load_max": np.full(judges, entries),
        "affinity": np.zeros((entries, judges), dtype=np.int64),
        "institution": np.full(judges, -1),
        "fixed": np.array(fixed, dtype=np.int64).reshape(-1, 2),
        "seed": 1,
    }
    return AssignmentProblem(**(plain | changes))


@st.composite
def problems(draw, most_entries=7, most_judges=6, *, with_caps=True):
    """A few closed groups, judges without work, conflicts, full loads, entries without a judge."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    entries, judges = rng.integers(2, most_entries + 1), rng.integers(2, most_judges + 1)
    groups = rng.integers(1, 5)
    home = (rng.permutation(entries) % groups)[:, None] == rng.permutation(judges) % (groups + rng.integers(0, 2))
    fixed = np.argwhere(home & (rng.random(home.shape) < 0.8))
    load = np.bincount(fixed[:, 1], minlength=judges)
    allowed = rng.random(home.shape) >= rng.choice([0.0, 0.3, 0.6])
    allowed[fixed[:, 0], fixed[:, 1]] = True
    facts = {
        "allowed": allowed,
        "affinity": rng.integers(0, 101, home.shape),
        "load_max": np.maximum(load + rng.integers(-1, 2 + rng.integers(1, 3), judges), 0),
        "seed": int(rng.integers(0, 2**62)),
    }
    if with_caps:
        facts |= {
            "institution": rng.integers(-1, 3, judges),
            "institution_cap": int(rng.integers(0, 3)),
            "district": rng.integers(-1, 2, judges),
            "district_cap": int(rng.integers(0, 3)),
        }
    return problem_of(int(entries), int(judges), fixed, **facts)


def parts(problem, pairs) -> int:
    """Parts of the graph, by walking."""
    near: dict[tuple[str, int], set] = {}
    for entry, judge in np.asarray(pairs).tolist():
        near.setdefault(("e", entry), set()).add(("j", judge))
        near.setdefault(("j", judge), set()).add(("e", entry))
    seen, count = set(), 0
    for node in near:
        if node not in seen:
            count, walk = count + 1, [node]
            while walk:
                here = walk.pop()
                if here not in seen:
                    seen.add(here)
                    walk += near[here]
    return count


def together(problem, more) -> np.ndarray:
    return np.concatenate([problem.fixed, np.array(more, dtype=np.int64).reshape(-1, 2)])


def is_lawful(problem, more) -> bool:
    """No conflict, no pair twice, no load and no cap that is exceeded by what is added."""
    more = np.array(more, dtype=np.int64).reshape(-1, 2)
    pairs = together(problem, more)
    if not problem.allowed[more[:, 0], more[:, 1]].all() or len(np.unique(pairs, axis=0)) < len(pairs):
        return False
    if (np.bincount(pairs[:, 1], minlength=problem.judges) > problem.load_max)[more[:, 1]].any():
        return False
    for group, cap in problem.caps:
        for entry, judge in more.tolist():
            same = group[pairs[pairs[:, 0] == entry, 1]] == group[judge]
            if group[judge] >= 0 and same.sum() > cap:
                return False
    return True


def by_trying(problem) -> tuple[int, int]:
    """The fewest parts that can be left, and the fewest pairs that leave so few; of entries that have a judge."""
    free = problem.allowed & np.isin(np.arange(problem.entries), problem.fixed[:, 0])[:, None]
    free[problem.fixed[:, 0], problem.fixed[:, 1]] = False
    free = np.argwhere(free).tolist()
    groups = parts(problem, problem.fixed)
    best = (groups, 0)
    for size in range(1, 2 * groups - 1):  # each judge without work costs one more, and joins two at least
        for more in combinations(free, size):
            left = parts(problem, together(problem, more))
            if left < best[0] and is_lawful(problem, more):
                best = (left, size)
        if best[0] == 1:
            break
    return best


# ------------------------------------------------------------------ laws


@laws
@given(problems())
def test_a_cross_review_is_never_a_conflict_and_never_over_a_load_or_cap(problem):
    assert is_lawful(problem, fewest_cross_reviews(problem).pairs)


@laws
@given(problems())
def test_what_is_left_is_what_the_answer_says(problem):
    answer = fewest_cross_reviews(problem)
    assert answer.groups == parts(problem, problem.fixed)
    assert answer.left == parts(problem, together(problem, answer.pairs))
    assert len(answer.apart) == (answer.left if answer.left > 1 else 0)
    assert answer.pairs.tolist() == sorted(answer.pairs.tolist())


@laws
@given(problems(5, 5, with_caps=False))
def test_nobody_links_more_or_as_much_with_fewer(problem):
    answer = fewest_cross_reviews(problem)
    assert (answer.left, len(answer.pairs)) == by_trying(problem)


@laws
@given(problems(5, 5))
def test_under_caps_as_few_as_can_be_where_all_are_linked_by_judges_with_work(problem):
    answer, best = fewest_cross_reviews(problem), by_trying(problem)
    assert answer.left >= best[0]
    if len(answer.pairs) == answer.groups - answer.left and answer.left == 1:
        assert (answer.left, len(answer.pairs)) == best


@laws
@given(problems())
def test_where_nothing_forbids_it_n_groups_are_linked_by_one_review_less(problem):
    free = replace(
        problem,
        allowed=np.ones_like(problem.allowed),
        load_max=np.full(problem.judges, 2 * problem.entries),
        institution_cap=0,
        district_cap=0,
    )
    answer = fewest_cross_reviews(free)
    assert len(answer.pairs) == max(answer.groups - 1, 0)
    assert answer.left == min(answer.groups, 1)


@laws
@given(problems())
def test_what_is_linked_already_needs_nothing(problem):
    first = fewest_cross_reviews(problem)
    again = fewest_cross_reviews(replace(problem, fixed=together(problem, first.pairs)))
    assert len(again.pairs) == 0
    assert (again.groups, again.left) == (first.left, first.left)


@laws
@given(problems(), st.randoms(use_true_random=False))
def test_the_order_of_the_pairs_does_not_matter(problem, luck):
    order = luck.sample(range(len(problem.fixed)), len(problem.fixed))
    first, again = fewest_cross_reviews(problem), fewest_cross_reviews(replace(problem, fixed=problem.fixed[order]))
    assert np.array_equal(first.pairs, again.pairs)
    assert first.left == again.left


@laws
@given(problems())
def test_a_group_that_stays_apart_says_why_for_every_pair_across(problem):
    answer = fewest_cross_reviews(problem)
    pairs = together(problem, answer.pairs)
    of_entry, of_judge = linked_components(pairs, problem.entries, problem.judges)
    for label, one in enumerate(answer.apart):
        assert one.entries.tolist() == np.flatnonzero(of_entry == label).tolist()
        assert one.judges.tolist() == np.flatnonzero(of_judge == label).tolist()
        entries, judges = (of_entry >= 0).sum(), (of_judge >= 0).sum()
        across = len(one.entries) * (judges - len(one.judges)) + len(one.judges) * (entries - len(one.entries))
        assert one.not_allowed + one.full + one.capped == across


# ------------------------------------------------------------------ cases


PANELS = [(entry, judge) for entry in range(9) for judge in range(6) if entry // 3 == judge // 2]


def test_three_closed_panels_are_linked_by_two_reviews_of_two_judges():
    answer = fewest_cross_reviews(problem_of(9, 6, PANELS))
    assert (answer.groups, answer.left, len(answer.pairs)) == (3, 1, 2)
    assert len(set(answer.pairs[:, 1].tolist())) == 2


def test_who_has_least_is_asked_and_then_who_knows_most():
    fixed = [*PANELS, (0, 4), (1, 4)]
    apart = [pair for pair in fixed if pair not in ((0, 4), (1, 4), (3, 3), (4, 3))]
    affinity = np.zeros((9, 6), dtype=np.int64)
    affinity[7, 3] = 90
    pairs = fewest_cross_reviews(problem_of(9, 6, apart, affinity=affinity)).pairs.tolist()
    assert [7, 3] in pairs  # judge 3 has one entry, the others three


def test_where_all_who_have_work_are_full_somebody_without_work_links():
    load = np.array([3] * 6 + [9])
    answer = fewest_cross_reviews(problem_of(9, 7, PANELS, load_max=load))
    assert (answer.left, set(answer.pairs[:, 1].tolist()), len(answer.pairs)) == (1, {6}, 3)
    assert fewest_cross_reviews(problem_of(9, 6, PANELS, load_max=load[:6])).left == 3


def test_the_fewest_judges_without_work_are_taken():
    """Judge 6 reaches all three groups, 7 and 8 only two each."""
    allowed = np.ones((9, 9), dtype=bool)
    allowed[6:, 7] = allowed[:3, 8] = False
    load = np.array([3] * 6 + [3, 3, 3])
    answer = fewest_cross_reviews(problem_of(9, 9, PANELS, load_max=load, allowed=allowed))
    assert (answer.left, answer.pairs[:, 1].tolist()) == (1, [6, 6, 6])


def test_an_exchange_finds_what_going_by_load_misses(monkeypatch):
    """Judge 0 has least and may take an entry of either group, judge 1 one of the second alone."""
    fixed = [(0, 0), (0, 1), (1, 1), (2, 2), (3, 3)]
    allowed = np.zeros((4, 4), dtype=bool)
    allowed[tuple(np.array(fixed).T)] = True
    allowed[2, 0] = allowed[3, 0] = allowed[2, 1] = True
    affinity = np.zeros((4, 4), dtype=np.int64)
    affinity[2, 0] = 9
    problem = problem_of(4, 4, fixed, allowed=allowed, load_max=np.array([2, 3, 1, 1]), affinity=affinity)
    assert fewest_cross_reviews(problem).pairs.tolist() == [[2, 1], [3, 0]]
    monkeypatch.setattr(cross_reviews, "_augmented", lambda *facts: [])
    assert fewest_cross_reviews(problem).left == 2


def test_without_its_guards_a_law_breaks(monkeypatch):
    """Two look for conflicts: before a judge is thought of, and when the entry is chosen."""
    allowed = np.zeros((9, 6), dtype=bool)
    allowed[tuple(np.array(PANELS).T)] = True
    problem = problem_of(9, 6, PANELS, allowed=allowed)
    assert len(fewest_cross_reviews(problem).pairs) == 0
    monkeypatch.setattr(cross_reviews, "_free", lambda *facts: np.ones((9, 6), dtype=bool))
    assert len(fewest_cross_reviews(problem).pairs) == 0
    monkeypatch.setattr(cross_reviews, "_free_for", lambda *facts: np.ones(9, dtype=bool))
    assert not is_lawful(problem, fewest_cross_reviews(problem).pairs)


def test_without_the_room_of_judges_a_load_is_exceeded(monkeypatch):
    problem, ground = problem_of(9, 6, PANELS, load_max=np.full(6, 3)), cross_reviews._ground
    assert len(fewest_cross_reviews(problem).pairs) == 0
    endless = replace(problem, load_max=np.full(6, 9))
    monkeypatch.setattr(cross_reviews, "_ground", lambda given: ground(endless))
    assert not is_lawful(problem, fewest_cross_reviews(problem).pairs)


def test_many_groups_take_a_moment():
    """A judge an entry and four entries a judge: as many groups as judges."""
    fixed = np.stack([np.arange(800), np.arange(800) % 200], axis=1)
    answer = fewest_cross_reviews(problem_of(800, 200, fixed, load_max=np.full(200, 5)))
    assert (answer.groups, answer.left, len(answer.pairs)) == (200, 1, 199)
    assert np.bincount(answer.pairs[:, 1]).max() == 1


def test_nothing_stands_and_nothing_is_linked():
    answer = fewest_cross_reviews(problem_of(3, 2, []))
    assert (answer.groups, answer.left, len(answer.pairs)) == (0, 0, 0)
