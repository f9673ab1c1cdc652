"""How strict judges are: against closed forms worked by hand, laws, and judges made up to be found out."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from judging.core.scores import ScoreInputError
from judging.core.severity import MOST_JUDGES, Answer, Constants, Marked, Reason, estimated, how_linked, severity
from judging.core.severity.system import System, settled
from judging.core.severity.variances import START, Likelihood, scored

FROZEN = Constants(entry=40.0, judge=10.0, residual=25.0)


def asked(rows, counts=(12, 5), constants=None):
    """rows   (entry, judge, points)"""
    entries, judges, values = (np.array(column) for column in zip(*rows, strict=True))
    return severity(values.astype(float), entries, judges, counts, constants)


def made_up(entries=60, judges=12, reviews=4, strict=4.0, chance=5.0, seed=1):
    """Sheets of a linked design, with the true qualities and strictness."""
    rng = np.random.default_rng(seed)
    of = np.repeat(np.arange(entries), reviews)
    by = np.concatenate([rng.choice(judges, reviews, replace=False) for _ in range(entries)])
    quality, bias = rng.normal(70, 8, entries), rng.normal(0, strict, judges)
    return quality[of] + bias[by] + rng.normal(0, chance, len(of)), of, by, quality, bias


# ---- worked by hand

# Three works, two judges, one sheet each: 62 70 | 71 75 | 80 86.
# Sums of squares about the mean 74: works 2·(8² + 1² + 9²) = 292, judges 3·(3² + 3²) = 54, all 12²+4²+3²+1²+6²+12² = 350;
# residual 350 - 292 - 54 = 4 over 2 degrees: 2. Works 292 / 2 = 146, judges 54 / 1 = 54.
# Variances: residual 2, works (146 - 2) / 2 = 72, judges (54 - 2) / 3 = 52 / 3.
BY_HAND = [(0, 0, 62), (0, 1, 70), (1, 0, 71), (1, 1, 75), (2, 0, 80), (2, 1, 86)]


def marked_of(rows, counts):
    entries, judges, values = (np.array(column) for column in zip(*rows, strict=True))
    return Marked(values.astype(float), entries, judges, *counts)


def test_variances_of_a_balanced_design_are_those_of_the_analysis_of_variance() -> None:
    found, _ = estimated(marked_of(BY_HAND, (3, 2)))
    assert (found.residual, found.entry, found.judge) == pytest.approx((2, 72, 52 / 3), rel=1e-7)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6), st.floats(0, 15), st.floats(0.5, 20), st.integers(2, 5))
def test_scoring_settles_where_the_likelihood_is_greatest_or_says_that_it_did_not(
    seed, strict, chance, reviews
) -> None:
    values, of, by, *_ = made_up(40, 8, reviews, strict, chance, seed)
    likelihood = Likelihood(Marked(values, of, by, 40, 8))
    at, least, is_settled = scored(likelihood, START)
    if is_settled:
        around = [likelihood.of(at + np.array(step))[0] for step in ((0.01, 0), (-0.01, 0), (0, 0.01), (0, -0.01))]
        assert least <= min(around)
        assert np.abs(likelihood.of(at)[1]).max() < 1e-4
    else:
        found, _ = estimated(Marked(values, of, by, 40, 8))
        assert min(found.entry, found.judge) < 0.01 * found.residual  # on a border


def test_judges_who_agree_to_the_letter_are_no_fault() -> None:
    """Nothing is left to chance, so the information is none."""
    rows = [(entry, judge, 90 - 5 * entry) for entry in range(5) for judge in range(3)]
    found = asked(rows, (5, 3))
    assert found.answer in (Answer.MEAN, Answer.REFUSED)
    assert np.argsort(-found.scores).tolist() == [0, 1, 2, 3, 4]


def test_the_search_that_borders_need_finds_what_scoring_does(monkeypatch) -> None:
    values, of, by, *_ = made_up(200, 15)
    known, _ = estimated(Marked(values, of, by, 200, 15))
    calls = iter([False])  # the first try says that it did not settle

    def unsettled(likelihood, at):
        return (at, np.nan, False) if next(calls, True) is False else scored(likelihood, at)

    monkeypatch.setattr("judging.core.severity.variances.scored", unsettled)
    found, _ = estimated(Marked(values, of, by, 200, 15))
    assert (found.entry, found.judge, found.residual) == pytest.approx(
        (known.entry, known.judge, known.residual), rel=1e-7
    )


def test_scores_are_the_means_shrunk_by_the_share_of_entries() -> None:
    """Every judge marked everything: 74 + (mean - 74) · 72 / (72 + 2 / 2)."""
    rows = [*BY_HAND, *((entry + 3, judge, points) for entry, judge, points in BY_HAND)]
    found = asked(rows, (6, 2), Constants(72, 52 / 3, 2, np.inf))
    assert found.scores[:3] == pytest.approx([74 + far * 72 / 73 for far in (-8, -1, 9)], abs=1e-9)


def test_two_judges_are_apart_by_their_shrunk_difference() -> None:
    """Works fixed in effect (huge variance): each judge's half of the mean difference 6, times 3·v / (3·v + r)."""
    rows = [*BY_HAND, *((entry + 3, judge, points) for entry, judge, points in BY_HAND)]
    found = asked(rows, (6, 2), Constants(2e6, 10, 2, np.inf))
    half = 3 * (6 * 10) / (6 * 10 + 2)
    assert found.severities == pytest.approx([-half, half], abs=1e-4)


@given(st.lists(st.lists(st.integers(0, 60), min_size=4, max_size=4), min_size=4, max_size=8))
@settings(deadline=None, max_examples=40)
def test_any_balanced_design_agrees_with_the_analysis_of_variance(table) -> None:
    """Where the latter's variances are above nought: a border moves the others."""
    y = np.array(table, dtype=float)
    n, m = y.shape
    rest = ((y - y.mean(0) - y.mean(1)[:, None] + y.mean()) ** 2).sum() / (n - 1) / (m - 1)
    of_entries, of_judges = (m * y.mean(1).var(ddof=1) - rest) / m, (n * y.mean(0).var(ddof=1) - rest) / n
    if min(rest, of_entries / 1e-3, of_judges / 1e-3) <= rest / 1e5 or rest < 1e-3:
        return
    entries, judges = np.divmod(np.arange(n * m), m)
    found, _ = estimated(Marked(y.ravel(), entries, judges, n, m))
    assert (found.residual, found.entry, found.judge) == pytest.approx((rest, of_entries, of_judges), rel=1e-3)


# ---- laws

designs = st.integers(0, 10_000).map(lambda seed: made_up(30, 6, 3, seed=seed))


@given(designs, st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=25)
def test_the_order_of_rows_and_the_names_of_judges_never_matter(design, chance) -> None:
    values, entries, judges, *_ = design
    order = np.array(chance.sample(range(len(values)), len(values)))
    name = np.array(chance.sample(range(6), 6))
    plain = severity(values, entries, judges, (30, 6))
    other = severity(values[order], entries[order], name[judges[order]], (30, 6))
    assert (plain.answer, plain.reasons) == (other.answer, other.reasons)
    assert other.scores == pytest.approx(plain.scores, abs=1e-5)
    assert other.severities[name] == pytest.approx(plain.severities, abs=1e-5)
    assert other.score_margins == pytest.approx(plain.score_margins, abs=1e-5)


@given(designs, st.integers(-1000, 1000))
@settings(deadline=None, max_examples=25)
def test_a_constant_added_to_all_moves_all_alike(design, added) -> None:
    values, entries, judges, *_ = design
    plain, other = (severity(values + more, entries, judges, (30, 6)) for more in (0, added))
    assert other.scores == pytest.approx(plain.scores + added, abs=1e-5)
    assert other.severities == pytest.approx(plain.severities, abs=1e-5)


@given(designs)
@settings(deadline=None, max_examples=15)
def test_a_recused_sheet_is_as_if_it_had_never_been(design) -> None:
    """A judge and an entry without sheets move nothing."""
    values, entries, judges, *_ = design
    plain, other = severity(values, entries, judges, (30, 6)), severity(values, entries + 1, judges + 2, (33, 9))
    assert np.isnan(other.scores[[0, 31, 32]]).all() and np.isnan(other.severities[[0, 1, 8]]).all()
    assert other.scores[1:31].tolist() == plain.scores.tolist()
    assert other.linked == plain.linked


@given(designs, st.integers(0, 89), st.floats(0.01, 60))
@settings(deadline=None, max_examples=60)
def test_raising_a_mark_never_lowers_its_entry_under_frozen_constants(design, sheet, more) -> None:
    values, entries, judges, *_ = design
    raised = values.copy()
    raised[sheet] += more
    before, after = (severity(one, entries, judges, (30, 6), FROZEN).scores for one in (values, raised))
    assert after[entries[sheet]] >= before[entries[sheet]] - 1e-7


@given(st.integers(0, 10_000))
@settings(deadline=None, max_examples=20)
def test_one_full_panel_is_ranked_as_by_the_mean(seed) -> None:
    rng = np.random.default_rng(seed)
    table = rng.normal(70, 8, (20, 1)) + rng.normal(0, 9, (1, 4)) + rng.normal(0, 4, (20, 4))
    table[3, 0] += 40  # even where somebody stands far off
    entries, judges = np.divmod(np.arange(80), 4)
    found = severity(table.ravel(), entries, judges, (20, 4))
    assert (found.answer, found.reasons) == (Answer.MEAN, (Reason.ONE_PANEL,))
    assert np.argsort(found.scores).tolist() == np.argsort(table.mean(1)).tolist()


# ---- when not to correct


def test_parts_that_no_judge_joins_are_refused() -> None:
    values, entries, judges, *_ = made_up(20, 5, 3)
    twice = severity(np.tile(values, 2), np.r_[entries, entries + 20], np.r_[judges, judges + 5], (40, 10))
    assert (twice.answer, twice.reasons, twice.linked.components) == (Answer.REFUSED, (Reason.ISLANDS,), 2)
    assert np.isnan(twice.scores).all() and twice.posterior is None
    with pytest.raises(ScoreInputError):
        twice.draws(3, np.random.default_rng(1))


def test_too_few_sheets_to_tell_chance_from_strictness_are_refused() -> None:
    rows = [(0, 0, 60), (0, 1, 70), (1, 1, 75), (1, 2, 71), (2, 2, 80), (2, 0, 77)]
    assert asked(rows).reasons == (Reason.TOO_FEW,)


def test_sheets_that_all_say_the_same_are_refused() -> None:
    rows = [(entry, judge, 80) for entry in range(8) for judge in range(3)]
    assert asked(rows).reasons == (Reason.NO_SPREAD,)


def test_nothing_is_refused_without_an_error() -> None:
    nothing = np.zeros(0, np.int64)
    found = severity(np.zeros(0), nothing, nothing, (4, 3))
    assert (found.answer, found.reasons) == (Answer.REFUSED, (Reason.NO_SHEETS,))
    assert len(found.scores) == 4 and len(found.severities) == 3


def test_more_judges_than_the_dense_system_takes_are_refused() -> None:
    judges = np.arange(MOST_JUDGES + 1)
    found = severity(judges.astype(float), np.zeros_like(judges), judges, (1, len(judges)))
    assert found.reasons == (Reason.TOO_MANY_JUDGES,)


def test_a_judge_of_two_sheets_is_warned_of() -> None:
    values, entries, judges, *_ = made_up()
    found = severity(np.r_[values, 60, 61], np.r_[entries, 0, 1], np.r_[judges, 12, 12], (60, 13))
    assert (found.answer, found.reasons) == (Answer.WARNED, (Reason.FEW_OF_A_JUDGE,))


def test_two_parts_that_hang_by_a_thread_are_warned_of() -> None:
    one, two = made_up(200, 6, 4, seed=1), made_up(200, 6, 4, seed=2)
    found = severity(np.r_[one[0], two[0], 70], np.r_[one[1], two[1] + 200, 0], np.r_[one[2], two[2] + 6, 6], (400, 12))
    assert found.answer == Answer.WARNED and Reason.WEAK_LINKS in found.reasons
    assert 0 < found.linked.link < 0.02


def test_judges_who_differ_by_chance_alone_are_not_corrected() -> None:
    values, entries, judges, *_ = made_up(strict=0, seed=5)
    found = severity(values, entries, judges, (60, 12))
    assert (found.answer, found.reasons) == (Answer.MEAN, (Reason.NO_SEVERITY,))
    means = np.bincount(entries, values) / 4
    assert np.argsort(found.scores).tolist() == np.argsort(means).tolist()
    assert np.abs(found.severities).max() < 1e-3


def test_the_link_is_1_of_a_full_panel_and_0_of_parts() -> None:
    entries, judges = np.divmod(np.arange(12), 3)
    assert how_linked(Marked(np.arange(12.0), entries, judges, 4, 3)).link == pytest.approx(1)
    apart = how_linked(Marked(np.arange(4.0), np.array([0, 1, 2, 3]), np.array([0, 0, 1, 1]), 4, 2))
    assert (apart.link, apart.components, apart.spare) == (0, 2, 0)


@pytest.mark.parametrize("wrong", ["shape", "entry", "judge", "blank"])
def test_what_does_not_fit_is_refused(wrong: str) -> None:
    values, entries, judges = np.ones(4), np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
    if wrong == "shape":
        values = np.ones(3)
    elif wrong == "blank":
        values[2] = np.nan
    elif wrong == "entry":
        entries[0] = 2
    else:
        judges[0] = -1
    with pytest.raises(ScoreInputError):
        severity(values, entries, judges, (2, 2))


# ---- judges made up to be found out


def test_a_harsh_judge_is_found_and_what_they_marked_is_put_right() -> None:
    values, entries, judges, quality, _ = made_up(120, 12, 4, strict=1.0, seed=3)
    values[judges == 7] -= 12
    found = severity(values, entries, judges, (120, 12))
    assert found.answer == Answer.CORRECTED
    assert int(np.argmin(found.severities)) == 7
    assert abs(found.severities[7] + 12) < found.severity_margins[7] + 2
    means = np.bincount(entries, values) / 4
    met = np.unique(entries[judges == 7])

    def lost(scores):
        return (scores - quality)[met].mean() - np.delete(scores - quality, met).mean()

    assert lost(means) < -2 and abs(lost(found.scores)) < 1


def test_a_saboteur_moves_an_entry_less_than_the_mean_would() -> None:
    """One sheet of four at nought: the mean loses a quarter of it, the model far less; it stands far off and is seen."""
    honest = made_up(120, 12, 4, seed=4)
    values, entries, judges, *_ = honest
    sheet = int(np.flatnonzero(entries == 9)[0])
    struck = values.copy()
    struck[sheet] -= 60
    before, after = (severity(one, entries, judges, (120, 12)) for one in (values, struck))
    assert after.weights[sheet] < 0.4
    lost = before.scores[9] - after.scores[9]
    assert 0 <= lost < 60 / 4 * 0.55


def test_nine_true_scores_of_ten_lie_in_their_interval() -> None:
    inside = [
        np.abs(found.scores - quality - bias.mean()) <= found.score_margins
        for values, entries, judges, quality, bias in (made_up(seed=seed) for seed in range(25))
        for found in [severity(values, entries, judges, (60, 12))]
    ]
    assert 0.86 < np.mean(inside) < 0.94


def test_draws_have_the_means_and_margins_that_are_stated() -> None:
    values, entries, judges, *_ = made_up()
    found = severity(values, entries, judges, (60, 12))
    draws = found.draws(20_000, np.random.default_rng(7))
    assert draws.mean(0) == pytest.approx(found.scores, abs=0.15)
    assert draws.std(0) * 1.645 == pytest.approx(found.score_margins, rel=0.05)
    assert np.array_equal(draws[:5], found.draws(20_000, np.random.default_rng(7))[:5])


@given(st.integers(0, 10_000), st.sampled_from([0.0, 20.0, 400.0]), st.sampled_from([0.1, 1.0, 9.0]))
@settings(deadline=None, max_examples=40)
@example(3386, 400.0, 0.1)  # without a way back, mixtures wander here
def test_mixed_steps_settle_where_plain_repetition_does_and_sooner(seed, off, judge) -> None:
    values, entries, judges, *_ = made_up(entries=30, judges=7, reviews=3, seed=seed)
    values[:: 1 + seed % 9] += off
    constants = Constants(60.0, judge, 20.0)
    system = System(Marked(values, entries, judges, 30, 7), np.ones(len(values)), constants)
    tried = 0

    def step(effects):
        nonlocal tried
        tried += 1
        return system.winsorised(effects, 6.0)

    mixed_effects, mixed_tries, tried = settled(step, system.solved(values), 1e-11), tried, 0
    plain = system.solved(values)
    while tried < 5_000 and np.abs((after := step(plain)) - plain).max() > 1e-12:
        plain = after
    assert mixed_tries <= tried
    np.testing.assert_allclose(mixed_effects, plain, atol=1e-8)
