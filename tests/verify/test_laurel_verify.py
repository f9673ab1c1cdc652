"""The stand-alone verifier as whoever got a bundle runs it: alone, on any file, whatever is wrong with it."""

import ast
import json
import os
import random
import re
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from tests.verify.crowds import crowded_bundle
from verify import laurel_verify
from verify.laurel_verify import verify

PROGRAM = Path(laurel_verify.__file__)
IS_DRILL = bool(os.environ.get("LAUREL_DRILL"))


@pytest.fixture(scope="module")
def bundle() -> bytes:
    return crowded_bundle(600)


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Without site packages, without the environment, from elsewhere."""
    command = [sys.executable, "-I", "-S", str(PROGRAM), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd="/", check=False)


def test_it_asks_for_the_standard_library_alone():
    tree = ast.parse(PROGRAM.read_text(encoding="utf-8"), feature_version=(3, 9))
    names = {one.name for node in ast.walk(tree) if isinstance(node, ast.Import) for one in node.names}
    names |= {node.module or "." for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= sys.stdlib_module_names


def test_a_large_bundle_holds(bundle):
    report = verify(bundle)
    assert [one.text(1) for one in report.faults] == []
    assert report.checked["chain"] == 597
    assert report.checked["scores"] == 118
    assert report.checked["awards"] > 0


def test_every_flipped_byte_is_found(bundle):
    """In headers, names, contents, sizes, dates: wherever it falls. All of a small file, a sample of a large one."""
    flipped, rng = bytearray(bundle), random.Random(7)
    ends = [*range(60), *range(len(bundle) - 60, len(bundle))]
    for at in [*ends, *(rng.randrange(len(bundle)) for _ in range(300))]:
        flipped[at] ^= rng.randrange(1, 256)
        assert not verify(flipped).holds, at
        flipped[at] = bundle[at]
    assert verify(flipped).holds


@pytest.mark.drill
def test_a_thousand_flips_in_a_hundred_thousand_events_are_found():
    whole = crowded_bundle(100_000 if IS_DRILL else 3_000)
    flipped, rng = bytearray(whole), random.Random(11)
    for _ in range(1000 if IS_DRILL else 30):
        at = rng.randrange(len(whole))
        flipped[at] ^= rng.randrange(1, 256)
        assert not verify(flipped).holds, at
        flipped[at] = whole[at]


def members_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zip_of(members: dict[str, bytes], **how) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", **how) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data + b"x",
        lambda data: b"x" + data,
        lambda data: data[:-1],
        lambda data: b"",
        lambda data: b"no zip",
        lambda data: zip_of({}),
        lambda data: zip_of(members_of(data)),
        lambda data: zip_of(members_of(data), compression=zipfile.ZIP_DEFLATED),
        lambda data: data.replace(b"PK\1\2", b"hidden words between the membersPK\1\2", 1),
    ],
)
def test_a_file_that_is_no_bundle_is_damaged(bundle, change):
    assert {one.code for one in verify(change(bundle)).faults} == {"file-damaged"}


def resealed(members: dict[str, bytes]) -> bytes:
    from awards.core.sealing import zipped

    return zipped(members)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda m: m.pop("sheets.jsonl"), "member-missing"),
        (lambda m: m.update({"notes.txt": b"secret"}), "member-unknown"),
        (lambda m: m.pop("manifest.json"), "manifest-wrong"),
        (lambda m: m.update({"manifest.json": m["manifest.json"].replace(b'"version":1', b'"version":2')}), "manifest-wrong"),
        (lambda m: m.update({"manifest.json": m["manifest.json"].rstrip()}), "manifest-wrong"),
        (lambda m: m.update({"sheets.jsonl": m["sheets.jsonl"].replace(b"[[", b"[ [", 1)}), "line-malformed"),
        (lambda m: m.update({"sheets.jsonl": m["sheets.jsonl"].replace(b',"state"', b',"state":"x","state"', 1)}), "line-malformed"),
        (lambda m: m.update({"sheets.jsonl": m["sheets.jsonl"].replace(b'"C0",0', b'"C0",0.5', 1)}), "line-malformed"),
        (lambda m: m.update({"sheets.jsonl": m["sheets.jsonl"].replace(b'"C0",0', b'"C0",NaN', 1)}), "line-malformed"),
        (lambda m: m.update({"sheets.jsonl": m["sheets.jsonl"][:-1]}), "line-malformed"),
        (lambda m: m.update({"contest.jsonl": b"[" * 100_000 + b"\n"}), "line-malformed"),
        (lambda m: m.update({"contest.jsonl": b"9" * 5000 + b"\n"}), "line-malformed"),
        (lambda m: m.update({"contest.jsonl": b""}), "line-malformed"),
        (lambda m: m.update({"sheets.jsonl": b""}), "member-differs"),
    ],
)  # fmt: skip
def test_members_that_do_not_fit_are_found(bundle, change, code):
    """Whoever mended the zip around them, but not the manifest."""
    members = members_of(bundle)
    change(members)
    assert code in {one.code for one in verify(resealed(members)).faults}


def test_it_answers_0_where_everything_holds_and_1_where_not(bundle, tmp_path):
    path = tmp_path / "b.zip"
    path.write_bytes(bundle)
    done = run(path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "118  得分与名次 · scores and ranks worked out again" in done.stdout
    assert "未重算 · not recomputed" in done.stdout
    assert "全部一致 · everything holds" in done.stdout
    quiet = run(path, "--quiet")
    assert (quiet.returncode, quiet.stdout) == (0, "")
    answer = json.loads(run(path, "--json").stdout)
    assert (answer["holds"], answer["events"], answer["checked"]["awards"]) == (True, 597, len(awards(bundle)))
    head = answer["head"]
    assert run(path, "--quiet", "--head", head).returncode == 0
    assert run(path, "--quiet", "--head", "0" * 64).returncode == 1


def awards(bundle: bytes) -> list[bytes]:
    return members_of(bundle)["awards.jsonl"].splitlines()


def test_it_names_what_differs(bundle, tmp_path):
    path = tmp_path / "b.zip"
    path.write_bytes(bundle[:100] + b"?" + bundle[101:])
    done = run(path, "--quiet")
    assert done.returncode == 1
    assert "awards.jsonl" in done.stdout
    assert "damaged" in done.stdout


def test_a_file_that_is_not_there_is_said(tmp_path):
    done = run(tmp_path / "none.zip")
    assert done.returncode == 1
    assert "cannot be read" in done.stderr


def test_what_a_bundle_says_cannot_speak_to_the_terminal(bundle):
    members = members_of(bundle)
    members["entries.jsonl"] = members["entries.jsonl"].replace(b'"track":"T"', rb'"track":"\u001b[31m"', 1)
    text = laurel_verify.as_text(verify(resealed(members)))
    assert "\x1b" not in text
    assert "entries" in text


def test_both_languages_name_the_same():
    for code, (chinese, english) in laurel_verify.WORDS.items():
        facts = [sorted(set(re.findall(r"{(\w+)}", words))) for words in (chinese, english)]
        assert facts[0] == facts[1], code
