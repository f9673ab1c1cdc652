"""No page asks the database more for 100 rows than for 3."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.prizes import BY_CODE
from awards.services.plans import GroupDetails, LevelDetails, save_plan
from awards.services.running import decide
from awards.states import SeatKind
from competition.errors import Refused
from competition.models import Contest, Mail, Role, Track, User
from competition.services.accounts import create_account, grant_role
from competition.states import RoleKind
from judging.models import (
    Assignment,
    CommonSet,
    Conflict,
    Draft,
    Judge,
    Mark,
    Panel,
    PaperReading,
    PracticeMark,
    PracticeSet,
    PracticeSheet,
    PracticeWork,
    Question,
    Referee,
    Room,
    Round,
    Rubric,
    Sheet,
    Sorting,
)
from judging.practising import scale_of
from judging.states import ConflictSource, QuestionKind
from tests.competition.core.books import book
from tests.factories import halls
from tests.factories.analysing import marked_contest
from tests.factories.contests import played
from tests.factories.entering import NOW, Open, open_contest, ruled
from tests.factories.growing import first_entry, grow
from tests.factories.measuring import VOID, reading, robot_contest
from tests.factories.pictures import hang
from tests.factories.sheets import contest_record, small

pytestmark = pytest.mark.django_db
FEW, MANY = 3, 100
Ask = Callable[[], HttpResponse]


def asked(questions: dict[str, Ask], *, is_warm: bool = False) -> dict[str, int]:
    """How many queries each takes once what is kept for the process is warm, as it is after the same with few rows."""
    found = {}
    for name, ask in questions.items():
        if not is_warm:
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
    assert grown(few, asked(pages_of_entering(made, MANY), is_warm=True)) == {}


# ---- the prize plan


def planned(made: Open) -> dict[str, Ask]:
    """A group for each track, another version each time."""
    level = LevelDetails(BY_CODE["first"], SeatKind.COUNT, Decimal(1))
    tracks = list(made.contest.tracks.filter(order__gte=10))
    one, *others = [GroupDetails(track, None, (level,)) for track in tracks]
    last = [GroupDetails(others[-1].track, division, (level,)) for division in made.contest.divisions.all()]
    save_plan(contest=made.contest, groups=[one, *others[:-1], *last], by=made["office"], at=NOW)
    office, of_contest = signed_in(made, "office"), [made.contest.key]
    pages = {"plan": of_contest, "plan-group": [*of_contest, 10], "setup": of_contest, "board": of_contest}
    return {name: partial(office.get, reverse(name, args=args)) for name, args in pages.items()}


@pytest.mark.parametrize("state", ["entry", "judging"])
def test_no_page_of_the_plan_asks_more_for_30_groups_than_for_3(state: str) -> None:
    made = open_contest()
    grow(made, range(FEW))
    ruled(made, state=state)
    few = asked(planned(made))
    grow(made, range(FEW, 30))
    assert grown(few, asked(planned(made), is_warm=True)) == {}


# ---- while it is judged


def panelled(first: Judge) -> Panel:
    """A panel for each judge but the first, who is in none."""
    track, judges = first.contest.tracks.get(), list(first.contest.judges.filter(panels=None).exclude(pk=first.pk))
    panels = [Panel(contest=first.contest, label_zh=f"{one.pk}", track=track) for one in judges]
    for panel, one in zip(Panel.objects.bulk_create(panels), judges, strict=True):
        panel.judges.add(one)
    return panels[0]


def judged(number: int) -> dict[str, Ask]:
    """So many judges and entries, each judge with all: of the first judge a third handed in, a third typed, questions."""
    name = f"crowd{number}x"
    first = Judge.objects.select_related("contest").get(key=halls.build(number, number, name)[0])
    works = list(first.assignments.all())
    hang(works[0].entry.track)
    Sorting.objects.bulk_create(Sorting(assignment=one, sorted_as="shortlist") for one in works[::2])
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
    written_to(first.contest)
    of_contest, two = [first.contest.key], {"a": works[0].key, "b": works[1].key}
    pages = {
        "outbox": of_contest, "reminders-mail": of_contest,
        "progress": of_contest, "reminders": of_contest, "reminders-file": of_contest, "judges": of_contest, "assign": of_contest,
        "questions": of_contest, "assign-board": [*of_contest, 1, 1], "judge-of": [*of_contest, first.key],
        "judges-import": of_contest, "board": of_contest, "attendance": [*of_contest, 1], "schedule": [*of_contest, 1],
        "attendance-cards": [*of_contest, 1], "paper": of_contest, "schedule-list": [*of_contest, 1],
        "panels": of_contest, "common": [*of_contest, 1, 1], "practice": [*of_contest, 1, 1],
        "panel-of": [*of_contest, panelled(first).key],
    }  # fmt: skip
    common = in_common(works)
    practised = in_practice(works)
    held_in_rooms(works[0].round, works[0].entry.track)
    PaperReading.objects.bulk_create(
        PaperReading(assignment=one, by=by, marks={}, at=NOW)
        for one in works[2::3]
        for by in (first.user, User.objects.get(username=name))
    )
    Sheet.objects.filter(assignment__in=works).update(save_key="paper-1")
    found: dict[str, Ask] = {
        f"office: {one}": partial(office.get, reverse(one, args=args)) for one, args in pages.items()
    }
    keys = list(first.contest.judges.values_list("key", flat=True))
    found["office: judges-mail"] = partial(office.post, reverse("judges-mail", args=of_contest), {"judge": keys})
    for one in ("judge", "review", "judge-answer", "wall"):
        found[f"judge: {one}"] = partial(judge.get, reverse(one, args=[first.key]))
    found["judge: common"] = partial(judge.get, reverse("common-compared", args=[first.key, common.key]))
    found["judge: practice"] = partial(judge.get, reverse("practice-compared", args=[first.key, practised.key]))
    found["judge: compare"] = partial(judge.get, reverse("compare", args=[first.key]), two)
    found["judge: work"] = partial(judge.get, reverse("work", args=[first.key, works[0].key]))
    found["judge: work from the wall"] = partial(found["judge: work"], {"wall": "shortlist"})
    chosen = works[0].entry.assignments.exclude(judge=first)[0].key
    for one in ({"mode": "move"}, {"mode": "move", "pair": chosen}):
        board = reverse("assign-board", args=[*of_contest, 1, 1])
        found[f"office: board, {len(one)} chosen"] = partial(office.get, board, one)
    found["office: labels"] = partial(office.get, reverse("labels", args=[*of_contest, 1, 1]))
    return found


def in_common(works: list[Assignment]) -> CommonSet:
    """What the first judge has handed in is common, up to four others have it too, and it was released."""
    rubric = Rubric.objects.get(round=works[0].round)
    CommonSet.objects.all().delete()
    one = CommonSet.objects.create(round=rubric.round, track=rubric.track, released_at=NOW)
    one.entries.set([each.entry for each in works[1::3]])
    judges = list(works[0].judge.contest.judges.exclude(pk=works[0].judge_id)[1:5])  # one is waited for
    rows = Assignment.objects.filter(round=rubric.round, judge__in=judges, entry__in=one.entries.all(), sheets=None)
    sheets = Sheet.objects.bulk_create(
        Sheet(assignment=each, version=1, state="submitted", submitted_at=NOW) for each in rows
    )
    criteria = list(rubric.criteria.all())
    Mark.objects.bulk_create(Mark(sheet=sheet, criterion=each, points=1) for sheet in sheets for each in criteria)
    one.compared.set(sheets)
    return one


def in_practice(works: list[Assignment]) -> PracticeSet:
    """As many practice works as there are works, at most ten, marked by up to five judges, and shown."""
    rubric = Rubric.objects.prefetch_related("criteria").get(round=works[0].round)
    PracticeSet.objects.all().delete()
    one = PracticeSet.objects.create(round=rubric.round, track=rubric.track, released_at=NOW)
    made = PracticeWork.objects.bulk_create(
        PracticeWork(practice=one, order=at, title="旧作") for at, _work in enumerate(works[:10], 1)
    )
    judges = [works[0].judge, *works[0].judge.contest.judges.exclude(pk=works[0].judge_id)[:4], None]
    sheets = PracticeSheet.objects.bulk_create(
        PracticeSheet(work=work, judge=judge, scale=scale_of(rubric), saved_at=NOW, handed_in_at=NOW, is_compared=True)
        for work in made
        for judge in judges
    )
    PracticeMark.objects.bulk_create(
        PracticeMark(sheet=sheet, criterion=each, points=1) for sheet in sheets for each in rubric.criteria.all()
    )
    return one


def written_to(contest: Contest) -> None:
    """A mail to each judge, in all states."""
    states = ["queued", "sending", "sent", "unsure", "failed", "cancelled"]
    contest.mails.all().delete()
    judges = list(contest.judges.all())
    for one in judges:
        one.email = f"j{one.pk}@example.org"
    Judge.objects.bulk_update(judges, ["email"])
    Mail.objects.bulk_create(
        Mail(contest=contest, kind="another", about=one.key, to=one.email, state=states[at % 6], made_at=NOW, due_at=NOW,
             claimed_at=NOW, sent_at=NOW, why="mail-unsure", body="-", subject="-")
        for at, one in enumerate(judges)
    )  # fmt: skip


def held_in_rooms(one: Round, track: Track) -> None:
    """A room for every third entry, a turn for each; the first has a booth."""
    room = Room(round=one)
    one.rooms.all().delete()
    Round.objects.filter(pk=one.pk).update(reply_until=NOW)
    for at, place in enumerate(one.round_entries.all()):
        if at % 3 == 0:
            room = Room.objects.create(round=one, order=at + 1, label_zh=f"{at}", starts_at=NOW)
            room.tracks.add(track)
            room.judges.set(one.contest.judges.all()[:2])
        place.room, place.place, place.booth = room, at % 3 + 1, "" if at else "A01"
        place.save()


def test_no_page_of_judging_asks_more_for_100_rows_than_for_3(settings: Any) -> None:
    settings.MAIL_IS_SET_UP = True
    assert grown(asked(judged(FEW)), asked(judged(MANY), is_warm=True)) == {}


# ---- the analysis


def analysis(number: int) -> dict[str, Ask]:
    """So many works, each marked by three of as many judges."""
    contest = marked_contest(number, number, 3, ordinal=number)
    Contest.objects.filter(series=contest.series).update(settings={})  # an earlier edition is no further row
    Contest.objects.filter(pk=contest.pk).update(settings={"analysis": True})
    office = Client()
    office.force_login(User.objects.get(username="丙"))
    return {
        "analysis": partial(office.get, reverse("analysis", args=[contest.key]), {"size": 100}),
        "certainty": partial(office.get, reverse("analysis-certainty", args=[contest.key])),
        "pictures": partial(office.get, reverse("analysis-pictures", args=[contest.key]), {"size": 100}),
        "methods": partial(office.get, reverse("analysis-methods", args=[contest.key]), {"size": 100}),
    }


def test_the_analysis_asks_no_more_for_100_works_and_judges_than_for_3() -> None:
    office = create_account(username="丙", name="丙", password=None, by=None, at=NOW)
    grant_role(user=office, kind=RoleKind.ORGANISER, by=None, at=NOW)
    assert grown(asked(analysis(FEW)), asked(analysis(MANY), is_warm=True)) == {}


def borderline(number: int) -> dict[str, Ask]:
    """So many works with their five judges, and as many further reviews."""
    contest = marked_contest(number, number, 5, ordinal=number)
    Contest.objects.filter(pk=contest.pk).update(settings={"analysis": True}, state="judging")
    office = Client()
    office.force_login(User.objects.get(username="丙"))
    wanted = {"budget": number, "most": 2}
    return {"borderline": partial(office.get, reverse("analysis-borderline", args=[contest.key]), wanted)}


def test_borderline_reviews_ask_no_more_for_100_works_and_judges_than_for_10() -> None:
    office = create_account(username="丙", name="丙", password=None, by=None, at=NOW)
    grant_role(user=office, kind=RoleKind.ORGANISER, by=None, at=NOW)
    assert grown(asked(borderline(10)), asked(borderline(MANY), is_warm=True)) == {}


# ---- while it is measured


def measured(number: int) -> dict[str, Ask]:
    """So many entries: of a third an attempt is entered, of a third confirmed, of a third read differently."""
    robots = robot_contest(number, name=f"{number}支队的机器人赛")
    said = reading(5, "1:00")
    for at, entry in enumerate(robots.entries):
        robots.enter(entry, 1, said)
        if at % 3 == 1:
            robots.confirm(entry, 1, said)
        if at % 3 == 2:
            with pytest.raises(Refused):
                robots.confirm(entry, 1, VOID)
    office, of_contest = Client(), [robots.contest.key]
    office.force_login(robots.users["丙"])
    page = reverse("measured", args=[*of_contest, 1, 1])
    names = ("progress", "board", "rubrics")
    found: dict[str, Ask] = {name: partial(office.get, reverse(name, args=of_contest)) for name in names}
    found["measured"] = partial(office.get, page, {"size": 100})
    found["to confirm"] = partial(office.get, page, {"size": 100, "state": "to-settle"})
    found["tally"] = partial(office.get, reverse("tally", args=[*of_contest, 1, 1]))
    decide(contest=robots.contest, by=None, at=NOW)
    for name in ("standings", "api-standings", "award-list"):
        found[name] = partial(office.get, reverse(name, args=of_contest), {"size": 100})
    found["entry"] = partial(office.get, reverse("entry", args=[*of_contest, robots.entries["R01"].key]))
    return found


def refereed(number: int) -> dict[str, Ask]:
    """So many entries and so many referees of one track."""
    robots = robot_contest(number, name=f"{number}支队和裁判")
    for entry in robots.entries:
        robots.enter(entry, 1, reading(5, "1:00"))
    people = User.objects.bulk_create(User(username=f"r{number}x{n}", name="裁判") for n in range(number))
    for one in Referee.objects.bulk_create(Referee(contest=robots.contest, user=user) for user in people):
        one.tracks.add(robots.track)
    Role.objects.create(user=people[0], kind=RoleKind.REFEREE, contest=robots.contest)
    office, referee, of_contest = Client(), Client(), [robots.contest.key]
    office.force_login(robots.users["丙"])
    referee.force_login(people[0])
    return {
        "office: referees": partial(office.get, reverse("referees", args=of_contest)),
        "referee": partial(referee.get, reverse("referee", args=of_contest)),
        "referee: measured": partial(referee.get, reverse("measured", args=[*of_contest, 1, 1]), {"size": 100}),
    }


def test_no_page_of_referees_asks_more_for_100_rows_than_for_3() -> None:
    assert grown(asked(refereed(FEW)), asked(refereed(MANY), is_warm=True)) == {}


def test_no_page_of_measuring_asks_more_for_100_rows_than_for_3() -> None:
    assert grown(asked(measured(FEW)), asked(measured(MANY), is_warm=True)) == {}


# ---- once there are results


def fair_of(number: int) -> Contest:
    """Everything of a contest of so many entries, all alike but for their number."""
    sheets = small({f"A{n:03}": (50 + n / 4,) * 3 for n in range(number)})
    sheets["大赛"] = contest_record(f"{number}件作品的竞赛")
    made = played(sheets).contest
    assert made is not None
    return made


def pages_of_results(contest: Contest, office: Client, judge: Client) -> dict[str, Ask]:
    names = ("board", "entries", "standings", "pictures", "award-list", "certificates", "progress", "results", "log",
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
    before = asked(pages_of_results(few, office, judge))
    assert grown(before, asked(pages_of_results(many, office, judge), is_warm=True)) == {}
