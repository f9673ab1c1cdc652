"""The code of a certificate checked as anybody can, by verify/laurel_check.py; by this installation's own list."""

import argparse
import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from awards.models import SigningKey
from awards.outputs.published import published_list
from competition.errors import Refused
from verify.laurel_check import as_json, as_text, checked


class Command(BaseCommand):
    help = "Checks the code of a certificate by our keys and list, without the web. See docs/verify.md."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("code", metavar="CODE", help="the text of the QR symbol")
        parser.add_argument("--revocations", type=Path, metavar="FILE", help="a list that was downloaded; else today's")
        parser.add_argument("--names", default="", help="the names on the paper")
        parser.add_argument("--json", action="store_true", help="answer for a program")
        parser.add_argument("--language", choices=["zh-hans", "en"], default="zh-hans", help="of messages")

    def handle(self, *args, **options) -> None:
        with translation.override(options["language"]):
            keys = list(SigningKey.objects.values_list("public", flat=True))
            if not keys:
                nothing = _("Nothing has been signed here yet: the first certificates that are issued will be.")
                raise CommandError(nothing)
            answer, _keys = checked(options["code"], list_at(options["revocations"]), keys, options["names"])
            self.stdout.write(as_json(answer) if options["json"] else as_text(answer))
            if answer.status:
                raise CommandError(_("This certificate was not found valid."), returncode=answer.status)


def list_at(path: Path | None) -> bytes:
    try:
        return path.read_bytes() if path else json.dumps(published_list(at=timezone.now())).encode()
    except OSError as fault:
        raise CommandError(_("%(file)s cannot be read: %(why)s.") % {"file": path, "why": fault.strerror}) from fault
    except Refused as refused:
        raise CommandError(str(refused)) from refused
