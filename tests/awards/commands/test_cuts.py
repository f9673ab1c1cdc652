"""Where the cuts fall: ties, shares, caps, minimum scores; and who counts at all."""

from pathlib import Path

import pytest

from tests.factories.running import Run, run
from tests.factories.sheets import SMALL_PRIZES, TRACK, entry, judges, marks, plan, small
from tests.factories.workbooks import rows, workbook


def scored(*points: int) -> dict[str, tuple[int, int, int]]:
    """A1, A2, … with three equal sheets each."""
    return {f"A{at}": (one, one, one) for at, one in enumerate(points, 1)}


def prizes(done: Run) -> dict[str, str]:
    assert done.code == 0, done.complained
    return {number: prize for number, (_, _, prize) in done.standings().items() if prize}


def with_plan(points: dict, *levels: tuple[str, object], **more: object) -> bytes:
    made = small(points)
    made["奖项方案"] = plan(*levels, **more)
    return workbook(made)


def test_extend_gives_all_tied_the_better_prize_and_takes_it_from_the_next(tmp_path: Path) -> None:
    """95, 90, 90, 90, 80, 70 on 2 first, 2 second, 1 third.

    The second first prize is tied three ways: 4 firsts, which uses up both seconds. 80 is third, 70 has nothing.
    """
    data = with_plan(scored(95, 90, 90, 90, 80, 70), ("一等奖", 2), ("二等奖", 2), ("三等奖", 1), ties="并列都升")
    done = run(data, tmp_path / "out")
    assert prizes(done) == {"A1": "一等奖", "A2": "一等奖", "A3": "一等奖", "A4": "一等奖", "A5": "三等奖"}
    assert len(done.pages()) == 10


def test_shrink_gives_all_tied_the_lower_prize(tmp_path: Path) -> None:
    """95, 90, 90, 90, 80, 70 on 2, 4, 1: one first lapses; three seconds for the tied, one for 80; 70 is third."""
    data = with_plan(scored(95, 90, 90, 90, 80, 70), ("一等奖", 2), ("二等奖", 4), ("三等奖", 1), ties="并列都降")
    expected = {"A1": "一等奖", "A2": "二等奖", "A3": "二等奖", "A4": "二等奖", "A5": "二等奖", "A6": "三等奖"}
    assert prizes(run(data, tmp_path / "out")) == expected


def held() -> dict:
    """95, 95, 80, 70 on 1, 2, 1: the two best share one first and one second prize."""
    made = small(scored(95, 95, 80, 70))
    made["奖项方案"] = plan(("一等奖", 1), ("二等奖", 2), ("三等奖", 1))
    return made


def test_a_tie_across_a_cut_stops_the_list_and_is_named(tmp_path: Path) -> None:
    done = run(workbook(held()), tmp_path / "out")
    assert done.code == 1
    assert "A1, A2" in done.complained and "一等奖 × 1, 二等奖 × 1" in done.complained
    assert done.standings() == {
        "A1": (95, 1, None),
        "A2": (95, 1, None),
        "A3": (80, 3, "二等奖"),
        "A4": (70, 4, "三等奖"),
    }
    assert not {"award-list.xlsx", "award-list.pdf", "certificates.pdf"} & {one.name for one in done.out.iterdir()}
    assert [one["code"] for one in done.summary["problems"]] == ["tie-across-cut"]


def test_a_decision_resolves_the_tie(tmp_path: Path) -> None:
    made = held()
    made["评审决定"] = rows("作品编号 奖项 纪要", ("A2", "一等奖", "纪要1"), ("A1", "二等奖", "纪要1"))
    done = run(workbook(made), tmp_path / "out")
    assert prizes(done) == {"A1": "二等奖", "A2": "一等奖", "A3": "二等奖", "A4": "三等奖"}


@pytest.mark.parametrize(
    ("decided", "code"),
    [
        ((("A1", "一等奖"), ("A2", "一等奖")), "tie-over-seats"),
        ((("A1", "一等奖"),), "tie-across-cut"),
        ((("A1", "一等奖"), ("A2", "二等奖"), ("A4", "二等奖")), "decision-without-tie"),
    ],
)
def test_a_decision_that_does_not_fit_the_tie_is_found(tmp_path: Path, decided: tuple, code: str) -> None:
    made = held()
    made["评审决定"] = rows("作品编号 奖项 纪要", *((number, prize, "纪要") for number, prize in decided))
    done = run(workbook(made), tmp_path / "out")
    assert done.code == 1
    assert code in [one["code"] for one in done.summary["problems"]]


def test_two_decisions_on_one_entry_are_a_problem(tmp_path: Path) -> None:
    """The later one must not win silently."""
    made = held()
    lines = (("A1", "一等奖"), ("A2", "二等奖"), ("A1", "二等奖"), ("A2", "一等奖"))
    made["评审决定"] = rows("作品编号 奖项 纪要", *((number, prize, "纪要") for number, prize in lines))
    done = run(workbook(made), tmp_path / "out")
    assert done.problems() == [("twice", "评审决定", 4, "A"), ("twice", "评审决定", 5, "A")]


def test_ratio_one_two_four_with_a_cap_in_percent(tmp_path: Path) -> None:
    """20 entries, at most 60 % = 12 prizes in 1:2:4: 12/7 = 1.71 → 2, 3.43 → 3, 6.86 → 7; the 13th has nothing."""
    data = with_plan(
        scored(*range(99, 79, -1)), ("一等奖", 1), ("二等奖", 2), ("三等奖", 4), 方式="比例", 总数上限="60%"
    )
    expected = {f"A{n}": "一等奖" if n <= 2 else "二等奖" if n <= 5 else "三等奖" for n in range(1, 13)}
    done = run(data, tmp_path / "out")
    assert prizes(done) == expected
    assert done.summary["contests"][0]["prizes"] == {"first": 2, "second": 3, "third": 7}


@pytest.mark.parametrize(
    ("rounding", "counts"),
    # 7 entries: 15 % = 1.05, 35 % = 2.45, 50 % = 3.5; largest remainder: sum 7, whole parts 1 + 2 + 3, one left for .5
    [("四舍五入", (1, 2, 4)), ("舍去", (1, 2, 3)), ("进一", (2, 3, 2)), ("最大余额", (1, 2, 4))],
)
def test_shares_of_entries_are_rounded_as_the_plan_says(tmp_path: Path, rounding: str, counts: tuple) -> None:
    """Rounded up it would be 2, 3, 4 = 9 prizes; seven entries fill 2, 3 and 2."""
    data = with_plan(scored(*range(90, 83, -1)), ("一等奖", "15%"), ("二等奖", "35%"), ("三等奖", "50%"), 取整=rounding)
    found = run(data, tmp_path / "out").summary["contests"][0]["prizes"]
    assert tuple(found.values()) == counts


def test_a_share_from_a_cell_in_per_cent_is_not_taken_for_a_hundredth_of_it(tmp_path: Path) -> None:
    """A spreadsheet keeps 50 % as 0.5: three of six, or a problem; never none."""
    made = small()
    made["奖项方案"] = [{"赛项": TRACK, "奖项": "一等奖", "方式": "占作品百分比", "数量": 0.5}]
    done = run(workbook(made), tmp_path / "out")
    assert done.problems() or done.awarded() == {"A1": "一等奖", "A2": "一等奖", "A3": "一等奖"}


def test_a_minimum_score_lets_prizes_lapse(tmp_path: Path) -> None:
    """Three firsts from 90 up: only 95 and 90 reach it; 85 is not first, and the next level is not enlarged."""
    made = small(scored(95, 90, 85, 80))
    made["奖项方案"] = plan(("一等奖", 3), ("二等奖", 1))
    made["奖项方案"][0]["最低分"] = 90
    assert prizes(run(workbook(made), tmp_path / "out")) == {"A1": "一等奖", "A2": "一等奖", "A3": "二等奖"}


def test_recused_sheets_withdrawn_and_failed_entries_do_not_count(tmp_path: Path) -> None:
    """A1: J1 recused at 100, so (80 + 82 + 84)/3 = 82.  A3 would have been first and is withdrawn, A4 did not pass.

    Shares refer to the two that count: 50 % of 2 is one first prize.
    """
    made = small({"A1": (100, 80, 82, 84), "A2": (83, 83, 83), "A3": (99, 99, 99), "A4": (98, 98, 98)})
    made["评委"] = judges("J1", "J2", "J3", "J4")
    made["评分"][0]["回避"] = "是"
    made["参赛作品"][2]["审查结果"], made["参赛作品"][3]["审查结果"] = "撤回", "不通过"
    made["奖项方案"] = plan(("一等奖", "50%"), ("二等奖", "50%"))
    done = run(workbook(made), tmp_path / "out")
    assert done.code == 0
    assert done.standings() == {
        "A2": (83, 1, "一等奖"),
        "A1": (82, 2, "二等奖"),
        "A3": (None, None, None),
        "A4": (None, None, None),
    }
    text = "".join(done.pages())
    assert "学生A1" in text and "学生A3" not in text and "学生A4" not in text


def test_a_blank_mark_is_no_zero_but_a_missing_sheet(tmp_path: Path) -> None:
    made = small()
    made["评分"][-1]["总评"] = None
    done = run(workbook(made), tmp_path / "out")
    assert (done.code, [(one["code"], one["entry"]) for one in done.summary["problems"]]) == (
        1,
        [("sheets-missing", "A6")],
    )
    assert done.standings()["A6"][0] == 60.5


def test_groups_by_division_have_their_own_places(tmp_path: Path) -> None:
    """小学: 90 before 80; 初中: 70 before 60."""
    made = small(scored(90, 80, 70, 60))
    for line, division in zip(made["参赛作品"], ("小学", "小学", "初中", "初中"), strict=True):
        line["组别"] = division
    made["奖项方案"] = plan(("一等奖", 1), 组别="小学") + plan(("一等奖", 1), 组别="初中")
    found = run(workbook(made), tmp_path / "out").standings()
    assert {n: line[1:] for n, line in found.items()} == {
        "A1": (1, "一等奖"), "A2": (2, None), "A3": (1, "一等奖"), "A4": (2, None),
    }  # fmt: skip


def test_two_words_for_one_division_do_not_break_the_run(tmp_path: Path) -> None:
    made = small()
    for at, line in enumerate(made["参赛作品"]):
        line["组别"] = ("小学", "小学组")[at % 2]
    done = run(workbook(made), tmp_path / "out")
    assert done.problems() or done.awarded() == SMALL_PRIZES


def test_recognitions_add_points_and_never_hide_a_tie(tmp_path: Path) -> None:
    """东区 has A1 (5), A3 (3), A5 (1) = 9; 西区 has A2 (3), A4 (1), A6 (0) = 4. Tutors of A2 and A3 tie at 3 points."""
    made = small()
    made["表彰方案"] = rows(
        "称号|对象|名额|一等奖分|二等奖分|三等奖分|并列处理",
        ("优秀单位", "单位", 1, 5, 3, 1, None),
        ("优秀教师", "辅导教师", 2, 5, 3, 1, None),
    )
    done = run(workbook(made), tmp_path / "out")
    found = [(row["称号"], row["名称"], row["积分"]) for row in done.table("award-list.xlsx", "表彰 Recognitions")]
    assert found == [
        ("优秀单位", "东区", 9),
        ("优秀教师", "老师A1", 5),
        ("优秀教师", "老师A2", 3),
        ("优秀教师", "老师A3", 3),
    ]
    assert len(done.pages()) == 14
    made["表彰方案"][1]["并列处理"] = "交评委会"
    again = run(workbook(made), tmp_path / "held")
    assert again.code == 1, "two tutors are tied for the last place and nobody is told"


def test_a_criterion_may_be_called_like_a_column_of_ours_or_is_refused(tmp_path: Path) -> None:
    """得分 is the natural heading where one mark is given; it must not end as “sheets are missing”."""
    made = small()
    made["评分标准"][0]["指标"] = "得分"
    made["评分"] = marks({line["作品编号"]: () for line in made["参赛作品"]}) + [
        {"作品编号": line["作品编号"], "评委编号": line["评委编号"], "得分": line["总评"]} for line in made["评分"]
    ]
    done = run(workbook(made), tmp_path / "out")
    assert "sheets-missing" not in [one["code"] for one in done.summary["problems"]]


def test_entries_of_one_school_and_name_are_told_apart_by_codes(tmp_path: Path) -> None:
    made = small()
    made["参赛作品"][0] |= entry("A1", 作者="张三", 学生编号="01")
    made["参赛作品"][2] |= entry("A3", 作者="张三", 学生编号="02")
    assert prizes(run(workbook(made), tmp_path / "out")) == SMALL_PRIZES
