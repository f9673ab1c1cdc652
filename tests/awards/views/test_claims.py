"""Pages of achievements with a document: sent by the school, checked by the office, seen by nobody else."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from awards.models import Achievement, Claim
from awards.services.claims import confirm_claim
from awards.views.claims import REASONS
from competition.models import AccessRecord, Contest, School, StoredFile, User
from tests.competition.inspection.samples import pdf
from tests.factories.contests import Made, small_contest
from tests.factories.elsewhere import award_of, bring, claim_of
from tests.factories.noticing import NOW, account, client_of, office_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Made:
    return small_contest()


@pytest.fixture
def school(made) -> School:
    return made.schools["东区", "晴川一中"]


@pytest.fixture
def award(made) -> Contest:
    return award_of(made, "学生A1")


@pytest.fixture
def office(award) -> User:
    return office_of(award)


@pytest.fixture
def teacher(school) -> User:
    return account("teacher", kind="school", school=school)


def send(client: Client, award: Contest, school: School, data: bytes = b"", **more):
    said = {"kind": "student", "name": "学生A1", "what": "prize", "said_of": "国际发明展", "level": "world",
            "prize": "first", "role": "author", "author_order": "1", "won_on": "2026-04-16",
            "paper": SimpleUploadedFile("学生A1的证书.pdf", data or pdf())}  # fmt: skip
    return client.post(reverse("school-claims", args=[award.key, school.key]), said | more)


def test_a_school_sends_a_document_and_the_office_confirms_it(award, school, teacher, office):
    assert send(client_of(teacher), award, school).status_code == 302
    claim, client = Claim.objects.get(), client_of(office)
    assert claim.person.name in client.get(reverse("claims", args=[award.key])).content.decode()
    assert client.get(reverse("claim", args=[award.key, claim.key])).status_code == 200
    client.post(reverse("claim-decide", args=[award.key, claim.key]), {"verdict": "confirmed"})
    assert Achievement.objects.get(claim=claim).level == "world"
    assert set(AccessRecord.objects.values_list("what", flat=True)) >= {"claim", "claims"}


def test_one_key_refuses_with_its_reason_and_the_school_reads_it(award, school, teacher, office):
    send(client_of(teacher), award, school)
    claim = Claim.objects.get()
    client_of(office).post(reverse("claim-decide", args=[award.key, claim.key]), {"because": "1"})
    claim.refresh_from_db()
    assert (claim.state, claim.reason) == ("refused", str(REASONS["1"]))
    page = client_of(teacher).get(reverse("school-claims", args=[award.key, school.key]))
    assert claim.reason in page.content.decode()


def test_a_refusal_without_a_reason_does_nothing(award, school, teacher, office):
    claim = claim_of(award, school, teacher)
    client_of(office).post(reverse("claim-decide", args=[award.key, claim.key]), {"verdict": "refused", "reason": ""})
    claim.refresh_from_db()
    assert claim.state == "to_check"


def test_the_document_goes_by_a_name_that_tells_nothing(award, school, teacher, office):
    send(client_of(teacher), award, school)
    answer = client_of(office).get(reverse("claim-paper", args=[award.key, Claim.objects.get().key]))
    assert answer.headers["Content-Disposition"] == 'inline; filename="document.pdf"'
    assert AccessRecord.objects.filter(what="claim-paper").exists()


def test_what_is_no_document_is_kept_nowhere(award, school, teacher):
    answer = send(client_of(teacher), award, school, b"MZ no document at all")
    assert answer.status_code == 422
    assert not Claim.objects.exists()
    assert not StoredFile.objects.exists()


def test_what_is_refused_leaves_no_file_behind(award, school, teacher):
    answer = send(client_of(teacher), award, school, won_on="2126-01-01")
    assert answer.status_code == 422
    assert not StoredFile.objects.exists()


def test_nobody_else_reaches_them(award, school, teacher, office, made):
    claim = claim_of(award, school, teacher)
    other = School.objects.create(name="别校", district=school.district)
    strangers = [account("other", kind="school", school=other), account("nobody")]
    theirs = [("school-claims", [award.key, school.key]), ("claim-paper", [award.key, claim.key])]
    offices = [("claims", [award.key]), ("claim", [award.key, claim.key]), ("claim-page", [award.key, claim.key, 1])]
    for user in strangers:
        for name, args in theirs + offices:
            assert client_of(user).get(reverse(name, args=args)).status_code == 404, name
    for name, args in offices:
        assert client_of(teacher).get(reverse(name, args=args)).status_code == 404, name
    assert client_of(teacher).post(reverse("claim-decide", args=[award.key, claim.key])).status_code == 404
    for name, args in theirs:
        assert Client().get(reverse(name, args=args)).status_code == 302, name
    assert client_of(office).get(reverse("claims", args=[made.contest.key])).status_code == 404


def test_an_award_in_its_set_up_is_nobodys_before_it_has_a_nominee_of_the_school(award, school, teacher):
    award.entries.update(school=None)
    page = reverse("school-claims", args=[award.key, school.key])
    assert client_of(teacher).get(page).status_code == 404
    assert page not in client_of(teacher).get(reverse("school", args=[school.key])).content.decode()
    Contest.objects.filter(pk=award.pk).update(state="entry")
    assert client_of(teacher).get(page).status_code == 200
    assert page in client_of(teacher).get(reverse("school", args=[school.key])).content.decode()


def test_the_nominees_page_tells_the_source_of_each(award, school, teacher, office, made):
    bring(made.contest, account("o2", kind="organiser", contest=made.contest))
    claim = confirm_claim(claim=claim_of(award, school, teacher), by=office, at=NOW)
    waiting = claim_of(award, school, teacher, said_of="另一项")
    page = client_of(office).get(reverse("entry", args=[award.key, award.entries.get().key])).content.decode()
    assert page.count("第三十二届省青少年科技创新大赛") == 2  # the prize, and the list it was read from
    for one in (claim, waiting):
        assert reverse("claim", args=[award.key, one.key]) in page
