"""Writes the pictures of docs/certificates.md: each design, and thirty certificates that are hard to print right."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from awards.demo import difficult
from awards.outputs.design_pictures import contact_sheet, design_pictures, sheet_pdf


class Command(BaseCommand):
    help = "Write a picture of each design, and of thirty certificates with difficult names and titles; all invented."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--out", type=Path, default=Path("docs/pictures"), help="folder to write to")
        parser.add_argument("--pdf", type=Path, help="also write the difficult ones as PDF here, to try your printer")

    def handle(self, *, out: Path, pdf: Path | None, **options: Any) -> None:
        sheet = sheet_pdf(difficult.pages())
        files = {out / name: data for name, data in design_pictures().items()}
        files[out / "difficult-names.webp"] = contact_sheet(sheet)
        if pdf:
            files[pdf] = sheet
        for path, data in files.items():
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
            except OSError as fault:
                raise CommandError(f"Cannot write {path}: {fault.strerror}. Name another place.") from fault
        self.stdout.write(f"{len(files)} files, {sum(map(len, files.values())) // 1024} KB")
