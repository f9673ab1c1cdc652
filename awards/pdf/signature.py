"""A PDF signed as PAdES B-B (ETSI EN 319 142-1), or B-T with a time stamp: what is added stands after its last byte.

Invisible, so that a certificate looks as it did; readers show it beside the page. The file stays PDF/A: its version,
its information and its metadata are not touched.
"""

from __future__ import annotations

import io
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import tsp
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, pkcs12
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, timestamps
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import SimpleSigner

FIELD = "Signature"
DIGEST = "sha256"
ROOM, ROOM_STAMPED = 2_000, 12_000  # bytes for the signature besides the certificates
PATIENCE_S = 5  # with a service that stamps the time
LARGEST_STAMP = 100_000


class CannotSign(Exception):
    """code: "unreadable", "keyless", "kind", "usage", "early", "expired" or "unstamped".

    at   since when, or until when, where the time is at fault
    """

    def __init__(self, code: str, at: datetime | None = None) -> None:
        super().__init__(code)
        self.code, self.at = code, at


@dataclass(frozen=True)
class Signatory:
    """Whose signature it is, as the certificate says, and in which time it is worth something."""

    subject: str
    issuer: str
    since: datetime
    until: datetime
    is_own_issuer: bool
    signer: SimpleSigner
    room: int  # bytes of the certificates that go into the file

    def check(self, at: datetime) -> None:
        """raises   CannotSign "early" or "expired" """
        if at < self.since:
            raise CannotSign("early", self.since)
        if at > self.until:
            raise CannotSign("expired", self.until)


def signatory(data: bytes, passphrase: bytes) -> Signatory:
    """From a PKCS#12 file with a key, its certificate, and those that vouch for it.

    raises   CannotSign "unreadable" where the passphrase is wrong or it is no such file, "keyless", "kind" where the
             key is neither RSA of 2048 bits nor on a NIST curve, "usage" where the certificate is not for signing
    """
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(data, passphrase or None)
    except Exception as fault:
        raise CannotSign("unreadable") from fault
    if key is None or certificate is None:
        raise CannotSign("keyless")
    is_rsa = isinstance(key, rsa.RSAPrivateKey) and key.key_size >= 2048
    if not is_rsa and not (isinstance(key, ec.EllipticCurvePrivateKey) and key.curve.name.startswith("secp")):
        raise CannotSign("kind")
    try:
        usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound as fault:
        raise CannotSign("usage") from fault
    if not usage.digital_signature and not usage.content_commitment:
        raise CannotSign("usage")
    signer = SimpleSigner.load_pkcs12_data(data, other_certs=(), passphrase=passphrase or None)
    return Signatory(
        subject=name_of(certificate.subject),
        issuer=name_of(certificate.issuer),
        since=certificate.not_valid_before_utc,
        until=certificate.not_valid_after_utc,
        is_own_issuer=certificate.subject == certificate.issuer,
        signer=signer,
        room=sum(len(one.public_bytes(Encoding.DER)) for one in (certificate, *others)),
    )


def name_of(name: x509.Name) -> str:
    """For people: the common name, with the organisation where it says another one."""
    found = [
        str(one.value)
        for kind in (x509.NameOID.COMMON_NAME, x509.NameOID.ORGANIZATION_NAME)
        for one in name.get_attributes_for_oid(kind)[:1]
    ]
    return " · ".join(dict.fromkeys(found)) or name.rfc4514_string()


class _Writer(IncrementalPdfFileWriter):
    """pyHanko's, which would make the file a PDF 2.0 and write its own name and the hour into the metadata."""

    def ensure_output_version(self, version: tuple[int, int]) -> None:
        return None

    def register_extension(self, ext: object) -> None:
        return None

    def _update_meta(self) -> None:
        return None


def signed(data: bytes, by: Signatory, *, at: datetime, stamped_by: str = "") -> bytes:
    """The file with the signature after it.

    at          for looking whether the certificate is valid; the signature has the clock of the machine
    stamped_by  address of a service that stamps the time (RFC 3161); "" for none
    raises      CannotSign "early", "expired", "unstamped"
    """
    by.check(at)
    meta = PdfSignatureMetadata(field_name=FIELD, md_algorithm=DIGEST, subfilter=SigSeedSubFilter.PADES)
    stamper = Stamper(stamped_by) if stamped_by else None
    pdf_signer = PdfSigner(meta, by.signer, timestamper=stamper, new_field_spec=SigFieldSpec(FIELD))
    room = 2 * (by.room + (ROOM_STAMPED if stamper else ROOM))  # in hexadecimal; known, so that it signs only once
    out = pdf_signer.sign_pdf(_Writer(io.BytesIO(data)), bytes_reserved=room)
    return bytes(out.getvalue())


class Stamper(timestamps.TimeStamper):
    """A service asked over HTTP, with little patience: whoever waits would rather be told."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        wanted = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
        request = urllib.request.Request(self.url, data=req.dump(), headers=wanted)  # noqa: S310 - as the operator set it
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:  # noqa: S310
                return tsp.TimeStampResp.load(answer.read(LARGEST_STAMP))
        except (OSError, ValueError) as fault:
            raise CannotSign("unstamped") from fault

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> object:
        """raises   CannotSign "unstamped", whatever the service answers that is no stamp of this"""
        try:
            return await super().async_timestamp(message_digest, md_algorithm)
        except CannotSign:
            raise
        except Exception as fault:
            raise CannotSign("unstamped") from fault
