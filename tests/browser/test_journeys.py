"""Each role's way through the demo year."""

from awards.demo.accounts import DEMO_PASSWORD
from tests.browser.marks import BROWSER

pytestmark = BROWSER


def test_the_organiser_goes_from_the_board_to_the_reason_of_a_prize(page, sign_in):
    sign_in("organiser")
    page.get_by_role("link", name="第九届滁州市青少年科技创新大赛").first.click()
    assert "361" in page.inner_text("main")
    page.locator("nav.tabs").get_by_role("link", name="作品", exact=True).click()
    page.locator("main table th[scope=row] a").first.click()
    assert "名" in page.inner_text("main .card")


def test_the_school_signs_in_and_sees_its_prizes(page):
    page.goto("/")
    page.get_by_role("link", name="登录", exact=True).first.click()
    page.fill("#id_username", "school")
    page.fill("#id_password", DEMO_PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url(lambda url: "/sign-in/" not in url)
    assert "第十届滁州市青少年科技创新大赛" in page.inner_text("main")
    assert "一等奖" in page.inner_text("main") or "二等奖" in page.inner_text("main")


def test_the_judge_reads_a_receipt_of_a_past_contest(page, sign_in):
    sign_in("judge")
    page.get_by_role("link", name="第九届滁州市青少年科技创新大赛").first.click()
    page.get_by_role("link", name="回执").first.click()
    assert "合计" in page.inner_text("main")


def test_the_committee_sees_six_students_and_a_tutor(page, sign_in):
    sign_in("committee")
    assert page.locator(".prize").count() == 7


def test_the_public_reads_the_results(page):
    page.goto("/")
    page.get_by_role("link", name="第九届滁州市青少年科技创新大赛").first.click()
    assert "一等奖" in page.inner_text("main")
    assert "＊" in page.inner_text("main")
