"""A training with its list, and certificates of it."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from awards.models import Participant, Training
from awards.services.trainings import TrainingDetails, import_participants, issue_attendance, make_training
from awards.training_list import participants_plan
from competition.models import Contest, User
from competition.states import RoleKind
from tests.competition.core.books import book
from tests.factories.noticing import account

AT = datetime(2026, 5, 12, 2, 0, tzinfo=UTC)
DETAILS = TrainingDetails(
    label_zh="东州市科技辅导员培训班", label_en="Dongzhou Training Course for Science Tutors", place="东州科技馆",
    begins_on=date(2026, 5, 8), ends_on=date(2026, 5, 10), half_hours=32,
    issuers=("东州市科学技术协会", "东州市教育局"), is_assessed=True, dated_on=date(2026, 5, 11),
    erase_on=date(2029, 5, 10),
)  # fmt: skip
HEAD = ["姓名", "单位", "身份", "学时", "备注"]
PEOPLE = [["甲一丁", "东区小学", "科技辅导员", "16", ""], ["乙二丙", "西区小学", "学生", "3.5", ""]]


def office_account(name: str = "office", contest: Contest | None = None) -> User:
    return account(name, kind=RoleKind.ORGANISER, contest=contest)


def training(contest: Contest | None = None, **changed: Any) -> Training:
    return make_training(details=replace(DETAILS, **changed), contest=contest, by=None, at=AT)


def list_of(rows: list[list[str]] | None = None, head: list[str] | None = None) -> bytes:
    return book(名单=[head or HEAD, *(PEOPLE if rows is None else rows)])


def listed(made: Training, rows: list[list[str]] | None = None) -> Training:
    data = list_of(rows)
    import_participants(training=made, data=data, shown=participants_plan(data, made).digest, by=None, at=AT)
    return made


def issued(contest: Contest | None = None, rows: list[list[str]] | None = None, **changed: Any) -> Training:
    made = listed(training(contest, **changed), rows)
    issue_attendance(training=made, by=None, at=AT)
    return made


def called(made: Training, name: str) -> Participant:
    return made.participants.get(name=name)
