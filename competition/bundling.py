"""A zip of files named by entry number or title: what each of them would be attached to, before anything is."""

import hashlib
import lzma
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from competition.access import Entrance, why_not_deliver, why_not_edit
from competition.core.bundle_names import is_junk, kinds_in, named_in
from competition.core.canon import digest
from competition.inspection import FileKind, media_type
from competition.models import Entry, Material, MaterialKind, User

MB = 1024 * 1024
MOST_FILES = 1000
MOST_BYTES = 2048 * MB
MOST_DIRECTORY = 4 * MB  # of a zip: what is in it, by name
END = b"PK\x05\x06"
HEAD = 512
UNREADABLE = (
    zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, ValueError, zlib.error, lzma.LZMAError,
)  # fmt: skip
CHUNK = 1 << 20
NEW, SAME, WRONG = "new", "same", "wrong"
KIND_OF_TYPE = {"image": FileKind.IMAGE, "video": FileKind.VIDEO}
ENDINGS = {
    FileKind.PDF: ("pdf",),
    FileKind.IMAGE: ("jpg", "jpeg", "png", "webp", "gif", "bmp", "tif", "tiff", "heic"),
    FileKind.WORD: ("doc", "docx"),
    FileKind.SHEET: ("xls", "xlsx"),
    FileKind.SLIDES: ("ppt", "pptx"),
    FileKind.VIDEO: ("mp4", "mov", "webm", "avi", "mkv"),
}


class NoBundle(Exception):
    """The zip as a whole cannot be used; says why."""


@dataclass(frozen=True)
class BundleFile:
    """One file of the zip.

    promised   the material that waits for just these bytes, if one does
    why        what is wrong with it
    """

    path: str
    size: int
    status: str
    sha256: str = ""
    entry: Entry | None = None
    kind: MaterialKind | None = None
    promised: Material | None = None
    why: str = ""


@dataclass(frozen=True)
class Bundle:
    files: list[BundleFile] = field(default_factory=list)

    def count(self, status: str) -> int:
        return sum(one.status == status for one in self.files)

    @property
    def new(self) -> list[BundleFile]:
        return [one for one in self.files if one.status == NEW]

    @property
    def digest(self) -> str:
        """Of what would go where; the same while nothing else happens."""
        return digest(
            [[one.path, one.sha256, one.entry.key if one.entry else "", one.kind.code if one.kind else ""]
             for one in self.files if one.status != WRONG]
        )  # fmt: skip


def opened(path: Path) -> zipfile.ZipFile:
    """Windows writes Chinese names in GBK without saying so.

    raises   NoBundle
    """
    refuse_crowded(path)
    try:
        try:
            return zipfile.ZipFile(path, metadata_encoding="gbk")
        except UnicodeDecodeError:
            return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError) as fault:
        raise NoBundle(_("This is no zip file, or it is damaged. Pack the files anew.")) from fault


def refuse_crowded(path: Path) -> None:
    """Before anything of it is read into memory: the end of the file says how much there is in it."""
    with path.open("rb") as file:
        file.seek(max(path.stat().st_size - 65_557, 0))
        tail = file.read()
    at = tail.rfind(END)
    if at < 0 or len(tail) < at + 22:
        return  # no zip, or none that anything reads
    members, directory = struct.unpack_from("<HI", tail, at + 10)
    if members > 2 * MOST_FILES or directory > MOST_DIRECTORY:  # 65,535 and 4 GB stand for more
        raise NoBundle(too_many())


def too_many() -> str:
    facts = {"files": MOST_FILES, "most": MOST_BYTES // MB}
    return _("The zip holds more than %(files)s files or %(most)s MB. Send it in parts.") % facts


def bundle_plan(path: Path, entrance: Entrance, *, by: User, at: datetime) -> Bundle:
    """Every file of the zip with its entry and kind. Reads each file once, for its SHA-256; changes nothing.

    raises   NoBundle
    """
    with opened(path) as packed:
        members = [one for one in packed.infolist() if not one.is_dir() and not is_junk(one.filename)]
        if len(members) > MOST_FILES or sum(one.file_size for one in members) > MOST_BYTES:
            raise NoBundle(too_many())
        planner = Planner(entrance, by=by, at=at)
        planner.twice = {name for name, times in Counter(one.filename for one in members).items() if times > 1}
        return Bundle([planner.planned(packed, one) for one in members])


class Planner:
    """The school's entries and what their tracks ask for, read once."""

    def __init__(self, entrance: Entrance, *, by: User, at: datetime):
        rows = entrance.contest.entries.filter(school=entrance.school).exclude(state="withdrawn")
        rows = rows.select_related("contest", "track", "school__district").prefetch_related("track__material_kinds")
        self.entries = {one.key: one for one in rows}
        self.names = {key: (one.number, one.title) for key, one in self.entries.items()}
        kinds = {kind for one in rows for kind in one.track.material_kinds.all()}
        self.words = [word for kind in kinds for word in (kind.label_zh, kind.label_en, kind.code)]
        self.refused = {key: why_not_edit(by, one, at=at) for key, one in self.entries.items()}
        materials = Material.objects.filter(entry__in=rows, is_removed=False).select_related("kind", "entry__contest")
        self.materials = {(one.entry_id, one.sha256): one for one in materials}
        self.taken = Counter((one.entry_id, one.kind_id) for one in self.materials.values())
        self.twice: set[str] = set()
        self.by, self.at = by, at

    def planned(self, packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> BundleFile:
        path, size = member.filename, member.file_size
        if path in self.twice:
            return BundleFile(path, size, WRONG, why=_("Two files of this name are in the zip. Keep one of the two."))
        named = named_in(path, self.names, self.words)
        if len(named.entries) != 1:
            return BundleFile(path, size, WRONG, why=self.why_no_entry(len(named.entries)))
        entry = self.entries[named.entries[0]]
        try:
            sha256, head = read_through(packed, member)
        except UNREADABLE:
            why = _("It cannot be unpacked: damaged or with a password.")
            return BundleFile(path, size, WRONG, entry=entry, why=why)
        known = self.materials.get((entry.pk, sha256))
        if known is not None and known.file_id:
            return BundleFile(path, size, SAME, sha256, entry, known.kind)
        if known is not None:
            denial = why_not_deliver(self.by, known, at=self.at)
            status = WRONG if denial else NEW
            return BundleFile(path, size, status, sha256, entry, known.kind, known, denial.message if denial else "")
        if denial := self.refused[entry.key]:
            return BundleFile(path, size, WRONG, sha256, entry, why=denial.message)
        kind, why = self.kind_for(entry, named.rest, path, head)
        why = why or (self.why_no_room(entry, kind, size) if kind else "")
        if kind is None or why:
            return BundleFile(path, size, WRONG, sha256, entry, kind, why=why)
        self.taken[entry.pk, kind.pk] += 1
        self.materials[entry.pk, sha256] = Material(entry=entry, kind=kind, sha256=sha256, file_id=-1)
        return BundleFile(path, size, NEW, sha256, entry, kind)

    def why_no_entry(self, found: int) -> str:
        if found:
            return _("Several entries are called so. Name the file by the entry's number.")
        return _("No entry of this school is called so. Begin the name with an entry's number or title.")

    def kind_for(self, entry: Entry, rest: str, path: str, head: bytes) -> tuple[MaterialKind | None, str]:
        """By what the name says, else by what the file is; where several remain, the required one that is missing."""
        kinds = {one.code: one for one in entry.track.material_kinds.all()}
        said = kinds_in(rest, {code: (one.label_zh, one.label_en) for code, one in kinds.items()})
        is_a = kind_of(path, head)
        fitting = [kinds[code] for code in said] or [one for one in kinds.values() if is_a in one.formats]
        if len(fitting) > 1:
            fitting = [one for one in fitting if is_a in one.formats] or fitting
        if len(fitting) > 1:
            missing = [one for one in fitting if one.is_required and not self.taken[entry.pk, one.pk]]
            fitting = missing[:1] if len(missing) == 1 else fitting
        if len(fitting) == 1:
            return fitting[0], ""
        if not fitting:
            return None, _("This kind of file is not asked for here.")
        labels = ", ".join(one.label for one in fitting)
        return None, _("It could be %(kinds)s. Put one of these words into the file's name.") % {"kinds": labels}

    def why_no_room(self, entry: Entry, kind: MaterialKind, size: int) -> str:
        if self.taken[entry.pk, kind.pk] >= kind.max_files:
            return _("“%(label)s” takes %(most)s files. Take one out first.") % {
                "label": kind.label, "most": kind.max_files,
            }  # fmt: skip
        if not 0 < size <= kind.max_mb * MB:
            return _("It is empty, or larger than %(most)s MB.") % {"most": kind.max_mb}
        return ""


def kind_of(path: str, head: bytes) -> str:
    """What it is by its first bytes; Office files look alike there, so their ending tells them apart."""
    ending = path.rsplit(".", 1)[-1].lower()
    by_name = next((kind for kind, endings in ENDINGS.items() if ending in endings), None)
    found = media_type(head) or ""
    if found == "application/pdf":
        return FileKind.PDF
    return KIND_OF_TYPE.get(found.split("/")[0], by_name) or ""


def read_through(packed: zipfile.ZipFile, member: zipfile.ZipInfo) -> tuple[str, bytes]:
    """SHA-256 and the first bytes. The declared size is a limit: the library reads no further."""
    found, head = hashlib.sha256(), b""
    with packed.open(member) as file:
        for chunk in chunks_of(file):
            head = head or chunk[:HEAD]
            found.update(chunk)
    return found.hexdigest(), head


def chunks_of(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk


def member_chunks(packed: zipfile.ZipFile, path: str) -> Iterator[bytes]:
    with packed.open(path) as file:
        yield from chunks_of(file)


def rows_shown(bundle: Bundle, most: int) -> list[Any]:
    """What is wrong first, then what is new."""
    order = {WRONG: 0, NEW: 1, SAME: 2}
    return sorted(bundle.files, key=lambda one: order[one.status])[:most]
