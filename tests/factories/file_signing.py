"""An invented authority, certificates of it for signing files, and how a test validates what they signed."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

SUBJECT, AUTHORITY, PASSPHRASE = "甲市青少年科技创新大赛组委会", "甲市电子认证（测试）", "a passphrase, invented"
NONE = x509.KeyUsage(False, False, False, False, False, False, False, False, False)
SIGNS = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
VOUCHES = x509.KeyUsage(False, False, False, False, False, True, True, False, False)


@dataclass(frozen=True)
class Owner:
    key: Any
    certificate: x509.Certificate


def certified(
    name: str,
    key: Any,
    by: Owner | None,
    usage: x509.KeyUsage | None,
    since: datetime,
    until: datetime,
    extended: Any = None,
) -> Owner:
    own = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    issuer = by.certificate.subject if by else own
    made = x509.CertificateBuilder(issuer, own, key.public_key(), x509.random_serial_number(), since, until)
    made = made.add_extension(x509.BasicConstraints(by is None, None), critical=True)
    if usage:
        made = made.add_extension(usage, critical=True)
    if extended:
        made = made.add_extension(x509.ExtendedKeyUsage([extended]), critical=True)
    return Owner(key, made.sign(by.key if by else key, hashes.SHA256()))


@cache
def authority() -> Owner:
    now = datetime.now(UTC)
    return certified(
        AUTHORITY,
        ec.generate_private_key(ec.SECP256R1()),
        None,
        VOUCHES,
        now - timedelta(days=900),
        now + timedelta(days=900),
    )


def owner(
    *, usage: x509.KeyUsage | None = SIGNS, from_day: int = -1, to_day: int = 400, bits: int = 0, **more: Any
) -> Owner:
    """bits: of an RSA key; 0 for one on P-256. Days: from today."""
    key = rsa.generate_private_key(65537, bits) if bits else ec.generate_private_key(ec.SECP256R1())
    now = datetime.now(UTC)
    return certified(
        SUBJECT, key, authority(), usage, now + timedelta(days=from_day), now + timedelta(days=to_day), **more
    )


def pkcs12_of(one: Owner, passphrase: str = PASSPHRASE) -> bytes:
    kept = BestAvailableEncryption(passphrase.encode())
    return pkcs12.serialize_key_and_certificates(b"office", one.key, one.certificate, [authority().certificate], kept)


def put_in_place(settings: Any, folder: Path, one: Owner | None = None, *, passphrase: str = PASSPHRASE) -> None:
    """The two files and the settings that name them, as an operator would; again for another certificate."""
    for name, data in {"office.p12": pkcs12_of(one or owner()), "office.pass": f"{passphrase}\n".encode()}.items():
        (folder / name).write_bytes(data)
        (folder / name).chmod(0o600)
    settings.PDF_SIGNING, settings.PDF_SIGNING_PASSPHRASE = str(folder / "office.p12"), str(folder / "office.pass")


def status_of(data: bytes) -> PdfSignatureStatus:
    """What pyHanko's validator says, trusting the authority alone."""
    roots = list(load_certs_from_pemder_data(authority().certificate.public_bytes(Encoding.DER)))
    context = ValidationContext(trust_roots=roots, allow_fetching=False)
    (signature,) = PdfFileReader(io.BytesIO(data)).embedded_signatures
    return validate_pdf_signature(signature, context, context)


def is_signed(data: bytes) -> bool:
    """Whether the whole file is signed by an owner whom the authority vouches for."""
    if not PdfFileReader(io.BytesIO(data)).embedded_signatures:
        return False
    status = status_of(data)
    assert status.signing_cert.subject.native["common_name"] == SUBJECT
    return bool(status.bottom_line)
