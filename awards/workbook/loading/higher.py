"""The delegation: entries sent to a higher contest, kept as that contest's entries, with what they won."""

from collections import defaultdict
from datetime import datetime
from itertools import count

from awards.prizes import Prize, prize_of
from awards.services.achievements import save_delegation
from awards.services.plans import save_decisions
from awards.workbook.book import Book
from awards.workbook.loading.contest import People, Schools, people_of, school_of
from competition.core.reading import Row
from competition.core.tokens import Mint
from competition.models import Contest, Entry, User
from competition.services.contests import ContestDetails, TrackDetails, save_contest, save_tracks
from competition.services.entries import EntryDetails, save_entries
from competition.states import Level

PUBLISHED_RESULT = "上级公布的结果"


def numbers_of(rows: list[Row]) -> list[str]:
    """As given; the others are numbered in order, past the numbers that are taken."""
    taken = {row["number"] for row in rows}
    free = (number for serial in count(1) if (number := f"{serial:03}") not in taken)
    return [row["number"] or next(free) for row in rows]


def load_delegations(
    book: Book, sender: Contest, schools: Schools, people: People, mint: Mint, *, by: User | None, at: datetime
) -> tuple[Contest, ...]:
    """One contest a name and year in the sheet."""
    rows: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for row in book.rows("delegation"):
        rows[row["contest"], row["date"].year].append(row)
    return tuple(load_delegation(book, sender, mine, schools, people, mint, by=by, at=at) for mine in rows.values())


def load_delegation(
    book: Book,
    sender: Contest,
    rows: list[Row],
    schools: Schools,
    people: People,
    mint: Mint,
    *,
    by: User | None,
    at: datetime,
) -> Contest:
    first = rows[0]
    day = first["date"]
    details = ContestDetails(
        name=first["contest"],
        name_en=first["contest_en"] or "",
        series=first["contest"],
        level=first["level"] or Level.PROVINCE,
        year=day.year,
        as_of=datetime(day.year, day.month, day.day, 12, tzinfo=at.tzinfo),
        entries_per_student=None,
    )
    contest = save_contest(details=details, mint=mint, has_verification=False, by=by, at=at, belongs_to=sender)
    names = dict.fromkeys(row["track"] for row in rows)
    tracks = save_tracks(
        contest=contest, tracks=[TrackDetails(name, is_by_minutes=True) for name in names], by=by, at=at
    )
    entries: list[EntryDetails] = []
    results: dict[str, Prize | None] = {}
    for row, number in zip(rows, numbers_of(rows), strict=True):
        school = school_of(book, row, schools)
        authors, tutors = people_of(row, school, people)
        entries.append(
            EntryDetails(
                number=number, title=row["title"], track=tracks[row["track"]], school=school, authors=authors,
                tutors=tutors,
            )
        )  # fmt: skip
        results[number] = prize_of(row["prize"])
    saved = save_entries(contest=contest, entries=entries, by=by, at=at)
    decisions: dict[Entry, tuple[Prize | None, str]] = {
        saved[number]: (prize, PUBLISHED_RESULT) for number, prize in results.items() if prize
    }
    save_decisions(contest=contest, decisions=decisions, by=by, at=at)
    save_delegation(sender=sender, contest=contest, by=by, at=at)
    return contest
