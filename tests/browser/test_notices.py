"""From the notice to the amended list: the office, somebody who objects on a phone, and the public."""

from tests.browser.conftest import speak_its_language
from tests.browser.marks import BROWSER
from tests.browser.test_day import confirm
from tests.browser.test_entering import faults_on, sign_out
from tests.browser.test_papers import PAST, blank

pytestmark = BROWSER
CONTACT = "139 0000 1111"


def test_a_notice_an_objection_its_answer_and_the_amended_list(page, sign_in):
    page.set_default_timeout(15_000)
    why = f"经核查更正名单 {page.viewport_size['width']}"
    sign_in("organiser")
    page.get_by_role("link", name=PAST).first.click()
    board = page.url
    page.get_by_role("link", name="公示与异议").click()
    page.get_by_role("button", name="开始公示").click()
    page.wait_for_load_state()
    assert "公示中" in page.inner_text("main .card-next")
    paper = page.get_by_role("link", name="打印公示").get_attribute("href")
    assert page.request.get(paper).body().startswith(b"%PDF")
    sign_out(page)

    page.goto("/")
    page.get_by_role("link", name=PAST).first.click()
    notice = page.url
    chinese = page.context.cookies()
    speak_its_language(page)
    assert [fault for address in ("", "object/", "objection/") for fault in faults_on(page, notice + address)] == []
    page.context.add_cookies(chinese)
    page.goto(notice)
    page.get_by_role("link", name="提出异议").click()
    page.select_option("#id_entry", index=2)
    page.fill("#id_reason", "实验数据与别人的论文相同")
    page.set_input_files("#id_evidence", {"name": "截图.pdf", "mimeType": "application/pdf", "buffer": blank()})
    page.fill("#id_name", "周举报")
    page.fill("#id_contact", CONTACT)
    page.get_by_role("button", name="提交异议").click()
    page.wait_for_load_state()
    assert "异议已受理" in page.inner_text("main .notice")
    number = page.input_value("#id_number")

    sign_in("organiser")
    page.goto(f"{board}objections/")
    page.get_by_role("link", name=number).click()
    page.select_option("#id_outcome", "upheld")
    page.fill("#id_decision", "情况属实，予以更正。")
    page.fill("#id_decider", "郑国强")
    page.fill("#id_decider_role", "监督组组长")
    page.get_by_role("button", name="作出决定").click()
    page.wait_for_load_state()
    letter = page.get_by_role("link", name="打印答复函").get_attribute("href")
    assert page.request.get(letter).body().startswith(b"%PDF")
    page.get_by_role("link", name="更正名单").click()
    page.locator("#amend summary").click()
    page.locator("dialog[open] #id_reason").fill(why)
    page.locator("dialog[open] button[type=submit]").first.click()
    page.wait_for_load_state()
    page.get_by_role("button", name="计算排名并拟定获奖名单").click()
    page.wait_for_load_state()
    confirm(page, "锁定名单", "锁定")
    page.get_by_role("button", name="签发证书").click()
    page.wait_for_load_state()
    confirm(page, "发布", "发布")
    sign_out(page)

    page.goto(notice)
    assert "目前没有进行中的公示" in page.inner_text("main")
    page.get_by_role("link", name="查询我的异议").click()
    page.fill("#id_number", number)
    page.fill("#id_contact", CONTACT)
    page.get_by_role("button", name="查询进度").click()
    page.wait_for_load_state()
    assert "情况属实" in page.inner_text("main")
    page.goto(notice.replace("/notice/", "/results/"))
    assert why in page.inner_text("#versions")
    page.locator("#versions a").first.click()
    page.wait_for_load_state()
    assert "留存备查" in page.inner_text("main")
