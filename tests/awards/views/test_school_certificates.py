"""A school downloads its own certificates, and nobody else's; only where and while the office lets it."""

import io
from typing import Any

import pypdfium2
import pytest
from django.db import connection
from django.db.models import Q
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from awards.demo.accounts import DEMO_PASSWORD
from awards.models import AwardList
from awards.services.by_school import homes_of
from awards.services.school_certificates import let_schools_download
from awards.states import CertificateState, ListState
from competition.models import AccessRecord, Contest, Event, Role, School, User
from tests.awards.pdf.reading import texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def past(demo_year: Any) -> Contest:
    found = Contest.objects.get(belongs_to=None, state="published", delegation=None)
    office = User.objects.get(username="organiser")
    let_schools_download(contest=found, is_let=True, by=office, at=timezone.now())
    found.refresh_from_db()
    return found


@pytest.fixture
def home() -> School:
    return Role.objects.get(user__username="school", kind="school").school


def client_of(role: str) -> Client:
    client = Client()
    assert not role or client.login(username=role, password=DEMO_PASSWORD)
    return client


def asked(role: str, contest: Contest, school: School) -> Any:
    return client_of(role).post(reverse("school-certificates", args=[contest.key, school.key]))


def test_a_school_gets_each_certificate_of_its_own_once_and_no_other(past, home) -> None:
    answer = asked("school", past, home)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="certificates.pdf"'
    pages = texts(answer.content)
    own = {one.number for at in homes_of(past) if at.name == home.name for one in at.certificates}
    assert len(own) == len(pages) > 1
    assert all(sum(number in page for page in pages) == 1 for number in own)
    assert AccessRecord.objects.filter(what=f"certificates of {home.key}").count() == 1


@pytest.mark.parametrize("role", ["judge", "committee", "school", ""])
def test_nobody_gets_those_of_another_school(past, home, role) -> None:
    other = School.objects.exclude(pk=home.pk).exclude(district=home.district).first()
    answer = asked(role, past, home if role in ("judge", "committee") else other)
    assert answer.status_code == (404 if role else 302)
    assert not AccessRecord.objects.filter(what__startswith="certificates of").exists()


def test_a_revoked_one_is_never_among_them(past, home) -> None:
    gone = past.certificates.filter(Q(award__entry__school=home), state=CertificateState.VALID).first()
    past.certificates.filter(pk=gone.pk).update(state=CertificateState.REVOKED)
    assert not any(gone.number in page for page in texts(asked("school", past, home).content))


def test_nothing_is_given_before_publication_while_amended_or_unless_let(past, home) -> None:
    office = User.objects.get(username="organiser")
    assert asked("school", past, home).status_code == 200
    lists = AwardList.objects.filter(contest=past, state=ListState.PUBLISHED)
    kept = list(lists.values_list("pk", flat=True))
    lists.update(state=ListState.SUPERSEDED)
    assert asked("school", past, home).status_code == 403
    AwardList.objects.filter(pk__in=kept).update(state=ListState.PUBLISHED)
    Contest.objects.filter(pk=past.pk).update(state="locked")
    assert asked("school", past, home).status_code == 403
    Contest.objects.filter(pk=past.pk).update(state="published")
    let_schools_download(contest=past, is_let=False, by=office, at=timezone.now())
    assert asked("school", past, home).status_code == 403


def test_the_school_sees_how_many_and_that_they_have_no_seal_only_where_the_office_lets_it(past, home) -> None:
    address = reverse("school", args=[home.key])
    door = reverse("school-certificates", args=[past.key, home.key])
    assert door in client_of("school").get(address).content.decode()
    page = client_of("organiser").post(reverse("certificates-schools", args=[past.key]), follow=True)
    assert page.status_code == 200
    assert door not in client_of("school").get(address).content.decode()
    assert Event.objects.filter(action="certificates.schools").count() == 2


@pytest.mark.parametrize("role", ["school", "unit", "judge", "committee", ""])
def test_the_office_alone_lets_schools(past, role) -> None:
    answer = client_of(role).post(reverse("certificates-schools", args=[past.key]))
    assert answer.status_code == (404 if role else 302)
    past.refresh_from_db()
    assert past.settings["school_certificates"]


def test_many_are_given_with_as_many_questions_as_few(past, home) -> None:
    client, counts = client_of("school"), []
    for _ in range(2):
        with CaptureQueriesContext(connection) as found:
            answer = client.post(reverse("school-certificates", args=[past.key, home.key]))
        counts.append((len(found), len(pypdfium2.PdfDocument(io.BytesIO(answer.content)))))
        mine = past.certificates.filter(Q(award__entry__school=home), state=CertificateState.VALID)
        past.certificates.filter(pk__in=list(mine.values_list("pk", flat=True)[2:])).update(state="revoked")
    assert counts[0][1] > counts[1][1] + 2
    assert counts[0][0] == counts[1][0]
