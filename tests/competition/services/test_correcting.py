"""Corrections after an entry was handed in."""

from dataclasses import replace

import pytest

from competition.models import Author, Correction, Entry, StoredFile
from competition.services import correcting
from competition.services.correcting import correct_entry, reading_digest, wanted_of
from competition.states import ContestState, EntryState
from tests.factories.entering import NOW, handed_in, office_says, put, recommended, recorded, refusal, ruled

AUTHORS = [{"name": "林晓雨", "grade": 5}, {"name": "赵一", "grade": 5}]
TUTORS = [{"name": "周老师", "stage": "primary"}]


def entered(made, **more):
    return handed_in(made, authors=AUTHORS, tutors=TUTORS, **more)


def corrected(made, entry, *, by="office", reason="学校来函", request=None, also=(), seen=None, **changes):
    wanted = replace(wanted_of(entry), **changes)
    return correct_entry(
        entry=entry, wanted=wanted, seen=seen or reading_digest(entry), reason=reason, request=request, also=also,
        by=made[by], at=NOW,
    )  # fmt: skip


def names(entry) -> list[str]:
    return [str(one) for one in Author.objects.filter(entry=entry).select_related("person")]


def test_a_name_is_corrected_as_the_next_version(made):
    entry = entered(made)
    before = entry.submissions.get()
    with recorded("people.added", "entry.corrected"):
        (done,) = corrected(made, entry, authors=("林晓玉", "赵一"))
    assert names(entry) == ["林晓玉", "赵一"]
    assert done.changes == [{"what": "author", "place": 1, "old": "林晓雨", "new": "林晓玉"}]
    assert done.submission.version == before.version + 1
    assert done.submission.content["authors"][0] == {"name": "林晓玉", "grade": 5}
    before.refresh_from_db()
    assert before.content["authors"][0]["name"] == "林晓雨"
    assert Entry.objects.get(pk=entry.pk).state == EntryState.SUBMITTED


def test_the_grade_of_a_corrected_author_stays(made):
    entry = entered(made)
    corrected(made, entry, authors=("林晓玉", "赵一"))
    assert Author.objects.get(entry=entry, order=1).grade == 5


def test_title_and_tutors_are_corrected_together(made):
    entry = entered(made)
    (done,) = corrected(made, entry, title="自动浇花器", tutors=("周老师", "吴老师"))
    assert [one["what"] for one in done.changes] == ["title", "tutor"]
    assert [str(one) for one in entry.tutors.all()] == ["周老师", "吴老师"]


def test_a_tutor_taken_out_is_left_out(made):
    entry = entered(made)
    corrected(made, entry, tutors=("",))
    assert not entry.tutors.exists()


def test_the_school_takes_its_people_along(made):
    entry = entered(made)
    corrected(made, entry, school=made.schools["晴川二中"])
    entry.refresh_from_db()
    assert entry.school == made.schools["晴川二中"]
    assert {one.person.school for one in entry.authors.all()} == {entry.school}


def test_the_same_tutor_is_corrected_in_other_entries(made):
    entry, other = entered(made), handed_in(made, "风车", authors=[{"name": "孙小", "grade": 5}], tutors=TUTORS)
    done = corrected(made, entry, tutors=("邹老师",), also=[other])
    assert [one.entry.pk for one in done] == [entry.pk, other.pk]
    assert [str(one) for one in other.tutors.all()] == ["邹老师"]


def test_a_tutor_of_the_same_name_elsewhere_stays(made):
    entry = entered(made)
    other = handed_in(made, "风车", "西山中学", authors=[{"name": "孙小", "grade": 5}], tutors=TUTORS)
    assert len(corrected(made, entry, tutors=("邹老师",), also=[other])) == 1
    assert [str(one) for one in other.tutors.all()] == ["周老师"]


def test_nothing_to_correct_is_said(made):
    entry = entered(made)
    with refusal("nothing-to-correct"):
        corrected(made, entry)


def test_a_reason_is_asked_for(made):
    entry = entered(made)
    with refusal("correction-without-reason"):
        corrected(made, entry, title="别的", reason="  ")


def test_what_was_read_is_what_is_corrected(made):
    entry = entered(made)
    seen = reading_digest(entry)
    corrected(made, entry, title="别的")
    entry.refresh_from_db()
    with refusal("names-changed"):
        corrected(made, entry, title="第三", seen=seen)


def test_a_correction_breaks_no_rule(made):
    """One entry a pupil: the corrected name is in another entry already."""
    entry = entered(made)
    handed_in(made, "风车", authors=[{"name": "孙小", "grade": 5}])
    with refusal("correction-breaks-rule") as found:
        corrected(made, entry, authors=("孙小", "赵一"))
    assert "孙小" in str(found[0])


def test_one_person_is_no_tutor_twice(made):
    entry = entered(made)
    with refusal("correction-breaks-rule"):
        corrected(made, entry, tutors=("周老师", "周老师"))


def test_a_rule_is_what_refuses(made, monkeypatch):
    """The twin: without asking the rules the second entry of the pupil would stand."""
    entry = entered(made)
    handed_in(made, "风车", authors=[{"name": "孙小", "grade": 5}])
    monkeypatch.setattr(correcting, "refuse_shortfalls", lambda entry, found: None)
    corrected(made, entry, authors=("孙小", "赵一"))
    assert Author.objects.filter(person__name="孙小").count() == 2


def test_a_school_of_another_unit_needs_a_place_there(made):
    entry = recommended(made, authors=AUTHORS)
    made.contest.quotas.create(district=made.units["西区"], most=0)
    with refusal("quota-reached"):
        corrected(made, entry, school=made.schools["西山中学"])


@pytest.mark.parametrize("state", [EntryState.RETURNED, EntryState.DRAFT, EntryState.WITHDRAWN])
def test_what_the_school_has_is_the_schools(made, state):
    entry = put(entered(made), state=state)
    with refusal("entry-with-school"):
        corrected(made, entry, title="别的")


@pytest.mark.parametrize("who", ["晴川一中", "东区", "stranger"])
def test_only_the_office_corrects(made, who):
    entry = entered(made)
    with refusal("hidden"):
        corrected(made, entry, title="别的", by=who)


@pytest.mark.parametrize("state", [ContestState.LOCKED, ContestState.PUBLISHED])
def test_from_the_lock_on_a_stamped_request_is_needed(made, state):
    entry = office_says(made, recommended(made, authors=AUTHORS))
    ruled(made, state=state)
    entry.contest.refresh_from_db()
    with refusal("request-missing"):
        corrected(made, entry, title="别的")
    paper = StoredFile.objects.create(sha256="1" * 64, size=1, kind="pdf", media_type="application/pdf", stored_at=NOW)
    (done,) = corrected(made, entry, title="别的", request=paper)
    assert Correction.objects.get() == done


PAIR = [{"name": "林晓雨", "grade": 5, "code": "1"}, {"name": "赵一", "grade": 6, "code": "2", "school": "晴川二中"}]


def people(entry) -> list[tuple[str, int, str, str]]:
    rows = Author.objects.filter(entry=entry).select_related("person__school")
    return [(one.person.name, one.grade, one.person.code, one.person.school.name) for one in rows]


def test_a_changed_order_keeps_everybody_who_they_are(made):
    entry = handed_in(made, authors=PAIR, tutors=TUTORS)
    before = people(entry)
    corrected(made, entry, authors=("赵一", "林晓雨"))
    assert people(entry) == before[::-1]


def test_who_teaches_at_the_school_goes_along_also_where_it_was_written_out(made):
    entry = handed_in(made, authors=AUTHORS, tutors=[{"name": "周老师", "school": "晴川一中"}])
    corrected(made, entry, school=made.schools["晴川二中"])
    assert entry.tutors.get().person.school == made.schools["晴川二中"]


def test_rows_that_came_otherwise_count_more_than_what_was_typed(made):
    entry = entered(made)
    entry.authors.get(order=2).delete()  # as a workbook loads it anew
    Entry.objects.filter(pk=entry.pk).update(draft={"authors": AUTHORS, "tutors": [], "pledges": []})
    corrected(made, Entry.objects.get(pk=entry.pk), authors=("林晓玉",))
    assert names(entry) == ["林晓玉"]


def test_a_fault_that_was_there_is_no_leave_for_another(made, monkeypatch):
    """A pupil in two entries already is not exchanged for another child who is in one."""
    entry = entered(made)
    handed_in(made, "风车", authors=[{"name": "孙小", "grade": 5}])
    handed_in(made, "水车", authors=[{"name": "钱二", "grade": 5}])
    with monkeypatch.context() as without_rule:
        without_rule.setattr(correcting, "refuse_shortfalls", lambda entry, found: None)
        corrected(made, entry, authors=("孙小", "赵一"))
    with refusal("correction-breaks-rule"):
        corrected(made, Entry.objects.get(pk=entry.pk), authors=("钱二", "赵一"))
