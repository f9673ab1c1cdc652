"""The guarded zip under every Office document: how many parts, how far they unpack, what they are called."""

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO
from urllib.parse import unquote, urlsplit
from xml.parsers import expat

from competition.inspection.kinds import Unfit

MB = 1 << 20
MOST_PARTS = 10_000
MOST_UNPACKED = 2048 * MB
FREE_UNPACKED = 64 * MB  # so much may any file unpack to, however small it is
MOST_RATIO, MOST_PART_RATIO = 100, 200  # real workbooks stay under 50
CHUNK = 1 << 18
IS_ENCRYPTED = 0x1

# What readers raise over an object inside a document that is not what its name says.
UNREADABLE: tuple[type[Exception], ...] = (
    Unfit, zipfile.BadZipFile, expat.ExpatError, zlib.error, struct.error, SyntaxError, LookupError, ValueError,
    EOFError, NotImplementedError,
)  # fmt: skip
# Relations whose target a program fetches and obeys as it opens the document.
CALLING_OUT = ("attachedTemplate", "oleObject", "frame", "subDocument", "control", "package")


@dataclass(frozen=True)
class Relation:
    """kind  last part of the relation's type; target  name of a part, or the address of something outside"""

    kind: str
    target: str
    is_external: bool

    @property
    def is_remote(self) -> bool:
        """Whether following it leaves the reader's machine. A template on the author's own disk does not."""
        address = self.target.strip().replace("\\", "/").lower()
        scheme = urlsplit(address).scheme
        if not self.is_external or scheme == "file":
            on_disk = address.startswith(("file:///", "file://localhost/")) and not address.startswith("file:////")
            return self.is_external and not on_disk
        return address.startswith("//") or len(scheme) > 1  # one letter is a drive


class Package:
    """The parts of an Office document by name. Making one checks what can be checked without unpacking."""

    def __init__(self, source: Path | IO[bytes]) -> None:
        self.zip = zipfile.ZipFile(source)
        self.size = source.stat().st_size if isinstance(source, Path) else source.seek(0, 2)
        require_modest(self.zip.infolist(), self.size)
        self.names = {info.filename.lstrip("/"): info for info in self.zip.infolist() if not info.is_dir()}
        self.by_small_name = {name.lower(): name for name in self.names}
        if len(self.by_small_name) < len([info for info in self.zip.infolist() if not info.is_dir()]):
            raise Unfit("broken", detail="part-twice")  # two readers would show two documents

    def has(self, name: str) -> bool:
        return name.lower() in self.by_small_name

    def open(self, name: str) -> IO[bytes]:
        return self.zip.open(self.names[self.by_small_name[name.lower()]])

    def read(self, name: str) -> bytes:
        with self.open(name) as part:
            return part.read()

    def chunks(self, name: str) -> Iterator[bytes]:
        with self.open(name) as part:
            while chunk := part.read(CHUNK):
                yield chunk

    def relations(self, name: str) -> dict[str, Relation]:
        """Of a part ("" for the package itself), by their ids, in the file's order."""
        where = PurePosixPath(name)
        rels = f"{where.parent}/_rels/{where.name}.rels".removeprefix("./") if name else "_rels/.rels"
        found: dict[str, Relation] = {}
        if self.has(rels):
            self.parse(rels, start=lambda tag, given: self._add_relation(found, name, tag, given))
        return found

    def _add_relation(self, found: dict[str, Relation], name: str, tag: str, given: dict[str, str]) -> None:
        if tag == "Relationship":
            is_external = given.get("TargetMode", "").lower() == "external"
            target = given.get("Target", "")
            kind = given.get("Type", "").rpartition("/")[2]
            if given.get("Id", "") in found:
                raise Unfit("broken", detail="relation-twice")
            found[given.get("Id", "")] = Relation(kind, target if is_external else resolved(name, target), is_external)

    def related(self, name: str, *kinds: str) -> list[str]:
        """Names of the parts that a part points to by relations of these kinds and that are there."""
        return [
            one.target
            for one in self.relations(name).values()
            if one.kind in kinds and not one.is_external and self.has(one.target)
        ]

    def content_types(self) -> dict[str, str]:
        """Content type by part name in small letters, and by "*.extension"."""
        found: dict[str, str] = {}

        def start(tag: str, given: dict[str, str]) -> None:
            if tag == "Default":
                found["*." + given.get("Extension", "").lower()] = given.get("ContentType", "")
            elif tag == "Override":
                found[given.get("PartName", "").lstrip("/").lower()] = given.get("ContentType", "")

        self.parse("[Content_Types].xml", start=start)
        return found

    def content_type(self, name: str, types: dict[str, str]) -> str:
        small = name.lower()
        return types.get(small) or types.get("*." + small.rpartition(".")[2], "")

    def parse(
        self,
        name: str,
        start: Callable[[str, dict[str, str]], None] | None = None,
        end: Callable[[str], None] | None = None,
        data: Callable[[str], None] | None = None,
    ) -> None:
        """Stream one part through expat, tags and attributes without their name spaces."""
        parse(self.chunks(name), start, end, data)


def parse(
    chunks: Iterator[bytes],
    start: Callable[[str, dict[str, str]], None] | None = None,
    end: Callable[[str], None] | None = None,
    data: Callable[[str], None] | None = None,
) -> None:
    """No Office program writes a DOCTYPE; it is there only to declare entities, which is how XML is made to explode."""
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse_doctype
    if start:
        parser.StartElementHandler = lambda tag, given: start(local(tag), without_spaces(given))
    if end:
        parser.EndElementHandler = lambda tag: end(local(tag))
    if data:
        parser.CharacterDataHandler = data
    for chunk in chunks:
        parser.Parse(chunk, False)
    parser.Parse(b"", True)


def refuse_doctype(*_: object) -> None:
    raise Unfit("bomb", found="DOCTYPE")


def without_spaces(given: dict[str, str]) -> dict[str, str]:
    """Attributes by their local names. Of id and r:id, which both stand on a slide or sheet, the relation's wins."""
    if not any("}" in key for key in given):
        return given
    return {local(key): value for key, value in sorted(given.items(), key=lambda item: "}" in item[0])}


def local(tag: str) -> str:
    return tag.rpartition("}")[2]


def resolved(name: str, target: str) -> str:
    """Name of the part that a relation of the part `name` points to."""
    if target.startswith("/"):
        return unquote(target).lstrip("/")
    steps: list[str] = list(PurePosixPath(name).parent.parts) if name else []
    for step in unquote(target).replace("\\", "/").split("/"):
        if step == "..":
            del steps[-1:]
        elif step not in ("", "."):
            steps.append(step)
    return "/".join(steps)


def owner(rels: str) -> str:
    """Name of the part whose relations a part holds; "" where it holds the package's."""
    folder, _, file = rels.rpartition("/")
    return f"{folder.removesuffix('_rels')}{file.removesuffix('.rels')}"


def require_modest(parts: list[zipfile.ZipInfo], size: int) -> None:
    """What the directory alone tells. What it says of a part's size is the most that zipfile reads of it."""
    if len(parts) > MOST_PARTS:
        raise Unfit("bomb", parts=len(parts))
    if any(part.flag_bits & IS_ENCRYPTED for part in parts):
        raise Unfit("encrypted")
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
        raise Unfit("broken", detail="compression")
    if any("\\" in part.filename or ".." in part.filename.split("/") for part in parts):
        raise Unfit("broken", detail="part-name")
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_UNPACKED or unpacked > max(FREE_UNPACKED, MOST_RATIO * size):
        raise Unfit("bomb", size=unpacked)
    if sum(part.compress_size for part in parts) > size:
        raise Unfit("bomb", size=unpacked)  # parts that share their bytes
    for part in parts:
        if part.file_size > max(FREE_UNPACKED, MOST_PART_RATIO * part.compress_size):
            raise Unfit("bomb", size=part.file_size)
