"""A run has a database of its own; the installation's never feels it."""

from pathlib import Path
from shutil import copyfile

import pytest
from django.apps import apps
from django.db import connection

from competition.databases import own_database
from competition.models import Contest, Event
from tests.factories.contests import small_contest
from tests.factories.databases import migrated
from tests.factories.running import run
from tests.factories.sheets import small
from tests.factories.workbooks import workbook

pytestmark = pytest.mark.django_db


def everything() -> dict[str, list[tuple]]:
    return {
        model._meta.label: sorted(map(repr, model._default_manager.values_list()))
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy
    }


def test_the_installations_rows_are_the_same_before_and_after_a_run(tmp_path: Path) -> None:
    small_contest()
    before = everything()
    assert len(before["competition.Event"]) > 5
    done = run(workbook(small()), tmp_path / "out", is_from_scratch=True)
    assert done.code == 0, done.complained
    assert everything() == before
    with done.database():
        assert list(Contest.objects.values_list("label_zh", flat=True)) == ["第一届晴川青少年科技竞赛"]


def test_the_default_database_is_used_where_asked(tmp_path: Path) -> None:
    done = run(workbook(small()), tmp_path / "out", "--database=default", is_from_scratch=True)
    assert done.code == 0, done.complained
    assert Contest.objects.get().label_zh == "第一届晴川青少年科技竞赛"
    assert not (tmp_path / "out" / "contest.sqlite3").exists()


def work_that_breaks_off(path: Path) -> None:
    with own_database(path):
        assert connection.settings_dict["NAME"] == str(path)
        assert Event.objects.count() == 0
        raise ZeroDivisionError


def test_the_way_back_is_found_after_an_error(tmp_path: Path) -> None:
    before = (connection.vendor, connection.settings_dict["NAME"])
    copyfile(migrated(), tmp_path / "own.sqlite3")
    with pytest.raises(ZeroDivisionError):
        work_that_breaks_off(tmp_path / "own.sqlite3")
    assert (connection.vendor, connection.settings_dict["NAME"]) == before


def test_none_is_a_database_in_memory(tmp_path: Path) -> None:
    with own_database(None):
        small_contest()
        assert Contest.objects.count() == 1
    assert Contest.objects.count() == 0
    assert list(tmp_path.iterdir()) == []


def test_what_was_written_is_there_the_next_time(tmp_path: Path) -> None:
    copyfile(migrated(), tmp_path / "own.sqlite3")
    for expected in (1, 1):
        with own_database(tmp_path / "own.sqlite3"):
            small_contest()
            assert Contest.objects.count() == expected
