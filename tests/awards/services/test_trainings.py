"""Certificates of attendance: numbers without gaps, kept; corrected and revoked on record; erased on their day."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from awards.models import Participant, Training
from awards.services.trainings import (
    ParticipantDetails,
    change_training,
    correct_participant,
    drop_training,
    erase_due_trainings,
    erase_training,
    import_participants,
    issue_attendance,
    make_training,
    remove_participant,
    revoke_participant,
)
from awards.states import AttendeeRole, ParticipantState
from awards.training_list import participants_plan
from competition import events
from competition.errors import Refused
from competition.models import Event
from tests.factories.contests import small_contest
from tests.factories.training import AT, DETAILS, called, issued, list_of, listed, office_account, training

pytestmark = pytest.mark.django_db
AFTER = datetime(2029, 5, 10, 2, tzinfo=UTC)


def refused(do, code: str, **facts) -> None:
    before = Event.objects.count()
    with pytest.raises(Refused) as why:
        do(by=None, at=facts.pop("at", AT), **facts)
    assert why.value.denial.code == code and Event.objects.count() == before


def numbers(made: Training) -> list[str]:
    return list(made.participants.exclude(serial=None).order_by("serial").values_list("number", flat=True))


def details_of(one: Participant, **changed) -> ParticipantDetails:
    return replace(ParticipantDetails(one.name, one.unit, AttendeeRole(one.role), one.half_hours), **changed)


def correct(one: Participant, *, reason: str = "错字", **changed) -> Participant:
    return correct_participant(participant=one, details=details_of(one, **changed), reason=reason, by=None, at=AT)


# ---- numbers


def test_trainings_are_counted_in_their_year():
    assert [(one.year, one.order) for one in (training(), training(), training(begins_on=date(2025, 12, 31)))] == [
        (2026, 1), (2026, 2), (2025, 1),
    ]  # fmt: skip


def test_numbers_are_given_once_in_the_order_of_the_list():
    made = issued()
    assert numbers(made) == ["2026-PX01-0001", "2026-PX01-0002"]
    tokens = dict(made.participants.values_list("number", "token"))
    listed(made, [["丁三", "东区小学", "", "", ""]])
    assert issue_attendance(training=made, by=None, at=AT) == 1
    assert numbers(made) == ["2026-PX01-0001", "2026-PX01-0002", "2026-PX01-0003"]
    assert tokens.items() <= dict(made.participants.values_list("number", "token")).items()
    assert {len(token) for token in tokens.values()} == {26}
    refused(issue_attendance, "nobody-due", training=made)


ACTS = st.lists(st.sampled_from(["list", "issue", "correct", "revoke", "remove"]), max_size=12)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_numbers_have_no_gap_and_never_change(acts):
    with transaction.atomic():
        made, known = training(), {}
        for count, act in enumerate(acts):
            of = made.participants.order_by("?")
            on_list, valid = of.filter(state="listed").first(), of.filter(state="issued").first()
            if act == "list":
                rows = [[f"某{count}", "甲校", "", "", ""], [f"另{count}", "乙校", "", "0", ""]]
                listed(made, rows)
            elif act == "issue" and of.filter(state="listed", half_hours__gt=0).exists():
                issue_attendance(training=made, by=None, at=AT)
            elif act == "correct" and valid:
                correct(valid, name=f"正{count}")
            elif act == "revoke" and valid:
                revoke_participant(participant=valid, reason="误", by=None, at=AT)
            elif act == "remove" and on_list:
                remove_participant(participant=on_list, by=None, at=AT)
            now = {one.key: (one.number, one.token) for one in made.participants.exclude(serial=None)}
            assert known.items() <= now.items()
            known = now
        assert numbers(made) == [f"2026-PX{made.order:02}-{at:04}" for at in range(1, len(known) + 1)]
        assert events.first_broken(None) is None
        transaction.set_rollback(True)


def test_the_database_gives_no_number_twice():
    made = issued()
    one = called(made, "甲一丁")
    for values in ({"serial": 2, "number": "x"}, {"number": "2026-PX01-0002"}, {"state": "listed"}, {"state": "gone"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Participant.objects.filter(pk=one.pk).update(**values)


def test_who_was_absent_gets_none():
    made = issued(rows=[["甲一丁", "东区小学", "", "0", ""], ["乙二丙", "西区小学", "", "", ""]])
    assert (called(made, "甲一丁").state, called(made, "乙二丙").number) == ("listed", "2026-PX01-0001")


# ---- the list


def test_a_list_goes_in_whole_or_not_at_all():
    made = training()
    data = list_of([["甲一丁", "东区小学", "", "", ""], ["乙二丙", "西区小学", "", "99", ""]])
    shown = participants_plan(data, made).digest
    refused(import_participants, "participants-wrong", training=made, data=data, shown=shown)
    assert not made.participants.exists()


def test_a_list_that_would_do_something_else_is_not_taken_in():
    made, data = training(), list_of()
    shown = participants_plan(data, made).digest
    listed(made, [["甲一丁", "东区小学", "", "8", ""]])
    refused(import_participants, "participants-changed", training=made, data=data, shown=shown)


def test_hours_come_back_with_the_list():
    made = listed(listed(training()), [["甲一丁", "东区小学", "科技辅导员", "8", ""]])
    assert [(one.name, one.hours) for one in made.participants.order_by("order")] == [
        ("甲一丁", "8"),
        ("乙二丙", "3.5"),
    ]


# ---- corrected, revoked, removed


def test_a_correction_on_the_list_needs_no_new_number():
    one = called(listed(training()), "甲一丁")
    assert correct(one, name="甲一", reason="").pk == one.pk and not one.number


def test_a_corrected_certificate_is_replaced_and_the_old_one_counts_no_more():
    made = issued()
    old = called(made, "甲一丁")
    new = correct(old, name="甲一")
    old.refresh_from_db()
    assert (old.state, old.name, old.number, old.reason) == ("reissued", "甲一丁", "2026-PX01-0001", "错字")
    assert (new.state, new.name, new.number, new.version) == ("issued", "甲一", "2026-PX01-0003", 2)
    assert new.replaces == old and new.order == old.order and new.token != old.token
    said = Event.objects.latest("pk")
    assert said.action == "participant.reissued" and said.body["by"] == new.number and "甲" not in str(said.body)
    refused(correct_participant, "no-such-move", participant=old, details=details_of(old, name="丙"), reason="x")


def test_a_correction_of_a_certificate_says_why_and_changes_something():
    one = called(issued(), "甲一丁")
    refused(
        correct_participant, "reissue-without-reason", participant=one, details=details_of(one, name="丙"), reason=""
    )
    refused(correct_participant, "nothing-corrected", participant=one, details=details_of(one), reason="x")
    refused(correct_participant, "hours-over", participant=one, details=details_of(one, half_hours=33), reason="x")
    refused(correct_participant, "no-hours-left", participant=one, details=details_of(one, half_hours=0), reason="x")
    rare = details_of(one, name="甲\U000f0000")
    refused(correct_participant, "glyph-missing", participant=one, details=rare, reason="x")


def test_a_revoked_certificate_stays_revoked_and_its_number_with_it():
    made = issued()
    one = called(made, "甲一丁")
    refused(revoke_participant, "revoked-without-reason", participant=one, reason="")
    revoke_participant(participant=one, reason="未参加", by=None, at=AT)
    refused(revoke_participant, "no-such-move", participant=one, reason="x")
    refused(remove_participant, "participant-issued", participant=one)
    listed(made, [["甲一丁", "东区小学", "", "", "撤销有误"]])
    issue_attendance(training=made, by=None, at=AT)
    assert numbers(made)[-1] == "2026-PX01-0003"


# ---- the training


def test_what_certificates_say_is_fixed_with_the_first():
    made = listed(training())
    change_training(training=made, details=replace(DETAILS, label_zh="改名培训班"), by=None, at=AT)
    issue_attendance(training=made, by=None, at=AT)
    was = replace(DETAILS, label_zh="改名培训班")
    refused(change_training, "training-issued", training=made, details=replace(was, half_hours=40))
    refused(drop_training, "training-issued", training=made)
    later = change_training(training=made, details=replace(was, erase_on=date(2030, 1, 1)), by=None, at=AT)
    assert later.erase_on == date(2030, 1, 1)


def test_a_training_is_not_shorter_than_what_somebody_attended():
    made = listed(training())
    refused(change_training, "training-too-short", training=made, details=replace(DETAILS, half_hours=8))


def test_a_training_of_another_year_takes_a_number_of_that_year():
    made = training()
    details = replace(DETAILS, begins_on=date(2027, 1, 2), ends_on=date(2027, 1, 3))
    assert change_training(training=made, details=details, by=None, at=AT).year == 2027


def test_two_trainings_take_no_number_at_once(monkeypatch):
    """A device moves one into a year while another makes one there."""
    training()
    monkeypatch.setattr("awards.services.trainings.next_order", lambda year: 1)
    refused(make_training, "changed-meanwhile", details=DETAILS, contest=None)
    made = training(begins_on=date(2025, 5, 8))
    refused(change_training, "changed-meanwhile", training=made, details=DETAILS)


def test_a_training_that_no_font_can_print_is_not_made():
    refused(make_training, "glyph-missing", details=replace(DETAILS, label_zh="训\U000f0000"), contest=None)


def test_a_dropped_training_leaves_its_event():
    drop_training(training=listed(training()), by=None, at=AT)
    assert not Training.objects.exists() and Event.objects.latest("pk").action == "training.dropped"


def test_the_log_is_that_of_the_contest_or_of_the_installation():
    contest = small_contest().contest
    issued(contest), issued()
    assert Event.objects.filter(chain__contest=contest, action="attendance.issued").count() == 1
    assert Event.objects.filter(chain__contest=None, action="attendance.issued").count() == 1
    assert events.first_broken(contest) is None


def test_another_office_writes_nothing():
    contest = small_contest().contest
    one, stranger = called(issued(), "甲一丁"), office_account("other", contest)
    data = list_of([["丁三", "东区小学", "", "", ""]])
    acts = [
        lambda: make_training(details=DETAILS, contest=None, by=stranger, at=AT),
        lambda: change_training(training=one.training, details=DETAILS, by=stranger, at=AT),
        lambda: drop_training(training=one.training, by=stranger, at=AT),
        lambda: import_participants(training=one.training, data=data, shown="", by=stranger, at=AT),
        lambda: issue_attendance(training=one.training, by=stranger, at=AT),
        lambda: correct_participant(participant=one, details=details_of(one), reason="x", by=stranger, at=AT),
        lambda: revoke_participant(participant=one, reason="x", by=stranger, at=AT),
        lambda: remove_participant(participant=one, by=stranger, at=AT),
        lambda: erase_training(training=one.training, by=stranger, at=AFTER),
    ]
    for act in acts:
        with pytest.raises(Refused) as why:
            act()
        assert why.value.denial.code in ("hidden", "not-organiser")


# ---- erasure


def test_names_go_on_their_day_and_numbers_stay():
    made = issued(rows=[["甲一丁", "东区小学", "学生", "", "备"], ["乙二丙", "西区小学", "", "0", ""]])
    correct(called(made, "甲一丁"), name="甲一")
    refused(erase_training, "training-not-over", training=made, at=datetime(2029, 5, 9, 15, tzinfo=UTC))
    assert erase_training(training=made, by=None, at=AFTER) == 2
    left = set(made.participants.values_list("name", "unit", "role", "remarks", "reason"))
    assert left == {("", "", "tutor", "", "")}
    assert numbers(made) == ["2026-PX01-0001", "2026-PX01-0002"]
    assert set(made.participants.values_list("state", flat=True)) == {"issued", "reissued"}
    one = made.participants.filter(state=ParticipantState.ISSUED).get()
    refused(issue_attendance, "training-erased", training=made)
    refused(correct_participant, "training-erased", participant=one, details=details_of(one, name="丙"), reason="x")
    refused(erase_training, "training-erased", training=made, at=AFTER)


def test_the_command_erases_what_is_due_and_nothing_else():
    due, other = issued(erase_on=date(2026, 5, 10)), issued(erase_on=date(9999, 1, 1))
    call_command("erase_due")
    due.refresh_from_db()
    other.refresh_from_db()
    assert due.erased_at and not other.erased_at
    assert erase_due_trainings(at=AT) == 0
