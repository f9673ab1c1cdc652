"""Office documents, of today and of yesterday: what they are, what runs, what calls out, what explodes."""

import io
import random
import struct
import zipfile

import pytest

from competition.inspection import FileKind, Unfit
from competition.inspection.zipped import Relation, resolved
from tests.competition.inspection import samples
from tests.competition.inspection.conftest import rounds

MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
DECOY = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("data", "kind", "media", "pages"),
    [
        (samples.docx(), "word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", None),
        (samples.xlsx(), "sheet", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", 2),
        (samples.pptx(), "slides", "application/vnd.openxmlformats-officedocument.presentationml.presentation", 2),
        (samples.doc(), "word", "application/msword", None),
        (samples.xls(), "sheet", "application/vnd.ms-excel", None),
        (samples.ppt(slides=3), "slides", "application/vnd.ms-powerpoint", 3),
    ],
)
def test_a_document_tells_what_it_is(looked, data, kind, media, pages):
    found = looked(data)
    assert (found.kind, found.media_type, found.pages) == (kind, media, pages)


def test_slides_are_limited(code_of):
    assert code_of(samples.pptx(), max_pages=1) == code_of(samples.ppt(), max_pages=1) == "too-many-pages"
    assert code_of(samples.xlsx(), max_pages=1) == ""


@pytest.mark.parametrize(
    "data",
    [
        samples.docx(extra={"word/vbaProject.bin": b"\xd0\xcf"}),
        samples.docx(extra={"word/VBAPROJECT.bin": b"\xd0\xcf"}),
        samples.docx(content_type=MACRO_TYPE),
        samples.docx(overrides=(("x.bin", "application/vnd.ms-office.vbaProject"),)),
        samples.docx(extra={"word/activeX/activeX1.xml": "<ax/>"}),
        samples.docx(extra={"word/embeddings/run.exe": b"anything"}),
        samples.docx(extra={"word/media/image1.jpeg": b"MZ\x90\0 not a picture"}),
        samples.docx(extra={"word/embeddings/oleObject1.bin": samples.ole({"\x01Ole10Native": samples.packed_file("a.vbs")})}),
        samples.docx(extra={"word/embeddings/book.xlsx": samples.docx(extra={"xl/vbaProject.bin": b"x"})}),
        samples.docx(extra={"word/embeddings/old.bin": samples.ole({"Macros/VBA/dir": b"x"})}),
        samples.docx('<w:p><w:r><w:instrText> DDE</w:instrText></w:r><w:r><w:instrText>AUTO cmd "x"</w:instrText></w:r></w:p>'),
        samples.docx('<w:p><w:fldSimple w:instr="DDEAUTO cmd x"/></w:p>'),
        samples.pptx(**{"ppt/slides/slide1.xml": samples.slide("x").replace("<a:t>", '<a:hlinkClick action="ppaction://program"/><a:t>')}),
        samples.zipped({"[Content_Types].xml": samples.types(*samples.MAIN["xl"]), "_rels/.rels": samples.relations(("r", "officeDocument", "xl/workbook.xml")), "xl/workbook.xml": "<workbook/>", "xl/externalLinks/l1.xml": "<externalLink><ddeLink/></externalLink>"}),
        samples.docx(related=(("r9", "attachedTemplate", "http://evil/t.dotm", "External"),)),
        samples.docx(related=(("r9", "attachedTemplate", "\\\\server\\t.dotm", "External"),)),
        samples.docx(related=(("r9", "oleObject", "mhtml:x!y", "External"),)),
        samples.doc(**{"Macros/VBA/dir": b"x"}),
        samples.doc(**{"ObjectPool/_1/\x01Ole10Native": samples.packed_file("game.exe", b"MZ")}),
        samples.doc("see \x13 DDEAUTO cmd x\x14result\x15"),
        samples.xls(sheet_type=1),
        samples.xls(samples.book_record(0x01AE, b"\0\0\x05\0\0cmd\x03x")),
        samples.xls(samples.book_record(0x01AE, b"\0\0\x05\0\1c\0m\0d\0\x03\0x\0")),
        samples.ppt(inside=samples.ole({"VBA/dir": b"x"})),
    ],
)  # fmt: skip
def test_what_runs_is_refused(code_of, data):
    assert code_of(data) == "has-script"


@pytest.mark.parametrize(
    "data",
    [
        samples.docx(related=(("r9", "attachedTemplate", "file:///C:\\Users\\x\\Normal.dotm", "External"),)),
        samples.docx(related=(("r9", "hyperlink", "http://school/page", "External"),)),
        samples.docx(related=(("r9", "image", "http://school/logo.png", "External"),)),
        samples.docx(extra={"word/embeddings/sheet.xlsx": samples.xlsx()}),
        samples.docx(extra={"word/embeddings/formula.bin": samples.ole({"Equation Native": b"x" * 90})}),
        samples.docx(
            extra={"word/embeddings/notes.bin": samples.ole({"\x01Ole10Native": samples.packed_file("a.txt")})}
        ),
        samples.docx(extra={"word/media/image1.jpeg": samples.jpeg(), "word/media/image2.svg": "<svg/>"}),
        samples.docx(samples.paragraph("DDE and DDEAUTO are old")),
        samples.docx(extra={"customXml/item1.xml": "<not well-formed"}),
        samples.doc(**{"ObjectPool/_1/Equation Native": b"x"}),
        samples.doc("DDE and DDEAUTO are old"),
        samples.xls(samples.book_record(0x01AE, b"\x03\0\x01\x04")),
        samples.xls(samples.book_record(0x01AE, b"\x03\0\x0a\0\0\x01dir\x03b.xls")),
        samples.ppt(inside=samples.ole({"Workbook": b"x"})),
    ],
)
def test_what_children_really_hand_in_is_not(looked, data):
    assert not isinstance(looked(data), Unfit)


def test_encrypted_documents_are_refused(code_of):
    assert code_of(samples.ole({"EncryptedPackage": b"x" * 5000, "EncryptionInfo": b"y"})) == "encrypted"
    assert code_of(samples.doc(flags=0x0300)) == "encrypted"
    assert code_of(samples.xls(samples.book_record(0x2F, bytes(6)))) == "encrypted"
    assert code_of(samples.ppt(encrypted=True)) == "encrypted"
    flagged = bytearray(samples.docx())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        flagged[flagged.index(mark) + at] |= 1
    assert code_of(bytes(flagged)) == "encrypted"


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (samples.zipped({"a.txt": "x"}), "zip"),
        (samples.zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "text"),
        (samples.zipped({"[Content_Types].xml": samples.types("a.xml", "x/y")}), "zip"),
        (samples.ole({"VisioDocument": b"x"}), "ole"),
    ],
)
def test_other_archives_are_unknown(looked, data, found):
    unfit = looked(data)
    assert (unfit.code, unfit.facts) == ("unknown-kind", {"found": found})


def test_a_zip_that_unpacks_far_is_a_bomb(code_sent):
    data = samples.zip_bomb()
    assert len(data) < 1 << 20
    assert code_sent(data) == "bomb"


def test_one_large_part_among_much_filling_is_a_bomb(code_of):
    filling = random.Random(1).randbytes(3 << 20)
    assert (
        code_of(samples.zipped(samples.docx_parts() | {"word/a.bin": bytes(100 << 20), "word/b.bin": filling}))
        == "bomb"
    )
    assert code_of(samples.zipped(samples.docx_parts() | {"word/a.bin": bytes(50 << 20), "word/b.bin": filling})) == ""


def test_too_many_parts_are_a_bomb(code_of):
    assert code_of(samples.zipped({f"p{number}": b"" for number in range(10_001)}, zipfile.ZIP_STORED)) == "bomb"


def test_parts_that_share_their_bytes_are_a_bomb(code_of):
    """Each entry of the directory points to the same packed megabytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in samples.docx_parts().items():
            made.writestr(name, data)
        made.writestr("word/a.bin", random.Random(1).randbytes(100_000))
        one = made.getinfo("word/a.bin")
        for number in range(20):
            twin = zipfile.ZipInfo(f"word/{number}.bin")
            for field in ("header_offset", "CRC", "compress_size", "file_size", "compress_type"):
                setattr(twin, field, getattr(one, field))
            made.filelist.append(twin)
            made.NameToInfo[twin.filename] = twin
    assert code_of(out.getvalue()) == "bomb"


def test_a_part_larger_than_it_says_is_broken(code_of):
    data = bytearray(samples.zipped(samples.docx_parts() | {"word/a.bin": bytes(100_000)}))
    directory = data.index(b"word/a.bin", data.index(b"PK\x01\x02")) - 46
    struct.pack_into("<I", data, directory + 24, 10)
    assert code_of(bytes(data)) == "broken"


@pytest.mark.parametrize("name", ["../../etc/x", "word\\document2.xml", "WORD/document.xml"])
def test_parts_with_tricky_names_are_broken(code_of, name):
    assert code_of(samples.docx(extra={name: "<x/>"})) == "broken"


def test_entities_are_refused_before_they_grow(code_sent):
    assert code_sent(samples.docx(extra={"word/styles.xml": DECOY + "<x>&b;</x>"})) == "bomb"
    assert code_sent(samples.docx(extra={"customXml/item1.xml": (DECOY + "<x>&b;</x>").encode("utf-16")})) == "bomb"


def test_xml_that_is_cut_off_is_broken(code_of):
    assert code_of(samples.docx(extra={"word/styles.xml": "<a><b>"})) == "broken"


@pytest.mark.parametrize("data", [samples.docx(), samples.doc(), samples.xls(), samples.ppt(), samples.xlsx()])
def test_a_document_that_was_cut_off_is_broken(code_of, data):
    assert code_of(data[: len(data) // 3]) == "broken"


def test_chains_that_go_in_circles_end(code_sent):
    """The table of an old document that sends every sector to itself."""
    data = bytearray(samples.doc())
    (table,) = struct.unpack_from("<I", data, 76)
    for number in range(128):
        struct.pack_into("<I", data, 512 * (table + 1) + 4 * number, number)
    assert code_sent(bytes(data)) == "broken"


@pytest.mark.parametrize("whole", [samples.docx(), samples.xlsx(), samples.doc(), samples.xls(), samples.ppt()])
def test_any_damage_ends_in_an_answer(sent, whole):
    chance = random.Random(13)
    for _ in range(rounds(3)):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 60)):
            data[chance.randrange(8, len(data))] = chance.randrange(256)
        found = sent(bytes(data))
        assert isinstance(found, Unfit) or found.kind in (FileKind.WORD, FileKind.SHEET, FileKind.SLIDES)


@pytest.mark.parametrize(
    ("target", "is_remote"),
    [
        ("http://x/t.dotm", True), ("HTTPS://x/t.dotm", True), ("//server/t", True), ("\\\\server\\t", True),
        ("file://server/t", True), ("file:////server/t", True), ("file:///\\\\server\\t", True), ("ms-msdt:/id", True),
        ("file:///C:\\Users\\x\\t.dotm", False), ("C:\\x\\t.dotm", False), ("t.dotm", False), ("file://localhost/t", False),
    ],
)  # fmt: skip
def test_is_remote_tells_what_leaves_the_machine(target, is_remote):
    assert Relation("attachedTemplate", target, True).is_remote is is_remote
    assert not Relation("attachedTemplate", target, False).is_remote


@pytest.mark.parametrize(
    ("part", "target", "name"),
    [
        ("", "word/document.xml", "word/document.xml"), ("", "/word/a.xml", "word/a.xml"),
        ("word/document.xml", "media/a%20b.png", "word/media/a b.png"), ("ppt/slides/s.xml", "../media/a", "ppt/media/a"),
        ("a/b.xml", "../../../../etc/x", "etc/x"),
    ],
)  # fmt: skip
def test_resolved_names_the_part(part, target, name):
    assert resolved(part, target) == name
