"""The pages of what is asked late: the school fills in and sees stars, the office reads in full and is written down."""

import io
import re
import zipfile
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from python_calamine import CalamineWorkbook

from awards.outputs.bundle import bundle_of, fixed_list
from awards.services.running import decide
from competition.models import AccessRecord, Entry, Event, LateAnswer, LateChoice, LateTerms
from competition.sealed import seal
from competition.states import RoleKind
from tests.factories.bundles import published
from tests.factories.contests import AT, small_contest
from tests.factories.entering import NOW, Open, open_contest, put
from tests.factories.late import (
    AFTER,
    DUE,
    ERASE,
    MAN,
    SECRET,
    WOMAN,
    answered,
    asked,
    consented,
    filled,
    going_up,
    jpeg,
    passed,
    person,
    terms,
)
from tests.factories.noticing import account, client_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_a_standing_hour():
    with time_machine.travel(NOW, tick=False) as moved:
        yield moved


@pytest.fixture
def made() -> Open:
    return open_contest()


def page_of(entry: Entry) -> str:
    return reverse("late-form", args=[entry.key])


def school(made: Open, name: str = "晴川一中") -> Client:
    return client_of(made[name])


def typed(entry: Entry, name: str = "林晓雨", **values) -> dict[str, object]:
    return {f"{person(entry, name).key}-{field}": value for field, value in values.items()}


def looks(what: str) -> int:
    return AccessRecord.objects.filter(what=what).count()


# ---- the school


def test_a_school_finds_it_under_its_entries_and_fills_it_in(made):
    entry = going_up(made)
    passed(made, "风车", authors=[{"name": "孙小", "grade": 5}])
    client = school(made)
    mine = client.get(reverse("school", args=[entry.school.key])).content.decode()
    assert mine.count("/late/") == 1
    assert page_of(entry) in mine
    form = client.get(page_of(entry)).content.decode()
    assert "用于上报省级竞赛。" in form
    assert "-id_number" not in form  # consent first
    people = [person(entry, name).key for name in ("林晓雨", "周老师")]
    client.post(reverse("late-consent", args=[entry.key]), {"people": people, "given_on": "2026-03-09"})
    form = client.get(page_of(entry)).content.decode()
    assert len(re.findall(r'name="\w{26}-id_number"', form)) == 1
    answer = client.post(page_of(entry), typed(entry, id_number=WOMAN, birth_date="2012-05-01", address=SECRET))
    assert answer.status_code == 302
    shown = client.get(page_of(entry)).content.decode()
    assert f"{WOMAN[:4]}**********{WOMAN[-4:]}" in shown
    assert WOMAN not in shown
    assert SECRET not in shown
    assert "2012-05" not in shown


def test_wrong_fields_are_named_and_what_was_typed_is_kept(made):
    entry = going_up(made)
    consented(made, entry)
    answer = school(made).post(page_of(entry), typed(entry, id_number="3.4E+17", address=SECRET))
    assert answer.status_code == 422
    text = answer.content.decode()
    assert SECRET in text
    assert "林晓雨" in text
    assert answer.headers["Cache-Control"] == "private, no-store" or "no-store" in answer.headers["Cache-Control"]
    assert not LateAnswer.objects.exists()
    answer = school(made).post(page_of(entry), typed(entry, birth_date="32 May"))
    assert answer.status_code == 422


def test_markup_in_a_value_stays_text(made):
    entry = going_up(made)
    consented(made, entry)
    answered(made, entry, address="<b>滁州市琅琊区某路")
    shown = school(made).get(page_of(entry)).content.decode()
    assert "&lt;b&gt;****" in shown
    assert "<b>*" not in shown


def test_without_anything_typed_nothing_changes(made):
    entry = filled(made)
    before = Event.objects.count()
    assert school(made).post(page_of(entry), {}).status_code == 302
    assert Event.objects.count() == before


@pytest.mark.parametrize("who", ["晴川二中", "西区", "stranger"])
def test_another_school_finds_nothing(made, who):
    entry = filled(made)
    client = client_of(made[who])
    assert client.get(page_of(entry)).status_code == 404
    assert client.post(page_of(entry), typed(entry, address="甲")).status_code == 404
    assert client.post(reverse("late-consent", args=[entry.key]), {}).status_code == 404
    assert client.post(reverse("late-withdraw", args=[entry.key, person(entry).key])).status_code == 404
    assert LateAnswer.objects.count() == 3


@pytest.mark.parametrize("kind", [RoleKind.JUDGE, RoleKind.COMMITTEE, RoleKind.REFEREE, RoleKind.APPROVER])
def test_a_judge_finds_nothing(made, kind):
    entry = filled(made)
    client = client_of(account("somebody", kind=kind, contest=made.contest))
    for name, method, of in addresses(entry):
        assert getattr(client, method)(reverse(name, args=of)).status_code == 404, name
    assert looks("late") == looks("late-photo") == 0


def addresses(entry: Entry) -> list[tuple[str, str, list[str]]]:
    contest, one = entry.contest.key, person(entry).key
    return [
        ("late", "get", [contest]), ("late-terms", "get", [contest]), ("late-terms", "post", [contest]),
        ("late-choose", "get", [contest]), ("late-choose", "post", [contest]), ("late-erase", "post", [contest]),
        ("late-list", "get", [contest]), ("late-photos", "get", [contest]),
        ("late-entry", "get", [contest, entry.key]), ("late-drop", "post", [contest, entry.key]),
        ("late-photo", "get", [contest, entry.key, one]), ("late-form", "get", [entry.key]),
        ("late-form", "post", [entry.key]), ("late-consent", "post", [entry.key]),
        ("late-withdraw", "post", [entry.key, one]),
    ]  # fmt: skip


def test_the_school_has_no_page_of_the_office(made):
    entry = filled(made)
    client = school(made)
    for name, method, of in addresses(entry):
        if name not in ("late-form", "late-consent", "late-withdraw"):
            assert getattr(client, method)(reverse(name, args=of)).status_code == 404, name


def test_an_entry_that_was_not_chosen_has_no_page(made):
    going_up(made)
    other = passed(made, "风车", authors=[{"name": "孙小", "grade": 5}])
    assert school(made).get(page_of(other)).status_code == 403
    assert client_of(made["office"]).get(reverse("late-entry", args=[other.contest.key, other.key])).status_code == 403


def test_a_consent_is_taken_back_on_the_page(made):
    entry = filled(made)
    answer = school(made).post(reverse("late-withdraw", args=[entry.key, person(entry).key]))
    assert answer.url == page_of(entry)
    assert not LateAnswer.objects.exists()


# ---- photos


def with_photo(made: Open) -> tuple[Entry, Client]:
    terms(made, author_fields=["photo"], tutor_fields=[])
    entry = going_up(made)
    consented(made, entry, "林晓雨", "赵一")
    return entry, school(made)


def upload(entry: Entry, data: bytes) -> dict[str, object]:
    return typed(entry, photo=SimpleUploadedFile("林晓雨.jpg", data, "image/jpeg"))


def test_a_photo_is_made_small_upright_and_bare_and_the_office_alone_sees_it(made):
    entry, client = with_photo(made)
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x013B] = 6, "CameraOfSomebody", "ArtistOfSomebody"
    picture = jpeg(1600, 1200, exif=exif)
    assert b"CameraOfSomebody" in picture
    assert client.post(page_of(entry), upload(entry, picture)).status_code == 302
    address = reverse("late-photo", args=[entry.contest.key, entry.key, person(entry).key])
    assert client.get(address).status_code == 404
    answer = client_of(made["host"]).get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert "no-store" in answer["Cache-Control"]
    found = Image.open(io.BytesIO(answer.content))
    assert (found.format, found.size, dict(found.getexif())) == ("JPEG", (600, 800), {})
    assert b"OfSomebody" not in answer.content
    assert looks("late-photo") == 1
    assert "img" not in client.get(page_of(entry)).content.decode().split("<main")[1].split("</main")[0]


def test_a_photo_is_no_file_anywhere(made, settings):
    entry, client = with_photo(made)
    before = set(settings.VAR_DIR.rglob("*"))
    client.post(page_of(entry), upload(entry, jpeg()))
    assert LateAnswer.objects.filter(field="photo").exists()
    assert set(settings.VAR_DIR.rglob("*")) == before


@pytest.mark.parametrize("data", [b"no picture", b"%PDF-1.4 x", jpeg()[:2000], b""])
def test_what_is_no_picture_is_refused_with_all_the_rest(made, data):
    entry, client = with_photo(made)
    terms_of = LateTerms.objects.get()
    assert terms_of.author_fields == ["photo"]
    answer = client.post(page_of(entry), upload(entry, data))
    assert answer.status_code == 422
    assert not LateAnswer.objects.exists()


# ---- the office


def test_the_office_says_what_is_asked_and_chooses(made):
    entry = passed(made)
    client = client_of(made["host"])
    assert client.get(reverse("late", args=[entry.contest.key])).status_code == 200
    said = {"author_fields": ["id_number"], "purpose": "上报", "due_on": DUE, "erase_on": DUE}
    address = reverse("late-terms", args=[entry.contest.key])
    assert client.post(address, said).status_code == 422
    assert client.post(address, said | {"erase_on": ERASE}).status_code == 302
    choose = reverse("late-choose", args=[entry.contest.key])
    assert entry.title in client.get(choose).content.decode()
    client.post(choose, {"entry": [entry.key]})
    assert LateChoice.objects.get().entry == entry
    assert entry.number in client.get(reverse("late", args=[entry.contest.key])).content.decode()
    client.post(reverse("late-drop", args=[entry.contest.key, entry.key]))
    assert not LateChoice.objects.exists()


def test_every_look_of_the_office_is_written_down(made):
    entry = filled(made)
    client = client_of(made["host"])
    of = [entry.contest.key]
    assert WOMAN not in client.get(reverse("late", args=of)).content.decode()
    assert looks("late") == 0
    for number in (1, 2):
        text = client.get(reverse("late-entry", args=[*of, entry.key])).content.decode()
        assert WOMAN in text
        assert SECRET in text
        assert looks("late") == number
    client.get(reverse("late-list", args=of))
    client.get(reverse("late-photos", args=of))
    assert (looks("late-details.xlsx"), looks("late-photos.zip")) == (1, 1)


def test_the_workbook_is_text_alone(made):
    entry = filled(made)
    answered(made, entry, "赵一", id_number=MAN, address="=1+1")
    answered(made, entry, "周老师", phone="05503012345")
    data = client_of(made["host"]).get(reverse("late-list", args=[entry.contest.key])).content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert [row[5] for row in rows[1:]] == ["林晓雨", "赵一", "周老师"]
    assert {type(cell) for row in rows for cell in row} == {str}
    assert [row[6] for row in rows[1:]] == [WOMAN, MAN, ""]
    assert rows[2][8] == "=1+1"
    assert rows[3][9] == "05503012345"
    sheet = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet


def test_photos_are_named_by_number_and_place(made):
    entry, client = with_photo(made)
    for name in ("林晓雨", "赵一"):
        client.post(page_of(entry), typed(entry, name, photo=SimpleUploadedFile("x.jpg", jpeg())))
    answer = client_of(made["host"]).get(reverse("late-photos", args=[entry.contest.key]))
    whole = zipfile.ZipFile(io.BytesIO(answer.content))
    assert whole.namelist() == [f"{entry.number}-1.jpg", f"{entry.number}-2.jpg"]
    assert Image.open(io.BytesIO(whole.read(whole.namelist()[0]))).size == (600, 800)


def test_what_does_not_go_up_any_more_is_not_taken_along(made):
    entry = put(filled(made), state="withdrawn")
    data = client_of(made["host"]).get(reverse("late-list", args=[entry.contest.key])).content
    assert len(CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()) == 1


def test_nobody_reads_from_the_day_on(made, at_a_standing_hour):
    entry = filled(made)
    at_a_standing_hour.move_to(AFTER)
    office, teacher = client_of(made["host"]), school(made)
    before = AccessRecord.objects.count()
    for name, of in (("late-list", []), ("late-photos", []), ("late-entry", [entry.key]), ("late-choose", []),
                     ("late-photo", [entry.key, person(entry).key])):  # fmt: skip
        assert office.get(reverse(name, args=[entry.contest.key, *of])).status_code == 403, name
    assert teacher.get(page_of(entry)).status_code == 403
    assert "/late/" not in teacher.get(reverse("school", args=[entry.school.key])).content.decode()
    assert AccessRecord.objects.count() == before + 1  # of the school's own page
    assert LateAnswer.objects.count() == 3
    page = office.get(reverse("late", args=[entry.contest.key]))
    assert page.status_code == 200
    assert office.post(reverse("late-erase", args=[entry.contest.key])).status_code == 302
    assert not LateAnswer.objects.exists()


def test_after_the_last_day_the_page_says_so(made, at_a_standing_hour):
    entry = filled(made)
    at_a_standing_hour.move_to(AFTER - timedelta(days=20))
    client = school(made)
    page = client.get(page_of(entry))
    assert page.status_code == 200
    assert "-id_number" not in page.content.decode()
    assert client.post(page_of(entry), typed(entry, address="甲")).status_code == 422


def test_another_secret_is_said_and_is_no_crash(made, settings):
    entry = filled(made)
    office, teacher = made["host"], made["晴川一中"]
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", []
    client = client_of(office)
    assert client.get(reverse("late-entry", args=[entry.contest.key, entry.key])).status_code == 200
    answer = client.get(reverse("late-list", args=[entry.contest.key]), follow=True)
    assert "SECRET_KEY_FALLBACKS" in answer.content.decode()
    assert not AccessRecord.objects.filter(what="late-details.xlsx").exists()
    teachers = client_of(teacher)
    assert teachers.get(page_of(entry)).status_code == 200
    assert teachers.post(page_of(entry), typed(entry, id_number=WOMAN)).status_code == 302


# ---- where it never stands


def test_no_address_and_no_file_name_says_who_it_is(made):
    entry = filled(made)
    for name, _method, of in addresses(entry):
        assert "林" not in reverse(name, args=of)
    for name in ("late-list", "late-photos"):
        answer = client_of(made["host"]).get(reverse(name, args=[entry.contest.key]))
        assert answer["Content-Disposition"] in (
            'attachment; filename="details.xlsx"',
            'attachment; filename="photos.zip"',
        )


def test_the_bundle_has_none_of_it():
    contest = small_contest().contest
    decide(contest=contest, by=None, at=AT)
    published(contest)
    entry = contest.entries.countable().first()
    author = entry.authors.first().person
    LateTerms.objects.create(contest=contest, **vars(asked()))
    choice = LateChoice.objects.create(entry=entry, at=AT)
    consent = choice.consents.create(person=author, given_on=DUE, at=AT)
    token = seal(WOMAN.encode(), of=contest.key)
    consent.answers.create(field="id_number", value=token, at=AT)
    whole = zipfile.ZipFile(io.BytesIO(bundle_of(fixed_list(contest))))
    said = b"".join(whole.read(name) for name in whole.namelist())
    assert WOMAN.encode() not in said
    assert token.encode() not in said
