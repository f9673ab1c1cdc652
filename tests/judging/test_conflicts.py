"""Who may not mark what, and why."""

import pytest

from competition.models import Author, Contest, Entry, Person, School, Tutor
from competition.states import PersonKind
from judging.conflicts import conflict_reasons, is_conflicted, open_hints
from judging.models import Conflict, HintDecision, Judge
from judging.states import ConflictReason, ConflictSource, HintKind
from tests.factories.contests import AT
from tests.factories.judging import Judged, judged_contest

pytestmark = pytest.mark.django_db
ALL = {"A1", "A2", "A3"}


@pytest.fixture
def judged() -> Judged:
    return judged_contest()


def barred(judged: Judged, code: str = "J1") -> dict[str, ConflictReason]:
    judge = judged.judge(code)
    numbers = dict(judged.contest.entries.values_list("pk", "number"))
    return {
        numbers[entry]: reason for (pk, entry), reason in conflict_reasons(judged.contest).items() if pk == judge.pk
    }


def change(judged: Judged, code: str = "J1", **fields) -> None:
    Judge.objects.filter(pk=judged.judge(code).pk).update(**fields)


def school(judged: Judged) -> School:
    return School.objects.get(name="晴川一中")


def tutor(entry: Entry, name: str, of: School | None) -> Person:
    person, _ = Person.objects.get_or_create(kind=PersonKind.TUTOR, name=name, school=of, code="")
    Tutor.objects.create(entry=entry, person=person, order=1)
    return person


def test_without_anything_said_nobody_is_barred(judged):
    assert barred(judged) == {}
    assert open_hints(judged.contest) == []


def test_own_school(judged):
    change(judged, school=school(judged))
    assert barred(judged) == dict.fromkeys(ALL, ConflictReason.OWN_SCHOOL)
    assert barred(judged, "J2") == {}


@pytest.mark.parametrize("name", ["晴川一中", " 晴川 一中", "晴一"])
def test_an_institution_that_is_called_like_a_school_is_that_school(judged, name):
    School.objects.filter(name="晴川一中").update(aliases=["晴一"])
    change(judged, institution=name)
    assert set(barred(judged)) == ALL


def test_the_school_of_a_co_author_counts_too(judged):
    other = School.objects.create(district=school(judged).district, name="晴川二中")
    person = Person.objects.create(kind=PersonKind.STUDENT, name="合作者", school=other)
    Author.objects.create(entry=judged.made.entries["A2"], person=person, order=2)
    change(judged, school=other)
    assert barred(judged) == {"A2": ConflictReason.OWN_SCHOOL}


def test_own_district_only_where_the_contest_says_so(judged):
    change(judged, district=school(judged).district)
    assert barred(judged) == {}
    judged.contest.settings["same_district_conflict"] = True
    judged.contest.save()
    assert barred(judged) == dict.fromkeys(ALL, ConflictReason.OWN_DISTRICT)


def test_tutor_of_this_entry(judged):
    elsewhere = School.objects.create(district=school(judged).district, name="晴川二中")
    tutor(judged.made.entries["A1"], "评委J1", elsewhere)
    change(judged, school=elsewhere)
    assert barred(judged) == {"A1": ConflictReason.OWN_SCHOOL}  # a tutor's school is a school of the entry


def test_earlier_tutor_of_an_author(judged):
    elsewhere = School.objects.create(district=school(judged).district, name="晴川二中")
    last_year = Contest.objects.create(
        series=judged.contest.series, year=2025, ordinal=0, secret=b"x" * 32, as_of=AT, label_zh="去年"
    )
    track = last_year.tracks.create(code="创新", order=1, label_zh="创新")
    was = Entry.objects.create(contest=last_year, track=track, number="B1", order=1, title="去年的作品")
    pupil = judged.made.entries["A2"].authors.get().person
    Author.objects.create(entry=was, person=pupil, order=1)
    tutor(was, "评委J1", elsewhere)
    assert barred(judged) == {}
    change(judged, school=elsewhere)
    assert barred(judged) == {"A2": ConflictReason.EARLIER_PUPIL}
    assert is_conflicted(judged.judge(), judged.made.entries["A2"])
    assert not is_conflicted(judged.judge(), judged.made.entries["A1"])


def test_people_whom_the_judge_has_named(judged):
    change(judged, relations="学生A1\n 学生A3、某某")
    assert barred(judged) == dict.fromkeys({"A1", "A3"}, ConflictReason.RELATION)


def test_what_was_said_and_by_whom(judged):
    judge, entries = judged.judge(), judged.made.entries
    Conflict.objects.create(judge=judge, entry=entries["A1"])
    Conflict.objects.create(judge=judge, person=entries["A2"].authors.get().person, source=ConflictSource.JUDGE)
    Conflict.objects.create(judge=judge, entry=entries["A3"], source=ConflictSource.RECUSAL)
    said, recused = ConflictReason.SAID, ConflictReason.RECUSAL
    assert barred(judged) == {"A1": said, "A2": said, "A3": recused}


def test_one_pair_is_answered_like_all_pairs(judged):
    change(judged, relations="学生A1")
    change(judged, "J2", school=school(judged))
    Conflict.objects.create(judge=judged.judge("J3"), entry=judged.made.entries["A2"])
    every = conflict_reasons(judged.contest)
    for judge in judged.contest.judges.all():
        for entry in judged.contest.entries.all():
            assert is_conflicted(judge, entry) == ((judge.pk, entry.pk) in every)


def test_one_name_alone_is_a_hint_until_somebody_decides(judged):
    entry, judge = judged.made.entries["A1"], judged.judge()
    tutor(entry, "评委J1", None)
    (hint,) = open_hints(judged.contest)
    assert (hint.judge, hint.entry, hint.kind) == (judge.pk, entry.pk, HintKind.SAME_NAME)
    assert barred(judged) == {}
    decision = HintDecision.objects.create(judge=judge, entry=entry, is_conflict=False, reason="同名", at=AT)
    assert open_hints(judged.contest) == []
    assert barred(judged) == {}
    decision.is_conflict = True
    decision.save()
    assert barred(judged) == {"A1": ConflictReason.DECIDED}


def test_an_institution_that_may_be_a_school_is_a_hint(judged):
    change(judged, institution="晴川市第一中学")
    assert {one.kind for one in open_hints(judged.contest)} == {HintKind.LIKE_SCHOOL}
    assert barred(judged) == {}
