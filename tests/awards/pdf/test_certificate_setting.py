"""Pages that are alike share one setting, and yet each looks as if it were laid out by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awards.pdf import CertificatePage, DoesNotFit, GlyphMissing, certificate_files, certificates_pdf
from awards.pdf.certificate_layout import is_chinese
from awards.pdf.certificate_setting import ALIKE, Texts, laid_out, setting_of
from awards.pdf.fonts import ADVANCES, EVEN, FACES, FontBook, face_of
from awards.pdf.ink import Line, Pen
from awards.pdf.linebreak import may_break

from .reading import assert_archival, texts
from .samples import AT, DESIGN, LONG_TITLE, NAMES, TITLES, body, page

MIXED = "王李·ab W-i1 27，。《》“”—…(、ー々①℃ⅡΩ\u3400\u4dbf\u9fff𬱖ß"
TEXT = st.text(alphabet=st.sampled_from(MIXED), max_size=90)
NAME = TEXT.map(str.strip).filter(bool)
PAGE = st.builds(
    lambda names, honorific, body, tutors, second, number: CertificatePage(
        f"N{number}", tuple(names), honorific, body, tutors, second
    ),
    st.lists(NAME.map(lambda name: name[:12]), min_size=1, max_size=3),
    st.sampled_from(("同学：", "：", "")),
    st.lists(TEXT, min_size=1, max_size=2).map("\n".join),
    TEXT,
    TEXT,
    st.integers(min_value=0, max_value=10**6),
)
ONLY_SERIF = next(chr(code) for code in range(0x3400, 0x9FFF) if face_of("sans", chr(code)) == "serif")
DESIGNS = (
    DESIGN,
    replace(DESIGN, closing="", paper="A4 portrait", number_label="No."),
    replace(DESIGN, offsets={"names": (3.0, 4.0), "text": (-2.0, 1.0), "number": (0.5, 0.25)}),
)


def twin(one: CertificatePage) -> CertificatePage:
    """Another page with other ideographs, and another number, in the same places."""
    other = str.maketrans({"王": "龘", "李": "㐀", "𬱖": "𬱖"})
    return CertificatePage(
        one.number.replace("1", "7"), tuple(name.translate(other) for name in one.recipients), one.honorific,
        one.body.translate(other), one.tutors.translate(other), one.second.translate(other),
    )  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.lists(PAGE, min_size=1, max_size=3), st.sampled_from(DESIGNS))
def test_a_shared_setting_says_what_a_page_laid_out_by_itself_says(pages, design):
    pages = [one for each in pages for one in (each, twin(each))]
    try:
        laid = laid_out(design, pages)
    except DoesNotFit:
        return
    book = FontBook({face: laid.asked(face) for face in FACES})
    words, numbers = laid.words.codes(book), laid.numbers.codes(book)
    for row in range(len(pages)):
        text = laid.words.texts[row] + laid.numbers.texts[row]
        if all(face_of("serif", one) == "serif" for one in laid.words.texts[row]):
            shown = laid.settings[row].filled(words[row] + numbers[row])
            assert shown == Pen(book).write(laid.lines(row))
        assert "".join(line.text for line in laid.lines(row)).replace(" ", "") == text.replace(" ", "")
    assert all(first is second for first, second in zip(laid.settings[::2], laid.settings[1::2], strict=True))


@pytest.mark.parametrize("face", FACES)
def test_what_is_called_alike_is_as_wide_and_breaks_alike(face):
    others = [chr(code) for code in range(0x20, 0x3100)]
    for one, first, last in ALIKE[face]:
        step = 1 if ord(last) - ord(first) < 20 else 97
        for code in {*range(ord(first), ord(last) + 1, step), ord(last)}:
            character = chr(code)
            assert ADVANCES[face][character] == ADVANCES[face][one]
            assert is_chinese(character) == is_chinese(one) and bool(EVEN.fullmatch(character)) == (one == "一")
            for other in others[:: 1 if step == 1 else 50]:
                assert may_break(character, other) == may_break(one, other)
                assert may_break(other, character) == may_break(other, one)


def test_pages_that_differ_in_more_have_settings_of_their_own():
    pages = [
        page(names=("王明",)),
        page(names=("王小明",)),
        page(names=("王", "明")),
        page(body=body("AB")),
        page("X1"),
    ]
    found = laid_out(DESIGN, [page(names=("李强",)), *pages]).settings
    assert found[0] is found[1] and len(set(map(id, found))) == 5


def test_pages_that_say_the_same_in_other_pieces_have_settings_of_their_own():
    pages = [
        page(names=("王",), body="一二\n三四"), page(names=("王",), body="一二三\n四"), page(names=("王",), body="一二三四"),
        page(names=(), body="王同学：\n一二三四"), page(names=("王",), body="一二", tutors="三四"),
    ]  # fmt: skip
    laid = laid_out(replace(DESIGN, closing=""), pages)
    assert len(set(laid.words.texts)) == 1
    for row, setting in enumerate(laid.settings):
        assert setting == setting_of(laid.lines(row), laid.words.texts[row] + laid.numbers.texts[row])


def test_characters_of_the_other_face_are_printed_though_the_setting_is_for_one():
    pages = [page("一-1", ("王明",)), page(f"{ONLY_SERIF}-1", ("王明",)), page("一-2", ("王\U00025ad7",))]
    laid = laid_out(DESIGN, pages)
    assert laid.settings[0] is laid.settings[1]
    data = certificates_pdf(DESIGN, pages, at=AT, title="t", author="a")
    assert_archival(data)  # a reader may take a code that the font lacks for the character that it would be in UTF-16
    for one, text in zip(pages, texts(data), strict=True):
        assert one.recipients[0] in text and one.number in text


def test_lines_that_do_not_show_all_are_refused():
    whole = [Line("一二", 0, 0, 9), Line("三四", 0, 9, 9)]
    assert [cut.start for cut in setting_of(whole, "一二 三四").cuts] == [0, 6]
    for text in ("一二五三四", "一二三四五", "一二三"):
        with pytest.raises(ValueError, match=r"leave out|substring"):
            setting_of(whole, text)


def test_the_first_certificate_with_an_unknown_character_is_named():
    with pytest.raises(GlyphMissing) as caught:
        laid_out(DESIGN, [page("A-1"), page("A-2", ("王😀",)), page("A-3", ("李\u200b",))])
    assert caught.value.where == "A-2" and caught.value.characters == {"😀"}


def test_texts_in_the_codes_of_a_document():
    found = Texts(["王A1", "", "𬱖b", "李"], "serif")
    assert found.alike() == ["一A1", "", "𬱖b", "一"] and Texts(["龘7"], "sans").alike() == ["一0"]
    assert found.characters == "".join(sorted(set("王A1𬱖b李")))
    book = FontBook({"serif": [found.characters]})
    assert found.codes(book) == [book.one_run(text, "serif") for text in found.texts]
    assert Texts([], "sans").characters == "" and Texts([""], "sans").codes(book) == [b""]


@pytest.mark.parametrize("design", DESIGNS)
def test_files_of_one_certificate_each_are_as_if_made_alone(design):
    pages = [
        *(page(names=(name,), body=body(title)) for name, title in zip(NAMES, TITLES, strict=False)),
        page("A-1", qr="HTTPS://L.EXAMPLE/C/1", bookmark="A-1"),
        page("A-2", ("李明",)),
    ]
    about = {"at": AT, "title": "获奖证书", "author": "科协"}
    files = list(certificate_files(design, pages, **about))
    assert files == [certificates_pdf(design, [one], **about) for one in pages]
    assert list(certificate_files(design, [], **about)) == []


def test_of_files_none_is_made_where_one_cannot_be():
    about = {"at": AT, "title": "t", "author": "a"}
    for wrong, fault in ((page("A-2", ("王😀",)), GlyphMissing), (page("A-2", body=body(LONG_TITLE * 30)), DoesNotFit)):
        with pytest.raises(fault, match="A-2"):
            certificate_files(DESIGN, [page("A-1"), wrong], **about)
