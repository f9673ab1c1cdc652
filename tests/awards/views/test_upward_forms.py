"""The forms that go up, of a contest, a delegation and a unit: their sums agree, or nothing is printed."""

import io
from functools import partial

import pandas as pd
import pytest
from django.test import Client
from django.urls import reverse

from awards.outputs.going_up import forms_of_unit, forms_to, mismatch_sentence
from awards.pdf import DoesNotFit
from awards.services.delegations import Sent, send_delegation
from awards.services.lists import lock_list
from competition.models import Contest, Entry, Event, Forwarding, User
from competition.states import EntryState, RoleKind
from tests.awards.pdf.reading import texts
from tests.awards.views.test_upward import above, address, keys_of
from tests.config.test_query_counts import asked, grown
from tests.factories.contests import decided
from tests.factories.entering import give_quota, handed_in, open_contest, recommended
from tests.factories.noticing import NOW, account, client_of, locked_contest, office_of
from tests.factories.sheets import small

pytestmark = pytest.mark.django_db
FILES = ("summary.pdf", "balance.pdf", "list-1.pdf", "forms.xlsx")


@pytest.fixture
def sender() -> Contest:
    return locked_contest()


@pytest.fixture
def higher(sender: Contest) -> Contest:
    return above(sender)


@pytest.fixture
def office(sender: Contest) -> Client:
    return client_of(office_of(sender))


def send(office: Client, sender: Contest, higher: Contest) -> None:
    office.post(address("upward-to", sender, higher), {"entry": keys_of(sender)})


def sheets(data: bytes) -> dict[str, list[list[object]]]:
    found = pd.read_excel(io.BytesIO(data), sheet_name=None, header=None, engine="calamine")
    return {title: frame.to_numpy().tolist() for title, frame in found.items()}


def file(client: Client, sender: Contest, higher: Contest, name: str):
    return client.get(reverse("upward-form", args=[sender.key, higher.key, name]))


def test_summary_lists_and_balance_of_what_went_up(sender, higher, office):
    send(office, sender, higher)
    number = higher.entries.count()
    page = office.get(address("upward-forms", sender, higher))
    assert page.status_code == 200 and page.context["wrong"] == []
    up = page.context["up"]
    assert up.forms.total == number == sum(len(works) for _track, works in up.forms.lists)
    assert address("upward-forms", sender, higher) in office.get(address("upward", sender)).content.decode()
    for name in FILES[:3]:
        answer = file(office, sender, higher, name)
        assert answer.status_code == 200 and "盖章" in texts(answer.content)[-1]
    assert "推荐数量汇总表" in texts(file(office, sender, higher, "summary.pdf").content)[0]
    book = sheets(file(office, sender, higher, "forms.xlsx").content)
    assert book["汇总 Summary"][-1][-1] == number
    assert sum(len(rows) - 1 for title, rows in book.items() if title[0].isdigit()) == number
    assert file(office, sender, higher, "list-9.pdf").status_code == 404
    assert file(office, sender, higher, "other.pdf").status_code == 404


def test_a_row_higher_than_a_page_is_named(sender, higher, office, monkeypatch):
    def too_high(*_args: object, **_more: object) -> bytes:
        raise DoesNotFit("作品题目过长", "a row of the table")

    send(office, sender, higher)
    monkeypatch.setattr("awards.views.upward_forms.list_pdf", too_high)
    answer = file(office, sender, higher, "list-1.pdf")
    assert answer.status_code == 403 and "作品题目过长" in answer.content.decode()


def test_text_of_schools_becomes_no_formula(sender, higher, office):
    send(office, sender, higher)
    one = Forwarding.objects.first().entry
    Entry.objects.filter(pk=one.pk).update(title="=1+1")
    book = sheets(file(office, sender, higher, "forms.xlsx").content)
    assert any("=1+1" in row for rows in book.values() for row in rows)


def test_a_work_that_dropped_out_here_keeps_all_from_being_printed(sender, higher, office):
    send(office, sender, higher)
    one = Forwarding.objects.first().sent
    Entry.objects.filter(pk=one.pk).update(state=EntryState.WITHDRAWN)
    page = office.get(address("upward-forms", sender, higher))
    assert any(one.number in said for said in page.context["wrong"])
    assert "summary.pdf" not in page.content.decode()
    for name in FILES:
        answer = file(office, sender, higher, name)
        assert answer.status_code == 409 and one.number in answer.content.decode()


def test_nothing_up_is_an_empty_page_without_files(sender, higher, office):
    send(office, sender, higher)
    Entry.objects.filter(contest=higher).update(state=EntryState.WITHDRAWN)
    page = office.get(address("upward-forms", sender, higher))
    assert page.status_code == 200 and "summary.pdf" not in page.content.decode()
    assert file(office, sender, higher, "summary.pdf").status_code == 404


def test_a_delegation_has_the_same_forms(sender, office):
    numbers = list(sender.entries.countable().values_list("number", flat=True))
    who = User.objects.get(username="office")
    sent = Sent(series="国赛", name="国赛", level="nation", held_on=NOW.date(), numbers=numbers)
    made = send_delegation(sender=sender, sent=sent, by=who, at=NOW)
    up = forms_to(sender, made.contest)
    assert up.is_right and up.forms.total == len(numbers)
    there = made.contest.entries.first()
    Entry.objects.filter(pk=there.pk).update(number="国001")  # what the published list called it
    assert forms_to(sender, made.contest).is_right
    Entry.objects.filter(pk=there.pk).update(title="别的作品")
    assert [one.code for one in forms_to(sender, made.contest).wrong] == ["not-received"]
    assert office.get(address("upward-forms", sender, made.contest)).status_code == 200
    assert (
        address("upward-forms", sender, made.contest)
        in office.get(address("delegation", made.contest)).content.decode()
    )


def test_a_unit_prints_what_it_recommends():
    made = open_contest()
    recommended(made, "一")
    recommended(made, "二", track="实践")
    recommended(
        made,
        "三",
        school="晴川二中",
        division="junior",
        authors=[{"name": "孙小", "grade": 7}, {"name": "李大", "grade": 7}],
    )
    handed_in(made, "四")
    unit = made.units["东区"]
    up = forms_of_unit(unit, made.contest)
    assert up.is_right and (up.forms.total, up.forms.received, up.forms.team) == (3, 4, 2)
    client = client_of(made["东区"])
    page = client.get(reverse("unit-forms", args=[unit.key, made.contest.key]))
    assert page.status_code == 200
    for name in FILES:
        assert client.get(reverse("unit-form", args=[unit.key, made.contest.key, name])).status_code == 200
    assert (
        reverse("unit-forms", args=[unit.key, made.contest.key])
        in client.get(reverse("unit", args=[unit.key])).content.decode()
    )
    give_quota(made, 2, district=unit)
    wrong = forms_of_unit(unit, made.contest).wrong
    assert [one.code for one in wrong] == ["over-quota"] and "3" in mismatch_sentence(wrong[0])
    answer = client.get(reverse("unit-form", args=[unit.key, made.contest.key, "summary.pdf"]))
    assert answer.status_code == 409


def test_a_track_that_is_gone_from_the_higher_contest_is_named(sender, higher, office, monkeypatch):
    send(office, sender, higher)
    monkeypatch.setattr("awards.outputs.going_up.track_names", lambda contest: [])
    codes = {one.code for one in forms_to(sender, higher).wrong}
    assert {"sum-differs", "track-differs", "received-differs"} <= codes


def test_nobody_else_reaches_the_forms(sender, higher, office):
    send(office, sender, higher)
    school = Forwarding.objects.first().sent.school
    unit = school.district
    other = account("otherunit", kind=RoleKind.DISTRICT, district=type(unit).objects.create(label_zh="别区"))
    people = [account("nobody"), account("teacher", kind=RoleKind.SCHOOL, school=school), other,
              account("above", kind=RoleKind.ORGANISER, contest=higher)]  # fmt: skip
    own = [address("upward-forms", sender, higher), reverse("upward-form", args=[sender.key, higher.key, "forms.xlsx"])]
    of_unit = [reverse("unit-forms", args=[unit.key, sender.key]),
               reverse("unit-form", args=[unit.key, sender.key, "forms.xlsx"])]  # fmt: skip
    before = Event.objects.count()
    for user in people:
        client = client_of(user)
        assert {client.get(one).status_code for one in [*own, *of_unit]} == {404}, user
    assert {Client().get(one).status_code for one in [*own, *of_unit]} == {302}
    theirs = client_of(account("unit", kind=RoleKind.DISTRICT, district=unit))
    assert theirs.get(of_unit[0]).status_code == 200 and theirs.get(own[0]).status_code == 404
    assert Event.objects.count() == before


def test_the_forms_ask_no_more_for_thirty_works_than_for_three():
    sender = decided(small({f"A{number}": (number, number, number) for number in range(1, 41)}))
    lock_list(contest=sender, by=None, at=NOW)
    sender.refresh_from_db()
    higher, office = above(sender), client_of(office_of(sender))
    unit = sender.entries.first().school.district
    theirs = client_of(account("unit", kind=RoleKind.DISTRICT, district=unit))
    pages = {
        "forms": partial(office.get, address("upward-forms", sender, higher)),
        **{name: partial(file, office, sender, higher, name) for name in FILES},
        "unit": partial(theirs.get, reverse("unit-forms", args=[unit.key, sender.key])),
    }
    rest = list(sender.entries.countable()[3:].values_list("pk", flat=True))
    Entry.objects.filter(pk__in=rest).update(state="withdrawn")
    office.post(address("upward-to", sender, higher), {"entry": keys_of(sender)})
    few = asked(pages)
    Entry.objects.filter(pk__in=rest).update(state="passed")
    office.post(address("upward-to", sender, higher), {"entry": keys_of(sender)})
    assert Forwarding.objects.count() > 30
    assert grown(few, asked(pages)) == {}
