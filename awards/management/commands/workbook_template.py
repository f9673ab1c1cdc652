"""The empty workbook, to be filled in."""

import argparse
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from awards.workbook.template import manual, template_xlsx


class Command(BaseCommand):
    help = "Writes an empty workbook with explanations, choices and an example row."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", help="where to write it, such as contest.xlsx")
        parser.add_argument("--language", choices=["zh", "en"], default="zh", help="of headings and explanations")
        parser.add_argument("--manual", type=Path, metavar="FILE", help="write the manual of all columns instead")
        parser.add_argument("--force", action="store_true", help="overwrite a file that is there")

    def handle(self, *args, **options) -> None:
        path: Path | None = options["manual"] or options["file"]
        if path is None:
            raise CommandError("Say where to write it: manage.py workbook_template contest.xlsx")
        if path.exists() and not options["force"] and not options["manual"]:
            raise CommandError(f"{path} is there already. Choose another name, or add --force.")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(manual().encode() if options["manual"] else template_xlsx(options["language"]))
        self.stdout.write(str(path))
