"""Which school collects at which table: every certificate once, no school split, tables as even as that allows."""

import pytest

from awards.outputs.collecting import collecting_sheets, door_paper, table_papers, tables_of
from awards.services.by_school import homes_of
from awards.services.certificates import issue_certificates
from awards.services.lists import lock_list, standing_list
from competition.models import School
from tests.awards.pdf.reading import assert_sound, texts
from tests.factories.contests import AT, decided
from tests.factories.sheets import small

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest():
    made = decided(small())
    lock_list(contest=made, by=None, at=AT)
    issue_certificates(award_list=standing_list(made), by=None, at=AT)
    return made


def numbers(homes) -> list[str]:
    return [one.number for home in homes for one in home.certificates]


@pytest.mark.parametrize("tables", [1, 2, 3])
def test_every_valid_certificate_lies_on_one_table(contest, tables):
    given = tables_of(homes_of(contest), tables)
    assert len(given) == tables
    found = [number for homes in given for number in numbers(homes)]
    assert sorted(found) == sorted(contest.certificates.values_list("number", flat=True))


def test_a_school_collects_everything_at_one_table(contest):
    names = [home.name for homes in tables_of(homes_of(contest), 3) for home in homes]
    assert names == ["晴川一中", "晴川二中"]


def test_a_revoked_certificate_lies_on_no_table(contest):
    gone = contest.certificates.first()
    contest.certificates.filter(pk=gone.pk).update(state="revoked")
    assert gone.number not in numbers(homes_of(contest))


def test_door_and_tables_say_the_same(contest):
    given = tables_of(homes_of(contest), 2)
    door = {row[0]: row[1:] for group in door_paper(contest, given).groups for row in group.rows}
    assert door == {"晴川一中": ("第1桌", "6"), "晴川二中": ("第2桌", "4")}
    papers = list(table_papers(contest, given))
    rows = [row for paper in papers for group in paper.groups for row in group.rows]
    assert {row[0]: row[3] for row in rows} == {"晴川一中": "6", "晴川二中": "4"}
    assert rows[0][1] == "一等奖2、二等奖2、三等奖2"
    assert [paper.title[:3] for paper in papers] == ["第1桌", "第2桌"]


def test_a_table_at_which_nobody_collects_has_no_sheet(contest):
    assert len(list(table_papers(contest, tables_of(homes_of(contest), 5)))) == 2


def test_the_sheets_are_a_sound_pdf_and_the_same_twice(contest):
    School.objects.filter(name="晴川二中").update(name="晴川𬱖䶮" + "长名" * 30 + "学校")
    data = collecting_sheets(contest, 2)
    assert_sound(data)
    pages = texts(data)
    assert len(pages) == 3 and "领取指引" in pages[0] and "第1桌" in pages[1] and "第2桌" in pages[2]
    assert collecting_sheets(contest, 2) == data
