"""Prize plan, decisions, recognitions, delegation."""

from collections import defaultdict
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from awards.core.planning import MOST_BREAKERS
from awards.prizes import BY_CODE, LAST, LEVELS_ZH, is_known, prize_of
from awards.workbook.book import Book
from awards.workbook.checks.entries import check_names, check_places
from awards.workbook.checks.setup import check_once
from awards.workbook.checks.specials import check_specials
from awards.workbook.choices import BREAKERS, breaker_of, breaker_words, division_code
from competition.core.cells import folded
from competition.core.numbers import exact
from competition.core.reading import Row, nearest

Group = tuple[str, str]
GROUP_WIDE = ("cap", "rounding", "ties", "breakers")  # said once for a group, in any of its rows


def check_prizes(book: Book) -> None:
    groups: dict[Group, list[Row]] = defaultdict(list)
    for row in book.rows("prize_plan"):
        if check_plan_row(book, row):
            groups[folded(row["track"]), division_code(row["division"])].append(row)
    for rows in groups.values():
        check_group(book, rows)
    check_covered(book, set(groups))
    check_once(book, "decisions", "entry")
    for row in book.rows("decisions"):
        if row["entry"] and row["entry"] not in book.entries:
            near = nearest(row["entry"], list(book.entries))
            book.add("decisions", row, "entry", "unknown-entry", found=row["entry"], near=near)
        elif row["entry"] and not row["prize"]:
            book.add("decisions", row, "prize", "value-missing")
        elif row["entry"]:
            check_decided_prize(book, row, groups)
    check_delegation(book)
    check_titles(book)
    check_specials(book)
    for row in book.rows("entries"):
        check_slip(book, "entries", row)


def check_titles(book: Book) -> None:
    """A title stands once for each kind of recipient."""
    seen: dict[tuple[str, str], Row] = {}
    for row in book.rows("recognitions"):
        key = (row["kind"] or "", folded(row["title"] or ""))
        if all(key) and seen.setdefault(key, row) is not row:
            book.add("recognitions", row, "title", "twice", found=row["title"], other=seen[key].number)


def check_delegation(book: Book) -> None:
    """Of one contest in one year every number stands once, and date and level are the same."""
    numbers: dict[tuple[str, int, str], Row] = {}
    works: dict[tuple[Any, ...], Row] = {}
    first: dict[tuple[str, int], Row] = {}
    for row in book.rows("delegation"):
        check_places(book, "delegation", row)
        check_names(book, "delegation", row)
        check_slip(book, "delegation", row)
        if not row["contest"] or not row["date"]:
            continue
        edition = (row["contest"], row["date"].year)
        if row["number"] and numbers.setdefault((*edition, row["number"]), row) is not row:
            other = numbers[*edition, row["number"]].number
            book.add("delegation", row, "number", "twice", found=row["number"], other=other)
        work = (*edition, row["title"], row["school"], row["authors"])
        if works.setdefault(work, row) is not row:
            book.add("delegation", row, "title", "twice", found=row["title"], other=works[work].number)
        leader = first.setdefault(edition, row)
        if (leader["date"], leader["level"]) != (row["date"], row["level"]):
            book.add("delegation", row, "date", "contest-disagrees", found=row["contest"], other=leader.number)


def check_slip(book: Book, sheet: str, row: Row) -> None:
    """A prize may have a name of its own; one that nearly is a known one is a slip of the pen."""
    if not is_known(row["prize"]) and (near := nearest(row["prize"], [prize.label_zh for prize in BY_CODE.values()])):
        book.add(sheet, row, "prize", "unknown-level-prize", found=row["prize"], known=LEVELS_ZH, near=near)


def check_plan_row(book: Book, row: Row) -> bool:
    track = book.track(row["track"])
    if row["track"] and track is None:
        known = [one["name"] for one in book.tracks.values()]
        book.add("prize_plan", row, "track", "unknown-track", found=row["track"], near=nearest(row["track"], known))
    divisions = [name for name, _ in book.divisions]
    if row["division"] and division_code(row["division"]) not in set(map(division_code, divisions)):
        near = nearest(row["division"], divisions)
        book.add("prize_plan", row, "division", "unknown-division", found=row["division"], near=near)
        return False
    check_value(book, row)
    check_cap(book, row)
    return track is not None and bool(row["prize"])


def seat_kind(row: Row) -> str:
    """As given, or by the value: a share of entries, or a number."""
    if row["kind"]:
        return str(row["kind"])
    return "percent_entries" if is_share(row["value"] or "") else "count"


def is_share(text: str) -> bool:
    """15%, and 0.15, which is what a cell formatted as 15% holds."""
    try:
        return "%" in folded(text) or 0 < exact(text) < 1
    except ValueError:
        return False


def percent(text: str) -> Fraction:
    """Per cent that a share means: "15%" 15, "0.15" 15, "15" 15.

    raises   ValueError where it is no number
    """
    if "%" in folded(text):
        return exact(text) * 100
    number = exact(text)
    return number * 100 if 0 < number < 1 else number


def check_value(book: Book, row: Row) -> None:
    kind, value = seat_kind(row), row["value"]
    if kind == "rest":
        return
    if not value:
        book.add("prize_plan", row, "value", "value-missing")
        return
    try:
        number = percent(value) if kind.startswith("percent") else exact(value)
    except ValueError:
        book.add("prize_plan", row, "value", "not-a-number", found=value)
        return
    if kind.startswith("percent") and number == 1 and "%" not in folded(value):
        book.add("prize_plan", row, "value", "share-or-percent", found=value)
    if number < 0 or (kind == "count" and number.denominator != 1) or (number * 10**4).denominator != 1:
        book.add("prize_plan", row, "value", "bad-seats", found=value)
    if kind.startswith("percent") and number > 100:
        book.add("prize_plan", row, "value", "too-high", found=value, high="100%")


def check_cap(book: Book, row: Row) -> None:
    if not row["cap"]:
        return
    try:
        number = percent(row["cap"]) if is_share(row["cap"]) else exact(row["cap"])
    except ValueError:
        book.add("prize_plan", row, "cap", "not-a-number", found=row["cap"])
        return
    if number < 0 or (number > 100 and is_share(row["cap"])) or (number.denominator != 1 and not is_share(row["cap"])):
        book.add("prize_plan", row, "cap", "bad-seats", found=row["cap"])


def check_group(book: Book, rows: list[Row]) -> None:
    for column in GROUP_WIDE:
        said = {row[column] for row in rows if row[column]}
        if len(said) > 1:
            facts = {"found": rows[-1][column] or "", "other": " / ".join(sorted(said))}
            book.add("prize_plan", rows[-1], column, "group-disagrees", **facts)
    check_breakers(book, rows)
    seen: dict[str, Row] = {}
    best = -1
    for row in rows:
        prize = prize_of(row["prize"])
        if prize and prize.order < LAST:
            if prize.order < best:
                book.add("prize_plan", row, "prize", "prize-order", found=row["prize"])
            best = max(best, prize.order)
        if seat_kind(row) == "rest" and any(seat_kind(one) == "rest" for one in rows[: rows.index(row)]):
            book.add("prize_plan", row, "kind", "rest-twice")
        if prize and prize.code in seen:
            book.add("prize_plan", row, "prize", "twice", found=row["prize"], other=seen[prize.code].number)
        elif prize:
            seen[prize.code] = row
        if seat_kind(row) in ("percent_prizes", "ratio", "rest") and not any(one["cap"] for one in rows):
            book.add("prize_plan", row, "cap", "cap-missing", found=row["prize"])


def check_breakers(book: Book, rows: list[Row]) -> None:
    """Each comparison is one that the track has, and stands once."""
    row = next((one for one in rows if one["breakers"]), None)
    track = book.track(row["track"]) if row else None
    if row is None or track is None:
        return
    criteria = [one["criterion"] for name in book.rounds for one in book.criteria(track["name"], name)]
    found = []
    for word in breaker_words(row["breakers"]):
        breaker = breaker_of(word, criteria, book.rounds)
        if breaker is None:
            near = nearest(word, [*criteria, *(words[0] for words in BREAKERS.values()), *book.rounds])
            book.add("prize_plan", row, "breakers", "unknown-breaker", found=word, near=near)
        elif breaker in found:
            book.add("prize_plan", row, "breakers", "breaker-twice", found=word)
        found.append(breaker)
    if len(found) > MOST_BREAKERS:
        book.add("prize_plan", row, "breakers", "breakers-many", found=str(len(found)), most=MOST_BREAKERS)


def check_covered(book: Book, groups: set[Group]) -> None:
    """Every entry that is marked competes in exactly one group of the plan."""
    for track in book.tracks.values():
        mine = {division for name, division in groups if name == folded(track["name"])}
        if track["decided"] == "minutes":
            continue
        if not mine:
            book.add("tracks", track, "name", "track-without-plan", found=track["name"])
        elif "" in mine and len(mine) > 1:
            book.add("tracks", track, "name", "plan-twice", found=track["name"])
        elif "" not in mine:
            for row in book.rows("entries"):
                if folded(row["track"] or "") == folded(track["name"]) and division_code(row["division"]) not in mine:
                    book.add("entries", row, "division", "division-without-plan", found=row["division"] or "")


def check_decided_prize(book: Book, row: Row, groups: dict[Group, list[Row]]) -> None:
    entry = book.entries[row["entry"]]
    track, prize = folded(entry["track"] or ""), prize_of(row["prize"])
    rows: Sequence[Row] = groups.get((track, division_code(entry["division"]))) or groups.get((track, ""), [])
    known = [one["prize"] for one in rows]
    if prize and prize.code not in {one.code for word in known if (one := prize_of(word))}:
        book.add("decisions", row, "prize", "unknown-prize", found=row["prize"], near=nearest(row["prize"], known))
