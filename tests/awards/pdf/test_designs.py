"""Each design as it is printed; on pre-printed paper; with pictures of seals; moved."""

import io
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pikepdf
import pytest

from awards.pdf import Picture, Seal, certificate_book, certificates_pdf
from awards.pdf.calibration import Words, boxes_of, calibration_pdf
from awards.pdf.certificate_layer import PARTS, StaticLayer
from awards.pdf.certificate_layout import LANDSCAPE, POINTS, PORTRAIT, sheet_of
from awards.pdf.certificate_setting import laid_out
from awards.pdf.designs import DESIGNS

from .reading import assert_sound, image, texts
from .samples import AT, DESIGN, LONG_TITLE, NAMES, body, page

PAPERS = ("A4 landscape", "A4 portrait", "285x190 mm", "210x148 mm", "420x297 mm")
RED = Picture(20, 20, bytes((255, 0, 0)) * 400, bytes((255,)) * 400)


def pdf_of(*pages, **design) -> bytes:
    return certificates_pdf(replace(DESIGN, **design), pages, at=AT, title="t", author="a")


@pytest.mark.parametrize("work", DESIGNS)
def test_a_design_prints_every_name_on_every_paper_twice_the_same(work):
    pages = [page(f"N-{row}", (name,), qr=f"HTTPS://L.EXAMPLE/{row}") for row, name in enumerate(NAMES)]
    for paper in PAPERS:
        data = pdf_of(*pages, work=work, paper=paper)
        assert data == pdf_of(*pages, work=work, paper=paper)
        found = texts(data)
        assert all(name in found[row] for row, name in enumerate(NAMES))
    assert_sound(data)


@pytest.mark.parametrize("work", DESIGNS)
def test_a_design_is_vectors_alone_and_differs_from_the_others(work):
    data = pdf_of(page(), work=work)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        forms = pdf.pages[0].resources["/XObject"]
        assert {str(one["/Subtype"]) for one in forms.values()} == {"/Form"}
    drawn = [np.asarray(image(pdf_of(page(), work=one), scale=0.5)).astype(int) for one in DESIGNS]
    assert all(np.abs(one - other).sum() > 1000 for one, other in pairwise(drawn))


def test_an_unknown_design_is_an_error():
    with pytest.raises(ValueError, match="line work"):
        pdf_of(page(), work="baroque")


def test_pre_printed_paper_gets_text_alone_at_the_same_places():
    whole, bare = pdf_of(page(), seal=False), pdf_of(page(), work="", left_out=frozenset({"title", "line"}))
    assert "荣誉证书" in texts(whole)[0] and "荣誉证书" not in texts(bare)[0]
    assert DESIGN.line not in texts(bare)[0] and "赵昕玥同学" in texts(bare)[0]
    edge = np.asarray(image(bare, scale=1))[:60]
    assert edge.min() == 255, "no border"
    lines = [laid_out(replace(DESIGN, **change), [page()]).lines(0) for change in ({}, {"work": ""})]
    assert lines[0] == lines[1]


@pytest.mark.parametrize("part", PARTS)
def test_a_part_moves_alone_and_by_as_much_as_was_said(part):
    one = replace(DESIGN, signature="市长（签名）：")
    wanted = page(qr="HTTPS://L.EXAMPLE/1")
    before = boxes_of(laid_out(one, [wanted]))
    after = boxes_of(laid_out(replace(one, offsets={part: (5.0, -3.0)}), [wanted]))
    for name, box in before.items():
        right, up = (5.0, -3.0) if name == part else (0.0, 0.0)
        assert after[name] == pytest.approx((box[0] + right, box[1] + up, box[2] + right, box[3] + up))


def test_a_picture_of_a_seal_stands_over_its_issuer_and_adds_no_text():
    data = pdf_of(page(), seal=True, seals=(Seal(RED, 113.4), None))
    pixels = np.asarray(image(data, scale=1)).astype(int)
    red = np.argwhere((pixels[..., 0] > 200) & (pixels[..., 1] < 60) & (pixels[..., 2] < 60))
    layer = StaticLayer(replace(DESIGN, seal=True), LANDSCAPE)
    first, second = layer.issuers
    middle = red[:, 1].min() + 113.4 / 2
    assert first.x < middle < first.x + first.size * 6 < second.x
    assert texts(data) == texts(pdf_of(page(), seal=True))
    assert_sound(data)
    assert data == pdf_of(page(), seal=True, seals=(Seal(RED, 113.4), None))


def test_issuers_without_a_seal_have_none():
    def red(**design):
        pixels = np.asarray(image(pdf_of(page(), **design), scale=1)).astype(int)
        return int(((pixels[..., 0] > 180) & (pixels[..., 1] < 90) & (pixels[..., 2] < 90))[380:520].sum())

    assert red(seal=True, seals=(None, None)) == red() < red(seal=True, seals=(Seal(), None)) < red(seal=True)


def test_a_signature_stands_on_its_line():
    data = pdf_of(page(), signature="市长（签名）：", signed=RED)
    assert "市长（签名）" in texts(data)[0]
    with pikepdf.open(io.BytesIO(data)) as pdf:
        kinds = [str(one["/Subtype"]) for one in pdf.pages[0].resources["/XObject"].values()]
    assert kinds.count("/Image") == 1


def test_a4_in_millimetres_is_nearly_a4_and_small_paper_still_takes_the_longest_title():
    for sheet, paper in ((LANDSCAPE, "297x210 mm"), (PORTRAIT, "210x297 mm")):
        found = sheet_of(paper)
        assert found.body_sizes == sheet.body_sizes
        assert found.title_size == pytest.approx(sheet.title_size, rel=0.01)
    assert LONG_TITLE[:20] in texts(pdf_of(page(body=body(LONG_TITLE)), paper="210x148 mm"))[0]
    assert sheet_of("letter") is None


def test_papers_may_differ_within_one_book():
    parts = [(DESIGN, [page("A")]), (replace(DESIGN, paper="210x148 mm"), [page("B")])]
    data = certificate_book(parts, at=AT, title="t", author="a")
    assert_sound(data)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        wide = [float(one.mediabox[2]) for one in pdf.pages]
    assert wide == [pytest.approx(841.89), pytest.approx(210 * POINTS, abs=0.01)]


WORDS = Words("校准页", ("1. 按100%打印", "2. 量一量"), {part: f"〔{part}〕" for part in PARTS}, "左{x}上{y}")


def test_the_calibration_page_has_a_box_for_every_part_where_it_is_printed():
    one = replace(DESIGN, work="", left_out=frozenset({"title"}))
    wanted = page(qr="HTTPS://L.EXAMPLE/1")
    data = calibration_pdf(one, wanted, WORDS, at=AT)
    assert_sound(data)
    assert data == calibration_pdf(one, wanted, WORDS, at=AT)
    said = texts(data)[0]
    for part in ("names", "text", "issuers", "date", "number", "qr", "line"):
        assert f"〔{part}〕" in said
    assert "〔title〕" not in said and "赵昕玥" not in said
    left = boxes_of(laid_out(one, [wanted]))["names"]
    assert f"〔names〕左{round(left.left / POINTS)}上{round((LANDSCAPE.high - left.top) / POINTS)}" in said


def test_rulers_are_in_true_millimetres():
    data = calibration_pdf(DESIGN, page(), WORDS, at=AT)
    pixels = np.asarray(image(data, scale=4))[..., 0]
    row = pixels[6]  # a point and a half below the top edge: every tick
    dark = np.flatnonzero(row < 160) / 4 / POINTS
    for mm in (50, 100, 200, 290):
        assert np.abs(dark - mm).min() < 0.1
