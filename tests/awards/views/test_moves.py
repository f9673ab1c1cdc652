"""The page of moves: the ranking, a proposal, its vote, and what was typed where it is refused."""

from html import unescape

import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from awards.models import PrizeMove
from awards.outputs.move_minutes import move_minutes_pdf
from awards.services.lists import lock_list, standing_list
from awards.services.running import decide
from competition.models import Event
from judging.models import Assignment, Mark, Question, Sheet
from tests.factories.contests import AT
from tests.factories.moves import FIVE, NOT, Moving, moving_contest

pytestmark = pytest.mark.django_db
VOTE = {"present": 7, "in_favour": 5, "against": 1, "abstained": 1, "recused": 0, "minutes": "评委会纪要7号"}


@pytest.fixture
def moving() -> Moving:
    return moving_contest()


@pytest.fixture
def office(moving) -> Client:
    client = Client()
    client.force_login(moving.office)
    return client


def at(moving: Moving, name: str = "moves", *more: int) -> str:
    return reverse(name, args=[moving.contest.key, *more])


def asked(moving: Moving, **more: object) -> dict[str, object]:
    said = {
        "seen": moving.terms(),
        "entry": "A2",
        "to": "first",
        "other": "A1",
        "other_to": "second",
        "reason": "更新颖",
    }
    return said | more


def text(answer) -> str:
    return " ".join(unescape(strip_tags(answer.content.decode())).split())


def test_the_committee_sees_the_ranking_with_spread_distance_comments_and_doubts(moving, office):
    Mark.objects.filter(sheet__assignment__entry=moving.made.entries["A3"], sheet__assignment__judge__code="J1").update(
        points=82
    )
    Sheet.objects.filter(assignment__entry=moving.made.entries["A3"], assignment__judge__code="J2").update(
        comment="扎实"
    )
    work = Assignment.objects.get(entry=moving.made.entries["A2"], judge__code="J1")
    Question.objects.create(assignment=work, kind="doubt", text="像家长做的", save_key="x", asked_at=AT)
    decide(contest=moving.contest, by=None, at=AT)
    shown = text(office.get(at(moving)))
    assert "82–85" in shown
    assert "距一等奖 5.00" in shown  # A2: 90 to 95
    assert "距二等奖 4.00" in shown  # A4: 80 to 84
    assert "扎实" in shown
    assert "像家长做的" in shown
    assert "学生A2" not in shown  # the committee looks at works


def test_it_is_proposed_voted_on_and_taken_back(moving, office):
    answer = office.post(at(moving), asked(moving), follow=True)
    assert "尚未表决" in text(answer)
    answer = office.post(at(moving, "move-vote", 1), VOTE, follow=True)
    assert "表决通过" in text(answer)
    assert moving.prizes()["A2"] == ("first", "committee")
    assert "评委会纪要7号" in text(answer)
    office.post(at(moving, "move-back", 1))
    assert moving.prizes()["A2"] == ("second", "plan")
    assert "已撤回" in text(office.get(at(moving)))


def test_a_vote_that_was_not_carried_is_told_so(moving, office):
    moving.propose(A2="first", A1="second")
    answer = office.post(at(moving, "move-vote", 1), VOTE | {"in_favour": 3, "against": 3}, follow=True)
    assert "表决未通过" in text(answer)
    assert moving.prizes()["A2"] == ("second", "plan")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"other": "", "other_to": ""}, "名额只有 1 个"),
        ({"entry": "A77"}, "没有 A77"),
        ({"other_to": ""}, "须同时填写"),
        ({"other": ""}, "须同时填写"),
        ({"to": "gold"}, "gold"),
        ({"reason": " "}, "更"),
        ({"seen": "x"}, "有变动"),
    ],
)
def test_what_was_typed_stays_where_a_proposal_is_refused(moving, office, change, words):
    answer = office.post(at(moving), asked(moving, **change))
    assert answer.status_code == 422
    assert words in text(answer) or "reason" in change
    assert change.get("reason") or "更新颖" in answer.content.decode()
    assert not PrizeMove.objects.exists()


@pytest.mark.parametrize(
    "change",
    [{"in_favour": 6}, {"minutes": " "}, {"present": ""}, {"against": -1}, {"present": "sieben"}, {"recused": 10**9}],
)
def test_what_was_typed_stays_where_a_vote_is_refused(moving, office, change):
    moving.propose(A2="first", A1="second")
    answer = office.post(at(moving, "move-vote", 1), VOTE | change)
    assert answer.status_code == 422
    assert "minutes" in change or "评委会纪要7号" in answer.content.decode()
    assert PrizeMove.objects.get().count is None


def test_the_door_is_shut_until_somebody_opens_it():
    moving = moving_contest(majority="")
    office = Client()
    office.force_login(moving.office)
    shown = text(office.get(at(moving)))
    assert "不允许合议调整" in shown
    assert "提出调整" not in shown
    assert office.post(at(moving), asked(moving)).status_code == 422
    answer = office.post(
        at(moving, "move-rule"), {"majority": "two_thirds", "rule_minutes": "组委会纪要 2"}, follow=True
    )
    assert "三分之二以上同意" in text(answer)
    assert "提出调整" in text(answer)


def test_after_the_lock_the_page_is_for_reading(moving, office):
    moving.carry(A2="first", A1="second")
    lock_list(contest=moving.contest, by=None, at=AT)
    shown = office.get(at(moving))
    assert shown.status_code == 200
    assert at(moving, "move-back", 1) not in shown.content.decode()
    assert office.post(at(moving, "move-back", 1), follow=True).status_code == 200
    assert moving.prizes()["A2"] == ("first", "committee")


def test_the_list_and_its_findings_lead_to_the_page(moving, office):
    moving.propose(A2="first", A1="second")
    assert at(moving) in office.get(reverse("award-list", args=[moving.contest.key])).content.decode()
    assert at(moving) in office.get(reverse("ties", args=[moving.contest.key])).content.decode()


def test_without_a_list_it_says_what_comes_first(moving, office):
    moving.contest.award_lists.all().delete()
    assert reverse("board", args=[moving.contest.key]) in office.get(at(moving)).content.decode()
    assert office.get(at(moving, "move-minutes")).status_code == 404


def test_the_minutes_have_every_move_with_its_vote_or_a_blank_for_it(moving, office):
    moving.carry(A2="first", A1="second")
    moving.vote(moving.propose(A4="second", A3=""), NOT)
    moving.propose(A5="second", A3="")
    document = pypdfium2.PdfDocument(move_minutes_pdf(standing_list(moving.contest), at=AT))
    said = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    plain = "".join(said.split())
    assert "实到7人，同意5人，不同意1人，弃权1人，回避0人" in plain
    assert "实到7人，同意3人，不同意3人，弃权1人，回避0人" in plain
    assert "实到____人，同意____人" in plain
    assert plain.count("未通过") == 1
    assert "评委会纪要〔2026〕7号" in plain
    assert "创新性突出" in plain
    assert "不授奖" in plain
    assert office.get(at(moving, "move-minutes")).content.startswith(b"%PDF")


def test_the_log_tells_of_moves_in_words(moving, office):
    moving.carry(A2="first", A1="second")
    shown = text(office.get(reverse("log", args=[moving.contest.key])))
    assert "评委会表决了一项调整" in shown
    assert "A2 二等奖 → 一等奖" in shown
    assert Event.objects.filter(action="move.voted").exists()


def test_more_moves_and_entries_ask_the_database_no_more(moving, office):
    moving.carry(A2="first", A1="second")
    office.get(at(moving))
    with CaptureQueriesContext(connection) as few:
        office.get(at(moving))
    for _ in range(3):
        moving.vote(moving.propose(A4="second", A3=""), NOT)
    moving.propose(A5="second", A3="")
    assert len(FIVE) == 5
    with CaptureQueriesContext(connection) as many:
        office.get(at(moving))
    assert len(many) == len(few)
