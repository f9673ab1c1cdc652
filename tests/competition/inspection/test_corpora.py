"""Files that others collected because they broke something: the test folders of four libraries.

LAUREL_DRILL=1 python -m pytest tests/competition/inspection/test_corpora.py -s
"""

import os
import subprocess
import sys
import tarfile
import time
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from competition.inspection import (
    FileKind,
    Inspected,
    Limits,
    Unfit,
    inspect_file,
    judge_copy,
    outside,
    page_texts,
    preview,
)

pytestmark = [
    pytest.mark.drill,
    pytest.mark.skipif(not os.environ.get("LAUREL_DRILL"), reason="LAUREL_DRILL=1 fetches four source packages"),
]
PACKAGES = ("pikepdf", "pypdf", "Pillow", "oletools")
FOLDERS = {"tests", "test", "resources"}
SLOWEST, LARGEST = 30, 512  # seconds, megabytes

# `pip download` would build each package first; this asks pip's own configured index where the source is.
FETCH = """
import sys
from pathlib import Path
from pip._internal.commands import create_command

command = create_command("download")
with command.main_context():
    options, names = command.parse_args(["--no-binary=:all:", "--no-deps", *sys.argv[2:]])
    session = command.get_default_session(options)
    finder = command._build_package_finder(options, session)
    for name in names:
        found = finder.find_best_candidate(name).best_candidate
        if found is None:
            sys.exit(f"pip finds no source of {name}")
        link = found.link
        answer = session.get(link.url, headers={"Accept-Encoding": "identity"})
        answer.raise_for_status()
        (Path(sys.argv[1]) / link.filename).write_bytes(answer.content)
"""
# The product's child, which also writes down the most memory that it ever had.
MEASURED = """
import os, sys
sys.path.append(sys.argv[1])
end = os._exit
def exit_measured(code):
    with open("/proc/self/status") as status, open(os.environ["PEAKS"], "a") as peaks:
        peaks.writelines(line for line in status if line.startswith("VmHWM"))
    end(code)
os._exit = exit_measured
from competition.inspection.child import main
main(sys.argv[2])
"""


@pytest.fixture(scope="module")
def corpora(tmp_path_factory):
    """Every file in the test folders of the packages."""
    folder = tmp_path_factory.mktemp("corpora")
    try:
        done = subprocess.run(
            [sys.executable, "-c", FETCH, str(folder), *PACKAGES], timeout=300, capture_output=True, text=True
        )
        failed = done.returncode and (done.stderr.strip().splitlines() or ["no word"])[-1]
    except subprocess.TimeoutExpired:
        failed = "no answer in 300 s"
    if failed:
        pytest.skip(f"the source packages of {', '.join(PACKAGES)} cannot be had: {failed}")
    for package in list(folder.iterdir()):
        if package.suffix == ".zip":
            zipfile.ZipFile(package).extractall(folder / package.stem)
        else:
            with tarfile.open(package) as archive:
                archive.extractall(folder / package.stem, filter="data")
    return sorted(
        path for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink() and FOLDERS & {part.lower() for part in path.relative_to(folder).parts}
    )  # fmt: skip


@pytest.fixture
def peaks(tmp_path, monkeypatch):
    note = tmp_path / "peaks"
    note.touch()
    monkeypatch.setattr(outside, "PROGRAM", MEASURED)
    monkeypatch.setitem(outside.ENVIRONMENT, "PEAKS", str(note))
    return lambda: max((int(line.split()[1]) // 1024 for line in note.read_text().splitlines()), default=0)


def timed(ask):
    begin = time.monotonic()
    try:
        found = ask()
    except Unfit as unfit:
        found = unfit
    return found, time.monotonic() - begin


def test_every_file_of_the_corpora_ends_in_an_answer(corpora, peaks):
    limits = Limits(frozenset(FileKind), 200 << 20)
    assert len(corpora) > 500
    ends, slowest, fit = Counter(), (0.0, Path()), []
    for path in corpora:
        found, seconds = timed(lambda path=path: inspect_file(path, limits))
        ends[found.code if isinstance(found, Unfit) else str(found.kind)] += 1
        slowest = max(slowest, (seconds, path))
        assert seconds < SLOWEST, path
        if isinstance(found, Inspected):
            fit.append((path, found.kind))
    print(f"\n{len(corpora)} files {dict(ends)}; slowest {slowest[0]:.2f} s {slowest[1].name}; peak {peaks()} MB")
    assert peaks() < LARGEST
    every_fit_file_can_be_shown(fit, limits, peaks)


def every_fit_file_can_be_shown(fit, limits, peaks):
    """Copy, text and preview of what was accepted; and a copy is accepted as what it was."""
    ends, slowest = Counter(), (0.0, Path())
    for path, kind in fit:
        for ask in (judge_copy, page_texts, lambda path, kind: preview(path, kind, 1)):
            if ask not in (judge_copy, page_texts) and kind not in (FileKind.PDF, FileKind.IMAGE):
                continue
            found, seconds = timed(lambda path=path, kind=kind, ask=ask: ask(path, kind))
            slowest = max(slowest, (seconds, path))
            assert seconds < SLOWEST, path
            if isinstance(found, Unfit):
                ends[f"{kind} {found.code}"] += 1
                print(f"  {getattr(ask, '__name__', 'preview')} {path.name}: {found}")
            elif ask is judge_copy:
                copy = path.with_name("judge-copy")
                copy.write_bytes(found)
                assert inspect_file(copy, limits).kind is kind, path
                copy.unlink()
    print(
        f"{len(fit)} fit files shown, refused {dict(ends)}; slowest {slowest[0]:.2f} s {slowest[1].name}; peak {peaks()} MB"
    )
    assert peaks() < LARGEST
