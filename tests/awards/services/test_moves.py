"""The committee moves entries: by a vote that is counted, within the places of the plan, on what it saw, until the lock."""

from itertools import permutations

import pytest
from django.db import IntegrityError, transaction

from awards.core.moving import Count
from awards.models import AwardList, MoveStep, PrizeMove
from awards.outputs.explanations import explanation_of
from awards.outputs.facts import standing_lines
from awards.outputs.reasons import why
from awards.services.deliberation import reopen_tie, settle_tie, ties_of
from awards.services.lists import check_list, lock_list, standing_list
from awards.services.moves import rule_moves, take_move_back
from awards.services.plans import save_plan
from awards.services.proposals import content_of
from awards.services.restating import restate_list
from awards.services.running import decide
from competition.errors import Refused
from competition.models import Entry, Event, User
from judging.models import Mark
from tests.factories.contests import AT, WHO, plan_groups
from tests.factories.moves import FIVE, FOR, NOT, Moving, moving_contest

pytestmark = pytest.mark.django_db
BY_PLAN = {"A1": ("first", "plan"), "A2": ("second", "plan"), "A3": ("second", "plan")}


@pytest.fixture
def moving() -> Moving:
    return moving_contest()


def refused(moving: Moving, code: str, act, *arguments, **more) -> None:
    """With words, and nothing is changed by it."""

    def state():
        return list(PrizeMove.objects.values()), Event.objects.count(), AwardList.objects.count()

    before = state()
    with pytest.raises(Refused) as fault:
        act(*arguments, **more)
    assert fault.value.denial.code == code
    assert "%(" not in fault.value.denial.message
    assert state() == before


def give(moving: Moving, number: str, points: int) -> None:
    Mark.objects.filter(sheet__assignment__entry=moving.made.entries[number]).update(points=points)
    decide(contest=moving.contest, by=None, at=AT)


def back(moving: Moving, move: PrizeMove) -> AwardList:
    return take_move_back(move=move, by=moving.office, at=AT)


def found(moving: Moving) -> list[str]:
    return [one.code for one in check_list(standing_list(moving.contest))]


def test_a_carried_move_is_on_the_list_by_the_committee(moving):
    moving.carry(A2="first", A1="second")
    assert moving.prizes() == {"A1": ("second", "committee"), "A2": ("first", "committee"), "A3": ("second", "plan")}
    assert found(moving) == []
    places = {one.entry.number: one.place for one in standing_list(moving.contest).awards.all()}
    assert places == {"A1": 1, "A2": 2, "A3": 3}  # a rank is of scores
    lock_list(contest=moving.contest, by=moving.office, at=AT)


def test_a_move_that_was_not_carried_changes_nothing(moving):
    move = moving.propose(A4="second", A3="")
    assert found(moving) == ["move-open"]
    moving.vote(move, NOT)
    assert moving.prizes() == BY_PLAN
    assert found(moving) == []
    move.refresh_from_db()
    assert (move.is_carried, move.count) == (False, NOT)


def test_two_thirds_where_the_contest_says_so():
    moving = moving_contest(majority="two_thirds")
    move = moving.propose(A4="second", A3="")
    moving.vote(move, Count(7, 4, 3, 0, 0))
    assert moving.prizes() == BY_PLAN
    moving.carry(A4="second", A3="")
    assert set(moving.prizes()) == {"A1", "A2", "A4"}


def test_a_move_down_leaves_its_place_free_for_another_move(moving):
    moving.carry(A3="")
    assert moving.prizes() == {"A1": ("first", "plan"), "A2": ("second", "plan")}
    moving.carry(A5="second")
    assert moving.prizes()["A5"] == ("second", "committee")
    assert found(moving) == []


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        ({"A2": "first"}, "move-over-places"),
        ({"A4": "second"}, "move-over-places"),
        ({"A2": "first", "A3": ""}, "move-over-places"),
        ({"A4": "second", "A5": "second"}, "move-over-places"),
        ({"A1": "first"}, "move-nowhere"),
        ({"A4": ""}, "move-nowhere"),
        ({"A4": "third"}, "move-level-unknown"),
        ({"A9": "second"}, "move-entry-unknown"),
        ({}, "move-of-nothing"),
    ],
)
def test_what_cannot_be_moved_is_refused(moving, steps, code):
    refused(moving, code, moving.propose, **steps, seen=moving.terms())


def test_nobody_is_moved_twice(moving):
    move = moving.propose(A2="")
    moving.carry(A2="first", A1="second")
    refused(moving, "move-moved", moving.propose, A1="")
    refused(moving, "move-moved", moving.vote, move)
    assert PrizeMove.objects.get(pk=move.pk).count is None
    moving.vote(move, NOT)  # not carried, it may be written down


def test_places_are_asked_again_at_the_vote(moving):
    moving.carry(A3="")
    one, other = moving.propose(A4="second"), moving.propose(A5="second")
    moving.vote(one)
    refused(moving, "move-over-places", moving.vote, other)


def test_extended_ties_add_no_places():
    """Two firsts where the plan has one: the surplus came out of the second prizes."""
    points = FIVE | {"A2": (95, 95, 95)}
    moving = moving_contest(points=points)
    [group] = plan_groups(moving.made, 1, 2)
    save_plan(contest=moving.contest, groups=[type(group)(**(vars(group) | {"ties": "extend"}))], **WHO)
    decide(contest=moving.contest, by=None, at=AT)
    assert {number: code for number, (code, _) in moving.prizes().items()} == {
        "A1": "first", "A2": "first", "A3": "second"
    }  # fmt: skip
    refused(moving, "move-over-total", moving.propose, A4="second")
    refused(moving, "move-over-places", moving.propose, A4="first", A3="")
    moving.carry(A3="first", A1="second")
    assert found(moving) == []


def test_the_least_score_of_a_level_holds_for_the_committee_too(moving):
    [group] = plan_groups(moving.made, 1, 2)
    first, second = group.levels
    levels = (first, type(second)(**(vars(second) | {"minimum": 8000})))
    save_plan(contest=moving.contest, groups=[type(group)(**(vars(group) | {"levels": levels}))], **WHO)
    decide(contest=moving.contest, by=None, at=AT)
    refused(moving, "move-under-minimum", moving.propose, A5="second", A3="")
    moving.carry(A4="second", A3="")
    give(moving, "A4", 78)  # the same ranks, and under the least score now
    assert moving.prizes() == {"A1": ("first", "plan"), "A2": ("second", "plan"), "A3": ("second", "plan")}
    assert found(moving) == ["move-lapsed"]


def test_an_entry_without_a_score_is_not_moved(moving):
    Mark.objects.filter(sheet__assignment__entry=moving.made.entries["A5"]).delete()
    decide(contest=moving.contest, by=None, at=AT)
    refused(moving, "move-unranked", moving.propose, A5="second", A3="")


def test_ties_are_settled_first():
    moving = moving_contest(points=FIVE | {"A4": (85, 85, 85)})
    refused(moving, "move-before-ties", moving.propose, A2="first", A1="second")
    [tie] = ties_of(moving.contest, standing_list(moving.contest).run)
    given = {moving.made.entries["A3"].key: "second", moving.made.entries["A4"].key: ""}
    settle_tie(contest=moving.contest, given=given, minutes="纪要", seen=tie.seen, by=moving.office, at=AT)
    moving.carry(A4="second", A3="")
    assert found(moving) == []
    [tie] = ties_of(moving.contest, standing_list(moving.contest).run)
    reopen_tie(contest=moving.contest, keys=list(given), seen=tie.seen, by=moving.office, at=AT)
    assert set(found(moving)) == {"tie-across-cut", "move-lapsed"}
    assert "A4" not in moving.prizes()


def test_the_vote_has_to_add_up_and_has_minutes(moving):
    move = moving.propose(A4="second", A3="")
    refused(moving, "vote-wrong", moving.vote, move, Count(7, 5, 1, 0, 0))
    refused(moving, "vote-wrong", moving.vote, move, Count(0, 0, 0, 0, 0))
    refused(moving, "vote-wrong", moving.vote, move, Count(7, 9, -2, 0, 0))
    refused(moving, "vote-without-minutes", moving.vote, move, minutes=" ")
    refused(moving, "move-without-reason", moving.propose, A4="second", A3="", reason=" ")
    moving.vote(move)
    refused(moving, "move-voted", moving.vote, move, NOT)


def test_the_database_keeps_a_vote_that_adds_up(moving):
    move = moving.carry(A4="second", A3="")
    for wrong in ({"in_favour": 7}, {"recused": None}, {"present": 0}, {"voted_at": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            PrizeMove.objects.filter(pk=move.pk).update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        MoveStep.objects.filter(move=move, order=1).update(after="")


def test_without_the_door_nothing_is_moved():
    moving = moving_contest(majority="")
    refused(moving, "moves-not-allowed", moving.propose, A2="first", A1="second")


def test_the_rule_is_not_changed_under_votes(moving):
    def rule(majority: str, minutes: str = "组委会纪要 2") -> None:
        rule_moves(contest=moving.contest, majority=majority, minutes=minutes, by=moving.office, at=AT)

    move = moving.propose(A4="second", A3="")
    refused(moving, "moves-stand", rule, "two_thirds")
    back(moving, move)
    refused(moving, "moves-by-minutes", rule, "two_thirds", " ")
    refused(moving, "majority-unknown", rule, "all")
    rule("two_thirds")
    rule("")
    moving.contest.refresh_from_db()
    refused(moving, "moves-not-allowed", moving.propose, A4="second", A3="")
    assert [one.body["majority"] for one in Event.objects.filter(action="moves.ruled")] == ["half", "two_thirds", ""]


def test_taken_back_the_list_is_as_it_was_to_the_byte(moving):
    before = standing_list(moving.contest)
    content = content_of(list(before.awards.select_related("entry")))
    move = moving.carry(A2="first", A1="second")
    assert standing_list(moving.contest).digest != before.digest
    now = back(moving, move)
    assert (now.digest, now.moves) == (before.digest, [])
    assert content_of(list(now.awards.select_related("entry"))) == content
    assert moving.prizes() == BY_PLAN
    refused(moving, "move-taken-back", back, moving, move)
    again = moving.carry(A2="first", A1="second")
    assert again.number == 2
    assert standing_list(moving.contest).moves == [2]


def test_a_move_whose_place_another_has_is_not_taken_back(moving):
    down = moving.carry(A3="")
    up = moving.carry(A5="second")
    refused(moving, "move-needed", back, moving, down)
    back(moving, up)
    back(moving, down)
    assert moving.prizes() == BY_PLAN


def test_moves_that_would_give_more_than_there_is_do_not_count(moving):
    """One was taken back while marks were others and nobody could say that the other hangs on it."""
    down = moving.carry(A3="")
    moving.carry(A5="second")
    give(moving, "A4", 70)
    back(moving, down)
    give(moving, "A4", 80)
    assert moving.prizes() == BY_PLAN
    assert found(moving) == ["move-lapsed"]


def test_the_order_of_moves_does_not_matter():
    contents = set()
    for order in permutations([{"A2": "first", "A1": "second"}, {"A4": "second", "A3": ""}]):
        with transaction.atomic():
            moving = moving_contest()
            for steps in order:
                moving.carry(**steps)
            contents.add(str(sorted(moving.prizes().items())))
            transaction.set_rollback(True)
    assert len(contents) == 1


@pytest.mark.parametrize(("number", "points"), [("A5", 78), ("A1", 96)])
def test_a_mark_that_changes_no_rank_leaves_a_move(moving, number, points):
    moving.carry(A2="first", A1="second")
    give(moving, number, points)
    assert found(moving) == []
    assert moving.prizes()["A2"] == ("first", "committee")


@pytest.mark.parametrize(("number", "points"), [("A5", 82), ("A3", 90), ("A4", 99)])
def test_a_move_counts_on_what_the_committee_saw_and_nothing_else(moving, number, points):
    move = moving.carry(A2="first", A1="second")
    give(moving, number, points)
    assert "move-lapsed" in found(moving)
    assert all(by == "plan" for _, by in moving.prizes().values())
    with pytest.raises(Refused):
        lock_list(contest=moving.contest, by=moving.office, at=AT)
    back(moving, move)
    assert "move-lapsed" not in found(moving)


def test_a_changed_plan_makes_a_move_lapse(moving):
    moving.carry(A2="first", A1="second")
    save_plan(contest=moving.contest, groups=plan_groups(moving.made, 1, 3), **WHO)
    decide(contest=moving.contest, by=None, at=AT)
    assert found(moving) == ["move-lapsed"]


def test_what_was_proposed_on_another_ranking_is_not_voted_on(moving):
    seen = moving.terms()
    move = moving.propose(A2="first", A1="second")
    give(moving, "A3", 92)
    refused(moving, "move-lapsed-vote", moving.vote, move)
    refused(moving, "moves-changed", moving.propose, A2="first", A1="second", seen=seen)


def test_after_the_lock_nothing_is_moved_voted_on_or_taken_back(moving):
    move = moving.carry(A2="first", A1="second")
    lock_list(contest=moving.contest, by=moving.office, at=AT)
    refused(moving, "wrong-state", moving.propose, A4="second", A3="")
    refused(moving, "wrong-state", back, moving, move)
    with pytest.raises(Refused):
        rule_moves(contest=moving.contest, majority="", minutes="x", by=moving.office, at=AT)


def test_a_name_put_right_after_the_lock_leaves_the_moves_on_the_list(moving):
    move = moving.carry(A2="first", A1="second")
    lock_list(contest=moving.contest, by=moving.office, at=AT)
    Entry.objects.filter(number="A2").update(title="更正后的题目")
    restate_list(moving.contest, touched=set(), renamed=[], reason="更正", by=moving.office, at=AT)
    assert standing_list(moving.contest).moves == [move.number]
    assert moving.prizes()["A2"] == ("first", "committee")
    assert found(moving) == []


def test_a_stranger_moves_nothing(moving):
    move = moving.propose(A2="first", A1="second")
    moving.office = User.objects.create_user("stranger", name="路人")
    refused(moving, "hidden", moving.propose, A4="second", A3="")
    refused(moving, "hidden", moving.vote, move)
    refused(moving, "hidden", back, moving, move)


def test_the_reason_of_a_prize_names_the_minutes(moving):
    moving.carry(A2="first", A1="second")
    moving.carry(A3="")
    lines = {one.entry.number: one for one in standing_lines(standing_list(moving.contest))}
    assert "由二等奖调整为一等奖" in why(lines["A2"])
    assert "评委会纪要〔2026〕7号" in why(lines["A2"])
    assert "由二等奖调整为不授奖" in why(lines["A3"])
    assert "创新性突出" not in why(lines["A2"])


def test_an_explanation_says_nothing_of_scores_that_would_have_been_enough(moving):
    before = explanation_of(standing_list(moving.contest), moving.made.entries["A4"], "score")
    assert before.better
    moving.carry(A2="first", A1="second")
    told = explanation_of(standing_list(moving.contest), moving.made.entries["A4"], "score")
    assert told.better == ""
    assert [(one.number, one.least) for one in told.levels] == [(1, ""), (2, "85.00")]


def test_the_log_knows_every_step(moving):
    move = moving.carry(A2="first", A1="second")
    back(moving, move)
    events = {one.action: one.body for one in Event.objects.filter(action__startswith="move.")}
    assert list(events) == ["move.proposed", "move.voted", "move.taken-back"]
    voted = events["move.voted"]
    assert voted["entries"] == ["A2 二等奖 → 一等奖", "A1 一等奖 → 二等奖"]
    assert [voted[name] for name in ("present", "in_favour", "is_carried")] == [FOR.present, FOR.in_favour, True]
    assert "纪要" not in str(events)
    assert "创新性突出" not in str(events)
