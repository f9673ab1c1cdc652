"""Contests and what they consist of."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from competition import events
from competition.access import why_not_in_state, why_not_organise
from competition.core.tokens import Mint
from competition.errors import Refused
from competition.lifecycle import move
from competition.models import Contest, Division, Series, Subject, Track, User
from competition.services.agreeing import inherit_two_persons
from competition.services.upsert import upsert
from competition.states import ContestKind, ContestState, Level

# settings that no workbook knows
ON_THE_WEB = (
    "institution_cap", "district_cap", "division_shares", "entry_number", "measured_alone", "paper_twice", "analysis",
    "result_detail", "list_style", "ceremony", "school_certificates",
    "notice_required", "notice_days", "answer_days", "two_persons", "move_majority", "move_minutes",
    "tutor_prizes", "ballot_open", "ballot_runoff", "approval", "signatory",
    "forwards", "forward_ties", "forward_consent", "nominators", "unit_reports", "every",
)  # fmt: skip


@dataclass(frozen=True)
class ContestDetails:
    """What a contest is. `series` is what all editions share."""

    name: str
    series: str
    year: int
    as_of: datetime
    name_en: str = ""
    level: str = Level.CITY
    kind: str = ContestKind.CONTEST
    ordinal: int | None = None
    places: int = 2
    entries_per_student: int | None = 1
    zone: str = "Asia/Shanghai"
    settings: dict[str, Any] = field(default_factory=dict)


@transaction.atomic
def save_contest(
    *,
    details: ContestDetails,
    mint: Mint,
    has_verification: bool,
    by: User | None,
    at: datetime,
    belongs_to: Contest | None = None,
) -> Contest:
    """Make the edition, or bring it up to date. Its secret is given once."""
    series, _ = Series.objects.get_or_create(
        label_zh=details.series, defaults={"level": details.level, "key": mint.key("series", details.series)}
    )
    edition = edition_words(details.series, details.year, details.ordinal)
    existing = Contest.objects.filter(series=series, year=details.year, ordinal=details.ordinal)
    before = existing.values_list("settings", flat=True).first() or {}
    wanted = Contest(
        key=mint.key(*edition),
        secret=mint.bytes("secret", *edition),
        series=series,
        label_zh=details.name,
        label_en=details.name_en,
        kind=details.kind,
        ordinal=details.ordinal,
        year=details.year,
        as_of=details.as_of,
        zone=details.zone,
        places=details.places,
        entries_per_student=details.entries_per_student,
        settings={name: before[name] for name in ON_THE_WEB if name in before} | details.settings,
        has_verification=has_verification,
        belongs_to=belongs_to,
    )
    fields = ["label_zh", "label_en", "as_of", "zone", "places", "entries_per_student", "settings"]
    saved = upsert(existing, ["series_id"], [wanted], fields)
    contest = saved.rows[series.pk]
    if saved.has_changes:
        action = "contest.created" if saved.created else "contest.changed"
        changed = sorted(name for change in saved.changed.values() for name in change)
        events.record(contest, action, contest, by=by, at=at, body={"fields": changed})
    inherit_two_persons(contest, by=by, at=at)
    return contest


def edition_words(series: str, year: int, ordinal: int | None) -> tuple[str, str, int, int | None]:
    """What a contest's secret is derived from."""
    return "edition", series, year, ordinal


@dataclass(frozen=True)
class TrackDetails:
    name: str
    name_en: str = ""
    max_authors: int = 3
    max_tutors: int = 3
    is_group: bool = False
    is_by_minutes: bool = False


@transaction.atomic
def save_tracks(*, contest: Contest, tracks: Sequence[TrackDetails], by: User | None, at: datetime) -> dict[str, Track]:
    """The tracks by name. A track that is no longer wanted stays: entries may hang on it."""
    wanted = [
        Track(
            contest=contest,
            code=track.name,
            order=order,
            label_zh=track.name,
            label_en=track.name_en,
            max_authors=track.max_authors,
            max_tutors=track.max_tutors,
            is_group=track.is_group,
            is_by_minutes=track.is_by_minutes,
        )
        for order, track in enumerate(tracks, 1)
    ]
    fields = ["order", "label_zh", "label_en", "max_authors", "max_tutors", "is_group", "is_by_minutes"]
    saved = upsert(contest.tracks.all(), ["code"], wanted, fields)
    if saved.has_changes:
        events.record(contest, "tracks.saved", contest, by=by, at=at, body={"tracks": len(wanted)})
    return saved.rows


@transaction.atomic
def save_divisions(
    *, contest: Contest, names: Sequence[tuple[str, str, str]], by: User | None, at: datetime
) -> dict[str, Division]:
    """names   (code, Chinese, English) in order; the divisions come back by code."""
    wanted = [
        Division(contest=contest, code=code, order=order, label_zh=zh, label_en=en)
        for order, (code, zh, en) in enumerate(names, 1)
    ]
    saved = upsert(contest.divisions.all(), ["code"], wanted, ["order", "label_zh", "label_en"])
    if saved.has_changes:
        events.record(contest, "divisions.saved", contest, by=by, at=at, body={"divisions": len(wanted)})
    return saved.rows


@transaction.atomic
def save_subjects(*, contest: Contest, names: Sequence[str], by: User | None, at: datetime) -> dict[str, Subject]:
    wanted = [Subject(contest=contest, level="", code=name, label_zh=name) for name in names]
    saved = upsert(contest.subjects.filter(level=""), ["code"], wanted, [])
    if saved.has_changes:
        events.record(contest, "subjects.saved", contest, by=by, at=at, body={"subjects": len(wanted)})
    return saved.rows


def reach(*, contest: Contest, state: ContestState, by: User | None, at: datetime) -> None:
    """Move the contest forward, step by step, until it stands at `state`; one that is further stays there."""
    way = [ContestState.JUDGING, ContestState.DECISION]
    if contest.state in (ContestState.SETUP, ContestState.ENTRY):
        move(contest, ContestState.JUDGING, by=by, at=at)
    while contest.state in way[: way.index(state)]:
        move(contest, way[way.index(ContestState(contest.state)) + 1], by=by, at=at)


@transaction.atomic
def resume_judging(*, contest: Contest, by: User, at: datetime) -> None:
    """Back from the decision, so that judges can be brought in, assigned and mark again. The list is proposed anew."""
    denial = why_not_organise(by, contest, at=at) or why_not_in_state(contest, ContestState.DECISION)
    if denial:
        raise Refused(denial)
    move(contest, ContestState.JUDGING, by=by, at=at)


@transaction.atomic
def remember_input(*, contest: Contest, digest: str, by: User | None, at: datetime) -> None:
    """The digest of the workbook that the contest stands for: the same one again changes nothing."""
    if contest.input_digest != digest:
        contest.input_digest = digest
        contest.save(update_fields=["input_digest"])
        events.record(contest, "workbook.loaded", contest, by=by, at=at, body={"digest": digest})
