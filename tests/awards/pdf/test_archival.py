"""Certificates and lists are kept for decades (PDF/A-2u): what they are made of stands in them, and says what it is."""

from __future__ import annotations

import io
import re
import struct
import zlib
from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree

import pikepdf
import pytest
from PIL import Image, ImageCms

from awards.outputs.pdf_pages import one_after_another
from awards.pdf import Group, Letter, Picture, Seal, certificates_pdf, letter_pdf, table_pdf
from awards.pdf.archival import CLAIM, metadata, srgb_profile, without_claim
from awards.pdf.designs import DESIGNS
from awards.pdf.document import PdfFile

from .reading import assert_archival, broken_rules
from .samples import AT, DESIGN, NAMES, TITLES, body, page
from .test_certificates import mixed_pages
from .test_tables import PAPER, rows

PICTURE = Picture(4, 4, bytes(range(48)), bytes(range(0, 256, 16)))


def certificate(**design: object) -> bytes:
    return certificates_pdf(replace(DESIGN, **design), [page(bookmark="x")], at=AT, title="获奖证书", author="科协")


@pytest.mark.parametrize("work", ["", *DESIGNS])
@pytest.mark.parametrize("paper", ["A4 landscape", "A4 portrait", "285x210 mm"])
def test_every_design_on_every_paper_is_fit_for_an_archive(work: str, paper: str) -> None:
    assert_archival(certificate(work=work, paper=paper, seal=True))


def test_pictures_that_let_shine_through_are_fit_for_an_archive() -> None:
    assert_archival(certificate(seal=True, seals=(Seal(PICTURE, 90), None), signature="签名", signed=PICTURE))


def test_rare_characters_and_small_forms_are_as_wide_as_the_file_says() -> None:
    pages = [page(f"N-{row}", (name,), second="“Second” ‘x’ — H₂O") for row, name in enumerate(NAMES)]
    pages += [page(f"T-{row}", body=body(title)) for row, title in enumerate(TITLES)]
    assert_archival(certificates_pdf(DESIGN, pages, at=AT, title="x", author=""))
    assert_archival(certificates_pdf(DESIGN, mixed_pages(), at=AT, title="x", author=""))


def test_lists_letters_and_papers_bound_together_are_fit_for_an_archive() -> None:
    paper = table_pdf(PAPER, at=AT, author="科协")
    letter = letter_pdf(Letter("答复", "某某：", ("同意。",), ("科协", "今日")), at=AT, author="科协")
    assert_archival(paper)
    assert_archival(letter)
    assert_archival(one_after_another([paper, letter]))
    assert one_after_another([paper, letter]) == one_after_another([paper, letter])


def test_ten_thousand_in_one_file_are_fit_for_an_archive_and_no_longer_than_they_were_allowed() -> None:
    pages = [page(f"N-{row:05d}", (NAMES[row % 20],), qr=f"HTTPS://L.EXAMPLE/{row:05d}") for row in range(10_000)]
    data = certificates_pdf(replace(DESIGN, seal=True), pages, at=AT, title="获奖证书", author="科协")
    assert len(data) < 10_000 * 1600
    assert broken_rules(data, thorough=False) == []


def test_a_validator_that_never_complains_would_be_found_out() -> None:
    data = certificate()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        del pdf.Root.OutputIntents
        out = io.BytesIO()
        pdf.save(out)
    assert broken_rules(out.getvalue()) and broken_rules(out.getvalue(), thorough=False)


def test_the_file_says_the_same_of_itself_in_both_places_and_names_no_child() -> None:
    title, author = "“创新” <大赛> & 证书 𬱖", "科协、教育局"
    pages = [page(names=("龘靐齉",), bookmark="龘靐齉")]
    data = certificates_pdf(DESIGN, pages, at=AT, title=title, author=author)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        info, packet = pdf.docinfo, pdf.Root.Metadata.read_bytes()
        said = {re.sub("{.*}", "", one.tag): one for one in ElementTree.fromstring(packet).iter()}
        assert ["".join(said["title"].itertext()), "".join(said["creator"].itertext())] == [title, author]
        assert [str(info.Title), str(info.Author), str(info.Creator), str(info.Producer)] == [
            title, author, said["CreatorTool"].text, said["Producer"].text,
        ]  # fmt: skip
        assert str(info.CreationDate) == str(info.ModDate) == "D:20171217100000+08'00'"
        assert said["CreateDate"].text == said["ModifyDate"].text == "2017-12-17T10:00:00+08:00"
    assert "龘" not in packet.decode()


def test_what_is_no_text_in_xml_does_not_break_the_metadata() -> None:
    packet = metadata(
        title="a\x00\x0b\ud800b", author="\ufffe", creator="c", producer="p", at=datetime(2017, 1, 1, tzinfo=UTC)
    )
    assert [one.text for one in ElementTree.fromstring(packet).iter() if one.tag.endswith("li")] == ["ab", None]


def test_the_claim_can_be_taken_back_and_nothing_else_with_it() -> None:
    packet = metadata(title="t", author="a", creator="c", producer="p", at=AT)
    assert without_claim(packet) == packet.replace(CLAIM.encode(), b"") != packet
    assert b"pdfaid" not in without_claim(packet)
    ElementTree.fromstring(without_claim(packet))


def test_the_profile_of_colours_is_srgb_to_whoever_reads_it() -> None:
    profile = srgb_profile()
    assert len(profile) == struct.unpack(">I", profile[:4])[0] < 700
    ours, theirs = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
    assert ImageCms.getProfileDescription(ours).strip() == "sRGB IEC61966-2.1"
    shades = Image.frombytes(
        "RGB", (256, 3), bytes(v for c in range(3) for g in range(256) for v in [*[0] * c, g, *[0] * (2 - c)])
    )
    shades.paste(Image.linear_gradient("L").resize((256, 1)), (0, 0))
    there = ImageCms.profileToProfile(shades, ours, theirs)
    assert max(abs(a - b) for a, b in zip(shades.tobytes(), there.tobytes(), strict=True)) <= 1


def test_a_stream_that_ends_in_half_a_line_end_has_the_length_it_says() -> None:
    pdf = PdfFile()
    drawn = (b"%d 0 m 1 9 l S\n" % row * 30 + b" " * spaces for spaces in range(8) for row in range(1000))
    content = next(data for data in drawn if zlib.compress(data, 6).endswith(b"\r"))
    pdf.page(content, level=6)
    pdf.form(content, (0, 0, 9, 9))
    pdf.page(b"\r")
    assert_archival(pdf.finish(size=(100, 100), title="x", author="", at=AT))


def test_rows_in_groups_are_fit_for_an_archive() -> None:
    assert_archival(
        table_pdf(replace(PAPER, groups=(Group("小学组", rows(30)),), qr="HTTPS://L.EXAMPLE/C"), at=AT, author="")
    )
