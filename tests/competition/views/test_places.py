"""The office's page of schools and units: the list, an import from preview to file, names, invitations."""

import io
import re
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from competition.importing_places import ASKED, NEW, SAME, WRONG, places_plan, read_places
from competition.models import District, Role, School, SignInLink
from competition.services.accounts import use_link
from competition.services.place_names import save_school_names
from tests.competition.core.books import book
from tests.competition.test_importing_places import HEAD, row
from tests.factories.entering import NOW, Open, everything, recorded

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(made: Open, client: Client, settings: Any, tmp_path: Any) -> Client:
    settings.MEDIA_ROOT = tmp_path
    client.force_login(made["office"])
    return client


def previewed(office: Client, *rows: Any) -> Any:
    file = SimpleUploadedFile("学校.xlsx", book(名单=[HEAD, *rows]))
    answer = office.post(reverse("places-import"), {"list": file})
    assert answer.status_code == 200
    return answer


def sheet_of(answer: Any) -> list[tuple[Any, ...]]:
    assert answer["Content-Disposition"].startswith("attachment")
    page = openpyxl.load_workbook(io.BytesIO(answer.getvalue())).worksheets[0]
    return list(page.iter_rows(values_only=True))


# ---- the import


def test_nothing_happens_before_it_is_confirmed(office: Client) -> None:
    with recorded():
        page = previewed(
            office, row("东区", "红星学校"), row("东区", "晴川市第一中学"), row("东区", None, 其他名称="x")
        )
    assert not School.objects.filter(name="红星学校").exists()
    assert [line.status for line in page.context["lines"]] == [NEW, ASKED, WRONG]
    text = page.content.decode()
    for said in ("红星学校", "晴川市第一中学", "“晴川一中”", 'name="row-3"', "C4"):
        assert said in text


def test_an_import_from_preview_to_the_rows_that_stayed_out(made: Open, office: Client) -> None:
    rows = [row("东区", "红星学校"), row("东区", "晴川市第一中学"), row("东区", "晴川市第二中学"),
            row("东区", "火炬学校", 单位类型="公园")]  # fmt: skip
    said = {"ticket": previewed(office, *rows).context["ticket"], "row-3": made.schools["晴川一中"].key}
    with recorded("places.imported"):
        done = office.post(reverse("places-import-apply"), said)
    assert (done.status_code, done.context["left"]) == (200, 2)
    assert School.objects.get(name="晴川一中").aliases == ["晴川市第一中学"]
    said["ticket"] = done.context["ticket"]
    head, *left = sheet_of(office.post(reverse("places-import-faults"), said))
    assert [line[2] for line in left] == ["晴川市第二中学", "火炬学校"]
    assert "晴川二中" in left[0][-1]
    assert len(head) == len(HEAD) + 1


def test_a_unit_is_asked_about_first_and_then_looked_at_again(made: Open, office: Client) -> None:
    page = previewed(office, row("东 区", "晴川市第一中学"))
    assert [one.name for one in page.context["open"]] == ["东 区"]
    said = {"ticket": page.context["ticket"], "unit-2": made.units["东区"].key}
    page = office.post(reverse("places-import-answer"), said)
    assert (page.context["open"], page.context["lines"][0].candidates[0].name) == ([], "晴川一中")
    said |= {"ticket": page.context["ticket"], "row-2": "new"}
    with recorded("places.imported"):
        assert office.post(reverse("places-import-apply"), said).status_code == 302
    assert School.objects.get(name="晴川市第一中学").district == made.units["东区"]


def test_another_answer_about_a_unit_than_was_shown_is_not_applied(made: Open, office: Client) -> None:
    page = previewed(office, row("东 区", "红星学校"))
    said = {"ticket": page.context["ticket"], "unit-2": made.units["东区"].key}
    before = everything_but_looks()
    answer = office.post(reverse("places-import-apply"), said)
    assert answer.status_code == 200  # the preview, once more
    assert everything_but_looks() == before


def everything_but_looks() -> dict[str, Any]:
    return {name: rows for name, rows in everything().items() if name != "competition.AccessRecord"}


@pytest.mark.parametrize("name", ["places-import-answer", "places-import-apply", "places-import-faults"])
def test_a_ticket_of_somebody_else_opens_nothing(made: Open, office: Client, name: str) -> None:
    ticket = previewed(office, row("东区", "红星学校")).context["ticket"]
    Role.objects.create(user=made["stranger"], kind="organiser")
    office.force_login(made["stranger"])
    for said in ({"ticket": ticket}, {"ticket": "x"}, {}):
        assert office.post(reverse(name), said)["Location"] == reverse("places-import")
    assert not School.objects.filter(name="红星学校").exists()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_list_of_what_is_here_comes_back_as_unchanged(office: Client, made: Open, language: str) -> None:
    School.objects.filter(name="晴川一中").update(aliases=["一中", "附中"], contact="=1+1", phone="0550-1")
    District.objects.filter(label_zh="西区").update(kind="centre", contact="钱科长", label_en="West")
    data = office.get(reverse("places-list"), headers={"accept-language": language}).getvalue()
    plan = places_plan(read_places(data))
    assert [line.status for line in plan.lines] == [SAME] * 5
    assert plan.problems == []
    empty = office.get(reverse("places-empty-list"), headers={"accept-language": language}).getvalue()
    assert places_plan(read_places(empty)).lines == []


def test_a_file_that_is_no_list_is_told_on_the_page(office: Client) -> None:
    answer = office.post(reverse("places-import"), {"list": SimpleUploadedFile("x.xlsx", b"%PDF-1.4")})
    assert (answer.status_code, len(answer.context["plan"].problems)) == (200, 1)
    assert office.post(reverse("places-import"), {}).status_code == 422


# ---- the list


def test_the_page_asks_no_more_for_60_schools_than_for_3(made: Open, office: Client) -> None:
    asked = []
    for more in (0, 0, 57):
        School.objects.bulk_create(
            School(
                district=made.units["东区" if n % 2 else "西区"],
                name=f"甲{n}学校",
                state="pending" if n % 5 else "active",
            )
            for n in range(more)
        )
        with CaptureQueriesContext(connection) as queries:
            assert office.get(reverse("places")).status_code == 200
        asked.append(len(queries))
    assert asked[2] == asked[1]


@pytest.mark.parametrize("word", ["附中", "晴川一", "ｆｕｚｈｏｎｇ", "老 附中"])
def test_a_school_is_found_by_any_of_its_names(made: Open, office: Client, word: str) -> None:
    School.objects.filter(name="晴川一中").update(aliases=["附中", "老附中"], name_en="Fuzhong")
    page = office.get(reverse("places"), {"q": word})
    assert [school.name for _, _, lines in page.context["units"] for school, _ in lines] == ["晴川一中"]


def test_a_school_that_registered_under_a_near_name_is_pointed_out(made: Open, office: Client) -> None:
    School.objects.create(district=made.units["东区"], name="晴川市第一中学", state="pending")
    School.objects.create(district=made.units["西区"], name="晴川市第一中学", state="pending")
    waiting = office.get(reverse("places")).context["waiting"]
    assert {school.district.label_zh: near for school, near in waiting} == {"东区": ["晴川一中"], "西区": []}


# ---- names


def test_names_are_saved_or_said_why_not_with_what_was_typed(made: Open, office: Client) -> None:
    school = made.schools["晴川一中"]
    to = reverse("place-names", args=["school", school.key])
    said = {"name": "晴川市第一中学", "name_en": "No. 1", "aliases": "一中、附中\n老一中"}
    with recorded("place.renamed"):
        assert office.post(to, said).status_code == 302
    assert School.objects.get(pk=school.pk).aliases == ["一中", "附中", "老一中", "晴川一中"]
    for wrong in ({"name": ""}, {"name": "晴川二中"}, {"aliases": "晴川二中"}, {"aliases": "长" * 201}):
        with recorded():
            answer = office.post(to, said | {"name_en": "typed"} | wrong)
        assert (answer.status_code, "typed" in answer.content.decode()) == (422, True)


def test_a_unit_changes_its_kind(made: Open, office: Client) -> None:
    to = reverse("place-names", args=["unit", made.units["东区"].key])
    assert office.post(to, {"label_zh": "东区", "kind": "centre", "aliases": "东城"}).status_code == 302
    assert office.post(to, {"label_zh": "东区", "kind": "park"}).status_code == 422
    unit = District.objects.get(label_zh="东区")
    assert (unit.kind, unit.aliases) == ("centre", ["东城"])


def test_a_renamed_school_is_offered_under_its_old_name(made: Open, office: Client) -> None:
    said: dict[str, Any] = {"name": "东区高级中学", "name_en": "", "aliases": ()}
    save_school_names(school=made.schools["晴川一中"], by=made["office"], at=NOW, **said)
    (line,) = previewed(office, row("东区", "晴川一中")).context["lines"]
    assert [(one.name, one.is_alias) for one in line.candidates] == [("东区高级中学", True)]


# ---- invitations


def test_links_for_those_without_an_account_come_once_in_a_file(made: Open, office: Client) -> None:
    Role.objects.filter(school__in=[made.schools["晴川一中"], made.schools["西山中学"]]).delete()
    School.objects.filter(name="晴川一中").update(contact="孙主任", phone="0550-1")
    keys = re.findall(r'name="school" value="([a-z2-7]+)"', office.get(reverse("places-invite")).content.decode())
    assert len(keys) == 2
    answer = office.post(reverse("places-invite"), {"school": keys})
    assert "no-store" in answer["Cache-Control"]
    _, first, second = sheet_of(answer)
    assert (first[1], first[2], first[3], second[1]) == ("晴川一中", "孙主任", "0550-1", "西山中学")
    for line in (first, second):
        token = line[5].rstrip("/").rsplit("/", 1)[1]
        assert use_link(token=token, at=NOW).username == line[4]
    again = office.post(reverse("places-invite"), {"school": keys})
    assert (again.status_code, SignInLink.objects.count()) == (302, 2)
    assert 'name="school"' not in office.get(reverse("places-invite")).content.decode()


def test_a_new_link_is_made_only_for_people_of_the_place(made: Open, office: Client) -> None:
    to = reverse("place-invite", args=["school", made.schools["晴川一中"].key])
    office.post(to, {"user": made["office"].key})
    assert not SignInLink.objects.exists()
    office.post(to, {"user": made["晴川一中"].key})
    assert SignInLink.objects.get().user == made["晴川一中"]
