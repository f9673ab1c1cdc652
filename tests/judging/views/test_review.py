"""Everything that is typed and not handed in, handed in with one step."""

import pytest
from django.test import Client
from django.urls import reverse

from judging.models import Draft, Sheet
from tests.factories.judging import Judged, judged_contest

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged() -> Judged:
    return judged_contest()


@pytest.fixture
def page(judged: Judged) -> Client:
    client = Client()
    client.force_login(judged.users["J1"])
    return client


def chosen(judged: Judged, *entries: str, base: int = 1) -> dict[str, object]:
    keys = [judged.work("J1", entry).key for entry in entries]
    return {"work": keys} | {f"base-{key}": base for key in keys}


def address(judged: Judged) -> str:
    return reverse("review", args=[judged.judge().key])


def test_only_finished_drafts_are_offered(judged, page):
    judged.save(80, entry="A1")
    judged.save(None, entry="A2")
    shown = page.get(address(judged)).content.decode()
    assert judged.work("J1", "A1").key in shown
    assert judged.work("J1", "A2").key not in shown


def test_what_is_chosen_is_handed_in_and_the_rest_stays(judged, page):
    for entry in ("A1", "A2"):
        judged.save(80, entry=entry)
    page.post(address(judged), chosen(judged, "A1"))
    assert [sheet.assignment.entry.number for sheet in Sheet.objects.standing()] == ["A1"]
    assert Draft.objects.get().assignment.entry.number == "A2"


def test_a_draft_that_changed_since_it_was_seen_is_not_handed_in_and_the_others_are(judged, page):
    for entry in ("A1", "A2"):
        judged.save(80, entry=entry)
    judged.save(10, entry="A1", base=1)
    page.post(address(judged), chosen(judged, "A1", "A2"), follow=True)
    assert [sheet.assignment.entry.number for sheet in Sheet.objects.standing()] == ["A2"]


def test_a_draft_without_all_marks_is_refused_by_name(judged, page):
    judged.save(None, entry="A1")
    answer = page.post(address(judged), chosen(judged, "A1"), follow=True)
    assert "A1：" in answer.content.decode() or "A1:" in answer.content.decode()
    assert not Sheet.objects.exists()


def test_works_of_another_judge_are_not_handed_in(judged, page):
    judged.save(80, code="J2", entry="A1")
    theirs = judged.work("J2", "A1")
    page.post(address(judged), {"work": [theirs.key], f"base-{theirs.key}": 1})
    assert not Sheet.objects.exists()
