"""A referee reaches what is measured, and of everything else no more than anybody who has signed in."""

import pytest
from django.db import transaction
from django.test import Client

from competition.models import Contest, User
from judging.services.referees import add_referee
from tests.config import test_access_entering, test_access_judging
from tests.factories.entering import NOW

OWN = {"GET measured of measured": "200", "POST measured of measured": "404", "GET referee of contest": "200"}


@pytest.mark.django_db
@pytest.mark.parametrize("table", [test_access_entering, test_access_judging], ids=["entering", "judging"])
def test_everything_else_is_closed_to_a_referee(table, demo_year: None, client: Client) -> None:
    """Answered as a committee member of another contest is; what that one's own room answers is asked as hidden."""
    things = table.Things()
    office = User.objects.get(username="organiser")
    contest = Contest.objects.get(state="judging", kind="contest")
    client.force_login(add_referee(contest=contest, name="裁判", tracks=(), by=office, at=NOW).user)
    at, differs = table.ROLES.index("committee"), {}
    for asked, answers in table.ANSWERS.items():
        with transaction.atomic():
            client.cookies.pop("messages", None)
            found = table.told(things.ask(client, asked))
            wanted = OWN.get(asked, answers.split()[at]) if table is test_access_judging else answers.split()[at]
            if found != wanted:
                differs[asked] = f"{found}, not {wanted}"
            transaction.set_rollback(True)
    assert differs == {}
