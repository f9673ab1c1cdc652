"""The pages of published results: upload, columns once, rows, and taken in."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from awards.models import Achievement, Delegation, ResultColumns
from competition.models import AccessRecord
from tests.factories.contests import Made, small_contest
from tests.factories.elsewhere import EDITION, HEAD, ROWS, SERIES, csv_of
from tests.factories.noticing import client_of, office_of

pytestmark = pytest.mark.django_db
UNKNOWN = ("栏甲", "栏乙", "栏丙", "栏丁", "栏戊", "栏己")
COLUMNS = {"named": "1", "title": "栏甲", "authors": ["栏乙"], "school": "栏丙", "tutors": ["栏丁"], "prize": "栏戊"}


@pytest.fixture
def made() -> Made:
    return small_contest()


@pytest.fixture
def client(made) -> Client:
    return client_of(office_of(made.contest))


def upload(client: Client, made: Made, data: bytes, **more):
    said = {"series": SERIES, "name": EDITION, "level": "province", "won_on": "2026-04-16"}
    file = SimpleUploadedFile("list.csv", data)
    return client.post(reverse("elsewhere", args=[made.contest.key]), {**said, "list": file, **more})


def hidden(response) -> dict[str, str]:
    text = response.content.decode()
    return {name: re.search(f'name="{name}" value="([^"]*)"', text)[1] for name in ("ticket", "said")}  # type: ignore[index]


def test_columns_are_asked_once_a_series(made, client):
    first = upload(client, made, csv_of(ROWS, UNKNOWN))
    assert "栏甲（别处作品、会浇花的装置" in first.content.decode()
    shown = client.post(reverse("elsewhere-columns", args=[made.contest.key]), hidden(first) | COLUMNS)
    assert "会浇花的装置" in shown.content.decode()
    again = upload(client, made, csv_of(ROWS, UNKNOWN))
    assert "会浇花的装置" in again.content.decode()
    assert "named" not in again.content.decode()
    assert ResultColumns.objects.get().columns["authors"] == ["栏乙"]


def test_guessed_columns_stand_in_the_form(made, client):
    page = upload(client, made, csv_of(ROWS, HEAD)).content.decode()
    assert re.search(r'<option value="奖次" selected', page)
    assert re.search(r'value="作者"[^>]*checked', page)


def test_a_column_is_one_thing_only(made, client):
    first = upload(client, made, csv_of(ROWS, UNKNOWN))
    sent = hidden(first) | COLUMNS | {"school": "栏甲"}
    answer = client.post(reverse("elsewhere-columns", args=[made.contest.key]), sent)
    assert answer.status_code == 422
    assert not ResultColumns.objects.exists()


def test_what_was_shown_is_taken_in_and_the_look_is_kept(made, client):
    first = upload(client, made, csv_of(ROWS, UNKNOWN))
    shown = client.post(reverse("elsewhere-columns", args=[made.contest.key]), hidden(first) | COLUMNS)
    assert not Achievement.objects.exists()
    done = client.post(reverse("elsewhere-apply", args=[made.contest.key]), hidden(shown))
    assert done.status_code == 302
    assert Achievement.objects.count() == 4
    assert AccessRecord.objects.filter(what="elsewhere").exists()
    assert EDITION in client.get(reverse("elsewhere", args=[made.contest.key])).content.decode()


def test_an_open_question_keeps_everything_out_and_the_answers_in(made, client):
    rows = [*ROWS, ("某作品", "学生A1", "", "", "一等奖", "")]
    first = upload(client, made, csv_of(rows, UNKNOWN))
    shown = client.post(reverse("elsewhere-columns", args=[made.contest.key]), hidden(first) | COLUMNS)
    field = re.search(r'name="(who-[^"]*)"', shown.content.decode())[1]  # type: ignore[index]
    refused = client.post(reverse("elsewhere-apply", args=[made.contest.key]), hidden(shown))
    assert refused.status_code == 409
    assert not Achievement.objects.exists()
    sent = hidden(refused) | {field: "out"}
    assert client.post(reverse("elsewhere-apply", args=[made.contest.key]), sent).status_code == 302
    assert Achievement.objects.count() == 4


def test_a_file_that_is_no_table_says_so(made, client):
    answer = upload(client, made, b"\x00\x01\x02 not a table")
    assert answer.status_code == 422
    assert 'id="id_list"' in answer.content.decode()


def test_a_series_has_one_level(made, client):
    upload(client, made, csv_of(ROWS, HEAD))
    answer = upload(client, made, csv_of(ROWS, HEAD), series="小赛")
    assert answer.status_code == 422


def test_somebody_elses_preview_is_not_applied(made, client):
    first = upload(client, made, csv_of(ROWS, UNKNOWN))
    shown = client.post(reverse("elsewhere-columns", args=[made.contest.key]), hidden(first) | COLUMNS)
    from tests.factories.agreeing import organiser

    other = client_of(organiser(made.contest, "other"))
    assert other.post(reverse("elsewhere-apply", args=[made.contest.key]), hidden(shown)).status_code == 302
    assert not Achievement.objects.exists()


def test_a_delegation_is_made_and_shown(made, client):
    said = {"series": SERIES, "name": EDITION, "level": "province", "held_on": "2026-04-16", "numbers": "A1，A2"}
    done = client.post(reverse("delegations", args=[made.contest.key]), said)
    contest = Delegation.objects.get().contest
    assert done.url == reverse("delegation", args=[contest.key])
    assert f"组织2件作品参加{EDITION}，0件作品获奖。" in client.get(done.url).content.decode()
    assert client.get(reverse("delegation", args=[made.contest.key])).status_code == 404
