"""The files of many entries as one zip, sent while it is made: nothing is held in memory or written to a disk."""

import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from competition import files
from competition.models import Entry, Material, SignedForm

CHUNK = 1 << 20
BEGINNING = (1980, 1, 1, 0, 0, 0)  # the earliest day that a zip can say: when a file was copied says nothing


class Packed(NamedTuple):
    """name  inside the zip: number of the entry, kind of material; never a person or what a school called the file"""

    name: str
    path: Path


def files_of(entries: QuerySet[Entry]) -> Iterator[Packed]:
    """Whatever has arrived of these entries: materials by kind, then the signed form that came last."""
    wanted = entries.order_by().values("pk")
    materials = Material.objects.filter(entry__in=wanted, is_removed=False, file__isnull=False)
    numbers: Counter[tuple[int, int]] = Counter()
    for one in materials.select_related("entry", "kind", "file").order_by("entry__order", "kind__order", "pk"):
        numbers[one.entry_id, one.kind_id] += 1
        if one.file is not None:
            name = f"{safe(one.kind.label)}-{numbers[one.entry_id, one.kind_id]}{ending_of(one.name)}"
            yield Packed(f"{folder_of(one.entry)}/{name}", files.path_of(one.file.sha256))
    last = {
        one.entry_id: one
        for one in SignedForm.objects.filter(entry__in=wanted).select_related("entry", "file").order_by("pk")
    }
    for form in last.values():
        ending = ".pdf" if form.file.media_type == "application/pdf" else f".{form.file.media_type.split('/')[-1]}"
        name = f"{safe(_('Signed entry form'))}{ending}"
        yield Packed(f"{folder_of(form.entry)}/{name}", files.path_of(form.file.sha256))


def folder_of(entry: Entry) -> str:
    return safe(entry.number or entry.key)


def safe(text: str) -> str:
    """As a name on every system: nothing that parts folders or that Windows does not take."""
    return "".join("_" if char in '\\/:*?"<>|' or not char.isprintable() else char for char in text).strip(" .") or "_"


def ending_of(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return f".{ending.lower()}" if stem and dot and ending.isascii() and ending.isalnum() and len(ending) <= 5 else ""


class Sink:
    """What zipfile writes into; it cannot go back, so sizes follow their data."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []

    def write(self, data: bytes, /) -> int:
        self.parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """Whoever reads decides when to stop."""

    def taken(self) -> bytes:
        data = b"".join(self.parts)
        self.parts.clear()
        return data


def zip_stream(packed: Iterable[Packed]) -> Iterator[bytes]:
    """Stored, not compressed: PDF, pictures and videos are so already. A file that is gone is left out."""
    sink = Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED, allowZip64=True) as whole:
        for one in packed:
            if not one.path.exists():
                continue
            with (
                one.path.open("rb") as source,
                whole.open(
                    zipfile.ZipInfo(one.name, BEGINNING), "w", force_zip64=one.path.stat().st_size > 1 << 31
                ) as target,
            ):
                while chunk := source.read(CHUNK):
                    target.write(chunk)
                    yield sink.taken()
            yield sink.taken()
    yield sink.taken()
