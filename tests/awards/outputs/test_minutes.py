"""The minutes of the committee: every tie with what may be given, blank before the meeting, filled after it."""

import pypdfium2
import pytest

from awards.models import AwardList
from awards.outputs.minutes import minutes_pdf
from awards.services.deliberation import settle_tie, ties_of
from awards.services.running import decide
from competition.models import Role, User
from competition.states import RoleKind
from judging.models import Mark
from tests.factories.contests import AT, Made, small_contest

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Made:
    found = small_contest()
    Mark.objects.filter(sheet__assignment__entry=found.entries["A3"]).update(points=90)
    return found


def text_of(award_list: AwardList) -> str:
    document = pypdfium2.PdfDocument(minutes_pdf(award_list, at=AT))
    return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def test_before_and_after_the_meeting(made):
    before = text_of(decide(contest=made.contest, by=None, at=AT))
    assert "2 件作品并列第 2 名" in before
    assert "二等奖 1 名" in before
    assert before.count("90.00") == 2
    assert "不授奖" not in before
    assert "学生A2" not in before
    office = User.objects.create_user("office", name="办公室")
    Role.objects.create(user=office, kind=RoleKind.ORGANISER, contest=made.contest)
    given = {made.entries["A2"].key: "", made.entries["A3"].key: "second"}
    [tie] = ties_of(made.contest, made.contest.standing_runs.get())
    after = text_of(settle_tie(contest=made.contest, given=given, minutes="纪要3号", seen=tie.seen, by=office, at=AT))
    assert "不授奖" in after
    assert "纪要3号" in after
    assert after.count("二等奖") == 2
