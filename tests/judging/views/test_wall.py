"""The wall of pictures: what hangs there, how it is sorted, and the way from it to the marks and back."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from competition.models import Contest, Material, MaterialKind
from judging.models import Conflict, Judge, Sorting
from judging.services import marking
from judging.services.sorting import sort_work
from judging.states import JudgeState, SortedAs
from tests.factories.contests import AT
from tests.factories.judging import Judged, judged_contest
from tests.factories.pictures import hang

pytestmark = pytest.mark.django_db
FIRST = {"round": 1, "track": 1}


@pytest.fixture
def judged() -> Judged:
    found = judged_contest()
    hang(found.made.tracks["创新"])
    return found


@pytest.fixture
def page(judged: Judged) -> Client:
    client = Client()
    client.force_login(judged.users["J1"])
    return client


def address(judged: Judged, code: str = "J1") -> str:
    return reverse("wall", args=[judged.judge(code).key])


def of_work(judged: Judged, name: str = "work", entry: str = "A1", code: str = "J1") -> str:
    work = judged.work(code, entry)
    return reverse(name, args=[work.judge.key, work.key])


def sort(judged: Judged, code: str = "J1", **wanted: str) -> None:
    for entry, sorted_as in wanted.items():
        work = judged.work(code, entry)
        sort_work(assignment=work, sorted_as=SortedAs(sorted_as), by=judged.users[code], at=AT)


def numbers(page: Client, judged: Judged, **query: object) -> list[str]:
    """In the order in which they hang."""
    shown = page.get(address(judged), FIRST | query).content.decode()
    return re.findall(r'data-number="([^"]+)"', shown)


def counts(page: Client, judged: Judged) -> dict[str, str]:
    shown = page.get(address(judged)).content.decode()
    return dict(re.findall(r'data-count="([a-z]+)">(\d+)<', shown))


# ---- what hangs there


def test_all_hang_in_the_order_of_the_pile_with_their_pictures(judged, page):
    pile = page.get(reverse("judge", args=[judged.judge().key])).content.decode()
    assert numbers(page, judged) == re.findall(r'<th scope="row">(A\d)</th>', pile)
    shown = page.get(address(judged)).content.decode()
    for work in judged.judge().assignments.all():
        material = Material.objects.get(entry=work.entry)
        assert reverse("work-material-page", args=[work.judge.key, work.key, material.key, 1]) in shown
    for secret in ("学生A1", "晴川一中", "东区", "x.jpg"):
        assert secret not in shown


def test_the_pile_leads_to_the_wall_of_a_track_of_pictures_alone(judged, page):
    pile = reverse("judge", args=[judged.judge().key])
    assert "/wall/" in page.get(pile).content.decode()
    MaterialKind.objects.create(
        track=judged.made.tracks["创新"], code="report", order=2, label_zh="报告", formats=["pdf"]
    )
    assert "/wall/" not in page.get(pile).content.decode()
    assert page.get(address(judged)).status_code == 404
    MaterialKind.objects.filter(code="report").update(is_required=False)
    assert page.get(address(judged)).status_code == 200


def test_a_work_in_conflict_and_one_that_was_recused_do_not_hang(judged, page):
    Conflict.objects.create(judge=judged.judge(), entry=judged.made.entries["A1"])
    marking.recuse(assignment=judged.work("J1", "A2"), reason="认识", **judged.common("J1", {}))
    assert numbers(page, judged) == ["A3"]


def test_a_picture_that_names_somebody_waits_and_the_work_hangs_without_it(judged, page):
    entry = judged.made.entries["A1"]
    Material.objects.filter(entry=entry).update(findings=[{"page": 1, "word": "李明", "what": "author"}])
    assert Material.objects.get(entry=entry).key not in page.get(address(judged)).content.decode()
    assert len(numbers(page, judged)) == 3


def test_the_state_and_the_total_stand_there(judged, page):
    judged.submit(87, entry="A1")
    judged.save(64, entry="A2")
    shown = page.get(address(judged)).content.decode()
    assert ">87<" in shown
    assert ">64<" in shown
    assert ">71<" not in shown


def test_nobody_else_sees_the_wall(judged, page):
    client = Client()
    assert client.get(address(judged)).status_code == 302
    for user in (judged.users["J2"], judged.office):
        client.force_login(user)
        assert client.get(address(judged)).status_code == 404
        assert client.post(of_work(judged, "work-sort"), {"sorted_as": "out"}).status_code == 404
    assert not Sorting.objects.exists()


def test_who_has_left_or_not_promised_secrecy_sees_no_wall(judged, page):
    Judge.objects.update(is_active=False)
    assert page.get(address(judged)).status_code == 404
    Judge.objects.update(is_active=True, state=JudgeState.INVITED)
    assert page.get(address(judged)).status_code == 403


# ---- page by page


@pytest.fixture
def by_two(monkeypatch) -> None:
    monkeypatch.setattr("judging.views.hanging.MOST", 2)


def test_a_large_wall_hangs_on_several_pages_and_none_is_left_out(judged, page, by_two):
    everything = re.findall(
        r'<th scope="row">(A\d)</th>', page.get(reverse("judge", args=[judged.judge().key])).content.decode()
    )
    first = page.get(address(judged), FIRST)
    assert numbers(page, judged) == everything[:2]
    assert first.context["before"] == ""
    second = page.get(first.context["after"])
    assert re.findall(r'data-number="([^"]+)"', second.content.decode()) == everything[2:]
    back = page.get(second.context["before"])
    assert re.findall(r'data-number="([^"]+)"', back.content.decode()) == everything[:2]
    assert second.context["before"].endswith(f"#{judged.work('J1', everything[1]).key}")


def test_what_is_sorted_meanwhile_leaves_nobody_out_on_the_next_page(judged, page, by_two):
    shown = page.get(address(judged), FIRST | {"show": "none"})
    here = re.findall(r'data-number="([^"]+)"', shown.content.decode())
    sort(judged, **dict.fromkeys(here, "out"))
    rest = page.get(shown.context["after"]).content.decode()
    assert sorted([*here, *re.findall(r'data-number="([^"]+)"', rest)]) == ["A1", "A2", "A3"]


def test_from_a_work_the_way_leads_back_to_its_page(judged, page, by_two):
    for entry in ("A1", "A2", "A3"):
        work = page.get(of_work(judged, entry=entry), {"wall": "all"})
        assert entry in re.findall(r'data-number="([^"]+)"', page.get(work.context["way"].back).content.decode())
    sort(judged, A1="out", A2="out", A3="out")
    gone = page.get(address(judged), FIRST | {"show": "none", "around": judged.work().key})
    assert (gone.status_code, gone.context["stretch"].rows) == (200, ())


def test_a_key_of_nobody_shows_the_first_page(judged, page, by_two):
    for name in ("begin", "around"):
        assert len(numbers(page, judged, **{name: "x" * 26})) == 2


# ---- sorting


def test_each_group_shows_its_own_and_all_are_counted(judged, page):
    sort(judged, A1="shortlist", A2="out")
    sort(judged, "J2", A1="out", A3="out")
    assert counts(page, judged) == {"all": "3", "shortlist": "1", "undecided": "0", "out": "1", "none": "1"}
    assert numbers(page, judged, show="shortlist") == ["A1"]
    assert numbers(page, judged, show="out") == ["A2"]
    assert numbers(page, judged, show="none") == ["A3"]
    assert len(numbers(page, judged, show="everything")) == 3


def test_a_button_sorts_and_leads_back_to_the_same_place(judged, page):
    said = page.post(of_work(judged, "work-sort"), {"sorted_as": "undecided", "show": "none"})
    key = judged.work().key
    assert said.url == f"{address(judged)}?round=1&track=1&show=none&around={key}#{key}"
    assert Sorting.objects.get().sorted_as == "undecided"
    page.post(of_work(judged, "work-sort"), {"sorted_as": "none"})
    assert not Sorting.objects.exists()
    assert page.post(of_work(judged, "work-sort"), {"sorted_as": "first"}).status_code == 404


@pytest.mark.parametrize("show", ["//evil.example", "https://evil.example/", "../../"])
def test_nobody_is_led_elsewhere(judged, page, show):
    said = page.post(of_work(judged, "work-sort"), {"sorted_as": "out", "show": show})
    assert said.url.startswith(f"{address(judged)}?round=1&track=1&show=all&around=")
    assert "evil" not in page.get(of_work(judged), {"wall": show}).content.decode().split("<main")[1]
    assert "evil" not in page.get(address(judged), {"show": show}).content.decode().split("<main")[1]


def test_the_page_sends_and_is_told_what_was_kept(judged, page):
    def send(body, entry="A1", code="J1"):
        return page.post(of_work(judged, "api-work-sort", entry, code), body, content_type="application/json")

    answer = send({"sorted_as": "shortlist"})
    assert answer.json() == {"work": judged.work().key, "sorted_as": "shortlist"}
    assert [send(body).status_code for body in ({}, {"sorted_as": "first"}, {"sorted_as": []}, [])] == [422] * 4
    assert send({"sorted_as": "out"}, code="J2").status_code == 404
    Conflict.objects.create(judge=judged.judge(), entry=judged.made.entries["A2"])
    assert send({"sorted_as": "out"}, entry="A2").status_code == 404
    assert Sorting.objects.get().sorted_as == "shortlist"


def test_after_judging_the_wall_is_looked_at_and_not_sorted(judged, page):
    sort(judged, A1="shortlist")
    Contest.objects.filter(pk=judged.contest.pk).update(state="decision")
    shown = page.get(address(judged)).content.decode()
    assert "data-sort" not in shown.replace("data-sorted", "")
    assert page.get(address(judged)).status_code == 200
    page.post(of_work(judged, "work-sort"), {"sorted_as": "out"})
    assert Sorting.objects.get().sorted_as == "shortlist"


# ---- then marks


def test_the_shortlist_is_marked_one_after_the_other(judged, page):
    first, second = (one for one in numbers(page, judged) if one != "A2")
    sort(judged, A1="shortlist", A3="shortlist", A2="out")
    begin = page.get(address(judged), FIRST | {"show": "shortlist", "mark": 1})
    assert begin.url == f"{of_work(judged, entry=first)}?wall=shortlist"
    shown = page.get(begin.url).content.decode()
    assert "1 / 2" in shown
    assert f'href="{of_work(judged, entry=second)}?wall=shortlist" rel="next"' in shown
    assert f'data-after="{of_work(judged, entry=second)}?wall=shortlist"' in shown
    judged.submit(80, entry=first)
    assert page.get(address(judged), FIRST | {"show": "shortlist", "mark": 1}).url.startswith(
        of_work(judged, entry=second)
    )
    judged.submit(80, entry=second)
    done = page.get(address(judged), FIRST | {"show": "shortlist", "mark": 1})
    assert done.url == f"{address(judged)}?round=1&track=1&show=shortlist"


def test_a_sheet_that_is_handed_in_without_javascript_leads_back_to_the_wall(judged, page):
    sort(judged, A1="shortlist")
    work = f"{of_work(judged)}?wall=shortlist"
    saved = page.post(work, {"do": "save", "base": "0", "save": "save-from-wall", "mark-1": "80"})
    assert saved.url == work
    handed_in = page.post(work, {"do": "submit", "base": "1", "save": "done-from-wall", "mark-1": "80"})
    key = judged.work().key
    assert handed_in.url == f"{address(judged)}?round=1&track=1&show=shortlist&around={key}#{key}"
    usual = page.post(
        of_work(judged, entry="A2"), {"do": "submit", "base": "0", "save": "one-from-pile", "mark-1": "80"}
    )
    assert usual.url == reverse("judge", args=[judged.judge().key])


def test_a_work_that_was_sorted_elsewhere_meanwhile_stays_on_the_way(judged, page):
    sort(judged, A1="shortlist", A2="shortlist")
    sort(judged, A1="out")
    shown = page.get(f"{of_work(judged)}?wall=shortlist").content.decode()
    assert "/ 2" in shown
    assert of_work(judged, entry="A2") in shown
