"""Neither the list to hand in nor the papers of the prize-giving ask more for 100 works than for 3."""

from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from awards.models import Award, Certificate
from awards.services.certificates import issue_certificates
from awards.services.lists import lock_list, standing_list
from competition.models import Author, Contest, Entry, Person, Role, School, Tutor, User
from competition.states import EntryState, RoleKind
from tests.config.test_query_counts import FEW, MANY, Ask, asked, grown
from tests.factories.contests import AT, decided
from tests.factories.sheets import small

pytestmark = pytest.mark.django_db


def add(contest: Contest, more: range) -> None:
    track, award_list = contest.tracks.get(), standing_list(contest)
    for at in more:
        school = School.objects.create(district=School.objects.first().district, name=f"第{at}小学")
        entry = Entry.objects.create(
            contest=contest, track=track, number=f"N{at}", order=at, title=f"新作{at}", school=school,
            state=EntryState.PASSED,
        )  # fmt: skip
        people = [Person.objects.create(kind=kind, name=f"新人{at}", school=school) for kind in ("student", "tutor")]
        Author.objects.create(entry=entry, person=people[0], order=1)
        Tutor.objects.create(entry=entry, person=people[1], order=1)
        said = {"title": entry.title, "authors": [f"新人{at}"], "tutors": [f"新人{at}"], "group": "", "nominee": "",
                "school": school.name}  # fmt: skip
        award = Award.objects.create(
            list=award_list, entry=entry, code="third", order=3, place=at, by="plan", label_zh="三等奖", said=said
        )
        Certificate.objects.create(
            contest=contest, list=award_list, serial=100 + at, number=f"Z{at}", purpose=f"author:N{at}", kind="author",
            award=award, recipients=[f"新人{at}"], body="……",
        )  # fmt: skip


def test_no_page_or_file_asks_more_for_a_hundred_works_than_for_three():
    contest = decided(small())
    user = User.objects.create_user("office", name="办公室")
    Role.objects.create(user=user, kind=RoleKind.ORGANISER)
    lock_list(contest=contest, by=None, at=AT)
    client = Client()
    client.force_login(user)
    issue_certificates(award_list=standing_list(contest), by=None, at=AT)
    add(contest, range(10, 10 + FEW))
    key = contest.key
    pages: dict[str, Ask] = {"list-file": partial(client.get, reverse("list-file", args=[key]))}
    for ending in ("docx", "xlsx", "pdf", "html"):
        pages[ending] = partial(client.get, reverse("list-download", args=[key, f"award-list.{ending}"]))
    for name in ("host-script.docx", "handover.pdf"):
        pages[name] = partial(client.get, reverse("file", args=[key, name]))
    for name in ("prize-giving", "screen"):
        pages[name] = partial(client.get, reverse(name, args=[key]))
    Contest.objects.filter(pk=contest.pk).update(settings=contest.settings | {"ceremony": {"rows": 99, "seats": 20}})
    for name in ("tables.pdf", "seats.pdf", "badges.pdf", "mailing.pdf"):
        pages[f"prize-giving-{name}"] = partial(client.get, reverse("ceremony-paper", args=[key, name]))
    few = asked(pages)
    add(contest, range(10 + FEW, 10 + MANY))
    assert grown(few, asked(pages, is_warm=True)) == {}
