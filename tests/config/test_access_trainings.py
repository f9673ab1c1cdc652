"""Who reaches trainings: their office, and nobody else, not even the office of another contest."""

import pytest
from django.test import Client
from django.urls import reverse

from awards.demo.accounts import DEMO_PASSWORD
from awards.models import CertificateTemplate, SealUse, Training
from competition.models import AccessRecord, Contest, Event
from tests.factories.certifying import authorised
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
        *(("post", "training-job-begin", [made.key, kind]) for kind in ("training-certificates", "training-print-shop")),
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


def office_addresses(seal: SealUse) -> list[tuple[str, str]]:
    """Templates and seals of trainings of no contest."""
    rows = [
        ("get", "seals", []), ("post", "seals", []), ("get", "certificate-template", []),
        ("post", "certificate-template", []), ("post", "template-preview", []), ("post", "template-follow", []),
        ("post", "template-background", []), ("get", "template-calibration", []), ("get", "seal-file", [seal.key]),
        ("post", "seal-withdraw", [seal.key]), ("post", "template-take", []),
    ]  # fmt: skip
    return [(method, reverse(name, args=args)) for method, name, args in rows]


@pytest.mark.django_db
@pytest.mark.parametrize("role", [*ROLES, "another contest's office"])
def test_templates_and_seals_of_no_contest_are_for_the_office_of_the_installation(role, demo_year):
    other, made = Contest.objects.filter(kind="contest").first(), issued()
    seal = authorised(None, office_account(), name=made.issuers[0])
    client = client_of(office_account("stranger", other)) if role.startswith("another") else client_as(role)
    before = Event.objects.count(), AccessRecord.objects.count(), CertificateTemplate.objects.count()
    for method, address in office_addresses(seal):
        status = getattr(client, method)(address).status_code
        if role == "organiser":
            assert status in (200, 302, 404, 422), (method, address, status)  # 404: a seal that is drawn, no version
        else:
            assert status == (403 if role else 302), (method, address, status)
    if role != "organiser":
        after = Event.objects.count(), AccessRecord.objects.count(), CertificateTemplate.objects.count()
        assert after == before


@pytest.mark.django_db
def test_a_seal_is_found_at_its_own_owner_alone(demo_year):
    contest = Contest.objects.filter(kind="contest", delegation=None).first()
    own, theirs = authorised(None, office_account()), authorised(contest, office_account("again"))
    client = client_as("organiser")
    for name in ("seal-file", "seal-withdraw"):
        for place in ([theirs.key], [contest.key, own.key]):
            assert client.post(reverse(name, args=place)).status_code in (404, 405)
            assert client.get(reverse(name, args=place)).status_code in (404, 405)
    assert SealUse.objects.standing().count() == 2
    assert client.get("/trainings/template/award/").status_code == 404


@pytest.mark.django_db
def test_a_participant_is_not_found_through_another_training(demo_year):
    made, other = issued(), issued()
    client = client_as("organiser")
    assert client.get(reverse("participant", args=[other.key, called(made, "甲一丁").key])).status_code == 404
