"""A list taken in: all of it or nothing, and nothing twice."""

from datetime import datetime
from typing import Any

import pytest

from competition.models import Entry, Event
from competition.services.entering import (
    import_entries,
    submit_entry,
    withdraw_entry,
)
from tests.factories.entering import (
    CLOSES,
    NOW,
    Open,
    begun,
    changes_for,
    recorded,
    refusal,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(made: Open) -> list[Any]:
    from competition.importing import Line

    school, track = made.schools["晴川一中"], made.tracks["创新"]
    old = begun(made, "旧题")
    return [
        Line(2, "新题", school=school, track=track, values=changes_for("新题")),
        Line(3, "旧题", status="changed", entry=old, school=school, track=track, values={"abstract": "改过"}),
    ]


def test_import_entries_takes_in_new_and_changed_with_one_event(made: Open, lines: list[Any]) -> None:
    with recorded("drafts.imported"):
        assert import_entries(contest=made.contest, lines=lines, by=made["晴川一中"], at=NOW) == (1, 1)
    assert {one.title: one.abstract for one in Entry.objects.all()} == {"旧题": "改过", "新题": "它自己浇花。"}
    assert Event.objects.latest("pk").body == {"new": 1, "changed": 1}


def test_import_entries_takes_nothing_in_twice(made: Open, lines: list[Any]) -> None:
    import_entries(contest=made.contest, lines=lines[:1], by=made["晴川一中"], at=NOW)
    with refusal("list-outdated"):
        import_entries(contest=made.contest, lines=lines, by=made["晴川一中"], at=NOW)
    withdraw_entry(entry=Entry.objects.get(title="新题"), by=made["晴川一中"], at=NOW)
    assert import_entries(contest=made.contest, lines=lines, by=made["晴川一中"], at=NOW) == (1, 1)


def test_import_entries_of_nothing_is_no_event(made: Open) -> None:
    with recorded():
        assert import_entries(contest=made.contest, lines=[], by=made["晴川一中"], at=NOW) == (0, 0)


def test_import_entries_takes_all_or_none_and_never_what_was_handed_in(made: Open, lines: list[Any]) -> None:
    submit_entry(entry=lines[1].entry, by=made["晴川一中"], at=NOW)
    with refusal("entry-handed-in"):
        import_entries(contest=made.contest, lines=lines, by=made["晴川一中"], at=NOW)


@pytest.mark.parametrize(("who", "at", "code"), [("西山中学", NOW, "hidden"), ("晴川一中", CLOSES, "entries-closed")])
def test_import_entries_asks_the_rule_of_every_line(
    made: Open, lines: list[Any], who: str, at: datetime, code: str
) -> None:
    with refusal(code):
        import_entries(contest=made.contest, lines=lines, by=made[who], at=at)
