"""The page of one's own second factor, and the office's button for who lost the phone."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from competition.models import User
from competition.selectors import recovery_codes_left, second_factor_of
from competition.services.second_factor import turn_on
from competition.views.second_factor import KEY as IN_SESSION
from tests.factories.entering import NOW, Open, recorded
from tests.factories.phone import PASSWORD, Phone, give_code, give_password, signed_in, with_phone

pytestmark = pytest.mark.django_db
PAGE = "/second-factor/"
CODES = re.compile(r"<li>(\d{5}) (\d{5})</li>")


def text(answer: Any) -> str:
    return answer.content.decode()


def entered(made: Open, who: str, client: Client, clock: Any) -> Phone:
    """Signed in with password and code."""
    phone = with_phone(made[who], clock)
    give_password(client, made[who])
    give_code(client, phone.next())
    assert signed_in(client) == made[who]
    return phone


def test_setting_it_up_ends_with_ten_codes_shown_once(made: Open, clock: Any, client: Client) -> None:
    client.force_login(made["东区"])
    page = text(client.get(PAGE))
    secret = re.search(r'id="secret">([A-Z2-7 ]+)<', page)
    assert secret
    assert [len(one) for one in secret[1].split()] == [4] * 8
    picture = re.search(r"<svg [^>]*>", page.split('class="chart-picture qr"')[1])
    assert picture
    assert "viewBox" in picture[0]
    assert " width=" not in picture[0], "of a fixed size it would be cut by its box"
    assert text(client.get(PAGE)).count(secret[1]) == 1, "loaded again it is the same secret"
    phone = Phone(clock, client.session[IN_SESSION])
    with recorded("second-factor.on"):
        answer = client.post(PAGE, {"code": phone.now()})
    assert len(set(CODES.findall(text(answer)))) == 10
    assert "no-store" in answer.headers["Cache-Control"]
    assert IN_SESSION not in client.session
    after = text(client.get(PAGE))
    assert not CODES.search(after)
    assert secret[1] not in after
    assert "10" in after


def test_a_wrong_code_turns_nothing_on_and_keeps_the_picture(made: Open, clock: Any, client: Client) -> None:
    client.force_login(made["东区"])
    client.get(PAGE)
    key = client.session[IN_SESSION]
    with recorded():
        answer = client.post(PAGE, {"code": Phone(clock, key).wrong()})
    assert answer.status_code == 422
    assert client.session[IN_SESSION] == key
    assert not TOTPDevice.objects.exists()


def test_a_set_up_that_no_page_began_is_refused(made: Open, clock: Any, client: Client) -> None:
    client.force_login(made["东区"])
    assert client.post(PAGE, {"code": Phone(clock, "").now()}).status_code == 422
    assert not TOTPDevice.objects.exists()


def test_the_code_of_one_account_sets_up_no_other(made: Open, clock: Any, client: Client) -> None:
    client.force_login(made["东区"])
    client.get(PAGE)
    phone = Phone(clock, client.session[IN_SESSION])
    other = Client()
    other.force_login(made["西区"])
    other.get(PAGE)
    assert other.post(PAGE, {"code": phone.now()}).status_code == 422


def test_other_sessions_are_asked_from_then_on(made: Open, clock: Any, client: Client) -> None:
    """Whoever came in with a stolen password before is out."""
    thief = Client()
    for one in (client, thief):
        one.force_login(made["office"])
    client.get(PAGE)
    client.post(PAGE, {"code": Phone(clock, client.session[IN_SESSION]).now()})
    assert client.get(reverse("places")).status_code == 200
    api = thief.get(reverse("api-standings", args=[made.contest.key]))
    assert (api.status_code, api.json()["code"]) == (403, "code-not-given")
    assert thief.post(reverse("second-factor-off"), {"proof": PASSWORD}).headers["Location"] == reverse("sign-in-code")
    assert signed_in(thief) is None
    assert second_factor_of(made["office"])


def test_a_second_factor_set_up_anew_is_asked_anew(made: Open, clock: Any, client: Client) -> None:
    """A session that gave the code of an older phone has not given that of the new one."""
    phone = entered(made, "office", client, clock)
    TOTPDevice.objects.all().delete()
    turn_on(user=made["office"], key=phone.key[::-1], code=Phone(clock, phone.key[::-1]).now(), at=NOW)
    assert client.get(reverse("places")).headers["Location"] == reverse("sign-in-code")


def test_a_new_password_asks_for_no_code_in_this_session(made: Open, clock: Any, client: Client) -> None:
    entered(made, "东区", client, clock)
    client.post(reverse("password"), {"password": "ein anderes Wort 77"})
    assert signed_in(client) == made["东区"]
    assert client.get(PAGE).status_code == 200
    assert User.objects.get(pk=made["东区"].pk).check_password("ein anderes Wort 77")


def test_new_recovery_codes_with_a_proof(made: Open, clock: Any, client: Client) -> None:
    phone = entered(made, "东区", client, clock)
    url = reverse("second-factor-codes")
    with recorded():
        assert client.post(url, {"proof": "guessed"}).headers["Location"] == PAGE
        assert client.get(url).headers["Location"] == PAGE
    with recorded("second-factor.codes"):
        shown = CODES.findall(text(client.post(url, {"proof": phone.next()})))
    assert len(shown) == recovery_codes_left(made["东区"]) == 10


def test_off_with_a_proof(made: Open, clock: Any, client: Client) -> None:
    entered(made, "东区", client, clock)
    with recorded():
        client.post(reverse("second-factor-off"), {"proof": "guessed"})
    clock.shift(2)
    with recorded("second-factor.off"):
        client.post(reverse("second-factor-off"), {"proof": PASSWORD})
    assert second_factor_of(made["东区"]) is None
    assert 'id="secret"' in text(client.get(PAGE))


def test_the_office_helps_who_lost_the_phone(made: Open, clock: Any, client: Client) -> None:
    with_phone(made["晴川一中"], clock)
    client.force_login(made["office"])
    place = ["school", made.schools["晴川一中"].key]
    url = reverse("place-second-factor", args=place)
    assert url in text(client.get(reverse("place", args=place)))
    assert client.post(url, {"user": made["东区"].key}).status_code == 404, "only of who acts for this place"
    with recorded("second-factor.taken"):
        assert client.post(url, {"user": made["晴川一中"].key}).status_code == 302
    assert url not in text(client.get(reverse("place", args=place)))


@pytest.mark.parametrize("who", ["host", "晴川一中", "东区", "stranger", ""])
def test_nobody_else_takes_it_away(made: Open, clock: Any, client: Client, who: str) -> None:
    with_phone(made["晴川二中"], clock)
    if who:
        client.force_login(made[who])
    with recorded():
        url = reverse("place-second-factor", args=["school", made.schools["晴川二中"].key])
        assert client.post(url, {"user": made["晴川二中"].key}).status_code in (302, 403)
    assert second_factor_of(made["晴川二中"])


def test_off_shows_nothing_of_it(made: Open, clock: Any, client: Client, settings: Any) -> None:
    with_phone(made["晴川一中"], clock)
    settings.SECOND_FACTOR = "off"
    client.force_login(made["office"])
    place = ["school", made.schools["晴川一中"].key]
    for address in ("/", reverse("password"), reverse("place", args=place)):
        assert "second-factor" not in text(client.get(address)), address
    for name in ("second-factor", "second-factor-codes", "sign-in-code"):
        assert client.get(reverse(name)).status_code == 404
    for url in (PAGE, reverse("second-factor-codes"), reverse("second-factor-off"),
                reverse("place-second-factor", args=place)):  # fmt: skip
        assert client.post(url, {"user": made["晴川一中"].key}).status_code == 404
    assert second_factor_of(made["晴川一中"])


def test_offered_shows_the_way_to_everyone_who_signed_in(made: Open, clock: Any, client: Client) -> None:
    assert PAGE not in text(client.get("/"))
    assert client.get(PAGE).headers["Location"] == f"{reverse('login')}?next=%2Fsecond-factor%2F"
    client.force_login(made["stranger"])
    for address in ("/", reverse("password")):
        assert f'href="{PAGE}"' in text(client.get(address)), address
