"""The names of trainings whose day has come, erased; to be run every night."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from awards.services.trainings import erase_due_trainings


class Command(BaseCommand):
    help = "Erases the names of every training whose day of erasure has come. Numbers, hours and states stay."

    def handle(self, *args, **options) -> None:
        erased = erase_due_trainings(at=timezone.now())
        self.stdout.write(f"{len(erased)} trainings erased.")
