"""The screen of the hall: through all slides by keys and clicks, the highest award last, black when it is asked for."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.marks import BROWSER

pytestmark = BROWSER


@pytest.fixture
def screen(page, sign_in):
    sign_in("organiser")
    page.get_by_role("link", name="第九届滁州市青少年科技创新大赛").first.click()
    page.get_by_role("link", name="颁奖", exact=True).click()
    page.get_by_role("link", name="现场大屏").click()
    page.locator("body.is-shown .is-now").wait_for()
    return page


def seen(page) -> str:
    assert page.locator(".slide:visible").count() == 1
    return page.locator(".slide.is-now").get_attribute("id")


def press(page, *keys: str) -> str:
    for key in keys:
        page.keyboard.press(key)
    return seen(page)


def test_keys_go_through_all_slides_to_the_highest_award(screen):
    page = screen
    last = page.locator(".slide").count() - 1
    assert press(page, "ArrowRight", " ", "PageDown", "ArrowLeft") == "s2"
    prizes = [page.inner_text(".is-now .prize")]
    for _ in range(last):
        press(page, "ArrowRight")
        prizes.append(page.inner_text(".is-now .prize"))
    assert seen(page) == f"s{last}" and "市长奖" in prizes[-1]
    assert list(dict.fromkeys(one.partition("共")[0].strip() for one in prizes))[:3] == ["三等奖", "二等奖", "一等奖"]
    assert press(page, "Home") == "s0" and press(page, "End") == f"s{last}"
    page.reload()
    page.locator("body.is-shown .is-now").wait_for()
    assert seen(page) == f"s{last}"


def test_black_hides_the_names_and_the_next_key_skips_nobody(screen):
    page = screen
    press(page, "ArrowRight")
    page.keyboard.press("b")
    assert page.locator("#black").is_visible()
    assert press(page, "ArrowRight") == "s1" and page.locator("#black").is_hidden()
    assert press(page, "ArrowRight") == "s2"


def test_clicks_and_taps_turn_the_slides(screen):
    page = screen
    size = page.viewport_size
    page.mouse.click(size["width"] * 0.6, size["height"] * 0.6)
    page.mouse.click(size["width"] * 0.6, size["height"] * 0.6)
    assert seen(page) == "s2"
    page.mouse.click(size["width"] * 0.1, size["height"] * 0.6)
    assert seen(page) == "s1"
    page.locator(".is-now a[rel=next]").click()
    assert seen(page) == "s2"


def test_without_scripts_all_slides_stand_below_each_other(screen, browser, server):
    page = screen
    address, kept = re.sub("#.*", "", page.url), page.context.storage_state()
    context = browser.new_context(java_script_enabled=False, storage_state=kept, base_url=server)
    plain = context.new_page()
    plain.goto(address)
    assert plain.locator(".slide:visible").count() == plain.locator(".slide").count() > 10
    plain.locator("#s0 a[rel=next]").click()
    assert plain.url.endswith("#s1")
    context.close()


def test_the_screen_is_read_by_everybody(screen):
    press(screen, "ArrowRight")
    screen.wait_for_timeout(600)  # until the slide has appeared
    found = Axe().run(screen).response["violations"]
    assert not [one for one in found if one["impact"] in ("serious", "critical")], found
