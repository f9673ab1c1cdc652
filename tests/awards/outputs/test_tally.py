"""The tally to be signed: what every judge gave, what is left out, score and rank."""

import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse

from awards.outputs.tally import lines, sheets_of, tally_pdf, totals_of
from competition.models import AccessRecord, Person
from judging.models import Assignment, Judge, RoundEntry, Rubric
from judging.services.marking import submit_sheet
from judging.states import Attendance, JudgeState
from tests.factories.contests import AT
from tests.factories.judging import Judged, judged_contest

pytestmark = pytest.mark.django_db
POINTS = {"A1": (95, 93, 94), "A2": (90, 91, 89), "A3": (80, 80, 80)}


@pytest.fixture
def judged() -> Judged:
    found = judged_contest()
    for number, points in POINTS.items():
        for at, given in enumerate(points, 1):
            found.submit(given, code=f"J{at}", entry=number)
    return found


def rubric(judged: Judged) -> Rubric:
    rows = Rubric.objects.select_related("round__contest", "track").prefetch_related("criteria")
    return rows.get(round__contest=judged.contest)


def table(judged: Judged) -> list[tuple[str, ...]]:
    one = rubric(judged)
    sheets = sheets_of(one)
    judges = list(judged.contest.judges.order_by("code"))
    return lines(one, sheets, judges, len(judges) <= 8)


def test_every_judge_has_a_column_and_the_best_stands_first(judged):
    assert table(judged) == [
        ("1", "A1", "作品A1", "95", "93", "94", "3/3", "94.00"),
        ("2", "A2", "作品A2", "90", "91", "89", "3/3", "90.00"),
        ("3", "A3", "作品A3", "80", "80", "80", "3/3", "80.00"),
    ]


def test_a_sheet_that_does_not_count_is_not_on_it(judged):
    Assignment.objects.get(judge__code="J2", entry__number="A1").sheets.update(state="reopened")
    assert table(judged)[0] == ("1", "A1", "作品A1", "95", "", "94", "2/3", "94.50")


def test_the_absent_stand_at_the_end_without_rank_and_marks(judged):
    RoundEntry.objects.filter(entry__number="A1").update(state=Attendance.ABSENT)
    assert table(judged) == [
        ("1", "A2", "作品A2", "90", "91", "89", "3/3", "90.00"),
        ("2", "A3", "作品A3", "80", "80", "80", "3/3", "80.00"),
        ("弃权", "A1", "作品A1", "", "", "", "", ""),
    ]


def test_what_the_rule_drops_stands_in_brackets(judged):
    person = Person.objects.create(kind="judge", name="评委J4", code="J4")
    fourth = Judge.objects.create(
        contest=judged.contest,
        person=person,
        code="J4",
        user=judged.users["J1"],
        state=JudgeState.ACCEPTED,
        pledged_at=AT,
    )
    work = Assignment.objects.create(
        round=judged.contest.rounds.get(), entry=judged.made.entries["A1"], judge=fourth, by="hand"
    )
    submit_sheet(assignment=work, typed=judged.typed(60), base=0, **judged.common("J1", {}))
    Rubric.objects.update(method="trimmed")
    one = rubric(judged)
    entry = judged.made.entries["A1"]
    totals = totals_of(sheets_of(one)[entry], one)
    assert sorted(totals.values()) == ["(60)", "(95)", "93", "94"]


def test_the_paper_names_judges_and_has_room_for_signatures(judged):
    document = pypdfium2.PdfDocument(tally_pdf(rubric(judged), at=AT))
    text = "".join(page.get_textpage().get_text_range() for page in document)
    for word in ("评分汇总表", "评委J1", "计分员", "核对员", "监督员", "94.00"):
        assert word in text


def test_the_office_gets_it_and_the_look_is_kept(judged):
    client = Client()
    client.force_login(judged.office)
    answer = client.get(reverse("tally", args=[judged.contest.key, 1, 1]))
    assert answer["Content-Type"] == "application/pdf"
    assert AccessRecord.objects.filter(user=judged.office).exists()
    client.force_login(judged.users["J1"])
    assert client.get(reverse("tally", args=[judged.contest.key, 1, 1])).status_code == 404
