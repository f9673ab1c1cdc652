"""export_bundle and verify, as whoever sits at the server types them."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from awards.outputs.bundle import bundle_of
from competition.models import Contest
from judging.models import Mark
from tests.factories.bundles import packed, published, rows_of
from tests.factories.contests import Made, small_contest

pytestmark = pytest.mark.django_db


@pytest.fixture
def made() -> Made:
    found = small_contest()
    published(found.contest)
    return found


@pytest.fixture
def path(made, tmp_path):
    path = tmp_path / "b.zip"
    said = call("export_bundle", made.contest.key, "--out", path)
    assert f"manage.py verify {path}" in said
    return path


def call(*words: object, **more) -> str:
    out = io.StringIO()
    call_command(str(words[0]), *map(str, words[1:]), "--language", "en", stdout=out, stderr=out, **more)
    return out.getvalue()


def test_what_was_exported_holds(path, made):
    assert path.read_bytes() == bundle_of(made.contest.award_lists.get())
    assert "everything holds" in call("verify", path)
    assert call("verify", path, "--quiet") == ""
    assert json.loads(call("verify", path, "--json"))["holds"] is True
    assert "The database says the same." in call("verify", path, "--quiet", "--against-database")


def test_a_contest_is_found_by_its_name_too(made, tmp_path):
    Contest.objects.filter(pk=made.contest.pk).update(label_zh="只此一个")
    call("export_bundle", "只此一个", "--out", tmp_path / "c.zip")
    assert "everything holds" in call("verify", tmp_path / "c.zip")


def test_what_does_not_hold_ends_in_a_fault(path):
    rows = rows_of(path.read_bytes())
    rows["awards"].pop()
    path.write_bytes(packed(rows))
    with pytest.raises(CommandError, match="does not hold"):
        call("verify", path)


def test_what_the_database_says_otherwise_is_a_fault(path, made):
    Mark.objects.filter(sheet__assignment__entry=made.entries["A1"]).update(points=1)
    with pytest.raises(CommandError, match="6 lines"):
        call("verify", path, "--against-database")


def test_who_types_wrong_is_told_what_to_type(made, tmp_path):
    with pytest.raises(CommandError, match=made.contest.key):
        call("export_bundle", "none")
    with pytest.raises(CommandError, match="cannot be read"):
        call("verify", tmp_path / "none.zip")
    with pytest.raises(CommandError, match="cannot be written"):
        call("export_bundle", made.contest.key, "--out", tmp_path / "no" / "b.zip")
    made.contest.award_lists.update(state="draft")
    with pytest.raises(CommandError, match="not locked"):
        call("export_bundle", made.contest.key, "--out", tmp_path / "b.zip")
