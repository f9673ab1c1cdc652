"""The editor of certificates of trainings: the same as a contest's, on a phone and on a desk."""

import pytest

from tests.browser.marks import BROWSER
from tests.browser.test_entering import serious_faults

pytestmark = BROWSER


@pytest.fixture
def training(page, sign_in) -> str:
    """The address of the demo's training."""
    sign_in("organiser")
    page.goto("/trainings/")
    page.locator("main table th a").first.click()
    page.wait_for_load_state()
    return page.url


def picture(page) -> str:
    return page.locator("#preview img").get_attribute("src")


def changed(page, before: str) -> str:
    page.wait_for_function("(src) => document.querySelector('#preview img')?.src !== src", arg=before)
    return picture(page)


def test_a_template_is_looked_at_on_the_longest_of_the_list_saved_and_printed(page, training):
    page.get_by_role("link", name="证书模板", exact=True).click()
    page.wait_for_load_state()
    shown, versions = picture(page), page.locator("section[aria-labelledby=versions] li").count()
    page.get_by_label("数据", exact=True).select_option("longest")
    shown = changed(page, shown)
    other = page.locator("[name=design]:not(:checked)").first
    other.check()
    shown = changed(page, shown)
    page.get_by_label("打印方式", exact=True).select_option("stock")
    changed(page, shown)
    with page.expect_download() as calibration:
        page.get_by_role("link", name="校准页", exact=True).click()
    assert calibration.value.suggested_filename == "calibration.pdf"
    page.get_by_role("button", name="保存为新版本", exact=True).click()
    page.wait_for_load_state()
    assert page.locator("section[aria-labelledby=versions] li").count() > versions
    assert "shown_training" in page.url
    page.goto(training)
    page.locator("main summary", has_text="打印全部证书").click()
    with page.expect_download() as printed:
        page.locator("dialog[open] button[type=submit]").first.click()
    assert printed.value.suggested_filename == "certificates.pdf"
    page.goto(training)
    assert "完整版式，不带印章" in page.inner_text("section[aria-labelledby=printed]")


def test_one_is_printed_again_in_one_click_from_the_list(page, training):
    with page.expect_download() as printed:
        page.get_by_role("button", name="打印", exact=True).first.click()
    assert "-PX" in printed.value.suggested_filename


def test_axe_finds_nothing_serious(page, training):
    page.set_default_timeout(10_000)
    page.goto("/trainings/")
    steps = ["a:has-text('证书模板')", "main a:has-text('印章')", "back", "back", "main table th a", "main table th a"]
    assert serious_faults(page, steps) == []
