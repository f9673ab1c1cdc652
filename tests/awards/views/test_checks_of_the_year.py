"""The signed certificates of the demo year: every kind of them can be checked away from us."""

import pytest
import zxingcpp
from django.utils import timezone

from awards.models import Certificate
from awards.services.certificates import issue_certificates, print_certificates, verification_url
from competition.models import Contest
from tests.awards.pdf.reading import image
from tests.factories.signing import NOW, answer_of, downloaded, first_certificate
from verify.laurel_check import check, keys_of, read_list

pytestmark = pytest.mark.django_db


def test_signing_again_gives_the_same_code(demo_year):
    found = first_certificate()
    contest, before = found.contest, found.code
    Certificate.objects.filter(contest=contest).delete()
    issue_certificates(award_list=contest.award_lists.standing().get(), by=None, at=NOW)
    assert contest.certificates.get(serial=found.serial).code == before


def test_every_kind_of_the_demo_year_holds_offline(demo_year):
    found = read_list(downloaded(), {})
    keys = keys_of(found)
    valid = Certificate.objects.filter(state="valid").exclude(code="").select_related("contest")
    for kind in valid.order_by().values_list("kind", flat=True).distinct():
        one = valid.filter(kind=kind).first()
        told = check(one.code, keys, found, names=" ".join(one.recipients), today=timezone.now().date())
        assert (told.code, told.names, told.facts["number"]) == ("valid", "match", one.number), kind
        assert told.facts["of"] == one.contest.label_zh and told.facts["honour"]
    text = downloaded().decode()
    for hidden in (one.number, one.token, one.token.upper(), *one.recipients):
        assert hidden not in text


def test_symbols_of_a_whole_printing_decode(demo_year):
    contest = first_certificate().contest
    data = print_certificates([contest])
    codes = {verification_url(code) for code in contest.certificates.values_list("code", flat=True)}
    for number in (0, 7, 40):
        (found,) = zxingcpp.read_barcodes(image(data, number, scale=4))
        assert found.text in codes


def test_a_list_that_is_being_amended_leaves_its_certificates_open(demo_year):
    found = first_certificate()
    type(found.list).objects.filter(pk=found.list_id).update(state="superseded")
    assert answer_of(found.code)[0] == "open"
    assert answer_of(Certificate.objects.exclude(list=found.list).filter(state="valid").first().code)[0] == "valid"


def test_a_contest_without_codes_signs_nothing(demo_year):
    contest = Contest.objects.filter(has_verification=True, certificates__isnull=False).first()
    contest.certificates.all().delete()
    Contest.objects.filter(pk=contest.pk).update(has_verification=False)
    issue_certificates(award_list=contest.award_lists.standing().get(), by=None, at=NOW)
    assert set(contest.certificates.values_list("token", "code")) == {("", "")}
