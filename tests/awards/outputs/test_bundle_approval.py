"""A published list is worked out again with what the bodies above the committee said of it."""

import pytest

from awards.outputs.bundle import bundle_of
from awards.outputs.bundle.comparing import differences
from awards.services.lists import publish_list
from awards.services.resolving import Decided, withdraw_resolution
from awards.services.running import decide
from competition.core.canon import digest
from competition.models import Contest
from competition.states import StepKind
from tests.factories.agreeing import approver, both, of_two
from tests.factories.approving import DAY, Honoured, decided_award, document, honoured
from tests.factories.bundles import change, codes, notes, rows_of, said, tampered
from tests.factories.noticing import NOW
from verify.laurel_verify import verify

pytestmark = pytest.mark.django_db


def published(made: Honoured) -> bytes:
    made.contest.refresh_from_db()
    return bundle_of(publish_list(contest=made.contest, by=None, at=NOW))


def approved() -> bytes:
    """The council strikes M2; the government approves the rest. One decision was typed in wrongly."""
    made = honoured()
    wrong = made.say("council")
    withdraw_resolution(resolution=wrong, reason="录入有误", by=made.office, at=NOW)
    made.say("council", "struck", {"M2": "成果存疑"})
    made.amend()
    made.lock()
    made.say("government")
    return published(made)


def test_a_published_list_was_approved_by_all():
    data = approved()
    assert said(data) == []
    assert verify(data).checked["resolutions"] == 2
    assert "resolutions-given" in notes(data)
    assert [one["serial"] for one in rows_of(data)["resolutions"]] == [2, 3]
    assert {one["entry"] for one in rows_of(data)["awards"]} == {"M1", "M3"}
    assert "存疑".encode() not in data
    assert differences(data) == []


def test_a_locked_list_says_how_far_it_got():
    made = honoured()
    early = bundle_of(made.list)
    assert "approval-waits" in notes(early)
    made.say("council")
    assert said(bundle_of(made.list)) == []
    assert differences(early) == []


def test_an_award_without_bodies_has_no_word_of_them():
    data = published(honoured(bodies={}))
    assert said(data) == []
    assert "resolutions" not in rows_of(data)
    assert "approval" not in rows_of(data)["contest"][0]


def without(action: str):
    """As if the log had never known the last event of this kind, nor the bundle its row."""

    def do(rows):
        last = [one for one in rows["events"] if one["action"] == action][-1]
        rows["events"].remove(last)
        rows["resolutions"] = [one for one in rows["resolutions"] if one["serial"] != last["body"]["serial"]]

    return do


def test_a_missing_approval_is_found():
    assert "approval-missing" in codes(tampered(approved(), without("resolution.recorded"), is_rechained=True))


def test_an_approval_of_other_prizes_is_none():
    def do(rows):
        event = [one for one in rows["events"] if one["action"] == "resolution.recorded"][-1]
        for one in (event["body"], rows["resolutions"][-1]):
            one["approves"] = one["seen"] = digest([])

    assert "approval-missing" in codes(tampered(approved(), do, is_rechained=True))


def test_a_refusal_is_no_approval():
    def do(rows):
        event = [one for one in rows["events"] if one["action"] == "resolution.recorded"][-1]
        for one in (event["body"], rows["resolutions"][-1]):
            one["outcome"] = "refused"

    assert "approval-missing" in codes(tampered(approved(), do, is_rechained=True))


def test_bodies_that_decided_in_the_wrong_order_are_found():
    def do(rows):
        at = [place for place, one in enumerate(rows["events"]) if one["action"] == "resolution.recorded"]
        rows["events"].insert(at[0], rows["events"].pop(at[-1]))

    assert "approval-order" in codes(tampered(approved(), do, is_rechained=True))


def test_an_approval_after_the_publication_is_found():
    def do(rows):
        at = [place for place, one in enumerate(rows["events"]) if one["action"] == "resolution.recorded"]
        rows["events"].append(rows["events"].pop(at[-1]))

    assert "approval-order" in codes(tampered(approved(), do, is_rechained=True))


def test_somebody_struck_without_a_word_is_found():
    def do(rows):
        event = [one for one in rows["events"] if one["action"] == "resolution.recorded"][1]
        line = ["M3", "nomination", 0, "plan"]
        for one in (event["body"], rows["resolutions"][0]):
            one["struck"] = [*one["struck"], line]

    found = codes(tampered(approved(), do, is_rechained=True))
    assert {"resolution-wrong", "award-undue"} <= found


def test_whom_nobody_struck_is_missed():
    def do(rows):
        rows["resolutions"][0]["struck"] = []

    found = codes(tampered(approved(), do))
    assert {"resolution-unlogged", "award-missing", "resolution-wrong"} <= found


def test_a_body_that_the_log_does_not_know_or_that_was_left_out_is_found():
    assert "approval-differs" in codes(tampered(approved(), change("contest", 0, approval=["government"])))


def test_who_approves_is_fixed_with_the_first_lock():
    def do(rows):
        ruled = next(one for one in rows["events"] if one["action"] == "approval.ruled")
        rows["events"].remove(ruled)
        rows["events"].append(ruled)

    assert "approval-late" in codes(tampered(approved(), do, is_rechained=True))


def test_a_withdrawn_decision_put_in_again_is_found():
    def do(rows):
        rows["resolutions"].append(rows["resolutions"][0] | {"serial": 1})

    assert "resolution-unlogged" in codes(tampered(approved(), do))


def by_two() -> bytes:
    made = decided_award(bodies={"government": "晴川市人民政府"})
    below = of_two(Contest.objects.get(pk=made.contest.belongs_to_id))
    award, second = Contest.objects.get(pk=made.contest.pk), approver(below)
    decide(contest=award, by=None, at=NOW)
    both(award, StepKind.LOCK, made.office, second)
    facts = Decided("government", "approved", DAY, 1).facts()
    both(award, StepKind.RESOLUTION, made.office, second, about="government", facts=facts, paper=document())
    both(award, StepKind.PUBLISH, made.office, second)
    return bundle_of(award.award_lists.standing().get())


def test_a_decision_that_takes_two_was_recorded_by_two():
    data = by_two()
    assert said(data) == []

    def alone(rows):
        event = next(one for one in rows["events"] if one["action"] == "resolution.recorded")
        event["body"] = {name: value for name, value in event["body"].items() if name not in ("agreement", "proposer")}

    assert "not-proposed" in codes(tampered(data, alone, is_rechained=True))
