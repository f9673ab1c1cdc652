"""A taking up by a slip is undone in one step: nothing of the wrong nominee counts, nothing that was typed is lost."""

from datetime import date

import pytest

from awards.core.self_nominating import CONSENT, RECOMMENDATION
from awards.models import Achievement, Claim, SelfNomination
from awards.self_nominations import said_of
from awards.services.claims import Claimed, add_claim_of, confirm_claim
from awards.services.nominating import take_back_nomination
from awards.services.self_checking import put_back_self
from awards.services.self_terms import erase_selves
from awards.states import AchievementKind, AchievementRole, SelfState
from competition.drafts import typed_from_rows
from competition.errors import Refused
from competition.models import Entry, Event
from competition.services.entering import withdraw_entry
from competition.states import EntryState
from tests.factories.entering import NOW
from tests.factories.nominating import Award, winner
from tests.factories.self_nominating import (
    ERASED_ON,
    NAME,
    REASON,
    asked,
    paper,
    said_in_rules,
    sent,
    take_up,
    taking,
    won,
)

pytestmark = pytest.mark.django_db

OWN = Claimed(
    kind="student", name=NAME, what=AchievementKind.PRIZE, said_of="市机器人竞赛", level="city",
    role=AchievementRole.AUTHOR, won_on=date(2017, 5, 1), prize="second",
)  # fmt: skip


@pytest.fixture
def award() -> Award:
    return taking()


def put_back(award: Award, one: SelfNomination, nominee: str | None = None, by=None, at=NOW) -> None:
    seen = SelfNomination.objects.get(pk=one.pk).entry
    key = nominee if nominee is not None else seen.key if seen else ""
    put_back_self(nomination=one, nominee=key, by=by or award.office, at=at)


def why_not(award: Award, one: SelfNomination, **more) -> str:
    with pytest.raises(Refused) as found:
        put_back(award, one, **more)
    return found.value.denial.code


def test_a_wrong_taking_up_is_undone_in_one_step(award):
    """Another child of the name was chosen; the prize had been confirmed already."""
    other = winner(award, NAME, school="西山中学")
    one = sent(award, papers={RECOMMENDATION: 1, CONSENT: 2, "won-0": 3}, won=(won(),))
    typed, documents = said_of(one, at=NOW), set(one.papers.values_list("file_id", flat=True))
    made = take_up(award, one, person=other, despite_school=True)
    mine = add_claim_of(contest=award.contest, person=other, claimed=OWN, paper=paper(9), by=award.office, at=NOW)
    confirm_claim(claim=Claim.objects.exclude(pk=mine.pk).get(), by=award.office, at=NOW)
    put_back(award, one)
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
    put_back(award, one)
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


def test_nothing_that_was_typed_stays_with_the_wrong_nominee(award):
    """Its school and its unit read withdrawn entries as well."""
    other = winner(award, NAME, school="西山中学")
    for more in ({"person": other, "despite_school": True}, {"school": None}):
        one = sent(award)
        made = take_up(award, one, shows_reason=True, **more)
        was = Entry.objects.get(pk=made.entry_id)
        assert was.abstract == REASON and was.authors.get().grade == 8 and bool(was.extra) == (was.school is None)
        put_back(award, one)
        entry = Entry.objects.get(pk=made.entry_id)
        assert (entry.abstract, entry.extra, entry.authors.get().grade) == ("", {}, None)


def test_nothing_stays_in_what_a_withdrawn_nominee_would_be_typed_on_from(award):
    one = sent(award)
    entry = withdraw_entry(entry=take_up(award, one).entry, by=award.office, at=NOW)
    assert entry.draft["authors"][0]["grade"] == 8
    put_back(award, one)
    entry.refresh_from_db()
    assert typed_from_rows(entry)["authors"][0]["grade"] is None and not entry.draft


def test_the_taking_up_that_stood_on_the_page_is_undone_and_no_later_one(award):
    """Two officers see the slip; one undoes it and takes the right person up before the other clicks."""
    other, one = winner(award, NAME, school="西山中学"), sent(award)
    slip = take_up(award, one, person=other, despite_school=True)
    put_back(award, one)
    right = take_up(award, one)
    assert why_not(award, one, nominee=slip.entry.key) == "changed-meanwhile"
    one.refresh_from_db()
    assert one.entry == right.entry and Entry.objects.get(pk=right.entry_id).state != EntryState.WITHDRAWN


def test_what_was_erased_is_not_put_back_under_another_last_day(award):
    one = sent(award)
    take_up(award, one)
    erase_selves(contest=award.contest, by=None, at=ERASED_ON)
    said_in_rules(award, asked(until=date(2026, 5, 31)), at=ERASED_ON)
    assert why_not(award, one, at=ERASED_ON) == "self-erased"


def test_what_nobody_can_read_stays_taken_up(award, settings):
    one = sent(award)
    take_up(award, one)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another" * 10, []
    assert why_not(award, one) == "self-unreadable"
