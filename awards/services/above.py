"""What an award's rules say beyond the committee: which bodies approve its list, which titles follow from its prizes,
and who signs its certificates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from awards.models import RecognitionRule
from awards.presets import RulesPreset
from awards.services.award_rules import Why, opened, remember
from awards.services.titles import RecognitionDetails, save_recognition_rules
from awards.states import ApprovalStep, Ties
from competition import events
from competition.errors import Denial, Refused
from competition.models import Contest, User


@dataclass(frozen=True)
class Follows:
    """A title that follows from prizes of the award. kind: school or tutor; follows: [kind of winner, prize] each;
    number: the most there are, 0 for as many as follow; ties: what becomes of equals at the last of these."""

    name: str
    name_en: str
    kind: str
    follows: Sequence[Sequence[str]]
    number: int = 0
    ties: str = Ties.HOLD


@dataclass(frozen=True)
class Above:
    """bodies: step -> name of the body, in any order; signatory: who signs, "" for nobody."""

    bodies: dict[str, str]
    derived: tuple[Follows, ...] = ()
    signatory: str = ""

    @property
    def approval(self) -> list[list[str]]:
        """In the order in which bodies approve."""
        return [[step.value, self.bodies[step].strip()] for step in ApprovalStep if self.bodies.get(step, "").strip()]


def above_of(preset: RulesPreset) -> Above:
    derived = tuple(Follows(**one) for one in preset.derived)
    return Above(dict(preset.approval), derived, preset.signatory)


def above_now(contest: Contest) -> Above:
    settings = contest.settings
    rules = derived_rules(contest)
    return Above(
        dict(settings.get("approval", [])),
        tuple(Follows(one.label_zh, one.label_en, one.kind, one.follows, one.number, one.ties) for one in rules),
        settings.get("signatory", ""),
    )


def derived_rules(contest: Contest) -> Sequence[RecognitionRule]:
    return list(contest.recognition_rules.filter(is_in_force=True).exclude(follows=[]).order_by("order"))


@transaction.atomic
def change_above(*, contest: Contest, above: Above, why: Why, by: User, at: datetime) -> None:
    """Until a list was locked once, as all rules of the award.

    raises   Refused "above-twice", and as a change of other rules
    """
    contest = opened(contest, why, by, at)
    names = [(one.kind, one.name) for one in above.derived]
    if len(set(names)) < len(names):
        raise Refused(Denial("above-twice"))
    set_above(contest, above, by=by, at=at)
    remember(contest, why, by=by, at=at)


def set_above(contest: Contest, above: Above, *, by: User | None, at: datetime) -> None:
    was = contest.settings.get("approval", [])
    said = {"approval": above.approval, "signatory": above.signatory.strip()}
    settings = {name: value for name, value in contest.settings.items() if name not in said}
    settings |= {name: value for name, value in said.items() if value}
    if settings != contest.settings:
        contest.settings = settings
        contest.save(update_fields=["settings"])
    if above.approval != was:
        record_bodies(contest, by=by, at=at)
    if above.derived or derived_rules(contest):
        save_recognition_rules(
            contest=contest, by=by, at=at,
            rules=[
                RecognitionDetails(
                    one.name, one.name_en, one.kind, one.number, {}, Ties(one.ties), follows=one.follows
                )
                for one in above.derived
            ],
        )  # fmt: skip


def record_bodies(contest: Contest, *, by: User | None, at: datetime) -> None:
    """Which bodies approve, by their steps: a bundle is held against it."""
    steps = [step for step, _name in contest.settings.get("approval", [])]
    events.record(contest, "approval.ruled", contest, by=by, at=at, body={"steps": steps})
