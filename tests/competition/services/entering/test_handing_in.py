"""Handing in: a receipt that stays word for word, and nothing half-written."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from competition.models import Event, Material, Person, Submission
from competition.services import entering
from competition.services.entering import (
    locked_entry,
    save_draft,
    submit_entry,
)
from competition.states import EntryState, Verdict
from tests.factories.entering import (
    NOW,
    TICK,
    Open,
    again,
    begun,
    changes_for,
    everything,
    handed_in,
    recorded,
    refusal,
    ruled,
    start,
    submitted_again,
    unit_says,
)

pytestmark = pytest.mark.django_db
AT = NOW + timedelta(hours=1)


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
