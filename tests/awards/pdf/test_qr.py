"""QR symbols: each decodes, and the fast way gives the library's symbols module by module."""

from __future__ import annotations

import random

import pytest
import segno
import zxingcpp

from awards.pdf import certificates_pdf
from awards.pdf.qr import LEVEL, WORTH_IT, QrImages, _bits

from .reading import image
from .samples import AT, DESIGN, page

TOKEN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def payloads(count: int, prefix: str = "HTTPS://LAUREL.EXAMPLE/V/", length: int = 26) -> list[str]:
    chance = random.Random(7)
    return [prefix + "".join(chance.choices(TOKEN, k=length)) for _ in range(count)]


@pytest.mark.parametrize("prefix", ["HTTPS://LAUREL.EXAMPLE/V/", "HTTPS://LAUREL.EXAMPLE/VV/", "", "A"])
@pytest.mark.parametrize("length", [26, 25])
def test_the_fast_way_equals_the_library(prefix: str, length: int) -> None:
    texts = payloads(WORTH_IT * 4, prefix, length)
    images = QrImages(texts, 0, 0, 60)
    assert images.affine is not None
    for text in texts[:25]:
        made = segno.make(
            text,
            error=LEVEL,
            version=images.affine.version,
            mask=images.affine.mask,
            mode="alphanumeric",
            boost_error=False,
        )
        assert images.affine.symbol(text) == _bits(made)


@pytest.mark.parametrize(
    "texts",
    [
        payloads(WORTH_IT - 1),
        [*payloads(WORTH_IT), "HTTPS://LAUREL.EXAMPLE/V/SHORT"],
        [text.lower() for text in payloads(WORTH_IT)],
        ["SAME"] * WORTH_IT,
        [],
    ],
)
def test_other_payloads_take_the_library(texts: list[str]) -> None:
    assert QrImages(texts, 0, 0, 60).affine is None


def test_every_printed_symbol_decodes() -> None:
    texts = payloads(WORTH_IT)
    data = certificates_pdf(
        DESIGN, [page(f"N-{row}", qr=text) for row, text in enumerate(texts)], at=AT, title="t", author="a"
    )
    for row, text in enumerate(texts):
        found = [code.text for code in zxingcpp.read_barcodes(image(data, row, scale=2.2))]
        assert found == [text]


@pytest.mark.parametrize("text", ["https://laurel.example/v/abc?x=中文", "12345", "X" * 300])
def test_any_payload_decodes(text: str) -> None:
    data = certificates_pdf(DESIGN, [page(qr=text)], at=AT, title="t", author="a")
    assert [code.text for code in zxingcpp.read_barcodes(image(data, scale=5))] == [text]


def test_no_payload_no_symbol() -> None:
    data = certificates_pdf(DESIGN, [page()], at=AT, title="t", author="a")
    assert zxingcpp.read_barcodes(image(data)) == []
