"""Everything that somebody can fetch: from the first pages along every link, downloads read as text."""

import io
import re
import zipfile
from collections.abc import Iterable
from html import unescape
from urllib.parse import unquote

import pypdfium2
from django.test import Client

LINK = re.compile(rb"""(?:href|src|action|data-[a-z-]*url|data-worker|data-queue)=["']([^"'#]+)""")
NOT_FOLLOWED = ("/static/", "/sign-out/", "mailto:", "data:", "http")
MOST_PAGES = 600


def crawl(client: Client, starts: Iterable[str]) -> dict[str, str]:
    """address -> all that came from it as text, headers and the address itself included.

    raises   AssertionError on a server error, or where there is no end to it
    """
    waiting, found = list(starts), {}
    while waiting:
        address = waiting.pop()
        if address in found:
            continue
        assert len(found) < MOST_PAGES, "no end to the links"
        response = client.get(address)
        assert response.status_code < 500, address
        body = b"".join(response.streaming_content) if response.streaming else response.content
        headers = " ".join(f"{name}: {unquote(value)}" for name, value in response.headers.items())
        found[address] = f"{unquote(address)}\n{headers}\n{text_in(body)}"
        if location := response.headers.get("Location"):
            waiting.append(location)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            links = (unescape(one.decode()) for one in LINK.findall(body))
            waiting += [joined(address, one) for one in links if not one.startswith(NOT_FOLLOWED)]
    return found


def joined(address: str, link: str) -> str:
    return link if link.startswith("/") else f"{address.split('?')[0]}{link}" if link.startswith("?") else f"/{link}"


def text_in(body: bytes) -> str:
    if body.startswith(b"%PDF"):
        document = pypdfium2.PdfDocument(body)
        return "\n".join(page.get_textpage().get_text_range() for page in document) + body.decode("latin-1")
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            inside = [f"{one.filename}\n{text_in(archive.read(one))}" for one in archive.infolist()]
        return "\n".join(inside)
    return unescape(body.decode("utf-8", "replace"))
