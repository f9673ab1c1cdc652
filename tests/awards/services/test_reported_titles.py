"""Confirmed reports of units give points to their titles and stand in the report of the year."""

import pytest

from awards.outputs.figures import contest_figures, report
from awards.selectors import list_that_stands
from awards.services.lists import standing_list
from awards.services.recognitions import ranked_by_rule, stale_titles
from awards.services.titles import RecognitionDetails, save_recognition
from awards.states import RecognitionKind, Ties
from competition.errors import Refused
from competition.models import District, StoredFile, UnitReport
from tests.factories.contests import decided
from tests.factories.noticing import NOW, locked_contest, office_of
from tests.factories.sheets import small

pytestmark = pytest.mark.django_db


def reported(contest, district: District, state: str = "confirmed", **numbers: int) -> UnitReport:
    paper, _ = StoredFile.objects.get_or_create(
        sha256="1" * 64, defaults={"size": 1, "kind": "pdf", "media_type": "application/pdf", "stored_at": NOW}
    )
    said = {"schools": 5, "pupils": 45, "works": 30} | numbers
    return UnitReport.objects.create(
        contest=contest, district=district, version=1, state=state, paper=paper, at=NOW, reason="x", digest="x", **said
    )


def title(contest, points: dict[str, str], kind: str = RecognitionKind.DISTRICT):
    details = RecognitionDetails(
        name="优秀组织单位", name_en="", kind=kind, number=1, points=points, ties=Ties.EXTEND, fewest=0,
        per_district=None, is_by_committee=False,
    )  # fmt: skip
    return save_recognition(contest=contest, details=details, rule=None, by=office_of(contest), at=NOW)


def points(contest) -> dict[int, int]:
    [(_rule, found)] = list(ranked_by_rule(contest, list_that_stands(contest).awards.all()))
    return dict(zip(found.keys, found.units, strict=True))


def test_confirmed_numbers_alone_give_points_to_units():
    contest = decided(small())
    here = contest.entries.first().school.district
    other = District.objects.create(label_zh="别区")
    title(contest, {"reported-schools": "2", "reported-pupils": "0.1", "reported-works": "1"})
    reported(contest, here)
    reported(contest, other, "stamped", works=999)
    assert {pk: number for pk, number in points(contest).items() if number} == {here.pk: 100 * (2 * 5 + 30) + 450}
    UnitReport.objects.filter(district=other).update(state="confirmed")
    assert points(contest)[other.pk] == 100 * (10 + 999) + 450


def test_a_list_from_before_a_report_was_confirmed_is_stale():
    contest = decided(small())
    title(contest, {"entry": "1", "reported-works": "1"})
    award_list = list_that_stands(contest)
    assert stale_titles(award_list, list(ranked_by_rule(contest, award_list.awards.all()))) == []
    reported(contest, District.objects.create(label_zh="别区"), works=900)
    assert stale_titles(award_list, list(ranked_by_rule(contest, award_list.awards.all()))) == ["优秀组织单位"]


def test_a_title_of_schools_takes_no_numbers_of_units():
    contest = decided(small())
    with pytest.raises(Refused) as caught:
        title(contest, {"reported-works": "1"}, RecognitionKind.SCHOOL)
    assert caught.value.denial.code == "title-reported-of-units"


def test_the_report_of_the_year_says_what_units_reported():
    contest = locked_contest()
    standing = standing_list(contest)
    assert "基层赛事" not in report([standing]) and "reported" not in contest_figures(standing)
    reported(contest, contest.entries.first().school.district)
    assert "据1个单位上报，5所学校的45名学生、30件作品参加了基层赛事。" in report([standing])
    assert contest_figures(standing)["reported"] == {"units": 1, "schools": 5, "pupils": 45, "works": 30}
