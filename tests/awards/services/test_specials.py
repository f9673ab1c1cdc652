"""Special prizes: named by the office, given under minutes, beside level prizes and never in their numbers."""

import pytest
from django.db import IntegrityError, transaction

from awards.models import Certificate, SpecialAward, SpecialGrant, SpecialPrize
from awards.services.amending import amend_list
from awards.services.certificates import issue_certificates, print_certificates
from awards.services.checking import prizes_of, unit_answers
from awards.services.early import prizes_in
from awards.services.lists import check_list, lock_list, publish_list, standing_list
from awards.services.restating import restate_list
from awards.services.running import decide
from awards.services.specials import SpecialDetails, drop_special, give_special, save_special, take_special_back
from awards.states import CertificateState
from competition.errors import Refused
from competition.models import Contest, Division, Entry, Event, User
from tests.factories.contests import AT
from tests.factories.moves import Moving, moving_contest

pytestmark = pytest.mark.django_db
MINUTES = "评委会纪要〔2026〕8号"


@pytest.fixture
def moving() -> Moving:
    return moving_contest()


def named(moving: Moving, number: int = 1, **more) -> SpecialPrize:
    details = SpecialDetails(
        **({"label_zh": "知识产权专项奖", "label_en": "IP Prize", "sponsor": "市知识产权局", "number": number} | more)
    )
    return save_special(contest=moving.contest, details=details, by=moving.office, at=AT)


def give(moving: Moving, prize: SpecialPrize, number: str, minutes: str = MINUTES) -> SpecialGrant:
    return give_special(prize=prize, number=number, minutes=minutes, by=moving.office, at=AT)


def found(moving: Moving) -> list[str]:
    return [one.code for one in check_list(standing_list(moving.contest))]


def listed(moving: Moving) -> list[tuple[str, str]]:
    return [(one.label_zh, one.entry.number) for one in standing_list(moving.contest).specials.all()]


def refused(code: str, act, *arguments, **more) -> None:
    before = (SpecialGrant.objects.count(), list(SpecialPrize.objects.values()), Event.objects.count())
    with pytest.raises(Refused) as fault:
        act(*arguments, **more)
    assert fault.value.denial.code == code
    assert "%(" not in fault.value.denial.message
    assert (SpecialGrant.objects.count(), list(SpecialPrize.objects.values()), Event.objects.count()) == before


def amend(moving: Moving) -> None:
    amend_list(contest=moving.contest, reason="更正", by=moving.office, at=AT)
    moving.contest.refresh_from_db()
    decide(contest=moving.contest, by=None, at=AT)


def test_an_entry_may_have_it_beside_its_level_prize_or_alone(moving):
    prize, levels = named(moving, 2), moving.prizes()
    give(moving, prize, "A1")
    give(moving, prize, "A5")
    assert listed(moving) == [("知识产权专项奖", "A1"), ("知识产权专项奖", "A5")]
    assert moving.prizes() == levels  # no level gave one up for it
    assert found(moving) == []
    lock_list(contest=moving.contest, by=moving.office, at=AT)


def test_no_more_are_given_than_there_are(moving):
    prize = named(moving)
    give(moving, prize, "A4")
    refused("special-over-number", give, moving, prize, "A5")
    details = SpecialDetails("知识产权专项奖", "市知识产权局", 0)
    refused(
        "special-number", save_special, contest=moving.contest, details=details, prize=prize, by=moving.office, at=AT
    )


def test_its_number_does_not_fall_below_what_was_given(moving):
    prize = named(moving, 2)
    give(moving, prize, "A4")
    give(moving, prize, "A5")
    fewer = SpecialDetails("知识产权专项奖", "市知识产权局", 1)
    refused(
        "special-over-number", save_special, contest=moving.contest, details=fewer, prize=prize, by=moving.office, at=AT
    )


def test_an_entry_that_did_not_pass_gets_none(moving):
    Entry.objects.filter(number="A4").update(state="not_passed")
    refused("special-no-entry", give, moving, named(moving), "A4")


def test_it_goes_to_entries_of_its_tracks_and_divisions(moving):
    division = Division.objects.create(contest=moving.contest, code="高中", label_zh="高中", order=1)
    prize = named(moving, 2, divisions=(division,))
    refused("special-not-open", give, moving, prize, "A4")
    Entry.objects.filter(number="A4").update(division=division)
    give(moving, prize, "A4")
    other = moving.contest.tracks.create(code="机器人", label_zh="机器人", order=9)
    narrow = SpecialDetails("知识产权专项奖", "市知识产权局", 2, tracks=(other,))
    refused(
        "special-not-open", save_special, contest=moving.contest, details=narrow, prize=prize, by=moving.office, at=AT
    )


@pytest.mark.parametrize(
    ("number", "minutes", "code"),
    [("A4", " ", "special-without-minutes"), ("A9", MINUTES, "special-no-entry"), ("", MINUTES, "special-no-entry")],
)
def test_what_cannot_be_given_is_refused(moving, number, minutes, code):
    refused(code, give, moving, named(moving), number, minutes)


def test_nobody_has_one_twice(moving):
    prize = named(moving, 3)
    give(moving, prize, "A4")
    refused("special-has-it", give, moving, prize, "A4")
    with pytest.raises(IntegrityError), transaction.atomic():
        SpecialGrant.objects.create(prize=prize, entry=moving.made.entries["A4"], minutes="x", given_at=AT)


def test_one_name_of_one_sponsor_stands_once(moving):
    named(moving)
    refused("special-twice", named, moving)
    named(moving, sponsor="市科协")


def test_taken_back_the_list_is_as_before(moving):
    before = standing_list(moving.contest)
    grant = give(moving, named(moving), "A4")
    take_special_back(grant=grant, by=moving.office, at=AT)
    now = standing_list(moving.contest)
    assert (now.digest, listed(moving)) == (before.digest, [])
    assert found(moving) == []


def test_one_that_somebody_has_is_not_dropped(moving):
    prize = named(moving)
    grant = give(moving, prize, "A4")
    refused("special-given", drop_special, prize=prize, by=moving.office, at=AT)
    take_special_back(grant=grant, by=moving.office, at=AT)
    drop_special(prize=prize, by=moving.office, at=AT)
    refused("special-gone", give, moving, prize, "A4")
    assert SpecialAward.objects.filter(prize=prize).exists()  # an older list keeps it


def test_after_the_lock_nothing_is_named_given_or_taken_back(moving):
    prize = named(moving, 2)
    grant = give(moving, prize, "A4")
    lock_list(contest=moving.contest, by=moving.office, at=AT)
    refused("wrong-state", give, moving, prize, "A5")
    refused("wrong-state", take_special_back, grant=grant, by=moving.office, at=AT)
    refused("wrong-state", named, moving, sponsor="别家")
    refused("wrong-state", drop_special, prize=prize, by=moving.office, at=AT)


def test_a_stranger_gives_nothing(moving):
    prize = named(moving)
    moving.office = User.objects.create_user("stranger", name="路人")
    refused("hidden", give, moving, prize, "A4")
    refused("hidden", named, moving, sponsor="别家")


def test_an_award_and_a_delegation_have_none(moving):
    Contest.objects.filter(pk=moving.contest.pk).update(kind="award")
    refused("hidden", named, moving)


def test_the_list_check_finds_what_no_longer_fits(moving):
    prize = named(moving, 2)
    give(moving, prize, "A4")
    Entry.objects.filter(number="A4").update(state="not_passed")
    assert "special-wrong" in found(moving)
    Entry.objects.filter(number="A4").update(state="passed")
    give(moving, prize, "A5")
    SpecialPrize.objects.filter(pk=prize.pk).update(number=1)
    assert "special-over" in found(moving)
    SpecialPrize.objects.filter(pk=prize.pk).update(number=2)
    SpecialGrant.objects.filter(entry__number="A5").delete()
    assert found(moving) == ["special-differs"]
    decide(contest=moving.contest, by=None, at=AT)
    assert found(moving) == []


def test_a_proposal_keeps_what_was_given_before_it(moving):
    give(moving, named(moving), "A4")
    decide(contest=moving.contest, by=None, at=AT)
    moving.carry(A2="first", A1="second")
    assert listed(moving) == [("知识产权专项奖", "A4")]
    assert moving.prizes()["A2"] == ("first", "committee")


def test_certificates_name_prize_and_sponsor(moving):
    prize = named(moving, 2)
    give(moving, prize, "A1")
    give(moving, prize, "A5")
    made = lock_list(contest=moving.contest, by=moving.office, at=AT)
    issue_certificates(award_list=made, by=moving.office, at=AT)
    bodies = {one.purpose: one.body for one in Certificate.objects.filter(special__isnull=False)}
    assert set(bodies) == {f"special:{prize.key}:A1", f"special:{prize.key}:A5"}
    assert "荣获知识产权专项奖（市知识产权局设立）" in bodies[f"special:{prize.key}:A5"]
    assert Certificate.objects.filter(award__entry__number="A1").count() == 1
    assert found(moving) == []
    assert print_certificates([moving.contest]).startswith(b"%PDF")
    numbers = list(Certificate.objects.order_by("serial").values_list("number", flat=True))
    issue_certificates(award_list=made, by=moving.office, at=AT)
    assert list(Certificate.objects.order_by("serial").values_list("number", flat=True)) == numbers


def test_a_taken_back_prize_takes_its_certificate_along(moving):
    prize = named(moving)
    grant = give(moving, prize, "A5")
    made = lock_list(contest=moving.contest, by=moving.office, at=AT)
    issue_certificates(award_list=made, by=moving.office, at=AT)
    amend(moving)
    take_special_back(grant=grant, by=moving.office, at=AT)
    made = lock_list(contest=moving.contest, by=moving.office, at=AT)
    issue_certificates(award_list=made, by=moving.office, at=AT)
    states = set(Certificate.objects.filter(purpose__startswith="special:").values_list("state", flat=True))
    assert states == {CertificateState.REVOKED}


def test_a_corrected_title_is_on_the_special_prize_too(moving):
    give(moving, named(moving), "A5")
    lock_list(contest=moving.contest, by=moving.office, at=AT)
    Entry.objects.filter(number="A5").update(title="更正后的题目")
    restate_list(moving.contest, touched=set(), renamed=[], reason="更正", by=moving.office, at=AT)
    made = standing_list(moving.contest)
    assert made.specials.get().said["title"] == "更正后的题目"
    assert made.state == "locked"


def test_units_check_them_and_a_notice_is_of_them_too(moving):
    prize = named(moving)
    first = lock_list(contest=moving.contest, by=moving.office, at=AT)
    unit = moving.made.entries["A5"].school.district
    before, prizes = len(prizes_of(first, unit)), prizes_in(first)
    amend(moving)
    give(moving, prize, "A5")
    made = lock_list(contest=moving.contest, by=moving.office, at=AT)
    assert [one.entry.number for one in prizes_of(made, unit)][before:] == ["A5"]
    assert prizes_in(made) != prizes
    check = moving.contest.prize_checks.create(key="c" * 26, until=AT, opened_at=AT)
    assert unit_answers(check, made)[0].prizes == before + 1


def test_the_log_knows_what_was_given_and_no_minutes(moving):
    prize = named(moving)
    take_special_back(grant=give(moving, prize, "A4"), by=moving.office, at=AT)
    events = {one.action: one.body for one in Event.objects.filter(action__startswith="special.")}
    assert list(events) == ["special.saved", "special.given", "special.taken-back"]
    assert events["special.given"]["entry"] == "A4"
    assert "纪要" not in str(events)


def test_published_it_can_be_read(moving):
    give(moving, named(moving), "A5")
    lock_list(contest=moving.contest, by=moving.office, at=AT)
    moving.contest.refresh_from_db()
    publish_list(contest=moving.contest, by=moving.office, at=AT)
    assert listed(moving) == [("知识产权专项奖", "A5")]
