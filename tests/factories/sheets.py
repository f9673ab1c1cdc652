"""A small contest as the sheets of a workbook: copied, changed and written by each test."""

from collections.abc import Mapping, Sequence
from typing import Any

from tests.factories.workbooks import rows

Sheets = dict[str, Any]
TRACK = "创新项目"


def contest_record(name: str = "第一届晴川青少年科技竞赛", **more: Any) -> dict[str, Any]:
    return {"大赛名称": name, "届次": 1, "结果时刻": "2026-05-01 17:00", **more}


def track(name: str = TRACK, **more: Any) -> dict[str, Any]:
    return {"赛项名称": name, "计分方法": "平均分", **more}


def criteria(*names: tuple[str, float], track: str = "", weights: Sequence[float] = ()) -> list[dict[str, Any]]:
    return [
        {"赛项": track, "指标": name, "满分": most, "权重": weights[at] if weights else None}
        for at, (name, most) in enumerate(names)
    ]


def entry(number: str, *, school: str = "晴川一中", district: str = "东区", **more: Any) -> dict[str, Any]:
    """One author and one tutor with names of the entry's own."""
    return {
        "作品编号": number,
        "作品名称": f"作品{number}",
        "赛项": TRACK,
        "学校": school,
        "推荐单位": district,
        "作者": f"学生{number}",
        "辅导教师": f"老师{number}",
    } | more


def judges(*codes: str) -> list[dict[str, Any]]:
    return [
        {"评委编号": code, "姓名": f"评委{code}", "单位": f"研究所{code}", "评审赛项": None, "回避": None}
        for code in codes
    ]


def marks(points: Mapping[str, Sequence[Any]], criterion: str = "总评", **more: Any) -> list[dict[str, Any]]:
    """entry -> the points of J1, J2, … ; None leaves the judge's sheet out."""
    return [
        {"作品编号": number, "评委编号": f"J{at}", **more, criterion: given}
        for number, all_given in points.items()
        for at, given in enumerate(all_given, 1)
        if given is not None
    ]


def plan(*levels: tuple[str, Any], track: str = TRACK, ties: str | None = None, **more: Any) -> list[dict[str, Any]]:
    return [
        {"赛项": track, "奖项": prize, "数量": value, "并列处理": ties if at == 0 else None, **more}
        for at, (prize, value) in enumerate(levels)
    ]


SMALL = {"A1": (95, 93, 94), "A2": (90, 91, 89), "A3": (85, 85, 85), "A4": (80, 82, 81), "A5": (70, 71, 72),
         "A6": (60, 61, 62)}  # fmt: skip


def small(points: Mapping[str, Sequence[Any]] = SMALL) -> Sheets:
    """Six entries of two schools, three judges, one criterion; one first, two second and two third prizes.

    Means 94, 90, 85, 81, 71, 61: A1 first, A2 and A3 second, A4 and A5 third, A6 nothing.
    """
    schools = (("晴川一中", "东区"), ("晴川二中", "西区"))
    return {
        "大赛": contest_record(),
        "赛项": [track()],
        "评分标准": criteria(("总评", 100)),
        "参赛作品": [
            entry(number, school=schools[at % 2][0], district=schools[at % 2][1]) for at, number in enumerate(points)
        ],
        "评委": judges("J1", "J2", "J3"),
        "评分": marks(points),
        "奖项方案": plan(("一等奖", 1), ("二等奖", 2), ("三等奖", 2)),
    }


SMALL_PRIZES = {"A1": "一等奖", "A2": "二等奖", "A3": "二等奖", "A4": "三等奖", "A5": "三等奖"}


def mayor_sheets() -> Sheets:
    """Six places for students fought over by eight, added to `small()`; all eligible by a prize won elsewhere."""
    return {
        "市长奖": {
            "奖项名称": "首届晴川市长奖",
            "学生名额": 2,
            "委员人数": 9,
            "通过票数比例": "2/3",
            "法定到会比例": "2/3",
        },
        "参评条件": rows("对象|大赛级别|最低奖项", ("学生", "国家", "三等奖")),
        "候选人": [
            {"候选人编号": f"M{n}", "类别": "学生", "姓名": f"候选{n}", "学校": "晴川一中", "推荐单位": "东区"}
            for n in range(1, 5)
        ],
        "其他成果": [
            {
                "姓名": f"候选{n}",
                "学校": "晴川一中",
                "大赛名称": "全国赛",
                "级别": "国家",
                "奖项": "二等奖",
                "日期": "2025-08-01",
            }
            for n in range(1, 5)
        ],
    }


def with_mayor(base: Sheets, points: Mapping[str, Sequence[Any]], votes: Sequence[Mapping[str, Any]]) -> Sheets:
    """`base` with an award: its rubric, the experts' marks and the votes."""
    made = base | mayor_sheets()
    made["评分标准"] = base["评分标准"] + criteria(("综合", 100), track="市长奖")
    made["评分"] = base["评分"] + marks(points, "综合")
    made["投票"] = list(votes)
    return made


def votes(nominee: str, ballot: int = 1, **choices: str) -> list[dict[str, Any]]:
    """votes("M1", yes="abc", recused="d"): each letter is a member."""
    words = {"yes": "赞成", "no": "反对", "abstain": "弃权", "recused": "回避"}
    return [
        {"轮次": ballot, "委员": f"委员{member}", "候选人编号": nominee, "意见": words[choice]}
        for choice, members in choices.items()
        for member in members
    ]
