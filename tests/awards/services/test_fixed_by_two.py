"""What a list rests on and its digest does not say: special prizes, minutes of decisions, the rule for moves."""

import pytest

from awards.services.amending import amend_list
from awards.services.lists import lock_list
from awards.services.moves import rule_moves, take_move_back
from awards.services.plans import save_decisions
from awards.services.running import decide
from awards.services.specials import Given, SpecialDetails, save_special, save_specials
from competition.errors import Refused
from competition.models import Contest, Event
from competition.services.agreeing import approve
from competition.states import StepKind
from tests.awards.services.test_notices import refused
from tests.factories.agreeing import approver, both, of_two, organiser, propose
from tests.factories.contests import AT, decided
from tests.factories.moves import NOT, moving_contest
from tests.factories.noticing import NOW
from tests.factories.sheets import small

pytestmark = pytest.mark.django_db
PRIZE = SpecialDetails("知识产权专项奖", "市知识产权局", 1)
TWO = SpecialDetails("知识产权专项奖", "市知识产权局", 2)


def upload(contest: Contest, *given: Given) -> None:
    save_specials(contest=contest, wanted=given, by=None, at=NOW)


def decided_with_special() -> Contest:
    contest = decided(small())
    upload(contest, Given(PRIZE, (contest.entries.get(number="A1"),), "纪要 8"))
    decide(contest=contest, by=None, at=NOW)
    return contest


def locked_by_two() -> Contest:
    contest = of_two(decided_with_special())
    both(contest, StepKind.LOCK, organiser(contest), approver(contest))
    return contest


@pytest.mark.parametrize("kind", ["number", "scope", "grant", "other minutes", "none", "another"])
def test_a_workbook_changes_no_special_prize_of_a_list_fixed_by_two(kind):
    contest = locked_by_two()
    a1, a2 = contest.entries.get(number="A1"), contest.entries.get(number="A2")
    track = SpecialDetails("知识产权专项奖", "市知识产权局", 1, tracks=(a1.track,))
    other = SpecialDetails("新奖", "某单位", 1)
    wanted = {
        "number": [Given(TWO, (a1,), "纪要 8")],
        "scope": [Given(track, (a1,), "纪要 8")],
        "grant": [Given(PRIZE, (a2,), "纪要 8")],
        "other minutes": [Given(PRIZE, (a1,), "纪要 9")],
        "none": [],
        "another": [Given(PRIZE, (a1,), "纪要 8"), Given(other)],
    }[kind]
    refused("special-fixed", lambda: upload(contest, *wanted))
    upload(contest, Given(PRIZE, (a1,), "纪要 8"))  # the same once more changes nothing


def test_nor_a_decision_nor_its_minutes():
    contest = of_two(decided(small()))
    entry = contest.entries.get(number="A1")
    both(contest, StepKind.LOCK, organiser(contest), approver(contest))
    refused("decision-fixed", lambda: save_decisions(contest=contest, decisions={entry: (None, "x")}, by=None, at=NOW))
    Contest.objects.filter(pk=contest.pk).update(state="decision")
    save_decisions(contest=contest, decisions={entry: (None, "纪要 1")}, by=None, at=NOW)
    Contest.objects.filter(pk=contest.pk).update(state="locked")
    save_decisions(contest=contest, decisions={entry: (None, "纪要 1")}, by=None, at=NOW)
    for decisions in ({entry: (None, "纪要 2")}, {}):
        refused("decision-fixed", lambda: save_decisions(contest=contest, decisions=decisions, by=None, at=NOW))  # noqa: B023


def test_where_one_person_runs_it_a_workbook_still_does():
    contest = decided_with_special()
    lock_list(contest=contest, by=None, at=NOW)
    upload(contest, Given(TWO, (contest.entries.get(number="A1"),), "纪要 8"))
    assert contest.special_prizes.get().number == 2


def test_a_special_prize_that_changed_makes_a_lock_lapse():
    contest = of_two(decided_with_special())
    first, second = organiser(contest), approver(contest)
    made = propose(contest, StepKind.LOCK, first)
    upload(contest, Given(TWO, (contest.entries.get(number="A1"),), "纪要 8"))
    with pytest.raises(Refused):
        approve(agreement=made, by=second, at=NOW)
    made.refresh_from_db()
    assert made.state == "lapsed"


def test_the_rule_for_moves_is_fixed_from_the_first_vote_on():
    moving = moving_contest(majority="two_thirds")
    rule = lambda majority: rule_moves(  # noqa: E731
        contest=moving.contest, majority=majority, minutes="组委会纪要 2", by=moving.office, at=AT
    )
    move = moving.propose(A4="second", A3="")
    moving.vote(move, NOT)
    refused("moves-rule-voted", lambda: rule("half"))
    take_move_back(move=move, by=moving.office, at=AT)
    refused("moves-rule-voted", lambda: rule("half"))
    assert Event.objects.filter(action="moves.ruled").count() == 1


def test_the_rule_for_moves_is_not_brought_in_after_a_lock():
    moving = moving_contest(majority="")
    rule = lambda: rule_moves(  # noqa: E731
        contest=moving.contest, majority="half", minutes="组委会纪要 2", by=moving.office, at=AT
    )
    lock_list(contest=moving.contest, by=moving.office, at=AT)
    amend_list(contest=moving.contest, reason="更正", by=moving.office, at=AT)
    moving.contest.refresh_from_db()
    decide(contest=moving.contest, by=None, at=AT)
    refused("moves-rule-locked", rule)


def test_a_special_prize_is_named_again_once_the_list_is_taken_back():
    contest = locked_by_two()
    first, second = organiser(contest, "third"), approver(contest, "fourth")
    both(contest, StepKind.AMEND, first, second, reason="更正")
    contest.refresh_from_db()
    save_special(contest=contest, details=TWO, prize=contest.special_prizes.get(), by=first, at=NOW)
    assert contest.special_prizes.get().number == 2
