"""临界复评 on the page: asked for, looked at, done once, and said in words where it cannot be."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from competition.models import Contest, Event
from competition.services.accounts import create_account, grant_role
from competition.states import ContestState, RoleKind
from judging.models import Assignment, Sheet
from judging.states import SheetState
from tests.factories.analysing import marked_contest
from tests.factories.contests import WHO, small_contest

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest() -> Contest:
    made = marked_contest(36, 9, 20)
    Contest.objects.filter(pk=made.pk).update(state=ContestState.JUDGING, settings=made.settings | {"analysis": True})
    made.refresh_from_db()
    return made


@pytest.fixture
def office(contest: Contest, client: Client) -> Client:
    user = create_account(username="office", name="办公室", password=None, **WHO)
    grant_role(user=user, kind=RoleKind.ORGANISER, **WHO)
    client.force_login(user)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def page_of(contest: Contest) -> str:
    return reverse("analysis-borderline", args=[contest.key])


def words(response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def asked(office: Client, contest: Contest, budget: str = "8", most: str = "2"):
    return office.get(page_of(contest), {"of": "1-1-0", "budget": budget, "most": most})


def test_first_it_only_asks(office, contest) -> None:
    response = office.get(page_of(contest))
    assert response.status_code == 200 and response.context["found"] is None
    assert response.context["form"]["budget"].value() == 18, "half a review an entry"


def test_it_is_shown_and_then_done_once(office, contest) -> None:
    response = asked(office, contest)
    found = response.context["found"]
    assert sum(len(one.judges) for one in found.lines) == 8
    assert "Assign these 8 reviews" in words(response)
    assert all(one.entry.number in words(response) for one in found.lines)
    said = {"of": "1-1-0", "budget": "8", "most": "2", "shown": found.extra.digest}
    answer = office.post(page_of(contest), said)
    assert answer.url == f"{page_of(contest)}?of=1-1-0", "what was done is not offered once more"
    assert Assignment.objects.filter(sheets=None).count() == 8
    again = office.post(page_of(contest), said, follow=True)
    assert "would be another one now" in words(again)
    assert again.context["form"]["budget"].value() == "8", "what was typed is kept"
    assert Assignment.objects.filter(sheets=None).count() == 8
    assert Event.objects.filter(action="assignments.extra").count() == 1


def test_the_log_says_it_in_words(office, contest) -> None:
    found = asked(office, contest).context["found"]
    office.post(page_of(contest), {"of": "1-1-0", "budget": "8", "most": "2", "shown": found.extra.digest})
    assert "Reviews were added where prizes are uncertain" in words(office.get(reverse("log", args=[contest.key])))


@pytest.mark.parametrize(("field", "value"), [("budget", "0"), ("budget", "x"), ("most", "9"), ("most", "")])
def test_a_fault_names_its_field_and_nothing_is_done(office, contest, field, value) -> None:
    response = asked(office, contest, **{field: value})
    assert response.status_code == 422 and list(response.context["form"].errors) == [field]
    said = {"of": "1-1-0", "budget": "8", "most": "2", "shown": "x", field: value}
    assert office.post(page_of(contest), said).status_code == 422
    assert not Assignment.objects.filter(sheets=None).exists()


def test_what_was_never_looked_at_is_not_done(office, contest) -> None:
    office.post(page_of(contest), {"of": "1-1-0", "budget": "8", "most": "2"})
    assert not Assignment.objects.filter(sheets=None).exists()


def test_after_judging_it_says_so_and_offers_nothing(office, contest) -> None:
    Contest.objects.filter(pk=contest.pk).update(state=ContestState.DECISION)
    response = asked(office, contest)
    assert response.status_code == 200 and response.context["found"] is None and response.context["closed"]


def test_a_refusal_gives_the_reason_of_the_analysis(office, contest) -> None:
    Sheet.objects.exclude(assignment__judge__code="J000").update(state=SheetState.REOPENED)
    response = asked(office, contest)
    assert response.context["found"] is None and "too few to tell strictness from chance" in words(response)


def test_missing_sheets_are_counted(office, contest) -> None:
    Sheet.objects.filter(assignment__judge__code="J004").update(state=SheetState.REOPENED)
    assert asked(office, contest).context["found"].missing == 20


def test_entries_that_wait_for_judges_lead_to_the_assignment(office, contest) -> None:
    Sheet.objects.filter(assignment__judge__code="J004").update(state=SheetState.RECUSED)
    response = asked(office, contest)
    assert "Assign first" in words(response) and "Assign these" not in words(response)


def test_without_prizes_it_leads_to_the_plan(office) -> None:
    bare = small_contest().contest
    bare.prize_plans.all().delete()
    Contest.objects.filter(pk=bare.pk).update(settings={"analysis": True}, state=ContestState.JUDGING)
    assert "No prize plan yet" in words(office.get(page_of(bare)))
    assert office.post(page_of(bare), {"budget": "3"}).status_code == 302


def test_it_is_hidden_while_the_analysis_is_shut(office, contest) -> None:
    Contest.objects.filter(pk=contest.pk).update(settings={})
    assert asked(office, contest).status_code == 404
    assert office.post(page_of(contest), {"of": "1-1-0", "budget": "8", "most": "2"}).status_code == 404
