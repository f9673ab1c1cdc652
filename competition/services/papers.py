"""Scans of papers: stamped requests, signed forms, summaries. Looked into like a material, kept by their SHA-256."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.db.models import ManyToOneRel

from competition import files
from competition.core.tokens import random_key
from competition.errors import Denial, Refused
from competition.inspection import FileKind, Inspected, Limits, Unfit, inspect_file
from competition.models import StoredFile
from competition.unfit import sentence

MB = 1024 * 1024
PAPER_MB = 20
PAPER_PAGES = 80  # a pile is read in one request
PAPER = Limits(kinds=frozenset({FileKind.PDF, FileKind.IMAGE}), max_bytes=PAPER_MB * MB, max_pages=PAPER_PAGES)


def keep_paper(*, name: str, chunks: Iterable[bytes], limits: Limits = PAPER, at: datetime) -> StoredFile:
    """A scan that came whole: a PDF or a picture. Looking into it takes place outside a transaction.

    raises   Refused "file-unfit" with what is wrong; nothing is kept then
    """
    scratch = random_key()
    path = files.write_part(scratch, chunks)
    try:
        sha256 = files.sha256_of(path)
        found = inspect_file(path, limits)
        files.keep(path, sha256)
    except Unfit as fault:
        raise Refused(Denial("file-unfit", {"name": name, "why": sentence(fault)})) from fault
    finally:
        files.forget_part(scratch)
    return stored_file(found, at=at)


@contextmanager
def paper_of(*, name: str, chunks: Iterable[bytes], limits: Limits = PAPER, at: datetime) -> Iterator[StoredFile]:
    """A scan for as long as it takes to say what it is for; nothing is kept of what came to be for nothing."""
    paper = keep_paper(name=name, chunks=chunks, limits=limits, at=at)
    try:
        yield paper
    finally:
        drop_unused(paper)


@transaction.atomic
def drop_unused(paper: StoredFile) -> None:
    """The row and the bytes, if nothing refers to them."""
    for field in StoredFile._meta.get_fields(include_hidden=True):
        if (
            isinstance(field, ManyToOneRel)
            and field.related_model._default_manager.filter(**{field.field.name: paper}).exists()
        ):
            return
    paper.delete()
    transaction.on_commit(lambda: files.forget((), [paper.sha256]))


@transaction.atomic
def stored_file(found: Inspected, *, at: datetime) -> StoredFile:
    """The row of bytes that lie at their place; the same bytes have one row."""
    stored, _ = StoredFile.objects.get_or_create(
        sha256=found.sha256,
        defaults={
            "size": found.size,
            "kind": found.kind,
            "media_type": found.media_type,
            "pages": found.pages,
            "seconds": found.seconds,
            "stored_at": at,
        },
    )
    return stored
