"""A zero byte is left out of what is asked and typed, before any view: PostgreSQL answers it with an error."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse, QueryDict
from django.test import Client, RequestFactory
from django.urls import reverse

from config.zero_bytes import NoZeroBytes
from tests.factories.entering import Open, handed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(made: Open, client: Client) -> Client:
    client.force_login(made["office"])
    return client


def reaches_the_view(request: HttpRequest) -> tuple[QueryDict, QueryDict]:
    NoZeroBytes(lambda one: HttpResponse()).process_view(request, None, (), {})
    return request.GET, request.POST


def test_a_search_finds_what_stands_around_it(made: Open, office: Client) -> None:
    entry = handed_in(made, "小水车")
    page = office.get(reverse("entries", args=[made.contest.key]), {"q": "小\0水"}).content.decode()
    assert entry.title in page


@pytest.mark.parametrize("name", ["entries", "certificates", "outbox", "log"])
def test_any_search_has_an_answer(made: Open, office: Client, name: str) -> None:
    assert office.get(reverse(name, args=[made.contest.key]), {"q": "甲\0", "state": "\0"}).status_code == 200


def test_every_value_that_was_sent_is_kept_without_it() -> None:
    said = {"entry": ["a\0", "b"], "reason": "改\0名", "same": "同"}
    _, post = reaches_the_view(RequestFactory().post("/", said))
    assert dict(post.lists()) == {"entry": ["a", "b"], "reason": ["改名"], "same": ["同"]}
    get, _ = reaches_the_view(RequestFactory().get("/", {"page": "2\0"}))
    assert get.urlencode() == "page=2"


def test_an_address_with_one_does_not_exist(client: Client) -> None:
    assert client.get(reverse("link", args=["a\0b"])).status_code == 404


def test_a_body_that_is_no_form_is_left_alone() -> None:
    request: Any = RequestFactory().post("/", b'{"a": 1}', content_type="application/json")
    reaches_the_view(request)
    assert request.body == b'{"a": 1}'
