"""Bodies above the committee approve, strike and refuse; a list is final when the last one has approved it."""

import itertools
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from awards.models import Resolution
from awards.services.approvals import approval_of, why_not_final
from awards.services.certificates import issue_certificates
from awards.services.lists import check_list, publish_list
from awards.services.mayor import winners_due
from awards.services.notices import open_notice
from awards.services.resolving import Decided, decided_in, withdraw_resolution
from awards.services.running import Outcome, settle
from competition.errors import Refused
from competition.models import Contest, Event
from competition.states import StepKind
from tests.awards.services.test_notices import refused
from tests.factories.agreeing import approver, both, of_two
from tests.factories.approving import BODIES, DAY, Honoured, decided_award, document, honoured
from tests.factories.noticing import FIRST, LAST, NOW

pytestmark = pytest.mark.django_db
WHY = {"M1": "成果存疑"}


def publish(made: Honoured):
    made.contest.refresh_from_db()
    return publish_list(contest=made.contest, by=made.office, at=NOW)


def issue(made: Honoured) -> int:
    return issue_certificates(award_list=made.list, by=made.office, at=NOW)


def test_the_ballot_gives_two_winners_and_a_nomination_prize():
    assert honoured().numbers == {"M1": ("mayor", 1), "M2": ("mayor", 2), "M3": ("nomination", None)}


def test_nothing_is_asked_where_the_rules_name_nobody():
    made = honoured(bodies={})
    assert why_not_final(made.list) is None
    refused("approval-none", lambda: made.say("government"))
    assert publish(made).state == "published"


def test_a_list_is_final_once_the_last_body_approved_it():
    made = honoured()
    for step in ("council", "government"):
        refused("approval-due", lambda: publish(made))
        refused("approval-due", lambda: issue(made))
        made.say(step)
    refused("approval-complete", lambda: made.say("government"))
    assert issue(made) == 3
    assert publish(made).state == "published"


def test_a_notice_may_run_before_the_city_approves():
    made = honoured()
    assert open_notice(contest=made.contest, first=FIRST, last=LAST, by=made.office, at=NOW)


def test_no_reason_goes_around_a_body():
    made = honoured()
    refused("approval-due", lambda: publish_list(contest=made.contest, by=made.office, at=NOW, reason="市长出差"))


def test_the_main_job_leaves_it_to_people():
    made = honoured()
    settle(made.contest, Outcome(), by=None, at=NOW)
    assert not made.contest.certificates.exists()
    assert made.list.state == "locked"


def test_bodies_come_in_their_order():
    made = honoured()
    refused("approval-not-next", lambda: made.say("government"))
    made.say("council")
    refused("approval-not-next", lambda: made.say("council"))


def test_a_document_is_asked_for_and_a_day_that_has_come():
    made = honoured()
    refused("resolution-without-paper", lambda: made.say("council", paper=None))
    refused("resolution-in-future", lambda: made.say("council", decided_on=LAST))
    refused("resolution-without-reason", lambda: made.say("council", "refused", reason=" "))


def test_a_decision_is_about_the_version_that_its_page_showed():
    """Two devices: one is left open while the list is amended and locked anew."""
    made = honoured()
    made.amend()
    made.contest.entries.filter(number="M2").update(state="withdrawn")
    made.lock()
    refused("resolution-of-other-version", lambda: made.say("council", version=1))
    assert made.say("council", version=2).list.version == 2


def test_a_proposal_from_before_versions_were_named_is_about_none():
    made = honoured()
    facts = {name: value for name, value in Decided("council", "approved", DAY, 1).facts().items() if name != "version"}
    refused("resolution-of-other-version", lambda: made.say("council", version=decided_in(facts).version))


def test_only_a_locked_list_is_put_before_a_body():
    made = decided_award()
    refused("wrong-state", lambda: made.say("council", version=1))


def test_striking_needs_somebody_of_the_list_with_a_reason_and_leaves_somebody():
    made = honoured()
    refused("strike-nobody", lambda: made.say("council", "struck"))
    refused("strike-nobody", lambda: made.say("council", struck=WHY))
    refused("strike-without-reason", lambda: made.say("council", "struck", {"M1": " "}))
    refused("strike-of-others", lambda: made.say("council", "struck", {"M4": "无"}))
    refused("strike-all", lambda: made.say("council", "struck", dict.fromkeys(made.numbers, "无")))


@pytest.mark.parametrize("struck", [s for n in (1, 2) for s in itertools.combinations(("M1", "M2", "M3"), n)])
def test_nobody_moves_up(struck: tuple[str, ...]):
    made = honoured()
    before = made.numbers
    made.say("council", "struck", dict.fromkeys(struck, "成果存疑"))
    refused("approval-struck", lambda: publish(made))
    assert check_list(made.list)
    made.amend()
    made.lock()
    assert made.numbers == {number: prize for number, prize in before.items() if number not in struck}
    assert approval_of(made.list).next.step == "government"
    made.say("government")
    assert publish(made).state == "published"


def test_what_was_struck_stays_struck_whatever_is_computed_again():
    made = honoured()
    made.say("council", "struck", WHY)
    made.amend()
    for _again in range(2):
        made.lock()
        assert "M1" not in made.numbers
        made.amend()
    assert {one.entry.number for one in winners_due(made.contest, made.contest.award_lists.last().run)} == {"M2", "M3"}


def test_the_government_may_strike_what_the_council_approved():
    made = honoured()
    made.say("council")
    made.say("government", "struck", WHY)
    refused("approval-pending", lambda: made.say("government"))
    made.amend()
    made.lock()
    assert why_not_final(made.list) is None
    assert publish(made).state == "published"


def test_a_refused_list_goes_back_to_the_committee():
    made = honoured()
    made.say("council")
    made.say("government", "refused")
    with pytest.raises(Refused) as fault:
        publish(made)
    assert fault.value.denial.code == "approval-refused"
    assert BODIES["government"] in fault.value.denial.message
    made.amend()
    assert made.contest.state == "decision"


def test_an_approval_lapses_with_the_prizes_it_was_for():
    made = honoured()
    made.say("council")
    made.say("government")
    made.amend()
    made.contest.entries.filter(number="M2").update(state="withdrawn")
    made.lock()
    assert set(made.numbers) != {"M1", "M2", "M3"}
    assert approval_of(made.list).holds == ()
    refused("approval-due", lambda: publish(made))


def test_an_approval_stays_where_the_next_version_gives_the_same_prizes():
    made = honoured()
    made.say("council")
    made.say("government")
    made.amend()
    made.lock()
    assert why_not_final(made.list) is None


def test_a_wrong_record_is_withdrawn_and_stays_readable():
    made = honoured()
    one = made.say("council", "struck", WHY)
    back = partial(withdraw_resolution, resolution=one, by=made.office, at=NOW)
    refused("resolution-back-without-reason", partial(back, reason=" "))
    back(reason="录入有误")
    refused("resolution-withdrawn", partial(back, reason="再"))
    assert not check_list(made.list)
    assert made.say("council").serial == 2
    assert Resolution.objects.get(serial=1).withdrawn_because == "录入有误"


def test_no_record_is_withdrawn_under_certificates_or_a_published_list():
    made = honoured(bodies={"government": "晴川市人民政府"})
    one = made.say("government")
    issue(made)
    back = lambda: withdraw_resolution(resolution=one, reason="录入有误", by=made.office, at=NOW)  # noqa: E731
    refused("resolution-used", back)
    publish(made)
    refused("wrong-state", back)


def test_the_log_knows_a_record_without_names_and_reasons():
    made = honoured()
    made.say("council", "struck", WHY)
    said = Event.objects.get(action="resolution.recorded").body
    assert said["struck"] == [["M1", "mayor", 1, "committee"]]
    assert said["sha256"] == document().sha256
    assert "存疑" not in str(said)


def test_two_persons_record_it():
    made = honoured()
    award = made.contest
    of_two(Contest.objects.get(pk=award.belongs_to_id))
    award.refresh_from_db()
    second = approver(Contest.objects.get(pk=award.belongs_to_id))
    refused("second-person-missing", lambda: made.say("council"))
    facts = Decided("council", "struck", DAY, 1, struck=WHY).facts()
    both(award, StepKind.RESOLUTION, made.office, second, facts=facts, paper=document(), about="council")
    one = Resolution.objects.get()
    assert (one.outcome, one.struck) == ("struck", WHY)
    refused("second-person-missing", lambda: withdraw_resolution(resolution=one, reason="误", by=made.office, at=NOW))
    both(award, StepKind.RESOLUTION_BACK, made.office, second, about=one.key, reason="误")
    one.refresh_from_db()
    assert one.withdrawn_at is not None


@pytest.mark.parametrize(
    "wrong", [{"outcome": "refused"}, {"approves": "sha256:x"}, {"step": "mayor"}, {"withdrawn_at": NOW}]
)
def test_the_database_keeps_a_record_true(wrong):
    made = honoured()
    one = made.say("council")
    with pytest.raises(IntegrityError), transaction.atomic():
        Resolution.objects.filter(pk=one.pk).update(**wrong)
