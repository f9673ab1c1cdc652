"""The server is killed while twenty judges save and hand in. Nothing that it acknowledged is lost, no sheet is half.

Everything over HTTP as a judge's page does it: a key for each write, bases that grow, and what was not answered is sent
again with the same key. SIGKILL meets the whole process group at a random moment; then the server is started on the same
database, and every judge's work must be what was acknowledged, or that and the one write that was under way.

On the database that the run is on, a few rounds; LAUREL_DRILL=1 takes fifty, on SQLite and on PostgreSQL.
LAUREL_SEED=… repeats the choices of a run, though not the moments at which the machine got to them.
"""

import http.client
import json
import os
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import Count

from competition import events
from competition.models import Contest, Event
from judging.models import Conflict, Draft, Sheet
from judging.states import ConflictSource, SheetState
from tests.factories.crowds import PATIENCE_S, at_once
from tests.factories.panels import CRITERIA, MOST, Seat, panel
from tests.factories.servers import MortalServer, pointed_at, scratch_postgresql, scratch_sqlite
from tests.on_postgresql import answers

IS_LONG = bool(os.environ.get("LAUREL_DRILL"))
JUDGES, ROUNDS = 20, 50 if IS_LONG else 2
WORKS = 5 * ROUNDS
KINDS = ["sqlite", "postgresql"] if IS_LONG else [connection.vendor]
LONGEST_S = 0.8  # from the first acknowledgement of a round to the signal
TOKEN = "c" * 32


@dataclass(frozen=True)
class Write:
    """One thing that a judge's page sends: what it does, to which work, on which revision, with which marks."""

    what: str
    work: str
    base: int
    save: str
    marks: tuple[int, ...] = ()

    @property
    def body(self) -> dict[str, Any]:
        values = {f"mark-{place}": str(mark) for place, mark in enumerate(self.marks, 1)}
        return {"base": self.base, "save": self.save, "values": values, "reason": "认识作者"}


@dataclass(frozen=True)
class Kept:
    """What there is of one work: the draft as (revision, key, marks), and the sheets that are not replaced as (state,
    key, marks)."""

    draft: tuple[int, str, tuple[int, ...]] | None = None
    sheets: tuple[tuple[str, str, tuple[int, ...]], ...] = ()

    def after(self, write: Write) -> "Kept":
        if write.what == "save":
            return replace(self, draft=(write.base + 1, write.save, write.marks))
        state = SheetState.RECUSED if write.what == "recuse" else SheetState.SUBMITTED
        return Kept(None, (*self.sheets, (state, write.save, write.marks)))


@dataclass
class AtWork:
    """A judge going through the pile. `works`: what was acknowledged of each; `open`: what was sent and not answered."""

    seat: Seat
    chance: random.Random
    works: dict[str, Kept] = field(default_factory=dict)
    open: Write | None = None

    def marks_until_it_dies(self, server: MortalServer, first: threading.Event) -> None:
        while not server.is_killed and (self.open or self.next_write()):
            try:
                self.send(server)
            except (OSError, http.client.HTTPException):
                if not server.is_killed:
                    raise
            else:
                first.set()

    def next_write(self) -> Write | None:
        """Most saves are followed by another; then the work is handed in, seldom the judge steps back."""
        work = next((one for one in self.seat.works if not self.works.get(one, Kept()).sheets), None)
        if work is None:
            return None
        draft = self.works.get(work, Kept()).draft
        what = self.chance.choices(["save", "submit", "recuse"], [20, 9, 1])[0]
        marks = () if what == "recuse" else tuple(self.chance.randint(0, MOST) for _ in range(CRITERIA))
        self.open = Write(what, work, draft[0] if draft else 0, f"{self.chance.getrandbits(64):016x}", marks)
        return self.open

    def send(self, server: MortalServer) -> None:
        """Acknowledged it is when the whole answer is here and says so."""
        assert self.open is not None
        told = post(server.port, self.seat, self.open)
        if self.open.what == "save":
            assert (told["revision"], told["save"]) == (self.open.base + 1, self.open.save)
        else:
            assert told["state"] == ("recused" if self.open.what == "recuse" else "submitted")
        self.works[self.open.work] = self.works.get(self.open.work, Kept()).after(self.open)
        self.open = None

    def sends_again(self, server: MortalServer) -> None:
        """What was not answered: with the same key, and once more, since this answer may get lost as well."""
        if unanswered := self.open:
            self.send(server)
            post(server.port, self.seat, unanswered)

    def may_have(self, work: str) -> list[Kept]:
        known = self.works.get(work, Kept())
        return [known, known.after(self.open)] if self.open and self.open.work == work else [known]


def post(port: int, seat: Seat, write: Write) -> dict[str, Any]:
    """On a connection of its own. What is not a good answer is none."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
    head = {"Content-Type": "application/json", "X-CSRFToken": TOKEN, "Connection": "close",
            "Cookie": f"sessionid={seat.session}; csrftoken={TOKEN}"}  # fmt: skip
    try:
        path = f"/api/judging/{seat.judge}/works/{write.work}/{write.what}/"
        line.request("POST", path, json.dumps(write.body), head)
        answer = line.getresponse()
        said = answer.read()
    finally:
        line.close()
    assert answer.status == 200, f"{write.what} answered {answer.status}: {said.decode()[:300]}"
    return json.loads(said)


# ---- a round


def dies(server: MortalServer, first: threading.Event, delay: float) -> None:
    first.wait(PATIENCE_S)
    time.sleep(delay)
    server.kill()


def drill(url: str, crowd: Sequence[AtWork], server: MortalServer, chance: random.Random, rounds: int) -> Counter[str]:
    """So many deaths, each looked into before and after what was not answered is sent again: what there was to see."""
    seen: Counter[str] = Counter()
    for number in range(rounds):
        delay = chance.uniform(0, LONGEST_S)
        print(f"round {number}: killed {delay:.3f} s after the first acknowledgement")
        first = threading.Event()
        all_well(
            at_once(
                [
                    partial(dies, server, first, delay),
                    *(partial(one.marks_until_it_dies, server, first) for one in crowd),
                ]
            )
        )
        seen["unanswered"] += sum(one.open is not None for one in crowd)
        server.start()
        with pointed_at(url):
            look(crowd)
        all_well(at_once([partial(one.sends_again, server) for one in crowd]))
        with pointed_at(url):
            look(crowd)
    seen["saved"] = sum(kept.draft is not None for one in crowd for kept in one.works.values())
    seen["handed in"] = sum(bool(kept.sheets) for one in crowd for kept in one.works.values())
    return seen


def all_well(results: Sequence[Any]) -> None:
    faults = [one for one in results if isinstance(one, BaseException)]
    assert faults == []


def look(crowd: Sequence[AtWork]) -> None:
    kept = everything_kept()
    expected = {work: one.may_have(work) for one in crowd for work in one.seat.works}
    wrong = {work: (kept.get(work, Kept()), may) for work, may in expected.items() if kept.get(work, Kept()) not in may}
    assert wrong == {}
    assert_whole()


def everything_kept() -> Mapping[str, Kept]:
    """By work. Criteria have rising keys in the order of the sheet."""
    drafts = {
        one.assignment.key: (
            one.assignment.revision,
            one.last_save,
            tuple(one.marks[key] for key in sorted(one.marks, key=int)),
        )
        for one in Draft.objects.select_related("assignment")
    }
    sheets: dict[str, tuple[tuple[str, str, tuple[int, ...]], ...]] = {}
    for one in Sheet.objects.current().select_related("assignment").prefetch_related("marks__criterion"):
        marks = tuple(mark.points for mark in sorted(one.marks.all(), key=lambda mark: mark.criterion.order))
        sheets[one.assignment.key] = (*sheets.get(one.assignment.key, ()), (one.state, one.save_key, marks))
    return {work: Kept(drafts.get(work), sheets.get(work, ())) for work in drafts.keys() | sheets.keys()}


def assert_whole() -> None:
    """What holds whatever anybody was told."""
    contest = Contest.objects.get()
    half = Sheet.objects.exclude(state=SheetState.RECUSED).annotate(size=Count("marks")).exclude(size=CRITERIA)
    assert list(half) == []
    twice = Sheet.objects.current().order_by().values("assignment").annotate(size=Count("pk")).filter(size__gt=1)
    assert list(twice) == []
    written = Event.objects.filter(action__in=["sheet.submitted", "sheet.recused"]).count()
    assert written == Sheet.objects.count()
    recused = Sheet.objects.filter(state=SheetState.RECUSED).count()
    assert recused == Conflict.objects.filter(source=ConflictSource.RECUSAL).count()
    assert [events.first_broken(one) for one in (None, contest)] == [None, None]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA quick_check").fetchall() == [("ok",)]


# ---- the tests


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path, django_db_blocker: Any) -> Iterator[str]:
    if request.param == "postgresql" and not answers():
        leave_out = pytest.fail if os.environ.get("LAUREL_LEAVE_OUT_NOTHING") else pytest.skip
        leave_out("Left out: no PostgreSQL answers; start one and set LAUREL_POSTGRESQL_URL.")
    fresh = scratch_sqlite(tmp_path) if request.param == "sqlite" else scratch_postgresql()
    with django_db_blocker.unblock(), fresh as found:
        yield found


@pytest.fixture
def chance() -> random.Random:
    seed = int(os.environ.get("LAUREL_SEED") or random.randrange(10**6))
    print(f"LAUREL_SEED={seed}")
    return random.Random(seed)


def at_desks(url: str, chance: random.Random) -> list[AtWork]:
    with pointed_at(url):
        seats = panel(judges=JUDGES, works=WORKS, entries=WORKS)
    return [AtWork(seat, random.Random(chance.getrandbits(64))) for seat in seats]


def product(url: str) -> MortalServer:
    """With this process's secret, so that the sessions made here hold."""
    return MortalServer({"LAUREL_MODE": "desk", "LAUREL_VAR": str(settings.VAR_DIR), "DATABASE_URL": url})


def careless(url: str, guard: str) -> MortalServer:
    server = product(url)
    environment = {**server.environment, "LAUREL_CARELESS": guard}
    return replace(server, environment=environment, application="tests.judging.careless:application")


def test_what_was_acknowledged_outlives_a_kill(url: str, chance: random.Random) -> None:
    crowd, server = at_desks(url, chance), product(url)
    with server.serving():
        seen = drill(url, crowd, server, chance, ROUNDS)
    print(dict(seen))
    assert all(seen[what] for what in ("saved", "handed in", "unanswered"))


@pytest.mark.drill
@pytest.mark.skipif(not IS_LONG, reason="LAUREL_DRILL=1 also kills servers that are careless")
@pytest.mark.parametrize("guard", ["late", "piecemeal"])
def test_the_drill_sees_a_server_that_is_careless(url: str, chance: random.Random, guard: str) -> None:
    """The twins: a server that answers before it commits, and one that hands in a sheet in pieces."""
    crowd, server = at_desks(url, chance), careless(url, guard)
    with server.serving(), pytest.raises(AssertionError):
        drill(url, crowd, server, chance, ROUNDS)
