"""A zip of files: planned, shown, attached."""

import io
import warnings
import zipfile
from pathlib import Path

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from competition.access import Entrance
from competition.bundling import MOST_FILES, NEW, SAME, WRONG, NoBundle, bundle_plan
from competition.models import Material
from competition.services.bundling import attach_bundle
from competition.services.materials import promise_material
from tests.competition.inspection.samples import pdf
from tests.factories.entering import NOW, begun, handed_in


def pdf_of(text: str) -> bytes:
    return pdf((text,))


def packed(tmp_path: Path, **members: bytes) -> Path:
    path = tmp_path / "files.zip"
    path.write_bytes(zipped(members))
    return path


def zipped(members: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return made.getvalue()


def plan(made, path, *, by="晴川一中", at=NOW):
    return bundle_plan(path, Entrance(made.contest, made.schools["晴川一中"]), by=made[by], at=at)


def statuses(found) -> dict[str, str]:
    return {one.path: one.status for one in found.files}


@pytest.fixture
def entry(made):
    return begun(made, "浇花器", "晴川一中", "创新")


def test_files_find_entry_and_kind(made, entry, tmp_path):
    path = packed(tmp_path, **{"浇花器 研究报告.pdf": pdf_of("a"), "浇花器/照片1.jpg": b"\xff\xd8\xff" + b"0" * 40,
                               "别的.pdf": pdf_of("b"), "__MACOSX/._x": b"x"})  # fmt: skip
    found = plan(made, path)
    assert statuses(found) == {"浇花器 研究报告.pdf": NEW, "浇花器/照片1.jpg": NEW, "别的.pdf": WRONG}
    assert [one.kind.code for one in found.new] == ["report", "photos"]
    assert not Material.objects.filter(entry=entry, file__isnull=False).exists()


def test_what_was_planned_is_attached_once(made, entry, tmp_path):
    entry.materials.all().delete()
    path = packed(tmp_path, **{"浇花器.pdf": pdf_of("a")})
    found = plan(made, path)
    tried = attach_bundle(path=path, wanted=found.new, has_time=lambda: True, by=made["晴川一中"], at=NOW)
    assert tried == [("浇花器.pdf", "")]
    again = plan(made, path)
    assert statuses(again) == {"浇花器.pdf": SAME}
    assert again.digest == found.digest
    assert Material.objects.get(entry=entry, is_removed=False).file.pages == 1


def test_a_file_that_is_none_keeps_no_other_back(made, entry, tmp_path):
    entry.materials.all().delete()
    path = packed(tmp_path, **{"浇花器 研究报告1.pdf": b"%PDF-1.4 broken", "浇花器 研究报告2.pdf": pdf_of("a")})
    found = plan(made, path)
    tried = dict(attach_bundle(path=path, wanted=found.new, has_time=lambda: True, by=made["晴川一中"], at=NOW))
    assert tried["浇花器 研究报告1.pdf"]
    assert not tried["浇花器 研究报告2.pdf"]


def test_without_time_one_is_attached_and_the_rest_waits(made, entry, tmp_path):
    entry.materials.all().delete()
    path = packed(tmp_path, **{"浇花器 研究报告1.pdf": pdf_of("a"), "浇花器 研究报告2.pdf": pdf_of("b")})
    tried = attach_bundle(path=path, wanted=plan(made, path).new, has_time=lambda: False, by=made["晴川一中"], at=NOW)
    assert len(tried) == 1
    assert plan(made, path).count(NEW) == 1


def test_more_files_than_fit_are_wrong(made, entry, tmp_path):
    entry.materials.all().delete()
    path = packed(tmp_path, **{f"浇花器 研究报告{n}.pdf": pdf_of(str(n)) for n in range(3)})
    assert plan(made, path).count(WRONG) == 1


def test_what_was_handed_in_takes_no_file(made, tmp_path):
    handed_in(made)
    path = packed(tmp_path, **{"A001.pdf": pdf_of("a")})
    (one,) = plan(made, path).files
    assert (one.status, one.entry.number) == (WRONG, "A001")
    assert one.why


def test_promised_bytes_are_delivered(made, entry, tmp_path):
    """Named before the deadline, sent with the zip within the grace."""
    from hashlib import sha256

    entry.materials.all().delete()
    data = pdf_of("a")
    promise_material(entry=entry, kind=made.kinds["report"], name="x.pdf", size=len(data),
                     sha256=sha256(data).hexdigest(), by=made["晴川一中"], at=NOW)  # fmt: skip
    path = packed(tmp_path, **{"浇花器.pdf": data})
    attach_bundle(path=path, wanted=plan(made, path).new, has_time=lambda: True, by=made["晴川一中"], at=NOW)
    assert Material.objects.get(entry=entry, is_removed=False).file is not None


def test_names_in_gbk_are_read(made, entry, tmp_path):
    path = tmp_path / "gbk.zip"
    made_ = io.BytesIO()
    with zipfile.ZipFile(made_, "w") as file:
        file.writestr("PLACEH.pdf", pdf_of("a"))
    path.write_bytes(made_.getvalue().replace(b"PLACEH", "浇花器".encode("gbk")))
    (one,) = plan(made, path).files
    assert one.entry == entry


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x03\x04" + b"\0" * 40])
def test_what_is_no_zip_is_said(made, tmp_path, data):
    path = tmp_path / "x.zip"
    path.write_bytes(data)
    with pytest.raises(NoBundle):
        plan(made, path)


def test_a_locked_member_is_wrong(made, entry, tmp_path):
    path = packed(tmp_path, **{"浇花器.pdf": pdf_of("a")})
    data = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    path.write_bytes(data)
    (one,) = plan(made, path).files
    assert one.status == WRONG


@time_machine.travel(NOW)
def test_the_page_goes_from_look_to_attached(made, entry, client):
    entry.materials.all().delete()
    client.force_login(made["晴川一中"])
    args = [made.contest.key, made.schools["晴川一中"].key]
    zip_ = SimpleUploadedFile("a.zip", zipped({"浇花器.pdf": pdf_of("a"), "别的.pdf": pdf_of("b")}))
    preview = client.post(reverse("bundle", args=args), {"zip": zip_})
    assert dict(preview.context["counts"]) == {NEW: 1, SAME: 0, WRONG: 1}
    assert not entry.materials.filter(is_removed=False).exists()
    done = client.post(reverse("bundle-apply", args=args), {"ticket": preview.context["ticket"]})
    assert (done.context["done"], done.context["total"], done.context["is_going_on"]) == (1, 1, False)
    again = client.post(reverse("bundle-apply", args=args), {"ticket": preview.context["ticket"]})
    assert again.status_code == 302


def test_another_school_finds_nothing(made, entry, client):
    client.force_login(made["西山中学"])
    args = [made.contest.key, made.schools["晴川一中"].key]
    assert client.get(reverse("bundle", args=args)).status_code == 404
    assert client.post(reverse("bundle-apply", args=args)).status_code == 404


def test_two_members_of_one_name_are_both_wrong(made, entry, tmp_path):
    """One would be shown and the other attached."""
    path = tmp_path / "twice.zip"
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w") as file:
        warnings.simplefilter("ignore")
        file.writestr("浇花器.pdf", pdf_of("a"))
        file.writestr("浇花器.pdf", pdf_of("b"))
    assert plan(made, path).count(WRONG) == 2


def test_a_member_that_is_cut_short_is_wrong(made, entry, tmp_path):
    path = packed(tmp_path, **{"浇花器.pdf": bytes(range(256)) * 400})
    data = bytearray(path.read_bytes())
    data[60:200] = b"\xff" * 140
    path.write_bytes(data)
    (one,) = plan(made, path).files
    assert one.status == WRONG


def test_a_crowded_zip_is_refused_before_it_is_read(made, tmp_path, monkeypatch):
    path = packed(tmp_path, **{f"{n}.txt": b"" for n in range(2 * MOST_FILES + 1)})
    monkeypatch.setattr(zipfile.ZipFile, "__init__", lambda *args, **kwargs: 1 / 0)
    with pytest.raises(NoBundle):
        plan(made, path)
