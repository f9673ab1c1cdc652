"""An assignment goes from one judge to another, or two judges exchange two entries; and back to exactly what was.

The row of an assignment stays and changes hands, so that nothing can be half done and nothing lost. Its key is a new
one: what was printed for one judge opens nothing of another.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from competition import events
from competition.core.tokens import random_key
from competition.errors import Denial, Refused
from competition.models import Contest, Event, User
from judging.access import why_not_assign_judges
from judging.models import Assignment, Judge
from judging.pairing import Step, swap_of
from judging.services.assignments import why_in_conflict, why_not_judging, why_not_let_go, why_not_pair
from judging.states import AssignedBy

MOVED, SWAPPED = "assignment.moved", "assignment.swapped"
BACK = {MOVED: "assignment.moved-back", SWAPPED: "assignment.swapped-back"}


@transaction.atomic
def move_assignment(*, assignment: Assignment, to: Judge, by: User, at: datetime) -> int:
    """Another judge has this entry instead; the number of its event, by which it is undone.

    raises   Refused where a conflict or what was begun stands against it, "assignment-gone"
    """
    return exchange([Step(assignment, to)], MOVED, by=by, at=at)


@transaction.atomic
def swap_assignments(*, one: Assignment, other: Assignment, by: User, at: datetime) -> int:
    """Two judges exchange two entries, or nothing happens. raises   as `move_assignment`"""
    return exchange(swap_of(one, other), SWAPPED, by=by, at=at)


def why_not_exchange(steps: Sequence[Step]) -> Denial | None:
    """Whatever stands against any of the steps."""
    for step in steps:
        one = step.assignment
        facts = {"judge": step.to.code, "entry": one.entry.number}
        if Assignment.objects.filter(round=one.round_id, entry=one.entry_id, judge=step.to).exists():
            return Denial("assigned-already", facts)
        if denial := why_not_let_go(one) or why_not_pair(one.round, one.entry, step.to):
            return denial
    return None


def exchange(steps: Sequence[Step], action: str, *, by: User, at: datetime) -> int:
    contest = locked_contest(steps[0].to.contest, by, at)
    steps = still_there(steps)
    if denial := why_not_exchange(steps):
        raise Refused(denial)
    body: dict[str, Any] = {
        "entry": [step.assignment.entry.key for step in steps],
        "judge": [step.assignment.judge.key for step in steps],
        "to": [step.to.key for step in steps],
        "assignment": [step.assignment.key for step in steps],
        "made": [random_key() for _step in steps],
        "source": [str(step.assignment.by) for step in steps],
        "barred": [int(why_in_conflict(step.assignment.entry, step.assignment.judge) is not None) for step in steps],
        "out": [int(why_not_judging(step.assignment.judge) is not None) for step in steps],
    }
    for step, key in zip(steps, body["made"], strict=True):
        hand_over(step.assignment, step.to, key, AssignedBy.HAND)
    return events.record(contest, action, contest, by=by, at=at, body=body).seq


def locked_contest(contest: Contest, by: User, at: datetime) -> Contest:
    """Whoever assigns, adds or takes away waits here for the other."""
    contest = Contest.objects.select_for_update().get(pk=contest.pk)
    if denial := why_not_assign_judges(by, contest, at=at):
        raise Refused(denial)
    return contest


def locked_by_key(keys: Sequence[str]) -> dict[str, Assignment]:
    """Their judges cannot begin meanwhile. In one order, so that two who exchange do not wait for each other."""
    rows = Assignment.objects.select_for_update(of=("self",)).select_related("judge__contest", "entry", "round")
    return {one.key: one for one in rows.filter(key__in=keys).order_by("pk")}


def still_there(steps: Sequence[Step]) -> list[Step]:
    found = locked_by_key([step.assignment.key for step in steps])
    if len(found) < len(steps):
        raise Refused(Denial("assignment-gone"))
    judges = Judge.objects.select_related("contest").in_bulk([step.to.pk for step in steps])
    return [Step(found[step.assignment.key], judges[step.to.pk]) for step in steps]


def hand_over(assignment: Assignment, judge: Judge, key: str, by: str) -> None:
    assignment.judge, assignment.key, assignment.by = judge, key, by
    try:
        with transaction.atomic():
            assignment.save(update_fields=["judge", "key", "by"])
    except IntegrityError as fault:
        facts = {"judge": judge.code, "entry": assignment.entry.number}
        raise Refused(Denial("assigned-already", facts)) from fault


@transaction.atomic
def undo_exchange(*, contest: Contest, seq: int, by: User, at: datetime) -> str:
    """Bring back exactly what was before this event, down to the keys on printed sheets; what it was.

    A pair that was a conflict then is one again, as the board shows; one that has become a conflict since is refused,
    and so is a judge who has left or declined since.

    raises   Refused "assignment-gone" where something else happened to them since, or what was begun
    """
    contest = locked_contest(contest, by, at)
    event = Event.objects.filter(chain__contest=contest, seq=seq, action__in=BACK).first()
    found = locked_by_key(event.body["made"]) if event else {}
    if event is None or len(found) < len(event.body["made"]):
        raise Refused(Denial("assignment-gone"))
    said = event.body
    rows = [found[key] for key in said["made"]]
    judges = {one.key: one for one in contest.judges.select_related("contest").filter(key__in=said["judge"])}
    for one, key, was_barred, was_out in zip(rows, said["judge"], said["barred"], said["out"], strict=True):
        left = None if was_out else why_not_judging(judges[key])
        if denial := why_not_let_go(one) or left or (None if was_barred else why_in_conflict(one.entry, judges[key])):
            raise Refused(denial)
    for one, key, old, source in zip(rows, said["judge"], said["assignment"], said["source"], strict=True):
        hand_over(one, judges[key], old, source)
    body = {"entry": said["entry"], "judge": said["to"], "to": said["judge"], "undone": seq}
    events.record(contest, BACK[event.action], contest, by=by, at=at, body=body)
    return event.action
