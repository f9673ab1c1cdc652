"""Rounds of the committee are counted again from a bundle: sums, majority, what the log closed; no member is named."""

import pytest

from awards.outputs.bundle import bundle_of
from awards.outputs.bundle.comparing import differences
from awards.services.balloting import void_round
from awards.services.lists import lock_list
from awards.services.running import decide
from competition.models import Contest
from tests.factories.balloting import NAMES, Committee, committee
from tests.factories.bundles import codes, packed, rows_of, said
from tests.factories.contests import AT
from verify.laurel_verify import verify

pytestmark = pytest.mark.django_db


def sealed(here: Committee) -> bytes:
    decide(contest=here.contest, by=None, at=AT)
    return bundle_of(lock_list(contest=Contest.objects.get(pk=here.contest.pk), by=None, at=AT))


def voted(*, is_secret: bool = True) -> Committee:
    """A round that is void, one on phones that elects M2, one on paper that elects M1."""
    here = committee(is_secret=is_secret)
    here.attend(NAMES, 戊="M2")
    wrong = here.open()
    here.cast(wrong, "甲", "M4")
    void_round(ballot=wrong, reason="误开", by=here.office, at=AT)
    phones = here.open()
    for name in "甲乙丙":
        here.cast(phones, name, "M2")
    for name in "丁戊":
        here.cast(phones, name, "M1")
    here.close(phones)
    paper = here.open("paper")
    here.count(paper, {"M1": (5, 0, 0), "M3": (0, 5, 0), "M4": (0, 4, 1)})
    here.close(paper)
    return here


@pytest.mark.parametrize("is_secret", [True, False])
def test_rounds_are_counted_again(is_secret: bool) -> None:
    data = sealed(voted(is_secret=is_secret))
    assert said(data) == []
    assert verify(data).checked["ballots"] == 2
    rows = rows_of(data)
    assert [one["ballot"] for one in rows["ballots"]] == [2, 3]
    assert {one["ballot"] for one in rows["votes"]} == (set() if is_secret else {2})
    assert {one["entry"]: one["code"] for one in rows["awards"]} == {"M1": "mayor", "M2": "mayor"}
    assert differences(data) == []
    assert not any(name in data.decode("utf-8", "replace") for name in NAMES)


@pytest.mark.parametrize(
    ("place", "change", "expected"),
    [
        (0, {"counts": [["M1", 3, 0, 2, 0]]}, "ballot-unlogged"),
        (0, {"returned": 6}, "ballot-sums"),
        (1, {"invalid": 1}, "ballot-sums"),
        (1, {"cap": 0}, "ballot-sums"),
        (1, {"counts": [["M1", 2, 3, 0, 0]]}, "award-undue"),
    ],
)
def test_a_round_that_was_changed_is_found(place: int, change, expected: str) -> None:
    data = sealed(voted())
    rows = rows_of(data)
    rows["ballots"][place] |= change
    assert expected in codes(verify(packed(rows)))


def test_a_round_left_out_or_a_void_one_put_in_is_found() -> None:
    data = sealed(voted())
    rows = rows_of(data)
    rows["ballots"].pop()
    assert "ballot-unlogged" in codes(verify(packed(rows)))
    rows = rows_of(data)
    rows["ballots"].append(rows["ballots"][0] | {"ballot": 1})
    assert "ballot-unlogged" in codes(verify(packed(rows)))


def test_named_votes_are_the_counts() -> None:
    data = sealed(voted(is_secret=False))
    rows = rows_of(data)
    vote = next(one for one in rows["votes"] if one["choice"] == "yes")
    vote["choice"] = "no"
    assert "ballot-named" in codes(verify(packed(rows)))
