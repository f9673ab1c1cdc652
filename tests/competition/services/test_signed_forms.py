"""Signed forms: recognised by their codes, attached to their entries."""

import io
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from pikepdf import Pdf
from PIL import Image, ImageDraw

from awards.outputs.entry_papers import entry_form_pdf
from competition import files
from competition.inspection import ScanPage, page_codes
from competition.models import Entry, SignedForm
from competition.services.correcting import correct_entry, reading_digest, wanted_of
from competition.services.entering import submit_entry, take_up_entry, withdraw_entry
from competition.services.papers import keep_paper
from competition.services.signed_forms import attach_by_hand, attach_scan, attach_signed_form, runs_of
from competition.states import ContestState
from competition.views.entering import signed_facts
from tests.factories.entering import NOW, again, handed_in, put, recorded, refusal, ruled


def printed(entry: Entry) -> bytes:
    return entry_form_pdf(entry, entry.submissions.latest("version"))


def scanned(*forms: bytes, turn: int = 0, dpi: int = 150) -> bytes:
    """The pages of printed forms as a scanner gives them: grey pictures in a PDF."""
    pages = []
    for form in forms:
        for page in pypdfium2.PdfDocument(form):
            image = page.render(scale=dpi / 72, grayscale=True).to_pil().rotate(turn, fillcolor=255, expand=True)
            pages.append(image)
    made = io.BytesIO()
    pages[0].save(made, "PDF", save_all=True, append_images=pages[1:], resolution=dpi)
    return made.getvalue()


def sent(made, data: bytes, *, by: str = "office", name: str = "scan.pdf"):
    scan = keep_paper(name=name, chunks=[data], at=NOW)
    entries = Entry.objects.visible_to(made[by])
    return attach_scan(scan=scan, find=lambda key: entries.filter(key=key).first(), by=made[by], at=NOW)


def blank() -> bytes:
    made = io.BytesIO()
    Image.new("L", (1240, 1754), 255).save(made, "PDF", resolution=150)
    return made.getvalue()


def test_a_pile_finds_its_entries(made):
    first, second = handed_in(made, "浇花器"), handed_in(made, "风车")
    with recorded("form.signed", "form.signed"):
        found = sent(made, scanned(printed(first), printed(second)))
    assert [(one.entry, one.denial) for one in found] == [(first, None), (second, None)]
    papers = [entry.signed_forms.get().file for entry in (first, second)]
    assert len({one.sha256 for one in papers}) == 2
    codes = [page_codes(files.path_of(one.sha256), "pdf")[0].texts[0] for one in papers]
    assert [one.split("/")[1].lower() for one in codes] == [first.key, second.key]


@pytest.mark.parametrize("turn", [90, 180, 3])
def test_a_page_may_lie_askew(made, turn):
    entry = handed_in(made)
    (found,) = sent(made, scanned(printed(entry), turn=turn))
    assert found.denial is None


def test_a_photo_is_read_too(made):
    entry = handed_in(made)
    image = pypdfium2.PdfDocument(printed(entry))[0].render(scale=2.5).to_pil()
    made_ = io.BytesIO()
    image.save(made_, "JPEG", quality=80)
    (found,) = sent(made, made_.getvalue(), name="photo.jpg")
    assert (found.entry, found.denial) == (entry, None)


def test_a_blank_page_belongs_to_the_one_before(made):
    entry = handed_in(made)
    (found,) = sent(made, scanned(printed(entry), blank()))
    assert (found.pages, found.denial) == ((1, 2), None)
    (paper,) = entry.signed_forms.all()
    assert paper.file.pages == 2


def test_a_scan_without_any_code_is_said(made):
    handed_in(made)
    (found,) = sent(made, scanned(blank()))
    assert found.denial.code == "no-form-code"
    assert not SignedForm.objects.exists()


def test_what_was_handed_in_anew_is_signed_anew(made):
    entry = handed_in(made)
    old = printed(entry)
    school = made.teacher("晴川一中")
    withdraw_entry(entry=entry, by=school, at=NOW)
    take_up_entry(entry=again(entry), by=school, at=NOW)
    submit_entry(entry=put(entry, title="自动浇花器"), by=school, at=NOW)
    (found,) = sent(made, scanned(old))
    assert found.denial.code == "form-out-of-date"
    (found,) = sent(made, scanned(printed(again(entry))))
    assert found.denial is None


def test_nobody_attaches_to_another_schools_entry(made):
    entry = handed_in(made, school="西山中学", authors=[{"name": "孙小", "grade": 5}])
    (found,) = sent(made, scanned(printed(entry)), by="晴川一中")
    assert (found.entry, found.denial.code) == (None, "form-of-nobody")


def test_a_forged_mark_is_of_nobody(made):
    entry = handed_in(made)
    last = entry.submissions.get()
    last.digest = "sha256:" + "f" * 64
    forged = entry_form_pdf(entry, last)
    (found,) = sent(made, scanned(forged))
    assert found.denial.code == "form-of-nobody"


def test_after_judging_no_form_is_taken(made):
    entry = handed_in(made)
    paper = keep_paper(name="a.pdf", chunks=[scanned(printed(entry))], at=NOW)
    ruled(made, state=ContestState.DECISION)
    entry = again(entry)
    with refusal("wrong-state"):
        attach_signed_form(entry=entry, submission=entry.submissions.get(), paper=paper, by=made["office"], at=NOW)


CODE = "LF/ABCDEFGHIJKLMNOPQRSTUVWX27/1/0A1B2C3D"
OTHER = CODE.replace("/1/", "/2/")


def runs(*pages: tuple[str, ...] | None) -> list[tuple[int, ...]]:
    """None is a blank page."""
    found = runs_of([ScanPage(one or (), one is None) for one in pages])
    return [numbers for numbers, _codes in found]


def test_two_pages_of_one_code_are_one_form():
    assert runs((CODE,), (CODE, "x"), (OTHER,)) == [(1, 2), (3,)]


def test_a_blank_back_belongs_to_its_sheet():
    assert runs((CODE,), None, (OTHER,), None) == [(1, 2), (3, 4)]
    assert runs(None, (CODE,)) == [(2,)]
    assert runs(None) == [(1,)]


def test_a_page_without_a_code_is_nobodys():
    """It may be another child's form whose code was stained."""
    assert runs((CODE,), (), (OTHER,)) == [(1,), (2,), (3,)]


def stained(form: bytes) -> bytes:
    """A scan whose code is under a stamp."""
    image = pypdfium2.PdfDocument(form)[0].render(scale=150 / 72, grayscale=True).to_pil()
    ImageDraw.Draw(image).rectangle([image.width * 3 // 4, image.height * 7 // 8, image.width, image.height], fill=90)
    file = io.BytesIO()
    image.save(file, "PDF", resolution=150)
    return file.getvalue()


def test_the_form_of_another_school_is_not_attached_to_the_one_before(made):
    first = handed_in(made)
    other = handed_in(made, "风车", "西山中学", authors=[{"name": "孙小", "grade": 5}])
    found = sent(made, scanned(printed(first), stained(printed(other))))
    assert [one.denial.code if one.denial else "" for one in found] == ["", "no-form-code"]
    assert first.signed_forms.get().file.pages == 1
    assert not other.signed_forms.exists()


def test_two_forms_on_one_page_are_attached_to_neither(made):
    forms = [printed(handed_in(made, title)) for title in ("浇花器", "风车")]
    images = [pypdfium2.PdfDocument(one)[0].render(scale=2, grayscale=True).to_pil() for one in forms]
    both = Image.new("L", (images[0].width * 2, images[0].height), 255)
    for at, image in enumerate(images):
        both.paste(image, (at * image.width, 0))
    file = io.BytesIO()
    both.save(file, "JPEG", quality=90)
    (found,) = sent(made, file.getvalue(), name="both.jpg")
    assert found.denial.code == "several-form-codes"
    assert not SignedForm.objects.exists()


def test_the_same_pile_again_attaches_nothing_twice(made):
    entry = handed_in(made)
    pile = scanned(printed(entry))
    for _ in range(2):
        sent(made, pile)
    assert entry.signed_forms.count() == 1


def by_hand(made, entry: Entry, data: bytes) -> SignedForm:
    scan = keep_paper(name="a.pdf", chunks=[data], at=NOW)
    return attach_by_hand(entry=entry, scan=scan, by=made["office"], at=NOW)


def test_by_hand_the_form_of_another_entry_is_refused(made):
    entry, other = handed_in(made, "浇花器"), handed_in(made, "风车")
    scan = keep_paper(name="a.pdf", chunks=[scanned(printed(other))], at=NOW)
    with refusal("form-of-other"):
        attach_by_hand(entry=entry, scan=scan, by=made["office"], at=NOW)
    assert by_hand(made, entry, scanned(blank())).entry == entry


def test_what_was_never_handed_in_has_no_form(made):
    entry = put(handed_in(made), number="X1")
    entry.submissions.all().delete()
    scan = keep_paper(name="a.pdf", chunks=[blank()], at=NOW)
    with refusal("not-handed-in"):
        attach_by_hand(entry=entry, scan=scan, by=made["office"], at=NOW)


def test_a_form_prints_what_was_handed_in_and_nothing_since(made):
    entry = handed_in(made)
    put(entry, title="改过的题目")
    text = pypdfium2.PdfDocument(printed(entry))[0].get_textpage().get_text_range()
    assert "浇花器" in text
    assert "改过的题目" not in text


def test_an_uploaded_program_is_no_scan(made, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with refusal("file-unfit"):
        keep_paper(name="scan.pdf", chunks=[b"MZ\x90\x00" + b"\0" * 500], at=NOW)
    assert not list((Path(files.part_of("x")).parent).glob("*"))


def test_the_code_is_on_every_page(made):
    entry = handed_in(made, abstract="很长的简介。" * 80)
    with Pdf.open(io.BytesIO(printed(entry))) as pdf:
        pages = len(pdf.pages)
    scan = keep_paper(name="a.pdf", chunks=[printed(entry)], at=NOW)
    assert [bool(one.texts) for one in page_codes(files.path_of(scan.sha256), "pdf")] == [True] * pages


def test_what_the_office_corrects_is_not_signed_anew(made):
    entry = handed_in(made)
    sent(made, scanned(printed(entry)))
    now = wanted_of(entry)
    correct_entry(entry=entry, wanted=replace(now, title="自动浇花器"), seen=reading_digest(entry), reason="来函",
                  request=None, by=made["office"], at=NOW)  # fmt: skip
    entry = again(entry)
    assert entry.handed_in_version == 1
    assert signed_facts(entry)["signed_fits"]
    (found,) = sent(made, scanned(printed(entry), dpi=160))  # printed after the correction: that will do as well
    assert found.denial is None
