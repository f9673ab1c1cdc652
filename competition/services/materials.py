"""Files of an entry: named with their SHA-256, received whole or in pieces, looked into, kept."""

import re
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from competition import events, files
from competition.access import why_not_deliver, why_not_edit
from competition.core.tokens import random_key
from competition.errors import Denial, Refused
from competition.inspection import FileKind, Inspected, Limits, Unfit, inspect_file
from competition.models import Entry, Material, MaterialKind, User
from competition.services.entering import locked_entry, note_lacks
from competition.services.findings import make_copy, names_found, names_of, read_texts
from competition.services.papers import MB, stored_file
from competition.unfit import sentence

SHA256 = re.compile(r"[0-9a-f]{64}")


def limits_of(kind: MaterialKind) -> Limits:
    return Limits(
        kinds=frozenset(FileKind(one) for one in kind.formats),
        max_bytes=kind.max_mb * MB,
        max_pages=kind.max_pages,
        max_seconds=kind.max_seconds,
    )


@transaction.atomic
def promise_material(
    *, entry: Entry, kind: MaterialKind, name: str, size: int, sha256: str, by: User, at: datetime
) -> Material:
    """Name a file before its bytes arrive: from now on its SHA-256 counts, and only these bytes are taken.

    raises   Refused "too-many-files", "file-unfit", and why the entry may not be edited
    """
    entry = locked_entry(entry.pk)
    if denial := why_not_edit(by, entry, at=at):
        raise Refused(denial)
    if entry.materials.filter(kind=kind, is_removed=False).count() >= kind.max_files:
        raise Refused(Denial("too-many-files", {"label": kind.label, "most": kind.max_files}))
    if not SHA256.fullmatch(sha256):
        raise Refused(Denial("file-not-expected"))
    if not 0 < size <= kind.max_mb * MB:
        fault = Unfit("too-large", size=size, most=kind.max_mb * MB) if size else Unfit("empty-file")
        raise Refused(Denial("file-unfit", {"name": name, "why": sentence(fault)}))
    material = Material.objects.create(
        entry=entry, kind=kind, name=plain_name(name), size=size, sha256=sha256, added_at=at, added_by=by
    )
    events.record(entry.contest, "material.named", material, by=by, at=at, body={"sha256": sha256, "size": size})
    note_lacks(entry, at=at)
    return material


def plain_name(name: str) -> str:
    """The last part of a path, without control characters, short enough to keep with its ending."""
    last = re.split(r"[\\/]", name)[-1]
    clean = "".join(char for char in last if char.isprintable()).strip() or "file"
    stem, dot, ending = clean.rpartition(".")
    return clean if len(clean) <= 150 else f"{stem[:140]}{dot}{ending[:8]}"


def receive_piece(*, material: Material, offset: int, data: bytes, by: User, at: datetime) -> int:
    """The next bytes of a file; a piece that is there already changes nothing. How many there are now.

    raises   Refused "file-not-expected", "file-unfit": the upload is then forgotten and the file taken out
    """
    if denial := why_not_deliver(by, material, at=at):
        raise Refused(denial)
    if material.file is not None:
        return material.size
    there = files.received(material.key)
    if there < material.size:
        if offset != there or there + len(data) > material.size:
            return there
        there = files.append(material.key, offset, data)
    if there == material.size:  # also where the look at it was broken off
        finish_material(material=material, by=by, at=at)
    return there


def add_material(
    *, entry: Entry, kind: MaterialKind, name: str, size: int, chunks: Iterable[bytes], by: User, at: datetime
) -> Material:
    """A file that came whole."""
    if denial := why_not_edit(by, entry, at=at):
        raise Refused(denial)
    if size > kind.max_mb * MB:
        fault = Unfit("too-large", size=size, most=kind.max_mb * MB)
        raise Refused(Denial("file-unfit", {"name": name, "why": sentence(fault)}))
    scratch = random_key()
    path = files.write_part(scratch, chunks)
    try:
        sha256 = files.sha256_of(path)
        material = promise_material(
            entry=entry, kind=kind, name=name, size=path.stat().st_size, sha256=sha256, by=by, at=at
        )
        path.replace(files.part_of(material.key))
    finally:
        files.forget_part(scratch)
    finish_material(material=material, by=by, at=at)
    return material


def finish_material(*, material: Material, by: User, at: datetime) -> None:
    """All bytes are there: are they the promised ones, and fit to be kept? Looking takes place outside a transaction.

    raises   Refused; the file is then taken out again, and says why
    """
    with files.only_one(material.key) as is_mine:
        if is_mine:
            look_into(material, by=by, at=at)


def look_into(material: Material, *, by: User, at: datetime) -> None:
    part = files.part_of(material.key)
    try:
        if files.sha256_of(part) != material.sha256:
            raise Refused(Denial("file-not-expected"))
        found = inspect_file(part, limits_of(material.kind))
    except (Refused, Unfit) as fault:
        files.forget_part(material.key)
        withdraw_material(material, by=by, at=at)
        if isinstance(fault, Unfit):
            raise Refused(Denial("file-unfit", {"name": material.name, "why": sentence(fault)})) from fault
        raise
    files.keep(part, material.sha256)
    if material.kind.is_for_judges:
        read_texts(material.sha256, found.kind)
    store(material, found, by=by, at=at)
    make_copy(material, at=at)


@transaction.atomic
def store(material: Material, found: Inspected, *, by: User, at: datetime) -> None:
    stored = stored_file(found, at=at)
    material.file = stored
    material.findings = names_found(material, names_of(material.entry))
    material.save(update_fields=["file", "findings"])
    events.record(material.entry.contest, "material.stored", material, by=by, at=at, body={"sha256": stored.sha256})


@transaction.atomic
def withdraw_material(material: Material, *, by: User, at: datetime) -> None:
    if Material.objects.filter(pk=material.pk, is_removed=False).update(is_removed=True):
        events.record(material.entry.contest, "material.removed", material, by=by, at=at)
        note_lacks(material.entry, at=at)


@transaction.atomic
def remove_material(*, material: Material, by: User, at: datetime) -> None:
    """Out of the entry; what was handed in with it before stays readable."""
    entry = locked_entry(material.entry_id)
    if denial := why_not_edit(by, entry, at=at):
        raise Refused(denial)
    withdraw_material(material, by=by, at=at)
    files.forget_part(material.key)
