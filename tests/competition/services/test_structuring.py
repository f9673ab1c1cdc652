"""Tracks, divisions and subjects of a contest, while nobody rests on them."""

import pytest

from competition.models import Entry, Quota
from competition.services.structuring import PartDetails, add_track, change_divisions, change_subjects, remove_track
from competition.states import ContestState
from tests.factories.entering import NOW, begun, handed_in, recorded, refusal, ruled

PRIMARY, JUNIOR = PartDetails("primary", "小学"), PartDetails("junior", "初中组", "Junior")


def divisions(made) -> list[tuple[str, str]]:
    return list(made.contest.divisions.values_list("code", "label_zh"))


def test_divisions_are_renamed_added_and_put_in_order(made):
    wanted = [JUNIOR, PRIMARY, PartDetails("senior", "高中")]
    with recorded("divisions.saved"):
        for _ in range(2):
            change_divisions(contest=made.contest, wanted=wanted, by=made["host"], at=NOW)
    assert divisions(made) == [("junior", "初中组"), ("primary", "小学"), ("senior", "高中")]


def test_a_division_without_entries_goes_with_its_quotas(made):
    Quota.objects.create(
        contest=made.contest, district=made.units["东区"], most=1, division=made.contest.divisions.get(code="junior")
    )
    change_divisions(contest=made.contest, wanted=[PRIMARY], by=made["host"], at=NOW)
    assert divisions(made) == [("primary", "小学")]
    assert not Quota.objects.exists()


def test_a_division_with_an_entry_stays(made):
    handed_in(made)
    with refusal("part-in-use"):
        change_divisions(contest=made.contest, wanted=[JUNIOR], by=made["host"], at=NOW)


def test_two_divisions_for_the_same_pupils_are_refused(made):
    with refusal("part-twice"):
        change_divisions(contest=made.contest, wanted=[PRIMARY, PRIMARY], by=made["host"], at=NOW)


def test_one_code_may_stand_on_two_levels(made):
    subjects = [PartDetails("ES", "地球科学", level="primary"), PartDetails("ES", "环境科学", level="secondary")]
    with recorded("subjects.saved"):
        change_subjects(contest=made.contest, wanted=subjects, by=made["host"], at=NOW)
    assert [one.word for one in made.contest.subjects.all()] == ["primary/ES", "secondary/ES"]
    with refusal("part-twice"):
        change_subjects(contest=made.contest, wanted=[subjects[0]] * 2, by=made["host"], at=NOW)


def test_a_track_comes_last_and_goes_while_it_is_empty(made):
    with recorded("tracks.saved", "tracks.saved"):
        track = add_track(contest=made.contest, label_zh="机器人", label_en="Robots", by=made["host"], at=NOW)
        assert track.order == 4
        remove_track(track=track, by=made["host"], at=NOW)
    assert made.contest.tracks.count() == 3


def test_a_track_with_a_draft_stays(made):
    begun(made)
    track = made.contest.tracks.get(code="创新")
    with refusal("part-in-use"):
        remove_track(track=track, by=made["host"], at=NOW)
    assert Entry.objects.count() == 1


def test_a_track_of_one_name_is_refused(made):
    with refusal("part-twice"):
        add_track(contest=made.contest, label_zh="创新", label_en="", by=made["host"], at=NOW)


CHANGES = {
    "divisions": lambda made, **who: change_divisions(contest=made.contest, wanted=[PRIMARY, JUNIOR], **who),
    "subjects": lambda made, **who: change_subjects(contest=made.contest, wanted=[PRIMARY], **who),
    "track": lambda made, **who: add_track(contest=made.contest, label_zh="新", label_en="", **who),
    "no track": lambda made, **who: remove_track(track=made.contest.tracks.get(code="实践"), **who),
}


@pytest.mark.parametrize("what", CHANGES)
def test_only_its_organiser_and_before_judging(made, what):
    for who in ("晴川一中", "东区", "stranger"):
        with refusal("hidden"):
            CHANGES[what](made, by=made[who], at=NOW)
    ruled(made, state=ContestState.JUDGING)
    with refusal("wrong-state"):
        CHANGES[what](made, by=made["host"], at=NOW)
