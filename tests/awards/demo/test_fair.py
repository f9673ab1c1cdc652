"""The small English fair."""

from collections import Counter

from awards.demo.chance import Tables
from awards.demo.fair import FINAL, FINALISTS, REVIEW


def test_fair_has_two_tracks_of_twelve_and_six_judges(a_fair: Tables) -> None:
    assert Counter(row["track"] for row in a_fair["entries"]) == {"Science": 12, "Engineering": 12}
    assert len(a_fair["judges"]) == 6
    people = [name for row in a_fair["entries"] for name in row["authors"]] + [row["name"] for row in a_fair["judges"]]
    assert len(set(people)) == len(people)


def test_only_finalists_are_marked_in_the_final(a_fair: Tables) -> None:
    finalists = {row["number"] for row in a_fair["entries"] if row["is_finalist"]}
    assert len(finalists) == 2 * FINALISTS
    assert {row["entry"] for row in a_fair["marks"] if row["round"] == FINAL} == finalists
    assert {row["entry"] for row in a_fair["marks"] if row["round"] == REVIEW} == {
        row["number"] for row in a_fair["entries"]
    }


def test_marks_come_in_both_forms_but_never_in_one_row(a_fair: Tables) -> None:
    criteria = {row["criterion"] for row in a_fair["rubric"]}
    forms = {("criterion" in row, bool(criteria & set(row))) for row in a_fair["marks"]}
    assert forms == {(True, False), (False, True)}


def test_marks_of_the_fair_are_complete_and_within_their_maximum(a_fair: Tables) -> None:
    tracks = {row["number"]: row["track"] for row in a_fair["entries"]}
    maxima = {(row["track"], row["round"], row["criterion"]): row["maximum"] for row in a_fair["rubric"]}
    given: dict[tuple[str, str, str], set[str]] = {}
    for row in a_fair["marks"]:
        sheet = given.setdefault((row["entry"], row["judge"], row["round"]), set())
        wide = {key: value for key, value in row.items() if key not in {"entry", "judge", "round"}}
        for criterion, mark in ({row["criterion"]: row["mark"]} if "mark" in row else wide).items():
            assert 0 <= mark <= maxima[tracks[row["entry"]], row["round"], criterion]
            assert criterion not in sheet
            sheet.add(criterion)
    for (entry, _, part), criteria in given.items():
        assert criteria == {name for track, of, name in maxima if (track, of) == (tracks[entry], part)}
    assert len(given) == 24 * 3 + 2 * FINALISTS * 3
