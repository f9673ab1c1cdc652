"""上报表样 are kept with the contest, so that who copies the contest next year has them again."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from awards.core.up_layouts import Layout, faults_of
from awards.models import UpForm
from awards.their_form import TheirForm, filled_in, read_form
from competition import files
from competition.access import why_not_send_up
from competition.core.canon import digest
from competition.core.tokens import random_key
from competition.errors import Denial, Refused
from competition.inspection import FileKind, Limits, Unfit
from competition.inspection.zipped import UNREADABLE
from competition.models import Contest, StoredFile, User
from competition.services.forwarding import set_in
from competition.services.locks import locked_contest
from competition.services.materials import plain_name
from competition.services.papers import MB, drop_unused, paper_of
from competition.unfit import sentence

KEPT = "up_layouts"
MOST_LAYOUTS = 30
FORM_MB = 10
LIMITS = Limits(kinds=frozenset({FileKind.SHEET}), max_bytes=FORM_MB * MB)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def layouts_of(contest: Contest) -> dict[str, Layout]:
    """By their keys, in the order in which they were made."""
    return {key: Layout.of(kept) for key, kept in contest.settings.get(KEPT, {}).items()}


def begin_up_layout(
    *, contest: Contest, name: str, upload: str, size: int, chunks: Iterable[bytes], by: User, at: datetime
) -> str:
    """Their own form is kept, and its headings guessed. Looking into it takes place outside a transaction.

    raises   Refused "file-unfit", "layout-form-kind", and as `form_of` and `save_up_layout`
    """
    if denial := why_not_send_up(by, contest, at=at):
        raise Refused(denial)
    upload = plain_name(upload)
    if size > LIMITS.max_bytes:
        fault = Unfit("too-large", size=size, most=LIMITS.max_bytes)
        raise Refused(Denial("file-unfit", {"name": upload, "why": sentence(fault)}))
    with paper_of(name=upload, chunks=chunks, limits=LIMITS, at=at) as paper:
        if paper.media_type != XLSX:
            raise Refused(Denial("layout-form-kind"))
        found = form_of(files.path_of(paper.sha256).read_bytes())
        layout = Layout(
            name, found.columns, is_confirmed=False, sheet=found.sheet, first=found.first, below=found.below
        )
        return save_up_layout(contest=contest, layout=layout, form=(upload, paper), by=by, at=at)


def form_of(data: bytes) -> TheirForm:
    """Read, and tried: what cannot be filled in is told now, not when the list is due.

    raises   Refused "layout-form-broken", and as `read_form`
    """
    try:
        found = read_form(data)
        filled_in(data, sheet=found.sheet, first=found.first, columns=found.columns, rows=[[""] * len(found.columns)])
    except UNREADABLE as fault:
        raise Refused(Denial("layout-form-broken")) from fault
    return found


@transaction.atomic
def save_up_layout(
    *,
    contest: Contest,
    key: str = "",
    layout: Layout,
    form: tuple[str, StoredFile] | None = None,
    seen: str | None = None,
    by: User,
    at: datetime,
) -> str:
    """A new one, or one that is there with other columns. Its key.

    form     name and bytes of their own form; of a new one only
    seen     digest of the columns that the page showed; None: whatever stands is replaced
    raises   Refused "layout-name", "layout-columns", "layout-heading", "layout-gone", "layout-changed", "layouts-many"
    """  # fmt: skip
    there = allowed_layouts(contest, by=by, at=at)
    if key and key not in there:
        raise Refused(Denial("layout-gone"))
    if key and seen is not None and seen != digest(Layout.of(there[key]).kept):
        raise Refused(Denial("layout-changed"))
    if code := faults_of(layout):
        raise Refused(Denial(code))
    if not key and len(there) >= MOST_LAYOUTS:
        raise Refused(Denial("layouts-many", {"most": MOST_LAYOUTS}))
    key = key or random_key()
    if form:
        UpForm.objects.create(contest=contest, layout=key, name=form[0], file=form[1])
    set_in(contest, KEPT, there | {key: layout.kept}, "up-layouts.saved", by=by, at=at)
    return key


@transaction.atomic
def drop_up_layout(*, contest: Contest, key: str, by: User, at: datetime) -> None:
    there = allowed_layouts(contest, by=by, at=at)
    if key not in there:
        raise Refused(Denial("layout-gone"))
    rest = {one: kept for one, kept in there.items() if one != key}
    for form in contest.up_forms.filter(layout=key).select_related("file"):
        form.delete()
        drop_unused(form.file)
    set_in(contest, KEPT, rest, "up-layouts.saved", by=by, at=at)


def allowed_layouts(contest: Contest, *, by: User, at: datetime) -> dict[str, Any]:
    """As they stand under the lock: two who save at once both keep theirs."""
    there: dict[str, Any] = locked_contest(contest.pk).settings.get(KEPT, {})
    if denial := why_not_send_up(by, contest, at=at):
        raise Refused(denial)
    return dict(there)


def their_form(contest: Contest, key: str) -> UpForm | None:
    return contest.up_forms.filter(layout=key).select_related("file").first()


def copy_up_forms(was: Contest, made: Contest, *, by: User, at: datetime) -> None:
    """With the columns, which go along with the settings."""
    UpForm.objects.bulk_create(
        UpForm(contest=made, layout=one.layout, name=one.name, file=one.file) for one in was.up_forms.all()
    )
