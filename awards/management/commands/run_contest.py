"""One workbook in, everything out."""

import argparse
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from awards.outputs.changes import change_lines
from awards.outputs.figures import summary
from awards.outputs.files import json_bytes, write_files
from awards.outputs.problems import problems_xlsx
from awards.services.lists import finding_sentence
from awards.workbook.playing import Played, play
from competition.databases import own_database
from competition.errors import Refused
from competition.problems import as_json, place, sentence

KEY_LENGTH = 16


class Command(BaseCommand):
    help = (
        "Reads a workbook, checks it, assigns judges or counts their marks, gives the prizes, and writes award list, "
        "standings, certificates, report and figures to a folder."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "workbook", type=Path, help=".xlsx, .xls or .ods; see workbook_template and docs/workbook.md"
        )
        parser.add_argument("--out", type=Path, default=Path("out"), metavar="DIR", help="default: out")
        parser.add_argument("--key", type=Path, metavar="FILE", help="secret for verification codes; without it no QR")
        parser.add_argument("--database", choices=["own", "default"], default="own",
                            help="own: DIR/contest.sqlite3; default: the installation's")  # fmt: skip
        parser.add_argument("--dry-run", action="store_true", help="check and compute, write and change nothing")
        parser.add_argument("--language", choices=["zh-hans", "en"], default="zh-hans", help="of messages and reasons")

    def handle(self, *args, **options) -> None:
        with translation.override(options["language"]):
            try:
                data = options["workbook"].read_bytes()
            except OSError as fault:
                message = _("%(file)s cannot be read: %(why)s. Give the path of a workbook, or make one: %(command)s")
                facts = {
                    "file": options["workbook"],
                    "why": fault.strerror,
                    "command": "manage.py workbook_template FILE",
                }
                raise CommandError(message % facts) from fault
            key = key_of(options["key"])
            out: Path = options["out"]
            if options["database"] == "default":
                self.run(data, key, out, is_rehearsal=options["dry_run"], is_own=False)
                return
            path = None if options["dry_run"] and not (out / "contest.sqlite3").exists() else out / "contest.sqlite3"
            with own_database(path):
                self.run(data, key, out, is_rehearsal=options["dry_run"], is_own=True)

    def run(self, data: bytes, key: bytes | None, out: Path, *, is_rehearsal: bool, is_own: bool) -> None:
        try:
            played = play(data, key=key, by=None, agree=self.agree, is_rehearsal=is_rehearsal, must_be_same_key=is_own)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        if played.problems:
            self.refuse(data, played, out, is_rehearsal=is_rehearsal)
        if is_rehearsal:
            self.stdout.write(_("Rehearsed; nothing was written. ") + self.answer(played, out))
            return
        if not played.is_applied:
            raise CommandError(_("Nothing was changed."))
        write_files(out, played.files)
        if played.outcome and played.outcome.findings:
            self.name_findings(played, out)
        self.stdout.write(self.answer(played, out))

    def agree(self, played: Played) -> bool:
        """Say what changes before it does; at a terminal, ask."""
        for line in change_lines(played.changes):
            self.stderr.write(line)
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            return True
        self.stderr.write(_("Apply this? [y/N] "), ending="")
        return input().strip().casefold() in ("y", "yes", "是")

    def refuse(self, data: bytes, played: Played, out: Path, *, is_rehearsal: bool) -> None:
        for problem in played.problems:
            self.stderr.write(f"{place(problem)}: {sentence(problem)}")
        facts = {"number": len(played.problems), "out": out}
        if is_rehearsal:
            raise CommandError(_("%(number)s problems; nothing was imported.") % facts)
        found = [as_json(problem) for problem in played.problems]
        files = {
            "problems.xlsx": problems_xlsx(data, played.problems),
            "summary.json": json_bytes(summary([], found, played.input_digest)),
        }
        write_files(out, files)
        message = _("%(number)s problems; nothing was imported. Mend the marked cells in %(out)s/problems.xlsx.")
        raise CommandError(message % facts)

    def name_findings(self, played: Played, out: Path) -> None:
        findings = played.outcome.findings if played.outcome else {}
        for contest, found in findings.items():
            for finding in found:
                self.stderr.write(f"{contest.label}: {finding_sentence(finding)}")
        number = sum(len(found) for found in findings.values())
        message = _("The list check found %(number)s points, so no list was fixed. Standings are in %(out)s.")
        raise CommandError(message % {"number": number, "out": out})

    def answer(self, played: Played, out: Path) -> str:
        outcome = played.outcome
        if outcome and outcome.waiting:
            return _("Judges are assigned. Print %(out)s/score-sheets.pdf, enter the marks, run again.") % {"out": out}
        awards = sum(one.awards.count() for one in played.lists)
        return _("%(awards)s awards; everything is in %(out)s.") % {"awards": awards, "out": out}


def key_of(path: Path | None) -> bytes | None:
    """The secret in a file, white space at its ends left out."""
    if path is None:
        return None
    try:
        key = path.read_bytes().strip()
    except OSError as fault:
        raise CommandError(
            _("The key %(file)s cannot be read: %(why)s.") % {"file": path, "why": fault.strerror}
        ) from fault
    if len(key) < KEY_LENGTH:
        raise CommandError(_("The key %(file)s is too short: it needs at least 16 bytes.") % {"file": path})
    return key
