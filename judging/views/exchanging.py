"""The board of pairs, where a click does not add or take away but chooses what is to change hands."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.contrib import messages
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from competition.core.tokens import KEY_LENGTH
from competition.errors import Denial, Refused
from competition.models import Contest, Entry
from competition.views.doors import SignedIn
from judging.models import Assignment, Judge, Rubric
from judging.pairing import Step, swap_of, warnings_of_steps
from judging.services.exchanging import (
    MOVED,
    move_assignment,
    swap_assignments,
    undo_exchange,
    why_not_exchange,
)
from judging.states import ConflictReason

MODE = "move"
LONGEST_NUMBER = 9


@dataclass(frozen=True)
class Choice:
    """What is chosen so far: a pair, then what happens to it. `having`: judges who have its entry already."""

    pair: Assignment | None = None
    to: str = ""
    steps: tuple[Step, ...] = ()
    having: Collection[int] = ()
    warnings: list[str] = field(default_factory=list)
    denial: Denial | None = None

    @property
    def is_swap(self) -> bool:
        return len(self.steps) == 2

    @property
    def do(self) -> str:
        """The word that does it."""
        step, what = self.to.split(".")
        return f"{step}.{self.pair.key}.{what}" if self.pair else ""

    def may_come(self, kind: str, entry: Entry, judge: Judge, *, added: Collection[str]) -> str:
        """What a click on a pair that nobody marks does: it takes the entry of the chosen one, in its row."""
        is_row = self.pair is not None and self.pair.entry_id == entry.pk
        return f"move.{judge.key}" if is_row and kind in added else ""

    def may_swap(
        self,
        other: Assignment,
        assignments: Mapping[tuple[int, int], Assignment],
        reasons: Mapping[tuple[int, int], ConflictReason],
        out: Collection[int],
    ) -> str:
        """What a click on another assignment does: its entry for that of the chosen one, where neither is barred."""
        one = self.pair
        if one is None or one.entry_id == other.entry_id or one.judge_id == other.judge_id:
            return ""
        has_it = (other.entry_id, one.judge_id) in assignments or other.judge_id in self.having
        barred = (one.judge_id, other.entry_id) in reasons or (other.judge_id, one.entry_id) in reasons
        left = one.judge_id in out or other.judge_id in out
        return "" if has_it or barred or left else f"swap.{other.key}"


def choice_of(request: SignedIn, rubric: Rubric) -> Choice | None:
    """None where a click adds or takes away."""
    if request.GET.get("mode") != MODE:
        return None
    pair = named(rubric, request.GET.get("pair", ""))
    if pair is None:
        return Choice()
    rows = Assignment.objects.filter(round=pair.round_id, entry=pair.entry_id)
    having = frozenset(rows.values_list("judge", flat=True))
    to = request.GET.get("to", "")
    steps = steps_of(rubric, pair, to)
    if not steps:
        return Choice(pair, having=having)
    denial = why_not_exchange(steps)
    return Choice(pair, to, steps, having, [] if denial else warnings_of_steps(rubric, steps), denial)


def in_full(rubric: Rubric) -> QuerySet[Assignment]:
    rows = Assignment.objects.select_related("judge__contest", "judge__person", "judge__district", "entry", "round")
    rows = rows.prefetch_related("judge__subjects")
    return rows.filter(round=rubric.round_id, entry__track=rubric.track_id)


def named(rubric: Rubric, key: str) -> Assignment | None:
    """Of this board; None where it has changed hands or was taken away."""
    found: Assignment | None = in_full(rubric).filter(key=key).first() if is_key(key) else None
    return found


def is_key(text: str) -> bool:
    return len(text) == KEY_LENGTH and text.isascii() and text.isalnum()


def steps_of(rubric: Rubric, pair: Assignment, to: str) -> tuple[Step, ...]:
    """to   move.<judge> or swap.<assignment>"""
    what, _dot, key = to.partition(".")
    if what == "swap":
        other = named(rubric, key)
        return swap_of(pair, other) if other else ()
    judges = rubric.round.contest.judges.select_related("contest", "person", "district").prefetch_related("subjects")
    judge = judges.filter(key=key).first() if what == "move" and is_key(key) else None
    return (Step(pair, judge),) if judge else ()


def exchanged(request: SignedIn, rubric: Rubric, words: list[str]) -> tuple[str, str]:
    """What was done, and the word that undoes it. Words: move or swap, an assignment, a judge or an assignment."""
    pair = named(rubric, words[1])
    steps = steps_of(rubric, pair, f"{words[0]}.{words[2]}") if pair else ()
    if pair is None or not steps:
        raise Refused(Denial("assignment-gone"))
    warnings = warnings_of_steps(rubric, steps)
    facts = {"judge": pair.judge.code, "number": pair.entry.number, "other": steps[0].to.code}
    if len(steps) == 1:
        seq = move_assignment(assignment=pair, to=steps[0].to, by=request.user, at=timezone.now())
        told = _("%(number)s went from %(judge)s to %(other)s.") % facts
    else:
        other = steps[1].assignment
        seq = swap_assignments(one=pair, other=other, by=request.user, at=timezone.now())
        facts["second"] = other.entry.number
        told = _("%(judge)s marks %(second)s now, and %(other)s marks %(number)s.") % facts
    for word in warnings:
        messages.warning(request, word)
    return told, f"back.{seq}"


def brought_back(request: SignedIn, contest: Contest, words: list[str]) -> tuple[str, str]:
    seq = int(words[1]) if words[1].isascii() and words[1].isdecimal() and len(words[1]) <= LONGEST_NUMBER else 0
    was = undo_exchange(contest=contest, seq=seq, by=request.user, at=timezone.now())
    return (_("The move was undone.") if was == MOVED else _("The swap was undone.")), ""
