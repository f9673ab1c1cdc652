"""The pages of the prize plan: looked at before it is saved, faults at their fields, and prizes as it says."""

from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from awards.models import PrizePlan
from awards.prizes import KNOWN
from awards.services.lists import standing_list
from awards.services.plans import save_plan
from awards.services.proposals import plan_in_force
from competition.models import Contest, Division, Event, StoredFile, Track
from tests.competition.inspection import samples
from tests.factories.contests import WHO
from tests.factories.judging import Judged, judged_contest
from tests.factories.measuring import VOID, Measured, reading, robot_contest

pytestmark = pytest.mark.django_db
CODES = {code for code, *_names in KNOWN}


@pytest.fixture
def judged() -> Judged:
    return judged_contest()


@pytest.fixture
def office(judged: Judged) -> Client:
    return signed_in(judged.office)


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


def page_of(contest: Contest, track: int = 1, *place: int) -> str:
    return reverse("plan-group", args=[contest.key, track, *place])


def typed(*levels: tuple[str, str, str], lines: int | None = None, **more: Any) -> dict[str, Any]:
    """(prize, kind, value); a prize that is no code is a name of its own."""
    found: dict[str, Any] = {"base": 1, "cap_kind": "", "cap": "", "rounding": "half_up", "ties": "hold",
             "levels-TOTAL_FORMS": len(levels), "levels-INITIAL_FORMS": 0}  # fmt: skip
    for at, (prize, kind, value) in enumerate(levels):
        is_code = prize in CODES
        found |= {f"levels-{at}-prize": prize if is_code or not prize else "own", f"levels-{at}-kind": kind,
                  f"levels-{at}-label_zh": "" if is_code else prize, f"levels-{at}-value": value}  # fmt: skip
    return found | more


def look(client: Client, address: str, data: dict[str, Any]) -> Any:
    return client.post(address, {**data, "do": "look"})


def save(client: Client, address: str, data: dict[str, Any]) -> HttpResponse:
    """Looked at, and saved as it was shown."""
    seen = look(client, address, data).context["preview"]["seen"]
    return client.post(address, {**data, "do": "save", "seen": seen})  # type: ignore[return-value]


def said(contest: Contest) -> list[tuple[Any, ...]]:
    plan = plan_in_force(contest)
    assert plan is not None
    rows = [level for group in plan.groups.all() for level in group.levels.all()]
    return [(one.label_zh, one.kind, None if one.value is None else int(one.value), one.minimum) for one in rows]


def test_a_plan_is_looked_at_and_saved(judged, office):
    to = page_of(judged.contest)
    data = typed(("first", "percent_prizes", "34"), ("最佳创意奖", "count", "1"), ("second", "rest", ""),
                 cap_kind="percent", cap="100")  # fmt: skip
    data["levels-0-minimum"] = "80.5"
    shown = look(office, to, data)
    assert shown.status_code == 200
    assert PrizePlan.objects.count() == 1
    # 34 % of 3 prizes is 1.02
    assert [(prize.label_zh, number) for prize, number in shown.context["preview"]["seats"]] == [
        ("一等奖", 1), ("最佳创意奖", 1), ("二等奖", 1),
    ]  # fmt: skip
    assert save(office, to, data).status_code == 302
    assert said(judged.contest) == [
        ("一等奖", "percent_prizes", 34, 8050), ("最佳创意奖", "count", 1, None), ("二等奖", "rest", None, None),
    ]  # fmt: skip
    overview = unescape(office.get(reverse("plan", args=[judged.contest.key])).content.decode())
    assert "最佳创意奖" in overview
    assert [version.version for version, _groups in versions(office, judged.contest)] == [2, 1]


def versions(client: Client, contest: Contest) -> Any:
    return client.get(reverse("plan", args=[contest.key])).context["versions"]


def test_what_stands_is_in_the_form_and_saved_again_is_no_new_version(judged, office):
    to = page_of(judged.contest)
    page = office.get(to)
    lines = page.context["lines"]
    data = {"base": 1, "do": "save", **page.context["form"].initial, "levels-TOTAL_FORMS": lines.total_form_count(),
            "levels-INITIAL_FORMS": lines.initial_form_count()}  # fmt: skip
    for line in lines:
        data |= {f"{line.prefix}-{name}": value for name, value in line.initial.items()}
    assert save(office, to, data).status_code == 302
    assert PrizePlan.objects.count() == 1


def test_nothing_is_saved_that_was_not_looked_at(judged, office):
    to = page_of(judged.contest)
    data = typed(("first", "count", "2"))
    assert office.post(to, {**data, "do": "save"}).status_code == 200
    seen = look(office, to, data).context["preview"]["seen"]
    other = {**typed(("first", "count", "3")), "do": "save", "seen": seen}
    again = office.post(to, other)
    assert again.status_code == 200
    assert again.context["preview"]["look"].seats == (3,)
    assert PrizePlan.objects.count() == 1


def test_the_preview_holds_only_for_as_many_entries(judged, office):
    to = page_of(judged.contest)
    data = typed(("first", "percent_entries", "34"))
    seen = look(office, to, data).context["preview"]["seen"]
    judged.contest.entries.filter(number="A3").update(state="withdrawn")
    assert office.post(to, {**data, "do": "save", "seen": seen}).status_code == 200
    assert PrizePlan.objects.count() == 1


def test_who_has_an_older_version_open_is_told_and_keeps_what_was_typed(judged, office):
    to = page_of(judged.contest)
    save(office, to, typed(("first", "count", "2")))
    late = save(office, to, typed(("first", "count", "3")))
    assert late.status_code == 422
    assert late.context["refused"]
    assert late.context["lines"][0]["value"].value() == "3"
    assert PrizePlan.objects.count() == 2


@pytest.mark.parametrize(
    ("level", "more", "field"),
    [
        (("first", "count", ""), {}, "levels-0-value"),
        (("first", "count", "-1"), {}, "levels-0-value"),
        (("first", "count", "1.5"), {}, "levels-0-value"),
        (("first", "count", "many"), {}, "levels-0-value"),
        (("first", "percent_entries", "101"), {}, "levels-0-value"),
        (("first", "", "3"), {}, "levels-0-kind"),
        (("first", "rest", "3"), {"cap_kind": "count", "cap": "5"}, "levels-0-value"),
        (("", "count", "3"), {}, "levels-0-prize"),
        (("first", "count", "3"), {"levels-0-label_zh": "金奖"}, "levels-0-label_zh"),
        (("own", "count", "3"), {"levels-0-prize": "own", "levels-0-label_zh": ""}, "levels-0-label_zh"),
        (("无", "count", "3"), {}, "levels-0-label_zh"),
        (("一等将", "count", "3"), {}, "levels-0-label_zh"),
        (("first", "count", "3"), {"levels-0-minimum": "80.123"}, "levels-0-minimum"),
        (("first", "count", "3"), {"levels-0-minimum": "-1"}, "levels-0-minimum"),
        (("first", "percent_prizes", "15"), {}, "cap"),
        (("first", "ratio", "1"), {}, "cap"),
        (("first", "rest", ""), {}, "cap"),
        (("first", "count", "1"), {"cap_kind": "count"}, "cap"),
        (("first", "count", "1"), {"cap": "5"}, "cap_kind"),
        (("first", "count", "1"), {"cap_kind": "count", "cap": "2.5"}, "cap"),
        (("first", "count", "1"), {"cap_kind": "percent", "cap": "101"}, "cap"),
        (("first", "count", "1"), {"rounding": "sideways"}, "rounding"),
    ],
)  # fmt: skip
def test_every_fault_stands_at_its_field(judged, office, level, more, field):
    page = look(office, page_of(judged.contest), typed(level, **more))
    assert page.status_code == 422
    form, lines = page.context["form"], page.context["lines"]
    found = {name: errors for name, errors in form.errors.items()}
    found |= {f"{line.prefix}-{name}": errors for line in lines for name, errors in line.errors.items()}
    assert set(found) == {field}
    assert str(found[field][0]) in unescape(page.content.decode())
    assert lines[0]["value"].value() == level[2]
    assert PrizePlan.objects.count() == 1


def test_a_prize_twice_and_a_better_prize_below(judged, office):
    page = look(office, page_of(judged.contest), typed(("second", "count", "1"), ("first", "count", "1"),
                                                       ("second", "count", "1")))  # fmt: skip
    assert page.status_code == 422
    assert [set(line.errors) for line in page.context["lines"]][:3] == [set(), {"prize"}, {"prize"}]


def test_once_sheets_are_here_a_reason_is_asked_for_at_its_field(judged, office):
    judged.submit()
    to = page_of(judged.contest)
    data = typed(("first", "count", "2"))
    refused = save(office, to, data)
    assert refused.status_code == 422
    assert "reason" in refused.context["form"].errors
    assert refused.context["preview"] is not None
    assert save(office, to, data | {"reason": "评审会议决定"}).status_code == 422
    why = {"reason": "评审会议决定", "minutes": "组委会纪要 2 号"}
    assert save(office, to, data | why).status_code == 302
    [(version, _groups), *_others] = versions(office, judged.contest)
    assert (version.reason, version.minutes, version.paper) == ("评审会议决定", "组委会纪要 2 号", None)
    log = office.get(reverse("log", args=[judged.contest.key])).content.decode()
    assert "评审会议决定 · 组委会纪要 2 号" in log
    assert "评审会议决定" in office.get(reverse("plan", args=[judged.contest.key])).content.decode()


def test_the_minutes_as_a_scan_are_kept_with_the_version(judged, office, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    to, why = page_of(judged.contest), {"reason": "评审会议决定", "minutes": "组委会纪要 2 号"}
    judged.submit()
    data = typed(("first", "count", "2"), **why)
    seen = look(office, to, data).context["preview"]["seen"]
    bad = {"do": "save", "seen": seen, "paper": SimpleUploadedFile("a.pdf", b"no PDF at all")}
    assert office.post(to, data | bad).status_code == 422
    assert (PrizePlan.objects.count(), StoredFile.objects.count()) == (1, 0)
    good = {"do": "save", "seen": seen, "paper": SimpleUploadedFile("组委会.pdf", samples.pdf())}
    assert office.post(to, data | good).status_code == 302
    plan = plan_in_force(judged.contest)
    assert Event.objects.filter(action="plan.saved").last().body["sha256"] == plan.paper.sha256
    answer = office.get(reverse("plan-paper", args=[judged.contest.key, plan.version]))
    assert b"".join(answer.streaming_content)[:5] == b"%PDF-"
    assert "plan-2-minutes.pdf" in answer.headers["Content-Disposition"]
    assert office.get(reverse("plan-paper", args=[judged.contest.key, 1])).status_code == 404


def test_a_group_goes_when_its_lines_go(judged, office):
    to = page_of(judged.contest)
    data = typed(lines=0)
    assert look(office, to, data).context["preview"]["goes"] is True
    assert save(office, to, data).status_code == 302
    assert said(judged.contest) == []
    page = look(office, to, data | {"base": 2})
    assert page.status_code == 422  # there is nothing to take out


def test_a_track_has_one_plan_or_one_for_each_division(judged, office):
    division = Division.objects.create(contest=judged.contest, code="小学", label_zh="小学", order=1)
    whole, part = page_of(judged.contest), page_of(judged.contest, 1, 1)
    assert (office.get(whole).status_code, office.get(part).status_code) == (200, 404)
    save(office, whole, typed(lines=0))
    assert (office.get(whole).status_code, office.get(part).status_code) == (200, 200)
    save(office, part, typed(("first", "count", "1"), base=2))
    assert (office.get(whole).status_code, office.get(part).status_code) == (404, 200)
    assert plan_in_force(judged.contest).groups.get().division == division
    overview = office.get(reverse("plan", args=[judged.contest.key]))
    assert overview.context["outside"] == 3  # none of the three is in this division


def test_a_beginning_only_fills_the_form(judged, office):
    before = Event.objects.count()
    for name in ("shares", "ratio", "numbers"):
        page = office.get(page_of(judged.contest), {"fill": name})
        assert [line["prize"].value() for line in page.context["lines"]][:3] == ["first", "second", "third"]
    assert (PrizePlan.objects.count(), Event.objects.count()) == (1, before)
    assert office.get(page_of(judged.contest), {"fill": "nonsense"}).status_code == 200


def test_no_least_score_is_asked_for_where_time_alone_is_measured():
    robots = robot_contest(2, measure="time")
    page = signed_in(robots.users["甲"]).get(page_of(robots.contest))
    assert "minimum" not in page.context["lines"][0].fields


def test_tracks_of_minutes_are_not_asked_about(judged, office):
    Track.objects.create(contest=judged.contest, code="幻", label_zh="幻", order=2, is_by_minutes=True)
    assert office.get(page_of(judged.contest, 2)).status_code == 404
    assert len(office.get(reverse("plan", args=[judged.contest.key])).context["lines"]) == 1


def test_after_the_lock_it_can_only_be_read(judged, office):
    Contest.objects.filter(pk=judged.contest.pk).update(state="locked")
    assert office.get(page_of(judged.contest)).status_code == 409
    assert office.post(page_of(judged.contest), typed(("first", "count", "2"))).status_code == 409
    page = office.get(reverse("plan", args=[judged.contest.key]))
    assert page.status_code == 200
    assert page_of(judged.contest) not in page.content.decode()


# ---- from an empty plan to the list


@pytest.fixture
def robots() -> Measured:
    """A contest kept on the web, without a plan."""
    made = robot_contest(5)
    PrizePlan.objects.all().delete()
    return made


def test_the_board_leads_to_the_plan_and_the_plan_to_the_right_prizes(robots):
    office, contest = signed_in(robots.users["丙"]), robots.contest
    board, to = reverse("board", args=[contest.key]), page_of(contest)
    for number, points in (("R01", 10), ("R02", 40), ("R03", 30), ("R04", 20)):
        robots.measure(number, *(reading(points, "1:00"),) * 3)
    robots.measure("R05", VOID, VOID, VOID)
    page = office.get(board)
    assert page.context["next"].url == reverse("plan", args=[contest.key])
    assert [step.url for step in page.context["steps"]][3] == reverse("plan", args=[contest.key])
    office.post(reverse("decide", args=[contest.key]))
    assert contest.award_lists.count() == 0  # without a plan nothing is proposed

    # 60 % of 5 entries are 3 prizes; 34 % of them 1.02, the rest 2
    data = typed(("first", "percent_prizes", "34"), ("second", "rest", ""), base=0, cap_kind="percent", cap="60",
                 reason="按通知设奖", minutes="纪要 1 号")  # fmt: skip
    assert save(office, to, data).status_code == 302
    assert office.get(board).context["next"].url == reverse("decide", args=[contest.key])
    office.post(reverse("decide", args=[contest.key]))
    given = dict(standing_list(contest).awards.values_list("entry__number", "code"))
    assert given == {"R02": "first", "R03": "second", "R04": "second"}

    # the plan changes: whose prize changes is shown, and the list that stands is an old one
    more = typed(("first", "count", "2"), ("merit", "count", "1"), reason="评审会议决定", minutes="纪要 2 号")
    moved = look(office, to, more).context["preview"]["run"].lines
    assert [(one.number, one.was.label, one.now.label) for one in moved] == [
        ("R03", "二等奖", "一等奖"),
        ("R04", "二等奖", "优秀奖"),
    ]
    save(office, to, more)
    office.post(reverse("lock-list", args=[contest.key]))
    contest.refresh_from_db()
    assert contest.state == "decision"
    proposed = office.post(reverse("decide", args=[contest.key]))  # nothing is proposed before somebody has looked
    assert contest.award_lists.count() == 1
    office.post(reverse("decide", args=[contest.key]), {"seen": proposed.context["run"].seen})
    office.post(reverse("lock-list", args=[contest.key]))
    contest.refresh_from_db()
    assert contest.state == "locked"
    given = dict(standing_list(contest).awards.values_list("entry__number", "code"))
    assert given == {"R02": "first", "R03": "first", "R04": "merit"}


def test_the_board_names_the_tracks_that_the_plan_forgot(robots):
    office, contest = signed_in(robots.users["丙"]), robots.contest
    other = Track.objects.create(contest=contest, code="航模", label_zh="航模", order=2)
    save_plan(contest=contest, groups=[], **WHO)
    robots.entries["R01"].track = other
    robots.entries["R01"].save()
    assert office.get(reverse("board", args=[contest.key])).context["board"].unplanned == ["机器人", "航模"]
    save(office, page_of(contest), typed(("first", "count", "1")))
    assert office.get(reverse("board", args=[contest.key])).context["board"].unplanned == ["航模"]


def test_the_set_up_page_leads_to_the_plan(judged, office):
    page = office.get(reverse("setup", args=[judged.contest.key])).content.decode()
    assert reverse("plan", args=[judged.contest.key]) in page


# ---- tie-breakers


def test_tie_breakers_are_chosen_in_their_order_and_stand_in_the_form_again(judged, office):
    to = page_of(judged.contest)
    chain = {"breaker_1": "criterion:总评", "breaker_3": "highest:"}
    assert save(office, to, typed(("first", "count", "1"), **chain)).status_code == 302
    [group] = plan_in_force(judged.contest).groups.all()
    assert group.breakers == [["criterion", "总评"], ["highest", ""]]
    form = office.get(to).context["form"]
    assert [form.initial.get(f"breaker_{at}") for at in (1, 2, 3)] == ["criterion:总评", "highest:", None]
    overview = unescape(office.get(reverse("plan", args=[judged.contest.key])).content.decode())
    assert "先比“总评”得分，再比最高一份评分" in overview


def test_a_comparison_that_stands_twice_is_a_fault_at_its_field(judged, office):
    chain = {"breaker_1": "exact:", "breaker_2": "exact:"}
    shown = look(office, page_of(judged.contest), typed(("first", "count", "1"), **chain))
    assert shown.status_code == 422
    assert list(shown.context["form"].errors) == ["breaker_2"]


def test_a_measured_track_with_one_round_has_nothing_to_compare():
    made = robot_contest()
    user = next(iter(made.users.values()))
    form = signed_in(user).get(page_of(made.contest)).context["form"]
    assert form.breaker_fields == []
