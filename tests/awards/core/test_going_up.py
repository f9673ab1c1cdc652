"""The forms that go up: their sums, and every way in which they may not agree."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards.core.going_up import Cap, Whole, Work, forms_of, mismatches

TRACKS, STAGES = ["创新", "实践", "绘画"], ["小学", "初中", ""]


def work(entry: int, track: str = "创新", stage: str = "小学", is_team: bool = False) -> Work:
    return Work(entry, f"A{entry}", f"作品{entry}", track, stage, is_team, home=(track, stage))


WORKS = [work(1), work(2, is_team=True), work(3, stage="初中"), work(4, "实践", "", True)]
RECEIVED = [one.home for one in WORKS] + [("绘画", "小学")]
WHOLE = Whole(4, {"创新": 3, "实践": 1}, frozenset(range(1, 6)))


def forms(works=WORKS, received=RECEIVED, tracks=TRACKS):
    return forms_of(works, received, tracks, TRACKS, STAGES)


def codes(made, whole=WHOLE) -> list[str]:
    return [one.code for one in mismatches(made, whole)]


def test_a_summary_by_track_stage_and_kind():
    made = forms()
    assert [(one.track, [(line.stage, line.individual, line.team) for line in one.lines]) for one in made.summary] == [
        ("创新", [("小学", 1, 1), ("初中", 1, 0)]), ("实践", [("", 0, 1)]),
    ]  # fmt: skip
    assert (made.individual, made.team, made.total) == (2, 2, 4)
    assert [(track, [one.entry for one in listed]) for track, listed in made.lists] == [
        ("创新", [1, 2, 3]),
        ("实践", [4]),
    ]
    assert [(one.track, one.stage, one.received, one.recommended) for one in made.balance] == [
        ("创新", "小学", 2, 2), ("创新", "初中", 1, 1), ("实践", "", 1, 1), ("绘画", "小学", 1, 0),
    ]  # fmt: skip
    assert codes(made) == []


@pytest.mark.parametrize(("made", "whole", "expected"), [
    # a track that the higher contest has no more: its works would be on no form
    (forms(tracks=["创新", "绘画"]), WHOLE, ["sum-differs", "sum-differs", "track-differs"]),
    # a list that lost a line
    (replace(forms(), lists=(("创新", tuple(WORKS[:2])), ("实践", (WORKS[3],)))), WHOLE, ["sum-differs", "track-differs"]),
    # something went up meanwhile
    (forms(), replace(WHOLE, sent=5, by_track={"创新": 4, "实践": 1}),
     ["sum-differs", "sum-differs", "sum-differs", "track-differs"]),
    # 21 recommended of 20 received
    (forms(received=RECEIVED[1:]), replace(WHOLE, received=frozenset({1, 2, 3, 4})), ["more-than-received"]),
    (forms(received=RECEIVED[:-1]), WHOLE, ["received-differs"]),
    (forms(), replace(WHOLE, received=frozenset({1, 2, 3, 6, 7})), ["not-received"]),
    (forms([*WORKS[:3], replace(WORKS[3], number="A1")]), WHOLE, ["listed-twice"]),
    (forms(), replace(WHOLE, caps=(Cap(4), Cap(3, "创新"), Cap(1, "创新", "初中"))), []),
    (forms(), replace(WHOLE, caps=(Cap(3), Cap(2, "创新"), Cap(1, None, "小学"))), ["over-quota"] * 3),
])  # fmt: skip
def test_what_does_not_agree_is_named(made, whole, expected):
    assert codes(made, whole) == expected


@given(st.lists(st.tuples(st.sampled_from(TRACKS), st.sampled_from(STAGES), st.booleans()), max_size=30))
def test_forms_of_one_frame_always_agree(said):
    works = [work(at, *one) for at, one in enumerate(said)]
    tracks = {track: sum(one.track == track for one in works) for track in {one.track for one in works}}
    whole = Whole(len(works), tracks, frozenset(range(len(works))))
    assert mismatches(forms(works, [one.home for one in works]), whole) == []
