"""Decisions of units and of the office: who, when, how many, and why."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError

from competition.errors import Refused
from competition.models import Entry, Event, Review
from competition.services import reviewing
from competition.services.entering import take_up_entry, withdraw_entry
from competition.services.reviewing import OFFICE_VERDICTS, UNIT_VERDICTS, rank_entries, review_entry
from competition.states import ENTRY_MOVES, ContestState, EntryState, ReviewStep, Verdict
from tests.factories.entering import (
    CLOSES,
    NOW,
    TICK,
    UNIT_CLOSES,
    Open,
    again,
    begun,
    give_quota,
    handed_in,
    office_says,
    put,
    recommended,
    recorded,
    refusal,
    ruled,
    submitted_again,
    unit_says,
)

pytestmark = pytest.mark.django_db
TEAM = [{"name": "张三", "grade": 5}, {"name": "李四", "grade": 5}]


def team(title: str) -> list[dict[str, Any]]:
    return [{"name": f"{title}{n}", "grade": 5} for n in range(2)]


# ---- the good way


@pytest.mark.parametrize("verdict", UNIT_VERDICTS)
def test_a_unit_decides_with_one_row_and_one_event(made: Open, verdict: Verdict) -> None:
    entry = handed_in(made)
    with recorded(f"entry.{verdict}"):
        review = review_entry(
            entry=entry,
            step=ReviewStep.UNIT,
            verdict=verdict,
            by=made["东区"],
            at=NOW,
            reasons=["rules"],
            text="  说明 ",
        )
    assert (review.step, review.verdict, review.reasons, review.text) == ("unit", verdict, ["rules"], "说明")
    assert (review.by, review.at) == (made["东区"], NOW)
    assert again(entry).state == verdict.value


@pytest.mark.parametrize("verdict", OFFICE_VERDICTS)
@pytest.mark.parametrize("who", ["office", "host"])
def test_the_office_decides_with_one_row_and_one_event(made: Open, verdict: Verdict, who: str) -> None:
    entry = recommended(made)
    with recorded(f"entry.{verdict}"):
        review_entry(entry=entry, step=ReviewStep.OFFICE, verdict=verdict, by=made[who], at=NOW, text="说明")
    assert again(entry).state == verdict.value
    assert entry.reviews.count() == 2


def test_the_log_does_not_repeat_the_words_of_a_decision(made: Open) -> None:
    unit_says(made, handed_in(made), Verdict.RETURNED, text="张三的姓名有误")
    assert "张三" not in str(list(Event.objects.values_list("body", flat=True)))


# ---- who and when


@pytest.mark.parametrize("who", ["stranger", "晴川一中", "西区", "西山中学", "host"])
def test_the_units_decision_is_hidden_from_others(made: Open, who: str) -> None:
    entry = handed_in(made)
    with refusal("hidden"):
        unit_says(made, entry, by=made[who])


@pytest.mark.parametrize("who", ["stranger", "晴川一中", "东区", "西区"])
def test_the_offices_decision_is_hidden_from_others(made: Open, who: str) -> None:
    entry = recommended(made)
    with refusal("hidden"):
        office_says(made, entry, by=made[who])


def test_deciding_asks_to_sign_in(made: Open) -> None:
    entry = handed_in(made)
    with refusal("sign-in"):
        unit_says(made, entry, by=AnonymousUser())
    with refusal("sign-in"):
        office_says(made, entry, by=AnonymousUser())


def test_the_office_may_recommend_for_a_unit(made: Open) -> None:
    assert unit_says(made, handed_in(made), by=made["office"]).state == EntryState.RECOMMENDED


def test_an_entry_without_school_has_no_unit(made: Open) -> None:
    entry = put(handed_in(made), school=None)
    with refusal("hidden"):
        review_entry(entry=entry, step=ReviewStep.UNIT, verdict=Verdict.RECOMMENDED, by=made["东区"], at=NOW)


def test_the_deadline_of_units_holds_to_the_microsecond(made: Open) -> None:
    entry = handed_in(made)
    with refusal("unit-too-late"):
        unit_says(made, entry, at=UNIT_CLOSES)
    assert unit_says(made, entry, at=UNIT_CLOSES - TICK).state == EntryState.RECOMMENDED


def test_without_a_deadline_of_units_none_holds(made: Open) -> None:
    ruled(made, unit_closes_at=None)
    assert unit_says(made, handed_in(made), at=UNIT_CLOSES + timedelta(days=300)).state == EntryState.RECOMMENDED


@pytest.mark.parametrize("state", ContestState)
def test_units_decide_while_entries_come_the_office_until_the_awards(made: Open, state: ContestState) -> None:
    mine, theirs = handed_in(made, "一"), recommended(made, "二")
    ruled(made, state=state)
    if state == ContestState.ENTRY:
        unit_says(made, mine)
    else:
        with refusal("wrong-state"):
            unit_says(made, mine)
    if state in (ContestState.ENTRY, ContestState.JUDGING):
        office_says(made, theirs)
    else:
        with refusal("wrong-state"):
            office_says(made, theirs)


# ---- which verdicts


@pytest.mark.parametrize("verdict", [one for one in Verdict if one not in UNIT_VERDICTS])
def test_a_unit_does_not_pass_entries(made: Open, verdict: Verdict) -> None:
    entry = handed_in(made)
    with refusal("verdict-of-other-step"):
        unit_says(made, entry, verdict)


@pytest.mark.parametrize("verdict", [one for one in Verdict if one not in OFFICE_VERDICTS])
def test_the_office_does_not_recommend_as_the_office(made: Open, verdict: Verdict) -> None:
    entry = recommended(made)
    with refusal("verdict-of-other-step"):
        office_says(made, entry, verdict)


def not_in_the_table(verdicts: tuple[Verdict, ...]) -> list[tuple[EntryState, Verdict]]:
    return [(was, to) for was in EntryState for to in verdicts if EntryState(to.value) not in ENTRY_MOVES[was]]


@pytest.mark.parametrize(("was", "verdict"), not_in_the_table(UNIT_VERDICTS))
def test_a_unit_moves_only_as_the_table_allows(made: Open, was: EntryState, verdict: Verdict) -> None:
    entry = put(begun(made), state=was, number="A001")
    with refusal("no-such-move"):
        unit_says(made, entry, verdict)


@pytest.mark.parametrize(("was", "verdict"), not_in_the_table(OFFICE_VERDICTS))
def test_the_office_moves_only_as_the_table_allows(made: Open, was: EntryState, verdict: Verdict) -> None:
    entry = put(begun(made), state=was, number="A001")
    with refusal("no-such-move"):
        office_says(made, entry, verdict)


@pytest.mark.parametrize("was", [EntryState.SUBMITTED, EntryState.NOT_RECOMMENDED])
def test_a_unit_may_change_its_mind_upwards(made: Open, was: EntryState) -> None:
    entry = put(handed_in(made), state=was)
    assert unit_says(made, entry).state == EntryState.RECOMMENDED


@pytest.mark.parametrize(
    ("was", "verdict"), [(EntryState.PASSED, Verdict.NOT_PASSED), (EntryState.NOT_PASSED, Verdict.PASSED)]
)
def test_the_office_may_change_its_mind(made: Open, was: EntryState, verdict: Verdict) -> None:
    entry = put(recommended(made), state=was)
    assert office_says(made, entry, verdict).state == verdict.value


# What the table has for other ways (a contest without units; a workbook) is open to a decision too.
def said_no(act: Any) -> bool:
    try:
        act()
    except Refused:
        return True
    except IntegrityError as crash:
        pytest.fail(f"A sentence was due, not {crash}")
    return False


def test_a_unit_does_not_recommend_a_draft(made: Open) -> None:
    entry = begun(made)
    assert said_no(lambda: unit_says(made, entry))


def test_a_unit_does_not_recommend_what_was_taken_back_for_rewriting(made: Open) -> None:
    entry = handed_in(made)
    withdraw_entry(entry=entry, by=made["晴川一中"], at=NOW)
    take_up_entry(entry=entry, by=made["晴川一中"], at=NOW)
    assert said_no(lambda: unit_says(made, entry))


def test_the_office_does_not_pass_a_withdrawn_entry(made: Open) -> None:
    entry = handed_in(made)
    withdraw_entry(entry=entry, by=made["晴川一中"], at=NOW)
    assert said_no(lambda: office_says(made, entry))


def test_the_office_does_not_pass_a_withdrawn_draft(made: Open) -> None:
    entry = begun(made)
    withdraw_entry(entry=entry, by=made["晴川一中"], at=NOW)
    assert said_no(lambda: office_says(made, entry))


@pytest.mark.parametrize("decided", [Verdict.PASSED, Verdict.NOT_PASSED])
def test_a_unit_does_not_undo_what_the_office_decided(made: Open, decided: Verdict) -> None:
    entry = office_says(made, recommended(made), decided)
    assert said_no(lambda: unit_says(made, entry, Verdict.RETURNED))


def test_a_unit_does_not_send_back_what_the_office_returned(made: Open) -> None:
    entry = office_says(made, recommended(made), Verdict.RETURNED)
    assert said_no(lambda: unit_says(made, entry))


def test_a_return_by_the_office_does_not_spare_the_unit_its_decision(made: Open) -> None:
    entry = office_says(made, handed_in(made), Verdict.RETURNED)
    submitted_again(made, entry)
    assert again(entry).state == EntryState.SUBMITTED


# ---- why


@pytest.mark.parametrize("text", ["", "   ", "\n\t"])
def test_a_return_needs_a_reason(made: Open, text: str) -> None:
    entry = handed_in(made, "一")
    with refusal("reason-missing"):
        unit_says(made, entry, Verdict.RETURNED, text=text)
    entry = unit_says(made, entry)
    for verdict in (Verdict.RETURNED, Verdict.NOT_PASSED):
        with refusal("reason-missing"):
            office_says(made, entry, verdict, text=text)


def test_a_ready_made_reason_is_enough_and_good_news_need_none(made: Open) -> None:
    entry = unit_says(made, handed_in(made), text="")
    assert office_says(made, entry, text="").state == EntryState.PASSED
    entry = office_says(made, entry, Verdict.NOT_PASSED, text="", reasons=["not-own-work"])
    assert Review.objects.latest("pk").reasons == ["not-own-work"]


def test_a_unit_may_leave_out_without_a_reason_what_exceeds_its_quota(made: Open) -> None:
    entry = unit_says(made, handed_in(made), Verdict.NOT_RECOMMENDED, text="")
    assert entry.state == EntryState.NOT_RECOMMENDED


# ---- until when


def test_a_return_by_the_unit_ends_with_the_units_own_deadline(made: Open) -> None:
    early = unit_says(made, handed_in(made, "一"), Verdict.RETURNED)
    late = unit_says(made, handed_in(made, "二"), Verdict.RETURNED, at=UNIT_CLOSES - timedelta(days=1))
    assert (early.return_until, late.return_until) == (NOW + timedelta(days=7), UNIT_CLOSES)


def test_a_return_by_the_office_has_the_usual_days(made: Open) -> None:
    at = UNIT_CLOSES + timedelta(days=1)
    entry = office_says(made, recommended(made), Verdict.RETURNED, at=at)
    assert entry.return_until == at + timedelta(days=7)


def test_a_return_may_name_its_day(made: Open) -> None:
    entry = unit_says(made, handed_in(made), Verdict.RETURNED, until=CLOSES)
    assert entry.return_until == CLOSES
    assert unit_says(made, submitted(made, entry)).return_until is None


def submitted(made: Open, entry: Entry) -> Entry:
    submitted_again(made, entry)
    return again(entry)


def test_a_returned_entry_is_typed_on_where_it_stood(made: Open) -> None:
    entry = put(handed_in(made, authors=TEAM), draft={})
    entry = unit_says(made, entry, Verdict.RETURNED)
    assert [one["name"] for one in entry.draft["authors"]] == ["张三", "李四"]


def test_a_return_until_yesterday_is_refused(made: Open) -> None:
    entry = handed_in(made)
    assert said_no(lambda: unit_says(made, entry, Verdict.RETURNED, until=NOW - timedelta(days=1)))


# ---- how many


def test_nothing_beyond_the_quota_goes_up(made: Open) -> None:
    give_quota(made, 2, district=made.units["东区"])
    first, _, third = recommended(made, "一"), recommended(made, "二", "晴川二中"), handed_in(made, "三")
    with refusal("quota-reached"):
        unit_says(made, third)
    assert recommended(made, "四", "西山中学").state == EntryState.RECOMMENDED
    unit_says(made, first, Verdict.RETURNED)
    assert unit_says(made, third).state == EntryState.RECOMMENDED


@pytest.mark.parametrize("state", [EntryState.RECOMMENDED, EntryState.PASSED])
def test_what_went_up_and_what_passed_take_a_place(made: Open, state: EntryState) -> None:
    give_quota(made, 1, district=made.units["东区"])
    put(recommended(made, "一"), state=state)
    other = handed_in(made, "二")
    with refusal("quota-reached"):
        unit_says(made, other)


@pytest.mark.parametrize("state", [EntryState.NOT_PASSED, EntryState.WITHDRAWN, EntryState.NOT_RECOMMENDED])
def test_what_is_out_takes_no_place(made: Open, state: EntryState) -> None:
    give_quota(made, 1, district=made.units["东区"])
    put(recommended(made, "一"), state=state)
    assert unit_says(made, handed_in(made, "二")).state == EntryState.RECOMMENDED


def test_a_quota_of_a_track_and_division_counts_only_these(made: Open) -> None:
    give_quota(made, 1, district=made.units["东区"], track=made.tracks["创新"],
               division=made.contest.divisions.get(code="primary"))  # fmt: skip
    recommended(made, "一")
    recommended(made, "二", track="实践")
    recommended(made, "三", division="junior", authors=[{"name": "大孩子", "grade": 8}])
    other = handed_in(made, "四")
    with refusal("quota-reached"):
        unit_says(made, other)


def test_the_tightest_of_several_quotas_holds(made: Open) -> None:
    give_quota(made, 9, district=made.units["东区"])
    give_quota(made, 1, district=made.units["东区"], track=made.tracks["创新"])
    recommended(made, "一")
    other = handed_in(made, "二")
    with refusal("quota-reached"):
        unit_says(made, other)


def test_a_quota_of_nothing_lets_nothing_up(made: Open) -> None:
    give_quota(made, 0, district=made.units["东区"])
    entry = handed_in(made)
    with refusal("quota-reached"):
        unit_says(made, entry)


def test_teams_take_no_more_than_their_share(made: Open) -> None:
    """Half of three is one team, rounded down."""
    give_quota(made, 3, district=made.units["东区"], team_percent=50)
    first = recommended(made, "一", authors=team("一"))
    second = handed_in(made, "二", authors=team("二"))
    with refusal("teams-reached"):
        unit_says(made, second)
    recommended(made, "三")
    unit_says(made, first, Verdict.RETURNED)
    assert unit_says(made, second).state == EntryState.RECOMMENDED


def test_a_share_of_nothing_lets_no_team_up_and_everyone_else(made: Open) -> None:
    give_quota(made, 3, district=made.units["东区"], team_percent=0)
    assert recommended(made, "一").state == EntryState.RECOMMENDED
    other = handed_in(made, "二", authors=team("二"))
    with refusal("teams-reached"):
        unit_says(made, other)


def test_without_the_quota_check_more_would_go_up(made: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin."""
    give_quota(made, 1, district=made.units["东区"])
    recommended(made, "一")
    monkeypatch.setattr(reviewing, "refuse_over_quota", lambda entry: None)
    assert recommended(made, "二").state == EntryState.RECOMMENDED


def test_a_unit_takes_a_recommendation_back_and_gets_its_place_again(made: Open) -> None:
    made.contest.quotas.create(district=made.units["东区"], most=1)
    first, second = recommended(made, "一"), handed_in(made, "二")
    with refusal("quota-reached"):
        unit_says(made, second)
    assert unit_says(made, first, Verdict.NOT_RECOMMENDED).state == EntryState.NOT_RECOMMENDED
    assert unit_says(made, second).state == EntryState.RECOMMENDED


def test_without_the_step_of_units_a_unit_decides_nothing(made: Open) -> None:
    ruled(made, has_unit_step=False)
    entry = handed_in(made)
    with refusal("no-unit-step"):
        unit_says(made, entry, Verdict.RETURNED)


def test_quotas_of_units_hold_without_the_step_of_units(made: Open) -> None:
    ruled(made, has_unit_step=False)
    give_quota(made, 1, district=made.units["东区"])
    handed_in(made, "一")
    entry = begun(made, "二")
    assert said_no(lambda: submitted_again(made, entry))


# ---- in which order


def test_rank_entries_is_one_event_a_change_and_none_without(made: Open) -> None:
    entries = [recommended(made, f"题{n}") for n in range(3)]
    with recorded("entries.ranked"):
        rank_entries(entries=entries, by=made["东区"], at=NOW)
    entries = [again(one) for one in entries]
    assert [one.unit_rank for one in entries] == [1, 2, 3]
    with recorded():
        rank_entries(entries=entries, by=made["东区"], at=NOW)
        rank_entries(entries=[], by=made["东区"], at=NOW)
    with recorded("entries.ranked"):
        rank_entries(entries=entries[::-1], by=made["东区"], at=NOW)
    assert [again(one).unit_rank for one in entries] == [3, 2, 1]


def test_rank_entries_asks_the_rule_of_each(made: Open) -> None:
    entries = [recommended(made, "一"), recommended(made, "二", "西山中学")]
    with refusal("hidden"):
        rank_entries(entries=entries, by=made["东区"], at=NOW)
    with refusal("sign-in"):
        rank_entries(entries=entries, by=AnonymousUser(), at=NOW)
    with refusal("unit-too-late"):
        rank_entries(entries=entries[:1], by=made["东区"], at=UNIT_CLOSES)
    ruled(made, state=ContestState.JUDGING)
    with refusal("wrong-state"):
        rank_entries(entries=[again(entries[0])], by=made["东区"], at=NOW)


# ---- nothing half-written


def test_a_decision_that_breaks_half_way_writes_nothing(made: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.factories.entering import everything

    entry = handed_in(made)
    before = everything()

    def breaks(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("half way")

    monkeypatch.setattr(reviewing, "move", breaks)
    with pytest.raises(RuntimeError, match="half way"):
        unit_says(made, entry)
    assert everything() == before


def test_the_second_of_two_deciders_is_told(made: Open) -> None:
    entry = handed_in(made)
    stale = again(entry)
    unit_says(made, entry)
    with refusal("no-such-move"):
        unit_says(made, stale)


def test_of_two_decisions_at_once_the_slower_is_refused_whole(made: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have read the entry before either has decided."""
    entry = handed_in(made)
    stale = again(entry)
    unit_says(made, entry)
    monkeypatch.setattr(reviewing, "locked_entry", lambda pk: stale)
    with refusal("changed-meanwhile"):
        unit_says(made, entry, Verdict.RETURNED)
