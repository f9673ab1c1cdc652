"""Entered by one, confirmed by another: what was confirmed is never edited, and nothing is overwritten silently."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from competition import events
from competition.errors import Refused
from competition.models import Contest, Event, User
from competition.services.contests import resume_judging
from competition.states import ContestState
from judging.models import Attempt, RoundEntry, Rubric, Standing
from judging.services.measuring import Reading, confirm_attempt, save_measuring_rules
from judging.services.standings import compute_standings, computed_standings, stale_standings
from tests.factories.contests import AT
from tests.factories.measuring import VOID, Measured, reading, robot_contest

pytestmark = pytest.mark.django_db
FIFTY = reading(50, "1:23.45")


@pytest.fixture
def robots() -> Measured:
    return robot_contest()


def refused(do: Any, *args: Any, **more: Any) -> str:
    """The code; nothing is left in the log."""
    before = Event.objects.count()
    with pytest.raises(Refused) as fault:
        do(*args, **more)
    assert "%(" not in fault.value.denial.message
    if fault.value.denial.code != "attempt-differs":
        assert Event.objects.count() == before
    return fault.value.denial.code


def result(robots: Measured, number: str) -> tuple[int | None, int | None, int]:
    """score, milliseconds, missing"""
    found = {one.entry: one for one in computed_standings(robots.contest).results}
    one = found[robots.entries[number].pk]
    return one.score, one.milliseconds, one.missing


def test_it_counts_when_a_second_person_has_confirmed_it(robots):
    entered = robots.enter("R01", 1, FIFTY)
    assert (entered.state, entered.version, entered.points, entered.milliseconds) == ("entered", 1, 50, 83_450)
    assert result(robots, "R01") == (None, None, 3)
    robots.confirm("R01", 1, FIFTY)
    one = robots.current("R01")
    assert (one.state, one.entered_by, one.checked_by) == ("confirmed", robots.users["甲"], robots.users["乙"])
    assert result(robots, "R01") == (5000, 83_450, 2)
    assert [one.action for one in Event.objects.filter(action__startswith="attempt.").order_by("pk")] == [
        "attempt.entered", "attempt.confirmed",
    ]  # fmt: skip
    assert events.first_broken(robots.contest) is None


def test_who_entered_does_not_confirm(robots):
    robots.enter("R01", 1, FIFTY)
    assert refused(robots.confirm, "R01", 1, FIFTY, by="甲") == "second-person"
    assert robots.current("R01").state == "entered"


def test_the_database_too_wants_a_second_person(robots):
    one = robots.enter("R01", 1, FIFTY)
    confirmed = {"state": "confirmed", "checked_at": AT}
    for more in (
        {"checked_by": one.entered_by},
        {"checked_by": None},
        {"checked_by": robots.users["乙"], "second": {}},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Attempt.objects.filter(pk=one.pk).update(**confirmed, **more)
    Attempt.objects.filter(pk=one.pk).update(**confirmed, checked_by=robots.users["乙"])


@pytest.mark.parametrize(
    "wrong",
    [{"points": None}, {"milliseconds": None}, {"milliseconds": 0}, {"outcome": "void"}, {"measure": "points"},
     {"measure": "time"}, {"number": 11}, {"number": 0}, {"state": "lost"}],
)  # fmt: skip
def test_the_database_keeps_no_row_that_says_something_else_than_is_measured(robots, wrong):
    one = robots.enter("R01", 1, FIFTY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.filter(pk=one.pk).update(**wrong)


def test_the_database_keeps_one_current_version(robots):
    one = robots.enter("R01", 1, FIFTY)
    one.pk, one.key, one.version = None, "k" * 26, 2
    with pytest.raises(IntegrityError), transaction.atomic():
        one.save(force_insert=True)


@pytest.mark.parametrize("wrong", [{"kind": "measured"}, {"measure": "points"}, {"attempts": 2}, {"combine": "best"}])
def test_the_database_keeps_no_rubric_between_marks_and_measure(robots, wrong):
    marks = {"kind": "marks", "measure": "", "attempts": 0, "combine": ""}
    rubric = Rubric.objects.filter(pk=robots.rubric.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rubric.update(**(marks | wrong))


def test_one_person_may_do_both_where_the_contest_says_so_and_the_row_says_it(robots):
    save_measuring_rules(contest=robots.contest, is_alone=True, by=robots.users["甲"], at=AT)
    robots.enter("R01", 1, FIFTY)
    assert refused(robots.confirm, "R01", 1, reading(51, "1:23.45"), by="甲") == "attempt-differs"
    robots.confirm("R01", 1, FIFTY, by="甲")
    assert robots.current("R01").is_alone
    robots.enter("R02", 1, FIFTY)
    robots.confirm("R02", 1, FIFTY)
    assert not robots.current("R02").is_alone
    events_before = Event.objects.count()
    save_measuring_rules(contest=robots.contest, is_alone=True, by=robots.users["甲"], at=AT)
    assert Event.objects.count() == events_before
    save_measuring_rules(contest=robots.contest, is_alone=False, by=robots.users["甲"], at=AT)
    robots.enter("R03", 1, FIFTY)
    assert refused(robots.confirm, "R03", 1, FIFTY, by="甲") == "second-person"


def test_only_its_office_changes_that_rule(robots):
    stranger = User.objects.create_user("x", name="x")
    assert refused(save_measuring_rules, contest=robots.contest, is_alone=True, by=stranger, at=AT) == "hidden"


def test_two_who_read_different_things_are_both_kept_until_it_is_settled(robots):
    robots.enter("R01", 1, FIFTY)
    other = reading(60, "1:23.45")
    with pytest.raises(Refused) as fault:
        robots.confirm("R01", 1, other)
    assert fault.value.denial.facts["first"] == "50 · 1:23.45"
    assert fault.value.denial.facts["second"] == "60 · 1:23.45"
    one = robots.current("R01")
    assert (one.state, one.points, one.second["points"], one.checked_by) == ("differing", 50, 60, robots.users["乙"])
    assert Event.objects.get(action="attempt.differing").body["points"] == 60
    assert result(robots, "R01") == (None, None, 3)


def test_the_second_person_was_wrong_and_types_again(robots):
    robots.enter("R01", 1, FIFTY)
    assert refused(robots.confirm, "R01", 1, reading(60, "1:23.45")) == "attempt-differs"
    robots.confirm("R01", 1, FIFTY)
    one = robots.current("R01")
    assert (one.state, one.second, one.version) == ("confirmed", None, 1)


def test_the_first_was_wrong_and_is_corrected_by_the_second_then_the_first_confirms(robots):
    robots.enter("R01", 1, FIFTY)
    right = reading(60, "1:23.45")
    assert refused(robots.confirm, "R01", 1, right) == "attempt-differs"
    robots.enter("R01", 1, right, by="乙", base=1)
    assert refused(robots.confirm, "R01", 1, right, by="乙") == "second-person"
    robots.confirm("R01", 1, right, by="甲")
    assert list(Attempt.objects.values_list("version", "state", "points")) == [
        (1, "superseded", 50), (2, "confirmed", 60),
    ]  # fmt: skip


def test_a_correction_of_what_was_confirmed_is_confirmed_again_and_the_old_one_stays(robots):
    robots.measure("R01", FIFTY, VOID, VOID)
    assert result(robots, "R01") == (5000, 83_450, 0)
    old = Attempt.objects.filter(number=1).values().get()
    robots.enter("R01", 1, reading(70, "1:00"), base=1)
    assert result(robots, "R01") == (None, None, 1)
    robots.confirm("R01", 1, reading(70, "1:00"))
    assert result(robots, "R01") == (7000, 60_000, 0)
    assert Attempt.objects.filter(pk=old["id"]).values().get() == old | {"state": "superseded"}


def test_an_old_page_overwrites_nothing(robots):
    robots.enter("R01", 1, FIFTY)
    assert refused(robots.enter, "R01", 1, reading(60, "1:00"), by="乙") == "attempt-changed"
    robots.confirm("R01", 1, FIFTY)
    robots.enter("R01", 1, reading(60, "1:00"), base=1)
    assert refused(robots.enter, "R01", 1, reading(61, "1:00"), base=1) == "attempt-changed"
    old = Attempt.objects.get(version=1)
    assert refused(robots.confirm, "R01", 1, FIFTY, attempt=old) == "attempt-changed"


def test_what_is_sent_twice_is_done_once(robots):
    first = robots.enter("R01", 1, FIFTY, save="one-form")
    assert robots.enter("R01", 1, FIFTY, save="one-form").pk == first.pk
    robots.confirm("R01", 1, FIFTY)
    count = Event.objects.count()
    robots.confirm("R01", 1, FIFTY)
    assert robots.enter("R01", 1, FIFTY, save="one-form").pk == first.pk
    assert (Attempt.objects.count(), Event.objects.count()) == (1, count)
    robots.enter("R02", 1, FIFTY)
    for _time in range(2):
        assert refused(robots.confirm, "R02", 1, VOID) == "attempt-differs"
    assert Event.objects.filter(action="attempt.differing").count() == 1


def test_the_same_again_is_no_correction(robots):
    robots.enter("R01", 1, FIFTY)
    assert refused(robots.enter, "R01", 1, FIFTY, base=1) == "attempt-same"


@pytest.mark.parametrize(
    ("measure", "wrong", "code"),
    [
        ("points_time", Reading(50), "attempt-incomplete"),
        ("points_time", Reading(None, 5), "attempt-incomplete"),
        ("points_time", Reading(), "attempt-incomplete"),
        ("points", Reading(50, 5), "attempt-incomplete"),
        ("time", Reading(50, 5), "attempt-incomplete"),
        ("time", Reading(5), "attempt-incomplete"),
        ("points", Reading(50, None, "void"), "attempt-void-with-result"),
        ("time", Reading(None, 5, "void"), "attempt-void-with-result"),
    ],
)
def test_a_blank_is_not_a_zero_and_no_result_is_no_result(measure, wrong, code):
    robots = robot_contest(1, measure=measure)
    assert refused(robots.enter, "R01", 1, wrong) == code
    right = {"points": Reading(0), "time": Reading(None, 5), "points_time": Reading(0, 5)}[measure]
    robots.enter("R01", 1, right)
    assert refused(robots.confirm, "R01", 1, wrong) == code
    assert robots.confirm("R01", 1, right).state == "confirmed"


def test_only_attempts_of_this_round_are_measured(robots):
    for number in (0, 4):
        assert refused(robots.enter, "R01", number, FIFTY) == "hidden"
    RoundEntry.objects.filter(entry__number="R01").delete()
    assert refused(robots.enter, "R01", 1, FIFTY) == "hidden"
    robots.entries["R02"].__class__.objects.filter(number="R02").update(state="withdrawn")
    assert refused(robots.enter, "R02", 1, FIFTY) == "hidden"


@pytest.mark.parametrize("state", [one for one in ContestState if one != ContestState.JUDGING])
def test_only_while_it_is_judged(robots, state):
    robots.enter("R01", 1, FIFTY)
    Contest.objects.filter(pk=robots.contest.pk).update(state=state)
    assert refused(robots.enter, "R01", 2, FIFTY) == "wrong-state"
    assert refused(robots.confirm, "R01", 1, FIFTY) == "wrong-state"


def test_strangers_neither_enter_nor_confirm(robots):
    robots.users["外"] = User.objects.create_user("x", name="外")
    assert refused(robots.enter, "R01", 1, FIFTY, by="外") == "hidden"
    robots.enter("R01", 1, FIFTY)
    assert refused(robots.confirm, "R01", 1, FIFTY, by="外") == "hidden"


def test_standings_are_stored_with_the_time_and_known_again(robots):
    robots.measure("R01", FIFTY, VOID, VOID)
    first = compute_standings(contest=robots.contest, by=None, at=AT)
    assert first.standings.get(entry__number="R01").milliseconds == 83_450
    assert compute_standings(contest=robots.contest, by=None, at=AT + timedelta(hours=1)) == first
    assert stale_standings(first) == []
    Standing.objects.filter(run=first, entry__number="R01").update(milliseconds=83_449)
    assert stale_standings(first) == ["R01"]
    robots.enter("R02", 1, FIFTY)  # unconfirmed: as if it had never been
    assert computed_standings(robots.contest).made["input_digest"] == first.input_digest
    robots.confirm("R02", 1, FIFTY)
    assert computed_standings(robots.contest).made["input_digest"] != first.input_digest


def test_the_database_keeps_no_time_without_a_result(robots):
    run = compute_standings(contest=robots.contest, by=None, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        run.standings.filter(entry__number="R01").update(milliseconds=5)


def test_a_correction_is_made_after_going_back_to_judging(robots):
    robots.measure("R01", FIFTY, VOID, VOID)
    Contest.objects.filter(pk=robots.contest.pk).update(state=ContestState.DECISION)
    robots.contest.refresh_from_db()
    resume_judging(contest=robots.contest, by=robots.users["甲"], at=AT)
    assert robots.enter("R01", 1, reading(60, "1:00"), base=1).version == 2


def test_a_confirmation_needs_the_rule_of_the_moment(robots):
    """The contest in hand may be older than what it says now."""
    save_measuring_rules(contest=robots.contest, is_alone=True, by=robots.users["甲"], at=AT)
    one = robots.enter("R01", 1, FIFTY)
    rubric = robots.rubric  # as a page had it
    save_measuring_rules(contest=robots.contest, is_alone=False, by=robots.users["甲"], at=AT)
    with pytest.raises(Refused):
        confirm_attempt(attempt=one, rubric=rubric, reading=FIFTY, by=robots.users["甲"], at=AT)
