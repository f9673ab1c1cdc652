"""Letters: every word, on as many pages as it takes, the closing in one piece."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awards.pdf import GlyphMissing, Letter, letter_pdf

from .reading import assert_sound, lines, texts
from .samples import AT

LETTER = Letter(
    title="异议处理答复函",
    salutation="周举报：",
    paragraphs=("您提出的异议收悉。现答复如下：", "一、经查。\n二、不属实。", "特此函复。"),
    closing=("晴川市科学技术协会", "晴川市教育局", "二〇二六年五月七日"),
    foot="受理编号 ABCD-EFGH",
)


def made(letter: Letter) -> bytes:
    return letter_pdf(letter, at=AT, author="晴川市科学技术协会")


def test_a_letter_is_sound_and_the_same_each_time():
    assert_sound(made(LETTER))
    assert made(LETTER) == made(LETTER)


def test_it_reads_from_title_to_date():
    said = "".join(lines(made(LETTER)))
    order = ["答复函", "周举报", "收悉", "经查", "不属实", "特此函复", "科学技术协会", "教育局", "五月七日"]
    places = [said.index(word) for word in order]
    assert places == sorted(places)


def test_a_character_that_no_font_has_names_the_letter():
    with pytest.raises(GlyphMissing) as fault:
        made(replace(LETTER, salutation="\U0001fae8："))
    assert fault.value.where == LETTER.title


@settings(max_examples=15)
@given(st.integers(1, 120))
def test_no_word_is_lost_and_the_closing_stays_together(number):
    paragraphs = tuple(
        f"第{at}段：监督组调阅了原始实验记录、查新报告和答辩录像，并向所在学校核实。" for at in range(number)
    )
    pages = ["".join(page.split()) for page in texts(made(replace(LETTER, paragraphs=paragraphs)))]
    assert all(f"第{at}段：" in "".join(pages) for at in range(number))
    assert all(word in pages[-1] for word in LETTER.closing)
