"""A contest's locked list with all that decides it, for others to check."""

import argparse
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from awards.outputs.bundle import bundle_of, fixed_list
from competition.errors import Refused
from competition.management.contests import contest_called


class Command(BaseCommand):
    help = "Writes the bundle by which anybody can work out a locked list again; it names nobody. See docs/verify.md."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("contest", metavar="CONTEST", help="its key, as addresses have it, or its name")
        parser.add_argument("--out", type=Path, default=Path("bundle.zip"), metavar="FILE", help="default: bundle.zip")
        parser.add_argument("--language", choices=["zh-hans", "en"], default="zh-hans", help="of messages")

    def handle(self, *args, **options) -> None:
        with translation.override(options["language"]):
            try:
                data = bundle_of(fixed_list(contest_called(options["contest"])))
                options["out"].write_bytes(data)
            except Refused as refused:
                raise CommandError(str(refused)) from refused
            except OSError as fault:
                message = _("%(file)s cannot be written: %(why)s.")
                raise CommandError(message % {"file": options["out"], "why": fault.strerror}) from fault
            facts = {"file": options["out"], "bytes": len(data), "command": f"manage.py verify {options['out']}"}
            self.stdout.write(_("%(file)s, %(bytes)s bytes. Check it: %(command)s") % facts)
