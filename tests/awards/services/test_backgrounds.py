"""The office's own paper: under the text in the preview, printed only where somebody chose so."""

import io
from dataclasses import replace

import numpy as np
import pikepdf
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from awards.models import Templates
from awards.outputs.template_previews import Shown, calibration_page, preview_png
from awards.services.certificates import print_certificates
from awards.states import PrintedAs
from competition.services.papers import keep_paper
from tests.awards.pdf.reading import image, texts
from tests.factories.certifying import NOW, certified, saved
from tests.factories.noticing import office_of

pytestmark = pytest.mark.django_db
GREEN = (0, 160, 60)


def green_paper(kind: str) -> bytes:
    """A frame of green, on paper of another size than A4."""
    out = io.BytesIO()
    if kind == "pdf":
        canvas = Canvas(out, pagesize=(600, 400), invariant=1)
        canvas.setStrokeColorRGB(*(part / 255 for part in GREEN))
        canvas.setLineWidth(40)
        canvas.rect(0, 0, 600, 400)
        canvas.save()
        return out.getvalue()
    picture = Image.new("RGB", (600, 400), GREEN)
    picture.paste((255, 255, 255), (20, 20, 580, 380))
    picture.save(out, "PNG")
    return out.getvalue()


def says_archival(data: bytes) -> bool:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return b"pdfaid" in pdf.Root.Metadata.read_bytes()


def green(picture: Image.Image) -> int:
    pixels = np.asarray(picture.convert("RGB")).astype(int)
    return int((np.abs(pixels - GREEN).sum(axis=2) < 60).sum())


@pytest.mark.parametrize("kind", ["pdf", "png"])
def test_a_background_is_the_design_only_where_it_is_chosen_and_never_on_its_own_paper(kind):
    contest = certified()
    office, base = office_of(contest), Templates(contest).of("")
    paper = keep_paper(name=f"x.{kind}", chunks=[green_paper(kind)], at=NOW)
    saved(contest, office, base, background=paper)
    ours = print_certificates([contest])
    assert green(image(ours, scale=1)) == 0
    assert says_archival(ours)
    saved(contest, office, replace(base, prints_background=True), background=paper)
    data = print_certificates([contest])
    assert data == print_certificates([contest])
    assert green(image(data, scale=1)) > 10_000
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.check_pdf_syntax() == []
    assert not says_archival(data)  # what others drew is not ours to vouch for
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.pages) == contest.certificates.filter(state="valid").count()
    first = contest.certificates.order_by("serial").first()
    assert any(first.number in page and "荣誉证书" in page for page in texts(data))
    assert green(image(print_certificates([contest], printed_as=PrintedAs.STOCK), scale=1)) == 0


def test_the_preview_shows_the_paper_under_the_text_and_the_text_over_it():
    contest = certified()
    template = Templates(contest).of("")
    paper = keep_paper(name="x.pdf", chunks=[green_paper("pdf")], at=NOW)

    def seen(printed_as, background):
        data = preview_png(contest, Shown("author"), template, background, printed_as)
        return Image.open(io.BytesIO(data)).convert("RGB")

    bare, under = seen(PrintedAs.STOCK, None), seen(PrintedAs.STOCK, paper)
    assert green(bare) == 0 < green(under)
    dark = np.asarray(bare).max(axis=2) < 90
    assert dark.sum() > 1000 and (np.asarray(under).max(axis=2)[dark] < 170).all()
    assert green(seen(PrintedAs.PLAIN, paper)) == 0


@pytest.mark.parametrize("kind", ["author", "tutor", "school", "unit", "title", "attendance"])
def test_every_kind_has_a_preview_on_real_and_on_the_longest_data(kind):
    contest = certified()
    template = Templates(contest).of("")
    for is_longest in (False, True):
        data = preview_png(contest, Shown(kind, is_longest=is_longest), template, None, PrintedAs.PLAIN)
        assert Image.open(io.BytesIO(data)).size == (1100, 778)


def test_the_calibration_page_is_of_the_longest_data_without_names():
    contest = certified()
    shown = Shown("author", is_longest=True)
    data = calibration_page(contest, shown, Templates(contest).of(""))
    assert data == calibration_page(contest, shown, Templates(contest).of(""))
    assert len(texts(data)) == 1
