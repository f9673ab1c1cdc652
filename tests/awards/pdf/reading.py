"""Reading PDFs back in tests, with libraries from pip; Debian's tools are asked as well where they are."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from pathlib import Path

import pikepdf
import pypdfium2
from page import validate_pdf_bytes
from pikepdf import pdfa
from PIL import Image


def texts(data: bytes) -> list[str]:
    """Text of each page, without white space."""
    document = pypdfium2.PdfDocument(data)
    return ["".join(page.get_textpage().get_text_range().split()) for page in document]


def lines(data: bytes, page: int = 0) -> list[str]:
    """Lines of text of a page as they copy out."""
    return pypdfium2.PdfDocument(data)[page].get_textpage().get_text_range().splitlines()


def image(data: bytes, page: int = 0, scale: float = 3.0) -> Image.Image:
    """A page as a picture; scale 1 is 72 dots to the inch."""
    return pypdfium2.PdfDocument(data)[page].render(scale=scale).to_pil().convert("RGB")


def fonts(data: bytes) -> dict[str, pikepdf.Dictionary]:
    """Base font name to font dictionary, over all pages."""
    found = {}
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            for font in page.resources.Font.values():
                found[str(font.BaseFont)] = {
                    "subtype": str(font.Subtype),
                    "file": font.DescendantFonts[0].FontDescriptor.get("/FontFile3") is not None,
                    "unicode": font.get("/ToUnicode") is not None,
                    "program": bytes(font.DescendantFonts[0].FontDescriptor.FontFile3.read_bytes()),
                }
    return found


_PAINT = {"q", "Q", "cm", "w", "d", "J", "W", "RG", "rg", "re", "m", "l", "c", "h", "S", "f", "n", "Do", "INLINE IMAGE"}
_TEXT = {"BT", "ET", "Tf", "Tm", "Tj", "Tc", "Tr", "BMC", "BDC", "EMC"}


def assert_sound(data: bytes) -> None:
    """The file is well formed, fit for an archive, knows only our operators, and its fonts are embedded subsets that
    copy out."""
    assert_archival(data)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert pdf.check_pdf_syntax() == []
        for page in pdf.pages:
            drawn = page.resources.get("/XObject", {}).values()
            streams = [page, *(one for one in drawn if one["/Subtype"] != "/Image")]
            found = {str(operator) for one in streams for _, operator in pikepdf.parse_content_stream(one)}
            assert found <= _PAINT | _TEXT
    for name, font in fonts(data).items():
        assert font["file"], name
        assert font["unicode"], name
        assert name[7] == "+", name
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.pdf"
        path.write_bytes(data)
        if shutil.which("qpdf"):
            subprocess.run(["qpdf", "--check", str(path)], check=True, capture_output=True)
        if shutil.which("pdffonts"):
            answer = subprocess.run(["pdffonts", str(path)], check=True, capture_output=True, text=True)
            assert answer.stderr == ""
            for row in answer.stdout.splitlines()[2:]:
                assert row.split()[-5:-2] == ["yes", "yes", "yes"], row


def assert_archival(data: bytes) -> None:
    """The file is PDF/A-2u."""
    assert broken_rules(data) == []


def broken_rules(data: bytes, thorough: bool = True) -> list[str]:
    """What two validators of PDF/A-2u find. The second approves only what it knows, and knows 2b, which differs in
    the copying out that the first has looked at.

    thorough   ask the second as well, which takes a second for some hundred pages
    """
    found = [f"{one.rule_id}: {one.message}" for one in validate_pdf_bytes(data, profile="2u").failures]
    if thorough:
        with pikepdf.open(io.BytesIO(data), inherit_page_attributes=False) as pdf:
            packet = pdf.Root.get("/Metadata")
            if packet is not None:
                packet.write(packet.read_bytes().replace(b"conformance>U<", b"conformance>B<"))
            found += [str(one) for one in pdfa.check(pdf, "2b").findings]
    return found


def poppler_text(data: bytes) -> str | None:
    """The whole text as poppler sees it, without white space; None where poppler is not installed."""
    if not shutil.which("pdftotext"):
        return None
    answer = subprocess.run(["pdftotext", "-", "-"], input=data, check=True, capture_output=True)
    return "".join(answer.stdout.decode().split())
