"""Judges and their conflicts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from competition import events
from competition.models import Contest, District, Entry, Person, School, Track, User
from competition.services.upsert import upsert
from judging.conflicts import schools_called
from judging.models import Conflict, Judge
from judging.states import ConflictSource


@dataclass(frozen=True)
class JudgeDetails:
    """`tracks` empty means all; `conflicts` are entries, schools or people."""

    code: str
    person: Person
    institution: str = ""
    school: School | None = None
    district: District | None = None
    tracks: tuple[Track, ...] = ()
    conflicts: tuple[Entry | School | Person, ...] = ()
    max_load: int = 0
    extra: dict[str, str] = field(default_factory=dict)


@transaction.atomic
def save_judges(*, contest: Contest, judges: Sequence[JudgeDetails], by: User | None, at: datetime) -> dict[str, Judge]:
    """The judges by code. Who is no longer named stays, since sheets may hang on them, but is not assigned any more."""
    answered = {one.pk: schools_called(one) for one in contest.judges.exclude(answered_at=None)}
    saved = upsert(
        contest.judges.all(),
        ["code"],
        [
            Judge(
                key=contest.mint.key("judge", one.code),
                contest=contest,
                person=one.person,
                code=one.code,
                institution=one.institution,
                school=one.school,
                district=one.district,
                max_load=one.max_load,
                extra=one.extra,
            )
            for one in judges
        ],
        ["person_id", "institution", "school_id", "district_id", "max_load", "is_active", "extra"],
    )
    left = Judge.objects.filter(pk__in=[judge.pk for judge in saved.unwanted], is_active=True).update(is_active=False)
    changed = save_tracks_of(saved.rows, judges) | save_conflicts(saved.rows, judges)
    for judge in saved.rows.values():
        keep_conflicts(judge, answered.get(judge.pk, set()))
    if saved.has_changes or changed or left:
        body = {"judges": len(judges), "left": left, "conflicts": sum(len(one.conflicts) for one in judges)}
        events.record(contest, "judges.imported", contest, by=by, at=at, body=body)
    return saved.rows


def save_tracks_of(rows: dict[str, Judge], judges: Sequence[JudgeDetails]) -> bool:
    links = Judge.tracks.through
    return replace_links(
        links.objects.filter(judge__in=[judge.pk for judge in rows.values()]),
        [links(judge=rows[one.code], track=track) for one in judges for track in one.tracks],
        ["judge_id", "track_id"],
    )


def save_conflicts(rows: dict[str, Judge], judges: Sequence[JudgeDetails]) -> bool:
    """Those of the workbook. What the office or a judge said on the web stays."""
    return replace_links(
        Conflict.objects.filter(judge__in=[judge.pk for judge in rows.values()], source=ConflictSource.WORKBOOK),
        [
            Conflict(judge=rows[one.code], source=ConflictSource.WORKBOOK, **{kind_of(thing): thing})
            for one in judges
            for thing in one.conflicts
        ],
        ["judge_id", "entry_id", "school_id", "person_id"],
    )


def keep_conflicts(judge: Judge, schools: set[int]) -> None:
    """Schools that were the judge's own stay a conflict when the institution is another word now."""
    known = set(judge.conflicts.exclude(school=None).values_list("school", flat=True))
    gone = schools - schools_called(judge) - known
    Conflict.objects.bulk_create(Conflict(judge=judge, school_id=school) for school in sorted(gone))


def kind_of(thing: Entry | School | Person) -> str:
    return type(thing).__name__.lower()


def replace_links(existing, wanted: list, key: list[str]) -> bool:
    """Make these the links; whether anything changed."""
    saved = upsert(existing, key, wanted, [])
    return bool(saved.drop_unwanted() or saved.created)


@transaction.atomic
def follow_renamed(
    contest: Contest, *, touched: object, renamed: Sequence[tuple[int, int]], reason: str, by: User | None, at: datetime
) -> None:
    """Who may not judge somebody may not judge them under their right name either."""
    followed = 0
    for before, now in renamed:
        for judge in contest.judges.filter(conflicts__person=before).exclude(conflicts__person=now).distinct():
            Conflict.objects.create(judge=judge, person_id=now)
            followed += 1
    if followed:
        events.record(contest, "conflicts.followed", contest, by=by, at=at, body={"conflicts": followed})
