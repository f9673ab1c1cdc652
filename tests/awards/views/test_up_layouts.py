"""The higher contest's form: chosen columns, whose values leave by their own rules."""

import io
import re
import zipfile
from functools import partial

import openpyxl
import pytest
import time_machine
import xlwt
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from python_calamine import CalamineWorkbook

from awards.core.up_layouts import Layout, UpColumn
from awards.services.up_layouts import begin_up_layout, drop_up_layout, layouts_of, save_up_layout
from competition import files
from competition.errors import Refused
from competition.models import AccessRecord, Author, Entry, Event, LateAnswer, Person, StoredFile
from competition.services.late import choose_late
from competition.services.setting_up import copy_contest
from competition.states import EntryState
from tests.competition.core.books import book
from tests.config.test_query_counts import asked, grown
from tests.factories import forms_above
from tests.factories.entering import NOW, Open, open_contest, put, recorded, refusal
from tests.factories.late import AFTER, MAN, WOMAN, answered, filled, passed
from tests.factories.noticing import client_of

pytestmark = pytest.mark.django_db
COLUMNS = (("row", "序号"), ("title", "项目"), ("author", "姓名"), ("late-author-id_number", "身份证号"), ("", "备注"),
           ("late-tutor-phone", "教师电话"))  # fmt: skip


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as moved:
        yield moved


@pytest.fixture
def made(clock) -> Open:
    return open_contest()


def kept(made: Open, rows: str = "author", which: str = "all", columns=COLUMNS, **more) -> str:
    layout = Layout("省赛报名表", tuple(UpColumn(*one) for one in columns), rows, which, **more)
    return save_up_layout(contest=made.contest, layout=layout, by=made["host"], at=NOW)


def url(made: Open, name: str = "up-layouts", *of: str) -> str:
    return reverse(name, args=[made.contest.key, *of])


def cells(data: bytes) -> list[list]:
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()


def looks(what: str) -> int:
    return AccessRecord.objects.filter(what=what).count()


def test_their_form_is_read_confirmed_and_filled_in(made):
    entry, client = passed(made, "=1+1"), client_of(made["host"])
    form = SimpleUploadedFile("x.xlsx", book(表=[["报名表"], ["项目", "负责人", "获奖等级", "备注"]]))
    with recorded("up-layouts.saved"):
        page = client.post(url(made), {"name": "省赛", "list": form}).url
    (key,) = layouts_of(made.contest.__class__.objects.get(pk=made.contest.pk))
    file = url(made, "up-layout-file", key)
    assert client.get(file).status_code == 403  # guessed, not looked at
    said = {"name": "省赛", "rows": "entry", "which": "all"}
    typed = {"code-0": "title", "code-1": "first_author", "code-2": "prize", "code-3": "number"}
    assert client.post(page, said | typed).status_code == 302
    assert "=1+1" in client.get(page).content.decode()
    answer = client.get(file)
    assert cells(answer.content) == [
        ["报名表", "", "", ""],
        ["项目", "负责人", "获奖等级", "备注"],
        ["=1+1", "林晓雨", "", entry.number],
    ]
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(answer.content)).read("xl/worksheets/sheet1.xml")
    assert answer["Content-Disposition"] == 'attachment; filename="form.xlsx"'
    assert (looks("up-form.xlsx"), looks("late-up-form.xlsx")) == (1, 0)
    assert client.post(page, said | {"rows": "nobody"} | typed).status_code == 422
    client.post(page, said | typed | {"copy": "1"})
    client.post(url(made, "up-layout-drop", key))
    assert [one.name for one in layouts_of(made.contest.__class__.objects.get(pk=made.contest.pk)).values()] == [
        "省赛 (2)"
    ]


def test_late_details_leave_only_in_the_download_of_the_chosen_and_are_written_down(made):
    entry = filled(made)
    answered(made, entry, "赵一", id_number=MAN)
    answered(made, entry, "周老师", phone="05503012345")
    passed(made, "风车", authors=[{"name": "孙小", "grade": 5}])
    key, client = kept(made), client_of(made["host"])
    page = client.get(url(made, "up-layout", key)).content.decode()
    assert "●" in page and WOMAN not in page and "05503012345" not in page
    assert looks("late-up-form.xlsx") == 0
    rows = cells(client.get(url(made, "up-layout-file", key)).content)[1:]
    assert rows == [
        [1.0, "浇花器", "林晓雨", WOMAN, "", "05503012345"], [2.0, "浇花器", "赵一", MAN, "", "05503012345"],
        [3.0, "风车", "孙小", "", "", ""],
    ]  # fmt: skip
    assert (looks("up-form.xlsx"), looks("late-up-form.xlsx")) == (1, 1)
    whole = kept(made, "entry", "chosen")
    assert cells(client.get(url(made, "up-layout-file", whole)).content)[1:] == [
        [1.0, "浇花器", "林晓雨、赵一", f"{WOMAN}\n{MAN}", "", "05503012345"]
    ]
    put(entry, state="withdrawn")
    assert WOMAN not in str(cells(client.get(url(made, "up-layout-file", key)).content))


def test_what_the_first_of_two_authors_lacks_has_its_line(made):
    entry = filled(made)
    LateAnswer.objects.filter(consent__person__name="林晓雨", field="id_number").delete()
    answered(made, entry, "赵一", id_number=MAN)
    whole = kept(made, "entry", "chosen")
    [row] = cells(client_of(made["host"]).get(url(made, "up-layout-file", whole)).content)[1:]
    assert row[2:4] == ["林晓雨、赵一", f"—\n{MAN}"]


def test_from_the_day_of_erasure_on_nothing_leaves_and_other_columns_still_do(made, clock):
    filled(made)
    key, bare = kept(made), kept(made, columns=COLUMNS[:2])
    clock.move_to(AFTER)
    client = client_of(made["host"])
    assert client.get(url(made, "up-layout-file", key)).status_code == 403
    page = client.get(url(made, "up-layout", key)).content.decode()
    assert "浇花器" in page and WOMAN not in page and "●" not in page
    assert looks("late-up-form.xlsx") == looks("up-form.xlsx") == 0
    assert client.get(url(made, "up-layout-file", bare)).status_code == 200


def test_a_lost_secret_fills_in_nothing_half(made, settings):
    filled(made)
    key, client = kept(made), made["host"]
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", []
    assert client_of(client).get(url(made, "up-layout-file", key)).status_code in (403, 409)
    assert looks("late-up-form.xlsx") == 0


def test_two_who_save_at_once_both_keep_theirs_and_a_deleted_one_is_not_saved(made):
    one = kept(made)
    stale = made.contest.__class__.objects.get(pk=made.contest.pk)
    two = kept(made)
    layout = Layout("另一份", (UpColumn("title", "项目"),))
    three = save_up_layout(contest=stale, layout=layout, by=made["host"], at=NOW)
    assert list(layouts_of(stale)) == [one, two, three]
    with refusal("layout-gone"):
        save_up_layout(contest=stale, key="k" * 26, layout=layout, by=made["host"], at=NOW)
    before = Event.objects.count()
    save_up_layout(contest=stale, key=three, layout=layout, by=made["host"], at=NOW)
    assert Event.objects.count() == before  # nothing changed


def test_what_somebody_else_saved_meanwhile_is_not_written_over_unseen(made):
    key, client = kept(made), client_of(made["host"])
    page = url(made, "up-layout", key)
    seen = re.search(r'name="seen" value="([^"]+)"', client.get(page).content.decode())[1]
    mine = {"name": "甲", "rows": "entry", "which": "all", "heading-0": "项目", "code-0": "title", "seen": seen}
    assert client.post(page, mine | {"name": "乙"}).status_code == 302
    answer = client.post(page, mine)
    assert answer.status_code == 422 and 'value="甲"' in answer.content.decode()
    made.contest.refresh_from_db()
    assert layouts_of(made.contest)[key].name == "乙"
    again = re.search(r'name="seen" value="([^"]+)"', answer.content.decode())[1]
    assert client.post(page, mine | {"seen": again}).status_code == 302


def test_the_next_edition_takes_its_forms_along(made):
    kept(made)
    made.contest.refresh_from_db()
    copy = copy_contest(contest=made.contest, by=made["office"], at=NOW)
    assert layouts_of(copy) == layouts_of(made.contest) != {}


def test_the_page_asks_no_more_for_a_hundred_entries_than_for_three(made):
    entry, client = filled(made), client_of(made["host"])
    everything = (("authors", "作者"), ("tutors", "教师"), ("authorisation", "授权号"), ("district", "区"), *COLUMNS)
    key = kept(made, columns=everything)
    pages = {name: partial(client.get, url(made, name, key)) for name in ("up-layout", "up-layout-file")}
    more(made, entry, range(3))
    few = asked(pages)
    more(made, entry, range(3, 100))
    assert grown(few, asked(pages)) == {}


def more(made: Open, entry: Entry, numbers: range) -> None:
    rows = Entry.objects.bulk_create(
        Entry(contest=made.contest, track=entry.track, number=f"X{at}", order=1000 + at, title=f"作品{at}",
              school=entry.school, state=EntryState.PASSED)
        for at in numbers
    )  # fmt: skip
    for one in rows:
        author = Person.objects.create(kind="student", name=f"学生{one.number}", school=one.school)
        Author.objects.create(entry=one, person=author, order=1)
    choose_late(contest=made.contest, entries=rows, by=made["host"], at=NOW)


def begun(made: Open, data: bytes, name: str = "省赛.xlsx"):
    form = SimpleUploadedFile(name, data)
    return client_of(made["host"]).post(url(made), {"name": "省赛", "list": form})


def confirmed(made: Open, key: str, client, **more: str) -> None:
    made.contest.refresh_from_db()
    typed = {f"code-{at}": one.code for at, one in enumerate(layouts_of(made.contest)[key].columns)}
    said = {"name": "省赛", "rows": "author", "which": "all"}
    assert client.post(url(made, "up-layout", key), said | typed | more).status_code == 302
    made.contest.refresh_from_db()


def key_of(made: Open) -> str:
    made.contest.refresh_from_db()
    return list(layouts_of(made.contest))[-1]


def test_their_own_form_is_filled_in_with_its_look_and_its_late_details_leave_by_their_rules(made, clock):
    filled(made, "=1+1")
    with recorded("up-layouts.saved"):
        begun(made, forms_above.their_form(["序号", "项目名称", "姓名", "身份证号", "备注"]))
    key, client = key_of(made), client_of(made["host"])
    file = url(made, "up-layout-file", key)
    assert client.get(file).status_code == 403
    typed = {"heading-1": "别的", "place-1": "9", "code-4": "school"}  # its headings and places are not ours to change
    confirmed(made, key, client, **typed)
    assert looks("up-form.xlsx") == 0
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(file).content)).worksheets[0]
    assert [cell.value for cell in sheet[3]] == ["序号", "项目名称", "姓名", "身份证号", "备注"]
    assert [cell.value for cell in sheet[4]] == [1, "=1+1", "林晓雨", WOMAN, "晴川一中"]
    assert sheet["B4"].data_type == sheet["D4"].data_type == "s" and sheet["D4"].number_format == "@"
    assert sheet["A7"].value == forms_above.NOTE and "A1:E1" in map(str, sheet.merged_cells.ranges)
    assert (looks("up-form.xlsx"), looks("late-up-form.xlsx")) == (1, 1)
    empty = client.get(url(made, "up-layout-empty", key))
    assert WOMAN not in str(cells(empty.content)) and empty["Content-Disposition"].startswith("attachment")
    clock.move_to(AFTER)
    client = client_of(made["host"])
    assert client.get(file).status_code == 403 and client.get(url(made, "up-layout-empty", key)).status_code == 200


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (lambda: workbook_xls(), "xls"), (lambda: b"a,b\n1,2", "x.xlsx"), (lambda: book(表=[["", ""]]), "xlsx"),
        (lambda: with_macros(), "x.xlsx"),
    ],
)  # fmt: skip
def test_what_is_no_form_is_refused_and_nothing_is_kept(made, data, said):
    files_before, events_before = StoredFile.objects.count(), Event.objects.count()
    answer = begun(made, data(), "x.xlsx")
    assert answer.status_code == 422 and said in answer.content.decode()
    assert (StoredFile.objects.count(), Event.objects.count()) == (files_before, events_before)
    made.contest.refresh_from_db()
    assert layouts_of(made.contest) == {}


def edited(data: bytes, old: bytes, new: bytes, part: str = "xl/worksheets/sheet1.xml") -> bytes:
    """The same workbook with other bytes in one part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as was, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name in was.namelist():
            found = was.read(name)
            assert name != part or old in found
            made.writestr(name, found.replace(old, new) if name == part else found)
    return out.getvalue()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"</sheetData>", b"</sheetDat>"), (b'<row r="3"', b'<row r="x"'), (b'width="11"', b'width="wide"'),
        (b"<worksheet", b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet'),
    ],
)  # fmt: skip
def test_a_broken_form_is_refused_and_nothing_is_kept(made, old, new):
    empty = forms_above.their_form(["序号", "项目名称"])
    answer = begun(made, edited(empty, old, new))
    assert answer.status_code == 422 and StoredFile.objects.count() == made.contest.up_forms.count() == 0


def test_remarks_between_the_elements_of_a_form_do_no_harm(made):
    empty = forms_above.their_form(["序号", "项目名称"])
    assert begun(made, edited(empty, b'<row r="3"', b'<!-- by hand --><?of here?><row r="3"')).status_code == 302


def workbook_xls() -> bytes:
    made = xlwt.Workbook()
    made.add_sheet("表").write(0, 0, "项目")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def with_macros() -> bytes:
    out = io.BytesIO(book(表=[["项目", "学校"]]))
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("xl/vbaProject.bin", b"x")
    return out.getvalue()


def test_a_form_goes_along_to_the_next_edition_and_its_bytes_go_with_the_last_that_has_it(made):
    begun(made, forms_above.their_form(["序号", "项目名称"]))
    key, client = key_of(made), client_of(made["host"])
    confirmed(made, key, client, copy="1")
    copy = copy_contest(contest=made.contest, by=made["office"], at=NOW)
    assert layouts_of(copy) == layouts_of(made.contest) and copy.up_forms.count() == made.contest.up_forms.count() == 2
    file = StoredFile.objects.get(pk=copy.up_forms.first().file_id)
    for one in layouts_of(made.contest):
        client.post(url(made, "up-layout-drop", one))
    assert made.contest.up_forms.count() == 0 and files.path_of(file.sha256).exists()
    for one in layouts_of(copy):
        drop_up_layout(contest=copy, key=one, by=made["office"], at=NOW)
    assert not StoredFile.objects.filter(pk=file.pk).exists()


def test_lost_bytes_are_said_and_no_plain_table_goes_out_instead(made):
    filled(made)
    begun(made, forms_above.their_form(["序号", "项目名称", "身份证号"]))
    key, client = key_of(made), client_of(made["host"])
    confirmed(made, key, client)
    files.path_of(made.contest.up_forms.get().file.sha256).unlink()
    for name in ("up-layout-file", "up-layout-empty"):
        assert client.get(url(made, name, key)).status_code in (403, 409)
    assert looks("up-form.xlsx") == looks("late-up-form.xlsx") == 0


def test_only_the_office_gets_a_form_and_a_plain_table_has_none(made):
    plain = kept(made)
    begun(made, forms_above.their_form(["序号", "项目名称"]))
    for who in ("晴川一中", "东区", "stranger"):
        assert client_of(made[who]).get(url(made, "up-layout-empty", key_of(made))).status_code == 404
    assert client_of(made["host"]).get(url(made, "up-layout-empty", plain)).status_code == 404


def test_the_services_themselves_ask_who_it_is(made):
    data = forms_above.their_form(["序号", "项目名称"])
    what = {"contest": made.contest, "name": "省赛", "upload": "x.xlsx", "size": len(data), "chunks": [data], "at": NOW}
    with pytest.raises(Refused):
        begin_up_layout(**what, by=made["stranger"])
    assert not StoredFile.objects.exists() and not Event.objects.filter(action="up-layouts.saved").exists()
    key = begin_up_layout(**what, by=made["host"])
    layout = layouts_of(made.contest)[key]
    for act in (partial(save_up_layout, key=key, layout=layout), partial(drop_up_layout, key=key)):
        with pytest.raises(Refused):
            act(contest=made.contest, by=made["晴川一中"], at=NOW)
    form = made.contest.up_forms.get()
    with pytest.raises(IntegrityError), transaction.atomic():  # one form for one set of columns
        made.contest.up_forms.create(layout=key, name="又一份", file=form.file)
