"""What a judge's page sends, and what it is told."""

import pytest
from django.test import Client
from django.urls import reverse

from competition.services.accounts import set_password
from competition.tries import TRIES
from judging.models import Draft, Question, Sheet
from tests.factories.contests import AT
from tests.factories.judging import Judged, judged_contest

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged() -> Judged:
    return judged_contest()


@pytest.fixture
def page(judged):
    client = Client()
    client.force_login(judged.users["J1"])
    return client


def send(client, judged, what, entry="A1", code="J1", **body):
    work = judged.work(code, entry)
    return client.post(
        reverse(f"api-work-{what}", args=[work.judge.key, work.key]), body, content_type="application/json"
    )


def marks(value, **more):
    return {"mark-1": value, "comment": "", "feedback": "", **more}


def test_a_save_answers_with_its_version_and_what_it_kept(judged, page):
    said = send(page, judged, "save", base=0, save="save-one", values=marks("８０", comment="好")).json()
    assert said["revision"] == 1
    assert said["save"] == "save-one"
    assert said["values"] == {"mark-1": "80", "comment": "好", "feedback": ""}


def test_a_stale_save_is_answered_with_both_versions(judged, page):
    send(page, judged, "save", base=0, save="save-one", values=marks("80"))
    answer = send(page, judged, "save", base=0, save="save-two", values=marks("70"))
    assert answer.status_code == 409
    assert answer.json()["code"] == "draft-changed"
    assert answer.json()["theirs"]["values"]["mark-1"] == "80"
    assert answer.json()["theirs"]["save"] == "save-one"
    assert judged.work().revision == 1


def test_handing_in_gives_a_receipt_that_can_be_looked_at_again(judged, page):
    said = send(page, judged, "submit", base=0, save="submit-one", values=marks("80", feedback="继续")).json()
    assert said["state"] == "submitted"
    shown = page.get(said["url"]).content.decode()
    assert "80" in shown
    assert "继续" in shown
    assert send(page, judged, "submit", base=0, save="submit-one", values=marks("80", feedback="继续")).json() == said
    assert Sheet.objects.count() == 1


@pytest.mark.parametrize(
    ("what", "body", "status", "code"),
    [
        ("save", {"base": 0, "save": "save-one", "values": {"mark-1": "101"}}, 409, "mark-out-of-range"),
        ("save", {"base": 0, "save": "save-one", "values": {"mark-1": "8.5"}}, 409, "mark-out-of-range"),
        ("submit", {"base": 0, "save": "save-one", "values": {"mark-1": ""}}, 409, "marks-missing"),
        ("save", {"base": -1, "save": "save-one", "values": {}}, 422, "malformed"),
        ("save", {"base": True, "save": "save-one", "values": {}}, 422, "malformed"),
        ("save", {"base": "0", "save": "save-one", "values": {}}, 422, "malformed"),
        ("save", {"base": 0, "save": "x", "values": {}}, 422, "malformed"),
        ("save", {"base": 0, "save": "x" * 41, "values": {}}, 422, "malformed"),
        ("save", {"base": 0, "save": "save-one", "values": [1]}, 422, "malformed"),
        ("recuse", {"save": "save-one"}, 422, "malformed"),
        ("ask", {"save": "save-one", "kind": "other", "text": "x"}, 422, "malformed"),
    ],
)
def test_what_is_not_good_changes_nothing(judged, page, what, body, status, code):
    answer = send(page, judged, what, **body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert not Draft.objects.exists()
    assert not Sheet.objects.exists()
    assert not Question.objects.exists()


def test_a_list_instead_of_an_object_is_malformed(judged, page):
    work = judged.work()
    address = reverse("api-work-save", args=[work.judge.key, work.key])
    assert page.post(address, "[1, 2]", content_type="application/json").status_code == 422


def test_a_mark_out_of_range_names_its_field(judged, page):
    answer = send(page, judged, "save", base=0, save="save-one", values=marks("101"))
    assert "101" in answer.json()["fields"]["mark-1"]


def test_stepping_back_and_asking(judged, page):
    assert send(page, judged, "ask", save="ask-ask-ask", kind="doubt", text="？？").status_code == 200
    assert send(page, judged, "ask", save="ask-ask-ask", kind="doubt", text="？？").status_code == 200
    assert Question.objects.count() == 1
    said = send(page, judged, "recuse", save="recuse-one", reason="认识").json()
    assert said["state"] == "recused"
    assert send(page, judged, "recuse", save="recuse-one", reason="认识").json() == said, "sent again it is done once"
    assert send(page, judged, "save", base=0, save="after-it", values=marks("1")).status_code == 404


@pytest.mark.parametrize("word", ["\ud800", "知道\0这件", "\udfff作品"])
def test_halves_of_characters_are_left_out_of_words(judged, page, word):
    asked = send(page, judged, "ask", kind="doubt", text=f"问{word}", save="ask-number-one")
    assert asked.status_code == 200
    assert send(page, judged, "ask", kind=word, text="问", save="ask-number-two").status_code == 422
    assert send(page, judged, "recuse", reason=f"认识{word}", save="recuse-one").status_code == 200
    assert "\0" not in Sheet.objects.get(reason__startswith="认识").reason


@pytest.mark.parametrize("what", ["save", "submit", "recuse", "ask"])
def test_nobody_else_writes_here(judged, what):
    body = {"base": 0, "save": "save-one", "values": marks("80"), "reason": "x", "kind": "doubt", "text": "x"}
    assert send(Client(), judged, what, **body).status_code == 401
    for who in ("J2", "office"):
        other = Client()
        other.force_login(judged.users.get(who, judged.office))
        assert send(other, judged, what, **body).status_code == 404
    assert not Draft.objects.exists()
    assert not Sheet.objects.exists()


def test_another_judges_work_is_not_in_this_pile(judged, page):
    own, other = judged.work("J1"), judged.work("J2")
    address = reverse("api-work-save", args=[own.judge.key, other.key])
    assert (
        page.post(address, {"base": 0, "save": "save-one", "values": {}}, content_type="application/json").status_code
        == 404
    )


def test_a_forged_request_writes_nothing(judged):
    client = Client(enforce_csrf_checks=True)
    client.force_login(judged.users["J1"])
    assert send(client, judged, "save", base=0, save="save-one", values=marks("80")).status_code == 403
    assert not Draft.objects.exists()


# ---- the PIN


@pytest.fixture
def pin(judged):
    set_password(user=judged.users["J1"], password="730518", by=judged.users["J1"], at=AT, may_be_pin=True)
    return reverse("api-judge-sign-in", args=[judged.judge().key])


def test_with_the_pin_the_session_begins_again(judged, pin):
    client = Client()
    assert client.post(pin, {"pin": "730518"}, content_type="application/json").status_code == 200
    assert send(client, judged, "save", base=0, save="save-one", values=marks("80")).status_code == 200


def test_guessing_a_pin_is_slow(judged, pin):
    client = Client()
    codes = [
        client.post(pin, {"pin": f"{n:06}"}, content_type="application/json").json()["code"] for n in range(TRIES + 2)
    ]
    assert codes == ["pin-wrong"] * TRIES + ["pin-wait"] * 2
    assert client.post(pin, {"pin": "730518"}, content_type="application/json").json()["code"] == "pin-wait"


def test_a_forged_sign_in_is_refused(pin):
    client = Client(enforce_csrf_checks=True)
    assert client.post(pin, {"pin": "730518"}, content_type="application/json").status_code == 403
