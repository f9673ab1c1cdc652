"""Rounds, methods, weights, minutes: scores and places worked out by hand."""

from pathlib import Path

from tests.factories.running import run
from tests.factories.sheets import TRACK, contest_record, criteria, entry, judges, marks, plan, small, track
from tests.factories.workbooks import rows, workbook


def two_rounds() -> dict:
    """初评 40 %, 终评 60 % for the finalists A1 and A2."""
    made = small({"A1": (90, 90), "A2": (80, 80), "A3": (99, 99), "A4": (70, 72)})
    made["轮次"] = rows("轮次名称 权重 仅入围作品", ("初评", "40%", "否"), ("终评", "60%", "是"))
    for line in made["评分"]:
        line["轮次"] = "初评"
    made["评分"] += marks({"A1": (80, 81), "A2": (95, 94)}, 轮次="终评")
    for line in made["参赛作品"]:
        line["入围"] = "是" if line["作品编号"] in ("A1", "A2") else None
    return made


def test_two_rounds_with_weights_put_finalists_first(tmp_path: Path) -> None:
    """A1: 0.4·90 + 0.6·80.5 = 36 + 48.3 = 84.3.  A2: 0.4·80 + 0.6·94.5 = 32 + 56.7 = 88.7.

    A3 (99) and A4 (71) were in no final: behind every finalist, in their own order.
    """
    done = run(workbook(two_rounds()), tmp_path / "out")
    assert done.code == 0
    assert done.standings() == {
        "A2": (88.7, 1, "一等奖"),
        "A1": (84.3, 2, "二等奖"),
        "A3": (99, 3, "二等奖"),
        "A4": (71, 4, "三等奖"),
    }
    assert len(done.pages()) == 8


def test_weights_of_rounds_are_compared_not_added_to_one(tmp_path: Path) -> None:
    """2 to 3 is 40 % to 60 %."""
    made = two_rounds()
    made["轮次"][0]["权重"], made["轮次"][1]["权重"] = 2, 3
    assert run(workbook(made), tmp_path / "out").standings()["A2"] == (88.7, 1, "一等奖")


def test_a_mark_in_the_final_for_who_is_no_finalist_is_a_problem(tmp_path: Path) -> None:
    made = two_rounds()
    made["评分"] += marks({"A3": (50, 50)}, 轮次="终评")
    done = run(workbook(made), tmp_path / "out")
    assert done.code == 1
    assert [(sheet, row) for _, sheet, row, _ in done.problems()] == [("评分", 14), ("评分", 15)]


def three_methods() -> dict:
    """Two criteria: 甲 out of 100 counts 0.6, 乙 out of 100 counts 0.4; five judges."""
    tracks = {"均": "平均分", "中": "中位数", "去": "去掉最高最低分"}
    points = {
        # weighted totals: 90, 80, 80, 60, 40
        "1": ((90, 90), (80, 80), (90, 65), (60, 60), (40, 40)),
        # weighted totals: 70, 70, 70, 71, 73
        "2": ((70, 70), (70, 70), (66, 76), (71, 71), (73, 73)),
    }
    made = {
        "大赛": contest_record(得分小数位=1),
        "赛项": [track(name, 计分方法=method) for name, method in tracks.items()],
        "评分标准": criteria(("甲", 100), ("乙", 100), weights=(0.6, 0.4)),
        "参赛作品": [entry(f"{name}{n}", 赛项=name) for name in tracks for n in points],
        "评委": judges("J1", "J2", "J3", "J4", "J5"),
        "评分": [
            {
                "作品编号": f"{name}{n}",
                "评委编号": f"J{at}",
                "甲": first,
                "乙": second,
                "合计": first * 0.6 + second * 0.4,
            }
            for name in tracks
            for n, given in points.items()
            for at, (first, second) in enumerate(given, 1)
        ],
        "奖项方案": [line for name in tracks for line in plan(("一等奖", 1), ("二等奖", 1), track=name)],
    }
    for line in made["评分"]:
        line["合计"] = round(line["合计"], 2)
    return made


def test_mean_median_and_trimmed_mean_with_weights(tmp_path: Path) -> None:
    """1: 90, 80, 0.6·90+0.4·65 = 80, 60, 40.  2: 70, 70, 0.6·66+0.4·76 = 70, 71, 73.

    mean     1: 350/5 = 70        2: 354/5 = 70.8
    median   1: 80                2: 70
    trimmed  1: (80+80+60)/3 = 73.33 → 73.3    2: (70+70+71)/3 = 70.33 → 70.3
    """
    done = run(workbook(three_methods()), tmp_path / "out")
    assert done.code == 0
    assert done.standings() == {
        "均1": (70, 2, "二等奖"),
        "均2": (70.8, 1, "一等奖"),
        "中1": (80, 1, "一等奖"),
        "中2": (70, 2, "二等奖"),
        "去1": (73.3, 1, "一等奖"),
        "去2": (70.3, 2, "二等奖"),
    }


def test_trimmed_mean_of_three_sheets_drops_nothing(tmp_path: Path) -> None:
    """(100 + 50 + 60)/3 = 70; with four sheets (100, 50, 60, 64): (60 + 64)/2 = 62."""
    made = small({"A1": (100, 50, 60), "A2": (100, 50, 60, 64)})
    made["赛项"] = [track(计分方法="去掉一个最高分和一个最低分", 每件评委数=3)]
    made["评委"] = judges("J1", "J2", "J3", "J4")
    found = run(workbook(made), tmp_path / "out").standings()
    assert found == {"A1": (70, 1, "一等奖"), "A2": (62, 2, "二等奖")}


def test_a_half_is_rounded_up_and_ties_are_compared_as_published(tmp_path: Path) -> None:
    """(80.4 + 80.5)/2 = 80.45 → 80.5, which ties with (80.5 + 80.5)/2: with one first prize the plan may not choose."""
    made = small({"A1": (80.5, 80.5), "A2": (80.4, 80.5), "A3": (70, 70)})
    made["大赛"] = contest_record(得分小数位=1)
    done = run(workbook(made), tmp_path / "out")
    assert done.code == 1
    assert {n: line[:2] for n, line in done.standings().items()} == {"A1": (80.5, 1), "A2": (80.5, 1), "A3": (70, 3)}
    assert "A1, A2" in done.complained


def test_two_medians_of_even_numbers_are_the_mean_of_the_middle(tmp_path: Path) -> None:
    """(60, 70, 75, 100): 72.5; (10, 71, 73, 74): 72."""
    made = small({"A1": (60, 100, 70, 75), "A2": (10, 74, 71, 73)})
    made["赛项"] = [track(计分方法="median")]
    made["评委"] = judges("J1", "J2", "J3", "J4")
    assert run(workbook(made), tmp_path / "out").standings() == {"A1": (72.5, 1, "一等奖"), "A2": (72, 2, "二等奖")}


def test_a_track_by_minutes_beside_one_by_marks(tmp_path: Path) -> None:
    made = small()
    made["赛项"] += [{"赛项名称": "论文", "计分方法": "平均分", "评审方式": "纪要"}]
    made["参赛作品"] += [
        entry("P1", 赛项="论文", 奖项="二等奖"),
        entry("P2", 赛项="论文"),
        entry("P3", 赛项="论文", 奖项="一等奖", 审查结果="不通过"),
        entry("P4", 赛项="论文", 奖项="最佳人气奖"),
    ]
    done = run(workbook(made), tmp_path / "out")
    assert done.code == 0
    found = done.standings()
    assert (found["P1"], found["P2"], found["P3"]) == ((None, None, "二等奖"), (None, None, None), (None, None, None))
    assert done.awarded()["P4"] == "最佳人气奖"
    assert done.summary["contests"][0]["tracks"] == [
        {"name": TRACK, "entries": 6, "prizes": {"first": 1, "second": 2, "third": 2}},
        {"name": "论文", "entries": 4, "prizes": {"first": 0, "second": 1, "third": 0, "最佳人气奖": 1}},
    ]
    assert not any("学生P3" in page for page in done.pages())
