"""Copies for judges of files that came in before there were copies, or whose copy could not be made then."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from competition.models import Material
from competition.services.findings import make_copy


class Command(BaseCommand):
    help = "Makes the copies that judges read, of all files that have none."

    def handle(self, *args, **options) -> None:
        waiting = Material.objects.filter(is_removed=False, copy=None, file__isnull=False, kind__is_for_judges=True)
        made = sum(make_copy(one, at=timezone.now()) for one in waiting.select_related("kind", "file"))
        self.stdout.write(f"{made} copies made, {waiting.count()} files without one.")
