"""Ties that the plan holds are settled by people: within its places, under minutes, of these very entries, and undone."""

import pytest

from awards.models import AwardList, Decision
from awards.outputs.facts import StandingLine, standing_lines
from awards.services.deliberation import drop_undue_decisions, reopen_tie, settle_tie, ties_of, undue_of
from awards.services.lists import check_list, lock_list, standing_list
from awards.services.plans import save_plan
from awards.services.running import decide
from competition.errors import Refused
from competition.models import Contest, Event, Role, User
from competition.states import RoleKind
from judging.models import Mark
from tests.factories.contests import AT, WHO, Made, plan_groups, small_contest

pytestmark = pytest.mark.django_db
MINUTES = "组委会纪要〔2026〕3号"


@pytest.fixture
def made() -> Made:
    """A2 and A3 both have 90 and share the one second prize."""
    found = small_contest()
    give(found, "A3", 90)
    decide(contest=found.contest, by=None, at=AT)
    return found


def give(made: Made, number: str, points: int) -> None:
    Mark.objects.filter(sheet__assignment__entry=made.entries[number]).update(points=points)


@pytest.fixture
def office(made) -> User:
    user = User.objects.create_user("office", name="办公室")
    Role.objects.create(user=user, kind=RoleKind.ORGANISER, contest=made.contest)
    return user


def settle(made: Made, by: User, given: dict[str, str], minutes: str = MINUTES) -> AwardList:
    keys = {made.entries[number].key: code for number, code in given.items()}
    seen = seen_of(made, set(keys))
    return settle_tie(contest=made.contest, given=keys, minutes=minutes, seen=seen, by=by, at=AT)


def seen_of(made: Made, keys: set[str]) -> str:
    """What a page that is loaded now says of this tie."""
    found = ties_of(made.contest, standing_list(made.contest).run)
    return next((tie.seen for tie in found if tie.keys == keys), "")


def refused(code: str, made: Made, by: User, given: dict[str, str], minutes: str = MINUTES) -> None:
    before = (list(Decision.objects.values()), Event.objects.count(), AwardList.objects.count())
    with pytest.raises(Refused) as fault:
        settle(made, by, given, minutes)
    assert fault.value.denial.code == code
    assert "%(" not in fault.value.denial.message
    assert (list(Decision.objects.values()), Event.objects.count(), AwardList.objects.count()) == before


def prizes(made: Made) -> dict[str, tuple[str, str]]:
    return {one.entry.number: (one.code, one.by) for one in standing_list(made.contest).awards.all()}


def codes(made: Made) -> list[str]:
    return [one.code for one in check_list(standing_list(made.contest))]


def test_a_tie_says_who_shares_what(made):
    [tie] = ties_of(made.contest, standing_list(made.contest).run)
    assert [entry.number for entry in tie.entries] == ["A2", "A3"]
    assert (tie.place, [(level.code, number) for level, number in tie.seats]) == (2, [("second", 1)])
    assert not tie.is_settled


def test_what_the_committee_gives_is_on_the_list_and_the_list_may_be_locked(made, office):
    assert codes(made) == ["tie-across-cut"]
    settle(made, office, {"A2": "", "A3": "second"})
    assert prizes(made) == {"A1": ("first", "plan"), "A3": ("second", "committee")}
    assert codes(made) == []
    lock_list(contest=made.contest, by=office, at=AT)
    [event] = Event.objects.filter(action="decisions.saved")
    assert (event.actor, event.body["entries"]) == (office, ["A2 —", "A3 二等奖"])


def test_the_committee_may_give_less_than_there_is(made, office):
    settle(made, office, {"A2": "", "A3": ""})
    assert prizes(made) == {"A1": ("first", "plan")}
    assert codes(made) == []


def test_no_more_is_given_than_the_tie_leaves(made, office):
    refused("tie-over-places", made, office, {"A2": "second", "A3": "second"})
    refused("tie-over-places", made, office, {"A2": "first", "A3": ""})  # that place is taken by A1
    refused("tie-over-places", made, office, {"A2": "grand", "A3": ""})


def test_minutes_are_named(made, office):
    refused("tie-without-minutes", made, office, {"A2": "", "A3": "second"}, minutes="  ")


def test_only_a_tie_as_it_is_now_is_settled_and_whole(made, office):
    refused("tie-changed", made, office, {"A3": "second"})
    refused("tie-changed", made, office, {"A1": "", "A2": "", "A3": "second"})
    give(made, "A3", 91)  # a mark came in after the page was loaded
    refused("tie-changed", made, office, {"A2": "second", "A3": ""})


def test_taken_back_the_tie_is_open_again(made, office):
    before = prizes(made)
    settle(made, office, {"A2": "second", "A3": ""})
    keys = [made.entries[number].key for number in ("A2", "A3")]
    reopen_tie(contest=made.contest, keys=keys, seen=seen_of(made, set(keys)), by=office, at=AT)
    assert prizes(made) == before
    assert codes(made) == ["tie-across-cut"]
    assert Event.objects.filter(action="decisions.saved").count() == 2


def test_another_tie_keeps_its_decision(office, made):
    give(made, "A1", 90)
    save_plan(contest=made.contest, groups=plan_groups(made, 2), **WHO)
    decide(contest=made.contest, by=None, at=AT)
    other = Decision.objects.create(contest=made.contest, entry=made.entries["A1"], code="first", minutes="x")
    keys = [made.entries[number].key for number in ("A1", "A2", "A3")]
    reopen_tie(contest=made.contest, keys=keys, seen=seen_of(made, set(keys)), by=office, at=AT)
    assert not Decision.objects.filter(pk=other.pk).exists()
    give(made, "A1", 95)  # out of the tie: what is decided of it belongs to nobody's tie
    decide(contest=made.contest, by=None, at=AT)
    other = Decision.objects.create(contest=made.contest, entry=made.entries["A1"], code="first", minutes="x")
    settle(made, office, {"A2": "first", "A3": ""})
    assert Decision.objects.filter(pk=other.pk).exists()


def test_a_decision_that_no_tie_asks_for_goes_in_one_step(made, office):
    settle(made, office, {"A2": "", "A3": "second"})
    give(made, "A3", 80)
    decide(contest=made.contest, by=None, at=AT)
    assert set(codes(made)) == {"decision-without-tie"}
    drop_undue_decisions(contest=made.contest, numbers=["A2", "A3"], by=office, at=AT)
    assert codes(made) == []
    assert prizes(made) == {"A1": ("first", "plan"), "A2": ("second", "plan")}


def test_a_decision_counts_for_no_other_tie(made, office):
    """Settled over one second prize; then a first prize falls to the same two: nobody has decided on that."""
    settle(made, office, {"A2": "second", "A3": ""})
    give(made, "A1", 85)
    decide(contest=made.contest, by=None, at=AT)
    assert "tie-across-cut" in codes(made)
    [tie] = ties_of(made.contest, standing_list(made.contest).run)
    assert not tie.is_settled
    assert "A2" not in prizes(made)
    settle(made, office, {"A2": "first", "A3": "second"})
    assert codes(made) == []
    assert prizes(made)["A2"] == ("first", "committee")


def test_nor_for_the_same_places_among_others(made, office):
    give(made, "A1", 90)
    save_plan(contest=made.contest, groups=plan_groups(made, 1), **WHO)
    decide(contest=made.contest, by=None, at=AT)
    settle(made, office, {"A1": "first", "A2": "", "A3": ""})
    give(made, "A1", 70)
    decide(contest=made.contest, by=None, at=AT)
    assert "tie-across-cut" in codes(made)


def test_who_decides_second_has_seen_the_first_decision(made, office):
    keys = {made.entries["A2"].key: "", made.entries["A3"].key: "second"}
    seen = seen_of(made, set(keys))  # two have the page open
    settle(made, office, {"A2": "second", "A3": ""})
    with pytest.raises(Refused) as fault:
        settle_tie(contest=made.contest, given=keys, minutes="x", seen=seen, by=office, at=AT)
    assert fault.value.denial.code == "tie-changed"
    with pytest.raises(Refused):
        reopen_tie(contest=made.contest, keys=list(keys), seen=seen, by=office, at=AT)
    assert prizes(made)["A2"] == ("second", "committee")


def test_only_leftovers_that_the_page_named_go(made, office):
    settle(made, office, {"A2": "", "A3": "second"})
    give(made, "A3", 80)
    decide(contest=made.contest, by=None, at=AT)
    drop_undue_decisions(contest=made.contest, numbers=["A3"], by=office, at=AT)
    assert set(codes(made)) == {"decision-without-tie"}  # of A2


def test_after_the_lock_nothing_is_settled_or_taken_back(made, office):
    settle(made, office, {"A2": "", "A3": "second"})
    lock_list(contest=made.contest, by=office, at=AT)
    refused("wrong-state", made, office, {"A2": "second", "A3": ""})
    keys = [made.entries[number].key for number in ("A2", "A3")]
    for undo in (lambda: reopen_tie(contest=made.contest, keys=keys, seen=seen_of(made, set(keys)), by=office, at=AT),
                 lambda: drop_undue_decisions(contest=made.contest, numbers=["A3"], by=office, at=AT)):  # fmt: skip
        with pytest.raises(Refused):
            undo()


def test_a_stranger_settles_nothing(made):
    refused("hidden", made, User.objects.create_user("stranger", name="路人"), {"A2": "", "A3": "second"})


def test_an_award_is_settled_by_ballot(made, office):
    Contest.objects.filter(pk=made.contest.pk).update(kind="award")
    refused("hidden", made, office, {"A2": "", "A3": "second"})


def test_a_tie_that_is_open_again_is_held_in_the_standings_too(made, office):
    settle(made, office, {"A2": "second", "A3": ""})
    line = lines_by_number(made)["A3"]
    assert (line.is_held, line.is_decided) == (False, True)
    give(made, "A1", 85)
    decide(contest=made.contest, by=None, at=AT)
    line = lines_by_number(made)["A3"]
    assert (line.is_held, line.is_decided) == (True, False)


def lines_by_number(made: Made) -> dict[str, StandingLine]:
    return {line.entry.number: line for line in standing_lines(standing_list(made.contest))}


def test_only_what_the_page_named_is_undue_by_the_plan_in_force(made, office):
    """A plan newer than the list: page and button speak of the same decisions."""
    settle(made, office, {"A2": "", "A3": "second"})
    save_plan(contest=made.contest, groups=plan_groups(made, 1, 2), **WHO)  # both have a place now
    run = standing_list(made.contest).run
    assert undue_of(made.contest, run) == ["A2", "A3"]
    drop_undue_decisions(contest=made.contest, numbers=["A2", "A3"], by=office, at=AT)
    assert not Decision.objects.exists()
