"""The main command on bytes, in a folder of its own, and its papers read back with other libraries."""

import io
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import openpyxl
import pypdfium2
from django.core.management import CommandError, call_command

from competition import databases
from competition.databases import own_database
from tests.factories.databases import copy, migrated


@dataclass(frozen=True)
class Run:
    """What a person sees: the exit code, both streams, the folder."""

    code: int
    said: str
    complained: str
    out: Path

    @property
    def summary(self) -> dict[str, Any]:
        return json.loads((self.out / "summary.json").read_text())

    def problems(self) -> list[tuple[str, str, int, str]]:
        return [
            (one["code"], one.get("sheet", ""), one.get("row", 0), one.get("column", ""))
            for one in self.summary["problems"]
        ]

    def table(self, file: str, sheet: str) -> list[dict[str, Any]]:
        """Rows by the Chinese part of their heading."""
        page = openpyxl.load_workbook(self.out / file, read_only=True)[sheet]
        head, *body = page.iter_rows(values_only=True)
        names = [str(heading).split("\n")[0] for heading in head]
        return [dict(zip(names, line, strict=True)) for line in body]

    def standings(self, sheet: str = "排名 获奖名单 Awards") -> dict[str, tuple[Any, Any, Any]]:
        """entry -> (score, place, prize)."""
        found = self.table("standings.xlsx", sheet)
        return {row["作品编号"]: (row["得分"], row["名次"], row["奖项"]) for row in found}

    def awarded(self, sheet: str = "获奖名单 Awards") -> dict[str, str]:
        return {row["作品编号"]: row["奖项"] for row in self.table("award-list.xlsx", sheet)}

    def pages(self, file: str = "certificates.pdf") -> list[str]:
        """Text of each page without white space."""
        document = pypdfium2.PdfDocument((self.out / file).read_bytes())
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]

    @contextmanager
    def database(self) -> Iterator[None]:
        with own_database(self.out / "contest.sqlite3"):
            yield


def run(data: bytes, out: Path, *arguments: str, is_from_scratch: bool = False) -> Run:
    """is_from_scratch  let the command make its database by itself"""
    file = out.parent / f"{out.name}.xlsx"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    database = out / "contest.sqlite3"
    is_rehearsal = "--dry-run" in arguments
    if not (is_from_scratch or database.exists() or is_rehearsal):
        out.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(migrated(), database)
    said, complained = io.StringIO(), io.StringIO()
    try:
        with migrated_rehearsal() if is_rehearsal and not is_from_scratch else nullcontext():
            call_command("run_contest", str(file), f"--out={out}", *arguments, stdout=said, stderr=complained)
    except CommandError as fault:
        return Run(fault.returncode, said.getvalue(), f"{complained.getvalue()}{fault}\n", out)
    return Run(0, said.getvalue(), complained.getvalue(), out)


@contextmanager
def migrated_rehearsal() -> Iterator[None]:
    """The database in memory that a rehearsal is about to migrate has everything in it already."""
    empty, ask = migrated(), databases.has_migrations_to_come

    def asked(one: Any) -> bool:
        if one.settings_dict["NAME"] == ":memory:":
            one.ensure_connection()
            copy(empty, one.connection)
        return ask(one)

    with mock.patch.object(databases, "has_migrations_to_come", asked):
        yield
