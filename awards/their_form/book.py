"""The parts of a workbook: its sheets by their titles, the texts that they share, the cells of one."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from competition.core.columns import letter
from competition.core.late_fields import id_numbers_in
from competition.errors import Denial, Refused
from competition.inspection.zipped import Package, local

BOOK, TYPES, CHAIN = "xl/workbook.xml", "[Content_Types].xml", "calcChain"
MOST = 8 * 1024 * 1024  # of one part, unpacked: it is a form, not a list
MOST_OF_ALL = 4 * MOST
FORMULAS = {"f", "definedName", "formula", "formula1", "formula2"}
# Functions that send what stands in a sheet elsewhere, or run something.
CALLS = re.compile(r"\b(WEBSERVICE|HYPERLINK|IMAGE|RTD|CALL|REGISTER|REGISTER\.ID|EXEC|DDE|EVALUATE|STOCKHISTORY)\s*\(|"
                   r"\[\d+\]|\|\s*'", re.IGNORECASE)  # fmt: skip
LINKED = ("xl/externallinks/", "xl/connections", "xl/querytables/", "xl/model/")
LINKS = ("/externalLink", "/connections", "/queryTable", "/powerPivotData")  # relations, whatever a part is called
HOLDERS = ("si", "is", "v", "text")  # elements that hold the text of a cell or of a remark
FIRST_DAY = (1980, 1, 1, 0, 0, 0)
PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
Tree = Any


def tree_of(data: bytes) -> Tree:
    """raises   Refused "layout-form-broken", as for a DOCTYPE, which no Office program writes"""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        raise Refused(Denial("layout-form-broken")) from fault
    if root.getroottree().docinfo.doctype:
        raise Refused(Denial("layout-form-broken"))
    return root


def written(root: Tree) -> bytes:
    done: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return done


def named(root: Tree, name: str) -> Iterator[Tree]:
    """Elements below of this local name, in whichever name space: Strict workbooks have another."""
    return root.iter("{*}" + name)


def child(root: Tree, name: str) -> Tree | None:
    return root.find("{*}" + name)


def index_of(letters: str) -> int:
    """A -> 1, AA -> 27."""
    index = 0
    for one in letters:
        index = index * 26 + ord(one) - 64
    return index


def placed(row: int, column: int) -> str:
    return f"{letter(column - 1)}{row}"


@dataclass
class Book:
    """sheets   title -> part, those that are shown, in their order"""

    package: Package
    sheets: dict[str, str]
    main: str
    texts: list[str]

    @classmethod
    def of(cls, data: bytes) -> "Book":
        package = Package(io.BytesIO(data))
        main = next(iter(package.related("", "officeDocument")), BOOK)
        sizes = [one.file_size for name, one in package.names.items() if name.lower().endswith((".xml", ".rels"))]
        if max(sizes, default=0) > MOST or sum(sizes) > MOST_OF_ALL:
            raise Refused(Denial("layout-form-large", {"most": f"{MOST // 1024 // 1024} MB"}))
        root, targets = tree_of(package.read(main)), package.relations(main)
        sheets = {
            one.get("name", ""): targets[key].target
            for one in named(root, "sheet")
            if one.get("state", "visible") == "visible" and (key := relation_of(one)) in targets
            and targets[key].kind == "worksheet" and package.has(targets[key].target)
        }  # fmt: skip
        shared = next(iter(package.related(main, "sharedStrings")), "")
        texts = [text_in(one) for one in named(tree_of(package.read(shared)), "si")] if shared else []
        return cls(package, sheets, main, texts)

    def tree(self, name: str) -> Tree:
        return tree_of(self.package.read(name))

    def text(self, cell: Tree) -> str:
        """What a cell shows, as good as it can be told without its style."""
        value = child(cell, "v")
        raw = (value.text or "") if value is not None else ""
        match cell.get("t"):
            case "s":
                return self.texts[int(raw)].strip() if raw.isdecimal() and int(raw) < len(self.texts) else ""
            case "inlineStr":
                return text_in(cell).strip()
            case _:
                return raw.strip()


def relation_of(element: Tree) -> str:
    """Its r:id, in whichever name space."""
    return next((str(value) for name, value in element.attrib.items() if "}" in name and local(name) == "id"), "")


def text_in(element: Tree) -> str:
    """Without the readings that stand over characters."""
    return "".join(one.text or "" for one in named(element, "t") if local(one.getparent().tag) != "rPh")


def rows_in(sheet: Tree) -> Tree:
    """The part of a sheet that holds its rows; every sheet has one."""
    found = child(sheet, "sheetData")
    if found is None:
        raise Refused(Denial("layout-unread"))
    return found


def rows_of(sheet: Tree) -> list[Tree]:
    """Its rows and cells, each with its place: a program may leave out what follows from the one before."""
    found, at = [], 0
    for row in rows_in(sheet):
        at = int(row.get("r") or at + 1)
        row.set("r", str(at))
        column = 0
        for cell in row:
            place = PLACE.fullmatch(cell.get("r") or "")
            column = index_of(place[1]) if place else column + 1
            cell.set("r", placed(at, column))
        found.append(row)
    return found


def column_of(cell: Tree) -> int:
    return index_of(cell.get("r").rstrip("0123456789"))


def merges_of(sheet: Tree) -> list[tuple[Tree, int, int, int, int]]:
    """(element, top, left, end, right)"""
    found = []
    for one in named(sheet, "mergeCell"):
        ends = [PLACE.fullmatch(part) for part in one.get("ref", "").split(":")]
        if len(ends) == 2 and ends[0] and ends[1]:
            found.append((one, int(ends[0][2]), index_of(ends[0][1]), int(ends[1][2]), index_of(ends[1][1])))
    return found


def refuse_what_calls_out(package: Package) -> None:
    """Data from elsewhere, pictures that are fetched, formulas that would carry away what is filled in."""
    for name in package.names:
        small = name.lower()
        if small.startswith(LINKED):
            raise Refused(Denial("layout-form-links"))
        if small.endswith(".rels") and any(map(is_link, tree_of(package.read(name)))):
            raise Refused(Denial("layout-form-links"))
        if small.startswith("xl/") and small.endswith(".xml") and calls(package.read(name)):
            raise Refused(Denial("layout-form-links"))


def is_link(relation: Tree) -> bool:
    kind = relation.get("Type", "")
    is_outside = relation.get("TargetMode", "").lower() == "external"
    return kind.endswith(LINKS) or (is_outside and not kind.endswith("/hyperlink"))


def calls(data: bytes) -> bool:
    return any(local(one.tag) in FORMULAS and CALLS.search(one.text or "") for one in tree_of(data).iter(etree.Element))


def refuse_what_is_filled_in(package: Package) -> None:
    """On whatever sheet, shown or not, and in remarks: it would be kept with the form, and leave with it."""
    for name in package.names:
        small = name.lower()
        if small.startswith("xl/") and small.endswith(".xml") and holds_id_number(package.read(name)):
            raise Refused(Denial("layout-form-filled"))


def holds_id_number(data: bytes) -> bool:
    root = tree_of(data)
    return any(id_numbers_in("".join(one.itertext())) for name in HOLDERS for one in named(root, name))


def packed(package: Package, changed: dict[str, bytes], gone: set[str]) -> bytes:
    """The same parts in the same order; equal forms and rows give equal bytes."""
    out, changed = io.BytesIO(), {name.lower(): data for name, data in changed.items()}
    gone = {name.lower() for name in gone}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in package.names:
            if name.lower() not in gone:
                fresh = zipfile.ZipInfo(name, FIRST_DAY)
                fresh.compress_type = zipfile.ZIP_DEFLATED
                copy.writestr(fresh, changed.get(name.lower()) or package.read(name))
    return out.getvalue()
