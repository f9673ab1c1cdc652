"""The page of the assignment: groups without work in common are named, with what would link them."""

import pytest
from django.test import Client
from django.urls import reverse

from judging.models import Assignment, Judge, Rubric
from tests.factories.judging import Judged, judged_contest

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged() -> Judged:
    """One judge an entry and one entry a judge: three groups."""
    made = judged_contest()
    Rubric.objects.update(reviews=1)
    for number in (1, 2, 3):
        Assignment.objects.filter(judge__code=f"J{number}").exclude(entry__number=f"A{number}").delete()
    return made


@pytest.fixture
def office(judged: Judged) -> Client:
    client = Client()
    client.force_login(judged.office)
    return client


def test_what_is_shown_is_added_with_its_button(judged, office):
    page = office.get(reverse("assign", args=[judged.contest.key]))
    (linking,) = page.context["linkings"]
    address = reverse("assign-link", args=[judged.contest.key, 1, 1])
    assert address in page.content.decode()
    for entry, judge in linking.reviews:
        assert f"{entry.number} ← {judge.code}" in page.content.decode()
    office.post(address, {"shown": "nothing"})
    assert Assignment.objects.count() == 3
    office.post(address, {"shown": linking.digest})
    assert Assignment.objects.count() == 5
    assert address not in office.get(reverse("assign", args=[judged.contest.key])).content.decode()


def test_without_a_way_there_is_no_button_but_the_reason(judged, office):
    Judge.objects.update(max_load=1)
    page = office.get(reverse("assign", args=[judged.contest.key]))
    assert reverse("assign-link", args=[judged.contest.key, 1, 1]) not in page.content.decode()
    for one in page.context["linkings"][0].apart:
        assert one in page.content.decode()


def test_while_somebody_waits_for_a_judge_there_is_no_button(judged, office):
    Assignment.objects.filter(judge__code="J3").delete()
    page = office.get(reverse("assign", args=[judged.contest.key]))
    assert page.context["linkings"]
    assert reverse("assign-link", args=[judged.contest.key, 1, 1]) not in page.content.decode()
