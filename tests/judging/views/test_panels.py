"""The pages of panels."""

import pytest
from django.test import Client
from django.urls import reverse

from judging.models import Panel
from tests.factories.judging import Judged, judged_contest

pytestmark = pytest.mark.django_db


@pytest.fixture
def judged() -> Judged:
    return judged_contest()


@pytest.fixture
def office(judged: Judged) -> Client:
    client = Client()
    client.force_login(judged.office)
    return client


def test_a_panel_is_made_changed_and_deleted(judged, office):
    track, (first, second, _third) = judged.contest.tracks.get(), judged.contest.judges.order_by("code")
    to = reverse("panels", args=[judged.contest.key])
    assert office.post(to, {"label_zh": "", "track": track.pk}).status_code == 422
    assert office.post(to, {"label_zh": "理化", "track": track.pk, "judges": [first.pk]}).status_code == 302
    panel = Panel.objects.get()
    page = office.get(to).content.decode()
    assert "理化" in page
    assert second.code in page  # in no panel
    here = reverse("panel-of", args=[judged.contest.key, panel.key])
    assert office.get(here).context["form"].initial["judges"] == [first]
    office.post(here, {"label_zh": "理化组", "track": track.pk, "judges": [first.pk, second.pk]})
    assert (Panel.objects.get().label_zh, Panel.objects.get().judges.count()) == ("理化组", 2)
    office.post(reverse("panel-delete", args=[judged.contest.key, panel.key]))
    assert Panel.objects.count() == 0


def test_judges_and_tracks_of_another_contest_cannot_be_chosen(judged, office):
    other = judged.contest.series.contests.create(label_zh="别的", year=2030, as_of=judged.contest.as_of)
    track = other.tracks.create(code="别的", label_zh="别的", order=1)
    answer = office.post(reverse("panels", args=[judged.contest.key]), {"label_zh": "甲", "track": track.pk})
    assert answer.status_code == 422
    assert Panel.objects.count() == 0


def test_after_the_judging_panels_are_only_looked_at(judged, office):
    panel = judged.contest.panels.create(label_zh="甲", track=judged.contest.tracks.get())
    judged.contest.state = "decision"
    judged.contest.save(update_fields=["state"])
    for address in (
        reverse("panels", args=[judged.contest.key]),
        reverse("panel-of", args=[judged.contest.key, panel.key]),
    ):
        assert '<form method="post" class="form"' not in office.get(address).content.decode()
