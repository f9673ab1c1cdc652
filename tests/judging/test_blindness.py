"""Canaries: a token of its own in every secret field, and none of them in anything that may not know it.

In every phase, everything is fetched that a judge, a school and the public can reach, along every link, files included.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client

from awards.models import AwardList
from awards.services.running import decide
from competition.models import Contest, District, Entry, Material, MaterialKind, Person, Role, School, User
from competition.services.findings import make_copy
from competition.services.papers import keep_paper
from competition.states import RoleKind
from judging.models import Assignment, CommonSet, Conflict, Judge, Rubric, Sheet, Sorting
from judging.services import commons, marking
from judging.services.sorting import sort_work
from judging.states import ConflictSource, QuestionKind, SheetState, SortedAs
from tests.competition.inspection.samples import jpeg, pdf
from tests.factories.contests import AT
from tests.factories.crawling import crawl, text_in
from tests.factories.judging import Judged, judged_contest

pytestmark = pytest.mark.django_db
PHASES = ("judging", "decision", "locked", "published")


@pytest.fixture(autouse=True)
def media(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


class Canaries:
    """Tokens by what they would tell. `schools`: the register, from which a judge says whom they may not judge; it is
    the same whether or not a school entered anything."""

    def __init__(self) -> None:
        self.of_entries: set[str] = set()
        self.of_judges: set[str] = set()
        self.schools: set[str] = set()

    def school(self, field: str) -> str:
        return self._kept(self.schools, field)

    def entry(self, field: str) -> str:
        return self._kept(self.of_entries, field)

    def judge(self, field: str) -> str:
        return self._kept(self.of_judges, field)

    @staticmethod
    def _kept(among: set[str], field: str) -> str:
        among.add(token := f"鸩{field}鸩")
        return token


@pytest.fixture
def birds() -> Canaries:
    return Canaries()


@pytest.fixture
def judged(birds: Canaries) -> Judged:
    found = judged_contest()
    School.objects.update(name=birds.school("校"), name_en=birds.school("School"))
    District.objects.update(label_zh=birds.school("区"), label_en=birds.school("District"))
    for one in Person.objects.exclude(judgeships__code="J1"):
        one.name = (birds.judge if one.kind == "judge" else birds.entry)(f"{one.kind}{one.pk}")
        one.name_en, one.phone = (birds.judge if one.kind == "judge" else birds.entry)(f"more{one.pk}"), ""
        one.save()
    tutor = Person.objects.create(kind="tutor", name=birds.entry("师"), school=School.objects.get())
    for entry in Entry.objects.all():
        entry.tutors.create(person=tutor, order=1)
        entry.draft = {"authors": [{"name": birds.entry(f"稿{entry.number}")}]}
        entry.abstract = "摘要"
        entry.save()
    for judge in Judge.objects.exclude(code="J1"):
        judge.institution, judge.phone = birds.judge(f"单位{judge.code}"), birds.judge(f"电话{judge.code}")
        judge.availability, judge.relations = birds.judge(f"时间{judge.code}"), birds.judge(f"关系{judge.code}")
        judge.save()
    for user in User.objects.exclude(username="j1"):
        user.name = birds.judge(f"账户{user.pk}")
        user.save()
    with_a_file(found, birds)
    says_things(found, birds)
    return found


def with_a_file(judged: Judged, birds: Canaries) -> None:
    """A picture, and a report that a work may also do without: so the track has a wall."""
    keep(judged, "painting", ["image"], jpeg(description=birds.entry("相机")), birds)
    keep(judged, "report", ["pdf"], pdf(("火星",), author=birds.entry("元数据")), birds)


def keep(judged: Judged, code: str, formats: list[str], data: bytes, birds: Canaries) -> None:
    entry = judged.made.entries["A1"]
    kind = MaterialKind.objects.create(
        track=entry.track, code=code, order=1, label_zh="报告", formats=formats, is_required=code == "painting"
    )
    stored = keep_paper(name="x", chunks=[data], at=AT)
    material = Material.objects.create(
        entry=entry, kind=kind, name=f"{birds.entry(f'文件名{code}')}.pdf", size=stored.size, sha256=stored.sha256,
        file=stored, added_at=AT,
    )  # fmt: skip
    make_copy(material, at=AT)


def says_things(judged: Judged, birds: Canaries) -> None:
    """The other judges mark, comment, ask and step back."""
    for code, points in (("J2", 71), ("J3", 62)):
        typed = judged.typed(points, comment=birds.judge(f"评语{code}"))
        marking.submit_sheet(assignment=judged.work(code, "A1"), typed=typed, base=0, **judged.common(code, {}))
        text = birds.judge(f"疑问{code}")
        asked = marking.ask_question(
            assignment=judged.work(code, "A1"), kind=QuestionKind.DOUBT, text=text, **judged.common(code, {})
        )
        answer = birds.judge(f"答复{code}")
        marking.answer_question(question=asked, text=answer, by=judged.office, at=AT)
    reason = birds.judge("回避理由")
    marking.recuse(assignment=judged.work("J2", "A2"), reason=reason, **judged.common("J2", {}))
    Conflict.objects.create(judge=judged.judge("J3"), entry=judged.made.entries["A3"], source=ConflictSource.OFFICE)
    judged.submit(88, entry="A1")


def phases(judged: Judged) -> Iterator[str]:
    for state in PHASES:
        if state == "decision":
            decide(contest=judged.contest, by=None, at=AT)
        if state in ("locked", "published"):
            AwardList.objects.update(state=state, locked_at=AT, published_at=AT)
        Contest.objects.filter(pk=judged.contest.pk).update(state=state)
        yield state


def found_in(pages: dict[str, str], secrets: set[str]) -> set[tuple[str, str]]:
    return {(address, one) for address, text in pages.items() for one in secrets if one in text}


def starts(judged: Judged) -> list[str]:
    return ["/", f"/judging/{judged.judge().key}/"]


def test_a_judge_finds_no_name_school_or_other_judge(judged, birds):
    client = Client()
    client.force_login(judged.users["J1"])
    for phase in phases(judged):
        pages = crawl(client, starts(judged))
        own = {address: text for address, text in pages.items() if address.startswith("/judging/")}
        assert len(own) > (5 if phase in ("judging", "decision") else 1)
        assert any("/wall/?" in address for address in own) == (phase in ("judging", "decision"))
        assert found_in(own, birds.of_entries | birds.of_judges) == set(), phase
        without_answer = {address: text for address, text in own.items() if not address.endswith("/answer/")}
        assert found_in(without_answer, birds.schools) == set(), phase
        if phase != "published":  # the results name winners to everyone
            assert found_in(pages, birds.of_entries | birds.of_judges) == set(), phase


def test_labels_for_judging_on_paper_name_nobody(judged, birds):
    client = Client()
    client.force_login(judged.office)
    labels = text_in(client.get(f"/contests/{judged.contest.key}/judging/labels/1/1.pdf").content)
    assert "A1" in labels
    assert found_in({"labels": labels}, birds.of_entries | birds.of_judges | birds.schools) == set()


def test_nobody_else_finds_how_a_judge_has_sorted(judged, birds):
    """The office, another judge, the school: their pages are the same whether or not something is sorted."""
    client = Client()
    begin = {"J2": f"/judging/{judged.judge('J2').key}/", "office": f"/contests/{judged.contest.key}/judging/"}
    for who, start in begin.items():
        client.force_login(judged.office if who == "office" else judged.users[who])
        Sorting.objects.all().delete()
        before = without_tokens(client.get(start).content.decode())
        wall = client.get(f"{begin['J2']}wall/").content.decode() if who == "J2" else ""
        sort_work(assignment=judged.work(), sorted_as=SortedAs.OUT, by=judged.users["J1"], at=AT)
        assert without_tokens(client.get(start).content.decode()) == before
        if wall:
            assert without_tokens(client.get(f"{begin['J2']}wall/").content.decode()) == without_tokens(wall)


def test_a_judge_learns_no_mark_of_another_before_the_results(judged, birds):
    """71, 62: nowhere, not even in a count. The one exception is the comparison of common entries, below."""
    client = Client()
    client.force_login(judged.users["J1"])
    pages = crawl(client, starts(judged))
    texts = [text.split("<main", 1)[-1] for text in pages.values()]
    assert not [text for text in texts if ">71<" in text or ">62<" in text]


def in_common(judged: Judged) -> CommonSet:
    """A1 is marked by five judges: 88 (J1), 71, 62, 53, 44."""
    for at, (code, points) in enumerate({"J4": 53, "J5": 44}.items()):
        person = Person.objects.create(kind="judge", name=f"鸩{code}鸩", code=code)
        user = User.objects.create_user(code.lower(), name=f"鸩{code}鸩")
        Role.objects.create(user=user, kind=RoleKind.JUDGE, contest=judged.contest)
        judge = Judge.objects.create(
            contest=judged.contest, code=code, person=person, user=user, state="accepted", pledged_at=AT,
            answered_at=AT,
        )  # fmt: skip
        judged.users[code] = user
        one = judged.work().round
        Assignment.objects.create(round=one, entry=judged.made.entries["A1"], judge=judge, by="common")
        judged.submit(points, code=code, entry="A1", save=f"common-{at}")
    rubric = Rubric.objects.select_related("round__contest", "track").get()
    who = {"by": judged.office, "at": AT}
    return commons.choose_common_entries(rubric=rubric, entries=[judged.made.entries["A1"]], is_first=True, **who)


def test_the_one_exception_is_a_comparison_that_was_released(judged, birds):
    """While it is judged a judge learns something of the others on one page alone: of common entries, once every judge
    has handed them in and the office has shown it, medians and spreads of three others at least. Never a mark, a name
    or a code; and nothing of the kind before or after that."""
    client, common = Client(), in_common(judged)
    client.force_login(judged.users["J1"])
    page = f"/judging/{judged.judge().key}/common/{common.key}/"
    telling = [f">{points}<" for points in (71, 62, 53, 44)]
    secrets = birds.of_entries | birds.of_judges | {f"鸩{code}鸩" for code in ("J4", "J5")}
    assert page not in crawl(client, starts(judged))
    commons.release_comparison(common=common, by=judged.office, at=AT)
    pages = {address: text.split("<main", 1)[-1] for address, text in crawl(client, starts(judged)).items()}
    assert page in pages
    own = {address: text for address, text in pages.items() if not address.endswith("/answer/")}
    assert found_in(own, secrets) == set()
    assert not [one for text in pages.values() for one in telling if one in text]
    assert not [code for code in ("J2", "J3", "J4", "J5") if code in pages[page]]
    assert "57.5" in pages[page]  # the median of the others
    assert [address for address, text in pages.items() if "57.5" in text] == [page]
    Sheet.objects.filter(assignment__judge__code="J1", assignment__entry__number="A1").update(state="reopened")
    assert client.get(page).status_code == 404  # whoever can still change their sheet sees nothing
    Sheet.objects.filter(assignment__judge__code="J1", assignment__entry__number="A1").update(state="submitted")
    commons.take_back_comparison(common=common, by=judged.office, at=AT)
    assert page not in crawl(client, starts(judged))
    assert client.get(page).status_code == 404


def test_the_crawler_finds_a_canary_that_flies(judged, birds):
    """The twin: one that is let out is found."""
    client = Client()
    client.force_login(judged.users["J1"])
    Entry.objects.update(title=birds.entry("放飞"))
    assert found_in(crawl(client, starts(judged)), birds.of_entries)


@pytest.mark.parametrize("who", ["school", "public"])
def test_school_and_public_find_no_judge(judged, birds, who):
    client = Client()
    begin = ["/"]
    if who == "school":
        user = User.objects.create_user("teacher", name="老师")
        school = School.objects.get()
        Role.objects.create(user=user, kind=RoleKind.SCHOOL, school=school)
        client.force_login(user)
        begin.append(f"/schools/{school.key}/")
    for phase in phases(judged):
        pages = crawl(client, begin)
        assert len(pages) > 2
        assert found_in(pages, birds.of_judges) == set(), phase


def test_what_a_judge_sees_does_not_depend_on_another_world(judged):
    """Two worlds that differ in names, schools and other judges' marks alone: every page of the judge is the same."""
    client = Client()
    client.force_login(judged.users["J1"])
    one = shown(client, judged)
    School.objects.update(name="别校")
    for student in Person.objects.filter(kind="student"):
        Person.objects.filter(pk=student.pk).update(name=f"别人{student.pk}")
    Judge.objects.exclude(code="J1").update(institution="别处")
    Sheet.objects.filter(assignment__judge__code="J3").update(state=SheetState.SUPERSEDED)
    Assignment.objects.filter(judge__code="J2", entry__number="A3").delete()
    assert shown(client, judged) == one


def shown(client: Client, judged: Judged) -> dict[str, str]:
    """Of the judge's own pages, without what is new at every look."""
    pages = crawl(client, [f"/judging/{judged.judge().key}/"])
    own = {address: text for address, text in pages.items() if address.startswith("/judging/")}
    return {address: without_tokens(text) for address, text in own.items() if not address.endswith(("/answer/", ".js"))}


def without_tokens(text: str) -> str:
    lines = text.split("<main", 1)[-1].splitlines()
    return "\n".join(one for one in lines if "csrfmiddlewaretoken" not in one and 'name="save"' not in one)
