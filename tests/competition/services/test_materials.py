"""Files of an entry: named, sent in pieces, looked into, kept, taken out."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from competition import access, files
from competition.errors import Refused
from competition.inspection import FileKind, Inspected, Limits, Unfit
from competition.models import Entry, Material, StoredFile
from competition.services import findings, materials
from competition.services.entering import delete_draft, withdraw_entry
from competition.services.materials import (
    MB,
    add_material,
    limits_of,
    plain_name,
    promise_material,
    receive_piece,
    remove_material,
)
from competition.states import EntryState, Verdict
from competition.unfit import SENTENCES
from tests.competition.inspection.samples import pdf
from tests.factories.entering import (
    CLOSES,
    NOW,
    TICK,
    Open,
    again,
    begun,
    everything,
    handed_in,
    put,
    recorded,
    refusal,
    ruled,
    submitted_again,
    unit_says,
)

pytestmark = pytest.mark.django_db
DATA = bytes(range(256)) * 40
GRACE = CLOSES + timedelta(minutes=30)


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@dataclass
class Looking:
    """Stands for the inspection: what was looked at, and what it says."""

    seen: list[tuple[bytes, Limits]] = field(default_factory=list)
    unfit: Unfit | None = None
    during: Callable[[], Any] = lambda: None
    pages: list[str] | Unfit = field(default_factory=list)

    def inspect(self, path: Path, limits: Limits) -> Inspected:
        data = path.read_bytes()
        self.seen.append((data, limits))
        self.during()
        if self.unfit:
            raise self.unfit
        return Inspected(FileKind.PDF, "application/pdf", len(data), sha(data), pages=3)

    def texts(self, path: Path, kind: FileKind) -> list[str]:
        if isinstance(self.pages, Unfit):
            raise self.pages
        return self.pages


@pytest.fixture
def looking(monkeypatch: pytest.MonkeyPatch) -> Looking:
    one = Looking()
    monkeypatch.setattr(materials, "inspect_file", one.inspect)
    monkeypatch.setattr(findings, "page_texts", one.texts)
    monkeypatch.setattr(materials, "make_copy", lambda material, at: False)
    return one


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def entry(made: Open) -> Entry:
    """Complete but for its file."""
    found = begun(made)
    Material.objects.all().delete()
    return again(found)


def named(made: Open, entry: Entry, data: bytes = DATA, **more: Any) -> Material:
    said = {"kind": made.kinds["report"], "name": "报告.pdf", "size": len(data), "sha256": sha(data),
            "by": made["晴川一中"], "at": NOW} | more  # fmt: skip
    return promise_material(entry=entry, **said)


def fresh(material: Material) -> Material:
    return Material.objects.select_related("entry__contest", "entry__school__district", "kind", "file").get(
        pk=material.pk
    )


def send(made: Open, material: Material, offset: int, data: bytes, **more: Any) -> int:
    return receive_piece(
        material=fresh(material), offset=offset, data=data, **({"by": made["晴川一中"], "at": NOW} | more)
    )


def lies(media: Path, folder: str) -> list[bytes]:
    return sorted(path.read_bytes() for path in (media / folder).rglob("*") if path.is_file())


# ---- promised


def test_promise_names_a_file_before_its_bytes(made: Open, entry: Entry) -> None:
    with recorded("material.named"):
        material = named(made, entry)
    assert (material.size, material.sha256, material.file, material.is_removed) == (len(DATA), sha(DATA), None, False)
    assert (material.added_by, material.added_at) == (made["晴川一中"], NOW)
    assert again(entry).draft["lacks"] == 0


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("file-not-expected", {"sha256": "x" * 64}),
        ("file-not-expected", {"sha256": "A" * 64}),
        ("file-not-expected", {"sha256": "0" * 63}),
        ("file-not-expected", {"sha256": "0" * 64 + "\n"}),
        ("file-unfit", {"size": 0}),
        ("file-unfit", {"size": -1}),
        ("file-unfit", {"size": MB + 1}),
        ("entries-closed", {"at": CLOSES}),
    ],
)
def test_promise_refuses(made: Open, entry: Entry, code: str, more: dict[str, Any]) -> None:
    with refusal(code):
        named(made, entry, **more)


def test_promise_takes_the_largest_file_at_the_last_moment(made: Open, entry: Entry) -> None:
    assert named(made, entry, size=MB, at=CLOSES - TICK).pk


def test_no_more_files_than_asked_for_and_a_removed_one_does_not_count(made: Open, entry: Entry) -> None:
    first = named(made, entry)
    named(made, entry)
    with refusal("too-many-files"):
        named(made, entry)
    remove_material(material=first, by=made["晴川一中"], at=NOW)
    assert named(made, entry).pk


@pytest.mark.parametrize("who", ["stranger", "晴川二中", "西山中学", "西区"])
def test_files_of_an_entry_are_hidden_from_others(made: Open, entry: Entry, who: str) -> None:
    material = named(made, entry)
    with refusal("hidden"):
        named(made, entry, by=made[who])
    with refusal("hidden"):
        send(made, material, 0, DATA, by=made[who])
    with refusal("hidden"):
        remove_material(material=material, by=made[who], at=NOW)
    with refusal("hidden"):
        add(made, entry, by=made[who])
    with refusal("sign-in"):
        send(made, material, 0, DATA, by=AnonymousUser())


def test_without_the_rule_of_the_school_another_would_send(
    made: Open, entry: Entry, looking: Looking, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin."""
    monkeypatch.setattr(access, "acts_for_school", lambda user, school: True)
    material = named(made, entry, by=made["西山中学"])
    assert send(made, material, 0, DATA, by=made["西山中学"]) == len(DATA)
    assert fresh(material).file is not None


@pytest.mark.parametrize(
    ("given", "kept"),
    [("报告.pdf", "报告.pdf"), (r"C:\Users\张三\报告.pdf", "报告.pdf"), ("../../etc/passwd", "passwd"), ("", "file"),
     ("a/", "file"), ("报\x00告\n.pdf", "报告.pdf"), ("\u202egnp.exe", "gnp.exe"), ("x" * 160 + ".pdf", "x" * 140 + ".pdf"),
     ("x" * 150, "x" * 150), ("长" * 300 + "." + "y" * 300, "长" * 140 + "." + "y" * 8)],
)  # fmt: skip
def test_plain_name_golden(given: str, kept: str) -> None:
    assert plain_name(given) == kept


def test_limits_are_those_of_the_kind(made: Open) -> None:
    kind = made.kinds["report"]
    kind.max_pages, kind.max_seconds = 7, 60
    assert limits_of(kind) == Limits(frozenset({FileKind.PDF}), MB, 7, 60)


# ---- received in pieces


def test_promise_pieces_and_finish(made: Open, entry: Entry, looking: Looking, media: Path) -> None:
    material = named(made, entry)
    with recorded("material.stored"):
        assert send(made, material, 0, DATA[:4000]) == 4000
        assert fresh(material).file is None
        assert send(made, material, 4000, DATA[4000:]) == len(DATA)
    found = fresh(material).file
    assert found is not None
    assert (found.sha256, found.size, found.kind, found.pages) == (sha(DATA), len(DATA), "pdf", 3)
    assert [data for data, _ in looking.seen] == [DATA]
    assert (lies(media, "files"), lies(media, "parts")) == ([DATA], [])
    assert files.path_of(sha(DATA)).read_bytes() == DATA


def test_a_piece_at_the_wrong_place_changes_nothing(made: Open, entry: Entry, looking: Looking, media: Path) -> None:
    material = named(made, entry)
    assert send(made, material, 5, DATA[5:10]) == 0
    assert send(made, material, 0, DATA[:10]) == 10
    for offset in (0, 9, 11, 10**9):
        assert send(made, material, offset, b"????") == 10
    assert lies(media, "parts") == [DATA[:10]]
    assert send(made, material, 10, DATA[10:]) == len(DATA)
    assert fresh(material).file is not None


def test_more_bytes_than_promised_are_not_taken(made: Open, entry: Entry, looking: Looking, media: Path) -> None:
    material = named(made, entry)
    assert send(made, material, 0, DATA + b"x") == 0
    assert send(made, material, 0, DATA[:-1]) == len(DATA) - 1
    assert send(made, material, len(DATA) - 1, b"xy") == len(DATA) - 1
    assert lies(media, "parts") == [DATA[:-1]]
    assert looking.seen == []


def test_a_broken_line_goes_on_where_it_broke(made: Open, entry: Entry, looking: Looking) -> None:
    material = named(made, entry)
    send(made, material, 0, DATA[:6000])
    there = files.received(material.key)
    assert there == 6000
    assert send(made, material, there, DATA[there:]) == len(DATA)
    assert fresh(material).file is not None


def test_what_is_there_already_is_answered_and_not_read_again(made: Open, entry: Entry, looking: Looking) -> None:
    material = named(made, entry)
    send(made, material, 0, DATA)
    with recorded():
        assert send(made, material, 0, DATA) == len(DATA)
        assert send(made, material, len(DATA), b"more") == len(DATA)
    assert len(looking.seen) == 1


def test_other_bytes_than_promised_are_refused_and_forgotten(
    made: Open, entry: Entry, looking: Looking, media: Path
) -> None:
    material = named(made, entry)
    with recorded("material.removed"), pytest.raises(Refused) as found:
        send(made, material, 0, DATA[::-1])
    assert found.value.denial.code == "file-not-expected"
    assert "%(" not in found.value.denial.message
    assert fresh(material).is_removed
    assert (lies(media, "files"), lies(media, "parts"), looking.seen) == ([], [], [])
    assert not StoredFile.objects.exists()
    assert again(entry).draft["lacks"] == 1
    with refusal("hidden"):
        send(made, material, 0, DATA)


def test_without_the_sha_check_other_bytes_would_be_kept(
    made: Open, entry: Entry, looking: Looking, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin."""
    material = named(made, entry)
    monkeypatch.setattr(files, "sha256_of", lambda path: material.sha256)
    send(made, material, 0, DATA[::-1])
    assert fresh(material).file is not None
    assert files.path_of(sha(DATA)).read_bytes() == DATA[::-1]


@pytest.mark.parametrize("code", SENTENCES)
def test_an_unfit_file_is_refused_with_its_reason_and_forgotten(
    made: Open, entry: Entry, looking: Looking, media: Path, code: str
) -> None:
    looking.unfit = Unfit(code, size=3 * MB, most=MB)
    material = named(made, entry)
    with recorded("material.removed"), pytest.raises(Refused) as found:
        send(made, material, 0, DATA)
    assert found.value.denial.code == "file-unfit"
    assert "%(" not in found.value.denial.message
    assert "报告.pdf" in found.value.denial.message
    assert fresh(material).is_removed
    assert (lies(media, "files"), lies(media, "parts")) == ([], [])


def test_the_hash_of_another_entrys_file_gives_nothing(made: Open, entry: Entry, looking: Looking, media: Path) -> None:
    """Who knows a SHA-256 does not get the bytes: they have to come."""
    send(made, named(made, entry), 0, DATA)
    other = begun(made, "别校", "晴川二中")
    material = named(made, other, by=made["晴川二中"])
    assert material.file is None
    assert fresh(material).preview_pages == range(1, 1)
    with pytest.raises(Refused) as found:
        send(made, material, 0, b"?" * len(DATA), by=made["晴川二中"])
    assert found.value.denial.code == "file-not-expected"
    assert fresh(material).file is None
    assert lies(media, "files") == [DATA]


def test_the_same_bytes_twice_are_kept_once(made: Open, entry: Entry, looking: Looking, media: Path) -> None:
    for _ in range(2):
        send(made, named(made, entry), 0, DATA)
    assert (StoredFile.objects.count(), lies(media, "files")) == (1, [DATA])
    assert {one.file_id for one in entry.materials.all()} == {StoredFile.objects.get().pk}


def test_an_upload_that_broke_while_it_was_looked_into_is_finished_later(
    made: Open, entry: Entry, looking: Looking
) -> None:
    """The server stops during the look. The browser asks how much is there, hears: everything, and is content."""
    material = named(made, entry)

    def stops() -> None:
        raise KeyboardInterrupt

    looking.during = stops
    with pytest.raises(KeyboardInterrupt):
        send(made, material, 0, DATA)
    looking.during = lambda: None
    there = fresh(material).size if fresh(material).file else files.received(material.key)
    if there < len(DATA):
        send(made, material, there, DATA[there:])
    send(made, material, 0, DATA)
    assert fresh(material).file is not None


def test_a_second_request_during_the_look_does_no_harm(made: Open, entry: Entry, looking: Looking) -> None:
    material = named(made, entry)
    calls: list[int] = []

    def again_meanwhile() -> None:
        if not calls:
            calls.append(1)
            send(made, material, len(DATA), b"")

    looking.during = again_meanwhile
    try:
        send(made, material, 0, DATA)
    except FileNotFoundError as crash:
        pytest.fail(str(crash))
    assert fresh(material).file is not None


# ---- until when bytes may come


def test_bytes_of_a_draft_come_within_the_grace_and_not_after(made: Open, entry: Entry, looking: Looking) -> None:
    material = named(made, entry)
    assert send(made, material, 0, DATA[:1], at=CLOSES) == 1
    assert send(made, material, 1, DATA[1:2], at=GRACE - TICK) == 2
    with refusal("entries-closed"):
        send(made, material, 2, DATA[2:], at=GRACE)


def test_without_grace_bytes_end_with_entries(made: Open, entry: Entry, looking: Looking) -> None:
    ruled(made, grace_minutes=0)
    material = named(made, entry)
    with refusal("entries-closed"):
        send(made, material, 0, DATA, at=CLOSES)
    assert send(made, material, 0, DATA, at=CLOSES - TICK) == len(DATA)


def test_bytes_of_an_entry_handed_in_come_within_the_grace(made: Open, entry: Entry, looking: Looking) -> None:
    material = named(made, entry)
    submitted_again(made, entry)
    assert send(made, material, 0, DATA, at=GRACE - TICK) == len(DATA)
    assert fresh(material).file is not None


@pytest.mark.parametrize("state", [EntryState.SUBMITTED, EntryState.RECOMMENDED])
def test_bytes_of_an_entry_handed_in_do_not_come_after_the_grace(
    made: Open, entry: Entry, looking: Looking, state: EntryState
) -> None:
    material = named(made, entry)
    submitted_again(made, entry)
    put(entry, state=state)
    with pytest.raises(Refused):
        send(made, material, 0, DATA, at=GRACE + timedelta(days=100))


def test_bytes_of_a_returned_entry_come_until_its_own_deadline(made: Open, looking: Looking) -> None:
    until = CLOSES + timedelta(days=3)
    entry = unit_says(made, handed_in(made), Verdict.RETURNED, until=until)
    material = named(made, entry, at=until - TICK)
    assert send(made, material, 0, DATA[:5], at=until - TICK) == 5
    with refusal("correction-too-late"):
        send(made, material, 5, DATA[5:], at=until)


def test_no_file_is_named_or_taken_out_once_it_is_handed_in(made: Open, entry: Entry) -> None:
    material = named(made, entry)
    submitted_again(made, entry)
    with refusal("entry-handed-in"):
        named(made, entry, kind=made.kinds["photos"])
    with refusal("entry-handed-in"):
        remove_material(material=material, by=made["晴川一中"], at=NOW)


@pytest.mark.parametrize("state", [EntryState.PASSED, EntryState.NOT_PASSED, EntryState.WITHDRAWN])
def test_after_the_grace_no_bytes_come_to_what_is_decided(made: Open, entry: Entry, state: EntryState) -> None:
    material = named(made, entry)
    put(entry, state=state, number="A001")
    with refusal("entry-handed-in"):
        send(made, material, 0, DATA, at=GRACE)


# ---- added whole


def add(made: Open, entry: Entry, data: bytes = DATA, **more: Any) -> Material:
    said = {"kind": made.kinds["report"], "name": "报告.pdf", "size": len(data), "chunks": [data[:9], data[9:]],
            "by": made["晴川一中"], "at": NOW} | more  # fmt: skip
    return add_material(entry=entry, **said)


def test_a_file_that_comes_whole(made: Open, entry: Entry, looking: Looking, media: Path) -> None:
    with recorded("material.named", "material.stored"):
        material = add(made, entry)
    assert fresh(material).file is not None
    assert (lies(media, "files"), lies(media, "parts")) == ([DATA], [])


@pytest.mark.parametrize(
    ("code", "more"),
    [("file-unfit", {"size": MB + 1}), ("file-unfit", {"chunks": []}), ("file-unfit", {"chunks": [b"x" * MB, b"x"]}),
     ("entries-closed", {"at": CLOSES})],
)  # fmt: skip
def test_a_whole_file_that_is_refused_leaves_nothing(
    made: Open, entry: Entry, looking: Looking, media: Path, code: str, more: dict[str, Any]
) -> None:
    with refusal(code):
        add(made, entry, **more)
    assert (lies(media, "files"), lies(media, "parts")) == ([], [])


def test_too_many_whole_files_leave_nothing(made: Open, entry: Entry, looking: Looking, media: Path) -> None:
    for n in range(2):
        add(made, entry, DATA[n:])
    with refusal("too-many-files"):
        add(made, entry, DATA[5:])
    assert len(lies(media, "files")) == 2
    assert lies(media, "parts") == []


def test_a_real_pdf_is_looked_into(made: Open, entry: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(findings, "page_texts", lambda path, kind: [])
    material = add(made, entry, pdf())
    found = fresh(material).file
    assert found is not None
    assert (found.kind, found.media_type, found.pages) == ("pdf", "application/pdf", 2)


def test_a_program_is_no_pdf_whatever_it_is_called(made: Open, entry: Entry) -> None:
    with pytest.raises(Refused) as found:
        add(made, entry, b"MZ" + bytes(500))
    assert found.value.denial.code == "file-unfit"
    assert Material.objects.get().is_removed


# ---- names in what judges read


def test_names_in_a_file_for_judges_are_found(made: Open, looking: Looking) -> None:
    entry = begun(made, authors=[{"name": "张小三", "grade": 5}])
    looking.pages = ["作者：张小三，晴川一中", "指导：王老师"]
    found = add(made, entry).findings
    assert {(one["word"], one["what"]) for one in found} == {
        ("张小三", "author"),
        ("晴川一中", "school"),
        ("王老师", "tutor"),
    }


def test_names_in_other_files_are_not_looked_for(made: Open, looking: Looking) -> None:
    entry = begun(made, authors=[{"name": "张小三", "grade": 5}])
    looking.pages = ["张小三"]
    assert add(made, entry, kind=made.kinds["photos"]).findings == []


def test_a_file_whose_text_cannot_be_read_says_so(made: Open, entry: Entry, looking: Looking) -> None:
    looking.pages = Unfit("took-too-long")
    material = add(made, entry)
    assert [one["what"] for one in fresh(material).findings] == ["unread"]
    assert fresh(material).file is not None


# ---- taken out


def test_remove_material_once_with_one_event(made: Open, entry: Entry, looking: Looking, media: Path) -> None:
    material = named(made, entry)
    send(made, material, 0, DATA[:5])
    with recorded("material.removed"):
        for _ in range(2):
            remove_material(material=fresh(material), by=made["晴川一中"], at=NOW)
    assert lies(media, "parts") == []
    assert again(entry).draft["lacks"] == 1


def test_what_was_handed_in_stays_readable_when_its_file_is_taken_out(
    made: Open, entry: Entry, looking: Looking
) -> None:
    material = named(made, entry)
    send(made, material, 0, DATA)
    receipt = submitted_again(made, entry)
    withdrawn = withdraw_entry(entry=entry, by=made["晴川一中"], at=NOW)
    with refusal("entry-handed-in"):
        remove_material(material=material, by=made["晴川一中"], at=NOW)
    put(withdrawn, state=EntryState.DRAFT)
    remove_material(material=material, by=made["晴川一中"], at=NOW)
    assert files.path_of(receipt.content["files"][0]["sha256"]).read_bytes() == DATA


def test_naming_that_breaks_half_way_writes_nothing(made: Open, entry: Entry, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything()

    def breaks(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("half way")

    monkeypatch.setattr(materials, "note_lacks", breaks)
    with pytest.raises(RuntimeError, match="half way"):
        named(made, entry)
    assert everything() == before


def test_the_files_of_a_deleted_draft_are_gone_too(
    made: Open,
    entry: Entry,
    looking: Looking,
    media: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    """A child's work that was never handed in; no other entry has these bytes."""
    send(made, named(made, entry), 0, DATA)
    send(made, named(made, entry, DATA[1:]), 0, DATA[1:5])
    with django_capture_on_commit_callbacks(execute=True):
        delete_draft(entry=entry, by=made["晴川一中"], at=NOW)
    assert (lies(media, "files"), lies(media, "parts")) == ([], [])
