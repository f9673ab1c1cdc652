"""A phone with an app that shows codes, and a clock that the test moves."""

from dataclasses import dataclass, field
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django_otp.oath import totp

from competition.models import User
from competition.services.second_factor import turn_on
from tests.factories.entering import NOW

KEY = "0123456789abcdef0123456789abcdef01234567"
STEP = timedelta(seconds=30)
PASSWORD = "三月的雨下在晴川 2026"


@pytest.fixture
def clock(settings):
    """An installation that offers a second factor, at a standing hour; no try of another test is remembered."""
    settings.SECOND_FACTOR = "offered"
    cache.clear()
    with time_machine.travel(NOW, tick=False) as moved:
        yield moved
    cache.clear()


@dataclass
class Phone:
    clock: time_machine.Traveller
    key: str = KEY
    codes: list[str] = field(default_factory=list)

    def now(self) -> str:
        return f"{totp(bytes.fromhex(self.key)):06}"

    def next(self) -> str:
        """Each code works once, so wait for another."""
        self.clock.shift(STEP)
        return self.now()

    def wrong(self) -> str:
        return f"{(int(self.now()) + 123456) % 10**6:06}"


def with_phone(user: User, clock: time_machine.Traveller, key: str = KEY) -> Phone:
    """This account has a password and a second factor."""
    set_up_password(user)
    phone = Phone(clock, key)
    _, phone.codes = turn_on(user=user, key=key, code=phone.now(), at=NOW)
    return phone


def set_up_password(user: User) -> None:
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])


def give_password(client: Client, user: User, password: str = PASSWORD, **more: str):
    return client.post(reverse("login"), {"username": user.username, "password": password, **more})


def give_code(client: Client, code: str):
    return client.post(reverse("sign-in-code"), {"code": code})


def signed_in(client: Client) -> User | None:
    return User.objects.filter(pk=client.session.get("_auth_user_id")).first()
