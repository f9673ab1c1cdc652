"""Who reaches what of judging: every address with every role, to look and to act, with the exact answer."""

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from awards.demo.accounts import DEMO_PASSWORD
from competition.models import Event
from judging.models import Assignment, Judge, Question, Round, Sheet
from judging.states import SheetState
from tests.config.test_access import patterns
from tests.factories.entering import NOW

ROLES = ("organiser", "judge", "school", "unit", "committee", "")
EVERYONES = "200 200 200 200 200 200"
OFFICE_READS = "200 404 404 404 404 302"
OFFICE_DOES = "302+ 404 404 404 404 302"
OFFICE_IS_TOLD_NO = "302- 404 404 404 404 302"
JUDGE_READS = "404 200 404 404 404 302"
NOBODY_READS = "404 404 404 404 404 302"
# what is asked for, and of what -> the answer to organiser, judge, school, unit, committee, and to nobody who signed in.
# After a status: + what was asked for was done, - it was refused in words.
ANSWERS = {
    # the office
    "GET progress of contest": OFFICE_READS,
    "POST round-dates of round": OFFICE_IS_TOLD_NO,
    "GET finalists of round": NOBODY_READS,
    "POST finalists-publish of round": NOBODY_READS,
    "POST finalists-take-back of round": NOBODY_READS,
    "GET finalists of final": OFFICE_READS,
    "POST finalists-publish of final": OFFICE_IS_TOLD_NO,
    "POST finalists-take-back of final": OFFICE_IS_TOLD_NO,
    "GET finalists-list of final": "200 404 404 404 404 404",
    "GET finalists-list of published final": EVERYONES,
    "POST judging-resume of contest": OFFICE_IS_TOLD_NO,
    "GET reminders of contest": OFFICE_READS,
    "GET judges of contest": OFFICE_READS,
    "POST panel-rules of contest": OFFICE_DOES,
    "POST judges-invite of contest": OFFICE_IS_TOLD_NO,
    "GET judges-import of contest": OFFICE_READS,
    "POST judges-import of contest": "422 404 404 404 404 302",
    "POST judges-import-apply of contest": OFFICE_IS_TOLD_NO,
    "POST judges-import-faults of contest": OFFICE_IS_TOLD_NO,
    "GET judges-import-template of contest": OFFICE_READS,
    "GET judge-of of judge": OFFICE_READS,
    "POST judge-link of judge": OFFICE_READS,
    "POST judge-revoke of judge": OFFICE_DOES,
    "POST judge-dismiss of judge": OFFICE_DOES,
    "POST judge-take-back of judge": OFFICE_IS_TOLD_NO,
    "POST conflict-add of judge": OFFICE_IS_TOLD_NO,
    "POST conflict-take of conflict": NOBODY_READS,
    "GET assign of contest": OFFICE_READS,
    "POST hint of contest": NOBODY_READS,
    "GET assign-board of board": OFFICE_READS,
    "POST assign-board-do of board": NOBODY_READS,
    "GET questions of contest": OFFICE_READS,
    "POST question-answer of question": OFFICE_IS_TOLD_NO,
    "POST sheet-reopen of sheet": OFFICE_IS_TOLD_NO,
    "POST sheet-close of sheet": OFFICE_IS_TOLD_NO,
    "GET rubrics of contest": OFFICE_READS,
    "GET rubric of board": "409 404 404 404 404 302",
    # the judge of the pile
    "GET judge of pile": JUDGE_READS,
    "GET judge-answer of pile": JUDGE_READS,
    "POST judge-decline of pile": "404 302+ 404 404 404 302",
    "GET compare of pile": JUDGE_READS,
    "GET review of pile": JUDGE_READS,
    "POST review of pile": "404 302- 404 404 404 302",
    "GET sheet of own": JUDGE_READS,
    "GET work of work": JUDGE_READS,
    "POST api-work-save of work": "404 200 404 404 404 401",
    "POST api-work-submit of work": "404 409 404 404 404 401",
    "POST api-work-recuse of work": "404 422 404 404 404 401",
    "POST api-work-ask of work": "404 422 404 404 404 401",
    "GET work-material of work": NOBODY_READS,
    "GET work-material-page of work": NOBODY_READS,
    # another judge's pile, and their sheets and works under one's own address
    "GET judge of other pile": NOBODY_READS,
    "GET judge-answer of other pile": NOBODY_READS,
    "POST judge-decline of other pile": NOBODY_READS,
    "GET compare of other pile": NOBODY_READS,
    "GET review of other pile": NOBODY_READS,
    "POST review of other pile": NOBODY_READS,
    "GET sheet of other": NOBODY_READS,
    "GET sheet of swapped": "404 404 404 404 404 404",
    "GET work of other work": NOBODY_READS,
    "GET work of swapped work": "404 404 404 404 404 404",
    "POST api-work-save of other work": "404 404 404 404 404 401",
    "POST api-work-save of swapped work": "404 404 404 404 404 404",
    "POST api-work-submit of other work": "404 404 404 404 404 401",
    # everyone's
    "GET judging-worker of nothing": EVERYONES,
    "POST api-judge-sign-in of pile": "409 409 409 409 409 409",
}  # fmt: skip
SAVED = {"base": 0, "save": "a-save-of-the-table", "values": {}}


class Things:
    """What the table speaks of: the demo's contest in the middle of its judging."""

    def __init__(self) -> None:
        mine = Judge.objects.select_related("contest").get(user__username="judge", contest__state="judging")
        other = mine.contest.judges.exclude(pk=mine.pk).exclude(assignments=None)[0]
        sheets = Sheet.objects.filter(state=SheetState.SUBMITTED)
        own, theirs = (sheets.filter(assignment__judge=one)[0] for one in (mine, other))
        todo, their_todo = (Assignment.objects.filter(judge=one, sheets=None)[0] for one in (mine, other))
        Assignment.objects.filter(pk=todo.pk).update(revision=0)
        contest = mine.contest.key
        for order, at in ((2, None), (3, NOW)):
            Round.objects.create(
                contest=mine.contest,
                order=order,
                code=f"r{order}",
                label_zh="终评",
                is_for_finalists=True,
                finalists_at=at,
            )
        self.args: dict[str, list[Any]] = {
            "nothing": [],
            "contest": [contest],
            "round": [contest, 1],
            "final": [contest, 2],
            "published final": [contest, 3],
            "board": [contest, 1, 1],
            "judge": [contest, other.key],
            "conflict": [contest, other.key, 1],
            "question": [contest, Question.objects.get(assignment__round__contest=mine.contest).key],
            "sheet": [contest, own.key],
            "pile": [mine.key],
            "other pile": [other.key],
            "own": [mine.key, own.key],
            "other": [other.key, theirs.key],
            "swapped": [mine.key, theirs.key],
            "work": [mine.key, todo.key],
            "other work": [other.key, their_todo.key],
            "swapped work": [mine.key, their_todo.key],
        }

    def ask(self, client: Client, asked: str) -> HttpResponse:
        request, thing = asked.split(" of ")
        method, name = request.split()
        more = {"work-material": ["x" * 26], "work-material-page": ["x" * 26, 1]}.get(name, [])
        address = reverse(name, args=[*self.args[thing], *more])
        if method == "GET":
            return client.get(address)  # type: ignore[return-value]
        if name.startswith("api-"):
            return client.post(address, SAVED, content_type="application/json")  # type: ignore[return-value]
        return client.post(address, {})  # type: ignore[return-value]


def told(response: HttpResponse) -> str:
    """The status, and whether the next page tells of something done or refused."""
    levels = {one.level_tag for one in get_messages(response.wsgi_request)}  # type: ignore[attr-defined]
    return f"{response.status_code}{'+' if 'success' in levels else ''}{'-' if 'error' in levels else ''}"


def test_the_table_speaks_of_every_address_of_judging() -> None:
    named = {asked.split(" of ")[0].split()[1] for asked in ANSWERS}
    theirs = {one.name for one in patterns() if one.callback.__module__.startswith("judging.")}
    assert theirs and theirs <= named


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_every_role_is_answered_exactly(role: str, demo_year: None, client: Client) -> None:
    """And whoever is not let in leaves nothing in the log. Each question finds everything as it was."""
    things, at, differs = Things(), ROLES.index(role), {}
    if role:
        assert client.login(username=role, password=DEMO_PASSWORD)
    for asked, answers in ANSWERS.items():
        with transaction.atomic():
            client.cookies.pop("messages", None)
            before = Event.objects.count()
            found, wanted = told(things.ask(client, asked)), answers.split()[at]
            if found != wanted:
                differs[asked] = f"{found}, not {wanted}"
            if found in ("401", "403", "404"):
                assert Event.objects.count() == before, asked
            transaction.set_rollback(True)
    assert differs == {}
