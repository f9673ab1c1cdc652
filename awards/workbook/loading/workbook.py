"""The order in which a workbook is loaded."""

import zoneinfo
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from awards.workbook.book import Book
from awards.workbook.loading.contest import contest_details, load_entries, load_people, load_setup
from awards.workbook.loading.higher import load_delegations
from awards.workbook.loading.judging import load_judging
from awards.workbook.loading.mayor import load_mayor
from awards.workbook.loading.prizes import load_prizes
from competition.core.reading import Reading
from competition.core.tokens import Mint
from competition.models import Contest, User
from competition.services.contests import save_contest
from competition.services.places import save_places

ZONE = zoneinfo.ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Loaded:
    """What a workbook became: the contest, the contests above that it sent entries to, the Mayor's Award."""

    contest: Contest
    delegations: tuple[Contest, ...]
    award: Contest | None


def moment_of(book: Book) -> datetime:
    """The workbook's "as of", in the zone of the contest."""
    record = book.record("contest")
    if record is None:
        raise ValueError("A workbook without its contest is not loaded.")
    return record["as_of"].replace(tzinfo=ZONE)


@transaction.atomic
def load_workbook(reading: Reading, *, mint: Mint, has_verification: bool, by: User | None, at: datetime) -> Loaded:
    """Store what the workbook says; what is stored already and says the same stays untouched.

    reading   without problems
    """
    book = Book(reading)
    contest = save_contest(
        details=contest_details(book, moment_of(book)), mint=mint, has_verification=has_verification, by=by, at=at
    )
    schools = save_places(places=places_of(book), mint=mint, by=by, at=at)
    setup = load_setup(book, contest, by=by, at=at)
    people = load_people(book, schools, mint, by=by, at=at)
    entries = load_entries(book, contest, setup, schools, people, by=by, at=at)
    load_judging(book, contest, setup, entries, schools, people, by=by, at=at)
    load_prizes(book, contest, setup, entries, by=by, at=at)
    delegations = load_delegations(book, contest, schools, people, mint, by=by, at=at)
    award = load_mayor(book, contest, schools, people, mint, by=by, at=at)
    return Loaded(contest, delegations, award)


def places_of(book: Book) -> list[tuple[str, str, str, str]]:
    """(district, English, school, English), those of the sheet of schools first, each once."""
    places = {
        (row["district"], row["name"]): (row["district"], row["district_en"] or "", row["name"], row["name_en"] or "")
        for row in book.rows("schools")
    }
    for sheet in ("entries", "delegation", "nominees"):
        for row in book.rows(sheet):
            district = book.district_of(row)
            if district and row["school"]:
                places.setdefault((district, row["school"]), (district, "", row["school"], ""))
    return list(places.values())
