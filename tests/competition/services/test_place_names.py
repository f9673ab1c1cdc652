"""Names of schools and units: renamed on purpose, with the old name kept."""

from typing import Any

import pytest

from competition.models import District, Event, School
from competition.services.place_names import save_school_names, save_unit_names
from competition.services.places import save_places
from competition.states import SchoolState
from tests.factories.contests import MINT
from tests.factories.entering import NOW, Open, recorded, refusal

pytestmark = pytest.mark.django_db


def named(made: Open, school: str = "晴川一中", by: str = "office", **more: Any) -> School:
    said = {"name": school, "name_en": "", "aliases": ()} | more
    return save_school_names(school=made.schools[school], by=made[by], at=NOW, **said)


def unit_named(made: Open, unit: str = "东区", by: str = "office", **more: Any) -> District:
    said = {"label_zh": unit, "label_en": "", "kind": "county", "aliases": ()} | more
    return save_unit_names(unit=made.units[unit], by=made[by], at=NOW, **said)


def test_a_renamed_school_keeps_its_old_name_among_the_others(made: Open) -> None:
    with recorded("place.renamed"):
        named(made, name="晴川市第一中学", aliases=["一中"])
    found = School.objects.get(pk=made.schools["晴川一中"].pk)
    assert (found.name, found.aliases, found.state) == ("晴川市第一中学", ["一中", "晴川一中"], SchoolState.ACTIVE)
    event = Event.objects.latest("pk")
    assert event.body == {"fields": ["aliases", "name"]}


def test_the_new_name_is_no_longer_another_name(made: Open) -> None:
    named(made, aliases=["晴川市第一中学", "一中"])
    named(made, name="晴川市第一中学", aliases=["晴川市第一中学", "一中"])
    assert School.objects.get(name="晴川市第一中学").aliases == ["一中", "晴川一中"]


def test_other_names_are_added_and_taken_away_with_one_event(made: Open) -> None:
    with recorded("place.names"):
        for _ in range(2):
            named(made, aliases=["一中", "一中", "晴川一中", ""])
    with recorded("place.names"):
        assert named(made).aliases == []


@pytest.mark.parametrize(
    "more", [{"name": "晴川二中"}, {"name": "附 中"}, {"aliases": ["晴川二中"]}, {"aliases": ["附中"]}]
)
def test_a_name_of_another_school_of_the_unit_is_refused(made: Open, more: dict[str, Any]) -> None:
    School.objects.filter(name="晴川二中").update(aliases=["附中"])
    with refusal("name-of-another"):
        named(made, **more)


def test_a_name_in_another_unit_is_free(made: Open) -> None:
    assert named(made, name="西山中学").name == "西山中学"


def test_without_a_name_there_is_no_school(made: Open) -> None:
    with refusal("name-missing"):
        named(made, name="")


def test_a_renamed_unit_keeps_its_old_name_too(made: Open) -> None:
    with recorded("place.renamed"):
        unit_named(made, label_zh="东城区", kind="centre", label_en="East")
    found = District.objects.get(pk=made.units["东区"].pk)
    assert (found.label_zh, found.aliases, found.kind, found.label_en) == ("东城区", ["东区"], "centre", "East")
    with refusal("name-of-another"):
        unit_named(made, "西区", label_zh="东区")
    with recorded("place.names"):
        unit_named(made, "西区", kind="direct")


def test_a_workbook_with_the_old_names_finds_the_renamed_ones(made: Open) -> None:
    named(made, name="晴川市第一中学")
    unit_named(made, label_zh="东城区")
    places = [("东区", "", "晴川一中", ""), ("东城区", "", "晴川二中", ""), ("东区", "", "红星学校", ""),
              ("东城区", "", "晴川市第一中学", "")]  # fmt: skip
    with recorded("places.added"):
        found = save_places(places=places, mint=MINT, by=None, at=NOW)
    assert found["东区", "晴川一中"] == made.schools["晴川一中"]
    assert found["东城区", "晴川二中"] == made.schools["晴川二中"]
    assert found["东城区", "晴川市第一中学"] == made.schools["晴川一中"]
    assert found["东区", "红星学校"].district == made.units["东区"]
    assert (District.objects.count(), School.objects.count()) == (2, 4)


def test_another_name_of_two_schools_or_that_is_official_means_nobody_else(made: Open) -> None:
    School.objects.filter(district=made.units["东区"]).update(aliases=["附中"])
    School.objects.filter(name="晴川一中").update(aliases=["附中", "晴川二中"])
    places = [("东区", "", "附中", ""), ("东区", "", "晴川二中", "")]
    found = save_places(places=places, mint=MINT, by=None, at=NOW)
    assert found["东区", "附中"].name == "附中"
    assert found["东区", "晴川二中"] == made.schools["晴川二中"]


@pytest.mark.parametrize("who", ["host", "stranger", "晴川一中", "东区"])
def test_only_the_office_of_the_installation_names(made: Open, who: str) -> None:
    with refusal("not-organiser"):
        named(made, name="新名", by=who)
    with refusal("not-organiser"):
        unit_named(made, label_zh="新名", by=who)
