"""One pupil, one entry; no more than a school's quota."""

from typing import Any

import pytest

from competition import drafts
from competition.services.entering import (
    submit_entry,
    take_up_entry,
    withdraw_entry,
)
from competition.states import EntryState, Verdict
from tests.factories.entering import (
    NOW,
    Open,
    again,
    begun,
    give_quota,
    handed_in,
    put,
    refusal,
    ruled,
    submitted_again,
    unit_says,
)

pytestmark = pytest.mark.django_db


def test_one_pupil_enters_once_also_across_schools(made: Open) -> None:
    """张三 of school 1 is co-author of an entry of school 2, and then enters again at home."""
    pair = [{"name": "李四", "grade": 5}, {"name": "张三", "grade": 5, "school": "晴川一中"}]
    first = handed_in(made, "同台", "晴川二中", authors=pair)
    entry = begun(made, authors=[{"name": "张三", "grade": 5}])
    with refusal("entry-incomplete") as found:
        submit_entry(entry=entry, by=made["晴川一中"], at=NOW)
    assert set(found[0].denial.fields) == {"authors-0-name"}
    assert "A001 同台" in found[0].denial.fields["authors-0-name"]
    withdraw_entry(entry=first, by=made["晴川二中"], at=NOW)
    submit_entry(entry=entry, by=made["晴川一中"], at=NOW)
    take_up_entry(entry=first, by=made["晴川二中"], at=NOW)
    with refusal("entry-incomplete"):
        submit_entry(entry=first, by=made["晴川二中"], at=NOW)


@pytest.mark.parametrize(
    "authors",
    [[{"name": "张三", "grade": 5, "code": "2"}], [{"name": "李四", "grade": 5}]],
)
def test_another_pupil_is_another_pupil(made: Open, authors: list[dict[str, Any]]) -> None:
    handed_in(made, "一", authors=[{"name": "张三", "grade": 5}])
    assert handed_in(made, "二", authors=authors).number == "A002"


def test_a_namesake_at_another_school_enters_too(made: Open) -> None:
    handed_in(made, "一", authors=[{"name": "张三", "grade": 5}])
    assert handed_in(made, "二", "西山中学", authors=[{"name": "张三", "grade": 5}]).number == "A002"


def test_a_contest_may_let_a_pupil_enter_twice(made: Open) -> None:
    ruled(made, entries_per_student=2)
    for n in range(2):
        handed_in(made, f"题{n}", authors=[{"name": "张三", "grade": 5}])
    entry = begun(made, "题3", authors=[{"name": "张三", "grade": 5}])
    with refusal("entry-incomplete"):
        submit_entry(entry=entry, by=made["晴川一中"], at=NOW)


@pytest.mark.parametrize("state", [EntryState.NOT_RECOMMENDED, EntryState.NOT_PASSED, EntryState.WITHDRAWN])
def test_an_entry_that_is_out_binds_no_pupil_and_no_place(made: Open, state: EntryState) -> None:
    give_quota(made, 1, school=made.schools["晴川一中"])
    put(handed_in(made, "一", authors=[{"name": "张三", "grade": 5}]), state=state)
    assert handed_in(made, "二", authors=[{"name": "张三", "grade": 5}]).number == "A002"


def test_the_quota_of_a_school_is_kept_at_submission(made: Open) -> None:
    give_quota(made, 2, school=made.schools["晴川一中"])
    first = handed_in(made, "一")
    handed_in(made, "二", track="实践")
    third = begun(made, "三")
    with refusal("entry-incomplete") as found:
        submit_entry(entry=third, by=made["晴川一中"], at=NOW)
    assert set(found[0].denial.fields) == {"quota"}
    assert handed_in(made, "四", "晴川二中").number == "A002"
    withdraw_entry(entry=first, by=made["晴川一中"], at=NOW)
    submit_entry(entry=third, by=made["晴川一中"], at=NOW)
    take_up_entry(entry=first, by=made["晴川一中"], at=NOW)
    with refusal("entry-incomplete"):
        submit_entry(entry=first, by=made["晴川一中"], at=NOW)


def test_the_quota_of_a_track_or_division_counts_only_these(made: Open) -> None:
    school = made.schools["晴川一中"]
    give_quota(made, 1, school=school, track=made.tracks["创新"], division=made.contest.divisions.get(code="primary"))
    handed_in(made, "一")
    handed_in(made, "二", track="实践")
    handed_in(made, "三", division="junior", authors=[{"name": "大孩子", "grade": 8}])
    entry = begun(made, "四")
    with refusal("entry-incomplete"):
        submit_entry(entry=entry, by=made["晴川一中"], at=NOW)


def test_a_returned_entry_needs_no_second_place(made: Open) -> None:
    give_quota(made, 1, school=made.schools["晴川一中"])
    entry = unit_says(made, handed_in(made), Verdict.RETURNED)
    submitted_again(made, entry)
    assert again(entry).state == EntryState.SUBMITTED


def test_without_the_quota_check_a_school_would_send_more(made: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin."""
    give_quota(made, 1, school=made.schools["晴川一中"])
    handed_in(made, "一")
    monkeypatch.setattr(drafts, "places_left", lambda entry, draft: None)
    assert handed_in(made, "二").number == "A002"
