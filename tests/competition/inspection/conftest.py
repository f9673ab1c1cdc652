"""How the tests of this room ask: bytes in, `Inspected` or the refusal out."""

import os
from importlib import import_module
from pathlib import Path

import pytest

from competition.inspection import FileKind, Inspected, Limits, Unfit, child, inspect_file, outside


def rounds(few: int) -> int:
    """How often chance is tried: a few times in `make test`, many in `make drill`."""
    return few * (40 if os.environ.get("LAUREL_DRILL") else 1)


ALL = frozenset(FileKind)


@pytest.fixture
def kept(tmp_path):
    """Bytes as a file whose name says nothing."""

    def keep(data: bytes, name: str = "upload") -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return keep


@pytest.fixture
def sent(kept):
    """`Inspected`, or the `Unfit` itself; by way of a child, as in the product."""

    def look(data: bytes, kinds: frozenset[FileKind] = ALL, most: int = 200 << 20, **limits) -> Inspected | Unfit:
        try:
            return inspect_file(kept(data), Limits(kinds, most, **limits))
        except Unfit as unfit:
            return unfit

    return look


@pytest.fixture
def looked(sent, in_process):
    """The same without a child."""
    return sent


@pytest.fixture
def in_process(monkeypatch):
    """No child and no limits, 30 times as fast: for files that are safe to read here."""

    def ask(do, path, signature, bounds, **more):
        reader = import_module(f"competition.inspection.{child.READERS.get(signature.family, child.PICTURES)}")
        request = {"do": do, "path": str(path), "family": signature.family, "media_type": signature.media_type} | more
        answer = child.answered(reader, request)
        if "unfit" in answer:
            raise Unfit(answer["unfit"], **answer["facts"])
        return answer["ok"]

    monkeypatch.setattr(outside, "ask", ask)


@pytest.fixture
def code_of(looked):
    """The code of the refusal, "" where the file is fine."""
    return coded(looked)


@pytest.fixture
def code_sent(sent):
    return coded(sent)


def coded(look):
    def code(data: bytes, **limits) -> str:
        found = look(data, **limits)
        return found.code if isinstance(found, Unfit) else ""

    return code
