"""Whatever somebody changes in a bundle, with a manifest that fits, is found and named."""

from datetime import timedelta

import pytest

from awards.outputs.bundle import bundle_of
from competition.core.canon import digest
from competition.models import Event
from judging.models import Rubric, Sheet
from judging.services.sheets import SheetDetails, record_sheets
from tests.factories.bundles import change, codes, named, notes, packed, published, rows_of, said, tampered
from tests.factories.contests import AT
from verify.laurel_verify import verify

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)


def test_a_mark_that_was_raised_is_found(data):
    def raised(rows):
        rows["sheets"][0]["marks"][0][1] += 1

    report = tampered(data, raised)
    entry = rows_of(data)["sheets"][0]["entry"]
    assert {"standing-differs", "digest-differs"} <= codes(report)
    assert [one for one in named(report, "standing-differs") if one.startswith(f"{entry} score")]


def test_a_raised_mark_with_its_score_and_digests_is_found_by_the_log(data):
    """Whoever makes everything else fit cannot make the log fit, or has to change its head."""

    def raised(rows):
        first = next(one for one in rows["sheets"] if one["entry"] == "A1")
        first["marks"][0][1] += 3
        next(one for one in rows["standings"] if one["entry"] == "A1")["score"] = 9500
        run = rows["runs"][0]
        marks = sorted([s["round"], s["entry"], s["judge"], n, p] for s in rows["sheets"] for n, p in s["marks"])
        run["input_digest"] = digest(marks)
        lines = [[s["entry"], s["stage"], s["score"], s["rank"], s["missing"]] for s in rows["standings"]]
        run["result_digest"] = digest(lines)

    report = tampered(data, raised)
    assert codes(report) == {"link-differs"}
    assert named(report, "link-differs")[0].startswith("standings input")


def test_an_award_that_was_swapped_is_found(data):
    def swapped(rows):
        first, second = rows["awards"]
        first["entry"], second["entry"] = second["entry"], first["entry"]

    report = tampered(data, swapped)
    assert {"award-differs", "link-differs"} <= codes(report)
    assert [one.split()[0] for one in named(report, "award-differs")] == ["A1", "A3"]


def test_a_swapped_award_with_swapped_decisions_is_found_by_the_log(data):
    def swapped(rows):
        rows["awards"][1]["entry"] = "A2"
        for decision in rows["decisions"]:
            decision["code"] = {"": "second", "second": ""}[decision["code"]]

    report = tampered(data, swapped)
    assert codes(report) == {"link-differs"}
    assert {one.split()[0] for one in named(report, "link-differs")} == {"decisions", "list"}


@pytest.mark.parametrize("at", [0, 7, -1])
def test_an_event_that_was_removed_is_found(data, at):
    report = tampered(data, lambda rows: rows["events"].pop(at))
    assert codes(report) & {"chain-seq", "chain-broken", "chain-head"}


def test_an_event_that_was_changed_or_moved_is_found(data):
    def dated(rows):
        rows["events"][4]["at"] = "2026-05-01T10:00:00.000000+00:00"

    assert named(tampered(data, dated), "chain-broken") == ["5"]
    assert "chain-seq" in codes(tampered(data, lambda rows: rows["events"].insert(2, rows["events"].pop(5))))


def test_a_log_that_was_made_anew_differs_from_a_head_known_from_elsewhere(data, tied):
    rows = rows_of(data)
    rows["events"][2]["at"] = "2026-05-01T10:00:00.000000+00:00"
    forged = packed(rows, is_rechained=True)
    head = Event.objects.filter(chain__contest=tied.contest).order_by("-seq").first().hash
    assert verify(forged).holds  # nothing inside can tell; this is what the answer says of it
    assert "head-not-given" in notes(forged)
    assert codes(verify(forged, head)) == {"head-differs"}
    assert verify(data, head).holds


def test_a_decision_for_another_tie_counts_for_nothing(data):
    rows = rows_of(data)
    keys = sorted(one["key"] for one in rows["entries"])
    other = digest([keys, ["second"], [1]])
    report = tampered(data, lambda rows: [one.update(terms=other) for one in rows["decisions"]])
    assert named(report, "decision-other-tie") == ["A2", "A3"]
    assert "award-undue" in codes(report)


def test_a_decision_where_nothing_is_tied_is_found(data):
    def decided(rows):
        rows["decisions"].insert(0, {"entry": "A1", "code": "first", "terms": ""})

    assert named(tampered(data, decided), "decision-without-tie") == ["A1"]


def test_more_prizes_than_a_tie_has_are_found(data):
    def generous(rows):
        for one in rows["decisions"]:
            one["code"] = "second"

    assert "tie-over-places" in codes(tampered(data, generous))


def test_a_tie_that_nobody_decided_is_found(data):
    assert named(tampered(data, lambda rows: rows["decisions"].clear()), "decision-missing") == ["A2", "A3"]


def test_a_conflicted_sheet_that_counts_is_found(data):
    def hidden(rows):
        rows["conflicts"].append({"judge": "J2", "entry": "A1", "kind": "own-school"})

    assert named(tampered(data, hidden), "conflicted-sheet") == ["J2 A1 own-school"]


def test_a_recused_sheet_stays_out_and_its_conflict_stays_in(tied):
    place = next(one for one in tied.assignments.values() if (one.entry.number, one.judge.code) == ("A1", "J1"))
    others = [
        SheetDetails(sheet.assignment, {mark.criterion: mark.points for mark in sheet.marks.all()})
        for sheet in Sheet.objects.standing().filter(assignment__judge__contest=tied.contest).exclude(assignment=place)
    ]
    record_sheets(contest=tied.contest, sheets=[*others, SheetDetails(place, {}, is_recused=True)], by=None, at=AT)
    Rubric.objects.update(reviews=2)
    data = bundle_of(published(tied.contest))
    assert said(data) == []
    assert [one["marks"] for one in rows_of(data)["sheets"] if one["state"] == "recused"] == [[]]
    counting = tampered(data, lambda rows: [one.update(state="submitted", marks=[["总评", 99]])
                                            for one in rows["sheets"] if one["state"] == "recused"])  # fmt: skip
    assert {"conflicted-sheet", "standing-differs"} <= codes(counting)
    assert named(tampered(data, lambda rows: rows["conflicts"].clear()), "recusal-lost") == ["J1 A1"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        (change("plan", 0, cap_count=1), "link-differs"),
        (lambda rows: rows["plan"][0]["levels"][0].__setitem__(2, "2"), "decision-other-tie"),
        (lambda rows: rows["plan"].clear(), "entry-unplanned"),
        (change("plan", 0, ties="toss"), "rule-unknown"),
        (change("plan", 0, rounding="lucky"), "rule-unknown"),
        (change("rubrics", 0, method="median"), "parameters-differ"),
        (change("rubrics", 0, method="best"), "rule-unknown"),
        (change("rubrics", 0, reviews=4), "standing-differs"),
        (change("rounds", 0, weight="7"), "parameters-differ"),
        (change("rounds", 0, weight="1e9"), "line-malformed"),
        (change("runs", 0, rule_version="2"), "rule-unknown"),
        (lambda rows: rows["runs"].clear(), "standing-missing"),
        (lambda rows: rows["standings"].pop(), "standing-missing"),
        (change("standings", 0, rank=2), "standing-differs"),
        (change("standings", 0, is_trimmed=True), "standing-differs"),
        (change("places", 0, is_absent=True), "standing-differs"),
        (lambda rows: rows["places"].pop(), "standing-differs"),
        (lambda rows: rows["entries"].pop(), "unknown"),
        (change("entries", 0, track="不存在"), "unknown"),
        (lambda rows: rows["awards"].pop(), "award-missing"),
        (change("awards", 0, by="committee"), "award-differs"),
        (lambda rows: rows["sheets"][0]["marks"].append(["总评", 3]), "mark-wrong"),
        (lambda rows: rows["sheets"][0]["marks"][0].__setitem__(1, 101), "mark-wrong"),
        (change("contest", 0, state="judging"), "state-differs"),
        (change("contest", 0, places=1), "parameters-differ"),
        (change("contest", 0, places=10**9), "line-malformed"),
        (change("lists", 0, state="locked"), "state-differs"),
        (change("lists", 0, digest="sha256:0"), "link-differs"),
        (change("lists", 0, version=9), "manifest-wrong"),
        (change("lists", 0, key="x"), "list-not-fixed"),
        (change("awards", 0, place="1"), "line-malformed"),
        (lambda rows: rows["awards"].append(dict(rows["awards"][0])), "line-twice"),
        (change("tracks", 0, by_minutes=True), "standing-undue"),
    ],
)  # fmt: skip
def test_a_changed_row_is_found(data, changed, code):
    assert code in codes(tampered(data, changed))


def test_what_decides_may_not_happen_after_the_lock(data):
    def late(rows):
        event = next(one for one in rows["events"] if one["action"] == "awardlist.locked")
        rows["events"].insert(rows["events"].index(event) + 1, {**event, "action": "sheet.submitted", "body": {},
                                                                 "subject": "judging.sheet:x"})  # fmt: skip

    report = tampered(data, late, is_rechained=True)
    assert codes(report) == {"changed-after-lock"}


def test_a_way_that_a_contest_cannot_go_is_found(data):
    def skipped(rows):
        rows["events"] = [one for one in rows["events"] if one["action"] != "contest.decision"]

    def short(rows):
        skipped(rows)
        next(one for one in rows["events"] if one["action"] == "contest.locked")["body"]["from"] = "judging"

    assert named(tampered(data, skipped, is_rechained=True), "move-not-allowed")[0].endswith("judging locked")
    assert named(tampered(data, short, is_rechained=True), "move-not-allowed")[0].endswith("judging locked")


def test_a_way_that_a_list_cannot_go_is_found(data):
    """From a draft to the notice, without a lock."""

    def short(rows):
        rows["events"] = [one for one in rows["events"] if one["action"] != "awardlist.locked"]
        next(one for one in rows["events"] if one["action"] == "awardlist.published")["body"]["from"] = "draft"

    assert named(tampered(data, short, is_rechained=True), "move-not-allowed")[0].endswith("list draft published")


def test_a_sheet_that_the_log_knows_as_replaced_is_found(data):
    def revived(rows):
        key = rows["sheets"][0]["key"]
        rows["events"].insert(9, {**rows["events"][0], "action": "sheet.superseded", "subject": f"judging.sheet:{key}",
                                  "body": {"from": "submitted", "to": "superseded"}})  # fmt: skip

    assert "state-differs" in codes(tampered(data, revived, is_rechained=True))
