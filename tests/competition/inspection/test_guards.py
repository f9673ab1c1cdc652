"""What a child may use. Each guard is shown to matter: with it the child ends, without it the same child goes on."""

import os
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

from competition.inspection import FileKind, Limits, Unfit, inspect_file, outside
from competition.inspection.outside import MB, Bounds
from tests.competition.inspection import samples

GENEROUS = Bounds(seconds=60, memory=2048 * MB, written=200 * MB)


@pytest.fixture
def child(kept, monkeypatch):
    """A child that takes its limits and then, instead of reading a PDF, does `body` (given the file's `path`).

    Answers "" where the body came to its end, else the code of the refusal.
    """
    path = kept(samples.pdf())

    def run(body: str, bounds: Bounds = outside.BOUNDS) -> str:
        monkeypatch.setattr(outside, "BOUNDS", bounds)
        monkeypatch.setattr(
            outside,
            "PROGRAM",
            "import sys, os, time, resource; sys.path.append(sys.argv[1])\n"
            "from competition.inspection import child, portable\n"
            f"def instead(path, family, limits):\n{textwrap.indent(textwrap.dedent(body), '    ')}\n"
            "    return {'kind': 'pdf'}\n"
            "portable.inspected = instead\n"
            "child.main(sys.argv[2])\n",
        )
        try:
            inspect_file(path, Limits(frozenset(FileKind), 1 << 20))
        except Unfit as unfit:
            return unfit.code
        return ""

    return run


def test_a_child_that_behaves_is_answered(child):
    assert child("pass") == ""


@pytest.mark.parametrize("body", ["while True: pass", "time.sleep(30)"])
def test_a_child_that_takes_too_long_is_stopped(child, body):
    begin = time.monotonic()
    assert child(body, Bounds(seconds=1)) == "took-too-long"
    assert time.monotonic() - begin < 8


def test_a_child_that_takes_its_time_is_not_stopped_without_the_guard(child):
    assert child("time.sleep(1.5)", Bounds(seconds=1)) == "took-too-long"
    assert child("time.sleep(1.5)", GENEROUS) == ""


def test_processor_time_is_a_limit_of_its_own(child, monkeypatch):
    """Should the server be too busy to watch the clock, the system ends the child."""
    run = outside.run
    monkeypatch.setattr(outside, "run", lambda command, answer, log, seconds: run(command, answer, log, 60))
    begin = time.monotonic()
    assert child("while True: pass", Bounds(seconds=1)) == "took-too-long"
    assert time.monotonic() - begin < 30


def test_a_child_has_an_alarm_of_its_own(child):
    """Should the server be gone, the child does not sleep on for ever."""
    assert child("import signal; assert 0 < signal.alarm(0) <= 25") == ""
    assert child("os.kill(os.getpid(), 14)") == "took-too-long"


def test_a_child_that_takes_too_much_memory_is_stopped(child):
    body = "data = bytearray(700 << 20)"
    assert child(body) == "took-too-much-memory"
    assert child(body, GENEROUS) == ""


def test_memory_is_counted_over_what_the_libraries_take(child):
    assert child("data = bytearray(400 << 20)") == ""


def test_a_child_that_writes_too_much_is_stopped(child, tmp_path):
    body = f"with open({str(tmp_path / 'big')!r}, 'wb') as file: file.write(bytes(100 << 20))"
    assert child(body) == "bomb"
    assert (tmp_path / "big").stat().st_size <= outside.BOUNDS.written
    assert child(body, GENEROUS) == ""


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("os.abort()", "broken"),
        ("import ctypes; ctypes.string_at(0)", "broken"),
        ("os.kill(os.getpid(), 11)", "broken"),
        ("os._exit(3)", "broken"),
        ("os._exit(0)", "broken"),
        ("raise RuntimeError('x')", "broken"),
        ("raise SystemExit(0)", "broken"),
        ("def deeper(): deeper()\ndeeper()", "broken"),
        ("raise MemoryError", "took-too-much-memory"),
        ("raise OSError(12, 'Cannot allocate memory')", "took-too-much-memory"),
        ("os.write(2, b'std::bad_alloc'); os.abort()", "took-too-much-memory"),
        ("os.kill(os.getpid(), 9)", "took-too-much-memory"),
        ("print('{\"ok\": {}}' * 100)", ""),
        ("os.write(1, b'noise'); sys.stdout.flush()", ""),
    ],
)
def test_however_a_child_ends_it_is_an_answer(child, body, code):
    assert child(body) == code


def test_what_a_child_started_goes_with_it(child, tmp_path):
    note = tmp_path / "grandchild"
    body = f"""
    if not os.fork():
        open({str(note)!r}, 'w').write(str(os.getpid()))
        time.sleep(60)
    time.sleep(60)
    """
    assert child(body, Bounds(seconds=2)) == "took-too-long"
    for _ in range(50):
        if not is_running(int(note.read_text())):
            return
        time.sleep(0.1)
    pytest.fail("the grandchild lives on")


def is_running(number: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False


def test_a_child_knows_nothing_of_the_server(child, monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "s3cret")
    note = tmp_path / "seen"
    body = (
        f"open({str(note)!r}, 'w').write(repr([dict(os.environ), os.getcwd(), sys.stdin.read(), sys.flags.isolated]))"
    )
    assert child(body) == ""
    assert "s3cret" not in note.read_text()
    assert note.read_text().endswith("'/', '', 1]")


def test_a_child_leaves_no_memory_image(child, tmp_path):
    note = tmp_path / "limits"
    names = ["RLIMIT_CORE", "RLIMIT_CPU", "RLIMIT_FSIZE"]
    body = f"open({str(note)!r}, 'w').write(repr([resource.getrlimit(getattr(resource, n)) for n in {names}]))"
    assert child(body) == ""
    assert note.read_text() == repr([(0, 0), (20, 21), (64 * MB, 64 * MB)])


def test_no_more_children_than_turns(kept, monkeypatch):
    """Eight threads of a server do not start eight children of half a gigabyte."""
    monkeypatch.setattr(outside, "_turns", threading.BoundedSemaphore(2))
    path, now, most = kept(samples.pdf()), [], []

    def run(command, answer, log, seconds):
        now.append(1)
        most.append(len(now))
        time.sleep(0.05)
        now.pop()
        answer.write(b'{"ok": {"kind": "pdf", "media_type": "application/pdf"}}')
        return 0

    monkeypatch.setattr(outside, "run", run)
    threads = [
        threading.Thread(target=inspect_file, args=(path, Limits(frozenset(FileKind), 1 << 20))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(most) == 8 and max(most) == 2


def test_an_interrupted_server_leaves_no_child(kept, monkeypatch):
    """What breaks the wait (a worker told to stop) ends the child first."""
    started = []
    popen = outside.subprocess.Popen

    class Interrupted(popen):
        def wait(self, timeout=None):
            started.append(self)
            if len(started) == 1:
                raise KeyboardInterrupt
            return super().wait(timeout)

    monkeypatch.setattr(outside.subprocess, "Popen", Interrupted)
    with pytest.raises(KeyboardInterrupt):
        inspect_file(kept(samples.pdf()), Limits(frozenset(FileKind), 1 << 20))
    assert started[0].returncode == -9


def test_the_server_reads_no_file_of_a_kind_itself():
    """The parsers are never imported by the server: importing the room brings none of them."""
    import subprocess

    code = (
        "import sys; import competition.inspection as room\n"
        "bad = {'pikepdf', 'pypdfium2', 'PIL', 'av', 'lxml', 'zipfile', 'django'} & set(sys.modules)\n"
        "print(sorted(bad))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=outside.ROOT, capture_output=True, text=True, env=dict(os.environ)
    )
    assert done.stdout.strip() == "[]", done.stderr
