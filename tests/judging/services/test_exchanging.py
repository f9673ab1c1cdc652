"""Move and swap: whole or not at all, refused where something stands against it, and undone to exactly what was."""

from decimal import Decimal

import pytest

from competition.errors import Refused
from competition.models import Entry, Event
from judging.models import Assignment, Conflict, Draft, Judge, PaperReading, Sheet, Sorting
from judging.services import exchanging, marking
from judging.services.assignments import add_assignment, take_assignment
from judging.services.exchanging import move_assignment, swap_assignments, undo_exchange
from judging.services.marking import ask_question
from judging.services.panel import dismiss_judge
from judging.services.paper import PaperTotal, enter_paper
from judging.states import JudgeState
from tests.factories.contests import AT
from tests.factories.judging import Judged, judged_contest

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged() -> Judged:
    """J1 has A1, J2 has A2; the rest is free."""
    made = judged_contest()
    Assignment.objects.exclude(judge__code="J1", entry__number="A1").exclude(
        judge__code="J2", entry__number="A2"
    ).delete()
    assert pairs() == {("J1", "A1"), ("J2", "A2")}
    return made


def pairs() -> set[tuple[str, str]]:
    return set(Assignment.objects.values_list("judge__code", "entry__number"))


def everything() -> list[tuple]:
    return sorted(Assignment.objects.values_list())


def do(judged: Judged) -> dict:
    return {"by": judged.office, "at": AT}


def move(judged: Judged, to: str = "J3") -> int:
    return move_assignment(assignment=judged.work("J1", "A1"), to=judged.judge(to), **do(judged))


def swap(judged: Judged) -> int:
    return swap_assignments(one=judged.work("J1", "A1"), other=judged.work("J2", "A2"), **do(judged))


def refusal(call, *args) -> str:
    """The code, where nothing was changed and nothing was logged."""
    before, events = everything(), Event.objects.count()
    with pytest.raises(Refused) as fault:
        call(*args)
    assert (everything(), Event.objects.count()) == (before, events)
    return fault.value.denial.code


@pytest.mark.parametrize(
    ("act", "after", "action"),
    [
        (move, {("J3", "A1"), ("J2", "A2")}, "assignment.moved"),
        (swap, {("J1", "A2"), ("J2", "A1")}, "assignment.swapped"),
    ],
)
def test_it_is_one_event_and_undo_brings_back_exactly_what_was(judged, act, after, action):
    before, events = everything(), Event.objects.count()
    seq = act(judged)
    assert pairs() == after
    assert Event.objects.count() == events + 1
    assert undo_exchange(contest=judged.contest, seq=seq, **do(judged)) == action
    assert everything() == before
    assert Event.objects.filter(action=f"{action}-back").count() == 1
    assert refusal(lambda: undo_exchange(contest=judged.contest, seq=seq, **do(judged))) == "assignment-gone"


def test_what_was_printed_for_one_judge_opens_nothing_of_another(judged):
    key = judged.work("J1", "A1").key
    move(judged)
    assert not Assignment.objects.filter(key=key).exists()


@pytest.mark.parametrize("act", [move, swap])
@pytest.mark.parametrize("begun", ["sheet", "draft", "question", "sorting", "paper"])
def test_what_was_begun_stays_with_its_judge(judged, act, begun):
    work = judged.work("J1", "A1")
    if begun == "sheet":
        judged.submit()
    elif begun == "draft":
        judged.save()
    elif begun == "question":
        ask_question(assignment=work, kind="doubt", text="？", save="s", by=judged.users["J1"], at=AT)
    elif begun == "sorting":
        Sorting.objects.create(assignment=work, sorted_as="out")
    else:
        PaperReading.objects.create(assignment=work, by=judged.office, marks={}, at=AT)
    assert refusal(act, judged) == ("assignment-has-sheet" if begun == "sheet" else "assignment-begun")
    if begun in ("sorting", "paper"):
        assert refusal(lambda: take_assignment(assignment=work, **do(judged))) == "assignment-begun"


def test_the_other_half_may_stand_against_a_swap_too(judged):
    judged.save(code="J2", entry="A2")
    assert refusal(swap, judged) == "assignment-begun"


@pytest.mark.parametrize(("judge", "entry"), [("J1", "A2"), ("J2", "A1")])
def test_a_conflict_of_either_half_refuses_a_swap(judged, judge, entry):
    Conflict.objects.create(judge=judged.judge(judge), entry=Entry.objects.get(number=entry))
    assert refusal(swap, judged) == "judge-in-conflict"


def test_a_conflict_refuses_a_move_and_so_does_who_left_or_has_it_already(judged):
    conflict = Conflict.objects.create(judge=judged.judge("J3"), entry=Entry.objects.get(number="A1"))
    assert refusal(move, judged) == "judge-in-conflict"
    conflict.delete()
    Judge.objects.filter(code="J3").update(state=JudgeState.DECLINED)
    assert refusal(move, judged) == "judge-declined"
    Judge.objects.filter(code="J3").update(state=JudgeState.ACCEPTED, is_active=False)
    assert refusal(move, judged) == "judge-left"
    assert refusal(move, judged, "J1") == "assigned-already"


def test_who_is_not_the_office_moves_nothing(judged):
    judged.office.roles.all().delete()
    assert refusal(move, judged) == "hidden"


def test_a_fault_in_the_second_half_leaves_the_first_undone(judged, monkeypatch):
    hand_over = exchanging.hand_over

    def failing(assignment, *args):
        if assignment.entry.number == "A2":
            raise RuntimeError("the lights went out")
        hand_over(assignment, *args)

    before, events = everything(), Event.objects.count()
    monkeypatch.setattr(exchanging, "hand_over", failing)
    with pytest.raises(RuntimeError):
        swap(judged)
    assert (everything(), Event.objects.count()) == (before, events)


def test_one_that_was_taken_away_meanwhile_is_not_moved(judged):
    work = judged.work("J1", "A1")
    take_assignment(assignment=work, **do(judged))
    assert refusal(lambda: move_assignment(assignment=work, to=judged.judge("J3"), **do(judged))) == "assignment-gone"


def test_undo_waits_for_nobody_who_has_begun_and_overwrites_nothing(judged):
    seq = swap(judged)

    def undo():
        undo_exchange(contest=judged.contest, seq=seq, **do(judged))

    judged.save(code="J2", entry="A1")
    assert refusal(undo) == "assignment-begun"
    judged.work("J2", "A1").draft.delete()
    one = judged.contest.rounds.get()
    added = add_assignment(one=one, entry=Entry.objects.get(number="A2"), judge=judged.judge("J2"), **do(judged))
    assert refusal(undo) == "assigned-already"
    take_assignment(assignment=added, **do(judged))
    undo()
    assert pairs() == {("J1", "A1"), ("J2", "A2")}


def test_undo_brings_back_a_conflict_that_was_there_and_none_that_came_since(judged):
    conflict = Conflict.objects.create(judge=judged.judge("J1"), entry=Entry.objects.get(number="A1"))
    undo_exchange(contest=judged.contest, seq=move(judged), **do(judged))
    assert ("J1", "A1") in pairs()
    conflict.delete()
    seq = move(judged)
    Conflict.objects.create(judge=judged.judge("J1"), entry=Entry.objects.get(number="A1"))
    assert refusal(lambda: undo_exchange(contest=judged.contest, seq=seq, **do(judged))) == "judge-in-conflict"


@pytest.mark.parametrize("seq", [0, 1])
def test_nothing_but_an_exchange_of_this_contest_is_undone(judged, seq):
    add_assignment(
        one=judged.contest.rounds.get(), entry=Entry.objects.get(number="A3"), judge=judged.judge("J3"), **do(judged)
    )
    assert refusal(lambda: undo_exchange(contest=judged.contest, seq=seq, **do(judged))) == "assignment-gone"


# ---- what was under way while it moved


def test_a_save_under_way_does_not_become_the_draft_of_the_next_judge(judged, monkeypatch):
    real = marking.put_in_draft

    def after_the_move(*args):
        move(judged)
        return real(*args)

    monkeypatch.setattr(marking, "put_in_draft", after_the_move)
    with pytest.raises(Refused) as fault:
        judged.save(37)
    assert fault.value.denial.hide
    assert not Draft.objects.exists()


def test_a_sheet_of_paper_under_way_does_not_count_for_the_next_judge(judged):
    stale = judged.work("J1", "A1")
    move(judged)
    with pytest.raises(Refused) as fault:
        enter_paper(assignment=stale, typed=judged.typed(37), total=PaperTotal(Decimal(37)), save="p", **do(judged))
    assert fault.value.denial.hide
    assert not Sheet.objects.exists()


def test_nothing_moves_to_a_judge_who_was_let_go_meanwhile(judged):
    to = judged.judge("J3")
    dismiss_judge(judge=judged.judge("J3"), **do(judged))
    one = judged.work("J1", "A1")
    with pytest.raises(Refused):
        move_assignment(assignment=one, to=to, **do(judged))
    assert ("J1", "A1") in pairs()


@pytest.mark.parametrize(
    ("fields", "code"), [({"is_active": False}, "judge-left"), ({"state": "declined"}, "judge-declined")]
)
def test_nothing_comes_back_to_who_has_gone_since(judged, fields, code):
    seq = move(judged)
    Judge.objects.filter(code="J1").update(**fields)
    assert refusal(lambda: undo_exchange(contest=judged.contest, seq=seq, **do(judged))) == code
