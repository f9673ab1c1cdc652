"""A robot contest as it is measured: two referees of the office, nothing entered yet."""

import itertools
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any

from awards.prizes import BY_CODE
from awards.services.plans import GroupDetails, LevelDetails, save_plan
from awards.states import SeatKind, Ties
from competition.models import Contest, Entry, Role, Track, User
from competition.services.contests import TrackDetails, save_tracks
from competition.services.entries import EntryDetails, save_entries
from competition.services.places import save_people, save_places
from competition.states import ContestState, RoleKind
from judging.core.measured import milliseconds_of
from judging.models import Attempt, Round, Rubric
from judging.services.measuring import Reading, confirm_attempt, enter_attempt
from judging.services.rounds import MeasureDetails, RoundDetails, RubricDetails, fill_rounds, save_rounds, save_rubrics
from judging.states import Outcome
from tests.factories.contests import AT, MINT, WHO, bare_contest
from tests.factories.replay import replayed

SAVES = (f"form-{number:08}" for number in itertools.count())
VOID = Reading(outcome=Outcome.VOID)


def reading(points: int | None = None, time: str = "") -> Reading:
    return Reading(points, milliseconds_of(time))


@dataclass
class Measured:
    """Rows of the contest, by what people call them."""

    contest: Contest
    track: Track
    round: Round
    users: dict[str, User] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)

    @property
    def rubric(self) -> Rubric:
        rows = Rubric.objects.select_related("round__contest", "track")
        return rows.get(round=self.round, track=self.track)

    def entry(self, number: str) -> Entry:
        return Entry.objects.get(contest=self.contest, number=number)

    def current(self, number: str, which: int = 1) -> Attempt:
        return Attempt.objects.current().get(round=self.round, entry__number=number, number=which)

    def enter(self, number: str, which: int, said: Reading, *, by: str = "甲", **more: Any) -> Attempt:
        usual = {"base": 0, "save": next(SAVES), "at": AT}
        return enter_attempt(
            rubric=self.rubric, entry=self.entry(number), number=which, reading=said, by=self.users[by],
            **(usual | more),
        )  # fmt: skip

    def confirm(self, number: str, which: int, said: Reading, *, by: str = "乙", **more: Any) -> Attempt:
        usual = {"attempt": self.current(number, which), "at": AT + timedelta(minutes=1)}
        return confirm_attempt(rubric=self.rubric, reading=said, by=self.users[by], **(usual | more))

    def measure(self, number: str, *said: Reading) -> None:
        """Every attempt of an entry, entered by the one and confirmed by the other."""
        for which, one in enumerate(said, 1):
            self.enter(number, which, one)
            self.confirm(number, which, one)


@replayed
def robot_contest(entries: int = 3, *, name: str = "机器人赛", places: int = 0, **measured: Any) -> Measured:
    """Numbers R01 and on; by default points then time, 3 attempts, the best counts; one first and one second prize."""
    contest = bare_contest(name=name, series=name)
    schools = save_places(places=[("东区", "", "晴川一中", "")], mint=MINT, **WHO)
    school = schools["东区", "晴川一中"]
    numbers = [f"R{n:02}" for n in range(1, entries + 1)]
    people = save_people(people=[("student", f"队员{n}", school, "") for n in numbers], mint=MINT, **WHO)
    track = save_tracks(contest=contest, tracks=[TrackDetails("机器人")], **WHO)["机器人"]
    wanted = [
        EntryDetails(n, f"队伍{n}", track, school, authors=(people["student", f"队员{n}", school, ""],))
        for n in numbers
    ]
    saved = save_entries(contest=contest, entries=wanted, **WHO)
    rounds = save_rounds(contest=contest, rounds=[RoundDetails("比赛")], **WHO)
    details = MeasureDetails(**({"measure": "points_time", "attempts": 3, "combine": "best"} | measured))
    rubric = RubricDetails("比赛", track, (), places=places, measured=details)
    save_rubrics(contest=contest, rounds=rounds, rubrics=[rubric], **WHO)
    found = Measured(contest, track, rounds["比赛"], entries=saved)
    for called in "甲乙丙":
        found.users[called] = User.objects.create_user(f"{called}{contest.pk}", name=f"裁判{called}")
        Role.objects.create(user=found.users[called], kind=RoleKind.ORGANISER, contest=contest)
    fill_rounds(contest=contest, **WHO)
    give_plan(found, 1, 1)
    Contest.objects.filter(pk=contest.pk).update(state=ContestState.JUDGING)
    contest.refresh_from_db()
    return found


def give_plan(made: Measured, *counts: int, minimum: int | None = None) -> None:
    """First, second, third prizes; a tie across a cut is held."""
    levels = tuple(
        LevelDetails(BY_CODE[code], SeatKind.COUNT, Decimal(count), minimum)
        for code, count in zip(("first", "second", "third"), counts, strict=False)
    )
    save_plan(contest=made.contest, groups=[GroupDetails(made.track, None, levels, ties=Ties.HOLD)], **WHO)
