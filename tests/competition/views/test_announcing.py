"""The page of a contest: announcements and their files, for everyone who may see the contest."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from competition.models import Announcement, AnnouncementFile, Contest
from competition.services.announcing import Upload, announce, hide_announcement
from competition.services.setting_up import copy_contest
from tests.competition.inspection import samples
from tests.factories.entering import NOW, Open, recorded, ruled

pytestmark = pytest.mark.django_db
PDF = samples.pdf()


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def put_up(made: Open, name: str = "关于申报的通知.pdf", title: str = "通知") -> AnnouncementFile:
    data = PDF
    uploads = [Upload(name, len(data), [data])]
    by = made["host"]
    return announce(contest=made.contest, title=title, body="", by=by, at=NOW, uploads=uploads).files.get()


def address(one: AnnouncementFile, contest: str = "", announcement: str = "") -> str:
    keys = [contest or one.announcement.contest.key, announcement or one.announcement.key, one.key]
    return reverse("announcement-file", args=keys)


def test_an_organiser_announces_with_files_and_everyone_gets_them(made: Open, client: Client) -> None:
    client.force_login(made["host"])
    said = {"title": "通知", "body": "请看附件。", "attached": [SimpleUploadedFile("附件一.pdf", PDF),
                                                        SimpleUploadedFile("附件二.png", samples.saved("PNG"))]}  # fmt: skip
    with recorded("announcement.made"):
        assert client.post(reverse("announcement-add", args=[made.contest.key]), said).status_code == 302
    client.logout()
    page = client.get(reverse("contest", args=[made.contest.key])).content.decode()
    for one in AnnouncementFile.objects.all():
        assert address(one) in page and one.name in page
    answer = client.get(address(AnnouncementFile.objects.order_by("pk")[0]))
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/pdf"


def test_a_file_that_is_not_fit_is_said_with_the_words_kept(made: Open, client: Client) -> None:
    client.force_login(made["host"])
    said = {"title": "通知", "body": "打好的字", "attached": [SimpleUploadedFile("坏.pdf", b"<html>")]}
    to = reverse("announcement-add", args=[made.contest.key])
    with recorded():
        answer = client.post(to, said)
    text = answer.content.decode()
    assert (answer.status_code, "打好的字" in text, "坏.pdf" in text) == (422, True, True)
    assert client.post(to, {"body": "打好的字"}).status_code == 422
    assert not Announcement.objects.exists()


def test_the_file_of_a_hidden_announcement_is_gone_for_everyone(made: Open, client: Client) -> None:
    one = put_up(made)
    hide_announcement(announcement=one.announcement, by=made["host"], at=NOW)
    assert client.get(address(one)).status_code == 404
    client.force_login(made["host"])
    assert client.get(address(one)).status_code == 404


def test_before_the_contest_is_public_only_its_organisers_get_files(made: Open, client: Client) -> None:
    one = put_up(made)
    ruled(made, state="setup")
    assert client.get(address(one)).status_code == 404
    client.force_login(made["stranger"])
    assert client.get(address(one)).status_code == 404
    client.force_login(made["host"])
    assert client.get(address(one)).status_code == 200


def test_a_file_is_found_only_under_its_own_contest_and_announcement(made: Open, client: Client) -> None:
    one, other = put_up(made), put_up(made, title="另一个")
    elsewhere = copy_contest(contest=made.contest, by=made["host"], at=NOW)
    Contest.objects.filter(pk=elsewhere.pk).update(state="entry")
    assert client.get(address(one, announcement=other.announcement.key)).status_code == 404
    assert client.get(address(one, contest=elsewhere.key)).status_code == 404
    assert client.get(address(one)).status_code == 200


def test_the_page_asks_no_more_for_more_announcements(made: Open, client: Client) -> None:
    asked = []
    for more in (1, 0, 4):
        for n in range(more):
            put_up(made, title=f"通知{n}")
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("contest", args=[made.contest.key])).status_code == 200
        asked.append(len(queries))
    assert asked[2] == asked[1]
