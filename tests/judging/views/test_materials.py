"""What a judge reads of an entry: copies, and nothing that tells whose it is."""

from pathlib import Path

import pytest
from django.urls import reverse

from competition import files
from competition.models import Contest, Entry, Material, MaterialKind, Role, StoredFile, User
from competition.services.findings import make_copy
from competition.services.papers import keep_paper
from competition.states import RoleKind
from judging.models import Assignment, Conflict
from judging.states import JudgeState
from judging.views.materials import shown_to_judges
from tests.competition.inspection.samples import AUTHOR, pdf
from tests.factories.contests import AT, Made, small_contest

pytestmark = pytest.mark.django_db
FILE = "李明的研究报告.pdf"


@pytest.fixture(autouse=True)
def media(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def made() -> Made:
    return small_contest()


@pytest.fixture
def work(made, client):
    """The address of an entry in a judge's pile, with a report behind it."""
    entry, judge = made.entries["A1"], made.judges["J1"]
    Contest.objects.filter(pk=made.contest.pk).update(state="judging")
    user = User.objects.create_user("j1", name="评委")
    Role.objects.create(user=user, kind=RoleKind.JUDGE, contest=made.contest)
    judge.user, judge.state, judge.pledged_at = user, JudgeState.ACCEPTED, AT
    judge.save()
    client.force_login(user)
    material = with_file(entry, is_for_judges=True)
    return reverse("work", args=[judge.key, of_pile(made, "J1", "A1").key]), material


def of_pile(made, judge: str, entry: str) -> Assignment:
    return made.assignments[made.rounds["评审"].pk, made.entries[entry].pk, made.judges[judge].pk]


def with_file(entry, *, is_for_judges: bool) -> Material:
    kind = MaterialKind.objects.create(
        track=entry.track, code=f"k{is_for_judges}", order=1, label_zh="研究报告", formats=["pdf"],
        is_for_judges=is_for_judges,
    )  # fmt: skip
    stored = keep_paper(name="x.pdf", chunks=[pdf(("火星", "第二页"), author=AUTHOR)], at=AT)
    material = Material.objects.create(
        entry=entry, kind=kind, name=FILE, size=stored.size, sha256=stored.sha256, file=stored, added_at=AT
    )
    make_copy(material, at=AT)
    return material


def test_the_page_shows_copies_under_neutral_names(made, work, client):
    address, material = work
    page = client.get(address).content.decode()
    assert "A1-研究报告-1.pdf" in page
    for secret in (FILE, "李明", "学生A1", "晴川一中", "东区"):
        assert secret not in page
    response = client.get(f"{address}{material.key}/")
    sent = b"".join(response.streaming_content)
    assert sent == files.path_of(material.copy.sha256).read_bytes()
    assert AUTHOR.encode() not in sent
    assert "A1-" in response.headers["Content-Disposition"] or "A1-" in str(response.headers)
    assert client.get(f"{address}{material.key}/page/2/").status_code == 200
    assert client.get(f"{address}{material.key}/page/9/").status_code == 404


def test_what_judges_are_not_to_see_is_not_there(made, work, client):
    address, _ = work
    hidden = with_file(made.entries["A1"], is_for_judges=False)
    assert client.get(f"{address}{hidden.key}/").status_code == 404


def test_without_a_copy_nothing_is_shown(made, work, client):
    address, material = work
    Material.objects.filter(pk=material.pk).update(copy=None)
    assert client.get(f"{address}{material.key}/").status_code == 404


def test_a_judge_in_conflict_reads_nothing(made, work, client):
    address, material = work
    Conflict.objects.create(judge=made.judges["J1"], entry=made.entries["A1"])
    assert client.get(address).status_code == 404
    assert client.get(f"{address}{material.key}/").status_code == 404


def test_another_judge_and_another_entry_are_not_found(made, work, client):
    address, material = work
    other = User.objects.create_user("j2", name="评委二")
    Role.objects.create(user=other, kind=RoleKind.JUDGE, contest=made.contest)
    client.force_login(other)
    assert client.get(address).status_code == 404
    assert client.get(f"{address}{material.key}/").status_code == 404


def test_a_file_of_another_entry_is_not_in_this_pile(made, work, client):
    _, material = work
    elsewhere = reverse("work", args=[made.judges["J1"].key, of_pile(made, "J1", "A2").key])
    assert client.get(f"{elsewhere}{material.key}/").status_code == 404


@pytest.mark.parametrize("state", ["withdrawn", "returned", "not_passed"])
def test_what_is_not_judged_is_not_read(made, work, client, state):
    address, _ = work
    assert client.get(address).status_code == 200
    Entry.objects.filter(pk=made.entries["A1"].pk).update(state=state)
    assert client.get(address).status_code == 404


def test_nobody_reads_on_after_judging_or_after_leaving(made, work, client):
    address, _ = work
    made.judges["J1"].__class__.objects.filter(pk=made.judges["J1"].pk).update(is_active=False)
    assert client.get(address).status_code == 404
    made.judges["J1"].__class__.objects.update(is_active=True)
    Contest.objects.filter(pk=made.contest.pk).update(state="published")
    assert client.get(address).status_code == 404


def test_a_file_that_names_somebody_waits_for_the_office(made, work, client):
    address, material = work
    Material.objects.filter(pk=material.pk).update(findings=[{"page": 1, "word": "李明", "what": "author"}])
    assert client.get(f"{address}{material.key}/").status_code == 404
    Material.objects.filter(pk=material.pk).update(cleared_reason="同名")
    assert client.get(f"{address}{material.key}/").status_code == 200


def test_no_word_of_the_schools_file_name_is_in_ours(made, work):
    _, material = work
    StoredFile.objects.filter(pk=material.copy_id).update(media_type="application/x-unknown")
    Material.objects.filter(pk=material.pk).update(name="作品.林晓雨")
    (shown,) = shown_to_judges(made.entries["A1"])
    assert shown.name == "A1-研究报告-1"
