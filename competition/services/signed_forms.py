"""Signed entry forms: a scan is recognised by the code on its pages and attached to its entry."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from competition import events, files
from competition.access import why_not_sign_form
from competition.core.form_codes import FormCode, mark_of, read_form_code
from competition.core.tokens import random_key
from competition.errors import Denial, Refused
from competition.inspection import FileKind, ScanPage, Unfit, page_codes, write_pages
from competition.models import Entry, SignedForm, StoredFile, Submission, User
from competition.services.papers import keep_paper
from competition.unfit import sentence

READ = 1 << 20


@dataclass(frozen=True)
class Found:
    """A run of pages of a scan, from a page with a code up to the next one. pages count from 1.

    entry   None where no code was read, or it is not of an entry that this person may sign for
    denial  why it was not attached; None where it was
    """

    pages: tuple[int, ...]
    entry: Entry | None = None
    denial: Denial | None = None


@transaction.atomic
def attach_signed_form(
    *, entry: Entry, submission: Submission, paper: StoredFile, by: User, at: datetime
) -> SignedForm:
    """Keep the scan with the version that was signed; a later one takes its place, and both stay readable.

    raises   Refused "form-out-of-date" where the entry was handed in anew since, and why it may not be signed for
    """
    if denial := why_not_sign_form(by, entry, at=at):
        raise Refused(denial)
    if submission.version < entry.handed_in_version:
        raise Refused(Denial("form-out-of-date", {"entry": entry}))
    if known := entry.signed_forms.filter(submission=submission, file=paper).first():
        return known
    made = SignedForm.objects.create(entry=entry, submission=submission, file=paper, at=at, by=by)
    body = {"version": submission.version, "sha256": paper.sha256}
    events.record(entry.contest, "form.signed", entry, by=by, at=at, body=body)
    return made


def attach_by_hand(*, entry: Entry, scan: StoredFile, by: User, at: datetime) -> SignedForm:
    """A scan for one entry, where no code can be read; a code that can be read has to be this form's.

    raises   Refused "form-of-other", "not-handed-in", and as `attach_signed_form`
    """
    last = entry.submissions.order_by("-version").first()
    if last is None:
        raise Refused(Denial("not-handed-in", {"entry": entry}))
    for page in pages_with_codes(scan):
        for code in filter(None, map(read_form_code, page.texts)):
            if code.key != entry.key:
                raise Refused(Denial("form-of-other", {"entry": entry}))
            last = entry.submissions.filter(version=code.version).first()
            if last is None or code.mark != mark_of(last.digest):
                raise Refused(Denial("form-out-of-date", {"entry": entry}))
    return attach_signed_form(entry=entry, submission=last, paper=scan, by=by, at=at)


def pages_with_codes(scan: StoredFile) -> list[ScanPage]:
    """raises   Refused "file-unfit" """
    try:
        return page_codes(files.path_of(scan.sha256), FileKind(scan.kind))
    except Unfit as fault:
        raise Refused(Denial("file-unfit", {"name": "", "why": sentence(fault)})) from fault


def attach_scan(*, scan: StoredFile, find: Callable[[str], Entry | None], by: User, at: datetime) -> list[Found]:
    """Take a scan apart, a run of pages at a time; what cannot be attached keeps nothing else back.

    find     the entry of a key, among those that this person acts for
    raises   Refused "file-unfit" where the scan cannot be looked at
    """
    pages = pages_with_codes(scan)
    runs = runs_of(pages)
    is_whole = len(runs) == 1 and len(runs[0][0]) == len(pages)
    return [attach_run(scan, run, codes, find, is_whole=is_whole, by=by, at=at) for run, codes in runs]


Run = tuple[tuple[int, ...], frozenset[FormCode]]


def runs_of(pages: Sequence[ScanPage]) -> list[Run]:
    """Pages that belong together, and the codes on them.

    Every page of a form carries its code, so a page without one is no part of the form before it: it may be another
    child's. Only a blank page is, the back of a sheet. Two pages of one code are one form.
    """
    runs: list[tuple[list[int], frozenset[FormCode]]] = []
    for number, page in enumerate(pages, 1):
        codes = frozenset(found for text in page.texts if (found := read_form_code(text)))
        if runs and ((not codes and page.is_blank) or (codes and codes == runs[-1][1])):
            runs[-1][0].append(number)
        else:
            runs.append(([number], codes))
    return [(tuple(numbers), codes) for numbers, codes in runs if codes or not is_all_blank(pages, numbers)]


def is_all_blank(pages: Sequence[ScanPage], numbers: Sequence[int]) -> bool:
    return all(pages[number - 1].is_blank for number in numbers) and len(numbers) < len(pages)


def attach_run(
    scan: StoredFile, pages: tuple[int, ...], codes: frozenset[FormCode], find: Callable[[str], Entry | None], *,
    is_whole: bool, by: User, at: datetime,
) -> Found:  # fmt: skip
    if len(codes) != 1:
        return Found(pages, None, Denial("several-form-codes" if codes else "no-form-code"))
    (code,) = codes
    entry = find(code.key)
    if entry is None:
        return Found(pages, None, Denial("form-of-nobody"))
    submission = entry.submissions.filter(version=code.version).first()
    if submission is None or mark_of(submission.digest) != code.mark:
        return Found(pages, entry, Denial("form-of-nobody"))
    try:
        paper = scan if is_whole else part_of(scan, pages, at=at)
        attach_signed_form(entry=entry, submission=submission, paper=paper, by=by, at=at)
    except Refused as refused:
        return Found(pages, entry, refused.denial)
    return Found(pages, entry)


def part_of(scan: StoredFile, pages: Sequence[int], *, at: datetime) -> StoredFile:
    """These pages as a paper of their own, so that nobody sees another's form with it."""
    scratch = files.part_of(random_key())
    try:
        write_pages(files.path_of(scan.sha256), pages, scratch)
        return keep_paper(name=f"{pages[0]}", chunks=chunks_of(scratch), at=at)
    except Unfit as fault:
        raise Refused(Denial("file-unfit", {"name": str(pages[0]), "why": sentence(fault)})) from fault
    finally:
        scratch.unlink(missing_ok=True)


def chunks_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(READ):
            yield chunk
