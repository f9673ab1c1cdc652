"""The check of prizes between lock and printing."""

from datetime import timedelta

import pytest

from awards.access import UnitPrizes, running_check, why_not_issue_certificates, why_not_see_prizes
from awards.outputs.check_papers import prize_check_pdf
from awards.services.checking import (
    answer_prizes,
    close_check,
    prizes_digest,
    prizes_of,
    show_prizes,
    unit_answers,
)
from awards.services.lists import lock_list, standing_list, take_list_back
from awards.services.running import decide
from competition.errors import Refused
from competition.models import Contest, District, Event, Role, User
from competition.states import RoleKind
from tests.awards.services.test_restating import correct
from tests.factories.contests import AT, decided
from tests.factories.sheets import small

pytestmark = pytest.mark.django_db
UNTIL = AT + timedelta(days=5)


def account(name: str, **role) -> User:
    user = User.objects.create_user(name, name=name)
    Role.objects.create(user=user, **role)
    return user


@pytest.fixture
def contest() -> Contest:
    made = decided(small())
    lock_list(contest=made, by=None, at=AT)
    made.refresh_from_db()
    return made


@pytest.fixture
def office() -> User:
    return account("office", kind=RoleKind.ORGANISER)


@pytest.fixture
def unit(contest) -> District:
    return District.objects.get(label_zh="东区")


@pytest.fixture
def officer(unit) -> User:
    return account("east", kind=RoleKind.DISTRICT, district=unit)


def answer(contest, unit, by, **more):
    defaults = {"is_right": True, "text": "", "seen": prizes_digest(prizes_of(standing_list(contest), unit)), "at": AT}
    return answer_prizes(contest=contest, unit=unit, by=by, **(defaults | more))


def refused(code: str, do) -> None:
    before = Event.objects.count()
    with pytest.raises(Refused) as fault:
        do()
    assert fault.value.denial.code == code
    assert "%(" not in fault.value.denial.message
    assert Event.objects.count() == before


def test_a_unit_sees_its_prizes_once_they_are_shown(contest, unit, office, officer):
    prizes = UnitPrizes(contest, unit)
    assert why_not_see_prizes(officer, prizes, at=AT).hide
    show_prizes(contest=contest, until=UNTIL, by=office, at=AT)
    assert why_not_see_prizes(officer, prizes, at=AT) is None
    other = District.objects.get(label_zh="西区")
    assert why_not_see_prizes(officer, UnitPrizes(contest, other), at=AT).hide


def test_the_list_of_a_unit_is_its_own(contest, unit):
    assert [one.entry.number for one in prizes_of(standing_list(contest), unit)] == ["A1", "A3", "A5"]


def test_certificates_wait_while_units_check(contest, office):
    assert why_not_issue_certificates(office, contest, at=AT) is None
    show_prizes(contest=contest, until=UNTIL, by=office, at=AT)
    assert why_not_issue_certificates(office, contest, at=AT).code == "prize-check-runs"
    assert why_not_issue_certificates(office, contest, at=UNTIL) is None
    close_check(contest=contest, by=office, at=AT)
    assert why_not_issue_certificates(office, contest, at=AT) is None


def test_an_answer_stands_until_a_prize_of_the_unit_reads_otherwise(contest, unit, office, officer):
    check = show_prizes(contest=contest, until=UNTIL, by=office, at=AT)
    answer(contest, unit, officer)
    standing = {one.unit: one.answer for one in unit_answers(check, standing_list(contest))}
    assert standing[unit].is_right
    correct(contest, office, "A2", authors=("学生乙",))  # of the other unit
    assert next(one.answer for one in unit_answers(check, standing_list(contest)) if one.unit == unit)
    correct(contest, office, "A1", authors=("学生甲",))
    assert next(one.answer for one in unit_answers(check, standing_list(contest)) if one.unit == unit) is None


def test_what_was_read_is_what_is_answered(contest, unit, office, officer):
    show_prizes(contest=contest, until=UNTIL, by=office, at=AT)
    seen = prizes_digest(prizes_of(standing_list(contest), unit))
    correct(contest, office, "A1", authors=("学生甲",))
    refused("prizes-changed", lambda: answer(contest, unit, officer, seen=seen))


def test_who_says_wrong_says_what(contest, unit, office, officer):
    show_prizes(contest=contest, until=UNTIL, by=office, at=AT)
    refused("say-what-is-wrong", lambda: answer(contest, unit, officer, is_right=False, text=" "))
    assert answer(contest, unit, officer, is_right=False, text="A1 第一作者应为“学生甲”").text


def test_after_the_last_day_nobody_answers(contest, unit, office, officer):
    show_prizes(contest=contest, until=UNTIL, by=office, at=AT)
    refused("prize-check-over", lambda: answer(contest, unit, officer, at=UNTIL))


def test_a_check_that_runs_is_prolonged_not_doubled(contest, office):
    first = show_prizes(contest=contest, until=UNTIL, by=office, at=AT)
    again = show_prizes(contest=contest, until=UNTIL + timedelta(days=1), by=office, at=AT)
    assert first == again
    assert running_check(contest, at=UNTIL) == again
    refused("until-past", lambda: show_prizes(contest=contest, until=AT, by=office, at=AT))


def test_only_the_office_shows_prizes(contest, officer):
    refused("hidden", lambda: show_prizes(contest=contest, until=UNTIL, by=officer, at=AT))
    refused("hidden", lambda: close_check(contest=contest, by=officer, at=AT))


def test_the_paper_has_every_prize(contest, unit):
    import pypdfium2

    awards = prizes_of(standing_list(contest), unit)
    paper = pypdfium2.PdfDocument(prize_check_pdf(contest, unit, awards, until="", at=AT))
    text = "".join(paper[0].get_textpage().get_text_range().split())
    assert all(one.said["authors"][0] in text and one.said["title"] in text for one in awards)


def test_another_list_is_not_shown_because_the_one_before_was(contest, unit, office, officer):
    show_prizes(contest=contest, until=UNTIL, by=office, at=AT)
    take_list_back(contest=contest, by=None, at=AT)
    decide(contest=contest, by=None, at=AT)
    lock_list(contest=contest, by=None, at=AT)
    contest.refresh_from_db()
    assert why_not_see_prizes(officer, UnitPrizes(contest, unit), at=AT).hide


def test_a_correction_leaves_the_check_running(contest, unit, office, officer):
    show_prizes(contest=contest, until=UNTIL, by=office, at=AT)
    correct(contest, office, "A1", authors=("学生甲",))
    assert running_check(contest, at=AT)
    assert why_not_see_prizes(officer, UnitPrizes(contest, unit), at=AT) is None
