"""Who reaches notices and objections, and that nobody but the office learns who objected."""

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from awards.demo.accounts import DEMO_PASSWORD
from awards.models import Objection
from awards.services.lists import standing_list
from awards.services.notices import open_notice
from awards.services.objections import Ruling, Said, decide_objection, receive_objection
from awards.states import ObjectionState, ObjectionWay
from competition.models import Contest, District, Event, School, StoredFile, User
from judging.models import Judge

ROLES = ("school", "unit", "organiser", "judge", "committee", "")
NAME, CONTACT, REASON, PROOF = "欧阳不署名", "objector@example.org", "数据与别人的论文相同", "a" * 64


@pytest.fixture
def objection(demo_year) -> Objection:
    """To a work of the demo's school, judged by the demo's judge, while a notice runs."""
    contest = Contest.objects.get(belongs_to=None, state="published", delegation=None)
    office = User.objects.get(username="organiser")
    now = timezone.now()
    today = now.astimezone(contest.tz).date()
    open_notice(contest=contest, first=today, last=today + timedelta(days=7), by=office, at=now)
    school = School.objects.get(roles__user__username="school")
    award = standing_list(contest).awards.filter(entry__school=school).first()
    assert award
    said = Said(ObjectionWay.WEB, NAME, CONTACT, REASON, award.entry)
    paper = StoredFile.objects.create(sha256=PROOF, size=1, kind="pdf", media_type="application/pdf", stored_at=now)
    return receive_objection(contest=contest, said=said, evidence=[paper], by=None, at=now)


def addresses(objection: Objection) -> dict[str, list[tuple[str, str]]]:
    key, one = objection.contest.key, objection.key
    office = [
        ("get", "notices", [key]), ("post", "notices", [key]), ("post", "notice-terms", [key]),
        ("get", "notice-version", [key, 1]), ("get", "notice-paper", [key, 1]), ("get", "objections", [key]),
        ("post", "objections", [key]), ("get", "objection", [key, one]), ("post", "objection", [key, one]),
        ("get", "objection-letter", [key, one]), ("get", "objection-record", [key, one]),
        ("get", "objection-evidence", [key, one, 9]),
        ("post", "notice-down", [key, 1]), ("post", "award-list-amend", [key]),
    ]  # fmt: skip
    public = [
        ("get", "notice", [key]), ("get", "object", [key]), ("post", "object", [key]), ("get", "objection-status", [key]),
        ("post", "objection-status", [key]), ("get", "results-version", [key, 1]),
    ]  # fmt: skip
    named = {"office": office, "public": public}
    return {kind: [(method, reverse(name, args=args)) for method, name, args in rows] for kind, rows in named.items()}


def client_as(role: str) -> Client:
    client = Client()
    assert not role or client.login(username=role, password=DEMO_PASSWORD)
    return client


@pytest.mark.django_db
@pytest.mark.parametrize("role", ROLES)
def test_the_office_alone_reaches_objections_and_everyone_the_notice(role, objection):
    client, found = client_as(role), addresses(objection)
    before = Event.objects.count()
    for method, address in found["public"]:
        assert getattr(client, method)(address).status_code in (200, 422), (method, address)
    assert Event.objects.count() == before
    for method, address in found["office"]:
        status = getattr(client, method)(address).status_code
        if role == "organiser":
            assert status in ({404} if "evidence" in address or "letter" in address else {200, 302, 422}), address
        else:
            assert status == (404 if role else 302), (method, address, status)
    if role != "organiser":
        assert Event.objects.count() == before


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["school", "unit", "judge", "committee", ""])
@pytest.mark.parametrize("outcome", ["", ObjectionState.UPHELD])
def test_nobody_else_learns_who_objected_nor_that_somebody_did(role, outcome, objection):
    if outcome:
        office = User.objects.get(username="organiser")
        ruling = Ruling(outcome, "郑监督", "监督组组长", "情况属实，予以撤销。")
        decide_objection(objection=objection, ruling=ruling, by=office, at=timezone.now())
    client, secret = client_as(role), (NAME, CONTACT, REASON, objection.number, objection.key, "郑监督", PROOF)
    for address in pages_of(objection):
        answer = client.get(address, follow=True)
        shown = unescape(answer.content.decode(errors="replace"))
        assert not [word for word in secret if word in shown], address


def pages_of(objection: Objection) -> list[str]:
    contest, school = objection.contest, School.objects.get(roles__user__username="school")
    unit = District.objects.get(roles__user__username="unit")
    judge = Judge.objects.get(user__username="judge", contest=contest)
    award = Contest.objects.get(kind="award")
    by_contest = ("notice", "object", "objection-status", "results", "contest", "board", "log", "entries", "award-list",
                  "api-awards", "notices", "objections")  # fmt: skip
    return [
        "/", reverse("school", args=[school.key]), reverse("unit", args=[unit.key]), reverse("judge", args=[judge.key]),
        reverse("room", args=[award.key]), reverse("unit-prizes", args=[unit.key, contest.key]),
        reverse("proof-sheet", args=[contest.key, school.key]),
        reverse("entry", args=[contest.key, objection.entry.key]),
        *(reverse(name, args=[contest.key]) for name in by_contest),
    ]  # fmt: skip


@pytest.mark.django_db
def test_the_office_does_find_it(objection):
    client = client_as("organiser")
    page = reverse("objection", args=[objection.contest.key, objection.key])
    assert all(word in unescape(client.get(page).content.decode()) for word in (NAME, CONTACT, REASON))


@pytest.mark.django_db
def test_an_objection_is_found_in_its_own_contest_only(objection):
    other = Contest.objects.exclude(pk=objection.contest.pk).first()
    assert client_as("organiser").get(reverse("objection", args=[other.key, objection.key])).status_code == 404
    assert client_as("organiser").get(reverse("notice-version", args=[other.key, 1])).status_code == 404
