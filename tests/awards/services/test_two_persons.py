"""双人复核: one proposes, another does it; nobody alone, nothing that has changed, nothing twice, no way around."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from awards.models import AwardList
from awards.services.amending import amend_list
from awards.services.lists import lock_list, publish_list, standing_list, take_list_back
from awards.services.notices import open_notice, take_notice_down
from awards.services.plans import save_decisions
from awards.services.running import Outcome, decide, settle
from awards.services.steps import notice_days
from awards.states import ListState
from competition.errors import Refused
from competition.models import Agreement, Contest, Event, Role, StoredFile, User
from competition.services import agreeing
from competition.services.accounts import give_role, grant_role, make_link
from competition.services.agreeing import approve, send_back, switch_two_persons, take, withdraw
from competition.services.correcting import correct_entry, reading_digest, wanted_of
from competition.services.steps import named_account, said_of_correction
from competition.states import AgreementState, ContestState, RoleKind, StepKind
from judging.models import Mark
from tests.awards.services.test_notices import refused
from tests.factories.agreeing import approved, approver, both, has_role, of_two, organiser, propose
from tests.factories.contests import decided
from tests.factories.noticing import FIRST, LAST, NOW, account, locked_contest, noticed, objected
from tests.factories.sheets import contest_record, small

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)
DAYS = notice_days(FIRST, LAST)


@pytest.fixture
def contest() -> Contest:
    """With a proposed list."""
    return of_two(decided(small()))


@pytest.fixture
def fixed() -> Contest:
    """With a locked one."""
    return of_two(locked_contest())


def people(contest: Contest) -> tuple[User, User]:
    return organiser(contest), approver(contest)


def state_of(contest: Contest) -> tuple[str, str]:
    contest.refresh_from_db()
    return contest.state, standing_list(contest).state


# ── what takes two ──────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_lock_waits_for_the_second_person(contest):
    first, second = people(contest)
    made = propose(contest, StepKind.LOCK, first)
    assert state_of(contest) == ("decision", "draft")
    assert approved(made, second, at=LATER) == standing_list(contest)
    assert state_of(contest) == ("locked", "locked")
    assert (made.state, made.proposed_by, made.closed_by, made.closed_at) == ("agreed", first, second, LATER)


def test_the_log_names_both_by_their_keys(contest):
    first, second = people(contest)
    made = both(contest, StepKind.LOCK, first, second)
    for action in ("agreement.agreed", "awardlist.locked", "contest.locked"):
        event = Event.objects.get(action=action)
        assert (event.actor, event.body["proposer"]) == (second, first.key)
    assert Event.objects.get(action="awardlist.locked").body["agreement"] == made.key
    assert Event.objects.get(action="agreement.open").actor == first
    after = propose(contest, StepKind.PUBLISH, first)
    assert "proposer" not in Event.objects.get(subject__endswith=after.key).body


def test_the_whole_way_from_lock_to_the_next_version(contest):
    first, second = people(contest)
    both(contest, StepKind.LOCK, first, second)
    both(contest, StepKind.NOTICE, first, second, facts=DAYS)
    notice = contest.notices.get()
    assert (notice.first_day, notice.last_day, notice.opened_by) == (FIRST, LAST, second)
    both(contest, StepKind.NOTICE_DOWN, first, second, about=notice.key)
    notice.refresh_from_db()
    assert notice.taken_down_at == NOW
    both(contest, StepKind.PUBLISH, first, second)
    assert state_of(contest) == ("published", "published")
    both(contest, StepKind.AMEND, first, second, reason="一件作品不符合要求")
    contest.refresh_from_db()
    assert contest.state == ContestState.DECISION
    assert contest.award_lists.get().replaced_because == "一件作品不符合要求"


def test_another_organiser_is_a_second_person_too(contest):
    first, other = organiser(contest), organiser(contest, "other")
    both(contest, StepKind.LOCK, first, other)
    assert state_of(contest) == ("locked", "locked")


def test_of_the_whole_installation_too(contest):
    first, second = organiser(contest), account("all", kind=RoleKind.APPROVER)
    both(contest, StepKind.LOCK, first, second)
    assert state_of(contest) == ("locked", "locked")


def test_without_two_persons_a_press_acts_at_once():
    contest = decided(small())
    made = take(contest=contest, step=StepKind.LOCK, by=organiser(contest), at=NOW)
    assert isinstance(made, AwardList)
    assert state_of(contest) == ("locked", "locked")
    assert not Agreement.objects.exists()


PEOPLE_DO = {
    "open_notice": lambda contest, by: open_notice(contest=contest, first=FIRST, last=LAST, by=by, at=NOW),
    "amend_list": lambda contest, by: amend_list(contest=contest, reason="有误", by=by, at=NOW),
    "give_role": lambda contest, by: give_role(
        user=account("new"), kind=RoleKind.ORGANISER, contest=contest, by=by, at=NOW
    ),
}
COMMANDS_DO_TOO = {
    "lock_list": lambda contest, by: lock_list(contest=contest, by=by, at=NOW),
    "take_list_back": lambda contest, by: take_list_back(contest=contest, by=by, at=NOW),
    "publish_list": lambda contest, by: publish_list(contest=contest, by=by, at=NOW, reason="颁奖典礼在即"),
    "switch_two_persons": lambda contest, by: switch_two_persons(contest=contest, is_on=False, by=by, at=NOW),
}


@pytest.mark.parametrize("name", [*PEOPLE_DO, *COMMANDS_DO_TOO])
def test_no_service_acts_for_one_alone(name, fixed):
    """Whoever calls it: a page, the API, a command, or somebody in a shell."""
    act = {**PEOPLE_DO, **COMMANDS_DO_TOO}[name]
    refused("second-person-missing", lambda: act(fixed, organiser(fixed)))
    if name in COMMANDS_DO_TOO:
        refused("second-person-missing", lambda: act(fixed, None))


def test_no_service_acts_under_another_step(fixed):
    """What was agreed is this step and nothing besides."""
    first, second = people(fixed)
    made = propose(fixed, StepKind.NOTICE, first, facts=DAYS)
    with agreeing.acting_on(made):
        refused("second-person-missing", lambda: publish_list(contest=fixed, by=second, at=NOW))
    other = of_two(decided(small() | {"大赛": contest_record("第二届晴川青少年科技竞赛", 届次=2)}))
    lock = propose(other, StepKind.LOCK, organiser(other, "elsewhere"))
    fixed.award_lists.update(state=ListState.DRAFT)
    with agreeing.acting_on(lock):
        refused("second-person-missing", lambda: lock_list(contest=fixed, by=second, at=NOW))


def test_a_notice_is_not_taken_down_by_one():
    contest = locked_contest()
    first = organiser(contest)
    notice = noticed(contest, first)
    of_two(contest)
    refused("second-person-missing", lambda: take_notice_down(notice=notice, by=first, at=NOW))


def test_a_run_of_the_workbook_stops_at_its_proposal(contest):
    outcome = Outcome()
    settle(contest, outcome, by=None, at=NOW)
    assert outcome.proposed == [contest]
    assert state_of(contest) == ("decision", "draft")


def test_a_run_does_not_publish_what_two_have_locked(fixed):
    settle(fixed, Outcome(), by=None, at=NOW)
    assert state_of(fixed) == ("locked", "locked")


def test_a_run_does_not_replace_what_two_have_locked(fixed):
    Mark.objects.filter(sheet__assignment__entry__number="A1").update(points=1)
    refused("second-person-missing", lambda: decide(contest=fixed, by=None, at=NOW))


# ── who is a second person ──────────────────────────────────────────────────────────────────────────────────────────


def test_nobody_approves_their_own(contest):
    """Not in the other role either."""
    first, _second = people(contest)
    Role.objects.create(user=first, kind=RoleKind.APPROVER, contest=contest)
    made = propose(contest, StepKind.LOCK, first)
    refused("agreement-own", lambda: approve(agreement=made, by=first, at=NOW))
    refused("agreement-own", lambda: send_back(agreement=made, reason="x", by=first, at=NOW))
    again = User.objects.get(pk=first.pk)  # as another session has it
    refused("agreement-own", lambda: approve(agreement=made, by=again, at=NOW))
    assert state_of(contest) == ("decision", "draft")


def test_the_database_keeps_two_apart(contest):
    first, _second = people(contest)
    made = propose(contest, StepKind.LOCK, first)
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.filter(pk=made.pk).update(state=AgreementState.AGREED, closed_by=first, closed_at=NOW)


@pytest.mark.parametrize("kind", [RoleKind.JUDGE, RoleKind.COMMITTEE, RoleKind.SCHOOL, RoleKind.DISTRICT, None])
def test_nobody_else_learns_of_it(kind, contest):
    first, _second = people(contest)
    entry = contest.entries.select_related("school__district").first()
    place = {
        RoleKind.SCHOOL: {"school": entry.school},
        RoleKind.DISTRICT: {"district": entry.school.district},
        None: {},
    }.get(kind, {"contest": contest})
    other = account("other", **({"kind": kind} if kind else {}), **place)
    made = propose(contest, StepKind.LOCK, first)
    refused("hidden", lambda: approve(agreement=made, by=other, at=NOW))
    refused("hidden", lambda: take(contest=contest, step=StepKind.PUBLISH, by=other, at=NOW))


def test_people_of_another_contest_do_not_approve(contest):
    first, _second = people(contest)
    other = decided(small() | {"大赛": contest_record("第二届晴川青少年科技竞赛", 届次=2)})
    made = propose(contest, StepKind.LOCK, first)
    for stranger in (organiser(other, "o"), approver(other, "a")):
        refused("hidden", lambda by=stranger: approve(agreement=made, by=by, at=NOW))


def test_a_second_person_alone_proposes_nothing(contest):
    _first, second = people(contest)
    refused("hidden", lambda: take(contest=contest, step=StepKind.LOCK, by=second, at=NOW))


def test_a_link_to_an_account_that_approves_is_not_made(contest):
    """With it one person would be two."""
    office, second = account("office", kind=RoleKind.ORGANISER), approver(contest)
    refused("link-of-approver", lambda: make_link(user=second, by=office, at=NOW))
    refused("not-organiser", lambda: make_link(user=second, by=organiser(contest), at=NOW))
    assert make_link(user=second, by=None, at=NOW)


# ── what was seen ───────────────────────────────────────────────────────────────────────────────────────────────────


def lapses(agreement: Agreement, by: User, contest: Contest) -> None:
    before = (contest.award_lists.count(), state_of(contest))
    with pytest.raises(Refused) as fault:
        approve(agreement=agreement, by=by, at=LATER)
    assert fault.value.denial.code == "agreement-lapsed"
    agreement.refresh_from_db()
    assert (agreement.state, agreement.closed_at, agreement.closed_by) == ("lapsed", LATER, None)
    assert (contest.award_lists.count(), state_of(contest)) == before
    refused("agreement-closed", lambda: approve(agreement=agreement, by=by, at=LATER))


def test_marks_that_changed_make_it_lapse(contest):
    first, second = people(contest)
    made = propose(contest, StepKind.LOCK, first)
    Mark.objects.filter(sheet__assignment__entry__number="A1").update(points=1)
    lapses(made, second, contest)


def test_a_decision_that_changed_makes_it_lapse(contest):
    first, second = people(contest)
    made = propose(contest, StepKind.LOCK, first)
    entry = contest.entries.get(number="A1")
    save_decisions(contest=contest, decisions={entry: (None, "纪要 9")}, by=None, at=NOW)
    lapses(made, second, contest)


def test_a_plan_that_changed_makes_it_lapse(contest):
    first, second = people(contest)
    made = propose(contest, StepKind.LOCK, first)
    plan = contest.prize_plans.get()
    plan.pk, plan.key, plan.version = None, "z" * 26, plan.version + 1
    plan.save()
    lapses(made, second, contest)


def test_an_objection_that_came_in_makes_a_publication_lapse():
    contest = locked_contest()
    first, second = people(contest)
    noticed(contest, first)
    of_two(contest)
    made = propose(contest, StepKind.PUBLISH, first, reason="颁奖典礼在即")
    objected(contest)
    lapses(made, second, contest)


def test_whoever_drives_the_contest_no_more_has_proposed_nothing(contest):
    first, second = people(contest)
    made = propose(contest, StepKind.LOCK, first)
    first.roles.all().delete()
    lapses(made, second, contest)


def test_a_request_does_not_outlive_its_list(contest):
    first, second = people(contest)
    made = propose(contest, StepKind.LOCK, first)
    contest.entries.filter(number="A1").update(title="新名")
    decide(contest=contest, by=first, at=NOW)
    made.refresh_from_db()
    assert (standing_list(contest).version, made.state) == (2, "lapsed")
    refused("agreement-closed", lambda: approve(agreement=made, by=second, at=NOW))
    both(contest, StepKind.LOCK, first, second)
    assert state_of(contest) == ("locked", "locked")


def test_without_the_digest_a_changed_list_would_be_locked(contest, monkeypatch):
    """The guard of those above, switched off: nothing else asks whether it is the list that was proposed."""
    first, second = people(contest)
    made = propose(contest, StepKind.LOCK, first)
    award_list = standing_list(contest)
    AwardList.objects.filter(pk=award_list.pk).update(digest="sha256:other")
    monkeypatch.setattr(agreeing, "is_stale", lambda agreement, at: False)
    approve(agreement=made, by=second, at=NOW)
    assert state_of(contest) == ("locked", "locked")


# ── one at a time ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_step_is_proposed_once(contest):
    first, _second = people(contest)
    propose(contest, StepKind.LOCK, first)
    other = organiser(contest, "other")
    for by in (first, other):
        refused("agreement-asked", lambda by=by: take(contest=contest, step=StepKind.LOCK, by=by, at=NOW))


def test_the_database_takes_one_at_a_time(contest):
    first, _second = people(contest)
    made = propose(contest, StepKind.LOCK, first)
    made.pk, made.key = None, "z" * 26
    with pytest.raises(IntegrityError), transaction.atomic():
        made.save(force_insert=True)


def test_one_that_nobody_can_approve_makes_room(contest):
    first, second = people(contest)
    old = propose(contest, StepKind.LOCK, first)
    Mark.objects.filter(sheet__assignment__entry__number="A1").update(points=1)
    refused("list-not-clean", lambda: take(contest=contest, step=StepKind.LOCK, by=first, at=NOW))
    decide(contest=contest, by=first, at=NOW)
    both(contest, StepKind.LOCK, first, second)
    old.refresh_from_db()
    assert old.state == "lapsed"


def test_it_is_approved_once(contest):
    first, second = people(contest)
    made = both(contest, StepKind.LOCK, first, second)
    for do in (approve, withdraw):
        code = "agreement-closed" if do is approve else "agreement-not-own"
        refused(code, lambda do=do: do(agreement=made, by=second, at=NOW))
    refused("agreement-closed", lambda: withdraw(agreement=made, by=first, at=NOW))


def test_what_could_not_be_done_is_not_proposed(contest):
    """Whoever proposes learns it at once, and nothing is written."""
    first, _second = people(contest)
    Mark.objects.filter(sheet__assignment__entry__number="A1").update(points=1)
    refused("list-not-clean", lambda: take(contest=contest, step=StepKind.LOCK, by=first, at=NOW))
    days = notice_days(LAST, FIRST)
    refused("wrong-state", lambda: take(contest=contest, step=StepKind.NOTICE, facts=days, by=first, at=NOW))
    assert not Agreement.objects.exists()
    assert state_of(contest) == ("decision", "draft")


def test_what_cannot_be_done_now_waits_on(fixed):
    """A notice whose first day has passed meanwhile: nothing is done, and it may be sent back."""
    first, second = people(fixed)
    made = propose(fixed, StepKind.NOTICE, first, facts=DAYS)
    refused("notice-past", lambda: approve(agreement=made, by=second, at=NOW + timedelta(days=2)))
    made.refresh_from_db()
    assert made.state == "open"
    assert not fixed.notices.exists()


# ── answers ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_it_is_sent_back_with_a_reason(contest):
    first, second = people(contest)
    made = propose(contest, StepKind.LOCK, first)
    refused("send-back-without-reason", lambda: send_back(agreement=made, reason=" ", by=second, at=NOW))
    send_back(agreement=made, reason="A3 的学校写错了", by=second, at=NOW)
    made.refresh_from_db()
    assert (made.state, made.answer, made.closed_by) == ("returned", "A3 的学校写错了", second)
    assert "A3" not in str(Event.objects.get(action="agreement.returned").body)
    refused("agreement-closed", lambda: approve(agreement=made, by=second, at=NOW))
    both(contest, StepKind.LOCK, first, second)


def test_whoever_proposed_it_withdraws_it(contest):
    first, second = people(contest)
    made = propose(contest, StepKind.LOCK, first)
    refused("agreement-not-own", lambda: withdraw(agreement=made, by=second, at=NOW))
    withdraw(agreement=made, by=first, at=NOW)
    made.refresh_from_db()
    assert made.state == "withdrawn"
    refused("agreement-closed", lambda: approve(agreement=made, by=second, at=NOW))


# ── corrections, roles, the setting ─────────────────────────────────────────────────────────────────────────────────


def correction(contest: Contest, number: str, first: User, paper, **changes) -> Agreement:
    entry = contest.entries.get(number=number)
    said = said_of_correction(replace(wanted_of(entry), **changes), seen=reading_digest(entry), also=[])
    return propose(contest, StepKind.CORRECT, first, about=entry.key, facts=said, reason="来函", paper=paper)


@pytest.fixture
def paper() -> StoredFile:
    return StoredFile.objects.create(
        sha256="1" * 64, size=1, kind="pdf", media_type="application/pdf", stored_at=NOW
    )  # fmt: skip


def test_a_correction_of_a_fixed_list_takes_two(fixed, paper):
    first, second = people(fixed)
    entry = fixed.entries.get(number="A1")
    refused(
        "second-person-missing",
        lambda: correct_entry(entry=entry, wanted=wanted_of(entry), seen=reading_digest(entry), reason="来函",
                              request=paper, by=first, at=NOW),
    )  # fmt: skip
    made = correction(fixed, "A1", first, paper, authors=("学生甲",))
    assert str(entry.authors.get()) == "学生A1"
    approved(made, second)
    assert str(entry.authors.get()) == "学生甲"
    now = standing_list(fixed)
    assert (now.version, now.state, now.awards.get(entry=entry).said["authors"]) == (2, "locked", ["学生甲"])
    assert entry.corrections.get().by == second


def test_several_corrections_may_wait_and_a_changed_entry_lapses(fixed, paper):
    first, second = people(fixed)
    one = correction(fixed, "A1", first, paper, authors=("学生甲",))
    two = correction(fixed, "A2", first, paper, authors=("学生乙",))
    publication = propose(fixed, StepKind.PUBLISH, first)
    approved(one, second)
    approved(two, second)
    publication.refresh_from_db()
    assert (two.state, publication.state, standing_list(fixed).version) == ("agreed", "lapsed", 3)
    three = correction(fixed, "A1", first, paper, authors=("学生丙",))
    fixed.entries.filter(number="A1").update(title="别的题目")
    lapses(three, second, fixed)


def test_no_correction_outlives_a_list_that_is_taken_back(fixed, paper):
    first, second = people(fixed)
    made = correction(fixed, "A1", first, paper, authors=("学生甲",))
    both(fixed, StepKind.AMEND, first, second, reason="有误")
    made.refresh_from_db()
    assert made.state == "lapsed"


def test_a_role_takes_two(fixed):
    first, second = people(fixed)
    new = account("new")
    said = named_account("new", RoleKind.APPROVER)
    made = propose(fixed, StepKind.ROLE, first, about=f"{new.key}:approver", facts=said)
    assert not has_role(new, RoleKind.APPROVER, fixed)
    approved(made, second)
    assert has_role(new, RoleKind.APPROVER, fixed)
    granted = Event.objects.get(action="role.granted")
    assert (granted.actor, granted.body["proposer"]) == (second, first.key)


def test_nobody_is_given_a_role_in_the_whole_installation(fixed):
    office = account("office", kind=RoleKind.ORGANISER)
    refused("role-of-installation", lambda: grant_role(user=account("x"), kind=RoleKind.APPROVER, by=office, at=NOW))


def test_roles_that_decide_nothing_are_given_as_before(fixed):
    office, school = account("office", kind=RoleKind.ORGANISER), fixed.entries.first().school
    grant_role(user=account("x"), kind=RoleKind.SCHOOL, school=school, by=office, at=NOW)
    assert Event.objects.filter(action="role.granted").count() == 1


def test_it_is_switched_on_by_one_and_off_by_two():
    contest = decided(small())
    first, second = people(contest)
    refused("hidden", lambda: switch_two_persons(contest=contest, is_on=True, by=second, at=NOW))
    switch_two_persons(contest=contest, is_on=True, by=first, at=NOW)
    contest.refresh_from_db()
    both(contest, StepKind.ONE_PERSON, first, second, reason="人手不足")
    assert contest.settings["two_persons"] is False
    assert [one.action for one in Event.objects.filter(action__startswith="two-persons")] == [
        "two-persons.on", "two-persons.off",
    ]  # fmt: skip
    assert isinstance(take(contest=contest, step=StepKind.LOCK, by=first, at=NOW), AwardList)
