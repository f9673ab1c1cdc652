"""A contest of any size in the middle of its judging: judges with accounts and piles, signed in without a password."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction

from competition.models import Contest, Entry, Person, Role, User
from competition.services.contests import ContestDetails, TrackDetails, save_contest, save_tracks
from competition.services.entries import EntryDetails, save_entries
from competition.services.places import save_people, save_places
from competition.states import ContestState, RoleKind
from judging.models import Assignment, Judge, Round
from judging.services.assignments import save_assignments
from judging.services.judges import JudgeDetails, save_judges
from judging.services.rounds import (
    CriterionDetails,
    RoundDetails,
    RubricDetails,
    save_round_entries,
    save_rounds,
    save_rubrics,
)
from judging.states import AssignedBy, JudgeState
from tests.factories.contests import MINT, WHO

CRITERIA, MOST = 5, 20
REVIEWS = 5


@dataclass(frozen=True)
class Seat:
    """One judge as a browser knows them: the session, and the keys in the addresses of their pile."""

    session: str
    judge: str
    works: tuple[str, ...]


def panel(*, judges: int, works: int, entries: int) -> list[Seat]:
    """So many judges who have accepted, each with so many of the entries in their pile; nothing is marked yet."""
    with transaction.atomic():
        contest = save_contest(details=details(), mint=MINT, has_verification=False, **WHO)
        there = enter(contest, entries)
        one = rubric_for(contest, there)
        rows = seat(contest, judges)
        assign(contest, one, there, rows, works)
        Contest.objects.filter(pk=contest.pk).update(state=ContestState.JUDGING)
        return [Seat(signed_in(row), row.key, pile_of(row)) for row in rows]


def details() -> ContestDetails:
    return ContestDetails(name="大赛", series="大赛", year=2026, ordinal=1, as_of=datetime(2026, 5, 1, tzinfo=UTC))


def enter(contest: Contest, count: int) -> list[Entry]:
    schools = list(save_places(places=[("东区", "", f"第{n}中学", "") for n in range(20)], mint=MINT, **WHO).values())
    keys = [("student", f"学生{n}", schools[n % len(schools)], "") for n in range(count)]
    people = save_people(people=keys, mint=MINT, **WHO)
    track = save_tracks(contest=contest, tracks=[TrackDetails("创新")], **WHO)["创新"]
    wanted = [
        EntryDetails(f"A{n:04}", f"作品{n}", track, key[2], authors=(people[key],)) for n, key in enumerate(keys, 1)
    ]
    return list(save_entries(contest=contest, entries=wanted, **WHO).values())


def rubric_for(contest: Contest, entries: Sequence[Entry]) -> Round:
    rounds = save_rounds(contest=contest, rounds=[RoundDetails("评审")], **WHO)
    criteria = tuple(CriterionDetails(f"指标{n}", MOST, anchors="16–20：好\n0–15：一般") for n in range(CRITERIA))
    rubric = RubricDetails("评审", entries[0].track, criteria, reviews=REVIEWS, places=0)
    save_rubrics(contest=contest, rounds=rounds, rubrics=[rubric], **WHO)
    save_round_entries(contest=contest, wanted={rounds["评审"]: entries}, **WHO)
    return rounds["评审"]


def seat(contest: Contest, count: int) -> list[Judge]:
    """Each with an account that no password opens, having promised secrecy."""
    keys = [("judge", f"评委{n}", None, "") for n in range(count)]
    people: dict[tuple, Person] = save_people(people=keys, mint=MINT, **WHO)
    named = [JudgeDetails(f"J{n:03}", people[key], institution="远方大学") for n, key in enumerate(keys)]
    judges = list(save_judges(contest=contest, judges=named, **WHO).values())
    users = User.objects.bulk_create(User(username=one.code, name=one.code, password="!") for one in judges)
    Role.objects.bulk_create(Role(user=user, kind=RoleKind.JUDGE, contest=contest) for user in users)
    for judge, user in zip(judges, users, strict=True):
        judge.user, judge.state, judge.pledged_at, judge.answered_at = user, JudgeState.ACCEPTED, WHO["at"], WHO["at"]
    Judge.objects.bulk_update(judges, ["user", "state", "pledged_at", "answered_at"])
    return judges


def assign(contest: Contest, one: Round, entries: Sequence[Entry], judges: Sequence[Judge], works: int) -> None:
    """Neighbours in a circle, so that every entry has nearly as many judges as any other."""
    triples = [
        (one, entries[(place * works + step) % len(entries)], judge)
        for place, judge in enumerate(judges)
        for step in range(works)
    ]
    save_assignments(contest=contest, triples=triples, source=AssignedBy.WORKBOOK, **WHO)


def pile_of(judge: Judge) -> tuple[str, ...]:
    return tuple(Assignment.objects.filter(judge=judge).order_by("pk").values_list("key", flat=True))


def signed_in(judge: Judge) -> str:
    assert judge.user is not None
    session = SessionStore()
    session[SESSION_KEY] = str(judge.user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = judge.user.get_session_auth_hash()
    session.create()
    return str(session.session_key)
