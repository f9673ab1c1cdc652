"""Schools, entries and the people in them."""

from collections import defaultdict

from awards.workbook.book import Book
from awards.workbook.choices import division_code
from competition.core.reading import Row, nearest


def check_entries(book: Book) -> None:
    seen: dict[str, Row] = {}
    for row in book.rows("entries"):
        number = row["number"]
        if number in seen:
            book.add("entries", row, "number", "twice", found=number, other=seen[number].number)
        elif number:
            seen[number] = row
        check_places(book, "entries", row)
        track = check_track(book, row)
        if track:
            check_people(book, row, track)
            check_minutes(book, row, track)
        check_division(book, row)
    check_schools(book)
    check_once_a_student(book)


def check_schools(book: Book) -> None:
    seen: dict[tuple[str, str], Row] = {}
    for row in book.rows("schools"):
        key = (row["name"] or "", row["district"] or "")
        if key in seen and all(key):
            book.add("schools", row, "name", "twice", found=row["name"], other=seen[key].number)
        seen.setdefault(key, row)


def check_places(book: Book, sheet: str, row: Row) -> None:
    """The school is known (where there is a sheet of schools) and its district is clear."""
    school = row["school"]
    if not school:
        return
    if book.listed_schools and school not in book.listed_school_names:
        near = nearest(school, book.listed_school_names)
        book.add(sheet, row, "school", "unknown-school", found=school, near=near)
    elif book.district_of(row) is None:
        code = "school-in-several-districts" if book.districts_of_school.get(school) else "district-missing"
        book.add(sheet, row, "district", code, found=school)
    elif book.listed_schools and row["district"] and (school, row["district"]) not in book.listed_schools:
        book.add(sheet, row, "district", "school-elsewhere", found=row["district"], school=school)


def check_track(book: Book, row: Row) -> Row | None:
    track = book.track(row["track"])
    if row["track"] and track is None:
        known = [one["name"] for one in book.tracks.values()]
        book.add("entries", row, "track", "unknown-track", found=row["track"], near=nearest(row["track"], known))
    return track


def check_division(book: Book, row: Row) -> None:
    known = [name for name, _ in book.divisions]
    if row["division"] and division_code(row["division"]) not in set(map(division_code, known)):
        near = nearest(row["division"], known)
        book.add("entries", row, "division", "unknown-division", found=row["division"], near=near)


def check_people(book: Book, row: Row, track: Row) -> None:
    authors, tutors = row["authors"] or (), row["tutors"] or ()
    if track["is_group"]:
        if authors:
            book.add("entries", row, "authors", "group-has-authors", found="、".join(authors))
        if not row["group_name"]:
            book.add("entries", row, "group_name", "group-without-name")
    elif not authors:
        book.add("entries", row, "authors", "authors-missing")
    most = track["max_authors"] or 3
    if len(authors) > most:
        book.add("entries", row, "authors", "too-many-authors", found=len(authors), most=most)
    most = 3 if track["max_tutors"] is None else track["max_tutors"]
    if len(tutors) > most:
        book.add("entries", row, "tutors", "too-many-tutors", found=len(tutors), most=most)
    check_names(book, "entries", row)


def check_names(book: Book, sheet: str, row: Row) -> None:
    """Nobody stands in one cell twice, and codes fit their names."""
    authors, tutors = row["authors"] or (), row["tutors"] or ()
    if row["author_codes"] and len(row["author_codes"]) != len(authors):
        facts = {"found": len(row["author_codes"]), "authors": len(authors)}
        book.add(sheet, row, "author_codes", "codes-do-not-fit", **facts)
    for column, people in (("authors", coded_authors(row)), ("tutors", tutors)):
        if len(set(people)) < len(people):
            book.add(sheet, row, column, "person-twice", found="、".join(row[column]))


def coded_authors(row: Row) -> list[tuple[str, str]]:
    """(name, code) of each author; a code may be missing."""
    authors, codes = row["authors"] or (), row["author_codes"] or ()
    return [(name, codes[index] if index < len(codes) else "") for index, name in enumerate(authors)]


def check_minutes(book: Book, row: Row, track: Row) -> None:
    if row["prize"] and track["decided"] != "minutes":
        book.add("entries", row, "prize", "prize-by-marks", found=row["prize"], track=track["name"])


def check_once_a_student(book: Book) -> None:
    """One entry a pupil an edition, or as many as the contest allows."""
    contest = book.record("contest")
    limit = contest["entries_per_student"] if contest and contest["entries_per_student"] is not None else 1
    if limit == 0:
        return
    rows: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in book.rows("entries"):
        if row["state"] in (None, "passed"):
            for name, code in dict.fromkeys(coded_authors(row)):
                rows[name, code, row["school"] or ""].append(row)
    for (name, _, _), entered in rows.items():
        for row in entered[limit:]:
            book.add(
                "entries", row, "authors", "student-over-limit", found=name, limit=limit, other=entered[0]["number"]
            )
