"""No seal without somebody who authorised it, and none after that is withdrawn."""

import io
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from django.db import IntegrityError, transaction
from PIL import Image

from awards.models import CertificatePrint, SealUse, Templates
from awards.services.certificate_designs import standing_seals
from awards.services.printing import print_all, print_one, record_print
from awards.services.seal_pictures import seal_picture
from awards.services.seals import withdraw_seal
from awards.states import PrintedAs, SealKind
from competition import files
from competition.errors import Refused
from competition.models import Event, StoredFile
from tests.awards.pdf.reading import assert_sound, image, texts
from tests.factories.certifying import NOW, authorised, certified, saved, scanned_seal
from tests.factories.contests import bare_contest
from tests.factories.noticing import account, office_of

pytestmark = pytest.mark.django_db


def red(data: bytes) -> int:
    pixels = np.asarray(image(data, scale=1)).astype(int)[380:520, 150:700]
    return int(((pixels[..., 0] > 180) & (pixels[..., 1] < 90) & (pixels[..., 2] < 90)).sum())


def code_of(refused) -> str:
    return refused.value.denial.code


def test_without_a_word_nothing_is_sealed():
    contest = certified()
    office = office_of(contest)
    data = print_all(contest=contest, printed_as=PrintedAs.PLAIN, by=office, at=NOW)
    assert red(data) == 0
    with pytest.raises(Refused) as refused:
        print_all(contest=contest, printed_as=PrintedAs.SEALED, by=office, at=NOW)
    assert code_of(refused) == "no-seal"


def test_an_authorised_seal_is_printed_and_its_use_is_written_down():
    contest = certified()
    office = office_of(contest)
    seal = authorised(contest, office)
    event = Event.objects.latest("pk")
    assert event.action == "seal.authorised" and "周主任" not in str(event.body)
    data = print_all(contest=contest, printed_as=PrintedAs.SEALED, by=office, at=NOW)
    assert_sound(data)
    assert red(data) > 300
    row = CertificatePrint.objects.get()
    assert (row.seals, row.printed_as) == ([seal.key], "sealed")
    assert Event.objects.latest("pk").body["seals"] == [seal.key]
    assert data == print_all(contest=contest, printed_as=PrintedAs.SEALED, by=office, at=NOW)


def test_a_withdrawn_one_is_printed_no_more_and_stays_readable():
    contest = certified()
    office = office_of(contest)
    seal = authorised(contest, office)
    with pytest.raises(Refused) as refused:
        withdraw_seal(seal=seal, reason=" ", by=office, at=NOW)
    assert code_of(refused) == "seal-without-reason"
    withdraw_seal(seal=seal, reason="审批单作废", by=office, at=NOW)
    for do in (
        lambda: withdraw_seal(seal=seal, reason="再次", by=office, at=NOW),
        lambda: print_all(contest=contest, printed_as=PrintedAs.SEALED, by=office, at=NOW),
    ):
        with pytest.raises(Refused):
            do()
    assert standing_seals(contest).seals == {}
    assert authorised(contest, office).pk != seal.pk
    assert contest.seals.count() == 2


def test_a_seal_withdrawn_while_the_pages_are_made_is_not_given_out():
    contest = certified()
    office = office_of(contest)
    seal = authorised(contest, office)
    withdraw_seal(seal=seal, reason="审批单作废", by=office, at=NOW)
    with pytest.raises(Refused) as refused:
        record_print(contest=contest, certificate=None, printed_as="sealed", seals=[seal], by=office, at=NOW)
    assert code_of(refused) == "seal-withdrawn"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"authorised_by": " "}, "seal-unauthorised"),
        ({"document": ""}, "seal-unauthorised"),
        ({"name": " "}, "seal-unnamed"),
        ({"authorised_on": date(2026, 5, 7)}, "seal-in-future"),
        ({"kind": SealKind.SIGNATURE}, "seal-without-picture"),
        ({"wide": 14}, "seal-width"),
    ],
)
def test_an_authorisation_says_who_by_what_and_when(change, code):
    contest = certified()
    with pytest.raises(Refused) as refused:
        authorised(contest, office_of(contest), **change)
    assert code_of(refused) == code
    assert not SealUse.objects.exists()


def test_one_authorisation_stands_at_a_time_and_the_database_keeps_the_rules():
    contest = certified()
    office = office_of(contest)
    seal = authorised(contest, office)
    with pytest.raises(Refused) as refused:
        authorised(contest, office)
    assert code_of(refused) == "seal-twice"
    for change in ({"authorised_by": ""}, {"kind": "signature"}, {"kind": "wax"}, {"withdrawn_at": NOW}):
        with pytest.raises(IntegrityError), transaction.atomic():
            SealUse.objects.filter(pk=seal.pk).update(**change)
    seal.pk, seal.key = None, "x"
    with pytest.raises(IntegrityError), transaction.atomic():
        seal.save(force_insert=True)


def test_its_office_alone_authorises():
    contest, other = certified(), bare_contest(name="另一届", series="另一系列")
    stranger = account("stranger", kind="organiser", contest=other)
    with pytest.raises(Refused):
        authorised(contest, stranger)
    with pytest.raises(Refused):
        withdraw_seal(seal=authorised(contest, office_of(contest)), reason="x", by=stranger, at=NOW)
    assert contest.seals.standing().count() == 1


def test_a_scan_loses_its_paper_and_its_metadata_and_nothing_is_left_of_what_was_for_nothing(
    django_capture_on_commit_callbacks,
):
    taken_in = seal_picture(name="章.png", chunks=[scanned_seal()], at=NOW)
    with django_capture_on_commit_callbacks(execute=True), taken_in as picture:
        data = files.path_of(picture.sha256).read_bytes()
    assert b"metadata-secret" not in data and picture.media_type == "image/png"
    pixels = np.asarray(Image.open(io.BytesIO(data)))
    assert pixels.shape[2] == 4 and pixels[0, 0, 3] == 0, "paper is transparent"
    assert pixels.shape[0] < 230, "cut to its ink"
    assert (pixels[..., 3] > 200).any() and not StoredFile.objects.exists()
    assert not files.path_of(picture.sha256).exists()


def test_what_is_no_picture_of_a_seal_is_refused():
    plain, noise = io.BytesIO(), io.BytesIO()
    Image.new("RGB", (50, 50), "white").save(plain, "PNG")
    Image.new("RGB", (50, 50), (90, 120, 40)).save(noise, "PNG")
    for data, code in (
        (scanned_seal(kind="JPEG"), "seal-not-png"),
        (b"%PDF-1.4", "file-unfit"),
        (b"<svg onload='x'/>", "file-unfit"),
        (plain.getvalue(), "seal-blank"),
        (noise.getvalue(), "seal-not-clear"),
    ):
        with pytest.raises(Refused) as refused, seal_picture(name="x.png", chunks=[data], at=NOW):
            pass
        assert code_of(refused) == code
    assert not StoredFile.objects.exists()


def test_the_signature_of_the_mayor_stands_on_the_line_where_it_was_authorised():
    contest = certified()
    office = office_of(contest)
    saved(contest, office, replace(Templates(contest).of(""), signature="市长"))
    with seal_picture(name="签名.png", chunks=[scanned_seal()], at=NOW) as picture:
        authorised(contest, office, kind=SealKind.SIGNATURE, name="市长", picture=picture)
    plain = print_all(contest=contest, printed_as=PrintedAs.PLAIN, by=office, at=NOW)
    signed = print_all(contest=contest, printed_as=PrintedAs.SEALED, by=office, at=NOW)
    assert red(plain) == 0 < red(signed)
    assert "市长（签名）" in texts(plain)[0] and texts(plain)[0] == texts(signed)[0]


def test_one_certificate_is_printed_again_under_its_number_and_a_revoked_one_is_not():
    contest = certified()
    office = office_of(contest)
    one, other = contest.certificates.all()[:2]
    data = print_one(certificate=one, printed_as=PrintedAs.PLAIN, by=office, at=NOW)
    (said,) = texts(data)
    assert one.number in said and other.number not in said
    assert one.prints.get().number == 1
    assert data == print_one(certificate=one, printed_as=PrintedAs.PLAIN, by=office, at=NOW)
    contest.certificates.filter(pk=one.pk).update(state="revoked")
    one.refresh_from_db()
    with pytest.raises(Refused) as refused:
        print_one(certificate=one, printed_as=PrintedAs.PLAIN, by=office, at=NOW)
    assert code_of(refused) == "certificate-not-valid"
    assert one.prints.count() == 2
