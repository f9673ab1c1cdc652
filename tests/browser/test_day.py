"""The day of the defence: a unit says who comes, turns are drawn, the desk checks in, paper is typed with the keys alone."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import sign_in_as, speak_its_language
from tests.browser.marks import BROWSER
from tests.browser.test_entering import sign_out

pytestmark = BROWSER


@pytest.fixture
def day(page, sign_in) -> str:
    """Signed in as the office: where the pages of the demo's round begin."""
    sign_in("organiser")
    page.get_by_role("link", name=re.compile("区级选拔赛")).first.click()
    return f"{page.url}judging/rounds/1/"


def confirm(page, button: str, heading: str) -> None:
    """A button that asks, and the one that does it."""
    page.locator("main summary.button", has_text=button).first.click()
    dialog = page.locator("dialog[open]", has_text=heading)
    dialog.locator("button[type=submit]").first.click()
    page.wait_for_load_state()


def test_a_unit_says_who_comes_and_the_office_reads_who_leads_them(page, day):
    page.goto(f"{day}attendance/")
    page.locator("main summary.button", has_text=re.compile("请推荐单位交回执|改日期")).click()
    page.fill("#ask-until", "2100-01-01T12:00")
    page.locator("dialog[open] button[type=submit]").first.click()
    assert "2100" in page.inner_text("main")
    page.locator("section[aria-labelledby=replies] tbody a").first.click()  # the office writes down what a unit says
    page.locator("main input[type=radio][value=no]").first.check()
    page.fill("#id_leader", "领队甲")
    page.fill("#id_phone", "13900000000")
    page.get_by_role("button", name="提交回执").click()
    assert page.input_value("#id_leader") == "领队甲"
    page.goto(f"{day}attendance/")
    assert "领队甲" in page.inner_text("main")
    page.goto(f"{day}attendance/?state=cancelled")
    assert page.locator("tr[id^=place-]").count()


def test_turns_are_drawn_and_everybody_reads_them(page, day):
    page.goto(f"{day}schedule/")
    page.get_by_role("link", name="新增答辩室").click()
    page.fill("#id_label_zh", "一号答辩室")
    page.fill("#id_starts_at", "2100-01-02T09:00")
    for box in page.locator("input[name=tracks]").all():
        box.check()
    page.get_by_role("button", name="保存").click()
    page.get_by_role("button", name=re.compile("抽签")).click()
    page.get_by_role("button", name="编展位号").click()
    first = page.locator(".call-list tbody th").first.inner_text()
    confirm(page, "公布", "公布答辩室和时间")

    page.context.clear_cookies(name="sessionid")
    page.goto(day.split("judging/")[0] + "page/")
    page.get_by_role("link", name=re.compile("答辩室和时间")).click()
    row = page.locator("tbody tr", has_text=first)
    assert "09:00" in row.inner_text()

    sign_in_as(page, "organiser")
    page.goto(f"{day}schedule/")
    confirm(page, "撤回", "不再公开")
    confirm(page, "撤掉答辩室", "撤掉")
    assert "还没有答辩室" in page.inner_text("main")


def test_the_desk_checks_in_and_who_is_absent_is_nobodys_work(page, day):
    page.goto(f"{day}attendance/")
    key = page.locator("tr[id^=place-]").last.get_attribute("id").removeprefix("place-")
    row = page.locator(f"#place-{key}")
    row.locator("summary.button").click()
    page.locator("dialog[open] button[type=submit]").first.click()
    page.locator(f"#place-{key}").get_by_role("button", name="撤销弃权").click()
    page.goto(f"{day}check-in/{key}/")
    page.get_by_role("button", name="已到", exact=True).click()
    assert "已到" in page.inner_text("main dl")
    page.get_by_role("button", name="撤销报到").click()
    confirm(page, "弃权", "弃权吗")
    assert "弃权" in page.inner_text("main dl")
    page.goto(f"{day}attendance/?state=absent")
    assert page.locator("tr[id^=place-]").count() == 1
    page.get_by_role("button", name="撤销弃权").click()
    page.goto(f"{day}attendance/?state=absent")
    assert page.locator("tr[id^=place-]").count() == 0


def test_paper_is_typed_with_the_keys_alone(page, pile):
    number = "H05"
    sign_out(page)
    sign_in_as(page, "hall")
    page.goto("/")
    page.get_by_role("link", name=re.compile("大厅评审")).first.click()
    page.goto(f"{page.url}judging/judges/")
    judge = page.locator("tbody tr", has=page.locator(f"a[href*='{pile.split('/')[2]}']"))
    code = judge.locator("th").inner_text().strip()
    page.goto(page.url.replace("judges/", "paper/"))
    page.locator("#id_q:focus").wait_for()
    page.keyboard.type(f"{code} {number}")
    page.keyboard.press("Enter")
    page.wait_for_url("**/paper/*/")
    page.locator("input[name^=mark-]:focus").wait_for()
    for value in ("33", "44", "76"):
        page.keyboard.type(value)
        page.keyboard.press("Enter")
    page.locator(".notice-refused, .field-error").first.wait_for()
    assert "77" in page.inner_text("main")
    page.fill("#id_total", "77")
    page.keyboard.press("Enter")
    page.wait_for_url("**/paper/")
    assert f"{code} × {number}" in page.inner_text("main")


def test_nothing_stands_in_the_way_of_the_office(page, day):
    speak_its_language(page)
    page.goto(f"{day}attendance/")
    key = page.locator("tr[id^=place-]").first.get_attribute("id").removeprefix("place-")
    pages = ("attendance/", "attendance/cards/", f"check-in/{key}/", "schedule/", "rooms/new/", "../../paper/")
    for address in pages:
        page.goto(day + address)
        found = Axe().run(page)
        assert found.violations_count == 0, (address, found.generate_report())
