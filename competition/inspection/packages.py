"""Office documents of today (.docx, .xlsx, .pptx), in the child: which they are, and that nothing in them runs."""

import io
import re
from pathlib import Path
from typing import Any
from xml.parsers import expat

from competition.inspection import legacy
from competition.inspection.kinds import FileKind, Limits, Unfit
from competition.inspection.package_copy import write_package_copy
from competition.inspection.package_texts import package_texts
from competition.inspection.signatures import ZIP_TYPES, Family, is_program, signature_of
from competition.inspection.zipped import CALLING_OUT, FREE_UNPACKED, UNREADABLE, Package, owner

TYPES = "[Content_Types].xml"
MAIN = {
    "wordprocessingml.document.main+xml": FileKind.WORD,
    "wordprocessingml.template.main+xml": FileKind.WORD,
    "spreadsheetml.sheet.main+xml": FileKind.SHEET,
    "spreadsheetml.template.main+xml": FileKind.SHEET,
    "presentationml.presentation.main+xml": FileKind.SLIDES,
    "presentationml.slideshow.main+xml": FileKind.SLIDES,
    "presentationml.template.main+xml": FileKind.SLIDES,
}
STRICT = ("word/", "xl/", "ppt/", "_rels/", TYPES.lower())  # parts that must be well-formed
RUNNING_PARTS = re.compile(r"vbaproject[^/]*\.bin$|vbadata\.xml$|(^|/)activex/|/macrosheets/|/webextensions/")
RUNNING_TYPES = re.compile(r"macroenabled|vbaproject|activex|macrosheet|webextension", re.IGNORECASE)
DDE = re.compile(r"^\s*DDE(AUTO)?\b", re.IGNORECASE | re.MULTILINE)
RUNNING_ACTIONS = ("ppaction://program", "ppaction://macro")
MOST_DEPTH = 3  # documents in documents in documents


def inspected(path: Path, family: Family, limits: Limits) -> dict[str, Any]:
    package = Package(path)
    kind = kind_of(package)
    if kind not in limits.kinds:
        raise Unfit("kind-not-allowed", kind=kind)
    require_harmless(package)
    pages = pages_of(package, kind)
    if kind is FileKind.SLIDES and limits.max_pages is not None and pages and pages > limits.max_pages:
        raise Unfit("too-many-pages", found=pages, most=limits.max_pages)
    return {"kind": kind, "media_type": ZIP_TYPES[kind], "pages": pages}


def kind_of(package: Package) -> FileKind:
    """By the content type of the part that the package calls its document."""
    if not package.has(TYPES):
        raise Unfit("unknown-kind", found=other_zip(package))
    types = package.content_types()
    found = [package.content_type(name, types) for name in package.related("", "officeDocument")]
    if any("macroenabled" in one.lower() for one in found):
        raise Unfit("has-script", found="macros")
    for one in found:
        for ending, kind in MAIN.items():
            if one.lower().endswith(ending):
                return kind
    raise Unfit("unknown-kind", found="zip")


def main_part(package: Package) -> str:
    return package.related("", "officeDocument")[0]


def other_zip(package: Package) -> str:
    """OpenDocument and EPUB name themselves in a part at the front."""
    if not package.has("mimetype"):
        return "zip"
    with package.open("mimetype") as part:
        return part.read(80).decode("ascii", "replace").rpartition(".")[2].strip() or "zip"


def pages_of(package: Package, kind: FileKind) -> int | None:
    if kind is FileKind.WORD:
        return None
    wanted = ("slide",) if kind is FileKind.SLIDES else ("worksheet", "chartsheet", "dialogsheet")
    return len(package.related(main_part(package), *wanted))


def require_harmless(package: Package, depth: int = 0) -> None:
    """Every part is unpacked once: checksums hold, XML is well-formed, nothing runs, nothing calls out."""
    types = package.content_types() if package.has(TYPES) else {}
    if any(RUNNING_TYPES.search(one) for one in types.values()):
        raise Unfit("has-script", found="macros")
    for name in package.names:
        if RUNNING_PARTS.search(name.lower()):
            raise Unfit("has-script", found="macros")
        if name.lower().endswith((".xml", ".rels")) or package.content_type(name, types).endswith("+xml"):
            require_harmless_xml(package, name)
        else:
            require_harmless_part(package, name, depth)


def require_harmless_xml(package: Package, name: str) -> None:
    small = name.lower()
    try:
        if small.endswith(".rels"):
            require_harmless_relations(package, name)
        elif small.startswith(("word/", "ppt/", "xl/externallinks/")):
            require_harmless_markup(package, name)
        else:
            package.parse(name)
    except expat.ExpatError:
        if small.startswith(STRICT):
            raise


def require_harmless_relations(package: Package, name: str) -> None:
    for relation in package.relations(owner(name)).values():
        if relation.kind in CALLING_OUT and relation.is_remote:
            raise Unfit("has-script", found=relation.kind)


def require_harmless_markup(package: Package, name: str) -> None:
    """No DDE (fields that start programs, links that do), no slide buttons that run programs."""
    fields: list[str] = []
    is_field = False

    def start(tag: str, given: dict[str, str]) -> None:
        nonlocal is_field
        is_field = tag == "instrText"
        if tag == "ddeLink":
            raise Unfit("has-script", found="DDE")
        if tag == "fldSimple":
            fields.append(f"\n{given.get('instr', '')}\n")
        elif tag == "fldChar" and given.get("fldCharType") == "begin":
            fields.append("\n")
        elif given.get("action", "").lower().startswith(RUNNING_ACTIONS):
            raise Unfit("has-script", found="action")

    def end(tag: str) -> None:
        nonlocal is_field
        is_field = False

    def data(text: str) -> None:
        if is_field:
            fields.append(text)

    package.parse(name, start, end, data)
    if DDE.search("".join(fields)):
        raise Unfit("has-script", found="DDE")


def require_harmless_part(package: Package, name: str, depth: int) -> None:
    """A picture, a font, a film, or a document inside the document."""
    head = b""
    for chunk in package.chunks(name):
        head = head or chunk
    if is_program(name, head):
        raise Unfit("has-script", found=name.rpartition("/")[2])
    signature = signature_of(head)
    if signature and signature.family in (Family.ZIP, Family.OLE) and depth < MOST_DEPTH:
        require_harmless_inside(package, name, signature.family, depth + 1)


def require_harmless_inside(package: Package, name: str, family: Family, depth: int) -> None:
    """Only what runs and what explodes matters here: an object that its own program cannot open is no danger."""
    if package.names[name].file_size > FREE_UNPACKED:
        raise Unfit("bomb", size=package.names[name].file_size)
    data = package.read(name)
    try:
        if family is Family.ZIP:
            require_harmless(Package(io.BytesIO(data)), depth)
        else:
            legacy.require_harmless(legacy.Compound(data), depth)
    except Unfit as unfit:
        if unfit.code in ("has-script", "bomb"):
            raise
    except UNREADABLE:
        pass


def write_copy(path: Path, family: Family, kind: FileKind, to: Path) -> None:
    write_package_copy(of_kind(path, kind), to)


def texts(path: Path, kind: FileKind) -> list[str]:
    package = of_kind(path, kind)
    return package_texts(package, kind, main_part(package))


def of_kind(path: Path, kind: FileKind) -> Package:
    package = Package(path)
    if (found := kind_of(package)) is not kind:
        raise Unfit("kind-not-allowed", kind=found)
    return package
