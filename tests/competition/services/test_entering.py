"""An entry from its first letter to its receipt: every service, every refusal, nothing half-written."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError

from competition import access, drafts
from competition.models import Contest, Entry, Event, Material, Person, School, Submission, Track
from competition.services import entering
from competition.services.accounts import grant_role
from competition.services.entering import (
    delete_draft,
    import_entries,
    locked_entry,
    numbers_of,
    save_draft,
    start_entry,
    submit_entry,
    take_up_entry,
    withdraw_entry,
)
from competition.services.places import decide_school
from competition.states import ENTRY_MOVES, ContestState, EntryState, RoleKind, SchoolState, Verdict
from tests.factories.entering import (
    CLOSES,
    NOW,
    OPENS,
    TICK,
    Open,
    again,
    begun,
    changes_for,
    everything,
    give_quota,
    handed_in,
    named,
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
AT = NOW + timedelta(hours=1)


def start(made: Open, *, by: Any = None, school: str = "晴川一中", at: datetime = NOW) -> Entry:
    return start_entry(
        contest=made.contest,
        school=made.schools[school],
        track=made.tracks["创新"],
        by=by or made.teacher(school),
        at=at,
    )


# ---- beginning


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


# ---- typing


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


# ---- who and when, for every service that changes an entry


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


# ---- handing in


def test_submit_entry_gives_number_rows_receipt_and_state(made: Open) -> None:
    entry = begun(made, authors=[{"name": "张三", "grade": 5, "code": "7"}, {"name": "李四", "grade": 6}])
    with recorded("people.added", "entry.handed-in", "entry.submitted"):
        receipt = submit_entry(entry=entry, by=made["晴川一中"], at=AT)
    found = again(entry)
    assert (found.state, found.number, found.submitted_at) == (EntryState.SUBMITTED, "A001", AT)
    assert [(one.person.name, one.person.code, one.grade, one.order) for one in found.authors.all()] == [
        ("张三", "7", 5, 1), ("李四", "", 6, 2),
    ]  # fmt: skip
    assert [str(one) for one in found.tutors.all()] == ["王老师"]
    assert {one.school.name for one in Person.objects.all()} == {"晴川一中"}
    assert (receipt.version, receipt.at, receipt.by) == (1, AT, made["晴川一中"])
    assert receipt.content["number"] == "A001"
    assert receipt.content["authors"] == [{"name": "张三", "code": "7", "grade": 5}, {"name": "李四", "grade": 6}]
    assert [one["kind"] for one in receipt.content["files"]] == ["report"]
    assert receipt.content["files"][0]["sha256"] == "0" * 64


def test_the_log_says_nothing_personal(made: Open) -> None:
    handed_in(made)
    said = str(list(Event.objects.filter(chain__contest=made.contest).values_list("body", "subject")))
    assert not any(word in said for word in ("浇花器", "王老师", "晴川"))


@pytest.mark.parametrize("track", ["创新", "实践", "科幻画"])
def test_every_track_of_the_factory_can_be_handed_in(made: Open, track: str) -> None:
    assert handed_in(made, track=track).number == {"创新": "A001", "实践": "B001", "科幻画": "C001"}[track]


def test_without_the_step_of_units_it_goes_to_the_office(made: Open) -> None:
    ruled(made, has_unit_step=False)
    entry = begun(made)
    with recorded("people.added", "entry.handed-in", "entry.recommended"):
        submit_entry(entry=entry, by=made["晴川一中"], at=NOW)
    assert again(entry).state == EntryState.RECOMMENDED


def test_an_incomplete_entry_is_refused_field_by_field(made: Open) -> None:
    entry = start(made)
    with refusal("entry-incomplete") as found:
        submit_entry(entry=entry, by=made["晴川一中"], at=NOW)
    assert set(found[0].denial.fields) == {
        "title", "division", "abstract", "authors-0-name", "material-report", "pledge-integrity",
    }  # fmt: skip
    assert found[0].denial.facts["count"] == 6


def test_a_pupil_too_old_on_the_day_in_shanghai(made: Open) -> None:
    """Fifteen on 11 March: in Shanghai that is from 16:00 UTC of the 10th on."""
    entry = begun(
        made, track="科幻画", authors=[{"name": "张三", "grade": 8, "born_on": "2011-03-11"}], division="junior"
    )
    with refusal("entry-incomplete") as found:
        submit_entry(entry=entry, by=made["晴川一中"], at=datetime(2026, 3, 10, 16, tzinfo=UTC))
    assert set(found[0].denial.fields) == {"authors-0-born_on"}
    submit_entry(entry=entry, by=made["晴川一中"], at=datetime(2026, 3, 10, 16, tzinfo=UTC) - TICK)


def test_a_removed_file_does_not_count(made: Open) -> None:
    entry = begun(made)
    Material.objects.update(is_removed=True)
    with refusal("entry-incomplete") as found:
        submit_entry(entry=entry, by=made["晴川一中"], at=NOW)
    assert set(found[0].denial.fields) == {"material-report"}


def test_what_was_handed_in_stays_word_for_word(made: Open) -> None:
    entry = unit_says(made, handed_in(made), Verdict.RETURNED)
    first = Submission.objects.get()
    save_draft(entry=entry, changes=changes_for("新题目"), by=made["晴川一中"], at=AT)
    second = submitted_again(made, entry, AT)
    assert (second.version, second.content["title"]) == (2, "新题目")
    kept = Submission.objects.get(pk=first.pk)
    assert (kept.content, kept.digest, kept.at) == (first.content, first.digest, first.at)
    assert first.content["title"] == "浇花器"
    assert first.digest != second.digest
    assert [one.person.name for one in again(entry).authors.all()] == ["新题目作者"]


# ---- numbers


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
    assert entries[1].submissions.count() == 2
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


# ---- one pupil, one entry; quotas of schools


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


# ---- withdrawing


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


# ---- after a return


def test_a_returned_entry_has_its_own_deadline(made: Open) -> None:
    until = CLOSES + timedelta(days=3)
    entry = unit_says(made, handed_in(made), Verdict.RETURNED, until=until)
    save_draft(entry=entry, changes={"title": "新"}, by=made["晴川一中"], at=until - TICK)
    for name in ("save", "submit"):
        with refusal("correction-too-late"):
            EDITS[name](entry, by=made["晴川一中"], at=until)
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
    assert entry.submissions.count() == 3


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


# ---- people of other schools


def test_people_are_found_again_and_not_made_twice(made: Open) -> None:
    entry = unit_says(made, handed_in(made), Verdict.RETURNED)
    people = set(Person.objects.values_list("pk", flat=True))
    with recorded("entry.handed-in", "entry.submitted"):
        submitted_again(made, entry)
    assert set(Person.objects.values_list("pk", flat=True)) == people


def test_a_co_author_of_another_school_is_its_pupil(made: Open) -> None:
    pair = [{"name": "张三", "grade": 5}, {"name": "李四", "grade": 5, "school": "晴川二中"}]
    entry = handed_in(made, authors=pair)
    assert [one.person.school.name for one in entry.authors.all()] == ["晴川一中", "晴川二中"]


def test_a_co_author_of_another_district_is_refused(made: Open) -> None:
    pair = [{"name": "张三", "grade": 5}, {"name": "李四", "grade": 5, "school": "西山中学"}]
    entry = begun(made, authors=pair)
    with refusal("entry-incomplete") as found:
        submit_entry(entry=entry, by=made["晴川一中"], at=NOW)
    assert set(found[0].denial.fields) == {"authors-1-school"}


def test_a_tutor_of_an_unknown_school_beside_a_namesake_is_no_crash(made: Open) -> None:
    entry = begun(made, tutors=[{"name": "王老师"}, {"name": "王老师", "school": "没有这所学校"}])
    try:
        submit_entry(entry=entry, by=made["晴川一中"], at=NOW)
    except entering.Refused:
        pass
    except IntegrityError as crash:
        pytest.fail(f"A sentence was due, not {crash}")


def test_an_author_of_an_unknown_school_is_refused(made: Open) -> None:
    entry = begun(made, authors=[{"name": "张三", "grade": 5, "school": "晴川第一中学"}])
    with refusal("entry-incomplete"):
        submit_entry(entry=entry, by=made["晴川一中"], at=NOW)


def test_a_misspelt_school_gives_no_second_entry(made: Open) -> None:
    handed_in(made, "一", authors=[{"name": "张三", "grade": 5}])
    entry = begun(made, "二", authors=[{"name": "张三", "grade": 5, "school": "晴川一中 "}])
    with refusal("entry-incomplete"):
        submit_entry(entry=entry, by=made["晴川一中"], at=NOW)


def test_the_name_of_ones_own_school_means_ones_own_school(made: Open) -> None:
    """Both districts have a 中心小学; the other one was there first."""
    school, other = made.schools["晴川一中"], made.schools["西山中学"]
    School.objects.filter(pk__in=[school.pk, other.pk]).update(name="中心小学")
    older, newer = sorted((school, other), key=lambda one: one.pk)
    by = made["西山中学"] if newer.pk == other.pk else made["晴川一中"]
    entry = start_entry(contest=made.contest, school=newer, track=made.tracks["创新"], by=by, at=NOW)
    pair = [{"name": "张三", "grade": 5}, {"name": "李四", "grade": 5, "school": "中心小学"}]
    save_draft(entry=entry, changes=changes_for("浇花器", authors=pair), by=by, at=NOW)
    named(made, entry, by=by)
    submit_entry(entry=entry, by=by, at=NOW)
    assert older.pk not in again(entry).authors.values_list("person__school", flat=True)


def test_a_pledge_that_was_not_given_is_not_given_by_withdrawing(made: Open) -> None:
    entry = put(handed_in(made), draft={})  # as an entry is that came with a workbook
    withdraw_entry(entry=entry, by=made["晴川一中"], at=NOW)
    assert again(entry).draft["pledges"] == ["integrity"]


# ---- nothing half-written


STEPS_OF_SUBMISSION = ["next_number", "save_authors", "write_down", "state_after_submission", "move"]


@pytest.mark.parametrize("step", STEPS_OF_SUBMISSION)
def test_a_submission_that_breaks_half_way_writes_nothing(
    made: Open, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = begun(made)
    before = everything()

    def breaks(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError(step)

    monkeypatch.setattr(entering, step, breaks)
    with pytest.raises(RuntimeError, match=step):
        submit_entry(entry=entry, by=made["晴川一中"], at=NOW)
    assert everything() == before


def test_the_second_click_on_submit_is_refused(made: Open) -> None:
    entry = begun(made)
    stale = again(entry)
    submit_entry(entry=entry, by=made["晴川一中"], at=NOW)
    with refusal("entry-handed-in"):
        submit_entry(entry=stale, by=made["晴川一中"], at=NOW)


def test_of_two_submissions_at_once_the_slower_is_refused_whole(made: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have read the draft before either has handed it in: one receipt, one number."""
    entry = begun(made)
    stale = again(entry)
    submit_entry(entry=entry, by=made["晴川一中"], at=NOW)
    monkeypatch.setattr(entering, "locked_entry", lambda pk: stale)
    with refusal("changed-meanwhile"):
        submit_entry(entry=entry, by=made["晴川一中"], at=NOW)


def test_locked_entry_comes_with_what_its_rules_ask(made: Open, django_assert_num_queries: Any) -> None:
    entry = begun(made)
    with django_assert_num_queries(3):
        found = locked_entry(entry.pk)
        assert (found.contest, found.track, found.school.district) == (made.contest, entry.track, made.units["东区"])


# ---- a list taken in


@pytest.fixture
def lines(made: Open) -> list[Any]:
    from competition.importing import Line

    school, track = made.schools["晴川一中"], made.tracks["创新"]
    old = begun(made, "旧题")
    return [
        Line(2, "新题", school=school, track=track, values=changes_for("新题")),
        Line(3, "旧题", status="changed", entry=old, school=school, track=track, values={"abstract": "改过"}),
    ]


def test_import_entries_takes_in_new_and_changed_with_one_event(made: Open, lines: list[Any]) -> None:
    with recorded("drafts.imported"):
        assert import_entries(contest=made.contest, lines=lines, by=made["晴川一中"], at=NOW) == (1, 1)
    assert {one.title: one.abstract for one in Entry.objects.all()} == {"旧题": "改过", "新题": "它自己浇花。"}
    assert Event.objects.latest("pk").body == {"new": 1, "changed": 1}


def test_import_entries_takes_nothing_in_twice(made: Open, lines: list[Any]) -> None:
    import_entries(contest=made.contest, lines=lines[:1], by=made["晴川一中"], at=NOW)
    with refusal("list-outdated"):
        import_entries(contest=made.contest, lines=lines, by=made["晴川一中"], at=NOW)
    withdraw_entry(entry=Entry.objects.get(title="新题"), by=made["晴川一中"], at=NOW)
    assert import_entries(contest=made.contest, lines=lines, by=made["晴川一中"], at=NOW) == (1, 1)


def test_import_entries_of_nothing_is_no_event(made: Open) -> None:
    with recorded():
        assert import_entries(contest=made.contest, lines=[], by=made["晴川一中"], at=NOW) == (0, 0)


def test_import_entries_takes_all_or_none_and_never_what_was_handed_in(made: Open, lines: list[Any]) -> None:
    submit_entry(entry=lines[1].entry, by=made["晴川一中"], at=NOW)
    with refusal("entry-handed-in"):
        import_entries(contest=made.contest, lines=lines, by=made["晴川一中"], at=NOW)


@pytest.mark.parametrize(("who", "at", "code"), [("西山中学", NOW, "hidden"), ("晴川一中", CLOSES, "entries-closed")])
def test_import_entries_asks_the_rule_of_every_line(
    made: Open, lines: list[Any], who: str, at: datetime, code: str
) -> None:
    with refusal(code):
        import_entries(contest=made.contest, lines=lines, by=made[who], at=at)


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


def test_the_factory_gives_what_it_says(made: Open) -> None:
    """Against a slip in the tests themselves."""
    assert {one.name: one.district.label_zh for one in made.schools.values()} == {
        "晴川一中": "东区", "晴川二中": "东区", "西山中学": "西区",
    }  # fmt: skip
    assert Track.objects.get(label_zh="科幻画").max_age == 14
