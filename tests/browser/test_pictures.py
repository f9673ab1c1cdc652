"""Pictures of the standings and of the analysis: found, drawn in the page's own face, read without them, and printed."""

import re

from tests.browser.marks import BROWSER
from tests.browser.test_entering import faults_on, speak_its_language

pytestmark = BROWSER
PAST = "第九届滁州市青少年科技创新大赛"


def test_the_office_looks_at_pictures_and_opens_the_analysis(page, sign_in):
    blocked = []
    page.on("console", lambda one: blocked.append(one.text))
    sign_in("organiser")
    page.get_by_role("link", name=PAST).first.click()
    page.locator("nav.tabs").get_by_role("link", name="排名", exact=True).click()
    if not page.get_by_role("link", name="分析", exact=True).count():  # on the other screen it was opened already
        page.locator("summary", has_text="分析").click()
        page.get_by_role("button", name="开启分析页").click()
        page.wait_for_load_state()
        page.go_back()
    page.get_by_role("link", name="图表", exact=True).click()
    page.wait_for_load_state()
    seen = [page.url]
    assert page.locator("figure.chart svg").count() == page.locator("figure.chart table").count() == 7
    assert_drawn(page)
    analysis = page.url.replace("standings/pictures/", "analysis/")
    page.goto(analysis)
    for name in ("图表", "算法比较"):
        page.locator("nav.tabs-small").get_by_role("link", name=name, exact=True).click()
        page.wait_for_load_state()
        seen.append(page.url)
        assert "公布的" in page.inner_text("main")
        assert_drawn(page)
    speak_its_language(page)
    assert [fault for address in seen for fault in faults_on(page, address)] == []
    assert not [text for text in blocked if re.search("Content Security Policy|violates", text)]


def assert_drawn(page) -> None:
    """Words in the face of the page and inside their picture."""
    outside = page.evaluate("""() => [...document.querySelectorAll("figure.chart svg")].flatMap(svg => {
      const frame = svg.getBoundingClientRect();
      return [...svg.querySelectorAll("text")].filter(one => {
        const box = one.getBoundingClientRect();
        return box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1
          || getComputedStyle(one).fontFamily !== getComputedStyle(document.body).fontFamily;
      }).map(one => one.textContent);
    })""")
    assert outside == []
