"""The page of the list to hand in: chosen, looked at, saved, downloaded; by its organisers alone."""

import io

import docx
import pytest
from django.test import Client
from django.urls import reverse

from awards.list_style import ListStyle, list_style
from awards.services.list_style import style_list
from awards.services.lists import lock_list, standing_list
from competition.errors import Refused
from competition.models import AccessRecord, Contest, Event, Role, User
from competition.services.contests import save_contest
from competition.states import RoleKind
from tests.factories.contests import AT, MINT, WHO, bare_contest, decided, details
from tests.factories.noticing import client_of, office_of
from tests.factories.sheets import small

pytestmark = pytest.mark.django_db
CHOSEN = {"columns": ["serial", "number", "authors"], "first": "prize", "second": "", "third": "", "order": "strokes",
          "names": "full", "annex": "2", "digest": "on"}  # fmt: skip


@pytest.fixture
def contest() -> Contest:
    return decided(small())


@pytest.fixture
def office(contest) -> User:
    return office_of(contest)


@pytest.fixture
def client(office) -> Client:
    return client_of(office)


def page(contest: Contest) -> str:
    return reverse("list-file", args=[contest.key])


def got(client: Client, contest: Contest, name: str):
    return client.get(reverse("list-download", args=[contest.key, name]))


def test_what_is_typed_is_shown_and_not_saved(client, contest):
    shown = client.post(page(contest), {**CHOSEN, "do": "look"})
    said = shown.content.decode()
    assert shown.status_code == 200 and "附件2" in said and "学生A1" in said
    contest.refresh_from_db()
    assert list_style(contest) == ListStyle() and "download>" not in said


def test_what_is_saved_is_what_the_files_are(client, contest):
    assert client.post(page(contest), {**CHOSEN, "do": "save"}).status_code == 302
    contest.refresh_from_db()
    assert list_style(contest) == ListStyle(("serial", "number", "authors"), ("prize",), "strokes", "full", "2", True)
    [event] = Event.objects.filter(action="list.styled")
    assert set(event.body) == {"names", "order", "style"}
    answer = got(client, contest, "award-list-draft.docx")
    assert answer["Content-Disposition"] == 'attachment; filename="award-list-draft.docx"'
    document = docx.Document(io.BytesIO(answer.content))
    assert document.paragraphs[0].text == "附件2" and document.tables[0].rows[1].cells[2].text == "学生A1"
    client.post(page(contest), {**CHOSEN, "do": "save"})
    assert Event.objects.filter(action="list.styled").count() == 1


def test_nothing_wrong_is_saved_and_what_was_typed_stays(client, contest):
    for wrong in ({"columns": ["serial"]}, {"first": "prize", "second": "prize"}, {"order": "luck"}, {"annex": "=1+1"}):
        answer = client.post(page(contest), {**CHOSEN, **wrong, "do": "save"})
        assert answer.status_code == 200 and "field-error" in answer.content.decode(), wrong
    contest.refresh_from_db()
    assert list_style(contest) == ListStyle()


@pytest.mark.parametrize(
    "wrong",
    [{"columns": ("serial", "place")}, {"columns": ("phone", "number")}, {"groups": ("prize", "prize")},
     {"groups": ("sex",)}, {"order": "luck"}, {"names": "some"}, {"annex": "1" * 11}],
)  # fmt: skip
def test_the_service_refuses_what_no_list_has(contest, office, wrong):
    with pytest.raises(Refused) as refused:
        style_list(contest=contest, style=ListStyle(**wrong), by=office, at=AT)
    assert refused.value.denial.code == "list-style-unknown"
    assert not Event.objects.filter(action="list.styled").exists()


def test_others_do_not_choose(contest):
    other = User.objects.create_user("other", name="别人")
    with pytest.raises(Refused):
        style_list(contest=contest, style=ListStyle(annex="1"), by=other, at=AT)


def test_a_workbook_that_comes_again_leaves_the_form_alone(office):
    contest = bare_contest()
    Role.objects.create(user=office, kind=RoleKind.ORGANISER, contest=contest)
    style_list(contest=contest, style=ListStyle(annex="3"), by=office, at=AT)
    again = save_contest(details=details(name="改名小赛"), mint=MINT, has_verification=False, **WHO)
    assert list_style(again).annex == "3"


def test_a_look_at_each_file_is_recorded(client, contest):
    for ending in ("docx", "xlsx", "pdf", "html"):
        assert got(client, contest, f"award-list-draft.{ending}").status_code == 200
    assert set(AccessRecord.objects.values_list("what", flat=True)) == {
        "award-list-docx", "award-list-xlsx", "award-list-pdf", "award-list-html"}  # fmt: skip


def test_the_name_of_a_draft_ends_with_the_lock(client, contest):
    assert got(client, contest, "award-list.docx").status_code == 404
    lock_list(contest=contest, by=None, at=AT)
    assert got(client, contest, "award-list.docx").status_code == 200
    assert got(client, contest, "award-list-draft.docx").status_code == 404
    assert got(client, contest, "award-list.exe").status_code == 404


def test_the_web_page_is_masked_without_consent(client, contest, office):
    style_list(contest=contest, style=ListStyle(names="full"), by=office, at=AT)
    said = got(client, contest, "award-list-draft.html").content.decode()
    assert "学生A1" not in said and "学＊＊＊" in said


def test_without_a_list_the_page_says_what_comes_next(client, contest):
    standing_list(contest).delete()
    said = client.get(page(contest))
    assert said.status_code == 200 and reverse("board", args=[contest.key]) in said.content.decode()
    assert got(client, contest, "award-list-draft.docx").status_code == 404
