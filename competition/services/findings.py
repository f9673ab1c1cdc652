"""Names of people and places in what judges will read, and the copies that judges get instead of the files."""

import json
import logging
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from competition import events, files
from competition.access import why_not_check
from competition.core.tokens import random_key
from competition.drafts import draft_of
from competition.errors import Denial, Refused
from competition.inspection import FileKind, Inspected, Unfit, media_type, names_in, page_texts, write_judge_copy
from competition.models import Entry, Material, StoredFile, User
from competition.services.papers import stored_file

logger = logging.getLogger("laurel.materials")
MOST = 50
HEAD = 512


def texts_of(file: StoredFile) -> list[str]:
    """The text of each page, read once and kept beside the file; none where it cannot be read as text."""
    path = files.texts_path_of(file.sha256)
    if not path.exists():
        try:
            pages = page_texts(files.path_of(file.sha256), FileKind(file.kind))
        except Unfit:
            pages = []
        files.write_whole(path, json.dumps(pages, ensure_ascii=False).encode())
    found: list[str] = json.loads(path.read_bytes())
    return found


def names_of(entry: Entry) -> dict[str, str]:
    """Name -> what it is, of everything that would tell a judge whose work it is."""
    draft = draft_of(entry)
    names = {one.name: "author" for one in draft.authors} | {one.name: "tutor" for one in draft.tutors}
    if entry.school is not None:
        names |= {entry.school.name: "school", entry.school.district.label_zh: "district"}
        names |= dict.fromkeys(entry.school.aliases, "school")
        names |= dict.fromkeys(entry.school.district.aliases, "district")
    return {name: what for name, what in names.items() if name}


def names_found(material: Material, names: dict[str, str]) -> list[dict[str, Any]]:
    """[{"page", "word", "what"}]; nothing where judges do not see the file or its bytes have not arrived."""
    if not material.kind.is_for_judges or material.file is None:
        return []
    return [asdict(one) for one in names_in(texts_of(material.file), names)][:MOST]


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
def clear_findings(*, material: Material, reason: str, by: User, at: datetime) -> None:
    """Let the names stand: it is another person of that name, a place everybody has, or no secret.

    raises   Refused "clearing-without-reason", and why the entry may not be checked
    """
    if denial := why_not_check(by, material.entry, at=at):
        raise Refused(denial)
    if not reason.strip():
        raise Refused(Denial("clearing-without-reason"))
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
    scratch = files.part_of(random_key())
    kind = FileKind(material.file.kind)
    try:
        write_judge_copy(files.path_of(material.file.sha256), kind, scratch)
        sha256, size = files.sha256_of(scratch), scratch.stat().st_size
        with scratch.open("rb") as file:
            found = media_type(file.read(HEAD)) or material.file.media_type
        files.keep(scratch, sha256)
    except Unfit as fault:
        logger.warning("no copy for judges of material %s: %s", material.key, fault.code)
        return False
    finally:
        scratch.unlink(missing_ok=True)
    of_copy = Inspected(kind, found, size, sha256, material.file.pages, seconds=material.file.seconds)
    material.copy = stored_file(of_copy, at=at)
    Material.objects.filter(pk=material.pk).update(copy=material.copy)
    return True
