"""合议调整: a move of the committee is proposed, voted on and taken back. No mark is touched, no place is added."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from awards.access import move_majority, why_not_move, why_not_rule_moves
from awards.core.moving import Count, over_places
from awards.models import AwardList, MoveStep, PrizeLevel, PrizeMove
from awards.models.moves import VOTE
from awards.services.moved import Levels, levels_after, levels_due, moves_that_count, standing_moves, terms_of_group
from awards.services.planning import has_results
from awards.services.proposals import Outcome, decisions_that_hold, outcomes, plan_in_force, propose_awards
from awards.states import MoveMajority
from competition import events
from competition.core.canon import digest
from competition.errors import Denial, Refused
from competition.models import Contest, User
from competition.services.locks import locked_contest
from judging.models import StandingRun
from judging.services.standings import compute_standings


@dataclass(frozen=True)
class Wanted:
    """One step of a move as people say it: the number of an entry, the code of a level, "" for no prize."""

    number: str
    code: str


@dataclass(frozen=True)
class Group:
    """A group of the plan as the committee sees it. `due`: levels by plan and settled ties; `is_open`: a tie of it
    waits to be settled."""

    outcome: Outcome
    due: Levels
    terms: str
    is_open: bool
    levels: tuple[PrizeLevel, ...]

    @property
    def numbers(self) -> dict[str, int]:
        return {entry.number: row for row, entry in enumerate(self.outcome.entries)}

    def code_of(self, level: int | None) -> str:
        return "" if level is None else self.levels[level].code


def groups_of(contest: Contest, run: StandingRun | None) -> list[Group]:
    decisions = {decision.entry_id: decision for decision in contest.decisions.all()}
    found = []
    for outcome in outcomes(plan_in_force(contest), run):
        holding = decisions_that_hold(outcome, decisions)
        due = levels_due(outcome, holding)
        held = {outcome.entries[row].pk for one in outcome.cut.held for row in one.rows}
        levels = tuple(outcome.group.levels.all())
        found.append(Group(outcome, due, terms_of_group(outcome, due), bool(held - set(holding)), levels))
    return found


@transaction.atomic
def rule_moves(*, contest: Contest, majority: str, minutes: str, by: User, at: datetime) -> None:
    """Whether the committee may move entries at all, and by what majority; "" for not at all.

    minutes  of the organising committee, needed once results have come in
    raises   Refused "majority-unknown", "moves-stand", "moves-by-minutes", and why the contest takes no rule
    """
    contest = locked_contest(contest.pk)
    if denial := why_not_rule_moves(by, contest, at=at):
        raise Refused(denial)
    if majority not in ("", *MoveMajority.values):
        raise Refused(Denial("majority-unknown", {"contest": contest}))
    if majority == move_majority(contest):
        return
    if standing_moves(contest):
        raise Refused(Denial("moves-stand", {"contest": contest}))
    if not minutes.strip() and has_results(contest):
        raise Refused(Denial("moves-by-minutes", {"contest": contest}))
    contest.settings |= {"move_majority": majority, "move_minutes": minutes.strip()}
    contest.save(update_fields=["settings"])
    body: dict[str, Any] = {"majority": majority}
    if minutes.strip():
        body["why"] = contest.mint.commitment(minutes.strip())
    events.record(contest, "moves.ruled", contest, by=by, at=at, body=body)


@transaction.atomic
def propose_move(
    *, contest: Contest, wanted: Sequence[Wanted], reason: str, seen: Collection[str], by: User, at: datetime
) -> PrizeMove:
    """What the committee is asked: an entry to another level, and which other one makes room or moves up instead.

    wanted   one step or two, of one group
    seen     terms of groups as the page had them
    raises   Refused "moves-not-allowed", "moves-changed", "move-without-reason", and whatever speaks against the steps
    """
    contest, run = contest_to_move(contest, by=by, at=at)
    group = group_with(contest, run, wanted)
    if group.terms not in seen:
        raise Refused(Denial("moves-changed", {"contest": contest}))
    if not reason.strip():
        raise Refused(Denial("move-without-reason", {"contest": contest}))
    refuse_steps(group, wanted, moves_that_count(standing_moves(contest), group.terms))
    number = (contest.prize_moves.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    made = PrizeMove.objects.create(
        contest=contest, number=number, key=contest.mint.key("move", number), terms=group.terms,
        majority=move_majority(contest), reason=reason.strip(), proposed_at=at, proposed_by=by,
    )  # fmt: skip
    MoveStep.objects.bulk_create(
        MoveStep(move=made, order=order, entry=group.outcome.entries[group.numbers[one.number]],
                 before=group.code_of(group.due[group.numbers[one.number]]), after=one.code)
        for order, one in enumerate(wanted, 1)
    )  # fmt: skip
    record(made, "move.proposed", by=by, at=at)
    return made


@transaction.atomic
def record_vote(*, move: PrizeMove, count: Count, minutes: str, by: User, at: datetime) -> AwardList:
    """The vote as it stands on paper, and the list that follows. Whether it is carried is worked out, never said.

    raises   Refused "move-voted", "move-lapsed-vote", "vote-wrong", "vote-without-minutes", and whatever speaks against
             the steps now
    """
    contest, run = contest_to_move(move.contest, by=by, at=at)
    move = PrizeMove.objects.get(pk=move.pk)
    if move.count is not None or move.taken_back_at is not None:
        raise Refused(Denial("move-voted", {"number": move.number}))
    group = next((one for one in groups_of(contest, run) if one.terms == move.terms), None)
    if group is None:
        raise Refused(Denial("move-lapsed-vote", {"number": move.number}))
    if not count.adds_up:
        raise Refused(Denial("vote-wrong", {"present": count.present}))
    if not minutes.strip():
        raise Refused(Denial("vote-without-minutes", {"number": move.number}))
    for name in VOTE:
        setattr(move, name, getattr(count, name))
    move.minutes, move.voted_at = minutes.strip(), at
    if move.is_carried:
        wanted = [Wanted(step.entry.number, step.after) for step in move.steps.select_related("entry")]
        refuse_steps(group, wanted, moves_that_count(standing_moves(contest), group.terms))
    move.save(update_fields=[*VOTE, "minutes", "voted_at"])
    record(move, "move.voted", by=by, at=at)
    return propose_awards(contest=contest, run=run, by=by, at=at)


@transaction.atomic
def take_move_back(*, move: PrizeMove, by: User, at: datetime) -> AwardList:
    """As if it had never been, whatever became of it; its row and the log keep that it was.

    raises   Refused "move-taken-back", "move-needed" where another move has the place that this one left
    """
    contest, run = contest_to_move(move.contest, by=by, at=at, is_undo=True)
    move = PrizeMove.objects.get(pk=move.pk)
    if move.taken_back_at is not None:
        raise Refused(Denial("move-taken-back", {"number": move.number}))
    group = next((one for one in groups_of(contest, run) if one.terms == move.terms), None)
    if group is not None and move.is_carried:
        others = [one for one in moves_that_count(standing_moves(contest), group.terms) if one.pk != move.pk]
        if over := over_places(group.due, after(group, others), group.outcome.cut.seats):
            raise Refused(Denial("move-needed", {"number": move.number, **over_facts(group, over.level, over)}))
    move.taken_back_at = at
    move.save(update_fields=["taken_back_at"])
    record(move, "move.taken-back", by=by, at=at)
    return propose_awards(contest=contest, run=run, by=by, at=at)


def contest_to_move(contest: Contest, *, by: User, at: datetime, is_undo: bool = False) -> tuple[Contest, StandingRun]:
    """Locked, with its standings as marks give them at this moment."""
    contest = locked_contest(contest.pk)
    if denial := why_not_move(by, contest, at=at, is_undo=is_undo):
        raise Refused(denial)
    return contest, compute_standings(contest=contest, by=by, at=at)


def group_with(contest: Contest, run: StandingRun, wanted: Sequence[Wanted]) -> Group:
    """The one group of all these entries.

    raises   Refused "move-of-nothing", "move-entry-twice", "move-entry-unknown", "move-of-two-groups"
    """
    numbers = [one.number for one in wanted]
    if not numbers:
        raise Refused(Denial("move-of-nothing", {"contest": contest}))
    if len(set(numbers)) < len(numbers):
        raise Refused(Denial("move-entry-twice", {"entry": numbers[0]}))
    groups = groups_of(contest, run)
    for number in numbers:
        if not any(number in group.numbers for group in groups):
            raise Refused(Denial("move-entry-unknown", {"entry": number}))
    found = next((group for group in groups if set(numbers) <= set(group.numbers)), None)
    if found is None:
        raise Refused(Denial("move-of-two-groups", {"entries": ", ".join(numbers)}))
    return found


def refuse_steps(group: Group, wanted: Sequence[Wanted], counting: Collection[PrizeMove]) -> None:
    """What speaks against these steps beside the moves that count already.

    raises   Refused "move-before-ties", "move-unranked", "move-level-unknown", "move-nowhere", "move-moved",
             "move-under-minimum", "move-over-places", "move-over-total"
    """
    if group.is_open:
        raise Refused(Denial("move-before-ties", {"group": group.outcome.group}))
    codes = [level.code for level in group.levels]
    moved = {step.entry_id: one.number for one in counting for step in one.steps.all()}
    for one in wanted:
        row = group.numbers[one.number]
        score = group.outcome.scores[row]
        if score is None:
            raise Refused(Denial("move-unranked", {"entry": one.number}))
        if one.code and one.code not in codes:
            raise Refused(Denial("move-level-unknown", {"entry": one.number, "group": group.outcome.group}))
        if one.code == group.code_of(group.due[row]):
            raise Refused(Denial("move-nowhere", {"entry": one.number, "prize": prize_word(group, group.due[row])}))
        if by := moved.get(group.outcome.entries[row].pk):
            raise Refused(Denial("move-moved", {"entry": one.number, "number": by}))
        minimum = group.levels[codes.index(one.code)].minimum if one.code else None
        if minimum is not None and score[1] < minimum:
            facts = {"entry": one.number, "prize": prize_word(group, codes.index(one.code))}
            raise Refused(Denial("move-under-minimum", facts))
    levels = levels_after(group.outcome, after(group, counting), [(group.numbers[o.number], o.code) for o in wanted])
    if over := over_places(group.due, levels, group.outcome.cut.seats):
        code = "move-over-total" if over.level is None else "move-over-places"
        raise Refused(Denial(code, over_facts(group, over.level, over)))


def after(group: Group, counting: Collection[PrizeMove]) -> Levels:
    rows = {entry.pk: row for row, entry in enumerate(group.outcome.entries)}
    given = [(rows[step.entry_id], step.after) for one in counting for step in one.steps.all()]
    return levels_after(group.outcome, group.due, given)


def over_facts(group: Group, level: int | None, over: Any) -> dict[str, Any]:
    prize = _("prizes in all") if level is None else prize_word(group, level)
    return {"group": group.outcome.group, "prize": prize, "given": over.given, "most": over.most}


def prize_word(group: Group, level: int | None) -> str:
    return str(_("no prize")) if level is None else group.levels[level].label


def record(move: PrizeMove, action: str, *, by: User, at: datetime) -> None:
    """Numbers and prizes; why, and under which minutes, the log only commits to."""
    contest = move.contest
    labels = dict(PrizeLevel.objects.filter(group__plan__contest=contest).values_list("code", "label_zh")) | {"": "—"}
    body: dict[str, Any] = {
        "number": move.number,
        "entries": [
            f"{one.entry.number} {labels[one.before]} → {labels[one.after]}"
            for one in move.steps.select_related("entry")
        ],
        "why": contest.mint.commitment(move.reason, move.minutes),
    }
    if move.count is not None:
        body |= {name: getattr(move, name) for name in VOTE} | {"is_carried": move.is_carried}
    body["content"] = digest(move_lines(contest))
    events.record(contest, action, move, by=by, at=at, body=body)


def move_lines(contest: Contest) -> list[dict[str, Any]]:
    """Every vote that stands, by numbers and codes: the log keeps the digest, a bundle the lines."""
    return [
        {
            "number": one.number,
            "terms": one.terms,
            "majority": one.majority,
            **{name: getattr(one, name) for name in VOTE},
            "is_carried": one.is_carried,
            "steps": [[step.entry.number, step.before, step.after] for step in one.steps.all()],
        }
        for one in standing_moves(contest)
        if one.count is not None
    ]
