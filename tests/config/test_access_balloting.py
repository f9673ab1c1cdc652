"""Who reaches the committee's ballot: the office all of it, a member the room and the own ballot, others nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from awards.demo.accounts import DEMO_PASSWORD
from awards.models import Meeting
from competition.models import Event, User
from tests.factories.balloting import committee

pytestmark = pytest.mark.django_db
OFFICE = [
    ("get", "ballots", []), ("post", "ballot-rule", []), ("post", "member-add", []), ("post", "meeting-open", []),
    ("post", "meeting-attendance", [1]), ("get", "meeting-minutes", [1]), ("post", "round-open", [1]),
    ("post", "round-close", [1]), ("post", "round-void", [1]), ("get", "round-ballots", [1]),
    ("get", "round-tally", [1]), ("post", "meeting-end", [1]),
]  # fmt: skip
COMMITTEE = [("get", "room", []), ("get", "ballot-round", [1]), ("get", "vote", []), ("post", "vote", [])]


@pytest.mark.parametrize("role", ["office", "member", "stranger", ""])
def test_the_office_members_and_others(role: str) -> None:
    here = committee()
    ballot = here.open()
    here.cast(ballot, "甲", "M1")
    one = here.members["乙"]
    User.objects.create_user("stranger", DEMO_PASSWORD, name="路人")
    client = Client()
    if role:
        client.force_login({"office": here.office, "member": one.user}.get(role) or User.objects.get(username=role))
    per_member = [("post", "member-link", [one.key]), ("post", "member-drop", [one.key])]
    theirs = {"office": OFFICE + COMMITTEE + per_member, "member": COMMITTEE}.get(role, [])
    before = Event.objects.count()
    for method, name, more in COMMITTEE + OFFICE + per_member + [("post", "round-paper", [1])]:
        answer = getattr(client, method)(reverse(name, args=[here.contest.key, *more]))
        status = answer.status_code
        if (method, name, more) in theirs or (role == "office" and name == "round-paper"):
            assert status in ((200,) if method == "get" else (200, 302, 422)), name
            assert "/sign-in/" not in answer.get("Location", ""), name
        else:
            assert status == (404 if role else 302), name
            assert bool(role) or answer["Location"].startswith("/sign-in/"), name
    if role == "office":
        assert Event.objects.count() > before
    if role != "office":
        assert Event.objects.count() == before
        assert Meeting.objects.get().ended_at is None


def test_a_round_is_found_in_its_own_award_only() -> None:
    here = committee()
    here.open()
    client = Client()
    client.force_login(here.office)
    other = here.contest.belongs_to
    for name in ("ballot-round", "round-tally"):
        assert client.get(reverse(name, args=[other.key, 1])).status_code == 404


def test_who_is_on_no_roll_votes_nowhere() -> None:
    """A role alone is no seat."""
    here = committee()
    here.attend("甲乙丙丁")
    here.open()
    client = Client()
    client.force_login(here.members["戊"].user)
    shown = client.get(reverse("vote", args=[here.contest.key]))
    assert shown.status_code == 200 and shown.context["voter"] is None
    client.post(reverse("vote", args=[here.contest.key]), {"round": 1, "choice-M1": "yes"})
    assert here.contest.ballots.get().roll.filter(has_voted=True).count() == 0
