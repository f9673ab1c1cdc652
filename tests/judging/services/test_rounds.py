"""Rounds and rubrics set up on the web."""

from decimal import Decimal

import pytest

from competition.errors import Refused
from competition.models import Contest, Role, User
from competition.presets import presets
from competition.services.setting_up import contest_from_preset
from competition.states import RoleKind
from judging.models import Assignment, Mark, Rubric, Sheet
from judging.services.rounds import (
    CriterionDetails,
    RoundDetails,
    RubricDetails,
    change_rounds,
    change_rubric,
    fill_rounds,
)
from tests.factories.contests import AT, small_contest

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> User:
    user = User.objects.create_user("office", name="科协")
    Role.objects.create(user=user, kind=RoleKind.ORGANISER)
    return user


@pytest.fixture
def fresh(office) -> Contest:
    return contest_from_preset(preset=presets()["chuzhou"], label_zh="新赛", year=2027, by=office, at=AT)


def refused(code: str, do) -> None:
    with pytest.raises(Refused) as fault:
        do()
    assert fault.value.denial.code == code
    assert "%(" not in fault.value.denial.message


@pytest.mark.parametrize("code", presets())
def test_a_preset_brings_rubrics_out_of_100(office, code):
    made = contest_from_preset(preset=presets()[code], label_zh="新赛", year=2027, by=office, at=AT)
    rubrics = Rubric.objects.filter(round__contest=made)
    assert rubrics.count() == made.tracks.filter(is_by_minutes=False).count()
    for one in rubrics.marked():
        assert sum(criterion.maximum for criterion in one.criteria.all()) == 100


def test_the_preset_of_robots_measures_two_tracks_and_marks_one(office):
    made = contest_from_preset(preset=presets()["robots"], label_zh="新赛", year=2027, by=office, at=AT)
    rubrics = Rubric.objects.filter(round__contest=made)
    measured = [(one.measure, one.attempts, one.combine) for one in rubrics.measured().order_by("track__order")]
    assert measured == [("points_time", 2, "best"), ("time", 2, "best")]
    assert rubrics.marked().count() == 1


def test_a_round_keeps_its_rubrics_under_another_name(fresh, office):
    rounds = [RoundDetails("初评", "Preliminary", Decimal(4), code="评审"), RoundDetails("终评", is_for_finalists=True)]
    change_rounds(contest=fresh, rounds=rounds, by=office, at=AT)
    assert list(fresh.rounds.values_list("label_zh", "code")) == [("初评", "评审"), ("终评", "终评")]
    assert Rubric.objects.filter(round__contest=fresh).count() == 4


def test_two_rounds_of_one_name_are_refused(fresh, office):
    refused("round-twice", lambda: change_rounds(contest=fresh, rounds=[RoundDetails("评审")] * 2, by=office, at=AT))


def test_one_rubric_changes_and_the_others_stay(fresh, office):
    track = fresh.tracks.first()
    before = {one.track_id: one.criteria.count() for one in Rubric.objects.filter(round__contest=fresh)}
    wanted = RubricDetails("评审", track, (CriterionDetails("总评", 1000),), "median", 4, places=1)
    change_rubric(contest=fresh, rubric=wanted, by=office, at=AT)
    after = {one.track_id: one.criteria.count() for one in Rubric.objects.filter(round__contest=fresh)}
    assert after == before | {track.pk: 1}
    made = Rubric.objects.get(round__contest=fresh, track=track)
    assert (made.method, made.reviews, made.places) == ("median", 4, 1)


def test_without_criteria_a_rubric_goes(fresh, office):
    track = fresh.tracks.first()
    change_rubric(contest=fresh, rubric=RubricDetails("评审", track, ()), by=office, at=AT)
    assert not Rubric.objects.filter(track=track).exists()


def test_a_criterion_twice_is_refused(fresh, office):
    twice = (CriterionDetails("总评", 50), CriterionDetails("总评", 50))
    wanted = RubricDetails("评审", fresh.tracks.first(), twice)
    refused("criterion-twice", lambda: change_rubric(contest=fresh, rubric=wanted, by=office, at=AT))


def test_judging_does_not_begin_without_a_rubric():
    made = small_contest()
    Mark.objects.all().delete()
    Sheet.objects.all().delete()
    Assignment.objects.all().delete()
    Rubric.objects.all().delete()
    refused("rubric-missing", lambda: fill_rounds(contest=made.contest, by=None, at=AT))


def test_judging_does_not_begin_without_judges():
    """Else nobody could mark, and no entry could be corrected any more."""
    made = small_contest()
    made.contest.judges.update(is_active=False)
    refused("judges-missing", lambda: fill_rounds(contest=made.contest, by=None, at=AT))


def test_only_its_organiser_changes_rounds_and_rubrics(fresh):
    stranger = User.objects.create_user("x", name="x")
    refused("hidden", lambda: change_rounds(contest=fresh, rounds=[RoundDetails("评审")], by=stranger, at=AT))
    wanted = RubricDetails("评审", fresh.tracks.first(), (CriterionDetails("总评", 50),))
    refused("hidden", lambda: change_rubric(contest=fresh, rubric=wanted, by=stranger, at=AT))
