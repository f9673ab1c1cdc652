"""The office mends its workbook and runs it again in the same folder: what a fresh folder would say, and no trace lost."""

import copy
from pathlib import Path

import pytest

from awards.models import AwardList, Certificate
from competition.models import Contest, Event
from judging.models import Sheet
from tests.factories.running import Run, run
from tests.factories.sheets import Sheets, criteria, entry, marks, small, votes, with_mayor
from tests.factories.workbooks import rows, workbook


def twice(tmp_path: Path, before: Sheets, after: Sheets) -> tuple[Run, Run, Run]:
    """(first run, second run in its folder, the second workbook in a fresh folder)."""
    first = run(workbook(before), tmp_path / "kept")
    assert first.code == 0, first.complained
    return first, run(workbook(after), tmp_path / "kept"), run(workbook(after), tmp_path / "fresh")


def same_result(again: Run, fresh: Run) -> None:
    assert again.code == fresh.code, again.complained
    assert again.standings() == fresh.standings()
    if fresh.code == 0:
        assert again.awarded() == fresh.awarded()
        for sheet in ("contests", "delegations", "mayors_awards", "certificates"):
            assert again.summary[sheet] == fresh.summary[sheet], sheet
        assert sorted(again.pages("award-list.pdf")) == sorted(fresh.pages("award-list.pdf"))


def certificates(done: Run) -> dict[str, list[tuple[str, str]]]:
    """purpose -> (number, state) in the order of issue."""
    found: dict[str, list[tuple[str, str]]] = {}
    with done.database():
        for one in Certificate.objects.order_by("serial"):
            found.setdefault(one.purpose, []).append((one.number, one.state))
    return found


def test_a_corrected_mark_that_changes_prizes(tmp_path: Path) -> None:
    """A4: (100 + 100 + 100)/3 = 100 is first now, A1 second, A2 second, A3 and A5 third."""
    after = small()
    for line in after["评分"]:
        if line["作品编号"] == "A4":
            line["总评"] = 100
    _, again, fresh = twice(tmp_path, small(), after)
    same_result(again, fresh)
    assert again.awarded() == {"A4": "一等奖", "A1": "二等奖", "A2": "二等奖", "A3": "三等奖", "A5": "三等奖"}
    assert "A4: 三等奖 → 一等奖" in again.complained and "A1: 一等奖 → 二等奖" in again.complained
    assert "A4 × J1" in again.complained and "A2:" not in again.complained
    with again.database():
        assert [(one.version, one.state) for one in AwardList.objects.order_by("version")] == [
            (1, "superseded"), (2, "published"),
        ]  # fmt: skip
        old = AwardList.objects.get(version=1).awards
        assert dict(old.values_list("entry__number", "label_zh"))["A1"] == "一等奖"
        assert Sheet.objects.filter(state="superseded").count() == 3
        assert sorted(Sheet.objects.filter(assignment__entry__number="A4").values_list("version", flat=True)) == [
            1, 1, 1, 2, 2, 2,
        ]  # fmt: skip
    found = certificates(again)
    assert found["author:A2"] == [("2026-0003", "valid")]
    assert [state for _, state in found["author:A1"]] == ["revoked", "valid"]
    assert len({number for lines in found.values() for number, _ in lines}) == sum(map(len, found.values()))


def test_a_corrected_mark_that_changes_no_place_is_shown(tmp_path: Path) -> None:
    """A1: (96 + 93 + 94)/3 = 94.33."""
    after = small()
    after["评分"][0]["总评"] = 96
    _, again, fresh = twice(tmp_path, small(), after)
    assert again.standings()["A1"] == (94.33, 1, "一等奖")
    same_result(again, fresh)


def test_a_mark_taken_back_is_missing_in_the_same_folder_too(tmp_path: Path) -> None:
    after = small()
    after["评分"][0]["总评"] = None
    _, again, fresh = twice(tmp_path, small(), after)
    assert (fresh.code, again.code) == (1, 1)
    same_result(again, fresh)


def test_a_judge_who_recuses_later_is_seen(tmp_path: Path) -> None:
    after = small()
    after["评分"][0]["回避"] = "是"
    _, again, fresh = twice(tmp_path, small(), after)
    assert again.code == fresh.code == 1
    assert "A1 × J1" in again.complained


def test_all_marks_taken_away_leave_no_prizes(tmp_path: Path) -> None:
    after = small()
    del after["评分"]
    _, again, fresh = twice(tmp_path, small(), after)
    assert sorted(one.name for one in again.out.iterdir()) == sorted(one.name for one in fresh.out.iterdir())


def test_a_corrected_name_is_printed_under_a_new_number(tmp_path: Path) -> None:
    after = small()
    after["参赛作品"][1]["作者"] = "改名者"
    _, again, fresh = twice(tmp_path, small(), after)
    same_result(again, fresh)
    assert "学生A2" in again.complained and "改名者" in again.complained
    text = "".join(again.pages())
    assert "改名者" in text and "学生A2" not in text
    found = certificates(again)
    assert found["author:A2"] == [("2026-0003", "revoked"), ("2026-0011", "valid")]
    assert found["author:A1"] == [("2026-0001", "valid")]


def test_a_corrected_tutor_takes_his_points_along(tmp_path: Path) -> None:
    """A1's five points go to 老师A2, who has three already: 老师A2 leads with 8."""
    before = small()
    before["参赛作品"] = [line | {"学校": "晴川一中", "推荐单位": "东区"} for line in before["参赛作品"]]
    before["表彰方案"] = rows("称号|对象|名额|一等奖分|二等奖分|三等奖分", ("优秀教师", "辅导教师", 1, 5, 3, 1))
    after = copy.deepcopy(before)
    after["参赛作品"][0]["辅导教师"] = "老师A2"
    _, again, fresh = twice(tmp_path, before, after)
    names = [[row["名称"] for row in one.table("award-list.xlsx", "表彰 Recognitions")] for one in (fresh, again)]
    assert names == [["老师A2"], ["老师A2"]]


@pytest.mark.parametrize("change", ["number", "gone"])
def test_changed_rules_of_recognition_hold(tmp_path: Path, change: str) -> None:
    before = small()
    before["表彰方案"] = rows("称号|对象|名额|一等奖分", ("优秀教师", "辅导教师", 1, 5), ("优秀学校", "学校", 1, 5))
    after = copy.deepcopy(before)
    if change == "number":
        after["表彰方案"][0] |= {"名额": 3, "参赛分": 1}
    else:
        del after["表彰方案"][0]
    _, again, fresh = twice(tmp_path, before, after)
    found = [
        [(row["称号"], row["名称"]) for row in one.table("award-list.xlsx", "表彰 Recognitions")]
        for one in (again, fresh)
    ]
    assert found[0] == found[1]
    same_result(again, fresh)


def test_a_removed_entry_is_withdrawn_and_a_new_one_competes(tmp_path: Path) -> None:
    """Without A1: A2 first; the new A7 (86) second with A3; A4 and A5 third."""
    after = small()
    after["参赛作品"] = [*after["参赛作品"][1:], entry("A7", school="晴川二中", district="西区")]
    after["评分"] = [line for line in after["评分"] if line["作品编号"] != "A1"] + marks({"A7": (86, 86, 86)})
    _, again, fresh = twice(tmp_path, small(), after)
    assert again.code == 0, again.complained
    assert again.awarded() == fresh.awarded() == {
        "A2": "一等奖", "A7": "二等奖", "A3": "二等奖", "A4": "三等奖", "A5": "三等奖",
    }  # fmt: skip
    assert "A1: 一等奖 → —" in again.complained and "A7: — → " in again.complained
    with again.database():
        assert Contest.objects.get().entries.get(number="A1").state == "withdrawn"
        assert Sheet.objects.filter(assignment__entry__number="A1").count() == 3
    assert [state for _, state in certificates(again)["author:A1"]] == ["revoked"]


@pytest.mark.parametrize("state", ["不通过", "未推荐", "退回补正", "撤回"])
def test_an_entry_that_did_not_pass_may_be_removed(tmp_path: Path, state: str) -> None:
    before = small()
    before["参赛作品"][5]["审查结果"] = state
    after = small()
    after["参赛作品"].pop()
    after["评分"] = [line for line in after["评分"] if line["作品编号"] != "A6"]
    first, again, _ = twice(tmp_path, before, after)
    assert again.code == 0, again.complained
    assert again.awarded() == first.awarded()


def test_criteria_in_another_order_change_nothing(tmp_path: Path) -> None:
    before = small()
    before["评分标准"] = criteria(("甲", 50), ("乙", 50))
    before["评分"] = [
        {"作品编号": one["作品编号"], "评委编号": one["评委编号"], "甲": 40, "乙": one["总评"] - 50}
        for one in small()["评分"]
    ]
    after = copy.deepcopy(before)
    after["评分标准"].reverse()
    first, again, _ = twice(tmp_path, before, after)
    assert again.code == 0
    assert again.standings() == first.standings()


def mayor(all_yes: str = "abcdefghi") -> Sheets:
    points = {f"M{n}": (100 - n,) * 3 for n in range(1, 5)}
    return with_mayor(small(), points, [line for n in (1, 2) for line in votes(f"M{n}", yes=all_yes)])


def test_an_ineligible_nominee_may_be_removed(tmp_path: Path) -> None:
    before = mayor()
    before["其他成果"].pop()
    after = copy.deepcopy(before)
    after["候选人"].pop()
    after["评分"] = [line for line in after["评分"] if line["作品编号"] != "M4"]
    first, again, _ = twice(tmp_path, before, after)
    assert again.code == 0, again.complained
    assert again.summary["mayors_awards"][0]["students"] == first.summary["mayors_awards"][0]["students"] == 2


def test_who_is_not_eligible_is_not_let_in_and_out_again_without_a_word(tmp_path: Path) -> None:
    """A mark of the contest changes; no nominee does, so the award's log says nothing of entries."""
    before = mayor()
    before["其他成果"].pop()
    after = copy.deepcopy(before)
    after["评分"][0]["总评"] = 96
    first = run(workbook(before), tmp_path / "out")
    with first.database():
        seen = set(Event.objects.values_list("pk", flat=True))
    again = run(workbook(after), tmp_path / "out")
    assert again.code == 0, again.complained
    with again.database():
        fresh = Event.objects.exclude(pk__in=seen)
        assert not fresh.filter(chain__contest__kind="award", action="entries.imported").exists()


def test_a_member_whose_name_was_misspelt_is_no_tenth_member(tmp_path: Path) -> None:
    """Nine members, six yes: 2/3 of nine. A tenth would make it seven."""
    after = mayor("abcdef")
    for n in (1, 2):
        after["投票"] += votes(f"M{n}", no="ghi")
    after["市长奖"] |= {"委员人数": None, "比例基数": "全体委员"}
    before = copy.deepcopy(after)
    before["投票"] = [line | {"委员": "委元a"} if line["委员"] == "委员a" else line for line in before["投票"]]
    _, again, fresh = twice(tmp_path, before, after)
    assert fresh.summary["mayors_awards"][0]["students"] == 2
    same_result(again, fresh)


def test_the_same_workbook_again_changes_nothing(tmp_path: Path) -> None:
    first = run(workbook(mayor()), tmp_path / "out")
    files = {one.name: one.read_bytes() for one in first.out.iterdir() if "sqlite" not in one.name}
    with first.database():
        count = Event.objects.count()
    again = run(workbook(mayor()), tmp_path / "out")
    assert (again.code, again.complained) == (0, "")
    assert {one.name: one.read_bytes() for one in again.out.iterdir() if "sqlite" not in one.name} == files
    with again.database():
        assert Event.objects.count() == count


def test_a_rehearsal_writes_and_changes_nothing(tmp_path: Path) -> None:
    first = run(workbook(small()), tmp_path / "out")
    files = {one.name: one.read_bytes() for one in first.out.iterdir() if "sqlite" not in one.name}
    with first.database():
        before = (Event.objects.count(), Contest.objects.get().input_digest)
    after = small()
    after["评分"][0]["总评"] = 1
    done = run(workbook(after), tmp_path / "out", "--dry-run")
    assert done.code == 0
    assert "A1: 一等奖 → " in done.complained
    assert {one.name: one.read_bytes() for one in first.out.iterdir() if "sqlite" not in one.name} == files
    with first.database():
        assert (Event.objects.count(), Contest.objects.get().input_digest) == before
    run(workbook(small()), tmp_path / "nowhere", "--dry-run")
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("is_changed", [False, True])
@pytest.mark.parametrize("keys", [(b"a" * 20, b"b" * 20), (b"a" * 20, None), (None, b"b" * 20)])
def test_another_key_is_refused(tmp_path: Path, is_changed: bool, keys: tuple[bytes | None, bytes | None]) -> None:
    arguments = []
    for at, key in enumerate(keys):
        (tmp_path / f"{at}.key").write_bytes(key or b"")
        arguments.append([f"--key={tmp_path / f'{at}.key'}"] if key else [])
    first = run(workbook(small()), tmp_path / "out", *arguments[0])
    after = small()
    after["评分"][0]["总评"] = 50 if is_changed else 95
    assert run(workbook(after), tmp_path / "out", *arguments[1]).code == 1
    with first.database():
        assert AwardList.objects.count() == 1
