"""The bundle on the board: its office's, once the list is locked; every look is kept; queries grow with nothing."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.outputs.bundle import bundle_of, fixed_list
from awards.services.running import decide
from competition.models import AccessRecord, Contest, Role, User
from competition.states import RoleKind
from tests.factories.analysing import marked_contest
from tests.factories.bundles import published
from tests.factories.contests import AT, small_contest
from verify.laurel_verify import verify

pytestmark = pytest.mark.django_db


def client_of(kind: str, contest: Contest) -> Client:
    user = User.objects.create_user(f"{kind}{contest.pk}", name="某人")
    Role.objects.create(user=user, kind=kind, contest=contest)
    client = Client()
    client.force_login(user)
    return client


def address(contest: Contest) -> str:
    return reverse("file", args=[contest.key, "bundle.zip"])


def test_the_office_takes_it_from_the_board_once_the_list_is_locked():
    contest = small_contest().contest
    office = client_of(RoleKind.ORGANISER, contest)
    decide(contest=contest, by=None, at=AT)
    board = reverse("board", args=[contest.key])
    assert address(contest) not in office.get(board).content.decode()
    assert office.get(address(contest)).status_code == 404
    published(contest)
    assert address(contest) in office.get(board).content.decode()
    answer = office.get(address(contest))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    assert verify(answer.content).holds
    assert AccessRecord.objects.filter(what="bundle.zip").count() == 1


@pytest.mark.parametrize("kind", [RoleKind.JUDGE, RoleKind.COMMITTEE, RoleKind.REFEREE])
def test_nobody_else_does(kind):
    contest, other = small_contest().contest, marked_contest(3, 3, 2, ordinal=2)
    published(contest)
    for client in (client_of(kind, contest), client_of(RoleKind.ORGANISER, other), Client()):
        assert client.get(address(contest)).status_code in (302, 403, 404)
    assert not AccessRecord.objects.filter(what="bundle.zip").exists()


def test_a_larger_contest_asks_the_database_no_more():
    counts = []
    for ordinal, entries in ((2, 4), (3, 40)):
        contest = marked_contest(entries, 4, 3, ordinal=ordinal)
        decide(contest=contest, by=None, at=AT)
        contest.award_lists.update(state="locked", locked_at=AT)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            bundle_of(fixed_list(contest))
        counts.append(len(asked))
    assert counts[0] == counts[1]
