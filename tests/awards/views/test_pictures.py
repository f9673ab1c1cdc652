"""图表: what the list that stands says is drawn, and stands beside it as a table; what is behind the analysis stays there."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from awards.models import Award
from awards.outputs.analysis_pictures import MOST_JUDGES, entry_chart, heat_of, judge_chart, ranked
from awards.outputs.pictures import score_charts
from awards.outputs.unit_pictures import unit_charts
from awards.selectors import list_that_stands
from awards.services.beside import beside, places_of
from awards.services.running import decide
from awards.services.specials import SpecialDetails, give_special, save_special
from competition.models import AccessRecord, Author, Contest, Entry
from competition.services.accounts import create_account, grant_role
from competition.states import RoleKind
from judging.models import Mark, Sheet, Standing
from judging.states import SheetState
from tests.awards.commands.test_scores import two_rounds
from tests.factories.analysing import marked_contest
from tests.factories.contests import WHO, decided, small_contest
from tests.factories.measuring import give_plan, reading, robot_contest
from tests.factories.moves import moving_contest

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_chinese() -> Iterator[None]:
    """Whatever language the page asked for before was in."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def contest() -> Contest:
    """36 works of 20 schools, 9 judges with 20 each; the first is strict; its awards are proposed."""
    return proposed(marked_contest(36, 9, 20))


def proposed(contest: Contest) -> Contest:
    Contest.objects.filter(pk=contest.pk).update(state="judging", settings=contest.settings | {"analysis": True})
    contest.refresh_from_db()
    decide(contest=contest, by=None, at=WHO["at"])
    return contest


@pytest.fixture
def office(client: Client) -> Client:
    user = create_account(username="office", name="办公室", password=None, **WHO)
    grant_role(user=user, kind=RoleKind.ORGANISER, **WHO)
    client.force_login(user)
    return client


def words(response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def standing(contest: Contest):
    found = list_that_stands(contest)
    assert found
    return found


# ---- the list that stands


def test_scores_and_cuts_are_those_of_the_list(contest: Contest) -> None:
    [chart] = score_charts(standing(contest))
    scores = dict(Standing.objects.values_list("entry", "score"))
    by_code: dict[str, list[int]] = {}
    for award in Award.objects.all():
        by_code.setdefault(award.code, []).append(scores[award.entry_id])
    for row, code in zip(chart.rows, ("first", "second", "third"), strict=False):
        won = sorted(by_code[code])
        assert list(row[1:]) == [len(won), f"{won[0] / 100:.2f}", f"{won[-1] / 100:.2f}"]
        assert f"{row[0]} ≥ {row[2]}" in chart.picture
    assert sum(int(str(row[1])) for row in chart.rows) == 36
    assert chart.rows[-1][0] == "未获奖"


def test_prizes_of_units_sum_to_the_list_and_people_count_once(contest: Contest) -> None:
    first = Award.objects.all()[0].entry
    twice = Award.objects.exclude(entry=first).filter(entry__school=first.school).first()
    if twice is None:
        twice = Award.objects.exclude(entry=first)[0]
        Entry.objects.filter(pk=twice.entry_id).update(school=first.school)
    Author.objects.create(entry=twice.entry, person=first.authors.get().person, order=2)
    by_district, by_school = unit_charts(standing(contest))
    awards = Award.objects.count()
    assert [row[0] for row in by_district.rows] == ["东区"] and by_district.rows[0][1] == 36
    assert list(by_district.rows[0][-2:]) == [awards, awards], "one author each, and one of them twice"
    assert sum(int(str(row[-2])) for row in by_school.rows) == awards
    mine = next(row for row in by_school.rows if row[0] == str(first.school))
    assert mine[-1] == mine[-2]
    assert [row[-2] for row in by_school.rows] == sorted((row[-2] for row in by_school.rows), reverse=True)


def test_the_page_shows_picture_and_table_and_is_a_look(office: Client, contest: Contest) -> None:
    page = reverse("pictures", args=[contest.key])
    response = office.get(page)
    assert response.status_code == 200 and response.content.decode().count("<figure") == 3
    assert response.content.decode().count('aria-hidden="true"><svg') == 3
    assert "得分与分数线" in words(response) and "各学校获奖情况" in words(response)
    assert AccessRecord.objects.filter(what="standings").count() == 1
    assert page in office.get(reverse("standings", args=[contest.key])).content.decode()


def test_what_is_tied_across_a_cut_is_drawn_as_held() -> None:
    made = marked_contest(12, 4, 9)
    Mark.objects.update(points=10)
    [chart] = score_charts(standing(proposed(made)))
    assert [list(row) for row in chart.rows] == [["待定", 12, "50.00", "50.00"]]


def test_finalists_stand_before_others_and_the_picture_says_why_cuts_overlap() -> None:
    """A3 has 99 and the second prize, A2 88.7 and the first."""
    [chart] = score_charts(standing(decided(two_rounds())))
    assert [list(row) for row in chart.rows] == [
        ["一等奖", 1, "88.70", "88.70"], ["二等奖", 2, "84.30", "99.00"], ["三等奖", 1, "71.00", "71.00"]
    ]  # fmt: skip
    assert "进入后面轮次的作品一律排在前面" in chart.note


def test_what_the_committee_moved_stands_where_its_score_is_and_makes_no_cut() -> None:
    moving = moving_contest()
    by_plan = {row[0]: row for row in score_charts(standing(moving.contest))[0].rows}
    assert (by_plan["一等奖"][1], by_plan["二等奖"][1]) == (1, 2)
    moving.carry(A5="second", A3="")
    [chart] = score_charts(standing(moving.contest))
    rows = {row[0]: row for row in chart.rows}
    left = Standing.objects.filter(entry__number="A2").latest("pk").score
    assert list(rows["二等奖"]) == ["二等奖", 2, f"{left / 100:.2f}", f"{left / 100:.2f}"]
    assert "调整奖项的 2 件作品" in chart.note


def test_special_prizes_are_said_to_be_left_aside() -> None:
    moving = moving_contest()
    details = SpecialDetails(label_zh="知识产权专项奖", label_en="", sponsor="市知识产权局", number=1)
    prize = save_special(contest=moving.contest, details=details, by=moving.office, at=WHO["at"])
    before = [chart.rows for chart in unit_charts(standing(moving.contest))]
    give_special(prize=prize, number="A1", minutes="纪要〔2026〕8号", by=moving.office, at=WHO["at"])
    charts = unit_charts(standing(moving.contest))
    assert [chart.rows for chart in charts] == before
    assert all("专项奖未计入" in chart.note for chart in charts)


def test_before_there_is_a_list_it_says_so(office: Client) -> None:
    bare = small_contest().contest
    response = office.get(reverse("pictures", args=[bare.key]))
    assert response.status_code == 200 and "暂无图表" in words(response)


def test_of_time_alone_no_score_is_drawn() -> None:
    robots = robot_contest(3, measure="time")
    give_plan(robots, 1)
    for number in robots.entries:
        robots.measure(number, reading(None, "1:00"), reading(None, "1:01"))
    decide(contest=robots.contest, by=None, at=WHO["at"])
    assert score_charts(standing(robots.contest)) == []


# ---- the analysis


def test_a_dot_is_the_score_of_the_model_and_the_cross_the_published_one(contest: Contest) -> None:
    both = beside(contest, places_of(contest)[0])
    chart = entry_chart(both, ranked(both))
    assert chart
    published = {one.entry.number: one.score for one in Standing.objects.select_related("entry")}
    assert {row[0]: row[1] for row in chart.rows} == {
        number: f"{score / 100:.2f}" for number, score in published.items()
    }
    assert [row[1] for row in chart.rows] == sorted((row[1] for row in chart.rows), key=lambda one: -float(str(one)))
    adjusted = both.adjusted()
    for row, at in zip(chart.rows, ranked(both), strict=True):
        score = adjusted[at]
        assert score and str(row[2]).startswith(f"{score[1] / 100:.2f} ± ")
    prizes = dict(Award.objects.values_list("entry__number", "label_zh"))
    assert {row[0]: row[3] for row in chart.rows if row[3] != "—"} == prizes
    assert chart.picture.count("<circle") == chart.picture.count("l6 6m0 -6l-6 6") == 36


def test_judges_are_in_order_by_code_alone_and_few_sheets_are_silent(contest: Contest) -> None:
    both = beside(contest, places_of(contest)[0])
    codes = [f"J{at:03}" for at in range(9)]
    chart = judge_chart(both, codes)
    assert chart and [row[1] for row in chart.rows] == [20] * 9
    assert chart.rows[-1][0] == "J000", "the strict one is last"
    gone = list(Sheet.objects.filter(assignment__judge__code="J001").values_list("pk", flat=True))[:6]
    Sheet.objects.filter(pk__in=gone).update(state=SheetState.RECUSED)
    chart = judge_chart(beside(contest, places_of(contest)[0]), codes)
    assert chart and "J001" not in {row[0] for row in chart.rows} and "J001" not in chart.picture
    assert "1 位评委的评分表不足 15 张" in chart.note


def test_a_cell_is_how_far_the_sheet_stands_from_the_mean_of_its_entry(contest: Contest) -> None:
    both = beside(contest, places_of(contest)[0])
    codes = [f"J{at:03}" for at in range(9)]
    heat = heat_of(both, ranked(both)[:10], codes)
    assert len(heat.lines) == 10 and len(heat.judges) <= MOST_JUDGES
    for entry, cells in heat.lines:
        total = {
            one.assignment.judge.code: sum(mark.points for mark in one.marks.all())
            for one in Sheet.objects.filter(assignment__entry=entry).select_related("assignment__judge")
        }
        mean = sum(total.values()) / len(total)
        for code, cell in zip(heat.judges, cells, strict=True):
            assert (cell is None) == (code not in total)
            if cell:
                assert float(cell.words.replace("−", "-")) == pytest.approx(total[code] - mean, abs=0.051)
                assert cell.heat == 0 or (cell.heat > 0) == cell.words.startswith("+")


def test_many_judges_come_in_parts() -> None:
    contest = marked_contest(30, 30, 3)
    both = beside(contest, places_of(contest)[0])
    codes = [f"J{at:03}" for at in range(30)]
    rows = ranked(both)
    first, second = (heat_of(both, rows, codes, page) for page in (1, 2))
    assert (first.first, first.last, second.first, second.last, second.all) == (1, 20, 21, 30, 30)
    assert [*first.judges, *second.judges] == codes
    assert heat_of(both, rows, codes, 99) == second, "a part that is not there is the last"


def test_the_page_names_judges_by_code_alone_and_opens_with_the_analysis(office: Client, contest: Contest) -> None:
    page = reverse("analysis-pictures", args=[contest.key])
    response = office.get(page)
    said = words(response)
    assert response.status_code == 200 and "J000" in said
    assert not any(one.person.name in said for one in contest.judges.select_related("person"))
    assert office.get(page, {"judges": "x" * 9, "page": "9"}).status_code == 200
    Contest.objects.filter(pk=contest.pk).update(settings={})
    assert office.get(page).status_code == 404


def test_where_judges_cannot_be_compared_no_interval_is_drawn(office: Client, contest: Contest) -> None:
    Sheet.objects.exclude(assignment__judge__code="J000").update(state=SheetState.RECUSED)
    response = office.get(reverse("analysis-pictures", args=[contest.key]))
    assert (response.context["entries"], response.context["judges"]) == (None, None)
    assert "不足以区分宽严与偶然" in words(response)


def test_without_sheets_or_marked_tracks_there_is_a_page(office: Client, contest: Contest) -> None:
    Sheet.objects.update(state=SheetState.RECUSED)
    assert office.get(reverse("analysis-pictures", args=[contest.key])).status_code == 200
    robots = robot_contest().contest
    Contest.objects.filter(pk=robots.pk).update(settings={"analysis": True})
    assert office.get(reverse("analysis-pictures", args=[robots.key])).status_code == 200
