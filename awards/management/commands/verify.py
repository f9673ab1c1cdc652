"""A list of awards worked out again from its bundle; on request, the bundle held against the database."""

import argparse
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from awards.outputs.bundle.comparing import Difference, differences
from competition.errors import Refused
from verify.laurel_verify import as_json, as_text, verify

SHOWN = 20


class Command(BaseCommand):
    help = "Works out a list of awards again from its bundle, by verify/laurel_verify.py. See docs/verify.md."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("bundle", type=Path, metavar="BUNDLE")
        parser.add_argument("--against-database", action="store_true", help="is it what the database says now, too?")
        parser.add_argument("--head", default="", metavar="HASH", help="the log must end in this hash")
        parser.add_argument("--quiet", action="store_true", help="say nothing where everything holds")
        parser.add_argument("--json", action="store_true", help="answer for a program")
        parser.add_argument("--language", choices=["zh-hans", "en"], default="zh-hans", help="of messages")

    def handle(self, *args, **options) -> None:
        with translation.override(options["language"]):
            try:
                data = options["bundle"].read_bytes()
            except OSError as fault:
                facts = {"file": options["bundle"], "why": fault.strerror}
                raise CommandError(_("%(file)s cannot be read: %(why)s.") % facts) from fault
            report = verify(data, options["head"])
            if not (options["quiet"] and report.holds):
                self.stdout.write(as_json(report) if options["json"] else as_text(report))
            if not report.holds:
                raise CommandError(_("The bundle does not hold."))
            if options["against_database"]:
                self.compare(data)

    def compare(self, data: bytes) -> None:
        try:
            found = differences(data)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        for one in found[:SHOWN]:
            self.stderr.write(words_of(one))
        if found:
            raise CommandError(_("%(number)s lines are not what the database says now.") % {"number": len(found)})
        self.stderr.write(_("The database says the same."))


def words_of(one: Difference) -> str:
    where = _("in the bundle alone") if one.is_of_bundle else _("in the database alone")
    return f"{one.member}: {where}: {one.line}"
