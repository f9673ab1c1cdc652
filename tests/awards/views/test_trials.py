"""试算: the plan on the last edition and on made-up scores; nothing is stored, and nobody's scores leak."""

from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from awards.models import AwardList, PrizePlan
from awards.services.running import decide
from competition.models import Contest, Event, Role, User
from competition.services.setting_up import copy_contest
from competition.states import RoleKind
from judging.models import StandingRun
from tests.factories.contests import AT, Made, small_contest

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> User:
    return User.objects.create_user("office", name="办公室")


@pytest.fixture
def last(office) -> Made:
    """94, 90, 80; one first and one second prize."""
    made = small_contest()
    decide(contest=made.contest, by=None, at=AT)
    Role.objects.create(user=office, kind=RoleKind.ORGANISER, contest=made.contest)
    return made


@pytest.fixture
def edition(last, office) -> Contest:
    Contest.objects.filter(pk=last.contest.pk).update(state="published")
    last.contest.refresh_from_db()
    return copy_contest(contest=last.contest, by=office, at=AT)


def page(user: User, contest: Contest, **said: object):
    client = Client()
    client.force_login(user)
    return client.get(reverse("plan-trial", args=[contest.key]), said)


def test_on_the_last_edition(office, last, edition):
    before = (Event.objects.count(), PrizePlan.objects.count(), AwardList.objects.count(), StandingRun.objects.count())
    answer = page(office, edition, source=last.contest.key, seed=1, shared=20)
    [one] = answer.context["trials"]
    assert [(line.prize.code, line.seats, line.cut, line.given) for line in one.lines] == [
        ("first", 1, "94.00", (1, 1, 1)), ("second", 1, "90.00", (1, 1, 1)),
    ]  # fmt: skip
    assert "试算" in unescape(answer.content.decode())
    assert before == (
        Event.objects.count(), PrizePlan.objects.count(), AwardList.objects.count(), StandingRun.objects.count(),
    )  # fmt: skip


def test_on_made_up_scores_the_same_seed_says_the_same(office, edition):
    said = {"source": "made-up", "seed": 5, "shared": 50, "number_1": 40}
    one, again = (page(office, edition, **said).context["trials"][0] for _ in range(2))
    assert one.found.trial == again.found.trial
    assert (one.found.trial.entries, [line.seats for line in one.lines]) == (40, [1, 1])
    other = page(office, edition, **(said | {"seed": 6})).context["trials"][0]
    assert other.found.trial.cuts != one.found.trial.cuts


def test_without_entries_there_is_nothing_to_try(office, edition):
    [one] = page(office, edition, source="made-up", seed=5, shared=50).context["trials"]
    assert one.lines == []


def test_an_edition_of_somebody_else_is_not_offered(last, edition):
    other = User.objects.create_user("other", name="外人")
    Role.objects.create(user=other, kind=RoleKind.ORGANISER, contest=edition)
    answer = page(other, edition, source=last.contest.key, seed=1, shared=20)
    assert (answer.status_code, answer.context["trials"]) == (422, [])


def test_a_number_that_is_none_is_said_at_its_field(office, edition):
    answer = page(office, edition, source="made-up", seed=-1, shared=200)
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {"seed", "shared"})
