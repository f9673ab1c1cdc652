"""No page of trainings asks the database more for many rows than for few."""

from dataclasses import replace
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from awards.core.certificate_template import ATTENDANCE
from awards.models import Training
from awards.services.trainings import issue_attendance
from competition.models import User
from tests.config.test_query_counts import Ask, asked, grown
from tests.factories.certifying import authorised, saved, typed
from tests.factories.contests import small_contest
from tests.factories.noticing import client_of
from tests.factories.training import AT, issued, list_of, listed, office_account

pytestmark = pytest.mark.django_db


def rows_of(number: int, start: int = 0) -> list[list[str]]:
    return [[f"某{at}", f"第{at}小学", "", "", ""] for at in range(start, start + number)]


def look_at(client: Client, made: Training, rows: int):
    return client.post(
        reverse("training-import", args=[made.key]), {"list": SimpleUploadedFile("x.xlsx", list_of(rows_of(rows, 500)))}
    )


def pages(client: Client, made: Training, rows: int) -> dict[str, Ask]:
    found: dict[str, Ask] = {"all": partial(client.get, reverse("trainings"), {"size": 100})}
    for name in ("training", "training-terms", "training-list"):
        found[name] = partial(client.get, reverse(name, args=[made.key]), {"size": 100})
    found["print"] = partial(client.post, reverse("training-print", args=[made.key]))
    for paper in ("hand-over.pdf", "sign-in.pdf"):
        found[paper] = partial(client.get, reverse("training-paper", args=[made.key, paper]))
    one = made.participants.filter(state="issued").first()
    assert one
    found["print one"] = partial(client.post, reverse("participant-print", args=[made.key, one.key]))
    for name in ("seals", "certificate-template", "template-calibration"):
        found[name] = partial(client.get, reverse(name))
    shown = {"shown_training": made.key, "shown_data": "longest"}
    found["template preview"] = partial(client.post, reverse("template-preview"), typed(ATTENDANCE, **shown))
    found["participant"] = partial(client.get, reverse("participant", args=[made.key, one.key]))
    found["check"] = partial(Client().get, reverse("certificate", args=[one.token]))
    found["preview"] = partial(look_at, client, made, rows)
    return found


def test_no_page_asks_more_for_a_hundred_rows_than_for_three() -> None:
    client = client_of(office_account())
    contest = small_contest().contest
    made = issued(rows=rows_of(3))
    office = User.objects.get()
    saved(None, office, ATTENDANCE, "attendance")
    authorised(None, office, name=made.issuers[0])
    few = asked(pages(client, made, 3))
    for _ in range(40):
        issued(contest, rows=rows_of(1))
    listed(made, rows_of(97, 3))
    for row in range(40):
        saved(None, office, replace(ATTENDANCE, line=f"第{row}版"), "attendance")
        authorised(None, office, name=f"第{row}局")
        issued(rows=rows_of(1))
    issue_attendance(training=made, by=None, at=AT)
    assert grown(few, asked(pages(client, made, 100), is_warm=True)) == {}
