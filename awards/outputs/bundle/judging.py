"""What was judged by whom: entries by number, judges by code. Whatever else is known of them stays behind."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from awards.models import AwardList
from awards.services.approvals import bodies_of
from awards.services.minutes import minutes_in_force
from competition.core.numbers import plain_text
from competition.models import Contest, Entry, Track
from competition.states import EntryState
from judging.conflicts import conflict_reasons
from judging.models import Attempt, Mark, Round, RoundEntry, Rubric, Sheet, StandingRun
from judging.states import Attendance, SheetState


def judging_lines(award_list: AwardList) -> dict[str, Iterable[Any]]:
    contest = award_list.contest
    return {
        "contest": [contest_line(contest)],
        "tracks": [track_line(one) for one in contest.tracks.order_by("order")],
        "rounds": [round_line(one) for one in contest.rounds.order_by("order")],
        "rubrics": [rubric_line(one) for one in rubrics_of(contest)],
        "entries": entry_lines(contest),
        "places": place_lines(contest),
        "sheets": sheet_lines(contest),
        "conflicts": conflict_lines(contest),
        "attempts": attempt_lines(contest),
        "runs": [run_line(award_list.run)] if award_list.run else [],
        "standings": standing_lines(award_list.run) if award_list.run else [],
    }


def contest_line(contest: Contest) -> dict[str, Any]:
    """With `two_persons` only where it takes two, as its own log says; with who approves, where anybody does."""
    more: dict[str, Any] = {"two_persons": True} if contest.settings.get("two_persons") else {}
    more |= {"approval": [body.step.value for body in bodies]} if (bodies := bodies_of(contest)) else {}
    return {"key": contest.key, "kind": contest.kind, "places": contest.places, "state": contest.state, **more}


def track_line(one: Track) -> dict[str, Any]:
    """Where it is decided elsewhere, the digest of the scanned minutes; the scan itself may name people."""
    latest = minutes_in_force(one) if one.is_by_minutes else None
    scan = {"scan": latest.paper.sha256} if latest else {}
    return {"by_minutes": one.is_by_minutes, "code": one.code, **scan}


def round_line(one: Round) -> dict[str, Any]:
    tracks = {str(track.pk): track.code for track in one.contest.tracks.all()}
    cuts = one.cut.get("cuts", {})
    return {
        "code": one.code,
        "weight": plain_text(one.weight),
        "is_for_finalists": one.is_for_finalists,
        "by_division": bool(one.cut.get("by_division")),
        "cuts": [[tracks[pk], *said] for pk, said in sorted(cuts.items()) if pk in tracks],
    }


def rubrics_of(contest: Contest) -> Iterable[Rubric]:
    rows = Rubric.objects.filter(round__contest=contest).select_related("round", "track").prefetch_related("criteria")
    return rows.order_by("round__order", "track__order")


def rubric_line(one: Rubric) -> dict[str, Any]:
    return {
        "round": one.round.code,
        "track": one.track.code,
        "kind": one.kind,
        "places": one.places,
        "method": one.method,
        "reviews": one.reviews,
        "measure": one.measure,
        "attempts": one.attempts,
        "combine": one.combine,
        "criteria": [[c.label_zh, c.maximum, plain_text(c.weight)] for c in one.criteria.all()],
    }


def countable(contest: Contest) -> Any:
    return Entry.objects.countable().filter(contest=contest)


def entry_lines(contest: Contest) -> Iterator[dict[str, Any]]:
    """Of entries that count: of the others nobody need know."""
    rows = countable(contest).select_related("track", "division").order_by("track__order", "order")
    for one in rows:
        division = one.division.code if one.division else ""
        yield {"number": one.number, "key": one.key, "track": one.track.code, "division": division}


def place_lines(contest: Contest) -> Iterator[dict[str, Any]]:
    rows = RoundEntry.objects.filter(round__contest=contest, entry__state=EntryState.PASSED)
    order = ("round__order", "entry__track__order", "entry__order")
    for code, number, state in rows.order_by(*order).values_list("round__code", "entry__number", "state"):
        yield {"round": code, "entry": number, "is_absent": state == Attendance.ABSENT}


def sheet_lines(contest: Contest) -> Iterator[dict[str, Any]]:
    """The versions that stand, recused ones too: these without marks."""
    rows = Sheet.objects.current().filter(assignment__round__contest=contest)
    rows = rows.filter(assignment__entry__state=EntryState.PASSED)
    marks: dict[int, list[list[Any]]] = defaultdict(list)
    given = Mark.objects.filter(sheet__in=rows.filter(state=SheetState.SUBMITTED)).order_by("criterion__order")
    for sheet, label, points in given.values_list("sheet", "criterion__label_zh", "points"):
        marks[sheet].append([label, points])
    order = ("assignment__round__order", "assignment__entry__number", "assignment__judge__code")
    for one in rows.select_related("assignment__round", "assignment__entry", "assignment__judge").order_by(*order):
        place = one.assignment
        yield {
            "key": one.key,
            "round": place.round.code,
            "entry": place.entry.number,
            "judge": place.judge.code,
            "state": one.state,
            "marks": marks[one.pk],
        }


def conflict_lines(contest: Contest) -> Iterator[dict[str, Any]]:
    judges = dict(contest.judges.values_list("pk", "code"))
    numbers = dict(countable(contest).values_list("pk", "number"))
    found = conflict_reasons(contest)
    pairs = [(judges[j], numbers[e], str(kind)) for (j, e), kind in found.items() if e in numbers]
    for judge, number, kind in sorted(pairs):
        yield {"judge": judge, "entry": number, "kind": kind}


def attempt_lines(contest: Contest) -> Iterator[dict[str, Any]]:
    rows = Attempt.objects.current().filter(round__contest=contest, entry__state=EntryState.PASSED)
    for one in rows.select_related("round", "entry").order_by("round__order", "entry__number", "number"):
        yield {
            "key": one.key,
            "round": one.round.code,
            "entry": one.entry.number,
            "number": one.number,
            "state": one.state,
            "outcome": one.outcome,
            "points": one.points,
            "milliseconds": one.milliseconds,
        }


def run_line(run: StandingRun) -> dict[str, Any]:
    names = ("key", "rule_version", "code_version", "parameters", "input_digest", "result_digest")
    return {name: getattr(run, name) for name in names}


def standing_lines(run: StandingRun) -> Iterator[dict[str, Any]]:
    rows = run.standings.select_related("entry").order_by("entry__track__order", "entry__order")
    for one in rows:
        yield {
            "entry": one.entry.number,
            "stage": one.stage,
            "score": one.score,
            "milliseconds": one.milliseconds,
            "rank": one.rank,
            "sheets": one.sheets,
            "missing": one.missing,
            "is_trimmed": one.is_trimmed,
        }
