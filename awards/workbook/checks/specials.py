"""Special prizes of a workbook."""

from awards.workbook.book import Book
from awards.workbook.choices import division_code, parted_words
from competition.core.cells import folded
from competition.core.reading import Row, nearest
from competition.states import EntryState


def check_specials(book: Book) -> None:
    seen: dict[tuple[str, str], Row] = {}
    for row in book.rows("special_prizes"):
        key = (folded(row["prize"] or ""), folded(row["sponsor"] or ""))
        if all(key) and seen.setdefault(key, row) is not row:
            book.add("special_prizes", row, "prize", "twice", found=row["prize"], other=seen[key].number)
        tracks, divisions = scope_of(book, row)
        entries = parted_words(row["entries"])
        for number in entries:
            check_given(book, row, number, tracks, divisions)
        if row["number"] and len(entries) > row["number"]:
            book.add("special_prizes", row, "entries", "special-too-many", found=str(len(entries)), most=row["number"])
        for number in {one for one in entries if entries.count(one) > 1}:
            book.add("special_prizes", row, "entries", "twice", found=number, other=row.number)
        if entries and not row["minutes"]:
            book.add("special_prizes", row, "minutes", "value-missing")


def scope_of(book: Book, row: Row) -> tuple[set[str], set[str]]:
    """(tracks, divisions) that may get it, as they compare; empty for all."""
    tracks, divisions = parted_words(row["tracks"]), parted_words(row["divisions"])
    for word in tracks:
        if book.track(word) is None:
            known = [one["name"] for one in book.tracks.values()]
            book.add("special_prizes", row, "tracks", "unknown-track", found=word, near=nearest(word, known))
    names = [name for name, _ in book.divisions]
    for word in divisions:
        if division_code(word) not in set(map(division_code, names)):
            book.add("special_prizes", row, "divisions", "unknown-division", found=word, near=nearest(word, names))
    return set(map(folded, tracks)), set(map(division_code, divisions))


def check_given(book: Book, row: Row, number: str, tracks: set[str], divisions: set[str]) -> None:
    entry = book.entries.get(number)
    if entry is None:
        near = nearest(number, list(book.entries))
        book.add("special_prizes", row, "entries", "unknown-entry", found=number, near=near)
        return
    is_open = is_among(folded(entry["track"] or ""), tracks) and is_among(division_code(entry["division"]), divisions)
    if not is_open or entry["state"] not in (None, "", EntryState.PASSED):
        book.add("special_prizes", row, "entries", "special-not-open", found=number)


def is_among(word: str, allowed: set[str]) -> bool:
    return not allowed or word in allowed
