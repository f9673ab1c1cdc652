"""Long work: begun by a person, done by a worker in batches, taken over where a worker does not come back.

The rows are the truth. Each batch writes down its items and renews the lease in one transaction, and only where the
job is still this worker's; so each item is made once, whoever dies when (docs/adr/0012-long-work.md)."""

import hashlib
import shutil
import zipfile
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Model

from competition import events, files, parts
from competition.access import why_not_organise
from competition.core.tokens import random_key
from competition.errors import Denial, Refused
from competition.lifecycle import move
from competition.models import LEASE, Contest, Job, JobItem, User
from competition.services.locks import locked_contest
from competition.states import JobState

BATCH = 50
AT_ONCE = 200  # items that are made while their reader waits
KEPT = timedelta(days=7)
ZIP_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip can say: the same files give the same bytes
CONTESTS = parts.Bearer(
    rows=lambda: Contest.objects.select_related("belongs_to"),
    why_not=why_not_organise,
    contest_of=lambda contest: contest,
    locked=lambda contest: locked_contest(contest.pk),
    urls="",
    crumbs="competition/_crumbs.html",
)


class Lost(Exception):
    """Another worker has the job, or it was cancelled."""


@transaction.atomic
def start_job(*, about: Model, kind: str, by: User, at: datetime, options: Mapping[str, Any] | None = None) -> Job:
    """The job, or the one of its kind that is under way.

    about    what it is of
    options  what its reader chose, as `Work.options` has it
    raises   Refused "work-under-way" where that one was begun with other options; "no-such-work" of such a thing
    """
    chosen, work = dict(options or {}), known(kind)
    if about._meta.label_lower != work.of:
        raise Refused(Denial("no-such-work", hide=True))
    bearer = parts.bearer_of(work.of)
    thing = bearer.locked(about)
    if denial := work.why_not(by, thing, at=at):
        raise Refused(denial)
    if running := Job.objects.open().filter(kind=kind, about=thing.pk).first():
        if running.options != chosen:
            raise Refused(Denial("work-under-way"))
        return running
    if not (abouts := work.items(thing)):
        raise Refused(Denial("nothing-to-make"))
    job = Job.objects.create(
        contest=bearer.contest_of(thing), about=thing.pk, kind=kind, options=chosen, made_by=by, made_at=at,
        total=len(abouts), terms=work.terms(thing, chosen),
    )  # fmt: skip
    JobItem.objects.bulk_create(JobItem(job=job, place=place, about=one) for place, one in enumerate(abouts))
    events.record(job.contest, "job.queued", job, by=by, at=at, body={"kind": kind, "total": job.total})
    return job


def known(kind: str) -> parts.Work:
    if work := parts.works().get(kind):
        return work
    raise Refused(Denial("no-such-work", hide=True))


def thing_of(job: Job) -> Any:
    """What it is of, as it is now."""
    return parts.bearer_of(known(job.kind).of).rows().get(pk=job.about)


@transaction.atomic
def cancel_job(*, job: Job, by: User, at: datetime) -> None:
    """A worker that has it finds out with its next batch. What was made is thrown away."""
    refuse_who_may_not(job, by, at=at)
    call_off(job, by=by, at=at)


def call_off(job: Job, *, by: User | None, at: datetime) -> None:
    move(job, JobState.CANCELLED, by=by, at=at, facts={"kind": job.kind}, ended_at=at)
    throw_away(job)


def throw_away(job: Job) -> None:
    transaction.on_commit(lambda: shutil.rmtree(folder_of(job), ignore_errors=True))


@transaction.atomic
def forget_work(thing: Model, *, by: User | None, at: datetime) -> None:
    """Its names go: no more work of it goes on, and no file that was made of it is kept. The caller has locked it."""
    kinds = [kind for kind, work in parts.works().items() if work.of == thing._meta.label_lower]
    found = Job.objects.select_for_update().filter(kind__in=kinds, about=thing.pk)
    for job in found.exclude(state=JobState.CANCELLED):
        if job.state == JobState.DONE:
            Job.objects.filter(pk=job.pk, file_until__gt=at).update(file_until=at)
            throw_away(job)
        else:
            call_off(job, by=by, at=at)


@transaction.atomic
def resume_job(*, job: Job, by: User, at: datetime) -> None:
    """After a fault: what was made stays made."""
    parts.bearer_of(known(job.kind).of).locked(thing_of(job))
    refuse_who_may_not(job, by, at=at)
    if Job.objects.open().filter(kind=job.kind, about=job.about).exists():
        raise Refused(Denial("work-under-way"))
    move(job, JobState.QUEUED, by=by, at=at, facts={"kind": job.kind}, why="", why_facts={}, ended_at=None)


def refuse_who_may_not(job: Job, by: User, *, at: datetime) -> None:
    if denial := known(job.kind).why_not(by, thing_of(job), at=at):
        raise Refused(denial)


def take(*, at: datetime) -> Job | None:
    """The oldest job that waits or was left, for this caller alone; None where there is none."""
    waiting = Job.objects.to_take(at).select_related("contest")
    return next((job for job in waiting if taken(job, at=at)), None)


@transaction.atomic
def taken(job: Job, *, at: datetime) -> bool:
    """An owner is a new random word each time: a worker that was given up is not taken for its successor."""
    owner, until = random_key(), at + LEASE
    if job.state == JobState.QUEUED:
        try:
            move(job, JobState.RUNNING, by=None, at=at, facts={"kind": job.kind}, owner=owner, lease_until=until)
        except Refused:  # somebody was faster
            return False
        return True
    as_seen = Job.objects.filter(pk=job.pk, state=JobState.RUNNING, owner=job.owner, lease_until=job.lease_until)
    if not as_seen.update(owner=owner, lease_until=until):
        return False
    job.owner, job.lease_until = owner, until
    return True


def run_job(job: Job, *, now: Callable[[], datetime], is_over: Callable[[], bool] = lambda: False) -> None:
    """What is left of a job that was taken, until it is done, stopped by a fault, or no longer this worker's.

    is_over  asked between batches: whether the worker is to end; the job is then left for the next
    raises   what is a fault of the program, once the job says that it was stopped
    """
    try:
        if not made(job, known(job.kind), now=now, is_over=is_over):
            leave(job, at=now())
            return
        pack(job, known(job.kind))
        finish(job, known(job.kind), at=now())
        shutil.rmtree(folder_of(job) / "items", ignore_errors=True)
    except Lost:
        forget_cancelled(job)
    except Refused as refused:
        stop(job, refused.denial, at=now())
    except Exception:  # a fault of ours: the job says so, and whoever watches the worker sees it too
        stop(job, Denial("work-fault"), at=now())
        raise


def forget_cancelled(job: Job) -> None:
    """What a worker wrote between the cancelling and its finding out; a successor's files stay."""
    if not Job.objects.filter(pk=job.pk).exclude(state=JobState.CANCELLED).exists():
        shutil.rmtree(folder_of(job), ignore_errors=True)


def made(job: Job, work: parts.Work, *, now: Callable[[], datetime], is_over: Callable[[], bool]) -> bool:
    """Whether all items are; False where the worker is to end before."""
    while items := list(job.items.filter(digest="")[: work.batch(BATCH)]):
        if is_over():
            return False
        make(job, work, items)
        settle(job, items, at=now())
    return True


def make(job: Job, work: parts.Work, items: list[JobItem]) -> None:
    """Files first, under their place; then the digests, not yet written down. Who was given up meanwhile writes
    nothing: its successor's files are others where what is made varies."""
    made_now = work.make(thing_of(job), [item.about for item in items], job.options)
    if not Job.objects.filter(pk=job.pk, owner=job.owner, state=JobState.RUNNING).exists():
        raise Lost
    for item, data in zip(items, made_now, strict=True):
        files.write_whole(item_path(job, item), data)
        item.digest = hashlib.sha256(data).hexdigest()


@transaction.atomic
def settle(job: Job, items: list[JobItem], *, at: datetime) -> None:
    hold(job, at=at, done=F("done") + len(items))
    for item in items:
        if not JobItem.objects.filter(pk=item.pk, digest="").update(digest=item.digest):
            raise RuntimeError("An item is made once.")


def hold(job: Job, *, at: datetime, **fields: Any) -> None:
    """Renew the lease, where it is still this worker's; the row stays locked until the transaction ends."""
    mine = Job.objects.filter(pk=job.pk, owner=job.owner, state=JobState.RUNNING)
    if not mine.update(lease_until=at + LEASE, **fields):
        raise Lost


def leave(job: Job, *, at: datetime) -> None:
    Job.objects.filter(pk=job.pk, owner=job.owner, state=JobState.RUNNING).update(lease_until=at)


def pack(job: Job, work: parts.Work) -> None:
    items = list(job.items.all())
    abouts = [item.about for item in items]
    if is_outdated(job, work):
        raise Refused(Denial("work-outdated"))
    scratch = pack_path(job).with_suffix(f".{job.owner}")
    if work.is_one:
        scratch.write_bytes(bytes_of(job, work, items[0]))
        scratch.replace(pack_path(job))
        return
    with zipfile.ZipFile(scratch, "w") as packed:
        for item, name in zip(items, work.names(thing_of(job), abouts), strict=True):
            packed.writestr(zipfile.ZipInfo(name, ZIP_TIME), bytes_of(job, work, item))
    scratch.replace(pack_path(job))


def is_outdated(job: Job, work: parts.Work) -> bool:
    """What it was made from has changed since it was begun."""
    try:
        return bool(work.terms(thing_of(job), job.options) != job.terms)
    except Refused:
        return True


def bytes_of(job: Job, work: parts.Work, item: JobItem) -> bytes:
    """As made; made again where the file is gone. What varies is then vouched for by the terms, which hold still."""
    path = item_path(job, item)
    is_kept = path.exists()
    data = path.read_bytes() if is_kept else work.make(thing_of(job), [item.about], job.options)[0]
    if (is_kept or not work.varies()) and hashlib.sha256(data).hexdigest() != item.digest:
        raise Refused(Denial("work-outdated"))
    return data


@transaction.atomic
def finish(job: Job, work: parts.Work, *, at: datetime) -> None:
    """Whoever waits for another waits for the thing first, then for the job, and for the log last."""
    thing = parts.bearer_of(work.of).locked(thing_of(job))
    hold(job, at=at)
    if work.done:
        work.done(job, thing, at=at)
    end(job, JobState.DONE, at=at, file_until=at + KEPT)


@transaction.atomic
def end(job: Job, state: JobState, *, at: datetime, **fields: Any) -> None:
    hold(job, at=at)
    move(job, state, by=None, at=at, facts={"kind": job.kind}, ended_at=at, **fields)


def stop(job: Job, denial: Denial, *, at: datetime) -> None:
    try:
        end(job, JobState.FAILED, at=at, why=denial.code, why_facts=dict(denial.facts))
    except Lost:
        forget_cancelled(job)


def folder_of(job: Job) -> Path:
    return Path(settings.MEDIA_ROOT) / "jobs" / job.key


def item_path(job: Job, item: JobItem) -> Path:
    return folder_of(job) / "items" / str(item.place)


def pack_path(job: Job) -> Path:
    return folder_of(job) / "pack.zip"


def clear_files(*, at: datetime) -> int:
    """Throw away what is no longer kept: folders of jobs that were cancelled or whose time is over; how many."""
    root = Path(settings.MEDIA_ROOT) / "jobs"
    kept = set(Job.objects.open().values_list("key", flat=True))
    kept |= set(Job.objects.filter(state=JobState.FAILED, ended_at__gt=at - KEPT).values_list("key", flat=True))
    kept |= set(Job.objects.filter(file_until__gt=at).values_list("key", flat=True))
    old = [path for path in root.iterdir() if path.name not in kept] if root.exists() else []
    for path in old:
        shutil.rmtree(path, ignore_errors=True)
    return len(old)
