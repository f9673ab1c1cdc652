"""Long work as its reader sees it: begun, how far, cancelled, gone on with, fetched."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from competition import events, parts
from competition.errors import Denial, Refused
from competition.events import record_look
from competition.messages import sentence
from competition.models import Job
from competition.services.jobs import (
    AT_ONCE,
    cancel_job,
    is_outdated,
    known,
    pack_path,
    resume_job,
    run_job,
    start_job,
    taken,
)
from competition.states import JobState, Via
from competition.views.doors import SignedIn, allowed, answer, refuse

SLOW = timedelta(seconds=10)
SHAPES = {
    JobState.QUEUED: "waiting",
    JobState.RUNNING: "now",
    JobState.DONE: "done",
    JobState.FAILED: "blocked",
    JobState.CANCELLED: "off",
}


@dataclass(frozen=True)
class Whose:
    """What long work is of, and how that is found."""

    bearer: parts.Bearer
    thing: Any

    def url(self, name: str, *args: str) -> str:
        return reverse(f"{self.bearer.urls}{name}", args=[self.thing.key, *args])


@dataclass(frozen=True)
class Seen:
    whose: Whose
    job: Job

    @property
    def work(self) -> parts.Work:
        return parts.works()[self.job.kind]

    def url(self, name: str) -> str:
        return self.whose.url(name, self.job.key)


def find_whose(request: HttpRequest, key: str, of: str) -> Whose:
    bearer = parts.bearer_of(of)
    return Whose(bearer, get_object_or_404(bearer.rows(), key=key))


def see_work(user: Any, whose: Whose, *, at: datetime) -> Denial | None:
    denial: Denial | None = whose.bearer.why_not(user, whose.thing, at=at)
    return denial


def find_job(request: HttpRequest, key: str, job: str, of: str) -> Seen:
    """Nothing is found across things, nor across kinds of them."""
    whose = find_whose(request, key, of)
    kinds = [kind for kind, work in parts.works().items() if work.of == of]
    return Seen(whose, get_object_or_404(Job, kind__in=kinds, about=whose.thing.pk, key=job))


def see_job(user: Any, seen: Seen, *, at: datetime) -> Denial | None:
    denial: Denial | None = seen.work.why_not(user, seen.whose.thing, at=at)
    return denial


def fetch_job(user: Any, seen: Seen, *, at: datetime) -> Denial | None:
    """What was made names people: it is kept for some days, and not a minute longer; and only while it is true."""
    if denial := see_job(user, seen, at=at):
        return denial
    job = seen.job
    is_kept = job.state == JobState.DONE and job.file_until and at < job.file_until and pack_path(job).exists()
    if not is_kept:
        return Denial("work-not-kept")
    return Denial("work-outdated") if is_outdated(job, seen.work) else None


@require_POST
@allowed(see_work, find_whose)
def begin(request: SignedIn, whose: Whose, kind: str) -> HttpResponse:
    """A work of few items is done here and now, so that a small office needs no worker."""
    thing = whose.thing
    try:
        with events.via(Via.WEB):
            chosen = known(kind).options(request.POST)
            job = start_job(about=thing, kind=kind, options=chosen, by=request.user, at=timezone.now())
    except Refused as refused:
        return refuse(request, refused.denial)
    work = known(kind)
    size = work.size(thing) if work.size else job.total
    if size <= work.batch(AT_ONCE) and job.state == JobState.QUEUED and taken(job, at=timezone.now()):
        run_job(job, now=timezone.now)
    return redirect(whose.url("job", job.key))


@require_GET
@allowed(see_job, find_job)
def job(request: SignedIn, seen: Seen) -> HttpResponse:
    now, job, thing = timezone.now(), seen.job, seen.whose.thing
    fetching = fetch_job(request.user, seen, at=now)
    facts = {
        thing._meta.model_name: thing,
        "crumbs": seen.whose.bearer.crumbs,
        "whose": thing,
        "job": job,
        "title": seen.work.title(thing),
        "tab": seen.work.tab,
        "shape": SHAPES[JobState(job.state)],
        "why": sentence(job.why, job.why_facts) if job.why else "",
        "can_fetch": fetching is None,
        "is_outdated": fetching is not None and fetching.code == "work-outdated",
        "is_slow": job.state == JobState.QUEUED and now - job.made_at > SLOW,
        "url": seen.url("job"),
        "file_url": seen.url("job-file"),
        "resume_url": seen.url("job-resume"),
        "give_up_url": seen.url("job-cancel"),
        "begin_url": seen.whose.url("job-begin", job.kind),
        "cancel_url": seen.url("job-cancel") if job.is_open else "",
        "note": _("You may leave this page; the work goes on.") if job.is_open else "",
    }
    return render(request, "competition/job.html", facts)


@require_POST
@allowed(see_job, find_job)
def cancel(request: SignedIn, seen: Seen) -> HttpResponse:
    do = partial(cancel_job, job=seen.job, by=request.user, at=timezone.now())
    return answer(request, do, seen.url("job"), _("It is cancelled. Nothing was kept."))


@require_POST
@allowed(see_job, find_job)
def resume(request: SignedIn, seen: Seen) -> HttpResponse:
    do = partial(resume_job, job=seen.job, by=request.user, at=timezone.now())
    return answer(request, do, seen.url("job"), _("It goes on where it stopped."))


@require_GET
@allowed(fetch_job, find_job)
def file(request: SignedIn, seen: Seen) -> FileResponse:
    thing = seen.whose.thing
    record_look(request.user, seen.job.kind, thing, at=timezone.now())
    return FileResponse(pack_path(seen.job).open("rb"), as_attachment=True, filename=seen.work.file(thing))
