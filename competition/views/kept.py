"""Uploads between preview and application: a file by its SHA-256, bound to who brought it and to what they saw."""

import hashlib
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import signing

from competition.core.tokens import random_key
from competition.models import User

SALT, STATE_SALT = "laurel.upload", "laurel.upload.state"
DAY = 24 * 60 * 60


@dataclass(frozen=True)
class Kept:
    """`shown`: the digest of what the person was shown; something else is not applied."""

    sha256: str
    shown: str

    @property
    def path(self) -> Path:
        return folder() / self.sha256

    def read(self) -> bytes:
        """raises   FileNotFoundError where the day is over or it was applied already"""
        return self.path.read_bytes()

    def forget(self) -> None:
        self.path.unlink(missing_ok=True)


def folder() -> Path:
    path = Path(settings.MEDIA_ROOT) / "uploads"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def keep(data: bytes) -> str:
    """Store the bytes for a day at most; they hold the names of children."""
    sweep()
    name = hashlib.sha256(data).hexdigest()
    scratch = folder() / f".{name}.{os.getpid()}"
    scratch.touch(mode=0o600)
    scratch.write_bytes(data)
    scratch.replace(folder() / name)
    return name


def keep_file(chunks: Iterable[bytes]) -> str:
    """The same for a file that is too large to be held in memory."""
    sweep()
    scratch = folder() / f".{random_key()}"
    scratch.touch(mode=0o600)
    found = hashlib.sha256()
    try:
        with scratch.open("wb") as file:
            for chunk in chunks:
                found.update(chunk)
                file.write(chunk)
        scratch.replace(folder() / found.hexdigest())
    finally:
        scratch.unlink(missing_ok=True)
    return found.hexdigest()


def sweep() -> None:
    for path in folder().iterdir():
        if path.stat().st_mtime < time.time() - DAY:
            path.unlink(missing_ok=True)


def ticket(user: User, sha256: str, shown: str) -> str:
    """What the form carries: nobody else can use it, and it ends with the day."""
    return signing.dumps([user.key, sha256, shown], salt=SALT)


def sealed(value: Any) -> str:
    """Something that a form carries along and nobody may change."""
    return signing.dumps(value, salt=STATE_SALT)


def unsealed(signed: str) -> Any:
    try:
        return signing.loads(signed, salt=STATE_SALT, max_age=DAY) if signed else None
    except signing.BadSignature:
        return None


def redeemed(user: User, signed: str) -> Kept | None:
    try:
        owner, sha256, shown = signing.loads(signed, salt=SALT, max_age=DAY)
    except signing.BadSignature:
        return None
    return Kept(sha256, shown) if owner == user.key else None
