"""How many reviews a certainty takes: whose variances may be used, and what the page says."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from awards.services.beside import beside, places_of
from awards.services.certainty import most_points, nearest, scatter_of, sources_for
from competition.models import Contest, Event, User
from competition.services.accounts import create_account, grant_role
from competition.states import RoleKind
from judging.models import Criterion, Sheet
from judging.states import SheetState
from tests.factories.analysing import marked_contest
from tests.factories.contests import WHO, small_contest

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    made = create_account(username="office", name="办公室", password=None, **WHO)
    grant_role(user=made, kind=RoleKind.ORGANISER, **WHO)
    return made


@pytest.fixture
def office(user: User, client: Client) -> Client:
    client.force_login(user)
    return client


def opened(contest: Contest) -> Contest:
    Contest.objects.filter(pk=contest.pk).update(settings=contest.settings | {"analysis": True})
    contest.refresh_from_db()
    return contest


@pytest.fixture
def contest() -> Contest:
    return opened(marked_contest(36, 9, 20))


@pytest.fixture
def earlier(contest: Contest) -> Contest:
    """The edition before it, whose analysis is shut."""
    made = marked_contest(24, 6, 14, ordinal=2)
    Contest.objects.filter(pk=made.pk).update(year=contest.year - 1)
    made.refresh_from_db()
    return made


def words(response) -> str:
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(unescape(text).split())


def asked(contest: Contest, user: User, **more) -> dict:
    source = sources_for(user, contest, at=WHO["at"])[0]
    return {"entries": "36", "load": "20", "wanted": "60", "source": source.code} | more


def test_it_says_the_fewest_reviews_and_the_judges_that_they_take(office, user, contest) -> None:
    page = reverse("analysis-certainty", args=[contest.key])
    first = office.get(page, HTTP_ACCEPT_LANGUAGE="en")
    assert first.status_code == 200 and first.context["found"] is None
    assert first.context["form"]["entries"].value() == 36
    response = office.get(page, asked(contest, user), HTTP_ACCEPT_LANGUAGE="en")
    best = response.context["found"].best
    assert best and f"{best.reviews} reviews an entry, {best.judges} judges" in words(response)
    assert best.judges == max(-(-36 * best.reviews // 20), best.reviews) and best.right >= 0.6
    assert [row[0] for row in response.context["found"].rows] == [str(n) for n in range(2, 11)]
    assert "<svg" in response.content.decode() and not Event.objects.filter(action="analysis.opened").exists()


def test_what_ten_reviews_do_not_reach_is_said(office, user, contest) -> None:
    page = reverse("analysis-certainty", args=[contest.key])
    response = office.get(page, asked(contest, user, wanted="100"), HTTP_ACCEPT_LANGUAGE="en")
    assert response.context["found"].best is None
    assert "Not reached with 10 reviews" in words(response)


@pytest.mark.parametrize(
    ("field", "value"), [("entries", "0"), ("entries", "many"), ("load", ""), ("wanted", "101"), ("source", "x.1-1-0")]
)
def test_a_fault_names_its_field_and_keeps_what_was_typed(office, user, contest, field, value) -> None:
    page = reverse("analysis-certainty", args=[contest.key])
    response = office.get(page, asked(contest, user, **{field: value}))
    assert response.status_code == 422 and response.context["found"] is None
    assert list(response.context["form"].errors) == [field]
    assert response.context["form"][field].value() == value


def test_an_earlier_edition_is_offered_once_its_analysis_is_open(office, user, contest, earlier) -> None:
    assert {one.contest for one in sources_for(user, contest, at=WHO["at"])} == {contest}
    opened(earlier)
    assert [one.contest for one in sources_for(user, contest, at=WHO["at"])] == [contest, earlier]
    assert {one.contest for one in sources_for(user, earlier, at=WHO["at"])} == {earlier}, "a later one is not"


def test_an_edition_of_another_office_is_not_offered(contest, earlier) -> None:
    opened(earlier)
    narrow = create_account(username="narrow", name="分办", password=None, **WHO)
    grant_role(user=narrow, kind=RoleKind.ORGANISER, contest=contest, **WHO)
    assert {one.contest for one in sources_for(narrow, contest, at=WHO["at"])} == {contest}


def test_before_any_sheet_there_are_no_variances(office, contest) -> None:
    Sheet.objects.update(state=SheetState.RECUSED)
    response = office.get(reverse("analysis-certainty", args=[contest.key]), HTTP_ACCEPT_LANGUAGE="en")
    assert response.status_code == 200 and "No variances yet" in words(response)


def test_where_judges_cannot_be_compared_the_reason_stands_at_the_field(office, user, contest) -> None:
    Sheet.objects.exclude(assignment__judge__code="J000").update(state=SheetState.RECUSED)
    page = reverse("analysis-certainty", args=[contest.key])
    response = office.get(page, asked(contest, user), HTTP_ACCEPT_LANGUAGE="en")
    assert response.status_code == 422
    [said] = response.context["form"].errors["source"]
    assert "too few to tell strictness" in said


def test_without_prizes_it_leads_to_the_plan(office) -> None:
    bare = opened(small_contest().contest)
    bare.prize_plans.all().delete()
    response = office.get(reverse("analysis-certainty", args=[bare.key]), HTTP_ACCEPT_LANGUAGE="en")
    assert response.status_code == 200 and "No prize plan yet" in words(response)


def test_marks_out_of_half_as_many_points_scatter_half_as_far(user, contest, earlier) -> None:
    [here] = sources_for(user, contest, at=WHO["at"])
    own, found = scatter_of(here, here.place)
    assert own and found.constants and own.residual == found.constants.residual
    assert abs(own.level - beside(contest, here.place).found.scores.mean()) < 3
    half = places_of(earlier)[0]
    for one in Criterion.objects.filter(rubric=half.rubric):
        Criterion.objects.filter(pk=one.pk).update(maximum=one.maximum * 2)
    double = places_of(earlier)[0]
    assert most_points(double.rubric) == 2 * most_points(here.place.rubric)
    scaled, _found = scatter_of(here, double)
    assert scaled == own.scaled(2)


def test_the_nearest_is_the_one_of_the_same_track(user, contest, earlier) -> None:
    opened(earlier)
    sources = sources_for(user, contest, at=WHO["at"])
    assert nearest(sources, places_of(earlier)[0]) == sources[0]
    assert nearest([], places_of(earlier)[0]) is None
