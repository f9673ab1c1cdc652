"""Pictures: what they say in words and shapes, and that a page may take them as they are."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competition.core.pictures import Bar, Cut, Drawn, Interval, Kind, Limit, Step, bars, course, intervals, spread
from competition.core.pictures.spread import binned
from competition.core.pictures.svg import WIDTH, shortened, step_for, ticks, words_width

KINDS = [Kind("一等奖", "full", "#86620c"), Kind("二等奖", "slant", "#62676c"), Kind("无", "empty")]
FINITE = st.floats(-1e4, 1e4, allow_nan=False).map(lambda one: round(one, 2))


def all_pictures(words: str) -> dict[str, Drawn]:
    kinds = [Kind(words, "full"), Kind(words, "dots")]
    return {
        "bars": bars("b", kinds, [Bar(words, [3, 0]), Bar(words, [0, 0])]),
        "spread": spread("s", kinds, [(70.5, 0), (71.0, 1), (90.0, 0)], [Cut(80.0, words)], words),
        "intervals": intervals([Interval(words, 70.0, 3.0, 71.0)], [Limit(69.0, words)], (words, words)),
        "course": course([Step(words, 3), Step(words, 8)], 20, words),
    }


@pytest.mark.parametrize("name", ["bars", "spread", "intervals", "course"])
def test_words_are_escaped_and_nothing_is_there_that_a_policy_would_stop(name: str) -> None:
    picture = all_pictures('<script>"甲"&乙</script>')[name]
    root = ElementTree.fromstring(picture)
    assert picture.__html__() == picture
    assert "style" not in {key for one in root.iter() for key in one.attrib}
    assert {one.tag for one in root.iter()} <= {"svg", "defs", "pattern", "path", "rect", "circle", "text"}
    said = "".join(root.itertext())
    assert '"甲"&乙' in said or "…" in said, "Chinese stays text"
    assert "font-family" not in picture, "the face is the page's"


@pytest.mark.parametrize("name", ["bars", "spread", "intervals", "course"])
def test_a_picture_is_as_wide_as_a_phone_and_draws_inside(name: str) -> None:
    root = ElementTree.fromstring(all_pictures("甲")[name])
    left, top, width, height = map(float, root.attrib["viewBox"].split())
    assert (left, top, width) == (0, 0, WIDTH) and height > 0
    for one in root.iter("text"):
        assert 0 <= float(one.attrib["x"]) <= WIDTH and 0 <= float(one.attrib["y"]) <= height
    for one in root.iter("rect"):
        if one.attrib.get("x"):
            assert float(one.attrib["x"]) + float(one.attrib["width"]) <= WIDTH + 0.1


def boxes(picture: Drawn, fill: str) -> list[float]:
    """Widths, without the legend's."""
    found = re.findall(r'<rect x="[^"]+" y="[^"]+" width="([^"]+)" height="([^"]+)" fill="([^"]+)"', picture)
    return [float(width) for width, height, one in found if one == fill and (width, height) != ("14", "10")]


def test_bars_are_as_long_as_their_numbers_and_each_kind_is_filled_its_own_way() -> None:
    picture = bars("b", KINDS, [Bar("甲", [2, 4, 0]), Bar("乙", [1, 0, 1])])
    first, second, none = boxes(picture, "#86620c"), boxes(picture, "url(#b-1)"), boxes(picture, "none")
    assert first[0] == pytest.approx(2 * first[1], abs=0.2) and second[0] == pytest.approx(2 * first[0], abs=0.2)
    assert none == [first[1]]
    assert re.findall(r">(\d+)</text>", picture) == ["6", "2"]
    assert picture.count("<pattern") == 1, "only what is hatched needs one"


def test_bars_without_anything_say_nought() -> None:
    assert re.findall(r">(\d+)</text>", bars("b", KINDS, [Bar("甲", [0, 0, 0])])) == ["0"]


@given(st.lists(st.tuples(FINITE, st.integers(0, 2)), min_size=1, max_size=60))
def test_every_value_is_in_the_one_bin_that_holds_it(values) -> None:
    found, step = binned(values, 3)
    assert len(found) <= 22
    assert sum(sum(one.parts) for one in found) == len(values)
    for value, kind in values:
        assert any(one.parts[kind] for one in found if one.low - 1e-6 <= value < one.low + step + 1e-6)


@given(st.lists(st.tuples(FINITE, st.integers(0, 2)), min_size=1, max_size=30), st.randoms())
def test_the_order_of_values_never_matters(values, random) -> None:
    other = values[:]
    random.shuffle(other)
    cuts = [Cut(values[0][0], "甲")]
    assert spread("s", KINDS, values, cuts, "") == spread("s", KINDS, other, cuts, "")


def test_all_scores_alike_are_one_column() -> None:
    found, step = binned([(80.0, 0), (80.0, 1)], 2)
    assert [one.parts for one in found] == [[1, 1]] and step == 1
    assert "80" in spread("s", KINDS, [(80.0, 0)], [], "")


def test_words_of_cuts_stand_in_rows_of_their_own() -> None:
    picture = spread("s", KINDS, [(float(at), 0) for at in range(60, 100)], [Cut(90, "一等"), Cut(89.9, "二等")], "")
    heights = [float(one) for one in re.findall(r'y="([^"]+)"[^>]*>[一二]等<', picture)]
    assert len(set(heights)) == 2 and picture.count("stroke-dasharray") == 2


def test_an_interval_has_a_dot_and_another_value_is_a_cross() -> None:
    without = intervals([Interval("J1", 1.0, 0.5), Interval("J2", -1.0, 0.5)])
    assert without.count("<circle") == 2 and without.count("l6 6m0 -6l-6 6") == 0
    assert intervals([Interval("A1", 70, 1, mark=71.0)]).count("l6 6m0 -6l-6 6") == 1
    where = [float(one) for one in re.findall(r'<circle cx="([^"]+)"', without)]
    assert where[0] > where[1], "more is to the right"


@given(st.lists(st.tuples(FINITE, st.floats(0, 100)), max_size=20))
def test_intervals_of_any_values_are_drawn_inside(rows) -> None:
    picture = intervals([Interval("甲", at, margin) for at, margin in rows])
    for one in re.findall(r'<circle cx="([^"]+)"', picture):
        assert 0 <= float(one) <= WIDTH


def test_a_course_never_falls_and_ends_where_it_is() -> None:
    picture = course([Step("1日", 3), Step("2日", 3), Step("3日", 10)], 10, "应交 10 份")
    heights = [float(one) for one in re.findall(r'<circle cx="[^"]+" cy="([^"]+)"', picture)]
    assert heights == sorted(heights, reverse=True) and heights[0] == heights[1]
    line = re.search(r'M\d+ ([\d.]+)H\d+" stroke="#b8301c"', picture)
    assert line and float(line[1]) == heights[-1]
    assert "3日" in picture


def test_days_that_do_not_fit_are_left_out_but_never_the_last() -> None:
    picture = course([Step(f"11-{day:02} 00:00", day) for day in range(1, 31)], 40, "")
    assert "11-30 00:00" in picture and picture.count("-") and picture.count(" 00:00") < 8


@given(st.floats(0.001, 1e6), st.integers(1, 30))
def test_steps_are_round_and_few_enough(span, most) -> None:
    step = step_for(span, most)
    assert span / step <= most + 1e-6
    assert f"{step:e}"[0] in "125"


def test_ticks_are_within() -> None:
    assert ticks(0, 10, 5) == [0, 2, 4, 6, 8, 10]
    assert ticks(62.5, 98, 6) == [70, 80, 90]
    assert step_for(0, 5) == 1


def test_words_too_long_are_shortened() -> None:
    assert shortened("滁州市", 100) == "滁州市"
    cut = shortened("阿克苏地区温宿县托乎拉乡中心小学", 100)
    assert cut.endswith("…") and words_width(cut) <= 100


def test_a_long_legend_takes_more_lines() -> None:
    kinds = [Kind(f"{at}等奖（特别长的名称）", "full") for at in range(8)]
    root = ElementTree.fromstring(bars("b", kinds, [Bar("甲", [1] * 8)]))
    legend = [one for one in root.iter("text") if (one.text or "").endswith("）")]
    assert len(legend) == 8 and len({one.attrib["y"] for one in legend}) > 2
    for one in legend:
        assert float(one.attrib["x"]) + words_width(one.text or "") <= WIDTH
