"""A taking up by a slip is undone in one step: nothing of the wrong nominee counts, nothing that was typed is lost."""

from datetime import date

import pytest

from awards.core.self_nominating import CONSENT, RECOMMENDATION
from awards.models import Achievement, Claim, SelfNomination
from awards.self_nominations import said_of
from awards.services.claims import Claimed, add_claim_of, confirm_claim
from awards.services.nominating import take_back_nomination
from awards.services.self_checking import put_back_self, take_up_self
from awards.states import AchievementKind, AchievementRole, SelfState
from competition.errors import Refused
from competition.models import Entry, Event
from competition.states import EntryState
from tests.factories.entering import NOW
from tests.factories.nominating import Award, winner
from tests.factories.self_nominating import ERASED_ON, NAME, paper, sent, taking, won

pytestmark = pytest.mark.django_db

OWN = Claimed(
    kind="student", name=NAME, what=AchievementKind.PRIZE, said_of="市机器人竞赛", level="city",
    role=AchievementRole.AUTHOR, won_on=date(2017, 5, 1), prize="second",
)  # fmt: skip


@pytest.fixture
def award() -> Award:
    return taking()


def take_up(award: Award, one: SelfNomination, **more):
    usual = {"person": None, "school": award.school, "shows_reason": False, "by": award.office, "at": NOW}
    return take_up_self(nomination=one, **usual | more)


def why_not(award: Award, one: SelfNomination, at=NOW, by=None) -> str:
    with pytest.raises(Refused) as found:
        put_back_self(nomination=one, by=by or award.office, at=at)
    return found.value.denial.code


def test_a_wrong_taking_up_is_undone_in_one_step(award):
    """Another child of the name was chosen; the prize had been confirmed already."""
    other = winner(award, NAME, school="西山中学")
    one = sent(award, papers={RECOMMENDATION: 1, CONSENT: 2, "won-0": 3}, won=(won(),))
    typed, documents = said_of(one, at=NOW), set(one.papers.values_list("file_id", flat=True))
    made = take_up(award, one, person=other, despite_school=True)
    mine = add_claim_of(contest=award.contest, person=other, claimed=OWN, paper=paper(9), by=award.office, at=NOW)
    confirm_claim(claim=Claim.objects.exclude(pk=mine.pk).get(), by=award.office, at=NOW)
    put_back_self(nomination=one, by=award.office, at=NOW)
    one.refresh_from_db()
    assert (one.state, one.entry, one.decided_by) == (SelfState.SENT, None, None)
    assert said_of(one, at=NOW) == typed and set(one.papers.values_list("file_id", flat=True)) == documents
    assert Entry.objects.get(pk=made.entry_id).state == EntryState.WITHDRAWN
    assert list(Claim.objects.all()) == [mine], "only what came from here goes"
    assert not Achievement.objects.filter(is_checked=True).exists()
    assert Event.objects.filter(action="selfnomination.put-back").get().body["entry"] == made.entry.number
    again = take_up(award, one)
    assert again.person != other and again.entry.number != made.entry.number
    assert Claim.objects.exclude(pk=mine.pk).get().person == again.person


def test_who_was_taken_back_as_a_nominee_can_be_taken_up_again(award):
    one = sent(award)
    made = take_up(award, one)
    take_back_nomination(nomination=made, by=award.office, at=NOW)
    put_back_self(nomination=one, by=award.office, at=NOW)
    again = take_up(award, one, person=made.person, despite_school=True)
    assert again.entry.state != EntryState.WITHDRAWN and again.person == made.person


def test_a_taking_up_is_undone_by_the_office_alone_once_and_until_the_committee_votes(award):
    one = sent(award)
    assert why_not(award, one) == "self-not-taken"
    take_up(award, one)
    assert why_not(award, one, by=award.made["晴川一中"]) == "hidden"
    assert why_not(award, one, at=ERASED_ON) == "self-over"
    award.contest.ballots.create(round=1)
    assert why_not(award, one) == "nomination-after-votes"
    one.refresh_from_db()
    assert one.state == SelfState.TAKEN
