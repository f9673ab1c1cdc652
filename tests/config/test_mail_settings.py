"""EMAIL_URL says through which server mail goes; what it may not say stops the start."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import settings as product


def mail(url: str, monkeypatch: pytest.MonkeyPatch) -> dict:
    monkeypatch.setenv("MAIL_FROM", "office@example.org")
    return product.mail(url)


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp+tls://office%40example.org:a%2Fb@mail.example.org", 587, True, False),
        ("smtp+ssl://office%40example.org:a%2Fb@mail.example.org", 465, False, True),
        ("smtp://office%40example.org:a%2Fb@mail.example.org:2525", 2525, False, False),
    ],
)
def test_an_address_of_a_server_becomes_settings(url, port, tls, ssl, monkeypatch):
    found = mail(url, monkeypatch)
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == ("mail.example.org", port)
    assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (tls, ssl)
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"]) == ("office@example.org", "a/b")
    assert found["DEFAULT_FROM_EMAIL"] == "office@example.org"


@pytest.mark.parametrize("url", ["consolemail://", "dummymail://", "smtp://", "mail.example.org"])
def test_anything_else_stops_the_start(url, monkeypatch):
    with pytest.raises(ImproperlyConfigured, match="EMAIL_URL"):
        mail(url, monkeypatch)


def test_a_server_needs_the_address_of_its_links(monkeypatch):
    monkeypatch.setattr(product, "AT_A_DESK", False)
    monkeypatch.delenv("PUBLIC_URL")
    with pytest.raises(ImproperlyConfigured, match="PUBLIC_URL"):
        mail("smtp://mail.example.org", monkeypatch)


def test_files_are_for_a_desk_alone(monkeypatch):
    assert mail("filemail:///tmp/mails", monkeypatch)["EMAIL_FILE_PATH"] == "/tmp/mails"
    monkeypatch.setattr(product, "AT_A_DESK", False)
    with pytest.raises(ImproperlyConfigured):
        mail("filemail:///tmp/mails", monkeypatch)
