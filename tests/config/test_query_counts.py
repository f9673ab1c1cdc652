"""No page asks the database more for 100 rows than for 3."""

from collections.abc import Callable
from functools import partial

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from competition.models import Contest, User
from competition.services.accounts import create_account, grant_role
from competition.states import RoleKind
from judging.models import Conflict, Draft, Judge, Mark, Question, Rubric, Sheet
from judging.states import ConflictSource, QuestionKind
from tests.competition.core.books import book
from tests.factories import halls
from tests.factories.contests import played
from tests.factories.entering import NOW, Open, open_contest, ruled
from tests.factories.growing import first_entry, grow
from tests.factories.sheets import contest_record, small

pytestmark = pytest.mark.django_db
FEW, MANY = 3, 100
Ask = Callable[[], HttpResponse]


def asked(questions: dict[str, Ask]) -> dict[str, int]:
    """How many queries each takes once what is kept for the process is warm."""
    found = {}
    for name, ask in questions.items():
        ask()
        with CaptureQueriesContext(connection) as queries:
            assert ask().status_code == 200, name
        found[name] = len(queries)
    return found


def grown(few: dict[str, int], many: dict[str, int]) -> dict[str, tuple[int, int]]:
    return {name: (few[name], number) for name, number in many.items() if number > few[name]}


def signed_in(made: Open, who: str) -> Client:
    client = Client()
    client.force_login(made[who])
    return client


# ---- while entries come in


def import_list(client: Client, address: str, rows: int) -> HttpResponse:
    head = ["作品名称", "赛项", "组别", "作者", "年级", "辅导教师"]
    data = book(名单=[head, *([f"新{n}", "创新", "小学", f"新生{n}", "小五", f"新师{n}"] for n in range(rows))])
    return client.post(address, {"list": SimpleUploadedFile("list.xlsx", data)})  # type: ignore[return-value]


def pages_of_entering(made: Open, rows: int) -> dict[str, Ask]:
    """(who, page) -> the request, as each role meets it."""
    contest, school, unit = made.contest, made.schools["晴川一中"], made.units["东区"]
    of_contest, of_school = [contest.key], [contest.key, school.key]
    entry = first_entry(made)
    addresses = {
        "晴川一中": {
            "home": ("home", []), "school": ("school", [school.key]), "contest": ("contest", of_contest),
            "names": ("proof-sheet", of_school), "begin": ("begin", of_school), "form": ("form", [entry.key]),
            "api list": ("api-school-entries", of_school), "api entry": ("api-entry", [entry.key]),
        },
        "东区": {"home": ("home", []), "unit": ("unit", [unit.key]), "school": ("school", [school.key])},
        "office": {
            "home": ("home", []), "contest": ("contest", of_contest), "places": ("places", []),
            "quotas": ("quotas", of_contest), "set-up": ("setup", of_contest), "board": ("board", of_contest),
            "entries": ("entries", of_contest), "check": ("check", of_contest), "log": ("log", of_contest),
            "check one": ("check-one", [contest.key, entry.key]), "entry": ("entry", [contest.key, entry.key]),
            "progress": ("progress", of_contest), "school": ("school", [school.key]),
            "names": ("proof-sheet", of_school), "place": ("place", ["school", school.key]),
            "entries.xlsx": ("entries-xlsx", of_contest), "api contests": ("api-contests", []),
        },
        "host": {"home": ("home", []), "api contests": ("api-contests", [])},
        "stranger": {"home": ("home", [])},
    }  # fmt: skip
    found: dict[str, Ask] = {}
    for who, pages in addresses.items():
        client = signed_in(made, who)
        for page, (name, args) in pages.items():
            found[f"{who}: {page}"] = partial(client.get, reverse(name, args=args), {"size": 100})
    step, state = reverse("form", args=[entry.key]), reverse("check", args=of_contest)
    for one in ("work", "people", "materials", "pledges", "check"):
        found[f"form, {one}"] = partial(signed_in(made, "晴川一中").get, step, {"step": one})
    for one in ("returned", "passed", "submitted"):
        found[f"check, {one}"] = partial(signed_in(made, "office").get, state, {"state": one, "size": 100})
        found[f"unit, {one}"] = partial(
            signed_in(made, "东区").get,
            reverse("unit", args=[unit.key]),
            {"state": one, "contest": contest.key, "size": 100},
        )
    found["import"] = partial(import_list, signed_in(made, "晴川一中"), reverse("import", args=of_school), rows)
    found["home of nobody"] = partial(Client().get, "/")
    return found


def test_no_page_of_entering_asks_more_for_100_rows_than_for_3() -> None:
    made = open_contest()
    ruled(made, closes_at=None, unit_closes_at=None)
    grow(made, range(FEW))
    few = asked(pages_of_entering(made, FEW))
    grow(made, range(FEW, MANY))
    assert grown(few, asked(pages_of_entering(made, MANY))) == {}


# ---- while it is judged


def judged(number: int) -> dict[str, Ask]:
    """So many judges and entries, each judge with all: of the first judge a third handed in, a third typed, questions."""
    name = f"crowd{number}x"
    first = Judge.objects.select_related("contest").get(key=halls.build(number, number, name)[0])
    works = list(first.assignments.all())
    for at, one in enumerate(works):
        Question.objects.create(assignment=one, kind=QuestionKind.DOUBT, text="？", save_key=f"q{at}", asked_at=NOW)
    rubric = Rubric.objects.get(round__contest=first.contest)
    marks = {str(one.pk): 1 for one in rubric.criteria.all()}
    Draft.objects.bulk_create(Draft(assignment=one, marks=marks, saved_at=NOW) for one in works[::3])
    for one in works[1::3]:
        sheet = Sheet.objects.create(assignment=one, version=1, state="submitted", submitted_at=NOW)
        Mark.objects.bulk_create(Mark(sheet=sheet, criterion=each, points=1) for each in rubric.criteria.all())
    Conflict.objects.bulk_create(
        Conflict(judge=one, entry=works[0].entry, source=ConflictSource.JUDGE)
        for one in first.contest.judges.exclude(pk=first.pk)
    )
    office, judge = Client(), Client()
    office.force_login(User.objects.get(username=name))
    judge.force_login(first.user)
    of_contest, two = [first.contest.key], {"a": works[0].key, "b": works[1].key}
    pages = {
        "progress": of_contest, "reminders": of_contest, "judges": of_contest, "assign": of_contest,
        "questions": of_contest, "assign-board": [*of_contest, 1, 1], "judge-of": [*of_contest, first.key],
        "judges-import": of_contest, "board": of_contest,
    }  # fmt: skip
    found: dict[str, Ask] = {
        f"office: {one}": partial(office.get, reverse(one, args=args)) for one, args in pages.items()
    }
    for one in ("judge", "review", "judge-answer"):
        found[f"judge: {one}"] = partial(judge.get, reverse(one, args=[first.key]))
    found["judge: compare"] = partial(judge.get, reverse("compare", args=[first.key]), two)
    found["judge: work"] = partial(judge.get, reverse("work", args=[first.key, works[0].key]))
    return found


def test_no_page_of_judging_asks_more_for_100_rows_than_for_3() -> None:
    assert grown(asked(judged(FEW)), asked(judged(MANY))) == {}


# ---- once there are results


def fair_of(number: int) -> Contest:
    """Everything of a contest of so many entries, all alike but for their number."""
    sheets = small({f"A{n:03}": (50 + n / 4,) * 3 for n in range(number)})
    sheets["大赛"] = contest_record(f"{number}件作品的竞赛")
    made = played(sheets).contest
    assert made is not None
    return made


def pages_of_results(contest: Contest, office: Client, judge: Client) -> dict[str, Ask]:
    names = ("board", "entries", "standings", "award-list", "certificates", "progress", "results", "log",
             "api-contest", "api-standings", "api-awards")  # fmt: skip
    found: dict[str, Ask] = {
        name: partial(office.get, reverse(name, args=[contest.key]), {"size": 100}) for name in names
    }
    mine, entry = Judge.objects.get(contest=contest, code="J1"), contest.entries.all()[0]
    found["pile"] = partial(judge.get, reverse("judge", args=[mine.key]))
    found["entry"] = partial(office.get, reverse("entry", args=[contest.key, entry.key]))
    found["school"] = partial(office.get, reverse("school", args=[entry.school.key if entry.school else ""]))
    return found


def test_no_page_of_results_asks_more_for_100_rows_than_for_3() -> None:
    few, many = fair_of(FEW), fair_of(MANY)
    user = create_account(username="office", name="办公室", password=None, by=None, at=few.as_of)
    grant_role(user=user, kind=RoleKind.ORGANISER, by=None, at=few.as_of)
    office, judge = Client(), Client()
    office.force_login(user)
    marker = create_account(username="j1", name="评委", password=None, by=None, at=few.as_of)
    judge.force_login(marker)
    for contest in (few, many):
        grant_role(user=marker, kind=RoleKind.JUDGE, contest=contest, by=None, at=few.as_of)
        Judge.objects.filter(contest=contest, code="J1").update(user=marker)
    assert grown(*(asked(pages_of_results(contest, office, judge)) for contest in (few, many))) == {}
