"""The wall of pictures: sorted with keys, looked at large, marked, and nothing lost on the way."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from awards.demo.accounts import DEMO_PASSWORD
from tests.browser.conftest import focused, speak_its_language
from tests.browser.marks import BROWSER

pytestmark = BROWSER
UNSORT = "(pressed) => { for (const one of pressed) one.click(); return pressed.length; }"
SORTS = ("shortlist", "undecided", "out")


@pytest.fixture
def wall(page, sign_in):
    """The demo judge's wall, with nothing sorted."""
    sign_in("judge")
    page.locator("main a[href^='/judging/']", has_text="演示").first.click()
    page.get_by_role("link", name="作品墙", exact=True).click()
    page.locator("#desk .desk-line:not(:empty)").wait_for()
    if page.eval_on_selector_all("[data-card] [aria-pressed=true]", UNSORT):
        is_saved(page)
        page.reload()
    page.locator("#desk .desk-line:not(:empty)").wait_for()
    return page


def sorts(page) -> list[str]:
    return page.eval_on_selector_all("[data-card]", "(cards) => cards.map((card) => card.dataset.sorted)")


def is_saved(page) -> None:
    page.locator("#desk[data-kind=saved]").wait_for()


def test_three_are_sorted_with_keys_looked_at_large_and_marked(wall):
    page = wall
    page.keyboard.press("ArrowRight")
    for key in "123":
        page.keyboard.press(key)
        page.keyboard.press("ArrowRight")
    is_saved(page)
    page.reload()
    assert sorts(page)[:4] == [*SORTS, "none"]
    assert page.inner_text("[data-count=shortlist]") == "1"

    first, second = (page.locator("[data-card]").nth(at).get_attribute("data-number") for at in (0, 1))
    page.locator("[data-zoom]").first.focus()
    page.keyboard.press("Enter")
    page.locator("dialog#zoom[open]").wait_for()
    assert page.inner_text("#zoom [data-number]") == first
    assert page.locator("#zoom [data-sort=shortlist]").get_attribute("aria-pressed") == "true"
    page.keyboard.press("ArrowRight")
    assert page.inner_text("#zoom [data-number]") == second
    page.locator("#zoom [data-image]").click()
    page.locator("#zoom .is-real").wait_for()
    assert (
        page.evaluate("document.querySelector('#zoom [data-image]').naturalWidth") > 1200
    )  # the copy, not the preview
    page.locator("#zoom [data-image]").click()
    page.keyboard.press("1")
    is_saved(page)
    page.keyboard.press("Escape")
    focused(page, second)
    assert sorts(page)[:2] == ["shortlist", "shortlist"]

    page.get_by_role("link", name="逐件给入围作品评分").click()
    assert first in page.inner_text("main .lead")
    page.locator("a[rel=next]").click()
    assert second in page.inner_text("main .lead")
    assert page.locator("a[rel=next]").count() == 0
    page.get_by_role("link", name="回到作品墙").click()
    assert page.locator("[data-card]").count() == 2


def test_what_could_not_be_saved_says_so_and_is_tried_again(wall):
    page = wall
    page.context.set_offline(True)
    card = page.locator("[data-card]").first
    card.locator("[data-sort=out]").click()
    card.locator("[data-unsaved]").wait_for()
    page.locator("#desk[data-kind=refused]").wait_for()
    assert card.get_attribute("data-number") in page.inner_text("#desk .desk-line")
    page.context.set_offline(False)
    page.locator("[data-again]").wait_for(state="hidden")
    is_saved(page)
    page.reload()
    assert sorts(page)[0] == "out"


def test_who_was_signed_out_meanwhile_gives_the_pin_and_nothing_is_lost(wall):
    page = wall
    page.context.clear_cookies(name="sessionid")
    page.locator("[data-card]").first.locator("[data-sort=shortlist]").click()
    page.locator("dialog#desk-pin[open]").wait_for()
    page.fill("#desk-pin-field", DEMO_PASSWORD)
    page.locator("[data-pin] button[type=submit]").click()
    is_saved(page)
    page.reload()
    assert sorts(page)[0] == "shortlist"


def test_without_javascript_the_buttons_are_forms(wall, browser, server):
    page = wall
    context = browser.new_context(java_script_enabled=False, viewport=page.viewport_size, base_url=server)
    context.add_cookies(page.context.cookies())
    plain = context.new_page()
    plain.goto(page.url)
    plain.locator("[data-card] [data-sort=undecided]").nth(2).click()
    plain.wait_for_load_state()
    assert plain.locator("[data-card]").nth(2).get_attribute("data-sorted") == "undecided"
    plain.locator("[data-card] [data-sort=undecided]").nth(2).click()
    plain.wait_for_load_state()
    assert plain.locator("[data-card]").nth(2).get_attribute("data-sorted") == "none"
    context.close()


def test_nothing_stands_in_the_way_of_a_judge(wall):
    page = wall
    speak_its_language(page)
    page.reload()
    page.locator("[data-card] [data-sort=out]").first.click()
    is_saved(page)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    page.locator("[data-zoom]").first.click()
    page.locator("dialog#zoom[open]").wait_for()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
