"""Every problem at once, at its cell, in two languages; nothing imported."""

import io
import re
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from django.utils import translation

from awards.workbook.checks import problems_of
from awards.workbook.spec import SHEETS
from competition.core import reading
from competition.core.reading import read_workbook
from competition.models import Contest
from competition.problems import SENTENCES, place, sentence
from tests.awards.workbook.faulty import PLANTED, column_twice, few, planted
from tests.factories.running import run
from tests.factories.sheets import small
from tests.factories.workbooks import workbook

# These belong to the lists that schools and the office bring: tests/competition/test_importing*.py.
ELSEWHERE = {
    "not-a-workbook", "too-many-rows", "column-twice", "unknown-grade", "grades-do-not-fit", "entry-handed-in",
    "entry-of-other-school", "entry-of-other-track", "title-of-several", "unknown-subject",
    "school-not-here", "kind-disagrees", "written-otherwise", "name-of-another",
    "glyph-missing", "not-half-hours", "issued-otherwise", "revoked-before",
    "entry-not-counting", "number-with-space", "title-of-another", "number-of-another",
}  # fmt: skip


def found_in(data: bytes) -> list[tuple[str, str, int, str]]:
    return [(one.code, one.sheet, one.row, one.column) for one in problems_of(read_workbook(data, SHEETS))]


def with_column_twice() -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(workbook(small())))
    at = book.index(book["参赛作品"])
    book.remove(book["参赛作品"])
    page = book.create_sheet("参赛作品", at)
    for line in column_twice()[0]:
        page.append(line)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_exactly_the_planted_faults_are_found() -> None:
    found = Counter(found_in(workbook(planted())))
    assert set(found) - PLANTED == set()
    assert PLANTED - set(found) == set()


@pytest.mark.parametrize("code", few())
def test_a_fault_alone_is_found_alone(code: str) -> None:
    sheets, expected = few()[code]
    assert set(found_in(workbook(sheets))) == expected


def test_two_equal_headings() -> None:
    assert set(found_in(with_column_twice())) == column_twice()[1]


def test_a_file_that_is_no_workbook(tmp_path: Path) -> None:
    done = run(b"%PDF-1.4 no workbook", tmp_path / "out")
    assert (done.code, [one[0] for one in done.problems()]) == (1, ["not-a-workbook"])
    assert openpyxl.load_workbook(done.out / "problems.xlsx").sheetnames == ["问题 Problems"]


def test_too_many_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit itself is 200,000; here it is lowered, not reached."""
    monkeypatch.setattr(reading, "MOST_ROWS", 10)
    assert ("too-many-rows", "评分", 0, "") in found_in(workbook(small()))


def test_every_code_can_be_reached_from_a_workbook() -> None:
    reached = {code for code, *_ in PLANTED} | set(few()) | ELSEWHERE
    assert set(SENTENCES) - reached == set()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_sentence_is_whole_in_both_languages(language: str) -> None:
    problems = [one for sheets in (planted(), *(made for made, _ in few().values()))
                for one in problems_of(read_workbook(workbook(sheets), SHEETS))]  # fmt: skip
    with translation.override(language):
        for one in problems:
            said = f"{place(one)}: {sentence(one)}"
            assert not re.search(r"%\(|%s|\{\w+\}(?<!\{serial\})(?<!\{year\})(?<!\{ordinal\})|None|Fraction", said), (
                said
            )
            own = re.sub(r"“[^”]*”|「[^」]*」", "", sentence(one))
            assert bool(re.search(r"[\u4e00-\u9fff]", own)) == (language == "zh-hans") or "(" in own or "、" in own, (
                said
            )


def test_nothing_is_imported_and_the_cells_are_marked(tmp_path: Path) -> None:
    done = run(workbook(planted()), tmp_path / "out")
    assert done.code == 1
    assert set(done.problems()) == PLANTED
    assert {one.name for one in done.out.iterdir() if "sqlite" not in one.name} == {"problems.xlsx", "summary.json"}
    with done.database():
        assert not Contest.objects.exists()
    book = openpyxl.load_workbook(done.out / "problems.xlsx")
    for _, sheet, row, column in PLANTED:
        if row and column:
            cell = book[sheet][f"{column}{row}"]
            assert cell.fill.fgColor.rgb == "FFF7C8C0", (sheet, row, column)
            assert cell.comment is not None
    marked = sum(cell.comment is not None for page in book for line in page.iter_rows() for cell in line)
    assert marked == len({where for _, *where in map(list, PLANTED) if False} or {one[1:] for one in PLANTED if one[3]})
    listed = [row[0].value for row in book["问题 Problems"].iter_rows(min_row=2)]
    assert len(listed) == len(done.summary["problems"]) >= len(PLANTED)
    assert len(done.complained.splitlines()) == len(listed) + 1


def test_a_rehearsal_of_a_faulty_workbook_writes_nothing(tmp_path: Path) -> None:
    done = run(workbook(planted()), tmp_path / "out", "--dry-run")
    assert done.code == 1
    assert not done.out.exists()
