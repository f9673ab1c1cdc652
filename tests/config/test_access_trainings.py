"""Who reaches trainings: their office, and nobody else, not even the office of another contest."""

import pytest
from django.test import Client
from django.urls import reverse

from awards.demo.accounts import DEMO_PASSWORD
from awards.models import Training
from competition.models import AccessRecord, Contest, Event
from tests.factories.noticing import client_of
from tests.factories.training import called, issued, office_account

ROLES = ("school", "unit", "organiser", "judge", "committee", "")


def addresses(made: Training) -> list[tuple[str, str]]:
    one = [made.key, called(made, "甲一丁").key]
    rows = [
        ("get", "training", [made.key]), ("get", "training-terms", [made.key]), ("post", "training-terms", [made.key]),
        ("get", "training-import", [made.key]), ("post", "training-import", [made.key]),
        ("post", "training-import-apply", [made.key]), ("get", "training-list", [made.key]),
        ("post", "training-issue", [made.key]), ("post", "training-erase", [made.key]),
        ("post", "training-drop", [made.key]), ("post", "training-print", [made.key]),
        ("get", "training-paper", [made.key, "hand-over.pdf"]), ("get", "training-paper", [made.key, "sign-in.pdf"]),
        ("get", "participant", one), ("post", "participant", one), ("post", "participant-print", one),
        ("post", "participant-revoke", one), ("post", "participant-remove", one),
    ]  # fmt: skip
    return [(method, reverse(name, args=args)) for method, name, args in rows]


def client_as(role: str) -> Client:
    client = Client()
    assert not role or client.login(username=role, password=DEMO_PASSWORD)
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_its_office_alone_reaches_a_training(role, demo_year):
    made, client = issued(), client_as(role)
    before = Event.objects.count(), AccessRecord.objects.count()
    for method, address in addresses(made):
        status = getattr(client, method)(address).status_code
        if role == "organiser":
            assert status in (200, 302, 422), (method, address, status)
        else:
            assert status == (404 if role else 302), (method, address, status)
    for name in ("trainings", "training-new"):
        assert client.get(reverse(name)).status_code == (200 if role == "organiser" else 403 if role else 302)
    if role != "organiser":
        assert (Event.objects.count(), AccessRecord.objects.count()) == before


@pytest.mark.django_db
def test_the_office_of_another_contest_reaches_none(demo_year):
    one, other = Contest.objects.filter(kind="contest").order_by("pk")[:2]
    stranger = client_of(office_account("stranger", other))
    for made in (issued(one), issued()):
        for method, address in addresses(made):
            assert getattr(stranger, method)(address).status_code == 404, (method, address)
    own = issued(other)
    assert {getattr(stranger, method)(address).status_code for method, address in addresses(own)} <= {200, 302, 422}


@pytest.mark.django_db
def test_a_participant_is_not_found_through_another_training(demo_year):
    made, other = issued(), issued()
    client = client_as("organiser")
    assert client.get(reverse("participant", args=[other.key, called(made, "甲一丁").key])).status_code == 404
