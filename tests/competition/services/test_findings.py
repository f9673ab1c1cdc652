"""Names in what judges read, let pass by the office; and the copies that judges get."""

import io
from pathlib import Path

import pikepdf
import pytest
from django.db import connection

from competition import files
from competition.inspection import FileKind, Unfit
from competition.models import Material
from competition.services import findings, reviewing
from competition.services.entering import delete_draft, save_draft
from competition.services.findings import (
    clear_findings,
    make_copy,
    named_in_words,
    names_of,
    open_findings,
    refresh_findings,
    texts_of,
)
from competition.services.materials import add_material
from competition.states import EntryState
from tests.competition.inspection.samples import AUTHOR, jpeg, pdf
from tests.factories.entering import NOW, Open, again, begun, office_says, put, recorded, refusal


@pytest.fixture(autouse=True)
def media(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def add(made: Open, entry, data: bytes, kind: str = "report", name: str = "报告.pdf") -> Material:
    found = add_material(
        entry=entry, kind=made.kinds[kind], name=name, size=len(data), chunks=[data], by=made["晴川一中"], at=NOW
    )
    return Material.objects.select_related("entry__contest", "kind", "file", "copy").get(pk=found.pk)


@pytest.fixture
def entry(made):
    return begun(made, authors=[{"name": "张小三", "grade": 5}])


def test_names_of_an_entry_are_people_school_aliases_and_district(made: Open) -> None:
    entry = begun(made, authors=[{"name": "张三", "grade": 5}, {"name": "", "grade": 5}])
    entry.school.aliases = ["一中"]
    assert names_of(entry) == {
        "张三": "author", "王老师": "tutor", "晴川一中": "school", "东区": "district", "一中": "school",
    }  # fmt: skip


def test_a_name_typed_after_the_file_came_is_found(made, entry):
    """Files first, people second: a teacher may fill the form in any order."""
    material = add(made, entry, pdf(("作者：李小四",)))
    assert material.findings == []
    save_draft(entry=again(entry), changes={"authors": [{"name": "李小四", "grade": 5}]}, by=made["晴川一中"], at=NOW)
    material.refresh_from_db()
    assert [one["word"] for one in material.findings] == ["李小四"]


def test_the_text_of_a_file_is_read_once(made, entry, monkeypatch):
    material = add(made, entry, pdf(("火星",)))
    monkeypatch.setattr("competition.services.findings.page_texts", lambda path, kind: 1 / 0)
    assert texts_of(material.sha256, FileKind.PDF) == ["火星"]


def test_what_was_let_pass_stays_until_something_else_is_found(made, entry):
    material = add(made, entry, pdf(("张小三 李小四",)))
    put(entry, state=EntryState.RECOMMENDED, number="A001")
    with recorded("material.cleared"):
        clear_findings(material=material, seen=material.findings_seen, reason="参考文献作者", by=made["office"], at=NOW)
    refresh_findings(again(entry))
    material.refresh_from_db()
    assert material.cleared_reason == "参考文献作者"
    refresh_findings(put(entry, draft={"authors": [{"name": "李小四"}], "tutors": []}))
    material.refresh_from_db()
    assert (material.cleared_reason, material.cleared_by) == ("", None)


def test_an_entry_whose_file_names_its_author_does_not_pass(made, entry):
    material = add(made, entry, pdf(("第一页", "作者：张小三")))
    put(entry, state=EntryState.RECOMMENDED, number="A001")
    with refusal("names-found") as found:
        office_says(made, again(entry))
    assert "张小三" in str(found[0])
    assert "2" in str(found[0])
    clear_findings(material=material, seen=material.findings_seen, reason="同名人物", by=made["office"], at=NOW)
    assert open_findings(entry) == []
    assert office_says(made, again(entry)).state == EntryState.PASSED


def test_without_the_guard_it_would_pass(made, entry, monkeypatch):
    add(made, entry, pdf(("作者：张小三",)))
    put(entry, state=EntryState.RECOMMENDED, number="A001")
    monkeypatch.setattr(reviewing, "refuse_names", lambda entry: None)
    assert office_says(made, again(entry)).state == EntryState.PASSED


def test_letting_pass_needs_a_reason_and_the_office(made, entry):
    material = add(made, entry, pdf(("作者：张小三",)))
    put(entry, state=EntryState.RECOMMENDED, number="A001")
    with refusal("clearing-without-reason"):
        clear_findings(material=material, seen=material.findings_seen, reason=" ", by=made["office"], at=NOW)
    for who in ("晴川一中", "东区", "stranger"):
        with refusal("hidden"):
            clear_findings(material=material, seen=material.findings_seen, reason="同名", by=made[who], at=NOW)


def test_judges_get_a_copy_without_metadata(made, entry):
    material = add(made, entry, pdf(("火星",), author=AUTHOR))
    original, copy = (files.path_of(one.sha256) for one in (material.file, material.copy))
    with pikepdf.open(original) as was, pikepdf.open(copy) as now:
        assert AUTHOR in str(was.docinfo.get("/Author"))
        assert "/Author" not in now.docinfo
    assert AUTHOR.encode() not in copy.read_bytes()
    assert material.copy.media_type == "application/pdf"


def test_a_copy_of_a_picture_loses_what_the_camera_wrote(made, entry):
    kind = made.kinds["photos"]
    kind.is_for_judges = True
    kind.save()
    material = add(made, entry, jpeg(description=AUTHOR), "photos", "x.jpg")
    assert AUTHOR.encode() in files.path_of(material.file.sha256).read_bytes()
    assert AUTHOR.encode() not in files.path_of(material.copy.sha256).read_bytes()


def test_no_copy_of_what_judges_do_not_see(made, entry):
    material = add(made, entry, jpeg(), "photos", "x.jpg")
    assert material.copy is None
    assert not make_copy(material, at=NOW)


def test_the_copy_goes_with_its_draft(made, entry, django_capture_on_commit_callbacks):
    material = add(made, entry, pdf(("火星",), author=AUTHOR))
    paths = [files.path_of(one.sha256) for one in (material.file, material.copy)]
    paths.append(files.texts_path_of(material.file.sha256))
    assert all(path.exists() for path in paths)
    with django_capture_on_commit_callbacks(execute=True):
        delete_draft(entry=again(entry), by=made["晴川一中"], at=NOW)
    assert not any(path.exists() for path in paths)


def test_what_could_not_be_read_once_is_read_the_next_time(made, entry, monkeypatch):
    """A machine that was too busy is no reason that names are never found."""

    def fails(path, kind):
        raise Unfit("took-too-long", seconds=20)

    with monkeypatch.context() as busy:
        busy.setattr("competition.services.findings.page_texts", fails)
        material = add(made, entry, pdf(("作者：张小三",)))
    assert [one["what"] for one in material.findings] == ["unread"]
    put(entry, state=EntryState.RECOMMENDED, number="A001")
    with refusal("text-unread"):
        office_says(made, again(entry))
    refresh_findings(again(entry))
    material.refresh_from_db()
    assert [one["word"] for one in material.findings] == ["张小三"]


def test_only_what_was_read_is_let_pass(made, entry):
    material = add(made, entry, pdf(("张小三 李小四",)))
    seen = material.findings_seen
    refresh_findings(put(entry, state=EntryState.RECOMMENDED, number="A001",
                         draft={"authors": [{"name": "李小四"}], "tutors": []}))  # fmt: skip
    with refusal("findings-changed"):
        clear_findings(material=material, seen=seen, reason="同名", by=made["office"], at=NOW)


def test_group_and_other_schools_are_names_too(made, entry):
    put(entry, group_name="小水滴社团",
        draft={"authors": [{"name": "张小三"}, {"name": "李小四", "school": "西山中学"}], "tutors": []})  # fmt: skip
    found = names_of(again(entry))
    assert (found["小水滴社团"], found["西山中学"]) == ("group", "school")


def test_names_in_title_and_abstract_are_pointed_out(made):
    entry = begun(made, "张小三的浇花器", authors=[{"name": "张小三", "grade": 5}], abstract="在晴川一中试用。")
    assert named_in_words(entry) == ["张小三", "晴川一中"]


def test_texts_are_not_read_inside_a_transaction(made, entry, monkeypatch):
    """The one writer of SQLite would wait for a child process."""
    depth, seen = len(connection.savepoint_ids), []
    real = findings.page_texts
    monkeypatch.setattr(findings, "page_texts", lambda *args: seen.append(len(connection.savepoint_ids)) or real(*args))
    add(made, entry, pdf(("火星",)))
    assert seen == [depth]


def test_a_bookmark_goes_with_the_copy(made, entry):
    with pikepdf.open(io.BytesIO(pdf(("火星",)))) as whole:
        with whole.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("张小三的报告", 0))
        file = io.BytesIO()
        whole.save(file)
    material = add(made, entry, file.getvalue())
    with pikepdf.open(files.path_of(material.copy.sha256)) as copy:
        assert "/Outlines" not in copy.Root
