"""Names of people and places in what judges will read, and the copies that judges get instead of the files."""

import json
import logging
from contextlib import suppress
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from competition import events, files
from competition.access import why_not_check
from competition.core.tokens import random_key
from competition.drafts import draft_of, typed_from_rows
from competition.errors import Denial, Refused
from competition.inspection import FileKind, Inspected, Unfit, media_type, names_in, page_texts, write_judge_copy
from competition.models import Entry, Material, StoredFile, User
from competition.services.papers import stored_file

logger = logging.getLogger("laurel.materials")
MOST = 50
UNREAD = "unread"
HEAD = 512


def texts_of(sha256: str, kind: FileKind) -> list[str]:
    """The text of each page, read once and kept beside the file. Takes place outside a transaction the first time.

    raises   Unfit where it cannot be read as text now; another time it may
    """
    path = files.texts_path_of(sha256)
    if not path.exists():
        pages = page_texts(files.path_of(sha256), kind)
        files.write_whole(path, json.dumps(pages, ensure_ascii=False).encode())
    found: list[str] = json.loads(path.read_bytes())
    return found


def read_texts(sha256: str, kind: FileKind) -> None:
    """Before a transaction begins that asks for them."""
    with suppress(Unfit):
        texts_of(sha256, kind)


def typed_of(entry: Entry) -> dict[str, Any]:
    return entry.draft or typed_from_rows(entry)


def names_of(entry: Entry) -> dict[str, str]:
    """Name -> what it is, of everything that would tell a judge whose work it is."""
    draft = draft_of(entry)
    names = {one.name: "author" for one in draft.authors} | {one.name: "tutor" for one in draft.tutors}
    if entry.school is not None:
        names |= {entry.school.name: "school", entry.school.district.label_zh: "district"}
        names |= dict.fromkeys(entry.school.aliases, "school")
        names |= dict.fromkeys(entry.school.district.aliases, "district")
    others = {one.get("school") for part in ("authors", "tutors") for one in typed_of(entry).get(part, ())}
    names |= dict.fromkeys(filter(None, others), "school")
    if entry.group_name:
        names[entry.group_name] = "group"
    return {name: what for name, what in names.items() if name}


def names_found(material: Material, names: dict[str, str]) -> list[dict[str, Any]]:
    """[{"page", "word", "what"}]; nothing where judges do not see the file or its bytes have not arrived.

    What cannot be read is a finding of its own: nobody knows whom it names.
    """
    if not material.kind.is_for_judges or material.file is None:
        return []
    try:
        pages = texts_of(material.file.sha256, FileKind(material.file.kind))
    except Unfit:
        return [{"page": 0, "word": "", "what": UNREAD}]
    return [asdict(one) for one in names_in(pages, names)][:MOST]


def named_in_words(entry: Entry) -> list[str]:
    """People and school in title and abstract, which judges read as well. A hint: 张老师 may be anybody's."""
    wanted = {name: what for name, what in names_of(entry).items() if what != "district"}
    return list(dict.fromkeys(one.word for one in names_in([entry.title, entry.abstract], wanted)))


def refresh_findings(entry: Entry) -> None:
    """After names changed. What the office let pass stays passed unless something else is found now."""
    names = names_of(entry)
    for material in entry.materials.filter(is_removed=False, file__isnull=False).select_related("kind", "file"):
        found = names_found(material, names)
        if found == material.findings:
            continue
        if any(one not in material.findings for one in found):
            material.cleared_reason, material.cleared_at, material.cleared_by = "", None, None
        material.findings = found
        material.save(update_fields=["findings", "cleared_reason", "cleared_at", "cleared_by"])


def open_findings(entry: Entry) -> list[Material]:
    """Files for judges that name somebody, and that nobody has let pass."""
    shown = entry.materials.filter(is_removed=False, kind__is_for_judges=True, cleared_reason="")
    return [one for one in shown.select_related("kind") if one.findings]


@transaction.atomic
def clear_findings(*, material: Material, seen: str, reason: str, by: User, at: datetime) -> None:
    """Let the names stand: it is another person of that name, a place everybody has, or no secret.

    seen     `findings_seen` of what the person read
    raises   Refused "clearing-without-reason", "findings-changed", and why the entry may not be checked
    """
    material = Material.objects.select_for_update(of=("self",)).select_related("entry__contest").get(pk=material.pk)
    if denial := why_not_check(by, material.entry, at=at):
        raise Refused(denial)
    if not reason.strip():
        raise Refused(Denial("clearing-without-reason"))
    if seen != material.findings_seen:
        raise Refused(Denial("findings-changed"))
    if not material.findings or material.is_removed:
        return
    material.cleared_reason, material.cleared_at, material.cleared_by = reason.strip()[:300], at, by
    material.save(update_fields=["cleared_reason", "cleared_at", "cleared_by"])
    body = {"found": len(material.findings)}
    events.record(material.entry.contest, "material.cleared", material, by=by, at=at, body=body)


def make_copy(material: Material, *, at: datetime) -> bool:
    """What judges get: without metadata, kept like any file. Whether there is one; outside a transaction."""
    if not material.kind.is_for_judges or material.file is None:
        return False
    try:
        material.copy = neutral_copy(material.file, at=at)
    except Unfit as fault:
        logger.warning("no copy for judges of material %s: %s", material.key, fault.code)
        return False
    Material.objects.filter(pk=material.pk).update(copy=material.copy)
    return True


def neutral_copy(file: StoredFile, *, at: datetime) -> StoredFile:
    """The same without metadata, kept like any file; outside a transaction. raises   Unfit"""
    scratch = files.part_of(random_key())
    kind = FileKind(file.kind)
    try:
        write_judge_copy(files.path_of(file.sha256), kind, scratch)
        sha256, size = files.sha256_of(scratch), scratch.stat().st_size
        with scratch.open("rb") as copy:
            found = media_type(copy.read(HEAD)) or file.media_type
        files.keep(scratch, sha256)
    finally:
        scratch.unlink(missing_ok=True)
    return stored_file(Inspected(kind, found, size, sha256, file.pages, seconds=file.seconds), at=at)
