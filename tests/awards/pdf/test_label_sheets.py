"""Badges and labels: whole, inside their label, in the given order."""

from __future__ import annotations

import pytest

from awards.pdf import DoesNotFit, GlyphMissing
from awards.pdf.ink import line_width
from awards.pdf.label_sheets import BADGES, MAIL_SHEETS, MM, Sticker, Text, placed, stickers_pdf
from awards.pdf.labels import HIGH, WIDE

from .reading import assert_sound, texts
from .samples import AT

SHEETS = {"badges": BADGES, **MAIL_SHEETS}


def sticker(name: str = "单雨", school: str = "晴川一中", *, is_centred: bool = True) -> Sticker:
    return Sticker(name, (Text("大赛", 10), Text(name, 32, is_bold=True), Text(school, 14), Text("", 11)), is_centred)


def pdf_of(*stickers: Sticker, sheet: str = "badges") -> bytes:
    return stickers_pdf(stickers, SHEETS[sheet], at=AT, title="胸牌", author="市科协")


@pytest.mark.parametrize("sheet", SHEETS)
@pytest.mark.parametrize("name", ["单雨", "𬱖䶮", "阿卜杜热合曼·买买提艾力·吐尔逊江", "长" * 60])
@pytest.mark.parametrize("school", ["晴川一中", "晴川市" + "很长" * 24 + "附属实验学校"])
def test_everything_stays_inside_its_label(sheet: str, name: str, school: str) -> None:
    chosen = SHEETS[sheet]
    for place in range(chosen.columns * chosen.rows):
        left, top = chosen.corner(place)
        assert left >= 0 and top <= HIGH and left + chosen.wide * MM <= WIDE + 0.1
        for is_centred in (True, False):
            lines = placed(sticker(name, school, is_centred=is_centred), chosen, place)
            assert "".join(line.text for line in lines).count(name[0]) >= name.count(name[0])
            for line in lines:
                assert left + 4 * MM <= line.x
                assert line.x + line_width(line) <= left + (chosen.wide - 4) * MM
                assert top - (chosen.high - 4) * MM <= line.y and line.y + line.size * 0.9 <= top - 4 * MM


def test_all_stand_on_the_sheet_in_their_order() -> None:
    data = pdf_of(*(sticker(f"学生{at:02d}") for at in range(12)))
    assert_sound(data)
    first, second = texts(data)
    assert first.index("学生00") < first.index("学生09") and "学生10" in second and "学生11" in second
    assert pdf_of(sticker()) == pdf_of(sticker())


def test_what_cannot_be_printed_is_named() -> None:
    with pytest.raises(GlyphMissing) as missing:
        pdf_of(sticker(), sticker("小😀"))
    assert missing.value.where == "小😀"
    with pytest.raises(DoesNotFit):
        pdf_of(sticker("长" * 900), sheet="3x8")
    with pytest.raises(ValueError, match="no labels"):
        pdf_of()
