"""One locks the list while another changes the plan that it rests on.

On the database that the run is on: SQLite, where one who writes keeps out the others from the start, and PostgreSQL under
tests/on_postgresql.py, where the contest's row does.
"""

import threading
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection

from awards.models import AwardList
from awards.prizes import BY_CODE
from awards.services import lists
from awards.services.planning import change_plan
from awards.services.plans import GroupDetails, LevelDetails
from awards.services.proposals import plan_in_force
from awards.services.running import decide
from awards.states import SeatKind
from competition.models import Contest, Role, User
from competition.states import ContestState, RoleKind
from tests.factories.contests import AT, small_contest
from tests.factories.crowds import at_once, shared_database
from tests.judging.services.test_at_once import codes, guard_off

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE_S, GLANCE_S = 20, 2


@pytest.fixture
def shared(django_db_setup: None, django_db_blocker: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    with django_db_blocker.unblock():
        yield partial(shared_database, tmp_path)


def lock_and_change(monkeypatch: pytest.MonkeyPatch) -> tuple[Contest, list[Any]]:
    """The plan is changed just after the list check found nothing, if anybody lets it."""
    made = small_contest()
    contest, track = made.contest, made.tracks["创新"]
    office = User.objects.create_user("office", name="办公室")
    Role.objects.create(user=office, kind=RoleKind.ORGANISER, contest=contest)
    Contest.objects.filter(pk=contest.pk).update(state=ContestState.JUDGING)
    contest.refresh_from_db()
    decide(contest=contest, by=None, at=AT)
    checked, changed, check = threading.Event(), threading.Event(), lists.check_list

    def checked_slowly(award_list: AwardList) -> Any:
        found = check(award_list)
        checked.set()
        changed.wait(GLANCE_S)
        return found

    def change() -> None:
        checked.wait(PATIENCE_S)
        group = GroupDetails(track, None, (LevelDetails(BY_CODE["first"], SeatKind.COUNT, Decimal(2)),))
        change_plan(contest=contest, group=group, base=1, reason="x", minutes="x", by=office, at=AT)
        changed.set()

    monkeypatch.setattr(lists, "check_list", checked_slowly)
    mine = Contest.objects.get(pk=contest.pk)
    return contest, at_once([lambda: lists.lock_list(contest=mine, by=None, at=AT), change])


def test_the_plan_is_not_changed_between_check_and_lock(shared: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with shared():
        contest, results = lock_and_change(monkeypatch)
        assert codes(results) == {"done": 1, "plan-fixed": 1}
        assert AwardList.objects.get(contest=contest).plan == plan_in_force(contest)


def test_without_the_lock_a_list_is_locked_on_an_old_plan(shared: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite's guard is that a transaction begins as a writer; without it the lock finds what it read changed, and dies."""
    monkeypatch.setattr(lists, "locked_contest", lambda contest_pk: None)
    with shared(**guard_off()):
        contest, results = lock_and_change(monkeypatch)
        if connection.vendor == "sqlite":
            assert [type(one) for one in results if isinstance(one, Exception)] == [OperationalError]
            return
        assert codes(results) == {"done": 2}
        assert AwardList.objects.get(contest=contest).plan != plan_in_force(contest)
