"""No page of an award's rules asks the database more for 100 nominees than for 3."""

from datetime import date
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from awards.models import Achievement, Alternative, Nomination
from competition.models import Author, Contest, Entry, Person, Role, School, User
from competition.states import EntryState, RoleKind
from tests.config.test_query_counts import FEW, MANY, Ask, asked, grown
from tests.factories.contests import loaded
from tests.factories.sheets import small, with_mayor

pytestmark = pytest.mark.django_db


def add(award: Contest, more: range) -> None:
    track, school = award.tracks.get(), School.objects.first()
    assert school
    for at in more:
        person = Person.objects.create(kind="student", name=f"新人{at}", school=school)
        entry = Entry.objects.create(
            contest=award, track=track, number=f"N{at}", order=at, title=person.name, school=school,
            state=EntryState.PASSED,
        )  # fmt: skip
        Author.objects.create(entry=entry, person=person, order=1, grade=8)
        Nomination.objects.create(entry=entry, person=person)
        Achievement.objects.create(
            person=person, source=award, contest_name="全国赛", level="nation", prize_code="third", prize_name="三等奖",
            prize_order=3, role="author", won_on=date(2025, 8, 1),
        )  # fmt: skip
        Alternative.objects.create(contest=award, track=track, order=at, level="world", years=2)


def test_no_page_asks_more_for_a_hundred_nominees_than_for_three():
    award = loaded(with_mayor(small(), {"M1": (90,) * 3}, [])).contest.companions.get(kind="award")
    user = User.objects.create_user("office", name="办公室")
    Role.objects.create(user=user, kind=RoleKind.ORGANISER)
    client = Client()
    client.force_login(user)
    add(award, range(10, 10 + FEW))
    entry = award.entries.get(number="N10")
    pages: dict[str, Ask] = {
        name: partial(client.get, reverse(name, args=[award.key]), {"size": 500})
        for name in ("award-setup", "award-terms", "award-rules", "award-way-new", "nominees")
    }
    pages["entry"] = partial(client.get, reverse("entry", args=[award.key, entry.key]))
    few = asked(pages)
    add(award, range(10 + FEW, 10 + MANY))
    assert grown(few, asked(pages, is_warm=True)) == {}
