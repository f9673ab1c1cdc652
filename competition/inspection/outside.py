"""The server's side: cheap checks, then one child process per question, whose every end is an answer."""

import hashlib
import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from competition.inspection.kinds import FileKind, Inspected, Limits, ScanPage, Unfit
from competition.inspection.signatures import HEAD, OFFICE, Signature, looks_like, signature_of

logger = logging.getLogger("laurel.inspection")

ROOT = Path(__file__).resolve().parents[2]
# -I keeps the caller's folder and PYTHON* out of the child, so where we stand is told by the first argument.
PROGRAM = "import sys; sys.path.append(sys.argv[1]); from competition.inspection.child import main; main(sys.argv[2])"
# Nothing of the server's environment (keys, the address of the database) is near a parser of foreign bytes.
# One arena: glibc reserves 128 MB of address space for each further one, which would count as memory.
ENVIRONMENT = {"LANG": "C.UTF-8", "MALLOC_ARENA_MAX": "1", "OPENBLAS_NUM_THREADS": "1"} | {
    name: os.environ[name] for name in ("LD_LIBRARY_PATH", "TMPDIR") if name in os.environ
}
MB = 1 << 20
LOG_READ = 64 * 1024
OUT_OF_MEMORY = (b"MemoryError", b"bad_alloc", b"memory allocation", b"Cannot allocate", b"ut of memory")

# More children than cores only make each slower, and each may take half a gigabyte.
_turns = threading.BoundedSemaphore(os.cpu_count() or 2)


@dataclass(frozen=True)
class Bounds:
    """What one child may use. `memory` comes on top of what its libraries take (up to 60 MB resident)."""

    seconds: int = 20
    memory: int = 448 * MB
    written: int = 64 * MB


BOUNDS = Bounds()
SCAN_BOUNDS = Bounds(seconds=120)


def inspect_file(path: Path, limits: Limits) -> Inspected:
    """Look into a file. Raises Unfit where it may not be kept, whatever is wrong with it.

    A PDF that anyone can open but not print or copy is not "encrypted"; one that asks for a password is.
    A program that only lies beside (in a PDF's attachments, in an Office document's objects) counts as "has-script".
    """
    size = path.stat().st_size
    if not size:
        raise Unfit("empty-file")
    if size > limits.max_bytes:
        raise Unfit("too-large", size=size, most=limits.max_bytes)
    signature = known(path)
    require_allowed(signature.kinds, limits)
    found = ask("inspect", path, signature, BOUNDS, limits=asdict(limits) | {"kinds": sorted(limits.kinds)})
    kind = FileKind(found.pop("kind"))
    require_allowed({kind}, limits)
    return Inspected(kind=kind, size=size, sha256=sha256_of(path), **found)


def judge_copy(path: Path, kind: FileKind) -> bytes:
    """The file without what tells whose it is: properties, authors of remarks, attachments, places of photos.

    A picture comes as JPEG or PNG (see `media_type`), upright; everything else in its own format. What the pages
    themselves show stays: see `names_in`. A video is better written with `write_judge_copy`.
    """
    with tempfile.TemporaryDirectory(prefix="laurel-copy-") as folder:
        to = Path(folder) / "copy"
        write_judge_copy(path, kind, to)
        return to.read_bytes()


def write_judge_copy(path: Path, kind: FileKind, to: Path) -> None:
    """The same into a file. Nothing is left at `to` where it raises Unfit."""
    bounds = Bounds(BOUNDS.seconds, BOUNDS.memory, max(256 * MB, 2 * path.stat().st_size + 16 * MB))
    try:
        ask("copy", path, of_kind(path, kind), bounds, kind=kind, to=str(to.absolute()))
        if not to.exists():  # a film without a single frame
            raise Unfit("broken")
    except Unfit:
        to.unlink(missing_ok=True)
        raise


def page_texts(path: Path, kind: FileKind) -> list[str]:
    """The text of each page of a PDF, slide of a .pptx, sheet of a workbook; else the whole document as one page.

    A picture, a video and a scan have none, so an empty answer does not mean that nothing can be read there.
    """
    if kind in (FileKind.IMAGE, FileKind.VIDEO):
        return []
    return list(ask("texts", path, of_kind(path, kind), BOUNDS, kind=kind)["pages"])


def page_codes(path: Path, kind: FileKind) -> list[ScanPage]:
    """What the QR codes on each page of a PDF, or on a picture, say. A pile of 80 pages takes ten seconds."""
    if kind not in (FileKind.PDF, FileKind.IMAGE):
        raise Unfit("kind-not-allowed", kind=kind)
    pages = ask("codes", path, of_kind(path, kind), SCAN_BOUNDS)["pages"]
    return [ScanPage(tuple(page["texts"]), page["is_blank"]) for page in pages]


def write_pages(path: Path, pages: Sequence[int], to: Path) -> None:
    """These pages of a PDF, counted from 1, as a PDF of their own. Nothing is left at `to` where it raises Unfit."""
    try:
        ask("pages", path, of_kind(path, FileKind.PDF), SCAN_BOUNDS, pages=list(pages), to=str(to.absolute()))
    except Unfit:
        to.unlink(missing_ok=True)
        raise


def preview(path: Path, kind: FileKind, page: int, width: int = 1200) -> bytes:
    """A page (counted from 1) of a PDF, or a picture, as WebP at most `width` wide.

    Raises Unfit; "no-such-page" where there is none, "kind-not-allowed" where the kind has no preview.
    """
    if kind not in (FileKind.PDF, FileKind.IMAGE):
        raise Unfit("kind-not-allowed", kind=kind)
    with tempfile.TemporaryDirectory(prefix="laurel-preview-") as folder:
        to = Path(folder) / "preview"
        ask("preview", path, of_kind(path, kind), BOUNDS, kind=kind, to=str(to), page=page, width=width)
        return to.read_bytes()


def portrait(data: bytes, limits: Limits, longest: int) -> bytes:
    """A photo of a person, looked into and written anew: a JPEG at most `longest` wide and high, and nothing else.
    It is on a disk only while it is looked at.

    raises   Unfit
    """
    with tempfile.TemporaryDirectory(prefix="laurel-portrait-") as folder:
        path, to = Path(folder) / "photo", Path(folder) / "portrait"
        path.write_bytes(data)
        inspect_file(path, limits)
        ask("portrait", path, of_kind(path, FileKind.IMAGE), BOUNDS, to=str(to), longest=longest)
        return to.read_bytes()


def known(path: Path) -> Signature:
    with path.open("rb") as file:
        head = file.read(HEAD)
    if signature := signature_of(head):
        return signature
    raise Unfit("unknown-kind", found=looks_like(head))


def of_kind(path: Path, kind: FileKind) -> Signature:
    signature = known(path)
    if kind not in signature.kinds:
        raise Unfit("kind-not-allowed", kind=min(signature.kinds))
    return signature


def require_allowed(kinds: frozenset[FileKind] | set[FileKind], limits: Limits) -> None:
    """Office kinds share their first bytes, so only the inside tells which it is; a lone kind is known already."""
    if kinds != OFFICE and not kinds & limits.kinds:
        raise Unfit("kind-not-allowed", kind=min(kinds))


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def ask(do: str, path: Path, signature: Signature, bounds: Bounds, **more: Any) -> dict[str, Any]:
    """One question to one child. Answers go to a file, not a pipe: the limit on file size bounds them too."""
    request = {"do": do, "path": str(path.absolute()), "family": signature.family, "media_type": signature.media_type}
    text = json.dumps(request | {"bounds": asdict(bounds)} | more)
    with _turns, tempfile.TemporaryFile() as answer, tempfile.TemporaryFile() as log:
        code = run([sys.executable, "-I", "-c", PROGRAM, str(ROOT), text], answer, log, bounds.seconds)
        if code:
            raise end_of(code, log, bounds)
        answer.seek(0)
        return read_answer(answer.read(), bounds)


def run(command: list[str], answer: IO[bytes], log: IO[bytes], seconds: int) -> int:
    """Exit code; the child and whatever it started are gone afterwards."""
    child = subprocess.Popen(  # noqa: S603 - our own interpreter and program; the file's name is data in it
        command,
        stdin=subprocess.DEVNULL,
        stdout=answer,
        stderr=log,
        cwd="/",
        env=ENVIRONMENT,
        start_new_session=True,
    )
    try:
        return child.wait(seconds)
    except subprocess.TimeoutExpired:
        raise Unfit("took-too-long", seconds=seconds) from None
    finally:
        if child.returncode is None:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def end_of(code: int, log: IO[bytes], bounds: Bounds) -> Unfit:
    """What it means that a child ended without an answer."""
    log.seek(0)
    said = log.read(LOG_READ)
    logger.warning("a child ended with %s: %s", code, said[-300:].decode("utf-8", "replace").strip())
    if code in (-signal.SIGXCPU, -signal.SIGALRM):
        return Unfit("took-too-long", seconds=bounds.seconds)
    # Killed though not by us: the machine's memory ended before the child's limit did.
    if code == -signal.SIGKILL or any(word in said for word in OUT_OF_MEMORY):
        return Unfit("took-too-much-memory", megabytes=bounds.memory // MB)
    return Unfit("broken")


def read_answer(data: bytes, bounds: Bounds) -> dict[str, Any]:
    try:
        answer = json.loads(data)
    except ValueError:
        logger.warning("a child answered nothing that can be read")
        raise Unfit("broken") from None
    if code := answer.get("unfit"):
        if code == "took-too-much-memory":
            answer["facts"] = {"megabytes": bounds.memory // MB}
        raise Unfit(code, **answer["facts"])
    found: dict[str, Any] = answer["ok"]
    return found
