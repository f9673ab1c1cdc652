"""An award whose schools nominate, among the schools, units and people of the small open contest."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from awards.models import Achievement, Alternative
from awards.presets import kind_of, rules_presets
from awards.services.editions import EditionDetails, create_edition
from awards.services.handing_in import begin_nomination
from competition.models import Contest, Entry, Person, School, Track, User
from competition.services.entering import save_draft, submit_entry
from competition.states import ContestState, PersonKind
from tests.factories.entering import CLOSES, NOW, OPENS, UNIT_CLOSES, Open, open_contest
from tests.factories.replay import replayed

SCHOOL = "晴川一中"
PLEDGES = ["guardian", "publishing", "school"]


@dataclass
class Award:
    """contest: the award; made: everything and everyone around it."""

    contest: Contest
    made: Open

    def track(self, kind: str) -> Track:
        return next(one for one in self.contest.tracks.all() if kind_of(one) == kind)

    @property
    def school(self) -> School:
        return self.made.schools[SCHOOL]

    @property
    def teacher(self) -> User:
        return self.made[SCHOOL]

    @property
    def office(self) -> User:
        return self.made["office"]

    @property
    def unit(self) -> User:
        return self.made["东区"]


@replayed
def open_award(rules: str = "nantong", **more: Any) -> Award:
    """It asks for a prize of a province or above; schools nominate, and where the rules say so their unit recommends."""
    made = open_contest()
    contest = create_edition(
        details=EditionDetails("小城市长奖", "市长奖", "Mayor's Award", "city", 2026, 1),
        rules=rules_presets()[rules], kinds=["student", "tutor", "school"], belongs_to=None, by=made["office"],
        at=OPENS,
    )  # fmt: skip
    contest.alternatives.all().delete()
    Alternative.objects.create(contest=contest, order=1, level="province")
    dates = {"opens_at": OPENS, "closes_at": CLOSES, "unit_closes_at": UNIT_CLOSES, "contact": "科协"}
    Contest.objects.filter(pk=contest.pk).update(**{"state": ContestState.ENTRY, **dates, **more})
    return Award(Contest.objects.get(pk=contest.pk), made)


def winner(award: Award, name: str = "陈晓", kind: str = PersonKind.STUDENT, school: str = SCHOOL) -> Person:
    """Somebody who has won what the award asks for."""
    person = Person.objects.create(kind=kind, name=name, school=award.made.schools[school], key=name)
    Achievement.objects.create(
        person=person, source=award.contest, contest_name="省赛", level="province", prize_code="first",
        prize_name="一等奖", prize_order=1, role="author" if kind == PersonKind.STUDENT else "tutor",
        won_on=date(2025, 8, 1),
    )  # fmt: skip
    return person


def begun(award: Award, kind: str = "student", name: str = "陈晓") -> Entry:
    return begin_nomination(
        contest=award.contest, school=award.school, track=award.track(kind), by=award.teacher, at=NOW,
        name="" if kind == "school" else name,
    )  # fmt: skip


def typed(award: Award, entry: Entry, **more: Any) -> Entry:
    """Everything that the form asks for."""
    changes = {"title": "会浇花的伞", "abstract": "该同学勤于动手，作品有新意。", "pledges": PLEDGES} | more
    if entry.draft.get("authors"):
        changes.setdefault("authors", [{**entry.draft["authors"][0], "grade": 8}])
    return save_draft(entry=entry, changes=changes, by=award.teacher, at=NOW)


def handed_in(award: Award, kind: str = "student", name: str = "陈晓") -> Entry:
    entry = typed(award, begun(award, kind, name))
    submit_entry(entry=entry, by=award.teacher, at=NOW)
    return Entry.objects.get(pk=entry.pk)
