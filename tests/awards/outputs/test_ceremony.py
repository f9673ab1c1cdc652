"""What the host reads and what is signed when certificates are handed over."""

import io

import docx
import pytest
from django.test import Client
from django.urls import reverse

from awards.models import Award, AwardList
from awards.outputs.ceremony import hand_over_groups, hand_over_sheet, host_script
from awards.services.certificates import issue_certificates
from awards.services.lists import lock_list, standing_list
from awards.services.running import decide
from competition.models import Role, User
from competition.states import RoleKind
from tests.awards.pdf.reading import assert_sound, texts
from tests.factories.contests import AT, decided, loaded
from tests.factories.sheets import small, with_mayor

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    contest = decided(small())
    lock_list(contest=contest, by=None, at=AT)
    return standing_list(contest)


def said(made) -> list[str]:
    return [one.text for one in docx.Document(io.BytesIO(host_script([made]))).paragraphs]


def test_the_host_begins_with_the_lowest_prize_and_reads_every_name(made):
    lines = said(made)
    heads = [line for line in lines if line.endswith("件）")]
    assert heads == ["一、三等奖（2件）", "二、二等奖（2件）", "三、一等奖（1件）"]
    assert "晴川一中　学生A1，作品《作品A1》，辅导教师老师A1；" in lines
    assert not [line for line in lines if "学生A6" in line]


def test_sounds_stand_where_a_reader_may_stumble(made):
    award = made.awards.get(entry__number="A1")
    Award.objects.filter(pk=award.pk).update(said=award.said | {"authors": ["单䶮", "曾小川"]})
    assert [line for line in said(made) if "单（shàn）䶮（yǎn）、曾（zēng）小川" in line]


def test_the_script_is_the_same_bytes_twice(made):
    assert host_script([made]) == host_script([made])


def test_the_mayors_award_comes_last():
    contest = loaded(with_mayor(small(), {"M1": (90,) * 3}, [])).contest
    decide(contest=contest, by=None, at=AT)
    award = contest.companions.get(kind="award")
    nominee = award.entries.get(number="M1")
    said = {"title": "单一", "authors": ["单一"], "tutors": [], "group": "", "nominee": "单一", "school": "晴川一中"}
    award_list = AwardList.objects.create(contest=award, version=1, made_at=AT)
    Award.objects.create(
        list=award_list, entry=nominee, code="mayor", order=1, by="ballot", label_zh="市长奖", said=said
    )
    lists = [standing_list(contest), award_list]
    lines = [one.text for one in docx.Document(io.BytesIO(host_script(lists))).paragraphs]
    assert lines[1] == "颁奖主持词"
    heads = [one for one in lines if one.endswith(("件）", "名）"))]
    assert heads[-1] == "四、市长奖（1名）" and "晴川一中　单（shàn）一" in lines


def test_every_valid_certificate_is_signed_for_once_by_unit_and_school(made):
    issue_certificates(award_list=made, by=None, at=AT)
    groups, total = hand_over_groups(made.contest)
    valid = made.contest.certificates.filter(state="valid")
    assert total == valid.count() == 10
    assert [one.heading for one in groups] == ["东区（6）", "晴川一中（6）", "西区（4）", "晴川二中（4）"]
    rows = [row for one in groups for row in one.rows]
    assert sorted(row[1] for row in rows) == sorted(valid.values_list("number", flat=True))
    assert [row[0] for row in rows] == [str(at) for at in range(1, 11)]
    assert {row[-2:] for row in rows} == {("", "")}


def test_a_revoked_certificate_is_not_handed_over(made):
    issue_certificates(award_list=made, by=None, at=AT)
    gone = made.contest.certificates.order_by("serial").first()
    made.contest.certificates.filter(pk=gone.pk).update(state="revoked")
    groups, total = hand_over_groups(made.contest)
    assert total == 9 and gone.number not in [row[1] for one in groups for row in one.rows]


def test_the_sheet_is_a_sound_pdf_and_the_same_twice(made):
    issue_certificates(award_list=made, by=None, at=AT)
    data = hand_over_sheet(made.contest)
    assert_sound(data)
    assert "证书签领表" in texts(data)[0] and "签领" in texts(data)[0]
    assert hand_over_sheet(made.contest) == data


def test_the_office_gets_both_from_the_board_once_they_can_be_made(made):
    office = User.objects.create_user("office", name="办公室")
    Role.objects.create(user=office, kind=RoleKind.ORGANISER, contest=made.contest)
    client = Client()
    client.force_login(office)
    script, sheet = (reverse("file", args=[made.contest.key, name]) for name in ("host-script.docx", "handover.pdf"))
    assert client.get(script).status_code == 200 and client.get(sheet).status_code == 404
    issue_certificates(award_list=made, by=None, at=AT)
    assert client.get(sheet).status_code == 200
    board = client.get(reverse("board", args=[made.contest.key])).content.decode()
    assert script in board and sheet in board
