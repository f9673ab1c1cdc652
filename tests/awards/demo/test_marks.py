"""Who marks what in the demo, and that the marks are possible."""

from collections import Counter

from awards.demo.chance import Tables

NOT_CRITERIA = {"entry", "judge", "round", "comment", "criterion", "mark"}


def test_every_entry_has_the_sheets_that_its_track_asks_for(tables: Tables) -> None:
    sheets = Counter((row["entry"], row["judge"]) for row in tables["marks"])
    assert set(sheets.values()) == {1}
    counts = Counter(entry for entry, _ in sheets)
    reviews = {track["name"]: track["reviews"] for track in tables["tracks"]}
    wanted = {row["number"]: reviews[row["track"]] for row in tables["entries"]}
    wanted |= {row["number"]: tables["mayors_award"][0]["reviews"] for row in tables["nominees"]}
    assert counts == wanted


def test_no_judge_marks_their_own_school_or_a_conflict(tables: Tables) -> None:
    entries = {row["number"]: row for row in tables["entries"]}
    nominees = {row["number"]: row for row in tables["nominees"]}
    judges = {row["code"]: row for row in tables["judges"]}
    for row in tables["marks"]:
        judge = judges[row["judge"]]
        if row["entry"] in entries:
            entry = entries[row["entry"]]
            near = {entry["number"], entry["school"], *entry["authors"], *entry["tutors"]}
            assert entry["track"] in judge["tracks"]
        else:
            near = {row["entry"], nominees[row["entry"]]["school"], nominees[row["entry"]]["name"]}
            assert "市长奖" in judge["tracks"]
        assert not near & {judge["institution"], *judge["conflicts"]}


def test_conflicts_are_about_entries_of_the_judges_tracks(tables: Tables) -> None:
    """Otherwise nobody would ever have to stand in."""
    stood_in = 0
    for judge in tables["judges"]:
        for entry in tables["entries"]:
            near = {entry["number"], entry["school"], *entry["authors"]}
            stood_in += entry["track"] in judge["tracks"] and bool(near & {judge["institution"], *judge["conflicts"]})
    assert stood_in >= 10


def test_marks_are_whole_or_half_points_within_their_maximum(tables: Tables) -> None:
    tracks = {row["number"]: row["track"] for row in tables["entries"]}
    maxima = {(row["track"], row["criterion"]): row["maximum"] for row in tables["rubric"]}
    for row in tables["marks"]:
        track = tracks.get(row["entry"], "市长奖")
        given = {key: value for key, value in row.items() if key not in NOT_CRITERIA}
        assert set(given) == {criterion for of, criterion in maxima if of == track}
        assert all(0 <= mark <= maxima[track, key] and (2 * mark).is_integer() for key, mark in given.items())


def test_rubrics_add_up_to_a_hundred(tables: Tables) -> None:
    totals: Counter[str] = Counter()
    for row in tables["rubric"]:
        totals[row["track"]] += row["maximum"]
    assert set(totals.values()) == {100}


def test_judges_differ_in_severity_but_follow_merit(tables: Tables) -> None:
    """Two judges of a panel agree more than chance would."""
    totals: dict[str, dict[str, float]] = {}
    for row in tables["marks"]:
        marks = [value for key, value in row.items() if key not in NOT_CRITERIA]
        totals.setdefault(row["judge"], {})[row["entry"]] = sum(marks)
    one, other = totals["J22"], totals["J25"]
    shared = sorted(set(one) & set(other))
    half = len(shared) // 2
    best = [set(sorted(shared, key=by.__getitem__)[half:]) for by in (one, other)]
    assert len(best[0] & best[1]) > 0.6 * half
