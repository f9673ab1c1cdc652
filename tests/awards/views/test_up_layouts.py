"""The higher contest's form: chosen columns, whose values leave by their own rules."""

import io
import re
import zipfile
from functools import partial

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from awards.core.up_layouts import Layout, UpColumn
from awards.services.up_layouts import layouts_of, save_up_layout
from competition.models import AccessRecord, Author, Entry, Event, Person
from competition.services.late import choose_late
from competition.services.setting_up import copy_contest
from competition.states import EntryState
from tests.competition.core.books import book
from tests.config.test_query_counts import asked, grown
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
    typed = {"heading-0": "项目", "code-0": "title", "heading-1": "负责人", "code-1": "first_author", "place-1": "9",
             "heading-2": "编号", "code-2": "number"}  # fmt: skip
    assert client.post(page, said | typed).status_code == 302
    assert "=1+1" in client.get(page).content.decode()
    answer = client.get(file)
    assert cells(answer.content) == [["项目", "编号", "负责人"], ["=1+1", entry.number, "林晓雨"]]
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
