"""A workbook before the judging: judges are assigned, sheets printed; the same workbook with marks finishes."""

from collections import Counter
from pathlib import Path

from judging.conflicts import conflicted_pairs
from judging.models import Assignment
from tests.factories.running import Run, run
from tests.factories.sheets import SMALL_PRIZES, Sheets, judges, small
from tests.factories.workbooks import rows, workbook

LEVEL = {"A1": 95, "A2": 90, "A3": 85, "A4": 80, "A5": 70, "A6": 60}


def unmarked() -> Sheets:
    """Five judges; J1 is of A1's school, J2 declared A2, J3 knows 学生A3, J4 may take four entries."""
    made = small()
    del made["评分"]
    made["评委"] = judges("J1", "J2", "J3", "J4", "J5")
    made["评委"][0]["单位"] = "晴川一中"
    made["评委"][1]["回避"], made["评委"][2]["回避"] = "A2", "学生A3、老师A4"
    for line in made["评委"]:
        line["最多评审件数"] = 4 if line["评委编号"] == "J4" else None
    return made


def pairs(done: Run) -> list[tuple[str, str]]:
    with done.database():
        for one in Assignment.objects.select_related("round__contest"):
            assert (one.judge_id, one.entry_id) not in conflicted_pairs(one.round.contest)
        return list(Assignment.objects.values_list("entry__number", "judge__code").order_by("entry", "judge"))


def test_judges_are_assigned_without_conflict(tmp_path: Path) -> None:
    done = run(workbook(unmarked()), tmp_path / "out")
    assert done.code == 0, done.complained
    found = pairs(done)
    assert Counter(number for number, _ in found) == dict.fromkeys(LEVEL, 3)
    forbidden = {("A1", "J1"), ("A3", "J1"), ("A5", "J1"), ("A2", "J2"), ("A3", "J3"), ("A4", "J3")}
    assert not forbidden & set(found)
    assert Counter(judge for _, judge in found)["J4"] <= 4
    assert sorted(one.name for one in done.out.iterdir() if "sqlite" not in one.name) == [
        "score-sheets.pdf", "summary.json", "verify.json",
    ]  # fmt: skip


def test_score_sheets_name_the_entry_and_nobody(tmp_path: Path) -> None:
    done = run(workbook(unmarked()), tmp_path / "out")
    text = "".join(done.pages("score-sheets.pdf"))
    assert all(text.count(f"作品{number}") >= 3 for number in LEVEL)
    for secret in ("学生A", "老师A", "晴川一中", "晴川二中", "东区", "西区"):
        assert secret not in text
    raw = (done.out / "score-sheets.pdf").read_bytes()
    assert "晴川一中".encode() not in raw and "晴川一中".encode("utf-16-be") not in raw


def marked(done: Run) -> Sheets:
    made = unmarked()
    made["评分"] = [{"作品编号": n, "评委编号": judge, "总评": LEVEL[n]} for n, judge in pairs(done)]
    return made


def test_marks_for_exactly_these_assignments_finish_in_the_same_folder(tmp_path: Path) -> None:
    first = run(workbook(unmarked()), tmp_path / "out")
    second = run(workbook(marked(first)), tmp_path / "out")
    assert second.code == 0, second.complained
    assert second.awarded() == SMALL_PRIZES
    assert {n: score for n, (score, _, _) in second.standings().items()} == LEVEL
    assert not (second.out / "score-sheets.pdf").exists()


def test_marks_for_exactly_these_assignments_finish_in_a_fresh_folder(tmp_path: Path) -> None:
    first = run(workbook(unmarked()), tmp_path / "out")
    made = marked(first)
    made["评委分配"] = rows("作品编号 评委编号", *pairs(first))
    assert run(workbook(made), tmp_path / "other").awarded() == SMALL_PRIZES


def test_an_assignment_without_its_sheet_is_found(tmp_path: Path) -> None:
    """In the folder of the assignments, one judge never sent his sheet."""
    first = run(workbook(unmarked()), tmp_path / "out")
    made = marked(first)
    made["评分"].pop()
    second = run(workbook(made), tmp_path / "out")
    assert second.code == 1
    assert [(one["code"], one["entry"]) for one in second.summary["problems"]] == [("sheets-missing", "A6")]


def test_the_same_seed_assigns_the_same(tmp_path: Path) -> None:
    found = [pairs(run(workbook(unmarked()), tmp_path / name)) for name in "ab"]
    assert found[0] == found[1]


def test_too_few_judges_are_named(tmp_path: Path) -> None:
    made = unmarked()
    made["评委"] = made["评委"][:3]
    done = run(workbook(made), tmp_path / "out")
    assert done.code == 1
    assert "A1" in done.complained
