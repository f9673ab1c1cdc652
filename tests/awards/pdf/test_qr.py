"""QR symbols: each decodes, and the fast way gives the library's symbols module by module."""

from __future__ import annotations

import random

import numpy as np
import pytest
import segno
import zxingcpp

from awards.pdf import certificates_pdf, qr
from awards.pdf.qr import ALPHABET, LEVEL, WORTH_IT, QrImages, _affine_for, _bits, _by_library

from .reading import image
from .samples import AT, DESIGN, page

TOKEN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def payloads(count: int, prefix: str = "HTTPS://LAUREL.EXAMPLE/V/", length: int = 26) -> list[str]:
    chance = random.Random(7)
    return [prefix + "".join(chance.choices(TOKEN, k=length)) for _ in range(count)]


@pytest.mark.parametrize("prefix", ["HTTPS://LAUREL.EXAMPLE/V/", "HTTPS://LAUREL.EXAMPLE/VV/", "", "A"])
@pytest.mark.parametrize("length", [26, 25, 174, 250])
def test_the_fast_way_equals_the_library(prefix: str, length: int) -> None:
    chance = random.Random(8)
    texts = sorted(prefix + "".join(chance.choices(ALPHABET, k=length)) for _ in range(WORTH_IT * 4))
    affine = _affine_for(texts)
    assert affine is not None
    for text, drawn in list(zip(texts, affine.symbols(texts), strict=True))[::10]:
        made = segno.make(
            text,
            error=LEVEL,
            version=affine.version,
            mask=affine.mask,
            mode="alphanumeric",
            boost_error=False,
        )
        assert affine.symbol(text) == int.from_bytes(drawn, "big") == _bits(made)


def test_a_library_that_draws_otherwise_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = sorted(payloads(WORTH_IT))
    wrong = np.roll(qr._differences(3), 1, axis=0)
    monkeypatch.setattr(qr, "_differences", lambda version: wrong)
    assert _affine_for(texts) is None
    assert QrImages(texts, 0, 0, 60).drawn == {}


@pytest.mark.parametrize(
    "texts",
    [
        payloads(WORTH_IT - 1),
        [text.lower() for text in payloads(WORTH_IT)],
        ["SAME"] * WORTH_IT,
        [],
    ],
)
def test_other_payloads_take_the_library(texts: list[str]) -> None:
    assert QrImages(texts, 0, 0, 60).drawn == {}


def test_older_shorter_codes_do_not_slow_the_others_down() -> None:
    texts = [*payloads(WORTH_IT), *payloads(WORTH_IT, length=174), "HTTPS://LAUREL.EXAMPLE/V/SHORT"]
    images = QrImages(texts, 0, 0, 60)
    assert set(images.drawn) == set(texts[:-1])
    assert _by_library(texts[-1])[1] in images.image(texts[-1])


@pytest.mark.parametrize("length", [26, 174])
def test_every_printed_symbol_decodes(length: int) -> None:
    texts = payloads(WORTH_IT, length=length)
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
