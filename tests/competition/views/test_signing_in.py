"""Signing in, by password and by link: with a second factor nobody is in before its code."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from competition.models import Event, User
from competition.services.accounts import make_link, set_password
from competition.tries import TRIES
from competition.views.signing_in import MINUTES, WAITING
from tests.factories.entering import NOW, Open, recorded
from tests.factories.phone import (
    PASSWORD,
    give_code,
    give_password,
    set_up_password,
    signed_in,
    with_phone,
)

pytestmark = pytest.mark.django_db


def test_after_the_password_comes_the_code(made: Open, clock: Any, client: Client) -> None:
    phone = with_phone(made["office"], clock)
    asked = give_password(client, made["office"])
    assert asked.headers["Location"] == reverse("sign-in-code")
    assert signed_in(client) is None
    assert not client.get("/").wsgi_request.user.is_authenticated
    page = client.get(reverse("sign-in-code")).content.decode()
    assert 'inputmode="numeric"' in page
    assert 'autocomplete="one-time-code"' in page
    assert made["office"].name not in page
    done = give_code(client, phone.next())
    assert done.headers["Location"] == f"{reverse('home')}?from=sign-in"
    assert signed_in(client) == made["office"]
    assert client.get(reverse("places")).status_code == 200


def test_nothing_is_reached_between_password_and_code(made: Open, clock: Any, client: Client) -> None:
    with_phone(made["office"], clock)
    give_password(client, made["office"])
    for name in ("places", "second-factor", "password", "contest-new"):
        assert client.get(reverse(name)).headers["Location"].startswith(reverse("login")), name
    assert client.get(reverse("api-standings", args=[made.contest.key])).status_code == 401
    assert client.get(reverse("api-contests")).json()["count"] == 0


def test_the_api_opens_with_the_code(made: Open, clock: Any, client: Client) -> None:
    phone = with_phone(made["office"], clock)
    give_password(client, made["office"])
    give_code(client, phone.next())
    assert client.get(reverse("api-contests")).json()["count"] == 1


def test_the_key_of_the_session_changes_twice(made: Open, clock: Any, client: Client) -> None:
    phone = with_phone(made["office"], clock)
    client.get("/")
    session = client.session
    session["something"] = 1
    session.save()
    keys = [session.session_key]
    give_password(client, made["office"])
    keys.append(client.session.session_key)
    give_code(client, phone.next())
    keys.append(client.session.session_key)
    assert len(set(keys)) == 3
    assert WAITING not in client.session


def test_where_one_was_going_is_kept(made: Open, clock: Any, client: Client) -> None:
    phone = with_phone(made["office"], clock)
    give_password(client, made["office"], next=reverse("places"))
    assert give_code(client, phone.next()).headers["Location"] == reverse("places")


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
@pytest.mark.parametrize("is_written", [False, True])
def test_nobody_is_sent_elsewhere(made: Open, clock: Any, client: Client, to: str, is_written: bool) -> None:
    """Neither with the form nor with what the session keeps."""
    phone = with_phone(made["office"], clock)
    give_password(client, made["office"], next=to)
    if is_written:
        session = client.session
        session[WAITING] = {**session[WAITING], "to": to}
        session.save()
    assert "evil" not in (led := give_code(client, phone.next()).headers["Location"])
    assert led.startswith("/")


def test_a_wrong_code_signs_nobody_in(made: Open, clock: Any, client: Client) -> None:
    phone = with_phone(made["office"], clock)
    give_password(client, made["office"])
    answer = give_code(client, phone.wrong())
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()
    assert signed_in(client) is None
    assert give_code(client, "").status_code == 422


def test_a_recovery_code_signs_in_once(made: Open, clock: Any, client: Client) -> None:
    phone = with_phone(made["office"], clock)
    give_password(client, made["office"])
    with recorded("second-factor.recovery-used"):
        give_code(client, f"{phone.codes[0][:5]} {phone.codes[0][5:]}")
    assert signed_in(client) == made["office"]
    assert Event.objects.latest("pk").via == "web"
    assert client.get(reverse("places")).status_code == 200
    other = Client()
    give_password(other, made["office"])
    assert give_code(other, phone.codes[0]).status_code == 422
    assert signed_in(other) is None


def test_a_used_code_of_the_app_does_not_sign_in_again(made: Open, clock: Any, client: Client) -> None:
    code = with_phone(made["office"], clock).next()
    for one in (client, Client()):
        give_password(one, made["office"])
        give_code(one, code)
    assert signed_in(client) == made["office"]
    assert signed_in(one) is None


def test_guessing_is_slow_from_whatever_address(made: Open, clock: Any, client: Client) -> None:
    phone = with_phone(made["office"], clock)
    give_password(client, made["office"])
    give_code(client, phone.wrong())
    clock.shift(2)
    give_code(client, phone.wrong())
    other = Client(REMOTE_ADDR="192.0.2.7")
    give_password(other, made["office"])
    assert give_code(other, phone.now()).status_code == 422
    clock.shift(timedelta(seconds=30))
    give_code(other, phone.now())
    assert signed_in(other) == made["office"]


def test_ten_wrong_codes_wait_as_ten_wrong_passwords_do(made: Open, clock: Any, client: Client) -> None:
    """Even if the account's own wait were over."""
    phone = with_phone(made["office"], clock)
    for _ in range(TRIES):
        give_password(client, made["office"])
        TOTPDevice.objects.update(throttling_failure_count=0)
        give_code(client, phone.wrong())
    TOTPDevice.objects.update(throttling_failure_count=0)
    assert give_code(client, phone.next()).status_code == 422
    assert signed_in(client) is None


@pytest.mark.parametrize(("minutes", "is_in"), [(MINUTES - 1, True), (MINUTES + 1, False)])
def test_the_code_comes_within_ten_minutes(made: Open, clock: Any, client: Client, minutes: int, is_in: bool) -> None:
    phone = with_phone(made["office"], clock)
    give_password(client, made["office"], next=reverse("places"))
    clock.shift(timedelta(minutes=minutes))
    answer = give_code(client, phone.now())
    assert (signed_in(client) is not None) == is_in
    if not is_in:
        assert answer.headers["Location"] == f"{reverse('login')}?next=%2Fplaces%2F"
        assert client.get(reverse("sign-in-code")).headers["Location"] == reverse("login")


def test_a_password_that_changed_meanwhile_or_a_closed_account_ends_it(made: Open, clock: Any, client: Client) -> None:
    phone = with_phone(made["office"], clock)
    give_password(client, made["office"])
    set_password(user=made["office"], password="ein anderes Wort 77", by=made["office"], at=NOW)
    give_code(client, phone.next())
    assert signed_in(client) is None
    give_password(client, made["office"], "ein anderes Wort 77")
    User.objects.filter(pk=made["office"].pk).update(is_active=False)
    give_code(client, phone.next())
    assert signed_in(client) is None


def test_the_page_of_the_code_is_for_who_gave_the_password(made: Open, clock: Any, client: Client) -> None:
    phone = with_phone(made["office"], clock)
    assert client.get(reverse("sign-in-code")).headers["Location"] == reverse("login")
    assert give_code(client, phone.next()).headers["Location"] == reverse("login")
    assert signed_in(client) is None


def test_no_account_is_betrayed_before_the_right_password(made: Open, clock: Any, client: Client) -> None:
    """With a second factor, without one, and none at all: a wrong password gets the same words."""
    with_phone(made["office"], clock)
    set_up_password(made["东区"])
    pages = []
    for username in (made["office"].username, made["东区"].username, "nobody"):
        answer = client.post(reverse("login"), {"username": username, "password": "wrong"})
        pages.append((answer.status_code, words_of(answer.content.decode(), username)))
        assert WAITING not in client.session
    assert pages[0] == pages[1] == pages[2]


def words_of(page: str, username: str) -> str:
    return "\n".join(
        line for line in page.replace(f'value="{username}"', "").splitlines() if "csrfmiddlewaretoken" not in line
    )


def test_a_link_asks_for_the_code_too(made: Open, clock: Any, client: Client) -> None:
    phone = with_phone(made["晴川一中"], clock)
    token = make_link(user=made["晴川一中"], by=made["office"], at=NOW)
    answer = client.post(reverse("link", args=[token]))
    assert answer.headers["Location"] == reverse("sign-in-code")
    assert signed_in(client) is None
    assert give_code(client, phone.next()).headers["Location"] == f"{reverse('home')}?from=sign-in"
    assert signed_in(client) == made["晴川一中"]


def test_without_a_second_factor_password_and_link_sign_in_at_once(made: Open, clock: Any, client: Client) -> None:
    set_up_password(made["东区"])
    give_password(client, made["东区"])
    assert signed_in(client) == made["东区"]
    other = Client()
    token = make_link(user=made["西区"], by=made["office"], at=NOW)
    assert other.post(reverse("link", args=[token])).headers["Location"] == reverse("password")
    assert signed_in(other) == made["西区"]


def test_off_asks_nobody_and_on_again_asks_as_before(made: Open, clock: Any, client: Client, settings: Any) -> None:
    """Nobody is locked out by the setting, and nothing is thrown away."""
    with_phone(made["office"], clock)
    settings.SECOND_FACTOR = "off"
    give_password(client, made["office"])
    assert signed_in(client) == made["office"]
    assert client.get(reverse("sign-in-code")).status_code == 404
    settings.SECOND_FACTOR = "offered"
    assert client.get(reverse("places")).headers["Location"] == reverse("sign-in-code")
    assert signed_in(client) is None


def test_another_password_in_the_same_browser_signs_the_first_one_out(made: Open, clock: Any, client: Client) -> None:
    with_phone(made["office"], clock)
    client.force_login(made["东区"])
    give_password(client, made["office"])
    assert signed_in(client) is None


def test_who_signs_in_without_one_leaves_no_waiting_behind(made: Open, clock: Any, client: Client) -> None:
    phone = with_phone(made["office"], clock)
    set_up_password(made["东区"])
    give_password(client, made["office"])
    give_password(client, made["东区"])
    give_code(client, phone.next())
    assert signed_in(client) == made["东区"]
    assert PASSWORD not in str(dict(client.session))
