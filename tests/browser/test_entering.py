"""From a school's first line to "passed": school, unit and office, each on a phone and on a desk."""

import io

import pikepdf
import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.conftest import speak_its_language
from tests.browser.marks import BROWSER

pytestmark = BROWSER

CONTEST = "第十届滁州市青少年科技创新大赛"


def pdf() -> bytes:
    """One empty page."""
    file = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(file)
    return file.getvalue()


def sign_out(page) -> None:
    """Until the answer is here: one that comes late would end the session of whoever signs in next."""
    with page.expect_navigation():
        page.get_by_role("button", name="退出登录").click()


def test_from_the_first_line_to_passed(page, sign_in):
    title = f"会报站的书包 {page.viewport_size['width']}"
    sign_in("school")
    page.get_by_role("link", name="新建作品").first.click()
    page.get_by_role("button", name="青少年科技创意").click()
    page.fill("#id_title", title)
    page.select_option("#id_division", "primary")
    page.fill("#id_abstract", "到站前用震动提醒背书包的同学下车。")
    page.get_by_role("button", name="保存并继续").click()
    page.fill("[id='id_authors-0-name']", f"试用生{page.viewport_size['width']}")
    page.select_option("[id='id_authors-0-grade']", "4")
    page.fill("[id='id_tutors-0-name']", "周老师")
    page.get_by_role("button", name="保存并继续").click()
    page.set_input_files("#file-statement", {"name": "说明.pdf", "mimeType": "application/pdf", "buffer": pdf()})
    page.locator("form", has=page.locator("#file-statement")).get_by_role("button", name="上传", exact=True).click()
    page.get_by_role("link", name="说明.pdf").wait_for()
    page.get_by_role("link", name="下一步").click()
    with page.expect_response(lambda one: one.url.endswith("/form/save/")):
        page.locator("main input[type=checkbox]").first.check()
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    page.get_by_role("button", name="保存并继续").click()
    page.get_by_role("button", name="提交", exact=True).click()
    assert "回执" in page.inner_text("main") and "待推荐" in page.inner_text("main")
    number = page.inner_text("main .lead").split(" ")[0]
    sign_out(page)

    sign_in("unit")
    page.locator("tr", has_text=title).locator("input[type=checkbox]").check()
    page.get_by_role("button", name="推荐", exact=True).click()
    assert "已推荐" in page.inner_text("main .messages")
    sign_out(page)

    sign_in("organiser")
    page.get_by_role("link", name=CONTEST).first.click()
    page.locator("nav.tabs").get_by_role("link", name="资格审查").click()
    page.get_by_role("link", name=number, exact=True).click()
    page.get_by_role("button", name="通过").first.click()
    assert "通过" in page.inner_text("main .messages")


def test_what_is_typed_is_kept_without_a_button(page, sign_in):
    sign_in("school")
    page.get_by_role("link", name="月球上的图书馆").click()
    page.wait_for_load_state()
    with page.expect_response(lambda one: one.url.endswith("/form/save/")):
        page.fill("#id_title_en", f"A library on the moon {page.viewport_size['width']}")
    page.locator("#lacks").get_by_text("已保存").wait_for()
    page.reload()
    assert page.input_value("#id_title_en") == f"A library on the moon {page.viewport_size['width']}"


PAGES = {
    "school": [
        "main a:has-text('月球上的图书馆')",
        "a:has-text('作者与教师')",
        "a:has-text('材料')",
        "a:has-text('承诺')",
    ],
    "unit": [],
    "organiser": [f"a:has-text('{CONTEST}')", "nav.tabs a:has-text('资格审查')", "nav.tabs a:has-text('设置')"],
}


@pytest.mark.parametrize("role", list(PAGES))
def test_axe_finds_nothing_serious(page, sign_in, role):
    sign_in(role)
    assert serious_faults(page, PAGES[role]) == []


def serious_faults(page, steps: list[str]) -> list[str]:
    """Of this page and those that the steps lead to, in the language of the screen; links are found by their Chinese
    words, so the way is gone first."""
    way, seen = [page.url], [page.url]
    for step in steps:
        if step == "back":
            way.pop()
            page.goto(way[-1])
            continue
        page.locator(step).first.click()
        page.wait_for_load_state()
        way.append(page.url)
        seen.append(page.url)
    speak_its_language(page)
    return [fault for address in dict.fromkeys(seen) for fault in faults_on(page, address)]


def faults_on(page, address: str) -> list[str]:
    page.goto(address)
    return [
        f"{address}: {one['id']} {one['nodes'][0]['html'][:120]}"
        for one in Axe().run(page).response["violations"]
        if one["impact"] in ("serious", "critical")
    ]
