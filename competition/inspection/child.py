"""The child's side: take the limits, look, answer one line of JSON. Never imported by the server."""

import errno
import json
import os
import re
import resource
import signal
import sys
import traceback
from importlib import import_module
from pathlib import Path
from typing import Any

from competition.inspection.kinds import FileKind, Limits, Unfit
from competition.inspection.signatures import Family

READERS = {
    Family.PDF: "portable",
    Family.ZIP: "packages",
    Family.OLE: "legacy",
    Family.BOXES: "videos",
    Family.MATROSKA: "videos",
    Family.WEBM: "videos",
}
PICTURES = "pictures"
CODES, OF_CODES = "codes", ("codes", "pages")


def main(text: str) -> None:
    """Answers {"ok": …} or {"unfit": code, "facts": …} on standard output and ends at once.

    What libraries print goes to the log. No clean-up: libraries that read a broken file may not survive their own.
    """
    request = json.loads(text)
    answer_to = os.dup(1)
    os.dup2(2, 1)
    # Libraries first, limits second: what they take is ours, not the file's.
    name = CODES if request["do"] in OF_CODES else READERS.get(request["family"], PICTURES)
    reader = import_module(f"competition.inspection.{name}")
    take_limits(**request["bounds"])
    answer = answered(reader, request)
    with open(answer_to, "wb") as out:
        out.write(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))
    sys.stderr.flush()
    os._exit(0)


def answered(reader: Any, request: dict[str, Any]) -> dict[str, Any]:
    try:
        return {"ok": done(reader, request)}
    except Unfit as unfit:
        return {"unfit": unfit.code, "facts": unfit.facts}
    except MemoryError:
        return {"unfit": "took-too-much-memory", "facts": {}}
    except Exception as fault:  # noqa: BLE001 - whatever a parser raises over foreign bytes means one thing
        traceback.print_exc()
        return {"unfit": code_of(fault), "facts": {}}


def code_of(fault: Exception) -> str:
    """Libraries have their own words for a limit that they ran into."""
    number = getattr(fault, "errno", None)
    if number == errno.ENOMEM or re.search(r"bad_alloc|[Cc]annot allocate|out of memory", str(fault)):
        return "took-too-much-memory"
    if number == errno.EFBIG:
        return "bomb"
    return "broken"


def done(reader: Any, request: dict[str, Any]) -> dict[str, Any]:
    path, family = Path(request["path"]), Family(request["family"])
    match request["do"]:
        case "inspect":
            given = request["limits"]
            limits = Limits(**given | {"kinds": frozenset(map(FileKind, given["kinds"]))})
            found: dict[str, Any] = reader.inspected(path, family, limits)
            return {"media_type": request["media_type"]} | found
        case "copy":
            reader.write_copy(path, family, FileKind(request["kind"]), Path(request["to"]))
            return {}
        case "texts":
            return {"pages": reader.texts(path, FileKind(request["kind"]))}
        case "codes":
            return {"pages": reader.codes(path, family)}
        case "pages":
            reader.write_pages(path, request["pages"], Path(request["to"]))
            return {}
        case "portrait":
            reader.write_portrait(path, family, Path(request["to"]), request["longest"])
            return {}
        case _:
            reader.write_preview(path, family, Path(request["to"]), request["page"], request["width"])
            return {}


def take_limits(seconds: int, memory: int, written: int) -> None:
    """For good: hard limits, which this process cannot raise again."""
    limit(resource.RLIMIT_CORE, 0)
    limit(resource.RLIMIT_CPU, seconds, seconds + 1)  # SIGXCPU first: it tells the reason
    limit(resource.RLIMIT_FSIZE, written)
    if taken := address_space():
        limit(resource.RLIMIT_AS, taken + memory)
    # The server kills this group in time; should the server itself be gone, this ends it.
    signal.alarm(seconds + 5)
    os.nice(5)


def limit(what: int, soft: int, hard: int | None = None) -> None:
    """As asked, or less where the server itself has less."""
    least = resource.getrlimit(what)[1]
    asked = (soft, soft if hard is None else hard)
    resource.setrlimit(what, asked if least == resource.RLIM_INFINITY else (min(asked[0], least), min(asked[1], least)))


def address_space() -> int:
    """Bytes of address space in use; 0 where the system does not tell (not Linux)."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    except OSError:
        return 0
