"""The page of approval: what the next body said is recorded with its document; the rules say who approves."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from awards.models import Resolution, TitlesAcknowledged
from awards.services.above import above_now
from awards.services.approvals import approval_of
from awards.services.lists import publish_list
from awards.services.running import decide
from competition.models import AccessRecord, Contest, Event, Person
from tests.awards.services.test_acknowledging import changed, tutored, tutors
from tests.awards.services.test_derived import capped
from tests.factories.agreeing import approver, of_two
from tests.factories.approving import BODIES, CRADLE, Honoured, decided_award, honoured
from tests.factories.noticing import NOW

pytestmark = pytest.mark.django_db
PIXEL = (
    b"\x89PNG\r\n\x1a\n"
    b"\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU\x00\x00\x00\nIDATx"
    b"\x9cc\xf8\x0f\x00\x01\x01\x01\x00\x1b\xb6\xeeV\x00\x00\x00\x00IEND\xaeB`\x82"
)


def page(made: Honoured, name: str = "approval", *args) -> str:
    return reverse(name, args=[made.contest.key, *args])


def signed_in(made: Honoured) -> Client:
    client = Client()
    client.force_login(made.office)
    return client


def scan() -> SimpleUploadedFile:
    return SimpleUploadedFile("批复.png", PIXEL, content_type="image/png")


def said(**more) -> dict:
    values = {
        "step": "council",
        "version": 1,
        "outcome": "approved",
        "decided_on": "2026-05-05",
        "number": "晴政秘9号",
        "reason": "",
    }
    return {**values, "paper": scan(), **more}


def test_the_next_body_is_named_with_its_paper_and_recorded():
    made = honoured()
    client = signed_in(made)
    shown = client.get(page(made))
    assert shown.status_code == 200
    text = shown.content.decode()
    assert BODIES["council"] in text
    assert page(made, "approval-request") in text
    assert page(made) in client.get(page(made, "board")).content.decode()
    assert client.post(page(made), said()).status_code == 302
    one = Resolution.objects.get()
    assert (one.step, one.outcome, one.number, one.decided_on) == ("council", "approved", "晴政秘9号", date(2026, 5, 5))
    assert client.get(page(made, "resolution-paper", 1)).status_code == 200
    assert AccessRecord.objects.filter(what="resolution-paper").exists()
    assert BODIES["government"] in client.get(page(made, "board")).content.decode()


def test_what_was_typed_is_kept_where_it_is_refused():
    made = honoured()
    answer = signed_in(made).post(page(made), said(outcome="approved", **{"strike-M1": "成果存疑"}))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "成果存疑" in text
    assert "晴政秘9号" in text
    assert not Resolution.objects.exists()
    assert signed_in(made).post(page(made), {**said(), "paper": ""}).status_code == 422


def test_a_page_that_was_left_open_records_nothing_of_a_newer_list():
    made = honoured()
    client = signed_in(made)
    assert client.get(page(made)).context["form"]["version"].value() == 1
    made.amend()
    made.contest.entries.filter(number="M2").update(state="withdrawn")
    made.lock()
    answer = client.post(page(made), said())
    assert answer.status_code == 422
    assert not Resolution.objects.exists()
    assert client.get(page(made)).context["form"]["version"].value() == 2
    assert client.post(page(made), said(version="2")).status_code == 302


def test_somebody_is_left_out_with_a_reason_and_the_board_says_what_follows():
    made = honoured()
    client = signed_in(made)
    assert client.post(page(made), said(outcome="struck", **{"strike-M1": "成果存疑"})).status_code == 302
    assert Resolution.objects.get().struck == {"M1": "成果存疑"}
    assert reverse("award-list", args=[made.contest.key]) + "#amend" in client.get(page(made, "board")).content.decode()
    assert client.get(page(made)).status_code == 200
    assert client.post(page(made), said()).status_code == 422  # nobody is asked now


def test_a_record_is_withdrawn_on_its_page():
    made = honoured()
    client = signed_in(made)
    client.post(page(made), said())
    client.post(page(made, "resolution-withdraw", 1), {"reason": "录入有误"})
    assert Resolution.objects.get().withdrawn_because == "录入有误"
    assert "录入有误" in client.get(page(made)).content.decode()


def test_with_two_persons_it_is_proposed_and_shown_to_the_second():
    made = honoured()
    below = Contest.objects.get(pk=made.contest.belongs_to_id)
    of_two(below)
    answer = signed_in(made).post(page(made), said(outcome="struck", **{"strike-M1": "成果存疑"}))
    assert not Resolution.objects.exists()
    second = Client()
    second.force_login(approver(below))
    text = second.get(answer["Location"]).content.decode()
    assert BODIES["council"] in text
    assert "成果存疑" in text
    agreement = made.contest.agreements.get()
    second.post(reverse("agreement-approve", args=[made.contest.key, agreement.key]))
    assert Resolution.objects.get().struck == {"M1": "成果存疑"}


def test_the_request_is_a_paper():
    made = honoured(derived=(CRADLE,))
    client = signed_in(made)
    assert client.get(page(made, "approval-request")).content.startswith(b"%PDF")


def test_the_page_says_so_where_nobody_is_asked_or_the_list_may_change():
    assert signed_in(one := honoured(bodies={})).get(page(one)).status_code == 200


def test_before_the_lock_nobody_is_asked():
    made = decided_award()
    answer = signed_in(made).get(page(made))
    assert answer.context["form"] is None
    assert BODIES["council"] in answer.content.decode()


def test_the_public_reads_by_whom_the_list_was_approved():
    made = honoured()
    made.say("council")
    made.say("government")
    made.contest.refresh_from_db()
    publish_list(contest=made.contest, by=made.office, at=NOW)
    text = Client().get(page(made, "results")).content.decode()
    assert BODIES["government"] in text
    assert "晴政秘" in text


def rules(made: Honoured, **more) -> dict:
    text = signed_in(made).get(page(made, "award-above"))
    base = text.context["form"]["base"].value()
    return {
        "base": base, "council": "", "government": "晴川市人民政府", "signatory": "市长", "reason": "办法修订",
        "minutes": "纪要 2", "title1-name": "摇篮奖", "title1-kind": "school", "title1-follows": "student:mayor", **more,
    }  # fmt: skip


def test_the_rules_are_set_on_their_page():
    made = decided_award()
    client = signed_in(made)
    assert client.post(page(made, "award-above"), rules(made)).status_code == 302
    now = above_now(Contest.objects.get(pk=made.contest.pk))
    assert (now.approval, now.signatory) == ([["government", "晴川市人民政府"]], "市长")
    assert [(one.name, one.follows) for one in now.derived] == [("摇篮奖", [["student", "mayor"]])]
    assert Event.objects.filter(action="approval.ruled").last().body["steps"] == ["government"]
    text = client.get(page(made, "award-setup")).content.decode()
    assert "晴川市人民政府" in text
    assert "摇篮奖" in text
    version = made.contest.rules_versions.latest("version").content
    assert version["approval"] == [["government", "晴川市人民政府"]]


def test_two_equal_titles_or_one_that_follows_nothing_are_refused():
    made = decided_award()
    client = signed_in(made)
    twice = {"title2-name": "摇篮奖", "title2-kind": "school", "title2-follows": "student:mayor"}
    assert client.post(page(made, "award-above"), rules(made, **twice)).status_code == 422
    assert client.post(page(made, "award-above"), rules(made, **{"title1-follows": []})).status_code == 422


def test_the_rules_are_fixed_with_the_lock():
    made = honoured()
    assert signed_in(made).post(page(made, "award-above"), {}).status_code == 403


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_all_pages_read_in_both_languages(language):
    made = honoured(derived=(CRADLE,))
    client = signed_in(made)
    client.cookies["language"] = language
    for name in ("approval", "board", "award-list", "award-setup"):
        assert client.get(page(made, name)).status_code == 200


def test_titles_that_changed_since_are_shown_and_acknowledged_with_a_reason():
    made = tutored("王辅导")
    client = signed_in(made)
    made.say("government")
    assert "titles" not in client.get(page(made)).context["approval"].changes.said
    changed(made, "李辅导")
    text = client.get(page(made)).content.decode()
    assert "王辅导" in text
    assert "李辅导" in text
    assert page(made) + "#titles" in client.get(page(made, "board")).content.decode()
    assert page(made) in client.get(page(made, "award-list")).content.decode()
    said = {"change": approval_of(made.list).changes.digest, "reason": "学校来函更正"}
    assert client.post(page(made, "titles-acknowledge"), said | {"reason": ""}).status_code == 302
    assert not TitlesAcknowledged.objects.exists()
    client.post(page(made, "titles-acknowledge"), said)
    assert "学校来函更正" in client.get(page(made)).content.decode()
    assert page(made) + "#titles" not in client.get(page(made, "board")).content.decode()


def test_a_number_of_a_title_is_set_with_the_rules_and_kept():
    made = decided_award()
    client = signed_in(made)
    client.post(page(made, "award-above"), rules(made, **{"title1-number": "10", "title1-ties": "extend"}))
    [one] = above_now(Contest.objects.get(pk=made.contest.pk)).derived
    assert (one.number, one.ties) == (10, "extend")
    version = made.contest.rules_versions.latest("version").content
    assert version["derived"] == [["摇篮奖", "", "school", [["student", "mayor"]], 10, "extend"]]
    line = client.get(page(made, "award-above")).context["lines"][0]
    assert (line["number"].value(), line["ties"].value()) == (10, "extend")
    assert client.post(page(made, "award-above"), rules(made, **{"title1-number": "0"})).status_code == 422


def test_equals_of_a_title_of_an_award_are_settled_on_its_page():
    made = capped(1, kind="tutor")
    tutors(made, "王辅导", "李辅导")
    decide(contest=made.contest, by=None, at=NOW)
    client = signed_in(made)
    assert page(made, "recognitions") in client.get(page(made, "award-list")).content.decode()
    shown = client.get(page(made, "recognitions"))
    assert shown.context["form"] is None
    [title] = shown.context["titles"]
    [held] = title.ties
    chosen = Person.objects.get(name="李辅导").key
    said = {"terms": held.tie.terms, "named": [chosen], "minutes": "纪要 3"}
    assert client.post(page(made, "recognition-tie", 1), said | {"minutes": ""}).status_code == 422
    assert client.post(page(made, "recognition-tie", 1), said).status_code == 302
    assert [str(one.recipient) for one in made.list.recognitions.all()] == ["李辅导"]
    assert client.get(page(made, "recognition", 1)).status_code == 404  # its rule stands with those of the award
    assert client.post(page(made, "recognition-drop", 1)).status_code == 404
