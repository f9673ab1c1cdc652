"""Long work begun and done, and a worker of its own that is killed."""

import os
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from random import Random

from django.conf import settings
from django.utils import timezone

from competition.models import Job
from competition.services import jobs
from competition.states import JobState
from tests.factories.servers import PATIENCE_S


def worked(job: Job) -> Job:
    """As a worker does what waits."""
    taken = jobs.take(at=timezone.now())
    assert taken
    jobs.run_job(taken, now=timezone.now)
    job.refresh_from_db()
    return job


def killed_again_and_again(job: Job, url: str, folder: Path, *, kills: int, chance: Random, at: datetime) -> None:
    """SIGKILL at random moments of a real worker; the next begins when the lease is over, the last one ends it.

    at   some time in the past
    """
    for _ in range(kills):
        with working(url, folder) as worker:
            dies_after(worker, folder / "media" / "jobs" / job.key, chance.uniform(0, 0.4))
        Job.objects.filter(state=JobState.RUNNING).update(lease_until=at)
    with working(url, folder) as worker:
        assert worker.wait(timeout=300) == 0
    job.refresh_from_db()


def working(url: str, folder: Path) -> subprocess.Popen[bytes]:
    own = {"DJANGO_SETTINGS_MODULE": "config.settings", "LAUREL_MODE": "desk", "LAUREL_VAR": str(folder)}
    environment = {**os.environ, **own, "DATABASE_URL": url}
    return subprocess.Popen([sys.executable, str(settings.BASE_DIR / "manage.py"), "work"], env=environment)


def dies_after(worker: subprocess.Popen[bytes], folder: Path, seconds: float) -> None:
    """So long after it has made something that the one before had not."""
    before, deadline = made_in(folder), time.monotonic() + PATIENCE_S
    while worker.poll() is None and made_in(folder) == before and time.monotonic() < deadline:
        time.sleep(0.01)
    time.sleep(seconds)
    worker.send_signal(signal.SIGKILL)


def made_in(folder: Path) -> int:
    return len(list((folder / "items").glob("[0-9]*")))
