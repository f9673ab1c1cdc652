"""Methods compared: each against the standings that it would make, and refused where judges cannot be compared."""

import re
from collections.abc import Iterator
from html import unescape

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from awards.models import Award
from awards.outputs.by_sheet import deciding_sheets
from awards.outputs.methods import compared, scores_by_way, whole
from awards.services.beside import beside, places_of
from awards.services.running import decide
from competition.models import Contest
from competition.services.accounts import create_account, grant_role
from competition.states import RoleKind
from judging.core.scores import METHODS
from judging.models import Judge, Mark, Rubric, Sheet, Standing
from judging.states import Method, SheetState
from tests.awards.commands.test_scores import two_rounds
from tests.factories.analysing import marked_contest
from tests.factories.contests import WHO, decided, small_contest

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_chinese() -> Iterator[None]:
    """Whatever language the page asked for before was in."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def contest() -> Contest:
    """36 works, 9 judges with 20 each; the first is strict."""
    made = marked_contest(36, 9, 20)
    Contest.objects.filter(pk=made.pk).update(settings=made.settings | {"analysis": True})
    made.refresh_from_db()
    return made


@pytest.fixture
def office(client: Client) -> Client:
    user = create_account(username="office", name="办公室", password=None, **WHO)
    grant_role(user=user, kind=RoleKind.ORGANISER, **WHO)
    client.force_login(user)
    return client


def words(response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def found_of(contest: Contest):
    return compared(contest, places_of(contest)[0])


def differing(contest: Contest) -> dict[str, dict[str, tuple[str, str]]]:
    """way -> entry -> prize by the rule and by it."""
    found: dict[str, dict[str, tuple[str, str]]] = {}
    for row in found_of(contest).rows:
        for name, prize, is_other in row.others:
            if is_other:
                found.setdefault(str(name), {})[row.entry.number] = (row.prize.code, prize.code)
    return found


@pytest.mark.parametrize("method", ["median", "trimmed"])
def test_a_method_is_what_the_standings_would_be_if_it_were_the_rule(contest: Contest, method: str) -> None:
    """Against lists really proposed under one rule and under the other."""
    Contest.objects.filter(pk=contest.pk).update(state="judging")
    contest.refresh_from_db()
    by_way = scores_by_way(beside(contest, places_of(contest)[0]))[method]
    assert by_way
    Rubric.objects.filter(round__contest=contest).update(method=method)
    decide(contest=contest, by=None, at=WHO["at"])
    stored = dict(Standing.objects.values_list("entry__number", "score"))
    both = beside(contest, places_of(contest)[0])
    assert {entry.number: score and score[1] for entry, score in zip(both.entries, by_way, strict=True)} == stored
    assert method not in scores_by_way(both), "the published one is no other"


def test_of_several_rounds_only_the_one_looked_at_is_reckoned_anew() -> None:
    """A1: 0.4·90 + 0.6·80.5 = 84.3. By its own rule each round gives what is published; A3 and A4 are in no final."""
    final = decided(two_rounds())
    for place in places_of(final):
        both = beside(final, place)
        method = METHODS[place.rubric.method](both.sheets.totals, both.sheets.entries, len(both.entries))
        assert whole(both, method.fractions()) == both.scores
        assert {one.number: score and score[:2] for one, score in zip(both.entries, both.scores, strict=True)} == {
            "A1": (2, 8430), "A2": (2, 8870), "A3": (1, 9900), "A4": (1, 7100)}  # fmt: skip


def test_prizes_that_differ_are_those_of_two_real_lists(contest: Contest) -> None:
    Contest.objects.filter(pk=contest.pk).update(state="judging")
    contest.refresh_from_db()
    prizes = []
    found = differing(contest)[str(Method.MEDIAN.label)]
    assert found, "of 36 works some hang on it"
    for method in ("mean", "median"):
        Rubric.objects.filter(round__contest=contest).update(method=method)
        made = decide(contest=contest, by=None, at=WHO["at"])
        prizes.append(dict(Award.objects.filter(list=made).values_list("entry__number", "code")))
    for number, (before, after) in found.items():
        assert (prizes[0].get(number, ""), prizes[1].get(number, "")) == (before, after)


def test_counts_are_those_of_the_table(contest: Contest) -> None:
    found = found_of(contest)
    assert [one.name for one in found.ways][2:] == ["按评委去均值", "按评委标准分", "校正宽严"]
    assert {one.name for one in found.ways[:2]} == {Method.TRIMMED.label, Method.MEDIAN.label}
    for way in found.ways:
        told = sum(is_other for row in found.rows for name, _, is_other in row.others if name == way.name)
        assert way.differs == told
    assert all(any(is_other for _, _, is_other in row.others) for row in found.rows)


def test_the_strict_judge_hides_no_more_once_each_judge_is_taken_by_themselves(contest: Contest) -> None:
    both = beside(contest, places_of(contest)[0])
    strict = both.sheets.judge_keys.index(Judge.objects.get(contest=contest, code="J000").pk)
    mine = set(both.sheets.entries[both.sheets.judges == strict].tolist())
    for name in ("centred", "standardised", "corrected"):
        scores = scores_by_way(both)[name]
        assert scores

        def rise(rows, scores=scores) -> float:
            return sum((scores[row] or (0, 0))[1] - (both.scores[row] or (0, 0))[1] for row in rows) / len(rows)

        assert rise(mine) > rise(set(range(36)) - mine), name


def test_a_constant_for_everyone_and_names_of_judges_change_nothing(contest: Contest) -> None:
    Mark.objects.filter(points__gt=18).update(points=18)
    before = differing(contest)
    counts = [one.differs for one in found_of(contest).ways]
    for mark in Mark.objects.all():
        Mark.objects.filter(pk=mark.pk).update(points=mark.points + 2)
    for at, judge in enumerate(Judge.objects.filter(contest=contest).order_by("-code")):
        Judge.objects.filter(pk=judge.pk).update(code=f"Z{at}")
    assert differing(contest) == before
    assert [one.differs for one in found_of(contest).ways] == counts


def test_where_judges_cannot_be_compared_it_says_why_and_reckons_nothing(office: Client, contest: Contest) -> None:
    order = dict(contest.entries.values_list("pk", "order"))
    for sheet in Sheet.objects.select_related("assignment__judge"):
        is_even = int(sheet.assignment.judge.code[1:]) % 2 == 0
        if is_even != (order[sheet.assignment.entry_id] <= 18):
            Sheet.objects.filter(pk=sheet.pk).update(state=SheetState.RECUSED)
    response = office.get(reverse("analysis-methods", args=[contest.key]), HTTP_ACCEPT_LANGUAGE="en")
    found = response.context["found"]
    assert found.is_refused and [one.differs is None for one in found.ways] == [False, False, True, True, True]
    assert "fall into 2 groups" in words(response) and words(response).count("not reckoned") == 3


def test_of_one_panel_the_model_has_nothing_to_correct(office: Client) -> None:
    made = marked_contest(20, 3, 20, ordinal=2)
    Contest.objects.filter(pk=made.pk).update(settings=made.settings | {"analysis": True})
    response = office.get(reverse("analysis-methods", args=[made.key]), HTTP_ACCEPT_LANGUAGE="en")
    trimmed, _median, centred, _z, corrected = response.context["found"].ways
    assert corrected.differs is None and "nothing to correct" in words(response)
    assert (trimmed.differs, centred.differs) == (0, 0), "three sheets are not trimmed; one panel is centred alike"


def test_the_page_says_that_the_published_rule_decides_and_changes_nothing(office: Client, contest: Contest) -> None:
    before = list(Standing.objects.values()), list(Award.objects.values())
    page = reverse("analysis-methods", args=[contest.key])
    response = office.get(page, HTTP_ACCEPT_LANGUAGE="en")
    assert response.status_code == 200 and "The published rule decides" in words(response)
    assert (list(Standing.objects.values()), list(Award.objects.values())) == before
    Contest.objects.filter(pk=contest.pk).update(settings={})
    assert office.get(page).status_code == 404


def test_without_prizes_it_leads_to_the_plan(office: Client) -> None:
    bare = small_contest().contest
    Contest.objects.filter(pk=bare.pk).update(settings={"analysis": True})
    bare.prize_plans.all().delete()
    response = office.get(reverse("analysis-methods", args=[bare.key]), HTTP_ACCEPT_LANGUAGE="en")
    assert response.status_code == 200 and "No prize plan yet" in words(response)


def test_sheets_that_decide_are_those_without_which_the_prizes_are_others(contest):
    """Against giving all prizes anew without each sheet."""
    [place] = [one for one in places_of(contest) if one.group]
    both = beside(contest, place)
    assert both.prizes is not None
    before, expected = both.levels_by(both.scores), {}
    sheets = both.sheets
    for sheet in range(len(sheets.totals)):
        kept = np.arange(len(sheets.totals)) != sheet
        values = METHODS[place.rubric.method](sheets.totals[kept], sheets.entries[kept], len(both.entries)).fractions()
        after = both.levels_by(whole(both, values))
        if moved := {both.entries[at].number for at, level in enumerate(after) if level != before[at]}:
            judge = Judge.objects.get(pk=sheets.judge_keys[sheets.judges[sheet]])
            expected[judge.code, both.entries[sheets.entries[sheet]].number] = moved
    found = {}
    for one in deciding_sheets(both):
        own = {one.entry.number} if one.prize != one.prize_without else set()
        found[one.judge, one.entry.number] = own | {other.entry.number for other in one.others}
    assert found == expected
    assert found, "on which the page has something to say"


def test_the_page_names_sheets_by_codes(contest, office):
    page = office.get(reverse("analysis-methods", args=[contest.key]))
    assert page.status_code == 200
    one = page.context["sheets"][0]
    assert f"{one.judge} ×" in unescape(page.content.decode())
