"""A server of its own with the demo year, and pages of a real browser on a phone and on a desk."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from shutil import copyfile

import pytest

from awards.demo.accounts import DEMO_PASSWORD
from tests.browser.marks import CHROMIUM
from tests.factories.databases import migrated

ROOT = Path(__file__).resolve().parents[2]
MANAGE = [sys.executable, str(ROOT / "manage.py")]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


@pytest.fixture(scope="session")
def server_environment(tmp_path_factory, django_db_blocker):
    """The room of the server of these tests, with the demo year in its database."""
    room = tmp_path_factory.mktemp("browser")
    environment = {
        **os.environ,
        "LAUREL_MODE": "desk",
        "LAUREL_VAR": str(room),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": f"sqlite:///{room}/browser.sqlite3",
    }
    with django_db_blocker.unblock():
        copyfile(migrated(), room / "browser.sqlite3")
    subprocess.run([*MANAGE, "load_demo"], env=environment, check=True, capture_output=True)
    return environment


@pytest.fixture(scope="session")
def server(server_environment):
    """A server of its own process and database: one for all these tests, which run in one group."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    serve = [*MANAGE, "runserver", "--noreload", "--insecure", f"127.0.0.1:{port}"]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(serve, env=server_environment, stdout=quiet, stderr=quiet) as process:
        wait_for(port)
        yield f"http://127.0.0.1:{port}"
        process.terminate()


def wait_for(port: int) -> None:
    for _ in range(100):
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
        chromium = play.chromium.launch(executable_path=CHROMIUM or "chromium", args=FLAGS)
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
    """As one of the demo's roles, with its password."""

    def as_role(role: str) -> None:
        page.goto("/sign-in/")
        page.fill("#id_username", role)
        page.fill("#id_password", DEMO_PASSWORD)
        page.get_by_role("button", name="登录", exact=True).click()
        page.wait_for_load_state()

    return as_role
