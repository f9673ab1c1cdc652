"""Authors and tutors as rows: found again, also those of other schools."""

import pytest
from django.db import IntegrityError

from competition.models import Person, School
from competition.services import entering
from competition.services.entering import (
    save_draft,
    start_entry,
    submit_entry,
    withdraw_entry,
)
from competition.states import Verdict
from tests.factories.entering import (
    NOW,
    Open,
    again,
    begun,
    changes_for,
    handed_in,
    named,
    put,
    recorded,
    refusal,
    submitted_again,
    unit_says,
)

pytestmark = pytest.mark.django_db


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
