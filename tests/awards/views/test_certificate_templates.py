"""The editor as an office uses it: typed, looked at, saved, copied; printed in two clicks."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from awards.core.certificate_template import Template
from awards.models import CertificatePrint, SealUse, Templates
from awards.states import PrintedAs
from competition.models import AccessRecord
from competition.services.papers import keep_paper
from tests.awards.pdf.reading import texts
from tests.factories.certifying import NOW, authorised, certified, saved, scanned_seal, typed
from tests.factories.noticing import client_of, office_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    contest = certified()
    office = office_of(contest)
    return contest, office, client_of(office)


def url(name: str, contest, *more) -> str:
    return reverse(name, args=[contest.key, *more])


def test_the_page_shows_the_preview_of_what_stands(made):
    contest, _office, client = made
    page = client.get(url("certificate-template", contest, "all")).content.decode()
    assert "data:image/png;base64," in page and "甲市教育局" in page
    for kind in ("author", "unit", "attendance"):
        assert client.get(url("certificate-template", contest, kind)).status_code == 200
    assert client.get(url("certificate-template", contest, "award")).status_code == 404


def test_what_is_typed_is_saved_as_it_was_typed(made):
    contest, _office, client = made
    wanted = replace(
        Templates(contest).of(""), design="ink", colours="blue", paper="custom", wide=285, high=190, title="奖状",
        texts={"unit.zh": "{names}被评为{prize}。"}, on_paper=("title", "line"), offsets={"qr": (15, -20)},
    )  # fmt: skip
    answer = client.post(url("certificate-template", contest, "all"), typed(wanted))
    assert answer.status_code == 302
    assert contest.certificate_templates.get().template == wanted
    assert client.post(url("certificate-template", contest, "all"), typed(wanted)).status_code == 422, "looked at 0"


def test_a_fault_keeps_what_was_typed_and_names_the_place(made):
    contest, _office, client = made
    wrong = replace(Template(), texts={"unit.zh": "{titel}"}, title="独一无二")
    answer = client.post(url("certificate-template", contest, "all"), typed(wrong))
    page = answer.content.decode()
    assert answer.status_code == 422 and "{titel}" in page and "独一无二" in page
    assert not contest.certificate_templates.exists()
    off = typed(replace(Template(), is_line_on=False))
    assert client.post(url("certificate-template", contest, "all"), off).status_code == 422
    assert not contest.certificate_templates.exists()


def test_a_preview_saves_nothing_with_and_without_javascript(made):
    contest, _office, client = made
    address = url("template-preview", contest, "all")
    whole = client.post(address, typed(Template(title="试一试")))
    part = client.post(address, typed(Template(title="试一试")), headers={"HX-Request": "true"})
    assert "<h1" in whole.content.decode() and "<h1" not in part.content.decode()
    assert part.content.decode().count("data:image/png") == 1
    bad = client.post(address, typed(Template(title="奖😀")), headers={"HX-Request": "true"})
    assert bad.status_code == 200 and "😀" in bad.content.decode()
    unknown = client.post(address, typed(Template(texts={"author.zh": "{titel}"})), headers={"HX-Request": "true"})
    assert "{titel}" in unknown.content.decode()
    assert not contest.certificate_templates.exists()


def test_another_version_is_taken_over_and_a_kind_follows_again(made):
    contest, office, client = made
    first = saved(contest, office, replace(Templates(contest).of(""), title="甲"))
    saved(contest, office, replace(first.template, title="乙"))
    client.post(url("template-take", contest, "all"), {"source": first.key})
    assert Templates(contest).of("").title == "甲"
    client.post(url("template-take", contest, "tutor"), {"source": first.key})
    assert contest.certificate_templates.filter(kind="tutor").get().template.title == "甲"
    client.post(url("template-follow", contest, "tutor"))
    assert contest.certificate_templates.filter(kind="tutor").latest("version").body == {}
    assert client.post(url("template-take", contest, "all"), {"source": "nothing"}).status_code == 404


def test_a_background_is_uploaded_and_taken_off(made):
    contest, _office, client = made
    picture = SimpleUploadedFile("paper.png", scanned_seal())
    client.post(url("template-background", contest, "all"), {"background": picture})
    row = contest.certificate_templates.get()
    assert row.background is not None and row.template == Templates(contest).of("")
    client.post(url("template-background", contest, "all"), {"off": "1"})
    assert contest.certificate_templates.latest("version").background is None
    client.post(url("template-background", contest, "all"), {"background": SimpleUploadedFile("x.pdf", b"no")})
    assert contest.certificate_templates.count() == 2


def test_a_kind_that_follows_all_is_edited_with_their_background(made):
    contest, office, client = made
    paper = keep_paper(name="paper.png", chunks=[scanned_seal()], at=NOW)
    every = replace(Templates(contest).of(""), prints_background=True)
    saved(contest, office, every, background=paper)
    assert 'name="prints_background"' in client.get(url("certificate-template", contest, "tutor")).content.decode()
    answer = client.post(url("certificate-template", contest, "tutor"), typed(replace(every, design="ink")))
    assert answer.status_code == 302
    assert contest.certificate_templates.get(kind="tutor").background == paper


def test_a_seal_is_recorded_looked_at_and_withdrawn(made):
    contest, _office, client = made
    form = {
        "kind": "seal", "name": "甲市教育局", "authorised_by": "周主任", "document": "审批单3号",
        "authorised_on": "2026-05-06", "wide": "40", "picture": SimpleUploadedFile("章.png", scanned_seal()),
    }  # fmt: skip
    assert client.post(url("seals", contest), form).status_code == 302
    seal = SealUse.objects.get()
    answer = client.get(url("seal-file", contest, seal.key))
    assert answer["Content-Type"] == "image/png" and b"metadata-secret" not in b"".join(answer.streaming_content)
    page = client.get(url("seals", contest)).content.decode()
    assert "审批单3号" in page and "周主任" in page
    client.post(url("seal-withdraw", contest, seal.key), {"reason": "作废"})
    assert "作废" in client.get(url("seals", contest)).content.decode()
    again = form | {"picture": SimpleUploadedFile("章.jpg", scanned_seal(kind="JPEG"))}
    wrong = client.post(url("seals", contest), again)
    assert wrong.status_code == 422 and "审批单3号" in wrong.content.decode()


def test_one_is_printed_in_two_clicks_from_its_entry_and_in_one_from_the_search(made):
    contest, _office, client = made
    one = contest.certificates.filter(kind="author").select_related("award__entry").first()
    entry = client.get(url("entry", contest, one.award.entry.key)).content.decode()
    page = url("certificate-page", contest, one.key)
    press = url("certificate-print", contest, one.key)
    assert page in entry and press in client.get(page).content.decode()
    assert press in client.get(url("certificates", contest), {"q": one.number}).content.decode()
    answer = client.post(press)
    assert answer["Content-Type"] == "application/pdf" and one.number in texts(answer.content)[0]
    assert CertificatePrint.objects.get().certificate == one
    assert AccessRecord.objects.filter(what="certificate").exists()
    assert client.post(press, {"printed_as": PrintedAs.SEALED}).status_code == 302, "no seal stands"
    authorised(contest, _office)
    assert client.post(press, {"printed_as": PrintedAs.SEALED})["Content-Type"] == "application/pdf"


def test_all_are_printed_as_chosen(made):
    contest, _office, client = made
    answer = client.post(url("certificates-print", contest), {"printed_as": "stock"})
    assert len(texts(answer.content)) == contest.certificates.filter(state="valid").count()
    assert CertificatePrint.objects.get().printed_as == "stock"
    answer = client.post(url("certificates-print", contest), {"printed_as": "gold"})
    assert CertificatePrint.objects.latest("pk").printed_as == "plain"
    answer = client.get(url("template-calibration", contest, "all"))
    assert answer["Content-Type"] == "application/pdf"
