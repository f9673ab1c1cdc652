"""Prizes that were decided on paper: typed in, looked at, saved with the scan; a sponsor's prize beside them; the list."""

import re

import pytest

from tests.browser.conftest import built, sign_in_as, speak_its_language
from tests.browser.marks import BROWSER
from tests.browser.test_day import confirm
from tests.browser.test_entering import faults_on
from tests.browser.test_papers import blank
from tests.factories.halls import MINUTES

pytestmark = BROWSER
NAME = "评审纪要〔2017〕5号"


@pytest.fixture(scope="module")
def on_paper(desk):
    """The keys of contests without marks: one for each width."""
    return iter(built(desk, MINUTES))


def test_prizes_by_minutes_and_a_sponsors_prize_come_onto_the_list(page, on_paper):
    page.set_default_timeout(15_000)
    board = f"/contests/{next(on_paper)}/"
    sign_in_as(page, MINUTES)
    address = f"{board}minutes/1/"
    page.goto(address)
    page.fill("#id_name", NAME)
    for number, prize in (("P1", "一等奖"), ("P2", "二等奖"), ("P3", "二等奖")):
        page.locator("tbody tr", has_text=number).locator("select").select_option(label=prize)
    page.get_by_role("button", name="预览").click()
    page.wait_for_load_state()
    assert "共 3 个奖项" in page.inner_text("#preview")
    page.get_by_role("button", name="保存奖项").click()
    page.wait_for_load_state()
    assert "扫描件" in page.inner_text("main .notice-refused"), "without the signed minutes nothing is saved"
    assert page.locator("tbody tr", has_text="P2").locator("select").input_value() == "second"
    page.set_input_files("#id_paper", {"name": "纪要.pdf", "mimeType": "application/pdf", "buffer": blank()})
    page.get_by_role("button", name="保存奖项").click()
    page.wait_for_load_state()
    assert "版本 1" in page.inner_text("main")

    page.goto(f"{board}specials/")
    page.fill("#id_label_zh", "节能创意奖")
    page.fill("#id_sponsor", "供电公司")
    page.fill("#id_number", "1")
    page.locator("#new button").click()
    page.wait_for_load_state()
    card = page.locator("article", has_text="节能创意奖")
    card.locator("input[name$=entry]").fill("P9")
    card.locator("input[name$=minutes]").fill(NAME)
    card.get_by_role("button", name="授予").click()
    page.wait_for_load_state()
    assert "P9" in page.inner_text("main .notice-refused")
    card.locator("input[name$=entry]").fill("P4")
    card.get_by_role("button", name="授予").click()
    page.wait_for_load_state()
    assert "未来的桥4" in card.inner_text()

    chinese = page.context.cookies()
    speak_its_language(page)
    assert [fault for one in (address, f"{board}specials/") for fault in faults_on(page, one)] == []
    page.context.add_cookies(chinese)

    page.goto(board)
    page.get_by_role("button", name=re.compile("拟定获奖名单")).click()
    page.wait_for_load_state()
    page.goto(f"{board}awards/")
    assert "一等奖" in page.locator("tr", has_text="未来的桥1").inner_text()
    assert "节能创意奖" in page.locator("tr", has_text="未来的桥4").inner_text()
    page.goto(board)
    confirm(page, "锁定名单", "锁定")
    page.goto(address)
    assert page.get_by_role("button", name="预览").count() == 0, "a locked list is not typed over"
