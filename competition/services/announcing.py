"""Announcements on the page of a contest, with their files: looked into first, kept together or not at all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from competition import events, files
from competition.access import why_not_organise
from competition.core.tokens import random_key
from competition.errors import Denial, Refused
from competition.inspection import FileKind, Inspected, Limits, Unfit, inspect_file
from competition.models import Announcement, AnnouncementFile, Contest, User
from competition.services.materials import plain_name
from competition.services.papers import MB, stored_file
from competition.unfit import sentence

MOST_FILES = 5
MOST_MB = 20
KINDS = frozenset({FileKind.PDF, FileKind.WORD, FileKind.SHEET, FileKind.SLIDES, FileKind.IMAGE})
LIMITS = Limits(kinds=KINDS, max_bytes=MOST_MB * MB)


@dataclass(frozen=True)
class Upload:
    """A file as it came."""

    name: str
    size: int
    chunks: Iterable[bytes]


@dataclass(frozen=True)
class Fit:
    """One that was looked into and may be kept."""

    name: str
    part: Path
    found: Inspected


def announce(
    *, contest: Contest, title: str, body: str, by: User, at: datetime, uploads: Sequence[Upload] = ()
) -> Announcement:
    """Looking into files takes place outside a transaction; one that is not fit leaves nothing of the others.

    raises   Refused "too-many-attachments", "file-unfit"
    """
    if denial := why_not_organise(by, contest, at=at):
        raise Refused(denial)
    if len(uploads) > MOST_FILES:
        raise Refused(Denial("too-many-attachments", {"most": MOST_FILES}))
    scratch = [random_key() for _ in uploads]
    try:
        fit = [looked_into(one, key) for one, key in zip(uploads, scratch, strict=True)]
        return put_up(contest=contest, title=title, body=body, fit=fit, by=by, at=at)
    finally:
        for key in scratch:
            files.forget_part(key)


def looked_into(upload: Upload, key: str) -> Fit:
    """raises   Refused "file-unfit", naming the file and what is wrong with it"""
    name = plain_name(upload.name)
    try:
        if upload.size > LIMITS.max_bytes:
            raise Unfit("too-large", size=upload.size, most=LIMITS.max_bytes)
        part = files.write_part(key, upload.chunks)
        return Fit(name, part, inspect_file(part, LIMITS))
    except Unfit as fault:
        raise Refused(Denial("file-unfit", {"name": name, "why": sentence(fault)})) from fault


@transaction.atomic
def put_up(*, contest: Contest, title: str, body: str, fit: Sequence[Fit], by: User, at: datetime) -> Announcement:
    if denial := why_not_organise(by, contest, at=at):
        raise Refused(denial)
    made = Announcement.objects.create(contest=contest, title=title, body=body, at=at)
    for one in fit:
        AnnouncementFile.objects.create(announcement=made, name=one.name, file=stored_file(one.found, at=at))
        files.keep(one.part, one.found.sha256)
    said = {"files": [one.found.sha256 for one in fit]} if fit else None
    events.record(contest, "announcement.made", made, by=by, at=at, body=said)
    return made


@transaction.atomic
def hide_announcement(*, announcement: Announcement, by: User, at: datetime) -> None:
    """Taken off the page with its files; what was said stays on record."""
    if denial := why_not_organise(by, announcement.contest, at=at):
        raise Refused(denial)
    if Announcement.objects.filter(pk=announcement.pk, is_hidden=False).update(is_hidden=True):
        events.record(announcement.contest, "announcement.hidden", announcement, by=by, at=at)
