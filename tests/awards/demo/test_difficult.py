"""What is hard to print comes out as it went in: names whole, titles whole, nothing a box."""

from awards.core.certificate_template import DESIGNS
from awards.demo.difficult import AUTHORS_AND_TITLES, pages
from awards.outputs.design_pictures import COLOURS, sheet_pdf
from awards.pdf import normalise
from awards.wording import quoted
from tests.awards.pdf.reading import assert_sound, lines, poppler_text, texts

ASKED_FOR = "㛃㬎䶮𬱖𫖯昇喆堃犇淼燚骉鑫珺玥翀頔旻·"


def bare(text: str) -> str:
    return "".join(normalise(text).split())


def test_each_name_and_title_copies_out_as_it_was_typed() -> None:
    data = sheet_pdf(pages())
    assert_sound(data)
    found, everything = texts(data), poppler_text(data)
    assert len(found) == len(AUTHORS_AND_TITLES) == 30
    for page, (authors, title) in zip(found, AUTHORS_AND_TITLES, strict=True):
        for text in (*authors, quoted(title)):
            assert bare(text) in page
            assert everything is None or bare(text) in everything


def test_no_name_is_broken_over_two_lines() -> None:
    data = sheet_pdf(pages())
    for at, (authors, _) in enumerate(AUTHORS_AND_TITLES):
        shown = [bare(line) for line in lines(data, at)]
        assert all(any(bare(name) in line for line in shown) for name in authors)


def test_the_sheet_has_what_is_hard() -> None:
    names = "".join(name for authors, _ in AUTHORS_AND_TITLES for name in authors)
    assert set(ASKED_FOR) <= set(names)
    assert any(len(name) == 50 and name.isascii() for authors, _ in AUTHORS_AND_TITLES for name in authors)
    assert any(len(authors) == 3 for authors, _ in AUTHORS_AND_TITLES)


def test_every_design_has_its_picture_in_the_docs() -> None:
    assert set(COLOURS) == set(DESIGNS)
