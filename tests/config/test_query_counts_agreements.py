"""No page of two persons asks the database more for many rows than for few."""

from functools import partial

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from competition.models import Agreement, Contest
from competition.services.agreeing import switch_two_persons, take
from competition.states import RoleKind, StepKind
from tests.config.test_query_counts import Ask, asked, grown
from tests.config.test_query_counts_notices import ENTRIES, copy_of
from tests.factories.agreeing import approver, organiser
from tests.factories.contests import decided
from tests.factories.noticing import account, client_of
from tests.factories.sheets import small

pytestmark = pytest.mark.django_db


def pages(contest: Contest, one: Agreement, office: Client, second: Client) -> dict[str, Ask]:
    found: dict[str, Ask] = {}
    for who, client in {"office": office, "second": second}.items():
        found[f"{who}: all"] = partial(client.get, reverse("agreements", args=[contest.key]), {"size": 100})
        found[f"{who}: one"] = partial(client.get, reverse("agreement", args=[contest.key, one.key]))
    for name in ("board", "log"):
        found[f"office: {name}"] = partial(office.get, reverse(name, args=[contest.key]), {"size": 100})
    return found


def asked_for(contest: Contest, number: int, name: str, like: Agreement) -> None:
    """Roles for so many people; half of them wait, the others were sent back."""
    for at in range(number):
        one = account(f"{name}{at}", kind=RoleKind.APPROVER, contest=contest)
        closed = {} if at % 2 else {"closed_at": like.proposed_at, "closed_by": one, "answer": "理由"}
        Agreement.objects.create(
            contest=contest, step=StepKind.ROLE, about=one.key, seen="x", proposed_at=like.proposed_at,
            proposed_by=like.proposed_by, state="open" if at % 2 else "returned",
            facts={"user": one.key, "kind": "approver"}, **closed,
        )  # fmt: skip


def test_no_page_asks_more_for_forty_rows_than_for_few() -> None:
    contest = decided(small({f"A{number}": (number, number, number) for number in range(1, ENTRIES + 1)}))
    first, second, now = organiser(contest), approver(contest), timezone.now()
    switch_two_persons(contest=contest, is_on=True, by=first, at=now)
    made = take(contest=contest, step=StepKind.LOCK, by=first, at=now)
    asked_for(contest, 1, "r", made)
    clients = client_of(first), client_of(second)
    few = asked(pages(contest, made, *clients))
    asked_for(contest, 20, "p", made)
    award_list = contest.award_lists.get()
    award = award_list.awards.first()
    assert award
    lacking = contest.entries.exclude(pk__in=award_list.awards.values("entry"))
    award_list.awards.bulk_create(copy_of(award, award_list, entry, 0) for entry in lacking)
    assert grown(few, asked(pages(contest, made, *clients), is_warm=True)) == {}
