"""The workbooks' bytes: always the same for a seed, and read back without a problem."""

import hashlib
import os
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings

from awards.demo.chance import Tables
from awards.demo.write import cell_of, used_columns, workbook
from awards.workbook.spec import ENTRIES, SHEETS
from competition.core.reading import read_workbook

NAMES = ("chuzhou-2017.xlsx", "example-fair.xlsx")


def made(folder: Path, hash_seed: str, seed: int = 2017) -> dict[str, str]:
    """The command in a process of its own."""
    command = [sys.executable, "manage.py", "demo_workbooks", "--seed", str(seed), "--out", str(folder)]
    environment = os.environ | {"PYTHONHASHSEED": hash_seed, "LAUREL_MODE": "desk"}
    subprocess.run(command, check=True, cwd=settings.BASE_DIR, env=environment, capture_output=True)
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in NAMES}


def test_same_seed_gives_the_same_bytes_in_any_process(tmp_path: Path) -> None:
    first = made(tmp_path / "a", "1")
    assert first == made(tmp_path / "b", "2")
    committed = Path(settings.BASE_DIR, "demo")
    assert first == {name: hashlib.sha256((committed / name).read_bytes()).hexdigest() for name in NAMES}


def test_other_seeds_bring_other_people(years: dict[int, Tables]) -> None:
    people = [
        {(row["school"], name) for row in tables["entries"] for name in row["authors"]} for tables in years.values()
    ]
    assert not set.intersection(*people)


def test_workbook_does_not_depend_on_compression_or_the_clock(a_fair: Tables) -> None:
    with zipfile.ZipFile(BytesIO(workbook(a_fair, "en", "Fair"))) as archive:
        assert {(one.compress_type, one.date_time) for one in archive.infolist()} == {
            (zipfile.ZIP_STORED, (1980, 1, 1, 0, 0, 0))
        }


@pytest.mark.parametrize("language", ["zh", "en"])
def test_year_reads_back_without_a_problem(tables: Tables, language: str) -> None:
    reading = read_workbook(workbook(tables, language, "Year"), SHEETS)  # type: ignore[arg-type]
    assert reading.problems == []
    assert {name: len(table.rows) for name, table in reading.tables.items() if table.rows} == {
        name: len(rows) for name, rows in tables.items()
    }


def test_every_value_comes_back_as_it_was(tables: Tables) -> None:
    reading = read_workbook(workbook(tables, "zh", "Year"), SHEETS)
    for row, entry in zip(reading.tables["entries"].rows, tables["entries"], strict=True):
        known = {column.name for column in ENTRIES.columns}
        assert {key: row[key] for key in known if row[key]} == {
            key: value for key, value in entry.items() if key in known and value
        }
        assert row.extra == {"摘要": entry["摘要"]}


def test_fair_reads_back_without_a_problem(a_fair: Tables) -> None:
    reading = read_workbook(workbook(a_fair, "en", "Fair"), SHEETS)
    assert reading.problems == []
    assert len(reading.tables["marks"].rows) == len(a_fair["marks"])
    assert reading.tables["marks"].headings["round"] == "Round"


def test_used_columns_leaves_out_empty_ones_and_adds_unknown_ones() -> None:
    rows = [{"number": "A1", "subject": "", "摘要": "x"}]
    assert [column.name for column in used_columns(ENTRIES, rows)] == ["number", "title", "track", "school", "摘要"]


def test_cell_of_speaks_the_words_of_the_language() -> None:
    state, authors, finalist = (ENTRIES.column(name) for name in ("state", "authors", "is_finalist"))
    assert cell_of(state, "passed", "zh") == "通过"
    assert cell_of(state, "passed", "en") == "passed"
    assert cell_of(authors, ("甲", "乙·丙"), "zh") == "甲、乙·丙"
    assert cell_of(finalist, True, "en") == "yes"
    assert cell_of(finalist, None, "en") == ""
