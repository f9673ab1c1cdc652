"""The bundle says by codes who proposed and who did it; whoever changes a code is found."""

import pytest

from awards.outputs.bundle import bundle_of
from awards.services.lists import standing_list
from competition.models import Contest
from competition.services.agreeing import switch_two_persons
from competition.states import StepKind
from tests.factories.agreeing import approver, both, of_two, organiser
from tests.factories.bundles import codes, notes, published, rows_of, said, tampered
from tests.factories.contests import decided
from tests.factories.replay import replayed
from tests.factories.sheets import small
from verify.laurel_verify import verify

pytestmark = pytest.mark.django_db
FINAL = ("awardlist.locked", "contest.locked", "awardlist.published", "contest.published")


def people(contest: Contest):
    return organiser(contest), approver(contest)


@pytest.fixture
@replayed
def by_two() -> bytes:
    contest = of_two(decided(small()))
    first, second = people(contest)
    for step in (StepKind.LOCK, StepKind.AMEND, StepKind.LOCK, StepKind.PUBLISH):
        both(contest, step, first, second, reason="有误" if step == StepKind.AMEND else "")
        if step == StepKind.AMEND:
            from awards.services.running import decide

            decide(contest=contest, by=first, at=contest.as_of)
    return bundle_of(standing_list(contest))


def events(rows, action: str):
    return [one for one in rows["events"] if one["action"] == action]


def test_two_persons_hold(by_two):
    assert said(by_two) == []
    report = verify(by_two)
    assert report.checked["persons"] == 8  # twice locked, once taken back, once published; list and contest each
    assert "one-person" not in notes(by_two)
    assert "who-is-who" in notes(by_two)


def test_nobody_is_named(by_two):
    assert "first" not in {value for row in rows_of(by_two)["events"] for value in map(str, row["body"].values())}
    assert rows_of(by_two)["contest"][0]["two_persons"] is True


def test_one_person_is_said():
    contest = decided(small())
    data = bundle_of(published(contest))
    assert said(data) == []
    assert "one-person" in notes(data)
    assert "two_persons" not in rows_of(data)["contest"][0]
    report = verify(data)
    assert "persons" not in report.checked
    assert [one.facts["number"] for one in report.not_recomputed if one.code == "one-person"] == [2]


def test_what_one_did_before_it_took_two_is_said_too():
    contest = decided(small())
    first, second = people(contest)
    both(of_two(contest), StepKind.LOCK, first, second)
    both(contest, StepKind.ONE_PERSON, first, second, reason="人手不足")
    from awards.services.lists import publish_list

    publish_list(contest=contest, by=first, at=contest.as_of)
    data = bundle_of(standing_list(contest))
    assert said(data) == []
    assert verify(data).checked["persons"] == 3  # locked and switched off by two
    assert {"one-person", "who-is-who"} <= notes(data)


@pytest.mark.parametrize("action", FINAL)
@pytest.mark.parametrize("is_rechained", [False, True])
def test_a_flipped_code_is_found(action, is_rechained, by_two):
    """Of the proposer, with the rest of the log made to fit."""

    def flipped(rows):
        code = events(rows, action)[-1]["body"]["proposer"]
        events(rows, action)[-1]["body"]["proposer"] = ("b" if code[0] != "b" else "c") + code[1:]

    assert codes(tampered(by_two, flipped, is_rechained=is_rechained)) >= {
        "not-proposed" if is_rechained else "chain-broken"
    }


@pytest.mark.parametrize("action", FINAL)
def test_an_approver_who_is_the_proposer_is_found(action, by_two):
    def alone(rows):
        last = events(rows, action)[-1]
        last["actor"] = last["body"]["proposer"]

    assert "one-did-both" in codes(tampered(by_two, alone, is_rechained=True))


def test_the_same_account_everywhere_is_found(by_two):
    """Every event that the approver did, done by the proposer."""

    def alone(rows):
        proposer = events(rows, "agreement.open")[0]["actor"]
        for one in rows["events"]:
            one["actor"] = one["actor"] and proposer

    assert "one-did-both" in codes(tampered(by_two, alone, is_rechained=True))


@pytest.mark.parametrize("gone", ["agreement.open", "agreement.agreed"])
def test_a_proposal_or_approval_that_is_left_out_is_found(gone, by_two):
    def left_out(rows):
        rows["events"].remove(events(rows, gone)[-1])

    assert "not-proposed" in codes(tampered(by_two, left_out, is_rechained=True))


def test_another_step_than_was_proposed_is_found(by_two):
    def other(rows):
        events(rows, "agreement.open")[-1]["body"]["kind"] = "role"

    assert "not-proposed" in codes(tampered(by_two, other, is_rechained=True))


def test_an_approval_used_twice_is_found(by_two):
    def twice(rows):
        first, last = events(rows, "awardlist.locked")
        last["body"] |= {"agreement": first["body"]["agreement"]}
        last["at"] = first["at"].replace("T", "T")
        events(rows, "agreement.agreed")[0]["at"] = "2026-01-01T00:00:00.000000+00:00"

    assert "not-proposed" in codes(tampered(by_two, twice, is_rechained=True))


def test_a_switch_that_the_log_does_not_know_is_found(by_two):
    def off(rows):
        del rows["contest"][0]["two_persons"]

    assert "state-differs" in codes(tampered(by_two, off))

    def never_on(rows):
        rows["events"].remove(events(rows, "two-persons.on")[0])

    assert "state-differs" in codes(tampered(by_two, never_on, is_rechained=True))


def test_switching_off_without_a_proposal_is_found(by_two):
    def off(rows):
        on = events(rows, "two-persons.on")[0]
        at = rows["events"].index(on) + 1
        rows["events"].insert(at, {**on, "action": "two-persons.off"})
        del rows["contest"][0]["two_persons"]

    assert "not-proposed" in codes(tampered(by_two, off, is_rechained=True))


def test_a_bundle_from_before_the_switch_is_no_difference():
    from awards.outputs.bundle.comparing import differences

    contest = decided(small())
    data = bundle_of(published(contest))
    switch_two_persons(contest=contest, is_on=True, by=None, at=contest.as_of)
    assert differences(data) == []


@pytest.mark.parametrize("how", ["withdrawn", "lapsed", "returned"])
def test_an_approval_of_what_was_closed_is_found(how, by_two):
    def closed(rows):
        agreed = events(rows, "agreement.agreed")[-1]
        rows["events"].insert(rows["events"].index(agreed), {**agreed, "action": f"agreement.{how}"})

    assert codes(tampered(by_two, closed, is_rechained=True)) == {"not-proposed"}


def test_one_approval_for_two_steps_is_found(by_two):
    """The second list locked under the approval of the first, at the same moment by the same two."""

    def twice(rows):
        gone = events(rows, "agreement.agreed")[2]
        first, last = events(rows, "awardlist.locked")
        kept = {name: first["body"][name] for name in ("agreement", "proposer")}
        for one in (last, events(rows, "contest.locked")[1]):
            one["body"] |= kept
            one["at"], one["actor"] = first["at"], first["actor"]
        rows["events"].remove(gone)

    assert codes(tampered(by_two, twice, is_rechained=True)) == {"used-twice"}


@pytest.mark.parametrize("action", ["decisions.saved", "special.saved"])
def test_what_a_list_fixed_by_two_rests_on_does_not_change(action, by_two):
    """Also between a lock and its amendment."""

    def later(rows):
        locked = events(rows, "contest.locked")[0]
        rows["events"].insert(rows["events"].index(locked) + 1, {**locked, "action": action, "body": {}})

    assert "changed-after-lock" in codes(tampered(by_two, later, is_rechained=True))
