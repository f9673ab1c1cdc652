"""A notice of a locked list: the clock opens and ends it, versions stay, what waits for it waits."""

from datetime import date, timedelta

import pytest

from awards.access import running_notice
from awards.models import EarlyStep, RecognitionRule
from awards.services.amending import amend_list
from awards.services.certificates import issue_certificates
from awards.services.early import is_noticed
from awards.services.lists import lock_list, publish_list, standing_list, take_list_back
from awards.services.notices import Terms, save_terms, take_notice_down, terms_of, usual_term
from awards.services.running import Outcome as Run
from awards.services.running import decide, settle
from awards.states import ListState, NoticeState
from competition.errors import Refused
from competition.models import Contest, Event, User
from tests.awards.services.test_restating import correct
from tests.factories.noticing import (
    DURING,
    FIRST,
    LAST,
    NOW,
    OVER,
    account,
    locked_contest,
    noticed,
    objected,
    office_of,
    required,
    ruled,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest() -> Contest:
    return locked_contest()


@pytest.fixture
def office(contest) -> User:
    return office_of(contest)


def refused(code: str, do) -> None:
    before = Event.objects.count()
    with pytest.raises(Refused) as fault:
        do()
    assert fault.value.denial.code == code
    assert "%(" not in fault.value.denial.message
    assert Event.objects.count() == before


def publish(contest: Contest, office: User, *, at=DURING, **more):
    contest.refresh_from_db()
    return publish_list(contest=contest, by=office, at=at, **more)


def issue(contest: Contest, office: User, *, at=DURING, **more):
    return issue_certificates(award_list=standing_list(contest), by=office, at=at, **more)


def test_a_notice_begins_and_ends_by_the_clock_alone(contest, office):
    made = noticed(contest, office, first=FIRST + timedelta(days=1))
    begins = made.opens_at
    assert begins.astimezone(contest.tz).isoformat() == "2026-05-07T00:00:00+08:00"
    assert made.closes_at == OVER
    assert (made.first_day, made.last_day) == (FIRST + timedelta(days=1), LAST)
    states = [made.state_at(at) for at in (begins - timedelta(seconds=1), begins, OVER - timedelta(seconds=1), OVER)]
    assert states == [NoticeState.ANNOUNCED, NoticeState.RUNNING, NoticeState.RUNNING, NoticeState.OVER]
    shown = [running_notice(contest, at=at) for at in (begins - timedelta(seconds=1), begins, OVER)]
    assert shown == [None, made, None]


def test_a_notice_of_today_begins_now(contest, office):
    assert noticed(contest, office).opens_at == NOW


def test_only_a_locked_list_is_shown(contest, office):
    take_list_back(contest=contest, by=None, at=NOW)
    refused("wrong-state", lambda: noticed(contest, office))
    decide(contest=contest, by=None, at=NOW)
    refused("wrong-state", lambda: noticed(contest, office))


def test_its_days_make_sense(contest, office):
    refused("notice-past", lambda: noticed(contest, office, first=FIRST - timedelta(days=1)))
    refused("notice-backwards", lambda: noticed(contest, office, last=FIRST - timedelta(days=1)))
    assert noticed(contest, office, last=FIRST).last_day == FIRST  # one day


def test_one_notice_at_a_time(contest, office):
    noticed(contest, office)
    refused("notice-runs", lambda: noticed(contest, office))


def test_only_the_office_opens_and_takes_down(contest, office):
    stranger = account("stranger")
    refused("hidden", lambda: noticed(contest, stranger))
    made = noticed(contest, office)
    refused("hidden", lambda: take_notice_down(notice=made, by=stranger, at=NOW))
    refused("hidden", lambda: save_terms(contest=contest, terms=Terms(True, 5, 5), by=stranger, at=NOW))


def test_one_that_was_taken_down_did_not_run(contest, office):
    required(contest, office)
    made = noticed(contest, office)
    take_notice_down(notice=made, by=office, at=DURING)
    made.refresh_from_db()
    assert made.state_at(DURING) == NoticeState.TAKEN_DOWN
    assert running_notice(contest, at=DURING) is None
    assert not is_noticed(standing_list(contest), at=OVER)
    refused("notice-over", lambda: take_notice_down(notice=made, by=office, at=DURING))
    assert noticed(contest, office).version == 2


def test_a_notice_whose_list_was_replaced_is_shown_no_more(contest, office):
    made = noticed(contest, office)
    take_list_back(contest=contest, by=None, at=DURING)
    made.list.refresh_from_db()
    assert made.state_at(DURING) == NoticeState.REPLACED
    assert running_notice(contest, at=DURING) is None
    decide(contest=contest, by=None, at=DURING)
    contest.refresh_from_db()
    lock_list(contest=contest, by=None, at=DURING)
    again = noticed(contest, office, first=DURING.astimezone(contest.tz).date(), at=DURING)
    assert (again.version, again.list.version) == (2, 2)


def test_a_corrected_name_goes_on_in_the_next_version_to_the_same_day(contest, office):
    first = noticed(contest, office)
    correct(contest, office, "A1", authors=("学生甲",))
    second = running_notice(contest, at=DURING)
    assert (second.version, second.closes_at) == (2, first.closes_at)
    assert second.list == standing_list(contest)
    assert second.list.awards.get(entry__number="A1").said["authors"] == ["学生甲"]


def test_a_corrected_name_after_the_notice_needs_no_other(contest, office):
    required(contest, office)
    noticed(contest, office)
    after = OVER + timedelta(days=1)
    assert is_noticed(standing_list(contest), at=after)
    correct(contest, office, "A1", at=after, authors=("学生甲",))
    assert contest.notices.count() == 1
    assert is_noticed(standing_list(contest), at=OVER + timedelta(days=2))
    publish(contest, office, at=OVER + timedelta(days=2))


def test_another_prize_needs_another_notice(contest, office):
    noticed(contest, office)
    assert is_noticed(standing_list(contest), at=OVER)
    standing_list(contest).awards.filter(entry__number="A2").update(code="third")
    other = standing_list(contest)
    other.notices.update(list=copy_of(other))
    assert not is_noticed(other, at=OVER)


@pytest.mark.parametrize("how", ["amended", "taken back", "decided anew"])
def test_a_notice_that_was_cut_short_is_none(contest, office, how):
    """The public read it for a day; the next version gives the same prizes."""
    required(contest, office)
    made = noticed(contest, office)
    if how == "amended":
        amend_list(contest=contest, reason="核查", by=office, at=DURING)
    elif how == "taken back":
        take_list_back(contest=contest, by=office, at=DURING)
    else:
        contest.award_lists.update(digest="of other words")
    contest.refresh_from_db()
    decide(contest=contest, by=office, at=DURING)
    contest.refresh_from_db()
    lock_list(contest=contest, by=office, at=DURING)
    refused("notice-due", lambda: publish(contest, office, at=OVER))
    made = contest.notices.get()
    assert [made.state_at(at) for at in (DURING, OVER)] == [NoticeState.REPLACED] * 2


def test_a_title_that_goes_to_another_school_needs_another_notice(contest, office):
    rule = {"kind": "school", "order": 1, "number": 1, "points": {"first": "3"}, "label_zh": "示范学校"}
    RecognitionRule.objects.create(contest=contest, **rule)
    required(contest, office)
    relocked(contest, office, at=NOW)
    noticed(contest, office)
    RecognitionRule.objects.update(points={"second": "1", "third": "1"}, number=2)
    relocked(contest, office, at=OVER)
    refused("notice-due", lambda: publish(contest, office, at=OVER))


def relocked(contest: Contest, office: User, *, at) -> None:
    amend_list(contest=contest, reason="核查", by=office, at=at)
    contest.refresh_from_db()
    decide(contest=contest, by=office, at=at)
    contest.refresh_from_db()
    lock_list(contest=contest, by=office, at=at)
    contest.refresh_from_db()


def test_a_mistyped_year_shows_no_names_for_ever(contest, office):
    for first in (FIRST, date(9999, 12, 31)):
        refused("notice-long", lambda first=first: noticed(contest, office, first=first, last=date(9999, 12, 31)))


def test_what_was_asked_for_meanwhile_is_asked_again_under_the_lock(contest, office):
    """One organiser read the page before another asked for a notice."""
    read = Contest.objects.get(pk=contest.pk)
    held = standing_list(read)
    required(contest, office)
    refused("notice-due", lambda: publish_list(contest=read, by=office, at=DURING))
    refused("notice-due", lambda: issue_certificates(award_list=held, by=office, at=DURING))


def copy_of(award_list):
    """The same version before its prize was changed."""
    from awards.models import AwardList

    old = AwardList.objects.create(contest=award_list.contest, version=90, state="superseded", made_at=NOW)
    for award in award_list.awards.all():
        award.pk, award.list = None, old
        award.code = "second" if award.entry.number == "A2" else award.code
        award.save()
    return old


def test_nothing_waits_where_the_contest_asks_for_no_notice(contest, office):
    noticed(contest, office)
    issue(contest, office)
    publish(contest, office)
    assert not EarlyStep.objects.exists()


def test_what_waits_for_the_notice_waits(contest, office):
    required(contest, office)
    refused("notice-due", lambda: issue(contest, office))
    refused("notice-due", lambda: publish(contest, office))
    noticed(contest, office)
    refused("notice-not-over", lambda: issue(contest, office))
    refused("notice-not-over", lambda: publish(contest, office))
    issue(contest, office, at=OVER)
    publish(contest, office, at=OVER)
    assert not EarlyStep.objects.exists()


def test_with_a_reason_it_does_not_wait_and_the_reason_is_kept(contest, office):
    required(contest, office)
    refused("notice-due", lambda: issue(contest, office, reason="  "))
    issue(contest, office, reason="颁奖典礼在比赛当日")
    publish(contest, office, reason="同上，组委会5月6日纪要")
    kept = [(one.kind, one.reason, one.by) for one in EarlyStep.objects.all()]
    assert kept == [("issue", "颁奖典礼在比赛当日", office), ("publish", "同上，组委会5月6日纪要", office)]
    bodies = [one.body for one in Event.objects.filter(action="list.early")]
    assert [one["waits"] for one in bodies] == ["notice-due", "notice-due"]
    assert "典礼" not in str(bodies)


def test_an_open_objection_keeps_every_list_from_being_final(contest, office):
    noticed(contest, office)
    one = objected(contest)
    refused("objections-open", lambda: publish(contest, office, at=OVER))
    issue(contest, office)  # certificates are the contest's matter
    ruled(one, office)
    publish(contest, office, at=OVER)


def test_where_a_notice_is_asked_for_certificates_wait_for_answers_too(contest, office):
    required(contest, office)
    noticed(contest, office)
    one = objected(contest)
    refused("objections-open", lambda: issue(contest, office, at=OVER))
    ruled(one, office)
    issue(contest, office, at=OVER)


def test_a_run_of_the_workbook_leaves_to_people_what_waits(contest, office):
    required(contest, office)
    made = Run()
    contest.refresh_from_db()
    settle(contest, made, by=office, at=NOW)
    assert standing_list(contest).state == ListState.LOCKED
    assert not contest.certificates.exists()


def test_a_correction_of_a_published_list_stays_published(contest, office):
    publish(contest, office)
    required(contest, office)
    correct(contest, office, "A1", authors=("学生甲",))
    assert standing_list(contest).state == ListState.PUBLISHED
    assert "版" in EarlyStep.objects.get().reason or "version" in EarlyStep.objects.get().reason


def test_terms_are_days_that_exist(contest, office):
    assert terms_of(contest) == Terms(is_required=False, notice_days=5, answer_days=5)
    refused("notice-days", lambda: save_terms(contest=contest, terms=Terms(True, 0, 5), by=office, at=NOW))
    save_terms(contest=contest, terms=Terms(True, 7, 3), by=office, at=NOW)
    contest.refresh_from_db()
    assert terms_of(contest) == Terms(True, 7, 3)
    before = Event.objects.count()
    save_terms(contest=contest, terms=Terms(True, 7, 3), by=office, at=NOW)
    assert Event.objects.count() == before


def test_the_usual_term_counts_working_days_of_the_country(contest):
    # 6 May 2026 is a Wednesday; Saturday 9 May is worked for the Labour Day
    assert usual_term(contest, FIRST).last == date(2026, 5, 12)
