"""Ten schools bring their lists in the same minute, the last before the deadline.

On the database that the run is on: SQLite, and PostgreSQL under tests/on_postgresql.py. Each guard has a twin that
switches it off and must see what it guards against. LAUREL_DRILL=1 takes lists of 100 rows and says how long it took.
"""

import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection

from competition import events
from competition.errors import Refused
from competition.importing import import_plan
from competition.models import Contest, Entry, Event, Role, School, User
from competition.services import entering, reviewing
from competition.services.entering import import_entries, save_draft, start_entry, submit_entry
from competition.services.places import save_places
from competition.services.reviewing import review_entry
from competition.states import ReviewStep, RoleKind, Verdict
from tests.competition.core.books import book
from tests.factories.contests import MINT
from tests.factories.crowds import PATIENCE_S, at_once, shared_database
from tests.factories.entering import BEFORE, NOW, Open, give_quota, open_contest

pytestmark = pytest.mark.django_db(transaction=True)
SCHOOLS = [f"第{n}小学" for n in range(1, 11)]
ROWS = 100 if os.environ.get("LAUREL_DRILL") else 10
HEAD = ["作品名称", "赛项", "组别", "集体名称", "辅导教师", "作品简介"]


@pytest.fixture
def shared(django_db_setup: None, django_db_blocker: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    with django_db_blocker.unblock():
        yield partial(shared_database, tmp_path)


def crowd() -> Open:
    """The open contest with ten more schools of one unit, each with its teacher."""
    made = open_contest()
    places = save_places(places=[("东区", "", name, "") for name in SCHOOLS], mint=MINT, **BEFORE)
    made.schools |= {name: school for (_, name), school in places.items()}
    for name in SCHOOLS:
        made.users[name] = User.objects.create(username=name, name=name, password="!")
        Role.objects.create(user=made.users[name], kind=RoleKind.SCHOOL, school=made.schools[name])
    return made


def list_of(school: str, rows: int = ROWS) -> bytes:
    """Works of groups: what they lack is the pledge alone."""
    return book(名单=[HEAD, *([f"{school}{n}", "实践", "小学", f"{n}班", "王老师", "……"] for n in range(rows))])


def brings(made: Open, school: str, data: bytes, *, seen: Callable[[], Any] = lambda: None) -> tuple[int, int]:
    """Upload, look, take in. `seen` is called between the two."""
    contest = Contest.objects.get(pk=made.contest.pk)
    plan = import_plan(data, contest, [made.schools[school]], today=NOW.date())
    assert (plan.count("wrong"), plan.problems) == (0, [])
    seen()
    return import_entries(contest=contest, lines=plan.good, by=made[school], at=NOW)


def hands_in(made: Open, entry: Entry) -> str:
    by = made[entry.school.name]
    save_draft(entry=entry, changes={"pledges": ["integrity"]}, by=by, at=NOW)
    submit_entry(entry=entry, by=by, at=NOW)
    return "handed in"


def recommends(made: Open, entry: Entry) -> str:
    review_entry(entry=entry, step=ReviewStep.UNIT, verdict=Verdict.RECOMMENDED, by=made["东区"], at=NOW)
    return "recommended"


def drafts(made: Open, *, each: int) -> list[Entry]:
    """So many of every school, begun one after the other."""
    for school in SCHOOLS:
        brings(made, school, list_of(school, each))
    return list(Entry.objects.select_related("school"))


def codes(results: list[Any]) -> Counter[str]:
    """What came of each, a refusal by its code; any other exception is an error of the test."""
    errors = [one for one in results if isinstance(one, Exception) and not isinstance(one, Refused)]
    assert errors == []
    return Counter(one.denial.code if isinstance(one, Refused) else str(one) for one in results)


def assert_chains_hold(made: Open) -> None:
    assert [events.first_broken(contest) for contest in (None, made.contest)] == [None, None]


def unlocked_contest(pk: int) -> Contest:
    return Contest.objects.get(pk=pk)


def unlocked_entry(pk: int) -> Entry:
    return Entry.objects.select_related("contest", "track", "division", "school__district").get(pk=pk)


def without_locks(monkeypatch: pytest.MonkeyPatch, parties: int) -> None:
    """PostgreSQL's guard is the contest's row, here read without a lock; nobody goes on before all have read it.
    SQLite's is that a transaction begins as a writer: `guard_off`."""
    gate, been = threading.Barrier(parties, timeout=PATIENCE_S), threading.local()

    def all_see_the_same(read: Callable[[int], Any], pk: int) -> Any:
        row = read(pk)
        if not hasattr(been, "here"):
            been.here = gate.wait()
        return row

    monkeypatch.setattr(entering, "locked_contest", partial(all_see_the_same, unlocked_contest))
    for module in (entering, reviewing):
        monkeypatch.setattr(module, "locked_entry", partial(all_see_the_same, unlocked_entry))


def guard_off() -> dict[str, Any]:
    return {"transaction_mode": None} if connection.vendor == "sqlite" else {}


# ---- lists


def test_lists_of_ten_schools_at_once_go_in_whole_and_once(shared: Any) -> None:
    with shared():
        made, before = crowd(), time.perf_counter()
        lists = {school: list_of(school) for school in SCHOOLS}
        results = at_once([partial(brings, made, school, data) for school, data in lists.items()])
        took = time.perf_counter() - before
        assert results == [(ROWS, 0)] * len(SCHOOLS)
        titles = Counter(Entry.objects.values_list("school__name", "title"))
        assert titles == Counter((school, f"{school}{n}") for school in SCHOOLS for n in range(ROWS))
        orders = sorted(Entry.objects.values_list("order", flat=True))
        assert orders == list(range(1, len(SCHOOLS) * ROWS + 1))
        assert Event.objects.filter(action="drafts.imported").count() == len(SCHOOLS)
        assert_chains_hold(made)
        if os.environ.get("LAUREL_DRILL"):
            print(f"\n{connection.vendor}: {len(SCHOOLS)} lists of {ROWS} rows at once in {took:.1f} s")


def test_without_the_lock_lists_at_once_break(shared: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: two entries in one place of the order, or a transaction that breaks off."""
    with shared(**guard_off()):
        made = crowd()
        without_locks(monkeypatch, len(SCHOOLS))
        results = at_once([partial(brings, made, school, list_of(school)) for school in SCHOOLS])
        orders = list(Entry.objects.values_list("order", flat=True))
        broken = [one for one in results if isinstance(one, OperationalError)]
        assert broken or len(orders) != len(set(orders))


def test_a_list_that_is_sent_twice_at_once_goes_in_once(shared: Any) -> None:
    with shared():
        made, both = crowd(), threading.Barrier(2, timeout=PATIENCE_S)
        click = partial(brings, made, "第1小学", list_of("第1小学"), seen=both.wait)
        assert codes(at_once([click, click])) == {str((ROWS, 0)): 1, "list-outdated": 1}
        assert Entry.objects.count() == ROWS
        assert_chains_hold(made)


def test_without_a_second_look_a_list_that_is_sent_twice_goes_in_twice(
    shared: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin."""
    monkeypatch.setattr(entering, "refuse_if_here", lambda contest, lines: None)
    with shared():
        made, both = crowd(), threading.Barrier(2, timeout=PATIENCE_S)
        click = partial(brings, made, "第1小学", list_of("第1小学"), seen=both.wait)
        assert codes(at_once([click, click])) == {str((ROWS, 0)): 2}
        assert Entry.objects.count() == 2 * ROWS


# ---- one draft each


def test_entries_begun_at_once_have_places_of_their_own(shared: Any) -> None:
    with shared():
        made = crowd()
        begin = [partial(begins, made, school) for school in SCHOOLS]
        assert codes(at_once(begin)) == {"begun": len(SCHOOLS)}
        assert sorted(Entry.objects.values_list("order", flat=True)) == list(range(1, len(SCHOOLS) + 1))


def begins(made: Open, school: str) -> str:
    school_row = School.objects.get(pk=made.schools[school].pk)
    start_entry(contest=made.contest, school=school_row, track=made.tracks["实践"], by=made[school], at=NOW)
    return "begun"


# ---- handing in and recommending


def test_numbers_given_at_once_are_unique_and_without_gaps(shared: Any) -> None:
    with shared():
        made = crowd()
        entries = drafts(made, each=1)
        assert codes(at_once([partial(hands_in, made, one) for one in entries])) == {"handed in": len(entries)}
        numbers = sorted(Entry.objects.values_list("number", flat=True))
        assert numbers == [f"B{n:03}" for n in range(1, len(entries) + 1)]
        assert_chains_hold(made)


def test_a_quota_is_never_exceeded_by_recommendations_at_once(shared: Any) -> None:
    with shared():
        made = crowd()
        give_quota(made, 7, district=made.units["东区"])
        entries = drafts(made, each=1)
        for one in entries:
            hands_in(made, one)
        results = codes(at_once([partial(recommends, made, one) for one in entries]))
        assert results == {"recommended": 7, "quota-reached": 3}
        assert Entry.objects.filter(state="recommended").count() == 7
        assert_chains_hold(made)


def test_without_the_lock_a_quota_is_exceeded_or_somebody_breaks_off(
    shared: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin."""
    with shared(**guard_off()):
        made = crowd()
        give_quota(made, 7, district=made.units["东区"])
        entries = drafts(made, each=1)
        for one in entries:
            hands_in(made, one)
        without_locks(monkeypatch, len(entries))
        results = at_once([partial(recommends, made, one) for one in entries])
        broken = [one for one in results if isinstance(one, OperationalError)]
        assert broken or Entry.objects.filter(state="recommended").count() > 7
