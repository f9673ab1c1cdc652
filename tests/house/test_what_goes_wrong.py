"""docs/what-goes-wrong.md names tests that are there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "what-goes-wrong.md").read_text()
ROWS = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| what goes wrong |")]
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


@pytest.mark.parametrize("row", ROWS, ids=[row.split("|")[1].strip()[:60] for row in ROWS])
def test_what_goes_wrong_has_a_test(row: str) -> None:
    named = NAMED.findall(row)
    assert named
    for file, test in named:
        tree = ast.parse((ROOT / file).read_text())
        assert test in {one.name for one in tree.body if isinstance(one, ast.FunctionDef)}
