"""The small contest as it is judged online: nothing handed in, judges with accounts who have accepted."""

import itertools
from dataclasses import dataclass, field
from typing import Any

from competition.models import Contest, Role, User
from competition.states import RoleKind
from judging.models import Assignment, Criterion, Draft, Judge, Mark, Sheet
from judging.services import marking
from judging.services.marking import Typed
from judging.states import JudgeState
from tests.factories.contests import AT, Made, small_contest
from tests.factories.replay import replayed

SAVES = (f"save-{number:08}" for number in itertools.count())


@dataclass
class Judged:
    """Rows of the contest, by what people call them; `office` organises it."""

    made: Made
    office: User
    users: dict[str, User] = field(default_factory=dict)

    @property
    def contest(self) -> Contest:
        return self.made.contest

    @property
    def criterion(self) -> Criterion:
        assert self.made.criterion is not None
        return self.made.criterion

    def judge(self, code: str = "J1") -> Judge:
        return Judge.objects.select_related("contest", "user", "person").get(contest=self.contest, code=code)

    def work(self, code: str = "J1", entry: str = "A1") -> Assignment:
        rows = Assignment.objects.select_related("judge__contest", "judge__user", "entry", "round")
        return rows.get(judge__contest=self.contest, judge__code=code, entry__number=entry)

    def typed(self, points: int | None = 80, **more: Any) -> Typed:
        return Typed({} if points is None else {self.criterion: points}, **more)

    def save(
        self, points: int | None = 80, *, base: int = 0, code: str = "J1", entry: str = "A1", **more: Any
    ) -> Draft:
        return marking.save_draft(
            assignment=self.work(code, entry), typed=self.typed(points), base=base, **self.common(code, more)
        )

    def submit(
        self, points: int | None = 80, *, base: int = 0, code: str = "J1", entry: str = "A1", **more: Any
    ) -> Sheet:
        return marking.submit_sheet(
            assignment=self.work(code, entry), typed=self.typed(points), base=base, **self.common(code, more)
        )

    def common(self, code: str, more: dict[str, Any]) -> dict[str, Any]:
        return {"save": next(SAVES), "by": self.users[code], "at": AT} | more


@replayed
def judged_contest() -> Judged:
    made = small_contest()
    Mark.objects.all().delete()
    Sheet.objects.all().delete()
    Contest.objects.filter(pk=made.contest.pk).update(state="judging")
    made.contest.refresh_from_db()
    office = User.objects.create_user("office", name="办公室")
    Role.objects.create(user=office, kind=RoleKind.ORGANISER, contest=made.contest)
    found = Judged(made, office)
    for code, judge in made.judges.items():
        found.users[code] = User.objects.create_user(code.lower(), name=f"评委{code}")
        Role.objects.create(user=found.users[code], kind=RoleKind.JUDGE, contest=made.contest)
        Judge.objects.filter(pk=judge.pk).update(
            user=found.users[code], state=JudgeState.ACCEPTED, pledged_at=AT, answered_at=AT
        )
    return found
