"""上报信息 for the office to take along: a workbook of text alone, and the photos under numbers, not names."""

import io
import zipfile
from collections.abc import Iterable
from datetime import datetime

from competition.core.late_fields import FIELDS, PHOTO
from competition.errors import Denial, Refused
from competition.late import LatePerson, chosen, opened, people_of, texts_of
from competition.late_wording import FIELD_LABELS, TUTOR, value_text
from competition.models import Contest, Entry, LateAnswer, LateTerms
from competition.packing import BEGINNING, folder_of
from competition.spreadsheets import Heading, Sheet, workbook_bytes
from competition.states import EntryState
from competition.wording import speaks_chinese

WIDTHS = {"id_number": 22, "address": 44, "email": 26}
Row = tuple[Entry, LatePerson]


def rows_of(contest: Contest, terms: LateTerms) -> list[Row]:
    """Everyone of whom something is asked, in the order of the entries. What does not go up any more is left out."""
    choices = [one for one in chosen(contest) if one.entry.state == EntryState.PASSED]
    return [(one.entry, person) for one in choices for person in people_of(one, terms)]


def late_xlsx(contest: Contest, terms: LateTerms, *, at: datetime) -> bytes:
    """raises   Refused "late-over", "late-unreadable" """
    rows = rows_of(contest, terms)
    texts = texts_of(contest, [person for _, person in rows], at=at)
    if None in texts.values():
        raise Refused(Denial("late-unreadable"))
    asked = [name for name in FIELDS if name in {*terms.author_fields, *terms.tutor_fields}]
    english = not speaks_chinese()
    first = ("Entry number", "Title", "Track", "School", "Author or tutor", "Name") if english else (
        "作品编号", "作品名称", "赛项", "学校", "身份", "姓名")  # fmt: skip
    headings = [Heading(name, "", 16) for name in first]
    headings += [Heading(str(FIELD_LABELS[name]), "", WIDTHS.get(name, 16)) for name in asked]
    lines = [line(entry, person, asked, texts) for entry, person in rows]
    title = "Details" if english else "上报信息"
    return workbook_bytes([Sheet(title, headings, lines)], at=at, title=contest.label)


def line(entry: Entry, person: LatePerson, asked: Iterable[str], texts: dict[int, str | None]) -> list[str]:
    """Text alone: an ID number in a numeric cell would lose its last digits."""
    school = entry.school.name if entry.school else ""
    who = person.label.removesuffix(f" {person.person.name}")
    found = [entry.number, entry.title, entry.track.label, school, who, person.person.name]
    for name in asked:
        answer = person.answers.get(name)
        if name == PHOTO:
            found.append(photo_name(entry, person) if answer else "")
        else:
            found.append(value_text(name, texts.get(answer.pk) or "") if answer else "")
    return found


def photo_name(entry: Entry, person: LatePerson) -> str:
    """Nobody's name: the number of the entry and the place among its authors."""
    mark = "t" if person.kind == TUTOR else ""
    return f"{folder_of(entry)}-{mark}{person.place}.jpg"


def photos_zip(contest: Contest, terms: LateTerms, *, at: datetime) -> bytes:
    """Each of at most 800 pixels, so that a few hundred fit into memory, and none of them sees a disk here."""
    found = [(photo_name(entry, person), person.answers[PHOTO].pk)
             for entry, person in rows_of(contest, terms) if PHOTO in person.answers]  # fmt: skip
    answers = LateAnswer.objects.filter(pk__in=[pk for _name, pk in found]).iterator()
    values = opened(contest, answers, at=at)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as whole:
        for name, pk in found:
            data = values[pk]
            if data is None:
                raise Refused(Denial("late-unreadable"))
            whole.writestr(zipfile.ZipInfo(name, BEGINNING), data)
    return buffer.getvalue()
