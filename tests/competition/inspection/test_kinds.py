"""What a file is, by its content, and the cheap refusals that start no child."""

import hashlib

import pytest

from competition.inspection import CODES, FileKind, Inspected, Limits, Unfit, inspect_file, media_type, outside
from competition.inspection.signatures import Family, is_program, signature_of
from tests.competition.inspection import samples

PICTURE_OR_PDF = frozenset({FileKind.IMAGE, FileKind.PDF})


@pytest.fixture
def no_child(monkeypatch):
    def never(*_, **__):
        raise AssertionError("a child was started")

    monkeypatch.setattr(outside, "run", never)


def test_inspect_file_tells_size_and_digest(looked):
    data = samples.pdf()
    assert looked(data) == Inspected(
        FileKind.PDF, "application/pdf", len(data), hashlib.sha256(data).hexdigest(), pages=2
    )


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty-file"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "unknown-kind"),
        (b"<html>%PDF-1.7 two readers, two files", "unknown-kind"),
        (b'<svg xmlns="x"><script>1</script></svg>', "unknown-kind"),
        (b"\xef\xbb\xbf <?xml version='1.0'?>", "unknown-kind"),
        (b"MZ" + bytes(60) + b"%PDF-1.4", "unknown-kind"),
        (b"#!/bin/sh\n%PDF-1.4", "unknown-kind"),
        (b"{\\rtf1 letter}", "unknown-kind"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "unknown-kind"),
        (b"\0\0\0\x18ftypM4A \0\0\0\0", "unknown-kind"),
        (b"hello, world", "unknown-kind"),
        (b"\0", "unknown-kind"),
        (b"\x1a\x45\xdf\xa3 webm", "kind-not-allowed"),
        (bytes(2048) + b"%PDF-1.4", "unknown-kind"),
    ],
)
def test_what_the_first_bytes_refuse_starts_no_child(code_sent, no_child, data, code):
    assert code_sent(data, kinds=PICTURE_OR_PDF) == code


def test_a_large_file_starts_no_child(sent, no_child):
    unfit = sent(samples.pdf(), most=100)
    assert (unfit.code, unfit.facts["most"]) == ("too-large", 100)


@pytest.mark.parametrize(
    ("data", "found"), [(b"MZ" + bytes(100), "exe"), (b"<!DOCTYPE html>", "html"), (b"{\\rtf1 x}", "rtf"), (b"zzz", "")]
)
def test_an_unknown_file_is_named_where_it_can_be(looked, data, found):
    assert looked(data).facts == {"found": found}


@pytest.mark.parametrize("name", ["report.pdf", "photo.jpg", "论文.docx"])
def test_the_name_is_never_asked(kept, name):
    with pytest.raises(Unfit) as caught:
        inspect_file(kept(b"<html><script>1</script>", name), Limits(frozenset(FileKind), 1000))
    assert caught.value.code == "unknown-kind"
    assert inspect_file(kept(samples.saved("PNG"), name), Limits(frozenset(FileKind), 1000)).kind is FileKind.IMAGE


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (samples.docx(), "word"), (samples.xlsx(), "sheet"), (samples.pptx(), "slides"),
        (samples.doc(), "word"), (samples.xls(), "sheet"), (samples.ppt(), "slides"),
        (samples.pdf(), "pdf"), (samples.jpeg(), "image"),
    ],
)  # fmt: skip
def test_a_kind_that_is_not_allowed_is_refused(looked, data, kind):
    unfit = looked(data, kinds=frozenset(FileKind) - {FileKind(kind)})
    assert (unfit.code, unfit.facts) == ("kind-not-allowed", {"kind": kind})
    assert looked(data, kinds=frozenset({FileKind(kind)})).kind == kind


def test_rubbish_before_a_pdf_is_forgiven_as_readers_do(looked):
    assert looked(b"\xef\xbb\xbf\r\n" + samples.pdf()).kind is FileKind.PDF


def test_signature_of_tells_how_a_file_is_built():
    assert signature_of(samples.saved("WEBP")).family is Family.WEBP
    assert signature_of(b"\0\0\0\x14ftypqt  ").media_type == "video/quicktime"
    assert signature_of(b"\0\0\0\x14ftypisom").media_type == "video/mp4"
    assert signature_of(b"\0\0\0\x14ftypavif") is None


def test_media_type_is_told_where_the_first_bytes_do():
    assert media_type(samples.jpeg()) == "image/jpeg"
    assert media_type(samples.docx()) == media_type(b"?") == ""


@pytest.mark.parametrize("name", ["a.exe", "A.EXE", "报告.pdf.js", "x.scr ", "x.bat.", "y.docm", "setup.msi"])
def test_is_program_by_name(name):
    assert is_program(name, b"")


@pytest.mark.parametrize("name", ["a.txt", "data.csv", "exe", "plan.docx", "app.xml", "picture.svg", "index.html"])
def test_is_program_leaves_documents_alone(name):
    assert not is_program(name, b"%PDF")


def test_is_program_by_first_bytes():
    assert is_program("a.txt", b"MZ\x90") and is_program("a.txt", b"\x7fELF") and is_program("", b"#!/bin/sh")


def test_every_code_that_the_room_raises_is_listed():
    """The page that shows refusals has a sentence for each of CODES, so no other may be raised."""
    import re
    from pathlib import Path

    room = Path(outside.__file__).parent
    raised = {
        code for file in room.glob("*.py") for code in re.findall(r'Unfit\(\s*"([a-z-]+)"', file.read_text("utf-8"))
    }
    assert raised <= CODES
    assert CODES - raised <= {"took-too-much-memory", "encrypted", "broken"}
