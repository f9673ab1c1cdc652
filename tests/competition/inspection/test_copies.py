"""What a judge gets: the same work, and nobody's name in it."""

import io
import zipfile

import openpyxl
import pikepdf
import pytest
from PIL import Image, ImageCms

from competition.inspection import (
    FileKind,
    Limits,
    Unfit,
    inspect_file,
    judge_copy,
    media_type,
    page_texts,
    write_judge_copy,
)
from tests.competition.inspection import samples
from tests.competition.inspection.samples import AUTHOR, AUTHOR_WIDE

pytestmark = pytest.mark.usefixtures("in_process")
NAMES = (AUTHOR.encode(), AUTHOR_WIDE)


@pytest.fixture
def copied(kept):
    def copy(data: bytes, kind: str) -> bytes:
        done = judge_copy(kept(data), FileKind(kind))
        inspect_file(kept(done), Limits(frozenset({FileKind(kind)}), 1 << 30))
        return done

    return copy


def named(data: bytes) -> bool:
    return any(name in data for name in NAMES)


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


# ---- PDF


def test_a_pdf_names_nobody(copied):
    data = samples.pdf_with_remarks()
    assert named(data)
    done = copied(data, "pdf")
    with pikepdf.open(io.BytesIO(done)) as book:
        book.save(
            plain := io.BytesIO(), compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized
        )
        assert not named(plain.getvalue())
        assert "/Info" not in book.trailer and "/Metadata" not in book.Root
        assert not book.attachments
        note = book.pages[0].Annots[0]
        assert str(note.Contents) == "look here" and "/T" not in note
        assert b"Exif" not in plain.getvalue() and b"\xff\xd8\xff" in plain.getvalue()


def test_a_pdf_runs_nothing_and_keeps_its_text(copied, kept):
    done = copied(samples.pdf_with_action({"/S": samples.Name.SubmitForm}), "pdf")
    with pikepdf.open(io.BytesIO(done)) as book:
        assert "/OpenAction" not in book.Root
    assert page_texts(kept(done), FileKind.PDF) == ["火星种植箱的设计", "second page"]


@pytest.mark.parametrize("where", ["/OpenAction", "annotation", "page", "names", "next"])
def test_javascript_does_not_reach_a_judge_even_uninspected(kept, where):
    done = judge_copy(kept(samples.pdf_with_javascript(where)), FileKind.PDF)
    with pikepdf.open(io.BytesIO(done)) as book:
        book.save(plain := io.BytesIO(), object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert b"JavaScript" not in plain.getvalue() and b"app.alert" not in plain.getvalue()


def test_an_attachment_does_not_reach_a_judge(copied):
    with pikepdf.open(io.BytesIO(copied(samples.pdf_with_attachment("a.txt", b"x" * 99), "pdf"))) as book:
        assert not book.attachments


def test_a_ban_on_printing_is_lifted(copied):
    with pikepdf.open(io.BytesIO(copied(samples.encrypted_pdf(""), "pdf"))) as book:
        assert not book.is_encrypted


def test_earlier_versions_of_a_pdf_do_not_come_along(copied):
    """An appended update hides what it replaces, and keeps it."""
    data = samples.pdf().replace(b"%%EOF\n", b"%%EOF\n")
    start = data.rindex(b"startxref") + 10
    place = int(data[start:].split()[0])
    extra = b"99 0 obj\n(" + AUTHOR.encode() + b")\nendobj\n"
    table = b"xref\n99 1\n%010d 00000 n \n" % len(data)
    root = data[data.rindex(b"/Root") :].split(b"\n")[0]
    update = extra + table + b"trailer\n<< /Size 100 " + root + b" /Prev %d >>\n" % place
    update += b"startxref\n%d\n%%%%EOF\n" % (len(data) + len(extra))
    assert not named(copied(data + update, "pdf"))


# ---- pictures


@pytest.mark.parametrize("turn", range(1, 9))
def test_a_photo_is_upright_and_bare(copied, turn):
    data = samples.jpeg(turn)
    assert named(data)
    done = copied(data, "image")
    assert media_type(done) == "image/jpeg" and not named(done) and b"Exif" not in done
    image = Image.open(io.BytesIO(done))
    assert not image.getexif() and not image.info.get("comment")
    assert image.size == ((40, 60) if turn > 4 else (60, 40))
    # Red is on the left of the stored picture: where that is shown, by the definition of the orientations.
    width, height = image.size
    red = {
        1: (0.1, 0.5),
        4: (0.1, 0.5),
        2: (0.9, 0.5),
        3: (0.9, 0.5),
        5: (0.5, 0.1),
        6: (0.5, 0.1),
        7: (0.5, 0.9),
        8: (0.5, 0.9),
    }[turn]
    r, _, b = image.getpixel((int(red[0] * width), int(red[1] * height)))
    assert r > 150 > b


@pytest.mark.parametrize(
    ("kind", "image", "media"),
    [
        ("PNG", samples.picture(), "image/png"), ("GIF", samples.picture(), "image/png"),
        ("WEBP", samples.picture(), "image/jpeg"), ("WEBP", samples.picture().convert("RGBA"), "image/png"),
        ("JPEG", Image.new("CMYK", (60, 40), (0, 90, 90, 0)), "image/jpeg"), ("JPEG", Image.new("L", (60, 40)), "image/jpeg"),
        ("PNG", Image.new("I;16", (60, 40)), "image/png"), ("PNG", Image.new("LA", (60, 40)), "image/png"),
        ("PNG", Image.new("1", (60, 40)), "image/png"),
    ],
)  # fmt: skip
def test_a_picture_stays_in_its_family(copied, kind, image, media):
    if kind == "WEBP" and image.mode == "RGBA":
        image.putpixel((0, 0), (1, 2, 3, 0))
    done = copied(samples.saved(kind, image), "image")
    assert media_type(done) == media
    assert Image.open(io.BytesIO(done)).size == (60, 40)


def test_the_text_of_a_png_is_left_out_and_its_transparency_is_not(copied):
    from PIL.PngImagePlugin import PngInfo

    text = PngInfo()
    text.add_text("Author", AUTHOR)
    data = samples.saved("PNG", samples.picture().convert("P"), pnginfo=text, transparency=3)
    assert named(data)
    done = copied(data, "image")
    assert not named(done)
    assert Image.open(io.BytesIO(done)).info["transparency"] == 3


def test_a_colour_profile_is_applied_and_left_out(copied):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    for one in (ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(), profile, b"rubbish"):
        done = copied(samples.saved("JPEG", icc_profile=one), "image")
        assert "icc_profile" not in Image.open(io.BytesIO(done)).info


# ---- Office documents of today

REMARKS = f'<w:comments xmlns:w="{samples.W}"><w:comment w:id="0" w:author="{AUTHOR}" w:initials="ZWM">{samples.paragraph("why?")}</w:comment></w:comments>'
CHANGED = f'<w:p><w:ins w:id="1" w:author="{AUTHOR}"><w:r><w:t>a &lt;meta author="x"&gt; b</w:t></w:r></w:ins></w:p>'


def test_a_word_document_names_nobody(copied, kept):
    data = samples.docx(
        CHANGED,
        {
            "word/comments.xml": REMARKS,
            "word/people.xml": f'<p xmlns:w15="x"><w15:person w15:author="{AUTHOR}"/></p>',
            "word/media/image1.jpeg": samples.jpeg(6),
            "word/media/image2.png": samples.saved("PNG")[:33] + samples.png_chunk(b"tEXt", b"Author\0" + NAMES[0]) + samples.saved("PNG")[33:],
            "word/embeddings/book.xlsx": samples.xlsx(),
            "word/embeddings/old.bin": samples.xls(),
            "customXml/item1.xml": f"<x>{AUTHOR}</x>",
            "docProps/thumbnail.jpeg": samples.jpeg(),
        },
        related=(
            ("r1", "comments", "comments.xml"), ("r2", "people", "people.xml"), ("r3", "image", "media/image1.jpeg"),
            ("r4", "attachedTemplate", f"file:///C:\\Users\\{AUTHOR}\\a.dotm", "External"), ("r5", "customXml", "../customXml/item1.xml"),
            ("r6", "hyperlink", "http://somewhere/page", "External"),
        ),
    )  # fmt: skip
    done = copied(data, "word")
    parts = unzipped(done)
    assert not [name for name, part in parts.items() if named(part)]
    assert not [name for name in parts if name.startswith(("docProps", "customXml"))] and "word/people.xml" not in parts
    assert b"docProps" not in parts["_rels/.rels"] + parts["[Content_Types].xml"]
    assert (
        b"people" not in parts["word/_rels/document.xml.rels"]
        and b"http://somewhere/page" in parts["word/_rels/document.xml.rels"]
    )
    assert b"why?" in parts["word/comments.xml"] and b"ZWM" not in parts["word/comments.xml"]
    assert b'&lt;meta author="x"&gt;' in parts["word/document.xml"]
    assert not named(b"".join(unzipped(parts["word/embeddings/book.xlsx"]).values()))
    photo = Image.open(io.BytesIO(parts["word/media/image1.jpeg"]))
    assert dict(photo.getexif()) == {0x0112: 6}
    assert photo.tobytes() == Image.open(io.BytesIO(samples.jpeg(6))).tobytes()


def test_a_workbook_names_nobody_and_opens(copied):
    done = copied(samples.xlsx(), "sheet")
    assert not named(b"".join(unzipped(done).values()))
    book = openpyxl.load_workbook(io.BytesIO(done))
    assert book["Sheet"]["A2"].value == "样本" and book["附表"]["B2"].comment.text == "看这里"
    assert book["附表"]["B2"].comment.author == "None"  # openpyxl's word for an empty one


def test_paths_locks_and_commenters_are_emptied(copied):
    extra = {
        "ppt/commentAuthors.xml": f'<p:cmAuthorLst xmlns:p="{samples.P}"><p:cmAuthor id="1" name="{AUTHOR}" initials="Z" lastIdx="4"/></p:cmAuthorLst>',
        "ppt/authors.xml": f'<a:authorLst xmlns:a="x"><a:author id="1" name="{AUTHOR}" userId="{AUTHOR}"/></a:authorLst>',
        "xl/persons/person.xml": f'<personList><person displayName="{AUTHOR}" id="1" userId="{AUTHOR}"/></personList>',
        "xl/tables/table1.xml": '<table displayName="Table1" name="Table1"/>',
        "xl/workbook2.xml": f'<workbook><fileSharing userName="{AUTHOR}"/><x:absPath xmlns:x="y" url="C:\\{AUTHOR}\\"/></workbook>',
    }
    parts = unzipped(copied(samples.pptx(**extra), "slides"))
    assert not [name for name, part in parts.items() if named(part)]
    assert (
        b'lastIdx="4"' in parts["ppt/commentAuthors.xml"] and b'displayName="Table1"' in parts["xl/tables/table1.xml"]
    )


@pytest.mark.parametrize(
    ("data", "kind"),
    [(samples.docx(), "word"), (samples.pptx(), "slides"), (samples.pdf(), "pdf"), (samples.jpeg(), "image")],
)
def test_equal_files_give_equal_copies(copied, data, kind):
    assert copied(data, kind) == copied(data, kind)


# ---- Office documents of yesterday


@pytest.mark.parametrize(
    ("data", "kind", "text"),
    [
        (samples.doc(), "word", ["火星种植箱"]),
        (samples.xls(), "sheet", None),
        (samples.ppt(), "slides", ["封面\n封面"]),
    ],
)
def test_an_old_document_names_nobody(copied, kept, data, kind, text):
    assert named(data)
    done = copied(data, kind)
    assert not named(done) and len(done) == len(data)
    if text:
        assert page_texts(kept(done), FileKind(kind)) == text


def test_a_file_dropped_into_a_document_does_not_tell_its_folder(copied):
    dropped = samples.packed_file("a.txt", b"C:\\kept\\in\\the\\file", folder=f"C:\\Users\\{AUTHOR}\\")
    for data in (
        samples.doc(**{"ObjectPool/_1/\x01Ole10Native": dropped}),
        samples.docx(extra={"word/embeddings/oleObject1.bin": samples.ole({"\x01Ole10Native": dropped})}),
    ):
        done = copied(data, "word")
        inside = unzipped(done)["word/embeddings/oleObject1.bin"] if done.startswith(b"PK") else done
        assert not named(inside)
        assert b"C:\\kept\\in\\the\\file" in inside and b"a.txt" in inside


def test_what_is_said_in_a_remark_on_a_slide_stays(copied):
    assert "remark".encode("utf-16-le") in copied(samples.ppt(), "slides")


# ---- videos


@pytest.mark.parametrize("name", ["a.mp4", "b.webm", "c.mkv", "d.mov"])
def test_a_video_names_nobody_and_plays_the_same(kept, tmp_path, name):
    codec = {"b.webm": "libvpx", "c.mkv": "libx264"}.get(name, "mpeg4")
    path = samples.film(tmp_path / name, codec=codec, turned=90 if name in ("a.mp4", "d.mov") else 0)
    assert named(path.read_bytes())
    write_judge_copy(path, FileKind.VIDEO, tmp_path / "copy")
    done = (tmp_path / "copy").read_bytes()
    assert not named(done) and b"121.4" not in done and b"Lavf6" not in done
    before, after = (inspect_file(one, Limits(frozenset(FileKind), 1 << 30)) for one in (path, tmp_path / "copy"))
    assert (after.media_type, after.width, after.height) == (before.media_type, before.width, before.height)
    assert after.seconds == pytest.approx(before.seconds, abs=0.1)


def test_a_film_without_a_frame_has_no_copy(kept, tmp_path):
    data = samples.film(tmp_path / "a.webm", codec="libvpx", sound=False).read_bytes()
    cluster = data.index(b"\x1f\x43\xb6\x75")
    with pytest.raises(Unfit) as caught:
        judge_copy(kept(data[:cluster]), FileKind.VIDEO)
    assert caught.value.code == "broken"


def test_a_copy_of_another_kind_is_refused(kept):
    for data, kind in ((samples.docx(), "sheet"), (samples.docx(), "pdf"), (samples.doc(), "slides")):
        with pytest.raises(Unfit) as caught:
            judge_copy(kept(data), FileKind(kind))
        assert caught.value.code == "kind-not-allowed"


@pytest.mark.parametrize("data", [samples.pdf(), samples.docx(), samples.doc(), samples.jpeg()])
def test_a_copy_is_made_by_a_child(kept, monkeypatch, data):
    monkeypatch.undo()
    kind = inspect_file(kept(data), Limits(frozenset(FileKind), 1 << 20)).kind
    assert not named(judge_copy(kept(data), kind))


def test_a_copy_that_fails_leaves_nothing(kept, tmp_path):
    with pytest.raises(Unfit):
        write_judge_copy(kept(samples.jpeg(size=(600, 400))[:-3000]), FileKind.IMAGE, tmp_path / "copy")
    assert not (tmp_path / "copy").exists()
