"""What the first bytes of a file say. The name is never asked."""

import re
from dataclasses import dataclass
from enum import StrEnum

from competition.inspection.kinds import FileKind

HEAD = 4096  # bytes that are enough to tell
PDF_WITHIN = 1024  # readers accept rubbish before %PDF-, so far down

ZIP_TYPES = {
    FileKind.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.SHEET: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.SLIDES: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
OLE_TYPES = {
    FileKind.WORD: "application/msword",
    FileKind.SHEET: "application/vnd.ms-excel",
    FileKind.SLIDES: "application/vnd.ms-powerpoint",
}
OFFICE = frozenset(ZIP_TYPES)

# Still pictures in the box format of videos: no browser of ours shows them, and Pillow reads none.
STILL_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif", b"avis", b"crx "})
SOUND_BRANDS = frozenset({b"M4A ", b"M4B ", b"M4P "})


class Family(StrEnum):
    """How a file is built, which is what chooses its parser."""

    PDF = "pdf"
    JPEG = "JPEG"
    PNG = "PNG"
    GIF = "GIF"
    WEBP = "WEBP"
    ZIP = "zip"
    OLE = "ole"
    BOXES = "boxes"
    MATROSKA = "matroska"
    WEBM = "webm"


@dataclass(frozen=True)
class Signature:
    """`kinds` are what it may be: several where only the inside tells. `media_type` is "" for those."""

    family: Family
    kinds: frozenset[FileKind]
    media_type: str


def signature_of(head: bytes) -> Signature | None:
    """head  the first bytes of a file, HEAD of them or all; None where it is nothing that we take."""
    if picture := picture_of(head):
        return picture
    if video := video_of(head):
        return video
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Signature(Family.ZIP, OFFICE, "")
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return Signature(Family.OLE, OFFICE, "")
    if is_pdf(head):
        return Signature(Family.PDF, frozenset({FileKind.PDF}), "application/pdf")
    return None


def is_pdf(head: bytes) -> bool:
    """A page, a script or a program with %PDF- somewhere in it is not a PDF, whatever readers think."""
    before, mark, _ = head[: PDF_WITHIN + 5].partition(b"%PDF-")
    before = before.removeprefix(b"\xef\xbb\xbf").strip(b"\0\t\n\f\r ")
    return bool(mark) and not before.startswith((b"<", b"MZ", b"\x7fELF", b"#!", b"{\\rtf"))


def picture_of(head: bytes) -> Signature | None:
    for family, begins, media in (
        (Family.JPEG, (b"\xff\xd8\xff",), "image/jpeg"),
        (Family.PNG, (b"\x89PNG\r\n\x1a\n",), "image/png"),
        (Family.GIF, (b"GIF87a", b"GIF89a"), "image/gif"),
    ):
        if head.startswith(begins):
            return Signature(family, frozenset({FileKind.IMAGE}), media)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Signature(Family.WEBP, frozenset({FileKind.IMAGE}), "image/webp")
    return None


def video_of(head: bytes) -> Signature | None:
    if head[4:8] == b"ftyp" and head[8:12] not in STILL_BRANDS | SOUND_BRANDS:
        media = "video/quicktime" if head[8:12] == b"qt  " else "video/mp4"
        return Signature(Family.BOXES, frozenset({FileKind.VIDEO}), media)
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        if b"webm" in head[:64]:
            return Signature(Family.WEBM, frozenset({FileKind.VIDEO}), "video/webm")
        return Signature(Family.MATROSKA, frozenset({FileKind.VIDEO}), "video/x-matroska")
    return None


def media_type(data: bytes) -> str:
    """Of a judge's copy, whose format may differ from the original's; "" where only the inside tells (Office)."""
    found = signature_of(data[:HEAD])
    return found.media_type if found else ""


def looks_like(head: bytes) -> str:
    """What an unknown file most likely is, as an extension without its dot; "" where that would be a guess."""
    import puremagic

    try:
        found = puremagic.from_string(head).lstrip(".")
    except Exception:  # noqa: BLE001 - only a hint: whatever a guess over foreign bytes raises means "nobody knows"
        return ""
    return found if found in TOLD else ""


# What people really pick by mistake; of rarer things the guess is wrong too often to be shown.
TOLD = frozenset(
    {
        *("exe", "html", "svg", "xml", "rtf", "heic", "heif", "avif", "tiff", "bmp", "psd", "ico", "eps", "swf", "ttf"),
        *("zip", "rar", "7z", "gz", "avi", "wmv", "asf", "flv", "mpg", "mp3", "m4a", "wav", "ogg", "flac", "class"),
    }
)
# What starts by itself when it is opened, on one system or another.
PROGRAM = re.compile(
    r"\.(exe|dll|com|scr|pif|cpl|ms[ip]|bat|cmd|psm?1|vb[se]|m?js|jse|ws[fh]|hta|lnk|jar|reg|sct|chm|hlp|scf|url|inf"
    r"|sh|command|app|apk|ipa|dmg|pkg|deb|rpm|pyw?|pl|rb|php|swf|iso|do[ct]m|xl[st]m|xlam|p[op]tm|pp[as]m)[\s.]*$",
    re.IGNORECASE,
)
PROGRAM_BEGINS = (
    b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe", b"dex\n",
    b"FWS", b"CWS", b"ZWS", b"L\0\0\0\x01\x14\x02\0",
)  # fmt: skip


def is_program(name: str, head: bytes) -> bool:
    """Whether something packed inside a file would run: by its name or by its first bytes."""
    return bool(PROGRAM.search(name)) or head.startswith(PROGRAM_BEGINS)
