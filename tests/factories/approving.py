"""An award whose list is locked and which bodies above the committee approve."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from awards.models import AwardList, AwardTerms, Resolution
from awards.services.above import Above, Follows, change_above
from awards.services.amending import amend_list
from awards.services.award_rules import Why, version_of
from awards.services.eligibility import check_eligibility
from awards.services.lists import lock_list, standing_list
from awards.services.resolving import Decided, record_resolution
from awards.services.running import decide
from competition.models import Contest, StoredFile, User
from competition.states import ContestState
from tests.factories.agreeing import organiser
from tests.factories.contests import decided
from tests.factories.noticing import NOW
from tests.factories.replay import replayed
from tests.factories.sheets import small, votes, with_mayor

BODIES = {"council": "晴川市奖励委员会", "government": "晴川市人民政府"}
DAY = date(2026, 5, 5)
CRADLE = Follows("摇篮奖", "Cradle Award", "school", [["student", "mayor"]])
TRAINING = Follows("培育奖", "Training Award", "tutor", [["student", "mayor"]])
LINES = [line for n in range(1, 5) for line in votes(f"M{n}", yes="abcdefghi")]
SHEETS = with_mayor(small(), {f"M{n}": (90 - n,) * 3 for n in range(1, 5)}, LINES)


def document(letter: str = "d") -> StoredFile:
    kept, _ = StoredFile.objects.get_or_create(
        sha256=letter * 64, defaults={"size": 9, "kind": "pdf", "media_type": "application/pdf", "stored_at": NOW}
    )
    return kept


@dataclass
class Honoured:
    """M1 and M2 win by the ballot, M3 has the nomination prize, M4 nothing."""

    contest: Contest
    office: User

    @property
    def list(self) -> AwardList:
        return standing_list(self.contest)

    @property
    def numbers(self) -> dict[str, tuple[str, int | None]]:
        rows = self.list.awards.order_by("entry__number")
        return {number: (code, place) for number, code, place in rows.values_list("entry__number", "code", "place")}

    def lock(self) -> AwardList:
        decide(contest=self.contest, by=None, at=NOW)
        self.contest.refresh_from_db()
        made = lock_list(contest=self.contest, by=None, at=NOW)
        self.contest.refresh_from_db()
        return made

    def amend(self) -> None:
        self.contest.refresh_from_db()
        amend_list(contest=self.contest, reason="依据批准决定", by=self.office, at=NOW)
        self.contest.refresh_from_db()

    def say(
        self, step: str, outcome: str = "approved", struck: Mapping[str, str] | None = None, **more: Any
    ) -> Resolution:
        reason = "成果存疑" if outcome == "refused" else ""
        said = {"number": "晴政秘〔2026〕9号", "reason": reason, "decided_on": DAY, "struck": struck or {}}
        if "version" not in more:
            said["version"] = self.list.version
        said |= more
        paper = said.pop("paper", document())
        made = Decided(step=step, outcome=outcome, **said)
        return record_resolution(contest=self.contest, decided=made, paper=paper, by=self.office, at=NOW)


@replayed
def decided_award(*, bodies: Mapping[str, str] = BODIES, derived: tuple[Follows, ...] = ()) -> Honoured:
    """Before the lock; the rules say who approves."""
    below = decided(SHEETS)
    Contest.objects.filter(pk=below.pk).update(state=ContestState.LOCKED)
    award = Contest.objects.get(belongs_to=below, kind="award")
    AwardTerms.objects.filter(track__contest=award).update(nomination_places=1)
    office = organiser(award, "award-office")
    why = Why(version_of(award), reason="办法", minutes="纪要 1")
    change_above(contest=award, above=Above(dict(bodies), derived), why=why, by=office, at=NOW)
    check_eligibility(contest=award, by=None, at=NOW)
    award.refresh_from_db()
    return Honoured(award, office)


@replayed
def honoured(**more: Any) -> Honoured:
    made = decided_award(**more)
    made.lock()
    return made
