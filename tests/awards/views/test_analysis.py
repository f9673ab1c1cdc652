"""分析: a door that is shut until the contest opens it, and a page that changes nothing."""

from datetime import timedelta
from fractions import Fraction

import pytest
from django.test import Client
from django.urls import reverse

from awards.models import Award
from awards.outputs.analysis import analysed
from awards.services.analysing import open_analysis
from awards.services.beside import places_of, sheets_of
from awards.services.running import decide
from competition.models import Contest, Entry, Event
from competition.services.accounts import create_account, grant_role
from competition.services.contests import save_contest
from competition.services.places import save_places
from competition.states import RoleKind
from judging.core.severity import Answer, Reason
from judging.frames import marks_frame
from judging.models import Judge, Mark, Sheet, Standing
from judging.services.standings import plan_of, scores_in
from judging.states import SheetState
from tests.factories import panels
from tests.factories.analysing import marked_contest
from tests.factories.contests import MINT, WHO, small_contest
from tests.factories.entering import refusal
from tests.factories.measuring import robot_contest

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest() -> Contest:
    """36 works, 9 judges with 20 each; the first is strict."""
    return marked_contest(36, 9, 20)


@pytest.fixture
def office(contest: Contest, client: Client) -> Client:
    user = create_account(username="office", name="办公室", password=None, **WHO)
    grant_role(user=user, kind=RoleKind.ORGANISER, **WHO)
    client.force_login(user)
    return client


def opened(office: Client, contest: Contest, is_open: str = "1"):
    return office.post(reverse("analysis-open", args=[contest.key]), {"open": is_open})


def test_it_is_shut_until_it_is_opened_and_shut_again(office: Client, contest: Contest) -> None:
    page = reverse("analysis", args=[contest.key])
    assert office.get(page).status_code == 404
    assert opened(office, contest).url == page
    assert office.get(page).status_code == 200
    assert page in office.get(reverse("standings", args=[contest.key])).content.decode()
    assert opened(office, contest, "0").url == reverse("standings", args=[contest.key])
    assert office.get(page).status_code == 404
    assert list(Event.objects.filter(action__startswith="analysis.").values_list("action", flat=True)) == [
        "analysis.opened",
        "analysis.shut",
    ]


def test_opening_twice_is_one_event(office: Client, contest: Contest) -> None:
    opened(office, contest)
    opened(office, contest)
    assert Event.objects.filter(action="analysis.opened").count() == 1


def test_only_organisers_may_open_it(contest: Contest) -> None:
    stranger = create_account(username="stranger", name="某人", password=None, **WHO)
    with refusal("hidden"):
        open_analysis(contest=contest, is_open=True, by=stranger, at=WHO["at"])
    contest.refresh_from_db()
    assert "analysis" not in contest.settings


def test_a_workbook_that_is_loaded_again_leaves_it_open(office: Client, contest: Contest) -> None:
    opened(office, contest)
    save_contest(details=panels.details(), mint=MINT, has_verification=False, **WHO)
    contest.refresh_from_db()
    assert contest.settings["analysis"] is True


def test_it_changes_no_result(office: Client, contest: Contest) -> None:
    Contest.objects.filter(pk=contest.pk).update(state="judging")
    contest.refresh_from_db()
    decide(contest=contest, by=None, at=WHO["at"])

    def results():
        return (
            list(Standing.objects.order_by("pk").values()),
            list(Award.objects.order_by("pk").values()),
            list(contest.standing_runs.values()),
            list(contest.award_lists.values()),
        )

    before = results()
    opened(office, contest)
    assert office.get(reverse("analysis", args=[contest.key])).status_code == 200
    decide(contest=contest, by=None, at=WHO["at"] + timedelta(hours=1))
    assert results() == before


def test_places_and_scores_by_the_rule_are_those_of_the_standings(contest: Contest) -> None:
    Contest.objects.filter(pk=contest.pk).update(state="judging")
    contest.refresh_from_db()
    decide(contest=contest, by=None, at=WHO["at"])
    run = contest.standing_runs.get()
    stored = {one.entry.number: (one.rank, one.score) for one in run.standings.select_related("entry")}
    prizes = dict(Award.objects.values_list("entry__number", "code"))
    found = analysed(contest, places_of(contest)[0])
    shown = {one.entry.number: (one.place, int(one.score.replace(".", ""))) for one in found.lines}
    assert shown == stored
    assert {one.entry.number: one.prize.code for one in found.lines if one.prize.code} == prizes


def test_totals_of_sheets_make_the_scores_of_the_round(contest: Contest) -> None:
    place = places_of(contest)[0]
    entries = list(contest.entries.order_by("order"))
    sheets = sheets_of(marks_frame(contest), entries, plan_of(place.rubric))
    for row, entry in enumerate(entries):
        mine = sheets.totals[sheets.entries == row].tolist()
        assert Fraction(sum(mine), len(mine) * sheets.unit) == scores_in(place.rubric.round)[entry.pk].score


def test_the_strict_judge_is_found_and_their_works_rise(contest: Contest) -> None:
    found = analysed(contest, places_of(contest)[0])
    assert (found.found.answer, found.found.reasons) == (Answer.CORRECTED, ())
    assert min(found.judges, key=lambda one: float(one.severity)).code == "J000"
    assert all(one.habit and one.sheets == 20 for one in found.judges)
    assert 0 < (found.icc or 0) < 1 and found.alpha is not None
    for one in found.lines:
        assert sum(chance.share for chance in one.chances) <= 1 + 1e-9
    assert all(one.is_moved == (one.prize != one.other_prize) for one in found.lines)


def test_the_page_says_the_same_every_time(contest: Contest) -> None:
    place = places_of(contest)[0]
    assert analysed(contest, place).lines == analysed(contest, place).lines


def test_a_prize_hangs_on_a_judge_if_the_rule_says_so_without_them(contest: Contest) -> None:
    """Against the standings computed anew after the judge's sheets are gone."""
    place = places_of(contest)[0]
    before = analysed(contest, place)
    told = {one.entry.number for one in before.lines if "J000" in one.hangs_on}
    assert told
    Sheet.objects.filter(assignment__judge__code="J000").update(state=SheetState.RECUSED)
    now = {one.entry.number: one.prize for one in analysed(contest, place).lines}
    assert told == {one.entry.number for one in before.lines if one.prize != now[one.entry.number]}


def test_of_judges_with_few_sheets_nothing_is_said(client: Client) -> None:
    contest = marked_contest(24, 6, 14, ordinal=2)
    found = analysed(contest, places_of(contest)[0])
    assert [(one.habit, one.severity, one.decides) for one in found.judges] == [(None, "", 0)] * 6


def test_groups_without_a_common_judge_are_refused_in_words(office: Client, contest: Contest) -> None:
    cut_in_two(contest)
    opened(office, contest)
    response = office.get(reverse("analysis", args=[contest.key]), HTTP_ACCEPT_LANGUAGE="en")
    found = response.context["found"]
    assert (found.found.answer, found.found.reasons) == (Answer.REFUSED, (Reason.ISLANDS,))
    assert "fall into 2 groups" in response.context["reasons"][0]
    assert all(not one.chances and not one.other_score for one in found.lines)


def cut_in_two(contest: Contest) -> None:
    """Judges of even number keep the first half of the works, the others the second."""
    order = dict(contest.entries.values_list("pk", "order"))
    middle = sorted(order.values())[len(order) // 2]
    for sheet in Sheet.objects.select_related("assignment__judge"):
        is_even = int(sheet.assignment.judge.code[1:]) % 2 == 0
        if is_even != (order[sheet.assignment.entry_id] < middle):
            Sheet.objects.filter(pk=sheet.pk).update(state=SheetState.RECUSED)


def test_one_panel_has_nothing_to_correct(office: Client) -> None:
    contest = marked_contest(20, 3, 20, ordinal=2)
    opened(office, contest)
    response = office.get(reverse("analysis", args=[contest.key]))
    assert response.context["found"].found.reasons == (Reason.ONE_PANEL,)


def test_a_contest_without_a_plan_or_marks_has_a_page(office: Client) -> None:
    bare = small_contest().contest
    opened(office, bare)
    assert office.get(reverse("analysis", args=[bare.key])).status_code == 200
    bare.prize_plans.all().delete()
    Sheet.objects.update(state=SheetState.RECUSED)
    response = office.get(reverse("analysis", args=[bare.key]))
    assert response.context["found"].found.reasons == (Reason.NO_SHEETS,)


def test_a_contest_that_is_measured_has_nothing_to_analyse(office: Client) -> None:
    robots = robot_contest().contest
    opened(office, robots)
    response = office.get(reverse("analysis", args=[robots.key]))
    assert (response.status_code, response.context["found"]) == (200, None)


def test_the_page_names_judges_by_code_alone(office: Client, contest: Contest) -> None:
    opened(office, contest)
    page = office.get(reverse("analysis", args=[contest.key])).content.decode()
    assert "J000" in page
    assert not any(one.person.name in page for one in contest.judges.select_related("person"))


def test_a_judge_who_favours_the_own_district_is_to_be_asked_about(office: Client, contest: Contest) -> None:
    home, away = save_places(places=[("甲区", "", "甲校", ""), ("乙区", "", "乙校", "")], mint=MINT, **WHO).values()
    entries = list(contest.entries.order_by("order"))
    for at, entry in enumerate(entries):
        Entry.objects.filter(pk=entry.pk).update(school=home if at % 3 == 0 else away)
    opened(office, contest)
    page = reverse("analysis", args=[contest.key])
    assert "本地区" not in office.get(page).content.decode()
    judge = contest.judges.get(code="J003")
    Judge.objects.filter(pk=judge.pk).update(school=home)
    mine = Mark.objects.filter(sheet__assignment__judge=judge, sheet__assignment__entry__school=home)
    mine.update(points=panels.MOST)
    shown = office.get(page).content.decode()
    assert "本地区" in shown and shown.count("需要询问") == 2  # at the judge, and where it is explained
    line = next(one for one in analysed(contest, places_of(contest)[0]).judges if one.code == "J003")
    assert line.home is not None and line.home.stands_out and line.home.advantage > 10


def test_how_long_a_sheet_takes_is_told_of_sheets_from_the_web_alone(office: Client, contest: Contest) -> None:
    opened(office, contest)
    page = reverse("analysis", args=[contest.key])
    assert "每份用时" not in office.get(page).content.decode()
    for judge in contest.judges.filter(code__in=["J001", "J002"]):
        for at, sheet in enumerate(Sheet.objects.filter(assignment__judge=judge)):
            key = f"{'paper-' if judge.code == 'J002' else 'save-'}{sheet.pk:08}"
            later = sheet.submitted_at + timedelta(minutes=6 * at)
            Sheet.objects.filter(pk=sheet.pk).update(save_key=key, submitted_at=later)
    shown = {one.code: one.minutes for one in analysed(contest, places_of(contest)[0]).judges}
    assert shown["J001"] == "6.0" and shown["J002"] == shown["J003"] == ""
    assert "每份用时" in office.get(page).content.decode()
