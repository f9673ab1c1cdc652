"""Who may change an entry and until when: every service, every refusal."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from competition import access
from competition.models import Contest, Entry
from competition.services.accounts import grant_role
from competition.services.entering import (
    delete_draft,
    save_draft,
    submit_entry,
    take_up_entry,
    withdraw_entry,
)
from competition.states import EntryState, RoleKind
from tests.factories.entering import (
    CLOSES,
    NOW,
    TICK,
    Open,
    again,
    begun,
    everything,
    put,
    refusal,
    ruled,
)

pytestmark = pytest.mark.django_db


def saved(entry: Entry, **who: Any) -> None:
    save_draft(entry=entry, changes={"title": "别的题目"}, **who)


EDITS: dict[str, Callable[..., Any]] = {
    "save": saved,
    "submit": lambda entry, **who: submit_entry(entry=entry, **who),
    "delete": lambda entry, **who: delete_draft(entry=entry, **who),
    "withdraw": lambda entry, **who: withdraw_entry(entry=entry, **who),
}
ALL = EDITS | {"take up": lambda entry, **who: take_up_entry(entry=entry, **who)}


@pytest.mark.parametrize("name", ALL)
def test_an_entry_is_hidden_from_other_schools(made: Open, name: str) -> None:
    entry = begun(made)
    for who in ("stranger", "晴川二中", "西山中学", "西区"):
        with refusal("hidden"):
            ALL[name](entry, by=made[who], at=NOW)
    with refusal("sign-in"):
        ALL[name](entry, by=AnonymousUser(), at=NOW)


@pytest.mark.parametrize("name", ALL)
def test_without_the_rule_of_the_school_another_school_would_get_in(
    made: Open, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: the guard is what kept them out."""
    entry = begun(made)
    if name == "take up":
        withdraw_entry(entry=entry, by=made["晴川一中"], at=NOW)
    monkeypatch.setattr(access, "acts_for_school", lambda user, school: True)
    before = everything()
    ALL[name](entry, by=made["西山中学"], at=NOW)
    assert everything() != before


@pytest.mark.parametrize("name", EDITS)
def test_the_deadline_holds_to_the_microsecond(made: Open, name: str) -> None:
    entry = begun(made)
    with refusal("entries-closed"):
        EDITS[name](entry, by=made["晴川一中"], at=CLOSES)
    EDITS[name](entry, by=made["晴川一中"], at=CLOSES - TICK)


def test_taking_up_ends_with_the_deadline_too(made: Open) -> None:
    entry = begun(made)
    withdraw_entry(entry=entry, by=made["晴川一中"], at=NOW)
    with refusal("entries-closed"):
        take_up_entry(entry=entry, by=made["晴川一中"], at=CLOSES)
    take_up_entry(entry=entry, by=made["晴川一中"], at=CLOSES - TICK)


def test_without_the_deadline_check_a_late_entry_would_be_taken(made: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin."""
    entry = begun(made)
    monkeypatch.setattr(access, "why_not_open_for_entries", lambda contest, *, at: None)
    submit_entry(entry=entry, by=made["晴川一中"], at=CLOSES + timedelta(days=30))
    assert again(entry).state == EntryState.SUBMITTED


def test_an_earlier_end_counts_although_the_page_was_loaded_before(made: Open) -> None:
    """The entry in hand is stale; the row of the contest is what counts."""
    entry = begun(made)
    ruled(made, closes_at=NOW)
    with refusal("entries-closed"):
        submit_entry(entry=entry, by=made["晴川一中"], at=NOW)


@pytest.mark.parametrize("state", [one for one in EntryState if one not in (EntryState.DRAFT, EntryState.RETURNED)])
@pytest.mark.parametrize("name", ["save", "submit", "delete"])
def test_what_is_not_with_its_school_is_not_changed_by_it(made: Open, name: str, state: EntryState) -> None:
    entry = put(begun(made), state=state, number="A001")
    with refusal("entry-handed-in"):
        EDITS[name](entry, by=made["晴川一中"], at=NOW)


def test_roles_of_a_school_and_a_unit_are_all_that_opens_the_form(made: Open) -> None:
    """A judge's or a committee's role, or an organiser's of another contest, opens nothing here."""
    entry = begun(made)
    other = Contest.objects.create(
        series=made.contest.series, year=2027, label_zh="另一届", secret=b"x" * 32, as_of=NOW
    )
    for kind, scope in (
        (RoleKind.JUDGE, made.contest),
        (RoleKind.COMMITTEE, made.contest),
        (RoleKind.ORGANISER, other),
    ):
        grant_role(user=made["stranger"], kind=kind, contest=scope, by=None, at=NOW)
    with refusal("hidden"):
        save_draft(entry=entry, changes={"title": "x"}, by=made["stranger"], at=NOW)
