"""临界复评: where the prize is least certain, by judges who may; shown, done as shown, and taken away again."""

from collections import Counter
from dataclasses import replace
from functools import partial

import pytest

from awards.services import borderline
from awards.services.beside import places_of
from awards.services.borderline import (
    BorderlineReviews,
    Wanted,
    add_borderline_reviews,
    propose_borderline_reviews,
)
from competition.errors import Refused
from competition.models import Contest, Event, User
from competition.services.accounts import create_account, grant_role
from competition.states import ContestState, RoleKind
from judging.models import Assignment, Conflict, Judge, Panel, Rubric, Sheet
from judging.services.assignments import propose_assignments, take_assignment
from judging.states import AssignedBy, Method, SheetState
from tests.factories.analysing import marked_contest
from tests.factories.contests import WHO
from tests.factories.crowds import at_once, shared_database
from tests.factories.entering import refusal

pytestmark = pytest.mark.django_db
AT = WHO["at"]
SEED = 7
FINGERS = 4


@pytest.fixture
def contest() -> Contest:
    return judged_contest()


def judged_contest() -> Contest:
    """36 works, 9 judges with 20 each: 5 sheets a work, all in."""
    made = marked_contest(36, 9, 20)
    Contest.objects.filter(pk=made.pk).update(state=ContestState.JUDGING, settings=made.settings | {"analysis": True})
    made.refresh_from_db()
    return made


@pytest.fixture
def office() -> User:
    return organiser()


def organiser() -> User:
    made = create_account(username="office", name="办公室", password=None, **WHO)
    grant_role(user=made, kind=RoleKind.ORGANISER, **WHO)
    return made


def shown(contest: Contest, budget: int = 10, most: int = 2) -> BorderlineReviews:
    return propose_borderline_reviews(contest, places_of(contest)[0], Wanted(budget, most), seed=SEED)


def add(contest: Contest, office: User, found: BorderlineReviews, budget: int = 10, most: int = 2) -> int:
    return add_borderline_reviews(
        contest=contest, place=places_of(contest)[0], wanted=Wanted(budget, most), seed=SEED,
        shown=found.extra.digest, by=office, at=AT,
    )  # fmt: skip


def pairs() -> set[tuple[str, str]]:
    return set(Assignment.objects.values_list("judge__code", "entry__number"))


def new_pairs(found: BorderlineReviews) -> set[tuple[str, str]]:
    return {(judge.code, entry.number) for entry, judge in found.extra.reviews}


def test_looking_changes_nothing_and_adding_does_what_was_shown(contest, office) -> None:
    before, events = pairs(), Event.objects.count()
    found = shown(contest)
    assert (len(found.extra.reviews), found.extra.without, found.missing) == (10, [], 0)
    assert (pairs(), Event.objects.count()) == (before, events)
    assert not new_pairs(found) & before, "never a judge who has marked it"
    assert add(contest, office, found) == 10
    assert pairs() == before | new_pairs(found)
    body = {"created": 10, "entries": len(found.lines), "budget": 10, "seed": SEED}
    assert Event.objects.get(action="assignments.extra").body == body
    assert Assignment.objects.filter(sheets=None).values_list("by", flat=True).distinct().get() == AssignedBy.SOLVER


def test_they_go_to_the_least_certain(contest) -> None:
    found = shown(contest, budget=5, most=1)
    doubt = sorted(one.sure for one in shown(contest, budget=1_000, most=1).lines)
    assert [one.sure for one in found.lines] == doubt[:5] and doubt[0] < 0.9
    assert all(len(one.judges) == 1 and one.have == 5 for one in found.lines)


def test_no_entry_gets_more_than_it_may_over_several_batches(contest, office) -> None:
    for _ in range(3):
        found = shown(contest, budget=30, most=2)
        if found.lines:
            add(contest, office, found, budget=30, most=2)
    extra = {number: have - 5 for number, have in Counter(entry for _judge, entry in pairs()).items()}
    assert max(extra.values()) == 2
    assert not shown(contest, budget=30, most=2).lines
    assert shown(contest, budget=30, most=2).missing == sum(extra.values())


def test_equal_rows_give_the_equal_reviews(contest) -> None:
    assert shown(contest).extra.digest == shown(contest).extra.digest


def test_what_is_taken_away_again_was_never_there(contest, office) -> None:
    before = pairs()
    add(contest, office, shown(contest))
    for assignment in Assignment.objects.filter(sheets=None):
        take_assignment(assignment=assignment, by=office, at=AT)
    assert pairs() == before


def test_the_assigner_leaves_them_alone(contest, office) -> None:
    add(contest, office, shown(contest))
    proposal = propose_assignments(contest, seed=SEED)
    assert (proposal.added, proposal.released, proposal.kept) == (0, 0, 190)


# ---- guards


def test_a_judge_in_conflict_gets_none_of_it(contest) -> None:
    entry, judge = shown(contest).extra.reviews[0]
    Conflict.objects.create(judge=judge, entry=entry)
    assert (judge.code, entry.number) not in new_pairs(shown(contest))


def test_loads_hold_and_nobody_free_is_said_with_the_reason(contest, office) -> None:
    first = shown(contest, budget=3, most=1).lines[0].entry
    Judge.objects.update(max_load=20)
    Judge.objects.filter(code="J001").update(max_load=22)
    for judge in Judge.objects.filter(code="J001"):
        if not Assignment.objects.filter(judge=judge, entry=first).exists():
            Conflict.objects.create(judge=judge, entry=first)
    found = shown(contest, budget=3, most=1)
    assert {judge.code for _entry, judge in found.extra.reviews} == {"J001"}
    assert len(found.extra.reviews) == 2
    assert any(word.startswith(first.number) for word in found.extra.without)
    add(contest, office, found, budget=3, most=1)
    assert Assignment.objects.filter(judge__code="J001").count() == 22
    nobody = shown(contest, budget=3, most=1)
    assert not nobody.lines and nobody.extra.without, "every judge is full"


def test_limits_of_one_institution_hold(contest) -> None:
    Contest.objects.filter(pk=contest.pk).update(settings=contest.settings | {"institution_cap": 5})
    contest.refresh_from_db()
    found = shown(contest)
    assert not found.lines and found.extra.without, "every judge is of one institution"
    Judge.objects.filter(code="J003").update(institution="别处大学")
    found = shown(contest)
    assert found.lines
    alike = pairs() | new_pairs(found)
    assert max(Counter(entry for judge, entry in alike if judge != "J003").values()) == 5


def test_they_stay_within_panels(contest) -> None:
    panel = Panel.objects.create(contest=contest, track=contest.tracks.get(), label_zh="甲组", key="p" * 26)
    panel.judges.set(Judge.objects.filter(code__in=["J001", "J002"]))
    found = shown(contest)
    assert found.lines and {judge.code for _entry, judge in found.extra.reviews} <= {"J001", "J002"}


def test_entries_that_wait_for_their_judges_come_first(contest, office) -> None:
    found = shown(contest)
    Sheet.objects.filter(assignment__judge__code="J004").update(state=SheetState.RECUSED)
    assert shown(contest).extra.waits
    with refusal("assign-first"):
        add(contest, office, found)


def test_something_else_than_was_shown_is_not_added(contest, office) -> None:
    found = shown(contest)
    entry, judge = found.extra.reviews[0]
    Conflict.objects.create(judge=judge, entry=entry)
    before = pairs()
    with refusal("assignment-changed"):
        add(contest, office, found)
    with refusal("assignment-changed"):
        add(contest, office, replace(shown(contest), extra=replace(shown(contest).extra, reviews=[])))
    assert pairs() == before


@pytest.mark.parametrize("state", [ContestState.SETUP, ContestState.DECISION, ContestState.LOCKED])
def test_only_while_judging_is_open(contest, office, state) -> None:
    found = shown(contest)
    Contest.objects.filter(pk=contest.pk).update(state=state)
    with refusal("wrong-state"):
        add(contest, office, found)


def test_not_while_the_analysis_is_shut(contest, office) -> None:
    found = shown(contest)
    Contest.objects.filter(pk=contest.pk).update(settings={})
    with refusal("hidden"):
        add(contest, office, found)


def test_where_judges_cannot_be_compared_it_refuses_with_that_reason(contest, office) -> None:
    found = shown(contest)
    Sheet.objects.exclude(assignment__judge__code="J000").update(state=SheetState.REOPENED)
    with refusal("borderline-refused") as faults:
        shown(contest)
    assert "1" in faults[0].denial.facts["reasons"], "how many sheets, works and judges"
    with refusal("borderline-refused"):
        add(contest, office, found)


def test_without_prizes_there_is_no_cut(contest) -> None:
    contest.prize_plans.all().delete()
    with refusal("borderline-no-prizes"):
        shown(contest)


def test_an_entry_without_a_sheet_waits_for_its_own(contest) -> None:
    """It is certain of nothing, but what it lacks is what the rubric asks for."""
    number = shown(contest).lines[0].entry.number
    Sheet.objects.filter(assignment__entry__number=number).update(state=SheetState.REOPENED)
    found = shown(contest)
    assert number not in {one.entry.number for one in found.lines} and found.missing == 5


def test_the_order_is_asked_again_under_the_lock(contest, office, monkeypatch) -> None:
    """Marks that came in meanwhile may put other entries first: then it is not what was shown."""
    found = shown(contest, budget=3)
    first = found.lines[0].entry.pk
    real = borderline.sure_of

    def certain(both):
        sure = real(both)
        sure[[one.pk for one in both.entries].index(first)] = 1.0
        return sure

    monkeypatch.setattr(borderline, "sure_of", certain)
    with refusal("assignment-changed"):
        add(contest, office, found, budget=3)


def test_a_trimmed_rule_that_would_differ_is_told(contest) -> None:
    assert not shown(contest).extra.changes_trimming
    Rubric.objects.update(method=Method.TRIMMED)
    assert not shown(contest).extra.changes_trimming, "five are trimmed already"
    Rubric.objects.update(reviews=3)
    assert shown(contest, most=3).extra.changes_trimming


# ---- two clicks at once: the lock of the contest; its twin stands in tests/judging/services/test_cross_reviews.py


@pytest.mark.django_db(transaction=True)
def test_of_many_clicks_at_once_one_adds(django_db_setup, django_db_blocker, tmp_path) -> None:
    with django_db_blocker.unblock(), shared_database(tmp_path):
        contest, office = judged_contest(), organiser()
        found = shown(contest)
        results = at_once([partial(add, contest, office, found)] * FINGERS)
        assert Counter(one.denial.code if isinstance(one, Refused) else one for one in results) == {
            10: 1,
            "assignment-changed": FINGERS - 1,
        }
        assert Assignment.objects.filter(sheets=None).count() == 10
