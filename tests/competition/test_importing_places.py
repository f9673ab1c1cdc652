"""Lists of units and schools: what is known, what is new, what is asked, and that nothing is guessed."""

import csv
import io
from collections.abc import Sequence
from typing import Any

import pytest

from competition.core.place_columns import PLACE_LIST, UNIT_KINDS
from competition.importing_places import ASKED, CHANGED, NEW, SAME, WRONG, Line, Plan, places_plan, read_places
from competition.models import District, School
from competition.states import UnitKind
from tests.competition.core.books import book
from tests.factories.entering import Open, everything

pytestmark = pytest.mark.django_db
HEAD = ["推荐单位", "单位类型", "学校名称", "英文名称", "其他名称", "联系人", "联系电话"]
Cells = Sequence[Any]


def row(unit: str | None = "东区", school: str | None = None, **more: Any) -> list[Any]:
    said = {"推荐单位": unit, "学校名称": school} | more
    return [said.get(heading) for heading in HEAD]


def plan_of(*rows: Cells, head: Cells = HEAD, **answers: str) -> Plan:
    said = {name.replace("_", "-"): value for name, value in answers.items()}
    return places_plan(read_places(book(名单=[head, *rows])), said)


def statuses(plan: Plan) -> list[str]:
    return [line.status for line in plan.lines]


def only(plan: Plan) -> Line:
    (line,) = plan.lines
    return line


def offers(plan: Plan) -> list[str]:
    return [one.name for one in only(plan).candidates]


def put(school: School, **fields: Any) -> None:
    School.objects.filter(pk=school.pk).update(**fields)


# ---- known, new, changed


def test_the_exact_name_is_known_and_another_one_new(made: Open) -> None:
    plan = plan_of(row("东区", "晴川一中"), row("东区", "红星学校"), row("北区", "北山小学"), row("西区"))
    assert statuses(plan) == [SAME, NEW, NEW, SAME]
    assert [line.is_new_unit for line in plan.lines] == [False, False, True, False]


def test_a_change_is_shown_old_and_new(made: Open) -> None:
    put(made.schools["晴川一中"], contact="孙主任", aliases=["一中"])
    line = only(plan_of(row("东区", "晴川一中", 联系人="周老师", 其他名称="一中、晴川中学；老一中")))
    assert line.status == CHANGED
    assert line.changes == [
        ("联系人 Contact", "孙主任", "周老师"),
        ("其他名称 Other names", "一中", "一中、晴川中学、老一中"),
    ]


def test_blank_cells_and_absent_columns_change_nothing(made: Open) -> None:
    put(made.schools["晴川一中"], contact="孙主任", phone="0550-1", aliases=["一中"], name_en="No. 1")
    assert statuses(plan_of(row("东区", "晴川一中"))) == [SAME]
    assert statuses(plan_of(["晴川一中", "东区"], head=["学校", "区县"])) == [SAME]


def test_schools_of_one_name_in_two_units_are_two(made: Open) -> None:
    assert statuses(plan_of(row("西区", "晴川一中"), row("东区", "晴川一中"))) == [NEW, SAME]


def test_a_row_without_a_school_is_about_the_unit(made: Open) -> None:
    line = only(plan_of(row("东区", None, 联系人="钱科长", 单位类型="活动中心", 英文名称="East")))
    assert line.changes == [
        ("单位类型 Kind of unit", "区县", "活动中心"),
        ("联系人 Contact", "", "钱科长"),
        ("英文名称 English name", "", "East"),
    ]
    assert statuses(plan_of(row("东区", None, 其他名称="东城"))) == [WRONG]


@pytest.mark.parametrize("kind", UnitKind)
def test_every_kind_of_unit_is_read_by_its_words(made: Open, kind: UnitKind) -> None:
    assert set(UNIT_KINDS) == set(UnitKind.values)
    for word in UNIT_KINDS[kind]:
        assert only(plan_of(row("北城", "北山小学", 单位类型=word))).kind == kind, word


def test_another_kind_is_shown_once_and_rows_may_not_disagree(made: Open) -> None:
    plan = plan_of(row("东区", "晴川一中", 单位类型="市直学校"), row("东区", "晴川二中", 单位类型="市直学校"))
    assert statuses(plan) == [CHANGED, SAME]
    plan = plan_of(row("东区", "晴川一中", 单位类型="市直"), row("东区", "晴川二中", 单位类型="区县"))
    assert statuses(plan) == [CHANGED, WRONG]


# ---- wrong rows


@pytest.mark.parametrize(
    ("rows", "column"),
    [
        ([row(None, "红星学校")], "A"),
        ([row("东区", "红星学校", 单位类型="公园")], "B"),
        ([row("东区", "红星学校", 联系电话=1234567890123456)], "G"),
        ([row("东区", "红星学校", 联系电话="1" * 41)], "G"),
        ([row("东区", "红星学校", 联系人="=NA()")], "F"),
        ([row("东区", "红星学校", 其他名称="晴川一中")], "E"),
        ([row("东区", "红星学校", 其他名称="长" * 201)], "E"),
        ([row("东区", "晴川一中"), row("东区", "晴川一中")], "C"),
        ([row("东区", "红星学校"), row("东区", "红星 学校")], "C"),
        ([row("东区", "红星学校", 其他名称="红星"), row("东区", "火炬学校", 其他名称="红星")], "E"),
        ([row("东区"), row("东区")], "A"),
        ([row("北城区", "北山小学"), row("北城 区", "南山小学")], "A"),
    ],
)
def test_a_wrong_row_is_named_with_its_cell(made: Open, rows: list[Cells], column: str) -> None:
    plan = plan_of(*rows)
    assert statuses(plan)[-1] == WRONG
    assert [fault.column for fault in plan.lines[-1].faults] == [column]
    assert "%(" not in plan.lines[-1].faults[0].text
    assert WRONG not in statuses(plan)[:-1]


# ---- perhaps the same


@pytest.mark.parametrize("name", ["晴川市第一中学", "晴川 一中", "晴川一中学", "晴川一种"])
def test_a_near_name_is_held_back_with_its_candidates(made: Open, name: str) -> None:
    plan = plan_of(row("东区", name))
    assert (statuses(plan), offers(plan), plan.good) == ([ASKED], ["晴川一中"], [])


def test_an_alias_is_asked_about_too_and_says_what_would_change(made: Open) -> None:
    put(made.schools["晴川二中"], aliases=["附中"])
    (one,) = only(plan_of(row("东区", "附中", 联系人="周老师"))).candidates
    assert (one.name, one.is_alias) == ("晴川二中", True)
    assert one.changes == (("联系人 Contact", "", "周老师"),)


def test_schools_of_other_units_are_no_candidates(made: Open) -> None:
    assert statuses(plan_of(row("西区", "晴川 一中"))) == [NEW]


def test_it_is_this_one_keeps_the_written_name_as_another_name(made: Open) -> None:
    school = made.schools["晴川一中"]
    line = only(plan_of(row("东区", "晴川市第一中学", 联系人="周老师"), row_2=school.key))
    assert (line.status, line.school) == (CHANGED, school)
    assert ("其他名称 Other names", "", "晴川市第一中学") in line.changes


def test_it_is_a_new_school(made: Open) -> None:
    line = only(plan_of(row("东区", "晴川市第一中学"), row_2="new"))
    assert (line.status, line.school) == (NEW, None)


def test_only_an_offered_answer_is_an_answer(made: Open) -> None:
    for answer in ("", "x", made.schools["晴川二中"].key, made.schools["西山中学"].key):
        assert statuses(plan_of(row("东区", "晴川市第一中学"), row_2=answer)) == [ASKED]
    assert statuses(plan_of(row("东区", "红星学校"), row_2=made.schools["晴川二中"].key)) == [NEW]


def test_two_rows_cannot_both_be_one_school(made: Open) -> None:
    key = made.schools["晴川一中"].key
    rows = [row("东区", "晴川一中"), row("东区", "晴川市第一中学"), row("东区", "晴川一中学")]
    assert statuses(plan_of(*rows, row_3=key)) == [SAME, WRONG, ASKED]
    assert statuses(plan_of(*rows[1:], row_2=key, row_3=key)) == [CHANGED, WRONG]


def test_near_names_within_a_list_are_pointed_out(made: Open) -> None:
    plan = plan_of(row("东区", "红星实验小学"), row("东区", "东区红星实验小学"))
    assert (statuses(plan), [line.near for line in plan.lines]) == ([NEW, NEW], [[], ["红星实验小学"]])


# ---- units


def test_a_near_unit_holds_all_its_rows_back_until_it_is_answered(made: Open) -> None:
    rows = [row("东 区", "晴川一中"), row("东 区", "红星学校"), row("西区", "西山中学")]
    plan = plan_of(*rows)
    assert (statuses(plan), [one.name for one in plan.units]) == ([ASKED, ASKED, SAME], ["东 区"])
    assert statuses(plan_of(*rows, unit_2=made.units["东区"].key)) == [SAME, NEW, SAME]
    plan = plan_of(*rows, unit_2="new")
    assert (statuses(plan), plan.lines[0].is_new_unit) == ([NEW, NEW, SAME], True)
    assert statuses(plan_of(*rows, unit_2="x")) == [ASKED, ASKED, SAME]
    assert plan.digest != plan_of(*rows).digest


def test_an_english_unit_is_known_by_its_english_name(made: Open) -> None:
    District.objects.filter(label_zh="东区").update(label_en="East")
    assert statuses(plan_of(row("East", "晴川一中"))) == [SAME]


# ---- files, digest, cost


def as_csv(encoding: str) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([HEAD, row("东区", "晴川一中"), row("北区", "𬱖川小学")])
    return text.getvalue().encode(encoding)


FILES = {
    "xlsx": lambda: book(名单=[HEAD, row("东区", "晴川一中"), row("北区", "𬱖川小学")]),
    "csv in UTF-8": lambda: as_csv("utf-8"),
    "csv in GBK": lambda: as_csv("gb18030"),
    "title above": lambda: book(名单=[["滁州市学校名单"], HEAD, row("东区", "晴川一中"), row("北区", "𬱖川小学")]),
}


@pytest.mark.parametrize("name", FILES)
def test_every_kind_of_file_reads_the_same(made: Open, name: str) -> None:
    plan = places_plan(read_places(FILES[name]()))
    assert (statuses(plan), plan.problems, plan.lines[1].school_name) == ([SAME, NEW], [], "𬱖川小学")


@pytest.mark.parametrize("turn", range(len(HEAD)))
def test_headings_of_either_language_in_any_order(made: Open, turn: int) -> None:
    said = row(
        "东区", "红星学校", 单位类型="county", 联系人="周老师", 联系电话=13900000000, 其他名称="红星", 英文名称="Star"
    )
    for heads in (HEAD, [one.en for one in PLACE_LIST.columns]):
        line = only(plan_of([*said[turn:], *said[:turn]], head=[*heads[turn:], *heads[:turn]]))
        assert line.status == NEW
        assert line.values == {
            "contact": "周老师",
            "phone": "13900000000",
            "aliases": ("红星",),
            "name_en": "Star",
        }


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.4", "一二三".encode("gb18030")])
def test_what_is_no_list_is_one_clear_problem(made: Open, data: bytes) -> None:
    plan = places_plan(read_places(data))
    assert (plan.lines, len(plan.problems)) == ([], 1)


def test_planning_reads_only_and_costs_the_same_for_more_rows(made: Open, django_assert_num_queries: Any) -> None:
    before = everything()
    for rows in (2, 80):
        with django_assert_num_queries(2):
            plan_of(*(row(f"{n}区", f"甲{n}学校") for n in range(rows)))
    assert everything() == before
