"""Judges, assignments, marks."""

from fractions import Fraction

from awards.workbook.book import MAYOR_WORDS, Book
from awards.workbook.checks.setup import MARK_PLACES, check_once
from competition.core.cells import folded
from competition.core.columns import plain_heading
from competition.core.numbers import exact
from competition.core.reading import Row, nearest, slip_of

Cell = tuple[str, str, str]  # round, entry, judge
Marked = dict[tuple[Cell, int], tuple[Row, str]]  # sheet and row of the criterion -> where its mark stands


def check_judging(book: Book) -> None:
    check_once(book, "judges", "code")
    for row in book.rows("judges"):
        check_judge(book, row)
    assigned: dict[Cell, Row] = {}
    for row in book.rows("assignments"):
        cell = checked_cell(book, "assignments", row)
        if cell in assigned:
            book.add("assignments", row, "entry", "twice", found=row["entry"], other=assigned[cell].number)
        elif cell:
            assigned[cell] = row
    check_marks(book, assigned)


def check_judge(book: Book, row: Row) -> None:
    for name in row["tracks"] or ():
        if not book.track(name) and not book.is_mayor(name):
            known = [one["name"] for one in book.tracks.values()]
            book.add("judges", row, "tracks", "unknown-track", found=name, near=nearest(name, known))
    for name in row["conflicts"] or ():
        if not is_known(book, name):
            book.add("judges", row, "conflicts", "unknown-conflict", found=name)


def is_known(book: Book, name: str) -> bool:
    """An entry, a nominee, a school or a person of this workbook."""
    if name in book.entries or name in book.nominees or name in book.districts_of_school:
        return True
    return name in book.people


def checked_cell(book: Book, sheet: str, row: Row) -> Cell | None:
    """Who marks what in which round, where all three are known and the two are not in conflict."""
    number, code, round_name = row["entry"], row["judge"], book.round_of(row)
    is_whole = True
    if number and not book.track_of_number(number)[0]:
        near = nearest(number, [*book.entries, *book.nominees])
        book.add(sheet, row, "entry", "unknown-entry", found=number, near=near)
        is_whole = False
    if code and code not in book.judges:
        book.add(sheet, row, "judge", "unknown-judge", found=code, near=nearest(code, list(book.judges)))
        is_whole = False
    if round_name is None:
        near = nearest(row["round"], book.rounds)
        book.add(sheet, row, "round", "unknown-round", found=row["round"], near=near)
        is_whole = False
    if not (is_whole and number and code and round_name):
        return None
    if round_name in book.finalist_rounds and number in book.entries and not book.entries[number]["is_finalist"]:
        book.add(sheet, row, "entry", "not-a-finalist", found=number, round=round_name)
        return None
    if not judges_this(book, number, book.judges[code]):
        track = book.track_of_number(number)[1]
        book.add(sheet, row, "judge", "judge-of-other-track", found=code, track=track or MAYOR_WORDS[0])
    if not row["is_recused"] and (reason := conflict_of(book, number, book.judges[code])):
        book.add(sheet, row, "judge", "in-conflict", found=code, entry=number, reason=reason)
    return round_name, number, code


def judges_this(book: Book, number: str, judge: Row) -> bool:
    """Whether the entry's track is one that the judge is asked for; who names none judges all."""
    track = book.track_of_number(number)[1]
    names = judge["tracks"] or ()
    if number not in book.entries:
        return not names or any(book.is_mayor(name) for name in names)
    return not names or folded(track or "") in {folded(name) for name in names}


def conflict_of(book: Book, number: str, judge: Row) -> str:
    """What a judge declared, or whose school it is: the word in the workbook that says so."""
    thing = book.entries.get(number) or book.nominees.get(number)
    if thing is None:
        return ""
    people = {*(thing["authors"] or ()), *(thing["tutors"] or ()), thing["name"] or ""} - {""}
    mine = {number, thing["school"] or "", *people} - {""}
    for name in judge["conflicts"] or ():
        if name in mine:
            return str(name)
    if judge["institution"] and judge["institution"] == thing["school"]:
        return str(judge["institution"])
    contest = book.record("contest")
    if contest and contest["same_district_conflict"] and judge["district"]:
        return str(judge["district"]) if judge["district"] == book.district_of(thing) else ""
    return ""


def check_marks(book: Book, assigned: dict[Cell, Row]) -> None:
    """Sheets in the wide form (a column a criterion) or the long one (a row a mark)."""
    check_headings(book)
    seen: dict[tuple[str, ...], Row] = {}
    marked: Marked = {}
    for row in book.rows("marks"):
        cell = checked_cell(book, "marks", row)
        if cell is None:
            continue
        key = (*cell, plain_heading(row["criterion"] or ""))
        if key in seen:
            facts = {"found": f"{row['entry']} × {row['judge']}", "other": seen[key].number}
            book.add("marks", row, "entry", "sheet-twice-marked", **facts)
            continue
        seen[key] = row
        if assigned and cell not in assigned:
            book.add("marks", row, "judge", "not-assigned", found=row["judge"], entry=row["entry"])
        check_points(book, row, cell, marked)


def check_headings(book: Book) -> None:
    """A column that is nearly a criterion, or nearly one of ours that is absent: its marks would not be read."""
    table = book.table("marks")
    criteria = [row[name] for row in book.rows("rubric") for name in ("criterion", "criterion_en") if row[name]]
    absent = [word for one in table.spec.columns if one.name not in table.letters for word in one.headings]
    known = {plain_heading(word) for word in criteria}
    for heading in dict.fromkeys(name for row in table.rows for name in row.extra):
        if plain_heading(heading) not in known and (near := slip_of(heading, [*criteria, *absent])):
            book.add("marks", None, heading, "heading-near", found=heading, near=near)


def check_points(book: Book, row: Row, cell: Cell, marked: Marked) -> None:
    criteria: dict[str, Row] = {}
    for one in criteria_of(book, cell):
        criteria.setdefault(plain_heading(one["criterion"]), one)
    if row["criterion"]:
        check_long(book, row, cell, criteria, marked)
        return
    total, has_mark = Fraction(), set()
    for heading, text in row.extra.items():
        criterion = criteria.get(plain_heading(heading)) or by_english(criteria, heading)
        if criterion is None:
            if text and is_foreign_criterion(book, heading):
                book.add("marks", row, heading, "criterion-of-another-track", found=text)
            continue
        points = checked_points(book, row, heading, text, criterion)
        if points is not None and is_first_mark(book, row, heading, cell, criterion, marked):
            has_mark.add(criterion.number)
            total += points * (criterion["weight"] or 1)
    is_complete = len(has_mark) == len(criteria)
    if row["total"] is not None and is_complete and total != row["total"] and criteria:
        book.add("marks", row, "total", "total-differs", found=float(row["total"]), sum=float(total))


def is_first_mark(book: Book, row: Row, column: str, cell: Cell, criterion: Row, marked: Marked) -> bool:
    """A sheet has one mark a criterion, whatever column, row or language the others stand in."""
    other = marked.setdefault((cell, criterion.number), (row, column))
    if other == (row, column):
        return True
    facts = {"found": criterion["criterion"], "other": other[0].number}
    book.add("marks", row, column, "mark-twice", **facts)
    return False


def criteria_of(book: Book, cell: Cell) -> list[Row]:
    known, track = book.track_of_number(cell[1])
    return list(book.criteria(track, cell[0])) if known else []


def by_english(criteria: dict[str, Row], heading: str) -> Row | None:
    wanted = plain_heading(heading)
    return next((one for one in criteria.values() if plain_heading(one["criterion_en"] or "") == wanted), None)


def is_foreign_criterion(book: Book, heading: str) -> bool:
    wanted = plain_heading(heading)
    return any(
        wanted in (plain_heading(row["criterion"] or ""), plain_heading(row["criterion_en"] or ""))
        for row in book.rows("rubric")
    )


def check_long(book: Book, row: Row, cell: Cell, criteria: dict[str, Row], marked: Marked) -> None:
    wanted = row["criterion"]
    criterion = criteria.get(plain_heading(wanted)) or by_english(criteria, wanted)
    if criterion is None:
        near = nearest(wanted, [one["criterion"] for one in criteria.values()])
        book.add("marks", row, "criterion", "unknown-criterion", found=wanted, near=near)
    elif row["mark"] is not None and check_range(book, row, "mark", row["mark"], criterion):
        is_first_mark(book, row, "mark", cell, criterion, marked)


def checked_points(book: Book, row: Row, heading: str, text: str, criterion: Row) -> Fraction | None:
    if not text:
        return None
    try:
        points = exact(text)
    except ValueError:
        book.add("marks", row, heading, "not-a-number", found=text)
        return None
    return points if check_range(book, row, heading, points, criterion) else None


def check_range(book: Book, row: Row, column: str, points: Fraction, criterion: Row) -> bool:
    maximum = criterion["maximum"]
    if points < 0 or (maximum is not None and points > maximum):
        book.add("marks", row, column, "mark-out-of-range", found=float(points), maximum=float(maximum or 0))
        return False
    if (points * 10**MARK_PLACES).denominator != 1:
        book.add("marks", row, column, "mark-too-fine", found=float(points), places=MARK_PLACES)
        return False
    return True
