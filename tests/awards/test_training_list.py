"""A list of participants: columns in any order, every fault with its row and column, nothing written."""

import random

import pytest

from awards.models import Participant
from awards.services.trainings import ParticipantDetails, correct_participant, revoke_participant
from awards.states import AttendeeRole
from awards.training_list import participants_plan, typed_rows
from competition.listed import CHANGED, NEW, SAME, WRONG
from tests.competition.core.books import book
from tests.factories.training import AT, HEAD, called, issued, list_of, listed, training

pytestmark = pytest.mark.django_db


def said(data: bytes, made) -> list[tuple[str, str, str, str]]:
    return [
        (one.name, one.values["unit"], one.values["role"], one.hours) for one in participants_plan(data, made).lines
    ]


def faults(rows: list[list[str]], made) -> list[tuple[str, str]]:
    """(cell, text) of each."""
    plan = participants_plan(list_of(rows), made)
    assert not plan.is_whole and not Participant.objects.filter(training=made, name="丙").exists()
    return [(f"{fault.column}{line.number}", fault.text) for line in plan.lines for fault in line.faults]


def test_columns_stand_in_any_order_below_titles():
    made = training()
    row = dict(zip(HEAD, ["甲一丁", "东区小学", "学生", "3.5", "备注甲"], strict=True))
    for seed in range(6):
        head = random.Random(seed).sample(HEAD, len(HEAD))
        data = book(随便=[["东州市培训名单"], [], head, [row[one] for one in head]])
        assert said(data, made) == [("甲一丁", "东区小学", "student", "3.5")]


def test_other_words_of_headings_and_english_are_known():
    made = training()
    data = book(x=[["School", "Full name", "Hours attended"], ["东区小学", "甲一丁", "16"]])
    assert said(data, made) == [("甲一丁", "东区小学", "tutor", "16")]
    data = book(x=[["工作单位", "学员姓名"], ["东区小学", "甲一丁"]])
    assert said(data, made) == [("甲一丁", "东区小学", "tutor", "16")]


def test_typed_and_pasted_rows_are_a_list():
    made = training()
    want = [("甲一丁", "东区小学", "tutor", "16"), ("乙二丙", "西区小学", "student", "8")]
    assert said(typed_rows("甲一丁，东区小学，科技辅导员，16\n\n乙二丙,西区小学,学生,8\n"), made) == want
    assert said(typed_rows("单位\t姓名\t学时\t身份\n东区小学\t甲一丁\t16\t\n西区小学\t乙二丙\t8\t学生"), made) == want
    assert participants_plan(typed_rows(""), made).lines == []


def test_every_fault_names_its_cell():
    made = training()
    found = dict(
        faults(
            [
                ["", "东区小学", "", "", ""], ["丙", "东区小学", "校长", "", ""], ["丁", "东区小学", "", "99", ""],
                ["戊", "东区小学", "", "1.25", ""], ["己\U000f0000", "东区小学", "", "", ""], ["庚", "", "", "半天", ""],
            ],
            made,
        )
    )  # fmt: skip
    assert list(found) == ["A2", "C3", "D4", "D5", "A6", "D7"]
    assert "16" in found["D4"] and "\U000f0000" in found["A6"]


def test_doubles_are_named_unless_remarks_tell_them_apart():
    made = training()
    twice = faults(
        [["丙", "东区小学", "", "", ""], ["丁", "东区小学", "", "", ""], ["丙", "东区小学", "", "", "美术"]], made
    )
    assert [cell for cell, _ in twice] == ["A4"] and "2" in twice[0][1]
    apart = [["丙", "东区小学", "", "", "语文"], ["丙", "东区小学", "", "", "美术"], ["丙", "西区小学", "", "", ""]]
    plan = participants_plan(list_of(apart), made)
    assert plan.is_whole and plan.count(NEW) == 3
    listed(made, apart)
    assert participants_plan(list_of(apart), made).count(SAME) == 3


def test_who_is_on_the_list_is_the_same_or_changed():
    made = listed(training())
    rows = [["甲一丁", "东区小学", "科技辅导员", "0", ""], ["乙二丙", "西区小学", "学生", "3.5", ""]]
    plan = participants_plan(list_of(rows), made)
    assert [one.status for one in plan.lines] == [CHANGED, SAME] and plan.is_whole
    assert plan.lines[0].changes == [("学时 Hours", "16", "0")]


def test_a_list_does_not_change_what_was_issued():
    made = issued()
    plan = participants_plan(list_of([["甲一丁", "东区小学", "科技辅导员", "8", ""]]), made)
    assert [one.status for one in plan.lines] == [WRONG]
    assert [fault.column for fault in plan.lines[0].faults] == ["D"]
    assert [one.status for one in participants_plan(list_of(), made).lines] == [SAME, SAME]


def test_a_corrected_name_is_the_one_that_counts():
    made = issued()
    right = ParticipantDetails("甲一", "东区小学", AttendeeRole.TUTOR, 32)
    correct_participant(participant=called(made, "甲一丁"), details=right, reason="错字", by=None, at=AT)
    plan = participants_plan(list_of([["甲一", "东区小学", "", "", ""], ["甲一丁", "东区小学", "", "", ""]]), made)
    assert [one.status for one in plan.lines] == [SAME, NEW]


def test_two_of_one_name_never_become_one():
    """One stood on the list alone; now the remarks tell two apart."""
    made = listed(training(), [["丙", "东区小学", "", "", ""]])
    apart = [["丙", "东区小学", "", "16", "语文"], ["丙", "东区小学", "", "8", "美术"]]
    assert [one.status for one in participants_plan(list_of(apart), made).lines] == [CHANGED, NEW]
    listed(made, apart)
    assert sorted(made.participants.values_list("remarks", "half_hours")) == [("美术", 16), ("语文", 32)]
    assert participants_plan(list_of(apart), made).count(SAME) == 2


def test_a_revoked_certificate_does_not_come_back_with_the_same_list():
    made = issued()
    revoke_participant(participant=called(made, "甲一丁"), reason="冒名", by=None, at=AT)
    plan = participants_plan(list_of(), made)
    assert [one.status for one in plan.lines] == [WRONG, SAME]
    assert "2026-PX01-0001" in plan.lines[0].faults[0].text
    said_why = [["甲一丁", "东区小学", "", "", "撤销有误，重新签发"], ["甲一丁", "西区小学", "", "", ""]]
    listed(made, said_why)
    assert participants_plan(list_of(said_why), made).count(SAME) == 2


@pytest.mark.parametrize("hours", ["9" * 400, "1000"])
def test_hours_beyond_every_training_are_a_fault_of_their_cell(hours):
    [(cell, _text)] = faults([["丁", "东区小学", "", hours, ""]], training())
    assert cell == "D2"
