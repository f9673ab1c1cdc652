"""Sheets handed in over time: those that count, by when they came first."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from competition.models import Contest
from competition.services.accounts import create_account, grant_role
from competition.states import RoleKind
from judging.models import Mark, Sheet
from judging.models.sheet import ASIDE
from judging.selectors import arrival_times, sheet_counts
from judging.states import SheetState
from judging.views.progress_picture import course_chart
from tests.factories.analysing import marked_contest
from tests.factories.contests import WHO

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_chinese() -> Iterator[None]:
    """Whatever language the page asked for before was in."""
    with translation.override("zh-hans"):
        yield


FIRST = datetime(2026, 5, 1, 1, 0, tzinfo=UTC)  # 9 in the morning in Shanghai


@pytest.fixture
def contest() -> Contest:
    """Six works of three judges: one sheet an hour from nine on."""
    made = marked_contest(6, 6, 3)
    for at, sheet in enumerate(Sheet.objects.order_by("pk")):
        Sheet.objects.filter(pk=sheet.pk).update(submitted_at=FIRST + timedelta(hours=at))
    return made


def test_sheets_are_counted_by_hours_of_the_contest(contest: Contest) -> None:
    counts = sheet_counts(contest)
    chart = course_chart(contest, counts.expected)
    assert chart and [row[0] for row in chart.rows][:2] == ["05-01 09:00", "05-01 10:00"]
    assert [row[1] for row in chart.rows] == [1] * 18
    assert chart.rows[-1][2] == counts.arrived == 18
    assert chart.rows[-1][3] == f"{18 / counts.expected:.0%}".replace("%", " %")
    assert f"应交共 {counts.expected} 份" in chart.picture


def test_a_correction_came_when_its_first_version_came(contest: Contest) -> None:
    before = arrival_times(contest)
    old = Sheet.objects.order_by("pk")[0]
    marks = list(old.marks.values("criterion", "points"))
    Sheet.objects.filter(pk=old.pk).update(state=SheetState.SUPERSEDED)
    new = Sheet.objects.create(
        assignment=old.assignment, version=2, state=SheetState.SUBMITTED, submitted_at=FIRST + timedelta(days=9), key="k" * 26
    )  # fmt: skip
    Mark.objects.bulk_create(Mark(sheet=new, criterion_id=one["criterion"], points=one["points"]) for one in marks)
    assert arrival_times(contest) == before


def test_a_draft_that_was_set_aside_never_came(contest: Contest) -> None:
    late = Sheet.objects.order_by("-submitted_at")[0]
    Sheet.objects.filter(pk=late.pk).update(version=2)
    Sheet.objects.create(
        assignment=late.assignment, version=1, state=SheetState.SUPERSEDED, submitted_at=FIRST - timedelta(days=9),
        key="k" * 26, save_key=f"{ASIDE}x",
    )  # fmt: skip
    assert min(arrival_times(contest)) == FIRST


def test_what_does_not_count_is_not_drawn(contest: Contest) -> None:
    blank, recused, *_ = Sheet.objects.order_by("pk")
    blank.marks.all()[0].delete()
    Sheet.objects.filter(pk=recused.pk).update(state=SheetState.RECUSED, reason="回避")
    assert len(arrival_times(contest)) == 16 == sheet_counts(contest).arrived


def test_what_came_at_once_or_not_at_all_has_no_course(contest: Contest) -> None:
    Sheet.objects.update(submitted_at=FIRST)
    assert course_chart(contest, 30) is None
    Sheet.objects.update(state=SheetState.RECUSED)
    assert course_chart(contest, 30) is None


def test_the_page_of_progress_shows_it_with_its_table(contest: Contest, client: Client) -> None:
    user = create_account(username="office", name="办公室", password=None, **WHO)
    grant_role(user=user, kind=RoleKind.ORGANISER, **WHO)
    client.force_login(user)
    page = client.get(reverse("progress", args=[contest.key])).content.decode()
    assert "评分表提交进度" in page and 'aria-hidden="true"><svg' in page and "05-01 09:00</th>" in page
