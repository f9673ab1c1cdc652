"""PDF files signed by the office, where whoever runs the server set a certificate up (docs/operator.md).

Elsewhere every file stays as it is, and nothing of pyHanko is loaded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from competition.errors import Denial, Refused

if TYPE_CHECKING:
    from awards.pdf.signature import CannotSign, Signatory

SOON = timedelta(days=30)
STAMPED_AT_ONCE = 4  # each may take five seconds, a lease thirty


def is_set_up() -> bool:
    return bool(settings.PDF_SIGNING)


def batch(usual: int) -> int:
    """How many a worker makes at once: where a service is asked for each, so few that they fit into its lease."""
    return min(usual, STAMPED_AT_ONCE) if is_set_up() and settings.PDF_TIMESTAMPS else usual


@dataclass(frozen=True)
class Signing:
    """Whether files are signed, for people: by whom, or why not. Both are None where nothing can be read."""

    by: Signatory | None
    denial: Denial | None
    is_stamped: bool
    ends_soon: bool


def signing_now(*, at: datetime) -> Signing | None:
    """None where no certificate is set up."""
    if not is_set_up():
        return None
    by = None
    try:
        by = signatory()
        refuse_untimely(by, at=at)
    except Refused as refused:
        return Signing(by, refused.denial, bool(settings.PDF_TIMESTAMPS), ends_soon=False)
    return Signing(by, None, bool(settings.PDF_TIMESTAMPS), ends_soon=by.until - at < SOON)


def signed(data: bytes, *, at: datetime) -> bytes:
    """The file signed; as it is where no certificate is set up.

    raises   Refused, with facts that may be kept
    """
    if not is_set_up():
        return data
    from awards.pdf.signature import CannotSign
    from awards.pdf.signature import signed as with_signature

    by = signatory()
    try:
        return with_signature(data, by, at=at, stamped_by=settings.PDF_TIMESTAMPS)
    except CannotSign as fault:
        raise Refused(denial_of(fault)) from fault


def refuse_untimely(by: Signatory, *, at: datetime) -> None:
    from awards.pdf.signature import CannotSign

    try:
        by.check(at)
    except CannotSign as fault:
        raise Refused(denial_of(fault)) from fault


def denial_of(fault: CannotSign) -> Denial:
    facts = {"file": Path(settings.PDF_SIGNING).name}
    if fault.at is not None:
        facts["day"] = timezone.localtime(fault.at).date().isoformat()
    return Denial(f"file-signing-{fault.code}", facts)


def signatory() -> Signatory:
    """As the files are now: another certificate needs no restart.

    raises   Refused "file-signing-missing" and what is wrong with the certificate
    """
    from awards.pdf.signature import CannotSign

    try:
        passphrase = stamp_of(settings.PDF_SIGNING_PASSPHRASE, called="PDF_SIGNING_PASSPHRASE")
        return read(*stamp_of(settings.PDF_SIGNING), *passphrase)
    except CannotSign as fault:
        raise Refused(denial_of(fault)) from fault


def path_of(name: str) -> Path:
    return Path(settings.VAR_DIR) / name


def stamp_of(name: str, called: str = "") -> tuple[Path, int, int]:
    """called   what people are told of it: who puts the passphrase itself where its file is named shows it to nobody

    raises   Refused "file-signing-missing"
    """
    path = path_of(name)
    try:
        found = path.stat()
        with path.open("rb"):
            return path, found.st_mtime_ns, found.st_size
    except OSError as fault:
        raise Refused(Denial("file-signing-missing", {"file": called or path.name})) from fault


@lru_cache(maxsize=2)
def read(path: Path, _at: int, _size: int, passphrase: Path, _passphrase_at: int, _passphrase_size: int) -> Signatory:
    """Deriving the key from a passphrase is slow on purpose: once for each state of the files."""
    from awards.pdf.signature import signatory as of_file

    return of_file(path.read_bytes(), passphrase.read_bytes().strip(b"\r\n"))


def is_open_to_others(name: str) -> bool:
    """Whether other users of the machine may read the file."""
    try:
        return bool(path_of(name).stat().st_mode & 0o077)
    except OSError:
        return False
