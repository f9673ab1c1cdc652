"""Ties across a cut that the plan parts by itself: who wins, what is said of it, and what a changed chain does."""

from dataclasses import replace
from functools import partial
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from awards.core.moves import HELD
from awards.models import AwardList, Decision
from awards.outputs.explanations import explanation_of
from awards.outputs.facts import standing_lines
from awards.outputs.reasons import why
from awards.outputs.tie_words import breaker_words
from awards.services.deliberation import settle_tie, ties_of
from awards.services.dry_run import dry_run
from awards.services.lists import check_list, lock_list, standing_list
from awards.services.planning import change_plan, stored_groups
from awards.services.proposals import plan_in_force
from awards.services.running import decide
from awards.states import ResultDetail
from competition.core.canon import digest
from competition.errors import Refused
from competition.models import Contest, Role, User
from competition.states import RoleKind
from judging.core.tiebreaks import CRITERION, EXACT, HIGHEST, MEAN, TieBreaker
from judging.models import Criterion, Mark
from tests.factories.contests import AT, decided
from tests.factories.sheets import criteria, plan, small

pytestmark = pytest.mark.django_db

# (创新性, 科学性) of three judges. A2 and A3 share the second place with 90.00 and one second prize
POINTS = {"A1": ((48, 47),) * 3, "A2": ((40, 49), (42, 48), (41, 50)), "A3": ((45, 45), (44, 46), (46, 44))}
CREATIVE = TieBreaker(CRITERION, "创新性")


def tied_contest(chain: str | None = "创新性", ties: str | None = None) -> Contest:
    sheets = small(dict.fromkeys(POINTS, (1, 1, 1)))
    sheets["评分标准"] = criteria(("创新性", 50), ("科学性", 50))
    sheets["奖项方案"] = plan(("一等奖", 1), ("二等奖", 1), ties=ties, 同分比较=chain)
    sheets["评分"] = [
        {"作品编号": number, "评委编号": f"J{at}", "创新性": one, "科学性": other}
        for number, given in POINTS.items()
        for at, (one, other) in enumerate(given, 1)
    ]
    return decided(sheets)


def prizes(contest: Contest) -> dict[str, str]:
    return {one.entry.number: one.code for one in standing_list(contest).awards.all()}


def reasons(award_list: AwardList) -> dict[str, str]:
    return {line.entry.number: why(line) for line in standing_lines(award_list)}


def places(contest: Contest) -> dict[str, int | None]:
    return {line.entry.number: line.place for line in standing_lines(standing_list(contest))}


@pytest.fixture
def office() -> User:
    return User.objects.create_user("office", name="办公室")


def rechained(contest: Contest, office: User, *breakers: TieBreaker) -> None:
    Role.objects.get_or_create(user=office, kind=RoleKind.ORGANISER, contest=contest)
    [group] = stored_groups(plan_in_force(contest))
    change_plan(contest=contest, group=replace(group, breakers=breakers), base=plan_in_force(contest).version,
                reason="组委会决定", minutes="纪要 2 号", by=office, at=AT)  # fmt: skip


def test_without_a_chain_the_committee_is_asked():
    contest = tied_contest(None)
    assert prizes(contest) == {"A1": "first"}
    assert [one.code for one in check_list(standing_list(contest))] == ["tie-across-cut"]


def test_a_criterion_decides_and_it_is_said_why():
    contest = tied_contest()
    assert prizes(contest) == {"A1": "first", "A3": "second"}
    assert places(contest) == {"A1": 1, "A2": 2, "A3": 2}  # ranks shown stay equal
    said = reasons(standing_list(contest))
    assert "“创新性”得分：45.00，对方 41.00" in said["A3"]
    assert "41.00" in said["A2"]
    assert "创新性" not in said["A1"]
    assert lock_list(contest=contest, by=None, at=AT).state == "locked"


def test_the_pages_of_the_list_and_of_ties_say_it(office):
    contest = tied_contest()
    Role.objects.create(user=office, kind=RoleKind.ORGANISER, contest=contest)
    client = Client()
    client.force_login(office)
    address = reverse("award-list", args=[contest.key])
    said = unescape(client.get(address).content.decode())
    assert said.index("同分作品按“同分比较”规则区分") < said.index("“创新性”得分：45.00，对方 41.00。")
    assert "“创新性”得分：41.00，对方 45.00。" in said
    rechained(contest, office, TieBreaker(EXACT))
    decide(contest=contest, by=office, at=AT)
    assert "同分作品按“同分比较”规则区分" not in unescape(client.get(address).content.decode())
    assert "方案先比未取整得分，以下作品仍相同。" in unescape(
        client.get(reverse("ties", args=[contest.key])).content.decode()
    )


@pytest.mark.parametrize(
    ("chain", "winner"),
    [
        ("最高一份评分", "A2"),  # 91 against 90
        ("未取整得分；创新性", "A3"),  # 90 and 90 exactly, then the criterion
        ("科学性；创新性", "A2"),  # 49 against 45
    ],
)
def test_each_in_its_order(chain, winner):
    assert prizes(tied_contest(chain)) == {"A1": "first", winner: "second"}


@pytest.mark.parametrize(("ties", "given"), [("并列都升", {"A2", "A3"}), ("并列都降", set())])
def test_what_stays_equal_goes_by_the_policy(ties, given):
    assert {number for number, code in prizes(tied_contest("未取整得分", ties)).items() if code == "second"} == given


def test_a_list_keeps_what_parted_its_ties_when_marks_change_later(office):
    contest = tied_contest()
    was = standing_list(contest)
    before = reasons(was)
    Mark.objects.filter(criterion__label_zh="创新性", sheet__assignment__entry__number="A2").update(points=5000)
    assert reasons(was) == before
    decide(contest=contest, by=None, at=AT)
    assert prizes(contest)["A2"] == "first"
    assert reasons(was) == before


def test_the_list_check_asks_the_marks_themselves():
    """Scores stay as they are, and the criterion now says otherwise: the list is not what is due."""
    contest = tied_contest()
    a2 = Mark.objects.filter(sheet__assignment__entry__number="A2")
    a2.filter(criterion__label_zh="创新性").update(points=4600)
    a2.filter(criterion__label_zh="科学性").update(points=4400)
    assert {one.code for one in check_list(standing_list(contest))} == {"award-differs", "standing-differs"}


def test_a_changed_chain_is_a_changed_tie(office):
    contest = tied_contest("未取整得分")
    Role.objects.create(user=office, kind=RoleKind.ORGANISER, contest=contest)
    [tie] = ties_of(contest, standing_list(contest).run)
    given = {entry.key: "second" if entry.number == "A2" else "" for entry in tie.entries}
    settle_tie(contest=contest, given=given, minutes="纪要 3 号", seen=tie.seen, by=office, at=AT)
    assert prizes(contest)["A2"] == "second"
    rechained(contest, office, TieBreaker(EXACT), TieBreaker(MEAN))
    decide(contest=contest, by=office, at=AT)
    [again] = ties_of(contest, standing_list(contest).run)
    assert not again.is_settled
    assert "A2" not in prizes(contest)
    assert Decision.objects.count() == 2  # still there, for no tie


def test_a_dry_run_says_who_would_win(office):
    contest = tied_contest(None)
    run = dry_run(contest=contest, act=partial(rechained, contest, office, CREATIVE), by=office, at=AT)
    assert [(one.number, one.was.prize, one.now.prize) for one in run.comparison.moved] == [
        ("A2", HELD, ""),
        ("A3", HELD, "second"),
    ]
    assert run.comparison.closed == (("A2", "A3"),)
    assert plan_in_force(contest).version == 1


@pytest.mark.parametrize(
    "chain", [(TieBreaker(CRITERION, "气质"),), (CREATIVE, CREATIVE), (TieBreaker("round", "评审"),)]
)
def test_a_chain_that_nobody_can_answer_is_refused(chain, office):
    contest = tied_contest(None)
    with pytest.raises(Refused) as fault:
        rechained(contest, office, *chain)
    assert fault.value.denial.code == "plan-unsound"


def test_a_criterion_that_is_gone_is_told_before_a_list_is_proposed():
    contest = tied_contest()
    Criterion.objects.filter(label_zh="创新性").update(label_zh="创造性")
    with pytest.raises(Refused) as fault:
        decide(contest=contest, by=None, at=AT)
    assert fault.value.denial.code == "breaker-unknown"


def test_a_decision_from_before_there_were_chains_still_counts():
    """Its terms name no chain, and a plan without one asks for none."""
    contest = tied_contest(None)
    [tie] = ties_of(contest, standing_list(contest).run)
    assert tie.terms == digest([sorted(tie.keys), ["second"], [1]])


def nudged(number: str, criterion: str, points: int) -> None:
    Mark.objects.filter(sheet__assignment__entry__number=number, criterion__label_zh=criterion).update(points=points)


def test_a_list_is_not_fixed_with_numbers_that_marks_do_not_give_any_more():
    """Scores and prizes stay, but what the list says of the tie is not so: 41.00 is 42.00 now."""
    contest = tied_contest()
    nudged("A2", "创新性", 4200)
    nudged("A2", "科学性", 4800)
    assert {(one.code, one.entry) for one in check_list(standing_list(contest))} == {("standing-differs", "A2")}
    with pytest.raises(Refused):
        lock_list(contest=contest, by=None, at=AT)
    decide(contest=contest, by=None, at=AT)
    assert "42.00" in reasons(standing_list(contest))["A2"]
    assert lock_list(contest=contest, by=None, at=AT).state == "locked"


def test_a_list_with_other_numbers_of_a_tie_is_another_list():
    """Standings and prizes are the same: who was asked about may still be others."""
    contest = tied_contest()
    AwardList.objects.update(tie_values={})
    assert {one.entry for one in check_list(standing_list(contest))} == {"A2", "A3"}
    decide(contest=contest, by=None, at=AT)
    assert standing_list(contest).version == 2
    assert check_list(standing_list(contest)) == []


@pytest.mark.parametrize("detail", [one for one in ResultDetail if one != ResultDetail.PRIZE])
def test_who_entered_reads_what_parted_a_tie_and_no_number_of_another(detail):
    """The highest sheet of a rival is what one judge gave it."""
    contest = tied_contest("最高一份评分")
    for number in ("A2", "A3"):
        said = explanation_of(standing_list(contest), contest.entries.get(number=number), detail).why
        assert "91.00" in reasons(standing_list(contest))[number]
        assert "91.00" not in said
        assert breaker_words(TieBreaker(HIGHEST), {}) in said
