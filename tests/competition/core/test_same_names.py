"""Names of parts of two contests."""

from competition.core.same_names import same_names


def test_width_case_and_spaces_do_not_count():
    assert same_names({"a": "创新 A类", "b": "实践"}, {"x": "创新Ａ类", "y": "绘画"}) == {"a": "x"}


def test_a_name_that_they_use_twice_is_nobodys():
    assert same_names({"a": "创新"}, {"x": "创新", "y": "创新"}) == {}
