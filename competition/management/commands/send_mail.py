"""Empties the outbox: once, or as a service."""

import argparse
import signal
import threading
from collections.abc import Callable

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from competition.services.sending import send_due
from competition.states import MailState

PAUSE_S = 20


class Command(BaseCommand):
    help = "Sends the mails that wait in the outbox; with --loop it goes on until it is told to end."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--loop", action="store_true", help=f"look again every {PAUSE_S} seconds, as a service")

    def handle(self, *args, **options) -> None:
        if not settings.MAIL_IS_SET_UP:
            raise CommandError("No mail is set up. Set EMAIL_URL and MAIL_FROM; docs/operator.md says how.")
        if not options["loop"]:
            self.once(lambda: False)
            return
        end = threading.Event()
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, lambda *_: end.set())
        while not end.is_set():
            try:
                self.once(end.is_set)
            except CommandError as fault:
                self.stderr.write(str(fault))
            end.wait(PAUSE_S)

    def once(self, is_over: Callable[[], bool]) -> None:
        """Only numbers are told, and of a fault only its kind: a mail server's words repeat addresses."""
        try:
            found = send_due(now=timezone.now, is_over=is_over)
        except OSError as fault:
            raise CommandError(
                f"The mail server cannot be reached, or does not let us in: {type(fault).__name__}. "
                "Nothing was sent; the mails wait."
            ) from None
        if found:
            told = (f"{found[state]} {word}" for state, word in WORDS.items() if found[state])
            self.stdout.write(", ".join(told))


WORDS = {
    MailState.SENT: "sent",
    MailState.QUEUED: "to be tried again",
    MailState.UNSURE: "perhaps sent",
    MailState.FAILED: "failed",
}
