"""Pictures of certificates for the docs: each design, and the sheet of difficult names."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image

from awards.core.certificate_template import DESIGNS, Template
from awards.demo import difficult
from awards.pdf import CertificatePage, certificates_pdf
from awards.services.certificate_designs import designed

DAY = date(2026, 5, 20)
AT = datetime(2026, 5, 20, tzinfo=UTC)
TEMPLATE = Template(
    title="荣誉证书", title_en="Certificate of Award", issuers=("示例市科学技术协会", "示例市教育局"),
    closing="特发此证，以资鼓励。", line="竞赛结果不作为中小学招生入学依据", is_line_on=True, dates="chinese",
)  # fmt: skip
COLOURS = {"classic": "gold-red", "science": "blue", "modern": "green", "ink": "bronze-wine"}
WIDE, SMALL, ACROSS = 560, 240, 5  # pixels of a picture, and of one on the sheet; how many stand beside each other


def sheet_pdf(pages: Sequence[CertificatePage], design: str = "classic") -> bytes:
    template = replace(TEMPLATE, design=design, colours=COLOURS[design])
    return certificates_pdf(designed(template, DAY), pages, at=AT, title=template.title, author="Laurel")


def pictures_of(data: bytes, wide: int) -> Iterator[Any]:
    document = pypdfium2.PdfDocument(data)
    for page in document:
        yield page.render(scale=wide / page.get_width()).to_pil().convert("RGB")
    document.close()


def webp(image: Any, quality: int = 82) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", quality=quality, method=6)
    return out.getvalue()


def design_pictures() -> dict[str, bytes]:
    """File name to bytes, one for each design that is shipped."""
    first = difficult.pages()[18:19]
    return {f"design-{design}.webp": webp(next(pictures_of(sheet_pdf(first, design), WIDE))) for design in DESIGNS}


def contact_sheet(data: bytes) -> bytes:
    """All pages small, in rows."""
    small = list(pictures_of(data, SMALL))
    wide, high = small[0].size
    whole = Image.new("RGB", (ACROSS * wide, -(-len(small) // ACROSS) * high), "white")
    for place, picture in enumerate(small):
        whole.paste(picture, (place % ACROSS * wide, place // ACROSS * high))
    return webp(whole, 60)
