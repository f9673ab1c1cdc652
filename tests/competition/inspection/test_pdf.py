"""PDF files: what is fine, what runs, what explodes, what is broken."""

import random

import pikepdf
import pytest

from competition.inspection import FileKind, Unfit
from tests.competition.inspection import samples
from tests.competition.inspection.conftest import rounds
from tests.competition.inspection.samples import Name, String


def test_pages_are_counted_and_limited(looked):
    assert looked(samples.pdf(), max_pages=2).pages == 2
    unfit = looked(samples.pdf(), max_pages=1)
    assert (unfit.code, unfit.facts) == ("too-many-pages", {"found": 2, "most": 1})


def test_a_password_is_refused_and_a_ban_on_printing_is_not(code_of):
    assert code_of(samples.encrypted_pdf("secret")) == "encrypted"
    assert code_of(samples.encrypted_pdf("")) == ""


@pytest.mark.parametrize("where", ["/OpenAction", "annotation", "page", "names", "next"])
def test_javascript_is_found_wherever_it_hangs(looked, where):
    unfit = looked(samples.pdf_with_javascript(where))
    assert (unfit.code, unfit.facts) == ("has-script", {"found": "JavaScript"})


@pytest.mark.parametrize(
    ("action", "code"),
    [
        ({"/S": Name.Launch, "/F": String("cmd")}, "has-script"),
        ({"/S": Name.ImportData, "/F": String("x")}, "has-script"),
        ({"/S": Name.Rendition, "/JS": String("x")}, "has-script"),
        ({"/S": Name.URI, "/URI": String(" JavaScript:x()")}, "has-script"),
        ({"/S": Name.URI, "/URI": String("page")}, ""),
        ({"/S": Name.SubmitForm}, ""),
    ],
)
def test_only_actions_that_run_something_are_refused(code_of, action, code):
    assert code_of(samples.pdf_with_action(action, "annotation")) == code


def test_javascript_in_compressed_objects_and_odd_spelling_is_found(code_of):
    packed = samples.changed_pdf(
        lambda book: book.Root.__setattr__(
            "OpenAction", book.make_indirect(pikepdf.Dictionary(S=Name.JavaScript, JS=String("1")))
        ),
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    assert b"JavaScript" not in packed
    assert code_of(packed) == "has-script"
    plain = samples.pdf_with_javascript()
    assert code_of(plain.replace(b"/JavaScript", b"/Java#53cript")) == "has-script"


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("plan.txt", b"water the plants", ""),
        ("data.csv", b"", ""),
        ("game.exe", b"anything", "has-script"),
        ("macro.docm", b"PK", "has-script"),
        ("plan.txt", b"MZ\x90\0", "has-script"),
        ("plan.txt", b"\x7fELF\x02", "has-script"),
    ],
)
def test_an_attachment_may_be_data_but_no_program(code_of, name, data, code):
    assert code_of(samples.pdf_with_attachment(name, data)) == code


def test_a_form_with_a_script_is_refused(code_of):
    assert code_of(samples.pdf_with_xfa("<script>x</script>")) == "has-script"
    assert code_of(samples.pdf_with_xfa("<field/>")) == ""


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_a_pdf_that_was_cut_off_is_broken(code_of, share):
    data = samples.pdf()
    assert code_of(data[: int(len(data) * share)]) == "broken"


def test_a_pdf_with_a_wrong_table_is_mended_as_readers_do(looked):
    assert looked(samples.pdf().replace(b"startxref", b"startxxxx")).pages == 2


def test_a_pdf_without_pages_is_broken(code_of):
    def change(book: pikepdf.Pdf) -> None:
        while len(book.pages):
            del book.pages[0]

    assert code_of(samples.changed_pdf(change)) == "broken"


def test_a_stream_that_unpacks_too_far_is_a_bomb(code_sent):
    assert code_sent(samples.pdf_with_stream_of(20 << 20)) == ""
    assert code_sent(samples.pdf_with_stream_of(200 << 20)) == "bomb"


def test_streams_inside_streams_are_a_bomb(code_sent):
    data = samples.pdf_of_streams_in_streams(512 << 20)
    assert len(data) < 20_000
    assert code_sent(data) == "bomb"


def test_a_picture_of_ten_thousand_million_pixels_is_a_bomb(code_of):
    assert code_of(samples.pdf_with_picture_of(100_000, 100_000)) == "bomb"
    assert code_of(samples.pdf_with_picture_of(9933, 14043)) == ""


def test_a_damaged_page_is_shown_as_readers_do(code_of):
    """One stream that cannot be unpacked: the pages are still there."""
    data = samples.pdf_with_stream_of(20 << 20)
    at = data.index(b"stream") + 60
    assert code_of(data[:at] + b"\xff" * 8 + data[at + 8 :]) == ""


def test_any_damage_ends_in_an_answer(sent):
    """Bytes changed at random: `Inspected` or `Unfit`, nothing else."""
    chance, whole = random.Random(7), samples.pdf_with_remarks()
    for _ in range(rounds(6)):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 40)):
            data[chance.randrange(9, len(data))] = chance.randrange(256)
        found = sent(bytes(data))
        assert isinstance(found, Unfit) or found.kind is FileKind.PDF
