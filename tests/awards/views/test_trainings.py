"""Pages of trainings: made, listed, issued, printed, corrected; and what everybody reads of a certificate."""

import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from awards.models import CertificatePrint, Participant, Training
from awards.services.trainings import ParticipantDetails, correct_participant, revoke_participant
from awards.states import AttendeeRole
from competition.models import AccessRecord, Contest, Event
from tests.awards.pdf.reading import texts
from tests.factories.contests import small_contest
from tests.factories.noticing import client_of
from tests.factories.training import AT, called, issued, list_of, listed, office_account, training

pytestmark = pytest.mark.django_db
SAID = {"label_zh": "东州市科技辅导员培训班", "begins_on": "2026-05-08", "ends_on": "2026-05-10", "hours": "16.5",
        "issuers": "东州市科学技术协会\n\n东州市教育局", "place": "科技馆", "is_assessed": "on"}  # fmt: skip


@pytest.fixture
def office() -> Client:
    return client_of(office_account())


@pytest.fixture
def contest() -> Contest:
    return small_contest().contest


def page(client: Client, name: str, *args) -> str:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def cells_named(text: str) -> set[str]:
    """Of the list's first rows, as its problems name them; no token of the page has a cell's name as a word."""
    return set(re.findall(r"\b[A-E][1-9]\b", text))


def upload(client: Client, made: Training, data: bytes):
    file = SimpleUploadedFile("list.xlsx", data)
    return client.post(reverse("training-import", args=[made.key]), {"list": file})


def take_in(client: Client, made: Training, shown) -> None:
    found = re.search(r'name="ticket" value="([^"]+)"', shown.content.decode())
    assert found
    return client.post(reverse("training-import-apply", args=[made.key]), {"ticket": found[1]})


def test_an_office_without_trainings_is_told_how_to_begin(office):
    text = page(office, "trainings")
    assert "还没有培训" in text and reverse("training-new") in text
    assert reverse("trainings") in office.get("/").content.decode()


def test_from_a_new_training_to_the_printed_certificates(office):
    answer = office.post(reverse("training-new"), SAID)
    made = Training.objects.get()
    assert answer.url == reverse("training", args=[made.key])
    assert (made.half_hours, made.contest, made.issuers) == (33, None, ["东州市科学技术协会", "东州市教育局"])
    assert (made.dated_on.isoformat(), made.erase_on.isoformat()) == ("2026-05-10", "2029-05-10")
    take_in(office, made, upload(office, made, list_of()))
    assert made.participants.count() == 2
    office.post(reverse("training-issue", args=[made.key]))
    paper = office.post(reverse("training-print", args=[made.key]))
    assert "甲一丁同志" in texts(paper.content)[0] and "甲" not in paper.headers["Content-Disposition"]
    one = called(made, "乙二丙")
    text = page(office, "training", made.key)
    again = reverse("participant-print", args=[made.key, one.key])
    assert again in text and one.number in text
    assert "乙二丙同学" in texts(office.post(again).content)[0]
    assert set(Event.objects.values_list("via", flat=True)) == {"web"}
    looks = set(AccessRecord.objects.values_list("what", flat=True))
    assert {"participants", "certificates.pdf", "certificate.pdf"} <= looks


@pytest.mark.parametrize(("changed", "field"), [
    ({"ends_on": "2026-05-01"}, "ends_on"), ({"hours": "0"}, "hours"), ({"hours": "1.3"}, "hours"),
    ({"issuers": ""}, "issuers"), ({"erase_on": "2026-05-01"}, "erase_on"), ({"contest": "x"}, "contest"),
    ({"ends_on": "9999-12-31"}, "ends_on"), ({"begins_on": "0026-05-08"}, "begins_on"),
])  # fmt: skip
def test_a_training_that_cannot_be_is_not_saved(office, contest, changed, field):
    answer = office.post(reverse("training-new"), SAID | changed)
    assert answer.status_code == 422 and field in answer.context["form"].errors
    assert not Training.objects.exists()


def test_a_training_of_a_contest_is_for_its_organisers(contest):
    own = client_of(office_account("own", contest))
    assert own.post(reverse("training-new"), SAID).status_code == 422
    own.post(reverse("training-new"), SAID | {"contest": contest.key})
    made = Training.objects.get()
    assert made.contest == contest and made.label in page(own, "trainings")
    other = training(label_zh="另一个培训班")
    assert other.label not in page(own, "trainings")
    assert own.get(reverse("training", args=[other.key])).status_code == 404


def test_a_wrong_row_keeps_all_out_and_is_shown_with_its_cell(office):
    made = training()
    answer = upload(office, made, list_of([["甲一丁", "东区小学", "", "", ""], ["乙二丙", "西区小学", "", "99", ""]]))
    text = answer.content.decode()
    assert answer.status_code == 422 and cells_named(text) == {"D3"} and "ticket" not in text
    typed = office.post(reverse("training-import", args=[made.key]), {"typed": "丙，东区小学，，99"})
    assert typed.status_code == 422 and cells_named(typed.content.decode()) == {"D2"}
    assert not made.participants.exists()


def test_typed_rows_go_in(office):
    made = training()
    shown = office.post(reverse("training-import", args=[made.key]), {"typed": "丙丁，东区小学，学生，8"})
    take_in(office, made, shown)
    one = made.participants.get()
    assert (one.name, one.role, one.hours) == ("丙丁", "student", "8")
    nothing = office.post(reverse("training-import", args=[made.key]), {"typed": " "})
    assert nothing.status_code == 422


def test_a_list_is_for_whoever_looked_at_it_and_for_this_training(office):
    made, other = training(), training()
    shown = upload(office, made, list_of())
    take_in(client_of(office_account("colleague")), made, shown)
    take_in(office, other, shown)
    assert not Participant.objects.exists()


def test_the_list_comes_out_as_it_goes_in(office):
    made = listed(training())
    for language in ("zh-hans", "en"):
        office.cookies["language"] = language
        data = office.get(reverse("training-list", args=[made.key])).content
        text = upload(office, made, data).content.decode()
        assert not cells_named(text) and "甲一丁" in text and "ticket" not in text  # nothing new, nothing wrong


def test_papers_are_there_once_they_can_be(office):
    made = listed(training())
    status = {name: office.get(reverse("training-paper", args=[made.key, name])).status_code
              for name in ("sign-in.pdf", "hand-over.pdf", "other.pdf")}  # fmt: skip
    assert status == {"sign-in.pdf": 200, "hand-over.pdf": 404, "other.pdf": 404}
    for address in (reverse("training-print", args=[made.key]),
                    reverse("participant-print", args=[made.key, called(made, "甲一丁").key])):  # fmt: skip
        assert office.post(address).status_code == 302
    assert not CertificatePrint.objects.exists()


def test_a_name_is_corrected_and_the_old_certificate_replaced(office):
    made = issued()
    one = called(made, "甲一丁")
    address = reverse("participant", args=[made.key, one.key])
    said = {"name": "甲一", "unit": one.unit, "role": one.role, "hours": one.hours}
    assert office.post(address, said).status_code == 422
    answer = office.post(address, said | {"reason": "错字"})
    new = called(made, "甲一")
    assert answer.url == reverse("participant", args=[made.key, new.key])
    assert new.number in page(office, "participant", made.key, one.key)
    assert office.post(reverse("participant-print", args=[made.key, one.key])).status_code == 302
    office.post(reverse("participant-revoke", args=[made.key, new.key]), {"reason": "未参加"})
    new.refresh_from_db()
    assert new.state == "revoked" and "甲一" not in texts(
        office.post(reverse("training-print", args=[made.key])).content
    )[0]  # fmt: skip


def test_search_and_state_stand_in_the_address(office):
    made = issued()
    client = page(office, "training", made.key)
    assert "甲一丁" in client and "乙二丙" in client
    found = office.get(reverse("training", args=[made.key]), {"q": "西区", "state": "issued"}).content.decode()
    assert "乙二丙" in found and "甲一丁" not in found
    assert "甲一丁" not in office.get(reverse("training", args=[made.key]), {"state": "revoked"}).content.decode()


def test_erased_names_are_nowhere(office):
    made = issued(erase_on=AT.date())
    Training.objects.filter(pk=made.pk).update(erase_on="2026-05-12")
    one = called(made, "甲一丁")
    office.post(reverse("training-erase", args=[made.key]))
    text = page(office, "training", made.key) + page(office, "participant", made.key, one.key)
    assert "甲一丁" not in text and one.number in text
    assert office.post(reverse("training-print", args=[made.key])).status_code == 302
    assert office.post(reverse("participant-print", args=[made.key, one.key])).status_code == 302
    assert office.get(reverse("training-paper", args=[made.key, "sign-in.pdf"])).status_code == 404
    assert not CertificatePrint.objects.exists()
    check = Client().get(reverse("certificate", args=[one.token.upper()]))
    assert check.status_code == 200 and one.number in check.content.decode()


# ---- what everybody reads


def test_everybody_may_check_a_certificate_of_attendance_and_reads_no_name():
    made = issued()
    one = called(made, "甲一丁")
    client = Client()
    typed = client.get(reverse("certificate-check"), {"code": one.token.upper()[:13] + "-" + one.token[13:]})
    answer = client.get(typed.url)
    text = answer.content.decode()
    assert answer.status_code == 200 and answer.headers["X-Robots-Tag"] == "noindex"
    for word in (made.label_zh, one.number, "甲＊＊", "2026-05-08", "东州市科学技术协会", "这张证书有效"):
        assert word in text
    for word in ("甲一丁", "东区小学", made.key, one.key):
        assert word not in text


def test_a_revoked_or_replaced_one_says_so():
    made = issued()
    one, other = called(made, "甲一丁"), called(made, "乙二丙")
    revoke_participant(participant=one, reason="未参加全部课程", by=None, at=AT)
    text = Client().get(reverse("certificate", args=[one.token])).content.decode()
    assert "已撤销" in text and "有效。" not in text and "未参加全部课程" not in text
    said = ParticipantDetails("乙二", other.unit, AttendeeRole.STUDENT, 7)
    fresh = correct_participant(participant=other, details=said, reason="改名", by=None, at=AT)
    text = Client().get(reverse("certificate", args=[other.token])).content.decode()
    assert "已换发" in text and fresh.number in text


def test_who_is_only_listed_has_no_code():
    listed(training())
    assert Client().get(reverse("certificate", args=["A" * 26])).status_code == 404
    assert Client().get(reverse("certificate-check"), {"code": ""}).status_code == 200


@pytest.mark.parametrize("words", ["甲 " * 2000, "%", "甲\0"])
def test_any_search_has_an_answer(office, words):
    made = listed(training())
    assert office.get(reverse("training", args=[made.key]), {"q": words}).status_code == 200


def test_no_cell_of_the_list_is_a_formula(office):
    made = training()
    row = Participant(training=made, order=1, name="=1+1", unit="@甲", remarks="+2", half_hours=4)
    row.save()
    data = office.get(reverse("training-list", args=[made.key])).content
    cells = [cell for line in load_workbook(BytesIO(data)).worksheets[0].iter_rows() for cell in line]
    assert {"=1+1", "@甲", "+2"} <= {cell.value for cell in cells}
    assert "f" not in {cell.data_type for cell in cells}
