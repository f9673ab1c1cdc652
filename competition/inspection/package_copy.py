"""A copy of an Office document of today that names nobody: no properties, no authors, no places of photos."""

import io
import zipfile
from pathlib import Path
from typing import IO

from lxml import etree  # type: ignore[import-untyped]

from competition.inspection import legacy
from competition.inspection.marks import bare_jpeg, bare_png
from competition.inspection.signatures import HEAD, Family, signature_of
from competition.inspection.zipped import MB, UNREADABLE, Package, local, owner

TYPES = "[Content_Types].xml"
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
# Parts that are about the document and its people, left out with the relations that point to them.
LEFT_OUT = (
    "core-properties", "extended-properties", "custom-properties", "thumbnail", "customXml", "people",
    "revisionHeaders", "usernames",
)  # fmt: skip
LEFT_OUT_FOLDERS = ("docprops/", "customxml/", "xl/revisions/")
# Attributes that name someone: on any element ("*"), or only where the same word elsewhere is no name.
BLANKED = {
    "*": frozenset({"author", "initials", "userName", "userId"}),
    "person": frozenset({"displayName"}),
    "cmAuthor": frozenset({"name"}),
    "author": frozenset({"name"}),
    "absPath": frozenset({"url"}),
}
NOWHERE = "file:///removed"  # where a link to a file of the author's machine leads in the copy
LARGEST_PICTURE = 64 * MB
MOST_DEPTH = 2


def write_package_copy(package: Package, to: Path | IO[bytes], depth: int = 0) -> None:
    """Same parts in the same order, all dated alike, so that equal files give equal copies."""
    gone = left_out(package)
    with zipfile.ZipFile(to, "w") as copy:
        for name, info in package.names.items():
            if name.lower() in gone:
                continue
            fresh = zipfile.ZipInfo(name, FIRST_DAY)
            fresh.compress_type = info.compress_type
            rewritten = bare_part(package, name, gone, depth)
            with copy.open(fresh, "w", force_zip64=info.file_size > 1024 * MB) as part:
                for chunk in package.chunks(name) if rewritten is None else (rewritten,):
                    part.write(chunk)


def left_out(package: Package) -> frozenset[str]:
    """Names in small letters of the parts that do not come along, with what hangs on them alone."""
    gone = {name.lower() for name in package.names if name.lower().startswith(LEFT_OUT_FOLDERS)}
    for rels in [name for name in package.names if name.lower().endswith(".rels")]:
        gone |= {target.lower() for target in package.related(owner(rels), *LEFT_OUT)}
    gone |= {name.lower() for name in package.names if name.lower().endswith(".rels") and owner(name).lower() in gone}
    return frozenset(gone)


def bare_part(package: Package, name: str, gone: frozenset[str], depth: int) -> bytes | None:
    """A part as the copy has it; None where it stays as it is."""
    small = name.lower()
    if small == TYPES.lower():
        return without_overrides(package.read(name), gone)
    if small.endswith(".rels"):
        return bare_relations(package, name, gone)
    if small.endswith(".xml"):
        return bare_markup(package, name)
    if package.names[name].file_size > LARGEST_PICTURE:
        return None  # a film
    with package.open(name) as part:
        signature = signature_of(part.read(HEAD))
    match signature.family if signature else None:
        case Family.JPEG:
            return bare_jpeg(package.read(name), keep_turn=True)
        case Family.PNG:
            return bare_png(package.read(name))
        case Family.ZIP | Family.OLE as family if depth < MOST_DEPTH:
            return bare_inside(package.read(name), family, depth + 1)
    return None


def bare_inside(data: bytes, family: Family, depth: int) -> bytes:
    """A document inside the document; as it came where it cannot be read."""
    try:
        if family is Family.OLE:
            return legacy.bare(data)
        out = io.BytesIO()
        write_package_copy(Package(io.BytesIO(data)), out, depth)
        return out.getvalue()
    except UNREADABLE:
        return data


def tree_of(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def written(root: etree._Element) -> bytes:
    done: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return done


def without_overrides(data: bytes, gone: frozenset[str]) -> bytes:
    root = tree_of(data)
    for one in list(root):
        if one.get("PartName", "").lstrip("/").lower() in gone:
            root.remove(one)
    return written(root)


def bare_relations(package: Package, name: str, gone: frozenset[str]) -> bytes:
    relations, root = package.relations(owner(name)), tree_of(package.read(name))
    for one in list(root):
        relation = relations.get(one.get("Id", ""))
        if relation is None:
            continue
        if not relation.is_external and relation.target.lower() in gone:
            root.remove(one)
        elif relation.is_external and relation.kind != "hyperlink":
            one.set("Target", NOWHERE)
    return written(root)


def bare_markup(package: Package, name: str) -> bytes | None:
    """Authors of remarks, of tracked changes and of locks are emptied; None where there are none."""
    small = name.lower()
    if small.startswith("xl/worksheets/") or not small.startswith(("word/", "xl/", "ppt/")):
        return None  # a worksheet names nobody, and may be large
    root = tree_of(package.read(name))
    is_changed = False
    for one in root.iter(etree.Element):
        for key in emptied(one):
            one.set(key, "")
            is_changed = True
        if local(one.tag) == "author" and one.text:
            one.text, is_changed = "", True
    return written(root) if is_changed else None


def emptied(element: etree._Element) -> list[str]:
    """Attributes of an element that name someone."""
    keys = BLANKED["*"] | BLANKED.get(local(element.tag), frozenset())
    return [key for key, value in element.attrib.items() if value and local(key) in keys]
