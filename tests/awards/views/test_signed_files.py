"""Where an operator set a certificate up, files that go out as files are signed; elsewhere nothing is different."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from awards.checks import signing_of_files
from awards.demo.accounts import DEMO_PASSWORD
from awards.pdf.signature import PATIENCE_S
from awards.services.certificate_pack import KIND, WORK, items, make, terms
from awards.services.certificates import print_certificates
from awards.services.file_signatures import signing_now
from awards.services.printing import print_attendance
from awards.services.school_certificates import certificates_for, let_schools_download
from competition import parts
from competition.errors import Refused
from competition.models import LEASE, Contest, Job, Role, User
from competition.services import jobs
from competition.states import JobState
from tests.factories.file_signing import AUTHORITY, NONE, PASSPHRASE, SUBJECT, is_signed, owner, put_in_place
from tests.factories.training import issued, office_account

pytestmark = pytest.mark.django_db


@pytest.fixture
def past(demo_year: Any, settings: Any, tmp_path: Path) -> Contest:
    settings.MEDIA_ROOT = tmp_path / "media"
    return Contest.objects.get(belongs_to=None, state="published", delegation=None)


@pytest.fixture
def client() -> Client:
    client = Client()
    assert client.login(username="organiser", password=DEMO_PASSWORD)
    return client


def outgoing(client: Client, contest: Contest) -> dict[str, bytes]:
    """What goes out as a file; what goes to a printer is beside it."""
    one = contest.certificates.get(pk=items(contest)[0])
    url = reverse("certificate-print", args=[contest.key, one.key])
    office, home = User.objects.get(username="organiser"), Role.objects.get(user__username="school", kind="school")
    let_schools_download(contest=contest, is_let=True, by=office, at=timezone.now())
    contest.refresh_from_db()
    return {
        "pack": make(contest, [one.pk])[0],
        "one": client.post(url).content,
        "school": certificates_for(contest=contest, school=home.school, by=home.user, at=timezone.now()),
        "list": client.get(reverse("list-download", args=[contest.key, "award-list.pdf"])).content,
        "board": client.get(reverse("file", args=[contest.key, "award-list.pdf"])).content,
    }


def test_what_goes_out_as_a_file_is_signed_and_what_goes_to_a_printer_is_not(past, client, settings, tmp_path) -> None:
    before = outgoing(client, past)
    put_in_place(settings, tmp_path)
    after = outgoing(client, past)
    assert {name: is_signed(data) for name, data in before.items()} == dict.fromkeys(before, False)
    assert {name: is_signed(data) for name, data in after.items()} == dict.fromkeys(before, True)
    assert all(after[name].startswith(before[name]) for name in before)
    one = past.certificates.get(pk=items(past)[0])
    printed = client.post(reverse("certificate-print", args=[past.key, one.key]), {"printed_as": "stock"}).content
    everything = client.post(reverse("certificates-print", args=[past.key])).content
    assert not is_signed(printed) and not is_signed(everything)
    settings.PDF_SIGNING = ""
    assert outgoing(client, past) == before
    assert make(past, [one.pk]) == [print_certificates([past], wanted=[one])]


def test_one_certificate_of_a_training_is_signed_and_all_for_the_printer_are_not(settings, tmp_path) -> None:
    put_in_place(settings, tmp_path)
    made, who = issued(), {"by": office_account(), "at": timezone.now()}
    one = made.participants.first()
    ways = {
        "one": print_attendance(training=made, participant=one, printed_as="plain", **who),
        "stock": print_attendance(training=made, participant=one, printed_as="stock", **who),
        "all": print_attendance(training=made, printed_as="plain", **who),
    }
    assert {name: is_signed(data) for name, data in ways.items()} == {"one": True, "stock": False, "all": False}


def test_a_pack_says_why_it_stands_still_and_goes_on_with_a_new_certificate(
    past, client, settings, tmp_path, monkeypatch
) -> None:
    monkeypatch.setattr("competition.services.jobs.BATCH", 5)
    put_in_place(settings, tmp_path, owner(from_day=-90, to_day=1))
    keys = items(past)[:12]
    monkeypatch.setattr("awards.services.certificate_pack.items", lambda contest: keys)
    real, lived = jobs.make, []

    def until_the_day(job: Any, work: Any, batch: Any) -> None:
        if len(lived) == 1:
            put_in_place(settings, tmp_path, owner(from_day=-90, to_day=-1))
        lived.append(batch)
        real(job, work, batch)

    monkeypatch.setattr(jobs, "make", until_the_day)
    monkeypatch.setitem(parts._works, KIND, replace(WORK, items=lambda contest: keys))
    client.post(reverse("job-begin", args=[past.key, KIND]))
    job = Job.objects.get(kind=KIND)
    assert (job.state, job.done, job.why) == (JobState.FAILED, 5, "file-signing-expired")
    page = client.get(reverse("job", args=[past.key, job.key])).content.decode()
    assert "office.p12" in page and PASSPHRASE not in page
    put_in_place(settings, tmp_path, owner())
    client.post(reverse("job-resume", args=[past.key, job.key]))
    job = jobs.take(at=timezone.now()) or job
    jobs.run_job(job, now=timezone.now)
    job.refresh_from_db()
    assert (job.state, job.done) == (JobState.DONE, 12)
    with zipfile.ZipFile(io.BytesIO(jobs.pack_path(job).read_bytes())) as pack:
        assert len(pack.namelist()) == 12
        assert all(is_signed(pack.read(name)) for name in pack.namelist())


def test_a_signed_file_that_is_gone_is_made_again_and_one_that_was_changed_is_not_taken(
    past, settings, tmp_path
) -> None:
    put_in_place(settings, tmp_path)
    job = jobs.start_job(about=past, kind=KIND, by=User.objects.get(username="organiser"), at=timezone.now())
    job = jobs.take(at=timezone.now())
    work, some = jobs.known(KIND), list(job.items.all()[:2])
    jobs.make(job, work, some)
    jobs.item_path(job, some[0]).unlink()
    assert is_signed(jobs.bytes_of(job, work, some[0]))
    jobs.item_path(job, some[1]).write_bytes(b"%PDF-1.5")
    with pytest.raises(Refused):
        jobs.bytes_of(job, work, some[1])
    settings.PDF_SIGNING = ""
    with pytest.raises(Refused):
        jobs.bytes_of(job, work, some[0])


def test_a_worker_that_was_given_up_does_not_write_over_what_its_successor_signed(past, settings, tmp_path) -> None:
    put_in_place(settings, tmp_path)
    job = jobs.start_job(about=past, kind=KIND, by=User.objects.get(username="organiser"), at=timezone.now())
    late = jobs.take(at=timezone.now())
    work, some = jobs.known(KIND), list(job.items.all()[:2])
    after = timezone.now() + 2 * LEASE
    successor = jobs.take(at=after)
    jobs.make(successor, work, some)
    jobs.settle(successor, some, at=after)
    with pytest.raises(jobs.Lost):
        jobs.make(late, work, list(job.items.all()[:2]))
    assert is_signed(jobs.bytes_of(successor, work, some[0]))


def test_no_pack_mixes_signed_and_unsigned(past, settings, tmp_path) -> None:
    before = terms(past)
    put_in_place(settings, tmp_path)
    signed = terms(past)
    assert before != signed
    put_in_place(settings, tmp_path, owner(usage=NONE))
    assert terms(past) == signed
    settings.PDF_SIGNING = ""
    assert terms(past) == before


def test_a_batch_fits_into_a_lease_where_a_service_stamps_each(past, client, settings, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr("competition.views.jobs.AT_ONCE", 10_000)
    slowest_s = PATIENCE_S + 1
    assert WORK.batch(50) == 50
    settings.PDF_TIMESTAMPS = "http://127.0.0.1:9/"
    assert WORK.batch(50) == 50
    put_in_place(settings, tmp_path)
    assert WORK.batch(50) * slowest_s < LEASE.total_seconds()
    with pytest.raises(Refused) as refused:
        make(past, items(past)[:1])
    assert refused.value.denial.code == "file-signing-unstamped"
    client.post(reverse("job-begin", args=[past.key, KIND]))
    assert Job.objects.get(kind=KIND).state == JobState.QUEUED


def test_a_passphrase_where_its_file_should_be_named_is_shown_to_nobody(past, client, settings, tmp_path) -> None:
    put_in_place(settings, tmp_path)
    settings.PDF_SIGNING_PASSPHRASE = PASSPHRASE
    page = client.get(reverse("certificates", args=[past.key])).content.decode()
    assert "PDF_SIGNING_PASSPHRASE" in page and PASSPHRASE not in page
    assert PASSPHRASE not in str(signing_of_files(None)) and "PDF_SIGNING_PASSPHRASE" in str(signing_of_files(None))
    with pytest.raises(Refused) as refused:
        make(past, items(past)[:1])
    assert PASSPHRASE not in f"{refused.value} {refused.value.denial}"


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_page_says_by_whom_until_when_and_what_is_wrong(past, client, settings, tmp_path, language) -> None:
    client.cookies["language"] = language
    url = reverse("certificates", args=[past.key])
    with CaptureQueriesContext(connection) as asked:
        page = client.get(url).content.decode()
    assert SUBJECT not in page and "office.p12" not in page
    one = owner()
    put_in_place(settings, tmp_path, one)
    with CaptureQueriesContext(connection) as asked_now:
        page = client.get(url).content.decode()
    day = timezone.localtime(one.certificate.not_valid_after_utc).date().isoformat()
    assert SUBJECT in page and AUTHORITY in page and day in page
    assert len(asked_now) == len(asked)
    seen = set()
    for broken, passphrase in (
        (owner(to_day=-1, from_day=-9), PASSPHRASE),
        (owner(usage=None), PASSPHRASE),
        (owner(), ""),
    ):
        put_in_place(settings, tmp_path, broken)
        (tmp_path / "office.pass").write_text(passphrase)
        page = client.get(url).content.decode()
        with translation.override(language):
            said = signing_now(at=timezone.now()).denial
            assert said.message.split("。")[0].split(".")[0] in page
        assert PASSPHRASE not in page
        seen.add(said.code)
    assert seen == {"file-signing-expired", "file-signing-usage", "file-signing-unreadable"}


def test_a_single_certificate_that_cannot_be_signed_is_refused_with_the_reason_and_not_written_down(
    past, client, settings, tmp_path
) -> None:
    put_in_place(settings, tmp_path, owner(from_day=-9, to_day=-1))
    one = past.certificates.get(pk=items(past)[0])
    before = one.prints.count()
    for url, send in (
        (reverse("certificate-print", args=[past.key, one.key]), client.post),
        (reverse("list-download", args=[past.key, "award-list.pdf"]), client.get),
        (reverse("file", args=[past.key, "award-list.pdf"]), client.get),
    ):
        answer = send(url, follow=True)
        assert "office.p12" in answer.content.decode() and answer.redirect_chain
    assert one.prints.count() == before
    assert client.get(reverse("list-download", args=[past.key, "award-list.xlsx"])).status_code == 200


def checked() -> str:
    out = StringIO()
    call_command("check", stdout=out, stderr=out)
    return out.getvalue()


def test_the_server_says_at_start_what_is_wrong_and_starts_all_the_same(settings, tmp_path) -> None:
    assert "laurel.W" not in checked()
    put_in_place(settings, tmp_path)
    assert "laurel.W" not in checked()
    put_in_place(settings, tmp_path, owner(to_day=20))
    assert "laurel.W003" in checked()
    (tmp_path / "office.pass").chmod(0o644)
    assert "laurel.W004" in checked()
    for one in (owner(from_day=-9, to_day=-1), owner(usage=None), owner(bits=1024)):
        put_in_place(settings, tmp_path, one)
        assert "laurel.W002" in checked() and PASSPHRASE not in checked()
    put_in_place(settings, tmp_path)
    (tmp_path / "office.pass").write_text("wrong one")
    assert "laurel.W002" in checked() and "wrong one" not in checked()
    (tmp_path / "office.p12").unlink()
    assert "laurel.W002" in checked()


def test_without_the_setting_nothing_of_the_library_is_loaded() -> None:
    code = (
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'tests.settings'; import django; django.setup();"
        "import awards.views.certificates; from django.core.checks import run_checks; run_checks();"
        "print({'pyhanko', 'aiohttp', 'asn1crypto'} & set(sys.modules))"
    )
    answer = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert answer.stdout.strip() == "set()"
