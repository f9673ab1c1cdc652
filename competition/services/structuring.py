"""What a contest consists of, while nobody rests on it: tracks, divisions, subjects."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import ProtectedError

from competition import events
from competition.access import why_not_set_up
from competition.errors import Denial, Refused
from competition.models import Contest, Division, Subject, Track, User
from competition.services.upsert import upsert


@dataclass(frozen=True)
class PartDetails:
    """code   stays what it was; of a new one, what names it in addresses and lists
    level  of a subject
    """

    code: str
    label_zh: str
    label_en: str = ""
    level: str = ""


@transaction.atomic
def change_divisions(*, contest: Contest, wanted: Sequence[PartDetails], by: User, at: datetime) -> None:
    """Make these the divisions, in this order.

    raises   Refused "part-twice", "part-in-use"
    """
    refuse(contest, by, at)
    refuse_twice([one.code for one in wanted], wanted)
    rows = [
        Division(contest=contest, code=one.code, order=order, label_zh=one.label_zh, label_en=one.label_en)
        for order, one in enumerate(wanted, 1)
    ]
    saved = upsert(contest.divisions.all(), ["code"], rows, ["order", "label_zh", "label_en"])
    drop(saved.unwanted)
    if saved.has_changes or saved.unwanted:
        events.record(contest, "divisions.saved", contest, by=by, at=at, body={"divisions": len(rows)})


@transaction.atomic
def change_subjects(*, contest: Contest, wanted: Sequence[PartDetails], by: User, at: datetime) -> None:
    """Make these the subjects. One code may stand on two levels.

    raises   Refused "part-twice", "part-in-use"
    """
    refuse(contest, by, at)
    refuse_twice([(one.level, one.code) for one in wanted], wanted)
    rows = [
        Subject(contest=contest, level=one.level, code=one.code, label_zh=one.label_zh, label_en=one.label_en)
        for one in wanted
    ]
    saved = upsert(contest.subjects.all(), ["level", "code"], rows, ["label_zh", "label_en"])
    drop(saved.unwanted)
    if saved.has_changes or saved.unwanted:
        events.record(contest, "subjects.saved", contest, by=by, at=at, body={"subjects": len(rows)})


@transaction.atomic
def add_track(
    *, contest: Contest, label_zh: str, label_en: str, by: User, at: datetime, is_by_minutes: bool = False
) -> Track:
    """At the end, asking for nothing yet.

    is_by_minutes   its prizes are decided elsewhere, without marks
    raises   Refused "part-twice"
    """
    refuse(contest, by, at)
    if contest.tracks.filter(models.Q(code=label_zh) | models.Q(label_zh=label_zh)).exists():
        raise Refused(Denial("part-twice", {"found": label_zh}))
    last = contest.tracks.order_by("-order").values_list("order", flat=True).first() or 0
    track = Track.objects.create(
        contest=contest,
        code=label_zh,
        label_zh=label_zh,
        label_en=label_en,
        order=last + 1,
        is_by_minutes=is_by_minutes,
    )
    events.record(contest, "tracks.saved", track, by=by, at=at, body={"tracks": contest.tracks.count()})
    return track


@transaction.atomic
def remove_track(*, track: Track, by: User, at: datetime) -> None:
    """With what it asks for and its rubric. One that has an entry, be it a draft, stays.

    raises   Refused "part-in-use"
    """
    contest = track.contest
    refuse(contest, by, at)
    drop([track])
    events.record(contest, "tracks.saved", contest, by=by, at=at, body={"tracks": contest.tracks.count()})


def refuse(contest: Contest, by: User, at: datetime) -> None:
    if denial := why_not_set_up(by, contest, at=at):
        raise Refused(denial)


def refuse_twice(keys: Sequence[Any], wanted: Sequence[PartDetails]) -> None:
    for at, key in enumerate(keys):
        if key in keys[:at]:
            raise Refused(Denial("part-twice", {"found": wanted[at].label_zh}))


def drop(unwanted: Sequence[models.Model]) -> None:
    """What an entry names stays; quotas and materials of what goes go with it."""
    for one in unwanted:
        try:
            one.delete()
        except ProtectedError as fault:
            raise Refused(Denial("part-in-use", {"found": one})) from fault
