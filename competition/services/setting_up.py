"""What a contest asks for, and its way from set-up to open: saved by its organisers, copied from the last edition."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from competition import events
from competition.access import moment, why_not_organise, why_not_set_up
from competition.core.ordinals import next_in
from competition.core.tokens import Mint, random_key
from competition.errors import Denial, Refused
from competition.keys import installation_key
from competition.lifecycle import move
from competition.models import (
    Contest,
    Division,
    LateTerms,
    MaterialKind,
    Pledge,
    Series,
    Subject,
    Track,
    User,
)
from competition.parts import copied_from, made_from
from competition.presets import Preset
from competition.services.accounts import give_role
from competition.services.agreeing import switch_two_persons
from competition.services.contests import edition_words
from competition.services.copying import copied
from competition.services.upsert import upsert
from competition.states import ContestState, EntryState, RoleKind

BASICS = (
    "label_zh", "label_en", "has_unit_step", "opens_at", "closes_at", "unit_closes_at", "grace_minutes",
    "days_to_correct", "work_since", "work_until", "team_same_stage", "team_same_area", "tutor_same_stage",
    "tutor_same_area", "entries_per_student", "about", "contact",
)  # fmt: skip
TRACK_RULES = (
    "asks_subject",
    "label_zh", "label_en", "is_group", "max_authors", "max_tutors", "min_age", "max_age", "has_abstract",
    "abstract_most", "asks_lower_contest",
)  # fmt: skip
MATERIAL_RULES = (
    "order", "label_zh", "label_en", "is_required", "is_for_judges", "formats", "max_mb", "max_pages", "max_seconds",
    "max_files", "help_zh", "help_en",
)  # fmt: skip


def refuse_set_up(contest: Contest, by: User, at: datetime) -> None:
    if denial := why_not_set_up(by, contest, at=at):
        raise Refused(denial)


@transaction.atomic
def save_basics(*, contest: Contest, values: Mapping[str, Any], by: User, at: datetime) -> Contest:
    """Names, dates and rules that hold for all tracks; one event names the fields that changed."""
    refuse_set_up(contest, by, at)
    changed = [name for name in BASICS if name in values and getattr(contest, name) != values[name]]
    for name in changed:
        setattr(contest, name, values[name])
    if contest.opens_at and contest.closes_at and contest.opens_at >= contest.closes_at:
        raise Refused(Denial("ends-first", {"opens": moment(contest.opens_at), "closes": moment(contest.closes_at)}))
    if changed:
        contest.save(update_fields=changed)
        events.record(contest, "contest.changed", contest, by=by, at=at, body={"fields": sorted(changed)})
    return contest


@transaction.atomic
def save_track_rules(*, track: Track, values: Mapping[str, Any], by: User, at: datetime) -> Track:
    refuse_set_up(track.contest, by, at)
    changed = [name for name in TRACK_RULES if name in values and getattr(track, name) != values[name]]
    for name in changed:
        setattr(track, name, values[name])
    if changed:
        track.save(update_fields=changed)
        body = {"track": track.code, "fields": sorted(changed)}
        events.record(track.contest, "track.changed", track.contest, by=by, at=at, body=body)
    return track


@transaction.atomic
def save_material_kinds(*, track: Track, kinds: Sequence[MaterialKind], by: User, at: datetime) -> None:
    """Make these the materials that the track asks for. One that entries have files of stays, no longer required."""
    refuse_set_up(track.contest, by, at)
    for order, kind in enumerate(kinds, 1):
        kind.track, kind.order = track, order
    saved = upsert(track.material_kinds.all(), ["code"], kinds, list(MATERIAL_RULES))
    used = [kind for kind in saved.unwanted if kind.materials.exists()]
    eased = MaterialKind.objects.filter(pk__in=[kind.pk for kind in used], is_required=True).update(is_required=False)
    gone = [kind.pk for kind in saved.unwanted if kind not in used]
    MaterialKind.objects.filter(pk__in=gone).delete()
    if saved.has_changes or gone or eased:
        body = {"track": track.code, "kinds": len(kinds)}
        events.record(track.contest, "materials.asked", track.contest, by=by, at=at, body=body)


@transaction.atomic
def save_pledges(*, contest: Contest, pledges: Sequence[Pledge], by: User, at: datetime) -> None:
    refuse_set_up(contest, by, at)
    for order, pledge in enumerate(pledges, 1):
        pledge.contest, pledge.order = contest, order
    fields = ["order", "label_zh", "label_en", "by", "text_zh", "text_en", "is_required"]
    saved = upsert(contest.pledges.all(), ["code"], pledges, fields)
    if saved.drop_unwanted() or saved.has_changes:
        events.record(contest, "pledges.asked", contest, by=by, at=at, body={"pledges": len(pledges)})


@transaction.atomic
def open_contest(*, contest: Contest, by: User, at: datetime) -> None:
    """Schools may enter from `opens_at` on.

    raises   Refused "set-up-incomplete" naming what is missing
    """
    refuse_set_up(contest, by, at)
    if missing := missing_for_opening(contest):
        raise Refused(Denial("set-up-incomplete", {"missing": "、".join(missing)}))
    move(contest, ContestState.ENTRY, by=by, at=at)


@transaction.atomic
def close_entries(*, contest: Contest, by: User, at: datetime) -> None:
    """Nobody enters any more; from here on entries are judged.

    raises   Refused "still-open", "unchecked-entries"
    """
    refuse_set_up(contest, by, at)
    ends = [contest.closes_at, contest.unit_closes_at if contest.has_unit_step else None]
    closes = max((day for day in ends if day), default=None)
    if closes and at < closes:
        raise Refused(Denial("still-open", {"contest": contest.label, "closes": moment(closes)}))
    if waiting := contest.entries.filter(state__in=[EntryState.RECOMMENDED, EntryState.RETURNED]).count():
        raise Refused(Denial("unchecked-entries", {"number": waiting}))
    move(contest, ContestState.JUDGING, by=by, at=at)


def missing_for_opening(contest: Contest) -> list[str]:
    tests = {
        _("the day it opens"): contest.opens_at is not None,
        _("the day it closes"): contest.closes_at is not None,
        _("a track"): contest.tracks.exists(),
        _("whom to ask"): bool(contest.contact.strip()),
    }
    return [name for name, holds in tests.items() if not holds]


@transaction.atomic
def contest_from_preset(
    *,
    preset: Preset,
    label_zh: str,
    year: int,
    by: User,
    at: datetime,
    two_persons: bool | None = None,
    series_zh: str = "",
    ordinal: int | None = None,
) -> Contest:
    """A new contest with everything that the preset says; the office changes what differs.

    two_persons   whether what is final takes two; None: nobody said, so one
    series_zh     what all its editions share; the name itself where nobody said
    """
    if denial := why_not_organise(by, None, at=at):
        raise Refused(denial)
    contest = new_edition(
        series_zh=series_zh or label_zh, label_zh=label_zh, year=year, ordinal=ordinal, level=preset.level, at=at
    )
    for name, value in preset.contest.items():
        setattr(contest, name, value)
    contest.save()
    for order, (code, zh, en) in enumerate(preset.divisions, 1):
        Division.objects.create(contest=contest, code=code, order=order, label_zh=zh, label_en=en)
    for order, one in enumerate(preset.tracks, 1):
        track = Track.objects.create(
            contest=contest, code=one.label_zh, order=order, label_zh=one.label_zh, label_en=one.label_en, **one.rules
        )
        MaterialKind.objects.bulk_create(
            MaterialKind(track=track, order=place, **kind) for place, kind in enumerate(one.materials, 1)
        )
    Pledge.objects.bulk_create(
        Pledge(contest=contest, order=place, **pledge) for place, pledge in enumerate(preset.pledges, 1)
    )
    Subject.objects.bulk_create(
        Subject(contest=contest, level=level, code=code, label_zh=zh, label_en=en)
        for level, code, zh, en in preset.subjects
    )
    events.record(contest, "contest.created", contest, by=by, at=at, body={"preset": preset.code})
    if two_persons is not None:
        switch_two_persons(contest=contest, is_on=two_persons, by=by, at=at)
    made_from(preset, contest, by=by, at=at)
    return contest


def new_edition(*, series_zh: str, label_zh: str, year: int, ordinal: int | None, level: str, at: datetime) -> Contest:
    """raises   Refused "edition-there-already" """
    series, _is_new = Series.objects.get_or_create(label_zh=series_zh, defaults={"level": level})
    same = Q(series=series, ordinal=ordinal) | Q(label_zh=label_zh)
    if Contest.objects.filter(same, year=year).exists():
        raise Refused(Denial("edition-there-already", {"contest": label_zh, "year": year}))
    mint, words = Mint(installation_key()), edition_words(series_zh, year, ordinal)
    return Contest.objects.create(
        key=random_key(), series=series, label_zh=label_zh, year=year, ordinal=ordinal, as_of=at,
        secret=mint.bytes("secret", *words), has_verification=True,
    )  # fmt: skip


@transaction.atomic
def copy_contest(*, contest: Contest, by: User, at: datetime, two_persons: bool | None = None) -> Contest:
    """The next edition: ordinal moves by one, year and dates by as many years as there are between editions; people and
    entries stay where they are. Who runs the one runs the other.

    two_persons   whether what is final takes two; None: as it was
    """
    if denial := why_not_organise(by, contest, at=at):
        raise Refused(denial)
    made = new_edition(
        series_zh=contest.series.label_zh,
        label_zh=next_label(contest),
        year=contest.year + years_between(contest),
        ordinal=contest.ordinal + 1 if contest.ordinal else None,
        level=contest.series.level,
        at=at,
    )
    made.label_en = contest.label_en and next_in(
        contest.label_en, contest.year, contest.ordinal, years_between(contest)
    )  # fmt: skip
    copy_rules(contest, made)
    copy_parts(contest, made)
    copied_from(contest, made, by=by, at=at)
    if why_not_organise(by, made, at=at):
        give_role(user=by, kind=RoleKind.ORGANISER, contest=made, by=by, at=at)
    events.record(made, "contest.created", made, by=by, at=at, body={"copied_from": contest.key})
    is_on = contest.settings.get("two_persons") if two_persons is None else two_persons
    if is_on is not None:
        switch_two_persons(contest=made, is_on=is_on, by=by, at=at)
    return made


COPIED = (
    "kind", "zone", "places", "entries_per_student", "settings", "has_unit_step", "grace_minutes", "days_to_correct",
    "team_same_stage", "team_same_area", "tutor_same_stage", "tutor_same_area", "about", "contact",
)  # fmt: skip
# two persons: in the log of the new one, with whoever says it; what goes up: to other contests than last year; the
# committee's moves and schools' downloads: each office says so for its own year
SAID_ANEW = (
    "two_persons", "forwards", "forward_ties", "unit_reports", "move_majority", "move_minutes", "school_certificates",
)  # fmt: skip
DATES = ("opens_at", "closes_at", "unit_closes_at", "work_since", "work_until")


def copy_rules(was: Contest, made: Contest) -> None:
    for name in COPIED:
        setattr(made, name, getattr(was, name))
    made.settings = {name: value for name, value in was.settings.items() if name not in SAID_ANEW}
    for name in DATES:
        day = getattr(was, name)
        setattr(made, name, day and years_later(day, years_between(was)))
    made.save()


def years_between(contest: Contest) -> int:
    """From one edition to the next."""
    return int(contest.settings.get("every", 1))


def years_later(day: Any, years: int) -> Any:
    """The same day so many years later; 29 February becomes 1 March, so that no end comes before its beginning."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, month=3, day=1)


def copy_parts(was: Contest, made: Contest) -> None:
    """Divisions, subjects, tracks with their materials, pledges, quotas, what is asked late of those who go up."""
    divisions = {one.pk: copied(one, contest=made) for one in was.divisions.all()}
    for subject in was.subjects.all():
        copied(subject, contest=made)
    tracks = {}
    for track in was.tracks.all():
        tracks[track.pk] = copied(track, contest=made)
        for kind in track.material_kinds.all():
            copied(kind, track=tracks[track.pk])
    for pledge in was.pledges.all():
        copied(pledge, contest=made)
    for quota in was.quotas.all():
        copied(
            quota, contest=made, track=tracks.get(quota.track_id or 0), division=divisions.get(quota.division_id or 0)
        )
    for terms in LateTerms.objects.filter(contest=was):  # its days are said anew, and until then nobody is asked
        copied(terms, contest=made, due_on=None, erase_on=None, erased_at=None)


def next_label(contest: Contest) -> str:
    """第九届 becomes 第十届, 2025 becomes 2026; where neither stands in it, the year goes in front."""
    return next_in(contest.label_zh, contest.year, contest.ordinal, years_between(contest))
