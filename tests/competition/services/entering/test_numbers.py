"""Numbers of entries: given once, without gaps, by the pattern of the contest."""

import pytest

from competition.services.entering import (
    delete_draft,
    numbers_of,
    take_up_entry,
    withdraw_entry,
)
from competition.states import EntryState, Verdict
from tests.factories.entering import (
    NOW,
    Open,
    again,
    begun,
    handed_in,
    put,
    recorded,
    ruled,
    submitted_again,
    unit_says,
)

pytestmark = pytest.mark.django_db


def test_numbers_go_on_by_track_and_are_given_once(made: Open) -> None:
    numbers = [
        handed_in(made, f"题{n}", track=track).number for n, track in enumerate(["创新", "实践", "创新", "创新"])
    ]
    assert numbers == ["A001", "B001", "A002", "A003"]


def test_a_number_comes_back_with_its_entry_and_with_no_other(made: Open) -> None:
    entries = [handed_in(made, f"题{n}") for n in range(2)]
    withdraw_entry(entry=entries[1], by=made["晴川一中"], at=NOW)
    assert handed_in(made, "题3").number == "A003"
    with recorded("entry.draft"):
        take_up_entry(entry=entries[1], by=made["晴川一中"], at=NOW)
    assert (again(entries[1]).state, again(entries[1]).number) == (EntryState.DRAFT, "A002")
    submitted_again(made, entries[1])
    assert again(entries[1]).number == "A002"
    assert entries[1].submissions.count() == 1  # word for word the same
    assert handed_in(made, "题4").number == "A004"


def test_a_returned_entry_keeps_its_number(made: Open) -> None:
    entry = unit_says(made, handed_in(made), Verdict.RETURNED)
    handed_in(made, "题2")
    submitted_again(made, entry)
    assert again(entry).number == "A001"


def test_deleted_drafts_make_no_gap(made: Open) -> None:
    draft = begun(made, "题1")
    handed_in(made, "题2")
    delete_draft(entry=draft, by=made["晴川一中"], at=NOW)
    assert handed_in(made, "题3").number == "A002"


@pytest.mark.parametrize(
    ("pattern", "first", "second"),
    [("{track}{serial}", "A001", "A002"), ("{year}-{serial}", "2026-001", "2026-002"), ("{serial}号", "001号", "002号"),
     ("CX{year}{track}{serial}", "CX2026A001", "CX2026A002"), ("号", "号001", "号002"), ("A.{serial}", "A.001", "A.002")],
)  # fmt: skip
def test_numbers_follow_the_pattern(made: Open, pattern: str, first: str, second: str) -> None:
    ruled(made, settings={"entry_number": pattern})
    assert [handed_in(made, f"题{n}").number for n in range(2)] == [first, second]


def test_numbers_that_came_by_other_ways_are_passed_over(made: Open) -> None:
    for n, number in enumerate(["A017", "AB99", "A-55", "A01x"]):
        put(begun(made, f"旧{n}"), number=number)
    assert handed_in(made).number == "A018"


def test_the_serial_grows_beyond_its_three_digits(made: Open) -> None:
    put(begun(made, "旧"), number="A999")
    assert handed_in(made, "题1").number == "A1000"
    assert handed_in(made, "题2").number == "A1001"


def test_numbers_of_names_what_has_none(made: Open) -> None:
    assert numbers_of([handed_in(made), begun(made, "草稿")]) == "A001、草稿"
