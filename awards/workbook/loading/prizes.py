"""Prize plan, decisions and recognitions."""

from collections import defaultdict
from datetime import datetime
from decimal import Decimal
from typing import Any

from awards.prizes import Prize, prize_of
from awards.services.plans import (
    GroupDetails,
    LevelDetails,
    save_decisions,
    save_plan,
)
from awards.services.specials import Given, SpecialDetails, save_specials
from awards.services.titles import RecognitionDetails, save_recognition_rules
from awards.states import Rounding, SeatKind, Ties
from awards.workbook.book import Book
from awards.workbook.checks.prizes import is_share, percent, seat_kind
from awards.workbook.choices import breaker_of, breaker_words, division_code, parted_words
from awards.workbook.loading.contest import Setup
from awards.workbook.loading.judging import decimal_of
from competition.core.cells import folded
from competition.core.numbers import exact, rounded_half_up
from competition.core.reading import Row
from competition.models import Contest, Entry, User
from judging.core.tiebreaks import TieBreaker

BY_MINUTES = "评审纪要"


def load_prizes(
    book: Book, contest: Contest, setup: Setup, entries: dict[str, Entry], *, by: User | None, at: datetime
) -> None:
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in book.rows("prize_plan"):
        groups[folded(row["track"]), division_code(row["division"])].append(row)
    details = [
        group_details(rows, setup, (track, division), contest.places, breakers_of(book, rows))
        for (track, division), rows in groups.items()
    ]
    save_plan(contest=contest, groups=details, by=by, at=at)
    save_decisions(contest=contest, decisions=decisions_of(book, entries), by=by, at=at)
    if rows := book.rows("special_prizes"):  # without any, those named on the web stay
        save_specials(contest=contest, wanted=[special_of(row, setup, entries) for row in rows], by=by, at=at)
    if titles := book.rows("recognitions"):  # likewise
        save_recognition_rules(contest=contest, rules=[rule_of(row) for row in titles], by=by, at=at)


def special_of(row: Row, setup: Setup, entries: dict[str, Entry]) -> Given:
    details = SpecialDetails(
        label_zh=row["prize"],
        label_en=row["prize_en"] or "",
        sponsor=row["sponsor"],
        number=row["number"],
        tracks=tuple(setup.tracks[folded(word)] for word in parted_words(row["tracks"])),
        divisions=tuple(setup.divisions[division_code(word)] for word in parted_words(row["divisions"])),
    )
    return Given(details, tuple(entries[number] for number in parted_words(row["entries"])), row["minutes"] or "")


def breakers_of(book: Book, rows: list[Row]) -> tuple[TieBreaker, ...]:
    track = book.track(rows[0]["track"])
    criteria = [row["criterion"] for name in book.rounds for row in book.criteria(track["name"], name)] if track else []
    found = (breaker_of(word, criteria, book.rounds) for word in breaker_words(said(rows, "breakers")))
    return tuple(one for one in found if one)


def group_details(
    rows: list[Row], setup: Setup, of: tuple[str, str], places: int, breakers: tuple[TieBreaker, ...]
) -> GroupDetails:
    track, division = of
    cap_count, cap_percent = cap_of(said(rows, "cap"))
    return GroupDetails(
        track=setup.tracks[track],
        division=setup.divisions.get(division),
        levels=tuple(level_of(row, places) for row in rows),
        rounding=Rounding(said(rows, "rounding") or Rounding.HALF_UP),
        ties=Ties(said(rows, "ties") or Ties.HOLD),
        cap_count=cap_count,
        cap_percent=cap_percent,
        breakers=breakers,
    )


def said(rows: list[Row], column: str) -> Any:
    return next((row[column] for row in rows if row[column]), None)


def cap_of(text: str | None) -> tuple[int | None, Decimal | None]:
    if not text:
        return None, None
    return (None, decimal_of(percent(text))) if is_share(text) else (int(exact(text)), None)


def level_of(row: Row, places: int) -> LevelDetails:
    prize = prize_of(row["prize"], row["prize_en"] or "")
    if prize is None:
        raise ValueError("A level of the plan has a prize.")
    kind = SeatKind(seat_kind(row))
    is_percent = kind in (SeatKind.PERCENT_ENTRIES, SeatKind.PERCENT_PRIZES)
    value = None if kind == SeatKind.REST else decimal_of((percent if is_percent else exact)(row["value"]))
    minimum = None if row["minimum"] is None else rounded_half_up(row["minimum"] * 10**places)
    return LevelDetails(prize, kind, value, minimum)


def decisions_of(book: Book, entries: dict[str, Entry]) -> dict[Entry, tuple[Prize | None, str]]:
    """The committee's decisions, and the prizes of tracks decided by minutes."""
    found: dict[Entry, tuple[Prize | None, str]] = {
        entries[row["number"]]: (prize, BY_MINUTES)
        for row in book.rows("entries")
        if (prize := prize_of(row["prize"])) and entries[row["number"]].track.is_by_minutes
    }
    for row in book.rows("decisions"):
        found[entries[row["entry"]]] = (prize_of(row["prize"]), row["minutes"])
    return found


def rule_of(row: Row) -> RecognitionDetails:
    points = {name: str(row[name]) for name in ("first", "second", "third", "entry") if row[name]}
    return RecognitionDetails(
        row["title"],
        row["title_en"] or "",
        row["kind"],
        row["number"],
        points,
        Ties(row["ties"] or Ties.EXTEND),
        fewest=row["fewest"] or 0,
        per_district=row["per_district"],
        is_by_committee=row["way"] == "committee",
    )
