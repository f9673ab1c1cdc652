"""A wall of more pictures than hang on one of its pages."""

from itertools import count

import pytest

from tests.browser.conftest import built, focused, sign_in_as
from tests.browser.marks import BROWSER
from tests.factories import halls

pytestmark = BROWSER


@pytest.fixture(scope="module")
def gallery(desk):
    """The piles of its judges: each test takes one."""
    return zip(count(1), built(desk, halls.GALLERY), strict=False)


def test_keys_go_on_over_the_pages_of_a_large_wall(page, gallery):
    number, key = next(gallery)
    sign_in_as(page, halls.username(number, halls.GALLERY))
    page.goto(f"/judging/{key}/wall/?round=1&track=1")
    page.locator("#desk .desk-line:not(:empty)").wait_for()
    cards = page.locator("[data-card]")
    last = cards.last.get_attribute("data-number")
    cards.last.locator("[data-zoom]").focus()
    page.keyboard.press("1")
    page.keyboard.press("ArrowRight")  # the sort is saved before the page is left
    page.wait_for_url("**begin=**")
    beyond = cards.get_attribute("data-number")  # one more than hang on a page
    focused(page, beyond)
    page.keyboard.press("2")
    page.keyboard.press("ArrowLeft")
    focused(page, last)
    assert cards.last.get_attribute("data-sorted") == "shortlist"
    page.keyboard.press("Enter")
    page.locator("dialog#zoom[open]").wait_for()
    page.keyboard.press("ArrowRight")
    page.locator("dialog#zoom[open] [data-number]", has_text=beyond).wait_for()
    assert page.locator("#zoom [data-sort=undecided]").get_attribute("aria-pressed") == "true"
