"""Long work as its reader sees it: the bar moves by itself, of a contest and of a training; on a phone and on a desk."""

import pytest

from tests.browser.marks import BROWSER
from tests.browser.test_entering import faults_on

pytestmark = BROWSER


@pytest.fixture
def training(page, sign_in):
    sign_in("organiser")
    page.goto("/trainings/")
    page.locator("main table th a").first.click()
    page.wait_for_load_state()
    return page


def test_the_bar_moves_by_itself_until_the_file_is_there(page, sign_in, desk):
    sign_in("organiser")
    page.get_by_role("link", name="第九届滁州市青少年科技创新大赛").first.click()
    page.get_by_role("navigation", name="本届大赛的页面").get_by_role("link", name="证书", exact=True).click()
    page.get_by_role("button", name="逐份打包下载").click()
    page.get_by_role("button", name="取消").wait_for()
    fetch = page.get_by_role("link", name="下载文件")
    assert fetch.count() == 0 and faults_on(page, page.url) == []
    desk.run("work")
    fetch.wait_for()
    with page.expect_download() as found:
        fetch.click()
    assert found.value.suggested_filename == "certificates.zip"


def test_a_training_goes_to_the_print_shop_and_the_way_leads_back_to_it(training):
    page, address = training, training.url
    page.locator("summary", has_text="交印刷厂").click()
    page.get_by_role("dialog").get_by_role("button", name="生成 PDF").click()
    with page.expect_download() as found:
        page.get_by_role("link", name="下载文件").click()
    assert found.value.suggested_filename == "certificates-print-shop.pdf"
    assert faults_on(page, page.url) == []
    page.locator(".crumbs a").last.click()
    page.wait_for_url(address)
    assert page.locator("#printed").is_visible() and faults_on(page, address) == []
