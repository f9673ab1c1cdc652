"""Text and previews, page by page."""

import io

import pikepdf
import pytest
from PIL import Image

from competition.inspection import FileKind, Unfit, page_texts, preview
from tests.competition.inspection import samples

pytestmark = pytest.mark.usefixtures("in_process")


@pytest.mark.parametrize(
    ("data", "kind", "pages"),
    [
        (samples.pdf(), "pdf", ["火星种植箱的设计", "second page"]),
        (samples.docx(samples.paragraph("一") + samples.paragraph("二")), "word", ["一\n二"]),
        (samples.pptx(("封面", "第二页")), "slides", ["封面", "第二页"]),
        (samples.xlsx(), "sheet", ["姓名\n分数\n样本", "第二张\n看这里"]),
        (samples.doc("火星种植箱\rsecond"), "word", ["火星种植箱\nsecond"]),
        (samples.ppt("封面", slides=1), "slides", ["封面"]),
        (samples.jpeg(), "image", []),
    ],
)
def test_page_texts_by_kind(kept, data, kind, pages):
    assert page_texts(kept(data), FileKind(kind)) == pages


def test_texts_and_previews_are_made_by_a_child(kept, monkeypatch):
    monkeypatch.undo()
    assert page_texts(kept(samples.pdf()), FileKind.PDF) == ["火星种植箱的设计", "second page"]
    assert page_texts(kept(samples.docx("<w:p><w:r><w:t>\N{SNOWMAN}</w:t></w:r></w:p>")), FileKind.WORD) == ["☃"]
    assert shown(preview(kept(samples.jpeg()), FileKind.IMAGE, 1)).size == (60, 40)


def test_characters_beyond_the_first_plane_survive(kept):
    assert page_texts(kept(samples.docx(samples.paragraph("𬱖𫖯"))), FileKind.WORD) == ["𬱖𫖯"]


def test_what_stands_beside_a_document_is_read(kept):
    head = f'<w:hdr xmlns:w="{samples.W}">{samples.paragraph("某某中学")}</w:hdr>'
    data = samples.docx(extra={"word/header1.xml": head}, related=(("r1", "header", "header1.xml"),))
    assert page_texts(kept(data), FileKind.WORD) == ["火星种植箱\n某某中学"]


def test_what_a_layout_prints_is_read_and_what_it_asks_for_is_not(kept):
    assert page_texts(kept(samples.pptx(("封面",), layout="某某中学")), FileKind.SLIDES) == ["封面\n某某中学"]


def test_notes_and_fields_of_a_pdf_are_read(kept):
    def change(book: pikepdf.Pdf) -> None:
        field = pikepdf.Dictionary(
            Type=samples.Name.Annot, Subtype=samples.Name.Widget, Rect=[0, 0, 9, 9], V=samples.String("李明")
        )
        fields = pikepdf.Array([book.make_indirect(field)])
        book.pages[1].Annots = fields
        book.Root.AcroForm = pikepdf.Dictionary(Fields=fields)

    assert page_texts(kept(samples.changed_pdf(change)), FileKind.PDF) == ["火星种植箱的设计", "second page\n李明"]


def test_text_of_a_file_that_is_not_of_its_kind_is_refused(kept):
    with pytest.raises(Unfit) as caught:
        page_texts(kept(b"<html>"), FileKind.PDF)
    assert caught.value.code == "unknown-kind"


def shown(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    assert image.format == "WEBP"
    return image


def test_preview_shows_a_page(kept):
    path = kept(samples.pdf())
    first, second = (shown(preview(path, FileKind.PDF, page, 400)) for page in (1, 2))
    assert first.size == (400, 566) and first.convert("L").getextrema()[0] < 100
    assert first.tobytes() != second.tobytes()


@pytest.mark.parametrize(("kind", "page"), [("pdf", 0), ("pdf", 3), ("image", 2)])
def test_preview_of_a_page_that_is_not_there(kept, kind, page):
    with pytest.raises(Unfit) as caught:
        preview(kept(samples.pdf() if kind == "pdf" else samples.jpeg()), FileKind(kind), page)
    assert caught.value.code == "no-such-page"


@pytest.mark.parametrize(("turn", "size"), [(1, (30, 20)), (6, (30, 45))])
def test_preview_of_a_picture_is_upright_and_never_wider_than_asked(kept, turn, size):
    image = shown(preview(kept(samples.jpeg(turn)), FileKind.IMAGE, 1, 30))
    assert image.size == size and not image.getexif()


@pytest.mark.parametrize("mode", ["P", "LA", "I;16", "1", "L", "RGBA"])
def test_preview_of_every_mode(kept, mode):
    assert shown(preview(kept(samples.saved("PNG", Image.new(mode, (60, 40)))), FileKind.IMAGE, 1, 30)).size == (30, 20)


def test_a_long_page_does_not_fill_memory(kept):
    def change(book: pikepdf.Pdf) -> None:
        book.pages[0].MediaBox = pikepdf.Array([0, 0, 10, 14400])

    image = shown(preview(kept(samples.changed_pdf(change)), FileKind.PDF, 1, 1200))
    assert image.height <= 4800


def test_kinds_without_a_preview_are_refused(kept):
    with pytest.raises(Unfit) as caught:
        preview(kept(samples.docx()), FileKind.WORD, 1)
    assert caught.value.code == "kind-not-allowed"


def test_an_encrypted_pdf_has_no_preview(kept):
    with pytest.raises(Unfit) as caught:
        preview(kept(samples.encrypted_pdf()), FileKind.PDF, 1)
    assert caught.value.code == "encrypted"
