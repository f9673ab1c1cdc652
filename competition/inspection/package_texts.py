"""The text of Office documents of today, page by page where they have pages."""

from collections.abc import Callable, Iterator
from itertools import chain

from competition.inspection.kinds import FileKind, Unfit
from competition.inspection.zipped import Package

MOST_TEXT = 20_000_000  # characters
BREAKS = ("p", "br", "cr", "tr", "text")
BESIDE = (
    "header", "footer", "footnotes", "endnotes", "comments", "commentsExtended", "notesSlide", "diagramData", "chart",
    "drawing", "vmlDrawing", "threadedComment", "chartUserShapes",
)  # fmt: skip


def package_texts(package: Package, kind: FileKind, main: str) -> list[str]:
    """main  name of the part that the package calls its document"""
    match kind:
        case FileKind.WORD:
            pages: Iterator[str] = iter([with_related(package, main)])
        case FileKind.SLIDES:
            slides = ordered(package, main, "sldId")
            pages = ("\n".join(filter(None, (with_related(package, one), behind(package, one)))) for one in slides)
        case _:
            shared = shared_strings(package, main)
            pages = (sheet_text(package, sheet, shared) for sheet in ordered(package, main, "sheet"))
    return limited(pages)


def limited(pages: Iterator[str]) -> list[str]:
    found, most = [], MOST_TEXT
    for page in pages:
        most -= len(page)
        if most < 0:
            raise Unfit("bomb")
        found.append(page)
    return found


def ordered(package: Package, main: str, tag: str) -> list[str]:
    """Parts in the order in which the main part lists them (`tag` with the id of a relation)."""
    relations, found = package.relations(main), []

    def start(one: str, given: dict[str, str]) -> None:
        if one == tag and (relation := relations.get(given.get("id", ""))):
            found.append(relation.target)

    package.parse(main, start=start)
    return [name for name in found if package.has(name)]


def with_related(package: Package, name: str) -> str:
    """A part's text and that of what stands beside it: head and foot, notes, remarks, diagrams."""
    beside = package.related(name, *BESIDE)
    return "\n".join(filter(None, (text_of(package, part) for part in [name, *beside])))


def behind(package: Package, slide: str) -> str:
    """What the slide's layout and master print on it; not what they only ask to be filled in."""
    layouts = package.related(slide, "slideLayout")
    masters = chain.from_iterable(package.related(layout, "slideMaster") for layout in layouts)
    return "\n".join(filter(None, (text_of(package, part, fixed_only=True) for part in [*layouts, *masters])))


def text_of(package: Package, name: str, fixed_only: bool = False) -> str:
    """Runs joined, paragraphs on lines. `fixed_only` leaves out shapes that are placeholders."""
    if name.lower().endswith(".vml"):
        return ""
    found: list[str] = []
    size = 0
    is_text, shape_begins, is_placeholder = False, 0, False

    def start(tag: str, given: dict[str, str]) -> None:
        nonlocal is_text, shape_begins, is_placeholder
        is_text = tag in ("t", "text", "v")
        if tag == "sp":
            shape_begins, is_placeholder = len(found), False
        elif tag == "ph":
            is_placeholder = True
        elif tag == "tab":
            found.append("\t")

    def end(tag: str) -> None:
        nonlocal is_text
        is_text = False
        if tag in BREAKS:
            found.append("\n")
        elif tag == "sp" and fixed_only and is_placeholder:
            del found[shape_begins:]

    def data(text: str) -> None:
        nonlocal size
        if is_text:
            size += len(text)
            if size > MOST_TEXT:
                raise Unfit("bomb")
            found.append(text)

    package.parse(name, start, end, data)
    return "".join(found).strip()


def shared_strings(package: Package, main: str) -> list[str]:
    found: list[str] = []
    for name in package.related(main, "sharedStrings")[:1]:
        collect(package, name, "si", lambda text, _: found.append(text))
    return found


def sheet_text(package: Package, sheet: str, shared: list[str]) -> str:
    """Words in the cells, row by row as they are stored, then remarks and drawings. Numbers name nobody."""
    cells: list[str] = []

    def cell(text: str, given: dict[str, str]) -> None:
        kind = given.get("t")
        if kind == "s" and text.isdecimal() and int(text) < len(shared):
            cells.append(shared[int(text)])
        elif kind in ("str", "inlineStr"):
            cells.append(text)

    collect(package, sheet, "c", cell)
    beside = (text_of(package, part) for part in package.related(sheet, *BESIDE))
    return "\n".join(filter(None, chain(cells, beside)))


def collect(package: Package, name: str, wanted: str, give: Callable[[str, dict[str, str]], None]) -> None:
    """The text inside every `wanted` element, with its attributes. Not phonetic guides (rPh) and formulas (f)."""
    inside: dict[str, str] = {}
    parts: list[str] = []
    size, is_open, is_text, is_aside = 0, False, False, False

    def start(tag: str, given: dict[str, str]) -> None:
        nonlocal inside, is_open, is_text, is_aside
        if tag == wanted:
            inside, is_open = given, True
            parts.clear()
        is_aside = is_aside or tag == "rPh"
        is_text = tag in ("t", "v") and is_open and not is_aside

    def end(tag: str) -> None:
        nonlocal is_open, is_text, is_aside
        is_text = False
        if tag == "rPh":
            is_aside = False
        elif tag == wanted:
            is_open = False
            give("".join(parts), inside)

    def data(text: str) -> None:
        nonlocal size
        if is_text:
            size += len(text)
            if size > MOST_TEXT:
                raise Unfit("bomb")
            parts.append(text)

    package.parse(name, start, end, data)
