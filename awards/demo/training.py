"""A training of tutors in the demo year: a list, certificates, one of them corrected, one revoked."""

from datetime import date, datetime

from awards.models import Participant, Training
from awards.services.trainings import (
    ParticipantDetails,
    TrainingDetails,
    correct_participant,
    import_participants,
    issue_attendance,
    make_training,
    revoke_participant,
)
from awards.states import AttendeeRole
from awards.training_list import participants_plan, typed_rows
from competition.models import User

FIRST, LAST = date(2017, 3, 24), date(2017, 3, 26)
ROWS = """
陈雅琴，滁州市实验小学，科技辅导员，16
欧阳立，滁州市第二小学，科技辅导员，16
马晓芸，琅琊区紫薇小学，科技辅导员，16
孙䶮，天长市实验小学，科技辅导员，12
阿依古丽·艾尔肯，明光市第一小学，科技辅导员，16
何文博，全椒县城东小学，科技辅导员，16
周翀，来安县新安小学，科技辅导员，16
徐淼，定远县育才学校，科技辅导员，0
范若愚，凤阳县工人子弟小学，科技辅导员，16
吴珺，南谯区章广中心小学，科技辅导员，16
林海生，滁州市青少年活动中心，工作人员，16
郑怡，滁州市青少年活动中心，工作人员，8
"""


def hold_training(*, office: User, at: datetime) -> Training:
    details = TrainingDetails(
        label_zh="2017年滁州市青少年科技辅导员培训班",
        label_en="2017 Chuzhou Training Course for Science Tutors",
        place="滁州市青少年活动中心",
        begins_on=FIRST,
        ends_on=LAST,
        half_hours=32,
        issuers=("滁州市科学技术协会", "滁州市教育体育局"),
        is_assessed=True,
        dated_on=LAST,
        erase_on=at.date().replace(day=1, year=at.year + 3),
    )
    made = make_training(details=details, contest=None, by=office, at=at)
    data = typed_rows(ROWS)
    import_participants(training=made, data=data, shown=participants_plan(data, made).digest, by=office, at=at)
    issue_attendance(training=made, by=office, at=at)
    wrong, late = (Participant.objects.get(training=made, name=name) for name in ("何文博", "郑怡"))
    right = ParticipantDetails("何文搏", wrong.unit, AttendeeRole.TUTOR, wrong.half_hours)
    correct_participant(participant=wrong, details=right, reason="姓名有一字之误", by=office, at=at)
    revoke_participant(participant=late, reason="签到表上没有签名", by=office, at=at)
    return made
