"""Does the long work that waits: once, or as a service."""

import argparse
import signal
import threading
from collections.abc import Callable

from django.core.management.base import BaseCommand
from django.utils import timezone

from competition.services.jobs import clear_files, run_job, take

PAUSE_S = 0.5


class Command(BaseCommand):
    help = "Does the long work that waits, such as many certificates; with --loop it goes on until it is told to end."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--loop", action="store_true", help=f"look again every {PAUSE_S} seconds, as a service")

    def handle(self, *args, **options) -> None:
        end = threading.Event()
        if not options["loop"]:
            self.once(end.is_set)
            return
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, lambda *_: end.set())
        while not end.is_set():
            self.once(end.is_set)
            end.wait(PAUSE_S)

    def once(self, is_over: Callable[[], bool]) -> None:
        clear_files(at=timezone.now())
        while not is_over() and (job := take(at=timezone.now())):
            run_job(job, now=timezone.now, is_over=is_over)
            job.refresh_from_db()
            self.stdout.write(f"{job.kind} {job.key}: {job.state}, {job.done} of {job.total}")
