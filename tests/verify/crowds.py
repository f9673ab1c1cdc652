"""A bundle of any size, made without a database: as many events, a sheet for every one of them after the first few."""

import hashlib
import random
from typing import Any

from awards.core.sealing import zipped
from competition.core.canon import canonical, digest, digest_of_bytes
from verify.laurel_verify import MEMBERS_IF_ANY, SHAPES, ZEROS

CRITERIA, JUDGES = 5, 40
KEY = "a" * 26


def crowded_bundle(events: int, sheets_an_entry: int = 5) -> bytes:
    """Online sheets only: every sheet has its event. The first tenth has the first prize."""
    entries = max((events - 8) // sheets_an_entry, 1)
    numbers = [f"E{at:06}" for at in range(entries)]
    sheets = [sheet(at, number, judge) for at, number in enumerate(numbers) for judge in range(sheets_an_entry)]
    totals = dict.fromkeys(numbers, 0)
    for one in sheets:
        totals[one["entry"]] += sum(points for _, points in one["marks"])
    standings, result = standings_of(numbers, totals, sheets_an_entry)
    marks = sorted([one["round"], one["entry"], one["judge"], n, p] for one in sheets for n, p in one["marks"])
    group = {"track": "T", "division": "", "rounding": "half_up", "ties": "shrink", "cap_count": None, "cap_percent": None,
             "levels": [["first", "percent_entries", "10", None]]}  # fmt: skip
    awards = awards_of(standings, entries)
    said = digest(sorted([one["entry"], one["code"], one["place"], one["by"]] for one in awards))
    rows: dict[str, list[Any]] = {
        "contest": [{"key": KEY, "kind": "contest", "places": 2, "state": "locked"}],
        "tracks": [{"by_minutes": False, "code": "T"}],
        "rounds": [{"code": "R", "weight": "1", "is_for_finalists": False, "by_division": False, "cuts": []}],
        "rubrics": [{"round": "R", "track": "T", "kind": "marks", "places": 0, "method": "mean",
                     "reviews": sheets_an_entry, "measure": "", "attempts": 0, "combine": "",
                     "criteria": [[f"C{at}", 20, "1"] for at in range(CRITERIA)]}],
        "entries": [{"number": one, "key": f"k{one}", "track": "T", "division": ""} for one in numbers],
        "places": [{"round": "R", "entry": one, "is_absent": False} for one in numbers],
        "sheets": sheets, "standings": standings, "awards": awards, "plan": [group],
        "runs": [{"key": "run", "rule_version": "1", "code_version": "0.1.0", "parameters": parameters(sheets_an_entry),
                  "input_digest": digest(marks), "result_digest": result}],
        "lists": [{"key": "list", "version": 1, "state": "locked", "plan": 1, "run": "run", "digest": "sha256:x",
                   "recognitions": 0}],
    }  # fmt: skip
    steps = [
        ("plan.saved", "awards.prizeplan:plan", {"version": 1, "groups": 1, "content": digest([group])}),
        ("contest.judging", "", {"from": "setup", "to": "judging"}),
        *(("sheet.submitted", f"judging.sheet:{one['key']}", {"version": 1, "content": "hmac:" + "0" * 64})
          for one in sheets),
        ("contest.decision", "", {"from": "judging", "to": "decision"}),
        ("standings.computed", "judging.standingrun:run",
         {"entries": entries, "input": digest(marks), "result": result}),
        ("list.proposed", "awards.awardlist:list",
         {"version": 1, "awards": len(awards), "digest": "sha256:x", "prizes": said}),
        ("awardlist.locked", "awards.awardlist:list", {"from": "draft", "to": "locked"}),
        ("contest.locked", "", {"from": "decision", "to": "locked"}),
    ]  # fmt: skip
    rows["events"] = chained(steps)
    return packed_anew(rows)


def sheet(at: int, number: str, judge: int) -> dict[str, Any]:
    rng = random.Random(at * JUDGES + judge)
    marks = [[f"C{one}", rng.randrange(21)] for one in range(CRITERIA)]
    return {"key": f"s{number}{judge}", "round": "R", "entry": number, "judge": f"J{(at + judge) % JUDGES:02}",
            "state": "submitted", "marks": marks}  # fmt: skip


def standings_of(numbers: list[str], totals: dict[str, int], sheets: int) -> tuple[list[dict[str, Any]], str]:
    scores = {number: (totals[number] * 200 + sheets) // (2 * sheets) for number in numbers}  # half up, two places
    first: dict[int, int] = {}
    for at, score in enumerate(sorted(scores.values(), reverse=True), 1):
        first.setdefault(score, at)
    found = [
        {"entry": number, "stage": 1, "score": scores[number], "milliseconds": None, "rank": first[scores[number]],
         "sheets": sheets, "missing": 0, "is_trimmed": False}
        for number in numbers
    ]  # fmt: skip
    return found, digest([[one["entry"], 1, one["score"], one["rank"], 0] for one in found])


def awards_of(standings: list[dict[str, Any]], entries: int) -> list[dict[str, Any]]:
    """Whole groups of equals, as far as they fit into a tenth."""
    seats = (entries + 5) // 10
    counts: dict[int, int] = {}
    for one in standings:
        counts[one["rank"]] = counts.get(one["rank"], 0) + 1
    fitting = {rank for rank, number in counts.items() if rank - 1 + number <= seats}
    return [
        {"entry": one["entry"], "code": "first", "place": one["rank"], "by": "plan"}
        for one in standings
        if one["rank"] in fitting
    ]


def parameters(reviews: int) -> dict[str, Any]:
    used = {"weight": "1", "method": "mean", "reviews": reviews, "places": 0, "weights": ["1"] * CRITERIA}
    return {"places": 2, "tracks": {"T": {"R": used}}}


def chained(steps: list[tuple[str, str, dict[str, Any]]]) -> list[dict[str, Any]]:
    before, found = ZEROS, []
    for seq, (action, subject, body) in enumerate(steps, 1):
        said = {"seq": seq, "at": "2026-05-01T09:00:00.000000+00:00", "actor": KEY, "via": "web", "action": action,
                "subject": subject or f"competition.contest:{KEY}", "body": body}  # fmt: skip
        before = hashlib.sha256(before.encode() + canonical(said)).hexdigest()
        found.append({**said, "hash": before})
    return found


def packed_anew(rows: dict[str, list[Any]]) -> bytes:
    names = [name for name in SHAPES if name in rows or name not in MEMBERS_IF_ANY]
    members = {f"{name}.jsonl": b"".join(canonical(row) + b"\n" for row in rows.get(name, ())) for name in names}
    stated = {
        name: {"bytes": len(data), "lines": data.count(b"\n"), "sha256": digest_of_bytes(data)}
        for name, data in members.items()
    }
    log = {"events": len(rows["events"]), "head": rows["events"][-1]["hash"]}
    manifest = {"format": "laurel-bundle", "version": 1, "contest": KEY, "list": 1, "log": log, "members": stated}
    return zipped({**members, "manifest.json": canonical(manifest) + b"\n"})
