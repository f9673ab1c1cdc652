"""All personal data whose day has come, erased; to be run every night."""

import logging

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from competition import parts

logger = logging.getLogger("laurel.erasing")


class Command(BaseCommand):
    help = (
        "Erases all personal data whose day of erasure has come: names of trainings, details of those who went up, "
        "self-nominations that were not taken up. "
        "Run it every night. Run again it does nothing."
    )

    def handle(self, *args, **options) -> None:
        """What cannot be erased keeps nothing else from it."""
        failed = []
        for name, erase in parts.erasers().items():
            try:
                self.stdout.write(f"{name}: {erase(at=timezone.now())} erased.")
            except Exception as fault:
                logger.exception("%s were not erased", name)
                failed.append(f"{name} ({type(fault).__name__})")
        if failed:
            raise CommandError(f"Not erased: {', '.join(failed)}. The rest is. Run it again, and read the log.")
