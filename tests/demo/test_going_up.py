"""Details of those who go up in the demo year: some are there, some are missing, and nobody real is among them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from awards.demo.accounts import DEMO_PASSWORD
from awards.demo.going_up import FULL, NOWHERE, answer, id_number_of
from competition.core.late_fields import cleaned
from competition.late import chosen, progress_of, texts_of
from competition.late import people_of as people
from competition.models import Contest, LateConsent, NumberAbove, School, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest(demo_year) -> Contest:
    return Contest.objects.get(late_terms__isnull=False)


def test_some_schools_have_filled_in_all_some_a_part_and_some_nothing(contest):
    terms, rows = contest.late_terms, list(chosen(contest))
    progress = [progress_of(one, terms) for one in rows]
    assert len(rows) == 8
    assert {one.missing == 0 for one in progress} == {True, False}
    assert any(0 < one.missing < one.total for one in progress) and any(one.missing == one.total for one in progress)
    mine = School.objects.get(roles__user__username="school")
    assert sum(one.entry.school == mine for one in rows) == 2
    assert len({one.entry.school_id for one in rows}) == 7


def test_its_days_count_from_the_day_it_was_made(contest):
    terms, today = contest.late_terms, timezone.localdate()
    assert terms.due_on - today in (timedelta(days=11), timedelta(days=12))
    assert not terms.is_late(timezone.now()) and not terms.is_over(timezone.now())


def test_every_id_number_has_its_check_digit_and_a_county_that_never_was(contest):
    """Answered anew: what the demo sealed is read under its own secret alone."""
    terms, office = contest.late_terms, User.objects.get(username="organiser")
    rows = [one for one in chosen(contest) if progress_of(one, terms).missing < progress_of(one, terms).total]
    LateConsent.objects.all().delete()
    for number, one in enumerate(rows):
        answer(one.entry, FULL, first=10 * number + 1, by=office, at=timezone.now())
    everyone = [person for one in chosen(contest) for person in people(one, terms)]
    texts = texts_of(contest, everyone, at=timezone.now())
    numbers = [texts[person.answers["id_number"].pk] for person in everyone if "id_number" in person.answers]
    assert len(set(numbers)) == len(numbers) > 4
    for number in numbers:
        assert number.startswith(NOWHERE) and cleaned("id_number", number, today=timezone.localdate()) == number


@pytest.mark.parametrize("number", [1, 27, 73, 999])
def test_an_invented_number_is_right_whatever_the_day(number):
    assert cleaned("id_number", id_number_of(date(2012, 2, 29), number), today=date(2020, 1, 1))


def test_some_have_authorisation_numbers(contest):
    assert NumberAbove.objects.filter(contest=contest).exclude(authorisation="").count() == 5
    assert NumberAbove.objects.filter(contest=contest, number="").exists()


def test_no_screen_of_it_is_empty(contest, client):
    client.login(username="organiser", password=DEMO_PASSWORD)
    for name in ("late", "late-remind", "upward-numbers", "up-layouts"):
        page = client.get(reverse(name, args=[contest.key])).content.decode()
        assert "推荐作品汇总表" in page if name == "up-layouts" else page.count("<tr>") > 3 or name == "late-remind"
    client.login(username="school", password=DEMO_PASSWORD)
    mine = School.objects.get(roles__user__username="school")
    for one in chosen(contest).filter(entry__school=mine):
        assert client.get(reverse("late-form", args=[one.entry.key])).status_code == 200
