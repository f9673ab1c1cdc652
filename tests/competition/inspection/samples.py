"""Files made by hand or by libraries: good ones, broken ones, and ones that mean harm."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import openpyxl
import pikepdf
from pikepdf import Array, Dictionary, Name, String
from PIL import Image
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

AUTHOR = "Zhang Weiming"
AUTHOR_WIDE = AUTHOR.encode("utf-16-le")


# ---- PDF


def pdf(pages: tuple[str, ...] = ("火星种植箱的设计", "second page"), author: str = AUTHOR) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    paper = canvas.Canvas(out)
    paper.setAuthor(author)
    paper.setTitle("Plant box")
    for page in pages:
        paper.setFont("STSong-Light", 14)
        paper.drawString(72, 720, page)
        paper.showPage()
    paper.save()
    return out.getvalue()


def changed_pdf(change: Callable[[pikepdf.Pdf], object], **save: object) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as book:
        change(book)
        book.save(out, **save)
    return out.getvalue()


def encrypted_pdf(user: str = "secret") -> bytes:
    return changed_pdf(lambda book: None, encryption=pikepdf.Encryption(owner="owner", user=user))


def pdf_with_action(action: dict, where: str = "/OpenAction") -> bytes:
    def change(book: pikepdf.Pdf) -> None:
        made = Dictionary({"/Type": Name.Action, **action})
        match where:
            case "/OpenAction":
                book.Root[where] = made
            case "annotation":
                note = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 50, 50], A=made)
                book.pages[1].Annots = Array([book.make_indirect(note)])
            case "page":
                book.pages[0].AA = Dictionary(O=made)
            case "names":
                book.Root.Names = Dictionary(
                    JavaScript=Dictionary(Names=Array([String("x"), book.make_indirect(made)]))
                )
            case "next":
                calm = Dictionary(S=Name.GoTo, D=Array([book.pages[1].obj, Name.Fit]), Next=Array([made]))
                book.Root.OpenAction = calm

    return changed_pdf(change)


def pdf_with_javascript(where: str = "/OpenAction") -> bytes:
    return pdf_with_action({"/S": Name.JavaScript, "/JS": String("app.alert('hi')")}, where)


def pdf_with_attachment(name: str, data: bytes) -> bytes:
    def change(book: pikepdf.Pdf) -> None:
        book.attachments[name] = pikepdf.AttachedFileSpec(book, data, filename=name)

    return changed_pdf(change)


def pdf_with_remarks() -> bytes:
    """Author everywhere that a PDF has a place for one."""

    def change(book: pikepdf.Pdf) -> None:
        with book.open_metadata() as xmp:
            xmp["dc:creator"] = [AUTHOR]
        note = Dictionary(
            Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 50, 50], T=String(AUTHOR), Contents=String("look here")
        )
        book.pages[0].Annots = Array([book.make_indirect(note)])
        book.pages[0].PieceInfo = Dictionary(Maker=Dictionary(Private=String(AUTHOR)))
        book.attachments["plan.txt"] = pikepdf.AttachedFileSpec(book, AUTHOR.encode(), filename="plan.txt")
        picture = book.make_stream(jpeg(description=AUTHOR, size=(16, 8)))
        for key, value in {
            "/Type": Name.XObject, "/Subtype": Name.Image, "/Width": 16, "/Height": 8, "/BitsPerComponent": 8,
            "/ColorSpace": Name.DeviceRGB, "/Filter": Name.DCTDecode,
        }.items():  # fmt: skip
            picture[key] = value
        book.pages[0].Resources.XObject = Dictionary(P=picture)

    return changed_pdf(change, compress_streams=False)


def pdf_with_stream_of(size: int) -> bytes:
    def change(book: pikepdf.Pdf) -> None:
        layer = zlib.compress(b"\0" * size, 9)
        book.pages[0].Contents = book.make_stream(layer, Filter=Name.FlateDecode)

    return changed_pdf(change, compress_streams=False)


def pdf_of_streams_in_streams(size: int) -> bytes:
    def change(book: pikepdf.Pdf) -> None:
        packer = zlib.compressobj(9)
        layer = b"".join(packer.compress(b"\0" * (1 << 20)) for _ in range(size >> 20)) + packer.flush()
        filters = Array([Name.FlateDecode, Name.FlateDecode])
        book.pages[0].Contents = book.make_stream(zlib.compress(layer, 9), Filter=filters)

    return changed_pdf(change, compress_streams=False)


def pdf_with_picture_of(width: int, height: int) -> bytes:
    def change(book: pikepdf.Pdf) -> None:
        book.pages[0].Resources.XObject = Dictionary(
            P=book.make_stream(b"\0", Type=Name.XObject, Subtype=Name.Image, Width=width, Height=height)
        )

    return changed_pdf(change)


def pdf_with_xfa(script: str) -> bytes:
    def change(book: pikepdf.Pdf) -> None:
        form = book.make_stream(f"<xdp:xdp><template>{script}</template></xdp:xdp>".encode())
        book.Root.AcroForm = Dictionary(Fields=Array([]), XFA=Array([String("template"), form]))

    return changed_pdf(change)


# ---- pictures


def picture(size: tuple[int, int] = (60, 40)) -> Image.Image:
    """Red on its left half, blue on its right: which way it is turned can be seen."""
    image = Image.new("RGB", size, (200, 20, 20))
    image.paste((20, 20, 200), (size[0] // 2, 0, *size))
    return image


def jpeg(turn: int = 1, description: str = AUTHOR, size: tuple[int, int] = (60, 40)) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = turn
    exif[0x013B] = description
    exif.get_ifd(0x8825).update({1: "N", 2: (31.0, 13.0, 49.0), 3: "E", 4: (121.0, 28.0, 25.0)})
    out = io.BytesIO()
    picture(size).save(out, "JPEG", quality=95, exif=exif, comment=description)
    return out.getvalue()


def saved(kind: str, image: Image.Image | None = None, **how: object) -> bytes:
    out = io.BytesIO()
    (image or picture()).save(out, kind, **how)
    return out.getvalue()


def png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_of(width: int, height: int, *chunks: bytes) -> bytes:
    """Says that it is so large, and has hardly any picture."""
    head = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    body = png_chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + head + b"".join(chunks) + body + png_chunk(b"IEND", b"")


# ---- Office documents of today

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/presentationml/2006/main"
R = RELATION
MAIN = {
    "word": ("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"),
    "ppt": (
        "ppt/presentation.xml",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
    ),
    "xl": ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
}


def zipped(parts: dict[str, bytes | str], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return out.getvalue()


def relations(*given: tuple[str, str, str] | tuple[str, str, str, str]) -> str:
    """(id, last part of the type, target[, "External"])"""
    ones = "".join(
        f'<Relationship Id="{one[0]}" Type="{RELATION}/{one[1]}" Target="{one[2]}"'
        + (f' TargetMode="{one[3]}"' if len(one) > 3 else "")
        + "/>"
        for one in given
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{ones}</Relationships>'


def types(main: str, content_type: str, *others: tuple[str, str]) -> str:
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{one}"/>' for name, one in [(main, content_type), *others]
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="jpeg" ContentType="image/jpeg"/>'
        f"{overrides}</Types>"
    )


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def word_body(inner: str) -> str:
    return f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{inner}</w:body></w:document>'


def docx(
    inner: str = paragraph("火星种植箱"),
    extra: dict[str, bytes | str] | None = None,
    related: tuple = (),
    content_type: str = MAIN["word"][1],
    overrides: tuple[tuple[str, str], ...] = (),
) -> bytes:
    return zipped(docx_parts(inner, extra, related, content_type, overrides))


def docx_parts(
    inner: str = paragraph("火星种植箱"),
    extra: dict[str, bytes | str] | None = None,
    related: tuple = (),
    content_type: str = MAIN["word"][1],
    overrides: tuple[tuple[str, str], ...] = (),
) -> dict[str, bytes | str]:
    return {
        "[Content_Types].xml": types(
            MAIN["word"][0],
            content_type,
            ("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
            *overrides,
        ),
        "_rels/.rels": relations(
            ("rId1", "officeDocument", MAIN["word"][0]),
            ("rId2", "core-properties", "docProps/core.xml"),
            ("rId3", "extended-properties", "docProps/app.xml"),
            ("rId4", "custom-properties", "docProps/custom.xml"),
        ),
        MAIN["word"][0]: word_body(inner),
        "word/_rels/document.xml.rels": relations(*related),
        "docProps/core.xml": (
            '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
            f' xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{AUTHOR}</dc:creator></cp:coreProperties>'
        ),
        "docProps/app.xml": f"<Properties><Company>{AUTHOR}</Company></Properties>",
        "docProps/custom.xml": f"<Properties><property>{AUTHOR}</property></Properties>",
    } | (extra or {})


def slide(text: str, placeholder: bool = False) -> str:
    mark = "<p:nvSpPr><p:nvPr><p:ph/></p:nvPr></p:nvSpPr>" if placeholder else ""
    shape = f"<p:sp>{mark}<p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"
    return f'<p:sld xmlns:p="{P}" xmlns:a="{A}"><p:cSld><p:spTree>{shape}</p:spTree></p:cSld></p:sld>'


def pptx(texts: tuple[str, ...] = ("封面", "第二页"), layout: str = "", **extra: bytes | str) -> bytes:
    """Slides stored in the opposite order of their showing, as they are after someone moved them."""
    numbers = range(len(texts), 0, -1)
    listed = "".join(f'<p:sldId r:id="rId{number}" id="{255 + number}"/>' for number in numbers)
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": types(*MAIN["ppt"]),
        "_rels/.rels": relations(("rId1", "officeDocument", "/ppt/presentation.xml")),
        "ppt/presentation.xml": f'<p:presentation xmlns:p="{P}" xmlns:r="{R}"><p:sldIdLst>{listed}</p:sldIdLst></p:presentation>',
        "ppt/_rels/presentation.xml.rels": relations(*((f"rId{n}", "slide", f"slides/slide{n}.xml") for n in numbers)),
    }
    for number, text in zip(numbers, texts, strict=True):
        parts[f"ppt/slides/slide{number}.xml"] = slide(text)
        if layout:
            parts[f"ppt/slides/_rels/slide{number}.xml.rels"] = relations(
                ("rId1", "slideLayout", "../slideLayouts/l.xml")
            )
    if layout:
        parts["ppt/slideLayouts/l.xml"] = slide(layout).replace(
            "</p:spTree>", f"{slide('Click to edit', placeholder=True).split('<p:spTree>')[1]}", 1
        ).replace("</p:spTree></p:cSld></p:sld></p:cSld></p:sld>", "</p:spTree></p:cSld></p:sld>")  # fmt: skip
    return zipped(parts | extra)


def xlsx(rows: tuple[tuple[object, ...], ...] = (("姓名", "分数"), ("样本", 12))) -> bytes:
    book = openpyxl.Workbook()
    book.properties.creator = AUTHOR
    for row in rows:
        book.active.append(row)
    second = book.create_sheet("附表")
    second["B2"] = "第二张"
    second["B2"].comment = openpyxl.comments.Comment("看这里", AUTHOR)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def zip_bomb(megabytes: int = 300) -> bytes:
    """Small, and unpacks to far more, one part of it at a time."""
    parts = docx_parts() | {f"word/media/{n}.bin": b"\0" * (50 << 20) for n in range(megabytes // 50)}
    return zipped(parts)


# ---- Office documents of yesterday


def ole(streams: dict[str, bytes]) -> bytes:
    """A compound file of 512-byte sectors. Paths with "/" make storages; small streams go to the mini stream."""
    storages = sorted(
        {"/".join(path.split("/")[:depth]) for path in streams for depth in range(1, path.count("/") + 1)}
    )
    nodes = [("Root Entry", 5, b"")] + [(path, 1, b"") for path in storages] + [(p, 2, d) for p, d in streams.items()]
    sectors: list[bytes] = []
    fat: list[int] = []

    def store(data: bytes) -> int:
        if not data:
            return 0xFFFFFFFE
        begin, count = len(sectors), -(-len(data) // 512)
        sectors.extend(data[512 * n : 512 * (n + 1)].ljust(512, b"\0") for n in range(count))
        fat.extend([*range(begin + 1, begin + count), 0xFFFFFFFE])
        return begin

    mini, mini_fat, places = b"", [], {}
    for path, kind, data in nodes:
        if kind == 2 and len(data) < 4096:
            count = -(-len(data) // 64)
            places[path] = len(mini_fat) if count else 0xFFFFFFFE
            mini_fat += [*range(len(mini_fat) + 1, len(mini_fat) + count), 0xFFFFFFFE] if count else []
            mini += data.ljust(64 * count, b"\0")
        elif kind == 2:
            places[path] = store(data)
    places["Root Entry"] = store(mini)
    mini_start = store(struct.pack(f"<{len(mini_fat)}I", *mini_fat).ljust(-(-4 * len(mini_fat) // 512) * 512, b"\xff"))

    def children(parent: str) -> list[int]:
        return [n for n, (path, _, _) in enumerate(nodes) if n and path.rpartition("/")[0] == parent]

    directory = b""
    for number, (path, kind, data) in enumerate(nodes):
        inside = children("" if kind == 5 else path) if kind != 2 else []
        siblings = children(path.rpartition("/")[0]) if number else []
        at = siblings.index(number) if number else 0
        right = siblings[at + 1] if number and at + 1 < len(siblings) else 0xFFFFFFFF
        name = (path.rpartition("/")[2] + "\0").encode("utf-16-le")
        size = len(mini) if kind == 5 else len(data)
        entry = name.ljust(64, b"\0") + struct.pack("<HBB", len(name), kind, 1)
        entry += struct.pack("<III", 0xFFFFFFFF, right, inside[0] if inside else 0xFFFFFFFF) + bytes(36)
        directory += entry + struct.pack("<IQ", places.get(path, 0), size)
    directory_start = store(directory)
    fat_count = 1
    while fat_count * 128 < len(fat) + fat_count:
        fat_count += 1
    fat_places = list(range(len(sectors), len(sectors) + fat_count))
    fat += [0xFFFFFFFD] * fat_count
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(512 * fat_count, b"\xff")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIII", 0, fat_count, directory_start, 0, 4096)
    head += struct.pack("<II", mini_start, -(-4 * len(mini_fat) // 512)) + struct.pack("<II", 0xFFFFFFFE, 0)
    head += struct.pack("<109I", *(fat_places + [0xFFFFFFFF] * (109 - fat_count)))
    return head + b"".join(sectors) + table


SUMMARY = "\x05SummaryInformation"


def doc(text: str = "火星种植箱", flags: int = 0x0200, **more: bytes) -> bytes:
    """Word 97: head with the list of tables, text after it, and the table stream with pieces and people."""
    people = {51: strings(AUTHOR), 71: strings(AUTHOR, "C:\\home"), 36: words(AUTHOR), 32: strings("title", AUTHOR)}
    wide = text.encode("utf-16-le")
    pieces = struct.pack("<II", 0, len(text)) + struct.pack("<HIH", 0, 2048, 0)
    tables = {33: b"\x02" + struct.pack("<I", len(pieces)) + pieces, **people}
    head = bytearray(2048)
    struct.pack_into("<HH", head, 0, 0xA5EC, 0xC1)
    struct.pack_into("<H", head, 10, flags)
    table = b""
    for number, data in tables.items():
        struct.pack_into("<II", head, 0x9A + 8 * number, len(table), len(data))
        table += data
    return ole(
        {"WordDocument": bytes(head) + wide.ljust(4096, b"\0"), "1Table": table, SUMMARY: AUTHOR.encode() * 9} | more
    )


def strings(*given: str) -> bytes:
    return b"\xff\xff" + struct.pack("<HH", len(given), 0) + b"".join(words(one) for one in given)


def words(text: str) -> bytes:
    return struct.pack("<H", len(text)) + text.encode("utf-16-le")


def book_record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def xls(*more: bytes, sheet_type: int = 0) -> bytes:
    """A workbook's stream: who had it open, one sheet, a remark."""
    user = struct.pack("<HB", len(AUTHOR), 0) + AUTHOR.encode()
    globals_ = [
        book_record(0x0809, struct.pack("<HHHHII", 0x0600, 5, 0, 0, 0, 0)), *more,
        book_record(0x5C, user.ljust(112)),
        book_record(0x85, struct.pack("<IBBBB", 0, 0, sheet_type, 6, 0) + b"Sheet1"),
        book_record(0x0A, b""),
        book_record(0x1C, struct.pack("<HHHH", 0, 0, 0, 1) + struct.pack("<HB", len(AUTHOR), 0) + AUTHOR.encode() + b"\0"),
        book_record(0x0A, b""),
    ]  # fmt: skip
    return ole({"Workbook": b"".join(globals_).ljust(4096, b"\0"), SUMMARY: AUTHOR.encode() * 9})


def slide_record(kind: int, data: bytes, instance: int = 0, container: bool = False) -> bytes:
    return struct.pack("<HHI", instance << 4 | (0xF if container else 0), kind, len(data)) + data


def ppt(text: str = "封面", slides: int = 2, inside: bytes = b"", encrypted: bool = False) -> bytes:
    listed = b"".join(
        slide_record(0x03F3, bytes(20)) + slide_record(0x0FA0, text.encode("utf-16-le")) for _ in range(slides)
    )
    document = slide_record(0x03E8, slide_record(0x0FF0, listed, container=True), container=True)
    remark = slide_record(0x0FBA, AUTHOR_WIDE) + slide_record(0x0FBA, "remark".encode("utf-16-le"), 1)
    page = slide_record(0x03EE, slide_record(0x2EE0, remark, container=True), container=True)
    packed = slide_record(0x1011, struct.pack("<I", len(inside)) + zlib.compress(inside), 1) if inside else b""
    mark = b"\xdf\xc4\xd1\xf3" if encrypted else b"\x5f\xc0\x91\xe3"
    user = struct.pack("<HHI", 0, 0x0FF6, 40) + struct.pack("<I", 20) + mark + struct.pack("<I", 0)
    user += struct.pack("<HHBBH", len(AUTHOR), 1012, 3, 0, 0) + AUTHOR.encode() + struct.pack("<I", 8) + AUTHOR_WIDE
    return ole({"PowerPoint Document": document + page + packed, "Current User": user, SUMMARY: AUTHOR.encode() * 9})


def packed_file(name: str, data: bytes = b"", folder: str = "C:\\") -> bytes:
    """What "\\x01Ole10Native" holds: a file dropped into a document."""
    path = f"{folder}{name}".encode() + b"\0"
    body = struct.pack("<H", 2) + name.encode() + b"\0" + path + b"\0\0\3\0" + struct.pack("<I", len(path)) + path
    body += struct.pack("<I", len(data)) + data
    for word in (folder + name, name, folder + name):
        body += struct.pack("<I", len(word)) + word.encode("utf-16-le")
    return struct.pack("<I", len(body)) + body


# ---- videos


def film(
    path: Path,
    seconds: int = 2,
    codec: str = "mpeg4",
    size: tuple[int, int] = (160, 120),
    turned: int = 0,
    sound: bool = True,
) -> Path:
    with av.open(str(path), "w") as out:
        out.metadata.update({"title": AUTHOR, "artist": AUTHOR, "location": "+31.2304+121.4737/", "comment": AUTHOR})
        stream = out.add_stream(codec, rate=10)
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        if turned:
            stream.set_display_rotation(turned)
        voice = out.add_stream("aac" if path.suffix in (".mp4", ".mov") else "libopus", rate=48000) if sound else None
        for number in range(seconds * 10):
            pixels = np.full((size[1], size[0], 3), number * 10 % 255, np.uint8)
            out.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        out.mux(stream.encode())
        if voice:
            for number in range(seconds * 48):
                frame = av.AudioFrame.from_ndarray(np.zeros((1, 1000), np.float32), format="fltp", layout="mono")
                frame.rate, frame.pts = 48000, number * 1000
                out.mux(voice.encode(frame))
            out.mux(voice.encode())
    return path
