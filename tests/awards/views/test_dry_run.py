"""The page that shows who moves before anything is done: the same for every act that moves prizes."""

import re
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from awards.models import AwardList, PrizePlan
from awards.services.lists import take_list_back
from awards.services.running import decide
from competition.models import AccessRecord, Contest, Entry, Event, Role, User
from competition.states import RoleKind
from judging.models import Assignment, Mark, RoundEntry, Sheet
from judging.services.marking import reopen_sheet
from tests.factories.contests import AT
from tests.factories.judging import Judged, judged_contest
from tests.factories.measuring import Measured, reading, robot_contest
from tests.factories.replay import replayed
from tests.factories.sheets import plan, small
from tests.factories.workbooks import workbook

pytestmark = pytest.mark.django_db
POINTS = {"A1": (95, 93, 94), "A2": (90, 91, 89), "A3": (80, 80, 80)}


@pytest.fixture
@replayed
def judged() -> Judged:
    made = judged_contest()
    for entry, given in POINTS.items():
        for at, points in enumerate(given, 1):
            made.submit(points, code=f"J{at}", entry=entry)
    return made


@pytest.fixture
def office(judged: Judged) -> Client:
    client = Client()
    client.force_login(judged.office)
    return client


def words(page: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", unescape(page.content.decode())).split())


def of_contest(judged: Judged, name: str, *args: Any) -> str:
    return reverse(name, args=[judged.contest.key, *args])


def remark(judged: Judged, points: int, code: str, entry: str) -> None:
    """Another mark than the judge gave, straight into the sheet."""
    sheet = Sheet.objects.standing().get(assignment=judged.work(code, entry))
    sheet.marks.update(points=points)


def acts(judged: Judged) -> dict[str, tuple[str, dict[str, Any]]]:
    """(address, what is sent) of what moves A1, which has first prize by the marks of J1 alone."""
    for at in (2, 3):
        remark(judged, 70, f"J{at}", "A1")  # A1: 78.33, with 70 of the others
    remark(judged, 100, "J1", "A1")  # 80.00: a tie with A3
    sheet = Sheet.objects.standing().get(assignment=judged.work("J1", "A1"))
    entry, place = judged.made.entries["A1"], RoundEntry.objects.get(entry=judged.made.entries["A1"])
    judge = judged.judge("J1")
    return {
        "reopen": (of_contest(judged, "sheet-reopen", sheet.key), {"reason": "笔误"}),
        "aside": (of_contest(judged, "judge-set-aside", judge.key), {"which": "all", "reason": "与作者有关"}),
        "withdraw": (reverse("form-withdraw", args=[entry.key]), {}),
        "absent": (of_contest(judged, "attendance-set", place.round.order, entry.key), {"to": "absent"}),
        "check": (of_contest(judged, "check-decide"), {"entry": entry.key, "verdict": "not_passed", "text": "抄袭"}),
    }


def state(judged: Judged) -> list[Any]:
    """What any of the acts would change."""
    return [
        list(Sheet.objects.order_by("pk").values_list("pk", "state")),
        list(Entry.objects.order_by("pk").values_list("pk", "state")),
        list(RoundEntry.objects.order_by("pk").values_list("pk", "state")),
        list(Assignment.objects.order_by("pk").values_list("pk", "revision")),
        Event.objects.count(), AwardList.objects.count(), PrizePlan.objects.count(),
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["reopen", "aside", "withdraw", "absent", "check"])
def test_an_act_is_shown_first_and_done_once_it_was_seen(judged, office, name):
    address, sent = acts(judged)[name]
    before = state(judged)
    page = office.post(address, sent)
    assert page.status_code == 200
    assert state(judged) == before
    run = page.context["run"]
    assert "A1" in {one.number for one in run.lines}
    text = words(page)
    assert "A1" in text
    assert all(one.why in text for one in run.lines)
    for field, value in sent.items():
        assert (field, value) in page.context["sent"]
    assert AccessRecord.objects.filter(what="dry-run", user=judged.office).count() == 1
    done = office.post(address, {**sent, "seen": run.seen})
    assert done.status_code == 302
    assert state(judged) != before


@pytest.mark.parametrize("name", ["reopen", "aside", "withdraw", "absent", "check"])
def test_what_another_changed_meanwhile_is_shown_anew(judged, office, name):
    address, sent = acts(judged)[name]
    seen = office.post(address, sent).context["run"].seen
    remark(judged, 60, "J2", "A2")
    before = state(judged)
    page = office.post(address, {**sent, "seen": seen})
    assert page.status_code == 409
    assert state(judged) == before
    assert page.context["run"].seen != seen
    assert page.context["refused"] in words(page)
    assert office.post(address, {**sent, "seen": page.context["run"].seen}).status_code == 302


def test_what_moves_nobody_is_done_at_once_and_says_so(judged, office):
    sheet = Sheet.objects.standing().get(assignment=judged.work("J1", "A3"))
    done = office.post(of_contest(judged, "sheet-reopen", sheet.key), {"reason": "笔误"}, follow=True)
    assert "没有奖项变动" in words(done)
    sheet.refresh_from_db()
    assert sheet.state == "reopened"


def test_before_the_first_sheet_nothing_is_asked():
    made = judged_contest()
    client = Client()
    client.force_login(made.office)
    assert client.post(reverse("form-withdraw", args=[made.made.entries["A1"].key])).status_code == 302
    assert AccessRecord.objects.filter(what="dry-run").count() == 0


def test_a_refusal_goes_back_with_its_reason(judged, office):
    sheet = Sheet.objects.standing().get(assignment=judged.work("J1", "A1"))
    back = office.post(of_contest(judged, "sheet-reopen", sheet.key), {"reason": ""}, follow=True)
    assert back.redirect_chain
    sheet.refresh_from_db()
    assert sheet.state == "submitted"


def test_a_list_is_proposed_anew_once_it_was_seen(judged, office):
    to = of_contest(judged, "decide")
    assert office.post(to).status_code == 302  # the first list is compared with nothing
    remark(judged, 0, "J1", "A1")
    page = office.post(to)
    assert [(one.number, one.was.code, one.now.code) for one in page.context["run"].lines] == [
        ("A1", "first", ""), ("A2", "second", "first"), ("A3", "", "second"),
    ]  # fmt: skip
    assert AwardList.objects.count() == 1
    assert office.post(to, {"seen": page.context["run"].seen}).status_code == 302
    assert AwardList.objects.count() == 2


def test_the_plan_page_shows_the_same_and_names_places_before_and_after(judged, office):
    data = {"base": 1, "cap_kind": "", "cap": "", "rounding": "half_up", "ties": "hold", "levels-TOTAL_FORMS": 2,
            "levels-INITIAL_FORMS": 0, "levels-0-prize": "first", "levels-0-kind": "count", "levels-0-value": "2",
            "levels-0-label_zh": "", "levels-1-prize": "second", "levels-1-kind": "count", "levels-1-value": "1",
            "levels-1-label_zh": "", "reason": "经费增加", "minutes": "纪要 2 号", "do": "look"}  # fmt: skip
    before = state(judged)
    page = office.post(of_contest(judged, "plan-group", 1), data)
    assert state(judged) == before
    run = page.context["preview"]["run"]
    assert [(one.number, one.was.code, one.now.code) for one in run.lines] == [
        ("A2", "second", "first"), ("A3", "", "second"),
    ]  # fmt: skip
    assert [(one.prize.code, one.was, one.now) for one in run.counts] == [("first", 1, 2), ("second", 1, 1)]
    assert "名额" in run.lines[0].why
    remark(judged, 60, "J2", "A2")  # what was seen is old
    again = office.post(of_contest(judged, "plan-group", 1),
                        {**data, "do": "save", "seen": page.context["preview"]["seen"]})  # fmt: skip
    assert again.status_code == 200
    assert state(judged) == before


def test_a_plan_that_was_saved_says_that_the_list_rests_on_the_one_before(judged, office):
    decide(contest=judged.contest, by=judged.office, at=AT)
    data = {"base": 1, "cap_kind": "", "cap": "", "rounding": "half_up", "ties": "hold", "levels-TOTAL_FORMS": 1,
            "levels-INITIAL_FORMS": 0, "levels-0-prize": "first", "levels-0-kind": "count", "levels-0-value": "2",
            "levels-0-label_zh": "", "reason": "经费增加", "minutes": "纪要 2 号"}  # fmt: skip
    to = of_contest(judged, "plan-group", 1)
    seen = office.post(to, {**data, "do": "look"}).context["preview"]["seen"]
    saved = office.post(to, {**data, "do": "save", "seen": seen}, follow=True)
    assert "重新计算" in words(saved)


def test_sheets_set_aside_are_brought_back_on_the_judges_page(judged, office):
    address, sent = acts(judged)["aside"]
    office.post(address, {**sent, "seen": office.post(address, sent).context["run"].seen})
    to = of_contest(judged, "judge-bring-back", judged.judge("J1").key)
    assert to in office.get(of_contest(judged, "judge-of", judged.judge("J1").key)).content.decode()
    page = office.post(to)
    assert page.status_code == 200
    assert office.post(to, {"seen": page.context["run"].seen}).status_code == 302
    assert Sheet.objects.standing().count() == 9


def test_a_form_without_a_reason_changes_nothing(judged, office):
    back = office.post(acts(judged)["aside"][0], {"which": "all"})
    assert back.status_code == 302
    assert Sheet.objects.standing().count() == 9


def test_who_is_not_the_office_sees_nobodys_prizes(judged):
    address, sent = acts(judged)["aside"]
    client = Client()
    client.force_login(User.objects.create_user("stranger"))
    assert client.post(address, sent).status_code == 404
    client.force_login(judged.users["J2"])
    assert client.post(address, sent).status_code == 404
    assert Contest.objects.get(pk=judged.contest.pk).state == "judging"


# ---- what comes with a workbook: marks, weights, methods, plans


def uploaded(client: Client, sheets: Any) -> Any:
    return client.post(reverse("upload"), {"workbook": SimpleUploadedFile("a.xlsx", workbook(sheets))})


@pytest.fixture
def everywhere() -> Client:
    user = User.objects.create_user("everywhere", name="省办公室")
    Role.objects.create(user=user, kind=RoleKind.ORGANISER)
    client = Client()
    client.force_login(user)
    return client


def test_a_workbook_shows_who_moves_and_why_before_it_is_applied(everywhere):
    first = uploaded(everywhere, small())
    assert first.context["run"] is None  # nobody has a prize yet
    everywhere.post(reverse("upload-apply"), {"ticket": first.context["ticket"]})
    assert AwardList.objects.count() == 1
    other = small() | {"奖项方案": plan(("一等奖", 2), ("二等奖", 2), ("三等奖", 1))}
    page = uploaded(everywhere, other)
    run = page.context["run"]
    assert [(one.number, one.was.code, one.now.code) for one in run.lines] == [
        ("A2", "second", "first"), ("A4", "third", "second"),
    ]  # fmt: skip
    assert all(one.why in words(page) for one in run.lines)
    assert AwardList.objects.count() == 1
    everywhere.post(reverse("upload-apply"), {"ticket": page.context["ticket"]})
    given = dict(AwardList.objects.standing().get().awards.values_list("entry__number", "code"))
    assert given == {"A1": "first", "A2": "first", "A3": "second", "A4": "second", "A5": "third"}


def test_a_workbook_that_would_do_something_else_by_now_is_not_applied(everywhere):
    everywhere.post(reverse("upload-apply"), {"ticket": uploaded(everywhere, small()).context["ticket"]})
    page = uploaded(everywhere, small() | {"奖项方案": plan(("一等奖", 2), ("二等奖", 3))})
    Mark.objects.filter(sheet__assignment__entry__number="A6").update(points=99)
    decide(contest=PrizePlan.objects.get().contest, by=None, at=AT)  # A6 is the best of the list by now
    everywhere.post(reverse("upload-apply"), {"ticket": page.context["ticket"]})
    assert PrizePlan.objects.count() == 1


def test_a_conflict_that_is_found_late_leads_to_the_sheets_that_still_count(judged, office):
    to = of_contest(judged, "conflict-add", judged.judge("J1").key)
    said = words(office.post(to, {"what": "A1"}, follow=True))
    assert "仍在计分" in said


def test_a_school_that_withdraws_sees_nobodys_prizes(judged):
    """Entries may be open once more while sheets are in: what a school does tells it nothing of others."""
    Contest.objects.filter(pk=judged.contest.pk).update(state="entry")
    entry, client = judged.made.entries["A1"], Client()
    user = User.objects.create_user("school", name="学校")
    Role.objects.create(user=user, kind=RoleKind.SCHOOL, school=entry.school)
    client.force_login(user)
    assert client.post(reverse("form-withdraw", args=[entry.key])).status_code == 302
    entry.refresh_from_db()
    assert entry.state == "withdrawn"


# ---- what is typed from paper or measured: shown once a list has been proposed


def paper_of(judged: Judged, entry: str, points: int) -> tuple[str, dict[str, str]]:
    """J1's sheet of an entry is opened again, and the office types the paper."""
    sheet = Sheet.objects.standing().get(assignment=judged.work("J1", entry))
    reopen_sheet(sheet=sheet, reason="笔误", by=judged.office, at=AT)
    sent = {f"mark-{judged.criterion.order}": str(points), "total": str(points), "save": "a-key"}
    return of_contest(judged, "paper-sheet", judged.work("J1", entry).key), sent


def test_paper_is_typed_at_once_while_there_is_no_list(judged, office):
    address, sent = paper_of(judged, "A1", 10)
    assert office.post(address, sent).status_code == 302
    assert judged.work("J1", "A1").sheets.standing().exists()


def test_paper_that_moves_somebody_on_a_list_is_shown_first(judged, office):
    decide(contest=judged.contest, by=None, at=AT)
    take_list_back(contest=Contest.objects.get(pk=judged.contest.pk), by=judged.office, at=AT)
    address, sent = paper_of(judged, "A1", 10)
    before = state(judged)
    page = office.post(address, sent)
    assert page.status_code == 200
    assert state(judged) == before
    assert "A1" in {one.number for one in page.context["run"].lines}
    wrong = office.post(address, {**sent, "total": "11"})  # the form says so itself, as it was typed
    assert wrong.status_code == 422
    assert 'value="11"' in wrong.content.decode()
    assert office.post(address, {**sent, "seen": page.context["run"].seen}).status_code == 302
    assert judged.work("J1", "A1").sheets.standing().exists()


def robots_with_list() -> tuple[Measured, Client]:
    """Two entries measured, R01 first; the list was taken back. The office may enter and confirm alone."""
    robots = robot_contest()
    robots.measure("R01", reading(50, "1:00"))
    robots.measure("R02", reading(40, "1:00"))
    decide(contest=robots.contest, by=None, at=AT)
    take_list_back(contest=Contest.objects.get(pk=robots.contest.pk), by=robots.users["甲"], at=AT)
    client = Client()
    client.force_login(robots.users["甲"])
    return robots, client


def test_a_corrected_attempt_is_shown_first_and_done_whole():
    robots, client = robots_with_list()
    address = reverse("measured", args=[robots.contest.key, 1, 1])
    entry = robots.entry("R01")
    sent = {"do": "enter", "entry": entry.key, "number": "1", "base": "1", "save": "again-1", "points": "20",
            "time": "1:00"}  # fmt: skip
    page = client.post(address, sent)
    assert page.status_code == 200
    assert {one.number for one in page.context["run"].lines} == {"R01", "R02"}
    assert robots.current("R01").version == 1
    assert client.post(address, {**sent, "seen": page.context["run"].seen}).status_code == 302
    assert robots.current("R01").version == 2
    other = Client()
    other.force_login(robots.users["乙"])
    again = {**sent, "do": "confirm", "attempt": robots.current("R01").key}
    differing = other.post(address, {**again, "points": "21"})  # what differs is kept, and counts not
    assert (differing.status_code, robots.current("R01").state) == (409, "differing")
    shown = other.post(address, again)
    assert shown.status_code == 200
    assert "R01" in {one.number for one in shown.context["run"].lines}
    assert robots.current("R01").state == "differing"
    assert other.post(address, {**again, "seen": shown.context["run"].seen}).status_code == 302
    assert robots.current("R01").state == "confirmed"


def test_a_first_attempt_is_entered_at_once_where_nobody_has_seen_a_list():
    robots = robot_contest()
    robots.measure("R02", reading(40, "1:00"))
    client = Client()
    client.force_login(robots.users["甲"])
    sent = {"do": "enter", "entry": robots.entry("R01").key, "number": "1", "base": "0", "save": "first-1",
            "points": "20", "time": "1:00"}  # fmt: skip
    assert client.post(reverse("measured", args=[robots.contest.key, 1, 1]), sent).status_code == 302
