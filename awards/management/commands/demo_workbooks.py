"""Writes the demo year and the example fair as workbooks: invented people, the same bytes for a seed."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from awards.demo.fair import fair
from awards.demo.write import workbook
from awards.demo.year import year


class Command(BaseCommand):
    help = "Write chuzhou-2017.xlsx and example-fair.xlsx; everybody in them is invented."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=2017, help="the same seed gives the same bytes")
        parser.add_argument("--out", type=Path, default=Path("demo"), help="folder to write to")

    def handle(self, *, seed: int, out: Path, **options: Any) -> None:
        books = {
            "chuzhou-2017.xlsx": workbook(tables := year(seed), "zh", tables["contest"][0]["name"]),
            "example-fair.xlsx": workbook(tables := fair(seed), "en", tables["contest"][0]["name"]),
        }
        try:
            out.mkdir(parents=True, exist_ok=True)
            for name, data in books.items():
                (out / name).write_bytes(data)
        except OSError as fault:
            raise CommandError(f"Cannot write to {out}: {fault.strerror}. Name another folder with --out.") from fault
        self.stdout.write(f"{len(books)} workbooks in {out} (seed {seed})")
