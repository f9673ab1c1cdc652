"""Everybody who won has one seat and one badge, beside their school."""

import pytest

from awards.ceremony_style import CeremonyStyle
from awards.core.seating import TooFewSeats
from awards.outputs.guests import delegations_of
from awards.outputs.seating import plan_paper, seating_pdf, seatings_of
from awards.services.lists import lock_list, standing_list
from competition.models import Author, Entry, School, Tutor
from tests.awards.pdf.reading import assert_sound, texts
from tests.factories.contests import AT, decided
from tests.factories.sheets import small

pytestmark = pytest.mark.django_db
STYLE = CeremonyStyle(rows=4, seats=8, front=1)


@pytest.fixture
def made():
    contest = decided(small())
    lock_list(contest=contest, by=None, at=AT)
    return standing_list(contest)


def names(made) -> dict[str, list[str]]:
    return {one.name: [guest.name for guest in one.guests.values()] for one in delegations_of([made])}


def test_every_winner_and_tutor_comes_once_with_their_school(made):
    assert names(made) == {
        "晴川一中": ["学生A1", "老师A1", "学生A3", "老师A3", "学生A5", "老师A5"],
        "晴川二中": ["学生A2", "老师A2", "学生A4", "老师A4"],
    }


def test_who_is_on_two_lines_comes_once_and_two_of_one_name_come_both(made):
    tutor = Tutor.objects.get(entry__number="A1")
    Tutor.objects.filter(entry__number="A3").update(person=tutor.person)
    other = Author.objects.get(entry__number="A5").person
    Entry.objects.get(number="A1").authors.get().person.__class__.objects.filter(pk=other.pk).update(
        name="学生A1", code="2"
    )
    for number, key, name in (("A3", "tutors", "老师A1"), ("A5", "authors", "学生A1")):
        award = made.awards.get(entry__number=number)
        award.said[key] = [name]
        award.save(update_fields=["said"])
    assert sorted(names(made)["晴川一中"]) == ["学生A1", "学生A1", "学生A3", "老师A1", "老师A5"]


def test_who_has_won_with_two_schools_comes_once(made):
    tutor = Tutor.objects.get(entry__number="A1").person
    Tutor.objects.filter(entry__number="A2").update(person=tutor)
    award = made.awards.get(entry__number="A2")
    award.said["tutors"] = [tutor.name]
    award.save(update_fields=["said"])
    found = names(made)
    assert [name for guests in found.values() for name in guests].count("老师A1") == 1
    assert "老师A2" not in found["晴川二中"]


def test_schools_sit_in_the_chosen_order_with_their_leaders(made):
    called = seatings_of([made], STYLE)
    assert [(one.school, one.students, one.tutors, one.leaders) for one in called] == [
        ("晴川一中", 3, 3, 1), ("晴川二中", 2, 2, 1)
    ]  # fmt: skip
    assert [one.blocks[0].row for one in called] == [2, 3]
    School.objects.filter(name="晴川一中").update(district=School.objects.get(name="晴川二中").district, name="晴川中")
    units = seatings_of([standing_list(made.contest)], CeremonyStyle(rows=4, seats=8, order="units"))
    assert [one.school for one in units] == ["晴川二中", "晴川中"]
    students = seatings_of([made], CeremonyStyle(rows=4, seats=8, seated="students", leaders=0))
    assert [one.count for one in students] == [3, 2]


def test_a_hall_that_is_too_small_seats_nobody(made):
    with pytest.raises(TooFewSeats):
        seatings_of([made], CeremonyStyle(rows=2, seats=8, front=1))


def test_list_and_plan_are_a_sound_pdf_and_the_same_twice(made):
    data = seating_pdf(made.contest, [made], STYLE)
    assert_sound(data)
    pages = texts(data)
    assert "第2排1–7号" in pages[0] and "嘉宾席" in pages[1] and "1–5号晴川二中" in pages[1]
    assert seating_pdf(made.contest, [made], STYLE) == data
    [group] = plan_paper(made.contest, seatings_of([made], STYLE), STYLE).groups
    assert [row[0] for row in group.rows] == ["1", "2", "3", "4"]
