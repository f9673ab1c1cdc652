"""An award with four students nominated and a committee of five who vote in Laurel."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from awards.core.ballot import Count
from awards.core.voting import Paper
from awards.models import Ballot, Meeting, Member
from awards.services.balloting import cast_ballot, close_round, open_round, record_paper
from awards.services.eligibility import check_eligibility
from awards.services.meetings import (
    MeetingDetails,
    add_member,
    link_member,
    open_meeting,
    rule_ballots,
    save_attendance,
)
from awards.services.running import decide
from competition.models import Contest, Role, Track, User
from competition.states import ContestState, RoleKind
from tests.factories.contests import AT, loaded
from tests.factories.replay import replayed
from tests.factories.sheets import small, with_mayor

DETAILS = MeetingDetails(date(2026, 5, 1), "周主任", "郑监票", "冯计票、陈计票", "吴监票、王监票", "市政府三楼会议室")
POINTS = {"M1": 90, "M2": 80, "M3": 70, "M4": 60}
NAMES = "甲乙丙丁戊"


@dataclass
class Committee:
    contest: Contest
    office: User
    members: dict[str, Member]
    meeting: Meeting
    track: Track = field(init=False)

    def __post_init__(self) -> None:
        self.track = Track.objects.get(contest=self.contest, terms__isnull=False, entries__number="M1")

    def attend(self, names: str = NAMES, **recused: str) -> None:
        """attend("甲乙丙丁", 甲="M1 M2")"""
        said = {self.members[name]: numbers.split() for name, numbers in recused.items()}
        present = [self.members[name] for name in names]
        save_attendance(meeting=self.meeting, present=present, recused=said, by=self.office, at=AT)

    def open(self, way: str = "phone", *, is_drawn: bool = False) -> Ballot:
        return open_round(meeting=self.meeting, track=self.track, way=way, is_drawn=is_drawn, by=self.office, at=AT)

    def cast(self, ballot: Ballot, name: str, yes: str = "", no: str = "", **more: Any) -> None:
        """Yes to these, no to those, and abstained on the rest."""
        due = [one.entry.number for one in ballot.counts.select_related("entry")]
        skipped = ballot.roll.get(member=self.members[name]).recused
        said = {one: "yes" if one in yes.split() else "no" if one in no.split() else "abstain" for one in due}
        choices = {one: choice for one, choice in said.items() if one not in skipped}
        cast_ballot(ballot=ballot, choices=choices, by=self.members[name].user, at=AT)

    def close(self, ballot: Ballot) -> Ballot:
        return close_round(ballot=ballot, by=self.office, at=AT)

    def count(self, ballot: Ballot, counts: Mapping[str, tuple[int, int, int]], **more: Any) -> None:
        """yes, no and abstained of each; all five ballots came back and are valid unless said otherwise."""
        recused = {one.entry.number: one.recused for one in ballot.counts.select_related("entry")}
        made = {number: Count(*said, recused[number]) for number, said in counts.items()}
        said = {"issued": 5, "returned": 5, "valid": 5, "invalid_why": {}} | more
        record_paper(ballot=ballot, paper=Paper(counts=made, **said), by=self.office, at=AT)


@replayed
def committee(*, is_secret: bool = True, runoff: str = "all", **terms: Any) -> Committee:
    """Two places, two thirds of the votes cast, unless said otherwise; the meeting is open and all five are there."""
    award = award_of(POINTS)
    office = User.objects.create_user("award-office", name="办公室")
    Role.objects.create(user=office, kind=RoleKind.ORGANISER, contest=award)
    rule_ballots(contest=award, is_secret=is_secret, runoff=runoff, by=office, at=AT)
    members = {name: add_member(contest=award, name=name, by=office, at=AT) for name in NAMES}
    for one in members.values():
        link_member(member=one, by=office, at=AT)
    meeting = open_meeting(contest=award, details=DETAILS, by=office, at=AT)
    award.refresh_from_db()
    ready = Committee(award, office, members, meeting)
    if terms:
        type(ready.track.terms).objects.filter(track=ready.track).update(**terms)
        ready.track = Track.objects.get(pk=ready.track.pk)
    ready.attend()
    return ready


@replayed
def award_of(points: Mapping[str, int]) -> Contest:
    """The experts have marked these nominees, and the contest below is fixed."""
    made = loaded(with_mayor(small(), {number: (one,) * 3 for number, one in points.items()}, []))
    decide(contest=made.contest, by=None, at=AT)
    Contest.objects.filter(pk=made.contest.pk).update(state=ContestState.LOCKED)
    award = made.award
    assert award is not None
    check_eligibility(contest=award, by=None, at=AT)
    decide(contest=award, by=None, at=AT)
    award = Contest.objects.get(pk=award.pk)
    award.settings.pop("members", None)
    award.save(update_fields=["settings"])
    return award
