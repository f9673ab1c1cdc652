"""Who reaches what is asked late: its office, the school of a chosen entry; judges and the committee never."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from awards.demo.accounts import DEMO_PASSWORD
from competition.models import AccessRecord, Contest, Entry, Event, LateChoice, LateTerms, School

ROLES = ("school", "unit", "organiser", "judge", "committee", "")


@pytest.fixture
def entry(demo_year) -> Entry:
    """Of another school than the demo's."""
    contest = Contest.objects.get(belongs_to=None, state="published")
    today = timezone.localdate()
    LateChoice.objects.all().delete()  # what the demo year asks: here everything is known
    LateTerms.objects.all().delete()
    LateTerms.objects.create(contest=contest, author_fields=["id_number", "photo"], tutor_fields=["phone"],
                             purpose="上报", due_on=today, erase_on=today + timedelta(days=9))  # fmt: skip
    mine = School.objects.get(roles__user__username="school")
    rows = contest.entries.countable().exclude(authors=None)
    found = rows.exclude(school__district=mine.district_id).first()
    for one in (found, rows.filter(school=mine).first()):
        choice = LateChoice.objects.create(entry=one, at=timezone.now())
        choice.consents.create(person=one.authors.first().person, given_on=today, at=timezone.now())
    return found


def pages_of_office(entry: Entry) -> list[tuple[str, str]]:
    contest, one = [entry.contest.key], [entry.contest.key, entry.key]
    person = entry.authors.first().person.key
    rows = [
        ("get", "late", contest), ("get", "late-terms", contest), ("post", "late-terms", contest),
        ("get", "late-choose", contest), ("post", "late-choose", contest), ("get", "late-list", contest),
        ("get", "late-photos", contest), ("get", "late-entry", one), ("get", "late-photo", [*one, person]),
        ("post", "late-drop", one), ("post", "late-erase", contest), ("get", "late-remind", contest), ("post", "late-remind", contest),
    ]  # fmt: skip
    return [(method, reverse(name, args=args)) for method, name, args in rows]


def pages_of_school(entry: Entry) -> list[tuple[str, str]]:
    person = entry.authors.first().person.key
    rows = [
        ("get", "late-form", [entry.key]), ("post", "late-form", [entry.key]), ("post", "late-consent", [entry.key]),
        ("post", "late-withdraw", [entry.key, person]),
    ]  # fmt: skip
    return [(method, reverse(name, args=args)) for method, name, args in rows]


def client_as(role: str) -> Client:
    client = Client()
    assert not role or client.login(username=role, password=DEMO_PASSWORD)
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_its_office_alone_reaches_the_pages(role, entry):
    client = client_as(role)
    before = Event.objects.count(), AccessRecord.objects.count()
    for method, address in [*pages_of_school(entry), *pages_of_office(entry)]:
        status = getattr(client, method)(address).status_code
        if role == "organiser":
            assert status in (200, 302, 404 if "photo.jpg" in address else 200, 422), (method, address, status)
        else:
            assert status == (404 if role else 302), (method, address, status)
    if role != "organiser":
        assert (Event.objects.count(), AccessRecord.objects.count()) == before


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["school", "unit"])
def test_a_school_and_its_unit_reach_their_own_chosen_entry(role, entry):
    own = LateChoice.objects.exclude(entry=entry).get().entry
    client = client_as(role)
    assert [getattr(client, method)(address).status_code for method, address in pages_of_school(own)] == [
        200, 302, 422, 302,
    ]  # fmt: skip
    for method, address in pages_of_office(own):
        assert getattr(client, method)(address).status_code == 404, address


@pytest.mark.django_db
def test_an_award_and_a_delegation_have_no_such_page(entry):
    client = client_as("organiser")
    for contest in Contest.objects.exclude(belongs_to=None):
        assert client.get(reverse("late", args=[contest.key])).status_code == 404
