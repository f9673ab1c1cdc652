"""What a referee enters and a second person confirms: measured attempts.

Every write can be sent twice and is done once. A form names the version that its page was made from, so that nothing is
overwritten silently; what was confirmed stays as it is, and a correction is a new version that is confirmed again.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from competition import events
from competition.access import HIDDEN
from competition.errors import Denial, Refused
from competition.lifecycle import move
from competition.models import Contest, Entry, User
from competition.states import EntryState
from judging.access import ALONE, why_not_confirm, why_not_keep_judges, why_not_measure
from judging.core.measured import result_text
from judging.models import Attempt, RoundEntry, Rubric
from judging.states import AttemptState, Measure, Outcome


@dataclass(frozen=True)
class Reading:
    """What stands on the referee's paper: points in the rubric's unit, time in milliseconds; neither where void."""

    points: int | None = None
    milliseconds: int | None = None
    outcome: str = Outcome.VALID

    @property
    def facts(self) -> dict[str, Any]:
        """For the log and for a second reading: what is blank is left out."""
        said = {"points": self.points, "milliseconds": self.milliseconds}
        return {"outcome": str(self.outcome), **{name: value for name, value in said.items() if value is not None}}

    def text(self, places: int) -> str:
        if self.outcome == Outcome.VOID:
            return str(Outcome.VOID.label)
        return result_text(self.points, self.milliseconds, places)


def reading_of(attempt: Attempt) -> Reading:
    return Reading(attempt.points, attempt.milliseconds, attempt.outcome)


def why_not_complete(reading: Reading, rubric: Rubric) -> Denial | None:
    """All that is measured, and nothing else. A blank is not a zero."""
    has = (reading.points is not None, reading.milliseconds is not None)
    plan = rubric.measure_plan
    if reading.outcome == Outcome.VOID:
        return Denial("attempt-void-with-result") if any(has) else None
    if has == (plan.has_points, plan.has_time):
        return None
    return Denial("attempt-incomplete", {"measure": Measure(rubric.measure).label})


def locked_contest(contest_pk: int) -> None:
    """What is measured counts: it waits for whoever ends the judging or measures too, and they for it."""
    Contest.objects.select_for_update(no_key=True).get(pk=contest_pk)


def current_attempt(rubric: Rubric, entry: Entry, number: int) -> Attempt | None:
    rows = Attempt.objects.current().select_related("round__contest", "entry")
    return rows.filter(round=rubric.round_id, entry=entry, number=number).first()


@transaction.atomic
def enter_attempt(
    *, rubric: Rubric, entry: Entry, number: int, reading: Reading, base: int, save: str, by: User, at: datetime
) -> Attempt:
    """The first word on an attempt, or the next one: a correction. It counts once a second person has confirmed it.

    base     the version that the page showed; 0 for none
    save     the client's key of this form
    raises   Refused "attempt-changed" where another version stands now, "attempt-incomplete", "attempt-same",
             "attempt-void-with-result", or why it may not be measured
    """
    contest = rubric.round.contest
    locked_contest(contest.pk)
    contest.refresh_from_db()
    now = current_attempt(rubric, entry, number)
    if now is not None and now.save_key == save and reading_of(now) == reading:
        return now
    if denial := why_not_measure(by, rubric, at=at) or why_not_here(rubric, entry, number):
        raise Refused(denial)
    if (now.version if now else 0) != base:
        raise Refused(Denial("attempt-changed", {"entry": entry.number, "number": number}))
    if denial := why_not_complete(reading, rubric):
        raise Refused(denial)
    if now is not None and reading_of(now) == reading:
        raise Refused(Denial("attempt-same", {"entry": entry.number, "number": number}))
    if now is not None:
        move(now, AttemptState.SUPERSEDED, by=by, at=at)
    made = Attempt.objects.create(
        round=rubric.round, entry=entry, number=number, version=next_version(rubric, entry, number),
        measure=rubric.measure, places=rubric.places, points=reading.points, milliseconds=reading.milliseconds,
        outcome=reading.outcome, save_key=save, entered_by=by, entered_at=at,
    )  # fmt: skip
    body = {"entry": entry.key, "number": number, "version": made.version, **reading.facts}
    events.record(contest, "attempt.entered", made, by=by, at=at, body=body)
    return made


def why_not_here(rubric: Rubric, entry: Entry, number: int) -> Denial | None:
    """This attempt of this entry is one that is measured."""
    takes_part = RoundEntry.objects.filter(round=rubric.round_id, entry=entry).exists()
    is_theirs = rubric.is_measured and entry.track_id == rubric.track_id and 1 <= number <= rubric.attempts
    return None if is_theirs and takes_part and entry.state == EntryState.PASSED else HIDDEN


def next_version(rubric: Rubric, entry: Entry, number: int) -> int:
    rows = Attempt.objects.filter(round=rubric.round_id, entry=entry, number=number)
    return (rows.order_by("-version").values_list("version", flat=True).first() or 0) + 1


def confirm_attempt(*, attempt: Attempt, rubric: Rubric, reading: Reading, by: User, at: datetime) -> Attempt:
    """The second person has typed it again from the paper: equal, it counts; different, both stay to be settled.

    raises   Refused "attempt-differs" naming the difference, after it was kept; "attempt-changed", "second-person",
             "attempt-incomplete", "attempt-void-with-result", or why it may not be measured
    """
    checked = check_attempt(attempt=attempt, rubric=rubric, reading=reading, by=by, at=at)
    refuse_differing(checked, reading)
    return checked


def refuse_differing(checked: Attempt, reading: Reading) -> None:
    """Outside the transaction that has kept it."""
    if checked.state == AttemptState.DIFFERING:
        raise Refused(Denial("attempt-differs", difference(checked, reading)))


@transaction.atomic
def check_attempt(*, attempt: Attempt, rubric: Rubric, reading: Reading, by: User, at: datetime) -> Attempt:
    """The attempt, confirmed or with a second reading that differs. Sent twice it is done once."""
    contest = rubric.round.contest
    locked_contest(contest.pk)
    contest.refresh_from_db()
    attempt = Attempt.objects.select_related("round__contest", "entry").get(pk=attempt.pk)
    if is_checked_so(attempt, reading, by):
        return attempt
    if denial := why_not_measure(by, rubric, at=at) or why_not_here(rubric, attempt.entry, attempt.number):
        raise Refused(denial)
    if attempt.state not in (AttemptState.ENTERED, AttemptState.DIFFERING):
        raise Refused(Denial("attempt-changed", {"entry": attempt.entry.number, "number": attempt.number}))
    if denial := why_not_confirm(by, attempt, rubric, at=at) or why_not_complete(reading, rubric):
        raise Refused(denial)
    if reading == reading_of(attempt):
        is_alone = attempt.entered_by_id == by.pk
        move(
            attempt, AttemptState.CONFIRMED, by=by, at=at, second=None, checked_by=by, checked_at=at, is_alone=is_alone
        )
        return attempt
    keep_difference(attempt, reading, by=by, at=at)
    return attempt


def is_checked_so(attempt: Attempt, reading: Reading, by: User) -> bool:
    """This very check was made before."""
    if attempt.checked_by_id != by.pk:
        return False
    if attempt.state == AttemptState.CONFIRMED:
        return reading == reading_of(attempt)
    return attempt.state == AttemptState.DIFFERING and attempt.second == reading.facts


def keep_difference(attempt: Attempt, reading: Reading, *, by: User, at: datetime) -> None:
    """What the second person read stands beside the first; the log keeps every one of them."""
    facts = {"number": attempt.number, "version": attempt.version, **reading.facts}
    second = reading.facts
    move(attempt, AttemptState.DIFFERING, by=by, at=at, facts=facts, second=second, checked_by=by, checked_at=at)


def difference(attempt: Attempt, reading: Reading) -> dict[str, Any]:
    """In words: what was entered, what was typed now."""
    first = reading_of(attempt).text(attempt.places)
    facts = {"entry": attempt.entry.number, "number": attempt.number}
    return facts | {"first": first, "second": reading.text(attempt.places)}


@transaction.atomic
def save_measuring_rules(*, contest: Contest, is_alone: bool, by: User, at: datetime) -> None:
    """Whether one person may enter and confirm: an office of one has nobody else. Every page of it says so."""
    contest = Contest.objects.select_for_update().get(pk=contest.pk)
    if denial := why_not_keep_judges(by, contest, at=at):
        raise Refused(denial)
    if bool(contest.settings.get(ALONE)) != is_alone:
        contest.settings = {**contest.settings, ALONE: is_alone}
        contest.save(update_fields=["settings"])
        events.record(contest, "measuring.ruled", contest, by=by, at=at, body={"alone": int(is_alone)})
