"""Schools are told by mail of their certificates: how many and how, no names, what was shown and nothing else."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from awards.demo.accounts import DEMO_PASSWORD
from awards.services.school_certificates import let_schools_download
from awards.services.school_letters import COLLECT, DOWNLOAD, certificate_letters, numbers_of, why_not_be_told
from awards.services.telling_schools import tell_schools
from awards.states import CertificateState
from competition import parts
from competition.errors import Refused
from competition.models import Contest, Mail, Person, Role, School, User
from competition.states import MailState

pytestmark = pytest.mark.django_db
NOTE = "5月20日起到科协三楼领取。"


@pytest.fixture
def past(demo_year: Any, settings: Any) -> Contest:
    settings.MAIL_IS_SET_UP = True
    User.objects.filter(roles__kind="school").update(email="school@example.org")
    return Contest.objects.get(belongs_to=None, state="published", delegation=None)


def client_of(role: str) -> Client:
    client = Client()
    assert not role or client.login(username=role, password=DEMO_PASSWORD)
    return client


def told(contest: Contest, note: str = NOTE) -> list[Mail]:
    office = User.objects.get(username="organiser")
    shown = certificate_letters(contest, note).digest
    return tell_schools(contest=contest, note=note, shown=shown, by=office, at=timezone.now())


def test_the_mail_says_how_many_and_how_and_names_nobody(past) -> None:
    (mail,) = told(past)
    school = Role.objects.get(user__username="school", kind="school").school
    assert str(numbers_of(past)[school.pk]) in mail.body
    assert NOTE in mail.body and "http://" in mail.body
    assert not any(name in mail.body + mail.subject for name in Person.objects.values_list("name", flat=True))


def test_each_school_is_counted_as_its_own_page_counts(past) -> None:
    office = User.objects.get(username="organiser")
    let_schools_download(contest=past, is_let=True, by=office, at=timezone.now())
    school = Role.objects.get(user__username="school", kind="school").school
    page = client_of("school").get(reverse("school", args=[school.key]))
    (part,) = [one for one in page.context["parts"] if one.contest == past]
    assert part.certificates == numbers_of(past)[school.pk]
    assert sum(numbers_of(past).values()) <= past.certificates.filter(state=CertificateState.VALID).count()


def test_schools_whom_no_mail_reaches_are_named_to_the_office(past) -> None:
    post = certificate_letters(past)
    named = {school.pk for school, _ in post.without}
    assert len(named) + len(post.letters) == len(numbers_of(past))
    page = client_of("organiser").get(reverse("certificates-mail", args=[past.key])).content.decode()
    assert all(one.name in page for one in School.objects.filter(pk__in=named))


def test_what_was_shown_is_written_and_only_once(past) -> None:
    client, address = client_of("organiser"), reverse("certificates-mail", args=[past.key])
    page = client.post(address, {"note": NOTE})
    shown = page.context["post"].digest
    assert NOTE in page.content.decode() and not Mail.objects.exists()
    client.post(address, {"note": "其他", "shown": shown})
    assert not Mail.objects.exists()
    for _ in range(2):
        client.post(address, {"note": NOTE, "shown": shown})
    assert Mail.objects.count() == 1


def test_it_is_not_sent_where_it_is_not_true_any_more(past) -> None:
    (mail,) = told(past)
    assert mail.kind == COLLECT
    assert parts.why_not_get(mail, at=timezone.now()) is None
    let_schools_download(contest=past, is_let=True, by=User.objects.get(username="organiser"), at=timezone.now())
    mail.contest.refresh_from_db()
    assert why_not_be_told(mail, at=timezone.now())
    Mail.objects.filter(pk=mail.pk).update(state=MailState.CANCELLED)
    (mail,) = told(Contest.objects.get(pk=past.pk))
    assert mail.kind == DOWNLOAD
    assert why_not_be_told(mail, at=timezone.now()) is None
    past.certificates.update(state=CertificateState.REVOKED)
    assert why_not_be_told(mail, at=timezone.now())


def test_nothing_is_written_before_the_list_is_published(past) -> None:
    past.award_lists.update(state="superseded")
    with pytest.raises(Refused):
        told(past)


@pytest.mark.parametrize("role", ["school", "unit", "judge", "committee", ""])
def test_the_office_alone_writes_to_schools(past, role) -> None:
    for method in ("get", "post"):
        answer = getattr(client_of(role), method)(reverse("certificates-mail", args=[past.key]))
        assert answer.status_code == (404 if role else 302)


def test_many_schools_take_as_many_questions_as_few(past, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(8):
        certificate_letters(past)
    schools = [School.objects.get(pk=pk) for pk in numbers_of(past)]
    for place, one in enumerate(schools):
        user = User.objects.create(username=f"s{place}", email=f"s{place}@example.org")
        Role.objects.create(user=user, kind="school", school=one)
    with django_assert_max_num_queries(8):
        assert len(certificate_letters(past).letters) > len(schools)
