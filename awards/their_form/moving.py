"""What else in a workbook names the rows of a sheet: it follows them."""

import re
from collections.abc import Callable
from functools import partial

from lxml import etree  # type: ignore[import-untyped]

from awards.core.shifting import Shift, Span, moved, moved_all, moved_formula
from awards.their_form.book import CHAIN, TYPES, Book, Tree, child, named, written
from competition.inspection.zipped import local

REMARK_ROW = re.compile(rb"<x:Row>(\d+)</x:Row>")


def move_the_rest(root: Tree, shift: Shift, title: str) -> None:
    """Whatever else in the sheet names rows."""
    for one in list(root):
        if local(one.tag) == "dimension":
            root.remove(one)
    ruled, plain = partial(moved_all, span=shift.ruled), partial(moved_all, span=shift.span)
    for one in root.iter(etree.Element):
        name = local(one.tag)
        if name in ("dataValidation", "conditionalFormatting") and one.get("sqref"):
            one.set("sqref", ruled(one.get("sqref")))
        elif name == "sqref" and one.text:  # of newer rules
            one.text = ruled(one.text)
        elif name in ("hyperlink", "autoFilter", "protectedRange", "ignoredError"):
            for given in ("ref", "sqref"):
                if one.get(given):
                    one.set(given, (ruled if name == "autoFilter" else plain)(one.get(given)))
        elif name in ("f", "formula", "formula1", "formula2") and one.text:
            one.text = moved_formula(one.text, shift.span, title=title, is_home=True)
            if one.get("ref"):
                one.set("ref", moved(one.get("ref"), shift.span))
        elif name == "rowBreaks":
            for each in one:
                each.set("id", str(shift.row(int(each.get("id", 0)) + 1) - 1))


def others_moved(book: Book, part: str, title: str, shift: Shift) -> dict[str, bytes]:
    """Parts beside the sheet that name its rows: tables, remarks, pictures; other sheets; the names of the book."""
    package = book.package
    movers: dict[str, Callable[[Tree], None]] = {}
    for kind, mover in (("table", move_table), ("comments", move_remarks), ("drawing", move_pictures)):
        movers |= dict.fromkeys(package.related(part, kind), partial(mover, shift=shift))
    others = [one for one in package.related(book.main, "worksheet") if one != part]
    movers |= dict.fromkeys(others, partial(move_formulas, shift=shift, title=title))
    movers[book.main] = partial(move_names, shift=shift, title=title)
    found = {name: data for name, move in movers.items() if (data := changed_by(move, book.tree(name)))}
    for name in package.related(part, "vmlDrawing"):
        found[name] = REMARK_ROW.sub(partial(moved_remark, shift), package.read(name))
    return found


def changed_by(move: Callable[[Tree], None], root: Tree) -> bytes | None:
    """None: it stays as it came."""
    before = etree.tostring(root)
    move(root)
    return written(root) if etree.tostring(root) != before else None


def moved_remark(shift: Shift, found: re.Match[bytes]) -> bytes:
    return b"<x:Row>%d</x:Row>" % (shift.row(int(found[1]) + 1) - 1)


def move_table(root: Tree, shift: Shift) -> None:
    for one in (root, *named(root, "autoFilter"), *named(root, "sortState"), *named(root, "sortCondition")):
        if one.get("ref"):
            one.set("ref", moved(one.get("ref"), shift.ruled))


def move_remarks(root: Tree, shift: Shift) -> None:
    for one in named(root, "comment"):
        one.set("ref", moved(one.get("ref", ""), shift.span))


def move_pictures(root: Tree, shift: Shift) -> None:
    for anchor in root:
        for end in ("from", "to"):
            place = child(anchor, end)
            row = child(place, "row") if place is not None else None
            if row is not None and row.text and row.text.isdecimal():
                row.text = str(shift.row(int(row.text) + 1) - 1)


def move_formulas(root: Tree, shift: Shift, title: str) -> None:
    for one in named(root, "f"):
        one.text = moved_formula(one.text or "", shift.span, title=title, is_home=False) or None


def move_names(root: Tree, shift: Shift, title: str) -> None:
    """Print areas grow with the rows. Everything is worked out again when the book is opened."""
    for one in named(root, "definedName"):
        grown = {"_xlnm.Print_Area": shift.printed, "_xlnm._FilterDatabase": shift.ruled}
        span: Callable[[int, int], Span] = grown.get(one.get("name"), shift.span)
        one.text = moved_formula(one.text or "", span, title=title, is_home=False)
    for one in named(root, "calcPr"):
        one.set("fullCalcOnLoad", "1")


def without_chain(book: Book, gone: set[str]) -> dict[str, bytes]:
    """The order in which cells were worked out names cells that are elsewhere now; programs make it anew."""
    chains = book.package.related(book.main, CHAIN)
    if not chains:
        return {}
    gone.update(chains)
    types, rels = book.tree(TYPES), f"{book.main.rpartition('/')[0]}/_rels/{book.main.rpartition('/')[2]}.rels"
    relations = book.tree(rels)
    for one in [one for one in types if one.get("PartName", "").endswith(f"/{CHAIN}.xml")]:
        types.remove(one)
    for one in [one for one in relations if one.get("Type", "").endswith(f"/{CHAIN}")]:
        relations.remove(one)
    return {TYPES: written(types), rels: written(relations)}
