"""The notice's public page, its paper, and the office's page: what is shown, to whom, and how long."""

from datetime import timedelta
from html import unescape

import pypdfium2
import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from awards.models import EarlyStep, Notice
from awards.outputs.notice_paper import notice_pdf
from awards.services.lists import take_list_back
from awards.services.notices import take_notice_down, terms_of
from competition.models import AccessRecord, Contest, User
from tests.factories.noticing import (
    DURING,
    FIRST,
    LAST,
    NOW,
    OVER,
    client_of,
    consent,
    locked_contest,
    noticed,
    objected,
    office_of,
    required,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    with time_machine.travel(DURING, tick=False) as moved:
        yield moved


@pytest.fixture
def contest() -> Contest:
    made = locked_contest()
    made.contact = "科协 0550-1"
    made.settings |= {"issuers": ["晴川市科学技术协会"]}
    made.save()
    return made


@pytest.fixture
def office(contest) -> User:
    return office_of(contest)


@pytest.fixture
def running(contest, office, clock) -> Notice:
    return noticed(contest, office)


def public(contest: Contest):
    return Client().get(reverse("notice", args=[contest.key]))


def text(answer) -> str:
    return unescape(answer.content.decode())


def test_full_names_stand_only_where_consent_is_on_record(contest, running):
    consent(contest, "A1", "integrity", "publishing")
    consent(contest, "A2", "integrity")
    consent(contest, "A3", "publishing")
    consent(contest, "A3", "integrity")  # taken back with the next version that was handed in
    shown = text(public(contest))
    assert "学生A1" in shown
    assert not [name for name in ("学生A2", "学生A3", "学生A4", "学生A5", "学生A6", "老师A1") if name in shown]
    assert shown.count("学＊＊＊") == 4


def test_the_board_knows_a_notice_that_begins_tomorrow(contest, office, clock):
    """It is not asked for once more; what is due is to see it."""
    required(contest, office)
    noticed(contest, office, first=FIRST + timedelta(days=1))
    board = text(client_of(office).get(reverse("board", args=[contest.key])))
    assert "查看公示" in board
    assert "开始公示" not in board


def test_the_results_keep_to_masks(contest, running, office):
    consent(contest, "A1", "publishing")
    page = client_of(office).get(reverse("results", args=[contest.key]))
    assert "学＊＊＊" in text(page)
    assert "学生A1" not in text(page)


def test_only_whitelisted_columns_reach_the_page(contest, running):
    shown = text(public(contest))
    assert "作品A1" in shown
    assert "晴川一中" in shown
    for number in ("A1", "A2"):
        assert f">{number}<" not in shown
    assert "东区" not in shown
    assert "94" not in strip_tags(shown.split("<main", 1)[1])


def test_nobody_keeps_it(contest, running):
    answer = public(contest)
    assert answer.headers["X-Robots-Tag"] == "noindex, noarchive"
    assert answer.headers["Cache-Control"] == "no-store"
    assert '<meta name="robots" content="noindex, noarchive">' in text(answer)


def test_it_says_how_and_until_when_to_object(contest, running):
    shown = text(public(contest))
    assert reverse("object", args=[contest.key]) in shown
    assert "科协 0550-1" in shown
    assert f"{LAST.year}年{LAST.month}月{LAST.day}日" in shown


def test_it_takes_itself_down_by_the_clock(contest, running, clock):
    clock.move_to(OVER - timedelta(seconds=1))
    assert public(contest).status_code == 200
    clock.move_to(OVER)
    answer = public(contest)
    assert answer.status_code == 410
    assert "作品A1" not in text(answer)
    assert reverse("objection-status", args=[contest.key]) in text(answer)


def test_before_its_first_day_there_is_nothing(contest, office, clock):
    clock.move_to(NOW)
    noticed(contest, office, first=FIRST + timedelta(days=1))
    assert public(contest).status_code == 404
    clock.move_to(NOW + timedelta(days=1))
    assert public(contest).status_code == 200


def test_a_list_that_is_mended_or_taken_down_is_shown_no_more(contest, office, running):
    take_notice_down(notice=running, by=office, at=DURING)
    assert public(contest).status_code == 410
    noticed(contest, office, first=DURING.date(), at=DURING)
    assert public(contest).status_code == 200
    take_list_back(contest=contest, by=None, at=DURING)
    assert public(contest).status_code == 410


def test_the_start_page_names_it_while_it_runs(contest, running, clock):
    link = reverse("notice", args=[contest.key])
    assert link in text(Client().get("/"))
    clock.move_to(OVER)
    assert link not in text(Client().get("/"))


def test_the_paper_says_what_the_page_says(contest, running):
    consent(contest, "A1", "publishing")
    made = notice_pdf(running, at=NOW)
    paper = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(made))
    flat = "".join(paper.split())
    assert "学生A1" in flat
    assert "学生A2" not in flat
    for words in (
        "获奖名单公示",
        "2026年5月6日至2026年5月12日",
        "第1版",
        "晴川市科学技术协会",
        "科协0550-1",
        "匿名异议",
    ):
        assert words in flat
    assert made == notice_pdf(running, at=NOW)


def test_the_office_reads_every_version_and_each_look_is_recorded(contest, office, running):
    take_list_back(contest=contest, by=None, at=DURING)
    client, before = client_of(office), AccessRecord.objects.count()
    assert "作品A1" in text(client.get(reverse("notice-version", args=[contest.key, 1])))
    assert client.get(reverse("notice-paper", args=[contest.key, 1])).headers["Content-Type"] == "application/pdf"
    assert AccessRecord.objects.count() == before + 2
    assert Client().get(reverse("notice-version", args=[contest.key, 1])).status_code == 302


def post_days(contest: Contest, office: User, first, last):
    return client_of(office).post(reverse("notices", args=[contest.key]), {"first": first, "last": last}, follow=True)


def test_the_office_opens_a_notice(contest, office, clock):
    page = client_of(office).get(reverse("notices", args=[contest.key]))
    assert 'value="2026-05-07"' in text(page)
    assert 'value="2026-05-13"' in text(page)  # five working days on, one of them a Saturday
    shown = text(post_days(contest, office, "2026-05-07", "2026-05-13"))
    assert reverse("notice", args=[contest.key]) in shown
    assert Notice.objects.get().version == 1
    assert public(contest).status_code == 200


def test_what_makes_no_sense_opens_nothing(contest, office, clock):
    assert post_days(contest, office, "", "2026-05-13").status_code == 422
    post_days(contest, office, "2026-05-01", "2026-05-13")
    assert not Notice.objects.exists()


def test_the_office_takes_it_down(contest, office, running):
    client_of(office).post(reverse("notice-down", args=[contest.key, 1]))
    running.refresh_from_db()
    assert running.taken_down_at == DURING


def test_the_rules_are_set_on_the_page(contest, office, clock):
    address, client = reverse("notice-terms", args=[contest.key]), client_of(office)
    assert client.post(address, {"notice_days": "0", "answer_days": "5"}).status_code == 422
    client.post(address, {"is_required": "on", "notice_days": "7", "answer_days": "3"})
    contest.refresh_from_db()
    assert vars(terms_of(contest)) == {"is_required": True, "notice_days": 7, "answer_days": 3}


def board(contest: Contest, office: User) -> str:
    return (
        text(client_of(office).get(reverse("board", args=[contest.key])))
        .split('id="next"', 1)[1]
        .split("</section>")[0]
    )


def test_the_board_knows_what_is_next(contest, office, clock):
    assert reverse("issue-certificates", args=[contest.key]) in board(contest, office)
    required(contest, office)
    assert reverse("notices", args=[contest.key]) in board(contest, office)
    assert reverse("issue-certificates", args=[contest.key]) not in board(contest, office)
    noticed(contest, office)
    assert reverse("notices", args=[contest.key]) in board(contest, office)
    objected(contest)
    assert reverse("objections", args=[contest.key]) in board(contest, office)
    contest.objections.update(
        state="rejected", decided_at=NOW, decider="郑监督", decider_role="监督组", decision="不属实"
    )
    clock.move_to(OVER)
    assert reverse("issue-certificates", args=[contest.key]) in board(contest, office)


def test_with_a_reason_the_office_goes_ahead(contest, office, clock):
    required(contest, office)
    client, address = client_of(office), reverse("issue-certificates", args=[contest.key])
    assert "公示" in text(client.post(address, follow=True))
    assert not contest.certificates.exists()
    client.post(address, {"reason": "颁奖在先"})
    assert contest.certificates.exists()
    client.post(reverse("publish-list", args=[contest.key]), {"reason": "颁奖在先"})
    contest.refresh_from_db()
    assert contest.state == "published"
    assert EarlyStep.objects.count() == 2
    assert text(client.get(reverse("notices", args=[contest.key]))).count("颁奖在先") == 2
