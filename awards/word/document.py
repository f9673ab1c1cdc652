"""The document around a text: page, page numbers, styles, and bytes that follow from the text alone."""

import io
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as Opened
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.section import _Footer
from docx.shared import Length, Mm

from awards.word.fonts import NAMESPACE, font_table
from awards.word.styles import styles

# GB/T 9704: 天头 37 mm, 订口 28 mm, 版心 156 × 225 mm; a page lying on its side is one that was turned.
A4 = (210, 297)
UPRIGHT = {"top": 37, "right": 26, "bottom": 35, "left": 28}
LYING = {"top": 28, "right": 37, "bottom": 26, "left": 35}
FOOTER = 28  # the number stands 7 mm below the text
UNFIT = re.compile("[^\t\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML cannot hold
PLACE, TEXT = "the body stands here", "word/document.xml"
WAITING = re.compile(rb"<w:p>(?:(?!</w:p>).)*the body stands here.*?</w:p>", re.DOTALL)
ZIP_TIME = (1980, 1, 1, 0, 0, 0)
TWIPS_A_MM = 1440 / 25.4


def text_width(*, is_lying: bool) -> int:
    """Of a page's text, in twentieths of a point."""
    wide, sides = (A4[1], LYING) if is_lying else (A4[0], UPRIGHT)
    return round((wide - sides["left"] - sides["right"]) * TWIPS_A_MM)


def words(text: str) -> str:
    """As text of XML."""
    return escape(UNFIT.sub("", text.replace("\n", " ")))


def paragraph(style: str, text: str = "") -> str:
    run = f'<w:r><w:t xml:space="preserve">{words(text)}</w:t></w:r>' if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p>'


def title_paragraphs(title: str) -> Iterator[str]:
    """A line each, broken where the words allow it: no last character stands alone on a line."""
    return (paragraph("Title", line) for line in title.split("\n"))


def document_bytes(
    body: Iterable[str], *, title: str, author: str, at: datetime, is_lying: bool, table_size: int = 24
) -> bytes:
    """A .docx of these blocks of XML. Equal arguments give equal bytes.

    at   what the file says of when it was made
    """
    document = Document()
    document.part._styles_part._element = styles(table_size)
    dress(document, title, author, at)
    lay(document, is_lying=is_lying)
    document.add_paragraph(PLACE)
    buffer = io.BytesIO()
    document.save(buffer)
    return sealed(buffer.getvalue(), "".join(body).encode())


def dress(document: Opened, title: str, author: str, at: datetime) -> None:
    """Properties and the table of fonts; the template's picture of an empty page goes."""
    facts, moment = document.core_properties, at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    facts.title, facts.author, facts.last_modified_by = clipped(title), clipped(author), ""
    facts.comments, facts.keywords, facts.subject, facts.revision = "", "", "", 1
    facts.created = facts.modified = moment
    for key, link in list(document.part.package.rels.items()):
        if link.reltype.endswith("/thumbnail"):
            del document.part.package.rels[key]
    document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)._blob = font_table()


def clipped(text: str) -> str:
    return UNFIT.sub("", text.replace("\n", ""))[:255]


def lay(document: Opened, *, is_lying: bool) -> None:
    """Page and margins; its number outside, — 1 —, to the right on odd pages and to the left on even ones."""
    section = document.sections[0]
    wide, high = (A4[1], A4[0]) if is_lying else A4
    section.orientation = WD_ORIENT.LANDSCAPE if is_lying else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(wide), Mm(high)
    for side, size in (LYING if is_lying else UPRIGHT).items():
        setattr(section, f"{side}_margin", Length(Mm(size)))
    section.footer_distance = Mm(FOOTER if not is_lying else 15)
    document.settings.odd_and_even_pages_header_footer = True
    number(section.footer, "Odd")
    number(section.even_page_footer, "Even")


def number(footer: _Footer, style: str) -> None:
    """— page —"""
    footer.is_linked_to_previous = False
    field = "".join(f"<w:r>{part}</w:r>" for part in (
        '<w:fldChar w:fldCharType="begin"/>', '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>', "<w:t>1</w:t>", '<w:fldChar w:fldCharType="end"/>',
    ))  # fmt: skip
    dash = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    xml = (
        f'<w:p xmlns:w="{NAMESPACE}"><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'
        f"{dash.format('— ')}{field}{dash.format(' —')}</w:p>"
    )
    place = footer._element
    for child in list(place):
        place.remove(child)
    place.append(parse_xml(xml))


def sealed(data: bytes, body: bytes) -> bytes:
    """The same members without the clock's time, with the body in its place.

    As bytes: putting 10,000 rows into the tree of the document, node by node, takes minutes.
    """
    buffer = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as made, ZipFile(buffer, "w", ZIP_DEFLATED) as kept:
        for name in made.namelist():
            info = ZipInfo(name, ZIP_TIME)
            info.compress_type, info.external_attr = ZIP_DEFLATED, 0o600 << 16
            member = made.read(name)
            kept.writestr(info, WAITING.sub(lambda _found: body, member) if name == TEXT else member)
    return buffer.getvalue()
