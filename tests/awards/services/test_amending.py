"""A published list is amended: what was published stays, what changed is told, certificates follow."""

from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from awards.models import AwardList, RecognitionRule
from awards.outputs.history import public_versions
from awards.services.amending import amend_list
from awards.services.certificates import issue_certificates
from awards.services.lists import check_list, lock_list, publish_list, standing_list
from awards.services.running import decide
from awards.states import CertificateState, ListState
from competition.models import Contest, Entry, Event, User
from competition.states import ContestState
from tests.awards.services.test_notices import refused
from tests.awards.services.test_restating import correct
from tests.factories.noticing import DURING, NOW, account, client_of, locked_contest, noticed, office_of

pytestmark = pytest.mark.django_db
WHY = "经核查，一件作品不符合原创要求，撤销奖项。"
LATER = DURING + timedelta(days=1)


@pytest.fixture
def clock():
    with time_machine.travel(DURING, tick=False) as moved:
        yield moved


@pytest.fixture
def contest(clock) -> Contest:
    made = locked_contest()
    Contest.objects.filter(pk=made.pk).update(has_verification=True)
    made.refresh_from_db()
    return made


@pytest.fixture
def office(contest) -> User:
    return office_of(contest)


@pytest.fixture
def published(contest, office) -> AwardList:
    issue_certificates(award_list=standing_list(contest), by=office, at=NOW)
    made = publish_list(contest=contest, by=office, at=NOW)
    contest.refresh_from_db()
    return made


def amend(contest: Contest, by: User, reason: str = WHY) -> AwardList:
    made = amend_list(contest=contest, reason=reason, by=by, at=DURING)
    contest.refresh_from_db()
    return made


def next_version(contest: Contest, office: User, *without: str) -> AwardList:
    """The first prize is taken away, the others move up."""
    Entry.objects.filter(contest=contest, number__in=without).update(state="not_passed")
    decide(contest=contest, by=office, at=LATER)
    contest.refresh_from_db()
    made = lock_list(contest=contest, by=office, at=LATER)
    contest.refresh_from_db()
    return made


def published_anew(contest: Contest, office: User, *without: str) -> AwardList:
    made = next_version(contest, office, *without)
    issue_certificates(award_list=made, by=office, at=LATER)
    publish_list(contest=contest, by=office, at=LATER)
    contest.refresh_from_db()
    return made


def text(address: str) -> str:
    return unescape(Client().get(address).content.decode())


def results(contest: Contest, version: int | None = None) -> str:
    if version is None:
        return text(reverse("results", args=[contest.key]))
    return text(reverse("results-version", args=[contest.key, version]))


def test_the_decision_is_open_again_and_the_list_is_readable(contest, office, published):
    was = amend(contest, office)
    assert (was.state, was.replaced_because) == (ListState.SUPERSEDED, WHY)
    assert contest.state == ContestState.DECISION
    assert "作品A1" in results(contest)
    assert "名单正在更正" in results(contest)
    assert WHY in results(contest)


def test_an_amendment_has_a_reason(contest, office, published):
    refused("amend-without-reason", lambda: amend(contest, office, " "))


def test_only_the_office_amends_and_only_what_is_fixed(contest, office):
    refused("hidden", lambda: amend(contest, account("stranger")))
    amend(contest, office)
    refused("wrong-state", lambda: amend(contest, office))


def test_the_log_says_that_it_was_amended_and_commits_to_the_reason(contest, office, published):
    amend(contest, office)
    [event] = Event.objects.filter(action="awardlist.superseded")
    assert event.body["version"] == 1
    assert WHY not in str(event.body)


def test_a_notice_of_the_amended_list_is_shown_no_more(contest, office):
    noticed(contest, office)
    assert Client().get(reverse("notice", args=[contest.key])).status_code == 200
    amend(contest, office)
    assert Client().get(reverse("notice", args=[contest.key])).status_code == 410


def test_the_public_reads_what_changed_and_why(contest, office, published):
    amend(contest, office)
    second = published_anew(contest, office, "A1")
    assert check_list(second) == []
    now, first = public_versions(contest)
    assert (now.list, now.reason, first.changes, first.reason) == (second, WHY, (), "")
    told = {(one.thing.split(" ")[0], one.what, one.was, one.now) for one in now.changes}
    assert told == {
        ("作品A1", "奖项", "一等奖", ""), ("作品A2", "奖项", "二等奖", "一等奖"), ("作品A4", "奖项", "三等奖", "二等奖"),
        ("作品A6", "奖项", "", "三等奖"),
    }  # fmt: skip
    shown = results(contest)
    assert WHY in shown
    assert shown.count("2026-05-0") >= 3  # this version's day, and those of both
    assert "学生A" not in shown


def test_every_published_version_stays_readable_and_no_other(contest, office, published):
    amend(contest, office)
    next_version(contest, office, "A1")
    assert Client().get(reverse("results-version", args=[contest.key, 2])).status_code == 404  # locked, not published
    publish_list(contest=contest, by=office, at=LATER)
    old, new = results(contest, 1), results(contest, 2)
    assert "留存备查" in old
    assert "留存备查" not in new
    assert old.split('id="versions"')[0].count("一等奖") == new.split('id="versions"')[0].count("一等奖")
    assert "作品A1" in old.split('id="versions"')[0]
    assert "作品A1" not in new.split('id="versions"')[0]


def test_a_corrected_name_is_told_as_the_page_masks_it(contest, office, published):
    correct(contest, office, "A1", authors=("生学A1",))
    correct(contest, office, "A2", authors=("学生A9",))
    last, middle, _first = public_versions(contest)
    assert [(one.what, one.was, one.now) for one in middle.changes] == [("姓名", "学＊＊＊", "生＊＊＊")]
    assert [(one.what, one.was, one.now) for one in last.changes] == [("姓名", "学＊＊＊", "学＊＊＊")]
    shown = results(contest)
    assert "已更正（隐去部分）" in shown
    assert "奖项不变" in shown
    assert not [name for name in ("学生A1", "生学A1", "学生A9") if name in shown]


def test_a_corrected_title_shows_the_old_and_the_new_one(contest, office, published):
    correct(contest, office, "A1", title="改正后的题目")
    [change] = public_versions(contest)[0].changes
    assert (change.thing.split(" ")[0], change.was, change.now) == ("作品A1", "作品A1", "改正后的题目")


def test_titles_of_honour_that_go_to_others_are_told(contest, office):
    rule = {"kind": "school", "order": 1, "number": 1, "points": {"first": "3", "second": "1"}, "label_zh": "示范学校"}
    RecognitionRule.objects.create(contest=contest, **rule)
    amend(contest, office)
    published_anew(contest, office)  # 晴川一中 leads with A1
    amend(contest, office)
    published_anew(contest, office, "A1", "A3", "A5")
    told = {(one.thing, one.was, one.now) for one in public_versions(contest)[0].changes if one.what == "荣誉称号"}
    assert told == {("晴川一中 · 东区", "示范学校", ""), ("晴川二中 · 西区", "", "示范学校")}


def test_one_version_has_no_history(contest, office, published):
    assert 'id="versions"' not in results(contest)


# ---- certificates


def certificate(contest: Contest, number: str):
    return contest.certificates.filter(purpose=f"author:{number}").order_by("-serial").first()


def check(one) -> str:
    return text(reverse("certificate", args=[one.token]))


def test_while_a_list_is_amended_its_certificates_are_not_called_valid(contest, office, published):
    one = certificate(contest, "A1")
    assert "名单正在更正" not in check(one)
    amend(contest, office)
    assert "名单正在更正" in check(one)
    next_version(contest, office, "A1")
    assert "名单正在更正" in check(one)  # not issued anew yet


def test_a_revoked_prize_revokes_its_certificate_and_the_check_says_so(contest, office, published):
    taken, kept, moved = (certificate(contest, number) for number in ("A1", "A5", "A2"))
    amend(contest, office)
    published_anew(contest, office, "A1")
    for one in (taken, kept, moved):
        one.refresh_from_db()
    assert (taken.state, moved.state) == (CertificateState.REVOKED, CertificateState.REVOKED)
    assert "撤销" in check(taken)
    assert "已换发" in check(moved) and certificate(contest, "A2").number in check(moved)
    assert kept.state == CertificateState.VALID
    assert kept.list == standing_list(contest)
    assert "名单正在更正" not in check(kept)
    assert certificate(contest, "A2").number != moved.number
    assert "撤销" not in check(certificate(contest, "A2"))


def test_a_list_that_was_amended_meanwhile_gets_no_certificates(contest, office):
    held = standing_list(contest)
    amend(contest, office)
    refused("not-locked", lambda: issue_certificates(award_list=held, by=office, at=LATER))
    assert not contest.certificates.exists()


def test_the_page_of_the_list_leads_to_the_amendment(contest, office, published):
    client = client_of(office)
    page = reverse("award-list", args=[contest.key])
    assert reverse("award-list-amend", args=[contest.key]) in client.get(page).content.decode()
    client.post(reverse("award-list-amend", args=[contest.key]), {"reason": WHY})
    contest.refresh_from_db()
    assert contest.state == ContestState.DECISION
    shown = client.get(page).content.decode()
    assert WHY in shown
    assert "作品A1" in shown
    assert reverse("award-list-amend", args=[contest.key]) not in shown
