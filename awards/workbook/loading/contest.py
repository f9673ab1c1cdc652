"""The contest itself, its tracks and divisions, people and entries."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from awards.workbook.book import Book
from awards.workbook.checks.entries import coded_authors
from awards.workbook.choices import division_code, division_of
from competition.core.cells import folded
from competition.core.reading import Row
from competition.core.tokens import Mint
from competition.models import Contest, Division, Entry, Person, School, Subject, Track, User
from competition.services.contests import (
    ContestDetails,
    TrackDetails,
    save_divisions,
    save_subjects,
    save_tracks,
)
from competition.services.entries import EntryDetails, save_entries
from competition.services.places import PersonKey, save_people
from competition.states import EntryState, Level, PersonKind

Schools = dict[tuple[str, str], School]
People = dict[PersonKey, Person]
NO_LINE = ("无", "none", "-")


@dataclass(frozen=True)
class Setup:
    """Tracks and subjects by folded name, divisions by code."""

    tracks: dict[str, Track]
    divisions: dict[str, Division]
    subjects: dict[str, Subject]


def settings_of(row: Row) -> dict[str, Any]:
    """What papers and assigning need to know; only what the workbook says."""
    settings: dict[str, Any] = {"seed": row["seed"] or 0}
    for name in ("number_pattern", "certificate_title", "certificate_language"):
        if row[name]:
            settings[name] = row[name]
    if row["issuers"]:
        settings["issuers"] = list(row["issuers"])
    if row["same_district_conflict"]:
        settings["same_district_conflict"] = True
    if row["line"]:
        settings["line"] = "" if folded(row["line"]) in NO_LINE else row["line"]
    return settings


def contest_details(book: Book, as_of: datetime) -> ContestDetails:
    row = book.record("contest")
    if row is None:
        raise ValueError("A workbook without its contest is not loaded.")
    limit = 1 if row["entries_per_student"] is None else row["entries_per_student"]
    return ContestDetails(
        name=row["name"],
        name_en=row["name_en"] or "",
        series=row["series"] or row["name"],
        level=row["level"] or Level.CITY,
        ordinal=row["ordinal"],
        year=row["year"] or as_of.year,
        as_of=as_of,
        places=2 if row["places"] is None else row["places"],
        entries_per_student=limit or None,
        settings=settings_of(row),
    )


def load_setup(book: Book, contest: Contest, *, by: User | None, at: datetime) -> Setup:
    tracks = save_tracks(
        contest=contest,
        tracks=[
            TrackDetails(
                name=row["name"],
                name_en=row["name_en"] or "",
                max_authors=row["max_authors"] or 3,
                max_tutors=3 if row["max_tutors"] is None else row["max_tutors"],
                is_group=bool(row["is_group"]),
                is_by_minutes=row["decided"] == "minutes",
            )
            for row in book.rows("tracks")
        ],
        by=by,
        at=at,
    )
    names = {code: (code, zh, en) for code, zh, en in reversed([division_of(*words) for words in book.divisions])}
    divisions = save_divisions(contest=contest, names=list(reversed(names.values())), by=by, at=at)
    subjects = dict.fromkeys(row["subject"] for row in book.rows("entries") if row["subject"])
    saved = save_subjects(contest=contest, names=list(subjects), by=by, at=at)
    return Setup(
        {folded(name): track for name, track in tracks.items()},
        divisions,
        {folded(name): subject for name, subject in saved.items()},
    )


def school_of(book: Book, row: Row, schools: Schools) -> School | None:
    return schools.get((book.district_of(row) or "", row["school"] or ""))


def person_keys(book: Book, schools: Schools) -> Iterator[PersonKey]:
    """Everybody the workbook names, in its order."""
    for sheet in ("entries", "delegation"):
        for row in book.rows(sheet):
            school = school_of(book, row, schools)
            for name, code in coded_authors(row):
                yield PersonKind.STUDENT, name, school, code
            for name in row["tutors"] or ():
                yield PersonKind.TUTOR, name, school, ""
    for row in book.rows("judges"):
        yield PersonKind.JUDGE, row["name"] or row["code"], None, row["code"]
    for row in book.rows("nominees"):
        if row["kind"] != "school":
            yield row["kind"], row["name"], school_of(book, row, schools), row["code"] or ""


def load_people(book: Book, schools: Schools, mint: Mint, *, by: User | None, at: datetime) -> People:
    return save_people(people=person_keys(book, schools), mint=mint, by=by, at=at)


def load_entries(
    book: Book,
    contest: Contest,
    setup: Setup,
    schools: Schools,
    people: People,
    *,
    by: User | None,
    at: datetime,
) -> dict[str, Entry]:
    details = []
    for row in book.rows("entries"):
        school = school_of(book, row, schools)
        authors, tutors = people_of(row, school, people)
        details.append(
            EntryDetails(
                number=row["number"],
                title=row["title"],
                title_en=row["title_en"] or "",
                track=setup.tracks[folded(row["track"])],
                division=setup.divisions.get(division_code(row["division"])),
                subject=setup.subjects.get(folded(row["subject"] or "")),
                school=school,
                authors=authors,
                tutors=tutors,
                group_name=row["group_name"] or "",
                state=row["state"] or EntryState.PASSED,
                extra={heading: text for heading, text in row.extra.items() if text},
            )
        )
    return save_entries(contest=contest, entries=details, by=by, at=at)


def people_of(row: Row, school: School | None, people: People) -> tuple[tuple[Person, ...], tuple[Person, ...]]:
    """(authors, tutors) of an entry's row."""
    return (
        tuple(people[PersonKind.STUDENT, name, school, code] for name, code in coded_authors(row)),
        tuple(people[PersonKind.TUTOR, name, school, ""] for name in row["tutors"] or ()),
    )
