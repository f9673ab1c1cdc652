"""Who reaches self-nominations: everybody the pages of the public, the secret one's own, its office what was sent; schools,
units, judges and the committee never."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from awards.core.self_nominating import CONSENT, PLEDGED, RECOMMENDATION
from awards.demo.accounts import DEMO_PASSWORD
from awards.models import SelfNomination, SelfTerms
from awards.services.self_nominating import begin_self, keep_self_paper, save_self, send_self
from competition.models import AccessRecord, Contest, Event
from competition.services.papers import keep_paper
from tests.factories.self_nominating import NAME, picture, said

ROLES = ("school", "unit", "organiser", "judge", "committee", "")
pytestmark = pytest.mark.django_db


@pytest.fixture
def one(demo_year) -> SelfNomination:
    award = Contest.objects.get(kind="award")
    Contest.objects.filter(pk=award.pk).update(state="judging")
    award.refresh_from_db()
    award.ballots.all().delete()
    SelfTerms.objects.create(contest=award, until=timezone.localdate() + timedelta(days=9))
    now = timezone.now()
    made, _secret = begin_self(contest=award, track=award.tracks.get(code="学生"), at=now)
    for place, shade in ((RECOMMENDATION, 1), (CONSENT, 2)):
        scan = keep_paper(name="x.jpg", chunks=[picture(shade)], at=now)
        keep_self_paper(nomination=made, place=place, paper=scan, at=now)
    save_self(nomination=made, said=said(), pledges=PLEDGED, revision=0, at=now)
    return send_self(nomination=made, at=now)


def of_office(one: SelfNomination) -> list[tuple[str, str]]:
    contest, mine = [one.contest.key], [one.contest.key, one.key]
    paper = [*mine, one.papers.first().key]
    rows = [
        ("get", "self-nominations", contest), ("get", "self-nomination", mine), ("get", "self-paper", paper),
        ("get", "self-paper-page", [*paper, 1]), ("post", "self-take-up", mine), ("post", "self-decide", mine),
        ("post", "self-put-back", mine),
        ("post", "self-flood", contest),
    ]  # fmt: skip
    return [(method, reverse(name, args=args)) for method, name, args in rows]


def client_as(role: str) -> Client:
    client = Client()
    assert not role or client.login(username=role, password=DEMO_PASSWORD)
    return client


@pytest.mark.parametrize("role", ROLES)
def test_its_office_alone_reaches_what_was_sent(role, one):
    client = client_as(role)
    before = Event.objects.count(), AccessRecord.objects.count()
    for method, address in of_office(one):
        status = getattr(client, method)(address).status_code
        if role == "organiser":
            assert status in (200, 302, 422), (method, address, status)
        else:
            assert status == (404 if role else 302), (method, address, status)
    if role != "organiser":
        assert (Event.objects.count(), AccessRecord.objects.count()) == before


@pytest.mark.parametrize("role", ROLES)
def test_without_the_secret_nobody_reads_it_on_the_pages_of_the_public(role, one):
    """The office neither: it has pages of its own, where looks are recorded."""
    client = client_as(role)
    contest, mine = [one.contest.key], [one.contest.key, one.key]
    for name, args in (("self-begin", contest), ("self-open", contest), ("self-form", mine)):
        page = client.get(reverse(name, args=args))
        assert page.status_code == 200 and NAME not in page.content.decode() and one.number not in page.content.decode()
    assert client.get(reverse("self-own-paper", args=[*mine, one.papers.first().key])).status_code == 404
    for name in ("self-take-back", "self-close"):
        assert client.get(reverse(name, args=mine)).status_code == 405
        assert client.post(reverse(name, args=mine)).status_code == 302
    assert SelfNomination.objects.filter(pk=one.pk).exists()


def test_what_belongs_to_one_award_is_not_found_in_another(one):
    client = client_as("organiser")
    other = Contest.objects.exclude(pk=one.contest_id).filter(kind="contest").first()
    paper = one.papers.first().key
    assert client.get(reverse("self-nomination", args=[other.key, one.key])).status_code == 404
    assert client.get(reverse("self-paper", args=[other.key, one.key, paper])).status_code == 404
    assert client.get(reverse("self-begin", args=[other.key])).status_code == 404
