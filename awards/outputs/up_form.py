"""上报表: the entries that go up, in the columns that a higher contest wants."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q, prefetch_related_objects

from awards.core.up_layouts import (
    CHOSEN,
    LATE_AUTHOR,
    LATE_TUTOR,
    NUMBERS,
    PER_AUTHOR,
    WENT,
    WINNERS,
    Layout,
)
from awards.models import Award
from awards.outputs.going_up import is_team, stage_zh
from awards.outputs.late import photo_name
from awards.outputs.upward import in_list_order, went_up
from awards.their_form import filled_in
from competition.access_to_late import late_terms_of, why_not_over
from competition.core.grades import GRADES
from competition.core.late_fields import MALE, PHOTO, SEX
from competition.errors import Denial, Refused
from competition.late import LatePerson, chosen, people_of, texts_of
from competition.late_wording import AUTHOR
from competition.models import Contest, Entry
from competition.numbers_above import GIVEN, numbers_given_by, numbers_in_words
from competition.spreadsheets import Heading, Sheet, workbook_bytes

LACKING = "—"
THERE = "●"  # in a preview, of what nobody may look at in passing
Cell = str | int | None


@dataclass
class Line:
    """What the cells of one entry are made of. late: (whose, pk of the person) -> field -> value."""

    place: int
    entry: Entry
    award: Award | None
    higher: Contest | None
    late: Mapping[tuple[str, int], Mapping[str, str]] = field(default_factory=dict)
    author: Any = None  # of a form with a row for each; None: the row is of the entry

    @property
    def authors(self) -> list[Any]:
        return list(self.entry.authors.all())

    @property
    def tutors(self) -> list[Any]:
        return list(self.entry.tutors.all())


def entries_of(contest: Contest, which: str, higher: Contest | None) -> list[tuple[Entry, Award | None]]:
    """In the order of the list where there is one. Only what passed ever goes up."""
    rows = in_list_order(contest)
    asked = {CHOSEN: Q(late_choice__isnull=False), WENT: went_up(contest, higher)}.get(which)
    if asked is not None:
        keys = set(contest.entries.filter(asked).values_list("pk", flat=True))
        rows = [row for row in rows if row[0].pk in keys]
    return [row for row in rows if row[1]] if which == WINNERS else rows


def lines_of(
    contest: Contest, layout: Layout, higher: Contest | None, *, at: datetime, most: int | None = None
) -> tuple[list[Line], int]:
    """The rows, and of how many entries they would be. most: a preview of so many entries, without a late value.

    raises   Refused "late-over", "late-not-asked", "late-unreadable"
    """
    rows = entries_of(contest, layout.which, higher)
    shown = rows if most is None else rows[:most]
    prefetch_related_objects([entry for entry, _award in shown], "authors", "tutors", GIVEN)
    late = late_values(contest, [entry for entry, _ in shown], layout, at=at, is_preview=most is not None)
    found = [Line(at, entry, award, higher, late.get(entry.pk, {})) for at, (entry, award) in enumerate(shown, 1)]
    if layout.rows == PER_AUTHOR:
        each = [(one, author) for one in found for author in (one.authors or [None])]
        found = [Line(at, one.entry, one.award, higher, one.late, author) for at, (one, author) in enumerate(each, 1)]
    return found, len(rows)


LateValues = dict[int, dict[tuple[str, int], dict[str, str]]]


def late_values(
    contest: Contest, entries: Sequence[Entry], layout: Layout, *, at: datetime, is_preview: bool
) -> LateValues:
    """entry -> whose -> field -> value, of the chosen among them; in a preview only that it is there."""
    terms = late_terms_of(contest)
    if not layout.has_late or (is_preview and why_not_over(contest, terms, at=at)):
        return {}
    people: dict[int, list[LatePerson]] = {}
    if terms is not None:
        choices = chosen(contest).filter(entry__in=[one.pk for one in entries])
        people = {one.entry_id: people_of(one, terms) for one in choices}
    if is_preview:
        return {pk: {whose(one): dict.fromkeys(one.answers, THERE) for one in each} for pk, each in people.items()}
    texts = texts_of(contest, [one for each in people.values() for one in each], at=at)
    if None in texts.values():
        raise Refused(Denial("late-unreadable"))
    by_pk = {one.pk: one for one in entries}
    return {
        pk: {whose(one): {name: said(by_pk[pk], one, name, texts) for name in one.answers} for one in each}
        for pk, each in people.items()
    }


def whose(person: LatePerson) -> tuple[str, int]:
    return person.kind, person.person.pk


def said(entry: Entry, person: LatePerson, name: str, texts: Mapping[int, str | None]) -> str:
    if name == PHOTO:
        return photo_name(entry, person)
    text = texts.get(person.answers[name].pk) or ""
    return ("男" if text == MALE else "女") if name == SEX else text


def joined(texts: Sequence[str]) -> str:
    return "、".join(filter(None, texts))


def grade_zh(author: Any) -> str:
    return GRADES[author.grade][1] if author.grade in GRADES else ""


CELLS: dict[str, Callable[[Line], Cell]] = {
    "row": lambda one: one.place,
    "number": lambda one: one.entry.number,
    "title": lambda one: one.entry.title,
    "title_en": lambda one: one.entry.title_en,
    "track": lambda one: one.entry.track.label_zh,
    "division": lambda one: stage_zh(one.entry),
    "subject": lambda one: one.entry.subject.label_zh if one.entry.subject else "",
    "group_name": lambda one: one.entry.group_name,
    "is_team": lambda one: "集体" if is_team(one.entry) else "个人",
    "abstract": lambda one: one.entry.abstract,
    "finished_on": lambda one: one.entry.finished_on.isoformat() if one.entry.finished_on else "",
    "authors": lambda one: joined([each.person.name for each in one.authors]) or one.entry.group_name,
    "first_author": lambda one: joined([each.person.name for each in one.authors[:1]]),
    "other_authors": lambda one: joined([each.person.name for each in one.authors[1:]]),
    "author": lambda one: one.author.person.name if one.author else joined([a.person.name for a in one.authors]),
    "author_order": lambda one: one.author.order if one.author else None,
    "grades": lambda one: grade_zh(one.author) if one.author else joined([grade_zh(each) for each in one.authors]),
    "tutors": lambda one: joined([each.person.name for each in one.tutors]),
    "first_tutor": lambda one: joined([each.person.name for each in one.tutors[:1]]),
    "other_tutors": lambda one: joined([each.person.name for each in one.tutors[1:]]),
    "school": lambda one: one.entry.school.name if one.entry.school else "",
    "school_contact": lambda one: one.entry.school.contact if one.entry.school else "",
    "school_phone": lambda one: one.entry.school.phone if one.entry.school else "",
    "district": lambda one: one.entry.school.district.label_zh if one.entry.school else "",
    "authorisation": lambda one: number_of(one, "authorisation"),
    "number_above": lambda one: number_of(one, "number"),
    "prize": lambda one: one.award.label_zh if one.award else "",
    "place": lambda one: one.award.place if one.award else None,
}


def number_of(line: Line, kind: str) -> str:
    """Of the contest that it is for; where nobody says which, all of them."""
    if line.higher is None:
        return numbers_in_words(line.entry, kind)
    return str(getattr(numbers_given_by(line.higher, line.entry), kind))


def cell(line: Line, code: str) -> Cell:
    if code.startswith(LATE_AUTHOR):
        people = [line.author] if line.author else line.authors
        return late_cell(line, AUTHOR, people, code.removeprefix(LATE_AUTHOR))
    if code.startswith(LATE_TUTOR):
        return late_cell(line, "tutor", line.tutors, code.removeprefix(LATE_TUTOR))
    return CELLS[code](line) if code in CELLS else ""


def late_cell(line: Line, kind: str, people: Sequence[Any], name: str) -> str:
    """Of several people one below the other; what one lacks has its line too, which no program trims away, so that
    nobody's number stands beside another's name."""
    texts = [line.late.get((kind, one.person_id), {}).get(name, "") for one in people]
    return "\n".join(text or LACKING for text in texts) if any(texts) else ""


def cells_of(line: Line, layout: Layout) -> list[Cell]:
    return [cell(line, one.code) for one in layout.columns]


def up_form_xlsx(
    contest: Contest, layout: Layout, higher: Contest | None, *, form: bytes | None = None, at: datetime
) -> bytes:
    """Text but for counted numbers: codes and ID numbers keep every digit, and nobody's words become a formula.

    form   their own, empty; None: a plain table
    """
    lines, _entries = lines_of(contest, layout, higher, at=at)
    if form is not None:
        cells = [cells_of(one, layout) for one in lines]
        return filled_in(form, sheet=layout.sheet, first=layout.first, columns=layout.columns, rows=cells)
    headings = [Heading(one.heading, "", 16, 0 if one.code in NUMBERS else None) for one in layout.columns]
    rows = [cells_of(one, layout) for one in lines]
    return workbook_bytes([Sheet(layout.name, headings, rows)], at=at, title=contest.label_zh)
