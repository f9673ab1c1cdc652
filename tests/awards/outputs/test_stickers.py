"""A badge for everybody who comes, a label for every school that has certificates."""

import pytest

from awards.ceremony_style import CeremonyStyle
from awards.outputs.guests import delegations_of
from awards.outputs.stickers import badges_of, badges_pdf, mail_labels_pdf
from awards.services.certificates import issue_certificates
from awards.services.lists import lock_list, standing_list
from competition.models import School
from tests.awards.pdf.reading import assert_sound, texts
from tests.factories.contests import AT, decided
from tests.factories.sheets import small

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    contest = decided(small())
    lock_list(contest=contest, by=None, at=AT)
    return standing_list(contest)


def test_everybody_who_has_a_seat_has_a_badge_with_the_school(made):
    data = badges_pdf(made.contest, [made], CeremonyStyle())
    assert_sound(data)
    [page] = texts(data)
    assert all(page.count(f"{who}A{at}") == 1 for who in ("学生", "老师") for at in range(1, 6))
    assert page.count("晴川一中") == 6 and page.count("晴川二中") == 4 and page.count("辅导教师") == 5
    assert "老师" not in texts(badges_pdf(made.contest, [made], CeremonyStyle(seated="students")))[0]
    assert badges_pdf(made.contest, [made], CeremonyStyle()) == data


def test_students_come_before_tutors(made):
    names = [one.name for one in badges_of(made.contest, delegations_of([made])[0], with_tutors=True)]
    assert names == ["学生A1", "学生A3", "学生A5", "老师A1", "老师A3", "老师A5"]


@pytest.mark.parametrize("sheet", ["2x7", "2x4", "3x8"])
def test_every_school_has_a_label_with_contact_and_count(made, sheet):
    issue_certificates(award_list=made, by=None, at=AT)
    School.objects.filter(name="晴川一中").update(contact="单䶮", phone="0550-1234567")
    data = mail_labels_pdf(made.contest, CeremonyStyle(mail_sheet=sheet))
    assert_sound(data)
    [page] = texts(data)
    assert "晴川一中" in page and "单䶮收" in page and "0550-1234567" in page
    assert "内装证书6份" in page and "内装证书4份" in page and "学生" not in page
