"""A school's pages about an award: whom, the form with what is met and missing, its unit, the office, the paper."""

from collections import Counter
from functools import partial
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from awards.models import Nomination
from awards.outputs.form_papers import form_pdf
from awards.services.nominators import nominators_of
from awards.states import Nominators
from competition.models import Entry, Event, User
from competition.services.papers import keep_paper
from competition.services.reviewing import review_entry
from competition.services.signed_forms import attach_by_hand
from competition.states import ReviewStep, Verdict
from tests.config.test_query_counts import asked
from tests.factories.entering import NOW
from tests.factories.nominating import Award, begun, handed_in, open_award, typed, winner

pytestmark = pytest.mark.django_db


@pytest.fixture
def award() -> Award:
    return open_award()


@pytest.fixture(autouse=True)
def in_time():
    with time_machine.travel(NOW, tick=False):
        yield


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page(client: Client, name: str, *args: Any, **query: Any) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200, (name, answer.status_code)
    return answer.content.decode()


def address(award: Award) -> str:
    return reverse("nominate-from", args=[award.contest.key, award.school.key])


def test_the_award_stands_beside_the_contests_of_a_school(award):
    shown = page(signed_in(award.teacher), "school", award.school.key)
    assert address(award) in shown and "新的推荐" in shown and "还没有推荐" in shown


def test_whose_office_alone_nominates_does_not():
    award = open_award("own")
    client = signed_in(award.teacher)
    assert address(award) not in page(client, "school", award.school.key)
    assert client.get(address(award)).status_code == 404
    assert "新的推荐" not in page(client, "contest", award.contest.key)


def test_who_has_won_is_proposed_and_chosen(award):
    person, client = winner(award), signed_in(award.teacher)
    winner(award, "别校的", school="西山中学")
    shown = page(client, "nominate-from", award.contest.key, award.school.key)
    assert "省赛 · 一等奖" in shown and "别校的" not in shown
    answer = client.post(address(award), {"kind": 1, "subject": person.key})
    entry = Entry.objects.get(contest=award.contest)
    assert answer.url == reverse("form", args=[entry.key])
    assert entry.draft["authors"] == [{"name": "陈晓", "code": ""}]


def test_any_search_has_an_answer(award):
    assert signed_in(award.teacher).get(address(award), {"kind": 1, "q": "甲\0"}).status_code == 200


def test_nobody_of_another_school_is_chosen(award):
    other = winner(award, "别校的", school="西山中学")
    assert signed_in(award.teacher).post(address(award), {"kind": 1, "subject": other.key}).status_code == 404
    assert not Entry.objects.filter(contest=award.contest).exists()


def test_a_name_is_typed_and_a_fault_keeps_it(award):
    client = signed_in(award.teacher)
    winner(award)
    handed_in(award)
    twice = client.post(address(award), {"kind": 1, "name": "陈晓", "code": ""})
    assert twice.status_code == 409 and 'value="陈晓"' in twice.content.decode()
    bad = client.post(address(award), {"kind": 1, "name": "", "code": "7"})
    assert bad.status_code == 422 and 'value="7"' in bad.content.decode()
    assert Entry.objects.filter(contest=award.contest).count() == 1
    client.post(address(award), {"kind": 2, "name": "王老师", "code": ""})
    assert Entry.objects.filter(contest=award.contest).last().draft["tutors"] == [{"name": "王老师", "code": ""}]


def test_the_school_itself_is_nominated(award):
    client = signed_in(award.teacher)
    client.post(address(award), {"kind": 3})
    entry = Entry.objects.get(contest=award.contest)
    assert entry.title == award.school.name
    assert "推荐对象是" in page(client, "form", entry.key, step="people")


def test_the_contests_page_leads_here(award):
    client = signed_in(award.teacher)
    begin = reverse("begin", args=[award.contest.key, award.school.key])
    assert begin in page(client, "contest", award.contest.key)
    assert client.get(begin).url == address(award)


def test_the_form_says_at_every_save_which_way_is_met(award):
    winner(award)
    entry, client = begun(award), signed_in(award.teacher)
    assert "由办公室决定" in page(client, "form", entry.key)
    sent = {"step": "people", "authors-0-name": "陈晓", "authors-0-grade": "8"}
    answer = client.post(reverse("form-save", args=[entry.key]), sent, HTTP_HX_REQUEST="true").content.decode()
    assert "省赛，一等奖" in answer and "请填写推荐意见" in answer


def test_the_form_asks_for_the_work_the_recommendation_and_the_nominee(award):
    entry, client = begun(award), signed_in(award.teacher)
    work, people = page(client, "form", entry.key), page(client, "form", entry.key, step="people")
    assert "代表作品名称" in work and 'data-most="800"' in work and "id_title_en" not in work
    assert "id_authors-0-born_on" in people and "id_authors-1-name" not in people and "id_tutors-0" not in people


def test_a_unit_recommends_with_its_opinion_and_the_office_reads_it(award):
    winner(award)
    entry = handed_in(award)
    unit = signed_in(award.unit)
    shown = page(unit, "unit", award.school.district.key, contest=award.contest.key)
    assert "会浇花的伞" in shown and "陈晓" in shown and "unit-import" not in shown
    unit.post(
        reverse("unit-decide", args=[award.school.district.key]),
        {"contest": award.contest.key, "entry": entry.key, "verdict": "recommended", "text": "同意推荐，事迹突出"},
    )
    office = signed_in(award.office)
    one = page(office, "check-one", award.contest.key, entry.key)
    assert "同意推荐，事迹突出" in one and "省赛，一等奖" in one
    office.post(reverse("check-decide", args=[award.contest.key]), {"entry": entry.key, "verdict": "passed"})
    nominees = page(office, "nominees", award.contest.key)
    assert "陈晓" in nominees and "省赛，一等奖" in nominees
    room = page(office, "room", award.contest.key)
    assert "会浇花的伞" in room and "该同学勤于动手" in room


def test_the_committee_sees_nobody_before_the_check(award):
    winner(award)
    handed_in(award)
    assert "陈晓" not in page(signed_in(award.office), "room", award.contest.key)


def test_what_was_handed_in_is_called_a_nomination(award):
    winner(award)
    text = page(signed_in(award.teacher), "form", handed_in(award).key)
    assert "签字推荐表" in text and "撤回这份推荐" in text
    assert "签字申报表" not in text and "作品将不再参赛" not in text


@pytest.mark.parametrize("kind", ["student", "tutor", "school"])
def test_the_paper_is_signed_and_comes_back(award, kind):
    """What is printed is what was handed in; its code is read again."""
    winner(award, kind="tutor" if kind == "tutor" else "student")
    entry = handed_in(award, kind)
    answer = signed_in(award.teacher).get(reverse("entry-form-pdf", args=[entry.key]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content == form_pdf(entry, entry.submissions.get())
    scan = keep_paper(name="signed.pdf", chunks=[answer.content], at=NOW)
    assert attach_by_hand(entry=entry, scan=scan, by=award.teacher, at=NOW).submission.version == 1


def test_who_nominates_is_said_on_the_page_of_terms(award):
    office = signed_in(award.office)
    said = {"nominators": "schools", "base": 1, "majority": "2/3", "majority_of": "cast", "quorum": "2/3"}
    kinds = {f"{kind}-{name}": value for kind in ("student", "tutor", "school")
             for name, value in (("is_honoured", "on"), ("places", "1"))}  # fmt: skip
    assert office.post(reverse("award-terms", args=[award.contest.key]), said | kinds).status_code == 302
    award.contest.refresh_from_db()
    assert nominators_of(award.contest) == Nominators.SCHOOLS
    setup = page(office, "award-setup", award.contest.key)
    assert "代表作品材料" in setup and reverse("quotas", args=[award.contest.key]) in setup
    assert "id_max_authors" not in page(office, "setup-track", award.contest.key, 1)


def roles(award: Award) -> dict[str, User | None]:
    made = award.made
    return {"school": award.teacher, "unit": award.unit, "office": award.office, "other school": made["西山中学"],
            "other unit": made["西区"], "stranger": made["stranger"], "nobody": None}  # fmt: skip


@pytest.mark.parametrize(("role", "look", "act"), [
    ("school", 200, 302), ("unit", 200, 302), ("office", 200, 302), ("other school", 404, 404),
    ("other unit", 404, 404), ("stranger", 404, 404), ("nobody", 302, 302),
])  # fmt: skip
def test_who_begins_a_nomination(award, role, look, act):
    user, before = roles(award)[role], Event.objects.count()
    client = signed_in(user) if user else Client()
    assert client.get(address(award)).status_code == look
    assert client.post(address(award), {"kind": 1, "name": "新人", "code": ""}).status_code == act
    assert Entry.objects.filter(contest=award.contest).exists() == (look == 200)
    assert Event.objects.count() == before and not Nomination.objects.exists()


def test_a_nomination_is_seen_by_its_school_its_unit_and_the_office(award):
    entry = typed(award, begun(award))
    seen = Counter(
        role
        for role, user in roles(award).items()
        if user and signed_in(user).get(reverse("form", args=[entry.key])).status_code == 200
    )
    assert set(seen) == {"school", "unit", "office"}


def test_no_page_asks_more_for_many_nominees_than_for_few(award):
    def counted() -> dict[str, int]:
        pages = {
            "from": (award.teacher, address(award)),
            "school": (award.teacher, reverse("school", args=[award.school.key])),
            "unit": (award.unit, reverse("unit", args=[award.school.district.key]) + f"?contest={award.contest.key}"),
            "check": (award.office, reverse("check", args=[award.contest.key])),
            "room": (award.office, reverse("room", args=[award.contest.key])),
        }
        return asked({name: partial(signed_in(user).get, url) for name, (user, url) in pages.items()})

    def more(first: int, last: int) -> None:
        for at in range(first, last):
            winner(award, f"人{at}")
            winner(award, f"候{at}")
            review_entry(entry=handed_in(award, name=f"人{at}"), step=ReviewStep.UNIT, verdict=Verdict.RECOMMENDED,
                         by=award.unit, at=NOW)  # fmt: skip
            begun(award, name=f"候{at}")

    more(0, 3)
    few = counted()
    more(3, 12)
    assert counted() == few
