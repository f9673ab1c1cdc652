"""Who reaches the rules of an award, its nominees before them, and the office's word: its office alone."""

import pytest
from django.test import Client
from django.urls import reverse

from awards.demo.accounts import DEMO_PASSWORD
from competition.models import Contest, Event

ROLES = ("school", "unit", "organiser", "judge", "committee", "")


def addresses(award: Contest) -> list[tuple[str, str]]:
    key = award.key
    entry = award.entries.first()
    assert entry
    rows = [
        ("get", "award-setup", [key]), ("post", "award-setup", [key]), ("get", "award-terms", [key]),
        ("post", "award-terms", [key]), ("get", "award-rules", [key]), ("post", "award-rules-act", [key]),
        ("get", "award-way-new", [key]), ("post", "award-way-new", [key]), ("get", "award-way", [key, 1]),
        ("get", "nominees", [key]), ("post", "nominee-say", [key, entry.key]),
    ]  # fmt: skip
    return [(method, reverse(name, args=args)) for method, name, args in rows]


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_the_office_alone_reaches_the_rules_of_its_award(role, demo_year):
    award = Contest.objects.get(kind="award")
    client = Client()
    assert not role or client.login(username=role, password=DEMO_PASSWORD)
    before = Event.objects.count()
    for method, address in addresses(award):
        status = getattr(client, method)(address).status_code
        if role == "organiser":
            assert status in (200, 302, 403, 404, 409, 422), (method, address, status)
        else:
            assert status == (404 if role else 302), (method, address, status)
    assert Event.objects.count() == before
    new = client.get(reverse("award-new")).status_code
    assert new == (200 if role == "organiser" else 403 if role else 302)


@pytest.mark.django_db
def test_a_contest_has_no_rules_of_an_award(demo_year):
    contest = Contest.objects.get(belongs_to=None, state="published", delegation=None)
    client = Client()
    assert client.login(username="organiser", password=DEMO_PASSWORD)
    for name in ("award-setup", "award-terms", "award-rules", "nominees"):
        assert client.get(reverse(name, args=[contest.key])).status_code == 404
