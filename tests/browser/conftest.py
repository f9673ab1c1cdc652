"""A server of its own with the demo year, and pages of a real browser on a phone and on a desk."""

import os
import re
import socket
import subprocess
import sys
import time
from itertools import count
from pathlib import Path
from shutil import copytree

import pytest

from awards.demo.accounts import DEMO_PASSWORD
from tests.browser.marks import CHROMIUM
from tests.factories import halls
from tests.factories.databases import demo, surroundings

TOKEN = re.compile('name="csrfmiddlewaretoken" value="([^"]+)"')
ROOT = Path(__file__).resolve().parents[2]
MANAGE = [sys.executable, str(ROOT / "manage.py")]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


@pytest.fixture(scope="session")
def played(django_db_blocker) -> Path:
    """The folder with the demo year, made before any browser: beside its event loop Django would refuse to."""
    with django_db_blocker.unblock():
        return demo()


@pytest.fixture(scope="module")
def server_environment(tmp_path_factory, played):
    """The room of a server, with the demo year in its database. Each module has its own: what one changes, such as a
    list that is taken back or a new award, no other sees, in whatever order they run."""
    room = tmp_path_factory.mktemp("browser")
    copytree(played, room, dirs_exist_ok=True)
    return {**os.environ, **surroundings(room), "LAUREL_MODE": "desk"}


@pytest.fixture(scope="module")
def server(server_environment):
    """A server of its own process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    serve = [*MANAGE, "runserver", "--noreload", "--insecure", f"127.0.0.1:{port}"]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(serve, env=server_environment, stdout=quiet, stderr=quiet) as process:
        try:
            wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:  # also where it was too slow: nobody would end it otherwise, and the tests would wait for ever
            process.terminate()


def wait_for(port: int) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise TimeoutError("The server did not start.")


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
def hall(server_environment):
    """The piles of judges who have not begun: each test takes one."""
    return zip(count(1), built(server_environment), strict=False)


def built(environment, *words: str) -> list[str]:
    made = [sys.executable, "-m", "tests.factories.halls", *words]
    printed = subprocess.run(made, env=environment, check=True, capture_output=True, text=True, cwd=ROOT)
    return printed.stdout.split()


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
