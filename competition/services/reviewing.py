"""Decisions on an entry: by its unit, then by the office. Each is one row with its reasons, and one move."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from competition import events
from competition.access import why_not_check, why_not_recommend
from competition.drafts import counted, typed_from_rows
from competition.errors import Denial, Refused
from competition.lifecycle import move
from competition.models import ALIVE, Entry, Quota, Review, User
from competition.services.entering import locked_entry
from competition.states import EntryState, ReviewStep, Verdict

UNIT_VERDICTS = (Verdict.RECOMMENDED, Verdict.NOT_RECOMMENDED, Verdict.RETURNED)
OFFICE_VERDICTS = (Verdict.PASSED, Verdict.NOT_PASSED, Verdict.RETURNED)
SENT_ON = (EntryState.RECOMMENDED, EntryState.PASSED)


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

    reasons   codes of ready-made reasons; a return or a rejection needs one, or a text
    until     deadline of a returned entry; the contest's usual number of days where there is none
    raises    Refused "reason-missing", "quota-reached", "teams-reached", "no-such-move" …
    """
    entry = locked_entry(entry.pk)
    why_not = why_not_recommend if step == ReviewStep.UNIT else why_not_check
    if denial := why_not(by, entry, at=at):
        raise Refused(denial)
    if verdict not in (UNIT_VERDICTS if step == ReviewStep.UNIT else OFFICE_VERDICTS):
        raise Refused(Denial("verdict-of-other-step", {"verdict": verdict.label}))
    if verdict in (Verdict.RETURNED, Verdict.NOT_PASSED) and not reasons and not text.strip():
        raise Refused(Denial("reason-missing", {"entry": entry}))
    if verdict == Verdict.RECOMMENDED:
        refuse_over_quota(entry)
    review = Review.objects.create(
        entry=entry, step=step, verdict=verdict, reasons=list(reasons), text=text.strip(), at=at, by=by
    )
    move(entry, EntryState(verdict.value), by=by, at=at, **with_move(entry, verdict, step, at, until))
    return review


def with_move(entry: Entry, verdict: Verdict, step: ReviewStep, at: datetime, until: datetime | None) -> dict[str, Any]:
    """A returned entry is typed on where it stood, until its own deadline."""
    if verdict != Verdict.RETURNED:
        return {"return_until": None}
    usual = at + timedelta(days=entry.contest.days_to_correct)
    latest = entry.contest.unit_closes_at if step == ReviewStep.UNIT else None
    deadline = until or (min(usual, latest) if latest else usual)
    return {"return_until": deadline, "draft": entry.draft or typed_from_rows(entry)}


def refuse_over_quota(entry: Entry) -> None:
    """Nothing beyond the quota can be sent, and no more teams than its share allows."""
    if entry.school is None:
        return
    for quota in quotas_of_unit(entry):
        sent = Entry.objects.filter(school__district=entry.school.district, state__in=SENT_ON).exclude(pk=entry.pk)
        if counted(quota, sent) >= quota.most:
            raise Refused(Denial("quota-reached", {"most": quota.most, "what": what(quota)}))
        if quota.team_percent is not None and is_team(entry):
            most = quota.most * quota.team_percent // 100
            if teams(quota, sent) >= most:
                raise Refused(Denial("teams-reached", {"most": most, "what": what(quota)}))


def quotas_of_unit(entry: Entry) -> list[Quota]:
    """Those of the entry's unit that it counts against: of its track and division, or of all."""
    quotas = entry.contest.quotas.filter(district=entry.school.district if entry.school else None)
    return [
        one
        for one in quotas.select_related("track", "division")
        if one.track_id in (None, entry.track_id) and one.division_id in (None, entry.division_id)
    ]


def what(quota: Quota) -> str:
    return " ".join(str(part) for part in (quota.track, quota.division) if part) or str(quota.contest.label)


def is_team(entry: Entry) -> bool:
    return entry.authors.count() > 1


def teams(quota: Quota, sent: Any) -> int:
    found = sent.filter(contest=quota.contest, state__in=ALIVE, authors__order=2)
    if quota.track_id:
        found = found.filter(track=quota.track_id)
    return int((found.filter(division=quota.division_id) if quota.division_id else found).count())


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
