"""Names by pinyin and by strokes, and how they are read aloud. All names are made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.core.name_order import parts_of, pinyin_key, stroke_key
from awards.core.phonetics import hinted, hinted_text
from awards.services.stroke_order import stroke_places

NAMES = st.lists(
    st.text(alphabet="丁于万习马王李张刘陈杨赵黄周曾单解仇区䶮𬱖一二A·", min_size=1, max_size=4), max_size=12
)


def by_strokes(names: list[str]) -> list[str]:
    return sorted(names, key=lambda name: stroke_key(name, stroke_places()))


def by_pinyin(names: list[str]) -> list[str]:
    return sorted(names, key=lambda name: pinyin_key(name, stroke_places()))


def test_surnames_stand_by_strokes_and_then_by_the_kind_of_the_first():
    wanted = list("丁于万马王车尹石卢白吉毕曲")
    assert [name[0] for name in by_strokes([f"{one}小一" for one in reversed(wanted)])] == wanted


def test_short_names_come_before_longer_ones_of_a_surname():
    assert by_strokes(["王一一", "王勇", "马国", "王二小", "王毅"]) == ["马国", "王勇", "王毅", "王一一", "王二小"]


def test_characters_without_known_strokes_come_last():
    assert by_strokes(["䶮一", "龘一", "丁一"]) == ["丁一", "龘一", "䶮一"]


def test_surnames_of_two_readings_stand_where_families_read_them():
    names = ["曾一", "单一", "解一", "仇一", "区一", "查一", "朴一", "万俟一", "尉迟一"]
    assert by_pinyin(names) == ["万俟一", "区一", "朴一", "仇一", "单一", "解一", "尉迟一", "曾一", "查一"]


def test_one_sound_goes_by_tone_and_then_by_strokes():
    assert by_pinyin(["李一", "黎一", "栗一", "厉一", "Li", "吕一", "鲁一"]) == [
        "Li",
        "黎一",
        "李一",
        "厉一",
        "栗一",
        "鲁一",
        "吕一",
    ]


@pytest.mark.parametrize("order", [by_strokes, by_pinyin])
@given(names=NAMES)
def test_an_order_never_depends_on_where_names_came_from(order, names):
    assert order(names) == order(list(reversed(names)))
    assert sorted(order(names)) == sorted(names)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("曾小川", "曾（zēng）小川"), ("单田", "单（shàn）田"), ("解语", "解（xiè）语"), ("仇明", "仇（qiú）明"),
        ("区思远", "区（ōu）思远"), ("万俟明", "万（mò）俟（qí）明"), ("欧阳小川", "欧阳小川"), ("王小川", "王小川"),
        ("李行之", "李行（xíng/háng）之"), ("覃小川", "覃（qín/tán）小川"), ("王䶮", "王䶮（yǎn）"), ("张骉", "张骉（biāo）"),
        ("陈𬭎", "陈𬭎（hóng）"), ("王梓萱", "王梓萱"), ("李单", "李单（dān/shàn）"), ("", ""), ("解放军小学队", "解（jiě/xiè）放军小学队"),
    ],
)  # fmt: skip
def test_a_reader_is_told_what_he_may_stumble_over_and_nothing_else(name, said):
    assert hinted(name) == said


def test_a_character_that_nobody_wrote_down_is_to_be_asked():
    assert hinted("王\U0003134a") == "王\U0003134a（?）"


def test_schools_have_no_surname():
    assert hinted_text("单县解放路小学") == "单县解放路小学"
    assert hinted_text("邛崃市小学") == "邛（qióng）崃（lái）市小学"


def test_surnames_of_two_characters_are_known():
    assert (
        parts_of("欧阳小川") == ("欧阳", "小川")
        and parts_of("欧阳") == ("欧", "阳")
        and parts_of("王小川") == ("王", "小川")
    )
