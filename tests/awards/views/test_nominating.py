"""The page on which an office nominates: proposals, a search, somebody new, and the way back."""

import pytest
from django.test import Client
from django.urls import reverse

from awards.demo.accounts import DEMO_PASSWORD
from awards.models import Nomination
from competition.models import AccessRecord, Contest, Event, School
from competition.states import ContestState
from tests.awards.services.test_nominating import award_with, students, winner
from tests.awards.views.test_award_rules import get, office

pytestmark = pytest.mark.django_db
assert office  # a fixture


def test_somebody_is_nominated_from_the_proposals_and_taken_back(office):
    award = award_with()
    person = winner(award)
    page = get(office, "nominate", award.key)
    assert person.name in page and "全国赛 · 一等奖" in page
    assert AccessRecord.objects.filter(what="candidates").exists()
    kind = students(award).order
    address = reverse("nominate-one", args=[award.key])
    office.post(address, {"kind": kind, "subject": person.key})
    made = Nomination.objects.get(person=person, entry__contest=award)
    again = office.post(address, {"kind": kind, "subject": person.key}, follow=True).content.decode()
    assert "已被提名" in again and Nomination.objects.filter(person=person).count() == 1
    assert "撤回提名" in get(office, "entry", award.key, made.entry.key)
    office.post(reverse("nomination-back", args=[award.key, made.entry.key]))
    made.entry.refresh_from_db()
    assert made.entry.state == "withdrawn"


def test_somebody_new_is_written_down_and_a_fault_keeps_what_was_typed(office):
    award = award_with()
    kind, school = students(award).order, School.objects.first()
    address = reverse("nominate-person", args=[award.key])
    bad = office.post(address, {"kind": kind, "name": "新人丁", "school": ""})
    assert bad.status_code == 422 and 'value="新人丁"' in bad.content.decode()
    office.post(address, {"kind": kind, "name": "新人丁", "school": school.pk})
    assert Nomination.objects.filter(person__name="新人丁", entry__contest=award).exists()


@pytest.mark.parametrize("role", ["school", "unit", "judge", "committee", ""])
def test_the_office_alone_nominates(role, demo_year):
    award = Contest.objects.get(kind="award")
    Contest.objects.filter(pk=award.pk).update(state=ContestState.JUDGING)
    client, entry, before = Client(), award.entries.first(), Event.objects.count()
    assert not role or client.login(username=role, password=DEMO_PASSWORD)
    asked = [
        client.get(reverse("nominate", args=[award.key])),
        client.post(reverse("nominate-one", args=[award.key])),
        client.post(reverse("nominate-person", args=[award.key])),
        client.post(reverse("nomination-back", args=[award.key, entry.key])),
    ]
    assert {one.status_code for one in asked} == {404 if role else 302}
    assert Event.objects.count() == before


def test_the_page_asks_no_more_for_100_than_for_3(office, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    award = award_with()
    for number in range(3):
        winner(award, name=f"被提名人{number}")
    get(office, "nominate", award.key)
    with CaptureQueriesContext(connection) as few:
        get(office, "nominate", award.key)
    for number in range(3, 100):
        winner(award, name=f"被提名人{number}")
    with django_assert_max_num_queries(len(few)):
        get(office, "nominate", award.key, size=100)
