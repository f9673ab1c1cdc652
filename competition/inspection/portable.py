"""PDF, in the child: what it would run, how far it unpacks, its text, its pages, and a copy that names nobody."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2  # type: ignore[import-untyped]
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from competition.inspection.kinds import FileKind, Limits, Unfit
from competition.inspection.marks import bare_jpeg
from competition.inspection.signatures import Family, is_program

MB = 1 << 20
TAIL, PADDED = 4096, 256 * 1024  # a whole file ends with %%EOF, give or take what a mailer appended or a disk filled
MOST_UNPACKED = 128 * MB  # of one stream that is no picture
MOST_PICTURE = 500_000_000  # pixels: a poster of A0 at 300 dpi has 140 million
DEFLATE_MOST = 1032  # times: no stream can unpack further
UNPACKING = frozenset({"/FlateDecode", "/Fl", "/LZWDecode", "/LZW", "/RunLengthDecode", "/RL"})
UNDECODED = pikepdf.PdfError  # and all its kinds
MOST_TEXT = 20_000_000  # characters: a thousand pages have two million
MOST_DEPTH = 100
LONGEST = 4  # a preview is at most so many times as high as wide
WEBP_QUALITY = 80

RUNS = frozenset({"/JavaScript", "/Launch", "/ImportData"})
LEAVES = RUNS | {"/SubmitForm", "/GoToE", "/Rendition", "/Movie", "/Sound"}  # no reading needs these in a judge's copy
SCRIPT_TAG = re.compile(rb"<(\w+:)?script\b", re.IGNORECASE)
SCRIPT_KEYS = ("/JS", "/OnInstantiate")
PERSONAL = ("/Metadata", "/PieceInfo", "/LastModified", "/AF", "/Info")
PERSONAL_OF_ROOT = ("/OpenAction", "/AA", "/Collection", "/SpiderInfo", "/Perms", "/DSS", "/Legal", "/URI",
                    "/Outlines", "/PageLabels")  # fmt: skip


def inspected(path: Path, family: Family, limits: Limits) -> dict[str, Any]:
    require_end(path)
    with opened(path) as pdf:
        pages = len(pdf.pages)
        if not pages:
            raise Unfit("broken")
        if limits.max_pages is not None and pages > limits.max_pages:
            raise Unfit("too-many-pages", found=pages, most=limits.max_pages)
        for thing in dictionaries(pdf):
            require_harmless(thing)
            if isinstance(thing, Stream):
                require_modest(thing)
    shown(path).get_page(0)
    return {"kind": FileKind.PDF, "pages": pages}


def require_end(path: Path) -> None:
    """qpdf mends a file that was cut off, silently and with pages missing; whoever uploads should know."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - PADDED))
        if b"%%EOF" not in file.read().rstrip(b"\0\r\n ")[-TAIL:]:
            raise Unfit("broken", detail="cut-off")


def opened(path: Path) -> Pdf:
    try:
        # Streamed: a file mapped into memory would count as memory.
        return pikepdf.open(path, access_mode=pikepdf.AccessMode.stream, suppress_warnings=True)
    except pikepdf.PasswordError:
        raise Unfit("encrypted") from None


def dictionaries(pdf: Pdf) -> Iterator[Object]:
    """Every dictionary and stream of the file, those inside other objects too; referenced or not."""
    for thing in (pdf.trailer, *pdf.objects):
        yield from within(thing)


def within(thing: Object) -> Iterator[Object]:
    """A dictionary and those directly inside it. References are not followed: all objects are looked at anyway."""
    waiting = [(thing, 0)]
    while waiting:
        one, depth = waiting.pop()
        if depth > MOST_DEPTH:
            raise Unfit("broken")
        if isinstance(one, Array):
            children = list(one)
        elif isinstance(one, Dictionary | Stream):
            yield one
            children = [value for _, value in (one.stream_dict if isinstance(one, Stream) else one).items()]
        else:
            continue
        waiting += [(child, depth + 1) for child in children if isinstance(child, Object) and not child.is_indirect]


def require_harmless(thing: Object) -> None:
    if text(thing.get("/S")) in RUNS:
        raise Unfit("has-script", found=text(thing.get("/S")).lstrip("/"))
    if any(key in thing for key in SCRIPT_KEYS) or text(thing.get("/URI")).strip().lower().startswith("javascript:"):
        raise Unfit("has-script", found="JavaScript")
    if "/XFA" in thing and SCRIPT_TAG.search(form_of(thing["/XFA"])):
        raise Unfit("has-script", found="XFA")
    if "/EF" in thing:
        require_no_program(thing)


def text(value: Any) -> str:
    return str(value) if isinstance(value, Name | pikepdf.String | str) else ""


def form_of(xfa: Object) -> bytes:
    parts = [xfa] if isinstance(xfa, Stream) else [part for part in xfa if isinstance(part, Stream)]
    for part in parts:
        require_modest(part)
    return b"".join(part.read_bytes() for part in parts)


def require_no_program(attachment: Object) -> None:
    names = [text(attachment.get(key)) for key in ("/UF", "/F", "/DOS", "/Unix", "/Mac")]
    for _, stream in attachment["/EF"].items():
        require_modest(stream)
        head = beginning(stream)
        for name in names:
            if is_program(name, head):
                raise Unfit("has-script", found=name)


def require_modest(stream: Object) -> None:
    """A picture by what it declares; anything else by unpacking it, where it could be too much."""
    if stream.get("/Subtype") == Name.Image:
        width, height = whole(stream.get("/Width")), whole(stream.get("/Height"))
        if width * height > MOST_PICTURE:
            raise Unfit("bomb", pixels=width * height)
        return
    filters = stream.get("/Filter")
    layers = sum(text(one) in UNPACKING for one in listed(filters) or [filters])
    packed = len(stream.read_raw_bytes()) if layers else 0
    if packed * DEFLATE_MOST**layers > MOST_UNPACKED and (size := unpacked_size(stream)) > MOST_UNPACKED:
        raise Unfit("bomb", size=size)


def unpacked_size(stream: Object) -> int:
    """0 where a reader will find it damaged: it is shown without this stream, as viewers do."""
    try:
        return len(stream.read_bytes())
    except MemoryError:  # this one stream did it, so the reason is known
        raise Unfit("bomb") from None
    except UNDECODED as fault:
        if "bad_alloc" in str(fault):
            raise Unfit("bomb") from None
        return 0


def beginning(stream: Object) -> bytes:
    try:
        return bytes(stream.read_bytes())[:16]
    except UNDECODED:
        return bytes(stream.read_raw_bytes())[:16]


def whole(value: Any) -> int:
    return int(value) if isinstance(value, int) else 0


def texts(path: Path, kind: FileKind) -> list[str]:
    """What is printed on each page, and what is written on it: notes and filled-in fields."""
    notes = written_on(path)
    document = shown(path)
    pages: list[str] = []
    most = MOST_TEXT
    for number in range(len(document)):
        page = document[number]
        printed = page.get_textpage().get_text_bounded()
        pages.append("\n".join([printed, *notes.get(number, ())]))
        page.close()
        most -= len(pages[-1])
        if most < 0:
            raise Unfit("bomb")
    return pages


def written_on(path: Path) -> dict[int, list[str]]:
    with opened(path) as pdf:
        return {number: list(notes_of(page.obj)) for number, page in enumerate(pdf.pages) if "/Annots" in page}


def notes_of(page: Object) -> Iterator[str]:
    for note in listed(page.get("/Annots")):
        if isinstance(note, Dictionary):
            yield from filter(None, (text(note.get("/Contents")), text(note.get("/V"))))
            if isinstance(parent := note.get("/Parent"), Dictionary):
                yield text(parent.get("/V"))


def listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, Array) else []


def write_preview(path: Path, family: Family, to: Path, page: int, width: int) -> None:
    document = shown(path)
    if not 1 <= page <= len(document):
        raise Unfit("no-such-page", page=page)
    document.init_forms()
    leaf = document[page - 1]
    wide, high = leaf.get_size()
    scale = min(width / wide, LONGEST * width / high)
    leaf.render(scale=scale).to_pil().convert("RGB").save(to, "WEBP", quality=WEBP_QUALITY)


def shown(path: Path) -> Any:
    """As PDFium reads it, which is how judges see it: what qpdf mends, it may not open."""
    try:
        return pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as fault:
        raise Unfit("encrypted" if "assword" in str(fault) else "broken") from None


def write_copy(path: Path, family: Family, kind: FileKind, to: Path) -> None:
    """Only what can be reached is written, so objects of earlier versions of the file go as well."""
    with opened(path) as pdf:
        for thing in dictionaries(pdf):
            make_bare(thing)
        forget(pdf.Root, *PERSONAL_OF_ROOT)
        forget(pdf.trailer, "/Info")
        for names in filter(None, [pdf.Root.get("/Names")]):
            forget(names, "/JavaScript", "/EmbeddedFiles", "/Renditions")
        for page in pdf.pages:
            leave_out_attachments(page.obj)
        pdf.save(to, deterministic_id=True, fix_metadata_version=False)


def make_bare(thing: Object) -> None:
    forget(thing, *PERSONAL, "/AA", "/XFA", "/EF")
    if is_running(thing.get("/A")):
        forget(thing, "/A")
    if is_running(thing.get("/Next")):
        forget(thing, "/Next")
    if "/Rect" in thing and thing.get("/Subtype") != Name.Widget:
        forget(thing, "/T", "/CreationDate", "/M", "/NM")  # of a remark /T is its author; of a field, its name
    if thing.get("/FT") == Name.Sig or thing.get("/Type") in (Name.Sig, Name.DocTimeStamp):
        forget(thing, "/V", "/Name", "/Location", "/Reason", "/ContactInfo", "/Contents", "/Cert")
    if isinstance(thing, Stream) and thing.get("/Filter") == Name.DCTDecode:
        parameters = thing.get("/DecodeParms")
        thing.write(
            bare_jpeg(thing.read_raw_bytes()),
            filter=Name.DCTDecode,
            decode_parms=parameters if isinstance(parameters, Dictionary) else None,
        )


def forget(thing: Object, *keys: str) -> None:
    for key in keys:
        if key in thing:
            del thing[key]


def is_running(action: Any) -> bool:
    """action  a dictionary, or several in an array as /Next has them"""
    return any(isinstance(one, Dictionary) and text(one.get("/S")) in LEAVES for one in listed(action) or [action])


def leave_out_attachments(page: Object) -> None:
    notes = listed(page.get("/Annots"))
    kept = [note for note in notes if not (isinstance(note, Dictionary) and note.get("/Subtype") in LEFT_OUT)]
    if len(kept) < len(notes):
        page["/Annots"] = Array(kept)


LEFT_OUT = (Name.FileAttachment, Name.RichMedia, Name.Screen, Name.Movie, Name.Sound)
