"""Each finding appears when its fault is there, and only then."""

from dataclasses import replace

import pytest

from awards.core.ballot import Terms, least_votes, result
from awards.core.listcheck import (
    CertificateFacts,
    EntryFacts,
    GroupFacts,
    HeldFacts,
    ListedAward,
    ListFacts,
    list_findings,
)

TWICE = [ListedAward("A1", "first", "plan"), ListedAward("A1", "second", "minutes")]
CLEAN = ListFacts(
    awards=[ListedAward("A1", "first", "plan", 1)],
    due=[ListedAward("A1", "first", "plan", 1)],
    entries={"A1": EntryFacts(True, True, True), "A2": EntryFacts(False, True, False, 3)},
    groups=[
        GroupFacts(
            "g", {"first": 1}, {"first": 1}, (HeldFacts(("A3", "A4"), {"second": 1}, {"A3": "second", "A4": ""}),)
        )
    ],
    certificates=[CertificateFacts("1", ("张三",), ("张三",))],
)
FAULTS = {
    "sheets-missing": {"entries": {"A1": EntryFacts(True, True, True, 1)}},
    "winner-unscored": {"entries": {"A1": EntryFacts(True, True, False)}},
    "winner-not-countable": {"entries": {"A1": EntryFacts(False, True, True)}},
    "two-level-prizes": {"awards": TWICE, "due": TWICE},
    "award-differs": {"due": [ListedAward("A1", "first", "plan", 1, {"authors": ["张山"]})]},
    "standing-differs": {"stale_standings": ["A1"]},
    "recognition-differs": {"stale_titles": ["优秀学校"]},
    "tie-across-cut": {"groups": [GroupFacts("g", {}, {}, (HeldFacts(("A3", "A4"), {"first": 1}, {"A3": "first"}),))]},
    "tie-over-seats": {"groups": [GroupFacts("g", {}, {}, (HeldFacts(("A3",), {"first": 0}, {"A3": "first"}),))]},
    "plan-exceeded": {"groups": [GroupFacts("g", {"first": 1}, {"first": 2})]},
    "judge-conflicted": {"conflicted_sheets": [("A1", "J1")]},
    "decision-without-tie": {"undue_decisions": ["A1"]},
    "certificate-name-differs": {"certificates": [CertificateFacts("1", ("张三",), ("张山",))]},
}


def test_a_clean_list_has_no_finding():
    assert list_findings(CLEAN) == []


@pytest.mark.parametrize("code", list(FAULTS))
def test_each_fault_is_found_alone(code):
    assert [one.code for one in list_findings(replace(CLEAN, **FAULTS[code]))] == [code]


def test_two_thirds_of_seven_is_five_and_half_is_more_than_half():
    assert least_votes(7, Terms(1).majority) == 5
    assert [least_votes(n, Terms(1).majority / 4 * 3) for n in (6, 7)] == [4, 4]


def ballot(places, **yes):
    votes = {name: {str(m): "yes" if m < number else "no" for m in range(9)} for name, number in yes.items()}
    return result(votes, {name: rank for rank, name in enumerate(sorted(yes), 1)}, 9, Terms(places), places)


def test_fewer_may_win_than_places_never_more():
    assert ballot(2, a=9, b=8, c=7).winners == ("a", "b")
    assert ballot(3, a=9, b=5, c=0).winners == ("a",)


def test_recused_members_leave_both_sides():
    votes = {"a": {"1": "yes", "2": "yes", "3": "recused"}}
    assert result(votes, {"a": 1}, 3, Terms(1), 1).winners == ("a",)


def test_equal_in_votes_and_rank_at_the_last_place_waits():
    votes = {name: {"1": "yes", "2": "yes"} for name in "ab"}
    found = result(votes, {"a": 1, "b": 1}, 2, Terms(1), 1)
    assert (found.winners, found.held) == ((), ("a", "b"))


def test_without_a_quorum_nothing_is_decided():
    assert result({"a": {"1": "yes"}}, {"a": 1}, 3, Terms(1), 1).winners == ()
