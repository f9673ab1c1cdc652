"""The pages of paper: a sheet is found by its code or its numbers, and typed without the mouse."""

import pytest
import zxingcpp
from django.test import Client
from django.urls import reverse

from awards.outputs.papers import score_sheets
from competition.models import Role, User
from competition.states import RoleKind
from judging.models import Round, RoundEntry
from judging.services.assignments import add_assignment
from tests.awards.pdf.reading import image
from tests.factories.contests import AT
from tests.factories.judging import Judged, judged_contest

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged() -> Judged:
    return judged_contest()


@pytest.fixture
def office(judged) -> Client:
    client = Client()
    client.force_login(judged.office)
    return client


def address(judged: Judged, *more: str) -> str:
    return reverse("paper-sheet" if more else "paper", args=[judged.contest.key, *more])


def text(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("said", ["J1 A1", "a1 j1", " J1，A1 ", "J1×A1", "{key}", "HTTPS://LAUREL.EXAMPLE/P/{KEY}"])
def test_a_sheet_is_found_by_its_numbers_and_by_its_code(judged, office, said):
    key = judged.work().key
    found = office.get(address(judged), {"q": said.format(key=key, KEY=key.upper())})
    assert (found.status_code, found["Location"]) == (302, address(judged, key))


@pytest.mark.parametrize("said", ["J1", "J9 A1", "J1 A1 A2", "x" * 26, "HTTPS://LAUREL.EXAMPLE/P/" + "A" * 26])
def test_what_is_no_sheet_says_what_to_type(judged, office, said):
    found = office.get(address(judged), {"q": said})
    assert found.status_code == 200
    assert "notice-warn" in text(found)


def test_of_two_rounds_the_one_without_a_sheet_is_meant_else_it_is_asked(judged, office):
    final = Round.objects.create(contest=judged.contest, code="终评", label_zh="终评", order=2, is_for_finalists=True)
    RoundEntry.objects.create(round=final, entry=judged.made.entries["A1"])
    other = add_assignment(one=final, entry=judged.made.entries["A1"], judge=judged.judge(), by=judged.office, at=AT)
    first = judged.made.assignments[judged.made.rounds["评审"].pk, other.entry_id, other.judge_id]
    shown = text(office.get(address(judged), {"q": "J1 A1"}))
    assert address(judged, first.key) in shown and address(judged, other.key) in shown


def test_the_code_on_the_paper_leads_to_its_sheet_for_its_office_alone(judged, office):
    work = judged.work()
    page = reverse("paper-code", args=[work.key])
    assert page == f"/P/{work.key.upper()}"
    assert office.get(page)["Location"] == address(judged, work.key)
    judge = Client()
    judge.force_login(judged.users["J1"])
    assert judge.get(page).status_code == 404


def test_the_printed_code_says_where_the_sheet_is_typed(judged):
    data = score_sheets([judged.contest], address="https://laurel.example")
    codes = [zxingcpp.read_barcodes(image(data, page)) for page in range(2)]
    found = {one.text for page in codes for one in page}
    rows = judged.contest.rounds.get().assignments.order_by("judge__code", "entry__order")[:4]
    assert found == {f"HTTPS://LAUREL.EXAMPLE/P/{one.key.upper()}" for one in rows}


def test_without_pages_there_are_no_codes_and_equal_bytes(judged):
    assert score_sheets([judged.contest]) == score_sheets([judged.contest])
    assert b"/IM true" not in score_sheets([judged.contest])


def typed(judged: Judged, mark: str, total: str, **more: str) -> dict[str, str]:
    return {f"mark-{judged.criterion.order}": mark, "total": total, "save": "a-key"} | more


def test_it_is_typed_and_the_next_one_is_asked_for(judged, office):
    page = address(judged, judged.work().key)
    found = office.post(page, typed(judged, "83", "８３"))
    assert (found.status_code, found["Location"]) == (302, address(judged))
    assert "J1 × A1" in text(office.get(address(judged)))


def test_a_slip_keeps_what_was_typed_and_offers_that_the_judge_added_up_wrongly(judged, office):
    page = address(judged, judged.work().key)
    found = office.post(page, typed(judged, "83", "85"))
    shown = text(found)
    assert found.status_code == 422
    assert 'value="83"' in shown and 'value="85"' in shown and 'name="is_wrong"' in shown
    assert office.post(page, typed(judged, "83", "85", is_wrong="on")).status_code == 302


@pytest.mark.parametrize(
    ("mark", "total"), [("101", "101"), ("x", "1"), ("", "0"), ("83", "1.2.3"), ("83", ""), ("83", "Ⅷ")]
)
def test_what_is_no_mark_and_no_total_is_told_and_nothing_is_saved(judged, office, mark, total):
    found = office.post(address(judged, judged.work().key), typed(judged, mark, total))
    assert found.status_code == 422
    assert not judged.work().sheets.standing().exists()


def test_the_second_person_does_not_see_what_the_first_has_read(judged, office):
    office.post(reverse("paper-rule", args=[judged.contest.key]), {"twice": "on"})
    page = address(judged, judged.work().key)
    office.post(page, typed(judged, "83", "83"))
    user = User.objects.create_user("second", name="第二人")
    Role.objects.create(user=user, kind=RoleKind.ORGANISER, contest=judged.contest)
    other = Client()
    other.force_login(user)
    assert 'value="83"' in text(office.get(page))
    assert 'value="83"' not in text(other.get(page))
    assert page in text(other.get(address(judged)))
    other.post(page, typed(judged, "88", "88", save="another"))
    assert "notice-warn" in text(other.get(page))
    other.post(page, typed(judged, "83", "83", save="a-third"))
    assert judged.work().sheets.standing().exists()


def test_a_draft_is_set_aside_read_and_brought_back_on_the_page_and_the_judge_is_told(judged, office):
    judged.save(70)
    sheet = address(judged, judged.work().key)
    assert "sets_aside" in text(office.get(sheet))
    said = {"mark-1": "83", "total": "83", "save": "paper-page"}
    assert office.post(sheet, said).status_code == 422
    assert office.post(sheet, said | {"sets_aside": "on", "reason": ""}).status_code == 422
    assert office.post(sheet, said | {"sets_aside": "on", "reason": "纸质为准"}).status_code == 302
    shown = text(office.get(sheet))
    assert "纸质为准" in shown
    assert "70" in shown
    judge, work = Client(), judged.work()
    judge.force_login(judged.users["J1"])
    save = reverse("api-work-save", args=[work.judge.key, work.key])
    sent = {"base": 1, "save": "save-late", "values": {"mark-1": "71", "comment": "", "feedback": ""}}
    answer = judge.post(save, sent, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (409, "sheet-handed-in")
    back = reverse("paper-draft-back", args=[judged.contest.key, work.key])
    assert office.post(back, {"reason": "弄错了"}).status_code == 302
    assert judged.work().draft.marks == {str(judged.criterion.pk): 70}
