"""The editor of certificates of trainings, as the office of the installation uses it; printed in two clicks."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from awards.core.certificate_template import ATTENDANCE
from awards.models import CertificatePrint, CertificateTemplate, SealUse, Templates
from competition.models import AccessRecord, Event
from tests.awards.pdf.reading import texts
from tests.factories.certifying import authorised, saved, scanned_seal, typed
from tests.factories.contests import bare_contest
from tests.factories.noticing import client_of
from tests.factories.training import called, issued, listed, office_account, training

pytestmark = pytest.mark.django_db
EDITOR, PREVIEW = "certificate-template", "template-preview"


@pytest.fixture
def user():
    return office_account()


@pytest.fixture
def office(user) -> Client:
    return client_of(user)


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_editor_is_reached_from_all_trainings_and_from_one_with_its_list(office):
    made = listed(training())
    assert f'href="{reverse(EDITOR)}"' in page(office, reverse("trainings"))
    address = f"{reverse(EDITOR)}?shown_training={made.key}"
    assert address in page(office, reverse("training", args=[made.key]))
    editor = page(office, address)
    assert "data:image/png;base64," in editor and f'value="{made.key}" selected' in editor
    assert AccessRecord.objects.filter(what="template-preview", subject__endswith=made.key).count() == 1
    for name in ('name="title"', 'name="issuers"', 'name="signature"', 'name="right_signature"'):
        assert name not in editor, "a training says these itself"


def test_a_training_of_a_contest_opens_its_contests_template(office):
    contest = bare_contest(name="一届")
    made = listed(training(contest))
    address = f"{reverse(EDITOR, args=[contest.key, 'attendance'])}?shown_training={made.key}"
    assert address in page(office, reverse("training", args=[made.key]))
    own = client_of(office_account("own", contest))
    assert address in page(own, reverse("training", args=[made.key]))
    assert f'value="{made.key}" selected' in page(own, address)
    assert reverse(EDITOR) + '"' not in page(own, reverse("trainings"))
    for name in (EDITOR, "seals", "template-calibration"):
        assert own.get(reverse(name)).status_code == 403


def test_what_is_typed_is_looked_at_and_saved_as_it_was_typed(office):
    made = listed(training())
    wanted = replace(
        ATTENDANCE, design="ink", colours="blue", paper="custom", wide=285, high=190, dates="digits",
        texts={"attendance.zh": "{names}参加{training}。"}, on_paper=("title", "line"), offsets={"qr": (15, -20)},
    )  # fmt: skip
    form = typed(wanted, shown_kind="attendance", shown_training=made.key, shown_data="longest")
    whole, part = (
        office.post(reverse(PREVIEW), form),
        office.post(reverse(PREVIEW), form, headers={"HX-Request": "true"}),
    )
    assert "<h1" in whole.content.decode() and "<h1" not in part.content.decode()
    assert part.content.decode().count("data:image/png") == 1
    assert not CertificateTemplate.objects.exists()
    answer = office.post(reverse(EDITOR), form)
    assert answer.url == f"{reverse(EDITOR)}?shown_training={made.key}"
    assert Templates(None).of("attendance") == wanted
    assert office.post(reverse(EDITOR), form).status_code == 422, "looked at 0"
    unknown = office.post(reverse(PREVIEW), typed(replace(wanted, texts={"attendance.zh": "{school}"})))
    assert "{school}" in unknown.content.decode()


def test_a_second_title_comes_and_goes_with_the_language(office):
    for base, (language, second) in enumerate((("zh", ""), ("both", "Certificate of Award"))):
        office.post(reverse(EDITOR), typed(replace(ATTENDANCE, language=language), base=base))
        assert Templates(None).of("attendance").title_en == second


def test_the_preview_says_where_certificates_keep_their_words(office):
    made, other = issued(), listed(training())
    said = "正文和语种保持原样"
    assert said in page(office, f"{reverse(EDITOR)}?shown_training={made.key}")
    assert said not in page(office, f"{reverse(EDITOR)}?shown_training={other.key}")


def test_a_version_is_taken_from_a_contest_and_an_earlier_one_comes_back(office, user):
    theirs = saved(bare_contest(name="一届"), user, replace(ATTENDANCE, design="modern"))
    assert "一届" in page(office, reverse(EDITOR))
    office.post(reverse("template-take"), {"source": theirs.key})
    first = CertificateTemplate.objects.get(contest=None)
    assert first.template.design == "modern"
    saved(None, user, replace(ATTENDANCE, design="ink"), "attendance")
    office.post(reverse("template-take"), {"source": first.key})
    assert Templates(None).of("attendance").design == "modern"
    assert CertificateTemplate.objects.filter(contest=None).count() == 3


def test_a_background_is_uploaded_and_taken_off(office):
    office.post(reverse("template-background"), {"background": SimpleUploadedFile("paper.png", scanned_seal())})
    row = CertificateTemplate.objects.get()
    assert (row.contest, row.template) == (None, ATTENDANCE) and row.background is not None
    assert 'name="prints_background"' in page(office, reverse(EDITOR))
    office.post(reverse("template-background"), {"off": "1"})
    assert CertificateTemplate.objects.latest("version").background is None


def test_the_calibration_page_is_of_the_list_that_is_shown(office):
    made = listed(training(label_zh="夏令营"))
    address = f"{reverse('template-calibration')}?shown_kind=attendance&amp;shown_training={made.key}"
    assert address in page(office, f"{reverse(EDITOR)}?shown_training={made.key}")
    answer = office.get(address.replace("&amp;", "&"))
    assert answer["Content-Type"] == "application/pdf" and "甲" not in answer["Content-Disposition"]
    assert AccessRecord.objects.filter(what="calibration.pdf", subject__endswith=made.key).exists()


def test_a_seal_of_the_office_is_recorded_looked_at_and_withdrawn(office):
    listed(training())
    form = {
        "kind": "seal", "name": "东州市科学技术协会", "authorised_by": "周主任", "document": "审批单3号",
        "authorised_on": "2026-05-06", "wide": "40", "picture": SimpleUploadedFile("章.png", scanned_seal()),
    }  # fmt: skip
    assert "东州市科学技术协会" in page(office, reverse("seals")), "who stamps by hand"
    assert office.post(reverse("seals"), form).url == reverse("seals")
    seal = SealUse.objects.get()
    assert seal.contest is None
    answer = office.get(reverse("seal-file", args=[seal.key]))
    assert answer["Content-Type"] == "image/png" and b"metadata-secret" not in b"".join(answer.streaming_content)
    assert reverse("seal-withdraw", args=[seal.key]) in page(office, reverse("seals"))
    assert office.post(reverse("seal-withdraw", args=[seal.key]), {"reason": "作废"}).url == reverse("seals")
    assert "作废" in page(office, reverse("seals"))


def test_one_is_printed_again_in_two_clicks_and_it_is_written_down(office, user):
    made = issued()
    one = called(made, "乙二丙")
    press = reverse("participant-print", args=[made.key, one.key])
    person = reverse("participant", args=[made.key, one.key])
    assert press in page(office, reverse("training", args=[made.key])) and press in page(office, person)
    answer = office.post(press)
    assert answer["Content-Type"] == "application/pdf" and one.number in texts(answer.content)[0]
    row = CertificatePrint.objects.get()
    assert (row.participant, row.printed_as, row.by) == (one, "plain", user)
    assert office.post(press, {"printed_as": "sealed"}).url == person, "no seal stands"
    authorised(None, user, name="东州市教育局")
    assert office.post(press, {"printed_as": "sealed"})["Content-Type"] == "application/pdf"
    assert page(office, person).count(user.name) >= 2
    assert Event.objects.filter(action="certificates.printed", via="web").count() == 2


def test_all_of_a_training_are_printed_as_chosen(office):
    made = issued()
    address = reverse("training-print", args=[made.key])
    for said, kept in (("stock", "stock"), ("gold", "plain")):
        assert len(texts(office.post(address, {"printed_as": said}).content)) == 2
        row = CertificatePrint.objects.latest("pk")
        assert (row.printed_as, row.number, row.training) == (kept, 2, made)
    assert office.get(address).status_code == 405
    assert 'name="printed_as"' in page(office, reverse("training", args=[made.key]))
