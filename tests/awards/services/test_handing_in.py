"""Schools nominate for an award: the same way in as entries, tried by the rules, a nominee once the office passes it."""

from datetime import timedelta
from typing import Any

import pytest

from awards.models import Ballot, Claim, Nomination
from awards.selectors import nominees_of
from awards.services.award_rules import KindDetails, Vote, Why, change_terms, version_of
from awards.services.eligibility import check_eligibility, say_of_nominee, tried
from awards.services.handing_in import begin_nomination, subject_of, tried_as_typed
from awards.services.nominating import nominate
from awards.services.nominators import nominators_of
from awards.states import Nominators
from competition.access import Entrance, why_not_begin, why_not_enter, why_not_take_forwards
from competition.drafts import lacking
from competition.errors import Refused
from competition.models import Contest, Entry, Event, Person, Quota, StoredFile
from competition.services.entering import delete_draft, start_entry, submit_entry, take_up_entry, withdraw_entry
from competition.services.reviewing import review_entry
from competition.states import ContestState, EntryState, Level, ReviewStep, Verdict
from tests.factories.entering import CLOSES, NOW, OPENS, open_contest
from tests.factories.entering import handed_in as entry_handed_in
from tests.factories.nominating import Award, begun, handed_in, open_award, typed, winner

pytestmark = pytest.mark.django_db


@pytest.fixture
def award() -> Award:
    return open_award()


def refused(code: str, do: Any, **more: Any) -> None:
    before = Event.objects.count(), Nomination.objects.count(), Entry.objects.count()
    with pytest.raises(Refused) as fault:
        do(**more)
    assert fault.value.denial.code == code
    assert "%(" not in fault.value.denial.message
    assert (Event.objects.count(), Nomination.objects.count(), Entry.objects.count()) == before


def decided(entry: Entry, step: ReviewStep, verdict: Verdict, by: Any, **more: Any) -> Entry:
    review_entry(entry=entry, step=step, verdict=verdict, by=by, at=NOW, **more)
    return Entry.objects.get(pk=entry.pk)


def recommended(award: Award, **more: Any) -> Entry:
    return decided(handed_in(award, **more), ReviewStep.UNIT, Verdict.RECOMMENDED, award.unit, text="同意推荐")


def lacks(entry: Entry) -> list[str]:
    return [one.code for one in lacking(entry, today=NOW.date())]


@pytest.mark.parametrize(("rules", "who", "has_unit"), [
    ("own", Nominators.OFFICE, False), ("changzhou", Nominators.SCHOOLS, False), ("nantong", Nominators.UNITS, True),
])  # fmt: skip
def test_the_rules_of_a_city_say_who_nominates(rules, who, has_unit):
    contest = open_award(rules).contest
    assert (nominators_of(contest), contest.has_unit_step) == (who, has_unit)
    asks = who != Nominators.OFFICE
    assert contest.pledges.exists() == contest.tracks.first().material_kinds.exists() == asks


def test_a_nomination_goes_from_its_school_over_the_unit_to_the_list_of_nominees(award):
    person = winner(award)
    entry = handed_in(award)
    made = Nomination.objects.get(entry=entry)
    assert (made.person, entry.state, entry.title) == (person, EntryState.SUBMITTED, "会浇花的伞")
    assert [one.person for one in entry.authors.all()] == [person]
    assert not nominees_of(award.contest).exists() and tried(award.contest) == []
    entry = decided(entry, ReviewStep.UNIT, Verdict.RECOMMENDED, award.unit, text="同意推荐")
    entry = decided(entry, ReviewStep.OFFICE, Verdict.PASSED, award.office)
    assert entry.state == EntryState.PASSED
    [one] = tried(award.contest)
    assert one.is_in and one.nomination.reason == ["met", 1, "省赛", "一等奖"]
    assert Event.objects.filter(action="nominee.nominated").count() == 1


def test_without_the_units_step_it_goes_to_the_office_at_once():
    assert handed_in(open_award("changzhou")).state == EntryState.RECOMMENDED


@pytest.mark.parametrize("kind", ["student", "tutor", "school"])
def test_every_kind_of_nominee_stands_in_its_place(award, kind):
    entry = handed_in(award, kind)
    made = Nomination.objects.get(entry=entry)
    assert (made.school == award.school) == (kind == "school")
    assert (entry.authors.count(), entry.tutors.count()) == {"student": (1, 0), "tutor": (0, 1), "school": (0, 0)}[kind]


def test_a_draft_says_what_is_missing_and_is_nobodys_but_its_schools(award):
    entry = begun(award)
    assert lacks(entry) == ["title-missing", "recommendation-missing", "grade-missing", "pledge-missing",
                            "pledge-missing"]  # fmt: skip
    assert not Nomination.objects.exists() and not Person.objects.filter(name="陈晓").exists()
    delete_draft(entry=entry, by=award.teacher, at=NOW)
    assert not Entry.objects.filter(pk=entry.pk).exists()


def test_eligibility_is_tried_while_it_is_typed(award):
    entry = begun(award)
    assert (subject_of(entry), tried_as_typed(entry).is_in) == (None, False)
    winner(award)
    assert tried_as_typed(entry).found.is_eligible is None, "the grade is not typed yet"
    assert tried_as_typed(typed(award, entry)).reason == ["met", 1, "省赛", "一等奖"]
    assert not Nomination.objects.exists(), "it only reads"


def test_stage_and_birth_count_as_typed(award):
    winner(award)
    award.track("student").terms.__class__.objects.filter(track=award.track("student")).update(stages=["senior"])
    entry = typed(award, begun(award))
    assert tried_as_typed(entry).found.lacks == ("stage",)


def test_nobody_is_nominated_twice_in_a_kind(award):
    winner(award)
    handed_in(award)
    refused("nominated-already", begun, award=award)
    assert begun(award, "tutor").track == award.track("tutor")


def test_whom_somebody_else_nominated_meanwhile_is_not_handed_in(award):
    person = winner(award)
    entry = typed(award, begun(award))
    nominate(contest=award.contest, track=award.track("student"), subject=person, by=award.office, at=NOW)
    refused("nominated-already", submit_entry, entry=entry, by=award.teacher, at=NOW)


def test_taken_back_it_may_be_nominated_by_others_and_then_not_handed_in_again(award):
    person = winner(award)
    entry = withdraw_entry(entry=handed_in(award), by=award.teacher, at=NOW)
    nominate(contest=award.contest, track=award.track("student"), subject=person, by=award.office, at=NOW)
    entry = take_up_entry(entry=entry, by=award.teacher, at=NOW)
    refused("nominated-already", submit_entry, entry=entry, by=award.teacher, at=NOW)


@pytest.mark.parametrize(("at", "code"), [(OPENS - timedelta(days=1), "entries-not-yet"), (CLOSES, "entries-closed")])
def test_it_begins_and_ends_by_date(award, at, code):
    said = {"contest": award.contest, "school": award.school, "track": award.track("student"), "name": "陈晓"}
    refused(code, begin_nomination, by=award.teacher, at=at, **said)


def test_where_the_office_alone_nominates_no_school_does():
    award = open_award("own")
    said = {"contest": award.contest, "school": award.school, "track": award.track("student")}
    refused("hidden", start_entry, by=award.teacher, at=NOW, **said)
    assert why_not_begin(award.office, Entrance(award.contest, award.school), at=NOW).hide


def test_many_at_once_are_no_nominations(award):
    """A list, a zip and the entries of a whole unit are a contest's."""
    assert why_not_enter(award.teacher, Entrance(award.contest, award.school), at=NOW).hide
    assert why_not_enter(award.teacher, Entrance(award.made.contest, award.school), at=NOW) is None


def test_nothing_goes_up_into_an_award(award):
    Contest.objects.filter(pk=award.contest.pk).update(
        settings=award.contest.settings | {"forwards": {"accepts": True}}
    )
    award.contest.refresh_from_db()
    below = award.made.contest
    below.series.level = Level.SCHOOL
    assert why_not_take_forwards(below, award.contest, at=NOW).code == "forwards-not-taken"


def test_another_school_does_not_nominate_for_this_one(award):
    said = {"contest": award.contest, "school": award.school, "track": award.track("student"), "name": "陈晓"}
    refused("hidden", begin_nomination, by=award.made["西山中学"], at=NOW, **said)


def test_a_quota_of_the_school_holds(award):
    Quota.objects.create(contest=award.contest, school=award.school, most=1)
    handed_in(award)
    assert lacks(typed(award, begun(award, name="另一"))) == ["quota-full"]


def test_a_quota_of_the_unit_holds(award):
    Quota.objects.create(contest=award.contest, district=award.school.district, most=1)
    recommended(award)
    entry = handed_in(award, name="另一")
    refused("quota-reached", decided, entry=entry, step=ReviewStep.UNIT, verdict=Verdict.RECOMMENDED, by=award.unit)


def test_whom_the_office_rejects_stays_out_when_the_rules_are_tried_again(award):
    winner(award)
    entry = decided(recommended(award), ReviewStep.OFFICE, Verdict.NOT_PASSED, award.office, text="材料不实")
    check_eligibility(contest=award.contest, by=award.office, at=NOW)
    entry.refresh_from_db()
    assert (entry.state, entry.nomination.is_admitted) == (EntryState.NOT_PASSED, False)
    entry = decided(entry, ReviewStep.OFFICE, Verdict.PASSED, award.office)
    assert (entry.state, Nomination.objects.get(entry=entry).is_admitted) == (EntryState.PASSED, True)


def test_a_rejection_takes_the_place_of_an_earlier_word(award):
    entry = recommended(award)
    nomination = Nomination.objects.get(entry=entry)
    say_of_nominee(nomination=nomination, word=True, why="特例", by=award.office, at=NOW)
    decided(entry, ReviewStep.OFFICE, Verdict.NOT_PASSED, award.office, text="材料不实")
    check_eligibility(contest=award.contest, by=award.office, at=NOW)
    nomination.refresh_from_db()
    assert (nomination.said_at, nomination.why, Entry.objects.get(pk=entry.pk).state) == (None, "", "not_passed")


def test_whom_the_rules_do_not_let_in_passes_the_check_and_stands_as_not_eligible(award):
    entry = decided(recommended(award, name="无奖"), ReviewStep.OFFICE, Verdict.PASSED, award.office)
    [one] = tried(award.contest)
    assert (entry.state, one.is_in) == (EntryState.NOT_PASSED, False)


def test_what_was_handed_in_says_what_was_won(award):
    person = winner(award)
    Claim.objects.create(
        contest=award.contest, person=person, kind="patent", said_of="一种伞", level="nation", prize_code="special",
        prize_name="专利", role="author", won_on=NOW.date(), paper=stored(), said_at=NOW, key="c" * 26,
    )  # fmt: skip
    content = handed_in(award).submissions.get().content
    assert content["nominee"] == "student"
    assert [(one["contest"], one["level"], one["is_seen"]) for one in content["achievements"]] == [
        ("省赛", "province", True), ("一种伞", "nation", False),
    ]  # fmt: skip


def stored() -> Any:
    return StoredFile.objects.create(sha256="1" * 64, size=1, kind="pdf", media_type="application/pdf", stored_at=NOW)


def test_an_entry_of_a_contest_says_nothing_of_it():
    content = entry_handed_in(open_contest()).submissions.get().content
    assert "achievements" not in content and not Nomination.objects.exists()


def change(award: Award, who: Nominators) -> None:
    kinds = [KindDetails(kind, 1) for kind in ("student", "tutor", "school")]
    change_terms(
        contest=award.contest, kinds=kinds, vote=Vote(), places_in_all=None, why=Why(version_of(award.contest)),
        by=award.office, at=NOW, nominators=who,
    )  # fmt: skip


def test_who_nominates_is_part_of_the_rules(award):
    change(award, Nominators.SCHOOLS)
    award.contest.refresh_from_db()
    assert (nominators_of(award.contest), award.contest.has_unit_step) == (Nominators.SCHOOLS, False)
    assert award.contest.rules_versions.last().content["nominators"] == "schools"
    change(award, Nominators.OFFICE)
    award.contest.refresh_from_db()
    assert nominators_of(award.contest) == Nominators.OFFICE and "nominators" not in award.contest.settings


def test_who_nominates_stays_once_something_was_handed_in(award):
    handed_in(award)
    refused("nominators-used", change, award=award, who=Nominators.SCHOOLS)
    change(award, Nominators.UNITS)


def test_who_nominates_stays_once_it_is_judged(award):
    Contest.objects.filter(pk=award.contest.pk).update(state=ContestState.JUDGING)
    award.contest.refresh_from_db()
    refused("wrong-state", change, award=award, who=Nominators.SCHOOLS)


def voted(award: Award) -> None:
    """A round was opened, and the office went back to the check afterwards."""
    Ballot.objects.create(contest=award.contest, round=1, key="b1")
    Contest.objects.filter(pk=award.contest.pk).update(state=ContestState.JUDGING)


def test_once_members_vote_no_check_takes_anybody_out_without_minutes(award):
    winner(award)
    entry = decided(recommended(award), ReviewStep.OFFICE, Verdict.PASSED, award.office)
    voted(award)
    said = {"entry": entry, "step": ReviewStep.OFFICE, "by": award.office, "at": NOW, "text": "材料不实"}
    for verdict in (Verdict.NOT_PASSED, Verdict.RETURNED):
        refused("nomination-after-votes", review_entry, verdict=verdict, **said)
    refused("nomination-after-votes", withdraw_entry, entry=entry, by=award.office, at=NOW)
    assert Entry.objects.get(pk=entry.pk).state == EntryState.PASSED


def test_nobody_becomes_somebody_else_under_a_number_that_members_voted_on(award):
    winner(award)
    entry = decided(recommended(award), ReviewStep.OFFICE, Verdict.RETURNED, award.office, text="姓名有误")
    voted(award)
    entry = typed(award, entry, authors=[{**entry.draft["authors"][0], "name": "换了人", "grade": 8}])
    refused("nomination-after-votes", submit_entry, entry=entry, by=award.teacher, at=NOW)
    assert entry.nomination.person.name == "陈晓"
