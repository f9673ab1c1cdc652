"""A second factor: the app on a person's phone, and ten recovery codes on paper. All belong to the installation's log.

The library keeps and checks the codes, and slows down whoever guesses: 1, 2, 4, 8 … seconds after each wrong one.
"""

import math
import secrets
import unicodedata
from datetime import datetime

from django.db import transaction
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from competition import events
from competition.access import why_not_take_second_factor
from competition.errors import Denial, Refused
from competition.models import User
from competition.selectors import second_factor_of

RECOVERY_CODES = 10
RECOVERY_DIGITS = 10  # digits only, as those of the app, so that one field takes both; their length tells them apart
APP_DIGITS = 6
KEY_LENGTH = 40  # 20 bytes in hex


def digits_of(code: str) -> str:
    """As typed: with spaces, hyphens, or the full-width digits of a Chinese keyboard."""
    return "".join(unicodedata.normalize("NFKC", code).replace("-", " ").split())


@transaction.atomic
def try_code(*, user: User, code: str, at: datetime, or_password: bool = False) -> Denial | None:
    """Use a code up. It answers and never raises, so that the count of wrong ones is not undone with the rest.

    or_password   the password does as well; wrong ones slow down the recovery codes
    """
    typed = digits_of(code)
    kind = TOTPDevice if len(typed) == APP_DIGITS and typed.isdecimal() else StaticDevice
    device = kind.objects.select_for_update().filter(user=user, confirmed=True).order_by("pk").first()
    if device is None:
        return Denial("code-wrong")
    if denial := why_not_yet(device, at=at):
        return denial
    if or_password and user.has_usable_password() and user.check_password(code):
        return None
    if not device.verify_token(typed):
        return Denial("code-wrong")
    if isinstance(device, StaticDevice):
        body = {"left": device.token_set.count()}
        events.record(None, "second-factor.recovery-used", user, by=user, at=at, body=body)
    return None


def why_not_yet(device: Device, *, at: datetime) -> Denial | None:
    is_allowed, why = device.verify_is_allowed()
    if is_allowed:
        return None
    seconds = max(1, math.ceil((why["locked_until"] - at).total_seconds()))
    if seconds < 100:
        return Denial("code-wait", {"seconds": seconds})
    return Denial("code-wait-long", {"minutes": math.ceil(seconds / 60)})


@transaction.atomic
def turn_on(*, user: User, key: str, code: str, at: datetime) -> tuple[TOTPDevice, list[str]]:
    """Nothing is kept before the app has shown a code that fits.

    key      the secret in hex, as the app has it
    returns  the device, and the recovery codes, shown only now
    raises   Refused "set-up-too-old", "second-factor-on", "set-up-code-wrong"
    """
    if len(key) != KEY_LENGTH:
        raise Refused(Denial("set-up-too-old"))
    user = User.objects.select_for_update().get(pk=user.pk)
    if second_factor_of(user):
        raise Refused(Denial("second-factor-on"))
    device = TOTPDevice.objects.create(user=user, key=key, name="app")
    if not (len(digits_of(code)) == APP_DIGITS and device.verify_token(digits_of(code))):
        raise Refused(Denial("set-up-code-wrong"))
    TOTPDevice.objects.filter(pk=device.pk).update(created_at=at)
    codes = fresh_codes(user)
    events.record(None, "second-factor.on", user, by=user, at=at, body={"codes": len(codes)})
    return device, codes


def fresh_codes(user: User) -> list[str]:
    """Ten new ones instead of what is left of the old."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="recovery")
    codes: set[str] = set()
    while len(codes) < RECOVERY_CODES:
        codes.add(f"{secrets.randbelow(10**RECOVERY_DIGITS):0{RECOVERY_DIGITS}}")
    for code in codes:
        device.token_set.create(token=code)
    return sorted(codes)


def renew_codes(*, user: User, proof: str, at: datetime) -> list[str]:
    """raises   Refused "code-wrong", "code-wait", "second-factor-none" """
    if denial := try_code(user=user, code=proof, at=at, or_password=True):
        raise Refused(denial)
    with transaction.atomic():
        user = User.objects.select_for_update().get(pk=user.pk)
        if second_factor_of(user) is None:
            raise Refused(Denial("second-factor-none"))
        codes = fresh_codes(user)
        events.record(None, "second-factor.codes", user, by=user, at=at, body={"codes": len(codes)})
    return codes


def turn_off(*, user: User, proof: str, at: datetime) -> None:
    """raises   Refused "code-wrong", "code-wait", "second-factor-none" """
    if denial := try_code(user=user, code=proof, at=at, or_password=True):
        raise Refused(denial)
    drop_devices(user, "second-factor.off", by=user, at=at)


@transaction.atomic
def take_second_factor(*, user: User, by: User, at: datetime) -> None:
    """Of somebody who lost the phone and the paper.

    raises   Refused "not-organiser", "second-factor-of-organiser", "second-factor-none"
    """
    if denial := why_not_take_second_factor(by, user, at=at):
        raise Refused(denial)
    drop_devices(user, "second-factor.taken", by=by, at=at)


@transaction.atomic
def reset_second_factor(*, user: User, at: datetime) -> None:
    """By whoever runs the server, for an organiser too, and whatever the setting.

    raises   Refused "second-factor-none"
    """
    drop_devices(user, "second-factor.taken", by=None, at=at)


@transaction.atomic
def drop_devices(user: User, action: str, *, by: User | None, at: datetime) -> None:
    apps, _ = TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
    if not apps:
        raise Refused(Denial("second-factor-none"))
    events.record(None, action, user, by=by, at=at)
