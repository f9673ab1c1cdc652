"""An uploaded background under the text: as vectors where it is a PDF, whole, stretched to the paper."""

import io
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import pikepdf
from PIL import Image

from awards.pdf.archival import without_claim
from competition import files
from competition.inspection import FileKind, judge_copy
from competition.models import StoredFile

DOTS = 300  # an inch: more is not printed


def laid_under(data: bytes, backgrounds: Sequence[StoredFile | None]) -> bytes:
    """The certificates with a background in the place of the line work of each part. Equal data give equal bytes.

    backgrounds   of the parts of the file in their order; None: that part stays as it is
    """
    if not any(backgrounds):
        return data
    with pikepdf.open(io.BytesIO(data)) as pdf:
        forms: Any = pdf.pages[0].resources["/XObject"]
        for place, file in enumerate(backgrounds):
            if file is not None:
                put_into(pdf, forms[f"/B{place or ''}"], page_bytes(file.sha256, file.kind))
        packet: Any = pdf.Root.Metadata
        packet.write(without_claim(packet.read_bytes()))
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()


def put_into(pdf: pikepdf.Pdf, form: Any, page: bytes) -> None:
    with pikepdf.open(io.BytesIO(page)) as source:
        drawn: Any = pdf.copy_foreign(source.pages[0].as_form_xobject())
    left, bottom, right, top = (float(edge) for edge in drawn.BBox)
    if "/Matrix" in drawn:  # a page that is turned: its edges after turning
        a, b, c, d, e, f = (float(part) for part in drawn.Matrix)
        corners = [(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (bottom, top)]
        left, right = min(x for x, _ in corners), max(x for x, _ in corners)
        bottom, top = min(y for _, y in corners), max(y for _, y in corners)
    wide, high = float(form.BBox[2]), float(form.BBox[3])
    x, y = wide / (right - left), high / (top - bottom)
    form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=drawn))
    form.write(f"{x:.5f} 0 0 {y:.5f} {-left * x:.3f} {-bottom * y:.3f} cm /P Do\n".encode())


@lru_cache(maxsize=4)
def page_bytes(sha256: str, kind: str) -> bytes:
    """The first page as a PDF. Foreign bytes are written again by a child before the server reads them; once, however
    many files it lies under."""
    clean = judge_copy(files.path_of(sha256), FileKind(kind))
    if kind == FileKind.PDF:
        return clean
    out = io.BytesIO()
    with Image.open(io.BytesIO(clean)) as picture:
        flat = Image.new("RGB", picture.size, "white")
        whole = picture.convert("RGBA")
        flat.paste(whole, mask=whole.getchannel("A"))
    flat.save(out, "PDF", resolution=DOTS, quality=90)
    return out.getvalue()
