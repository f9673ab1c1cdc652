"""From an edition that lets schools nominate to a nominee on the list: office, school, unit and office again."""

import re
from datetime import UTC, datetime, timedelta

from tests.browser.marks import BROWSER
from tests.browser.test_entering import sign_out

pytestmark = BROWSER


def moment(days: int) -> str:
    return f"{datetime.now(UTC) + timedelta(days=days):%Y-%m-%dT%H:%M}"


def test_from_the_school_over_the_unit_to_the_list_of_nominees(page, sign_in, server):
    wide = page.viewport_size["width"]
    name, title = f"晴川市长奖{wide}", f"会浇花的伞 {wide}"
    sign_in("organiser")
    page.goto(f"{server}/awards/new/")
    page.fill("#id_series", name)
    page.get_by_label(re.compile("南通办法")).check()
    page.get_by_role("button", name="新建", exact=True).click()
    page.fill("#id_opens_at", moment(-1))
    page.fill("#id_closes_at", moment(20))
    page.fill("#id_unit_closes_at", moment(30))
    page.fill("#id_contact", "市科协 0550-1234567")
    page.get_by_role("button", name="保存").click()
    setup = page.url
    page.goto(f"{setup}rules/new/")
    page.select_option("#id_level", "city")
    page.locator("button[value=save]").click()
    page.goto(setup)
    page.get_by_role("button", name="开放推荐").click()
    sign_out(page)

    sign_in("school")
    page.locator("section", has=page.get_by_role("heading", name=name)).get_by_role("link", name="新的推荐").click()
    row = page.locator("main tbody tr").first
    nominee = row.locator("th").inner_text()
    row.get_by_role("button").click()
    page.fill("#id_title", title)
    page.fill("#id_abstract", "勤于动手，作品有新意、能实用。")
    assert page.locator("output").inner_text() == "15 / 800"
    page.get_by_role("button", name="保存并继续").click()
    with page.expect_response(lambda one: one.url.endswith("/form/save/")):
        page.select_option("[id='id_authors-0-grade']", "8")
    page.locator("#lacks").get_by_text("符合条件", exact=True).wait_for()
    page.get_by_role("button", name="保存并继续").click()
    page.get_by_role("link", name="下一步").click()
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    page.get_by_role("button", name="保存并继续").click()
    page.get_by_role("button", name="提交", exact=True).click()
    assert "打印推荐表" in page.inner_text("main") and "待推荐" in page.inner_text("main")
    number = page.inner_text("main .lead").split(" ")[0]
    sign_out(page)

    sign_in("unit")
    page.get_by_role("link", name=name).click()
    page.locator("tr", has_text=title).locator("input[type=checkbox]").check()
    page.fill("#id_text", "同意推荐。")
    page.get_by_role("button", name="推荐", exact=True).click()
    assert "已推荐" in page.inner_text("main .messages")
    sign_out(page)

    sign_in("organiser")
    page.goto(setup)
    page.locator("nav.tabs").get_by_role("link", name="资格审查").click()
    page.get_by_role("link", name=number, exact=True).click()
    assert "同意推荐。" in page.inner_text("main")
    page.get_by_role("button", name="通过").first.click()
    page.locator("nav.tabs").get_by_role("link", name="是否符合条件").click()
    shown = page.locator("tr", has_text=number).inner_text()
    assert nominee in shown and "符合条件" in shown
