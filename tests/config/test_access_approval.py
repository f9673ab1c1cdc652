"""Who reaches the approval of an award: its office alone; no other contest's."""

import pytest
from django.test import Client
from django.urls import reverse

from awards.demo.accounts import DEMO_PASSWORD
from competition.models import Contest, Event

ROLES = ("school", "unit", "organiser", "judge", "committee", "")


def addresses(contest: Contest) -> list[tuple[str, str]]:
    rows = [
        ("get", "approval", []), ("post", "approval", []), ("get", "approval-request", []),
        ("get", "resolution-paper", [1]), ("post", "resolution-withdraw", [1]), ("post", "titles-acknowledge", []), ("get", "award-above", []),
        ("post", "award-above", []),
    ]  # fmt: skip
    return [(method, reverse(name, args=[contest.key, *more])) for method, name, more in rows]


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_the_office_alone_reaches_the_approval(role, demo_year):
    award = Contest.objects.get(kind="award")
    client = Client()
    assert not role or client.login(username=role, password=DEMO_PASSWORD)
    before = Event.objects.count()
    for method, address in addresses(award):
        status = getattr(client, method)(address).status_code
        if role == "organiser":
            assert status in (200, 302, 403, 409, 422), (method, address, status)
        else:
            assert status == (404 if role else 302), (method, address, status)
    assert Event.objects.count() == before


@pytest.mark.django_db
def test_a_contest_has_no_approval_and_finds_no_other_ones(demo_year):
    contest = Contest.objects.get(belongs_to=None, state="published", delegation=None)
    client = Client()
    assert client.login(username="organiser", password=DEMO_PASSWORD)
    for method, address in addresses(contest):
        assert getattr(client, method)(address).status_code == 404, address


@pytest.mark.django_db
def test_the_demo_year_was_approved_by_its_city(demo_year):
    award = Contest.objects.get(kind="award")
    one = award.resolutions.get()
    assert (one.step, one.outcome) == ("government", "approved")
    assert award.state == "published"
    assert award.certificates.filter(state="valid").count() == 7
