"""Workbooks with every kind of fault, and where each one stands: (code, sheet, row, column)."""

from typing import Any

from tests.factories.sheets import TRACK, contest_record, criteria, entry, plan, small, votes, with_mayor
from tests.factories.workbooks import cells_of, rows

Found = tuple[str, str, int, str]
PLANTED: set[Found] = {
    ("bad-pattern", "大赛", 4, "B"),
    ("not-a-choice", "赛项", 3, "B"),
    ("not-whole", "赛项", 3, "C"),
    ("twice", "赛项", 6, "A"),
    ("track-without-plan", "赛项", 5, "A"),
    ("track-without-rubric", "赛项", 5, "A"),
    ("track-without-rubric", "赛项", 5, "A"),
    ("bad-weight", "轮次", 3, "B"),
    ("not-yes-no", "轮次", 3, "C"),
    ("unknown-track", "评分标准", 4, "A"),
    ("unknown-round", "评分标准", 5, "B"),
    ("bad-maximum", "评分标准", 6, "D"),
    ("twice", "评分标准", 7, "C"),
    ("criterion-name-taken", "评分标准", 8, "C"),
    ("value-missing", "学校", 4, "B"),
    ("twice", "学校", 5, "A"),
    ("twice", "参赛作品", 3, "A"),
    ("unknown-track", "参赛作品", 4, "C"),
    ("unknown-division", "参赛作品", 5, "D"),
    ("unknown-school", "参赛作品", 6, "E"),
    ("school-in-several-districts", "参赛作品", 7, "F"),
    ("school-elsewhere", "参赛作品", 8, "F"),
    ("authors-missing", "参赛作品", 9, "G"),
    ("too-many-authors", "参赛作品", 10, "G"),
    ("too-many-tutors", "参赛作品", 11, "I"),
    ("codes-do-not-fit", "参赛作品", 12, "H"),
    ("person-twice", "参赛作品", 13, "G"),
    ("prize-by-marks", "参赛作品", 14, "K"),
    ("student-over-limit", "参赛作品", 15, "G"),
    ("excel-error", "参赛作品", 16, "B"),
    ("too-long", "参赛作品", 17, "B"),
    ("group-has-authors", "参赛作品", 18, "G"),
    ("group-without-name", "参赛作品", 18, "J"),
    ("unknown-track", "评委", 5, "E"),
    ("unknown-conflict", "评委", 6, "F"),
    ("too-low", "评委", 6, "G"),
    ("digits-lost", "评委", 6, "H"),
    ("unknown-entry", "评委分配", 3, "A"),
    ("unknown-judge", "评委分配", 4, "B"),
    ("in-conflict", "评委分配", 5, "B"),
    ("judge-of-other-track", "评委分配", 22, "B"),
    ("judge-of-other-track", "评委分配", 36, "B"),
    ("not-assigned", "评分", 4, "B"),
    ("judge-of-other-track", "评分", 4, "B"),
    ("sheet-twice-marked", "评分", 5, "A"),
    ("mark-out-of-range", "评分", 6, "D"),
    ("mark-too-fine", "评分", 7, "D"),
    ("not-a-number", "评分", 8, "D"),
    ("criterion-of-another-track", "评分", 9, "E"),
    ("unknown-criterion", "评分", 10, "F"),
    ("total-differs", "评分", 11, "H"),
    ("not-a-finalist", "评分", 12, "A"),
    ("bad-seats", "奖项方案", 3, "D"),
    ("too-high", "奖项方案", 4, "D"),
    ("cap-missing", "奖项方案", 5, "E"),
    ("cap-missing", "奖项方案", 6, "E"),
    ("group-disagrees", "奖项方案", 6, "F"),
    ("unknown-entry", "评审决定", 2, "A"),
    ("unknown-prize", "评审决定", 3, "B"),
    ("not-a-date", "代表队", 2, "B"),
    ("award-without-rubric", "市长奖", 1, "B"),
    ("unknown-nominee", "投票", 3, "C"),
    ("vote-twice", "投票", 4, "B"),
}


def contest_part() -> dict[str, Any]:
    return {
        "大赛": contest_record(证书编号格式="A-{year}"),
        "赛项": rows(
            "赛项名称|计分方法|每件评委数|评审方式|以集体名义",
            (TRACK, "平均分", None, None, None),
            ("绘画", "抽签", 2.5, None, None),
            ("征文", None, None, "纪要", None),
            ("实践", None, None, None, "是"),
            (TRACK + " ", None, None, None, None),
        ),
        "组别": rows("组别名称", ("小学",), ("初中",)),
        "轮次": rows("轮次名称|权重|仅入围作品", ("初评", "40%", "否"), ("终评", "0", "也许"), ("决赛", "1", "是")),
        "评分标准": rows(
            "赛项|轮次|指标|满分",
            (TRACK, None, "总评", 100),
            ("绘画", None, "想象力", 50),
            ("书法", None, "笔力", 50),
            (TRACK, "复评", "潜力", 50),
            ("绘画", None, "色彩", 0),
            (TRACK, None, "总评", 90),
            ("绘画", "终评", "评语", 10),
        ),
        "学校": rows(
            "学校名称|推荐单位",
            ("晴川一中", "东区"), ("晴川二中", "西区"), ("晴川三中", None), ("晴川一中", "东区"),
            ("实验小学", "东区"), ("实验小学", "西区"),
        ),
    }  # fmt: skip


def entries_part() -> list[dict[str, Any]]:
    blank = {"学生编号": None, "辅导教师": None, "集体名称": None, "奖项": None}
    plain = [
        {"作品编号": f"A{n}", "作品名称": f"作品{n}", "赛项": TRACK, "组别": "小学", "学校": "晴川二中", "推荐单位": None,
         "作者": f"甲生{n}"} | blank
        for n in range(1, 18)
    ]  # fmt: skip
    faults = {
        3: {"作品编号": "A1"}, 4: {"赛项": "书画"}, 5: {"组别": "老年"}, 6: {"学校": "晴川二种"}, 7: {"学校": "实验小学"},
        8: {"推荐单位": "东区"}, 9: {"作者": None}, 10: {"作者": "子、丑、寅、卯"}, 11: {"辅导教师": "子师；丑师；寅师；卯师"},
        12: {"作者": "双甲、双乙", "学生编号": "1"}, 13: {"作者": "同人、同人"}, 14: {"奖项": "一等奖"}, 15: {"作者": "甲生1"},
        16: {"作品名称": "#REF!"}, 17: {"作品名称": "长" * 301}, 18: {"赛项": "实践"},
    }  # fmt: skip
    return [line | faults.get(row, {}) for row, line in enumerate(plain, 2)]


def judging_part() -> dict[str, Any]:
    judges = rows(
        "评委编号|姓名|单位|区县|评审赛项|回避|最多评审件数|电话",
        ("J1", "甲评", None, None, TRACK, None, None, None),
        ("J2", "乙评", "晴川二中", None, None, None, None, None),
        ("J3", "丙评", None, None, None, None, 5, None),
        ("J4", "丁评", None, None, "书法", None, None, None),
        ("J5", "戊评", None, None, None, "无名氏", -1, 1234567890123456789),
    )
    assigned = [("A1", "J1"), ("Z9", "J1"), ("A1", "J9"), ("A1", "J2")]
    numbers = [f"A{n}" for n in range(3, 18)]  # there is no A2: its row says A1 again
    assigned += [(one, "J3") for one in ("A1", *numbers)] + [(one, "J1") for one in numbers]
    marks = rows(
        "作品编号|评委编号|轮次|总评|想象力|指标|分数|合计",
        ("A1", "J1", "初评", 90, None, None, None, 90),
        ("A1", "J3", "初评", 90.25, None, None, None, None),
        ("A1", "J4", "初评", 90, None, None, None, None),
        ("A1", "J1", "初评", 91, None, None, None, None),
        ("A4", "J1", "初评", 101, None, None, None, None),
        ("A5", "J1", "初评", 90.125, None, None, None, None),
        ("A6", "J1", "初评", "优", None, None, None, None),
        ("A7", "J1", "初评", 80, 40, None, None, None),
        ("A8", "J1", "初评", None, None, "气质", 5, None),
        ("A9", "J1", "初评", 80, None, None, None, 81),
        ("A1", "J1", "决赛", 80, None, None, None, None),
    )
    return {"评委": judges, "评委分配": rows("作品编号|评委编号", *assigned), "评分": marks}


def prizes_part() -> dict[str, Any]:
    return {
        "奖项方案": rows(
            "赛项|组别|奖项|数量|总数上限|并列处理|方式",
            (TRACK, None, "一等奖", "1", None, None, None),
            (TRACK, None, "二等奖", "1.5", None, None, None),
            (TRACK, None, "三等奖", "150%", None, None, None),
            ("绘画", None, "一等奖", "1", None, "并列都升", "比例"),
            ("绘画", None, "二等奖", "2", None, "并列都降", "比例"),
        ),
        "评审决定": rows("作品编号 奖项 纪要", ("Z1", "一等奖", "甲"), ("A1", "特等奖", "乙")),
        "代表队": rows("大赛名称|日期|作品名称|赛项|学校", ("省赛", "去年春天", "某作", "创新", "晴川二中")),
        "市长奖": {"奖项名称": "市长奖", "学生名额": 1},
        "候选人": rows("候选人编号|类别|姓名|学校", ("M1", "学生", "甲生1", "晴川二中")),
        "投票": rows(
            "轮次|委员|候选人编号|意见", (1, "委员甲", "M1", "赞成"), (1, "委员甲", "M9", "赞成"), (1, "委员甲", "M1", "反对")
        ),
    }  # fmt: skip


def planted() -> dict[str, Any]:
    return contest_part() | {"参赛作品": entries_part()} | judging_part() | prizes_part()


def small_with(**changes: Any) -> dict[str, Any]:
    return small() | changes


def chain(words: str) -> dict[str, Any]:
    return small_with(奖项方案=plan(("一等奖", 1), 同分比较=words))


def special(**more: Any) -> dict[str, Any]:
    line = {"奖项": "新奖", "设奖单位": "科协", "名额": 1, "纪要": "8号"} | more
    return small_with(专项奖=[line])


def few() -> dict[str, tuple[dict[str, Any], set[Found]]]:
    """Faults that would hide others, each alone in a workbook."""
    by_division = small()
    by_division["参赛作品"] = [line | {"组别": "小学"} for line in by_division["参赛作品"]]
    twice_planned = by_division | {"奖项方案": plan(("一等奖", 1), 组别=None) + plan(("一等奖", 1), 组别="小学")}
    other_division = by_division | {
        "组别": rows("组别名称", ("小学",), ("初中",)),
        "奖项方案": plan(("一等奖", 1), 组别="初中"),
    }
    no_district = small_with(参赛作品=[entry("A1", district=None)], 评分=small()["评分"][:3])
    spaced = small_with(参赛作品=[entry("A1", 作者="甲生 乙生 丙生")], 评分=small()["评分"][:3])
    votes_only = small_with(投票=votes("M1", yes="a"))
    whole = small_with(奖项方案=[{"赛项": TRACK, "奖项": "一等奖", "方式": "占作品百分比", "数量": 1}])
    missing = small_with(评审决定=[{"作品编号": "A1", "奖项": "一等奖"}])
    twice_marked = small()
    twice_marked["评分"].append({"作品编号": "A1", "评委编号": "J1", "指标": "总评", "分数": 1})
    sent = {"大赛名称": "省赛", "级别": "省", "作品名称": "某作", "赛项": "创新", "学校": "晴川一中", "奖项": None}
    dates = [sent | {"日期": "2026-04-01"}, sent | {"日期": "2026-04-02", "作品名称": "另作"}]
    sent_twice = [sent | {"日期": "2026-04-01"}] * 2
    silent = votes("M1", yes="ab") + votes("M2", yes="a")
    alone = with_mayor(small(), {}, votes("M1", yes="ab"))
    alone["市长奖"] |= {"委员人数": 1}
    slip = [sent | {"日期": "2026-04-01", "奖项": "一等将"}]
    two_rests = plan(("一等奖", None), ("二等奖", None), 方式="其余", 总数上限=5)
    upside_down = plan(("二等奖", 1), ("一等奖", 1))
    misspelt = small()
    for line in misspelt["参赛作品"]:
        line["集体名陈"] = "甲队"
    nobody = with_mayor(small(), {}, [])
    nobody["其他成果"][0]["姓名"] = "无此人"
    headings = with_mayor(small(), {}, [])
    for line in headings["参赛作品"]:
        line["项目编号"] = line["作品编号"]
    return {
        "plan-twice": (twice_planned, {("plan-twice", "赛项", 2, "A")}),
        "division-without-plan": (
            other_division, {("division-without-plan", "参赛作品", row, "H") for row in range(2, 8)},
        ),
        "district-missing": (no_district, {("district-missing", "参赛作品", 2, "E")}),
        "names-with-space": (spaced, {("names-with-space", "参赛作品", 2, "F")}),
        "mark-twice": (twice_marked, {("mark-twice", "评分", 20, "E")}),
        "contest-disagrees": (small_with(代表队=dates), {("contest-disagrees", "代表队", 3, "G")}),
        "twice": (small_with(代表队=sent_twice), {("twice", "代表队", 3, "C")}),
        "unknown-level-prize": (small_with(代表队=slip), {("unknown-level-prize", "代表队", 2, "F")}),
        "achievement-of-nobody": (nobody, {("achievement-of-nobody", "其他成果", 2, "A")}),
        "no-mayors-award": (votes_only, {("no-mayors-award", "投票", 0, "")}),
        "share-or-percent": (whole, {("share-or-percent", "奖项方案", 2, "D")}),
        "column-missing": (missing, {("column-missing", "评审决定", 1, "")}),
        "column-meant-twice": (headings, {("column-meant-twice", "参赛作品", 0, "H")}),
        "sheet-twice": (small_with(评审专家=small()["评委"]), {("sheet-twice", "评审专家", 0, "")}),
        "sheet-missing": (
            {k: v for k, v in small().items() if k in ("大赛", "赛项")},
            {("sheet-missing", "参赛作品", 0, ""), ("track-without-rubric", "赛项", 2, "A"),
             ("track-without-plan", "赛项", 2, "A")},
        ),
        "unknown-breaker": (chain("总凭"), {("unknown-breaker", "奖项方案", 2, "E")}),
        "breaker-twice": (chain("总评；中位数；总评"), {("breaker-twice", "奖项方案", 2, "E")}),
        "breakers-many": (chain("总评；中位数；总分；最高分；未取整得分；总评"), {
            ("breakers-many", "奖项方案", 2, "E"), ("breaker-twice", "奖项方案", 2, "E")}),
        "special-not-open": (special(授予作品="A1", 组别="小学"), {
            ("special-not-open", "专项奖", 2, "E"), ("unknown-division", "专项奖", 2, "F")}),
        "special-too-many": (special(授予作品="A1；A2"), {("special-too-many", "专项奖", 2, "E")}),
        "rest-twice": (small_with(奖项方案=two_rests), {("rest-twice", "奖项方案", 3, "E")}),
        "prize-order": (small_with(奖项方案=upside_down), {("prize-order", "奖项方案", 3, "B")}),
        "heading-near": (misspelt, {("heading-near", "参赛作品", 1, "H")}),
        "sheet-near": (small_with(评审决订=[{"作品编号": "A1"}]), {("sheet-near", "评审决订", 0, "")}),
        "vote-missing": (with_mayor(small(), {}, silent), {("vote-missing", "投票", 3, "C")}),
        "too-many-members": (alone, {("too-many-members", "投票", 3, "B")}),
        "sheet-empty": (small_with(参赛作品=[], 评分=[]), {("sheet-empty", "参赛作品", 0, "")}),
    }  # fmt: skip


def column_twice() -> tuple[list[list[Any]], set[Found]]:
    """Two columns of one heading: no dict can say that, so these are cells of the sheet of entries."""
    cells = cells_of([line | {"备注": "甲"} for line in small()["参赛作品"]])
    return [[*line, line[-1]] for line in cells], {("column-twice", "参赛作品", 0, "I")}


__all__ = ["PLANTED", "column_twice", "criteria", "few", "planted"]
