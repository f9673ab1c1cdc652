"""The page of prizes by minutes: typed or read from Excel, looked at, saved with the scan; faults at their places."""

import re
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from awards import minutes_forms
from awards.models import Decision, TrackMinutes
from awards.prizes import SPECIAL
from awards.services.minutes import given_now
from competition.models import AccessRecord, Contest, Entry, Role, StoredFile, Track, User
from competition.services.contests import reach
from competition.states import ContestState, RoleKind
from tests.competition.core.books import book
from tests.competition.inspection import samples
from tests.factories.contests import AT, Made, small_contest

pytestmark = pytest.mark.django_db
NAME = "评审纪要〔2026〕7号"
HEAD = ["编号", "作品名称", "获奖等级"]


@pytest.fixture
def made(settings, tmp_path) -> Made:
    settings.MEDIA_ROOT = tmp_path
    found = small_contest()
    reach(contest=found.contest, state=ContestState.JUDGING, by=None, at=AT)
    track = Track.objects.create(contest=found.contest, code="科幻画", label_zh="科幻画", order=2, is_by_minutes=True)
    found.tracks["科幻画"] = track
    for order, number in enumerate(("B1", "B2", "B3"), 10):
        found.entries[number] = Entry.objects.create(
            contest=found.contest, track=track, number=number, title=f"画{number}", state="passed", order=order,
            school=found.entries["A1"].school, key=found.contest.mint.key("entry", number),
        )  # fmt: skip
    return found


@pytest.fixture
def office(made: Made) -> Client:
    user = User.objects.create_user("office", name="办公室")
    Role.objects.create(user=user, kind=RoleKind.ORGANISER, contest=made.contest)
    client = Client()
    client.force_login(user)
    return client


def page(made: Made, name: str = "minutes", *more: Any) -> str:
    return reverse(name, args=[made.contest.key, 2, *more])


def typed(made: Made, **prizes: str) -> dict[str, Any]:
    """typed(made, B1="first")"""
    said = {f"prize-{made.entries[number].key}": prizes.get(number, "") for number in ("B1", "B2", "B3")}
    return {"base": TrackMinutes.objects.count(), "name": NAME, **said}


def words(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", unescape(answer.content.decode())).split())


def save(client: Client, made: Made, data: dict[str, Any], **more: Any) -> Any:
    seen = client.post(page(made), {**data, "do": "look"}).context["preview"]["seen"]
    return client.post(page(made), {**data, "do": "save", "seen": seen, **more})


def pdf(content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile("纪要.pdf", samples.pdf() if content is None else content)


def test_prizes_are_typed_looked_at_and_saved_with_the_scan(made, office):
    data = typed(made, B1="first", B3="merit")
    shown = office.post(page(made), {**data, "do": "look"})
    assert shown.status_code == 200
    assert [(one.number, one.was.code, one.now.code) for one in shown.context["preview"]["run"].lines] == [
        ("B1", "", "first"), ("B3", "", "merit"),
    ]  # fmt: skip
    assert "按会议纪要" in words(shown)
    assert (TrackMinutes.objects.count(), Decision.objects.count()) == (0, 0)
    assert save(office, made, data, paper=pdf()).status_code == 302
    assert given_now(made.tracks["科幻画"]) == {made.entries["B1"].key: "first", made.entries["B3"].key: "merit"}
    again = office.get(page(made))
    assert [field.value() for _entry, field in again.context["form"].lines] == ["first", "", "merit"]
    assert NAME in words(again)
    plan = office.get(reverse("plan", args=[made.contest.key]))
    assert page(made) in plan.content.decode()


def test_without_a_scan_and_with_a_bad_one_nothing_is_kept_and_what_was_typed_stays(made, office):
    data = typed(made, B1="first")
    for more in ({}, {"paper": pdf(b"no PDF at all")}):
        refused = save(office, made, data, **more)
        assert refused.status_code == 422
        assert refused.context["refused"] in words(refused)
        assert next(field.value() for _entry, field in refused.context["form"].lines) == "first"
    assert (TrackMinutes.objects.count(), StoredFile.objects.count(), Decision.objects.count()) == (0, 0, 0)


def test_nothing_is_saved_that_was_not_looked_at(made, office):
    seen = office.post(page(made), {**typed(made, B1="first"), "do": "look"}).context["preview"]["seen"]
    other = office.post(page(made), {**typed(made, B1="second"), "do": "save", "seen": seen, "paper": pdf()})
    assert other.status_code == 200
    assert TrackMinutes.objects.count() == 0


def test_who_has_an_older_version_open_is_told(made, office):
    data = typed(made, B1="first")
    save(office, made, data, paper=pdf())
    late = save(office, made, typed(made, B1="second") | {"base": 0}, paper=pdf())
    assert late.status_code == 422
    assert TrackMinutes.objects.count() == 1


def read(client: Client, made: Made, *rows: list[Any], name: str = NAME, head: list[str] = HEAD) -> Any:
    data = {**typed(made, B2="third"), "name": name, "do": "list"}
    return client.post(page(made), {**data, "list": SimpleUploadedFile("a.xlsx", book(名单=[head, *rows]))})


def test_a_list_from_excel_fills_the_table_and_is_looked_at_before_it_is_saved(made, office):
    shown = read(office, made, ["B1", "画", "一等奖"], ["B3", "画", "无"])
    assert shown.status_code == 200
    assert [field.value() for _entry, field in shown.context["form"].lines] == ["first", "", ""]
    assert [one.number for one in shown.context["preview"]["run"].lines] == ["B1"]
    assert Decision.objects.count() == 0


def test_a_list_may_be_read_before_the_minutes_are_named(made, office):
    shown = read(office, made, ["B1", "画", "一等奖"], name="")
    assert shown.status_code == 200
    assert [field.value() for _entry, field in shown.context["form"].lines] == ["first", "", ""]
    assert shown.context["preview"] is None


@pytest.mark.parametrize(
    ("rows", "row", "found"),
    [
        ([["B1", "画", "一等奖"], ["B9", "画", "二等奖"]], 3, "B9"),
        ([["A1", "不是画", "一等奖"]], 2, "A1"),
        ([["B1", "画", "一等奖"], ["B1", "画", "二等奖"]], 3, "B1"),
        ([["B1", "画", "一等将"]], 2, "一等将"),
        ([["", "画", "一等奖"]], 2, ""),
    ],
    ids=["unknown", "another track", "twice", "a slip", "no number"],
)
def test_a_bad_row_is_named_and_nothing_of_the_list_is_taken_in(made, office, rows, row, found):
    shown = read(office, made, *rows)
    assert shown.status_code == 422
    assert [at for at, _fault in shown.context["faults"]] == [row]
    text = words(shown)
    assert f"第 {row} 行" in text
    assert found in text
    assert [field.value() for _entry, field in shown.context["form"].lines] == ["", "third", ""]  # as it was typed
    assert (Decision.objects.count(), TrackMinutes.objects.count()) == (0, 0)


def test_what_is_no_list_is_said(made, office):
    data = {**typed(made), "do": "list", "list": SimpleUploadedFile("a.xlsx", b"nothing")}
    assert office.post(page(made), data).status_code == 422
    assert office.post(page(made), {**typed(made), "do": "list"}).status_code == 422


def test_the_list_to_fill_in_comes_back_as_it_went(made, office):
    save(office, made, typed(made, B1="first", B2="merit"), paper=pdf())
    file = office.get(page(made, "minutes-list"))
    assert file.status_code == 200
    data = {**typed(made), "do": "list", "list": SimpleUploadedFile("a.xlsx", file.content)}
    shown = office.post(page(made), data)
    assert shown.context["faults"] == []
    assert [field.value() for _entry, field in shown.context["form"].lines] == ["first", "merit", ""]
    assert shown.context["preview"]["run"].lines == []


def test_the_scan_is_read_by_the_office_alone_and_who_looked_is_recorded(made, office):
    save(office, made, typed(made, B1="first"), paper=pdf())
    answer = office.get(page(made, "minutes-paper", 1))
    assert b"".join(answer.streaming_content)[:5] == b"%PDF-"
    assert AccessRecord.objects.filter(what="minutes-paper").count() == 1
    stranger = Client()
    assert stranger.get(page(made, "minutes-paper", 1)).status_code == 302
    for kind in (RoleKind.SCHOOL, RoleKind.JUDGE, RoleKind.COMMITTEE):
        user = User.objects.create_user(kind, name=kind)
        of = {"school": made.entries["B1"].school} if kind == RoleKind.SCHOOL else {"contest": made.contest}
        Role.objects.create(user=user, kind=kind, **of)
        stranger.force_login(user)
        for name, more in (("minutes-paper", (1,)), ("minutes", ()), ("minutes-list", ())):
            assert stranger.get(page(made, name, *more)).status_code == 404, (kind, name)
    assert AccessRecord.objects.filter(what="minutes-paper").count() == 1


def test_after_the_lock_it_is_only_read(made, office):
    save(office, made, typed(made, B1="first"), paper=pdf())
    Contest.objects.filter(pk=made.contest.pk).update(state="locked")
    shown = office.get(page(made))
    assert shown.status_code == 200
    assert 'value="save"' not in shown.content.decode()
    data = typed(made, B2="first") | {"base": 1}
    assert office.post(page(made), {**data, "do": "save", "seen": "x"}).status_code == 422
    assert TrackMinutes.objects.count() == 1


def test_the_board_leads_to_the_minutes_that_are_missing(made, office):
    board = reverse("board", args=[made.contest.key])
    assert office.get(board).context["next"].url == reverse("plan", args=[made.contest.key])
    assert "科幻画" in words(office.get(board))
    save(office, made, typed(made, B1="first"), paper=pdf())
    assert office.get(board).context["next"].url == reverse("decide", args=[made.contest.key])


def test_a_track_is_set_up_to_be_decided_elsewhere(made, office):
    Contest.objects.filter(pk=made.contest.pk).update(state="setup")
    said = {"label_zh": "征文", "label_en": "Essays", "is_by_minutes": "on"}
    assert office.post(reverse("track-add", args=[made.contest.key]), said).status_code == 302
    assert Track.objects.get(label_zh="征文").is_by_minutes
    office.post(reverse("track-add", args=[made.contest.key]), {"label_zh": "摄影"})
    assert not Track.objects.get(label_zh="摄影").is_by_minutes


def test_the_log_names_the_minutes_beside_their_event(made, office):
    save(office, made, typed(made, B1="first"), paper=pdf())
    assert NAME in words(office.get(reverse("log", args=[made.contest.key])))


def test_a_track_of_marks_has_no_such_page(made, office):
    assert office.get(reverse("minutes", args=[made.contest.key, 1])).status_code == 404


def test_without_entries_the_page_says_what_comes(made, office):
    Entry.objects.filter(track=made.tracks["科幻画"]).delete()
    assert office.get(page(made)).status_code == 200


def test_a_long_track_shows_prizes_alone_and_takes_the_rest_from_excel(made, office, monkeypatch):
    monkeypatch.setattr(minutes_forms, "MOST_ROWS", 2)
    monkeypatch.setattr("awards.views.minutes.MOST_ROWS", 2)
    assert office.get(page(made)).context["form"].lines == []
    data = {"base": 0, "name": NAME, "do": "list",
            "list": SimpleUploadedFile("a.xlsx", book(名单=[HEAD, ["B2", "", "二等奖"]]))}  # fmt: skip
    shown = office.post(page(made), data)
    assert [(entry.number, field.value()) for entry, field in shown.context["form"].lines] == [("B2", "second")]
    sent = {"base": 0, "name": NAME, f"prize-{made.entries['B2'].key}": "second"}
    assert save(office, made, sent, paper=pdf()).status_code == 302
    assert given_now(made.tracks["科幻画"]) == {made.entries["B2"].key: "second"}


def test_special_prizes_are_no_level_here_and_the_preview_counts_what_changes_alone(made, office):
    shown = office.post(page(made), {**typed(made, B1="first"), "do": "look"})
    assert {code for _entry, field in shown.context["form"].lines for code, _word in field.field.choices} >= {"first"}
    assert all("special" not in dict(field.field.choices) for _entry, field in shown.context["form"].lines)
    assert reverse("specials", args=[made.contest.key]) in shown.content.decode()
    counts = shown.context["preview"]["run"].counts
    assert counts and all(one.was != one.now for one in counts)


def test_a_list_from_excel_gives_no_special_prize_as_a_level_unless_it_stands_so(made, office):
    shown = read(office, made, ["B1", "画", "专项奖"])
    assert [(row, fault.column, fault.found) for row, fault in shown.context["faults"]] == [(2, "奖项", "专项奖")]
    Decision.objects.create(entry=made.entries["B1"], contest=made.contest, code=SPECIAL.code, minutes=NAME)
    assert read(office, made, ["B1", "画", "专项奖"]).status_code == 200
