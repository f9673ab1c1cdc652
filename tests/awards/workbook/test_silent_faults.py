"""What a workbook says twice, or of nobody, is said back to the office: never the later word, never a traceback."""

from pathlib import Path
from typing import Any

import pytest
from django.db.models import CharField

from competition.models import Contest
from judging.models import Assignment
from tests.factories.running import Run, run
from tests.factories.sheets import SMALL, Sheets, criteria, entry, judges, marks, small, votes, with_mayor
from tests.factories.workbooks import rows, workbook


def long_marks(base: Sheets) -> list[dict[str, Any]]:
    return [
        {"作品编号": one["作品编号"], "评委编号": one["评委编号"], "指标": "总评", "分数": one["总评"]}
        for one in base["评分"]
    ]


def bilingual(wide: bool) -> Sheets:
    made = small()
    made["评分标准"][0]["英文指标"] = "Overall"
    if not wide:
        made["评分"] = long_marks(made)
    return made


def two_columns() -> Sheets:
    made = small()
    made["评分"] = [line | {"总评（100分）": 1} for line in made["评分"]]
    return made


def two_languages() -> Sheets:
    made = bilingual(wide=True)
    made["评分"] = [line | {"Overall": 1} for line in made["评分"]]
    return made


def two_lines() -> Sheets:
    made = bilingual(wide=False)
    made["评分"].append({"作品编号": "A1", "评委编号": "J1", "指标": "Overall", "分数": 1})
    return made


def both_forms() -> Sheets:
    made = small()
    made["评分"].append({"作品编号": "A1", "评委编号": "J1", "指标": "总评", "分数": 1})
    return made


@pytest.mark.parametrize("sheets", [two_columns, two_languages, two_lines, both_forms])
def test_two_marks_for_one_criterion_are_a_problem(tmp_path: Path, sheets) -> None:
    done = run(workbook(sheets()), tmp_path / "out")
    assert done.code == 1
    assert {sheet for _, sheet, _, _ in done.problems()} == {"评分"}


def test_a_criterion_for_all_rounds_and_again_for_one_is_no_crash(tmp_path: Path) -> None:
    made = small()
    made["轮次"] = [{"轮次名称": "评审"}]
    made["评分标准"] = [{"轮次": None, "指标": "总评", "满分": 100}, {"轮次": "评审", "指标": "总评", "满分": 100}]
    done = run(workbook(made), tmp_path / "out")
    assert done.problems() or done.code == 0


SENT = {"大赛名称": "省赛", "日期": "2026-04-01", "作品编号": "S1", "作品名称": "某作", "赛项": "创新", "学校": "晴川一中",
        "作者": "学生A1", "奖项": "一等奖"}  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        ([SENT, SENT | {"作者": "别人"}], (3, "D")),
        ([SENT | {"作者": "张三、张三"}], (2, "H")),
    ],
)
def test_a_delegation_with_a_number_or_an_author_twice_is_a_problem(tmp_path: Path, lines: list, place: tuple) -> None:
    made = small()
    made["代表队"] = [{"大赛名称": None, "级别": None, "日期": None} | line for line in lines]
    found = run(workbook(made), tmp_path / "out").problems()
    assert [(sheet, row) for _, sheet, row, _ in found] == [("代表队", place[0])]


def award(**terms: Any) -> Sheets:
    points = {f"M{n}": (100 - 10 * n,) * 3 for n in range(1, 5)}
    made = with_mayor(small(), points, [line for n in range(1, 5) for line in votes(f"M{n}", yes="abcdefghi")])
    made["市长奖"] |= terms
    return made


def winners(done: Run) -> list[str]:
    assert done.code == 0, done.complained
    return sorted(done.awarded("市长奖 Mayor_s Award"))


@pytest.mark.parametrize("word", ["一等奖及以上", "一等将", "国家一等奖"])
def test_an_eligibility_prize_that_is_none_lets_nobody_in(tmp_path: Path, word: str) -> None:
    """All four have a second prize. An unknown word must not mean “any prize”."""
    made = award()
    made["参评条件"][0]["最低奖项"] = word
    done = run(workbook(made), tmp_path / "out")
    assert done.problems() or done.summary["mayors_awards"][0]["students"] == 0


@pytest.mark.parametrize("cell", [{"学校": "晴川一小"}, {"姓名": "候选一"}, {"奖项": "国家二等将"}])
def test_an_achievement_of_nobody_is_a_problem(tmp_path: Path, cell: dict[str, str]) -> None:
    """A slip of the pen must not cost M1 the award silently."""
    made = award()
    made["其他成果"][0] |= cell
    found = run(workbook(made), tmp_path / "out").problems()
    assert [(sheet, row) for _, sheet, row, _ in found] == [("其他成果", 2)]


def test_an_achievement_twice_is_no_crash(tmp_path: Path) -> None:
    made = award()
    made["其他成果"].append(made["其他成果"][0])
    done = run(workbook(made), tmp_path / "out")
    assert done.problems() or winners(done) == ["M1", "M2"]


def test_two_years_of_one_higher_contest_keep_their_dates(tmp_path: Path) -> None:
    """M1's only prize is of 2020; the window begins in 2025. The other line of 2026 must not bring it in."""
    made = award()
    made["其他成果"] = made["其他成果"][1:]
    made["参评条件"] = rows("对象|最低奖项|不早于", ("学生", "三等奖", "2025-01-01"))
    old = SENT | {"作者": "候选1", "日期": "2020-04-01"}
    made["代表队"] = [SENT | {"作品编号": "S2", "日期": "2026-04-01"}, old]
    done = run(workbook(made), tmp_path / "out")
    assert done.problems() or winners(done) == ["M2", "M3"]


def test_two_thirds_out_of_a_number_cell_are_two_thirds(tmp_path: Path) -> None:
    """=2/3 is kept as 0.6666…67, a little more: six of nine must still do."""
    made = award(通过票数比例=2 / 3)
    made["投票"] = [line for n in (1, 2) for line in votes(f"M{n}", yes="abcdef", no="ghi")]
    assert winners(run(workbook(made), tmp_path / "out")) == ["M1", "M2"]


def test_a_school_name_in_two_districts_still_recuses_its_judge(tmp_path: Path) -> None:
    """Which of the two is meant is not known, so neither may be marked."""
    made = small()
    del made["评分"]
    made["参赛作品"] = [entry(f"A{n}", school="实验小学", district="东西"[n % 2] + "区") for n in range(1, 7)]
    made["参赛作品"] += [entry("B1", school="晴川一中")]
    made["评委"] = judges("J1", "J2", "J3", "J4")
    made["评委"][0]["单位"] = "实验小学"
    done = run(workbook(made), tmp_path / "out")
    assert done.code == 0, done.complained
    with done.database():
        assert set(Assignment.objects.filter(judge__code="J1").values_list("entry__number", flat=True)) == {"B1"}


def test_one_title_for_schools_and_tutors(tmp_path: Path) -> None:
    made = small()
    made["表彰方案"] = rows("称号|对象|名额|一等奖分", ("优秀", "辅导教师", 1, 5), ("优秀", "学校", 1, 5))
    first = run(workbook(made), tmp_path / "out")
    made["评分"] = marks(SMALL | {"A1": (10, 10, 10)})
    again = run(workbook(made), tmp_path / "out")
    assert first.problems() or len(again.table("award-list.xlsx", "表彰 Recognitions")) == 2


def longest() -> Sheets:
    """Texts that the manual allows and that fit on paper, longer than a code of ours."""
    wide = {"赛项": "赛" * 45, "组别": "组" * 45, "学科": "学" * 45, "作品名称": "作" * 60}
    made = small()
    made["大赛"] |= {"大赛名称": "大" * 60, "系列名称": "系" * 200, "证书编号格式": "N" * 52 + "{serial}"}
    made["赛项"][0]["赛项名称"] = made["奖项方案"][0]["赛项"] = wide["赛项"]
    made["参赛作品"] = [line | wide for line in made["参赛作品"]]
    for line in made["奖项方案"]:
        line["赛项"] = wide["赛项"]
    made["轮次"] = [{"轮次名称": "轮" * 45}]
    made["评分标准"] = criteria(("总评", 100))
    made["表彰方案"] = rows("称号|对象|名额|一等奖分", ("优" * 150, "学校", 1, 5))
    return made


def test_no_text_outgrows_its_column(tmp_path: Path) -> None:
    """SQLite takes any length; PostgreSQL would break off with an error. Either a problem, or it fits."""
    from django.apps import apps

    done = run(workbook(longest()), tmp_path / "out")
    if done.problems():
        assert {code for code, *_ in done.problems()} == {"too-long"}
        return
    too_long = set()
    with done.database():
        assert Contest.objects.exists()
        for model in apps.get_models():
            fields = [one for one in model._meta.concrete_fields if type(one) is CharField]
            for values in model._default_manager.values_list(*(one.name for one in fields)) if fields else ():
                too_long |= {str(f) for f, v in zip(fields, values, strict=True) if v and len(v) > (f.max_length or 0)}
    assert too_long == set()
