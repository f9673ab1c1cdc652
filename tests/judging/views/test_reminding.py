"""Reminders name who has something left, in words that fit, on the page and in the file."""

import io

import pandas as pd
import pytest
from django.test import Client
from django.urls import reverse

from judging.models import Judge
from judging.states import JudgeState
from tests.factories.judging import Judged, judged_contest

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged() -> Judged:
    return judged_contest()


@pytest.fixture
def office(judged) -> Client:
    client = Client()
    client.force_login(judged.office)
    return client


def rows(judged: Judged, office: Client) -> list[list[str]]:
    found = office.get(reverse("reminders-file", args=[judged.contest.key]))
    table = pd.read_excel(io.BytesIO(found.content), engine="calamine", header=None, dtype=str)
    return [[str(cell) for cell in row] for row in table.to_numpy().tolist() if str(row[0]).startswith("J")]


def test_the_file_says_what_the_page_says(judged, office):
    Judge.objects.filter(code="J2").update(state=JudgeState.INVITED)
    for number in ("A1", "A2", "A3"):
        judged.submit(80, code="J3", entry=number)
    judged.submit(80, code="J1", entry="A1")
    found = rows(judged, office)
    assert [(row[0], row[4]) for row in found] == [("J1", "2"), ("J2", "3")]
    page = office.get(reverse("reminders", args=[judged.contest.key])).content.decode()
    assert all(row[5] in page for row in found)
    assert "j1" in found[0][5]
    assert "j2" not in found[1][5]  # has no PIN yet: the name for signing in would not help


def test_nobody_is_reminded_of_what_is_done(judged, office):
    for code in judged.users:
        for number in ("A1", "A2", "A3"):
            judged.submit(80, code=code, entry=number)
    assert rows(judged, office) == []
