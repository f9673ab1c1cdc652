"""A fresh key for signing certificates, at times or after the old one was stolen."""

import argparse

from django.core.management.base import BaseCommand
from django.utils import timezone

from awards.services.signing import replace_signing_key


class Command(BaseCommand):
    help = "Certificates are signed with a fresh key from now on. See docs/operator.md, Signed certificates."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--stolen", action="store_true", help="others had the old keys: withdraw all of them")

    def handle(self, *args, **options) -> None:
        made = replace_signing_key(is_stolen=options["stolen"], by=None, at=timezone.now())
        self.stdout.write(f"{made.key_id} {made.public}")
