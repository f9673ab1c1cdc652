"""A contest that sends entries up and asks for details of their people."""

import io
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from PIL import Image

from competition.models import Contest, Entry, LateTerms, Person
from competition.services.late import Asked, choose_late, save_late_terms
from competition.services.late_answers import Given, record_late_consent, save_late_answers
from competition.states import EntryState
from tests.factories.entering import NOW, Open, handed_in, put

TODAY, DUE, ERASE = date(2026, 3, 10), date(2026, 3, 31), date(2026, 6, 1)
AFTER = datetime(2026, 5, 31, 16, 0, tzinfo=NOW.tzinfo)  # 1 June begins in Shanghai
JUST_BEFORE = AFTER - timedelta(microseconds=1)
TOO_LATE = datetime(2026, 3, 31, 16, 0, tzinfo=NOW.tzinfo)  # 1 April begins
SECRET = "滁州市琅琊区虚构路99号"


def numbered(head: str) -> str:
    """With its check digit, worked out by the weights of GB 11643."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    rest = sum(weight * int(digit) for weight, digit in zip(weights, head, strict=True)) % 11
    return head + "10X98765432"[rest]


# Made up: a county that no table of counties has, a girl, a boy.
OLD_COUNTY, WOMAN, MAN = (numbered(one) for one in ("34119920120501002", "34010020120501002", "34010020130501003"))


def asked(**more: Any) -> Asked:
    usual: dict[str, Any] = {
        "author_fields": ["id_number", "birth_date", "address"], "tutor_fields": ["phone"],
        "purpose": "用于上报省级竞赛。", "due_on": DUE, "erase_on": ERASE,
    }  # fmt: skip
    return Asked(**usual | more)


def terms(made: Open, *, by: str = "host", at: datetime = NOW, **more: Any) -> LateTerms:
    return save_late_terms(contest=made.contest, asked=asked(**more), by=made[by], at=at)


def passed(made: Open, title: str = "浇花器", school: str = "晴川一中", **more: Any) -> Entry:
    usual: dict[str, Any] = {"authors": [{"name": "林晓雨", "grade": 5}, {"name": "赵一", "grade": 5}],
                             "tutors": [{"name": "周老师", "stage": "primary"}]}  # fmt: skip
    return put(handed_in(made, title, school, **usual | more), state=EntryState.PASSED)


def going_up(made: Open, title: str = "浇花器", school: str = "晴川一中", *, at: datetime = NOW, **more: Any) -> Entry:
    """Chosen; the terms are there."""
    if not LateTerms.objects.filter(contest=made.contest).exists():
        terms(made, at=at)
    entry = passed(made, title, school, **more)
    choose_late(contest=made.contest, entries=[entry], by=made["host"], at=at)
    return entry


def person(entry: Entry, name: str = "林晓雨") -> Person:
    here = Q(authorships__entry=entry) | Q(tutorships__entry=entry)
    return Person.objects.filter(here, name=name).distinct().get()


def consented(made: Open, entry: Entry, *names: str, at: datetime = NOW, on: date = TODAY) -> int:
    people = [person(entry, name).key for name in names or ("林晓雨", "赵一", "周老师")]
    return record_late_consent(entry=entry, people=people, given_on=on, by=made.teacher(str(entry.school)), at=at)


def answered(made: Open, entry: Entry, name: str = "林晓雨", *, at: datetime = NOW, by: Any = None,
             other: bool = False, **values: str) -> int:  # fmt: skip
    given = {name: Given(text=value, is_other=other) for name, value in values.items()}
    return save_late_answers(
        entry=entry, given={person(entry, name).key: given}, by=by or made.teacher(str(entry.school)), at=at
    )


def filled(made: Open, title: str = "浇花器", school: str = "晴川一中", *, at: datetime = NOW) -> Entry:
    """Of its first author everything is there."""
    entry = going_up(made, title, school, at=at)
    consented(made, entry, at=at)
    answered(made, entry, id_number=WOMAN, birth_date="2012-05-01", address=SECRET, at=at)
    return entry


def jpeg(width: int = 1200, height: int = 1600, **more: Any) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "navy").save(buffer, "JPEG", **more)
    return buffer.getvalue()


def contest_of(entry: Entry) -> Contest:
    return Contest.objects.get(pk=entry.contest_id)
