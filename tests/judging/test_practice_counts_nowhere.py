"""Works to practise on never count: nothing that counts can come across them, and nothing of it changes by a byte."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.db import transaction
from django.test import Client
from django.urls import reverse

from awards.outputs.tally import tally_pdf
from awards.services.lists import check_list
from awards.services.running import decide
from judging import selectors
from judging.coverage import coverage_of
from judging.frames import marks_frame
from judging.models import Draft, PracticeSet, PracticeSheet, Rubric, Sheet
from judging.services.assignments import propose_assignments
from judging.services.cross_reviews import propose_cross_reviews
from judging.services.standings import computed_standings
from tests.factories.contests import AT
from tests.factories.judging import Judged, judged_contest
from tests.judging.services.test_commons import more_judges
from tests.judging.services.test_practice import hand_in, offered, put_in, release, save
from tests.judging.test_blindness import without_tokens

ROOT = Path(__file__).resolve().parents[2]
OURS = [model for model in apps.get_app_config("judging").get_models() if model.__name__.startswith("Practice")]
MAY_KNOW = {
    "judging/access.py",  # what opens first
    "judging/access_to_practice.py",
    "judging/forms/practice.py",
    "judging/messages.py",
    "judging/models/__init__.py",
    "judging/models/practice.py",
    "judging/practice_compared.py",
    "judging/practising.py",
    "judging/register.py",
    "judging/services/practice.py",
    "judging/services/practising.py",
    "judging/sheet_rows.py",  # a pile that waits
    "judging/urls.py",
    "judging/views/finding.py",
    "judging/views/pile.py",
    "judging/views/practice.py",
    "judging/views/practising.py",
    "competition/views/log.py",
}


def test_no_table_of_practice_touches_what_counts():
    """Neither side has a column of the other."""
    assert len(OURS) == 5
    counted = {"Entry", "Assignment", "Sheet", "Mark", "Draft", "RoundEntry", "Standing", "CommonSet", "Award"}
    for model in OURS:
        named = {field.related_model.__name__ for field in model._meta.get_fields() if field.related_model}
        assert not named & counted, model


def test_nothing_else_speaks_of_practice():
    sources = [path for app in ("competition", "judging", "awards", "config") for path in (ROOT / app).rglob("*.py")]
    said = re.compile(r"\bPractice[A-Z]|practice_|practis(e|ing)\b")  # also "from judging.practising import …"
    knows = {
        str(path.relative_to(ROOT))
        for path in sources
        if "migrations" not in path.parts and said.search(path.read_text())
    }
    assert knows == MAY_KNOW


@pytest.fixture(autouse=True)
def clock():
    """Pages reckon from now when all will be in: that is not to differ between two looks."""
    with time_machine.travel(AT + timedelta(hours=1), tick=False):
        yield


@pytest.fixture
def judged(db) -> Judged:
    """Some sheets are in, one is begun."""
    made = judged_contest()
    for code, points in (("J1", 80), ("J2", 71), ("J3", 62)):
        made.submit(points, code=code, entry="A1")
        made.submit(points - 7, code=code, entry="A2")
    made.submit(90, code="J1", entry="A3")
    made.save(66, code="J2", entry="A3")
    return made


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def what_counts(judged: Judged) -> dict[str, Any]:
    contest = judged.contest
    contest.refresh_from_db()
    rubric = Rubric.objects.select_related("round__contest", "track").get()
    computed = computed_standings(contest)
    found: dict[str, Any] = {
        "standings": (computed.results, computed.made),
        "frame": marks_frame(contest).to_csv(),
        "counts": selectors.sheet_counts(contest),
        "waited for": selectors.waited_for(contest),
        "late": selectors.late(contest),
        "short": selectors.entries_short(contest),
        "begun": selectors.begun_sheets(contest),
        "finish": selectors.projected_finish(contest, at=AT),
        "judges": list(selectors.judges_with_progress(contest).values("code", "assigned", "arrived", "begun", "last")),
        "coverage": coverage_of(contest),
        "proposal": repr(propose_assignments(contest, seed=7)),
        "linking": repr(propose_cross_reviews(propose_assignments(contest, seed=7))),
        "tally": tally_pdf(rubric, at=AT),
        "drafts": list(Draft.objects.values()),
    }
    with undone():
        made = decide(contest=contest, by=None, at=AT)
        found["list check"] = check_list(made)
        found["awards"] = list(made.awards.order_by("pk").values("entry", "code", "order", "place"))
    contest.refresh_from_db()
    return found | pages_that_count(judged)


def pages_that_count(judged: Judged) -> dict[str, Any]:
    office, judge = Client(), Client()
    office.force_login(judged.office)
    judge.force_login(judged.users["J1"])
    key, receipt = judged.contest.key, Sheet.objects.get(assignment__judge__code="J1", assignment__entry__number="A1")
    asked = [
        (office, reverse("progress", args=[key])),
        (office, reverse("reminders", args=[key])),
        (office, reverse("assign-board", args=[key, 1, 1])),
        (office, reverse("paper", args=[key])),
        (judge, reverse("sheet", args=[judged.judge("J1").key, receipt.key])),
    ]
    return {address: without_tokens(client.get(address).content.decode()) for client, address in asked}


@pytest.mark.parametrize("is_first", [False, True])
def test_what_counts_is_byte_for_byte_the_same_with_practice(judged, is_first):
    before = what_counts(judged)
    practice = offered(judged, is_first=is_first)
    works = [put_in(judged, practice, title) for title in ("旧作一", "旧作二")]
    assert what_counts(judged) == before
    for code in ("J1", "J2"):
        hand_in(judged, code, works[0], 11)
    save(judged, "J3", works[0], 12)
    assert PracticeSheet.objects.count() == 3
    assert what_counts(judged) == before
    PracticeSet.objects.update(released_at=AT)
    PracticeSheet.objects.update(is_compared=True)
    assert what_counts(judged) == before


def test_the_comparison_sees_a_mark_that_does_count(judged):
    """The twin: were a practice sheet a sheet, it would be seen."""
    before = what_counts(judged)
    judged.submit(11, code="J3", entry="A3")
    after = what_counts(judged)
    assert {"standings", "frame", "counts", "waited for", "tally"} <= {
        name for name in before if before[name] != after[name]
    }


def test_the_office_shows_it_and_nothing_counts(judged):
    more_judges(judged, "J4")
    practice = offered(judged)
    work = put_in(judged, practice, "旧作")
    before = what_counts(judged)
    for code, points in (("J1", 10), ("J2", 20), ("J3", 30), ("J4", 40)):
        hand_in(judged, code, work, points)
    release(judged, practice)
    assert what_counts(judged) == before
