"""The setting with its three values: what organisers are advised, kept to, or spared."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django.test import Client
from django.urls import reverse

from tests.competition.conftest import made, open_contest  # noqa: F401
from tests.factories.entering import Open
from tests.factories.phone import Phone, give_code, give_password, with_phone

ROOT = Path(__file__).resolve().parents[2]
PAGE = "/second-factor/"
ADVICE = "notice notice-info"


def settings_with(tmp_path: Path, **environment: str) -> subprocess.CompletedProcess:
    known = {name: value for name, value in os.environ.items() if name not in ("SECOND_FACTOR", "LAUREL_MODE")}
    known |= {"LAUREL_VAR": str(tmp_path), "SECRET_KEY": "x" * 50, "ALLOWED_HOSTS": "contest.example.cn"}
    ask = [sys.executable, "-c", "from config import settings; print(settings.SECOND_FACTOR)"]
    return subprocess.run(ask, cwd=ROOT, env=known | environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("environment", "value"),
    [
        ({"LAUREL_MODE": "desk"}, "off"),
        ({"LAUREL_MODE": "production"}, "offered"),
        ({"LAUREL_MODE": "desk", "SECOND_FACTOR": "required"}, "required"),
        ({"LAUREL_MODE": "production", "SECOND_FACTOR": "off"}, "off"),
    ],
)
def test_off_at_a_desk_and_offered_on_a_server(tmp_path: Path, environment: dict[str, str], value: str) -> None:
    assert settings_with(tmp_path, **environment).stdout.strip() == value


def test_a_wrong_value_stops_the_start(tmp_path: Path) -> None:
    done = settings_with(tmp_path, LAUREL_MODE="desk", SECOND_FACTOR="on")
    assert done.returncode != 0
    assert "SECOND_FACTOR is 'on'; it is one of off, offered, required." in done.stderr


@pytest.mark.parametrize(
    ("at_a_desk", "value", "warned"),
    [(False, "off", True), (False, "offered", False), (False, "required", False), (True, "off", False)],
)
def test_the_deploy_check_warns_of_a_server_without(settings: Any, at_a_desk: bool, value: str, warned: bool) -> None:
    settings.AT_A_DESK, settings.SECOND_FACTOR = at_a_desk, value
    found = {one.id for one in run_checks(include_deployment_checks=True)}
    assert ("laurel.W001" in found) == warned
    assert "laurel.W001" not in {one.id for one in run_checks()}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("who", "value", "advised"),
    [
        ("office", "offered", True),
        ("host", "offered", True),
        ("晴川一中", "offered", False),
        ("stranger", "offered", False),
        ("office", "off", False),
    ],
)
def test_organisers_are_advised(
    made: Open,  # noqa: F811
    clock: Any,
    client: Client,
    settings: Any,
    who: str,
    value: str,
    advised: bool,
) -> None:
    settings.SECOND_FACTOR = value
    client.force_login(made[who])
    assert (ADVICE in client.get("/").content.decode()) == advised


@pytest.mark.django_db
def test_who_has_one_is_advised_no_more(made: Open, clock: Any, client: Client) -> None:  # noqa: F811
    phone = with_phone(made["office"], clock)
    give_password(client, made["office"])
    give_code(client, phone.next())
    assert ADVICE not in client.get("/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["office", "host"])
def test_required_keeps_an_organiser_at_the_set_up(
    made: Open,  # noqa: F811
    clock: Any,
    client: Client,
    settings: Any,
    who: str,
) -> None:
    settings.SECOND_FACTOR = "required"
    client.force_login(made[who])
    for address in ("/", reverse("entries", args=[made.contest.key]), reverse("password"), "/sign-in/"):
        assert client.get(address).headers["Location"] == PAGE, address
    assert client.post(reverse("setup-open", args=[made.contest.key])).headers["Location"] == PAGE
    api = client.get(reverse("api-standings", args=[made.contest.key]))
    assert (api.status_code, api.json()["code"]) == (403, "second-factor-missing")
    assert client.get(PAGE).status_code == 200
    client.post(PAGE, {"code": Phone(clock, client.session["second_factor_key"]).now()})
    assert client.get(reverse("entries", args=[made.contest.key])).status_code == 200


@pytest.mark.django_db
def test_required_lets_an_organiser_sign_out_and_change_the_language(
    made: Open,  # noqa: F811
    clock: Any,
    client: Client,
    settings: Any,
) -> None:
    settings.SECOND_FACTOR = "required"
    client.force_login(made["office"])
    assert client.post(reverse("set_language"), {"language": "en", "next": PAGE}).headers["Location"] == PAGE
    client.post(reverse("logout"))
    assert not client.get("/").wsgi_request.user.is_authenticated


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["晴川一中", "东区", "stranger"])
def test_required_only_offers_it_to_others(
    made: Open,  # noqa: F811
    clock: Any,
    client: Client,
    settings: Any,
    who: str,
) -> None:
    settings.SECOND_FACTOR = "required"
    client.force_login(made[who])
    assert client.get("/").status_code == 200
    assert client.get(PAGE).status_code == 200


@pytest.mark.django_db
def test_the_public_sees_its_pages_whatever_the_setting(clock: Any, client: Client, settings: Any) -> None:
    settings.SECOND_FACTOR = "required"
    assert client.get("/").status_code == 200
