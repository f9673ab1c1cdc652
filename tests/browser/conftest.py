"""A server of its own with the demo year, and pages of a real browser on a phone and on a desk."""

import os
import re
from itertools import count
from pathlib import Path
from shutil import copytree, rmtree

import pytest

from awards.demo.accounts import DEMO_PASSWORD
from tests.browser.marks import CHROMIUM
from tests.factories import halls
from tests.factories.databases import demo, surroundings
from tests.factories.desks import Desk
from tests.factories.servers import free_port, wait_for

TOKEN = re.compile('name="csrfmiddlewaretoken" value="([^"]+)"')
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


@pytest.fixture(scope="session")
def played(django_db_blocker) -> Path:
    """The folder with the demo year, made before any browser: beside its event loop Django would refuse to."""
    with django_db_blocker.unblock():
        return demo()


@pytest.fixture(scope="package")
def read(tmp_path_factory, played):
    """The product, read once for all servers and commands of these tests."""
    room = tmp_path_factory.mktemp("browser")
    copytree(played, room, dirs_exist_ok=True)
    desk = Desk(room, {**os.environ, **surroundings(room), "LAUREL_MODE": "desk"})
    with desk.ready():
        yield desk


@pytest.fixture(scope="module")
def desk(read, played):
    """With the demo year in its database, anew for each module: what one changes, such as a list that is taken back or
    a new award, no other sees, in whatever order they run."""
    rmtree(read.room)
    copytree(played, read.room)
    return read


@pytest.fixture(scope="module")
def server(desk):
    """A server of its own process."""
    port = free_port()
    with desk.serving(port):
        wait_for(port)
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="package")
def browser():
    """No longer than these tests: its event loop would make Django refuse the database to every test after them."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=CHROMIUM or "chromium-headless-shell", args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(params=[1280, 390])
def page(request, browser, server):
    context = browser.new_context(viewport={"width": request.param, "height": 844}, base_url=server)
    context.add_cookies([{"name": "language", "value": "zh-hans", "url": server}])
    asked = []
    found = context.new_page()
    found.on("request", lambda one: asked.append(one.url))
    yield found
    assert not [url for url in asked if not url.startswith((server, "data:"))]
    width = found.evaluate("document.documentElement.scrollWidth")
    assert width <= request.param, "the page is wider than the screen"
    context.close()


@pytest.fixture
def sign_in(page):
    """As one of the demo's roles, with its password: where a person is after signing in."""

    def come_home(role: str) -> None:
        sign_in_as(page, role)
        page.goto("/?from=sign-in")

    return come_home


@pytest.fixture(scope="module")
def hall(desk):
    """The piles of judges who have not begun: each test takes one."""
    return zip(count(1), built(desk), strict=False)


def built(desk: Desk, *words: str) -> list[str]:
    return desk.run("halls", *words).split()


@pytest.fixture
def pile(hall, page):
    """Signed in as a judge of the hall: the address of the pile."""
    number, key = next(hall)
    sign_in_as(page, halls.username(number))
    page.goto(f"/judging/{key}/")
    return f"/judging/{key}/"


def sign_in_as(page, username: str) -> None:
    """Without drawing a page: on the page itself test_journeys signs in."""
    form = page.context.request.get("/sign-in/").text()
    said = {"username": username, "password": DEMO_PASSWORD, "csrfmiddlewaretoken": TOKEN.search(form)[1]}
    answer = page.context.request.post("/sign-in/", form=said, max_redirects=0)
    assert answer.status == 302


def speak_its_language(page) -> str:
    """Chinese on the desk, English on the phone: what tries every page tries both of each."""
    chosen = "zh-hans" if page.viewport_size["width"] == 1280 else "en"
    page.context.add_cookies([{"name": "language", "value": chosen, "url": page.url}])
    return chosen


def focused(page, number: str) -> None:
    """Where the keys are; the browser says it a moment after a dialog is closed or a page opened."""
    page.wait_for_function(
        "(number) => document.activeElement?.closest('[data-card]')?.dataset.number === number", arg=number
    )
