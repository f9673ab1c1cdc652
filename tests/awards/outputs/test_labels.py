"""Labels of a track in a round: of the entries that take part, for the office alone."""

import pypdfium2
import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from awards.outputs.labels import entry_labels
from competition.models import AccessRecord, Entry
from judging.models import RoundEntry, Rubric
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


def address(judged: Judged, track: int = 1, place: int = 1) -> str:
    return reverse("labels", args=[judged.contest.key, track, place])


def text_of(data: bytes) -> str:
    return "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(data))


def test_every_entry_that_takes_part_and_counts_has_one(judged):
    Entry.objects.filter(number="A2").update(state="withdrawn")
    RoundEntry.objects.filter(entry__number="A3").delete()
    text = text_of(entry_labels(Rubric.objects.get()))
    assert "A1" in text and "作品A1" in text and "创新" in text
    assert "A2" not in text and "A3" not in text
    assert "学生" not in text and "晴川" not in text


def test_the_same_entries_give_the_same_bytes(judged):
    assert entry_labels(Rubric.objects.get()) == entry_labels(Rubric.objects.get())


def test_the_office_gets_them_and_the_look_is_kept(judged, office):
    assert address(judged) in office.get(reverse("progress", args=[judged.contest.key])).content.decode()
    before = AccessRecord.objects.filter(user=judged.office).count()
    assert office.get(address(judged))["Content-Type"] == "application/pdf"
    assert AccessRecord.objects.filter(user=judged.office).count() == before + 1
    client = Client()
    client.force_login(judged.users["J1"])
    assert client.get(address(judged)).status_code == 404


def test_a_title_that_no_font_can_print_is_named(judged, office):
    Entry.objects.filter(number="A2").update(title="机器人😀")
    answer = office.get(address(judged))
    assert answer.url == reverse("progress", args=[judged.contest.key])
    assert "A2" in str(next(iter(get_messages(answer.wsgi_request))))


def test_without_entries_there_is_nothing_to_print(judged, office):
    RoundEntry.objects.all().delete()
    assert office.get(address(judged)).status_code == 404
    assert address(judged) not in office.get(reverse("progress", args=[judged.contest.key])).content.decode()
    assert office.get(address(judged, track=9)).status_code == 404
