"""A contest of five entries whose committee may move them, and moves in one line."""

from collections.abc import Mapping
from dataclasses import dataclass

from awards.core.moving import Count
from awards.models import AwardList, PrizeMove
from awards.services.lists import standing_list
from awards.services.moves import Wanted, groups_of, propose_move, record_vote, rule_moves
from awards.services.plans import save_plan
from awards.services.running import decide
from competition.models import Role, User
from competition.states import RoleKind
from tests.factories.contests import AT, WHO, Made, plan_groups, small_contest
from tests.factories.replay import replayed

FIVE = {"A1": (95, 95, 95), "A2": (90, 90, 90), "A3": (85, 85, 85), "A4": (80, 80, 80), "A5": (75, 75, 75)}
FOR, NOT = Count(7, 5, 1, 1, 0), Count(7, 3, 3, 1, 0)


@dataclass
class Moving:
    made: Made
    office: User

    @property
    def contest(self):
        return self.made.contest

    def terms(self) -> str:
        [group] = groups_of(self.contest, standing_list(self.contest).run)
        return group.terms

    def propose(self, reason: str = "创新性突出", seen: str | None = None, **steps: str) -> PrizeMove:
        """propose(A3="second", A2="")"""
        wanted = [Wanted(number, code) for number, code in steps.items()]
        seen = self.terms() if seen is None else seen
        return propose_move(contest=self.contest, wanted=wanted, reason=reason, seen=[seen], by=self.office, at=AT)

    def vote(self, move: PrizeMove, count: Count = FOR, minutes: str = "评委会纪要〔2026〕7号") -> AwardList:
        return record_vote(move=move, count=count, minutes=minutes, by=self.office, at=AT)

    def carry(self, **steps: str) -> PrizeMove:
        move = self.propose(**steps)
        self.vote(move)
        move.refresh_from_db()
        return move

    def prizes(self) -> dict[str, tuple[str, str]]:
        return {one.entry.number: (one.code, one.by) for one in standing_list(self.contest).awards.all()}


@replayed
def moving_contest(*counts: int, points: Mapping[str, tuple[int, ...]] = FIVE, majority: str = "half") -> Moving:
    """By default one first and two second prizes for five entries, and a list is proposed."""
    made = small_contest(dict(points))
    save_plan(contest=made.contest, groups=plan_groups(made, *(counts or (1, 2))), **WHO)
    office = User.objects.create_user("office", name="办公室")
    Role.objects.create(user=office, kind=RoleKind.ORGANISER, contest=made.contest)
    if majority:
        rule_moves(contest=made.contest, majority=majority, minutes="组委会纪要 1", by=office, at=AT)
    decide(contest=made.contest, by=None, at=AT)
    made.contest.refresh_from_db()
    return Moving(made, office)
