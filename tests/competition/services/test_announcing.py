"""Announcements with files: looked into, kept together, or not at all."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from competition import files
from competition.inspection import FileKind, Unfit
from competition.models import Announcement, AnnouncementFile, Event, StoredFile
from competition.services import announcing
from competition.services.announcing import MOST_FILES, MOST_MB, Upload, announce
from competition.services.entering import delete_draft
from competition.services.materials import MB, add_material
from tests.competition.inspection import samples
from tests.factories.entering import NOW, Open, again, begun, recorded, refusal

pytestmark = pytest.mark.django_db
PDF = samples.pdf()


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def upload(name: str = "通知.pdf", data: bytes | None = None) -> Upload:
    data = PDF if data is None else data
    return Upload(name, len(data), [data[:9], data[9:]])


def announced(made: Open, *uploads: Upload, by: str = "host") -> Announcement:
    return announce(contest=made.contest, title="通知", body="……", by=made[by], at=NOW, uploads=uploads)


def never_read() -> Iterator[bytes]:
    raise AssertionError("a file that is too large is not read")
    yield b""


def on_disk(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


def test_files_are_kept_with_the_announcement_in_one_event(made: Open, media: Path) -> None:
    with recorded("announcement.made"):
        found = announced(made, upload(), upload("C:\\申报\\照片.jpg", samples.jpeg()))
    assert [(one.name, one.file.kind) for one in found.files.all()] == [("通知.pdf", "pdf"), ("照片.jpg", "image")]
    for one in found.files.all():
        assert files.path_of(one.file.sha256).stat().st_size == one.file.size
    assert len(on_disk(media)) == 2
    assert "通知" not in str(Event.objects.latest("pk").body)


def test_the_same_file_twice_is_stored_once(made: Open, media: Path) -> None:
    found = announced(made, upload(), upload("副本.pdf"))
    assert (found.files.count(), StoredFile.objects.count(), len(on_disk(media))) == (2, 1, 1)


BAD = {
    "empty": b"", "no kind": b"just words", "a page": b"<html><script>alert(1)</script></html>", "broken": b"%PDF-1.4 no",
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_one_file_that_is_not_fit_leaves_nothing_of_the_others(made: Open, media: Path, name: str) -> None:
    with refusal("file-unfit") as found:
        announced(made, upload(), upload("附件二.pdf", BAD[name]))
    assert "附件二.pdf" in found[0].denial.message
    assert on_disk(media) == []


def test_a_video_is_not_taken(made: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    assert FileKind.VIDEO not in announcing.LIMITS.kinds
    assert set(FileKind) - announcing.LIMITS.kinds == {FileKind.VIDEO}


def test_limits_of_size_and_number(made: Open, media: Path) -> None:
    with refusal("too-many-attachments"):
        announced(made, *[upload()] * (MOST_FILES + 1))
    with refusal("file-unfit") as found:
        announced(made, Upload("大.pdf", MOST_MB * MB + 1, never_read()))
    assert "20" in found[0].denial.message
    assert on_disk(media) == []


def test_a_fault_while_writing_leaves_neither_rows_nor_parts(made: Open, media: Path, monkeypatch: Any) -> None:
    def fail(*args: Any, **more: Any) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(files, "keep", fail)
    with pytest.raises(OSError, match="disk"):
        announced(made, upload())
    assert not Announcement.objects.exists()
    assert not StoredFile.objects.exists()
    assert on_disk(media) == []


def test_files_are_looked_into_only_for_its_organisers(made: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    def seen(*args: Any) -> None:
        raise Unfit("broken")

    monkeypatch.setattr(announcing, "inspect_file", seen)
    for who in ("stranger", "晴川一中", "东区"):
        with refusal("hidden"):
            announced(made, upload(), by=who)


def test_a_deleted_draft_leaves_the_bytes_that_are_announced(
    made: Open, django_capture_on_commit_callbacks: Any
) -> None:
    entry = begun(made)
    entry.materials.all().delete()
    data = PDF
    kind, by = made.kinds["report"], made["晴川一中"]
    add_material(entry=again(entry), kind=kind, name="x.pdf", size=len(data), chunks=[data], by=by, at=NOW)
    announced(made, upload())
    with django_capture_on_commit_callbacks(execute=True):
        delete_draft(entry=again(entry), by=by, at=NOW)
    one = AnnouncementFile.objects.select_related("file").get()
    assert files.path_of(one.file.sha256).read_bytes() == data
