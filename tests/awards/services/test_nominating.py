"""Nominees come in on the web: proposed by what they have won, once each, until the committee votes."""

from typing import Any

import pytest

from awards.models import Achievement, Nomination
from awards.services.nominating import candidates, known_to, nominate, nominate_new, take_back_nomination
from competition.access import Entrance, why_not_enter
from competition.errors import Refused
from competition.models import Contest, Event, Person, Role, School, Track, User
from competition.states import ContestState, EntryState, PersonKind, RoleKind
from judging.models import RoundEntry
from tests.factories.contests import AT, bare_contest, loaded
from tests.factories.sheets import small, votes, with_mayor

pytestmark = pytest.mark.django_db
POINTS = {"M1": (90,) * 3, "M2": (85,) * 3}


@pytest.fixture
def office() -> User:
    user = User.objects.create_user("office", name="办公室")
    Role.objects.create(user=user, kind=RoleKind.ORGANISER)
    return user


def award_with(*ballots: list[dict[str, Any]]) -> Contest:
    below = loaded(with_mayor(small(), POINTS, [line for one in ballots for line in one])).contest
    award = below.companions.get(kind="award")
    Contest.objects.filter(pk=award.pk).update(state=ContestState.JUDGING)
    return Contest.objects.get(pk=award.pk)


def students(award: Contest) -> Track:
    return award.tracks.get(code="student") if award.tracks.filter(code="student").exists() else award.tracks.first()


def winner(award: Contest, name: str = "新人甲", **more: Any) -> Person:
    person = Person.objects.create(kind=PersonKind.STUDENT, name=name, school=School.objects.first(), key=name)
    said = {"level": "nation", "prize_order": 1, "prize_code": "first", "prize_name": "一等奖"} | more
    Achievement.objects.create(
        person=person, source=award, contest_name="全国赛", role="author", won_on=award.as_of.date(), **said
    )
    return person


def proposed(award: Contest, track: Track, words: str, office: User) -> list[Any]:
    return candidates(award, track, words, known=known_to(office, track))


def refused(code: str, do: Any, **more: Any) -> None:
    before = Event.objects.count(), Nomination.objects.count()
    with pytest.raises(Refused) as fault:
        do(**more)
    assert fault.value.denial.code == code
    assert "%(" not in fault.value.denial.message
    assert (Event.objects.count(), Nomination.objects.count()) == before


def test_who_meets_a_way_is_proposed_until_nominated(office):
    award = award_with()
    person, track = winner(award), students(award)
    found = proposed(award, track, "", office)
    assert [(one.subject, one.met.contest_name) for one in found if one.met] == [(person, "全国赛")]
    made = nominate(contest=award, track=track, subject=person, by=office, at=AT)
    entry = made.entry
    assert (entry.state, made.person, entry.authors.get().person) == (EntryState.PASSED, person, person)
    assert RoundEntry.objects.filter(entry=entry).exists(), "it is judged like the others"
    assert proposed(award, track, "", office) == []
    event = Event.objects.get(action="nominee.nominated")
    assert event.body == {"number": entry.number, "track": track.code}


def test_who_meets_no_way_is_found_by_name_and_stands_as_not_eligible(office):
    award = award_with()
    person = winner(award, name="乙某", level="school")
    assert proposed(award, students(award), "", office) == []
    [one] = proposed(award, students(award), "乙", office)
    assert (one.subject, one.met) == (person, None)
    made = nominate(contest=award, track=students(award), subject=person, by=office, at=AT)
    made.entry.refresh_from_db()
    assert made.entry.state == EntryState.NOT_PASSED


def test_nobody_stands_twice_in_one_kind_and_comes_again_once_taken_back(office):
    award = award_with()
    person = winner(award)
    said = {"contest": award, "track": students(award), "subject": person, "by": office, "at": AT}
    first = nominate(**said)
    refused("nominated-already", nominate, **said)
    assert take_back_nomination(nomination=first, by=office, at=AT).state == EntryState.WITHDRAWN
    again = nominate(**said)
    assert again.entry.number != first.entry.number, "a number is not given again"


def test_the_kind_has_to_fit(office):
    award = award_with()
    said = {"contest": award, "track": students(award), "by": office, "at": AT}
    refused("nominee-of-another-kind", nominate, subject=School.objects.first(), **said)
    tutor = Person.objects.create(kind=PersonKind.TUTOR, name="辅导员", school=School.objects.first(), key="t1")
    refused("nominee-of-another-kind", nominate, subject=tutor, **said)


def test_once_members_have_voted_nobody_comes_or_goes(office):
    award = award_with(votes("M1", yes="abc"))
    person = winner(award)
    refused("nomination-after-votes", nominate, contest=award, track=students(award), subject=person, by=office, at=AT)
    standing = Nomination.objects.filter(entry__contest=award).first()
    refused("nomination-after-votes", take_back_nomination, nomination=standing, by=office, at=AT)


def test_a_new_person_is_never_taken_for_a_known_one(office):
    award = award_with()
    person = winner(award)
    said = {"contest": award, "track": students(award), "school": person.school, "by": office, "at": AT}
    refused("person-known", nominate_new, name=f" {person.name} ", **said)
    made = nominate_new(name="新人丙", **said)
    assert made.person and made.person.name == "新人丙"


def test_nobody_learns_of_people_of_contests_that_are_not_theirs(office):
    award = award_with()
    person = winner(award)
    stranger = User.objects.create_user("other", name="别处")
    assert person in known_to(office, students(award))
    assert list(known_to(stranger, students(award))) == []
    refused("hidden", nominate, contest=award, track=students(award), subject=person, by=stranger, at=AT)


def test_what_an_office_of_a_lower_level_has_read_in_is_no_witness(office):
    """Else the office of a school could make anybody eligible for the award of its city."""
    award = award_with()
    person = winner(award)
    below = bare_contest(name="校赛", series="校赛", level="school")
    assert [one.met is not None for one in proposed(award, students(award), person.name, office)] == [True]
    Achievement.objects.filter(person=person).update(source=below)
    assert [one.met is not None for one in proposed(award, students(award), person.name, office)] == [False]


def test_no_school_enters_an_award_past_its_rules(office):
    award = award_with()
    Contest.objects.filter(pk=award.pk).update(state=ContestState.ENTRY)
    school = School.objects.first()
    teacher = User.objects.create_user("teacher", name="教师")
    Role.objects.create(user=teacher, kind=RoleKind.SCHOOL, school=school)
    where = Entrance(contest=Contest.objects.get(pk=award.pk), school=school)
    denial = why_not_enter(teacher, where, at=AT)
    assert denial and denial.hide
