"""Lists of entries as schools and units bring them: exactly what is wrong is named, and nothing else is touched."""

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

from competition.core.columns import letter
from competition.errors import Refused
from competition.importing import CHANGED, NEW, SAME, WRONG, Plan, import_plan
from competition.models import Entry
from competition.services.entering import import_entries, save_draft, submit_entry, withdraw_entry
from competition.states import EntryState
from tests.competition.core.books import book
from tests.factories.entering import NOW, Open, again, begun, everything, handed_in, put, recorded, ruled

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parents[1] / "data"
TODAY = date(2026, 3, 10)
HEAD = [
    "作品编号",
    "作品名称",
    "赛项",
    "组别",
    "学校",
    "作者",
    "年级",
    "学号",
    "辅导教师",
    "集体名称",
    "作品简介",
    "完成日期",
]
# heading -> what a good row says
GOOD = {
    "赛项": "创新",
    "组别": "小学",
    "学校": "晴川一中",
    "年级": "小学五年级",
    "辅导教师": "王老师",
    "作品简介": "它自己浇花。",
}
Cells = Sequence[Sequence[Any]]


def row(number: int, **more: Any) -> list[Any]:
    said = GOOD | {"作品名称": f"作品{number}", "作者": f"学生{number}"} | more
    return [said.get(heading) for heading in HEAD]


def plan_of(made: Open, data: bytes, *schools: str) -> Plan:
    return import_plan(data, made.contest, [made.schools[name] for name in schools or ["晴川一中"]], today=TODAY)


def plan_of_rows(made: Open, *rows: Sequence[Any], head: Sequence[str] = HEAD) -> Plan:
    return plan_of(made, book(名单=[head, *rows]))


def taken_in(made: Open, plan: Plan) -> tuple[int, int]:
    return import_entries(contest=made.contest, lines=plan.good, by=made["晴川一中"], at=NOW)


def wrong_cells(plan: Plan) -> set[tuple[int, str]]:
    return {(line.number, fault.column) for line in plan.lines for fault in line.faults}


def statuses(plan: Plan) -> list[str]:
    return [line.status for line in plan.lines]


def only_fault(plan: Plan) -> str:
    (fault,) = [one for line in plan.lines for one in line.faults]
    return fault.text


# ---- a thousand rows with thirty-seven faults


# (what is changed in the row, the heading that is at fault); row 0 of the list is the first
PLANTED: dict[str, list[tuple[int, dict[str, Any], str]]] = {
    "title missing": [(n, {"作品名称": None}, "作品名称") for n in (10, 500)],
    "title too long": [(11, {"作品名称": "长" * 301}, "作品名称")],
    "title twice": [(n, {"作品名称": f"作品{n - 1}"}, "作品名称") for n in (21, 601)],
    "track missing": [(n, {"赛项": None}, "赛项") for n in (30, 900)],
    "track unknown": [(n, {"赛项": "创薪"}, "赛项") for n in (31, 999)],
    "division unknown": [(n, {"组别": "大学组"}, "组别") for n in (40, 41, 700)],
    "division differs": [(50, {"组别": "初中"}, "年级")],
    "school unknown": [(n, {"学校": "晴川一种"}, "学校") for n in (60, 61)],
    "school of others": [(62, {"学校": "西山中学"}, "学校")],
    "authors missing": [(70, {"作者": None}, "作者")],
    "names with a space": [(n, {"作者": "张三丰 李四光"}, "作者") for n in (71, 800)],
    "too many authors": [(72, {"作者": "甲一、甲二、甲三、甲四"}, "作者")],
    "author in two rows": [(n, {"作者": "学生73"}, "作者") for n in (74, 801)],
    "author twice in a row": [(75, {"作者": "乙一、乙一"}, "作者")],
    "stages differ": [(76, {"作者": "丙一、丙二", "年级": "小学五年级、初一"}, "年级")],
    "grade unknown": [(n, {"年级": "大三"}, "年级") for n in (80, 81, 802)],
    "grades do not fit": [(82, {"作者": "丁一、丁二", "年级": "小五、小五、小六"}, "年级")],
    "codes do not fit": [(83, {"学号": "1、2"}, "学号")],
    "digits lost": [(84, {"学号": 1234567890123456}, "学号")],
    "too many tutors": [(85, {"辅导教师": "一师、二师、三师、四师"}, "辅导教师")],
    "day unknown": [(n, {"完成日期": "2026-13-01"}, "完成日期") for n in (90, 91)],
    "formula failed": [(92, {"作品简介": "=NA()"}, "作品简介")],
    "description too long": [(93, {"作品简介": "字" * 801}, "作品简介")],
    "number unknown": [(94, {"作品编号": "A999"}, "作品编号")],
    "group without a name": [(95, {"赛项": "实践", "作者": None, "年级": None}, "集体名称")],
}


def test_of_a_thousand_rows_exactly_the_planted_faults_are_named(made: Open) -> None:
    planted = [(n, said, heading) for lines in PLANTED.values() for n, said, heading in lines]
    assert (len(planted), len({n for n, _, _ in planted}), len(PLANTED) >= 12) == (37, 37, True)
    by_row = {n: said for n, said, _ in planted}
    cells = [HEAD, *(row(n, **by_row.get(n, {})) for n in range(1000))]
    plan = plan_of(made, book(名单=cells))
    assert wrong_cells(plan) == {(n + 2, letter(HEAD.index(heading))) for n, _, heading in planted}
    assert (plan.problems, len(plan.lines)) == ([], 1000)
    assert {line.number for line in plan.lines if line.status == WRONG} == {n + 2 for n in by_row}
    assert (plan.count(NEW), plan.count(WRONG), len(plan.good)) == (963, 37, 963)
    texts = [fault.text for line in plan.lines for fault in line.faults]
    assert all(texts)
    assert not [text for text in texts if "%(" in text]


def test_planning_reads_only_and_asks_the_database_no_more_for_more_rows(
    made: Open, django_assert_max_num_queries: Any
) -> None:
    before = everything()
    for rows in (1, 60):
        with django_assert_max_num_queries(14):
            plan_of_rows(made, *(row(n) for n in range(rows)))
    assert everything() == before


# ---- new, changed, the same


def test_new_then_the_same_then_changed(made: Open) -> None:
    rows = [row(n) for n in range(3)]
    plan = plan_of_rows(made, *rows)
    assert statuses(plan) == [NEW] * 3
    with recorded("drafts.imported"):
        assert taken_in(made, plan) == (3, 0)
    after = everything()
    plan = plan_of_rows(made, *rows)
    assert statuses(plan) == [SAME] * 3
    with recorded():
        assert taken_in(made, plan) == (0, 0)
    assert everything() == after
    rows[1] = row(1, 作品简介="改过", 年级="小六")
    plan = plan_of_rows(made, *rows)
    assert statuses(plan) == [SAME, CHANGED, SAME]
    assert [(old, new) for _, old, new in plan.lines[1].changes] == [("它自己浇花。", "改过"), ("学生1 5", "学生1 6")]
    with recorded("drafts.imported"):
        assert taken_in(made, plan) == (0, 1)
    assert Entry.objects.get(title="作品1").abstract == "改过"
    assert statuses(plan_of_rows(made, *rows)) == [SAME] * 3


def test_what_an_import_makes_can_be_handed_in_once_it_is_complete(made: Open) -> None:
    taken_in(
        made, plan_of_rows(made, row(1, 作者="张三、李四", 年级="小五、小六", 学号="7、8", 完成日期=date(2026, 1, 2)))
    )
    entry = Entry.objects.get()
    assert (entry.school, entry.track, entry.division.code) == (
        made.schools["晴川一中"],
        made.tracks["创新"],
        "primary",
    )
    assert entry.draft["authors"] == [
        {"name": "张三", "code": "7", "grade": 5},
        {"name": "李四", "code": "8", "grade": 6},
    ]
    assert entry.finished_on == date(2026, 1, 2)
    assert entry.draft["lacks"] == 2  # the report and the pledge


def test_the_stage_gives_the_division_and_one_grade_is_everyones(made: Open) -> None:
    (line,) = plan_of_rows(made, row(1, 组别=None, 作者="张三、李四", 年级="初二")).lines
    assert (line.status, line.values["division"]) == (NEW, "junior")
    assert [one["grade"] for one in line.values["authors"]] == [8, 8]


def test_a_row_with_its_number_changes_the_title(made: Open) -> None:
    entry = put(handed_in(made, "旧题"), state=EntryState.RETURNED)
    plan = plan_of_rows(made, row(1, 作品编号="A001", 作品名称="新题", 作者="旧题作者"))
    assert (statuses(plan), plan.lines[0].entry) == ([CHANGED], entry)
    taken_in(made, plan)
    assert again(entry).title == "新题"


def test_blank_cells_change_nothing(made: Open) -> None:
    begun(made, "旧题")
    plan = plan_of_rows(made, ["旧题", "创新"], head=["作品名称", "赛项"])
    assert wrong_cells(plan) == {(2, "")}  # a list without authors names none
    plan = plan_of_rows(made, ["旧题", "创新", "旧题作者", "小五"], head=["作品名称", "赛项", "作者", "年级"])
    assert statuses(plan) == [SAME]


@pytest.mark.parametrize(
    "state", sorted(set(EntryState) - {EntryState.DRAFT, EntryState.RETURNED, EntryState.WITHDRAWN})
)
def test_what_was_handed_in_is_never_changed_by_a_list(made: Open, state: EntryState) -> None:
    entry = put(handed_in(made, "旧题"), state=state)
    before = everything()
    plan = plan_of_rows(made, row(1, 作品名称="旧题", 作者="旧题作者", 作品简介="改过"))
    assert (statuses(plan), wrong_cells(plan)) == ([WRONG], {(2, "B")})
    assert taken_in(made, plan) == (0, 0)
    assert everything() == before
    assert again(entry).abstract == "它自己浇花。"


def test_what_was_handed_in_and_stands_in_the_list_unchanged_is_the_same(made: Open) -> None:
    handed_in(made, "旧题")
    assert statuses(plan_of_rows(made, row(1, 作品名称="旧题", 作者="旧题作者"))) == [SAME]


def test_handed_in_between_preview_and_import_nothing_is_taken_in(made: Open) -> None:
    entry = begun(made, "旧题")
    plan = plan_of_rows(made, row(1), row(2, 作品名称="旧题", 作者="旧题作者", 作品简介="改过"))
    shown = plan.digest
    submit_entry(entry=entry, by=made["晴川一中"], at=NOW)
    before = everything()
    with pytest.raises(Refused):
        taken_in(made, plan)
    assert everything() == before
    assert plan_of_rows(made, row(1), row(2, 作品名称="旧题", 作者="旧题作者", 作品简介="改过")).digest != shown


def test_a_pupil_who_is_in_another_entry_is_named(made: Open) -> None:
    handed_in(made, "同台", authors=[{"name": "张三", "grade": 5}])
    plan = plan_of_rows(made, row(1, 作者="张三"), row(2, 作者="张三", 学号="2"))
    assert statuses(plan) == [WRONG, NEW]
    assert "A001 同台" in only_fault(plan)


def test_the_good_rows_are_taken_in_beside_the_wrong_ones(made: Open) -> None:
    plan = plan_of_rows(made, row(1), row(2, 赛项="创薪"), row(3))
    assert taken_in(made, plan) == (2, 0)
    assert sorted(Entry.objects.values_list("title", flat=True)) == ["作品1", "作品3"]


def test_a_near_word_is_offered(made: Open) -> None:
    assert "晴川一中" in only_fault(plan_of_rows(made, row(1, 学校="晴川一中学")))


# ---- schools


def test_a_school_need_not_name_itself_and_a_unit_must(made: Open) -> None:
    data = book(名单=[HEAD, row(1, 学校=None)])
    assert statuses(plan_of(made, data)) == [NEW]
    plan = plan_of(made, data, "晴川一中", "晴川二中")
    assert wrong_cells(plan) == {(2, "E")}


def test_a_unit_brings_its_schools_lists_also_by_their_other_names(made: Open) -> None:
    made.schools["晴川二中"].aliases = ["二中"]
    plan = plan_of(made, book(名单=[HEAD, row(1), row(1, 学校="二中")]), "晴川一中", "晴川二中")
    assert statuses(plan) == [NEW, NEW]
    assert [line.school.name for line in plan.lines] == ["晴川一中", "晴川二中"]
    import_entries(contest=made.contest, lines=plan.good, by=made["东区"], at=NOW)
    assert set(Entry.objects.values_list("school__name", flat=True)) == {"晴川一中", "晴川二中"}


# ---- files and headings


def as_csv(encoding: str, separator: str = ",") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows([HEAD, row(1), row(2, 作者="张𬱖")])
    return text.getvalue().encode(encoding)


def as_ods() -> bytes:
    """As small as an .ods can be."""

    def cell(value: Any) -> str:
        return f'<table:table-cell office:value-type="string"><text:p>{escape(str(value or ""))}</text:p></table:table-cell>'

    rows = "".join(f"<table:table-row>{''.join(map(cell, one))}</table:table-row>" for one in [HEAD, row(1), row(2)])
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    content = (f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names} office:version="1.2"><office:body>'
               f'<office:spreadsheet><table:table table:name="名单">{rows}</table:table></office:spreadsheet>'
               "</office:body></office:document-content>")  # fmt: skip
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("content.xml", content)
        packed.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<m:file-entry m:full-path="/" m:media-type="application/vnd.oasis.opendocument.spreadsheet"/></m:manifest>',
        )
    return target.getvalue()


FILES = {
    "xlsx": lambda: book(名单=[HEAD, row(1), row(2)]),
    "ods": as_ods,
    "csv in UTF-8": lambda: as_csv("utf-8"),
    "csv as Excel saves it": lambda: as_csv("utf-8-sig"),
    "csv in GBK": lambda: as_csv("gb18030"),
    "tabs": lambda: as_csv("gb18030", "\t"),
    "a title above the headings": lambda: book(名单=[["2026 年参赛作品一览表"], [], HEAD, row(1), row(2)]),
    "another sheet first": lambda: book(说明=[["填表说明"], ["作品名称必填"]], 名单=[HEAD, row(1), row(2)]),
    "blank rows between": lambda: book(名单=[HEAD, row(1), [None] * len(HEAD), row(2)]),
}


@pytest.mark.parametrize("name", FILES)
def test_every_kind_of_file_reads_the_same(made: Open, name: str) -> None:
    plan = plan_of(made, FILES[name]())
    assert (statuses(plan), plan.problems) == ([NEW, NEW], [])
    assert [line.values["title"] for line in plan.lines] == ["作品1", "作品2"]
    assert plan.lines[0].values["authors"] == [{"name": "学生1", "grade": 5}]


def test_a_list_of_something_else_is_told_what_it_lacks(made: Open) -> None:
    plan = plan_of(made, (DATA / "small.xls").read_bytes())
    assert plan.lines == []
    assert len(plan.problems) == 1
    assert "赛项" in plan.problems[0]


ENGLISH = {"authors": "学生1", "About": "它自己浇花。", "TITLE": "作品1", "Tutors": "王老师", "track": "Innovation",
           "Division": "primary", "Grades": "Primary 5"}  # fmt: skip


@pytest.mark.parametrize("turn", range(0, len(ENGLISH), 2))
def test_headings_in_english_in_any_order(made: Open, turn: int) -> None:
    names = [*list(ENGLISH)[turn:], *list(ENGLISH)[:turn]]
    plan = plan_of(made, book(list=[names, [ENGLISH[name] for name in names]]))
    assert (statuses(plan), plan.problems) == ([NEW], [])
    assert plan.lines[0].values == {
        "title": "作品1", "abstract": "它自己浇花。", "division": "primary",
        "authors": [{"name": "学生1", "grade": 5}], "tutors": [{"name": "王老师"}],
    }  # fmt: skip


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"\0\0\0\0", b"%PDF-1.4", "一二三".encode("gb18030"), b"\xff\xfe\xff"]
)
def test_what_is_no_list_is_one_clear_problem(made: Open, data: bytes) -> None:
    plan = plan_of(made, data)
    assert (plan.lines, len(plan.problems)) == ([], 1)
    assert "%(" not in plan.problems[0]


def test_a_missing_column_is_a_problem_of_the_sheet(made: Open) -> None:
    plan = plan_of_rows(made, ["作品1"], head=["作品名称"])
    assert (plan.lines, len(plan.problems)) == ([], 1)


# ---- what an import should leave alone and does not


def test_an_import_keeps_what_the_list_has_no_column_for(made: Open) -> None:
    typed = [{"name": "张三", "grade": 5, "born_on": "2015-05-01"}, {"name": "李四", "grade": 6, "school": "晴川二中"}]
    entry = begun(made, "旧题", authors=typed, tutors=[{"name": "王老师", "stage": "primary"}])
    taken_in(made, plan_of_rows(made, row(1, 作品名称="旧题", 作者="张三、李四", 年级="小五、小六", 作品简介="改过")))
    assert (again(entry).draft["authors"], again(entry).draft["tutors"]) == (
        typed,
        [{"name": "王老师", "stage": "primary"}],
    )


def test_a_blank_grade_changes_nothing(made: Open) -> None:
    begun(made, "旧题")
    assert statuses(plan_of_rows(made, row(1, 作品名称="旧题", 作者="旧题作者", 年级=None))) == [SAME]


def test_a_second_import_with_another_track_changes_nothing_more(made: Open) -> None:
    begun(made, "旧题")
    rows = [row(1, 作品名称="旧题", 作者=None, 年级=None, 赛项="实践", 集体名称="三班", 组别=None)]
    taken_in(made, plan_of_rows(made, *rows))
    assert statuses(plan_of_rows(made, *rows)) != [CHANGED]


def test_a_number_that_stands_in_two_rows_is_a_fault(made: Open) -> None:
    put(handed_in(made, "旧题"), state=EntryState.RETURNED)
    rows = [row(n, 作品编号="A001", 作品名称=f"新题{n}", 作者="旧题作者") for n in range(2)]
    assert WRONG in statuses(plan_of_rows(made, *rows))


def test_a_withdrawn_work_does_not_block_its_title(made: Open) -> None:
    entry = begun(made, "旧题")
    withdraw_entry(entry=entry, by=made["晴川一中"], at=NOW)
    assert statuses(plan_of_rows(made, row(1, 作品名称="旧题", 作者="旧题作者", 作品简介="改过"))) == [NEW]


def test_a_title_that_two_entries_have_is_no_guess(made: Open) -> None:
    for _ in range(2):
        save_draft(
            entry=begun(made, "旧题"), changes={"authors": [{"name": "甲", "grade": 5}]}, by=made["晴川一中"], at=NOW
        )
    assert statuses(plan_of_rows(made, row(1, 作品名称="旧题", 作者="甲", 作品简介="改过"))) == [WRONG]


def test_a_row_that_gives_an_entry_to_another_school_is_a_fault(made: Open) -> None:
    put(handed_in(made, "旧题"), state=EntryState.RETURNED)
    data = book(
        名单=[HEAD, row(1, 作品编号="A001", 作品名称="旧题", 作者="旧题作者", 学校="晴川二中", 作品简介="改过")]
    )
    assert statuses(plan_of(made, data, "晴川一中", "晴川二中")) == [WRONG]


def test_rules_of_the_contest_hold_in_a_list_too(made: Open) -> None:
    ruled(made, work_since=date(2025, 1, 1), work_until=date(2026, 3, 1))
    days = (None, date(2024, 12, 31), date(2025, 1, 1), date(2026, 3, 2))
    plan = plan_of_rows(made, *(row(n, 完成日期=day) for n, day in enumerate(days)))
    assert statuses(plan) == [NEW, WRONG, NEW, WRONG]
    assert wrong_cells(plan) == {(3, "L"), (5, "L")}
