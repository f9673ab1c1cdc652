"""Moves of the committee are worked out again from a bundle: vote, rule, what it saw, places."""

import pytest

from awards.outputs.bundle import bundle_of
from awards.outputs.bundle.comparing import differences
from awards.services.lists import lock_list
from awards.services.moves import take_move_back
from tests.factories.bundles import change, codes, named, notes, packed, rows_of, said, tampered
from tests.factories.contests import AT
from tests.factories.moves import NOT, Moving, moving_contest
from tests.factories.replay import replayed
from verify.laurel_verify import verify

pytestmark = pytest.mark.django_db


def sealed(moving: Moving) -> bytes:
    return bundle_of(lock_list(contest=moving.contest, by=None, at=AT))


@pytest.fixture
@replayed
def moving() -> Moving:
    """A1 and A2 change places; that A4 is moved was not carried; one was taken back."""
    found = moving_contest()
    take_move_back(move=found.carry(A3=""), by=found.office, at=AT)
    found.carry(A2="first", A1="second")
    found.vote(found.propose(A4="second", A3=""), NOT)
    return found


def test_moves_are_worked_out_again(moving):
    data = sealed(moving)
    assert said(data) == []
    report = verify(data)
    assert report.checked["moves"] == 2
    assert "moves-given" in notes(data)
    rows = rows_of(data)
    assert [one["number"] for one in rows["moves"]] == [2, 3]
    assert rows["lists"][0]["moves"] == [2]
    assert differences(data) == []
    assert "创新性突出" not in data.decode("utf-8", "replace")
    assert "纪要" not in data.decode("utf-8", "replace")


def test_a_contest_without_moves_has_none_in_its_bundle():
    data = sealed(moving_contest(majority=""))
    assert said(data) == []
    assert "moves" not in rows_of(data)
    assert "moves" not in rows_of(data)["lists"][0]


def test_what_was_put_in_beside_the_database_is_a_difference():
    found = moving_contest()
    data = sealed(found)
    rows = rows_of(data)
    rows["moves"] = [{"number": 1}]
    assert [one.member for one in differences(packed(rows))] == ["moves.jsonl"]


@pytest.mark.parametrize(
    ("changed", "found"),
    [
        (change("moves", 0, in_favour=3, against=3), {"vote-differs", "award-differs", "moves-differ"}),
        (change("moves", 0, in_favour=6), {"vote-wrong"}),
        (change("moves", 1, is_carried=True), {"vote-differs"}),
        (change("moves", 1, in_favour=5, against=1, is_carried=True), {"award-undue", "award-missing", "moves-differ"}),
        (change("moves", 0, majority="two_thirds"), {"move-unruled"}),
        (change("moves", 0, majority="all"), {"rule-unknown"}),
        (change("moves", 0, recused=2, abstained=-1), {"line-malformed"}),
        (change("moves", 0, terms="sha256:0"), {"move-lapsed", "award-differs", "moves-differ"}),
        (change("moves", 0, steps=[["A2", "second", "first"]]), {"moves-over-places", "award-differs"}),
        (change("moves", 0, steps=[["A1", "first", "second"], ["A3", "second", "first"]]), {"award-differs"}),
        (change("moves", 0, steps=[["A2", "", "first"], ["A1", "first", "second"]]), {"move-wrong"}),
        (change("moves", 0, steps=[["A2", "second", "gold"], ["A1", "first", "second"]]), {"move-wrong"}),
        (change("moves", 0, steps=[["A9", "second", "first"], ["A1", "first", "second"]]), {"move-wrong"}),
        (change("moves", 0, steps=[["A2", "second", "first"], ["A2", "second", "first"]]), {"move-wrong"}),
        (lambda rows: rows["moves"].pop(), {"link-differs"}),
        (lambda rows: rows.pop("moves"), {"link-differs", "moves-differ", "award-differs"}),
        (lambda rows: rows["moves"].clear(), {"line-malformed"}),
        (lambda rows: rows["lists"][0].pop("moves"), {"moves-differ"}),
        (change("awards", 0, by="plan"), {"award-differs"}),
        (change("standings", 4, rank=1, score=9600), {"move-lapsed"}),
        (change("plan", 0, levels=[["first", "count", "1", None], ["second", "count", "3", None]]), {"move-lapsed"}),
    ],
)
def test_whatever_somebody_changes_is_found(moving, changed, found):
    assert found <= codes(tampered(sealed(moving), changed))


def test_the_rule_stands_in_the_log_before_the_move(moving):
    def unruled(rows):
        rows["events"] = [one for one in rows["events"] if one["action"] != "moves.ruled"]

    report = tampered(sealed(moving), unruled, is_rechained=True)
    assert codes(report) == {"move-unruled"}
    assert len(named(report, "move-unruled")) == 2


def test_a_vote_after_the_lock_is_found(moving):
    def later(rows):
        voted = next(one for one in rows["events"] if one["action"] == "move.voted")
        rows["events"].append(dict(voted, body=rows["events"][-1]["body"] | voted["body"]))

    report = tampered(sealed(moving), later, is_rechained=True)
    assert "changed-after-lock" in codes(report)


def test_figures_of_a_vote_in_the_log_are_held_against_the_rows_and_the_rule(moving):
    """The rest of the log made to fit."""

    def votes(rows):
        return [one["body"] for one in rows["events"] if one["action"] == "move.voted"]

    def fewer(rows):
        votes(rows)[1] |= {"in_favour": 4, "against": 2}

    def taken_back(rows):
        votes(rows)[0] |= {"in_favour": 1, "against": 5}

    def unlogged(rows):
        rows["events"] = [one for one in rows["events"] if one["action"] != "move.voted"]

    data = sealed(moving)
    assert codes(tampered(data, fewer, is_rechained=True)) == {"vote-not-logged"}
    assert codes(tampered(data, taken_back, is_rechained=True)) == {"vote-logged-wrong"}
    assert "link-missing" in codes(tampered(data, unlogged, is_rechained=True))


def test_a_rule_that_comes_after_the_first_vote_is_found(moving):
    def softened(rows):
        voted = next(at for at, one in enumerate(rows["events"]) if one["action"] == "move.voted")
        ruled = next(one for one in rows["events"] if one["action"] == "moves.ruled")
        rows["events"].insert(voted + 1, dict(ruled))

    assert codes(tampered(sealed(moving), softened, is_rechained=True)) == {"rule-late"}
