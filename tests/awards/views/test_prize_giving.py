"""The prize-giving on one page, and its screen: nobody's name before the lock, every look kept."""

import pytest
from django.contrib.messages import get_messages
from django.db.models import Value
from django.db.models.functions import Concat
from django.test import Client
from django.urls import reverse

from awards.ceremony_style import NOBODY, CeremonyStyle, ceremony_style
from awards.services.ceremony import plan_ceremony
from awards.services.certificates import issue_certificates
from awards.services.lists import lock_list, standing_list
from competition.errors import Refused
from competition.models import AccessRecord, Contest, Event, User
from competition.services.contests import save_contest
from tests.factories.contests import AT, MINT, WHO, bare_contest, decided, details
from tests.factories.noticing import client_of, office_of
from tests.factories.sheets import small

pytestmark = pytest.mark.django_db
CHOSEN = {"alone": "contest-2", "names": "masked", "tables": "3", "rows": "6", "seats": "8", "front": "1",
          "seated": "both", "leaders": "1", "order": "called", "mail_sheet": "3x8"}  # fmt: skip


@pytest.fixture
def contest() -> Contest:
    return decided(small())


@pytest.fixture
def office(contest) -> User:
    return office_of(contest)


@pytest.fixture
def client(office) -> Client:
    return client_of(office)


def page(client, contest, name: str = "prize-giving") -> str:
    answer = client.get(reverse(name, args=[contest.key]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_nobody_stands_on_the_screen_before_the_list_is_locked(client, contest):
    assert "学生A" not in page(client, contest, "screen") and "学生A" not in page(client, contest)
    assert reverse("board", args=[contest.key]) in page(client, contest, "screen")
    assert not AccessRecord.objects.filter(what="screen").exists()
    assert reverse("screen", args=[contest.key]) not in page(client, contest)


def test_the_screen_has_every_winner_in_full_and_the_look_is_kept(client, contest, office):
    lock_list(contest=contest, by=None, at=AT)
    said = page(client, contest, "screen")
    assert all(f"学生A{at}" in said for at in range(1, 6)) and "学生A6" not in said
    assert "晴川一中" in said and "《作品A1》" in said
    assert said.index("三等奖") < said.index("二等奖") < said.index("一等奖")
    assert AccessRecord.objects.filter(user=office, what="screen").count() == 1
    assert reverse("screen", args=[contest.key]) in page(client, contest)


def test_every_slide_leads_on_without_scripts(client, contest):
    lock_list(contest=contest, by=None, at=AT)
    said = page(client, contest, "screen")
    slides = said.count('class="slide')
    for at in range(1, slides):
        assert f'id="s{at}"' in said and f'href="#s{at}"' in said
    assert f'href="#s{slides}"' not in said


def test_what_is_chosen_is_kept_in_the_log_and_on_the_screen(client, contest):
    lock_list(contest=contest, by=None, at=AT)
    for _ in range(2):
        assert client.post(reverse("prize-giving", args=[contest.key]), CHOSEN).status_code == 302
    contest.refresh_from_db()
    style = ceremony_style(contest)
    assert (style.alone, style.names) == ("contest-2", "masked")
    [event] = Event.objects.filter(action="ceremony.planned")
    assert set(event.body) == {"names", "tables", "style"}
    said = page(client, contest, "screen")
    assert "学＊＊＊" in said and "学生A" not in said


def test_nothing_wrong_is_saved(client, contest, office):
    answer = client.post(reverse("prize-giving", args=[contest.key]), {**CHOSEN, "names": "loud"})
    assert answer.status_code == 200 and "field-error" in answer.content.decode()
    for wrong in ({"tables": 0}, {"names": "loud"}, {"mail_sheet": "9x9"}):
        with pytest.raises(Refused) as refused:
            plan_ceremony(contest=contest, style=CeremonyStyle(**wrong), by=office, at=AT)
        assert refused.value.denial.code == "ceremony-unknown"
    contest.refresh_from_db()
    assert ceremony_style(contest) == CeremonyStyle()


def test_a_stranger_chooses_nothing(contest):
    stranger = User.objects.create_user("stranger")
    with pytest.raises(Refused):
        plan_ceremony(contest=contest, style=CeremonyStyle(alone=NOBODY), by=stranger, at=AT)
    assert not Event.objects.filter(action="ceremony.planned").exists()


def test_a_workbook_keeps_what_was_chosen_on_the_web():
    contest = bare_contest()
    contest.settings |= {"ceremony": CeremonyStyle(tables=7).stored}
    contest.save(update_fields=["settings"])
    again = save_contest(details=details(), mint=MINT, has_verification=False, **WHO)
    assert ceremony_style(again).tables == 7


def test_an_award_that_is_not_locked_is_named(client, contest):
    lock_list(contest=contest, by=None, at=AT)
    award = Contest.objects.create(
        series=contest.series, year=contest.year, label_zh="晴川市长奖", kind="award", belongs_to=contest, as_of=AT
    )
    assert "晴川市长奖" in page(client, contest)
    assert award.key in page(client, contest)


def got(client, contest, name: str):
    return client.get(reverse("ceremony-paper", args=[contest.key, name]))


def test_papers_of_certificates_wait_until_they_are_issued_and_each_is_recorded(client, contest, office):
    lock_list(contest=contest, by=None, at=AT)
    assert got(client, contest, "tables.pdf").status_code == got(client, contest, "none.pdf").status_code == 404
    issue_certificates(award_list=standing_list(contest), by=None, at=AT)
    assert got(client, contest, "tables.pdf")["Content-Type"] == "application/pdf"
    assert AccessRecord.objects.filter(user=office, what="prize-giving-tables.pdf").count() == 1
    assert reverse("ceremony-paper", args=[contest.key, "tables.pdf"]) in page(client, contest)


def test_a_name_that_no_font_has_is_said_on_the_page(client, contest):
    lock_list(contest=contest, by=None, at=AT)
    issue_certificates(award_list=standing_list(contest), by=None, at=AT)
    contest.certificates.update(number=Concat(Value("😀"), "number"))
    answer = got(client, contest, "tables.pdf")
    assert answer.status_code == 302 and "😀" in client.get(answer.url).content.decode()


def test_seats_wait_for_lock_and_hall_and_too_small_a_hall_is_said(client, contest):
    client.post(reverse("prize-giving", args=[contest.key]), CHOSEN)
    assert got(client, contest, "seats.pdf").status_code == 404
    lock_list(contest=contest, by=None, at=AT)
    assert got(client, contest, "seats.pdf").status_code == 200
    client.post(reverse("prize-giving", args=[contest.key]), {**CHOSEN, "rows": "2"})
    answer = got(client, contest, "seats.pdf")
    assert answer.status_code == 302 and "4" in [*get_messages(answer.wsgi_request)][-1].message
    client.post(reverse("prize-giving", args=[contest.key]), {**CHOSEN, "rows": "0"})
    assert got(client, contest, "seats.pdf").status_code == 404


def test_what_was_chosen_of_prizes_stays_while_there_is_no_list(client, contest, office):
    plan_ceremony(contest=contest, style=CeremonyStyle(alone="contest-2"), by=office, at=AT)
    client.post(reverse("prize-giving", args=[contest.key]), {**CHOSEN, "alone": NOBODY})
    contest.refresh_from_db()
    assert (ceremony_style(contest).alone, ceremony_style(contest).tables) == ("contest-2", 3)
