"""One file for each certificate: whose they are, what they are called, and that nothing old is handed out."""

import hashlib
import io
import os
import random
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.demo.accounts import DEMO_PASSWORD
from awards.models import Certificate
from awards.services.certificate_pack import KIND, items, make, names, terms
from awards.services.certificates import issue_certificates, print_certificates
from awards.services.lists import lock_list, standing_list
from awards.services.plans import save_plan
from awards.services.running import decide
from awards.states import CertificateState
from competition.models import AccessRecord, Contest, Job, User
from competition.services import jobs
from competition.states import JobState
from tests.factories.contests import plan_groups, small_contest
from tests.factories.long_work import killed_again_and_again
from tests.factories.noticing import NOW, office_of
from tests.factories.servers import pointed_at, scratch_sqlite

IS_LONG = bool(os.environ.get("LAUREL_DRILL"))
KILLS, COUNT = (20, 1000) if IS_LONG else (2, 200)
pytestmark = pytest.mark.django_db


@pytest.fixture
def past(demo_year: Any, settings: Any, tmp_path: Path) -> Contest:
    settings.MEDIA_ROOT = tmp_path
    return Contest.objects.get(belongs_to=None, state="published", delegation=None)


def client_of(role: str) -> Client:
    client = Client()
    assert not role or client.login(username=role, password=DEMO_PASSWORD)
    return client


def begun(client: Client, contest: Contest) -> Any:
    return client.post(reverse("job-begin", args=[contest.key, KIND]))


def packed(client: Client, contest: Contest) -> zipfile.ZipFile:
    job = Job.objects.get(contest=contest, state=JobState.DONE)
    answer = client.get(reverse("job-file", args=[contest.key, job.key]))
    assert answer.status_code == 200
    return zipfile.ZipFile(io.BytesIO(answer.getvalue()))


def test_many_are_made_with_as_many_questions_as_one(past) -> None:
    keys = items(past)
    asked = {}
    for most in (1, 20):
        with CaptureQueriesContext(connection) as found:
            made = make(past, keys[:most])
        asked[most] = len(found)
        assert len(set(made)) == most
    assert asked[1] == asked[20]
    one = past.certificates.get(pk=keys[0])
    assert make(past, keys[:1]) == [print_certificates([past], wanted=[one])]


def test_the_office_gets_each_valid_certificate_once_by_unit_and_school(past, monkeypatch) -> None:
    monkeypatch.setattr("competition.views.jobs.AT_ONCE", 10_000)
    client = client_of("organiser")
    assert begun(client, past).status_code == 302
    with packed(client, past) as pack:
        found = pack.namelist()
        valid = past.certificates.filter(state=CertificateState.VALID)
        assert Counter(Path(name).stem for name in found) == Counter(valid.values_list("number", flat=True))
        one = valid.filter(kind="author").first()
        [name] = names(past, [one.pk])
        assert name.split("/")[:2] == [one.work.entry.school.district.label_zh, one.work.entry.school.name]
        text = pypdfium2.PdfDocument(pack.read(name))[0].get_textpage().get_text_bounded()
        assert one.number in text
        people = {person for row in valid for person in row.recipients if row.kind in ("author", "tutor")}
        assert not any(person in name for person in people for name in found)
    assert AccessRecord.objects.filter(what=KIND).exists()


@pytest.mark.parametrize("role", ["school", "unit", "judge", "committee", ""])
def test_nobody_else_reaches_long_work(past, role) -> None:
    job = Job.objects.create(contest=past, about=past.pk, kind=KIND, made_at=past.as_of, total=1)
    client = client_of(role)
    answers = [begun(client, past)]
    for name, method in (("job", "get"), ("job-file", "get"), ("job-cancel", "post"), ("job-resume", "post")):
        answers.append(getattr(client, method)(reverse(name, args=[past.key, job.key])))
    assert {one.status_code for one in answers} == ({404} if role else {302})
    assert list(Job.objects.values_list("state", flat=True)) == [JobState.QUEUED]


def test_a_job_is_not_found_in_another_contest_nor_one_of_an_unknown_kind(past) -> None:
    job = Job.objects.create(contest=past, about=past.pk, kind=KIND, made_at=past.as_of, total=1)
    other = Contest.objects.exclude(pk=past.pk).first()
    unknown = Job.objects.create(contest=past, about=past.pk, kind="unknown", made_at=past.as_of, total=1)
    client = client_of("organiser")
    assert client.get(reverse("job", args=[past.key, job.key])).status_code == 200
    assert client.get(reverse("job", args=[other.key, job.key])).status_code == 404
    assert client.get(reverse("job", args=[past.key, unknown.key])).status_code == 404
    assert client.get(reverse("job-file", args=[past.key, job.key])).status_code == 403


def test_a_large_pack_waits_for_a_worker_and_is_cancelled_and_begun_anew(past, monkeypatch) -> None:
    monkeypatch.setattr("competition.views.jobs.AT_ONCE", 0)
    client = client_of("organiser")
    page = client.get(begun(client, past).url)
    assert "hx-get" in page.content.decode()
    job = Job.objects.get()
    client.post(reverse("job-cancel", args=[past.key, job.key]))
    job.refresh_from_db()
    assert job.state == JobState.CANCELLED
    begun(client, past)
    assert Job.objects.count() == 2


def test_a_certificate_revoked_meanwhile_is_not_handed_out(past) -> None:
    office = User.objects.get(username="organiser")
    job = jobs.start_job(about=past, kind=KIND, by=office, at=past.as_of)
    before = terms(past)
    past.certificates.filter(pk=job.items.last().about).update(state=CertificateState.REVOKED)
    assert terms(past) != before
    taken = jobs.take(at=past.as_of)
    jobs.run_job(taken, now=lambda: past.as_of)
    job.refresh_from_db()
    assert (job.state, job.why) == (JobState.FAILED, "work-outdated")


def test_names_ask_no_more_for_many_than_for_three(past, django_assert_num_queries) -> None:
    keys = list(past.certificates.values_list("pk", flat=True))
    with django_assert_num_queries(1):
        names(past, keys[:3])
    with django_assert_num_queries(1):
        names(past, keys)


@pytest.mark.drill
def test_a_worker_killed_again_and_again_makes_each_certificate_once(tmp_path) -> None:
    chance = random.Random(int(os.environ.get("LAUREL_SEED", "7")))
    with scratch_sqlite(tmp_path) as url, pointed_at(url):
        contest = certified(COUNT)
        job = jobs.start_job(about=contest, kind=KIND, by=office_of(contest), at=NOW)
        killed_again_and_again(job, url, tmp_path, kills=KILLS, chance=chance, at=NOW)
        assert (job.state, job.done, job.total) == (JobState.DONE, COUNT, COUNT)
        with zipfile.ZipFile(tmp_path / "media" / "jobs" / job.key / "pack.zip") as pack:
            numbers = Certificate.objects.values_list("number", flat=True)
            assert sorted(Path(name).stem for name in pack.namelist()) == sorted(numbers)
            made = [hashlib.sha256(pack.read(name)).hexdigest() for name in pack.namelist()]
        assert made == list(job.items.values_list("digest", flat=True))


def certified(count: int) -> Contest:
    made = small_contest({f"A{n}": (90, 90, 90) for n in range(count)})
    save_plan(contest=made.contest, groups=plan_groups(made, count), reason="全部", by=None, at=NOW)
    decide(contest=made.contest, by=None, at=NOW)
    lock_list(contest=made.contest, by=None, at=NOW)
    issue_certificates(award_list=standing_list(made.contest), by=None, at=NOW)
    return made.contest
