"""The six students and the tutor of the demo year, counted from the workbook alone: nothing of ours but its result."""

from collections import defaultdict
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from awards.models import Award, Delegation
from competition.models import Contest

WORKBOOK = Path(__file__).resolve().parents[2] / "demo" / "chuzhou-2017.xlsx"
LEVELS = {"特等奖": 0, "一等奖": 1, "二等奖": 2, "三等奖": 3}
RUBRIC = ("原创性", "科学性", "创新性", "实用性", "内容展现")


def table(book, title: str) -> list[dict]:
    rows = list(book[title].iter_rows(values_only=True))
    return [dict(zip((str(h).strip("*") for h in rows[0]), row, strict=True)) for row in rows[1:] if any(row)]


def names(cell) -> list[str]:
    return [one.strip() for one in str(cell or "").replace("\n", "、").split("、") if one.strip()]


def day(value) -> str:
    return str(value)[:10]


def prizes_won(book) -> dict[tuple[str, str, str], list[tuple]]:
    """(role, name, school) -> (level, contest, prize, track, day)."""
    won = defaultdict(list)
    for row in table(book, "代表队"):
        if row["奖项"] in LEVELS:
            what = (row.get("级别") or "省", row["大赛名称"], LEVELS[row["奖项"]], row["赛项"], day(row["日期"]))
            for role, column in (("作者", "作者"), ("辅导教师", "辅导教师")):
                for name in names(row[column]):
                    won[role, name, row["学校"]].append(what)
    for row in table(book, "其他成果"):
        if row["奖项"] in LEVELS:
            what = (row["级别"], row["大赛名称"], LEVELS[row["奖项"]], row.get("赛项") or "", day(row["日期"]))
            won[row.get("身份") or "作者", row["姓名"], row["学校"]].append(what)
    return won


def is_eligible(nominee: dict, ways: list[dict], won: dict) -> bool:
    for way in ways:
        if way["对象"] and way["对象"] != nominee["类别"]:
            continue
        for role in ("作者", "辅导教师"):
            if way["身份"] and way["身份"] != role:
                continue
            for level, contest, prize, track, on in won[role, nominee["姓名"], nominee["学校"]]:
                if (
                    (not way["大赛级别"] or way["大赛级别"] == level)
                    and (way["大赛名称包含"] or "") in contest
                    and (not way["最低奖项"] or prize <= LEVELS[way["最低奖项"]])
                    and track not in names(way["不含赛项"])
                    and (not way["不早于"] or day(way["不早于"]) <= on)
                    and (not way["不晚于"] or on <= day(way["不晚于"]))
                ):
                    return True
    return False


def expert_scores(book) -> dict[str, Fraction]:
    """The mean without one highest and one lowest of five sheets, rounded to hundredths half up."""
    sheets = defaultdict(list)
    for row in table(book, "评分"):
        if all(row[one] is not None for one in RUBRIC) and str(row["作品编号"]).startswith("M"):
            sheets[row["作品编号"]].append(sum(Fraction(str(row[one])) for one in RUBRIC))
    scores = {}
    for number, totals in sheets.items():
        kept = sorted(totals)[1:-1] if len(totals) >= 4 else totals
        scores[number] = Fraction((sum(kept) / len(kept) * 100 + Fraction(1, 2)) // 1, 100)
    return scores


def by_hand() -> dict[str, set[str]]:
    book = openpyxl.load_workbook(WORKBOOK, data_only=True)
    ways, won, scores = table(book, "参评条件"), prizes_won(book), expert_scores(book)
    votes = defaultdict(dict)
    for row in table(book, "投票"):
        votes[row["候选人编号"]][row["委员"]] = row["意见"]
    winners = {}
    for kind, places in (("学生", 6), ("科技辅导员", 1)):
        eligible = [
            one["候选人编号"] for one in table(book, "候选人") if one["类别"] == kind and is_eligible(one, ways, won)
        ]
        passed = []
        for number in eligible:
            said = list(votes[number].values())
            counting = len(said) - said.count("回避")
            if said.count("赞成") * 3 >= counting * 2:
                passed.append((-said.count("赞成"), -scores[number], number))
        winners[kind] = {number for _, _, number in sorted(passed)[:places]}
    return winners


@pytest.mark.django_db
def test_the_six_students_and_the_tutor_are_those_counted_by_hand(demo_year):
    expected = by_hand()
    assert {kind: len(numbers) for kind, numbers in expected.items()} == {"学生": 6, "科技辅导员": 1}
    awards = Award.objects.filter(list__contest=Contest.objects.get(kind="award"), code="mayor")
    found = defaultdict(set)
    for kind, number in awards.values_list("entry__track__label_zh", "entry__number"):
        found[kind].add(number)
    assert dict(found) == expected


@pytest.mark.django_db
def test_the_delegation_is_66_with_1_20_42_and_3_without(demo_year):
    contest = Delegation.objects.get().contest
    counted = defaultdict(int)
    for code in Award.objects.filter(list__contest=contest).values_list("code", flat=True):
        counted[code] += 1
    assert contest.entries.count() == 66
    assert dict(counted) == {"first": 1, "second": 20, "third": 42}
