"""Decisions on an entry: by its unit, then by the office. Each is one row with its reasons, and one move."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from competition import events, parts
from competition.access import moment, why_not_check, why_not_recommend
from competition.drafts import typed_from_rows
from competition.errors import Denial, Refused
from competition.lifecycle import move
from competition.models import Entry, Review, User
from competition.services.entering import locked_entry
from competition.services.findings import UNREAD, open_findings
from competition.services.quotas import refuse_over_quota
from competition.states import EntryState, ReviewStep, Verdict

UNIT_VERDICTS = (Verdict.RECOMMENDED, Verdict.NOT_RECOMMENDED, Verdict.RETURNED)
OFFICE_VERDICTS = (Verdict.PASSED, Verdict.NOT_PASSED, Verdict.RETURNED)
# What each step may decide on. A draft and a withdrawn entry are their school's; what the office decided is its own.
DECIDED_FROM = {
    ReviewStep.UNIT: (EntryState.SUBMITTED, EntryState.NOT_RECOMMENDED, EntryState.RECOMMENDED),
    ReviewStep.OFFICE: (EntryState.SUBMITTED, EntryState.RECOMMENDED, EntryState.PASSED, EntryState.NOT_PASSED),
}


@transaction.atomic
def review_entry(
    *,
    entry: Entry,
    step: ReviewStep,
    verdict: Verdict,
    by: User,
    at: datetime,
    reasons: Sequence[str] = (),
    text: str = "",
    until: datetime | None = None,
) -> Review:
    """Decide, once the rule of the step lets this person.

    reasons   codes of ready-made reasons; a return, or the office's rejection, needs one or a text. A unit may leave
              out without a word what exceeds its quota
    until     deadline of a returned entry; the contest's usual number of days where there is none
    raises    Refused "reason-missing", "until-past", "quota-reached", "teams-reached", "names-found", "no-such-move" …
    """
    entry = locked_entry(entry.pk)
    why_not = why_not_recommend if step == ReviewStep.UNIT else why_not_check
    if denial := why_not(by, entry, at=at):
        raise Refused(denial)
    if entry.state not in DECIDED_FROM[step]:
        raise Refused(Denial("no-such-move", {"thing": entry, "state": entry.get_state_display(),
                                              "to": verdict.label}))  # fmt: skip
    if until and until <= at:
        raise Refused(Denial("until-past", {"until": moment(until)}))
    if verdict not in (UNIT_VERDICTS if step == ReviewStep.UNIT else OFFICE_VERDICTS):
        raise Refused(Denial("verdict-of-other-step", {"verdict": verdict.label}))
    if verdict in (Verdict.RETURNED, Verdict.NOT_PASSED) and not reasons and not text.strip():
        raise Refused(Denial("reason-missing", {"entry": entry}))
    if verdict == Verdict.RECOMMENDED or entry.state == EntryState.NOT_PASSED:
        refuse_over_quota(entry)  # what did not pass had given its place up
    if verdict == Verdict.PASSED:
        refuse_names(entry)
    review = Review.objects.create(
        entry=entry, step=step, verdict=verdict, reasons=list(reasons), text=text.strip(), at=at, by=by
    )
    move(entry, EntryState(verdict.value), by=by, at=at, **with_move(entry, verdict, step, at, until))
    if verdict == Verdict.PASSED:
        parts.passed(entry, by=by, at=at)
    if step == ReviewStep.OFFICE:
        parts.checked(entry, by=by, at=at)
    return review


def refuse_names(entry: Entry) -> None:
    """Nothing goes to judges that names its author, unless the office has let it pass."""
    if named := open_findings(entry):
        first = named[0].findings[0]
        if first["what"] == UNREAD:
            raise Refused(Denial("text-unread", {"label": named[0].kind.label}))
        facts = {"label": named[0].kind.label, "page": first["page"], "word": first["word"]}
        raise Refused(Denial("names-found", facts))


def with_move(entry: Entry, verdict: Verdict, step: ReviewStep, at: datetime, until: datetime | None) -> dict[str, Any]:
    """A returned entry is typed on where it stood, until its own deadline."""
    if verdict != Verdict.RETURNED:
        return {"return_until": None}
    usual = at + timedelta(days=entry.contest.days_to_correct)
    latest = entry.contest.unit_closes_at if step == ReviewStep.UNIT else None
    deadline = until or (min(usual, latest) if latest else usual)
    return {"return_until": deadline, "draft": entry.draft or typed_from_rows(entry)}


@transaction.atomic
def rank_entries(*, entries: Sequence[Entry], by: User, at: datetime) -> None:
    """The unit's own order of what it sends up."""
    if not entries:
        return
    for entry in entries:
        if denial := why_not_recommend(by, entry, at=at):
            raise Refused(denial)
    changed = [entry for place, entry in enumerate(entries, 1) if entry.unit_rank != place]
    for place, entry in enumerate(entries, 1):
        entry.unit_rank = place
    Entry.objects.bulk_update(changed, ["unit_rank"])
    if changed:
        contest = entries[0].contest
        events.record(contest, "entries.ranked", contest, by=by, at=at, body={"entries": len(entries)})
