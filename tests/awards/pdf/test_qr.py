"""QR symbols: each decodes, and the fast way gives the library's symbols module by module."""

from __future__ import annotations

import random

import numpy as np
import pytest
import segno
import zxingcpp

from awards.pdf import certificates_pdf, qr
from awards.pdf.qr import ALPHABET, AT_ONCE, LEVEL, QrImages, _bits, _by_library, symbols_of

from .reading import image
from .samples import AT, DESIGN, page

TOKEN = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def payloads(count: int, prefix: str = "HTTPS://LAUREL.EXAMPLE/V/", length: int = 26) -> list[str]:
    chance = random.Random(7)
    return [prefix + "".join(chance.choices(TOKEN, k=length)) for _ in range(count)]


@pytest.mark.parametrize("prefix", ["HTTPS://LAUREL.EXAMPLE/V/", "HTTPS://LAUREL.EXAMPLE/VV/", "", "A"])
@pytest.mark.parametrize("length", [1, 26, 25, 174, 250, 600])
def test_both_ways_equal_the_library(prefix: str, length: int) -> None:
    chance = random.Random(8)
    texts = sorted({prefix + "".join(chance.choices(ALPHABET, k=length)) for _ in range(AT_ONCE * 4)})
    symbols = symbols_of(len(texts[0]))
    assert symbols is not None
    for text, drawn in list(zip(texts, symbols.of(texts), strict=True))[::10]:
        made = segno.make(
            text, error=LEVEL, version=symbols.version, mask=qr.MASK, mode="alphanumeric", boost_error=False
        )
        assert symbols.of([text]) == [drawn] and int.from_bytes(drawn, "big") == _bits(made)


def test_a_symbol_is_the_same_alone_and_among_many() -> None:
    texts = payloads(2 * AT_ONCE, length=174)
    many = QrImages(texts, 0, 0, 60)
    assert all(many.image(text) == QrImages([text], 0, 0, 60).image(text) for text in texts[:20])


def test_a_library_that_draws_otherwise_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = payloads(3)
    right = qr._remainders
    monkeypatch.setattr(qr, "_remainders", lambda most, correction: np.roll(right(most, correction), 1, axis=0))
    monkeypatch.setattr(qr, "symbols_of", symbols_of.__wrapped__)
    images = QrImages(texts, 0, 0, 60)
    assert images.drawn == {} and _by_library(texts[0])[1] in images.image(texts[0])


@pytest.mark.parametrize("texts", [[text.lower() for text in payloads(3)], ["中文"], [""], []])
def test_other_payloads_take_the_library(texts: list[str]) -> None:
    assert QrImages(texts, 0, 0, 60).drawn == {}


def test_codes_of_several_lengths_stand_side_by_side() -> None:
    texts = [*payloads(2 * AT_ONCE), *payloads(5, length=174), "HTTPS://LAUREL.EXAMPLE/V/SHORT"]
    assert set(QrImages(texts, 0, 0, 60).drawn) == set(texts)


@pytest.mark.parametrize("length", [26, 174])
def test_every_printed_symbol_decodes(length: int) -> None:
    texts = payloads(60, length=length)
    data = certificates_pdf(
        DESIGN, [page(f"N-{row}", qr=text) for row, text in enumerate(texts)], at=AT, title="t", author="a"
    )
    for row, text in enumerate(texts):
        found = [code.text for code in zxingcpp.read_barcodes(image(data, row, scale=2.2))]
        assert found == [text]


def test_a_symbol_in_which_a_reader_could_find_its_end_is_written_as_digits() -> None:
    images = QrImages(payloads(500, length=600), 0, 0, 60)
    ending = [text for text, (_, modules) in images.drawn.items() if b"EI" in modules]
    assert ending
    for text in ending:
        data = images.image(text)
        assert data.count(b"EI") == 1 and b"/F/AHx ID " in data and images.drawn[text][1].hex().encode() in data


@pytest.mark.parametrize("text", ["https://laurel.example/v/abc?x=中文", "12345", "X" * 300])
def test_any_payload_decodes(text: str) -> None:
    data = certificates_pdf(DESIGN, [page(qr=text)], at=AT, title="t", author="a")
    assert [code.text for code in zxingcpp.read_barcodes(image(data, scale=5))] == [text]


def test_no_payload_no_symbol() -> None:
    data = certificates_pdf(DESIGN, [page()], at=AT, title="t", author="a")
    assert zxingcpp.read_barcodes(image(data)) == []
