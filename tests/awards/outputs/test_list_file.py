"""The award list to hand in: the same rows in four kinds of file, names as they were chosen, counts that are right."""

import io
import os
import shutil
import subprocess
import zipfile
from dataclasses import replace

import docx
import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from awards.list_style import ListStyle
from awards.models import Award
from awards.outputs.list_file.files import list_docx, list_html, list_pdf
from awards.outputs.list_file.paper import ListPaper, list_paper
from awards.outputs.list_file.workbook import list_xlsx
from awards.services.lists import lock_list, standing_list
from competition.models import Author, Entry
from tests.awards.pdf.reading import texts
from tests.awards.services.test_specials import give
from tests.awards.services.test_specials import named as named_prize
from tests.factories.contests import AT, decided
from tests.factories.moves import moving_contest
from tests.factories.sheets import small

pytestmark = pytest.mark.django_db
FULL = ListStyle(names="full")
MAKERS = {"pdf": list_pdf, "docx": list_docx, "xlsx": list_xlsx, "html": list_html}
NAUGHTY = ("=1+1", "@SUM(A1:A9)", "+cmd|' /C calc'!A0", "-2+3", '=HYPERLINK("http://x.example","a")', "<b>粗</b>&\x0b")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture
def made():
    """Six entries of two schools; A1 first, A2 and A3 second, A4 and A5 third. Authors 学生A1 and so on."""
    return standing_list(decided(small()))


def rows_of(paper: ListPaper, code: str) -> list:
    at = [one.code for one in paper.columns].index(code)
    return [row[at] for group in paper.groups for row in group.rows]


def naughty(made) -> None:
    for award, title in zip(made.awards.all(), NAUGHTY, strict=False):
        Award.objects.filter(pk=award.pk).update(said=award.said | {"title": title, "authors": [NAUGHTY[0]]})


def all_text(kind: str, data: bytes) -> str:
    if kind == "pdf":
        return "".join(texts(data))
    if kind == "html":
        return data.decode()
    if kind == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(data))
        return " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value)
    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join([*cells, *(one.text for one in document.paragraphs)])


@pytest.mark.parametrize("kind", MAKERS)
def test_a_file_has_every_work_and_the_counts(made, kind):
    said = all_text(kind, MAKERS[kind](list_paper(made, FULL)))
    for number in ("A1", "A2", "A3", "A4", "A5"):
        assert f"学生{number}" in said and f"作品{number}" in said
    assert "学生A6" not in said
    assert "共计获奖作品5件（一等奖1件，二等奖2件，三等奖2件），获奖学生5人，辅导教师5人（同一人只计一次）。" in said


@pytest.mark.parametrize("kind", MAKERS)
def test_masked_names_are_in_no_file(made, kind):
    data = MAKERS[kind](list_paper(made, ListStyle()))
    said = all_text(kind, data)
    assert "学＊＊＊" in said and "老＊＊＊" in said
    assert "学生A" not in said and "老师A" not in said
    if kind != "pdf":
        assert "学生A1".encode() not in data


@pytest.mark.parametrize("kind", MAKERS)
def test_two_runs_give_the_same_bytes(made, kind):
    assert MAKERS[kind](list_paper(made, FULL)) == MAKERS[kind](list_paper(made, FULL))


@pytest.mark.parametrize("kind", MAKERS)
def test_a_draft_says_so_until_it_is_locked(made, kind):
    assert "草案" in all_text(kind, MAKERS[kind](list_paper(made, FULL)))
    lock_list(contest=made.contest, by=None, at=AT)
    assert "草案" not in all_text(kind, MAKERS[kind](list_paper(standing_list(made.contest), FULL)))


def test_the_web_page_names_only_those_who_agreed(made):
    one = made.awards.get(entry__number="A1").entry_id
    page = list_html(list_paper(made, FULL, named=frozenset({one}))).decode()
    assert "学生A1" in page and "学生A2" not in page
    assert "学生A1" not in list_html(list_paper(made, ListStyle(), named=frozenset({one}))).decode()


def test_who_has_two_works_is_one_person(made):
    first, second = (made.awards.get(entry__number=number) for number in ("A1", "A2"))
    person = Author.objects.get(entry=first.entry).person
    Author.objects.create(entry=second.entry, person=person, order=2)
    Award.objects.filter(pk=second.pk).update(said=second.said | {"authors": [*second.said["authors"], person.name]})
    counts = list_paper(made, FULL).counts
    assert (counts.works, counts.people, counts.tutors) == (5, 5, 5)
    assert counts.prizes == (("一等奖", 1, 1), ("二等奖", 2, 3), ("三等奖", 2, 2))


def test_two_of_one_name_are_two_persons(made):
    for number in ("A1", "A2"):
        author = Author.objects.get(entry__number=number, entry__contest=made.contest)
        author.person.name = "王小川"
        author.person.save()
        award = made.awards.get(entry__number=number)
        Award.objects.filter(pk=award.pk).update(said=award.said | {"authors": ["王小川"]})
    assert list_paper(made, FULL).counts.people == 5


def test_groups_are_headings_and_no_columns(made):
    paper = list_paper(
        made, replace(FULL, groups=("district", "prize"), columns=("serial", "prize", "number", "district"))
    )
    assert [one.code for one in paper.columns] == ["serial", "number"]
    assert [(one.heading, one.level) for one in paper.groups] == [
        ("东区（3）", 1), ("一等奖（1）", 2), ("二等奖（1）", 2), ("三等奖（1）", 2), ("西区（2）", 1), ("二等奖（1）", 2),
        ("三等奖（1）", 2),
    ]  # fmt: skip
    assert rows_of(paper, "serial") == [1, 2, 3, 4, 5]
    assert rows_of(paper, "number") == ["A1", "A3", "A5", "A2", "A4"]


def named(made, **names: str) -> None:
    for number, name in names.items():
        award = made.awards.get(entry__number=number)
        Award.objects.filter(pk=award.pk).update(said=award.said | {"authors": [name]})


@pytest.mark.parametrize(
    ("order", "wanted"),
    [
        ("place", ["A1", "A2", "A3", "A4", "A5"]), ("district", ["A1", "A3", "A5", "A2", "A4"]),
        ("pinyin", ["A3", "A2", "A4", "A1", "A5"]), ("strokes", ["A2", "A4", "A3", "A1", "A5"]),
    ],
)  # fmt: skip
def test_rows_stand_in_the_order_that_was_chosen(made, order, wanted):
    named(made, A1="曾一", A2="丁一二", A3="柏一", A4="王一", A5="曾一二")
    paper = list_paper(made, replace(FULL, groups=(), order=order))
    assert rows_of(paper, "number") == wanted


def test_an_order_of_masked_names_tells_no_more_than_they_do(made):
    named(made, A1="王二", A2="王一", A3="王三", A4="丁一", A5="丁二")
    paper = list_paper(made, replace(ListStyle(), groups=(), order="strokes"))
    assert rows_of(paper, "number") == ["A4", "A5", "A1", "A2", "A3"]


def test_nobodys_text_is_a_formula(made):
    naughty(made)
    data = list_xlsx(list_paper(made, FULL))
    sheet = openpyxl.load_workbook(io.BytesIO(data))["获奖名单"]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    values = [cell.value for cell in cells]
    assert set(NAUGHTY[:5]) <= set(values)
    assert not zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml").count(b"<f>")
    read = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("获奖名单").to_python()
    assert set(NAUGHTY[:5]) <= {cell for row in read for cell in row}


@pytest.mark.skipif(
    not shutil.which("soffice") and "LAUREL_LEAVE_OUT_NOTHING" not in os.environ,
    reason="left out: no LibreOffice; on Debian: apt-get install libreoffice-calc-nogui",
)
def test_libreoffice_opens_the_workbook_and_works_nothing_out(made, tmp_path):
    naughty(made)
    (tmp_path / "list.xlsx").write_bytes(list_xlsx(list_paper(made, FULL)))
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "csv",
               "--outdir", str(tmp_path), str(tmp_path / "list.xlsx")]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    said = (tmp_path / "list.csv").read_text(encoding="utf-8", errors="replace")
    assert all(text.replace('"', '""') in said for text in NAUGHTY[:5])


def test_numbers_are_numbers_and_codes_are_text(made):
    Entry.objects.filter(number="A1").update(number="0017")
    paper = list_paper(made, replace(FULL, columns=("serial", "place", "number", "title")))
    sheet = openpyxl.load_workbook(io.BytesIO(list_xlsx(paper)))["获奖名单"]
    heads = [cell.value for cell in sheet[3]]
    assert heads == ["赛项", "奖项", "序号", "名次", "作品编号", "作品名称"]
    assert [cell.value for cell in sheet[4]] == ["创新项目", "一等奖", 1, 1, "0017", "作品A1"]
    assert sheet["E4"].number_format == "@" and sheet["C4"].data_type == "n"
    assert sheet.freeze_panes == "D4" and sheet.print_title_rows == "$3:$3" and sheet.auto_filter.ref == "A3:F8"
    assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.paperSize == 9
    assert sheet.oddFooter.center.text == "— &P —"


def test_the_web_page_shows_markup_as_it_was_typed(made):
    naughty(made)
    award = made.awards.get(entry__number="A1")
    Award.objects.filter(pk=award.pk).update(said=award.said | {"title": NAUGHTY[5]})
    page = list_html(list_paper(made, FULL)).decode()
    assert "<b>" not in page and "&lt;b&gt;" in page and "http" not in page.replace("http://x.example", "")


def test_word_keeps_to_the_official_format(made):
    naughty(made)
    award = made.awards.get(entry__number="A1")
    Award.objects.filter(pk=award.pk).update(said=award.said | {"title": NAUGHTY[5]})
    data = list_docx(list_paper(made, replace(FULL, annex="2", columns=("serial", "number", "authors"))))
    document = docx.Document(io.BytesIO(data))
    section = document.sections[0]
    assert [round(one.mm) for one in (section.page_width, section.page_height)] == [210, 297]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(one.mm) for one in margins] == [37, 35, 28, 26]
    assert document.paragraphs[0].text == "附件2" and document.paragraphs[3].text == "获奖名单（草案）"
    faces = {
        one.style_id: one.element.find(f"{W}rPr/{W}rFonts").get(f"{W}eastAsia")
        for one in document.styles
        if one.style_id in ("Title", "Text", "Heading1", "TH", "T")
    }
    assert faces == {"Title": "方正小标宋简体", "Text": "仿宋", "Heading1": "黑体", "TH": "黑体", "T": "仿宋"}
    for table in document.tables:
        rows = table._element.findall(f"{W}tr")
        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert [row.find(f"{W}trPr/{W}tblHeader") for row in rows[1:]] == [None] * (len(rows) - 1)
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
    for footer in (section.footer, section.even_page_footer):
        assert (
            "".join(one.text or "" for one in footer._element.iter(f"{W}t", f"{W}instrText")).replace(" ", "")
            == "—PAGE1—"
        )
    assert document.settings.odd_and_even_pages_header_footer
    assert document.core_properties.created.year == 2026


def test_word_lies_on_its_side_where_it_has_many_columns(made):
    document = docx.Document(io.BytesIO(list_docx(list_paper(made, FULL))))
    assert document.sections[0].page_width > document.sections[0].page_height


def test_the_digest_stands_at_the_foot_only_where_it_is_wanted(made):
    lock_list(contest=made.contest, by=None, at=AT)
    locked = standing_list(made.contest)
    assert locked.digest not in " ".join(list_paper(locked, FULL).notes)
    notes = " ".join(list_paper(locked, replace(FULL, digest=True)).notes)
    event = made.contest.chain.events.get(action="awardlist.locked")
    assert locked.digest in notes and event.hash in notes


def test_special_prizes_stand_in_a_section_of_their_own():
    moving = moving_contest()
    prize = named_prize(moving, 3, tracks=(moving.made.tracks["创新"],))
    give(moving, prize, "A5")
    give(moving, prize, "A1")
    paper = list_paper(standing_list(moving.contest), FULL)
    assert [(one.heading, len(one.rows)) for one in paper.groups][-1] == ("知识产权专项奖 · 市知识产权局（2）", 2)
    assert paper.counts.works == 4 and paper.counts.specials == 2 and "专项奖2项" in paper.foot[0]
