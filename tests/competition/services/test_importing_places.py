"""A list of units and schools goes in whole, and only as it was shown."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from competition.errors import Refused
from competition.importing_places import Reading, places_plan, read_places
from competition.models import District, Event, School
from competition.services import importing_places
from competition.services.importing_places import Imported, import_places
from competition.states import SchoolState
from tests.competition.core.books import book
from tests.competition.test_importing_places import HEAD, row
from tests.factories.entering import NOW, Open, everything, recorded, refusal

pytestmark = pytest.mark.django_db


def reading_of(*rows: Any) -> Reading:
    return read_places(book(名单=[HEAD, *rows]))


def taken_in(made: Open, *rows: Any, by: Any = None, **answers: str) -> Imported:
    said = {name.replace("_", "-"): value for name, value in answers.items()}
    reading = reading_of(*rows)
    shown = places_plan(reading, {name: said[name] for name in said if name.startswith("unit-")}).digest
    return import_places(reading=reading, answers=said, shown=shown, by=by or made["office"], at=NOW)


def test_the_good_rows_go_in_with_one_event_without_names(made: Open) -> None:
    School.objects.filter(name="晴川一中").update(aliases=["一中"], state=SchoolState.PENDING)
    with recorded("places.imported"):
        done = taken_in(
            made,
            row("东区", "晴川一中", 联系人="周老师", 联系电话="0550-7", 其他名称="晴川中学", 英文名称="No. 1"),
            row("北区", "北山小学", 单位类型="市直学校", 其他名称="北小、北山"),
            row("北区", None, 联系人="钱科长", 英文名称="North"),
            row("东区", "红星学校", 单位类型="公园"),
            row("东区", "晴川市第二中学"),
            row("西区", None, 单位类型="活动中心"),
        )
    assert (done.units, done.schools, done.changed) == (1, 1, 2)
    school = School.objects.get(name="晴川一中")
    assert (school.contact, school.phone, school.name_en) == ("周老师", "0550-7", "No. 1")
    assert (school.aliases, school.state) == (["一中", "晴川中学"], SchoolState.PENDING)
    north = District.objects.get(label_zh="北区")
    assert (north.kind, north.contact, north.label_en) == ("direct", "钱科长", "North")
    assert north.schools.get().aliases == ["北小", "北山"]
    assert District.objects.get(label_zh="西区").kind == "centre"
    assert not School.objects.filter(name__in=["红星学校", "晴川市第二中学"]).exists()
    event = Event.objects.latest("pk")
    assert {name: event.body[name] for name in ("units", "schools", "changed")} == {
        "units": 1, "schools": 1, "changed": 2,
    }  # fmt: skip
    assert not [word for word in ("周", "北", "川", "0550") if word in str(event.body)]


def test_what_is_not_answered_stays_out_and_what_is_answered_goes_in(made: Open) -> None:
    rows = [row("东区", "晴川市第一中学", 联系人="周老师"), row("东区", "晴川市第二中学"), row("西区", "西山 中学")]
    before = everything()
    assert taken_in(made, *rows).plan.count("asked") == 3
    assert everything() == before
    key = made.schools["晴川一中"].key
    with recorded("places.imported"):
        done = taken_in(made, *rows, row_2=key, row_4="new")
    assert (done.schools, done.changed, done.plan.count("asked")) == (1, 1, 1)
    school = School.objects.get(key=key)
    assert (school.name, school.aliases, school.contact) == ("晴川一中", ["晴川市第一中学"], "周老师")
    assert School.objects.filter(district__label_zh="西区").count() == 2


def test_answers_about_units_count_as_they_were_shown(made: Open) -> None:
    with recorded("places.imported"):
        taken_in(made, row("东 区", "红星学校"), unit_2=made.units["东区"].key)
    assert School.objects.get(name="红星学校").district == made.units["东区"]
    reading = reading_of(row("西 区", "红星学校"))
    shown = places_plan(reading).digest
    with refusal("places-changed"):
        import_places(reading=reading, answers={"unit-2": "new"}, shown=shown, by=made["office"], at=NOW)


def test_the_same_list_again_changes_nothing(made: Open) -> None:
    rows = [row("东区", "红星学校", 其他名称="红星", 联系人="周老师"), row("北区", "北山小学", 单位类型="市直学校")]
    taken_in(made, *rows)
    before = everything()
    done = taken_in(made, *rows)
    assert (done.units, done.schools, done.changed) == (0, 0, 0)
    assert everything() == before


def test_what_changed_since_the_look_is_not_applied(made: Open) -> None:
    reading = reading_of(row("东区", "红星学校", 联系人="周老师"), row("东区", "晴川一中", 联系人="周老师"))
    shown = places_plan(reading).digest
    School.objects.filter(name="晴川一中").update(contact="孙主任")
    with refusal("places-changed"):
        import_places(reading=reading, answers={}, shown=shown, by=made["office"], at=NOW)


def test_a_school_that_somebody_made_at_the_same_moment_takes_nothing_in(
    made: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = importing_places.make_units

    def late(plan: Any) -> Any:
        School.objects.create(district=made.units["东区"], name="红星学校")
        return real(plan)

    monkeypatch.setattr(importing_places, "make_units", late)
    with refusal("places-changed"):
        taken_in(made, row("北区", "北山小学"), row("东区", "红星学校"))


@pytest.mark.parametrize("who", ["host", "stranger", "晴川一中", "东区"])
def test_only_the_office_of_the_installation_imports(made: Open, who: str) -> None:
    with refusal("not-organiser"):
        taken_in(made, row("东区", "红星学校"), by=made[who])


def test_nobody_imports_who_has_not_signed_in(made: Open) -> None:
    with pytest.raises(Refused):
        taken_in(made, row("东区", "红星学校"), by=AnonymousUser())
