"""Each role's way through the demo year, in a real browser, on a phone and on a desk."""

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from awards.demo.accounts import DEMO_PASSWORD

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = shutil.which("chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.skipif(
        CHROMIUM is None and "LAUREL_LEAVE_OUT_NOTHING" not in os.environ,
        reason="left out: no chromium; on Debian: apt-get install chromium",
    ),
]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A server of its own process and database with the demo year."""
    room = tmp_path_factory.mktemp("browser")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "LAUREL_MODE": "desk",
        "LAUREL_VAR": str(room),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    environment["DATABASE_URL"] = f"sqlite:///{room}/browser.sqlite3"
    manage = [sys.executable, str(ROOT / "manage.py")]
    for command in (["migrate", "--verbosity", "0"], ["load_demo"]):
        subprocess.run([*manage, *command], env=environment, check=True, capture_output=True)
    serve = [*manage, "runserver", "--noreload", "--insecure", f"127.0.0.1:{port}"]
    with subprocess.Popen(serve, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
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


@pytest.fixture(scope="module")
def browser():
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


def sign_in(page, role: str) -> None:
    page.goto("/sign-in/")
    page.fill("#id_username", role)
    page.fill("#id_password", DEMO_PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_load_state()


def test_the_organiser_goes_from_the_board_to_the_reason_of_a_prize(page):
    sign_in(page, "organiser")
    page.get_by_role("link", name="第九届滁州市青少年科技创新大赛").first.click()
    assert "361" in page.inner_text("main")
    page.locator("nav.tabs").get_by_role("link", name="作品", exact=True).click()
    page.locator("main table th[scope=row] a").first.click()
    assert "名" in page.inner_text("main .card")


def test_the_school_sees_its_prizes(page):
    sign_in(page, "school")
    assert "一等奖" in page.inner_text("main") or "二等奖" in page.inner_text("main")


def test_the_judge_opens_a_sheet(page):
    sign_in(page, "judge")
    page.locator("main table th[scope=row] a").first.click()
    assert "合计" in page.inner_text("main")


def test_the_committee_sees_six_students_and_a_tutor(page):
    sign_in(page, "committee")
    assert page.locator(".prize").count() == 7


def test_the_public_reads_the_results(page):
    page.goto("/")
    page.get_by_role("link", name="第九届滁州市青少年科技创新大赛").first.click()
    assert "一等奖" in page.inner_text("main")
    assert "＊" in page.inner_text("main")
