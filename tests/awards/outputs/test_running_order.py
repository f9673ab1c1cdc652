"""One order for script and screen: from the lowest prize to the highest, nobody left out."""

import pytest

from awards.ceremony_style import NOBODY, CeremonyStyle
from awards.models import Award, AwardList, Recognition, RecognitionRule
from awards.outputs.running_order import CallKind, running_order
from awards.outputs.screen import codes_alone, screen_slides
from awards.services.lists import lock_list, standing_list
from awards.services.running import decide
from tests.factories.contests import AT, decided, loaded
from tests.factories.sheets import small, with_mayor

pytestmark = pytest.mark.django_db
ONE = {"title": "单一", "authors": ["单一"], "tutors": [], "group": "", "nominee": "单一", "school": "晴川一中"}


@pytest.fixture
def made():
    contest = decided(small())
    lock_list(contest=contest, by=None, at=AT)
    return standing_list(contest)


@pytest.fixture
def both():
    """A contest's list and that of its award, with a title that follows from the award."""
    contest = loaded(with_mayor(small(), {"M1": (90,) * 3}, [])).contest
    decide(contest=contest, by=None, at=AT)
    award = contest.companions.get(kind="award")
    award_list = AwardList.objects.create(contest=award, version=1, made_at=AT)
    nominee = award.entries.get(number="M1")
    for number, (code, said) in enumerate((("mayor", ONE), ("nominated", ONE | {"nominee": "晴川一中"})), 1):
        entry = nominee if number == 1 else award.entries.exclude(pk=nominee.pk).first()
        Award.objects.create(
            list=award_list, entry=entry, code=code, order=number, by="ballot", label_zh=code, said=said
        )
    rule = RecognitionRule.objects.create(
        contest=award, kind="school", order=1, number=0, points={}, label_zh="摇篮奖", follows=[["student", "mayor"]]
    )
    Recognition.objects.create(list=award_list, rule=rule, place=0, points=0, school=nominee.school)
    return [award_list, standing_list(contest)]


def told(slide) -> list[str]:
    return [one.names for column in slide.shown.columns for one in column]


def test_every_award_is_called_once(made):
    calls = running_order([made])
    assert [one.label for one in calls] == ["三等奖", "二等奖", "一等奖"]
    called = [winner.entry for one in calls for winner in one.winners]
    assert sorted(called) == sorted(made.awards.values_list("entry", flat=True))


def test_the_highest_prize_of_the_award_is_the_last(both):
    calls = running_order(both)
    assert [one.label for one in calls] == ["三等奖", "二等奖", "一等奖", "摇篮奖", "nominated", "mayor"]
    assert len({one.code for one in calls}) == len(calls)
    assert calls[3].kind == CallKind.TITLE and calls[3].winners[0].group == "晴川一中"


def test_a_school_that_wins_is_no_person(both):
    winner = running_order(both)[-2].winners[0]
    assert (winner.names, winner.group, winner.school) == ((), "晴川一中", "")


def test_the_screen_follows_the_running_order_and_ends_with_the_highest(both):
    slides = screen_slides(both, CeremonyStyle())
    prizes = list(dict.fromkeys(one.prize for one in slides))
    assert prizes == [one.label for one in running_order(both)]
    assert told(slides[-1]) == ["单一"] and slides[-1].is_alone
    assert sorted(name for one in slides for name in told(one) if name.startswith("学生")) == [
        "学生A1", "学生A2", "学生A3", "学生A4", "学生A5"
    ]  # fmt: skip


def test_names_are_masked_where_the_office_says_so_and_schools_never(both):
    slides = screen_slides(both, CeremonyStyle(names="masked"))
    assert told(slides[-1]) == ["单＊"] and "晴川一中" in told(slides[-2])
    assert not [name for one in slides for name in told(one) if "学生" in name]


def test_from_the_chosen_prize_on_each_stands_alone(both):
    calls = running_order(both)
    second = calls[1].code
    assert codes_alone(calls, second) == {calls[at].code for at in (1, 2, 4, 5)}
    assert codes_alone(calls, "") == codes_alone(calls, "gone") == {calls[-1].code}
    assert codes_alone(calls, NOBODY) == frozenset()
    alone = [told(one) for one in screen_slides(both, CeremonyStyle(alone=second)) if one.prize == "二等奖"]
    assert alone == [["学生A2"], ["学生A3"]]
