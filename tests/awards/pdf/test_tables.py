"""Award lists: every row, the header on every page, headings with their rows."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awards.pdf import Column, DoesNotFit, GlyphMissing, Group, TablePaper, table_pdf
from awards.pdf.table_layout import Block, Grid, column_widths, lines_of, onto_pages

from .reading import assert_sound, lines, poppler_text, texts
from .samples import AT, NAMES, TITLES

COLUMNS = (
    Column("序号", "No.", 0.5, "center"),
    Column("作品名称", "Title", 3),
    Column("作者", "Students", 1.6),
    Column("得分", "Score", 0.8, "right"),
)


def rows(count: int) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (str(row + 1), TITLES[row % len(TITLES)], NAMES[row % len(NAMES)], f"{95 - row / 100:.2f}")
        for row in range(count)
    )


PAPER = TablePaper(
    title="第三十二届深圳市青少年科技创新大赛获奖名单",
    subtitle="公示期七天",
    columns=COLUMNS,
    groups=(Group("小学组", ()), Group("物理与工程学", rows(150), 2), Group("初中组", rows(200))),
    foot="竞赛结果不作为中小学招生入学依据",
    closing=("主办单位（盖章）：", "2017年12月17日"),
)


def pdf_of(paper: TablePaper) -> bytes:
    return table_pdf(paper, at=AT, author="深圳市科协")


def test_rows_to_sign_in_are_high_and_their_words_stand_in_the_middle() -> None:
    grid, high = Grid(COLUMNS, 500), Grid(COLUMNS, 500, least_row=40)
    plain, block = grid.row(("1", "作品", "王明", "9")), high.row(("1", "作品", "王明", "9"))
    assert block.height == 40 > plain.height
    lower = {round(b[1] - a[1], 6) for a, b in zip(plain.cells, block.cells, strict=True)}
    assert lower == {round((40 - plain.height) / 2, 6)}
    many = ("1", "作品" * 90, "王明", "9")
    assert high.row(many) == grid.row(many)


def test_ten_pages_repeat_header_and_foot_and_are_numbered() -> None:
    data = pdf_of(PAPER)
    found = texts(data)
    assert len(found) >= 10
    for row, text in enumerate(found):
        assert text.count("作品名称") == text.count("Students") == 1
        assert f"第{row + 1}页共{len(found)}页" in text
        assert PAPER.foot in text
    assert PAPER.title in found[0]
    assert PAPER.title not in found[1]
    assert "主办单位（盖章）：" in found[-1]
    assert_sound(data)


def test_every_cell_copies_out() -> None:
    data = pdf_of(PAPER)
    for everything in ("".join(texts(data)), poppler_text(data)):
        if everything is not None:
            for name in NAMES:
                assert name in everything
            for score in ("95.00", "93.51", "93.01"):
                assert score in everything


def test_equal_data_give_equal_bytes() -> None:
    assert pdf_of(PAPER) == pdf_of(replace(PAPER))


def test_a_heading_is_never_the_last_of_a_page() -> None:
    for count in range(20, 60):
        paper = replace(PAPER, groups=(Group("", rows(count)), Group("外层组别", ()), Group("内层组别", rows(3), 2)))
        for text in texts(pdf_of(paper)):
            if "外层组别" in text:
                assert "内层组别" in text
                assert "95.00" in text.split("内层组别")[1]


HEIGHTS = st.lists(st.tuples(st.floats(min_value=5, max_value=80), st.integers(0, 2)), max_size=80)


@given(HEIGHTS)
def test_pages_hold_all_blocks_in_order_and_none_overflows(heights: list[tuple[float, int]]) -> None:
    blocks = [Block(height, (), level) for height, level in heights]
    blocks = [*blocks, Block(10, ())]
    try:
        pages = onto_pages(blocks, 300, 400, 50, "t")
    except DoesNotFit:
        return
    assert [id(block) for page in pages for _, block in page.blocks] == [id(block) for block in blocks]
    assert all(page.used >= 50 - 1e-6 for page in pages)
    assert all(page.blocks and page.blocks[-1][1].level == 0 for page in pages[1:])


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.floats(min_value=0.05, max_value=9), st.sampled_from(["", "序号", "作品名称"])), min_size=1)
)
def test_columns_fill_the_measure(wanted: list[tuple[float, str]]) -> None:
    columns = [Column(title, weight=weight) for weight, title in wanted]
    widths = column_widths(columns, 500)
    assert sum(widths) == pytest.approx(500)
    assert min(widths) > 0


def test_a_narrow_column_still_shows_its_title_in_one_line() -> None:
    grid = Grid((Column("序号", "No.", 0.05), Column("作品名称", weight=9)), 500)
    assert lines_of("序号", grid.inner[0], 9.2, "sans") == ["序号"]


def test_names_in_a_cell_break_between_names() -> None:
    assert lines_of("王小明、李晓红、赵昕玥", 45, 9, "serif") == ["王小明、", "李晓红、", "赵昕玥"]
    assert lines_of("阿卜杜拉·买买提江", 48, 9, "serif") == ["阿卜杜拉·", "买买提江"]
    assert lines_of("一\n二", 45, 9, "serif") == ["一", "二"]


def test_alignment() -> None:
    grid = Grid((Column("a", align="left"), Column("b", align="center"), Column("c", align="right")), 300)
    (left, _, _), (middle, _, _), (right, _, _) = (grid.cell(row, "国")[0] for row in range(3))
    assert left == grid.left[0] + 4
    assert middle == pytest.approx(grid.left[1] + 50 - 9.5 / 2)
    assert right == pytest.approx(grid.left[2] + 100 - 4 - 9.5)


def test_a_missing_glyph_names_table_and_row() -> None:
    with pytest.raises(GlyphMissing) as caught:
        pdf_of(replace(PAPER, groups=(Group("组", (*rows(2), ("3", "题", "王😀", "1"))),)))
    assert caught.value.where == f"{PAPER.title}, row 3"
    assert caught.value.characters == {"😀"}


def test_rows_must_match_the_columns_and_fit_a_page() -> None:
    with pytest.raises(ValueError, match="cells"):
        pdf_of(replace(PAPER, groups=(Group("", (("1",),)),)))
    with pytest.raises(DoesNotFit):
        pdf_of(replace(PAPER, groups=(Group("", (("1", "长" * 5000, "", ""),)),)))


def test_an_empty_table_and_a_landscape_one() -> None:
    assert "作品名称" in texts(pdf_of(replace(PAPER, groups=())))[0]
    assert len(texts(pdf_of(replace(PAPER, landscape=True)))) > len(texts(pdf_of(PAPER)))
    assert lines(pdf_of(replace(PAPER, title="", subtitle="", foot="", closing=())))
