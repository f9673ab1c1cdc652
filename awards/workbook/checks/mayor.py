"""The Mayor's Award: nominees, votes."""

from collections import defaultdict
from typing import Any

from awards.prizes import BY_CODE, LAST, LEVELS_ZH, is_known, prize_of
from awards.states import AchievementKind
from awards.workbook.book import Book
from awards.workbook.checks.entries import check_places
from awards.workbook.choices import STAGES
from competition.core.cells import folded
from competition.core.reading import Row, nearest

WITH_LEVEL = {prize for prize in BY_CODE.values() if prize.order < LAST}
BELONGING = ("eligibility", "nominees", "achievements", "votes")


def check_mayor(book: Book) -> None:
    if book.record("mayors_award") is None:
        for sheet in BELONGING:
            if book.rows(sheet):
                book.add(sheet, None, "", "no-mayors-award")
        return
    seen: dict[str, Row] = {}
    people: dict[tuple[str, ...], Row] = {}
    for row in book.rows("nominees"):
        number = row["number"]
        if number in seen or number in book.entries:
            other = seen.get(number) or book.entries[number]
            book.add("nominees", row, "number", "twice", found=number, other=other.number)
        elif number:
            seen[number] = row
        if row["kind"] and row["kind"] != "school" and not row["name"]:
            book.add("nominees", row, "name", "value-missing")
        check_places(book, "nominees", row)
        person = person_of(book, row)
        if row["kind"] != "school" and people.setdefault(person, row) is not row:
            book.add("nominees", row, "name", "person-twice", found=row["name"])
    if book.rows("nominees") and not any(book.criteria(None, book.rounds[0])):
        book.add("mayors_award", book.record("mayors_award"), "name", "award-without-rubric")
    check_stages(book)
    for row in book.rows("eligibility"):
        if row["prize"] and prize_of(row["prize"]) not in WITH_LEVEL:
            book.add("eligibility", row, "prize", "unknown-level-prize", found=row["prize"], known=LEVELS_ZH)
    check_achievements(book)
    check_votes(book)


def check_stages(book: Book) -> None:
    record = book.record("mayors_award")
    known = {folded(word) for words in STAGES.values() for word in words}
    for word in (record["stages"] or ()) if record else ():
        if folded(word) not in known:
            choices = "、".join(words[0] for words in STAGES.values())
            book.add("mayors_award", record, "stages", "not-a-choice", found=word, choices=choices)


def check_achievements(book: Book) -> None:
    """Each is of a nominee, with a prize that can be compared, and stands once."""
    nominees = {person_of(book, row) for row in book.rows("nominees") if row["kind"] != "school"}
    seen: dict[tuple[Any, ...], Row] = {}
    for row in book.rows("achievements"):
        if row["name"] and person_of(book, row) not in nominees:
            near = nearest(row["name"], [one[0] for one in nominees])
            book.add("achievements", row, "name", "achievement-of-nobody", found=row["name"], near=near)
        if not is_known(row["prize"]) and row["achievement"] in (None, AchievementKind.PRIZE):
            book.add("achievements", row, "prize", "unknown-level-prize", found=row["prize"], known=LEVELS_ZH)
        key = (person_of(book, row), row["contest"], prize_of(row["prize"]), row["date"], row["role"])
        if seen.setdefault(key, row) is not row:
            book.add("achievements", row, "name", "twice", found=row["name"], other=seen[key].number)


def person_of(book: Book, row: Row) -> tuple[str, str, str, str]:
    """By what a nominee and the owner of an achievement are the same person: name, school, district, code."""
    return row["name"] or "", row["school"] or "", book.district_of(row) or "", row["code"] or ""


def check_voters(book: Book) -> None:
    """No more members than there are; who votes in a ballot says something of everybody voted on in it."""
    record = book.record("mayors_award")
    most = record["members"] if record else None
    members: dict[str, Row] = {}
    cast: dict[int, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in book.rows("votes"):
        if row["member"] and row["nominee"]:
            members.setdefault(row["member"], row)
            cast[row["ballot"] or 1][row["nominee"]].add(row["member"])
    if most and len(members) > most:
        late = list(members.values())[most]
        book.add("votes", late, "member", "too-many-members", found=len(members), most=most)
    for number, votes in cast.items():
        present = set().union(*votes.values())
        for nominee, said in votes.items():
            for silent in sorted(present - said):
                facts = {"found": silent, "nominee": nominee, "ballot": number}
                book.add("votes", members[silent], "nominee", "vote-missing", **facts)


def check_votes(book: Book) -> None:
    check_voters(book)
    seen: dict[tuple[int, str, str], Row] = {}
    for row in book.rows("votes"):
        if row["nominee"] and row["nominee"] not in book.nominees:
            near = nearest(row["nominee"], list(book.nominees))
            book.add("votes", row, "nominee", "unknown-nominee", found=row["nominee"], near=near)
        key = (row["ballot"] or 1, row["member"] or "", row["nominee"] or "")
        if key in seen and all(key):
            book.add("votes", row, "member", "vote-twice", found=row["member"], other=seen[key].number)
        seen.setdefault(key, row)
