"""The committee votes: rounds, paper and phones, sums that agree, and what a secret round keeps."""

import json
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from awards.models import Achievement, Ballot, BallotCount, Meeting, Nomination, Vote, Voter
from awards.presets import kind_of
from awards.services import balloting
from awards.services.award_rules import KindDetails, Why, change_terms
from awards.services.award_rules import Vote as Terms
from awards.services.balloting import close_round, outlook, void_round
from awards.services.eligibility import say_of_nominee
from awards.services.lists import check_list, standing_list
from awards.services.mayor import VoteDetails, record_votes
from awards.services.meetings import (
    add_member,
    drop_member,
    end_meeting,
    link_member,
    open_meeting,
    rule_ballots,
    save_attendance,
)
from awards.services.running import decide
from competition.errors import Refused
from competition.events import first_broken
from competition.models import Event, User
from tests.factories.balloting import DETAILS, Committee, committee
from tests.factories.contests import AT

pytestmark = pytest.mark.django_db


def refused(code: str, act, *arguments, **more) -> Refused:
    before = (Event.objects.count(), list(Ballot.objects.values()), list(BallotCount.objects.values()))
    with pytest.raises(Refused) as fault:
        act(*arguments, **more)
    assert fault.value.denial.code == code
    assert "%(" not in fault.value.denial.message
    assert (Event.objects.count(), list(Ballot.objects.values()), list(BallotCount.objects.values())) == before
    return fault.value


def winners(here: Committee) -> tuple[str, ...]:
    return outlook(here.contest, here.track).kind.winners


def test_two_rounds_on_phones_fill_the_places() -> None:
    """Two places, two thirds of five cast: four yes. Round 1: M3 has five, M1 three. Round 2 over M1, M2, M4: M2."""
    here = committee()
    first = here.open()
    assert (first.cap, first.present, first.is_secret) == (2, 5, True)
    for name in "甲乙丙":
        here.cast(first, name, "M1 M3", "M2 M4")
    for name in "丁戊":
        here.cast(first, name, "M3 M2", "M1 M4")
    assert (winners(here), outlook(here.contest, here.track).kind.ballots) == ((), ())  # nothing before it is closed
    here.close(first)
    assert winners(here) == ("M3",)
    second = here.open()
    assert [one.entry.number for one in second.counts.all()] == ["M1", "M2", "M4"]
    assert second.cap == 1
    for name in "甲乙丙丁":
        here.cast(second, name, "M2")
    here.close(second)
    assert (second.round, Ballot.objects.get(pk=second.pk).returned) == (2, 4)
    assert winners(here) == ("M3", "M2")
    refused("nobody-left", here.open)
    decide(contest=here.contest, by=None, at=AT)
    given = {one.entry.number: one.code for one in standing_list(here.contest).awards.all() if one.code == "mayor"}
    assert given == {"M3": "mayor", "M2": "mayor"}
    assert check_list(standing_list(here.contest)) == []
    assert first_broken(here.contest) is None


def test_a_secret_round_keeps_who_took_part_and_sums() -> None:
    here = committee()
    ballot = here.open()
    before = Event.objects.count()
    here.cast(ballot, "甲", "M1", "M2 M3 M4")
    here.cast(ballot, "乙", "M2")
    cast = Event.objects.order_by("pk")[before:]
    assert [(one.action, one.body) for one in cast] == [("ballot.cast", {"round": 1})] * 2
    assert len({one.subject for one in cast}) == 1
    assert not Vote.objects.exists()
    assert {one.member.name: one.has_voted for one in ballot.roll.all()} == {
        "甲": True, "乙": True, "丙": False, "丁": False, "戊": False
    }  # fmt: skip
    assert {name for name in BallotCount._meta.fields_map} == set()
    said = {one.name for model in (BallotCount, Voter) for one in model._meta.fields}
    assert said == {
        "id", "ballot", "entry", "position", "recused", "yes", "no", "abstain", "member", "has_voted"
    }  # fmt: skip  # no time, no order, nothing that joins the two but the ballot


def test_an_open_round_keeps_names() -> None:
    here = committee(is_secret=False)
    here.attend("甲乙丙丁", 甲="M1")
    ballot = here.open()
    here.cast(ballot, "甲", "M2", "M3")
    assert dict(Vote.objects.values_list("entry__number", "choice")) == {
        "M1": "recused", "M2": "yes", "M3": "no", "M4": "abstain"
    }  # fmt: skip


def test_a_member_votes_once_and_only_on_the_roll() -> None:
    here = committee()
    here.attend("甲乙丙丁")
    ballot = here.open()
    here.cast(ballot, "甲", "M1")
    refused("voted-already", here.cast, ballot, "甲", "M2")
    stranger = User.objects.get(pk=here.members["戊"].user.pk)
    from awards.services.balloting import cast_ballot

    refused("hidden", cast_ballot, ballot=ballot, choices={}, by=stranger, at=AT)


@pytest.mark.parametrize(("yes", "code"), [("M1 M2 M3", "vote-over-cap"), ("M1 M2 M3 M4", "vote-over-cap")])
def test_a_ballot_names_no_more_than_there_are_places(yes: str, code: str) -> None:
    here = committee()
    refused(code, here.cast, here.open(), "甲", yes)


def test_a_recused_member_leaves_both_sides() -> None:
    """Two thirds of four: three. M1 has three of the four who vote on it, and passes."""
    here = committee()
    here.attend("甲乙丙丁戊", 戊="M1")
    ballot = here.open()
    for name in "甲乙丙":
        here.cast(ballot, name, "M1")
    for name in "丁戊":
        here.cast(ballot, name)
    here.close(ballot)
    [tally] = [one for one in outlook(here.contest, here.track).kind.ballots[0].tallies if one.nominee == "M1"]
    assert (tally.yes, tally.needed, tally.recused) == (3, 3, 1)
    assert winners(here) == ("M1",)


@pytest.mark.parametrize(("of", "places"), [("cast", ("M1",)), ("present", ()), ("members", ())])
def test_the_majority_is_of_whom_the_terms_say(of: str, places: tuple[str, ...]) -> None:
    """Three of five vote, all for M1: two thirds of three cast, but not of five present or of five members."""
    here = committee(majority_of=of, quorum_num=1, quorum_den=5)
    ballot = here.open()
    for name in "甲乙丙":
        here.cast(ballot, name, "M1")
    here.close(ballot)
    assert winners(here) == places


PAPER = {"M1": (4, 1, 0), "M2": (3, 2, 0), "M3": (2, 3, 0), "M4": (1, 3, 1)}


def test_a_round_on_paper() -> None:
    here = committee()
    ballot = here.open("paper")
    refused("round-not-counted", here.close, ballot)
    here.count(ballot, PAPER)
    here.close(ballot)
    assert winners(here) == ("M1",)
    refused("ballot-closed", here.count, ballot, PAPER)


@pytest.mark.parametrize(
    ("more", "counts", "code", "field"),
    [
        ({"issued": 6}, PAPER, "ballots-over-present", "issued"),
        ({"issued": 4}, PAPER, "ballots-over-issued", "returned"),
        ({"valid": 4}, PAPER, "ballots-not-together", "valid"),
        ({"invalid_why": {"over": 1}}, PAPER, "ballots-not-together", "valid"),
        ({}, PAPER | {"M2": (3, 3, 0)}, "votes-not-together", "M2"),
        ({}, PAPER | {"M2": (3, 1, 0)}, "votes-not-together", "M2"),
        ({}, dict.fromkeys(PAPER, (5, 0, 0)), "votes-over-cap", ""),
    ],
)
def test_sums_of_paper_agree_and_the_refusal_names_the_field(more, counts, code, field) -> None:
    here = committee()
    fault = refused(code, here.count, here.open("paper"), counts, **more)
    assert list(fault.denial.fields) == [field]


def test_a_closed_round_is_fixed_in_the_database() -> None:
    here = committee(quorum_num=1, quorum_den=5)
    ballot = here.open()
    here.cast(ballot, "甲", "M1")
    with pytest.raises(IntegrityError), transaction.atomic():  # nobody votes a second time, whoever asks
        Voter.objects.filter(ballot=ballot, member=here.members["甲"]).update(has_voted=True)
    here.close(ballot)
    for change in (
        lambda: BallotCount.objects.filter(ballot=ballot).update(yes=5),
        lambda: BallotCount.objects.filter(ballot=ballot).delete(),
        lambda: Voter.objects.filter(ballot=ballot, has_voted=False).update(has_voted=True),
        lambda: Ballot.objects.filter(pk=ballot.pk).update(state="open"),
        lambda: Ballot.objects.filter(pk=ballot.pk).update(valid=4, returned=4),
        lambda: Ballot.objects.filter(pk=ballot.pk).update(is_secret=False),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_a_round_is_void_with_a_reason_and_kept() -> None:
    here = committee(quorum_num=1, quorum_den=5)
    first = here.open()
    here.cast(first, "甲", "M1")
    here.close(first)
    refused("void-without-reason", void_round, ballot=first, reason=" ", by=here.office, at=AT)
    void_round(ballot=first, reason="两人代投", by=here.office, at=AT)
    assert winners(here) == ()
    refused("round-void", void_round, ballot=first, reason="x", by=here.office, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ballot.objects.filter(pk=first.pk).update(state="closed")
    second = here.open()
    assert (second.round, second.counts.count(), first.counts.count()) == (2, 4, 4)
    refused("round-is-open", here.open)
    refused("round-is-open", here.attend, "甲乙丙丁")
    refused("round-is-open", end_meeting, meeting=here.meeting, by=here.office, at=AT)
    refused("round-empty", close_round, ballot=second, by=here.office, at=AT)


def test_an_earlier_round_is_not_void_while_a_later_one_stands() -> None:
    here = committee(quorum_num=1, quorum_den=5)
    first = here.open()
    here.cast(first, "甲")
    here.close(first)
    here.open()
    refused("void-not-last", void_round, ballot=first, reason="x", by=here.office, at=AT)


def test_without_a_quorum_no_round_is_opened() -> None:
    """Two thirds of five are four."""
    here = committee()
    here.attend("甲乙丙")
    refused("quorum-missing", here.open)


def test_the_committee_and_the_way_to_vote_are_fixed_before_the_first_round() -> None:
    here = committee()
    ballot = here.open()
    change = {"contest": here.contest, "by": here.office, "at": AT}
    refused("committee-fixed", add_member, name="己", **change)
    refused("committee-fixed", rule_ballots, is_secret=False, runoff="all", **change)
    refused("committee-fixed", drop_member, member=here.members["甲"], by=here.office, at=AT)
    void_round(ballot=ballot, reason="人数有误", by=here.office, at=AT)
    add_member(name="己", **change)
    refused("member-twice", add_member, name="己", **change)
    refused("member-was-there", drop_member, member=here.members["甲"], by=here.office, at=AT)


def test_tied_at_the_last_place_another_round_decides_between_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """M1 and M2 equal in votes and with the experts, one place: held; the next round is over these two alone."""
    here = committee(places=1)
    from judging.models import Standing

    Standing.objects.filter(entry__number="M2").update(rank=1)
    monkeypatch.setattr(balloting, "stale_standings", lambda run: [])  # the ranks are made equal by hand
    ballot = here.open("paper")
    here.count(ballot, {"M1": (2, 0, 3), "M2": (2, 0, 3), "M3": (0, 5, 0), "M4": (0, 5, 0)})
    here.close(ballot)
    assert winners(here) == ()
    here.track.terms.majority_num, here.track.terms.majority_den = 1, 4
    here.track.terms.save()
    assert outlook(here.contest, here.track).kind.held == ("M1", "M2")
    second = here.open()
    assert [one.entry.number for one in second.counts.all()] == ["M1", "M2"]


def test_a_runoff_takes_two_for_each_place() -> None:
    here = committee(places=1, runoff="double")
    ballot = here.open("paper")
    here.count(ballot, {"M1": (0, 5, 0), "M2": (1, 4, 0), "M3": (2, 3, 0), "M4": (2, 3, 0)})
    here.close(ballot)
    assert outlook(here.contest, here.track).nominees == ("M3", "M4")


def test_a_meeting_after_another() -> None:
    here = committee()
    refused("meeting-open", open_meeting, contest=here.contest, details=DETAILS, by=here.office, at=AT)
    end_meeting(meeting=here.meeting, by=here.office, at=AT)
    refused("meeting-over", here.open)
    again = open_meeting(contest=here.contest, details=DETAILS, by=here.office, at=AT)
    assert again.number == 2 and Meeting.objects.filter(ended_at=None).get() == again
    refused("quorum-missing", Committee(here.contest, here.office, here.members, again).open)
    with pytest.raises(Refused):
        save_attendance(
            meeting=again, present=[here.members["甲"]], recused={here.members["甲"]: ["X9"]}, by=here.office, at=AT
        )


def test_order_is_drawn_under_the_secret_of_the_contest() -> None:
    here = committee()
    ballot = here.open(is_drawn=True)
    drawn = [one.entry.number for one in ballot.counts.all()]
    assert sorted(drawn) == ["M1", "M2", "M3", "M4"]
    assert json.loads(json.dumps(Event.objects.filter(action="ballot.opened").last().body))["nominees"] == drawn


def test_votes_come_through_one_door_only() -> None:
    """The workbook's without a meeting; with one, none of the workbook. Without votes it leaves members alone."""
    here = committee()
    vote = VoteDetails(1, "委员", here.contest.entries.get(number="M1"), "yes")
    record_votes(contest=here.contest, votes=[], by=None, at=AT)
    assert here.contest.members.count() == 5
    refused("ballots-on-the-web", record_votes, contest=here.contest, votes=[vote], by=None, at=AT)
    assert here.contest.members.count() == 5


def test_a_list_is_not_fixed_while_a_round_is_open() -> None:
    here = committee()
    here.open()
    decide(contest=here.contest, by=None, at=AT)
    assert "round-open" in {one.code for one in check_list(standing_list(here.contest))}


def test_nobody_is_left_off_a_ballot_by_a_list_from_before() -> None:
    """M4 was kept out when the list was proposed and is let in since; without a rank nobody could vote on M4."""
    here = committee()
    m4 = Nomination.objects.get(entry__contest=here.contest, entry__number="M4")
    say_of_nominee(nomination=m4, word=False, why="待核实", by=here.office, at=AT)
    decide(contest=here.contest, by=None, at=AT)
    say_of_nominee(nomination=m4, word=True, why="已核实", by=here.office, at=AT)
    refused("nominees-changed", here.open)
    decide(contest=here.contest, by=None, at=AT)
    assert "M4" in [one.entry.number for one in here.open().counts.select_related("entry")]


def test_who_is_not_eligible_any_more_is_not_put_to_the_vote() -> None:
    here = committee()
    Achievement.objects.filter(person__nominations__entry__number="M1").delete()
    refused("nominees-changed", here.open)


def test_one_ballot_of_five_elects_nobody() -> None:
    here = committee()
    ballot = here.open()
    here.cast(ballot, "甲", "M4")
    refused("round-short", lambda: here.close(ballot))
    for name in "乙丙丁":
        here.cast(ballot, name, "M1")
    assert here.close(ballot).returned == 4


def test_a_round_that_is_void_before_it_closed_keeps_nobody_s_choice() -> None:
    here = committee()
    ballot = here.open()
    here.cast(ballot, "甲", "M4")
    void_round(ballot=ballot, reason="误开", by=here.office, at=AT)
    assert set(ballot.counts.values_list("yes", "no", "abstain")) == {(0, 0, 0)}


def test_a_new_link_ends_what_an_earlier_one_opened() -> None:
    here = committee()
    member = here.members["甲"]
    before = User.objects.get(pk=member.user.pk).get_session_auth_hash()
    link_member(member=member, by=here.office, at=AT)
    assert User.objects.get(pk=member.user.pk).get_session_auth_hash() != before


def test_what_a_closed_round_was_counted_by_stays() -> None:
    here = committee()
    ballot = here.open("paper")
    here.count(ballot, {"M1": (3, 2, 0), "M2": (5, 0, 0), "M3": (0, 5, 0), "M4": (0, 5, 0)})
    here.close(ballot)
    kinds = [KindDetails(kind_of(here.track), 2)]
    change = partial(
        change_terms, contest=here.contest, kinds=kinds, vote=Terms(1, 2), places_in_all=None,
        why=Why(0, "理由", "纪要"), by=here.office, at=AT,
    )  # fmt: skip
    refused("terms-counted", change)
