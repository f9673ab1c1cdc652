"""QR codes on scanned pages, and pages taken out of a scan."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import zxingcpp
from pikepdf import Pdf
from PIL import Image

from competition.inspection import pictures, portable
from competition.inspection.signatures import Family

LONG_SIDE = 2200  # pixels of A4's long side: 188 dpi, at which a symbol of 20 mm has 5 pixels a module
LONGEST_TEXT = 200
INK = 0.001  # share of pixels; one line of print on A4 has five times that


def codes(path: Path, family: Family) -> list[dict[str, object]]:
    """Of each page what its symbols say, and whether it is blank: the back of a sheet."""
    pages = pages_of(path) if family == Family.PDF else iter([picture_of(path, family)])
    return [{"texts": texts_on(page), "is_blank": is_blank(page)} for page in pages]


def is_blank(page: Image.Image) -> bool:
    """Next to no ink, whatever the tone of the paper; specks and the edge of the glass do not count."""
    wide, high = page.size
    inner = page.crop((wide // 20, high // 20, wide - wide // 20, high - high // 20))
    inner.thumbnail((400, 400))
    shades = inner.histogram()
    total, paper = sum(shades), max(range(256), key=shades.__getitem__)
    return sum(shades[: max(paper - 60, 0)]) < INK * total


def pages_of(path: Path) -> Iterator[Image.Image]:
    document = portable.shown(path)
    for leaf in document:
        bitmap = leaf.render(scale=LONG_SIDE / max(leaf.get_size()), grayscale=True)
        yield bitmap.to_pil()
        bitmap.close()
        leaf.close()


def picture_of(path: Path, family: Family) -> Image.Image:
    image = pictures.opened(path, family)
    image.draft("L", (LONG_SIDE * 2, LONG_SIDE * 2))
    pictures.loaded(image)
    image = image.convert("L")
    image.thumbnail((LONG_SIDE * 2, LONG_SIDE * 2))
    return image


def texts_on(page: Image.Image) -> list[str]:
    """Sorted, so that a page reads the same however it lay on the glass."""
    found = zxingcpp.read_barcodes(page, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    return sorted({one.text[:LONGEST_TEXT] for one in found if one.text})


def write_pages(path: Path, pages: Sequence[int], to: Path) -> None:
    """These pages, counted from 1, as a PDF of their own."""
    with portable.opened(path) as whole, Pdf.new() as part:
        for number in pages:
            part.pages.append(whole.pages[number - 1])
        part.remove_unreferenced_resources()
        part.save(to, deterministic_id=True)
