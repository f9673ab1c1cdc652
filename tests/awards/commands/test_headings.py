"""Whatever an office calls its columns, and wherever it puts them, the same prizes come out."""

from pathlib import Path

from tests.factories.running import run
from tests.factories.sheets import SMALL_PRIZES, contest_record, criteria, marks, small
from tests.factories.workbooks import rows, workbook

# Means: (95+93+94)/3 = 94, (90+91+89)/3 = 90, 85, (80+82+81)/3 = 81, (70+71+72)/3 = 71, (60+61+62)/3 = 61.
EXPECTED = {
    "A1": (94, 1, "一等奖"),
    "A2": (90, 2, "二等奖"),
    "A3": (85, 3, "二等奖"),
    "A4": (81, 4, "三等奖"),
    "A5": (71, 5, "三等奖"),
    "A6": (61, 6, None),
}


def odd_chinese() -> bytes:
    """Columns from right to left, remarks in headings, columns of the office's own, titles above."""
    sheets = small()
    others = {"作品编号": "项 目 编 号*", "作品名称": "项目名称（全称）", "赛项": "类别", "学校": "所在学校", "推荐单位": "区 县",
              "作者": "学生姓名", "辅导教师": "指导老师（限两名）"}  # fmt: skip
    entries = [
        {"备注": f"第{at}行", **{others[name]: row[name] for name in reversed(row)}, "联系电话": "请勿外传"}
        for at, row in enumerate(sheets["参赛作品"], 1)
    ]
    scores = [
        {"总评（100分）": row["总评"], "评委": row["评委编号"], "作品": row["作品编号"]} for row in sheets["评分"]
    ]
    made = {
        "说明": rows("请先读我", ("本页不读",)),
        "评分标准": sheets["评分标准"],
        "作品名单": entries,
        "打分": scores,
        "评审专家": sheets["评委"],
        "奖项设置": sheets["奖项方案"],
        "基本信息": sheets["大赛"],
        "类别": [{"赛项": "创新项目", "得分计算": "平均"}],
    }
    return workbook(made, above={"作品名单": ["2026年晴川青少年科技竞赛报名汇总表"], "打分": ["终评打分表", "", "密"]})


def english() -> bytes:
    schools = ("Qingchuan No. 1", "Qingchuan No. 2")
    base = small()["评分"]
    return workbook(
        {
            "Contest": {"Contest name": "Qingchuan Fair", "Edition": 1, "As of": "2026-05-01 17:00",
                        "Certificate language": "English"},
            "Tracks": rows("Track|Method", ("Innovation", "mean")),
            "Rubric": rows("Criterion|Maximum", ("Overall", 100)),
            "Entries": rows(
                "Entry number|Title|Track|School|District|Authors|Tutors",
                *((f"A{n}", f"Work {n}", "innovation", schools[n % 2], "East", f"Author {n}", f"Tutor {n}")
                  for n in range(1, 7)),
            ),
            "Judges": rows("Judge|Name", ("J1", "Ann"), ("J2", "Ben"), ("J3", "Cat")),
            "Marks": [{"Entry": row["作品编号"], "Judge": row["评委编号"], "OVERALL": row["总评"]} for row in base],
            "Prize plan": rows("Track|Prize|Value", ("Innovation", "First Prize", 1), ("Innovation", "second", 2),
                               ("Innovation", "3rd", 2)),
        }
    )  # fmt: skip


def test_chinese_headings_in_odd_order_give_the_prizes(tmp_path: Path) -> None:
    done = run(odd_chinese(), tmp_path / "out")
    assert (done.code, done.complained) == (0, "")
    assert done.standings() == EXPECTED
    assert done.awarded() == SMALL_PRIZES
    assert done.summary["contests"][0]["prizes"] == {"first": 1, "second": 2, "third": 2}
    assert done.summary["certificates"] == len(done.pages()) == 10  # five authors and five tutors


def test_unknown_columns_of_entries_come_back_in_the_standings_and_nowhere_else(tmp_path: Path) -> None:
    done = run(odd_chinese(), tmp_path / "out")
    found = {row["作品编号"]: row["备注"] for row in done.table("standings.xlsx", "排名 获奖名单 Awards")}
    assert found["A1"] == "第1行"
    assert "请勿外传" not in "".join(done.pages() + done.pages("award-list.pdf"))
    assert "联系电话" not in done.table("award-list.xlsx", "获奖名单 Awards")[0]


def test_english_headings_give_the_prizes(tmp_path: Path) -> None:
    done = run(english(), tmp_path / "out", "--language=en")
    words = {"一等奖": "First Prize", "二等奖": "Second Prize", "三等奖": "Third Prize", None: None}
    assert done.code == 0
    assert done.standings() == {n: (score, place, words[prize]) for n, (score, place, prize) in EXPECTED.items()}
    pages = done.pages()
    assert len(pages) == 10
    assert all("QingchuanFair" in page for page in pages)
    assert "Author1" in pages[0] and "FirstPrize" in pages[0]
    assert not any("Author6" in page for page in pages)


def test_long_marks_give_the_same_as_wide_ones(tmp_path: Path) -> None:
    sheets = small()
    sheets["评分"] = [
        {"作品编号": row["作品编号"], "评委编号": row["评委编号"], "指标": "总评", "分数": row["总评"]}
        for row in sheets["评分"]
    ]
    assert run(workbook(sheets), tmp_path / "out").standings() == EXPECTED


def test_only_the_required_sheets_are_enough_where_minutes_decide(tmp_path: Path) -> None:
    made = {
        "大赛": {"大赛名称": "小小赛", "结果时刻": "2026-05-01"},
        "赛项": rows("赛项名称|评审方式", ("征文", "纪要")),
        "参赛作品": rows(
            "作品编号|作品名称|赛项|学校|推荐单位|作者|奖项",
            ("B1", "甲", "征文", "晴川一中", "东区", "甲生", "一等奖"),
            ("B2", "乙", "征文", "晴川一中", "东区", "乙生、丙生", "优秀奖"),
            ("B3", "丁", "征文", "晴川一中", "东区", "丁生", None),
        ),
    }
    done = run(workbook(made), tmp_path / "out")
    assert done.code == 0
    assert done.awarded() == {"B1": "一等奖", "B2": "优秀奖"}
    assert done.summary["contests"][0]["prizes"] == {"first": 1, "second": 0, "third": 0, "merit": 1}
    pages = done.pages()
    assert len(pages) == 2
    assert "甲生" in pages[0] and "乙生、丙生" in pages[1]


def test_a_column_may_stand_far_right_and_marks_far_down(tmp_path: Path) -> None:
    sheets = small()
    sheets["评分标准"] = criteria(("甲", 50), ("乙", 50))
    sheets["评分"] = [
        {"作品编号": row["作品编号"], "评委编号": row["评委编号"], **{f"空{n}": None for n in range(30)},
         "乙": row["总评"] - 45, "甲": 45}
        for row in sheets["评分"]
    ]  # fmt: skip
    assert run(workbook(sheets), tmp_path / "out").standings() == EXPECTED


def test_a_contest_where_nobody_wins_is_a_result(tmp_path: Path) -> None:
    made = small({"A1": (50, 50, 50)})
    made["大赛"] = contest_record()
    made["评分"] = marks({"A1": (50, 50, 50)})
    made["奖项方案"][0]["最低分"] = 60
    made["奖项方案"] = made["奖项方案"][:1]
    done = run(workbook(made), tmp_path / "out")
    assert done.code == 0
    assert done.standings() == {"A1": (50, 1, None)}
