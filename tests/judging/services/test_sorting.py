"""A judge's own sorting: it counts nowhere, and whoever may not look at a work does not sort it."""

import pytest
from django.db import IntegrityError, transaction

from competition.errors import Refused
from competition.models import Contest, Event, User
from judging.models import Assignment, Conflict, Round, RoundEntry, Sorting
from judging.services.sorting import sort_work
from judging.services.standings import computed_standings
from judging.states import SortedAs
from tests.factories.contests import AT
from tests.factories.judging import Judged, judged_contest

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged() -> Judged:
    return judged_contest()


def sort(judged: Judged, sorted_as: SortedAs, code: str = "J1", by: User | None = None, entry: str = "A1") -> None:
    sort_work(assignment=judged.work(code, entry), sorted_as=sorted_as, by=by or judged.users[code], at=AT)


def refused(*args, **more) -> str:
    with pytest.raises(Refused) as fault:
        sort(*args, **more)
    return fault.value.denial.code


def test_what_was_put_there_last_stands(judged):
    for one in (SortedAs.SHORTLIST, SortedAs.OUT):
        sort(judged, one)
    assert Sorting.objects.get().sorted_as == SortedAs.OUT
    sort(judged, SortedAs.NONE)
    assert not Sorting.objects.exists()


def test_sorting_raises_no_revision_and_is_in_no_log(judged):
    judged.save(80)
    events = Event.objects.count()
    sort(judged, SortedAs.SHORTLIST)
    assert judged.work().revision == 1
    judged.save(81, base=1)  # a page on which marks are typed meanwhile is none the older
    assert Event.objects.count() == events


def test_sorting_changes_no_standing(judged):
    for code in ("J1", "J2", "J3"):
        judged.submit(80, code=code)
    before = computed_standings(judged.contest)
    sort(judged, SortedAs.OUT)
    assert computed_standings(judged.contest) == before


def test_each_judge_sorts_their_own(judged):
    sort(judged, SortedAs.SHORTLIST)
    sort(judged, SortedAs.OUT, code="J2")
    assert sorted(Sorting.objects.values_list("assignment__judge__code", "sorted_as")) == [
        ("J1", "shortlist"), ("J2", "out")
    ]  # fmt: skip


@pytest.mark.parametrize("who", ["J2", "office"])
def test_nobody_sorts_for_another(judged, who):
    by = judged.office if who == "office" else judged.users[who]
    assert refused(judged, SortedAs.OUT, by=by) == "hidden"


def test_who_may_not_look_does_not_sort(judged):
    Conflict.objects.create(judge=judged.judge(), entry=judged.made.entries["A1"])
    assert refused(judged, SortedAs.OUT) == "hidden"
    RoundEntry.objects.filter(entry__number="A2").delete()
    assert refused(judged, SortedAs.OUT, entry="A2") == "hidden"
    assert not Sorting.objects.exists()


def test_before_the_round_and_after_handing_in_it_is_still_sorted(judged):
    judged.submit(80)
    Round.objects.update(closes_at=AT)
    sort(judged, SortedAs.UNDECIDED)
    assert Sorting.objects.exists()


@pytest.mark.parametrize(("state", "code"), [("decision", "wrong-state"), ("published", "hidden")])
def test_once_judging_is_over_nothing_is_sorted(judged, state, code):
    Contest.objects.filter(pk=judged.contest.pk).update(state=state)
    assert refused(judged, SortedAs.SHORTLIST) == code


def test_a_work_that_was_taken_away_meanwhile_is_refused(judged, monkeypatch):
    """Between the rule and the lock."""
    monkeypatch.setattr("judging.services.sorting.why_not_sort", lambda *args, **more: None)
    work = judged.work()
    Assignment.objects.filter(pk=work.pk).delete()
    with pytest.raises(Refused) as fault:
        sort_work(assignment=work, sorted_as=SortedAs.OUT, by=judged.users["J1"], at=AT)
    assert fault.value.denial.code == "hidden"


def test_the_office_takes_a_work_away_with_its_sorting(judged):
    """It is no mark: nothing is kept for it."""
    sort(judged, SortedAs.SHORTLIST)
    judged.work().delete()
    assert not Sorting.objects.exists()


def test_what_is_not_sorted_has_no_row(judged):
    with pytest.raises(IntegrityError), transaction.atomic():
        Sorting.objects.create(assignment=judged.work(), sorted_as=SortedAs.NONE)
