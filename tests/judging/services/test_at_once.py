"""Two tabs, two devices, an impatient finger: what a judge sends at once.

On the database that the run is on: SQLite, and PostgreSQL under tests/on_postgresql.py. Each guard has a twin that
switches it off and must see what it guards against.
"""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, connection

from competition import events
from competition.errors import Refused
from judging.models import Assignment, Conflict, Draft, Question, Sheet
from judging.services import marking
from judging.states import QuestionKind
from tests.factories.crowds import PATIENCE_S, at_once, shared_database
from tests.factories.judging import Judged, judged_contest

pytestmark = pytest.mark.django_db(transaction=True)
FINGERS = 6


@pytest.fixture
def shared(django_db_setup: None, django_db_blocker: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    with django_db_blocker.unblock():
        yield partial(shared_database, tmp_path)


def guard_off() -> dict[str, Any]:
    """SQLite's guard is that a transaction begins as a writer."""
    return {"transaction_mode": None} if connection.vendor == "sqlite" else {}


def without_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL's guard is the assignment's row, here read without a lock; nobody goes on before all have read it."""
    gate, been = threading.Barrier(FINGERS, timeout=PATIENCE_S), threading.local()

    def all_see_the_same(assignment: Assignment) -> Assignment:
        rows = Assignment.objects.select_related("judge__contest", "judge__user", "entry", "round")
        row = rows.get(pk=assignment.pk)
        if not hasattr(been, "here"):
            list(row.sheets.all())
            been.here = gate.wait()
        return row

    for name in ("locked", "locked_to_count"):
        monkeypatch.setattr(marking, name, all_see_the_same)
    monkeypatch.setattr(marking, "locked_revision", lambda assignment: all_see_the_same(assignment).revision)


def codes(results: list[Any]) -> Counter[str]:
    """What came of each, a refusal by its code; any other exception is an error of the test."""
    errors = [one for one in results if isinstance(one, Exception) and not isinstance(one, Refused)]
    assert errors == []
    return Counter(one.denial.code if isinstance(one, Refused) else "done" for one in results)


def saves(judged: Judged, points: int) -> Callable[[], Any]:
    return lambda: judged.save(points, save=f"window-{points}")


def submits(judged: Judged, points: int, save: str) -> Callable[[], Any]:
    return lambda: judged.submit(points, save=save)


def recuses(judged: Judged, save: str) -> Callable[[], Any]:
    return lambda: marking.recuse(assignment=judged.work(), reason="同事", **judged.common("J1", {"save": save}))


def test_of_windows_that_save_at_once_one_is_kept_and_the_others_are_told(shared: Any) -> None:
    with shared():
        judged = judged_contest()
        results = at_once([saves(judged, 10 + n) for n in range(FINGERS)])
        assert codes(results) == {"done": 1, "draft-changed": FINGERS - 1}
        kept = next(one for one in results if isinstance(one, Draft))
        draft = Draft.objects.get()
        assert (judged.work().revision, draft.marks, draft.last_save) == (1, kept.marks, kept.last_save)


def test_without_the_lock_windows_overwrite_each_other_or_break_off(
    shared: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: more than one is told "kept", or a transaction breaks off."""
    with shared(**guard_off()):
        judged = judged_contest()
        judged.save(1)
        without_locks(monkeypatch)
        again = [lambda n=n: judged.save(10 + n, base=1, save=f"window-{n:02}") for n in range(FINGERS)]
        results = at_once(again)
        broken = [one for one in results if isinstance(one, OperationalError)]
        assert broken or sum(isinstance(one, Draft) for one in results) > 1


def test_an_impatient_finger_hands_in_one_sheet(shared: Any) -> None:
    with shared():
        judged = judged_contest()
        results = at_once([submits(judged, 80, "the-same-save")] * FINGERS)
        assert codes(results) == {"done": FINGERS}
        assert len({one.pk for one in results}) == Sheet.objects.count() == 1
        assert events.first_broken(judged.contest) is None


def test_of_two_sheets_handed_in_at_once_one_stands(shared: Any) -> None:
    with shared():
        judged = judged_contest()
        results = at_once([submits(judged, 60 + n, f"finger-{n:02}") for n in range(FINGERS)])
        assert codes(results) == {"done": 1, "sheet-handed-in": FINGERS - 1}
        assert Sheet.objects.current().count() == 1


def test_without_the_lock_two_sheets_break(shared: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: two sheets of one assignment, or the database's own constraint as the last line."""
    with shared(**guard_off()):
        judged = judged_contest()
        without_locks(monkeypatch)
        results = at_once([submits(judged, 60 + n, f"finger-{n:02}") for n in range(FINGERS)])
        broken = [one for one in results if isinstance(one, (OperationalError, IntegrityError))]
        assert broken or Sheet.objects.current().count() > 1


def test_handing_in_and_stepping_back_at_once_leave_one_of_the_two(shared: Any) -> None:
    with shared():
        judged = judged_contest()
        both = [submits(judged, 80, "handed-in"), recuses(judged, "stepped-back")] * (FINGERS // 2)
        results = at_once(both)
        assert set(codes(results)) <= {"done", "sheet-handed-in", "hidden"}
        sheet = Sheet.objects.current().get()
        assert Conflict.objects.filter(source="recusal").exists() == (sheet.state == "recused")


def test_a_question_that_is_sent_twice_is_asked_once(shared: Any) -> None:
    with shared():
        judged = judged_contest()

        def asks() -> Question:
            common = judged.common("J1", {"save": "the-same-question"})
            return marking.ask_question(assignment=judged.work(), kind=QuestionKind.DOUBT, text="？", **common)

        assert codes(at_once([asks] * FINGERS)) == {"done": FINGERS}
        assert Question.objects.count() == 1


def test_without_the_lock_a_question_is_asked_twice_or_breaks(shared: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin."""
    with shared(**guard_off()):
        judged = judged_contest()
        without_locks(monkeypatch)

        def asks() -> Question:
            common = judged.common("J1", {"save": "the-same-question"})
            return marking.ask_question(assignment=judged.work(), kind=QuestionKind.DOUBT, text="？", **common)

        broken = [one for one in at_once([asks] * FINGERS) if isinstance(one, DatabaseError)]
        assert broken or Question.objects.count() > 1
