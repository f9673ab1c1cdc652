"""A child's prize hangs on it: the right name, whole, copyable, or no certificate at all."""

from __future__ import annotations

import hashlib
import io
import math
import os
import random
import subprocess
import sys
import unicodedata
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awards.pdf import CertificatePage, DoesNotFit, GlyphMissing, certificates_pdf, normalise, uncovered
from awards.pdf.certificate_layer import StaticLayer
from awards.pdf.certificate_layout import SHEETS, Wording, fill_lines, name_atoms, page_lines
from awards.pdf.fonts import prepared
from awards.pdf.ink import line_width

from .reading import assert_sound, fonts, image, lines, poppler_text, texts
from .samples import AT, DESIGN, LONG_TITLE, NAMES, TITLES, body, page

ROOT = Path(__file__).parents[3]
MEASURE = SHEETS["A4 landscape"].measure


def pdf_of(*pages: CertificatePage, **design: object) -> bytes:
    return certificates_pdf(replace(DESIGN, **design), pages, at=AT, title="获奖证书", author="深圳市科协")


def mixed_pages() -> list[CertificatePage]:
    pages = [page(f"N-{row:03d}", (name,), tutors=f"指导教师：{name}") for row, name in enumerate(NAMES)]
    pages += [page(f"T-{row:03d}", body=body(title)) for row, title in enumerate(TITLES)]
    return [replace(one, qr=f"HTTPS://L.EXAMPLE/{one.number}", bookmark=one.number) for one in pages]


def test_equal_data_give_equal_bytes_in_every_process() -> None:
    ours = hashlib.sha256(pdf_of(*mixed_pages())).hexdigest()
    assert hashlib.sha256(pdf_of(*mixed_pages())).hexdigest() == ours
    code = (
        "import hashlib; from tests.awards.pdf.test_certificates import pdf_of, mixed_pages; "
        "print(hashlib.sha256(pdf_of(*mixed_pages())).hexdigest())"
    )
    for seed in ("1", "2"):
        answer = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            check=True,
            capture_output=True,
            text=True,
        )
        assert answer.stdout.strip() == ours


def test_every_name_title_and_number_copies_out() -> None:
    pages = mixed_pages()
    data = pdf_of(*pages)
    assert_sound(data)
    found = texts(data)
    everything = poppler_text(data)
    for row, one in enumerate(pages):
        wanted = [one.number, "".join(one.recipients[0].split()), "".join(one.body.split())]
        for text in wanted:
            assert text in found[row]
            assert everything is None or text in everything
        assert "荣誉证书" in found[row]
        assert "CertificateofAward" in found[row]
        assert "二〇一七年十二月十七日" in found[row]


def test_any_character_that_may_be_printed_copies_out() -> None:
    """A sample of all scripts and planes; the whole set (30,658 characters) was tried once by hand."""
    ranges = (range(0x21, 0x2FF0), range(0x3001, 0xA000), range(0xF900, 0xFFEF), range(0x20000, 0x32000))
    chance = random.Random(32)
    everything = [chr(code) for codes in ranges for code in codes]
    left = {"M", "Z", "C"}  # marks join their neighbours, blanks and controls are no characters to copy
    printable = [
        one
        for one in chance.sample(everything, 6000)
        if not uncovered(one) and normalise(one) == one and unicodedata.category(one)[0] not in left
    ]
    assert len(printable) > 1000
    bodies = ["".join(printable[at : at + 150]) for at in range(0, len(printable), 150)]
    data = pdf_of(*(page(f"N-{row}", body=f"作品{text}") for row, text in enumerate(bodies)))
    everywhere = poppler_text(data)
    for text, found in zip(bodies, texts(data), strict=True):
        assert text in found
        assert everywhere is None or set(text) <= set(everywhere)


def test_the_file_says_what_it_is() -> None:
    data = pdf_of(*mixed_pages()[:2])
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert str(pdf.docinfo.Title) == "获奖证书"
        assert str(pdf.docinfo.Author) == "深圳市科协"
        assert str(pdf.docinfo.CreationDate) == "D:20171217100000+08'00'"
        with pdf.open_outline() as outline:
            assert [item.title for item in outline.root] == ["N-000", "N-001"]


def test_the_outline_leads_to_each_page_that_has_a_bookmark() -> None:
    titles = {0: "甲(1)\\", 2: "𬱖", 3: "B"}
    data = pdf_of(*(page(bookmark=titles.get(row, "")) for row in range(5)))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        root, entries = pdf.Root.Outlines, []
        entry = root.First
        while entry is not None:
            assert entry.get("/Prev", entry).objgen == (entries or [entry])[-1].objgen
            entries.append(entry)
            entry = entry.get("/Next")
        assert root.Count == len(entries) and root.Last.objgen == entries[-1].objgen
        pages = [one.obj.objgen for one in pdf.pages]
        assert {pages.index(one.Dest[0].objgen): str(one.Title) for one in entries} == titles


def test_time_without_a_zone_is_refused() -> None:
    naive = datetime(2017, 12, 17)  # noqa: DTZ001
    with pytest.raises(ValueError, match="time zone"):
        certificates_pdf(DESIGN, [page()], at=naive, title="t", author="a")


def test_fonts_are_embedded_subsets_of_one_program_each() -> None:
    found = fonts(pdf_of(*mixed_pages()))
    assert sorted(name[8:] for name in found) == [
        "NotoSansSC-Regular-Identity-H",
        "NotoSerifSC-Regular-Identity-H",
    ]
    assert all(font["subtype"] == "/Type0" and len(font["program"]) > 1000 for font in found.values())


@pytest.mark.parametrize(
    "change",
    [
        {"names": ("王😀",)},
        {"body": body("会\ue000折纸")},
        {"tutors": "指导教师：\u200b"},
        {"second": "a\u200bb"},
        {"honorific": "同\t学"},
        {"names": ("王\n明",)},
    ],
)
def test_a_missing_glyph_stops_the_run_and_names_the_certificate(change: dict[str, str]) -> None:
    with pytest.raises(GlyphMissing) as caught:
        pdf_of(page("SZ-1"), page("SZ-2", **change), page("SZ-3"))
    assert caught.value.where == "SZ-2"
    assert caught.value.characters <= set("😀\ue000\u200b\t\n")
    assert "SZ-2" in str(caught.value)


def test_a_missing_glyph_of_the_design_is_named_too() -> None:
    with pytest.raises(GlyphMissing) as caught:
        pdf_of(page(), issuers=("深圳市教育局😀",))
    assert caught.value.where == DESIGN.title


def test_texts_of_a_design_do_not_combine_where_they_are_tried_together() -> None:
    for field in ("signature", "number_label"):
        with pytest.raises(GlyphMissing) as caught:
            pdf_of(page(), title_en="Prize", line="t", **{field: "\u0308"})
        assert (caught.value.where, caught.value.characters) == (DESIGN.title, {"\u0308"})


def test_an_old_private_code_point_is_printed_as_its_character() -> None:
    assert "刘䶮同学" in texts(pdf_of(page(names=("刘\ue863",))))[0]


NAME = st.text(alphabet=st.sampled_from("王明阿卜杜拉买提江·"), min_size=1, max_size=50)


@settings(max_examples=60, deadline=None)
@given(st.lists(NAME, min_size=1, max_size=8), st.sampled_from(sorted(SHEETS)))
def test_a_name_never_breaks_and_every_line_fits(names: list[str], paper: str) -> None:
    sheet = SHEETS[paper]
    words = Wording("X", tuple(map(prepared, names)), "同学：", (prepared(body("机器人")),), "", "")
    placed = page_lines(words, sheet, 190)
    for line in placed:
        assert line_width(line) <= sheet.wide - sheet.side - line.x + 0.05
    atoms = name_atoms(words.names, words.honorific)
    shown = [line.text for line in placed if line.weight]
    assert "".join(shown) == "".join(atoms)
    ends = set(np.cumsum([len(atom) for atom in atoms]).tolist())
    assert set(np.cumsum([len(text) for text in shown]).tolist()) <= ends


def test_fill_lines_keeps_atoms_whole() -> None:
    assert fill_lines(["张三、", "李四、", "王五同学："], 6000) == ["张三、李四、", "王五同学："]
    assert fill_lines(["阿卜杜拉买买提江"], 6000) is None


def test_eight_names_of_fifty_characters_fit() -> None:
    names = tuple(f"{mark}{'卜' * 49}" for mark in "甲乙丙丁戊己庚辛")
    for paper in SHEETS:
        found = texts(pdf_of(page(names=names), paper=paper))[0]
        assert all(name in found for name in names)


def test_a_long_title_shrinks_and_stays_whole() -> None:
    short, long = pdf_of(page()), pdf_of(page(body=body(LONG_TITLE * 4)))
    assert body(LONG_TITLE * 4) in texts(long)[0]
    assert font_size(long) < font_size(short)


def font_size(data: bytes) -> float:
    """The size of the body: the second one that the page sets."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        stream = pikepdf.parse_content_stream(pdf.pages[0])
    return [float(operands[1]) for operands, operator in stream if str(operator) == "Tf"][1]


def test_what_fits_at_no_size_is_refused_with_its_number() -> None:
    with pytest.raises(DoesNotFit) as caught:
        pdf_of(page("SZ-1"), page("SZ-2", body=body(LONG_TITLE * 30)))
    assert caught.value.number == "SZ-2"
    with pytest.raises(DoesNotFit) as caught:
        pdf_of(page("SZ-3", ("卜" * 200,)))
    assert caught.value.number == "SZ-3"


@settings(max_examples=40, deadline=None)
@given(st.integers(min_value=1, max_value=500), st.sampled_from(sorted(SHEETS)))
def test_text_never_runs_into_number_and_seal(length: int, paper: str) -> None:
    sheet, bottom = SHEETS[paper], 190.0
    second = "has been awarded " * (length % 9)
    words = Wording("X", ("王明",), "同学：", ("奖" * length,), "特发此证，以资鼓励。", "指导教师：李明", second)
    try:
        placed = page_lines(words, sheet, bottom)
    except DoesNotFit:
        return
    assert min(line.y for line in placed) >= bottom - 0.01
    assert max(line.y + line.size for line in placed) <= sheet.top + 0.01
    assert "".join(line.text for line in placed).count("奖") == length


def test_chinese_paragraphs_are_indented_by_two_ems_and_english_ones_are_not() -> None:
    sheet = SHEETS["A4 landscape"]
    chinese = page_lines(Wording("X", ("王明",), "：", (body("机器人"),), "", ""), sheet, 180)[1]
    english = page_lines(Wording("X", ("Wang Ming",), "", ("has been awarded",), "", ""), sheet, 180)[1]
    assert chinese.x == sheet.side + 2 * chinese.size
    assert english.x == sheet.side


def test_a_second_language_stands_below_and_smaller() -> None:
    words = Wording("X", ("王明",), "：", (body("机器人"),), "", "单位：东区小学", "has been awarded " * 7)
    *_, unit, first, last = page_lines(words, SHEETS["A4 landscape"], 180)
    assert unit.text == "单位：东区小学" and unit.y > first.y > last.y
    assert unit.size > first.size == last.size and first.text.startswith("has been awarded")


def test_english_certificates_keep_words_whole() -> None:
    text = "has been awarded the First Prize for “A Robot That Folds Children’s Dreams” " * 3
    data = pdf_of(
        page(names=("Alexander Featherstonehaugh", "Wei Zhang"), honorific="", body=text),
        title="Certificate of Award",
        title_en="",
        closing="",
        issuers=("Shenzhen Association for Science and Technology",),
        number_label="No.",
    )
    words = {word for line in lines(data) for word in line.split()}
    assert set(text.split()) <= words
    assert "Alexander Featherstonehaugh, Wei Zhang" in "\n".join(lines(data))


def test_several_issuers_stand_in_rank_order() -> None:
    issuers = tuple(f"深圳市第{mark}局" for mark in "一二三四五")
    text = texts(pdf_of(page(), issuers=issuers))[0]
    assert [text.index(name) for name in issuers] == sorted(text.index(name) for name in issuers)


def test_a_seal_is_red_and_is_off_by_default() -> None:
    def red(data: bytes) -> int:
        pixels = np.asarray(image(data, scale=1.5)).astype(int)
        low = pixels[int(pixels.shape[0] * 0.62) : int(pixels.shape[0] * 0.9)]
        inner = low[:, int(low.shape[1] * 0.1) : int(low.shape[1] * 0.9)]
        return int(((inner[..., 0] > 180) & (inner[..., 1] < 90) & (inner[..., 2] < 90)).sum())

    assert red(pdf_of(page())) == 0
    assert red(pdf_of(page(), seal=True)) > 1000


def test_a_seal_adds_nothing_to_the_text() -> None:
    assert texts(pdf_of(page(), seal=True)) == texts(pdf_of(page()))
    assert poppler_text(pdf_of(page(), seal=True)) == poppler_text(pdf_of(page()))


def test_a_seal_has_its_name_also_where_the_paper_has_the_issuers() -> None:
    assert_sound(pdf_of(page(), seal=True, issuers=("龘靐学会",), left_out=frozenset({"issuers"})))


def test_seals_do_not_touch() -> None:
    for count in range(1, 7):
        for paper, sheet in SHEETS.items():
            design = replace(DESIGN, seal=True, paper=paper, issuers=tuple("第一教育局" for _ in range(count)))
            layer = StaticLayer(design, sheet)
            centres = [(line.x + line_width(line) / 2, line.y) for line in layer.issuers]
            for row, (x, y) in enumerate(centres):
                assert sheet.side < x < sheet.wide - sheet.side
                assert layer.bottom > y + layer.seal_radius
                for other_x, other_y in centres[:row]:
                    assert math.hypot(x - other_x, y - other_y) >= 2 * layer.seal_radius


def test_both_papers() -> None:
    for paper, wide in (("A4 landscape", 841.89), ("A4 portrait", 595.28)):
        with pikepdf.open(io.BytesIO(pdf_of(page(), paper=paper))) as pdf:
            assert float(pdf.pages[0].mediabox[2]) == pytest.approx(wide, abs=0.01)
    with pytest.raises(ValueError, match="paper"):
        pdf_of(page(), paper="A3")


def test_without_a_number_nothing_calls_a_face_that_is_not_there() -> None:
    data = pdf_of(page("", names=("",), honorific=""), page("", tutors="  ", second=" "), number_label="")
    assert_sound(data)
    assert b"/F1 " not in data and list(fonts(data)) == [name for name in fonts(data) if "Serif" in name]


def test_no_pages_is_an_error() -> None:
    with pytest.raises(ValueError, match="no certificates"):
        pdf_of()


def test_a_thousand_pages_share_their_layer_and_stay_small() -> None:
    data = pdf_of(*(page(f"N-{row:04d}") for row in range(1000)))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.pages) == 1000
        layers = {page.resources.XObject["/S"].objgen for page in pdf.pages}
    assert len(layers) == 1
    assert len(data) < 1000 * 1200
    assert any("N-0999" in line for line in lines(data, 999))


def test_samples_are_normal() -> None:
    """The round trip above compares with what was given, so that must be what is printed."""
    assert all(normalise(text) == text for text in (*NAMES, *TITLES, LONG_TITLE))
    assert MEASURE > 600


def test_the_package_is_pure() -> None:
    """Neither Django nor a general font or PDF library is loaded, so a fresh process starts in no time."""
    code = "import sys, awards.pdf; print({'django', 'fontTools'} & set(sys.modules))"
    answer = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    assert answer.stdout.strip() == "set()"
