"""Similar works, kept up beside the database: a cache that can be thrown away, and what a page shows of it."""

import hashlib
import threading
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.db.models import QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from competition import files
from competition.core.similarity import (
    Index,
    SimilarityInputError,
    build_index,
    extended,
    matches,
    passages,
    without,
)
from competition.models import Entry, Material
from competition.states import ContestKind

MARK = 16  # characters of a key's digest of its text
MOST = 5


def compared() -> QuerySet[Entry]:
    """Entries of all editions; nominations and drafts are none."""
    return Entry.objects.entered().filter(contest__kind=ContestKind.CONTEST, contest__delegation=None)


def text_of(title: str, title_en: str, abstract: str) -> str:
    return "\n".join(part for part in (title, title_en, abstract) if part)


def key_of(entry: str, text: str) -> str:
    """Changes with the text, so that an index tells by itself what is stale."""
    return f"{entry}:{hashlib.sha256(text.encode()).hexdigest()[:MARK]}"


def index_path() -> Path:
    return Path(settings.MEDIA_ROOT) / "similar" / "index.npz"


@lru_cache(maxsize=1)
def loaded(stamp: float) -> Index | None:
    """One a process, read again when the file is a newer one."""
    try:
        return Index.from_bytes(index_path().read_bytes())
    except (OSError, SimilarityInputError):
        return None


def stored() -> Index | None:
    path = index_path()
    return loaded(path.stat().st_mtime) if path.exists() else None


def current_index() -> Index:
    """The index brought up to date: only what is new or changed is read again, until a rebuild is due."""
    texts = {
        key_of(key, text): text
        for key, title, title_en, abstract in compared().values_list("key", "title", "title_en", "abstract")
        if (text := text_of(title, title_en, abstract))
    }
    index = stored()
    if index is not None and set(index.keys) == set(texts):
        return index
    if index is None:
        index = build_index(list(texts.values()), list(texts))
    else:
        index = without(index, [key for key in index.keys if key not in texts])
        known = set(index.keys)
        fresh = {key: text for key, text in texts.items() if key not in known}
        index = extended(index, list(fresh.values()), list(fresh))
        if index.is_due:
            index = build_index(list(texts.values()), list(texts))
    files.write_whole(index_path(), index.to_bytes())
    return index


_refreshing = threading.Lock()


def refresh_soon() -> None:
    """After a work came in or changed: the index is brought up to date beside the request. One at a time; whoever comes
    meanwhile is read by the next, or by the page that asks."""
    if settings.INDEX_IN_BACKGROUND and _refreshing.acquire(blocking=False):
        threading.Thread(target=refresh, name="similar works", daemon=True).start()


def refresh() -> None:
    try:
        current_index()
    finally:
        connections.close_all()
        _refreshing.release()


@dataclass(frozen=True)
class Similar:
    """Another entry that resembles this one; both texts with what they share marked.

    percent   how much of this entry's text is marked: a short work inside a long one is found by it too
    """

    entry: Entry
    percent: int
    mine: SafeString
    theirs: SafeString


def similar_to(entry: Entry) -> list[Similar]:
    """A hint, never a verdict. Those that share most come first."""
    text = text_of(entry.title, entry.title_en, entry.abstract)
    own = key_of(entry.key, text)
    found = matches(current_index(), text, most=MOST, besides=[own])
    entries = Entry.objects.select_related("contest", "school", "track").in_bulk(
        [one.key.split(":")[0] for one in found], field_name="key"
    )
    pairs = [
        pair(entry, other)
        for one in found
        if (other := entries.get(one.key.split(":")[0])) is not None and other.pk != entry.pk
    ]
    return sorted(pairs, key=lambda one: -one.percent)


def pair(entry: Entry, other: Entry) -> Similar:
    mine = text_of(entry.title, entry.title_en, entry.abstract)
    theirs = text_of(other.title, other.title_en, other.abstract)
    shared = passages(mine, theirs)
    length = sum(one.end_a - one.start_a for one in shared)
    return Similar(
        other,
        round(100 * length / max(len(mine), 1)),
        marked(mine, [(one.start_a, one.end_a) for one in shared]),
        marked(theirs, sorted((one.start_b, one.end_b) for one in shared)),
    )


def marked(text: str, spans: list[tuple[int, int]]) -> SafeString:
    """The text with these stretches in <mark>, everything escaped."""
    parts: list[str] = []
    at = 0
    for start, end in spans:
        parts += [text[at:start], format_html("<mark>{}</mark>", text[start:end])]
        at = end
    return format_html_join("", "{}", ((part,) for part in [*parts, text[at:]]))


def same_files(entry: Entry) -> list[Material]:
    """Files of other entries whose bytes are those of one of this entry's."""
    mine = entry.materials.filter(is_removed=False).values("sha256")
    others = Material.objects.filter(is_removed=False, sha256__in=mine).exclude(entry=entry)
    return list(others.select_related("entry__contest", "kind")[:20])
