"""A signed file: the same page, still for the archive, and whoever changes a byte is found out."""

from __future__ import annotations

import io
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pikepdf
import pytest
from asn1crypto import keys, tsp, x509
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

from awards.pdf import certificates_pdf, table_pdf
from awards.pdf.signature import CannotSign, Signatory, signatory, signed
from tests.factories.file_signing import (
    AUTHORITY,
    NONE,
    PASSPHRASE,
    SUBJECT,
    Owner,
    authority,
    is_signed,
    owner,
    pkcs12_of,
    status_of,
)

from .reading import broken_rules, image, texts
from .samples import AT, DESIGN, page
from .test_tables import PAPER

FORMS = "interactive forms (/AcroForm) are not supported"  # says the validator that approves only what it knows


def now() -> datetime:
    return datetime.now(UTC)


def of(one: Owner) -> Signatory:
    return signatory(pkcs12_of(one), PASSPHRASE.encode())


def paper() -> bytes:
    return certificates_pdf(DESIGN, [page(qr="HTTPS://L.EXAMPLE/C/1")], at=AT, title="获奖证书", author="科协")


@pytest.mark.parametrize("bits", [0, 2048])
def test_a_signature_is_good_to_whoever_trusts_the_authority_and_the_file_stays_for_the_archive(bits: int) -> None:
    by = of(owner(bits=bits))
    assert (by.subject, by.issuer, by.is_own_issuer) == (SUBJECT, AUTHORITY, False)
    for data in (paper(), table_pdf(PAPER, at=AT, author="科协")):
        made = signed(data, by, at=now())
        status = status_of(made)
        assert (status.intact, status.valid, status.trusted) == (True, True, True)
        assert status.coverage.name == "ENTIRE_FILE"
        assert is_signed(made)
        assert not is_signed(data)
        assert [one for one in broken_rules(made) if FORMS not in one] == []
        assert made.startswith(data), "what was there stands as it stood"
        assert len(made) - len(data) < 10_000


def test_nothing_that_is_seen_or_that_the_file_says_of_itself_changes() -> None:
    data = paper()
    made = signed(data, of(owner()), at=now())
    assert (texts(made), image(made).tobytes()) == (texts(data), image(data).tobytes())
    with pikepdf.open(io.BytesIO(data)) as before, pikepdf.open(io.BytesIO(made)) as after:
        assert dict(before.docinfo) == dict(after.docinfo)
        assert before.Root.Metadata.read_bytes() == after.Root.Metadata.read_bytes()
        assert after.pdf_version == before.pdf_version and "/Version" not in after.Root
        assert str(after.Root.AcroForm.Fields[0].V.SubFilter) == "/ETSI.CAdES.detached"


def test_a_file_that_was_written_again_over_a_background_is_signed_too() -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper())) as pdf:
        pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert is_signed(signed(out.getvalue(), of(owner()), at=now()))


def test_any_flipped_byte_is_found_out() -> None:
    made = signed(paper(), of(owner()), at=now())
    at = made.index(b"/Contents <") if b"/Contents <" in made else made.index(b"/Contents<")
    outside = [*range(200, at), *range(at + 20_000, len(made))]
    for place in random.Random(1).sample(outside, 40):
        broken = bytearray(made)
        broken[place] ^= 1
        try:
            assert not is_signed(bytes(broken))
        except AssertionError:
            raise
        except Exception:  # noqa: BLE001 - a file that does not even read is found out too
            continue


def test_whoever_is_not_trusted_is_not() -> None:
    made = signed(paper(), of(owner()), at=now())
    authority.cache_clear()
    status = status_of(made)
    assert (status.intact, status.valid, status.trusted) == (True, True, False)


@pytest.mark.parametrize(
    ("more", "code"), [({"from_day": -90, "to_day": -1}, "expired"), ({"from_day": 1, "to_day": 90}, "early")]
)
def test_nothing_is_signed_outside_the_time_of_the_certificate(more: dict[str, int], code: str) -> None:
    by = of(owner(**more))
    with pytest.raises(CannotSign) as fault:
        signed(paper(), by, at=now())
    assert fault.value.code == code and fault.value.at in (by.since, by.until)
    signed(paper(), by, at=by.until - timedelta(hours=1))


@pytest.mark.parametrize("usage", [None, NONE])
def test_a_certificate_that_is_not_for_signing_is_refused(usage: object) -> None:
    with pytest.raises(CannotSign, match="usage"):
        of(owner(usage=usage))


def test_a_short_key_a_wrong_passphrase_and_what_is_no_such_file_are_refused() -> None:
    one = owner()
    with pytest.raises(CannotSign, match="kind"):
        of(owner(bits=1024))
    for data, passphrase in ((pkcs12_of(one), b"wrong"), (pkcs12_of(one), b""), (b"", b""), (b"%PDF-1.5", b"x")):
        with pytest.raises(CannotSign, match="unreadable"):
            signatory(data, passphrase)
    bare = pkcs12.serialize_key_and_certificates(b"x", None, None, [one.certificate], BestAvailableEncryption(b"x"))
    with pytest.raises(CannotSign, match="keyless"):
        signatory(bare, b"x")


@contextmanager
def service(answer: bytes | None = None) -> Iterator[str]:
    """A service that stamps the time, or answers with these bytes. `yields` its address."""
    stamps = owner(bits=2048, extended=ExtendedKeyUsageOID.TIME_STAMPING)
    private = stamps.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    stamper = DummyTimeStamper(
        tsa_cert=x509.Certificate.load(stamps.certificate.public_bytes(Encoding.DER)),
        tsa_key=keys.PrivateKeyInfo.load(private),
    )

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(stamper.request_tsa_response(asked).dump() if answer is None else answer)

        def log_message(self, *_: object) -> None:
            return None

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def test_a_service_stamps_the_time_where_one_is_named() -> None:
    with service() as address:
        made = signed(paper(), of(owner()), at=now(), stamped_by=address)
    status = status_of(made)
    assert status.bottom_line
    assert abs(status.timestamp_validity.timestamp - now()) < timedelta(minutes=5)


def test_a_service_that_is_away_or_answers_nonsense_signs_nothing() -> None:
    with service(b"nonsense") as address, pytest.raises(CannotSign, match="unstamped"):
        signed(paper(), of(owner()), at=now(), stamped_by=address)
    with pytest.raises(CannotSign, match="unstamped"):
        signed(paper(), of(owner()), at=now(), stamped_by=address)
