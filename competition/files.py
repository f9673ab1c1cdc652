"""Where bytes lie: materials by their SHA-256, uploads that are not whole yet by the key of their material."""

import fcntl
import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

CHUNK = 1 << 20


def path_of(sha256: str) -> Path:
    return Path(settings.MEDIA_ROOT) / "files" / sha256[:2] / sha256


def part_of(key: str) -> Path:
    path = Path(settings.MEDIA_ROOT) / "parts" / key
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def received(key: str) -> int:
    """Bytes that have arrived of an upload."""
    path = part_of(key)
    return path.stat().st_size if path.exists() else 0


def append(key: str, offset: int, data: bytes) -> int:
    """Write at the end, if the end is at `offset`; on disk before the answer goes out. How many bytes there are now."""
    with part_of(key).open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # two senders of one piece would double it
        if file.tell() == offset:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        return file.tell()


def write_part(key: str, chunks: Iterable[bytes]) -> Path:
    path = part_of(key)
    with path.open("wb") as file:
        for chunk in chunks:
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return path


def sha256_of(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def keep(part: Path, sha256: str) -> Path:
    """Move a whole upload to its place; bytes that are there already are the same bytes."""
    path = path_of(sha256)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part.replace(path)
    return path


def forget_part(key: str) -> None:
    part_of(key).unlink(missing_ok=True)


def forget(uploads: Iterable[str], kept: Iterable[str]) -> None:
    """Bytes that nothing refers to any more: uploads by key, files by SHA-256 with what was drawn from them."""
    for key in uploads:
        forget_part(key)
    for sha256 in kept:
        path_of(sha256).unlink(missing_ok=True)
        texts_path_of(sha256).unlink(missing_ok=True)
        for preview in preview_path_of(sha256, 0).parent.glob(f"{sha256}-*.webp"):
            preview.unlink(missing_ok=True)


@contextmanager
def only_one(key: str) -> Iterator[bool]:
    """Whether this is the one who looks into a whole upload now; False where another does, or did."""
    try:
        file = part_of(key).open("rb")
    except FileNotFoundError:
        yield False
        return
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def preview_path_of(sha256: str, page: int) -> Path:
    """A cache: what is missing is drawn again."""
    return Path(settings.MEDIA_ROOT) / "previews" / sha256[:2] / f"{sha256}-{page}.webp"


def texts_path_of(sha256: str) -> Path:
    """A cache: the text of a file's pages, read again where it is missing."""
    return Path(settings.MEDIA_ROOT) / "texts" / sha256[:2] / f"{sha256}.json"


def write_whole(path: Path, data: bytes) -> None:
    """Under a name of its own first, so that nobody reads half a file."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    scratch = path.with_name(f".{path.name}.{os.getpid()}")
    scratch.write_bytes(data)
    scratch.replace(path)
