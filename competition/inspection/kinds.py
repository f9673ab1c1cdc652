"""What a file can be, what is asked of it, what was found, and why it is refused."""

from dataclasses import dataclass
from enum import StrEnum

LONGEST_WORD = 80  # characters
CODES = frozenset(
    {
        "empty-file",
        "too-large",
        "kind-not-allowed",
        "unknown-kind",
        "broken",
        "encrypted",
        "has-script",
        "too-many-pages",
        "too-long-video",
        "too-many-pixels",
        "bomb",
        "took-too-long",
        "took-too-much-memory",
        "no-such-page",
    }
)


class FileKind(StrEnum):
    PDF = "pdf"
    IMAGE = "image"
    WORD = "word"
    SHEET = "sheet"
    SLIDES = "slides"
    VIDEO = "video"


@dataclass(frozen=True)
class Limits:
    """What a slot for material takes. None: no limit of its own.

    max_pages    of a PDF, and slides of a presentation
    max_seconds  of a video
    max_pixels   of one picture or one frame, width times height
    """

    kinds: frozenset[FileKind]
    max_bytes: int
    max_pages: int | None = None
    max_seconds: int | None = None
    max_pixels: int = 80_000_000


@dataclass(frozen=True)
class Inspected:
    """A file that is what it says. None where the kind has no such thing.

    pages    of a PDF; slides of a presentation; sheets of a workbook; None for Word, which has none before printing
    width    of a picture or video as it is shown, so after turning it as the camera was held; height likewise
    seconds  of a video, counted from its frames and not from what its head declares
    """

    kind: FileKind
    media_type: str
    size: int
    sha256: str
    pages: int | None = None
    width: int | None = None
    height: int | None = None
    seconds: float | None = None


@dataclass(frozen=True)
class ScanPage:
    """What the symbols on a scanned page say, and whether it is blank."""

    texts: tuple[str, ...]
    is_blank: bool


class Unfit(Exception):
    """A file is refused. `code` is one of CODES, `facts` are for the sentence that says so.

    Words among the facts may come from the file (the name of an attachment), so they are cut short and never trusted.
    """

    def __init__(self, code: str, **facts: str | int) -> None:
        self.code = code
        self.facts = {name: fact[:LONGEST_WORD] if isinstance(fact, str) else fact for name, fact in facts.items()}
        super().__init__(f"{code} {self.facts}" if facts else code)
