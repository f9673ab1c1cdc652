"""The board of pairs: what is too many of one kind is told before and after it is done, and not refused."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from competition.models import District, Entry
from judging.models import Assignment, Judge
from tests.factories.judging import Judged, judged_contest

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged() -> Judged:
    """J1 has A1; all three judges are of one institution and of one district, of which an entry may have one."""
    made = judged_contest()
    Assignment.objects.exclude(judge__code="J1", entry__number="A1").delete()
    Judge.objects.update(institution="远方大学", district=District.objects.get())
    return made


@pytest.fixture
def office(judged: Judged) -> Client:
    client = Client()
    client.force_login(judged.office)
    return client


def limited(judged: Judged, **caps: int) -> None:
    judged.contest.settings |= caps
    judged.contest.save(update_fields=["settings"])


def cells(judged: Judged, office: Client) -> dict[tuple[str, str], str]:
    rows = office.get(reverse("assign-board", args=[judged.contest.key, 1, 1])).context["rows"]
    codes = ("J1", "J2", "J3")
    return {(code, row.entry.number): cell.kind for row in rows for code, cell in zip(codes, row.cells, strict=True)}


def given(judged: Judged, office: Client, code: str, number: str) -> list[str]:
    """What the next page says of a pair that was added by hand."""
    do = f"add.{judged.judge(code).key}.{Entry.objects.get(number=number).key}"
    answer = office.post(reverse("assign-board-do", args=[judged.contest.key, 1, 1]), {"do": do})
    return [f"{one.level_tag}: {one}" for one in get_messages(answer.wsgi_request)]


@pytest.mark.parametrize("cap", ["institution_cap", "district_cap"])
def test_who_would_be_too_many_is_marked_and_warned_of_and_not_refused(judged, office, cap):
    limited(judged, **{cap: 1})
    found = cells(judged, office)
    assert (found["J1", "A1"], found["J2", "A1"], found["J2", "A2"]) == ("assigned", "crowded", "free")
    said = given(judged, office, "J2", "A1")
    assert [one.split(":")[0] for one in said] == ["warning", "success"]
    assert "A1" in said[0]
    assert Assignment.objects.filter(judge__code="J2", entry__number="A1").exists()
    (row,) = [one for one in board(judged, office) if one.beyond]
    assert (row.entry.number, len(row.beyond)) == ("A1", 1)
    assert "2" in row.beyond[0]


def board(judged: Judged, office: Client):
    return office.get(reverse("assign-board", args=[judged.contest.key, 1, 1])).context["rows"]


def test_without_a_limit_nothing_is_too_many(judged, office):
    assert "crowded" not in cells(judged, office).values()
    assert [one.split(":")[0] for one in given(judged, office, "J2", "A1")] == ["success"]
    assert not any(row.beyond for row in board(judged, office))


def test_both_limits_are_told(judged, office):
    limited(judged, institution_cap=1, district_cap=1)
    assert [one.split(":")[0] for one in given(judged, office, "J2", "A1")] == ["warning", "warning", "success"]


def test_the_limits_are_set_on_the_page_of_judges_and_blank_means_none(judged, office):
    address = reverse("panel-rules", args=[judged.contest.key])
    office.post(address, {"institution_cap": "2", "district_cap": "1"})
    judged.contest.refresh_from_db()
    assert (judged.contest.settings["institution_cap"], judged.contest.settings["district_cap"]) == (2, 1)
    assert office.get(reverse("judges", args=[judged.contest.key])).context["rules"].initial["district_cap"] == 1
    office.post(address, {"institution_cap": "", "district_cap": "21"})
    judged.contest.refresh_from_db()
    assert judged.contest.settings["district_cap"] == 1
    office.post(address, {})
    judged.contest.refresh_from_db()
    assert (judged.contest.settings["institution_cap"], judged.contest.settings["district_cap"]) == (0, 0)


def test_who_is_of_no_panel_of_an_entry_is_marked_and_warned_of_and_not_refused(judged, office):
    panel = judged.contest.panels.create(label_zh="专家组", track=judged.contest.tracks.get())
    panel.judges.set([judged.judge("J1"), judged.judge("J3")])
    found = cells(judged, office)
    assert (found["J1", "A1"], found["J2", "A1"], found["J3", "A1"]) == ("assigned", "outside", "free")
    said = given(judged, office, "J2", "A1")
    assert [one.split(":")[0] for one in said] == ["warning", "success"]
    assert "J2" in said[0]
    assert cells(judged, office)["J2", "A1"] == "assigned"
    assert [one.split(":")[0] for one in given(judged, office, "J3", "A1")] == ["success"]


def chosen(judged: Judged, office: Client, **said: str):
    """The board on which a click moves or swaps."""
    address = reverse("assign-board", args=[judged.contest.key, 1, 1])
    return office.get(address, {"mode": "move", **said}).context


def moved(judged: Judged, office: Client, do: str) -> list[str]:
    address = reverse("assign-board-do", args=[judged.contest.key, 1, 1])
    office.cookies.pop("messages", None)
    answer = office.post(address, {"do": do, "mode": "move", "page": "1"})
    assert answer.status_code == 302
    return [f"{one.level_tag}: {one}" for one in get_messages(answer.wsgi_request)] + [answer["Location"]]


def two_pairs(judged: Judged) -> tuple[Assignment, Assignment]:
    """J1 has A1 and J2 has A2."""
    one = judged.contest.rounds.get()
    other = Assignment.objects.create(
        round=one, entry=Entry.objects.get(number="A2"), judge=judged.judge("J2"), by="hand"
    )
    return judged.work("J1", "A1"), other


def offers(context) -> set[str]:
    return {cell.to for row in context["rows"] for cell in row.cells if cell.to}


def test_a_move_is_chosen_warned_of_done_and_undone(judged, office):
    limited(judged, institution_cap=1)
    pair, other = two_pairs(judged)
    first = chosen(judged, office)
    assert {cell.pair for row in first["rows"] for cell in row.cells if cell.pair} == {pair.key, other.key}
    to = f"move.{judged.judge('J3').key}"
    assert to in offers(chosen(judged, office, pair=pair.key))
    Judge.objects.filter(code="J3").update(max_load=1)
    three = Assignment.objects.create(
        round=pair.round, entry=Entry.objects.get(number="A3"), judge=judged.judge("J3"), by="hand"
    )
    choice = chosen(judged, office, pair=pair.key, to=to)["choice"]
    assert choice.denial is None
    (load,) = choice.warnings  # one of the institution goes, one comes: no limit is exceeded
    assert "2" in load
    assert Assignment.objects.filter(pk=three.pk).exists()
    said = moved(judged, office, choice.do)
    assert [one.split(":")[0] for one in said[:-1]] == ["warning", "success"]
    assert judged.work("J3", "A1").pk == pair.pk
    undo = said[-1].rpartition("undo=")[2]
    assert [one.split(":")[0] for one in moved(judged, office, undo)[:-1]] == ["success"]
    assert judged.work("J1", "A1").key == pair.key


def test_a_swap_is_chosen_warned_of_done_and_undone(judged, office):
    pair, other = two_pairs(judged)
    panel = judged.contest.panels.create(label_zh="专家组", track=judged.contest.tracks.get())
    panel.judges.set([judged.judge("J1"), judged.judge("J3")])
    to = f"swap.{other.key}"
    assert to in offers(chosen(judged, office, pair=pair.key))
    choice = chosen(judged, office, pair=pair.key, to=to)["choice"]
    (word,) = choice.warnings
    assert word.startswith("A1: J2")
    said = moved(judged, office, choice.do)
    assert {judged.work("J1", "A2").pk, judged.work("J2", "A1").pk} == {pair.pk, other.pk}
    moved(judged, office, said[-1].rpartition("undo=")[2])
    assert (judged.work("J1", "A1").key, judged.work("J2", "A2").key) == (pair.key, other.key)


def test_what_stands_against_it_is_told_before_and_not_offered(judged, office):
    pair, other = two_pairs(judged)
    judged.contest.judges.get(code="J1").conflicts.create(entry=Entry.objects.get(number="A2"))
    assert f"swap.{other.key}" not in offers(chosen(judged, office, pair=pair.key))
    choice = chosen(judged, office, pair=pair.key, to=f"swap.{other.key}")["choice"]
    assert choice.denial.code == "judge-in-conflict"
    assert [one.split(":")[0] for one in moved(judged, office, f"swap.{pair.key}.{other.key}")[:-1]] == ["error"]


def test_judges_who_would_share_no_entry_any_more_are_warned_of(judged, office):
    pair, _other = two_pairs(judged)
    link = Assignment.objects.create(round=pair.round, entry=pair.entry, judge=judged.judge("J2"), by="hand")
    choice = chosen(judged, office, pair=link.key, to=f"move.{judged.judge('J3').key}")["choice"]
    assert len(choice.warnings) == 1
    assert chosen(judged, office, pair=pair.key, to=f"move.{judged.judge('J3').key}")["choice"].warnings == []


@pytest.mark.parametrize("do", ["move..", "move.x.y", "swap." + "a" * 26 + "." + "b" * 26, "back.", "back.x", "back.²"])
def test_nonsense_moves_nothing(judged, office, do):
    before = sorted(Assignment.objects.values_list())
    assert [one.split(":")[0] for one in moved(judged, office, do)[:-1]] == ["error"]
    assert chosen(judged, office, pair="\0", to=do)["choice"].pair is None
    assert sorted(Assignment.objects.values_list()) == before
