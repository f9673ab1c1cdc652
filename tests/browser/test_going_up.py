"""Details of those who go up: the office asks, the school fills in, the office fills in the higher contest's form."""

import re
from datetime import timedelta

from django.utils import timezone
from python_calamine import CalamineWorkbook

from tests.browser.conftest import sign_in_as
from tests.browser.marks import BROWSER

pytestmark = BROWSER
SECRET = "虚构市虚构路99号"


def test_what_the_office_asks_late_the_school_fills_in_and_the_form_takes_along(page, sign_in, tmp_path):
    page.set_default_timeout(15_000)
    sign_in("organiser")
    board = page.get_by_role("link", name=re.compile("第九届")).first.get_attribute("href")
    today = timezone.localdate()
    fresh = page.get_by_role("link", name=re.compile("第十届")).first.get_attribute("href")
    page.goto(f"{fresh}late/terms/")  # the demo year asks already
    page.check("input[name=author_fields][value=address]")
    page.fill("textarea[name=purpose]", "用于上报省级竞赛")
    page.fill("input[name=due_on]", f"{today + timedelta(days=9)}")
    page.fill("input[name=erase_on]", f"{today + timedelta(days=30)}")
    page.locator("form.form button[type=submit]").last.click()
    page.wait_for_load_state()

    # ticked on one page, asked from another one
    page.goto(f"{board}late/choose/?q=清澜")
    row = page.locator("tbody tr").first
    number = row.locator("th").inner_text()
    row.locator("input[type=checkbox]").check()
    page.fill("#filter-q", "没有这样的作品")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=%E6%B2%A1**")
    assert "另有 1 件已勾选的作品不在本页" in page.inner_text("main")
    page.get_by_role("button", name="选定并请学校填报").click()
    page.wait_for_url("**/late/")
    assert number in page.inner_text("main")

    page.context.clear_cookies()
    page.context.add_cookies([{"name": "language", "value": "zh-hans", "url": page.url}])
    sign_in_as(page, "school")
    page.goto("/?from=sign-in")
    if "/schools/" not in page.url:
        page.locator("a[href^='/schools/']").first.click()
    page.locator("tr", has_text=number).locator("a[href*='/late/']").first.click()
    page.wait_for_load_state()
    for one in page.locator("input[name=people]").all():
        one.check()
    page.fill("input[name=given_on]", f"{today}")
    page.get_by_role("button", name="登记同意").click()
    page.wait_for_load_state()
    for one in page.locator("[name$='-address']").all():
        one.fill(SECRET)
    page.locator("form[enctype] button[type=submit]").click()
    page.wait_for_load_state()
    assert SECRET not in page.content()  # saved, and shown with stars

    page.context.clear_cookies()
    page.context.add_cookies([{"name": "language", "value": "zh-hans", "url": page.url}])
    sign_in_as(page, "organiser")
    page.goto(f"{board}upward/layouts/")
    page.fill("input[name=name]", "省赛报名表")
    page.get_by_role("button", name="下一步").click()
    page.wait_for_load_state()
    page.fill("input[name=heading-9]", "家庭住址")
    page.select_option("select[name=code-9]", "late-author-address")
    page.select_option("select[name=which]", "chosen")
    page.get_by_role("button", name="保存各栏").click()
    page.wait_for_load_state()
    assert "●" in page.inner_text("main")
    with page.expect_download() as kept:
        page.get_by_role("link", name="下载填好的表").click()
    kept.value.save_as(tmp_path / "form.xlsx")
    rows = CalamineWorkbook.from_path(str(tmp_path / "form.xlsx")).get_sheet_by_index(0).to_python()
    assert rows[0][-1] == "家庭住址"
    assert [row[-1].split("\n")[0] for row in rows if row[1] == number] == [SECRET]
