"""A correction after the decision: the list, its certificates and its titles."""

from dataclasses import replace
from datetime import datetime

import pytest

from awards.models import Achievement, Nomination, RecognitionRule
from awards.services import restating
from awards.services.achievements import record_achievements
from awards.services.certificates import issue_certificates
from awards.services.lists import check_list, lock_list, publish_list, standing_list
from awards.services.running import decide
from competition.errors import Refused
from competition.models import Contest, Entry, Role, School, StoredFile, User
from competition.services.correcting import correct_entry, reading_digest, wanted_of
from competition.states import RoleKind
from judging.conflicts import conflicted_pairs
from judging.models import Conflict
from tests.factories.contests import AT, decided
from tests.factories.sheets import small

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> User:
    user = User.objects.create_user("office", name="科协")
    Role.objects.create(user=user, kind=RoleKind.ORGANISER)
    return user


@pytest.fixture
def contest() -> Contest:
    return decided(small())


@pytest.fixture
def titled(contest: Contest) -> Contest:
    """晴川一中 (A1, A3, A5) is the outstanding school, 老师A1 the outstanding tutor."""
    for order, kind in enumerate(("school", "tutor"), 1):
        RecognitionRule.objects.create(
            contest=contest, kind=kind, order=order, number=1, points={"first": "3", "second": "1"}, label_zh=kind
        )
    decide(contest=contest, by=None, at=AT)
    return contest


def fixed(contest: Contest, *, is_public: bool = False) -> None:
    made = lock_list(contest=contest, by=None, at=AT)
    issue_certificates(award_list=made, by=None, at=AT)
    if is_public:
        publish_list(contest=contest, by=None, at=AT)


def correct(contest: Contest, office: User, number: str, at: datetime = AT, **changes) -> None:
    entry = Entry.objects.get(contest=contest, number=number)
    paper, _ = StoredFile.objects.get_or_create(
        sha256="1" * 64, defaults={"size": 1, "kind": "pdf", "media_type": "application/pdf", "stored_at": AT}
    )
    correct_entry(
        entry=entry, wanted=replace(wanted_of(entry), **changes), seen=reading_digest(entry), reason="来函",
        request=paper, by=office, at=at,
    )  # fmt: skip
    contest.refresh_from_db()


def test_a_draft_list_says_the_corrected_name(contest, office):
    correct(contest, office, "A1", authors=("学生甲",))
    made = standing_list(contest)
    assert (made.version, made.state, contest.state) == (2, "draft", "decision")
    assert made.awards.get(entry__number="A1").said["authors"] == ["学生甲"]
    assert check_list(made) == []


def test_a_locked_list_gets_a_locked_version_with_the_same_prizes(contest, office):
    fixed(contest)
    before = list(standing_list(contest).awards.values_list("entry", "code", "place", "by"))
    correct(contest, office, "A1", authors=("学生甲",))
    made = standing_list(contest)
    assert (made.version, made.state, contest.state) == (2, "locked", "locked")
    assert list(made.awards.values_list("entry", "code", "place", "by")) == before
    old = contest.award_lists.get(version=1)
    assert (old.state, old.awards.get(entry__number="A1").said["authors"]) == ("superseded", ["学生A1"])


def test_only_certificates_that_name_others_are_issued_anew(contest, office):
    """The author's, and the tutor's, which names the author."""
    fixed(contest)
    numbers = set(contest.certificates.values_list("number", flat=True))
    correct(contest, office, "A1", authors=("学生甲",))
    revoked = contest.certificates.filter(state="revoked")
    fresh = contest.certificates.exclude(number__in=numbers)
    assert [one.recipients for one in revoked] == [["学生A1"], ["老师A1"]]
    assert [(one.recipients, one.state) for one in fresh] == [(["学生甲"], "valid"), (["老师A1"], "valid")]
    assert set(contest.certificates.filter(state="valid").values_list("list__version", flat=True)) == {2}
    assert check_list(standing_list(contest)) == []


def test_a_published_list_is_replaced_by_a_published_one(contest, office):
    fixed(contest, is_public=True)
    correct(contest, office, "A2", title="新题目")
    made = standing_list(contest)
    assert (made.version, made.state, contest.state) == (2, "published", "published")
    assert made.awards.get(entry__number="A2").said["title"] == "新题目"


def test_an_entry_without_a_prize_leaves_the_list_alone(contest, office):
    fixed(contest)
    correct(contest, office, "A6", authors=("学生己",))
    assert standing_list(contest).version == 1


def test_a_title_follows_its_tutor(titled, office):
    fixed(titled)
    correct(titled, office, "A1", tutors=("老师甲",))
    assert standing_list(titled).recognitions.get(person__isnull=False).person.name == "老师甲"


def test_a_school_put_right_may_take_its_own_title_along(titled, office):
    """The first prize and with it the title pass from the wrong school to the right one, and to nobody else."""
    fixed(titled)
    correct(titled, office, "A1", school=School.objects.get(name="晴川二中"))
    assert standing_list(titled).recognitions.get(school__isnull=False).school.name == "晴川二中"


def test_a_title_that_would_go_to_a_third_is_refused(titled, office, monkeypatch):
    """Points changed behind the list: the correction of a title of a work is no occasion to hand it on."""
    third = School.objects.create(key="k" * 26, district=School.objects.get(name="晴川一中").district, name="晴川三中")
    for number in ("A3", "A2"):  # two second prizes: 2 points, after 3 of the first
        Entry.objects.filter(number=number).update(school=third)
    decide(contest=titled, by=None, at=AT)
    fixed(titled)
    RecognitionRule.objects.filter(kind="school").update(points={"first": "3", "second": "2"})
    with pytest.raises(Refused) as refused:
        correct(titled, office, "A1", title="新题目")
    assert refused.value.denial.code == "correction-moves-title"
    monkeypatch.setattr(restating, "refuse_other_titles", lambda was, made, touched: None)
    correct(titled, office, "A1", title="新题目")  # the twin: without the guard it goes through
    assert standing_list(titled).recognitions.get(school__isnull=False).school == third


def test_a_conflict_follows_the_corrected_name(contest, office):
    """Who may not judge 学生A1 may not judge 学生甲 either."""
    author = Entry.objects.get(contest=contest, number="A1").authors.get().person
    judge = contest.judges.first()
    Conflict.objects.create(judge=judge, person=author)
    entry = Entry.objects.get(contest=contest, number="A1")
    assert (judge.pk, entry.pk) in conflicted_pairs(contest)
    correct(contest, office, "A1", authors=("学生甲",))
    assert (judge.pk, entry.pk) in conflicted_pairs(contest)


def test_a_nominee_is_not_renamed_under_an_award(contest, office):
    author = Entry.objects.get(contest=contest, number="A1").authors.get().person
    award = Contest.objects.create(
        key="w" * 26, series=contest.series, kind="award", year=2030, as_of=AT, secret=b"x" * 32, belongs_to=contest
    )
    track = award.tracks.create(code="学生", order=1, label_zh="学生")
    nominee = award.entries.create(number="M1", title="提名", track=track, order=1, state="passed")
    Nomination.objects.create(entry=nominee, person=author)
    with pytest.raises(Refused) as refused:
        correct(contest, office, "A1", authors=("学生甲",))
    assert refused.value.denial.code == "correction-of-nominee"
    correct(contest, office, "A1", title="新题目")


def test_prizes_stand_with_the_people_of_the_right_school(contest, office):
    """Two schools of one name: the list reads the same, the people do not."""
    lock_list(contest=contest, by=None, at=AT)
    record_achievements(award_list=standing_list(contest), by=None, at=AT)
    first = School.objects.get(name="晴川一中")
    twin = School.objects.create(key="t" * 26, district=School.objects.get(name="晴川二中").district, name="晴川一中")
    correct(contest, office, "A1", school=twin)
    holders = {one.person.school for one in Achievement.objects.filter(entry__number="A1").select_related("person")}
    assert holders == {twin}
    assert first != twin
