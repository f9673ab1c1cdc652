"""A second factor: on with a code that fits, recovery codes for one use, off with a proof, slow for who guesses."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from competition.models import Event
from competition.selectors import recovery_codes_left, second_factor_of, with_second_factor
from competition.services.second_factor import (
    digits_of,
    renew_codes,
    take_second_factor,
    try_code,
    turn_off,
    turn_on,
)
from tests.factories.entering import NOW, Open, everything, recorded, refusal
from tests.factories.phone import KEY, PASSWORD, Phone, set_up_password, with_phone

pytestmark = pytest.mark.django_db


def said(denial: Any) -> str:
    return denial.code if denial else "fits"


# ---- on


def test_it_is_on_once_a_code_fits(made: Open, clock: Any) -> None:
    with recorded("second-factor.on"):
        device, codes = turn_on(user=made["office"], key=KEY, code=Phone(clock).now(), at=NOW)
    assert second_factor_of(made["office"]) == device
    assert device.confirmed
    assert len(set(codes)) == recovery_codes_left(made["office"]) == 10
    assert with_second_factor([one.pk for one in made.users.values()]) == {made["office"].pk}


@pytest.mark.parametrize("typed", ["000000", "", "12345", "abcdef", "²²²²²²", "-12345", "1234567890"])
def test_nothing_is_kept_of_a_code_that_does_not_fit(made: Open, clock: Any, typed: str) -> None:
    with refusal("set-up-code-wrong"):
        turn_on(user=made["office"], key=KEY, code=typed, at=NOW)
    assert not TOTPDevice.objects.exists()
    assert not StaticDevice.objects.exists()


@pytest.mark.parametrize("key", ["", "00", KEY[:-2]])
def test_a_secret_that_the_page_did_not_make_is_refused(made: Open, clock: Any, key: str) -> None:
    with refusal("set-up-too-old"):
        turn_on(user=made["office"], key=key, code=Phone(clock, key).now(), at=NOW)


def test_it_is_turned_on_once(made: Open, clock: Any) -> None:
    phone = with_phone(made["office"], clock)
    with refusal("second-factor-on"):
        turn_on(user=made["office"], key=KEY, code=phone.next(), at=NOW)
    assert TOTPDevice.objects.count() == 1


def test_no_secret_and_no_code_comes_into_the_log(made: Open, clock: Any) -> None:
    phone = with_phone(made["office"], clock)
    renewed = renew_codes(user=made["office"], proof=phone.codes[0], at=NOW)
    kept = str(everything())
    assert not [one for one in (KEY, *phone.codes, *renewed) if one in kept]


# ---- a code


def test_a_code_of_the_app_fits_once(made: Open, clock: Any) -> None:
    phone = with_phone(made["office"], clock)
    with recorded():
        code = phone.next()
        assert said(try_code(user=made["office"], code=code, at=NOW)) == "fits"
        clock.shift(1)
        assert said(try_code(user=made["office"], code=code, at=NOW)) == "code-wrong"


def test_a_code_is_taken_as_people_type_it(made: Open, clock: Any) -> None:
    phone = with_phone(made["office"], clock)
    code = phone.next()
    wide = "".join(chr(ord(one) + 0xFEE0) for one in code)
    assert said(try_code(user=made["office"], code=f" {wide[:3]} {wide[3:]} ", at=NOW)) == "fits"
    assert digits_of("12345-67890\u3000") == "1234567890"


def test_a_recovery_code_fits_once_with_its_event(made: Open, clock: Any) -> None:
    code = with_phone(made["office"], clock).codes[3]
    with recorded("second-factor.recovery-used"):
        assert said(try_code(user=made["office"], code=f"{code[:5]} {code[5:]}", at=NOW)) == "fits"
    assert Event.objects.latest("pk").body == {"left": 9}
    assert said(try_code(user=made["office"], code=code, at=NOW)) == "code-wrong"
    assert recovery_codes_left(made["office"]) == 9


def test_codes_of_one_account_open_no_other(made: Open, clock: Any) -> None:
    phone = with_phone(made["office"], clock)
    with_phone(made["晴川一中"], clock, key=KEY[::-1])
    for code in (phone.next(), phone.codes[0]):
        assert said(try_code(user=made["晴川一中"], code=code, at=NOW)) == "code-wrong"
        assert said(try_code(user=made["stranger"], code=code, at=NOW)) == "code-wrong"


@pytest.mark.parametrize("is_recovery", [False, True])
def test_each_wrong_code_doubles_the_wait(made: Open, clock: Any, is_recovery: bool) -> None:
    phone, user = with_phone(made["office"], clock), made["office"]
    for seconds in (1, 2, 4, 8):
        wrong = "0" * 10 if is_recovery else phone.wrong()
        assert said(try_code(user=user, code=wrong, at=NOW)) == "code-wrong"
        clock.shift(timedelta(seconds=seconds - 0.1))
        right = phone.codes[0] if is_recovery else phone.now()
        assert said(try_code(user=user, code=right, at=NOW)) == "code-wait", "a right one does not help before"
        clock.shift(timedelta(seconds=0.2))
    clock.shift(timedelta(seconds=60))
    assert said(try_code(user=user, code=phone.codes[0] if is_recovery else phone.now(), at=NOW)) == "fits"


def test_a_long_wait_is_told_in_minutes(made: Open, clock: Any) -> None:
    with_phone(made["office"], clock)
    TOTPDevice.objects.update(throttling_failure_count=10, throttling_failure_timestamp=NOW)
    denial = try_code(user=made["office"], code="000000", at=NOW)
    assert denial
    assert (denial.code, denial.facts) == ("code-wait-long", {"minutes": 9})


def test_a_refused_proof_stays_counted(made: Open, clock: Any) -> None:
    """What raises undoes its transaction: the count would go with it."""
    phone = with_phone(made["office"], clock)
    with refusal("code-wrong"):
        turn_off(user=made["office"], proof=phone.wrong(), at=NOW)
    assert second_factor_of(made["office"]).throttling_failure_count == 1


@pytest.mark.parametrize("kind", ["app", "recovery"])
def test_of_two_at_once_the_second_waits_for_the_first(made: Open, clock: Any, kind: str) -> None:
    """On PostgreSQL under the lock of the device's row; SQLite has one writer at a time."""
    phone = with_phone(made["office"], clock)
    with CaptureQueriesContext(connection) as queries:
        try_code(user=made["office"], code=phone.next() if kind == "app" else phone.codes[0], at=NOW)
    reads = [one["sql"] for one in queries if one["sql"].startswith("SELECT")]
    assert ("FOR UPDATE" in reads[0]) == connection.features.has_select_for_update


# ---- new codes, off, taken away


@pytest.mark.parametrize("proof", ["app", "recovery", "password"])
def test_off_with_a_code_or_the_password(made: Open, clock: Any, proof: str) -> None:
    phone = with_phone(made["office"], clock)
    typed = {"app": phone.next(), "recovery": phone.codes[0], "password": PASSWORD}[proof]
    actions = (["second-factor.recovery-used"] if proof == "recovery" else []) + ["second-factor.off"]
    with recorded(*actions):
        turn_off(user=made["office"], proof=typed, at=NOW)
    assert not (TOTPDevice.objects.exists() or StaticDevice.objects.exists() or StaticToken.objects.exists())


@pytest.mark.parametrize("service", [turn_off, renew_codes])
@pytest.mark.parametrize("proof", ["", "0000000000", "guessed it"])
def test_without_a_proof_nothing_changes(made: Open, clock: Any, service: Any, proof: str) -> None:
    with_phone(made["office"], clock)
    before = set(StaticToken.objects.values_list("token", flat=True))
    with refusal("code-wrong"):
        service(user=made["office"], proof=proof, at=NOW)
    with refusal("code-wait"):
        service(user=made["office"], proof=PASSWORD, at=NOW)
    assert second_factor_of(made["office"])
    assert set(StaticToken.objects.values_list("token", flat=True)) == before


def test_a_password_alone_is_no_code(made: Open, clock: Any) -> None:
    with_phone(made["office"], clock)
    assert said(try_code(user=made["office"], code=PASSWORD, at=NOW)) == "code-wrong"


def test_new_codes_end_the_old_ones(made: Open, clock: Any) -> None:
    phone = with_phone(made["office"], clock)
    with recorded("second-factor.codes"):
        fresh = renew_codes(user=made["office"], proof=phone.next(), at=NOW)
    assert not set(fresh) & set(phone.codes)
    assert recovery_codes_left(made["office"]) == 10
    assert said(try_code(user=made["office"], code=phone.codes[0], at=NOW)) == "code-wrong"
    clock.shift(2)
    assert said(try_code(user=made["office"], code=fresh[0], at=NOW)) == "fits"


@pytest.mark.parametrize("service", [turn_off, renew_codes])
def test_who_has_none_turns_nothing_off(made: Open, clock: Any, service: Any) -> None:
    set_up_password(made["office"])
    with refusal("code-wrong"):
        service(user=made["office"], proof=PASSWORD, at=NOW)


def test_the_office_takes_it_from_who_lost_the_phone(made: Open, clock: Any) -> None:
    with_phone(made["晴川一中"], clock)
    with recorded("second-factor.taken"):
        take_second_factor(user=made["晴川一中"], by=made["office"], at=NOW)
    assert Event.objects.latest("pk").subject == f"competition.user:{made['晴川一中'].key}"
    assert not StaticToken.objects.exists()
    with refusal("second-factor-none"):
        take_second_factor(user=made["晴川一中"], by=made["office"], at=NOW)


@pytest.mark.parametrize(
    ("whose", "by", "code"),
    [
        ("晴川一中", "host", "not-organiser"),  # an organiser of one contest only
        ("晴川一中", "东区", "not-organiser"),
        ("晴川一中", "晴川一中", "not-organiser"),
        ("host", "office", "second-factor-of-organiser"),
        ("office", "office", "second-factor-of-organiser"),
    ],
)
def test_nobody_else_takes_it(made: Open, clock: Any, whose: str, by: str, code: str) -> None:
    with_phone(made[whose], clock)
    with refusal(code):
        take_second_factor(user=made[whose], by=made[by], at=NOW)
    assert second_factor_of(made[whose])


def test_the_command_helps_an_organiser_whatever_the_setting(made: Open, clock: Any, settings: Any) -> None:
    with_phone(made["office"], clock)
    settings.SECOND_FACTOR = "off"
    out = StringIO()
    with recorded("second-factor.taken"):
        call_command("reset_second_factor", made["office"].username, stdout=out)
    event = Event.objects.latest("pk")
    assert (event.actor, event.via) == (None, "command")
    assert made["office"].username in out.getvalue()
    assert second_factor_of(made["office"]) is None


def test_the_command_says_what_it_did_not_find(made: Open, clock: Any) -> None:
    for username in ("nobody", made["office"].username):
        with recorded(), pytest.raises(CommandError, match=username):
            call_command("reset_second_factor", username)
