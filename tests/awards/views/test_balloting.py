"""The pages of the committee's ballot: the office's, the room's, and a member's own on a phone."""

import pytest
from django.test import Client
from django.urls import reverse

from awards.ballot_forms import PaperForm
from awards.models import Ballot, BallotCount, Meeting, Member, Vote
from competition.models import AccessRecord
from tests.factories.balloting import Committee, committee

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Committee:
    return committee(quorum_num=1, quorum_den=5)


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(here: Committee, name: str, *more) -> str:
    return reverse(name, args=[here.contest.key, *more])


def test_a_round_on_phones_from_the_first_to_the_last_page(here: Committee) -> None:
    office = client_of(here.office)
    assert office.get(address(here, "ballots")).status_code == 200
    opened = office.post(address(here, "round-open", 1), {"track": here.track.code, "way": "phone", "is_drawn": "on"})
    assert opened["Location"] == address(here, "ballot-round", 1)
    member = client_of(here.members["甲"].user)
    shown = member.get(address(here, "vote")).content.decode()
    assert shown.count('type="radio"') == 12
    said = {"round": 1, "choice-M1": "yes", "choice-M2": "yes", "choice-M3": "yes", "choice-M4": "no"}
    too_many = member.post(address(here, "vote"), said)
    assert too_many.status_code == 422
    assert too_many.content.decode().count("required checked") == 4  # nothing that was chosen is lost
    assert member.post(address(here, "vote"), said | {"choice-M3": "no"}).status_code == 302
    assert 'type="radio"' not in member.get(address(here, "vote")).content.decode()
    room = member.get(address(here, "ballot-round", 1)).content.decode()
    assert "甲 ✓" in room and "乙 ✓" not in room
    assert 'data-label="' not in room  # no count before it is closed
    assert office.post(address(here, "round-close", 1)).status_code == 302
    assert 'data-label="' in member.get(address(here, "ballot-round", 1)).content.decode()
    assert member.post(address(here, "vote"), said).status_code == 302
    assert Ballot.objects.get().returned == 1
    assert office.get(address(here, "room")).status_code == member.get(address(here, "room")).status_code == 200


def test_a_round_on_paper_says_beside_the_field_what_does_not_add_up(here: Committee) -> None:
    here.open("paper")
    office = client_of(here.office)
    said = {"issued": 5, "returned": 5, "valid": 4, "why-over": 1}
    counts = {"yes-M1": 4, "yes-M2": 3, "no-M2": 0, "abstain-M2": 0, "yes-M3": 1, "yes-M4": 0}
    wrong = office.post(address(here, "round-paper", 1), said | counts)
    assert wrong.status_code == 422
    assert wrong.context["form"].errors.keys() == {"yes-M2"}
    assert office.post(address(here, "round-paper", 1), said | counts | {"no-M2": 1}).status_code == 302
    assert list(BallotCount.objects.order_by("entry__number").values_list("yes", "no", "abstain")) == [
        (4, 0, 0), (3, 1, 0), (1, 3, 0), (0, 4, 0)
    ]  # fmt: skip
    assert Ballot.objects.get().invalid_why == {"over": 1}
    for name in ("round-ballots", "round-tally"):
        assert office.get(address(here, name, 1)).content[:4] == b"%PDF"
    office.post(address(here, "round-close", 1))
    assert office.get(address(here, "meeting-minutes", 1)).content[:4] == b"%PDF"


def test_each_round_is_a_look_of_its_own_however_soon_one_follows_another(here: Committee) -> None:
    rounds, office = [here.open()], client_of(here.office)
    for _ in range(2):
        office.get(address(here, "ballot-round", 1))
    for name in "甲乙丙丁戊":
        here.cast(rounds[0], name, "M1")
    here.close(rounds[0])
    rounds.append(here.open())
    office.get(address(here, "ballot-round", 2))
    looks = AccessRecord.objects.filter(what="round").values_list("subject", flat=True)
    assert list(looks) == [f"awards.ballot:{one.key}" for one in rounds]


def test_a_round_says_who_was_elected_in_it_and_not_later(here: Committee) -> None:
    for nominee in ("M1", "M2"):
        ballot = here.open()
        for name in "甲乙丙丁戊":
            here.cast(ballot, name, nominee)
        here.close(ballot)
    office = client_of(here.office)
    for number, nominee in ((1, "M1"), (2, "M2")):
        lines = office.get(address(here, "ballot-round", number)).context["lines"]
        assert [one.number for one in lines if one.is_elected] == [nominee]


def test_members_meetings_and_attendance(here: Committee) -> None:
    office = client_of(here.office)
    office.post(address(here, "member-add"), {"name": "己"})
    new = Member.objects.get(name="己")
    slip = office.post(address(here, "member-link", new.key))
    assert "/link/" in slip.content.decode() or "/l/" in slip.content.decode()
    office.post(address(here, "member-drop", new.key))
    assert not Member.objects.filter(name="己").exists()
    one = here.members["甲"]
    office.post(address(here, "meeting-attendance", 1), {f"here-{one.key}": "on", f"recused-{one.key}": "M1、M2"})
    assert list(here.meeting.attendees.values_list("member__name", "recused")) == [("甲", ["M1", "M2"])]
    office.post(address(here, "meeting-end", 1))
    assert Meeting.objects.get().ended_at
    meeting = {"held_on": "2026-05-02", "chair": "周", "chief_scrutineer": "郑", "tellers": "冯"}
    office.post(address(here, "meeting-open"), meeting)
    assert Meeting.objects.count() == 2
    office.post(address(here, "ballot-rule"), {"runoff": "double"})
    here.contest.refresh_from_db()
    assert (here.contest.settings["ballot_open"], here.contest.settings["ballot_runoff"]) == (True, "double")


def test_open_ballots_are_named_after_closing_only() -> None:
    here = committee(is_secret=False, quorum_num=1, quorum_den=5)
    ballot = here.open()
    here.cast(ballot, "甲", "M1")
    office = client_of(here.office)
    assert office.get(address(here, "ballot-round", 1)).context["named"] == []
    here.close(ballot)
    assert len(office.get(address(here, "ballot-round", 1)).context["named"]) == Vote.objects.count() == 4


def test_what_nobody_knows_of_a_recused_member_is_not_worked_out() -> None:
    here = committee()
    here.attend("甲乙丙丁戊", 戊="M1")
    ballot = here.open("paper")
    said = {"issued": 5, "returned": 4, "valid": 4, "yes-M1": 2, "yes-M2": 0, "yes-M3": 0, "yes-M4": 0}
    form = PaperForm(said, ballot, {})
    assert not form.is_valid() and list(form.errors) == ["no-M1"]
    assert PaperForm(said | {"no-M1": 2}, ballot, {}).is_valid()
