"""Laws of the judge assigner; each guard has a twin that switches it off and must see the harm."""

from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from judging.core.assignment import (
    AssignmentInputError,
    AssignmentProblem,
    AssignmentResult,
    Infeasible,
    flow,
    linked_components,
    links,
    load_step,
    solve,
    solver,
)
from judging.core.assignment.chance import chance

laws = settings(max_examples=100, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def problem_of(entries, judges, reviews, *, seed=1, **changes):
    """A problem without any limits; name what shall be different."""
    plain = {
        "entries": entries,
        "judges": judges,
        "reviews": reviews,
        "allowed": np.ones((entries, judges), dtype=bool),
        "load_max": np.full(judges, entries),
        "affinity": np.zeros((entries, judges), dtype=np.int64),
        "institution": np.full(judges, -1),
        "seed": seed,
    }
    return AssignmentProblem(**(plain | changes))


def random_problem(seed, entries=30, judges=12, reviews=3, *, conflict=0.1, **changes):
    """Conflicts, affinities and institutions by chance, loads a fifth above the fair share."""
    rng = np.random.default_rng(seed)
    facts = {
        "allowed": rng.random((entries, judges)) >= conflict,
        "load_max": np.full(judges, -(-entries * reviews * 6 // (5 * judges))),
        "affinity": rng.integers(0, 101, (entries, judges)),
        "institution": rng.integers(-1, 6, judges),
    }
    return problem_of(entries, judges, reviews, seed=seed, **(facts | changes))


@st.composite
def problems(draw, most_entries=8, most_judges=8, *, with_fixed=True):
    entries, judges = draw(st.integers(1, most_entries)), draw(st.integers(1, most_judges))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    problem = random_problem(
        draw(st.integers(0, 2**80)) % 2**63,
        entries,
        judges,
        draw(st.integers(1, 4)),
        conflict=draw(st.sampled_from([0.0, 0.2, 0.5])),
        load_max=rng.integers(0, entries + 3, judges),
        institution=rng.integers(-1, 3, judges) * draw(st.sampled_from([1, 1_000_000_007])),
        institution_cap=draw(st.integers(0, 2)),
        district=rng.integers(-1, 3, judges),
        district_cap=draw(st.integers(0, 2)),
        subject_of_entry=rng.integers(-1, 3, entries),
        subject_of_judge=rng.integers(-1, 3, judges),
        balance=draw(st.sampled_from([0, 10, 100])),
    )
    possible = np.argwhere(problem.allowed & (rng.random((entries, judges)) < 0.1))
    return replace(problem, fixed=rng.permutation(possible)) if with_fixed else problem


def solved(problem) -> AssignmentResult | Infeasible:
    try:
        return solve(problem)
    except Infeasible as refusal:
        return refusal


def rows(pairs) -> set[tuple[int, int]]:
    return {(int(entry), int(judge)) for entry, judge in pairs}


def has_per_entry(problem, pairs):
    return np.bincount(pairs[:, 0], minlength=problem.entries)


def beyond_cap(group, cap, pairs) -> dict[tuple[int, int], int]:
    """Entry and group -> how many it has, where that is more than the cap."""
    known = pairs[group[pairs[:, 1]] >= 0]
    found, counts = np.unique(np.stack([known[:, 0], group[known[:, 1]]], axis=1), axis=0, return_counts=True)
    return {tuple(one): count for one, count in zip(found.tolist(), counts.tolist(), strict=True) if count > cap}


def assert_lawful(problem, result) -> None:
    """Everything that an assignment may never break. Written without a look at the solver."""
    fixed_of_entry = has_per_entry(problem, problem.fixed)
    fixed_of_judge = np.bincount(problem.fixed[:, 1], minlength=problem.judges)
    assert problem.allowed[result.pairs[:, 0], result.pairs[:, 1]].all(), "conflict"
    assert len(rows(result.pairs)) == len(result.pairs), "a judge twice on an entry"
    assert (result.loads <= np.maximum(problem.load_max, fixed_of_judge)).all(), "load"
    assert (has_per_entry(problem, result.pairs) == np.maximum(problem.reviews, fixed_of_entry)).all(), "need"
    assert rows(problem.fixed) <= rows(result.pairs), "fixed"
    assert rows(result.added) == rows(result.pairs) - rows(problem.fixed), "added"
    assert np.array_equal(result.loads, np.bincount(result.pairs[:, 1], minlength=problem.judges)), "loads"
    assert result.pairs.tolist() == sorted(result.pairs.tolist()), "order"
    for group, cap in problem.caps:
        assert beyond_cap(group, cap, result.pairs) == beyond_cap(group, cap, problem.fixed), "cap"
    assert 0 <= result.affinity_share <= 1, "share"


# ------------------------------------------------------------------ laws of every assignment


@laws
@given(problems())
def test_an_assignment_is_lawful_or_infeasible_names_the_entries(problem):
    answer = solved(problem)
    if isinstance(answer, AssignmentResult):
        assert_lawful(problem, answer)
    else:
        assert answer.shortages


@pytest.mark.parametrize("seed", range(3))
def test_a_larger_contest_is_lawful(seed):
    rng = np.random.default_rng(seed)
    problem = random_problem(
        seed,
        700,
        500,
        4,
        institution_cap=1,
        institution=rng.integers(-1, 60, 500),
        subject_of_entry=rng.integers(0, 6, 700),
        subject_of_judge=rng.integers(0, 6, 500),
    )
    result = solve(problem)
    assert_lawful(problem, result)
    assert result.components == 1


def everything_free(problem):
    rest = what_remains(problem)
    return replace(rest, free=np.ones_like(rest.free))


def endless_room(problem):
    rest = what_remains(problem)
    return replace(rest, room=rest.room + problem.entries)


what_remains = solver.what_remains


@pytest.mark.parametrize(
    ("place", "name", "broken", "harm"),
    [
        (solver, "what_remains", everything_free, "conflict"),
        (solver, "what_remains", endless_room, "load"),
        (flow, "_through_caps", lambda net, problem, offered, tail: (tail, tail < 0), "cap"),
    ],
)
def test_without_its_guard_a_law_breaks(monkeypatch, place, name, broken, harm):
    rng = np.random.default_rng(5)
    problem = random_problem(5, institution_cap=1, conflict=0.3, load_max=rng.integers(6, 12, 12), linked=False)
    assert_lawful(problem, solve(problem))
    monkeypatch.setattr(place, name, broken)
    with pytest.raises(AssertionError, match=harm):
        assert_lawful(problem, solve(problem))


def crossing_caps(seed):
    """Institutions over all districts; without both caps each entry would get two of one of them."""
    rng = np.random.default_rng(seed)
    institution, district = rng.integers(0, 6, 24), rng.integers(0, 8, 24)
    affinity = rng.integers(0, 101, (30, 6))[:, institution]
    caps = {"institution": institution, "institution_cap": 1, "district": district, "district_cap": 2}
    return random_problem(seed, 30, 24, 3, affinity=affinity, load_max=np.full(24, 30), **caps)


@pytest.mark.parametrize("seed", range(4))
def test_caps_of_districts_and_institutions_hold_together(seed):
    assert_lawful(crossing_caps(seed), solve(crossing_caps(seed)))


def test_without_looking_where_caps_cross_one_is_exceeded(monkeypatch):
    monkeypatch.setattr(solver, "crossed", lambda problem, taken: taken[:0])
    with pytest.raises(AssertionError, match="cap"):
        assert_lawful(crossing_caps(0), solve(crossing_caps(0)))


def test_without_a_cap_districts_change_nothing():
    problem = random_problem(9, institution_cap=1)
    district = np.arange(12) % 2
    assert np.array_equal(solve(problem).pairs, solve(replace(problem, district=district)).pairs)


@laws
@given(problems())
def test_a_replay_is_equal_and_the_order_of_fixed_pairs_does_not_matter(problem):
    first, again = solved(problem), solved(replace(problem, fixed=problem.fixed[::-1]))
    if isinstance(first, Infeasible):
        assert first.shortages == again.shortages
        return
    assert np.array_equal(first.pairs, again.pairs)
    assert np.array_equal(first.added, again.added)
    assert (first.components, first.affinity_share) == (again.components, again.affinity_share)


def test_another_seed_gives_other_panels():
    first, second = (solve(problem_of(60, 20, 3, seed=seed)).pairs for seed in (1, 2))
    assert not np.array_equal(first, second)


def test_chance_is_the_same_on_every_machine():
    assert chance(7, 1, [0, 3], 5).tolist() == [13897732330116822535, 13364003112821759409]
    assert chance(2**200, 1, 0).tolist() != chance(0, 1, 0).tolist()


# ------------------------------------------------------------------ fixed pairs and re-runs


@laws
@given(st.integers(0, 10_000), st.integers(2, 40), st.integers(1, 4))
def test_a_late_entry_changes_nothing_else(seed, entries, reviews):
    problem = random_problem(seed, entries, 12, reviews, conflict=0.05, load_max=np.full(12, entries))
    late = entries - 1
    before = solve(replace(problem, entries=late, allowed=problem.allowed[:late], affinity=problem.affinity[:late]))
    after = solve(replace(problem, fixed=before.pairs))
    assert np.array_equal(after.pairs[after.pairs[:, 0] != late], before.pairs)
    assert (after.added[:, 0] == late).all()
    assert len(after.added) == reviews


def test_a_complete_assignment_needs_nothing():
    problem = random_problem(3)
    first = solve(problem)
    again = solve(replace(problem, fixed=first.pairs))
    assert np.array_equal(again.pairs, first.pairs)
    assert again.added.shape == (0, 2)


def test_fixed_pairs_above_load_and_cap_are_kept_and_nothing_is_added_to_them():
    problem = problem_of(
        3, 5, 2, load_max=np.array([1, 3, 3, 3, 3]), institution=np.array([0, 0, 0, 1, 1]), institution_cap=1
    )
    fixed = np.array([[0, 0], [0, 1], [1, 0], [2, 0]])
    result = solve(replace(problem, fixed=fixed))
    assert rows(fixed) <= rows(result.pairs)
    assert result.loads[0] == 3
    assert set(result.added[:, 1].tolist()) <= {3, 4}


def test_work_done_before_counts_towards_the_balance():
    fixed = np.array([[entry, 0] for entry in range(10)])
    result = solve(problem_of(20, 4, 2, fixed=fixed))
    assert result.loads.tolist() == [10, 10, 10, 10]


# ------------------------------------------------------------------ loads


@laws
@given(st.integers(0, 10_000), st.integers(1, 60), st.integers(1, 15), st.integers(1, 4))
def test_loads_differ_by_at_most_one_where_nothing_else_constrains(seed, entries, judges, reviews):
    result = solve(problem_of(entries, max(judges, reviews), reviews, seed=seed))
    assert result.loads.max() - result.loads.min() <= 1


def test_loads_stay_even_among_sparse_candidates(monkeypatch):
    monkeypatch.setattr(solver, "SMALL", 0)
    loads = solve(problem_of(400, 60, 3)).loads
    assert loads.max() - loads.min() <= 1


def test_without_the_price_of_loads_they_are_uneven(monkeypatch):
    monkeypatch.setattr(flow, "load_step", lambda problem: 0)
    loads = solve(problem_of(60, 10, 3)).loads
    assert loads.max() - loads.min() > 1


def test_more_balance_never_makes_loads_less_even():
    problem = random_problem(11, 90, 15, load_max=np.full(15, 90))
    squares = [int((solve(replace(problem, balance=b)).loads ** 2).sum()) for b in (0, 20, 100, 1_000, 10_000)]
    assert squares == sorted(squares, reverse=True)


def test_a_maximum_load_without_end_costs_nothing():
    result = solve(problem_of(50, 6, 2, load_max=np.full(6, 10**15)))
    assert result.loads.max() - result.loads.min() <= 1


# ------------------------------------------------------------------ the best there is


def worth(problem, pairs) -> int:
    """Affinity less the price of loads, as `load_step` says it."""
    loads = np.bincount(pairs[:, 1], minlength=problem.judges)
    affinity = int(problem.affinity[pairs[:, 0], pairs[:, 1]].sum())
    return affinity - load_step(problem) * int((loads * (loads - 1) // 2).sum())


def brute_force(problem) -> int | None:
    """The worth of the best of all assignments, None if there is none."""
    panels = [
        [panel for panel in combinations(range(problem.judges), problem.reviews) if is_panel(problem, entry, panel)]
        for entry in range(problem.entries)
    ]
    values = []
    for choice in product(*panels):
        pairs = np.array([(entry, judge) for entry, panel in enumerate(choice) for judge in panel])
        if (np.bincount(pairs[:, 1], minlength=problem.judges) <= problem.load_max).all():
            values.append(worth(problem, pairs))
    return max(values, default=None)


def is_panel(problem, entry, panel) -> bool:
    pairs = np.array([(entry, judge) for judge in panel])
    within = not any(beyond_cap(group, cap, pairs) for group, cap in problem.caps)
    return problem.allowed[entry, list(panel)].all() and within


@laws
@given(problems(4, 5, with_fixed=False), st.integers(1, 3))
def test_no_other_assignment_of_a_tiny_contest_is_better(problem, reviews):
    nested = np.where(problem.institution >= 0, problem.institution % 2, problem.district)
    problem = replace(problem, reviews=reviews, linked=False, district=nested)
    answer, best = solved(problem), brute_force(problem)
    if best is None:
        assert isinstance(answer, Infeasible)
    else:
        assert worth(problem, answer.pairs) == best


def test_brute_force_sees_a_solver_that_misses_the_best():
    problem = random_problem(2, 4, 5, 2, conflict=0, load_max=np.full(5, 4), linked=False)
    assert worth(problem, solve(problem).pairs) == brute_force(problem)
    blind = replace(problem, affinity=np.zeros_like(problem.affinity))
    assert worth(problem, solve(blind).pairs) < brute_force(problem)


@pytest.mark.parametrize("popular", [False, True])
@pytest.mark.parametrize("balance", [0, 100])
def test_sparse_candidates_with_prices_are_as_good_as_all_pairs(monkeypatch, popular, balance):
    problem = random_problem(4, 300, 90, balance=balance, linked=False)
    if popular:
        rng = np.random.default_rng(4)
        liked = rng.normal(50, 25, 90) + rng.normal(0, 8, (300, 90))
        problem = replace(problem, affinity=np.clip(liked, 0, 100).astype(np.int64))
    full = worth(problem, solve(problem).pairs)
    monkeypatch.setattr(solver, "SMALL", 0)
    assert worth(problem, solve(problem).pairs) == full
    monkeypatch.setattr(solver, "better_pairs", lambda *a, **k: np.zeros((0, 2), np.int64))
    without_prices = worth(problem, solve(problem).pairs)
    assert without_prices < full if popular else without_prices <= full


def test_the_share_is_one_where_every_entry_has_its_best_judges():
    affinity = np.tile(np.array([100, 90, 0, 0]), (4, 1))
    assert solve(problem_of(4, 4, 2, affinity=affinity, balance=0, linked=False)).affinity_share == 1.0
    assert solve(problem_of(4, 4, 2, affinity=affinity, balance=100_000)).affinity_share == 0.5


# ------------------------------------------------------------------ links


def components_by_walking(pairs) -> list[set]:
    parts: list[set] = []
    for entry, judge in pairs.tolist():
        nodes = {("entry", entry), ("judge", judge)}
        touching = [part for part in parts if part & nodes]
        parts = [part for part in parts if not part & nodes] + [nodes.union(*touching)]
    return parts


@laws
@given(st.integers(0, 10_000), st.integers(1, 30), st.integers(1, 30), st.integers(0, 60))
def test_linked_components_are_those_found_by_walking(seed, entries, judges, count):
    rng = np.random.default_rng(seed)
    pairs = np.stack([rng.integers(0, entries, count), rng.integers(0, judges, count)], axis=1)
    of_entry, of_judge = linked_components(pairs, entries, judges)
    parts = components_by_walking(pairs)
    assert of_entry.max() + 1 == len(parts)
    for part in parts:
        assert len({int((of_entry if kind == "entry" else of_judge)[index]) for kind, index in part}) == 1
    assert set(np.flatnonzero(of_entry < 0)) == set(range(entries)) - set(pairs[:, 0].tolist())
    assert set(np.flatnonzero(of_judge < 0)) == set(range(judges)) - set(pairs[:, 1].tolist())
    shuffled = linked_components(rng.permutation(pairs), entries, judges)
    assert np.array_equal(shuffled[0], of_entry)
    assert np.array_equal(shuffled[1], of_judge)


def test_a_long_chain_is_one_component():
    order = np.random.default_rng(1).permutation(20_000)
    pairs = np.concatenate([np.stack([order, np.arange(20_000)], 1), np.stack([order[1:], np.arange(19_999)], 1)])
    assert linked_components(pairs, 20_000, 20_000)[0].max() == 0


def two_islands(**changes):
    """Two subjects of 20 entries and 10 judges each; affinity alone would keep them apart."""
    entry, judge = np.arange(40) // 20, np.arange(20) // 10
    affinity = np.where(entry[:, None] == judge, 90, 5)
    return problem_of(40, 20, 3, affinity=affinity, **changes), entry, judge


def test_islands_of_subjects_are_joined_at_little_cost():
    problem, *_ = two_islands()
    apart, joined = solve(replace(problem, linked=False)), solve(problem)
    assert (apart.components, joined.components) == (2, 1)
    assert_lawful(problem, joined)
    assert np.array_equal(apart.loads, joined.loads)
    assert len(rows(apart.pairs) - rows(joined.pairs)) == 2
    assert joined.affinity_share > 0.98


def test_the_swap_that_costs_least_is_taken():
    problem, *_ = two_islands()
    problem.affinity[3, 15] = 80
    assert (3, 15) in rows(solve(problem).pairs)


@laws
@given(st.integers(0, 10_000), st.integers(1, 3), st.integers(0, 40))
def test_every_swap_joins_two_parts(seed, reviews, fixed):
    rng = np.random.default_rng(seed)
    problem = problem_of(24, 18, reviews, allowed=rng.random((24, 18)) > 0.2)
    home = np.arange(24)[:, None] % 6 == np.arange(18) % 6
    pairs = np.argwhere(problem.allowed & home & (rng.random(home.shape) < 0.9))
    movable = np.arange(len(pairs)) >= fixed
    swaps = []
    with pytest.MonkeyPatch.context() as patch:
        find = links._best_swap
        patch.setattr(links, "_best_swap", lambda *facts: swaps.append(find(*facts)) or swaps[-1])
        joined = links.joined_by_swaps(problem, pairs, movable)
    before, after = (len(components_by_walking(which)) for which in (pairs, joined))
    assert before - after == len(swaps) - swaps.count(None)
    assert np.array_equal(joined[~movable], pairs[~movable])
    assert problem.allowed[joined[:, 0], joined[:, 1]].all()
    assert len(rows(joined)) == len(pairs)


def test_without_swaps_the_islands_stay_and_are_reported(monkeypatch):
    problem, *_ = two_islands()
    monkeypatch.setattr(solver, "joined_by_swaps", lambda problem, pairs, movable: pairs)
    assert solve(problem).components == 2


def test_a_twelfth_of_each_subject_rounded_up_looks_across():
    problem, entry, judge = two_islands()
    result = solve(replace(problem, subject_of_entry=entry, subject_of_judge=judge))
    at_home = entry[result.pairs[:, 0]] == judge[result.pairs[:, 1]]
    across = np.bincount(result.pairs[~at_home, 0], minlength=40)
    assert (across > 0).sum() == 4
    assert set(np.flatnonzero(across) // 20) == {0, 1}
    assert result.components == 1
    assert_lawful(problem, result)


@pytest.mark.parametrize("seed", range(1, 7))
def test_most_bridges_hold_where_institutions_span_both_subjects(seed):
    problem, entry, judge = two_islands(institution=np.arange(20) % 5, institution_cap=1, seed=seed)
    result = solve(replace(problem, subject_of_entry=entry, subject_of_judge=judge))
    away = result.pairs[entry[result.pairs[:, 0]] != judge[result.pairs[:, 1]]]
    assert 3 <= len(np.unique(away[:, 0])) <= 4
    assert len(away) <= 6
    assert_lawful(problem, result)


def test_a_bridge_never_makes_a_contest_infeasible():
    problem, entry, judge = two_islands(allowed=np.arange(40)[:, None] // 20 == np.arange(20) // 10)
    result = solve(replace(problem, subject_of_entry=entry, subject_of_judge=judge))
    assert result.components == 2
    assert_lawful(problem, result)


@laws
@given(problems())
def test_components_are_reported_as_they_are(problem):
    answer = solved(problem)
    if isinstance(answer, AssignmentResult):
        assert answer.components == len(components_by_walking(answer.pairs))


@pytest.mark.parametrize("cap", [0, 1])
@pytest.mark.parametrize("seed", range(5))
def test_many_islands_become_one_without_breaking_a_law(seed, cap):
    rng = np.random.default_rng(seed)
    entry, judge = np.arange(120) % 8, np.arange(48) % 8
    problem = problem_of(
        120,
        48,
        2,
        seed=seed,
        affinity=np.where(entry[:, None] == judge, 90, 0),
        allowed=rng.random((120, 48)) > 0.05,
        load_max=np.full(48, 6),
        institution=rng.integers(-1, 12, 48),
        institution_cap=cap,
    )
    result = solve(problem)
    assert_lawful(problem, result)
    assert result.components == 1


def test_equal_judges_do_not_come_in_blocks():
    panels = solve(problem_of(200, 40, 4)).pairs[:, 1].reshape(200, 4)
    shared = [len(set(a) & set(b)) for a, b in zip(panels[:-1].tolist(), panels[1:].tolist(), strict=True)]
    assert np.mean(shared) < 0.8  # 0.4 by pure chance, 4 in blocks
    assert len({tuple(panel) for panel in panels.tolist()}) > 190


# ------------------------------------------------------------------ infeasible, in words


def most_reviews(problem) -> int:
    """Reviews that can be placed at most, by augmenting paths; no institution cap."""
    held: list[list[int]] = [[] for _ in range(problem.judges)]

    def place(entry, seen) -> bool:
        for judge in np.flatnonzero(problem.allowed[entry]).tolist():
            if judge in seen or entry in held[judge]:
                continue
            seen.add(judge)
            if len(held[judge]) < problem.load_max[judge]:
                held[judge].append(entry)
                return True
            for other in list(held[judge]):
                if place(other, seen):
                    held[judge].remove(other)
                    held[judge].append(entry)
                    return True
        return False

    return sum(place(entry, set()) for entry in range(problem.entries) for _ in range(problem.reviews))


@laws
@given(problems(with_fixed=False))
def test_infeasible_lacks_no_more_than_it_must(problem):
    problem = replace(problem, institution_cap=0, district_cap=0)
    missing = problem.entries * problem.reviews - most_reviews(problem)
    answer = solved(problem)
    found = sum(shortage.lacking for shortage in answer.shortages) if isinstance(answer, Infeasible) else 0
    assert found == missing


@laws
@given(problems())
def test_infeasible_counts_every_judge_once(problem):
    answer = solved(problem)
    if not isinstance(answer, Infeasible):
        return
    for shortage in answer.shortages:
        has = problem.reviews - shortage.lacking
        assert shortage.lacking > 0
        assert shortage.not_allowed == (~problem.allowed[shortage.entry]).sum()
        at_cap = shortage.institution + shortage.district
        assert shortage.not_allowed + shortage.full + at_cap + has == problem.judges
        assert shortage.institution == 0 or problem.institution_cap > 0
        assert shortage.district == 0 or problem.district_cap > 0
    named = [shortage.entry for shortage in answer.shortages]
    assert named == sorted(set(named))


def test_infeasible_says_why_in_words():
    allowed = np.ones((3, 5), dtype=bool)
    allowed[2, :3] = False
    fixed = np.array([[0, 3], [0, 4], [1, 3], [1, 4]])
    problem = problem_of(3, 5, 2, allowed=allowed, load_max=np.full(5, 2), fixed=fixed)
    with pytest.raises(Infeasible, match=r"^entry 2 lacks 2: 3 not allowed, 2 full$"):
        solve(problem)
    capped = replace(problem, fixed=fixed[:0], institution=np.zeros(5, np.int64), institution_cap=1)
    with pytest.raises(Infeasible, match=r"entry 2 lacks 1: 3 not allowed, 1 at the institution cap"):
        solve(capped)
    capped = replace(problem, fixed=fixed[:0], district=np.zeros(5, np.int64), district_cap=1)
    with pytest.raises(Infeasible, match=r"entry 2 lacks 1: 3 not allowed, 1 at the district cap"):
        solve(capped)


def test_candidates_that_are_too_few_are_widened_before_anyone_is_named(monkeypatch):
    monkeypatch.setattr(solver, "SMALL", 0)
    monkeypatch.setattr(solver, "WIDTHS", (9,))
    monkeypatch.setattr(solver, "PER_REVIEW", 1)
    narrow, attempts = solver.candidates, []
    monkeypatch.setattr(solver, "candidates", lambda p, r, w: (attempts.append(w), narrow(p, r, w))[1])
    affinity = np.tile(np.r_[np.full(12, 100), np.zeros(28)].astype(np.int64), (40, 1))
    problem = problem_of(40, 40, 5, affinity=affinity, load_max=np.full(40, 5), seed=3)
    assert_lawful(problem, solve(problem))
    assert attempts == [9, 40]


# ------------------------------------------------------------------ input and small sizes


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"allowed": np.ones((3, 4), dtype=np.int64)}, "booleans"),
        ({"allowed": np.ones((4, 3), dtype=bool)}, "allowed has shape"),
        ({"affinity": np.full((3, 4), 101)}, "affinity"),
        ({"affinity": np.full((3, 4), -1)}, "affinity"),
        ({"affinity": np.full((3, 4), 0.5)}, "integers"),
        ({"load_max": np.array([1, 2, 3, -1])}, "load_max"),
        ({"institution": np.zeros(3, np.int64)}, "institution has shape"),
        ({"subject_of_entry": np.zeros(3, np.int64)}, "or neither"),
        ({"reviews": 0}, "reviews"),
        ({"institution_cap": -1}, "institution_cap"),
        ({"district_cap": -1}, "district_cap"),
        ({"district": np.zeros(3, np.int64)}, "district has shape"),
        ({"fixed": np.array([[0, 4]])}, "does not exist"),
        ({"fixed": np.array([[-1, 0]])}, "does not exist"),
        ({"fixed": np.array([[0, 1], [0, 1]])}, "twice"),
        ({"fixed": np.array([0, 1])}, "fixed has shape"),
        ({"fixed": np.array([[1, 2]]), "allowed": ~np.eye(3, 4, 1, dtype=bool)}, "entry 1 judge 2"),
    ],
)
def test_arrays_that_contradict_each_other_are_refused(changes, words):
    with pytest.raises(AssignmentInputError, match=words):
        solve(replace(problem_of(3, 4, 2), **changes))


def test_an_empty_contest_is_empty():
    result = solve(problem_of(0, 4, 2))
    assert result.pairs.shape == (0, 2)
    assert (result.components, result.affinity_share, result.loads.tolist()) == (0, 1.0, [0, 0, 0, 0])


def test_a_contest_without_judges_names_every_entry():
    with pytest.raises(Infeasible, match="no judges at all") as refusal:
        solve(problem_of(2, 0, 1))
    assert [shortage.entry for shortage in refusal.value.shortages] == [0, 1]


@pytest.mark.parametrize("kind", [np.int8, np.uint8, np.int32])
def test_the_width_of_the_integers_does_not_matter(kind):
    problem = random_problem(8)
    narrow = replace(problem, affinity=problem.affinity.astype(kind), load_max=problem.load_max.astype(kind))
    assert np.array_equal(solve(problem).pairs, solve(narrow).pairs)


# ---- further judges, told entry by entry


@given(st.integers(0, 10_000))
@laws
def test_wanted_judges_come_beyond_the_fixed_ones(seed):
    problem = random_problem(seed)
    fixed = solve(problem).pairs
    rng = np.random.default_rng(seed)
    free = problem.allowed.sum(axis=1) - 3
    wanted = np.minimum(rng.integers(0, 3, problem.entries), free)
    more = replace(problem, fixed=fixed, load_max=problem.load_max + 60, wanted=wanted, linked=False)
    result = solve(more)
    assert np.bincount(result.added[:, 0], minlength=problem.entries).tolist() == wanted.tolist()
    assert more.allowed[result.added[:, 0], result.added[:, 1]].all()
    assert len(np.unique(result.pairs, axis=0)) == len(fixed) + wanted.sum()
    assert (result.loads <= more.load_max).all()


@pytest.mark.parametrize("wanted", [[1], [1, -1], [0.5, 1]])
def test_wanted_judges_that_do_not_fit_are_a_fault_of_the_caller(wanted):
    with pytest.raises(AssignmentInputError):
        solve(problem_of(2, 3, 1, wanted=np.array(wanted)))
