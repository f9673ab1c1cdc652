"""主持词: what the host reads, prize after prize, with names set apart and their sounds in brackets."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from awards.word.document import document_bytes, paragraph, title_paragraphs, words
from awards.word.fonts import HEAD


@dataclass(frozen=True)
class ScriptLine:
    """One winner: what is said before the names, the names, and what follows."""

    before: str
    names: str
    after: str = ""


@dataclass(frozen=True)
class ScriptPart:
    """cue: what the host does and does not say; opening and closing are said"""

    heading: str
    opening: str
    lines: tuple[ScriptLine, ...]
    closing: str = ""
    cue: str = ""


@dataclass(frozen=True)
class ScriptPaper:
    title: str
    parts: tuple[ScriptPart, ...]
    subtitle: str = ""
    notes: tuple[str, ...] = ()


def script_docx(paper: ScriptPaper, *, at: datetime, author: str) -> bytes:
    """Equal papers give equal bytes."""
    return document_bytes(blocks(paper), title=paper.title, author=author, at=at, is_lying=False)


def blocks(paper: ScriptPaper) -> Iterator[str]:
    yield from title_paragraphs(paper.title)
    if paper.subtitle:
        yield paragraph("Second", paper.subtitle)
    yield paragraph("Normal")
    yield from (paragraph("Cue", one) for one in paper.notes)
    for part in paper.parts:
        yield paragraph("Heading1", part.heading)
        if part.cue:
            yield paragraph("Cue", part.cue)
        yield paragraph("Text", part.opening)
        yield from map(spoken, part.lines)
        if part.closing:
            yield paragraph("Text", part.closing)


def spoken(line: ScriptLine) -> str:
    """Names stand out, so that the eye finds them again."""
    runs = "".join(
        f'<w:r>{look}<w:t xml:space="preserve">{words(text)}</w:t></w:r>'
        for look, text in (("", line.before), (NAMES, line.names), ("", line.after))
        if text
    )
    return f'<w:p><w:pPr><w:pStyle w:val="Text"/><w:keepLines/></w:pPr>{runs}</w:p>'


NAMES = f'<w:rPr><w:rFonts w:eastAsia="{HEAD}"/></w:rPr>'
