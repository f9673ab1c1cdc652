"""Withdrawn and taken up again, returned and handed in again."""

from datetime import timedelta

import pytest

from competition.services import entering
from competition.services.entering import (
    save_draft,
    submit_entry,
    take_up_entry,
    withdraw_entry,
)
from competition.states import ENTRY_MOVES, ContestState, EntryState, Verdict
from tests.factories.entering import (
    CLOSES,
    NOW,
    TICK,
    Open,
    again,
    begun,
    changes_for,
    give_quota,
    handed_in,
    office_says,
    put,
    recommended,
    recorded,
    refusal,
    ruled,
    submitted_again,
    unit_says,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("state", EntryState)
def test_withdrawing_follows_the_table(made: Open, state: EntryState) -> None:
    entry = put(begun(made), state=state, number="A001")
    if EntryState.WITHDRAWN in ENTRY_MOVES[state]:
        with recorded("entry.withdrawn"):
            withdraw_entry(entry=entry, by=made["晴川一中"], at=NOW)
        assert (again(entry).state, again(entry).number) == (EntryState.WITHDRAWN, "A001")
    else:
        with refusal("no-such-move"):
            withdraw_entry(entry=entry, by=made["晴川一中"], at=NOW)


@pytest.mark.parametrize("state", [one for one in EntryState if one != EntryState.WITHDRAWN])
def test_only_a_withdrawn_entry_is_taken_up(made: Open, state: EntryState) -> None:
    entry = put(begun(made), state=state, number="A001")
    with refusal("no-such-move"):
        take_up_entry(entry=entry, by=made["晴川一中"], at=NOW)


def test_after_the_end_the_office_withdraws_and_the_school_does_not(made: Open) -> None:
    entry = handed_in(made)
    with refusal("entries-closed"):
        withdraw_entry(entry=entry, by=made["晴川一中"], at=CLOSES)
    with recorded("entry.withdrawn"):
        withdraw_entry(entry=entry, by=made["host"], at=CLOSES)


def test_once_it_is_decided_nothing_is_withdrawn(made: Open) -> None:
    entry = handed_in(made)
    ruled(made, state=ContestState.DECISION)
    with refusal("wrong-state"):
        withdraw_entry(entry=entry, by=made["host"], at=CLOSES)
    with refusal("entries-not-open"):
        withdraw_entry(entry=entry, by=made["晴川一中"], at=NOW)


def test_a_withdrawn_entry_comes_back_as_it_was_typed(made: Open) -> None:
    entry = handed_in(made, authors=[{"name": "张三", "grade": 5, "code": "7"}])
    put(entry, draft={})  # as an entry is that came with a workbook
    withdraw_entry(entry=entry, by=made["晴川一中"], at=NOW)
    take_up_entry(entry=entry, by=made["晴川一中"], at=NOW)
    found = again(entry)
    assert [(one["name"], one["code"], one["grade"]) for one in found.draft["authors"]] == [("张三", "7", 5)]
    assert [one["name"] for one in found.draft["tutors"]] == ["王老师"]
    submitted_again(made, found)
    assert again(entry).state == EntryState.SUBMITTED


def test_a_returned_entry_has_its_own_deadline(made: Open) -> None:
    until = CLOSES + timedelta(days=3)
    entry = unit_says(made, handed_in(made), Verdict.RETURNED, until=until)
    save_draft(entry=entry, changes={"title": "新"}, by=made["晴川一中"], at=until - TICK)
    with refusal("correction-too-late"):
        save_draft(entry=entry, changes={"title": "x"}, by=made["晴川一中"], at=until)
    with refusal("correction-too-late"):
        submit_entry(entry=entry, by=made["晴川一中"], at=until)
    submit_entry(entry=entry, by=made["晴川一中"], at=until - TICK)
    assert (again(entry).state, again(entry).return_until) == (EntryState.SUBMITTED, None)


def test_what_the_unit_returned_goes_back_to_the_unit(made: Open) -> None:
    entry = unit_says(made, handed_in(made), Verdict.RETURNED)
    submitted_again(made, entry)
    assert again(entry).state == EntryState.SUBMITTED


def test_what_the_office_returned_goes_back_to_the_office(made: Open) -> None:
    entry = office_says(made, recommended(made), Verdict.RETURNED)
    with recorded("entry.handed-in", "entry.recommended"):
        submitted_again(made, entry)
    entry = office_says(made, again(entry), Verdict.RETURNED)
    submitted_again(made, entry)
    assert again(entry).state == EntryState.RECOMMENDED


def test_word_for_word_the_same_is_the_same_version(made: Open) -> None:
    """Returned for a missing signature: nothing that was signed changes."""
    entry = office_says(made, recommended(made), Verdict.RETURNED)
    assert submitted_again(made, entry).version == 1
    entry = office_says(made, again(entry), Verdict.RETURNED)
    assert submitted_again(made, put(entry, title="自动浇花器")).version == 2


def test_a_work_that_was_withdrawn_meanwhile_goes_to_its_unit_again(made: Open) -> None:
    """Returned by the office, handed in again, withdrawn, taken up, rewritten: the unit has not seen this."""
    entry = office_says(made, recommended(made), Verdict.RETURNED)
    submitted_again(made, entry)
    withdraw_entry(entry=entry, by=made["晴川一中"], at=NOW)
    take_up_entry(entry=entry, by=made["晴川一中"], at=NOW)
    save_draft(entry=entry, changes=changes_for("完全不同的作品"), by=made["晴川一中"], at=NOW)
    submitted_again(made, entry)
    assert again(entry).state == EntryState.SUBMITTED


def test_coming_back_from_the_office_does_not_break_the_quota_of_the_unit(made: Open) -> None:
    give_quota(made, 1, district=made.units["东区"])
    first = office_says(made, recommended(made, "一"), Verdict.RETURNED)
    second = handed_in(made, "二")
    try:
        unit_says(made, second)
    except entering.Refused:
        pass  # the place is kept for the first …
    else:
        with refusal("quota-reached"):  # … or it is lost to it
            submitted_again(made, first)
    assert made.contest.entries.filter(state=EntryState.RECOMMENDED).count() <= 1


def test_a_returned_entry_is_not_handed_in_once_the_awards_are_published(made: Open) -> None:
    entry = office_says(made, recommended(made), Verdict.RETURNED)
    ruled(made, state=ContestState.PUBLISHED)
    with refusal("wrong-state"):
        submitted_again(made, entry)
