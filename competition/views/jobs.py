"""Long work as its reader sees it: begun, how far, cancelled, gone on with, fetched."""

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
from competition.access import why_not_organise
from competition.errors import Denial, Refused
from competition.events import record_look
from competition.messages import sentence
from competition.models import Contest, Job
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
from competition.views.finding import find_contest

SLOW = timedelta(seconds=10)
SHAPES = {
    JobState.QUEUED: "waiting",
    JobState.RUNNING: "now",
    JobState.DONE: "done",
    JobState.FAILED: "blocked",
    JobState.CANCELLED: "off",
}


def find_job(request: HttpRequest, key: str, job: str) -> Job:
    jobs = Job.objects.filter(kind__in=parts.works()).select_related("contest")
    return get_object_or_404(jobs, contest__key=key, key=job)


def see_job(user: Any, job: Job, *, at: datetime) -> Denial | None:
    denial: Denial | None = parts.works()[job.kind].why_not(user, job.contest, at=at)
    return denial


def fetch_job(user: Any, job: Job, *, at: datetime) -> Denial | None:
    """What was made names people: it is kept for some days, and not a minute longer; and only while it is true."""
    if denial := see_job(user, job, at=at):
        return denial
    is_kept = job.state == JobState.DONE and job.file_until and at < job.file_until and pack_path(job).exists()
    if not is_kept:
        return Denial("work-not-kept")
    return Denial("work-outdated") if is_outdated(job, parts.works()[job.kind]) else None


@require_POST
@allowed(why_not_organise, find_contest)
def begin(request: SignedIn, contest: Contest, kind: str) -> HttpResponse:
    """A work of few items is done here and now, so that a small office needs no worker."""
    try:
        with events.via(Via.WEB):
            options = known(kind).options(request.POST)
            job = start_job(contest=contest, kind=kind, options=options, by=request.user, at=timezone.now())
    except Refused as refused:
        return refuse(request, refused.denial)
    if size_of(job) <= known(kind).batch(AT_ONCE) and job.state == JobState.QUEUED and taken(job, at=timezone.now()):
        run_job(job, now=timezone.now)
    return redirect("job", contest.key, job.key)


def size_of(job: Job) -> int:
    size = parts.works()[job.kind].size
    return size(job.contest) if size else job.total


@require_GET
@allowed(see_job, find_job)
def job(request: SignedIn, job: Job) -> HttpResponse:
    now = timezone.now()
    fetching = fetch_job(request.user, job, at=now)
    facts = {
        "contest": job.contest,
        "job": job,
        "title": parts.works()[job.kind].title(job.contest),
        "tab": parts.works()[job.kind].tab,
        "shape": SHAPES[JobState(job.state)],
        "why": sentence(job.why, job.why_facts) if job.why else "",
        "can_fetch": fetching is None,
        "is_outdated": fetching is not None and fetching.code == "work-outdated",
        "is_slow": job.state == JobState.QUEUED and now - job.made_at > SLOW,
        "cancel_url": reverse("job-cancel", args=[job.contest.key, job.key]) if job.is_open else "",
        "note": _("You may leave this page; the work goes on.") if job.is_open else "",
    }
    return render(request, "competition/job.html", facts)


@require_POST
@allowed(see_job, find_job)
def cancel(request: SignedIn, job: Job) -> HttpResponse:
    do = partial(cancel_job, job=job, by=request.user, at=timezone.now())
    return answer(request, do, reverse("job", args=[job.contest.key, job.key]), _("It is cancelled. Nothing was kept."))


@require_POST
@allowed(see_job, find_job)
def resume(request: SignedIn, job: Job) -> HttpResponse:
    do = partial(resume_job, job=job, by=request.user, at=timezone.now())
    return answer(request, do, reverse("job", args=[job.contest.key, job.key]), _("It goes on where it stopped."))


@require_GET
@allowed(fetch_job, find_job)
def file(request: SignedIn, job: Job) -> FileResponse:
    record_look(request.user, job.kind, job.contest, at=timezone.now())
    name = parts.works()[job.kind].file(job.contest)
    return FileResponse(pack_path(job).open("rb"), as_attachment=True, filename=name)
