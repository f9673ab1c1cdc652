"""Choosing which entries go up in a list of many pages: what is ticked on another page is never lost, nor asked twice."""

import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from competition.models import LateChoice
from tests.factories.entering import NOW, Open, open_contest
from tests.factories.late import passed, terms
from tests.factories.noticing import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def made():
    with time_machine.travel(NOW, tick=False):
        made = open_contest()
        terms(made)
        for title, name in (("浇花器", "林晓雨"), ("风车", "孙小"), ("水泵", "钱多")):
            passed(made, title, authors=[{"name": name, "grade": 5}])
        yield made


def address(made: Open, query: str = "") -> str:
    return reverse("late-choose", args=[made.contest.key]) + query


def keys(made: Open) -> dict[str, str]:
    return dict(made.contest.entries.values_list("title", "key"))


def ticked(client: Client, made: Open, query: str = "") -> dict[str, bool]:
    """What the page shows: title -> whether it is ticked."""
    text = client.get(address(made, query)).content.decode()
    boxes = dict(re.findall(r'name="entry" value="(\w{26})"[^>]*?( checked)?>', text))
    return {title: bool(boxes[key]) for title, key in keys(made).items() if key in boxes}


def send(client: Client, made: Open, query: str, *titles: str, **more: str):
    page = client.get(address(made, query)).content.decode()
    return client.post(address(made, query), said_by(page) | {"entry": [keys(made)[one] for one in titles], **more})


def said_by(page: str) -> dict[str, str]:
    """What the page knows of itself and of other pages."""
    return {name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("shown", "elsewhere")}


def test_what_is_ticked_stays_while_one_searches_and_all_of_it_is_asked(made):
    client = client_of(made["host"])
    answer = send(client, made, "", "浇花器", go="", q="风")
    assert answer.url == address(made, "?q=%E9%A3%8E")
    assert not LateChoice.objects.exists()  # searching asks no school
    assert ticked(client, made, "?q=风") == {"风车": False}
    assert "1 件已勾选的作品不在本页" in client.get(address(made, "?q=风")).content.decode()
    send(client, made, "?q=风", "风车", go="?")
    assert ticked(client, made) == {"浇花器": True, "风车": True, "水泵": False}
    assert ticked(client, made, "?only=ticked") == {"浇花器": True, "风车": True}
    send(client, made, "", "浇花器", go="")  # 风车 is unticked on its page
    send(client, made, "?q=水泵", "水泵", ask="1")
    assert {one.entry.title for one in LateChoice.objects.all()} == {"浇花器", "水泵"}
    assert ticked(client, made) == {"风车": False}


def test_what_is_refused_stays_ticked_and_untick_all_unticks_other_pages_too(made):
    client = client_of(made["host"])
    send(client, made, "", "浇花器", "风车", go="")
    assert ticked(client_of(made["office"]), made) == {"浇花器": False, "风车": False, "水泵": False}  # one's own
    send(client, made, "?q=水泵", none="1")
    assert not any(ticked(client, made).values())
    assert not LateChoice.objects.exists()


def test_turning_the_page_goes_only_to_pages_of_this_list(made):
    answer = send(client_of(made["host"]), made, "?page=1", go="?page=2&size=100&next=https://elsewhere.example")
    assert answer.url == address(made, "?size=100&page=2")


def test_nobody_is_asked_who_was_ticked_in_another_window_meanwhile(made):
    client = client_of(made["host"])
    one, other = sorted(keys(made))[:2]
    seen = client.get(address(made, f"?q={one}")).content.decode()
    send(client, made, f"?q={other}", other, go="?")
    answer = client.post(address(made, f"?q={one}"), said_by(seen) | {"entry": [keys(made)[one]], "send": "1"})
    assert answer.status_code == 422 and not made.contest.entries.filter(late_choice__isnull=False).exists()
