"""The index of similar works, made anew or brought up to date."""

import argparse

from django.core.management.base import BaseCommand

from competition.similar import current_index, index_path


class Command(BaseCommand):
    help = "Brings the index of similar works up to date; pages do so by themselves, a timer does it before they ask."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--anew", action="store_true", help="forget the index and count everything again")

    def handle(self, *args, **options) -> None:
        if options["anew"]:
            index_path().unlink(missing_ok=True)
        self.stdout.write(f"{len(current_index().keys)} works in {index_path()}")
