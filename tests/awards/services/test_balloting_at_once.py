"""Two devices of one member vote at the same time, and somebody votes while the round is closed.

On the database that the run is on: SQLite, and PostgreSQL under tests/on_postgresql.py. Each guard has a twin that
switches it off and must see what it guards against.
"""

import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection

from awards import closed_rounds
from awards.models import Ballot, BallotCount, Voter
from awards.services import balloting
from competition.errors import Refused
from tests.factories.balloting import Committee, committee
from tests.factories.crowds import PATIENCE_S, at_once, shared_database
from tests.factories.fixtures import ByHand
from tests.judging.services.test_at_once import codes

pytestmark = pytest.mark.django_db(transaction=True)
DEVICES = 4


@pytest.fixture
def shared(django_db_setup: None, django_db_blocker: Any, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    with django_db_blocker.unblock():
        yield partial(shared_database, tmp_path)


def on_devices(here: Committee, ballot: Ballot) -> list[Any]:
    return at_once([lambda: here.cast(ballot, "甲", "M1")] * DEVICES)


def yes_of(ballot: Ballot) -> int:
    return int(BallotCount.objects.get(ballot=ballot, entry__number="M1").yes)


def without_swap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks gets the turn."""
    monkeypatch.setattr(
        balloting, "takes_turn", lambda voter: bool(Voter.objects.filter(pk=voter.pk).update(has_voted=True))
    )


def test_of_several_devices_one_votes(shared: Any) -> None:
    with shared():
        here = committee(quorum_num=1, quorum_den=5)
        ballot = here.open()
        assert codes(on_devices(here, ballot)) == {"done": 1, "voted-already": DEVICES - 1}
        assert yes_of(ballot) == 1
        assert here.close(ballot).returned == 1


def test_without_the_swap_the_database_still_lets_one_vote(shared: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    without_swap(monkeypatch)
    with shared():
        here = committee(quorum_num=1, quorum_den=5)
        ballot = here.open()
        found = on_devices(here, ballot)
        assert sum(isinstance(one, IntegrityError) for one in found) == DEVICES - 1
        assert yes_of(ballot) == 1


def test_without_swap_and_trigger_one_member_votes_several_times(shared: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    without_swap(monkeypatch)
    with shared():
        here = committee(quorum_num=1, quorum_den=5)
        ballot = here.open()
        closed_rounds.drop(None, ByHand)
        assert codes(on_devices(here, ballot)) == {"done": DEVICES}
        assert yes_of(ballot) == DEVICES


def vote_while_closing(here: Committee, ballot: Ballot, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """乙 votes just after the closing has counted who voted, if anybody lets it."""
    counted, voted, moved = threading.Event(), threading.Event(), balloting.moved

    def slowly(*arguments: Any) -> None:
        counted.set()
        voted.wait(2)
        moved(*arguments)

    def vote() -> None:
        counted.wait(PATIENCE_S)
        here.cast(ballot, "乙", "M1")
        voted.set()

    monkeypatch.setattr(balloting, "moved", slowly)
    return at_once([lambda: here.close(ballot), vote])


def test_nobody_votes_between_count_and_close(shared: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with shared():
        here = committee(quorum_num=1, quorum_den=5)
        ballot = here.open()
        here.cast(ballot, "甲", "M1")
        _closed, late = vote_while_closing(here, ballot, monkeypatch)
        assert isinstance(late, Refused) and late.denial.code == "ballot-closed"
        ballot.refresh_from_db()
        assert (ballot.returned, yes_of(ballot)) == (1, 1)


def test_without_the_lock_a_vote_slips_in_that_the_round_does_not_count(
    shared: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On PostgreSQL, where the round's row keeps them apart; SQLite lets one write at a time."""
    if connection.vendor == "sqlite":
        pytest.skip("one writer at a time")
    monkeypatch.setattr(balloting, "locked_round", lambda ballot: Ballot.objects.get(pk=ballot.pk))
    with shared():
        here = committee(quorum_num=1, quorum_den=5)
        ballot = here.open()
        here.cast(ballot, "甲", "M1")
        vote_while_closing(here, ballot, monkeypatch)
        ballot.refresh_from_db()
        assert (ballot.returned, yes_of(ballot)) == (1, 2)
