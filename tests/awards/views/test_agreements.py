"""The pages of two persons: what a press does, what the second person reads, and who reads nothing."""

import io
import re
from html import unescape

import pikepdf
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from awards.services.certificates import issue_certificates
from awards.services.lists import standing_list
from awards.services.running import decide
from competition.models import AccessRecord, Agreement, Contest, Event, User
from competition.services.agreeing import switch_two_persons
from competition.states import RoleKind, StepKind
from competition.views.log import facts_of
from judging.models import Mark
from tests.awards.services.test_two_persons import DAYS
from tests.factories.agreeing import approver, both, has_role, of_two, organiser, propose
from tests.factories.contests import decided
from tests.factories.noticing import FIRST, LAST, NOW, account, client_of, locked_contest
from tests.factories.sheets import small

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as moved:
        yield moved


@pytest.fixture
def contest() -> Contest:
    return of_two(decided(small()))


@pytest.fixture
def first(contest) -> User:
    return organiser(contest)


@pytest.fixture
def second(contest) -> User:
    return approver(contest)


def at(name: str, contest: Contest, *more) -> str:
    return reverse(name, args=[contest.key, *more])


def words(answer) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def pdf() -> bytes:
    """One empty page."""
    file = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(file)
    return file.getvalue()


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return words(answer)


def pressed(client: Client, address: str, **said) -> str:
    return words(client.post(address, said, follow=True))


def test_a_press_on_lock_is_proposed_and_the_second_person_locks(contest, first, second):
    one, other = client_of(first), client_of(second)
    board = read(one, at("board", contest))
    assert "提请锁定名单" in board
    assert "尚无任何改动" in pressed(one, at("lock-list", contest))
    made = Agreement.objects.get()
    assert "first已提请" in read(one, at("board", contest))
    page = read(one, at("agreement", contest, made.key))
    assert "须由其他人复核： second" in page
    assert "同意并执行" not in page
    page = read(other, at("agreement", contest, made.key))
    award_list = standing_list(contest)
    for shown in (award_list.digest, "一等奖", "作品A1", "学生A1", "同意并执行", "名单版本 1", "获奖数 5"):
        assert shown in page
    assert AccessRecord.objects.filter(user=second, what="agreement").exists()
    assert "已同意并执行" in pressed(other, at("agreement-approve", contest, made.key))
    contest.refresh_from_db()
    assert contest.state == "locked"
    assert Event.objects.get(action="awardlist.locked").via == "web"


def test_the_office_reads_who_proposed_in_the_log(contest, first, second):
    both(contest, StepKind.LOCK, first, second)
    log = read(client_of(first), at("log", contest))
    assert "second first提请" in log
    assert first.key not in log


def test_nobody_approves_their_own_by_the_address(contest, first, second):
    made = propose(contest, StepKind.LOCK, first)
    said = pressed(client_of(first), at("agreement-approve", contest, made.key))
    assert "不能由您复核" in said
    contest.refresh_from_db()
    assert contest.state == "decision"


def test_what_is_no_longer_so_is_said_before_and_after(contest, first, second):
    other = client_of(second)
    made = propose(contest, StepKind.LOCK, first)
    Mark.objects.filter(sheet__assignment__entry__number="A1").update(points=1)
    page = read(other, at("agreement", contest, made.key))
    assert "情况已有变动" in page
    assert "同意并执行" not in page
    assert "已失效" in pressed(other, at("agreement-approve", contest, made.key))
    made.refresh_from_db()
    assert made.state == "lapsed"


def test_it_is_sent_back_and_withdrawn_on_the_page(contest, first, second):
    one, other = client_of(first), client_of(second)
    made = propose(contest, StepKind.LOCK, first)
    assert "请写明退回的理由" in pressed(other, at("agreement-return", contest, made.key))
    assert "已退回" in pressed(other, at("agreement-return", contest, made.key), reason="A3 的学校有误")
    assert "A3 的学校有误" in read(one, at("agreement", contest, made.key))
    made = propose(contest, StepKind.LOCK, first)
    assert "已撤回" in pressed(one, at("agreement-withdraw", contest, made.key))
    assert "已退回" in (page := read(one, at("agreements", contest)))
    assert "没有待复核事项" in page


def test_a_notice_says_its_days_and_an_amendment_what_changed(second, first, contest):
    one, other = client_of(first), client_of(second)
    both(contest, StepKind.LOCK, first, second)
    pressed(one, at("notices", contest), first=FIRST.isoformat(), last=LAST.isoformat())
    made = Agreement.objects.get(state="open")
    page = read(other, at("agreement", contest, made.key))
    assert "首日 2026年5月6日 末日 2026年5月12日" in page
    pressed(other, at("agreement-approve", contest, made.key))
    notice = contest.notices.get()
    pressed(one, at("notice-down", contest, notice.version))
    down = Agreement.objects.get(state="open")
    assert "公示版本 1" in read(other, at("agreement", contest, down.key))
    pressed(other, at("agreement-approve", contest, down.key))
    pressed(one, at("award-list-amend", contest), reason="A1 不符合要求")
    amend = Agreement.objects.get(state="open")
    assert "A1 不符合要求" in read(other, at("agreement", contest, amend.key))
    pressed(other, at("agreement-approve", contest, amend.key))
    contest.entries.filter(number="A1").update(state="not_passed")
    shown = one.post(at("decide", contest)).context["run"]
    pressed(one, at("decide", contest), seen=shown.seen)
    pressed(one, at("lock-list", contest))
    page = read(other, at("agreement", contest, Agreement.objects.get(state="open").key))
    assert "与此前锁定的第 1 版相比" in page
    assert "作品A1" in page


def test_a_correction_of_a_locked_list_is_proposed_with_its_paper(contest, first, second):
    both(contest, StepKind.LOCK, first, second)
    one, other, entry = client_of(first), client_of(second), contest.entries.get(number="A1")
    page = one.get(at("correct", contest, entry.key))
    assert "此处实行双人复核" in words(page)
    said = {**page.context["form"].initial, "author-1": "学生甲", "reason": "来函", "seen": page.context["seen"]}
    said["school"] = said["school"].pk
    answer = one.post(
        at("correct", contest, entry.key), {**said, "request": SimpleUploadedFile("来函.pdf", pdf())}, follow=True
    )
    assert "尚无任何改动" in words(answer)
    made = Agreement.objects.get(state="open")
    page = read(other, at("agreement", contest, made.key))
    assert "作者 1 学生A1 学生甲" in page
    assert b"".join(other.get(at("agreement-paper", contest, made.key)).streaming_content).startswith(b"%PDF")
    pressed(other, at("agreement-approve", contest, made.key))
    assert str(entry.authors.get()) == "学生甲"
    assert "学生甲" in read(one, at("award-list", contest))


def test_a_role_is_given_by_two(contest, first, second):
    one, new = client_of(first), account("new")
    assert "没有账号“nobody”" in pressed(one, at("role-give", contest), username="nobody", kind="approver")
    assert "请填写登录名" in pressed(one, at("role-give", contest), username="new", kind="judge")
    pressed(one, at("role-give", contest), username="new", kind="approver")
    assert not has_role(new, RoleKind.APPROVER, contest)
    made = Agreement.objects.get()
    assert "new (new)" in read(client_of(second), at("agreement", contest, made.key))
    pressed(client_of(second), at("agreement-approve", contest, made.key))
    assert has_role(new, RoleKind.APPROVER, contest)


def test_it_is_switched_on_by_one_and_off_by_two_on_the_page():
    contest = decided(small())
    first, second = organiser(contest), approver(contest)
    one = client_of(first)
    assert "由一人办理" in read(one, at("agreements", contest))
    assert "自现在起实行双人复核" in pressed(one, at("two-persons", contest), is_on="1")
    assert "请写明由一人办理的理由" in pressed(one, at("two-persons", contest))
    pressed(one, at("two-persons", contest), reason="人手不足")
    made = Agreement.objects.get()
    pressed(client_of(second), at("agreement-approve", contest, made.key))
    contest.refresh_from_db()
    assert contest.settings["two_persons"] is False


def test_who_is_alone_is_told_so_early(contest, first):
    one = client_of(first)
    for page in ("board", "agreements"):
        assert "目前没有其他人可以复核" in read(one, at(page, contest))
    made = propose(contest, StepKind.LOCK, first)
    assert "目前没有其他人可以复核" in read(one, at("agreement", contest, made.key))
    approver(contest)
    assert "目前没有其他人可以复核" not in read(one, at("board", contest))


def test_a_second_person_comes_home_to_what_waits_and_sees_nothing_else(contest, first, second):
    other = client_of(second)
    home = other.get("/?from=sign-in", follow=True)
    assert home.redirect_chain == [(at("agreements", contest), 302)]
    assert "双人复核" in words(home)
    for page in ("board", "entries", "award-list", "log", "certificates"):
        assert other.get(at(page, contest)).status_code == 404, page
    for name in ("lock-list", "publish-list", "role-give", "two-persons"):
        assert other.post(at(name, contest)).status_code == 404, name


def test_another_organiser_reads_on_the_start_page_what_waits(contest, first):
    other = organiser(contest, "other")
    propose(contest, StepKind.LOCK, first)
    assert "有事项等待您复核" in read(client_of(other), "/")
    assert "有事项等待您复核" not in read(client_of(first), "/")


def test_who_approves_everywhere_finds_the_contests_that_take_two(contest):
    everywhere = client_of(account("all", kind=RoleKind.APPROVER))
    assert contest.label in read(everywhere, at("agreements", contest))
    assert everywhere.get("/?from=sign-in").url == at("agreements", contest)
    contest.settings["two_persons"] = False
    contest.save()
    assert everywhere.get("/?from=sign-in").status_code == 200


def test_without_two_persons_the_board_locks_at_once():
    contest = decided(small())
    one = client_of(organiser(contest))
    assert "提请" not in read(one, at("board", contest))
    assert "名单已锁定" in pressed(one, at("lock-list", contest))


def test_a_new_contest_takes_two_unless_the_office_is_one_person():
    one = client_of(account("office", kind=RoleKind.ORGANISER))
    for year, said, expected in ((2027, {}, True), (2028, {"is_one_person": "1"}, False)):
        one.post(reverse("contest-new"), {"preset": "chuzhou", "label_zh": "新赛", "year": year, **said})
        assert Contest.objects.get(year=year).settings["two_persons"] is expected
    was = Contest.objects.get(year=2028)
    assert "checked" in one.get(reverse("contest-new")).content.decode()
    one.post(at("contest-copy", was))
    made = Contest.objects.get(year=2029)
    assert made.settings["two_persons"] is True
    assert Event.objects.filter(chain__contest=made, action="two-persons.on").count() == 1


def test_papers_and_letters_are_left_alone_by_certificates(contest, first, second):
    """What two have locked is numbered by one, as before."""
    both(contest, StepKind.LOCK, first, second)
    assert issue_certificates(award_list=standing_list(contest), by=first, at=NOW) > 0


def test_a_locked_list_of_one_person_can_be_published_by_two_later():
    contest = locked_contest()
    first, second = organiser(contest), approver(contest)
    switch_two_persons(contest=contest, is_on=True, by=first, at=NOW)
    made = propose(contest, StepKind.NOTICE, first, facts=DAYS)
    assert made.state == "open"
    assert not contest.notices.exists()
    both(contest, StepKind.PUBLISH, first, second)
    assert contest.state == "published"


def test_nobody_is_left_alone_with_a_switch_that_takes_two():
    contest = decided(small())
    one = client_of(organiser(contest))
    assert "目前还没有其他人可以复核" in pressed(one, at("two-persons", contest), is_on="1")
    contest.refresh_from_db()
    assert not contest.settings.get("two_persons")
    account("colleague", kind=RoleKind.APPROVER, contest=contest)
    pressed(one, at("two-persons", contest), is_on="1")
    contest.refresh_from_db()
    assert contest.settings["two_persons"] is True


def test_whoever_approves_reads_special_prizes_and_titles_too(contest, first, second):
    special = contest.special_prizes.create(order=1, number=1, label_zh="知识产权奖", sponsor="某公司")
    special.grants.create(entry=contest.entries.get(number="A2"), minutes="8 号", given_at=NOW)
    decide(contest=contest, by=None, at=NOW)
    made = propose(contest, StepKind.LOCK, first)
    page = read(client_of(second), at("agreement", contest, made.key))
    assert "知识产权奖 · 某公司" in page and "专项奖数 1" in page


def test_whoever_proposed_learns_on_the_board_that_it_was_sent_back(contest, first, second, clock):
    one, other = client_of(first), client_of(second)
    made = propose(contest, StepKind.LOCK, first)
    read(one, at("agreement", contest, made.key))  # looked at before it was answered
    clock.shift(60)
    pressed(other, at("agreement-return", contest, made.key), reason="A3 <学校> 有误")
    board = read(one, at("board", contest))
    assert "second退回了您的提请：锁定名单" in board and "A3 <学校> 有误" in board
    assert "退回了您的提请" not in read(client_of(organiser(contest, "third")), at("board", contest))
    clock.shift(60)
    read(one, at("agreement", contest, made.key))
    assert "退回了您的提请" not in read(one, at("board", contest))


def test_whoever_proposed_learns_on_the_board_that_it_lapsed_until_it_is_proposed_anew(contest, first, second):
    one = client_of(first)
    made = propose(contest, StepKind.LOCK, first)
    Mark.objects.filter(sheet__assignment__entry__number="A1").update(points=1)
    pressed(client_of(second), at("agreement-approve", contest, made.key))
    assert "您的提请已失效：锁定名单" in read(one, at("board", contest))
    decide(contest=contest, by=None, at=NOW)
    propose(contest, StepKind.LOCK, first)
    assert "您的提请已失效" not in read(one, at("board", contest))


def test_the_log_says_choices_in_words_and_keeps_digests_apart(contest, first, second):
    made = propose(contest, StepKind.LOCK, first)
    line = next(one for one in client_of(first).get(at("log", contest)).context["lines"] if one.proofs)
    assert line.event.action == "agreement.open"
    assert line.facts == [("类型", "锁定名单")]
    assert line.proofs[0][1].startswith("hmac:")
    event = Event(subject=f"competition.agreement:{made.key}", action="x", body={"is_carried": True, "judge": made.key})
    facts, proofs = facts_of(event)
    assert [value for _name, value in facts] == ["是"]
    assert [value for _name, value in proofs] == [made.key]
