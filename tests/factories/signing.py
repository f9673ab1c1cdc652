"""A contest with signed certificates, and a list of it as others download it."""

from datetime import UTC, datetime
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from awards.models import Certificate, Participant
from tests.factories.training import called, issued
from verify.laurel_check import check, keys_of, read_list

NOW = datetime(2026, 5, 20, 2, 0, tzinfo=UTC)


def participant(name: str = "甲一丁", **changed: Any) -> Participant:
    return called(issued(**changed), name)


def downloaded() -> bytes:
    answer = Client().get(reverse("certificate-list"))
    assert answer.status_code == 200
    return answer.content


def flipped(code: str, place: int) -> str:
    """With another letter at that place."""
    return code[:place] + ("A" if code[place] != "A" else "B") + code[place + 1 :]


def first_certificate(kind: str = "author") -> Certificate:
    found = Certificate.objects.exclude(code="").filter(kind=kind).first()
    assert found
    return found


def answer_of(code: str, names: str = "") -> tuple[str, str]:
    found = read_list(downloaded(), {})
    told = check(code, keys_of(found), found, names=names, today=timezone.now().date())
    return told.code, told.names
