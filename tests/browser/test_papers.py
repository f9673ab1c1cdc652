"""Papers that come back, names put right, prizes checked: school, office and unit, each on a phone and on a desk."""

import io

import pypdfium2
import pytest

from tests.browser.marks import BROWSER
from tests.browser.test_entering import serious_faults, sign_out

pytestmark = BROWSER
OPEN = "第十届滁州市青少年科技创新大赛"
PAST = "第九届滁州市青少年科技创新大赛"


def scanned(forms: bytes) -> bytes:
    """What was printed, as a copier sends it."""
    pages = [page.render(scale=150 / 72, grayscale=True).to_pil() for page in pypdfium2.PdfDocument(forms)]
    file = io.BytesIO()
    pages[0].save(file, "PDF", save_all=True, append_images=pages[1:], resolution=150)
    return file.getvalue()


def test_forms_are_printed_signed_and_find_their_entries(page, sign_in):
    sign_in("school")
    page.get_by_role("link", name="签字申报表").first.click()
    page.wait_for_load_state()
    everything = page.get_by_role("link", name="打印以上全部申报表")
    if everything.count():  # on the other screen they were signed already
        forms = page.request.get(everything.get_attribute("href")).body()
        pile = {"name": "pile.pdf", "mimeType": "application/pdf", "buffer": scanned(forms)}
        page.set_input_files("#id_scans", pile)
        page.get_by_role("button", name="上传扫描件").click()
        page.wait_for_load_state()
        assert "已归入" in page.inner_text("main")
    assert "所有作品的签字申报表均已收齐" in page.inner_text("main")


def test_a_name_is_put_right_after_publication(page, sign_in):
    title = f"更正后的题目 {page.viewport_size['width']}"
    sign_in("organiser")
    page.get_by_role("link", name=PAST).first.click()
    page.locator("nav.tabs").get_by_role("link", name="作品", exact=True).click()
    page.locator("main table th[scope=row] a").first.click()
    page.get_by_role("link", name="更正姓名、辅导教师或学校").click()
    page.fill("#id_title", title)
    page.fill("#id_reason", "学校来函")
    paper = {"name": "来函.pdf", "mimeType": "application/pdf", "buffer": scanned(blank())}
    page.set_input_files("#id_request", paper)
    page.get_by_role("button", name="更正", exact=True).click()
    page.wait_for_load_state()
    assert title in page.inner_text("h1")
    assert "学校来函" in page.inner_text("main")
    sign_out(page)
    page.goto("/")
    page.get_by_role("link", name=PAST).first.click()
    assert title in page.inner_text("main")


def blank() -> bytes:
    file = io.BytesIO()
    document = pypdfium2.PdfDocument.new()
    document.new_page(595, 842)
    document.save(file)
    return file.getvalue()


def test_the_office_shows_prizes_and_a_unit_says_that_all_is_right(page, sign_in):
    sign_in("organiser")
    page.get_by_role("link", name=PAST).first.click()
    board = page.url
    page.goto(f"{board}prizes/")
    page.fill("#id_until", "2099-01-01T12:00")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_load_state()
    mine = page.get_by_role("link", name="天长市", exact=True).get_attribute("href")
    sign_out(page)
    sign_in("unit")
    page.goto(mine)
    page.get_by_role("button", name="全部正确").click()
    page.wait_for_load_state()
    assert "核对：全部正确" in page.inner_text("main")


PAGES = {
    "school": ["a:has-text('签字申报表')", "back", "a:has-text('批量上传材料')"],
    "organiser": [
        f"a:has-text('{OPEN}')", "nav.tabs a:has-text('设置')", "a:has-text('赛项、组别、学科、承诺')", "back",
        "a:has-text('轮次与评分标准')", "main table a:has-text('修改')", "back", "back", "a:has-text('名额')", "back",
        "nav.tabs a:has-text('作品')", "a:has-text('更正记录')",
    ],
    "unit": ["a:has-text('从 Excel 导入各校作品')"],
}  # fmt: skip


@pytest.mark.parametrize("role", list(PAGES))
def test_axe_finds_nothing_serious(page, sign_in, role):
    page.set_default_timeout(10_000)
    sign_in(role)
    assert serious_faults(page, PAGES[role]) == []
