"""The Mayor's Award on workbooks of our own: votes, recusals, quorum, the last place."""

from pathlib import Path
from typing import Any

import pytest

from tests.factories.running import Run, run
from tests.factories.sheets import Sheets, small, votes, with_mayor
from tests.factories.workbooks import workbook

SHEET = "市长奖 Mayor_s Award"


def award(points: dict[str, int], ballots: list[list[dict[str, Any]]], **terms: Any) -> Sheets:
    """Nine members, two places, two thirds of the votes cast, two thirds as a quorum."""
    made = with_mayor(small(), {n: (one,) * 3 for n, one in points.items()}, [line for one in ballots for line in one])
    made["市长奖"] |= terms
    made["候选人"] = [line for line in made["候选人"] if line["候选人编号"] in points]
    nominated = {line["姓名"] for line in made["候选人"]}
    made["其他成果"] = [line for line in made["其他成果"] if line["姓名"] in nominated]
    return made


def ran(tmp_path: Path, made: Sheets) -> Run:
    return run(workbook(made), tmp_path / "out")


POINTS = {"M1": 90, "M2": 85, "M3": 80, "M4": 75}


def test_votes_come_before_the_experts_and_recused_members_leave_both_sides(tmp_path: Path) -> None:
    """Six of nine voted: exactly the quorum.

    M1  3 yes of 6, needs 4: out, although first with the experts
    M2  3 yes, 1 no, 2 recused: of 4 cast 3 are needed: passed
    M3  6 yes; M4  4 yes, 2 no: of 6 cast 4 are needed: passed
    Two places by votes: M3 (6), M4 (4). M2 has passed with 3 and finds no place.
    """
    done = ran(
        tmp_path,
        award(
            POINTS,
            [
                votes("M1", yes="abc", no="def"),
                votes("M2", yes="abc", no="d", recused="ef"),
                votes("M3", yes="abcdef"),
                votes("M4", yes="abcd", no="ef"),
            ],
        ),
    )
    assert done.code == 0, done.complained
    assert done.awarded(SHEET) == {"M3": "市长奖", "M4": "市长奖"}
    assert done.summary["mayors_awards"] == [
        {"name": "首届晴川市长奖", "nominees": 4, "eligible": 4, "students": 2, "tutors": 0, "schools": 0}
    ]
    pages = done.pages()
    assert len(pages) == 10 + 2
    assert "候选3" in pages[10] and "候选4" in pages[11]
    assert not any("候选1" in page or "候选2" in page for page in pages)


def test_a_recusal_makes_the_majority_smaller(tmp_path: Path) -> None:
    """2 yes of 3 cast (three recused) pass; 3 yes of 5 cast (needs 4) do not."""
    ballots = [votes("M1", yes="ab", no="c", recused="def"), votes("M2", yes="abc", no="de", recused="f")]
    assert ran(tmp_path, award({"M1": 90, "M2": 80}, ballots)).awarded(SHEET) == {"M1": "市长奖"}


def test_a_majority_of_all_members_counts_the_absent(tmp_path: Path) -> None:
    """Of nine members six are needed: M1 has 6, M2 5 of 7 cast. With one recused six of eight: M3 has 6."""
    ballots = [
        votes("M1", yes="abcdef", no="g"),
        votes("M2", yes="abcde", no="f", abstain="g"),
        votes("M3", yes="abcdeg", recused="f"),
    ]
    made = award({"M1": 70, "M2": 90, "M3": 80}, ballots, 比例基数="全体委员", 学生名额=3)
    assert ran(tmp_path, made).awarded(SHEET) == {"M1": "市长奖", "M3": "市长奖"}


def test_one_short_of_the_quorum_decides_nothing(tmp_path: Path) -> None:
    """Five of nine; six are two thirds."""
    done = ran(tmp_path, award({"M1": 90}, [votes("M1", yes="abcde")]))
    assert done.code == 1
    assert [one["code"] for one in done.summary["problems"]] == ["no-quorum"]
    assert not (done.out / "certificates.pdf").exists()


def test_equal_votes_go_to_the_experts_better_one(tmp_path: Path) -> None:
    ballots = [votes(n, yes="abcdef") for n in ("M2", "M3", "M4")]
    found = ran(tmp_path, award({"M2": 70, "M3": 80, "M4": 75}, ballots)).awarded(SHEET)
    assert found == {"M3": "市长奖", "M4": "市长奖"}


def tied() -> list[list[dict[str, Any]]]:
    return [votes("M1", yes="abcdefg"), votes("M2", yes="abcdef", no="g"), votes("M3", yes="abcdef", no="g")]


def test_a_tie_at_the_last_place_is_held(tmp_path: Path) -> None:
    """M1 has 7; M2 and M3 have 6 votes and 80 points each for the one place that is left."""
    done = ran(tmp_path, award({"M1": 70, "M2": 80, "M3": 80}, tied()))
    assert done.code == 1
    assert [one["code"] for one in done.summary["problems"]] == ["tie-across-cut"]
    assert "M2, M3" in done.complained


def test_a_second_ballot_resolves_the_tie(tmp_path: Path) -> None:
    second = [votes("M2", ballot=2, yes="ab", no="cdefg"), votes("M3", ballot=2, yes="abcdefg")]
    done = ran(tmp_path, award({"M1": 70, "M2": 80, "M3": 80}, [*tied(), *second]))
    assert done.code == 0, done.complained
    assert done.awarded(SHEET) == {"M1": "市长奖", "M3": "市长奖"}


@pytest.mark.parametrize(
    ("given", "is_in"),
    [("一等奖", True), ("二等奖", True), ("三等奖", True), ("优秀奖", False)],
)
def test_only_who_is_eligible_may_win(tmp_path: Path, given: str, is_in: bool) -> None:
    """The rule asks for a national third prize at least; nine votes do not help M1 without one."""
    made = award({"M1": 90, "M2": 80, "M3": 70}, [votes(n, yes="abcdefghi") for n in ("M1", "M2", "M3")])
    made["其他成果"][0]["奖项"] = given
    assert sorted(ran(tmp_path, made).awarded(SHEET)) == (["M1", "M2"] if is_in else ["M2", "M3"])


def test_a_prize_of_this_very_contest_makes_eligible(tmp_path: Path) -> None:
    """学生A1 wins the city's first prize here; the rule wants one. A2 has a second prize: not enough."""
    made = award({"M1": 90, "M2": 80}, [votes(n, yes="abcdefghi") for n in ("M1", "M2")])
    for line, (name, school) in zip(made["候选人"], (("学生A1", "晴川一中"), ("学生A2", "晴川二中")), strict=True):
        line |= {"姓名": name, "学校": school, "推荐单位": "东区" if school == "晴川一中" else "西区"}
    made["其他成果"] = []
    made["参评条件"] = [{"对象": "学生", "大赛级别": "市", "最低奖项": "一等奖", "身份": "作者"}]
    done = ran(tmp_path, made)
    assert done.summary["mayors_awards"][0]["eligible"] == 1
    assert done.awarded(SHEET) == {"M1": "市长奖"}


def test_nomination_prizes_go_to_the_next_by_experts(tmp_path: Path) -> None:
    """Elected M3, M4; next by points M1 (90); one nomination prize."""
    ballots = [votes("M3", yes="abcdef"), votes("M4", yes="abcdef"), votes("M1", no="abcdef"), votes("M2", no="abcdef")]
    found = ran(tmp_path, award(POINTS, ballots, 提名奖名额=1)).awarded(SHEET)
    assert found == {"M3": "市长奖", "M4": "市长奖", "M1": "市长奖提名奖"}
