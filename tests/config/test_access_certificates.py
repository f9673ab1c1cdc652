"""Who designs, seals and prints certificates: the office of their contest, and nobody else."""

import pytest
from django.test import Client
from django.urls import reverse

from awards.demo.accounts import DEMO_PASSWORD
from awards.models import CertificatePrint, CertificateTemplate, SealUse
from competition.models import Contest, Event
from tests.factories.certifying import authorised, certified
from tests.factories.noticing import account, client_of, office_of

ROLES = ("school", "unit", "organiser", "judge", "committee", "")


def addresses(contest: Contest) -> list[tuple[str, str]]:
    one = contest.certificates.first()
    rows = [
        ("get", "certificates", []), ("post", "certificates-print", []), ("get", "seals", []), ("post", "seals", []),
        ("get", "certificate-template", ["all"]), ("post", "certificate-template", ["all"]),
        ("post", "template-preview", ["all"]), ("post", "template-follow", ["all"]),
        ("post", "template-background", ["all"]), ("get", "template-calibration", ["all"]),
        ("get", "certificate-page", [one.key]), ("post", "certificate-print", [one.key]),
    ]  # fmt: skip
    return [(method, reverse(name, args=[contest.key, *more])) for method, name, more in rows]


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_the_office_alone_reaches_certificates_and_their_templates(role, demo_year):
    contest = Contest.objects.get(belongs_to=None, state="published", delegation=None)
    client = Client()
    assert not role or client.login(username=role, password=DEMO_PASSWORD)
    before = Event.objects.count(), CertificatePrint.objects.count(), CertificateTemplate.objects.count()
    for method, address in addresses(contest):
        status = getattr(client, method)(address).status_code
        if role == "organiser":
            assert status in (200, 302, 422), (method, address, status)
        else:
            assert status == (404 if role else 302), (method, address, status)
    if role != "organiser":
        after = Event.objects.count(), CertificatePrint.objects.count(), CertificateTemplate.objects.count()
        assert after == before


@pytest.mark.django_db
def test_a_delegation_has_no_template_and_no_seal(demo_year):
    contest = Contest.objects.exclude(delegation=None).first()
    client = Client()
    assert client.login(username="organiser", password=DEMO_PASSWORD)
    for name, more in (("seals", []), ("certificate-template", ["all"]), ("template-calibration", ["all"])):
        assert client.get(reverse(name, args=[contest.key, *more])).status_code == 404
    assert client.get(reverse("certificates", args=[contest.key])).status_code == 200


@pytest.mark.django_db
def test_the_office_of_another_contest_finds_nothing_and_nothing_is_found_across_contests():
    contest, office = (made := certified()), office_of(made)
    seal = authorised(contest, office)
    other = Contest.objects.create(
        series=contest.series, label_zh="别的", year=2031, secret=b"x" * 32, as_of=contest.as_of
    )
    stranger = client_of(account("stranger", kind="organiser", contest=other))
    mine = [*addresses(contest), ("post", reverse("seal-withdraw", args=[contest.key, seal.key]))]
    mine += [("get", reverse("seal-file", args=[contest.key, seal.key]))]
    for method, address in mine:
        assert getattr(stranger, method)(address).status_code == 404, address
    one = contest.certificates.first()
    for name, key in (("certificate-page", one.key), ("seal-file", seal.key)):
        assert stranger.get(reverse(name, args=[other.key, key])).status_code == 404
    assert stranger.get(reverse("certificate-template", args=[other.key, "wax"])).status_code == 404
    assert SealUse.objects.get().withdrawn_at is None
