"""Names in pages: found as people write them, and not where they only look alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competition.inspection import Found, names_in


@pytest.mark.parametrize(
    ("page", "name"),
    [
        ("作者：李明", "李明"),
        ("作者：李　明", "李明"),
        ("李 \n 明", "李明"),
        ("李明", "李 明"),
        ("⼩明的实验", "小明"),
        ("买买提·吐尔逊", "买买提•吐尔逊"),
        ("买买提 吐尔逊", "买买提·吐尔逊"),
        ("由𬱖佳完成", "𬱖佳"),
        ("杭州市第 二 中学", "杭州市第二中学"),
        ("by Zhang Weiming.", "Zhang Weiming"),
        ("by ZHANG\nWEIMING", "Zhang Weiming"),
        ("ＺＨＡＮＧ Weiming", "Zhang  Weiming"),
        ("作者Tom同学", "Tom"),
        ("(Straße)", "STRASSE"),
        ("José", "José"),
    ],
)
def test_names_in_finds(page, name):
    assert names_in([page], {name: "author"}) == [Found(1, name, "author")]


@pytest.mark.parametrize(
    ("page", "name"),
    [("tomato", "Tom"), ("Atom", "Tom"), ("Tom2", "Tom"), ("明明白白", "李明"), ("李", "李"), ("a b", "a"), ("x", " "), ("ZhangWeiming", "Zhang Weiming"), ("", "李明")],
)  # fmt: skip
def test_names_in_leaves_alone(page, name):
    assert names_in([page], {name: "author"}) == []


def test_names_in_tells_page_and_role_once_each():
    pages = ["李明 李明", "", "某某中学 李明"]
    names = {"某某中学": "school", "李明": "author"}
    assert names_in(pages, names) == [
        Found(1, "李明", "author"),
        Found(3, "某某中学", "school"),
        Found(3, "李明", "author"),
    ]


@given(
    st.text(max_size=20),
    st.sampled_from(["李明", "欧阳娜娜", "某某中学"]),
    st.text(max_size=20),
    st.text(" \n\t\u3000", max_size=3),
)
def test_white_space_inside_a_chinese_name_never_hides_it(before, name, after, space):
    assert names_in([f"{before}{space.join(name)}{after}"], {name: "x"})


@given(st.text(max_size=40), st.text(max_size=8))
def test_any_text_and_any_name_end_in_an_answer(page, name):
    assert len(names_in([page], {name: "x"})) <= 1
