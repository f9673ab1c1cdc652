"""Where everybody checks a certificate: signed codes on the web, doors that fill up, keys and list for the check away
from us, and the command."""

import json
from datetime import timedelta
from io import StringIO

import pytest
import zxingcpp
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from awards.core.signed_code import LENGTH, TOKEN, revocation_id
from awards.models import Participant, SigningKey
from awards.outputs.published import published_list
from awards.services.attendance import certificates_of_attendance
from awards.services.certificates import verification_url
from awards.services.signing import is_genuine, replace_signing_key
from awards.services.trainings import (
    ParticipantDetails,
    correct_participant,
    erase_training,
    issue_attendance,
    revoke_participant,
)
from awards.states import AttendeeRole
from awards.views.checks import CHECKS
from competition import crowds
from competition.crowds import Door, source_of
from competition.errors import Refused
from competition.models import DoorCount, Event
from tests.awards.pdf.reading import image
from tests.factories.signing import NOW, answer_of, downloaded, flipped, participant
from tests.factories.training import AT, called, issued, listed

pytestmark = pytest.mark.django_db


@pytest.fixture
def one() -> Participant:
    return participant()


def page(code: str, status: int = 200, **headers: str) -> str:
    answer = Client().get(reverse("certificate", args=[code]), headers=headers)
    assert answer.status_code == status
    return answer.content.decode()


# ---- the page


def test_the_signed_code_and_its_first_26_letters_lead_to_the_same_page(one):
    assert len(one.code) == LENGTH and one.code.startswith(one.token.upper()) and is_genuine(one.code)
    for code in (one.code, one.code.lower(), one.token, one.token.upper()):
        text = page(code)
        assert "这张证书有效" in text and one.number in text and "甲＊＊" in text and "甲一丁" not in text


def test_what_is_pasted_whole_finds_it(one):
    typed = Client().get(reverse("certificate-check"), {"code": f" {verification_url(one.code)} "})
    assert typed.url == reverse("certificate", args=[one.code])


@pytest.mark.parametrize("place", [26, 40, 60, 100, 173])
def test_a_changed_code_is_never_called_valid(one, place):
    text = page(flipped(one.code, place))
    assert "被改动" in text and "这张证书有效" not in text and one.number in text
    assert "被改动" in page(one.code[:-3])


def test_a_code_of_nobody_is_not_found(one):
    assert "可能是伪造" in page("B" * TOKEN + one.code[TOKEN:], 404)
    page("B" * TOKEN, 404)


def test_replaced_names_the_number_that_counts_and_revoked_names_none(one):
    fresh = correct_participant(
        participant=one,
        details=ParticipantDetails("甲一", one.unit, AttendeeRole.TUTOR, 32),
        reason="改名",
        by=None,
        at=AT,
    )
    text = page(one.code)
    assert "已换发" in text and fresh.number in text and "这张证书有效" not in text
    assert (answer_of(one.code)[0], answer_of(fresh.code)[0]) == ("replaced", "valid")
    revoke_participant(participant=fresh, reason="未参加", by=None, at=AT)
    for code in (one.code, fresh.code):
        text = page(code)
        assert "已撤销" in text and "没有另发" in text
    assert answer_of(fresh.code)[0] == "revoked"


def test_it_stays_out_of_search_engines_and_caches(one):
    for address in ("certificate-check", "certificate-offline"):
        assert 'name="robots" content="noindex"' in Client().get(reverse(address)).content.decode()
    for code, status in ((one.code, 200), ("B" * 26, 404)):
        answer = Client().get(reverse("certificate", args=[code]))
        assert answer.status_code == status and answer.headers["X-Robots-Tag"].startswith("noindex")
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"


def test_the_page_asks_the_database_little(one, django_assert_max_num_queries):
    page(one.code)
    with django_assert_max_num_queries(12):
        page(one.code)


# ---- doors


@pytest.fixture
def narrow(monkeypatch):
    monkeypatch.setattr(CHECKS.__class__, "__setattr__", object.__setattr__)
    monkeypatch.setattr(CHECKS, "each", 3)
    monkeypatch.setattr(CHECKS, "everyone", 5)
    monkeypatch.setattr(crowds, "WINDOW_S", 10**9)  # no minute ends within a test


def statuses(address: str, times: int, code: str) -> list[int]:
    client = Client(REMOTE_ADDR=address)
    return [client.get(reverse("certificate", args=[code])).status_code for _ in range(times)]


def test_one_address_waits_and_others_go_on(narrow, one):
    assert statuses("10.0.0.1", 4, one.code) == [200, 200, 200, 429]
    assert statuses("10.0.0.2", 2, one.code) == [200, 200]


def test_all_together_wait(narrow, one):
    assert statuses("10.0.0.1", 3, one.code) + statuses("10.0.0.2", 3, "B" * 26) == [200] * 3 + [404] * 2 + [429]


def test_whoever_waits_is_told_what_to_do(narrow, one):
    statuses("10.0.0.1", 3, one.code)
    for language, word in (("zh-hans", "请稍候"), ("en", "One moment")):
        answer = Client(REMOTE_ADDR="10.0.0.1").get(
            reverse("certificate", args=[one.code]), headers={"accept-language": language}
        )
        assert answer.status_code == 429 and word in answer.content.decode()
        assert int(answer.headers["Retry-After"]) > 0 and answer.headers["X-Robots-Tag"].startswith("noindex")


def test_a_full_door_writes_nothing(narrow, one, django_assert_num_queries):
    statuses("10.0.0.1", 3, one.code)
    with django_assert_num_queries(1):
        assert CHECKS.seconds_to_wait("10.0.0.1", at=timezone.now())


def test_forwarded_addresses_count_behind_our_proxy_alone(narrow, one, settings):
    def forged(count: int) -> list[int]:
        clients = [Client(headers={"x-forwarded-for": f"8.8.8.{at}"}) for at in range(count)]
        return [client.get(reverse("certificate", args=[one.code])).status_code for client in clients]

    assert forged(4) == [200, 200, 200, 429]
    DoorCount.objects.all().delete()
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert forged(4) == [200] * 4


def test_a_class_at_once_is_let_in():
    door = Door("certificates", CHECKS.each, CHECKS.everyone)
    at = NOW
    assert not any(door.seconds_to_wait("10.1.1.1", at=at) for _ in range(120))


def test_a_window_ends_and_leaves_nothing_behind():
    door, at = Door("d", 1, 9), NOW
    assert [door.seconds_to_wait("10.0.0.1", at=at) for _ in range(2)] == [0, 60]
    assert door.seconds_to_wait("10.0.0.1", at=at + timedelta(seconds=59)) == 1
    assert door.seconds_to_wait("10.0.0.1", at=at + timedelta(seconds=60)) == 0
    assert DoorCount.objects.count() == 2


def test_two_at_once_are_not_both_the_last(monkeypatch):
    """Both looked before either counted."""
    door = Door("d", 1, 9)
    monkeypatch.setattr(crowds, "dict", lambda rows: {}, raising=False)
    assert [door.seconds_to_wait("10.0.0.1", at=NOW) > 0 for _ in range(2)] == [False, True]


def test_no_address_is_kept():
    Door("d", 1, 9).seconds_to_wait("10.0.0.1", at=NOW)
    Door("d", 1, 9).seconds_to_wait("10.0.0.1", at=NOW + timedelta(hours=1))
    assert not any("10.0.0.1" in str(row) for row in DoorCount.objects.values_list())
    assert source_of("2001:db8:1:2:3::4") == source_of("2001:db8:1:2:ffff::1") != source_of("2001:db8:1:3::1")
    assert source_of("::ffff:10.0.0.1") == "10.0.0.1" and source_of("") == ""


# ---- signed and printed


def test_what_is_printed_carries_the_code(one):
    data = certificates_of_attendance(one.training, [one])
    assert [found.text for found in zxingcpp.read_barcodes(image(data, scale=4))] == [verification_url(one.code)]
    assert data == certificates_of_attendance(one.training, [one])


def test_the_code_of_a_paper_from_before_stays_good(one):
    Participant.objects.filter(pk=one.pk).update(code="")
    one.refresh_from_db()
    assert "这张证书有效" in page(one.token.upper()) and answer_of(one.token)[0] == "unsigned"
    data = certificates_of_attendance(one.training, [one])
    assert [found.text for found in zxingcpp.read_barcodes(image(data, scale=4))] == [verification_url(one.token)]


def test_an_erased_name_cannot_be_guessed_from_the_database(one):
    code = one.code
    type(one.training).objects.update(erase_on=AT.date())
    erase_training(training=one.training, by=None, at=AT)
    one.refresh_from_db()
    assert one.code == "" and "这张证书有效" in page(code) and answer_of(code)[0] == "valid"


# ---- keys


def test_the_first_key_is_made_with_the_first_certificate_and_logged_once():
    assert Client().get(reverse("certificate-list")).status_code == 404
    assert "还没有签名" in Client().get(reverse("certificate-offline")).content.decode()
    issued()
    issued()
    assert SigningKey.objects.count() == Event.objects.filter(action="signingkey.made").count() == 1


def test_old_keys_stay_published_and_what_they_signed_holds(one):
    replace_signing_key(is_stolen=False, by=None, at=NOW)
    new = participant("乙二丙")
    assert new.code[27:31] != one.code[27:31]
    known = json.loads(Client().get(reverse("certificate-keys")).content)["keys"]
    assert [key["state"] for key in known] == ["retired", "current"]
    assert [answer_of(code)[0] for code in (one.code, new.code)] == ["valid", "valid"]
    assert [is_genuine(code) for code in (one.code, new.code)] == [True, True]


def test_a_stolen_key_proves_nothing_offline_and_the_page_still_answers(one):
    replace_signing_key(is_stolen=True, by=None, at=NOW)
    assert answer_of(one.code)[0] == "withdrawn" and "这张证书有效" in page(one.code)
    assert [key.state for key in SigningKey.objects.all()] == ["withdrawn", "current"]


def test_another_installation_key_signs_nothing(one, monkeypatch):
    made = listed(one.training, [["丙三", "南区小学", "", "16", ""]])
    monkeypatch.setattr("awards.services.signing.installation_key", lambda: b"another key of 32 bytes at least")
    with pytest.raises(Refused, match="replace_signing_key"):
        issue_attendance(training=made, by=None, at=AT)
    assert called(made, "丙三").state == "listed"
    assert Client().get(reverse("certificate-list")).status_code == 403
    replace_signing_key(is_stolen=False, by=None, at=NOW)
    issue_attendance(training=made, by=None, at=AT)
    assert answer_of(called(made, "丙三").code)[0] == answer_of(one.code)[0] == "valid"


def test_neither_half_alone_makes_a_later_key(one, monkeypatch):
    made = replace_signing_key(is_stolen=False, by=None, at=NOW)
    again = replace_signing_key(is_stolen=False, by=None, at=NOW)
    assert made.salt and made.salt != again.salt and made.public != again.public


# ---- the list and the command


def test_the_list_names_nobody(one):
    text = downloaded().decode()
    for word in ("甲一丁", "东区小学", one.number, one.token, one.token.upper(), one.key, one.training.key):
        assert word not in text
    revoke_participant(participant=one, reason="未参加", by=None, at=AT)
    assert [revocation_id(one.token), "revoked"] in json.loads(json.loads(downloaded())["list"])["gone"]


def test_lists_and_pages_have_a_door_too(one, monkeypatch):
    monkeypatch.setattr(Door, "seconds_to_wait", lambda self, address, *, at: 7)
    for name in ("certificate-list", "certificate-keys", "certificate-offline"):
        assert Client().get(reverse(name)).status_code == 429


def told(*arguments: str) -> tuple[str, int]:
    out = StringIO()
    try:
        call_command("check_certificate", *arguments, stdout=out)
    except CommandError as fault:
        return f"{out.getvalue()}{fault}", fault.returncode
    return out.getvalue(), 0


def test_the_command_says_valid_changed_revoked_forged_and_old(one, tmp_path):
    text, status = told(verification_url(one.code), "--names", "甲一丁")
    assert status == 0 and "有效" in text and one.number in text and "姓名：一致" in text
    assert "被改动" in told(flipped(one.code, 60))[0]
    assert "伪造" in told(flipped(one.code, 28))[0]
    assert told(one.code, "--names", "甲一")[1] == 1
    old = tmp_path / "list.json"
    old.write_text(json.dumps(published_list(at=timezone.now() - timedelta(days=40))))
    assert told(one.code, "--revocations", str(old))[1] == 2 and "太旧" in told(one.code, "--revocations", str(old))[0]
    revoke_participant(participant=one, reason="未参加", by=None, at=AT)
    text, status = told(one.code)
    assert status == 1 and "已撤销" in text
    assert "读不出来" in told(one.code, "--revocations", __file__)[0]
    assert "无法读取" in told(one.code, "--revocations", str(tmp_path / "none"))[0]


def test_the_command_that_replaces_the_key(one):
    call_command("replace_signing_key", "--stolen", stdout=StringIO())
    assert [key.state for key in SigningKey.objects.all()] == ["withdrawn", "current"]
