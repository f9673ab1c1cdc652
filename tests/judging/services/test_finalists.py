"""The second round takes its entries from the first."""

from fractions import Fraction

import pytest
from django.test import Client
from django.urls import reverse

from competition.errors import Refused
from competition.models import Event
from competition.services.agreeing import approve
from competition.states import StepKind
from judging.core.finalists import Cut
from judging.models import Assignment, Criterion, Round, Rubric
from judging.services.assignments import assign_judges
from judging.services.finalists import choose_finalists, propose_finalists, publish_finalists, take_finalists_back
from judging.services.marking import Typed, save_draft, submit_sheet
from judging.services.standings import computed_standings
from tests.factories.agreeing import approver, both, of_two, propose
from tests.factories.contests import AT
from tests.factories.judging import Judged, judged_contest
from tests.factories.noticing import client_of
from tests.factories.replay import replayed

pytestmark = pytest.mark.django_db
SCORES = {"A1": 90, "A2": 80, "A3": 80}


@pytest.fixture
@replayed
def judged() -> Judged:
    """The first round is over; the final has a rubric and one judge an entry."""
    found = judged_contest()
    for code in found.users:
        for number, points in SCORES.items():
            found.submit(points, code=code, entry=number)
    final = Round.objects.create(contest=found.contest, code="终评", label_zh="终评", order=2, is_for_finalists=True)
    rubric = Rubric.objects.create(round=final, track=found.made.tracks["创新"], reviews=1)
    Criterion.objects.create(rubric=rubric, order=1, label_zh="问辩", maximum=100)
    return found


def final(judged: Judged) -> Round:
    return judged.contest.rounds.select_related("contest").get(order=2)


def cuts(judged: Judged, count: int, *, with_tied: bool = True) -> dict[int, Cut]:
    return {judged.made.tracks["创新"].pk: Cut("count", Fraction(count), with_tied)}


def choose(judged: Judged, count: int, *, shown: str | None = None, with_tied: bool = True) -> int:
    one, wanted = final(judged), cuts(judged, count, with_tied=with_tied)
    digest = propose_finalists(one, wanted, by_division=False).digest if shown is None else shown
    return choose_finalists(one=one, cuts=wanted, by_division=False, shown=digest, by=judged.office, at=AT)


def numbers(judged: Judged) -> list[str]:
    return sorted(final(judged).round_entries.values_list("entry__number", flat=True))


def refused(do, *args, **more) -> str:
    with pytest.raises(Refused) as fault:
        do(*args, **more)
    return fault.value.denial.code


def test_the_best_go_on_and_the_tied_together(judged):
    assert choose(judged, 1) == 1
    assert numbers(judged) == ["A1"]
    assert choose(judged, 2) == 3
    assert choose(judged, 2, with_tied=False) == 1
    assert numbers(judged) == ["A1"]
    assert Event.objects.filter(action="finalists.chosen").count() == 3


def test_nobody_goes_on_while_a_sheet_is_missing(judged):
    Assignment.objects.filter(judge__code="J1", entry__number="A3").get().sheets.update(state="superseded")
    choice = propose_finalists(final(judged), cuts(judged, 1), by_division=False)
    assert choice.missing == 1
    assert refused(choose, judged, 1) == "round-not-complete"


def test_another_choice_than_the_one_that_was_looked_at_is_not_made(judged):
    assert refused(choose, judged, 1, shown="something else") == "finalists-changed"
    assert numbers(judged) == []


def test_who_takes_part_is_assigned_and_ranks_before_who_does_not(judged):
    choose(judged, 1)
    assign_judges(contest=judged.contest, seed=1, by=judged.office, at=AT)
    assert list(Assignment.objects.filter(round__order=2).values_list("entry__number", flat=True)) == ["A1"]
    work = Assignment.objects.get(round__order=2)
    typed = Typed({Criterion.objects.get(label_zh="问辩"): 1})
    common = {"save": "a-save-of-a-test", "by": work.judge.user, "at": AT}
    submit_sheet(assignment=work, typed=typed, base=0, **common)
    results = {one.entry: (one.stage, one.rank) for one in computed_standings(judged.contest).results}
    assert [results[judged.made.entries[number].pk] for number in ("A1", "A2", "A3")] == [(2, 1), (1, 2), (1, 2)]


def test_what_judges_have_begun_in_the_round_is_not_thrown_out(judged):
    choose(judged, 2)
    assign_judges(contest=judged.contest, seed=1, by=judged.office, at=AT)
    work = Assignment.objects.get(round__order=2, entry__number="A2")
    common = {"save": "a-save-of-a-test", "by": work.judge.user, "at": AT}
    save_draft(assignment=work, typed=judged.typed(None), base=0, **common)
    assert refused(choose, judged, 1) == "finalists-begun"
    assert numbers(judged) == ["A1", "A2", "A3"]


def test_a_published_list_is_taken_back_before_it_changes(judged):
    who = {"by": judged.office, "at": AT}
    assert refused(publish_finalists, one=final(judged), **who) == "no-finalists"
    choose(judged, 1)
    publish_finalists(one=final(judged), **who)
    assert refused(publish_finalists, one=final(judged), **who) == "finalists-published"
    assert refused(choose, judged, 2) == "finalists-published"
    take_finalists_back(one=final(judged), **who)
    assert choose(judged, 2) == 3


def test_the_public_list_names_no_child_and_no_score(judged):
    choose(judged, 2)
    publish_finalists(one=final(judged), by=judged.office, at=AT)
    page = Client().get(reverse("finalists-list", args=[judged.contest.key, 2])).content.decode()
    assert "作品A1" in page
    assert "晴川一中" in page
    assert "学生A1" not in page
    assert ">90" not in page
    linked = Client().get(reverse("contest", args=[judged.contest.key])).content.decode()
    assert reverse("finalists-list", args=[judged.contest.key, 2]) in linked


def test_the_office_looks_and_chooses(judged):
    client = Client()
    client.force_login(judged.office)
    address = reverse("finalists", args=[judged.contest.key, 2])
    said = {"track-1-kind": "count", "track-1-value": "2", "with_tied": "on"}
    page = client.get(address, {"show": "1", **said})
    assert page.context["choice"].chosen == {one.pk for one in judged.made.entries.values()}
    shown = page.context["choice"].digest
    assert client.post(address, {**said, "shown": shown}).status_code == 302
    assert numbers(judged) == ["A1", "A2", "A3"]
    for wrong in ({"track-1-value": ""}, {"track-1-value": "1.5"}, {"track-1-kind": "share", "track-1-value": "101"}):
        assert client.get(address, {"show": "1", **said, **wrong}).status_code == 422


@pytest.mark.parametrize("met", [{"state": "absent"}, {"state": "present"}, {"booth": "A01"}])
def test_whom_the_desk_has_dealt_with_is_not_dropped_silently(judged, met):
    choose(judged, 3)
    final(judged).round_entries.filter(entry__number="A3").update(**met)
    assert refused(choose, judged, 1) == "finalists-met"
    assert numbers(judged) == ["A1", "A2", "A3"]


def test_where_it_takes_two_persons_nobody_publishes_finalists_alone(judged):
    who = {"by": judged.office, "at": AT}
    choose(judged, 1)
    second, about = approver(of_two(judged.contest)), {"about": "2", "facts": {"round": 2}}
    assert refused(publish_finalists, one=final(judged), **who) == "second-person-missing"
    both(judged.contest, StepKind.FINALISTS, judged.office, second, **about)
    assert final(judged).finalists_at is not None
    assert refused(take_finalists_back, one=final(judged), **who) == "second-person-missing"
    both(judged.contest, StepKind.FINALISTS_BACK, judged.office, second, **about)
    assert final(judged).finalists_at is None


def test_a_choice_made_anew_makes_the_proposed_list_lapse(judged):
    choose(judged, 1)
    second = approver(of_two(judged.contest))
    made = propose(judged.contest, StepKind.FINALISTS, judged.office, about="2", facts={"round": 2})
    choose(judged, 2)
    assert refused(approve, agreement=made, by=second, at=AT) == "agreement-lapsed"
    assert final(judged).finalists_at is None


def test_the_second_person_reads_who_goes_on_before_anybody_else(judged):
    choose(judged, 1)
    second = approver(of_two(judged.contest))
    answer = client_of(judged.office).post(reverse("finalists-publish", args=[judged.contest.key, 2]), follow=True)
    assert answer.redirect_chain[0][0] == reverse(
        "agreement", args=[judged.contest.key, judged.contest.agreements.get().key]
    )
    page = client_of(second).get(answer.redirect_chain[0][0]).content.decode()
    assert "作品A1" in page
    assert "作品A2" not in page
