"""Objecting on a phone, asking what became of it, and the office's answer."""

from datetime import timedelta
from html import unescape

import pypdfium2
import pytest
import time_machine
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from awards.models import Objection
from awards.outputs.answer_letter import answer_letter_pdf
from awards.states import ObjectionWay
from competition.models import AccessRecord, Contest, StoredFile, User
from judging.models import Judge
from tests.competition.inspection.samples import pdf
from tests.factories.noticing import (
    DURING,
    NOW,
    OVER,
    client_of,
    locked_contest,
    noticed,
    objected,
    office_of,
    ruled,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def clock():
    cache.clear()
    with time_machine.travel(DURING, tick=False) as moved:
        yield moved


@pytest.fixture
def contest(clock) -> Contest:
    return locked_contest()


@pytest.fixture
def office(contest) -> User:
    return office_of(contest)


@pytest.fixture
def running(contest, office):
    return noticed(contest, office)


def text(answer) -> str:
    return unescape(answer.content.decode())


def form(contest: Contest, **more):
    key = contest.entries.get(number="A1").key
    words = {"entry": key, "reason": "作品疑似抄袭", "name": "周举报", "contact": "13900001111"}
    return words | more


def send(contest: Contest, client: Client | None = None, **more):
    return (client or Client()).post(reverse("object", args=[contest.key]), form(contest, **more), follow=True)


def ask(contest: Contest, number: str, contact: str = "13900001111", client: Client | None = None):
    address = reverse("objection-status", args=[contest.key])
    return (client or Client()).post(address, {"number": number, "contact": contact})


def test_the_public_objects_without_an_account_and_gets_a_number(contest, running):
    answer = send(contest)
    made = Objection.objects.get()
    assert made.number in text(answer)
    assert (made.way, made.name, made.entry.number) == ("web", "周举报", "A1")
    assert answer.redirect_chain[-1][0] == reverse("objection-status", args=[contest.key])
    assert made.number not in answer.redirect_chain[-1][0]


def test_the_number_is_shown_once(contest, running):
    client = Client()
    send(contest, client)
    assert Objection.objects.get().number not in text(client.get(reverse("objection-status", args=[contest.key])))


def test_the_whole_list_may_be_objected_to_but_one_has_to_say_so(contest, running):
    assert send(contest, entry="").status_code == 422
    send(contest, entry="list")
    assert Objection.objects.get().entry is None


@pytest.mark.parametrize("gap", [{"name": ""}, {"name": "周"}, {"contact": ""}, {"reason": " "}, {"entry": "x" * 26}])
def test_what_is_missing_is_said_and_what_was_typed_stays(contest, running, gap):
    answer = send(contest, **gap)
    assert answer.status_code == 422
    assert not Objection.objects.exists()
    assert ("作品疑似抄袭" if "reason" not in gap else "周举报") in text(answer)


def test_the_form_names_no_more_than_the_notice(contest, running):
    shown = text(Client().get(reverse("object", args=[contest.key])))
    assert "作品A1 · 晴川一中 · 一等奖" in shown
    assert "学生A1" not in shown


def test_after_the_end_the_form_is_shut(contest, running, clock):
    clock.move_to(OVER)
    answer = Client().get(reverse("object", args=[contest.key]))
    assert answer.status_code == 403
    late = send(contest)
    assert late.status_code == 403
    assert not Objection.objects.exists()
    assert [word for word in ("作品疑似抄袭", "周举报", "13900001111") if word not in text(late)] == []
    assert "作品A1" not in text(late), "what the notice showed is down"
    assert "作品疑似抄袭" not in text(answer)


def test_too_many_from_one_address_wait_and_others_do_not(contest, running):
    for _time in range(10):
        assert send(contest).status_code == 200
    assert send(contest).status_code == 422
    assert Objection.objects.count() == 10
    elsewhere = Client(REMOTE_ADDR="10.1.2.3")
    assert send(contest, elsewhere).status_code == 200


def test_evidence_is_looked_into_and_kept(contest, running, office):
    send(contest, evidence=[SimpleUploadedFile("张三的举报.pdf", pdf()), SimpleUploadedFile("b.pdf", pdf(("二",)))])
    made = Objection.objects.get()
    assert made.evidence.count() == 2
    client = client_of(office)
    answer = client.get(reverse("objection-evidence", args=[contest.key, made.key, 1]))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "evidence-1.pdf" in answer.headers["Content-Disposition"]
    assert client.get(reverse("objection-evidence", args=[contest.key, made.key, 3])).status_code == 404


def test_the_public_fills_no_disk(contest, running, office, monkeypatch):
    size = len(pdf())
    monkeypatch.setattr("awards.services.objections.MB", 1)
    monkeypatch.setattr("awards.services.objections.EVIDENCE_MB", 3 * size)
    assert send(contest, evidence=[SimpleUploadedFile("a.pdf", pdf(("一",)))]).status_code == 200
    files = [SimpleUploadedFile(f"{word}.pdf", pdf((word,))) for word in "二三四"]
    full = send(contest, evidence=files)
    assert full.status_code == 422
    assert "作品疑似抄袭" in text(full) and "不再接收附件" in text(full)
    assert (Objection.objects.count(), StoredFile.objects.count()) == (1, 1)
    assert send(contest).status_code == 200, "the words are still taken"


def test_a_file_that_is_not_what_it_says_keeps_everything_out(contest, running):
    good, bad = SimpleUploadedFile("a.pdf", pdf()), SimpleUploadedFile("b.pdf", b"<script>alert(1)</script>")
    assert send(contest, evidence=[good, bad]).status_code == 422
    assert not Objection.objects.exists()
    assert not StoredFile.objects.exists()


def test_more_than_five_files_are_too_many(contest, running):
    many = [SimpleUploadedFile(f"{at}.pdf", pdf((str(at),))) for at in range(6)]
    assert send(contest, evidence=many).status_code == 422
    assert not StoredFile.objects.exists()


def test_number_and_contact_show_how_far_it_is_and_nothing_of_who_or_what(contest, running, office):
    made = objected(contest)
    shown = text(ask(contest, made.number))
    assert "待答复" in shown
    assert "2026年5月13日" in shown
    assert not [word for word in ("周举报", "抄袭", "作品A1") if word in shown]
    ruled(made, office)
    shown = text(ask(contest, made.number))
    assert "异议不成立" in shown
    assert "经查不属实" in shown


def test_a_wrong_contact_shows_nothing_and_guessing_is_slow(contest, running):
    made = objected(contest)
    for _time in range(10):
        answer = ask(contest, made.number, "13900002222")
        assert answer.status_code == 422
        assert "待答复" not in text(answer)
    assert ask(contest, made.number).status_code == 422  # even the right one waits now
    assert ask(contest, made.number, client=Client(REMOTE_ADDR="10.1.2.3")).status_code == 200


def test_the_office_sees_what_is_due_first_and_what_is_late(contest, running, office, clock):
    early = objected(contest, by=office, at=NOW, way=ObjectionWay.PHONE)
    late = objected(contest)
    nameless = objected(contest, by=office, way=ObjectionWay.LETTER, name="", contact="")
    done = ruled(objected(contest), office)
    clock.move_to(NOW + timedelta(days=7))  # the day after the first was due
    shown = text(client_of(office).get(reverse("objections", args=[contest.key])))
    places = [shown.index(one.number) for one in (early, late, nameless, done)]
    assert places == sorted(places)
    assert shown.count("逾期未答复") == 1


def test_the_office_types_in_a_letter(contest, running, office):
    address = reverse("objections", args=[contest.key])
    client = client_of(office)
    assert client.post(address, form(contest, way="web", reason="来信")).status_code == 422
    client.post(address, form(contest, way="letter", name="", contact="", reason="来信反映"))
    made = Objection.objects.get()
    assert (made.way, made.name, made.recorded_by, made.due_on) == ("letter", "", office, None)


def rule(contest: Contest, made: Objection, office: User, **more):
    words = {"outcome": "upheld", "decision": "情况属实。", "decider": "郑监督", "decider_role": "监督组组长"}
    return client_of(office).post(reverse("objection", args=[contest.key, made.key]), words | more, follow=True)


def test_the_office_decides_and_is_led_to_where_the_list_is_mended(contest, running, office):
    made = objected(contest)
    shown = text(rule(contest, made, office))
    made.refresh_from_db()
    assert made.state == "upheld"
    for name, args in (
        ("objection-letter", [contest.key, made.key]), ("correct", [contest.key, made.entry.key]),
        ("award-list", [contest.key]),
    ):  # fmt: skip
        assert reverse(name, args=args) in shown


def test_a_judges_name_is_refused_and_the_form_keeps_its_words(contest, running, office):
    made = objected(contest)
    judge = Judge.objects.filter(contest=contest).first().person.name
    answer = rule(contest, made, office, decider=judge)
    assert answer.status_code == 422
    assert "情况属实" in text(answer)
    made.refresh_from_db()
    assert made.state == "open"


def letter(made: Objection) -> str:
    paper = pypdfium2.PdfDocument(answer_letter_pdf(made, at=DURING))
    return "".join("".join(page.get_textpage().get_text_bounded() for page in paper).split())


def test_the_answer_is_a_letter_to_who_objected(contest, running, office):
    made = objected(contest)
    address = reverse("objection-letter", args=[contest.key, made.key])
    assert client_of(office).get(address).status_code == 404
    ruled(made, office)
    assert client_of(office).get(address).headers["Content-Type"] == "application/pdf"
    said = letter(made)
    for words in (
        "周举报：",
        made.number,
        "《作品A1》",
        "监督组组长郑监督",
        "异议不成立",
        "经查不属实",
        "二〇二六年五月七日",
    ):
        assert words in said


def record(client: Client, made: Objection) -> str:
    answer = client.get(reverse("objection-record", args=[made.contest.key, made.key]))
    assert answer.headers["Content-Type"] == "application/pdf"
    pages = pypdfium2.PdfDocument(answer.content)
    return "".join("".join(page.get_textpage().get_text_bounded() for page in pages).split())


def test_the_record_says_what_came_in_and_has_room_or_the_decision(contest, running, office):
    made = objected(contest)
    client = client_of(office)
    before = record(client, made)
    assert all(words in before for words in (made.number, "周举报", "《作品A1》", made.reason, "调查情况"))
    assert AccessRecord.objects.filter(what="objection-record").count() == 1
    ruled(made, office)
    after = record(client, made)
    assert "异议不成立" in after and "经查不属实" in after and "调查情况" not in after


def test_a_contest_in_english_answers_in_english(contest, running, office):
    made = ruled(objected(contest), office)
    made.contest.settings |= {"certificate_language": "en"}
    assert "7May2026" in letter(made)
    assert "Dear周举报," in letter(made)
    assert "notupheld" in letter(made)
