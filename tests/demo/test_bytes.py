"""The same workbook and key give the same bytes, in fresh processes and in the same folder again."""

import os
import subprocess
import sys
from pathlib import Path
from shutil import copyfile

from tests.factories.databases import migrated

ROOT = Path(__file__).resolve().parents[2]


def run(out: Path, seed: str) -> dict[str, bytes]:
    command = [
        sys.executable,
        "manage.py",
        "run_contest",
        "demo/chuzhou-2017.xlsx",
        "--key",
        "demo/demo.key",
        "--out",
        str(out),
    ]
    environment = {**os.environ, "PYTHONHASHSEED": seed, "DJANGO_SETTINGS_MODULE": "config.settings"}
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    return {one.name: one.read_bytes() for one in out.iterdir() if not one.name.startswith("contest.sqlite3")}


def test_two_runs_are_equal_to_the_byte(tmp_path, django_db_blocker):
    """The second with a database that was made elsewhere, as an empty one is."""
    first = run(tmp_path / "one", "1")
    assert len(first) == 7
    (tmp_path / "two").mkdir()
    with django_db_blocker.unblock():
        copyfile(migrated(), tmp_path / "two" / "contest.sqlite3")
    assert run(tmp_path / "two", "2") == first
    assert run(tmp_path / "one", "3") == first
