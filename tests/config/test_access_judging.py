"""Who reaches what of judging: every address with every role, to look and to act, with the exact answer."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from awards.demo.accounts import DEMO_PASSWORD
from competition.models import Contest, District, Event, Mail, Role, Track, User
from competition.states import RoleKind
from judging.models import (
    Assignment,
    CommonSet,
    Judge,
    Panel,
    PracticeSet,
    PracticeWork,
    Question,
    Referee,
    Room,
    Round,
    Rubric,
    Sheet,
)
from judging.states import SheetState
from tests.config.test_access import patterns
from tests.factories.entering import NOW

ROLES = ("organiser", "judge", "school", "unit", "committee", "")
EVERYONES = "200 200 200 200 200 200"
OFFICE_READS = "200 404 404 404 404 302"
OFFICE_DOES = "302+ 404 404 404 404 302"
OFFICE_IS_TOLD_NO = "302- 404 404 404 404 302"
MAIL_IS_OFF = "403 404 404 404 404 302"
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
    "GET attendance of round": OFFICE_READS,
    "POST attendance-ask of round": OFFICE_IS_TOLD_NO,
    "POST attendance-ask-no-more of round": OFFICE_DOES,
    "GET attendance-cards of round": OFFICE_READS,
    "POST attendance-set of place": OFFICE_IS_TOLD_NO,
    "GET check-in of place": OFFICE_READS,
    "GET reply of unit": "200 404 404 200 404 302",
    "POST reply of unit": "302+ 404 404 302+ 404 302",
    "GET reply of other unit": OFFICE_READS,
    "POST reply of other unit": OFFICE_DOES,
    "GET reply of unasked unit": NOBODY_READS,
    "GET schedule of round": OFFICE_READS,
    "POST schedule-draw of round": OFFICE_DOES,
    "POST schedule-clear of round": OFFICE_DOES,
    "POST schedule-booths of round": OFFICE_DOES,
    "POST schedule-publish of round": OFFICE_IS_TOLD_NO,
    "POST schedule-take-back of round": OFFICE_IS_TOLD_NO,
    "POST schedule-judges of round": OFFICE_DOES,
    "GET room-new of round": OFFICE_READS,
    "GET room-of of room": OFFICE_READS,
    "POST room-of of room": "422 404 404 404 404 302",
    "POST room-remove of room": OFFICE_DOES,
    "POST room-order of room": OFFICE_DOES,
    "GET schedule-list of round": "200 404 404 404 404 404",
    "GET schedule-list of published final": EVERYONES,
    "POST judging-resume of contest": OFFICE_IS_TOLD_NO,
    "GET reminders of contest": OFFICE_READS,
    "GET reminders-file of contest": OFFICE_READS,
    "GET reminders-mail of contest": MAIL_IS_OFF,
    "POST reminders-mail of contest": MAIL_IS_OFF,
    "POST judges-mail of contest": MAIL_IS_OFF,
    "GET outbox of contest": OFFICE_READS,
    "GET mail-of of mail": OFFICE_READS,
    "GET mail-of of foreign mail": "404 404 404 404 404 404",
    "POST mail-cancel of mail": MAIL_IS_OFF,
    "POST mail-again of mail": MAIL_IS_OFF,
    "POST mail-cancel of foreign mail": "404 404 404 404 404 404",
    "POST mail-again of foreign mail": "404 404 404 404 404 404",
    "GET judges of contest": OFFICE_READS,
    "POST panel-rules of contest": OFFICE_DOES,
    "GET panels of contest": OFFICE_READS,
    "POST panels of contest": "422 404 404 404 404 302",
    "GET panel-of of panel": OFFICE_READS,
    "POST panel-of of panel": "422 404 404 404 404 302",
    "POST panel-delete of panel": OFFICE_DOES,
    "GET panel-of of foreign panel": "404 404 404 404 404 404",
    "POST panel-delete of foreign panel": "404 404 404 404 404 404",
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
    "POST judge-set-aside of judge": OFFICE_IS_TOLD_NO,
    "POST judge-bring-back of judge": OFFICE_IS_TOLD_NO,
    "POST judge-take-back of judge": OFFICE_IS_TOLD_NO,
    "POST conflict-add of judge": OFFICE_IS_TOLD_NO,
    "POST conflict-take of conflict": NOBODY_READS,
    "GET assign of contest": OFFICE_READS,
    "POST hint of contest": NOBODY_READS,
    "GET assign-board of board": OFFICE_READS,
    "POST assign-board-do of board": NOBODY_READS,
    "POST assign-board-do of board to move": OFFICE_IS_TOLD_NO,
    "POST assign-board-do of board to undo": OFFICE_IS_TOLD_NO,
    "GET paper of contest": OFFICE_READS,
    "POST paper-rule of contest": OFFICE_DOES,
    "GET paper-sheet of paper": OFFICE_READS,
    "POST paper-sheet of paper": "422 404 404 404 404 302",
    "POST paper-draft-back of paper": OFFICE_IS_TOLD_NO,
    "GET paper-code of code": "302 404 404 404 404 302",
    "POST assign-link of board": OFFICE_IS_TOLD_NO,
    "GET referees of contest": OFFICE_READS,
    "POST referees of contest": "422 404 404 404 404 302",
    "POST referee-link of referee": OFFICE_READS,
    "POST referee-revoke of referee": OFFICE_IS_TOLD_NO,
    "POST referee-remove of referee": OFFICE_DOES,
    "GET referee of contest": NOBODY_READS,
    "GET common of board": OFFICE_READS,
    "POST common of board": "422 404 404 404 404 302",
    "GET common of measured": NOBODY_READS,
    "POST common-drop of board": OFFICE_DOES,
    "POST common-release of board": OFFICE_IS_TOLD_NO,
    "POST common-take-back of board": OFFICE_DOES,
    "POST common-release of measured": NOBODY_READS,
    "GET practice of board": OFFICE_READS,
    "POST practice of board": OFFICE_DOES,
    "GET practice of measured": NOBODY_READS,
    "POST practice-drop of board": OFFICE_DOES,
    "POST practice-drop of measured": NOBODY_READS,
    "POST practice-release of board": OFFICE_IS_TOLD_NO,
    "POST practice-take-back of board": OFFICE_DOES,
    "GET practice-new of board": OFFICE_READS,
    "POST practice-new of board": "422 404 404 404 404 302",
    "GET practice-work of practice work": OFFICE_READS,
    "POST practice-work of practice work": "422 404 404 404 404 302",
    "POST practice-reference of practice work": OFFICE_DOES,
    "POST practice-remove of practice work": OFFICE_DOES,
    "GET practice-work of practice work elsewhere": NOBODY_READS,
    "POST practice-remove of practice work elsewhere": NOBODY_READS,
    "GET practice-file of practice file": NOBODY_READS,
    "POST practice-file-remove of practice file": NOBODY_READS,
    "GET measured of measured": OFFICE_READS,
    "POST measured of measured": NOBODY_READS,
    "GET measured of board": "404 404 404 404 404 404",
    "POST measuring-rules of contest": OFFICE_DOES,
    "GET questions of contest": OFFICE_READS,
    "POST question-answer of question": OFFICE_IS_TOLD_NO,
    "POST sheet-reopen of sheet": OFFICE_IS_TOLD_NO,
    "POST sheet-close of sheet": OFFICE_IS_TOLD_NO,
    "GET labels of board": OFFICE_READS,
    "GET tally of board": OFFICE_READS,
    "GET rubrics of contest": OFFICE_READS,
    "GET rubric of board": "409 404 404 404 404 302",
    # the judge of the pile
    "GET judge of pile": JUDGE_READS,
    "GET judge-answer of pile": JUDGE_READS,
    "POST judge-decline of pile": "404 302+ 404 404 404 302",
    "GET common-compared of pile and common": NOBODY_READS,  # not before it is released
    "GET common-compared of pile and foreign common": "404 404 404 404 404 404",
    "GET practise of pile and practice": JUDGE_READS,
    "POST practise of pile and practice": "404 302+ 404 404 404 302",
    "GET practise of pile and foreign practice": "404 404 404 404 404 404",
    "GET practise of other pile and practice": NOBODY_READS,
    "POST practise of other pile and practice": NOBODY_READS,
    "GET practise-file of pile and practice": NOBODY_READS,
    "GET practise-file-page of pile and practice": NOBODY_READS,
    "GET practice-compared of pile and practice set": NOBODY_READS,  # not before it is released
    "GET practice-compared of pile and foreign practice set": "404 404 404 404 404 404",
    "GET compare of pile": JUDGE_READS,
    "GET wall of pile": JUDGE_READS,
    "GET review of pile": JUDGE_READS,
    "POST review of pile": "404 302- 404 404 404 302",
    "GET sheet of own": JUDGE_READS,
    "GET work of work": JUDGE_READS,
    "POST work-sort of work": "404 302 404 404 404 302",
    "POST api-work-sort of work": "404 200 404 404 404 401",
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
    "GET wall of other pile": NOBODY_READS,
    "GET review of other pile": NOBODY_READS,
    "POST review of other pile": NOBODY_READS,
    "GET sheet of other": NOBODY_READS,
    "GET sheet of swapped": "404 404 404 404 404 404",
    "GET work of other work": NOBODY_READS,
    "GET work of swapped work": "404 404 404 404 404 404",
    "POST work-sort of other work": NOBODY_READS,
    "POST work-sort of swapped work": "404 404 404 404 404 404",
    "POST api-work-sort of other work": "404 404 404 404 404 401",
    "POST api-work-sort of swapped work": "404 404 404 404 404 404",
    "POST api-work-save of other work": "404 404 404 404 404 401",
    "POST api-work-save of swapped work": "404 404 404 404 404 404",
    "POST api-work-submit of other work": "404 404 404 404 404 401",
    # everyone's
    "GET judging-worker of nothing": EVERYONES,
    "POST api-judge-sign-in of pile": "409 409 409 409 409 409",
}  # fmt: skip
FAR = datetime(2100, 1, 1, tzinfo=UTC)
SAVED = {"base": 0, "save": "a-save-of-the-table", "values": {}, "sorted_as": "shortlist"}
TOLD = {"move": {"do": "move.x.y"}, "undo": {"do": "back.1"}}
SENT = {"work-sort": {"sorted_as": "shortlist"}}


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
                schedule_at=at,
            )
        one = mine.contest.rounds.get(order=1)
        Round.objects.filter(pk=one.pk).update(reply_until=FAR)
        room = Room.objects.create(round=one, order=1, label_zh="101", starts_at=NOW)
        unit = District.objects.get(roles__user__username="unit")
        there = one.round_entries.filter(entry__school__district__isnull=False)
        other_unit = District.objects.filter(schools__entries__round_entries__in=there).exclude(pk=unit.pk)[0]
        away = Contest.objects.exclude(pk=mine.contest_id).filter(tracks__isnull=False)[0]
        panel, foreign = (
            Panel.objects.create(contest=one, label_zh="专家组", track=one.tracks.all()[0])
            for one in (mine.contest, away)
        )
        mails = [
            Mail.objects.create(
                contest=one, kind="judge.reminder", about=str(one.pk), to="j@example.org", made_at=NOW, due_at=NOW
            )
            for one in (mine.contest, away)
        ]
        track = Track.objects.create(contest=mine.contest, code="机器人", label_zh="机器人", order=99)
        Rubric.objects.create(
            round=mine.contest.rounds.get(order=1), track=track, kind="measured", measure="time", attempts=1,
            combine="best",
        )  # fmt: skip
        user = User.objects.create_user("a-referee", name="裁判")
        Role.objects.create(user=user, kind=RoleKind.REFEREE, contest=mine.contest)
        referee = Referee.objects.create(contest=mine.contest, user=user)
        practised, foreign_practised = (
            PracticeWork.objects.create(
                practice=PracticeSet.objects.create(round=of, track=of.contest.tracks.all()[0]), order=1, title="旧作"
            )
            for of in (one, away.rounds.all()[0])
        )
        common = CommonSet.objects.create(round=one, track=mine.contest.tracks.get(order=1))
        common.entries.add(their_todo.entry)
        self.args: dict[str, list[Any]] = {
            "measured": [contest, 99, 1],
            "nothing": [],
            "contest": [contest],
            "round": [contest, 1],
            "final": [contest, 2],
            "published final": [contest, 3],
            "place": [contest, 1, there[0].entry.key],
            "room": [contest, 1, room.key],
            "unit": [unit.key, contest, 1],
            "other unit": [other_unit.key, contest, 1],
            "unasked unit": [unit.key, contest, 2],
            "board": [contest, 1, 1],
            "judge": [contest, other.key],
            "referee": [contest, referee.key],
            "panel": [contest, panel.key],
            "pile and common": [mine.key, common.key],
            "pile and foreign common": [mine.key, "x" * 26],
            "practice work": [contest, 1, 1, practised.key],
            "practice work elsewhere": [contest, 1, 1, foreign_practised.key],
            "practice file": [contest, 1, 1, practised.key, "x" * 26],
            "pile and practice": [mine.key, practised.key],
            "other pile and practice": [other.key, practised.key],
            "pile and foreign practice": [mine.key, foreign_practised.key],
            "pile and practice set": [mine.key, practised.practice.key],
            "pile and foreign practice set": [mine.key, foreign_practised.practice.key],
            "foreign panel": [contest, foreign.key],
            "conflict": [contest, other.key, 1],
            "mail": [contest, mails[0].key],
            "foreign mail": [contest, mails[1].key],
            "question": [contest, Question.objects.get(assignment__round__contest=mine.contest).key],
            "sheet": [contest, own.key],
            "pile": [mine.key],
            "other pile": [other.key],
            "own": [mine.key, own.key],
            "other": [other.key, theirs.key],
            "swapped": [mine.key, theirs.key],
            "work": [mine.key, todo.key],
            "other work": [other.key, their_todo.key],
            "paper": [contest, todo.key],
            "code": [todo.key],
            "swapped work": [mine.key, their_todo.key],
        }

    def ask(self, client: Client, asked: str) -> HttpResponse:
        request, thing = asked.split(" of ")
        method, name = request.split()
        more = {
            "work-material": ["x" * 26],
            "work-material-page": ["x" * 26, 1],
            "practise-file": ["x" * 26],
            "practise-file-page": ["x" * 26, 1],
        }.get(name, [])
        thing, _to, what = thing.partition(" to ")
        address = reverse(name, args=[*self.args[thing], *more])
        if method == "GET":
            return client.get(address)  # type: ignore[return-value]
        if name.startswith("api-"):
            return client.post(address, SAVED, content_type="application/json")  # type: ignore[return-value]
        return client.post(address, TOLD.get(what) or SENT.get(name, {}))  # type: ignore[return-value]


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


MAIL_ANSWERS = {
    "GET reminders-mail of contest": OFFICE_READS,
    "POST reminders-mail of contest": OFFICE_IS_TOLD_NO,
    "POST judges-mail of contest": OFFICE_READS,
    "GET outbox of contest": OFFICE_READS,
    "GET mail-of of mail": OFFICE_READS,
    "POST mail-cancel of mail": OFFICE_DOES,
    "POST mail-again of mail": OFFICE_IS_TOLD_NO,
}


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_every_role_is_answered_exactly_where_mail_is_set_up(
    role: str, demo_year: None, client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MAIL_IS_SET_UP = True
    monkeypatch.setattr(f"{__name__}.ANSWERS", MAIL_ANSWERS)
    test_every_role_is_answered_exactly(role, demo_year, client)
