"""Somebody without a school nominates themselves: from the switch in the set-up over the form to the list of nominees."""

import re
from datetime import UTC, datetime, timedelta

from tests.browser.marks import BROWSER
from tests.browser.test_entering import sign_out
from tests.factories.self_nominating import picture

pytestmark = BROWSER


def scan(shade: int) -> dict:
    return {"name": "扫描件.jpg", "mimeType": "image/jpeg", "buffer": picture(shade)}


def test_from_the_switch_to_the_list_of_nominees(page, sign_in, server):
    wide = page.viewport_size["width"]
    award, name, reason = (
        f"晴川青年市长奖{wide}",
        f"沈知夏{wide}",
        "十年来办社区机器人小站，四百多名孩子在这里做出第一件作品。",
    )
    sign_in("organiser")
    page.goto(f"{server}/awards/new/")
    page.fill("#id_series", award)
    page.get_by_label(re.compile("上海办法")).check()
    page.get_by_role("checkbox", name="科技辅导员").check()
    page.get_by_role("button", name="新建", exact=True).click()
    setup = page.url
    page.get_by_role("link", name="名额、奖金、表决").click()
    page.get_by_label("接受自荐").check()
    page.fill("#id_self_until", f"{datetime.now(UTC) + timedelta(days=20):%Y-%m-%d}")
    page.get_by_role("button", name="保存").click()
    assert "自荐" in page.locator("#kinds + dl").inner_text()
    sign_out(page)

    page.goto(server)
    page.get_by_role("link", name=award).click()
    page.get_by_role("link", name="自荐", exact=True).click()
    page.get_by_role("button", name="科技辅导员").click()
    number, secret = (page.locator(f"#{one}").inner_text() for one in ("number", "secret"))
    page.get_by_role("link", name="都已记好，继续").click()
    assert secret not in page.content() and secret not in page.url
    page.fill("#id_name", name)
    page.fill("#id_reason", reason)
    page.get_by_role("button", name="保存，以后再填").click()
    page.get_by_role("button", name="在这台电脑上关闭").click()
    page.fill("#id_number", number.lower())
    page.fill("#id_secret", secret.lower().replace("-", ""))
    page.get_by_role("button", name="打开").click()
    assert page.input_value("#id_reason") == reason
    page.fill("#id_school", "晴川机器人小站")
    page.get_by_role("button", name="保存并提交给办公室").click()
    assert "没有填写电话" in page.locator("#lacks + ul").inner_text()
    page.fill("#id_contact", "139 0000 1234")
    page.set_input_files("#id_recommendation", scan(180))
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    page.get_by_role("button", name="保存并提交给办公室").click()
    assert "办公室已收到" in page.inner_text("main")

    sign_in("organiser")
    page.goto(setup)
    page.get_by_role("link", name="自荐", exact=True).click()
    page.get_by_role("link", name=number).click()
    assert reason in page.inner_text("main") and "139 0000 1234" in page.inner_text("main")
    page.get_by_label("新的人", exact=True).check()
    page.select_option("#id_school", "")
    page.get_by_role("button", name="受理", exact=True).click()
    assert "已受理为候选人" in page.inner_text("main")
    page.goto(setup)
    page.locator("nav.tabs").get_by_role("link", name="是否符合条件").click()
    assert name in page.inner_text("main table")
