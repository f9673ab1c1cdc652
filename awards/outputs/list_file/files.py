"""The four files of one list paper: PDF, Word, Excel and a web page that stands alone."""

from collections.abc import Iterator

from django.template.loader import render_to_string

from awards.outputs.list_file.paper import Cell, ListPaper, ListRows
from awards.pdf import Column, Group, TablePaper, table_pdf
from awards.word import ROOM, WordColumn, WordGroup, WordPaper, table_docx
from awards.wording import chinese_number, joined

MOST_NUMERALS = 99
LINE = 19  # characters of a title that stand on one line of an upright page


def text_of(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def author_of(paper: ListPaper) -> str:
    return joined(paper.issuers) or paper.title


def list_pdf(paper: ListPaper) -> bytes:
    """raises   GlyphMissing, DoesNotFit"""
    is_english = paper.language == "en"
    table = TablePaper(
        title=paper.heading,
        annex=paper.annex,
        subtitle=paper.subtitle,
        columns=tuple(
            Column(paper.said(one), "" if is_english else one.en, one.weight, "center" if one.is_centred else "left")
            for one in paper.columns
        ),
        groups=tuple(Group(one.heading, texts_of(one), one.level) for one in paper.groups),
        page_text="Page {page} of {pages}" if is_english else "第 {page} 页 共 {pages} 页",
        landscape=sum(one.weight for one in paper.columns) > ROOM,
        closing=(*paper.foot, *paper.closing, *paper.notes),
        foot="　".join(paper.notes[:2]) if paper.is_draft else "",
    )
    return table_pdf(table, at=paper.at, author=author_of(paper))


def texts_of(group: ListRows) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(map(text_of, row)) for row in group.rows)


def list_docx(paper: ListPaper) -> bytes:
    word = WordPaper(
        title=in_lines(paper.heading),
        columns=tuple(WordColumn(paper.said(one), one.weight, one.is_centred) for one in paper.columns),
        groups=tuple(numbered(paper)),
        annex=paper.annex,
        foot=paper.foot,
        closing=paper.closing,
        notes=paper.notes,
    )
    return table_docx(word, at=paper.at, author=author_of(paper))


def in_lines(title: str) -> str:
    """A long title has its last words on a line of their own."""
    return title.replace("获奖名单", "\n获奖名单") if len(title) > LINE else title


def numbered(paper: ListPaper) -> Iterator[WordGroup]:
    """Outer headings as official documents number them: 一、二、三、"""
    outer = sum(1 for one in paper.groups if one.heading and one.level == 1)
    at, is_numbered = 0, paper.language == "zh" and 1 < outer <= MOST_NUMERALS
    for one in paper.groups:
        heading = one.heading
        if heading and one.level == 1 and is_numbered:
            at += 1
            heading = f"{chinese_number(at)}、{heading}"
        yield WordGroup(heading, one.level, texts_of(one))


def list_html(paper: ListPaper) -> bytes:
    """A page that asks nobody for anything: for the office's own site."""
    return render_to_string("awards/list_page.html", {"paper": paper, "headings": headings_of(paper)}).encode()


def headings_of(paper: ListPaper) -> list[str]:
    return [paper.said(one) for one in paper.columns]
