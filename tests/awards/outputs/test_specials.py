"""Special prizes on papers and pages: a section of their own, masked like all others; in the bundle without names."""

from datetime import timedelta
from html import unescape
from io import BytesIO

import openpyxl
import pypdfium2
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from awards.models import Certificate
from awards.outputs.bundle import bundle_of
from awards.outputs.bundle.comparing import differences
from awards.outputs.explanations import explanation_of, explanation_pdf
from awards.outputs.figures import report
from awards.outputs.history import public_versions
from awards.outputs.notice_paper import notice_pdf
from awards.outputs.papers import award_list_pdf
from awards.outputs.tables import award_list_xlsx
from awards.services.certificates import issue_certificates
from awards.services.lists import lock_list, publish_list, standing_list
from awards.services.notices import open_notice
from awards.services.specials import take_special_back
from competition.models import Role, User
from competition.states import RoleKind
from tests.awards.services.test_specials import MINUTES, amend, give, named
from tests.factories.bundles import change, codes, notes, rows_of, said, tampered
from tests.factories.contests import AT
from tests.factories.moves import Moving, moving_contest
from tests.factories.replay import replayed
from verify.laurel_verify import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
@replayed
def moving() -> Moving:
    """A5 has no level prize, A1 has both; one more was taken back."""
    made = moving_contest()
    prize = named(made, 3, tracks=(made.made.tracks["创新"],))
    give(made, prize, "A5")
    give(made, prize, "A1")
    take_special_back(grant=give(made, prize, "A2"), by=made.office, at=AT)
    return made


def fixed(moving: Moving):
    made = lock_list(contest=moving.contest, by=moving.office, at=AT)
    moving.contest.refresh_from_db()
    return made


def text_of(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return "".join("".join(page.get_textpage().get_text_bounded() for page in document).split())


def seen(answer) -> str:
    return " ".join(unescape(strip_tags(answer.content.decode())).split())


def test_list_and_notice_on_paper_have_a_section_of_them(moving):
    made = fixed(moving)
    for paper in (award_list_pdf([made]), award_list_xlsx([made])):
        assert paper
    assert "知识产权专项奖IPPrize·市知识产权局（2）" in text_of(award_list_pdf([made]))
    sheet = openpyxl.load_workbook(BytesIO(award_list_xlsx([made])))["专项奖 Special prizes"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[2] for row in rows if row[0] == "知识产权专项奖"] == ["A1", "A5"]
    assert "另颁发专项奖2项" in report([made])
    day = timezone.now().astimezone(moving.contest.tz).date()
    notice = open_notice(
        contest=moving.contest, first=day, last=day + timedelta(days=3), by=moving.office, at=timezone.now()
    )
    assert "市知识产权局" in text_of(notice_pdf(notice, at=AT))
    public = Client()
    shown = seen(public.get(reverse("notice", args=[moving.contest.key])))
    assert "知识产权专项奖 · 市知识产权局" in shown
    assert "作品A5" in shown
    assert "学生A5" not in shown
    assert "作品A5" in seen(public.get(reverse("object", args=[moving.contest.key])))


def test_the_public_reads_them_masked_and_what_changed(moving):
    fixed(moving)
    publish_list(contest=moving.contest, by=moving.office, at=AT)
    public = Client()
    shown = seen(public.get(reverse("results", args=[moving.contest.key])))
    assert "知识产权专项奖 · 市知识产权局" in shown
    assert "学生A5" not in shown
    amend(moving)
    grant = moving.contest.special_prizes.get().grants.get(entry__number="A5")
    take_special_back(grant=grant, by=moving.office, at=AT)
    fixed(moving)
    publish_list(contest=moving.contest, by=moving.office, at=AT)
    [newest, _first] = public_versions(moving.contest)
    assert [(one.was, one.now) for one in newest.changes] == [("知识产权专项奖", "")]


def test_the_office_the_school_and_the_explanation_say_it(moving):
    made = fixed(moving)
    told = explanation_of(made, moving.made.entries["A5"], "score")
    assert told.specials == ("知识产权专项奖 · 市知识产权局",)
    assert MINUTES in told.why
    assert explanation_of(made, moving.made.entries["A5"], "prize").why == ""
    assert "知识产权专项奖" in text_of(explanation_pdf(told, at=AT))
    office = Client()
    office.force_login(moving.office)
    assert "知识产权专项奖 · 市知识产权局" in seen(office.get(reverse("award-list", args=[moving.contest.key])))
    assert "知识产权专项奖" in seen(office.get(reverse("explanation", args=[moving.made.entries["A5"].key])))
    issue_certificates(award_list=made, by=moving.office, at=AT)
    publish_list(contest=moving.contest, by=moving.office, at=AT)
    found = seen(office.get(reverse("certificates", args=[moving.contest.key]), {"q": "A5"}))
    assert "知识产权专项奖" in found
    school = moving.made.entries["A5"].school
    teacher = User.objects.create_user("teacher", name="老师")
    Role.objects.create(user=teacher, kind=RoleKind.SCHOOL, school=school)
    client = Client()
    client.force_login(teacher)
    assert "知识产权专项奖" in seen(client.get(reverse("school", args=[school.key])))
    Certificate.objects.filter(special__entry__number="A5").update(token="t" * 26)
    checked = seen(Client().get(reverse("certificate", args=["T" * 26])))
    assert "知识产权专项奖 · 市知识产权局" in checked
    assert "作品A5" in checked


def test_they_are_checked_again_from_a_bundle(moving):
    data = bundle_of(fixed(moving))
    assert said(data) == []
    assert verify(data).checked["specials"] == 2
    assert "specials-given" in notes(data)
    assert differences(data) == []
    for secret in ("知识产权", "纪要", "学生A5"):
        assert secret not in str(rows_of(data)["specials"]) + str(rows_of(data)["special_awards"])


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        (change("specials", 0, number=1), {"special-over", "link-differs"}),
        (change("specials", 0, tracks=["机器人"]), {"special-closed", "link-differs"}),
        (change("specials", 0, divisions=["高中"]), {"special-closed"}),
        (change("special_awards", 0, entry="A2"), {"special-unlogged", "special-missing", "link-differs"}),
        (change("special_awards", 0, minutes=""), {"special-unlogged"}),
        (change("special_awards", 0, minutes="hmac:0"), {"special-unlogged"}),
        (change("special_awards", 0, prize="x"), {"special-over", "special-closed"}),
        (change("special_awards", 0, entry="A9"), {"unknown"}),
        (lambda rows: rows["special_awards"].pop(), {"special-missing", "link-differs"}),
        (lambda rows: rows["special_awards"].append(dict(rows["special_awards"][0])), {"line-twice"}),
        (lambda rows: rows.pop("special_awards"), {"special-missing"}),
        (lambda rows: rows.pop("specials"), {"special-over", "link-differs"}),
    ],
)
def test_whatever_somebody_changes_of_them_is_found(moving, changed, found):
    assert found <= codes(tampered(bundle_of(fixed(moving)), changed))


def test_a_contest_without_them_has_none_in_its_bundle():
    made = moving_contest(majority="")
    assert not {"specials", "special_awards"} & set(rows_of(bundle_of(lock_list(contest=made.contest, by=None, at=AT))))


def test_the_page_names_gives_and_takes_back(moving):
    office = Client()
    office.force_login(moving.office)
    page = reverse("specials", args=[moving.contest.key])
    shown = seen(office.get(page))
    assert "2 / 3" in shown or "A5" in shown
    new = {"label_zh": "创新专项奖", "sponsor": "市科协", "number": "2"}
    assert office.post(page, new | {"number": "0"}).status_code == 422
    assert "创新专项奖" in office.post(page, new | {"number": "x"}).content.decode()
    assert office.post(page, new).status_code == 302
    prize = moving.contest.special_prizes.get(label_zh="创新专项奖")
    assert office.post(page, new).status_code == 422
    where = reverse("special-give", args=[moving.contest.key, prize.key])
    answer = office.post(where, {"entry": "A77", "minutes": "纪要九"})
    assert answer.status_code == 422
    assert "纪要九" in answer.content.decode()
    assert office.post(where, {"entry": "A3", "minutes": "纪要九"}).status_code == 302
    assert ("创新专项奖", "A3") in [(s.label_zh, s.entry.number) for s in standing_list(moving.contest).specials.all()]
    one = reverse("special", args=[moving.contest.key, prize.key])
    assert office.get(one).status_code == 200
    assert office.post(one, new | {"number": "3", "tracks": ["创新"]}).status_code == 302
    prize.refresh_from_db()
    assert (prize.number, [track.code for track in prize.tracks.all()]) == (3, ["创新"])
    key = moving.made.entries["A3"].key
    assert office.post(reverse("special-back", args=[moving.contest.key, prize.key, key])).status_code == 302
    assert office.post(reverse("special-drop", args=[moving.contest.key, prize.key])).status_code == 302
    assert office.get(one).status_code == 404


def test_the_office_page_of_an_entry_shows_its_special_prizes_and_their_certificates(moving):
    made = fixed(moving)
    issue_certificates(award_list=made, by=moving.office, at=AT)
    client = Client()
    client.force_login(moving.office)
    numbers = {one.special.entry.number: one.number for one in Certificate.objects.exclude(special=None)}
    for number in ("A1", "A5", "A2"):
        entry = moving.contest.entries.get(number=number)
        answer = client.get(reverse("entry", args=[moving.contest.key, entry.key]))
        page = unescape(strip_tags(answer.content.decode()))
        said = [one.label for one in answer.context["specials"]]
        assert len(said) == (number != "A2"), number
        assert all(one in page for one in said)
        assert (numbers[number] in page) if number in numbers else not said
