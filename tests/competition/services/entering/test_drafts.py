"""Drafts: begun by whom and when, typed, deleted without a trace."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from competition.models import Entry, Material, School, Track
from competition.services.entering import (
    delete_draft,
    save_draft,
    take_up_entry,
    withdraw_entry,
)
from competition.services.places import decide_school
from competition.states import ContestState, EntryState, SchoolState
from tests.factories.entering import (
    CLOSES,
    NOW,
    OPENS,
    TICK,
    Open,
    again,
    begun,
    handed_in,
    recorded,
    refusal,
    ruled,
    start,
)

pytestmark = pytest.mark.django_db
AT = NOW + timedelta(hours=1)


def test_start_entry_makes_a_draft_outside_the_log(made: Open) -> None:
    with recorded():
        first, second = start(made), start(made, school="西山中学")
    assert (first.state, first.number, first.submitted_at) == (EntryState.DRAFT, "", None)
    assert (first.order, second.order) == (1, 2)
    assert first.created_by == made["晴川一中"]


@pytest.mark.parametrize("who", ["晴川一中", "东区", "office"])
def test_start_entry_lets_the_school_its_unit_and_the_office(made: Open, who: str) -> None:
    assert start(made, by=made[who]).pk


@pytest.mark.parametrize("who", ["stranger", "晴川二中", "西山中学", "西区"])
def test_start_entry_is_hidden_from_everyone_else(made: Open, who: str) -> None:
    with refusal("hidden"):
        start(made, by=made[who])


def test_start_entry_asks_to_sign_in(made: Open) -> None:
    with refusal("sign-in"):
        start(made, by=AnonymousUser())


@pytest.mark.parametrize("state", [one for one in ContestState if one != ContestState.ENTRY])
def test_start_entry_only_while_the_contest_takes_entries(made: Open, state: ContestState) -> None:
    ruled(made, state=state)
    with refusal("entries-not-open"):
        start(made)


@pytest.mark.parametrize("state", [SchoolState.PENDING, SchoolState.REFUSED])
def test_a_school_that_is_not_approved_enters_nothing(made: Open, state: SchoolState) -> None:
    School.objects.filter(name="晴川一中").update(state=state)
    made.schools["晴川一中"].refresh_from_db()
    with refusal("school-not-approved"):
        start(made)
    decide_school(school=made.schools["晴川一中"], is_approved=True, by=made["office"], at=NOW)
    assert start(made).pk


def test_the_contest_opens_and_closes_to_the_second(made: Open) -> None:
    with refusal("entries-not-yet"):
        start(made, at=OPENS - TICK)
    assert start(made, at=OPENS).pk
    assert start(made, at=CLOSES - TICK).pk
    with refusal("entries-closed"):
        start(made, at=CLOSES)


def test_save_draft_keeps_only_what_is_named(made: Open) -> None:
    entry = start(made)
    with recorded():
        save_draft(entry=entry, changes={"title": "浇花器", "abstract": "水"}, by=made["晴川一中"], at=NOW)
        save_draft(entry=entry, changes={"tutors": [{"name": "王老师"}], "division": "primary"}, by=made["东区"], at=AT)
        save_draft(entry=entry, changes={"authors": [{"name": "张三"}]}, by=made["host"], at=AT)
    found = again(entry)
    assert (found.title, found.abstract, found.division.code, found.saved_at) == ("浇花器", "水", "primary", AT)
    assert found.draft["tutors"] == [{"name": "王老师"}]
    assert found.draft["authors"] == [{"name": "张三"}]
    assert found.authors.count() == 0


def test_save_draft_counts_what_is_missing(made: Open) -> None:
    entry = begun(made)
    assert entry.draft["lacks"] == 0
    save_draft(entry=entry, changes={"title": "", "pledges": []}, by=made["晴川一中"], at=NOW)
    assert again(entry).draft["lacks"] == 2


def test_a_division_of_another_contest_is_none_of_ours(made: Open) -> None:
    entry = begun(made)
    save_draft(entry=entry, changes={"division": "senior"}, by=made["晴川一中"], at=NOW)
    assert again(entry).division is None


def test_delete_draft_leaves_no_trace(made: Open) -> None:
    entry = begun(made)
    with recorded():
        delete_draft(entry=entry, by=made["晴川一中"], at=NOW)
    assert not Entry.objects.exists()
    assert not Material.objects.exists()


def test_delete_draft_keeps_what_once_was_handed_in(made: Open) -> None:
    entry = handed_in(made)
    with refusal("entry-handed-in"):
        delete_draft(entry=entry, by=made["晴川一中"], at=NOW)
    withdraw_entry(entry=entry, by=made["晴川一中"], at=NOW)
    take_up_entry(entry=entry, by=made["晴川一中"], at=NOW)
    with refusal("entry-handed-in"):
        delete_draft(entry=entry, by=made["晴川一中"], at=NOW)


def test_the_factory_gives_what_it_says(made: Open) -> None:
    """Against a slip in the tests themselves."""
    assert {one.name: one.district.label_zh for one in made.schools.values()} == {
        "晴川一中": "东区", "晴川二中": "东区", "西山中学": "西区",
    }  # fmt: skip
    assert Track.objects.get(label_zh="科幻画").max_age == 14
