"""Who comes to a round that is held in one place: the units' replies (回执), and who is there on the day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from competition import events
from competition.access import moment
from competition.errors import Denial, Refused
from competition.lifecycle import move
from competition.models import Contest, User
from judging.access import UnitInRound, why_not_keep_attendance, why_not_reply
from judging.models import Reply, Round, RoundEntry
from judging.states import Attendance

OF_UNIT = (Attendance.EXPECTED, Attendance.COMING, Attendance.CANCELLED)  # later states are the desk's


@dataclass(frozen=True)
class Leader:
    """领队: whom the office calls about a unit's entries."""

    name: str
    phone: str


@transaction.atomic
def ask_units(*, one: Round, until: datetime | None, by: User, at: datetime) -> None:
    """Let units say until then which of their entries come, and who leads them; None: they are not asked any more.

    raises   Refused "reply-until-past", "no-finalists"
    """
    one = kept_round(one, by, at)
    if until is not None and until <= at:
        raise Refused(Denial("reply-until-past", {"until": moment(until)}))
    if until is not None and not one.round_entries.exists():
        raise Refused(Denial("no-finalists"))
    one.reply_until = until
    one.save(update_fields=["reply_until"])
    body = {"round": one.order, "until": until.isoformat() if until else ""}
    events.record(one.contest, "attendance.asked", one.contest, by=by, at=at, body=body)


def kept_round(one: Round, by: User, at: datetime) -> Round:
    """The round, for whoever may keep its attendance; it waits for whoever hands in a sheet, and they for it."""
    Contest.objects.select_for_update(no_key=True).get(pk=one.contest_id)
    one = Round.objects.select_related("contest").get(pk=one.pk)
    if denial := why_not_keep_attendance(by, one, at=at):
        raise Refused(denial)
    return one


@transaction.atomic
def reply(*, place: UnitInRound, coming: Mapping[RoundEntry, bool], leader: Leader, by: User, at: datetime) -> Reply:
    """A unit's word on all its entries at once. What the desk wrote already (is here, absent) stays as it is.

    coming   of the unit's entries in this round, those that it said something of
    raises   Refused "reply-over", "leader-missing"
    """
    Contest.objects.select_for_update(no_key=True).get(pk=place.round.contest_id)
    if denial := why_not_reply(by, place, at=at):
        raise Refused(denial)
    if any(coming.values()) and not (leader.name and leader.phone):
        raise Refused(Denial("leader-missing"))
    said = {True: Attendance.COMING, False: Attendance.CANCELLED}
    mine = place.round.round_entries.filter(entry__school__district=place.unit, state__in=OF_UNIT)
    for comes, state in said.items():
        mine.filter(pk__in=[one.pk for one, is_coming in coming.items() if is_coming == comes]).update(state=state)
    values = {"leader": leader.name, "phone": leader.phone, "by": by, "at": at}
    made, _ = Reply.objects.update_or_create(round=place.round, district=place.unit, defaults=values)
    counts = {"coming": sum(coming.values()), "cancelled": sum(not one for one in coming.values())}
    body = {"round": place.round.order, "unit": place.unit.key, **counts}
    events.record(place.round.contest, "attendance.replied", place.round.contest, by=by, at=at, body=body)
    return made


@transaction.atomic
def set_attendance(*, place: RoundEntry, to: Attendance, by: User, at: datetime) -> RoundEntry:
    """At the desk. Who is absent (弃权) is not marked: no sheet is expected, what was marked does not count, there is
    no score and no rank. It can be taken back."""
    one = kept_round(place.round, by, at)
    later = one.contest.rounds.filter(order__gt=one.order, is_for_finalists=True, round_entries__entry=place.entry_id)
    if to == Attendance.ABSENT and (went_on := later.first()):
        raise Refused(Denial("absent-went-on", {"entry": place.entry.number, "round": went_on.label}))
    move(place, to, by=by, at=at)
    return place
