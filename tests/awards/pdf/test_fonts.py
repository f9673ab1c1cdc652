"""Which characters may be printed, and whether the subset that carries them is the font that we took them from."""

from __future__ import annotations

import io

import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from awards.pdf import GlyphMissing, normalise, uncovered
from awards.pdf.cff import cid_subset
from awards.pdf.embedding import to_unicode, widths
from awards.pdf.fonts import (
    CHAIN,
    FACES,
    STANDS_FOR,
    FontBook,
    face,
    face_of,
    glyph_in,
    plain_codes,
    typeset,
)

RARE = "㛃㬎䶮𬱖𫖯昇喆堃犇淼燚骉鑫珺玥翀頔旻·"
BLANK_IN_FONT = "\u2003"  # an em space: mapped, and rightly without an outline


def test_old_private_code_points_become_characters() -> None:
    assert normalise("刘\ue863") == "刘䶮"
    assert normalise("\ue816\ue81e\ue864") == "\U00020087\u9fb4\u9fbb"
    assert normalise("e\u0301") == "é"
    assert normalise("abc") == "abc"


def test_private_code_points_agree_with_the_codec_where_it_knows_the_standard() -> None:
    places = [*range(0x50, 0x7F), *range(0x80, 0xA1)]
    for step, low in enumerate(places):
        known = bytes((0xFE, low)).decode("gb18030")
        mended = normalise(chr(0xE815 + step))
        assert not 0xE000 <= ord(mended) <= 0xF8FF
        if not 0xE000 <= ord(known) <= 0xF8FF:
            assert mended == known


def test_rare_names_are_covered() -> None:
    assert uncovered(RARE) == frozenset()


@pytest.mark.parametrize("character", ["\ue863", "\u200b", "\x07", "\t", "😀", "\U000e0100", "ئ"])
def test_what_no_face_shows_is_named(character: str) -> None:
    assert uncovered(f"王{character}明") == {character}


def test_blanks_are_not_missing_and_line_feeds_are_not_characters() -> None:
    assert uncovered("王 明\u3000\u00a0\n" + BLANK_IN_FONT) == frozenset()


def test_a_mapped_character_with_an_empty_outline_is_uncovered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some fonts map characters to nothing: a name with such a one would print a gap that nobody sees."""
    for name in FACES:
        empty = face(name).glyph_of("\u3000")
        real = face(name).glyph_of
        monkeypatch.setattr(face(name), "glyph_of", lambda c, e=empty, r=real: e if c == "骉" else r(c))
    glyph_in.cache_clear()
    face_of.cache_clear()
    try:
        assert uncovered("王骉") == {"骉"}
    finally:
        monkeypatch.undo()
        glyph_in.cache_clear()
        face_of.cache_clear()
    assert uncovered("王骉") == frozenset()


def test_a_character_one_face_lacks_comes_from_the_other() -> None:
    found = [chr(code) for code in range(0x20, 0xFFFF) if face_of("sans", chr(code)) == "serif"]
    assert found, "the two faces of the package differ"
    book = FontBook({"sans": ["王" + found[0] + "明"]})
    assert [name for name, _ in book.runs("王" + found[0] + "明", "sans")] == ["sans", "serif", "sans"]
    assert set(CHAIN) == set(FACES)


def test_a_book_refuses_what_no_face_has() -> None:
    with pytest.raises(GlyphMissing) as caught:
        FontBook({"serif": ["王😀"]})
    assert caught.value.characters == {"😀"}


def test_codes_need_no_escape_and_no_surrogate() -> None:
    codes = list(plain_codes())
    assert len(codes) == len(set(codes)) > 60_000
    assert codes == sorted(codes)
    for code in codes:
        assert not set(code.to_bytes(2, "big")) & set(b"()\\\r")
        assert not 0xD800 <= code <= 0xDFFF


@pytest.mark.parametrize("name", FACES)
def test_a_subset_draws_what_the_font_draws(name: str) -> None:
    """Judged by fontTools, which shares no code with our reader and writer."""
    characters = sorted(set(RARE + "AZaz09，。《》“”—…张王李国学校竞赛" + "".join(STANDS_FOR)))
    glyphs = [glyph_in(name, character) for character in characters]
    codes = list(range(1, len(characters) + 1))
    subset = CFFFontSet()
    subset.decompile(io.BytesIO(cid_subset(face(name), codes, glyphs, "ABCDEF+Test")), None)
    drawn = subset.topDictIndex[0].CharStrings
    original = TTFont(io.BytesIO(bytes(face(name).data)), lazy=True)
    source, order = original.getGlyphSet(), original.getGlyphOrder()
    for code, glyph in zip(codes, glyphs, strict=True):
        ours, theirs = RecordingPen(), RecordingPen()
        drawn[f"cid{code:05d}"].draw(ours)
        source[order[glyph]].draw(theirs)
        assert ours.value == theirs.value
        assert face(name).advance(glyph) == source[order[glyph]].width
    mapped = original.getBestCmap()
    assert all(order[face(name).glyph_of(character)] == mapped[ord(character)] for character in RARE)


@pytest.mark.parametrize("name", FACES)
@pytest.mark.parametrize(("character", "base", "rise"), [("₂", "2", -130), ("⁻", "−", 330), ("ₓ", "x", -130)])
def test_small_figures_are_made_from_full_size_ones(name: str, character: str, base: str, rise: int) -> None:
    small, full = glyph_in(name, character), glyph_in(name, base)
    if not small >> 16:
        pytest.fail("the font has this one: choose another")
    subset = CFFFontSet()
    subset.decompile(io.BytesIO(cid_subset(face(name), [1, 2], [small, full], "ABCDEF+Test")), None)
    drawn = subset.topDictIndex[0].CharStrings
    boxes = []
    for code in (1, 2):
        pen = BoundsPen(None)
        drawn[f"cid{code:05d}"].draw(pen)
        boxes.append(pen.bounds)
    wanted = [edge * 0.62 + (rise if row % 2 else 0) for row, edge in enumerate(boxes[1])]
    assert boxes[0] == pytest.approx(wanted, abs=0.1)
    assert drawn["cid00001"].width == face(name).advance(small) == round(face(name).advance(full) * 0.62)
    assert uncovered("CO₂ 10⁻³ xⁿ₊₁") == frozenset()


def test_two_characters_with_one_glyph_keep_two_codes() -> None:
    assert glyph_in("serif", "⼀") == glyph_in("serif", "一")
    book = FontBook({"serif": ["⼀一"]})
    assert len(set(book.codes["serif"].values())) == 2


def test_tounicode_has_surrogate_pairs_beyond_the_bmp() -> None:
    book = FontBook({"serif": ["𬱖"]})
    assert b"<D873DC56>" in to_unicode(book.characters["serif"], book.codes["serif"])


def test_widths_are_listed_in_runs() -> None:
    assert widths([1, 2, 5], [500, 600, 700]) == "[1[500 600]5[700]]"
    assert widths([1, 2], [1000, 1000]) == "[]"


def test_quotes_and_dashes_take_the_form_of_their_language() -> None:
    narrow = {real: form for form, real in STANDS_FOR.items()}
    assert typeset("“北斗”") == "“北斗”"
    assert typeset("a “robot” is") == f"a {narrow['“']}robot{narrow['”']} is"
    assert typeset("机器人——它") == f"机器人{narrow['——']}它"
    assert typeset("机器人 Robot’s 梦") == f"机器人 Robot{narrow['’']}s 梦"


@given(st.text(alphabet=st.sampled_from("王明《》“”‘’—…aB1 ·——")))
def test_typesetting_never_changes_what_is_said(text: str) -> None:
    assert "".join(STANDS_FOR.get(character, character) for character in typeset(text)) == text
