"""Files of many entries as one zip."""

import io
import zipfile
from pathlib import Path

import pytest
from django.urls import reverse

from competition import files
from competition.models import Entry
from competition.packing import Packed, ending_of, files_of, safe, zip_stream
from competition.services.materials import add_material
from competition.services.papers import keep_paper
from competition.services.signed_forms import attach_signed_form
from tests.competition.inspection.samples import jpeg, pdf
from tests.factories.entering import NOW, begun, handed_in, put

NAME = "张小三 晴川一中.PDF"


@pytest.fixture(autouse=True)
def media(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def entry(made) -> Entry:
    found = begun(made, authors=[{"name": "张小三", "grade": 5}])
    found.materials.all().delete()
    for kind, data, name in (("report", pdf(), NAME), ("report", pdf(("b",)), "b.pdf"), ("photos", jpeg(), "c.jpg")):
        add_material(entry=found, kind=made.kinds[kind], name=name, size=len(data), chunks=[data],
                     by=made["晴川一中"], at=NOW)  # fmt: skip
    return put(found, state="recommended", number="A/001")


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name) for name in packed.namelist()}


def test_names_tell_number_and_kind_alone(made, entry):
    found = unpacked(b"".join(zip_stream(files_of(Entry.objects.filter(pk=entry.pk)))))
    assert list(found) == ["A_001/研究报告-1.pdf", "A_001/研究报告-2.pdf", "A_001/照片-1.jpg"]
    first = entry.materials.order_by("pk")[0]
    assert found["A_001/研究报告-1.pdf"] == files.path_of(first.sha256).read_bytes()


def test_the_signed_form_that_came_last_is_there(made):
    entry = handed_in(made)
    for text in ("alt", "neu"):
        paper = keep_paper(name="a.pdf", chunks=[pdf((text,))], at=NOW)
        attach_signed_form(entry=entry, submission=entry.submissions.get(), paper=paper, by=made["office"], at=NOW)
    packed = list(files_of(Entry.objects.filter(pk=entry.pk)))
    assert [one.path for one in packed] == [files.path_of(paper.sha256)]


def test_a_file_that_is_gone_keeps_no_other_back(tmp_path):
    there = tmp_path / "there"
    there.write_bytes(b"x" * 3_000_000)
    found = unpacked(b"".join(zip_stream([Packed("a", tmp_path / "gone"), Packed("b", there)])))
    assert found == {"b": there.read_bytes()}


def test_the_same_files_give_the_same_bytes(made, entry):
    rows = Entry.objects.filter(pk=entry.pk)
    assert b"".join(zip_stream(files_of(rows))) == b"".join(zip_stream(files_of(rows)))


def test_the_page_gives_what_it_shows_and_no_draft(made, entry, client):
    client.force_login(made["host"])
    begun(made, "草稿")
    address = reverse("entries-zip", args=[made.contest.key])
    sent = client.get(address)
    assert len(unpacked(b"".join(sent.streaming_content))) == 3
    assert unpacked(b"".join(client.get(f"{address}?q=zzz").streaming_content)) == {}
    client.force_login(made["东区"])
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(("text", "name"), [("a/b:c", "a_b_c"), ("..", "_"), ("研究报告 ", "研究报告"), ("", "_")])
def test_names_are_safe_everywhere(text, name):
    assert safe(text) == name


@pytest.mark.parametrize(
    ("name", "ending"), [("a.PDF", ".pdf"), ("a", ""), (".pdf", ""), ("a.b c", ""), ("x.张三", "")]
)
def test_an_ending_is_an_ending(name, ending):
    assert ending_of(name) == ending
