"""Who marks what: proposed before it is done, what is there kept, no conflict ever."""

import random

import pytest

from competition.errors import Refused
from competition.models import Entry, Event, School
from judging.conflicts import conflicted_pairs
from judging.models import Assignment, Conflict, Judge, Rubric
from judging.services.assignments import add_assignment, assign_judges, propose_assignments, take_assignment
from judging.services.panel import JudgeFacts, add_judge, dismiss_judge
from judging.states import JudgeState
from tests.factories.contests import AT
from tests.factories.judging import Judged, judged_contest

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged() -> Judged:
    made = judged_contest()
    Rubric.objects.update(reviews=2)
    return made


def emptied(judged: Judged) -> Judged:
    Assignment.objects.all().delete()
    return judged


def pairs() -> set[tuple[str, str]]:
    return set(Assignment.objects.values_list("judge__code", "entry__number"))


def do(judged: Judged) -> dict:
    return {"by": judged.office, "at": AT}


def test_looking_changes_nothing_and_doing_does_what_was_shown(judged):
    emptied(judged)
    events = Event.objects.count()
    proposal = propose_assignments(judged.contest, seed=7)
    assert (proposal.added, proposal.kept, proposal.released) == (6, 0, 0)
    assert pairs() == set()
    assert Event.objects.count() == events
    assert assign_judges(contest=judged.contest, seed=7, shown=proposal.digest, **do(judged)) == 6
    shown = {(judge.code, entry.number) for part in proposal.parts for entry, judge in part.added}
    assert pairs() == shown
    assert Event.objects.get(action="assignments.solver").body["seed"] == 7


def test_equal_rows_and_seed_give_the_equal_assignment(judged):
    emptied(judged)
    first, again = (propose_assignments(judged.contest, seed=7) for _ in range(2))
    assert first.digest == again.digest
    assert len({propose_assignments(judged.contest, seed=seed).digest for seed in range(20)}) > 1


def test_what_is_there_stays_when_a_late_entry_comes(judged):
    emptied(judged)
    assign_judges(contest=judged.contest, seed=7, **do(judged))
    before = pairs()
    late = Entry.objects.get(number="A1")
    late.pk, late.key, late.number, late.order = None, "a" * 26, "A4", 4
    late.save()
    judged.contest.rounds.get().round_entries.create(entry=late)
    assign_judges(contest=judged.contest, seed=7, **do(judged))
    assert before < pairs()
    assert len(pairs()) == 8


def test_who_left_is_replaced_and_what_they_handed_in_stays(judged):
    emptied(judged)
    add_judge(contest=judged.contest, facts=JudgeFacts("后备"), **do(judged))
    assign_judges(contest=judged.contest, seed=3, **do(judged))
    entry = next(number for code, number in sorted(pairs()) if code == "J1")
    judged.submit(80, entry=entry)
    dismiss_judge(judge=judged.judge(), **do(judged))
    proposal = propose_assignments(judged.contest, seed=3)
    assert ("J1", entry) in {(row.judge.code, row.entry.number) for part in proposal.parts for row in part.kept}
    assign_judges(contest=judged.contest, seed=3, **do(judged))
    assert [number for code, number in pairs() if code == "J1"] == [entry]
    assert len(pairs()) == 6


@pytest.mark.parametrize("change", ["declined", "left", "conflict", "withdrawn"])
def test_what_may_not_stay_goes(judged, change):
    judge = judged.judge()
    if change == "declined":
        Judge.objects.filter(pk=judge.pk).update(state=JudgeState.DECLINED)
    elif change == "left":
        Judge.objects.filter(pk=judge.pk).update(is_active=False)
    elif change == "conflict":
        Conflict.objects.create(judge=judge, school=School.objects.get())
    else:
        Entry.objects.filter(number="A1").update(state="withdrawn")
    proposal = propose_assignments(judged.contest, seed=1)
    assert proposal.released == 3
    assign_judges(contest=judged.contest, seed=1, **do(judged))
    left = pairs()
    assert not [one for one in left if (one[1] == "A1" if change == "withdrawn" else one[0] == "J1")]


def test_something_else_than_was_shown_is_not_done(judged):
    emptied(judged)
    proposal = propose_assignments(judged.contest, seed=7)
    shown = proposal.digest
    entry, judge = proposal.parts[0].added[0]
    Conflict.objects.create(judge=judge, entry=entry)
    with pytest.raises(Refused) as fault:
        assign_judges(contest=judged.contest, seed=7, shown=shown, **do(judged))
    assert fault.value.denial.code == "assignment-changed"
    assert pairs() == set()


def test_a_case_that_cannot_be_solved_is_told_in_words(judged):
    emptied(judged)
    for code in ("J1", "J2"):
        Conflict.objects.create(judge=judged.judge(code), entry=Entry.objects.get(number="A1"))
    (case,) = propose_assignments(judged.contest, seed=1).shortages
    assert "A1" in case
    assert "2" in case
    with pytest.raises(Refused) as fault:
        assign_judges(contest=judged.contest, seed=1, **do(judged))
    assert fault.value.denial.code == "no-judge-left"


@pytest.mark.parametrize("seed", range(8))
def test_no_conflict_ever_and_loads_within_limits(judged, seed):
    emptied(judged)
    chance = random.Random(seed)
    for number in range(4):
        add_judge(
            contest=judged.contest, facts=JudgeFacts(f"后备{number}", max_load=chance.choice([0, 1, 2])), **do(judged)
        )
    for judge in judged.contest.judges.all():
        for entry in judged.contest.entries.all():
            if chance.random() < 0.25:
                Conflict.objects.create(judge=judge, entry=entry)
    if propose_assignments(judged.contest, seed=seed).shortages:
        return
    assign_judges(contest=judged.contest, seed=seed, **do(judged))
    found = set(Assignment.objects.values_list("judge", "entry"))
    assert not found & conflicted_pairs(judged.contest)
    for judge in judged.contest.judges.exclude(max_load=0):
        assert judge.assignments.count() <= judge.max_load


def test_by_hand_one_is_added_and_taken_and_a_conflict_refuses(judged):
    emptied(judged)
    one, entry, judge = judged.contest.rounds.get(), Entry.objects.get(number="A1"), judged.judge()
    made = add_assignment(one=one, entry=entry, judge=judge, **do(judged))
    with pytest.raises(Refused, match="A1"):
        add_assignment(one=one, entry=entry, judge=judge, **do(judged))
    take_assignment(assignment=made, **do(judged))
    assert pairs() == set()
    Conflict.objects.create(judge=judge, entry=entry)
    with pytest.raises(Refused) as fault:
        add_assignment(one=one, entry=entry, judge=judge, **do(judged))
    assert fault.value.denial.code == "judge-in-conflict"
    with pytest.raises(Refused):
        add_assignment(one=one, entry=entry, judge=judged.judge("J2"), by=judged.users["J1"], at=AT)
    assert pairs() == set()


def test_by_hand_what_was_handed_in_is_not_taken(judged):
    judged.submit(80)
    with pytest.raises(Refused) as fault:
        take_assignment(assignment=judged.work(), **do(judged))
    assert fault.value.denial.code == "assignment-has-sheet"
