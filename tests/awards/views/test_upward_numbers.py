"""The page of 授权号 and 上级编号, and everywhere they are read."""

import io
import re
from functools import partial
from urllib.parse import urljoin

import pandas as pd
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from awards.services.lists import lock_list
from competition.models import AccessRecord, Contest, Event, NumberAbove
from competition.numbers_above import Numbers, seen_digest, standing
from competition.services.numbers_above import save_numbers_above
from competition.states import RoleKind
from tests.competition.core.books import book
from tests.config.test_query_counts import asked, grown
from tests.factories.contests import decided
from tests.factories.noticing import NOW, account, client_of, locked_contest, office_of
from tests.factories.sheets import small

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest() -> Contest:
    return locked_contest()


@pytest.fixture
def office(contest) -> Client:
    return client_of(office_of(contest))


def url(contest: Contest, step: str = "") -> str:
    return reverse(f"upward-numbers{step}", args=[contest.key])


def key(contest: Contest, number: str) -> str:
    return contest.entries.get(number=number).key


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def give(contest: Contest, number: str = "A1", authorisation: str = "340199", there: str = "AH-7") -> None:
    said = {key(contest, number): Numbers(authorisation, there)}
    office = NumberAbove._meta.get_field("by").related_model.objects.get(username="office")
    seen = seen_digest(said, standing(contest))
    save_numbers_above(contest=contest, numbers=said, seen=seen, by=office, at=NOW)


def test_typed_on_the_page_saved_and_taken_away(contest, office):
    text = page(office, url(contest))
    assert f'name="a-{key(contest, "A1")}"' in text
    seen = re.search(r'name="seen" value="([^"]+)"', text)[1]
    keys = contest.entries.countable().values_list("key", flat=True)
    data = {f"{kind}-{one}": "" for one in keys for kind in "an"} | {"seen": seen}
    data |= {f"a-{key(contest, 'A1')}": "340199", f"n-{key(contest, 'A1')}": "AH-7"}
    assert office.post(url(contest), data).status_code == 302
    assert str(NumberAbove.objects.get()) == "340199 AH-7"
    assert Event.objects.latest("pk").via == "web"
    again = office.post(url(contest), data)  # with what was seen before
    assert again.status_code == 422 and "340199" in again.content.decode()
    text = page(office, url(contest))
    assert contest.entries.get(number="A2").title not in text  # those that are up come first
    seen = re.search(r'name="seen" value="([^"]+)"', text)[1]
    office.post(url(contest), {f"a-{key(contest, 'A1')}": "", f"n-{key(contest, 'A1')}": "", "seen": seen})
    assert not NumberAbove.objects.exists()


def test_what_was_typed_stays_where_it_is_refused(contest, office):
    give(contest, "A2", "7", "")
    one = key(contest, "A1")
    seen = seen_digest([one], standing(contest))
    answer = office.post(url(contest), {f"a-{one}": "7", f"n-{one}": "AH-1", "seen": seen})
    assert answer.status_code == 422
    assert 'value="7"' in answer.content.decode() and 'value="AH-1"' in answer.content.decode()
    assert not NumberAbove.objects.filter(entry__key=one).exists()


def test_searching_and_turning_the_page_save_what_was_typed_there_and_nothing_else(contest, office):
    give(contest, "A2", "7", "")
    one = key(contest, "A1")
    rows = {f"a-{one}": "340199", f"n-{one}": "", "seen": seen_digest([one], standing(contest))}
    answer = office.post(url(contest) + "?which=all", rows | {"go": "", "q": "A2", "which": "all"})
    assert answer.url == url(contest) + "?q=A2&which=all"
    assert standing(contest) == {key(contest, "A2"): Numbers("7"), one: Numbers("340199")}
    before = Event.objects.count()
    rows["seen"] = seen_digest([one], standing(contest))
    give(contest, "A1", "340200", "")  # by somebody else meanwhile: who typed nothing is not held up
    answer = office.post(url(contest) + "?which=all", rows | {"go": "?which=all&page=2"})
    assert answer.url == url(contest) + "?which=all&page=2"
    assert Event.objects.count() == before + 1
    refused = office.post(url(contest) + "?which=all", rows | {f"n-{one}": "AH-1", "go": "?page=2"})
    assert refused.status_code == 422 and 'value="AH-1"' in refused.content.decode()


def test_what_was_typed_for_a_higher_contest_is_saved_for_no_other_and_so_are_the_next_pages(contest, office):
    higher = Contest.objects.create(
        series=contest.series, belongs_to=contest, label_zh="全国赛", year=contest.year, as_of=contest.as_of
    )
    text, one = page(office, url(contest)), key(contest, "A1")  # nothing is given yet: it comes first
    action = re.search(r'<form method="post" class="stack" action="([^"]*)"', text)[1]
    give(contest, "A2")  # by somebody else, without a name: that comes first from now on
    rows = {f"a-{one}": "NAT-1", f"n-{one}": "", "seen": seen_digest([one], {}, higher)}
    answer = office.post(urljoin(url(contest), action), rows | {"go": "?page=2"})
    assert answer.url == url(contest) + f"?page=2&to={higher.key}"
    assert standing(contest, higher) == {one: Numbers("NAT-1")}


def test_two_higher_contests_are_filled_in_apart_and_the_school_reads_which_gave_what(contest, office):
    give(contest)
    higher = Contest.objects.create(
        series=contest.series, belongs_to=contest, label_zh="全国赛", year=contest.year, as_of=contest.as_of
    )
    one, there = key(contest, "A1"), url(contest) + f"?which=all&to={higher.key}"
    assert 'value="340199"' in page(office, url(contest))  # what was given without a name comes first
    text = page(office, there)
    assert "340199" not in text and "全国赛" in text
    seen = seen_digest([one], {}, higher)
    assert office.post(there, {f"a-{one}": "NAT-1", f"n-{one}": "", "seen": seen}).status_code == 302
    assert {str(each.higher): each.authorisation for each in NumberAbove.objects.all()} == {
        "None": "340199", str(higher): "NAT-1"
    }  # fmt: skip
    data = book(名单=[["授权号", "作品编号"], ["NAT-2", "A2"]])
    shown = office.post(url(contest, "-import") + f"?to={higher.key}", {"list": SimpleUploadedFile("x.xlsx", data)})
    ticket = re.search(r'name="ticket" value="([^"]+)"', shown.content.decode())[1]
    assert f"{url(contest, '-apply')}?to={higher.key}" in shown.content.decode()
    assert office.post(url(contest, "-apply"), {"ticket": ticket}).status_code == 200  # of another contest: shown anew
    assert higher.numbers_given.count() == 1
    assert office.post(url(contest, "-apply") + f"?to={higher.key}", {"ticket": ticket}).status_code == 302
    assert higher.numbers_given.count() == 2
    entry = contest.entries.get(number="A1")
    teacher = client_of(account("teacher", kind=RoleKind.SCHOOL, school=entry.school))
    text = page(teacher, reverse("form", args=[entry.key]))
    assert "全国赛" in text and "NAT-1" in text and "340199" in text


def test_a_list_is_looked_at_and_then_taken_in(contest, office):
    data = book(名单=[["授权号", "作品编号"], ["340199", "A1"], ["340200", "A2"]])
    shown = office.post(url(contest, "-import"), {"list": SimpleUploadedFile("x.xlsx", data)})
    assert shown.status_code == 200 and not NumberAbove.objects.exists()
    ticket = re.search(r'name="ticket" value="([^"]+)"', shown.content.decode())[1]
    assert office.post(url(contest, "-apply"), {"ticket": ticket}).status_code == 302
    assert NumberAbove.objects.count() == 2
    assert office.post(url(contest, "-apply"), {"ticket": ticket}).url == url(contest, "-import") + "?to=unnamed"
    wrong = office.post(url(contest, "-import"), {"typed": "A1，340200，"})
    assert wrong.status_code == 422 and "B2" in wrong.content.decode() and "ticket" not in wrong.content.decode()


def test_the_list_comes_back_as_it_went(contest, office):
    give(contest)
    book_ = pd.read_excel(io.BytesIO(office.get(url(contest, "-list")).content), dtype=str, engine="calamine")
    assert book_.iloc[0].tolist()[:3] == ["A1", "340199", "AH-7"]


def test_it_is_read_by_its_school_on_its_pages_and_in_the_export(contest, office):
    give(contest)
    entry = contest.entries.get(number="A1")
    assert "340199" in page(office, reverse("entry", args=[contest.key, entry.key]))
    teacher = client_of(account("teacher", kind=RoleKind.SCHOOL, school=entry.school))
    for address in (reverse("school", args=[entry.school.key]), reverse("form", args=[entry.key])):
        text = page(teacher, address)
        assert "340199" in text and "AH-7" in text
    other = contest.entries.countable().exclude(school=entry.school).first()
    if other:
        stranger = client_of(account("other", kind=RoleKind.SCHOOL, school=other.school))
        assert "340199" not in page(stranger, reverse("school", args=[other.school.key]))
    export = office.get(reverse("entries-xlsx", args=[contest.key])).content
    rows = pd.read_excel(io.BytesIO(export), dtype=str, engine="calamine").to_numpy().tolist()
    assert [row[-2:] for row in rows if row[0] == "A1"] == [["340199", "AH-7"]]
    assert AccessRecord.objects.filter(what="entry").exists()


def test_nobody_else_reaches_any_of_it(contest, office):
    give(contest)
    entry = contest.entries.get(number="A1")
    people = [
        account("nobody"), account("teacher", kind=RoleKind.SCHOOL, school=entry.school),
        account("unit", kind=RoleKind.DISTRICT, district=entry.school.district),
    ]  # fmt: skip
    before = Event.objects.count(), AccessRecord.objects.count()
    for client, status in [*((client_of(one), 404) for one in people), (Client(), 302)]:
        for step in ("", "-import", "-list"):
            assert client.get(url(contest, step)).status_code == status
        for step in ("", "-import", "-apply"):
            assert client.post(url(contest, step)).status_code == status
    assert (Event.objects.count(), AccessRecord.objects.count()) == before


def test_before_the_list_is_fixed_nothing_is_entered(contest, office):
    give(contest)
    Contest.objects.filter(pk=contest.pk).update(state="decision")
    text = page(office, url(contest))
    assert "340199" in text and 'name="a-' not in text
    assert office.get(url(contest, "-import")).status_code == 409


def test_the_page_asks_no_more_for_forty_entries_than_for_three():
    contest = decided(small({f"A{number}": (number, number, number) for number in range(1, 41)}))
    lock_list(contest=contest, by=None, at=NOW)
    contest.refresh_from_db()
    office = client_of(office_of(contest))
    teacher = client_of(account("teacher", kind=RoleKind.SCHOOL, school=contest.entries.first().school))
    pages = {
        "all": partial(office.get, url(contest), {"which": "all"}),
        "up": partial(office.get, url(contest), {"which": "up"}),
        "list": partial(office.get, url(contest, "-list"), {"which": "all"}),
        "export": partial(office.get, reverse("entries-xlsx", args=[contest.key])),
        "school": partial(teacher.get, reverse("school", args=[contest.entries.first().school.key])),
    }
    for number in ("A1", "A2", "A3"):
        give(contest, number, f"auth{number}", "")
    few = asked(pages)
    for number in range(4, 41):
        give(contest, f"A{number}", f"authA{number}", "")
    assert grown(few, asked(pages)) == {}
