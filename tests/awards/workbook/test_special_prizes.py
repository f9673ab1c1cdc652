"""Special prizes in a workbook: checked cell by cell, taken in whole, and left alone where the sheet is empty."""

import pytest

from awards.models import SpecialGrant
from awards.services.lists import check_list, standing_list
from awards.services.specials import SpecialDetails, give_special, save_special
from awards.workbook.checks import problems_of
from awards.workbook.loading import load_workbook
from awards.workbook.spec import SHEETS
from competition.core.reading import read_workbook
from competition.models import Event
from tests.factories.contests import AT, MINT, decided, loaded
from tests.factories.sheets import small
from tests.factories.workbooks import workbook

HEADINGS = ["奖项", "奖项英文", "设奖单位", "名额", "赛项", "组别", "授予作品", "纪要"]


def sheet(*rows: tuple) -> dict[str, object]:
    lines = [dict(zip(HEADINGS, row, strict=True)) for row in rows]
    return small() | {"专项奖": lines}


def track() -> str:
    return str(small()["参赛作品"][0]["赛项"])


def codes(*rows: tuple) -> list[tuple[str, int, str]]:
    return [(one.code, one.row, one.column) for one in problems_of(read_workbook(workbook(sheet(*rows)), SHEETS))]


GOOD = ("知识产权专项奖", "IP Prize", "知识产权局", 2, None, None, "A1；A5", "纪要8号")


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, []),
        ({4: track}, []),
        ({4: "书法"}, [("unknown-track", 2, "E"), ("special-not-open", 2, "G"), ("special-not-open", 2, "G")]),
        ({5: "幼儿园组"}, [("unknown-division", 2, "F")]),
        ({6: "A1；A99"}, [("unknown-entry", 2, "G")]),
        ({3: 1}, [("special-too-many", 2, "G")]),
        ({3: 0}, [("too-low", 2, "D")]),
        ({6: "A1；A1"}, [("twice", 2, "G")]),
        ({7: None}, [("value-missing", 2, "H")]),
        ({2: None}, [("value-missing", 2, "C")]),
    ],
)
def test_every_fault_is_named_with_its_cell(change, found):
    row = tuple((change[at]() if callable(change[at]) else change[at]) if at in change else one
                for at, one in enumerate(GOOD))  # fmt: skip
    assert set(found) <= set(codes(row))
    assert bool(codes(row)) == bool(found)


def test_one_prize_of_one_sponsor_stands_once():
    assert ("twice", 3, "A") in codes(GOOD, GOOD)


@pytest.mark.django_db
def test_it_is_taken_in_and_on_the_list():
    contest = decided(sheet(GOOD))
    listed = standing_list(contest).specials.all()
    assert [(one.label_zh, one.sponsor, one.entry.number, one.minutes) for one in listed] == [
        ("知识产权专项奖", "知识产权局", "A1", "纪要8号"),
        ("知识产权专项奖", "知识产权局", "A5", "纪要8号"),
    ]
    assert check_list(standing_list(contest)) == []


def again(contest, sheets) -> None:
    reading = read_workbook(workbook(sheets), SHEETS)
    load_workbook(reading, mint=MINT, has_verification=False, by=None, at=AT)
    contest.refresh_from_db()


@pytest.mark.django_db
def test_the_same_workbook_changes_nothing_and_another_one_exactly_what_it_says():
    contest = loaded(sheet(GOOD)).contest
    events = Event.objects.filter(action__startswith="special.").count()
    again(contest, sheet(GOOD))
    assert Event.objects.filter(action__startswith="special.").count() == events
    again(contest, sheet((*GOOD[:6], "A5", "纪要9号"), ("新奖", None, "科协", 1, track(), None, None, None)))
    assert list(SpecialGrant.objects.values_list("entry__number", "minutes")) == [("A5", "纪要9号")]
    again(contest, sheet(("新奖", None, "科协", 1, track(), None, "A1", "纪要9号")))
    assert list(SpecialGrant.objects.values_list("prize__label_zh", "entry__number")) == [("新奖", "A1")]
    assert [one.label_zh for one in contest.special_prizes.filter(is_in_force=True)] == ["新奖"]


@pytest.mark.django_db
def test_without_rows_those_of_the_web_stay():
    contest = loaded(small()).contest
    prize = save_special(contest=contest, details=SpecialDetails("新奖", "科协", 1), by=None, at=AT)
    give_special(prize=prize, number="A1", minutes="纪要", by=None, at=AT)
    again(contest, small())
    assert SpecialGrant.objects.count() == 1
