"""Who reaches the award list to hand in and the papers of the prize-giving: the office alone."""

import pytest
from django.test import Client
from django.urls import reverse

from awards.demo.accounts import DEMO_PASSWORD
from competition.models import Contest, Event

ROLES = ("school", "unit", "organiser", "judge", "committee", "")
FILES = ("award-list.docx", "award-list.xlsx", "award-list.pdf", "award-list.html")


def addresses(contest: Contest) -> list[tuple[str, str]]:
    key = contest.key
    rows = [("get", "list-file", [key]), ("post", "list-file", [key])]
    rows += [("get", "list-download", [key, name]) for name in FILES]
    rows += [("get", "file", [key, name]) for name in ("host-script.docx", "handover.pdf")]
    rows += [("get", "prize-giving", [key]), ("post", "prize-giving", [key]), ("get", "screen", [key])]
    rows += [("get", "ceremony-paper", [key, name]) for name in ("tables.pdf", "badges.pdf", "mailing.pdf")]
    return [(method, reverse(name, args=args)) for method, name, args in rows]


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_the_office_alone_reaches_the_list_to_hand_in(role, demo_year):
    contest = Contest.objects.get(belongs_to=None, state="published", delegation=None)
    client = Client()
    assert not role or client.login(username=role, password=DEMO_PASSWORD)
    before = Event.objects.count()
    for method, address in addresses(contest):
        status = getattr(client, method)(address).status_code
        assert status == (200 if role == "organiser" else 404 if role else 302), (method, address, status)
    assert Event.objects.count() == before
