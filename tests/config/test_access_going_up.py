"""Who reaches what goes up and what units report: every address with every role, and no more questions for more rows."""

import re
from dataclasses import replace
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from awards.outputs.report_paper import report_pdf
from awards.services.up_layouts import begin_up_layout, layouts_of, save_up_layout
from competition.models import Contest, District, Event, School, StoredFile, UnitReport
from competition.services.unit_reports import ask_for_reports
from tests.competition.core.books import book
from tests.config.test_query_counts import asked, grown
from tests.factories.entering import NOW, Open, open_contest, recommended, ruled
from tests.factories.noticing import client_of

pytestmark = pytest.mark.django_db
OFFICE, UNIT = {"office", "host"}, {"office", "host", "东区"}
ROLES = ("office", "host", "东区", "西区", "晴川一中", "stranger", "")


@pytest.fixture
def made() -> Open:
    made = open_contest()
    recommended(made, "一")
    ruled(made, closes_at=None, unit_closes_at=None)
    ask_for_reports(contest=made.contest, is_asked=True, until=None, by=made["office"], at=NOW)
    made.contest.refresh_from_db()
    report(made, made.units["东区"])
    data = book(名单=[["项目", "学校"]])
    key = begin_up_layout(
        contest=made.contest, name="省赛", upload="x.xlsx", size=len(data), chunks=[data], by=made["office"], at=NOW
    )
    made.contest.refresh_from_db()
    layout = replace(layouts_of(made.contest)[key], is_confirmed=True)
    save_up_layout(contest=made.contest, key=key, layout=layout, by=made["office"], at=NOW)
    made.contest.refresh_from_db()
    return made


def report(made: Open, unit: District, state: str = "stamped") -> UnitReport:
    paper, _ = StoredFile.objects.get_or_create(
        sha256="1" * 64, defaults={"size": 1, "kind": "pdf", "media_type": "application/pdf", "stored_at": NOW}
    )
    last = made.contest.unit_reports.filter(district=unit).count()
    return UnitReport.objects.create(
        contest=made.contest, district=unit, version=last + 1, state=state, schools=1, pupils=9, works=9, paper=paper,
        digest="sha256:" + "a" * 64, at=NOW,
    )  # fmt: skip


def addresses(made: Open) -> list[tuple[set[str], str, str]]:
    contest, unit, one = made.contest, made.units["东区"], UnitReport.objects.get()
    of_unit, of_contest = [unit.key, contest.key], [contest.key]
    of_layout = [contest.key, *layouts_of(contest)]
    return [
        (UNIT, "get", reverse("unit-report", args=of_unit)),
        (UNIT, "get", reverse("unit-report-pdf", args=of_unit)),
        (UNIT, "get", reverse("unit-forms", args=of_unit)),
        (UNIT, "get", reverse("unit-form", args=[*of_unit, "forms.xlsx"])),
        (UNIT, "post", reverse("unit-report", args=of_unit)),
        (UNIT, "post", reverse("unit-report-stamp", args=of_unit)),
        (OFFICE, "get", reverse("unit-reports", args=of_contest)),
        (OFFICE, "get", reverse("unit-reports-xlsx", args=of_contest)),
        (OFFICE, "post", reverse("unit-reports", args=of_contest)),
        (OFFICE, "post", reverse("unit-report-decide", args=[contest.key, one.key])),
        (OFFICE, "get", reverse("upward-numbers", args=of_contest)),
        (OFFICE, "get", reverse("upward-numbers-list", args=of_contest)),
        (OFFICE, "post", reverse("upward-numbers", args=of_contest)),
        (OFFICE, "get", reverse("up-layouts", args=of_contest)),
        (OFFICE, "post", reverse("up-layouts", args=of_contest)),
        (OFFICE, "get", reverse("up-layout", args=of_layout)),
        (OFFICE, "get", reverse("up-layout-file", args=of_layout)),
        (OFFICE, "get", reverse("up-layout-empty", args=of_layout)),
        (OFFICE, "post", reverse("up-layout", args=of_layout)),
        (OFFICE, "post", reverse("up-layout-drop", args=of_layout)),
    ]


@pytest.mark.parametrize("role", ROLES)
def test_each_role_reaches_its_own_and_nothing_else(made, role):
    client = client_of(made[role]) if role else Client()
    before = Event.objects.count()
    for may, method, address in addresses(made):
        status = getattr(client, method)(address).status_code
        if role in may:
            assert status in (200, 302, 422), (address, status)
        else:
            assert status == (404 if role else 302), (address, status)
    paper = reverse("unit-report-paper", args=[made.contest.key, UnitReport.objects.get().key])
    if role not in UNIT:
        assert client.get(paper).status_code == (404 if role else 302)
        assert Event.objects.count() == before


def test_a_report_is_not_found_through_another_contest(made):
    one, other = UnitReport.objects.get(), Contest.objects.exclude(pk=made.contest.pk).first()
    if other is None:
        other = Contest.objects.create(
            series=made.contest.series, year=1999, secret=b"x" * 32, as_of=NOW, label_zh="别的", settings={}
        )
    office = client_of(made["office"])
    assert office.get(reverse("unit-report-paper", args=[other.key, one.key])).status_code == 404
    assert office.post(reverse("unit-report-decide", args=[other.key, one.key])).status_code == 404


def test_from_the_form_to_the_confirmed_figures(made):
    UnitReport.objects.all().delete()
    unit, office = client_of(made["东区"]), client_of(made["office"])
    page = reverse("unit-report", args=[made.units["东区"].key, made.contest.key])
    assert page in unit.get(reverse("unit", args=[made.units["东区"].key])).content.decode()
    names = [one.code for one in made.contest.divisions.all()]
    said = {
        "seen": "0",
        "schools": "5",
        "pupils": "45",
        "works": "30",
        "schools-0": "5",
        "pupils-0": "44",
        "works-0": "30",
    }
    wrong = unit.post(page, said)
    assert wrong.status_code == 422 and "44" in wrong.content.decode() and not UnitReport.objects.exists()
    assert unit.post(page, said | {"pupils-0": "x"}).status_code == 422
    assert unit.post(page, said | {"pupils-0": "45"}).status_code == 302
    one = UnitReport.objects.get()
    assert one.lines == [[names[0], 5, 45, 30]]
    scan = SimpleUploadedFile("r.pdf", report_pdf(one), "application/pdf")
    unit.post(reverse("unit-report-stamp", args=[made.units["东区"].key, made.contest.key]), {"paper": scan})
    one.refresh_from_db()
    assert one.state == "stamped"
    assert unit.get(reverse("unit-report-paper", args=[made.contest.key, one.key])).status_code == 200
    table = reverse("unit-reports", args=[made.contest.key])
    assert "西区" in office.get(table).content.decode()
    decide = reverse("unit-report-decide", args=[made.contest.key, one.key])
    office.post(decide, {"do": "return", "reason": "学校数有误"})
    assert "学校数有误" in unit.get(page).content.decode()
    office.post(decide, {"do": "confirm"})
    one.refresh_from_db()
    assert (one.state, one.reason) == ("confirmed", "")
    found = re.findall(r"45", office.get(table).content.decode())
    assert found
    assert list(Event.objects.filter(action__startswith="unit").values_list("via", flat=True)[1:]) == ["web"] * 4


def test_the_pages_ask_no_more_for_forty_units_than_for_three(made):
    office, unit = client_of(made["office"]), client_of(made["东区"])
    of_unit = [made.units["东区"].key, made.contest.key]
    pages = {
        "all": partial(office.get, reverse("unit-reports", args=[made.contest.key])),
        "xlsx": partial(office.get, reverse("unit-reports-xlsx", args=[made.contest.key])),
        "unit": partial(unit.get, reverse("unit", args=[made.units["东区"].key])),
        "report": partial(unit.get, reverse("unit-report", args=of_unit)),
        "forms": partial(unit.get, reverse("unit-forms", args=of_unit)),
    }
    few = asked(pages)
    for number in range(40):
        other = District.objects.create(label_zh=f"区{number}")
        School.objects.create(district=other, name=f"校{number}")
        report(made, other, "confirmed")
        report(made, made.units["东区"], "replaced")
    recommended(made, "二")
    recommended(made, "三", school="晴川二中")
    assert grown(few, asked(pages, is_warm=True)) == {}
