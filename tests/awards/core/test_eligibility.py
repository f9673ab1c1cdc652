"""Who is eligible: laws that hold for all rules, and the rules of three cities on nominees worked by hand."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.core.eligibility import Asked, Condition, Won, failures, lacks_of, nearest, verdict, years_before

DAYS = st.dates(date(2015, 1, 1), date(2018, 12, 31))
NAMES = st.sampled_from(["全国青少年科技创新大赛", "江苏省青少年科技创新大赛", "ISEF", "小院士", ""])
TRACKS = st.sampled_from(["科技创新成果", "少儿科幻画", "科技实践活动", ""])
KINDS = st.sampled_from(["prize", "patent", "title"])
LEVELS = st.sampled_from(["city", "province", "nation", "world"])
ACHIEVEMENTS = st.builds(
    Won, NAMES, LEVELS, st.integers(0, 9), st.sampled_from(["author", "tutor"]), TRACKS, st.integers(1, 3), DAYS, KINDS,
    st.booleans(),
)  # fmt: skip
CONDITIONS = st.builds(
    Condition, st.integers(1, 99), st.just("") | LEVELS, st.lists(NAMES.filter(bool), max_size=2).map(tuple),
    st.none() | st.integers(0, 5), st.sampled_from(["", "author", "tutor"]), st.booleans(),
    st.lists(TRACKS, max_size=2).map(tuple), st.lists(TRACKS, max_size=1).map(tuple), st.none() | DAYS,
    st.none() | DAYS, KINDS,
)  # fmt: skip
LACKS = st.sampled_from([(), ("stage",), ("stage-unknown",), ("birth-unknown", "stage"), ("birth-unknown",)])
RANK = {False: 0, None: 1, True: 2}


def standing(rules: Any, won: Any, lacks: Any = ()) -> int:
    """Not eligible 0, undecided 1, eligible 2."""
    return RANK[verdict(rules, won, lacks).is_eligible]


@given(st.lists(CONDITIONS), st.lists(ACHIEVEMENTS), ACHIEVEMENTS, LACKS)
def test_another_achievement_never_takes_anything_away(rules, won, more, lacks):
    assert standing(rules, [*won, more], lacks) >= standing(rules, won, lacks)


@given(st.lists(CONDITIONS), CONDITIONS, st.lists(ACHIEVEMENTS), LACKS, st.integers(0, 5))
def test_another_alternative_never_excludes_anybody(rules, more, won, lacks, place):
    wider = [*rules[:place], more, *rules[place:]]
    assert standing(wider, won, lacks) >= standing(rules, won, lacks)


@given(st.lists(CONDITIONS), st.lists(ACHIEVEMENTS), st.randoms(use_true_random=False), LACKS)
def test_the_order_of_achievements_never_matters(rules, won, rng, lacks):
    other = rng.sample(won, len(won))
    one, two = verdict(rules, won, lacks), verdict(rules, other, lacks)
    assert one.is_eligible == two.is_eligible
    assert (one.met and one.met[0]) == (two.met and two.met[0])


@given(CONDITIONS, ACHIEVEMENTS)
def test_who_misses_nothing_meets_and_nobody_else(condition, won):
    found = verdict([condition], [won])
    assert (found.met is not None) == (failures(condition, won) == ())


@given(CONDITIONS, st.lists(ACHIEVEMENTS, min_size=1))
def test_the_nearest_achievement_misses_no_more_than_any_other(condition, won):
    assert len(set(nearest(condition, won).parts) - {"document"}) == min(
        len(set(failures(condition, one)) - {"document"}) for one in won
    )


@given(DAYS, st.integers(1, 20))
def test_a_window_is_never_longer_than_it_says(day, years):
    first = years_before(day, years)
    assert first.replace(year=first.year + years) >= day
    assert (first - timedelta(days=1)).year in (day.year - years, day.year - years - 1)


def test_who_has_won_nothing_is_told_so():
    found = verdict([Condition(1)], [])
    assert found.is_eligible is False
    assert [(one.parts, one.index) for one in found.failures] == [(("none",), None)]


@pytest.mark.parametrize(
    ("stage", "born_on", "lacks", "is_eligible"),
    [
        ("junior", date(2005, 7, 1), (), True),
        ("primary", date(2005, 7, 1), ("stage",), False),
        ("junior", date(2005, 6, 30), ("born-before",), False),
        ("junior", None, ("birth-unknown",), None),
        ("", date(2006, 1, 1), ("stage-unknown",), None),
        ("primary", None, ("stage", "birth-unknown"), False),
    ],
)
def test_what_is_asked_of_the_nominee_is_known_or_left_to_the_office(stage, born_on, lacks, is_eligible):
    asked = Asked(stages=("junior", "senior"), born_since=date(2005, 7, 1))
    found = lacks_of(asked, stage=stage, born_on=born_on)
    assert found == lacks
    won = Won("省赛", "province", 1, "author", won_on=date(2018, 1, 1))
    assert verdict([Condition(1, "province")], [won], found).is_eligible is is_eligible


# ---- worked by hand from the measures of the cities; every nominee applies on 10 November 2018 where a window counts

APPLIED = date(2018, 11, 10)
NATION, PROVINCE = "全国青少年科技创新大赛", "江苏省青少年科技创新大赛"
PAINTING, PRACTICE = "少儿科学幻想绘画", "科技实践活动"
WINDOW: dict[str, Any] = {
    "since": years_before(APPLIED, 2), "until": APPLIED, "tracks_excluded": (PAINTING, PRACTICE), "role": "author",
}  # fmt: skip
CHANGZHOU = [
    Condition(1, "nation", (NATION,), 2, **WINDOW),
    Condition(2, "world", ("ISEF", "EUCYS"), **WINDOW),
    Condition(3, "nation", ("明天小小科学家",), 2, **WINDOW),
    Condition(4, "nation", (), 1, **WINDOW),
    Condition(5, "province", (PROVINCE, "江苏省职业教育创新大赛"), 1, **WINDOW),
    Condition(6, "", ("小院士",), **WINDOW, kind="title"),
    Condition(7, "", ("小院士课题",), 1, **WINDOW),
    Condition(8, "", (), **WINDOW, first_author_only=True, kind="patent"),
]
HUANGSHAN = [
    Condition(1, "nation", ("青少年科技创新大赛",), 3, "author"),
    Condition(2, "province", ("青少年科技创新大赛",), 2, "author"),
    Condition(3, "world", ("ISEF", "EUCYS"), None, "author"),
]
NANTONG: list[Condition] = []  # no prize is asked for: a school recommends in writing, the office checks
SECOND = Won("第32届" + NATION, "nation", 2, "author", "科技创新成果", 1, date(2017, 8, 20))
FIRST = Won("第28届" + PROVINCE, "province", 1, "author", "科技创新成果", 2, date(2017, 4, 10))
PATENT = Won("发明专利", "", 9, "author", "", 1, date(2018, 3, 1), "patent", True)
TITLE = Won("中国少年科学院小院士", "", 9, "author", "", 1, date(2017, 12, 20), "title", True)


@pytest.mark.parametrize(
    ("won", "way"),
    [
        (SECOND, 1),
        (replace(SECOND, won_on=date(2016, 11, 10)), 1),  # two years to the day
        (replace(SECOND, won_on=APPLIED), 1),
        (FIRST, 5),  # as second author: the measures ask that of a patent alone
        (Won("ISEF 2018", "world", 4, "author", won_on=date(2018, 5, 18)), 2),
        (Won("第17届明天小小科学家奖励活动", "nation", 2, "author", won_on=date(2017, 11, 1)), 3),
        (Won("全国中小学电脑制作活动", "nation", 1, "author", won_on=date(2017, 7, 25)), 4),
        (TITLE, 6),
        (Won("全国小院士课题研究", "nation", 1, "author", won_on=date(2017, 12, 1)), 4),
        (PATENT, 8),
    ],
)
def test_changzhou_lets_in(won, way):
    assert verdict(CHANGZHOU, [won]).met == (way, 0)


@pytest.mark.parametrize(
    ("won", "way", "missing"),
    [
        (replace(SECOND, won_on=date(2016, 11, 9)), 1, ("since",)),  # a day too early
        (replace(SECOND, won_on=date(2018, 11, 11)), 1, ("until",)),  # a day too late
        (replace(SECOND, prize_order=3), 1, ("prize",)),  # third instead of second
        (replace(SECOND, track=PAINTING), 1, ("track",)),  # paintings are excluded
        (replace(SECOND, role="tutor"), 1, ("role",)),
        (replace(FIRST, prize_order=2), 5, ("prize",)),
        (replace(FIRST, contest="江苏省金钥匙科技竞赛"), 5, ("contest",)),
        (replace(PATENT, author_order=2), 8, ("first-author",)),  # second inventor
    ],
)
def test_changzhou_just_misses(won, way, missing):
    found = verdict(CHANGZHOU, [won])
    assert found.is_eligible is False
    assert {one.order: one.parts for one in found.failures}[way] == missing


@pytest.mark.parametrize(("won", "way"), [(PATENT, 8), (TITLE, 6)])
def test_in_changzhou_the_office_decides_once_it_has_seen_the_document(won, way):
    unseen = replace(won, is_checked=False)
    found = verdict(CHANGZHOU, [unseen])
    assert found.is_eligible is None
    assert {one.order: one.parts for one in found.failures}[way] == ("document",)
    assert verdict(CHANGZHOU, [unseen, FIRST]).is_eligible is True


@pytest.mark.parametrize(
    ("level", "prize", "is_eligible"),
    [("nation", 3, True), ("nation", 4, False), ("province", 2, True), ("province", 3, False), ("city", 1, False)],
)
def test_huangshan_asks_less_of_the_nation_than_of_the_province(level, prize, is_eligible):
    won = Won("某届青少年科技创新大赛", level, prize, "author", won_on=date(2021, 8, 1))
    assert verdict(HUANGSHAN, [won]).is_eligible is is_eligible


def test_huangshan_takes_any_prize_of_the_named_international_contests():
    named = Won("EUCYS 2021", "world", 9, "author", won_on=date(2021, 9, 1))
    assert verdict(HUANGSHAN, [named]).met == (3, 0)
    assert verdict(HUANGSHAN, [replace(named, contest="某国际邀请赛")]).is_eligible is False


def test_nantong_asks_for_no_prize_and_for_pupils_of_its_schools():
    """No alternative: eligible as nominated, which the services say; what is asked of the nominee holds all the same."""
    asked = Asked(stages=("primary", "junior", "senior", "vocational"))
    assert NANTONG == []
    assert lacks_of(asked, stage="vocational", born_on=None) == ()
    assert lacks_of(asked, stage="kindergarten", born_on=None) == ("stage",)
