import pytest
from django.test import Client
from django.urls import reverse

from judging.models import Rubric
from judging.selectors import entries_over
from judging.services.setting_aside import set_sheets_aside
from tests.factories.contests import AT
from tests.factories.judging import judged_contest

pytestmark = pytest.mark.django_db


def test_sheets_that_come_back_beside_those_that_took_their_place_are_named() -> None:
    judged = judged_contest()
    for entry in ("A1", "A2"):
        for code in ("J1", "J2", "J3"):
            judged.submit(90, code=code, entry=entry)
    judge = judged.judge("J1")
    assert entries_over(judge) == []
    set_sheets_aside(judge=judge, reason="核实", only_conflicts=False, by=judged.office, at=AT)
    Rubric.objects.update(reviews=2)  # as if two others had been enough
    assert entries_over(judge) == []
    office = Client()
    office.force_login(judged.office)
    to = reverse("judge-bring-back", args=[judged.contest.key, judge.key])
    said = office.post(to, follow=True).content.decode()
    assert "A1, A2" in said
    assert entries_over(judge) == ["A1", "A2"]
