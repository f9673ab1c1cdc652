"""Who reaches what two persons do: the office, a second person, and nobody else."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from awards.demo.accounts import DEMO_PASSWORD
from competition.models import Agreement, Contest, Event, Role, User
from competition.services.agreeing import switch_two_persons, take
from competition.states import RoleKind, StepKind

ROLES = ("school", "unit", "judge", "committee", "", "organiser", "second")


@pytest.fixture
def agreement(demo_year) -> Agreement:
    contest = Contest.objects.get(belongs_to=None, state="published", delegation=None)
    office = User.objects.get(username="organiser")
    second = User.objects.create_user("second", DEMO_PASSWORD, name="复核人")
    Role.objects.create(user=second, kind=RoleKind.APPROVER, contest=contest)
    switch_two_persons(contest=contest, is_on=True, by=office, at=timezone.now())
    made = take(contest=contest, step=StepKind.AMEND, by=office, at=timezone.now(), reason="有误")
    assert isinstance(made, Agreement)
    return made


def client_as(role: str) -> Client:
    client = Client()
    assert not role or client.login(username=role, password=DEMO_PASSWORD)
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_the_office_and_second_persons_alone_reach_it(role, agreement):
    client, key, one = client_as(role), agreement.contest.key, agreement.key
    for_both = [
        ("get", "agreements", [key]), ("get", "agreement", [key, one]), ("post", "agreement-return", [key, one]),
    ]  # fmt: skip
    by_one = [("post", "agreement-approve", [key, one]), ("post", "agreement-withdraw", [key, one])]
    office = [("post", "two-persons", [key]), ("post", "role-give", [key])]
    no_paper = client.get(reverse("agreement-paper", args=[key, one])).status_code
    assert no_paper == (404 if role else 302)
    before = Event.objects.count()
    theirs = {"organiser": for_both + office + by_one, "second": for_both + by_one}.get(role, [])
    for method, name, args in for_both + office + by_one:
        status = getattr(client, method)(reverse(name, args=args)).status_code
        expected = (200, 302) if (method, name, args) in theirs else (404 if role else 302,)
        assert status in expected, (name, status)
    agreement.refresh_from_db()
    if role not in ("organiser", "second"):
        assert Event.objects.count() == before
        assert agreement.state == "open"
    assert agreement.state == {"organiser": "withdrawn", "second": "agreed"}.get(role, "open")


@pytest.mark.django_db
def test_it_is_found_in_its_own_contest_only(agreement):
    other = Contest.objects.exclude(pk=agreement.contest.pk).first()
    for role in ("organiser", "second"):
        address = reverse("agreement", args=[other.key, agreement.key])
        assert client_as(role).get(address).status_code == 404
    assert client_as("second").get(reverse("agreements", args=[other.key])).status_code == 404
