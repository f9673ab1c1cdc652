"""The page of approval asks as much of the database for many decisions as for one."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.services.resolving import withdraw_resolution
from tests.factories.approving import CRADLE, Honoured, honoured
from tests.factories.noticing import NOW

pytestmark = pytest.mark.django_db


def queries(made: Honoured, name: str) -> int:
    client = Client()
    client.force_login(made.office)
    address = reverse(name, args=[made.contest.key])
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.parametrize("name", ["approval", "board", "award-list"])
def test_many_decisions_ask_no_more_than_two(name: str):
    made = honoured(derived=(CRADLE,))
    withdraw_resolution(resolution=made.say("council"), reason="误", by=made.office, at=NOW)
    made.say("council")
    few = queries(made, name)
    for _again in range(6):
        last = made.contest.resolutions.last()
        withdraw_resolution(resolution=last, reason="误", by=made.office, at=NOW)
        made.say("council")
    assert queries(made, name) == few
