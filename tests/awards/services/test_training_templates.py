"""Trainings of no contest have templates, seals and outputs as contests have; without a template nothing changes."""

import io
from dataclasses import replace
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from PIL import Image

from awards.core.certificate_template import ATTENDANCE, Template
from awards.models import CertificatePrint, CertificateTemplate, SealUse, Templates, Training
from awards.outputs.template_previews import Shown, calibration_page, participant_of, preview_png
from awards.pdf import certificates_pdf
from awards.services.attendance import certificates_of_attendance, page_of, printed
from awards.services.certificate_designs import designed
from awards.services.certificate_templates import follow_all_kinds, take_template
from awards.services.printing import print_attendance, record_attendance
from awards.services.seals import withdraw_seal
from awards.services.trainings import correct_participant, erase_training, issue_attendance, revoke_participant
from awards.states import PrintedAs
from competition.errors import Refused
from competition.events import first_broken
from competition.models import Event
from competition.services.papers import keep_paper
from tests.awards.pdf.reading import image, texts
from tests.awards.services.test_backgrounds import green, green_paper
from tests.awards.services.test_seals import red
from tests.awards.services.test_trainings import details_of
from tests.factories.certifying import NOW, authorised, saved
from tests.factories.contests import bare_contest
from tests.factories.noticing import account
from tests.factories.training import AT, called, issued, listed, office_account, training

pytestmark = pytest.mark.django_db
OWN = "{names}（{unit}）于{days}参加{training}，计{hours}学时。"


@pytest.fixture
def office():
    return office_account()


def all_of(made: Training) -> bytes:
    return certificates_of_attendance(made, printed(made))


def words(made: Training) -> str:
    return "".join(texts(all_of(Training.objects.get(pk=made.pk))))


def code_of(refused) -> str:
    return refused.value.denial.code


def test_without_a_template_the_design_of_the_product_stays_to_the_byte(office):
    made = issued()
    fixed = Template(
        design="classic", colours="gold-red", paper="A4 landscape", language="both", title="培训结业证书",
        title_en="Certificate of Completion", closing="", issuers=tuple(made.issuers), dates="chinese",
        line="扫描二维码可查验本证书 · Scan the code to check this certificate", is_line_on=True,
    )  # fmt: skip
    by_hand = certificates_pdf(
        designed(fixed, made.dated_on), [page_of(made, one, fixed) for one in printed(made)], at=AT.replace(hour=0, day=11),
        title=f"{made.label_zh} · 培训结业证书", author="、".join(made.issuers),
    )  # fmt: skip
    assert all_of(made) == by_hand
    saved(bare_contest(name="别的"), office, Template(title="奖状", design="ink"))
    assert all_of(made) == by_hand, "a contest's template is its own"
    assert print_attendance(training=made, printed_as=PrintedAs.PLAIN, by=office, at=AT) == by_hand


def test_the_office_has_one_template_in_versions_and_for_attendance_alone(office):
    made = issued()
    before, count = all_of(made), Event.objects.count()
    first = saved(None, office, replace(ATTENDANCE, design="science"), "attendance")
    assert (first.contest, first.version, Event.objects.count()) == (None, 1, count + 1)
    assert saved(None, office, first.template, "attendance") == first, "nothing differs"
    assert all_of(made) != before and words(made).count("考核合格") == 2
    saved(None, office, ATTENDANCE, "attendance")
    assert all_of(made) == before
    assert Event.objects.latest("pk").chain.contest is None and first_broken(None) is None
    back = take_template(contest=None, kind="attendance", source=first, base=2, by=office, at=AT)
    assert (back.version, back.template.design) == (3, "science")
    with pytest.raises(Refused) as refused:
        saved(None, office, ATTENDANCE, "attendance", base=2)
    assert code_of(refused) == "template-changed"
    with pytest.raises(Refused) as refused:
        follow_all_kinds(contest=None, kind="attendance", base=3, by=office, at=AT)
    assert code_of(refused) == "template-not-own"


@pytest.mark.parametrize("wrong", [{"kind": ""}, {"kind": "author"}, {"version": 1}])
def test_the_database_knows_what_the_office_may_have(office, wrong):
    saved(None, office, ATTENDANCE, "attendance")
    values = {"contest": None, "kind": "attendance", "version": 2, "body": {"is_line_on": True}, "made_at": AT}
    with pytest.raises(IntegrityError), transaction.atomic():
        CertificateTemplate.objects.create(**values | wrong)


def test_a_template_of_the_office_reaches_no_training_of_a_contest_and_the_other_way_round(office):
    contest = bare_contest(name="一届")
    mine, theirs = issued(), issued(contest)
    before = all_of(mine), all_of(theirs)
    saved(None, office, replace(ATTENDANCE, design="modern"), "attendance")
    after = all_of(mine), all_of(theirs)
    assert (after[0] != before[0], after[1] == before[1]) == (True, True)
    saved(contest, office, replace(ATTENDANCE, design="ink"), "attendance")
    assert (all_of(mine) == after[0], all_of(theirs) != after[1]) == (True, True)


@pytest.mark.parametrize("is_of_contest", [False, True])
def test_what_was_issued_keeps_its_words_whatever_is_saved_later(office, is_of_contest):
    contest = bare_contest(name="一届") if is_of_contest else None
    before = issued(contest)
    said = words(before)
    row = saved(contest, office, replace(ATTENDANCE, texts={"attendance.zh": OWN}, language="zh"), "attendance")
    assert words(before) == said, "issued before there was a template"
    own = issued(contest)
    assert "甲一丁（东区小学）于2026年5月8日至10日参加" in words(own) and "Thisistocertify" not in words(own)
    assert Event.objects.filter(action="attendance.issued").latest("pk").body["template"] == row.key
    said = words(own)
    saved(contest, office, replace(ATTENDANCE, texts={"attendance.zh": "{names}来过。"}, design="ink"), "attendance")
    assert words(own) == said
    later = listed(own, [["丁三", "东区小学", "", "", ""]])
    issue_attendance(training=later, by=None, at=AT)
    assert "丁三（东区小学）于" in words(own) and "丁三来过" not in words(own)
    fresh = issued(contest)
    assert "甲一丁来过。" in words(fresh)


def test_a_corrected_certificate_has_the_words_of_its_training(office):
    saved(None, office, replace(ATTENDANCE, texts={"attendance.zh": OWN}), "attendance")
    made = issued()
    saved(None, office, replace(ATTENDANCE, texts={"attendance.zh": "{names}来过。"}), "attendance")
    one = called(made, "甲一丁")
    correct_participant(participant=one, details=details_of(one, name="甲一"), reason="错字", by=None, at=AT)
    assert "甲一（东区小学）于" in words(made) and "来过" not in words(made)


def test_trainings_of_a_contest_issued_before_keep_the_words_of_the_template_that_was_in_force(office):
    contest, bare = bare_contest(name="一届"), bare_contest(name="二届", series="另一系列")
    made, other, fresh = issued(contest), issued(bare), listed(training(contest))
    row = saved(contest, office, replace(ATTENDANCE, texts={"attendance.zh": OWN}))
    import_module("awards.migrations.0019_trainings_keep_their_words").name_their_version(apps, None)
    assert Training.objects.get(pk=made.pk).template == row and OWN[-3:-1] in words(made)
    assert {one.template for one in Training.objects.filter(pk__in=[other.pk, fresh.pk])} == {None}


def test_the_background_is_printed_where_it_is_the_design_and_never_on_its_own_paper(office):
    made = issued()
    paper = keep_paper(name="x.pdf", chunks=[green_paper("pdf")], at=NOW)
    saved(None, office, replace(ATTENDANCE, prints_background=True), "attendance", background=paper)
    data = all_of(made)
    assert data == all_of(made) and green(image(data, scale=1)) > 10_000
    stock = print_attendance(training=made, printed_as=PrintedAs.STOCK, by=office, at=AT)
    assert green(image(stock, scale=1)) == 0
    assert "培训结业证书" not in "".join(texts(stock)) and "2026-PX01-0001" in texts(stock)[0]


def test_a_seal_is_printed_where_the_office_itself_was_allowed_to(office):
    made, contest = issued(), bare_contest(name="一届")
    authorised(contest, office, name="东州市科学技术协会")
    with pytest.raises(Refused) as refused:
        print_attendance(training=made, printed_as=PrintedAs.SEALED, by=office, at=AT)
    assert code_of(refused) == "no-seal", "that seal is the contest's"
    seal = authorised(None, office, name="东州市科学技术协会")
    assert Event.objects.latest("pk").action == "seal.authorised" and Event.objects.latest("pk").chain.contest is None
    data = print_attendance(training=made, printed_as=PrintedAs.SEALED, by=office, at=AT)
    assert red(data) > 300 and red(all_of(made)) == 0
    row = CertificatePrint.objects.get()
    assert (row.training, row.contest, row.seals, row.number) == (made, None, [seal.key], 2)
    event = Event.objects.latest("pk")
    assert (event.action, event.body["seals"], event.body["as"]) == ("certificates.printed", [seal.key], "sealed")
    withdraw_seal(seal=seal, reason="审批单作废", by=office, at=AT)
    with pytest.raises(Refused) as refused:
        record_attendance(
            training=made, participant=None, number=2, printed_as="sealed", seals=[seal], by=office, at=AT
        )
    assert code_of(refused) == "seal-withdrawn"
    with pytest.raises(Refused):
        print_attendance(training=made, printed_as=PrintedAs.SEALED, by=office, at=AT)


def test_a_seal_of_the_office_is_allowed_once_at_a_time(office):
    seal = authorised(None, office)
    with pytest.raises(Refused) as refused:
        authorised(None, office)
    assert code_of(refused) == "seal-twice"
    again = {field.attname: getattr(seal, field.attname) for field in SealUse._meta.concrete_fields}
    with pytest.raises(IntegrityError), transaction.atomic():
        SealUse.objects.create(**again | {"id": None, "key": "b" * 26})
    withdraw_seal(seal=seal, reason="作废", by=office, at=AT)
    assert authorised(None, office).key != seal.key


def test_a_training_of_a_contest_is_sealed_by_what_its_contest_was_allowed(office):
    contest = bare_contest(name="一届")
    made = issued(contest)
    authorised(None, office, name="东州市科学技术协会")
    with pytest.raises(Refused):
        print_attendance(training=made, printed_as=PrintedAs.SEALED, by=office, at=AT)
    seal = authorised(contest, office, name="东州市科学技术协会")
    one = called(made, "乙二丙")
    data = print_attendance(training=made, participant=one, printed_as=PrintedAs.SEALED, by=office, at=AT)
    assert red(data) > 300 and len(texts(data)) == 1
    assert CertificatePrint.objects.get().participant == one and CertificatePrint.objects.get().seals == [seal.key]
    assert Event.objects.latest("pk").chain.contest == contest


def test_what_does_not_count_or_has_no_names_any_more_is_not_printed(office):
    made, bare = issued(), listed(training())
    one = called(made, "甲一丁")
    revoke_participant(participant=one, reason="误", by=None, at=AT)
    one.refresh_from_db()
    for of, code in (
        ({"training": made, "participant": one}, "certificate-not-valid"),
        ({"training": bare}, "nobody-issued"),
    ):
        with pytest.raises(Refused) as refused:
            print_attendance(**of, printed_as=PrintedAs.PLAIN, by=office, at=AT)
        assert code_of(refused) == code
    Training.objects.filter(pk=made.pk).update(erase_on="2026-05-12")
    erase_training(training=made, by=None, at=AT)
    with pytest.raises(Refused) as refused:
        record_attendance(training=made, participant=None, number=1, printed_as="plain", seals=[], by=office, at=AT)
    assert code_of(refused) == "training-erased"
    assert not CertificatePrint.objects.exists()


@pytest.mark.parametrize("of", ["nothing", "both", "participant"])
def test_a_print_is_of_a_contest_or_of_a_training(of):
    contest, made = bare_contest(name="一届"), issued()
    values = {
        "nothing": {}, "both": {"contest": contest, "training": made},
        "participant": {"contest": contest, "participant": called(made, "甲一丁")},
    }  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        CertificatePrint.objects.create(**values[of], printed_as="plain", number=1, at=AT)


def test_the_office_of_the_installation_alone_designs_and_seals_for_its_trainings(office):
    contest = bare_contest(name="一届")
    stranger = account("stranger", kind="organiser", contest=contest)
    made, seal = issued(), authorised(None, office)
    ours = saved(None, office, replace(ATTENDANCE, design="ink"), "attendance")
    for do in (
        lambda: saved(None, stranger, ATTENDANCE, "attendance"),
        lambda: take_template(contest=contest, kind="", source=ours, base=0, by=stranger, at=AT),
        lambda: authorised(None, stranger, name="别的"),
        lambda: withdraw_seal(seal=seal, reason="x", by=stranger, at=AT),
        lambda: print_attendance(training=made, printed_as=PrintedAs.PLAIN, by=stranger, at=AT),
    ):
        with pytest.raises(Refused):
            do()
    theirs = saved(contest, stranger, replace(ATTENDANCE, design="modern"), "attendance")
    copied = take_template(contest=None, kind="attendance", source=theirs, base=1, by=office, at=AT)
    assert (copied.version, Templates(None).of("attendance").design) == (2, "modern")
    assert take_template(contest=contest, kind="", source=ours, base=0, by=office, at=AT).template.design == "ink"


def test_the_preview_is_of_the_longest_name_and_the_longest_unit_of_that_list():
    long_name, long_unit = "阿卜杜拉·买买提江", "东州市实验小学教育集团南校区科技创新教育中心"
    made = issued(
        rows=[["甲一丁", "东区小学", "", "", ""], [long_name, "甲校", "", "", ""], ["乙二", long_unit, "", "", ""]]
    )
    issued(rows=[["欧阳" * 20, "学校" * 20, "", "", ""]])
    _, real = participant_of(None, Shown("attendance", made))
    _, longest = participant_of(None, Shown("attendance", made, is_longest=True))
    assert (real.name, real.unit) == ("甲一丁", "东区小学")
    assert (longest.name, longest.unit) == (long_name, long_unit)
    revoke_participant(participant=called(made, long_name), reason="误", by=None, at=AT)
    assert participant_of(None, Shown("attendance", made, is_longest=True))[1].name == "甲一丁"
    assert called(made, "甲一丁").unit == "东区小学", "nothing was written"


@pytest.mark.parametrize("design", ["classic", "science", "modern", "ink"])
def test_each_design_has_a_preview_of_a_list_and_of_an_invented_one(design):
    made = issued()
    for shown in (
        Shown("attendance", made, is_longest=True),
        Shown("attendance"),
        Shown("attendance", is_longest=True),
    ):
        data = preview_png(None, shown, replace(ATTENDANCE, design=design), None, PrintedAs.PLAIN)
        assert Image.open(io.BytesIO(data)).size == (1100, 778)
    data = calibration_page(None, Shown("attendance", made, is_longest=True), replace(ATTENDANCE, design=design))
    assert data == calibration_page(
        None, Shown("attendance", made, is_longest=True), replace(ATTENDANCE, design=design)
    )
    assert "甲一丁" not in texts(data)[0]


def test_the_editor_of_a_contest_begins_with_what_its_trainings_are_printed_in():
    assert Templates(bare_contest(name="一届")).of("attendance") == ATTENDANCE
