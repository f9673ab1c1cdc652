"""Which entry and material a file's name says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competition.core.bundle_names import is_junk, kinds_in, named_in

NAMES = {"a": ("A001", "浇花器"), "b": ("A0011", "浇花器 二代"), "c": ("", "Wind mill"), "d": ("", "浇花器")}
ONE = {key: NAMES[key] for key in "abc"}
WORDS = ["研究报告", "照片", "report"]


@pytest.mark.parametrize(
    ("path", "entry", "rest"),
    [
        ("A001.pdf", "a", ""),
        ("a001_研究报告.pdf", "a", "研究报告"),
        ("A0011-照片(2).jpg", "b", "照片 2"),
        ("浇花器研究报告.pdf", "a", "研究报告"),
        ("浇花器二代报告.pdf", "", ""),
        ("浇花器 二代 研究报告.pdf", "b", "研究报告"),
        ("全部/《浇花器》/报告.pdf", "a", "报告"),
        ("Ａ００１　照片.JPG", "a", "照片"),
        ("wind mill report.pdf", "c", "report"),
        ("A001\\report.pdf", "a", "report"),
        ("A0019.pdf", "", ""),
        ("浇花器2.pdf", "", ""),
        ("别的.pdf", "", ""),
    ],
)
def test_a_name_says_its_entry(path, entry, rest):
    found = named_in(path, ONE, WORDS)
    assert found.entries == ((entry,) if entry else ())
    if entry:
        assert found.rest == rest


def test_two_entries_of_one_title_are_both_named():
    assert named_in("浇花器.pdf", NAMES, WORDS).entries == ("a", "d")


KINDS = {"report": ("研究报告", "Research report"), "photos": ("照片", "Photos"), "video": ("视频", "Video")}


@pytest.mark.parametrize(
    ("rest", "kinds"),
    [("研究报告", ("report",)), ("照片 2", ("photos",)), ("Research_Report final", ("report",)), ("", ()), ("其他", ()),
     ("照片和视频", ("photos", "video"))],
)  # fmt: skip
def test_a_rest_says_its_kind(rest, kinds):
    assert kinds_in(rest, KINDS) == kinds


@pytest.mark.parametrize("path", ["__MACOSX/._a.pdf", "x/.DS_Store", "Thumbs.db", "a/desktop.ini", "~$报告.docx"])
def test_what_systems_leave_is_junk(path):
    assert is_junk(path)
    assert not is_junk("报告.pdf")


@given(st.text(max_size=40))
def test_any_name_is_answered(path):
    assert set(named_in(path, NAMES, WORDS).entries) <= set(NAMES)
