"""Tie-breakers in the analysis: a tie that the chain of the plan parts is not called held, with a judge or without."""

from fractions import Fraction

import pytest

from awards.core.deciding import HELD
from awards.models import Award, PrizeGroup
from awards.outputs.analysis import analysed
from awards.services.beside import beside, places_of
from awards.services.running import decide
from competition.models import Contest
from judging.core.tiebreaks import CRITERION, EXACT, HIGHEST, MEAN
from judging.models import Sheet
from judging.services.tiebreaks import Judged
from judging.states import SheetState
from tests.factories.analysing import marked_contest
from tests.factories.contests import WHO
from tests.factories.replay import replayed

pytestmark = pytest.mark.django_db
CHAIN = [[EXACT, ""], [CRITERION, "指标1"], [HIGHEST, ""]]


@pytest.fixture
@replayed
def contest() -> Contest:
    """Scores at whole points: many are tied, some across a cut."""
    made = marked_contest(60, 12, 25)
    Contest.objects.filter(pk=made.pk).update(places=0, state="judging")
    made.refresh_from_db()
    return made


def with_chain(contest: Contest) -> None:
    PrizeGroup.objects.filter(plan__contest=contest).update(breakers=CHAIN)


def held(contest: Contest) -> set[str]:
    return {one.entry.number for one in analysed(contest, places_of(contest)[0]).lines if one.prize.is_held}


def test_a_tie_that_the_chain_parts_is_not_held(contest) -> None:
    assert held(contest), "this test wants ties across a cut"
    with_chain(contest)
    assert not held(contest)


def test_prizes_are_those_of_the_list(contest) -> None:
    with_chain(contest)
    decide(contest=contest, by=None, at=WHO["at"])
    given = dict(Award.objects.values_list("entry__number", "code"))
    found = analysed(contest, places_of(contest)[0])
    assert {one.entry.number: one.prize.code for one in found.lines if one.prize.code} == given


@pytest.mark.parametrize("code", ["J000", "J003", "J007"])
def test_a_prize_hangs_on_a_judge_if_rule_and_chain_say_so_without_them(contest, code) -> None:
    """Against the analysis computed anew after the judge's sheets are gone."""
    with_chain(contest)
    before = analysed(contest, places_of(contest)[0])
    told = {one.entry.number for one in before.lines if code in one.hangs_on}
    Sheet.objects.filter(assignment__judge__code=code).update(state=SheetState.RECUSED)
    now = {one.entry.number: one.prize for one in analysed(contest, places_of(contest)[0]).lines}
    assert told == {one.entry.number for one in before.lines if one.prize != now[one.entry.number]}


def test_without_a_judge_it_says_what_it_would_say_if_they_had_marked_nothing(contest) -> None:
    PrizeGroup.objects.update(breakers=[*CHAIN, [MEAN, ""]])
    both = beside(contest, places_of(contest)[0])
    judge = contest.judges.get(code="J004")
    without = both.chain.without(judge.pk)
    told, whole = [list(one) for one in without], [list(one) for one in both.chain]
    assert told != whole
    Sheet.objects.filter(assignment__judge=judge).update(state=SheetState.RECUSED)
    again = Judged(contest).values(both.place.track, [one.pk for one in both.entries], both.prizes.breakers)
    assert told == again


def test_who_marked_all_of_an_entry_leaves_it_without_a_word(contest) -> None:
    with_chain(contest)
    entry = contest.entries.order_by("order").first()
    alone = Sheet.objects.filter(assignment__entry=entry).first().assignment.judge
    others = Sheet.objects.filter(assignment__entry=entry).exclude(assignment__judge=alone)
    others.update(state=SheetState.RECUSED)
    both = beside(contest, places_of(contest)[0])
    assert both.chain.without(alone.pk)[0][0] is None and both.chain[0][0] is not None


def test_nobody_is_asked_where_no_tie_lies_across_a_cut(contest) -> None:
    with_chain(contest)
    both = beside(contest, places_of(contest)[0])
    apart = [(1, 100 - at, 0) for at in range(len(both.entries))]
    assert HELD not in both.levels_by(apart) and not both.chain.said
    assert both.levels_by(both.scores) and 0 in both.chain.said
    assert 2 not in both.chain.said, "what comes later is asked only of who is still equal"
    assert all(isinstance(one[0], Fraction) for one in both.chain[0])
