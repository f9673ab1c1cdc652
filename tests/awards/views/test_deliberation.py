"""The page of ties: what judges wrote stands beside each entry, what was typed stays where it is refused."""

from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.models import Decision
from awards.services.deliberation import ties_of
from awards.services.lists import standing_list
from awards.services.running import decide
from competition.models import Role, User
from competition.states import RoleKind
from judging.models import Assignment, Mark, Question, Sheet
from tests.factories.contests import AT, Made, small_contest

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Made:
    found = small_contest()
    Mark.objects.filter(sheet__assignment__entry=found.entries["A3"]).update(points=90)
    Sheet.objects.filter(assignment__entry=found.entries["A3"], assignment__judge__code="J2").update(comment="数据扎实")
    work = Assignment.objects.get(entry=found.entries["A2"], judge__code="J1")
    Question.objects.create(assignment=work, kind="doubt", text="像家长做的", save_key="x", asked_at=AT)
    decide(contest=found.contest, by=None, at=AT)
    return found


@pytest.fixture
def office(made) -> Client:
    user = User.objects.create_user("office", name="办公室")
    Role.objects.create(user=user, kind=RoleKind.ORGANISER, contest=made.contest)
    client = Client()
    client.force_login(user)
    return client


def page(made: Made) -> str:
    return reverse("ties", args=[made.contest.key])


def chosen(made: Made, minutes: str = "纪要3号", **given: str) -> dict[str, object]:
    fields = {f"prize-{made.entries[number].key}": code for number, code in given.items()}
    keys = [made.entries[number].key for number in given]
    return {"entry": keys, "tie": seen_of(made, set(keys)), "minutes": minutes, **fields}


def seen_of(made: Made, keys: set[str]) -> str:
    found = ties_of(made.contest, standing_list(made.contest).run)
    return next((tie.seen for tie in found if tie.keys == keys), "")


def settle(made: Made, office: Client, said: dict[str, object]):
    """Looked at, then done."""
    shown = office.post(page(made), said)
    assert not Decision.objects.exists()
    return office.post(page(made), {**said, "seen": shown.context["run"].seen}, follow=True)


def text(answer) -> str:
    return unescape(answer.content.decode())


def test_the_board_leads_to_the_ties_and_the_list_check_too(made, office):
    assert page(made) in text(office.get(reverse("board", args=[made.contest.key])))
    assert page(made) in text(office.get(reverse("award-list", args=[made.contest.key])))


def test_comments_and_doubts_stand_beside_the_entries(made, office):
    shown = text(office.get(page(made)))
    assert "数据扎实" in shown
    assert "像家长做的" in shown
    assert "学生A2" not in shown  # the committee looks at works


def test_it_is_settled_and_taken_back(made, office):
    answer = settle(made, office, chosen(made, A2="none", A3="second"))
    assert answer.status_code == 200
    assert {one.entry.number: one.code for one in standing_list(made.contest).awards.all()} == {
        "A1": "first",
        "A3": "second",
    }
    assert "纪要3号" in text(answer)
    keys = [made.entries[number].key for number in ("A2", "A3")]
    office.post(reverse("ties-reopen", args=[made.contest.key]), {"entry": keys, "tie": seen_of(made, set(keys))})
    assert not Decision.objects.exists()


def test_who_gets_what_is_shown_before_a_tie_is_decided(made, office):
    said = chosen(made, A2="none", A3="second")
    shown = office.post(page(made), said)
    assert shown.status_code == 200
    assert {line.number: (line.was.code, line.now.code) for line in shown.context["run"].lines} == {
        "A2": ("held", ""), "A3": ("held", "second"),
    }  # fmt: skip
    assert shown.context["run"].closed == ["A2、A3"]
    Mark.objects.filter(sheet__assignment__entry=made.entries["A1"]).update(points=99)
    anew = office.post(page(made), {**said, "seen": shown.context["run"].seen})
    assert anew.status_code == 409
    assert not Decision.objects.exists()
    assert office.post(page(made), {**said, "seen": anew.context["run"].seen}).status_code == 302
    assert Decision.objects.count() == 2


def test_what_was_typed_stays_where_it_is_refused(made, office):
    answer = office.post(page(made), chosen(made, A2="second", A3="second"))
    assert answer.status_code == 422
    assert "纪要3号" in text(answer)
    assert text(answer).count('value="second" selected') == 2
    assert not Decision.objects.exists()


@pytest.mark.parametrize("given", [{"A2": "second", "A3": ""}, {"A2": "gold", "A3": "none"}])
def test_every_entry_gets_an_answer(made, office, given):
    assert office.post(page(made), chosen(made, **given)).status_code == 422
    assert office.post(page(made), chosen(made, "", A2="none", A3="second")).status_code == 422
    assert not Decision.objects.exists()


def test_entries_that_are_not_this_tie_are_told(made, office):
    answer = office.post(page(made), chosen(made, A3="second"))
    assert answer.status_code == 422
    assert "A3" in text(answer)  # the ties as they are now


def test_leftover_decisions_are_shown_and_go(made, office):
    settle(made, office, chosen(made, A2="none", A3="second"))
    Mark.objects.filter(sheet__assignment__entry=made.entries["A3"]).update(points=80)
    decide(contest=made.contest, by=None, at=AT)
    undue = reverse("ties-undue", args=[made.contest.key])
    assert undue in text(office.get(page(made)))
    office.post(undue, {"number": ["A2", "A3"]})
    assert not Decision.objects.exists()


def test_without_a_list_it_says_what_comes_first(made, office):
    made.contest.award_lists.all().delete()
    answer = office.get(page(made))
    assert answer.status_code == 200
    assert reverse("board", args=[made.contest.key]) in text(answer)


def test_three_tied_entries_ask_the_database_no_more_than_two(made, office):
    office.get(page(made))
    with CaptureQueriesContext(connection) as two:
        office.get(page(made))
    Mark.objects.filter(sheet__assignment__entry=made.entries["A1"]).update(points=90)
    decide(contest=made.contest, by=None, at=AT)
    with CaptureQueriesContext(connection) as three:
        answer = office.get(page(made))
    assert "A1" in text(answer)
    assert len(three) == len(two)
