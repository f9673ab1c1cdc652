"""Whatever file is given: its tables, or one clear problem."""

import io
import random
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competition.core.reading import Reading, read_workbook
from tests.competition.core.books import SPECS, book, only, values

DATA = Path(__file__).parents[2] / "data"
GOOD = book(参赛作品=[["作品编号", "作品名称"], ["A001", "会飞的学校"]])


def zip_of(**files: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        for name, text in files.items():
            packed.writestr(name, text)
    return target.getvalue()


BROKEN = {
    "empty": b"",
    "one byte": b"P",
    "random": random.Random(2017).randbytes(5000),
    "text": "作品编号,作品名称\nA001,会飞的学校\n".encode(),
    "text in GBK": "作品编号,作品名称\n".encode("gbk"),
    "web page": b"<html><table><tr><td>1</td></tr></table></html>",
    "PDF": b"%PDF-1.4\n%%EOF\n",
    "zip": zip_of(readme="hello"),
    "zip that pretends": zip_of(**{"xl/workbook.xml": "<workbook/>", "[Content_Types].xml": "<Types/>"}),
    "half": GOOD[: len(GOOD) // 2],
    "without its end": GOOD[:-30],
    "old Office, hollow": bytes.fromhex("d0cf11e0a1b11ae1") + bytes(2000),
}


def is_refused(reading: Reading) -> bool:
    return [problem.code for problem in reading.problems] == ["not-a-workbook"]


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_file_is_one_clear_problem(data):
    reading = read_workbook(data, SPECS)
    assert [problem.code for problem in reading.problems] in (["not-a-workbook"], ["sheet-missing"])
    assert set(reading.tables) == {spec.name for spec in SPECS}
    assert not any(table.rows for table in reading.tables.values())


@pytest.mark.parametrize("name", ["empty", "random", "text", "PDF", "zip", "half"])
def test_what_is_no_workbook_is_called_so(name):
    assert is_refused(read_workbook(BROKEN[name], SPECS))


@given(st.binary(max_size=300))
def test_no_bytes_make_the_reader_fall(data):
    assert is_refused(read_workbook(data, SPECS))


@given(st.integers(1, len(GOOD) - 1))
def test_a_truncated_workbook_never_gives_rows(length):
    assert not read_workbook(GOOD[:length], SPECS).tables["entries"].rows


@pytest.mark.parametrize("name", ["small.xls", "small.ods"])
def test_older_and_open_formats_are_read_alike(name):
    reading = read_workbook((DATA / name).read_bytes(), SPECS)
    table = reading.tables["entries"]
    assert reading.problems == []
    assert [row.number for row in table.rows] == [4, 5]
    assert values(table, "number") == ["A001", "A002"]
    assert values(table, "title") == ["一种智能浇花装置", "会飞的学校"]
    assert [float(score) for score in values(table, "score")] == [86.5, 90.0]
    assert values(table, "day") == [date(2017, 12, 17), date(2017, 12, 16)]


def test_formats_that_say_the_same_have_one_digest():
    digests = {read_workbook((DATA / name).read_bytes(), SPECS).digest for name in ("small.xls", "small.ods")}
    rows = [["2017 年作品名单"], [], ["作品编号*", "作品名称", "分数", "日期"]]
    rows += [["A001", "一种智能浇花装置", 86.5, date(2017, 12, 17)], ["A002", "会飞的学校", 90, date(2017, 12, 16)]]
    assert digests == {read_workbook(book(参赛作品=rows), SPECS).digest}


def test_a_workbook_with_one_row_is_read():
    assert only(read_workbook(GOOD, SPECS).tables["entries"])["title"] == "会飞的学校"
