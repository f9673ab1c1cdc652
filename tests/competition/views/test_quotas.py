"""The table of quotas: what stands outside the shown part stays."""

import pytest
from django.urls import reverse

from competition.models import Quota
from competition.services.quotas import QuotaDetails, save_quotas
from competition.views.quotas import Cell
from tests.factories.entering import NOW


@pytest.fixture
def table(made, client):
    """Post cells, and read the quotas as (place, track, division) -> number."""
    client.force_login(made["office"])
    east, school = made.units["东区"], made.schools["晴川一中"]
    details = [
        QuotaDetails(east, 9, team_percent=10),
        QuotaDetails(school, 2),
        QuotaDetails(east, 3, made.tracks["创新"]),
    ]
    save_quotas(contest=made.contest, quotas=details, by=made["office"], at=NOW)

    def post(query: str = "", **cells: str):
        url = reverse("quotas", args=[made.contest.key])
        return client.post(f"{url}?{query}", cells)

    return post


def quotas(made) -> dict[tuple[str, str, str], int]:
    return {
        (str(one.district or one.school), str(one.track or ""), one.division.code if one.division else ""): one.most
        for one in Quota.objects.filter(contest=made.contest)
    }


def shown(response) -> str:
    return response.content.decode()


def test_school_quotas_stay_when_the_units_are_saved(made, table):
    east = made.units["东区"]
    table(**{Cell(east, (None, None)).name: "12", "percent": "10"})
    assert quotas(made) == {("东区", "", ""): 12, ("晴川一中", "", ""): 2}


def test_schools_of_a_unit_get_their_own(made, table):
    school = made.schools["晴川二中"]
    table(f"unit={made.units['东区'].key}", **{Cell(school, (made.tracks["创新"], None)).name: "1", "percent": "10"})
    assert quotas(made)["晴川二中", "创新", ""] == 1
    assert quotas(made)["东区", "", ""] == 9


def test_divisions_of_a_track_get_their_own(made, table):
    track, division = made.tracks["创新"], made.contest.divisions.get(code="junior")
    cell = Cell(made.units["西区"], (track, division)).name
    table(f"track={track.order}", **{cell: "4", "percent": "10"})
    assert quotas(made)["西区", "创新", "junior"] == 4


def test_what_is_no_number_changes_nothing_and_stays_typed(made, table):
    before = quotas(made)
    cell = Cell(made.units["东区"], (None, None)).name
    response = table(**{cell: "zwölf", "percent": "10"})
    assert "zwölf" in shown(response)
    assert quotas(made) == before


def test_the_share_of_teams_is_of_the_caps(made, table):
    cap = {
        Cell(made.units["东区"], (None, None)).name: "9",
        Cell(made.units["东区"], (made.tracks["创新"], None)).name: "3",
    }
    table(**cap, percent="20")
    found = dict(made.contest.quotas.filter(district__isnull=False).values_list("track__label_zh", "team_percent"))
    assert found == {None: 20, "创新": None}


def test_shares_of_divisions_are_kept_with_the_contest(made, table):
    table(**{"share-2": "50", "percent": ""})
    made.contest.refresh_from_db()
    assert made.contest.settings["division_shares"] == {"junior": 50}
