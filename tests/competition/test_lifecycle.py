"""The one door for states, and what happens without its compare-and-swap."""

import pytest
from django.db.models import Model

from awards.models import AwardList, Certificate
from competition import events
from competition.core.canon import canonical
from competition.errors import Refused
from competition.lifecycle import move
from competition.models import Contest, Entry, Event
from tests.factories.contests import AT, MINT, WHO, bare_contest, small_contest

pytestmark = pytest.mark.django_db


def legal(kind: type[Model]) -> list[tuple[str, str]]:
    return [(str(was), str(to)) for was, moves in kind.MOVES.items() for to in sorted(moves)]


def illegal(kind: type[Model]) -> list[tuple[str, str]]:
    states = [str(code) for code, _ in kind._meta.get_field("state").flatchoices]
    return [(was, to) for was in states for to in states if (was, to) not in legal(kind)]


@pytest.mark.parametrize("kind", [Contest, Entry, AwardList, Certificate])
def test_every_state_has_its_line_in_the_table(kind: type[Model]) -> None:
    states = {str(code) for code, _ in kind._meta.get_field("state").flatchoices}
    assert {str(one) for one in kind.MOVES} == states
    assert {to for _, to in legal(kind)} <= states


@pytest.mark.parametrize(("was", "to"), legal(Contest))
def test_a_move_of_the_table_is_made_with_one_event(was: str, to: str) -> None:
    contest = bare_contest()
    Contest.objects.filter(pk=contest.pk).update(state=was)
    contest.refresh_from_db()
    before = Event.objects.count()
    move(contest, to, by=None, at=AT, label_en="Fields go along")
    assert (contest.state, contest.label_en) == (to, "Fields go along")
    contest.refresh_from_db()
    assert (contest.state, contest.label_en) == (to, "Fields go along")
    event = Event.objects.latest("pk")
    assert Event.objects.count() == before + 1
    assert (event.action, event.body, event.subject) == (
        f"contest.{to}", {"from": was, "to": to}, f"competition.contest:{contest.key}",
    )  # fmt: skip


@pytest.mark.parametrize(("was", "to"), illegal(Contest))
def test_a_move_that_is_not_in_the_table_is_refused(was: str, to: str) -> None:
    contest = bare_contest()
    Contest.objects.filter(pk=contest.pk).update(state=was)
    contest.refresh_from_db()
    before = Event.objects.count()
    with pytest.raises(Refused) as refused:
        move(contest, to, by=None, at=AT)
    assert refused.value.denial.code == "no-such-move"
    contest.refresh_from_db()
    assert (contest.state, Event.objects.count()) == (was, before)


def two_copies() -> tuple[Entry, Entry]:
    number = small_contest().entries["A1"].pk
    return Entry.objects.get(pk=number), Entry.objects.get(pk=number)


def test_of_two_copies_the_second_is_refused() -> None:
    first, second = two_copies()
    before = Event.objects.count()
    move(first, "withdrawn", **WHO)
    with pytest.raises(Refused) as refused:
        move(second, "not_passed", **WHO)
    assert refused.value.denial.code == "changed-meanwhile"
    assert Entry.objects.get(pk=first.pk).state == "withdrawn"
    assert (Event.objects.count(), second.state) == (before + 1, "passed")


def test_twin_without_the_compare_and_swap_a_forbidden_move_happens() -> None:
    """The same two copies with a door that only looks at its own copy: withdrawn becomes not passed."""

    def careless(thing: Entry, to: str) -> None:
        assert to in thing.MOVES[thing.state]
        Entry.objects.filter(pk=thing.pk).update(state=to)

    first, second = two_copies()
    careless(first, "withdrawn")
    careless(second, "not_passed")
    assert Entry.objects.get(pk=first.pk).state == "not_passed"
    assert "not_passed" not in Entry.MOVES["withdrawn"]


def test_the_database_knows_the_states_too() -> None:
    from django.db import IntegrityError, transaction

    contest = bare_contest()
    with pytest.raises(IntegrityError), transaction.atomic():
        Contest.objects.filter(pk=contest.pk).update(state="finished")


def test_the_hash_of_an_event_is_that_of_its_words() -> None:
    """By hand: SHA-256 over the hash before and the canonical words."""
    import hashlib

    bare_contest()
    event = Event.objects.latest("pk")
    said = {
        "seq": 1, "at": "2026-05-01T09:00:00.000000+00:00", "actor": "", "via": "command", "action": "contest.created",
        "subject": f"competition.contest:{MINT.key('edition', '小赛', 2026, 1)}", "body": {"fields": []},
    }  # fmt: skip
    assert event.hash == hashlib.sha256(b"0" * 64 + canonical(said)).hexdigest() == events.hash_of(event)
