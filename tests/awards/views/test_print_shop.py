"""交印刷厂: each valid certificate once, under its own school, in the order of the hand-over sheet; and written down."""

import io
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.demo.accounts import DEMO_PASSWORD
from awards.models import CertificatePrint
from awards.services.by_school import homes_of
from awards.services.print_shop import FILE, KIND, options, print_run
from awards.services.seals import withdraw_seal
from awards.states import CertificateState
from competition.models import Contest, Event, Job, User
from competition.services import jobs
from competition.states import JobState
from tests.awards.pdf.reading import texts
from tests.factories.certifying import NOW, authorised, certified
from tests.factories.long_work import worked
from tests.factories.noticing import office_of

pytestmark = pytest.mark.django_db
ALL = options({"separators": "on"})
BARE = options({})


@pytest.fixture
def past(demo_year: Any) -> Contest:
    return Contest.objects.get(belongs_to=None, state="published", delegation=None)


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def begun(contest: Contest, office: User, **sent: str) -> Job:
    return jobs.start_job(about=contest, kind=KIND, options=options(sent), by=office, at=NOW)


def test_each_valid_certificate_stands_once_behind_the_page_of_its_school(past) -> None:
    pages = texts(print_run(past, ALL))
    expected: list[tuple[str, ...]] = []
    for home in homes_of(past):
        ones = home.certificates
        span = ones[0].number if len(ones) == 1 else f"{ones[0].number}，末份编号{ones[-1].number}"
        expected.append((home.name, f"共{len(ones)}份", span))
        expected += [(one.number,) for one in ones]
    total = past.certificates.filter(state=CertificateState.VALID).count()
    covers = len(pages) - len(expected)
    assert covers == 1
    assert f"共{total}份" in pages[0]
    for page, words in zip(pages[covers:], expected, strict=True):
        assert all("".join(word.split()) in page for word in words), (page, words)


def test_it_is_printed_before_the_publication_too() -> None:
    contest = certified()
    assert contest.state == "locked"
    pages = texts(print_run(contest, BARE))
    assert len(pages) == contest.certificates.count() > 0


def test_the_same_bytes_twice(past) -> None:
    assert print_run(past, ALL) == print_run(past, ALL)


def test_without_separators_there_are_certificates_alone(past) -> None:
    numbers = [one.number for home in homes_of(past) for one in home.certificates]
    pages = texts(print_run(past, BARE))
    assert len(pages) == len(numbers)
    assert all(number in page for number, page in zip(numbers, pages, strict=True))


def test_with_blank_backs_nothing_is_printed_on_the_back_of_anything(past) -> None:
    pages = texts(print_run(past, ALL | {"backs": True}))
    assert not any(pages[1::2])
    assert all(pages[0::2])


def test_a_revoked_one_is_not_printed(past) -> None:
    one = past.certificates.filter(state=CertificateState.VALID).last()
    past.certificates.filter(pk=one.pk).update(state=CertificateState.REVOKED)
    assert not any(one.number in page and "编号" in page and "共" not in page for page in texts(print_run(past, BARE)))


def test_many_are_printed_with_as_many_questions_as_few(past) -> None:
    asked = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as found:
            print_run(past, ALL)
        asked.append(len(found))
        few = past.certificates.filter(state=CertificateState.VALID).values_list("pk", flat=True)[:3]
        past.certificates.exclude(pk__in=list(few)).update(state=CertificateState.REVOKED)
    assert asked[0] == asked[1]


def test_the_office_gets_one_pdf_and_it_is_a_printing(past) -> None:
    client = Client()
    assert client.login(username="organiser", password=DEMO_PASSWORD)
    before = CertificatePrint.objects.count()
    answer = client.post(reverse("job-begin", args=[past.key, KIND]), {"separators": "on", "printed_as": "stock"})
    assert answer.status_code == 302
    job = Job.objects.get(kind=KIND)
    job = job if job.state == JobState.DONE else worked(job)  # over 200: a worker's
    answer = client.get(reverse("job-file", args=[past.key, job.key]))
    data = answer.getvalue()
    assert (answer.headers["Content-Type"], FILE in answer.headers["Content-Disposition"]) == ("application/pdf", True)
    total = past.certificates.filter(state=CertificateState.VALID).count()
    assert len(pypdfium2.PdfDocument(io.BytesIO(data))) > total
    row = CertificatePrint.objects.order_by("-pk").first()
    assert CertificatePrint.objects.count() == before + 1
    assert (row.printed_as, row.number, row.certificate, row.by.username) == ("stock", total, None, "organiser")
    assert Event.objects.filter(action="certificates.printed", chain__contest=past).exists()


def test_a_file_of_what_counts_no_more_is_not_given_out() -> None:
    office = office_of(contest := certified())
    job = worked(begun(contest, office))
    assert job.state == JobState.DONE
    client = Client()
    client.force_login(office)
    address = reverse("job-file", args=[contest.key, job.key])
    assert client.get(address).status_code == 200
    contest.certificates.filter(pk=contest.certificates.first().pk).update(state=CertificateState.REVOKED)
    assert client.get(address).status_code != 200


def test_a_seal_withdrawn_before_the_end_leaves_no_file_and_no_printing() -> None:
    office = office_of(contest := certified())
    seal = authorised(contest, office)
    job = begun(contest, office, printed_as="sealed")
    withdraw_seal(seal=seal, reason="换章", by=office, at=NOW)
    job = worked(job)
    assert (job.state, CertificatePrint.objects.count()) == (JobState.FAILED, 0)


def test_two_runs_with_other_choices_do_not_become_one() -> None:
    office = office_of(contest := certified())
    first = begun(contest, office)
    assert begun(contest, office).pk == first.pk
    with pytest.raises(jobs.Refused) as refused:
        begun(contest, office, separators="on")
    assert refused.value.denial.code == "work-under-way"
